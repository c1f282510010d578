"""Mini-cases written apart from the rules: invented reports with the rows that `standards.md` 1.1-1.4, 2.1 and 8 ask for (cases/*.yaml).

A case states only the columns that it is about; a list is any of its values. `none` is no row at all (acled) or no row in the layout (ucdp).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from sayso.codebooks.row_book import RowBook
from sayso.codebooks.rows import load_row_book
from sayso.desk.exporting import Coding, read_subjects
from sayso.export.acled import EXPORTER as ACLED
from sayso.export.acled import acled_row
from sayso.export.columns import ACLED_COLUMNS, GED_COLUMNS
from sayso.export.row_facts import RowFacts, all_rows
from sayso.export.subject import BookLabel, Coarsen, ExportSettings, MadeBy
from sayso.export.ucdp import EXPORTER as UCDP
from sayso.export.ucdp import ucdp_row
from sayso.link.weigh_policies import load_policy
from sayso.model import Document, Reading, Source
from sayso.model.words import SourceKind
from sayso.pipeline import Coder, ReadConfig, Reader

HOME = Path(__file__).parent / "cases"
BOOKS = ("acled", "ucdp")
NONE = "none"
MOST_ROWS = 7  # that are matched with what is expected: 7! orders

# standards.md 1.2: sub-event types under their event type, and the disorder type of each.
POLITICAL, DEMONSTRATION, STRATEGIC = "Political violence", "Demonstrations", "Strategic developments"
SUB_EVENTS = {
    "Battles": ("Government regains territory", "Non-state actor overtakes territory", "Armed clash"),
    "Protests": ("Excessive force against protesters", "Protest with intervention", "Peaceful protest"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Explosions/Remote violence": (
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Strategic developments": (
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established", "Looting/property destruction",
        "Non-violent transfer of territory", "Other",
    ),
}  # fmt: skip
EVENT_TYPE = {sub: event for event, subs in SUB_EVENTS.items() for sub in subs}
_DISORDER = {
    "Excessive force against protesters": "Political violence; Demonstrations",
    "Violent demonstration": DEMONSTRATION,
    "Mob violence": POLITICAL,
    **dict.fromkeys(("Protest with intervention", "Peaceful protest"), DEMONSTRATION),
    **dict.fromkeys(SUB_EVENTS[STRATEGIC], STRATEGIC),
}
DISORDER = {sub: _DISORDER.get(sub, POLITICAL) for sub in EVENT_TYPE}
LABELS = ("State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians", "External/Other forces")
TARGETED = "Violence against civilians"  # whose second actor is the target

# What each book's row may state.
CODED = ("sub_event_type", "event_type", "disorder_type", "civilian_targeting", "interaction", "inter1", "inter2")
ACLED_ONLY = ("fatalities", "event_date", "time_precision", "geo_precision")
ASSOC = ("assoc_has", "assoc_lacks")
GED_KEYS = (
    "type_of_violence", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "low", "best", "high", "date_prec", "date_start", "date_end",
    "where_prec", "event_clarity", "side_a", "side_b",
)  # fmt: skip
KEYS = {"acled": (*CODED, *ACLED_ONLY, *ASSOC), "ucdp": GED_KEYS}

# The lines of standards.md that must be proved by a case: 1.1 rows and precisions, 1.2 with each sub-event, 1.3, 1.4, 2.1, 8.2, 8.3.
RULES = {
    "1.1": (
        "one row a day", "one event one row", "target is actor2", "time_precision 1", "time_precision 2", "time_precision 3",
        "vaguer than a month is not coded", "geo_precision 1", "geo_precision 2", "geo_precision 3", "country alone is not coded",
    ),
    "1.2": (
        *EVENT_TYPE,
        "disorder of protests", "disorder of strategic developments", "battle is two organised groups", "battle has no fatality floor",
        "strike inside a battle folds in", "two-way shelling is a clash", "territory changes only if held over a day", "unopposed takeover",
        "remote is one side at range", "helicopter without exchange of fire", "SVBIED", "interception", "safe defusal", "premature detonation",
        "weapons seizure", "molotov is no grenade", "firecracker is no grenade", "stun grenade is no grenade", "napalm is no chemical weapon",
        "white phosphorus is no chemical weapon", "tear gas is no chemical weapon", "crewed aircraft downed", "organised actor against the unarmed",
        "off-duty soldier is a civilian", "prisoner is a civilian", "abducted then killed is Attack", "state arrest in a judicial process",
        "arrest by a non-state actor is abduction", "extrajudicial arrest is abduction", "three people make a protest", "strike alone is no protest",
        "hunger strike is no protest", "online protest is no protest", "excessive force", "physical dispersal", "arrests at a protest",
        "riot if violent or destructive", "two tactics give one row", "different actors are separate", "different places are separate",
        "crossfire civilians only counted", "incidental victims of explosions", "civilian targeting marked", "civilian targeting blank",
    ),
    "1.3": (
        "state and state", "state and rebel", "state and political militia", "state and identity militia", "state and rioters", "state and protesters",
        "state and civilians", "state and external", "rebel and rebel", "rebel and political militia", "rebel and identity militia", "rebel and civilians",
        "rebel and external", "political militia and protesters", "identity militia and identity militia", "identity militia and civilians",
        "rioters and rioters", "rioters and civilians", "protesters and protesters", "external and protesters", "external before civilians",
        "two of one kind", "one-sided only",
    ),
    "1.4": (
        "lowest credible figure", "no mention is 0", "casualties alone is 0", "several is 3", "dozens is 12", "hundreds is 100",
        "total is divided over the days", "suicide bomber counted",
    ),
    "2.1": (
        "state-based", "non-state", "one-sided", "two governments", "organised actor", "at least one death", "best 0 with high above 0", "deaths by side",
        "deaths sum to best", "low best high", "side_a is the government", "side_b is civilians", *(f"date_prec {number}" for number in range(1, 6)),
        *(f"where_prec {number}" for number in range(1, 8)), "event_clarity 2",
    ),
    "8.2": (
        "home or abroad", "UN mission is external", "private security is external", "gang is a political militia", "loaded words decide no kind",
    ),
    "8.3": ("district", "province", "region of a country", "country", "sea"),
    "claims": ("denial", "plan", "threat", "hypothetical", "call", "exercise", "background", "disputed"),
}  # fmt: skip
LINES = frozenset(f"{part} {line}" for part, lines in RULES.items() for line in lines) | {"look-alike"}


@dataclass(frozen=True)
class Expected:
    """What one book is to make of a report."""

    rows: tuple[Mapping[str, tuple[str, ...]], ...]  # of each row the allowed values by column
    exported: bool = True  # False: its layout holds no row


@dataclass(frozen=True)
class Case:
    """One invented report."""

    id: str
    rules: tuple[str, ...]
    document: Document
    books: Mapping[str, Expected]


class Wrong(ValueError):
    """A fault of a file of cases."""


def _keys(found: Any, needed: set[str], allowed: set[str], where: str) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise Wrong(f"{where}: {found!r} is no table")
    if not needed <= set(found) <= needed | allowed:
        raise Wrong(f"{where}: keys {sorted(found)} where {sorted(needed)} are needed and {sorted(allowed)} allowed")
    return found


def _cases(path: Path) -> Iterator[Case]:
    """The cases of one file; Wrong where one says something that the standards do not know."""
    text = yaml.safe_load(path.read_text(encoding="utf-8"))
    top = _keys(text, {"theme", "invented", "cases"}, set(), path.name)
    if top["invented"] is not True:
        raise Wrong(f"{path.name}: only invented reports")
    for entry in top["cases"]:
        yield _case(entry, f"{path.name} {entry.get('id') if isinstance(entry, dict) else entry!r}")


def _case(entry: Any, where: str) -> Case:
    entry = _keys(entry, {"id", "rule", "published", "source", "text"}, set(BOOKS), where)
    source = _keys(entry["source"], {"name", "kind"}, {"side", "country"}, where)
    if not set(entry["rule"]) <= LINES or not entry["rule"]:
        raise Wrong(f"{where}: no such line of the standards: {sorted(set(entry['rule']) - LINES)}")
    if not isinstance(entry["published"], date) or not set(BOOKS) & set(entry):
        raise Wrong(f"{where}: needs a date and rows of a book")
    made = Source(source["name"], SourceKind(source["kind"]), source.get("side"), source.get("country"))
    document = Document(entry["text"].strip(), made, given_id=entry["id"], published=entry["published"].isoformat(), language="en")
    return Case(entry["id"], tuple(entry["rule"]), document, {book: _expected(entry[book], book, where) for book in BOOKS if book in entry})


def _expected(found: Any, book: str, where: str) -> Expected:
    if found == NONE:
        return Expected(())
    if found == {"exported": NONE}:
        return Expected((), exported=False)
    rows = _keys(found, {"rows"}, set(), where)["rows"]
    if not rows:
        raise Wrong(f"{where}: no rows; write none")
    return Expected(tuple(_row(row, book, where) for row in rows))


def _row(row: Any, book: str, where: str) -> Mapping[str, tuple[str, ...]]:
    row = _keys(row, set(), set(KEYS[book]), where)
    made = {column: tuple(str(one) for one in (value if isinstance(value, list) else [value])) for column, value in row.items()}
    if "sub_event_type" in made:
        _consistent(made, where)
    for column in ("inter1", "inter2"):
        if not set(made.get(column, ())) <= {"", *LABELS}:
            raise Wrong(f"{where}: no such party {made[column]}")
    if not set(made.get("interaction", ())) <= _interactions():
        raise Wrong(f"{where}: no such interaction {made['interaction']}")
    return made


def _consistent(row: Mapping[str, tuple[str, ...]], where: str) -> None:
    for sub in row["sub_event_type"]:
        if sub not in EVENT_TYPE:
            raise Wrong(f"{where}: no such sub-event {sub!r}")
        if EVENT_TYPE[sub] not in row.get("event_type", (EVENT_TYPE[sub],)) or DISORDER[sub] not in row.get("disorder_type", (DISORDER[sub],)):
            raise Wrong(f"{where}: {sub} is {EVENT_TYPE[sub]}, {DISORDER[sub]}")


@cache
def _interactions() -> frozenset[str]:
    """All interactions (standards.md 1.3): labels in the order of their codes, External before Civilians."""
    pairs = {f"{first}-{second}" for number, first in enumerate(LABELS) for second in LABELS[number:]}
    return frozenset(pairs - {"Civilians-External/Other forces"} | {"External/Other forces-Civilians"} | {f"{one} only" for one in LABELS})


def _load() -> tuple[Case, ...]:
    cases = [case for path in sorted(HOME.glob("*.yaml")) if path.name != "known.yaml" for case in _cases(path)]
    ids = [case.id for case in cases]
    if len(set(ids)) < len(ids):
        raise Wrong(f"twice: {sorted(one for one in set(ids) if ids.count(one) > 1)}")
    return tuple(cases)


def _known() -> dict[tuple[str, str], str]:
    """Why a case is known to be missed, by its id and book."""
    known = yaml.safe_load((HOME / "known.yaml").read_text(encoding="utf-8"))["known"]
    listed = [_keys(one, {"case", "book", "reason"}, set(), "known.yaml") for one in known]
    made = {(one["case"], one["book"]): one["reason"] for one in listed}
    wrong = set(made) - {(case.id, book) for case in CASES for book in case.books}
    if wrong or len(made) < len(listed):
        raise Wrong(f"known.yaml: no such case and book, or listed twice: {sorted(wrong)}")
    return made


CASES = _load()


def _params() -> Iterator[Any]:
    known = _known()
    for case in CASES:
        for book in case.books:
            reason = known.get((case.id, book))
            marks = [pytest.mark.xfail(strict=True, reason=reason, raises=AssertionError)] if reason else []
            yield pytest.param(case, book, id=f"{book}-{case.id}", marks=marks)


@pytest.fixture(scope="session")
def readings() -> Mapping[str, Reading]:
    """All cases read once, by the real reader."""
    found = Reader(ReadConfig(events=BOOKS)).read([case.document for case in CASES])
    read = [one for one in found if isinstance(one, Reading)]
    assert len(read) == len(CASES)
    return {one.document.given_id or "": one for one in read}


@dataclass(frozen=True)
class Got:
    """One row of a reading: as coded, and as its layout has it."""

    coded: Mapping[str, str]
    exported: Mapping[str, str]
    left_out: str | None

    def __str__(self) -> str:
        told = {**self.coded, **{name: value for name, value in self.exported.items() if name in (*ACLED_ONLY, *GED_KEYS)}}
        return f"{told} left out: {self.left_out}" if self.left_out else str(told)


def _settings(book: RowBook, policy: str) -> ExportSettings:
    label = BookLabel(book.name, book.title, book.version, book.digest)
    return ExportSettings(MadeBy("0", "2030-01-01T00:00:00Z"), load_policy(policy), label, Coarsen.NONE)


@cache
def _got_settings(name: str) -> ExportSettings:
    exporter = ACLED if name == "acled" else UCDP
    return _settings(load_row_book(name), exporter.policy)


def _got(reading: Reading, book: str) -> list[Got]:
    settings = _got_settings(book)
    subjects = read_subjects(reading, Coding(_coder(), load_row_book(book)))
    return [_one(facts, book, settings) for facts in all_rows(subjects, settings)]


@cache
def _coder() -> Coder:
    return Coder()


def _one(facts: RowFacts, book: str, settings: ExportSettings) -> Got:
    left_out = (ACLED if book == "acled" else UCDP).left_out(facts)
    cells = {} if left_out else (acled_row(facts, settings) if book == "acled" else ucdp_row(facts, settings))
    coded = {name: facts.event.get(name) or "" for name in CODED} if book == "acled" else {}
    return Got(coded, {name: "" if value is None else str(value) for name, value in cells.items()}, left_out)


def _missed(expected: Mapping[str, tuple[str, ...]], got: Got, book: str) -> list[str]:
    """What differs between a row and what is expected of it, in words."""
    if book == "ucdp":
        return _differing(expected, got.exported)
    coded = {name: value for name, value in expected.items() if name in CODED and name not in ("inter1", "inter2")}
    missed = _differing(coded, got.coded) + _parties(expected, got.coded)
    if got.left_out:
        return [*missed, f"left out of the layout: {got.left_out}"]
    missed += [f"exported {told}" for told in _differing(coded, got.exported) + _parties(expected, got.exported)]
    missed += _differing({name: value for name, value in expected.items() if name in ACLED_ONLY}, got.exported)
    beside = f"{got.exported['assoc_actor_1']}; {got.exported['assoc_actor_2']}"
    missed += [f"{one} not among {beside!r}" for one in expected.get("assoc_has", ()) if one not in beside]
    return missed + [f"{one} among {beside!r}" for one in expected.get("assoc_lacks", ()) if one in beside]


def _differing(expected: Mapping[str, tuple[str, ...]], got: Mapping[str, str]) -> list[str]:
    return [f"{name} {got.get(name)!r}, not {' or '.join(map(repr, values))}" for name, values in expected.items() if got.get(name) not in values]


def _parties(expected: Mapping[str, tuple[str, ...]], got: Mapping[str, str]) -> list[str]:
    """Whether the parties are those expected: in any order, unless the second is the target (standards.md 1.1)."""
    wanted = [expected[name] for name in ("inter1", "inter2") if name in expected]
    found = [got["inter1"], got["inter2"]]
    if got.get("event_type") == TARGETED:
        return _differing({name: expected[name] for name in ("inter1", "inter2") if name in expected}, got)
    if any(all(one in values for one, values in zip(order, wanted, strict=False)) for order in permutations(found)):
        return []
    return [f"parties {found}, not {[' or '.join(values) for values in wanted]}"]


def _best(expected: Sequence[Mapping[str, tuple[str, ...]]], got: Sequence[Got], book: str) -> list[str]:
    """What differs where rows are paired so that as little as possible does."""
    pairings = ([told for row, one in zip(expected, order, strict=True) for told in _missed(row, one, book)] for order in permutations(got))
    return min(pairings, key=len)


def _shown(case: Case, got: Sequence[Got]) -> str:
    return f"\n{case.document.text}\n" + ("".join(f"  got {one}\n" for one in got) or "  got nothing\n")


@pytest.mark.parametrize(("case", "book"), list(_params()))
def test_case(case: Case, book: str, readings: Mapping[str, Reading]) -> None:
    expected, got = case.books[book], _got(readings[case.id], book)
    if book == "ucdp" or not expected.exported:
        # UCDP's layout holds deadly acts only: what it leaves out is no row.
        got = [one for one in got if not one.left_out]
    assert len(got) == len(expected.rows), f"{len(got)} rows, not {len(expected.rows)}{_shown(case, got)}"
    assert len(got) <= MOST_ROWS
    missed = _best(expected.rows, got, book)
    assert not missed, f"{'; '.join(missed)}{_shown(case, got)}"


def test_every_line_has_a_case() -> None:
    assert {line for case in CASES for line in case.rules} == LINES


def test_every_sub_event_is_expected_somewhere() -> None:
    stated = {row["sub_event_type"] for case in CASES if "acled" in case.books for row in case.books["acled"].rows if "sub_event_type" in row}
    assert {values[0] for values in stated if len(values) == 1} == set(EVENT_TYPE)
    assert len(EVENT_TYPE) == 25


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 110
    assert sum("ucdp" in case.books for case in CASES) * 3 >= len(CASES)


def test_stated_columns_are_columns_of_the_layouts() -> None:
    assert set(CODED + ACLED_ONLY) <= set(ACLED_COLUMNS)
    assert set(GED_KEYS) <= set(GED_COLUMNS)


@pytest.mark.parametrize(
    "change",
    [
        {"rule": ["1.2 Nothing"]},
        {"acled": {"rows": [{"sub_event_type": "Armed Clash"}]}},
        {"acled": {"rows": [{"sub_event_type": "Armed clash", "event_type": "Riots"}]}},
        {"acled": {"rows": [{"sub_event_type": "Armed clash", "disorder_type": "Demonstrations"}]}},
        {"acled": {"rows": [{"inter1": "Rebels"}]}},
        {"acled": {"rows": [{"interaction": "Civilians-External/Other forces"}]}},
        {"acled": {"rows": [{"fatality": 1}]}},
        {"acled": {"rows": []}},
        {"ucdp": {"rows": [{"fatalities": 1}]}},
        {"published": "yesterday"},
        {"more": 1},
    ],
)
def test_a_wrong_case_is_refused(change: dict[str, Any]) -> None:
    sound = {
        "id": "x", "rule": ["1.2 Armed clash"], "published": date(2026, 1, 1), "source": {"name": "Wire", "kind": "agency"}, "text": "Invented.",
        "acled": {"rows": [{"sub_event_type": "Armed clash", "fatalities": 1}]},
    }  # fmt: skip
    assert _case(sound, "sound").books["acled"].rows == ({"sub_event_type": ("Armed clash",), "fatalities": ("1",)},)
    with pytest.raises(Wrong):
        _case({**sound, **change}, "changed")


@pytest.mark.parametrize(
    ("stated", "kind", "met"),
    [
        (("Rebel group", "State forces"), "Battles", True),
        (("Rebel group", "Civilians"), "Battles", False),
        (("State forces", "Rebel group"), TARGETED, True),
        (("Rebel group", "State forces"), TARGETED, False),
    ],
)
def test_parties_are_compared_in_any_order_unless_one_is_the_target(stated: tuple[str, str], kind: str, met: bool) -> None:
    got = {"event_type": kind, "inter1": "State forces", "inter2": "Rebel group"}
    assert (not _parties({"inter1": (stated[0],), "inter2": (stated[1],)}, got)) is met
