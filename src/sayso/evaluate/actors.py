"""How many actor names of a corpus resolve to an actor of the right country and kind: UCDP's event rows, and the gold reports."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from sayso.errors import InputError
from sayso.evaluate.scoring import Scored, Tally, share
from sayso.gazetteers.actors import ActorContext, ActorList, actor_list
from sayso.gazetteers.gleditsch_ward import iso_of
from sayso.gazetteers.name_finder import find_names
from sayso.model import ActorTarget, Document, Source
from sayso.model.words import ActorKind, SourceKind
from sayso.resolve.actors import actor_context, resolve_actor

_STATELY = frozenset((ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.STATE_FORCE))
_ORGANISED = frozenset((ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA, ActorKind.EXTERNAL_OTHER))
_GOVERNMENT, _CIVILIANS = "Government of ", "Civilians"


def score_actors(path: Path) -> Scored:
    """The share of rows of a UCDP GED file whose two sides both resolve rightly, given the country of the row and no more; and of sides. A row is a document.

    A side is right where its country and its kind are right:
    "Government of X" must give a state, a government or a state's force whose ISO code is that of the Gleditsch-Ward number in `gwnoa` or `gwnob`
    (of the row's country where the file gives no number); "Civilians" must give civilians; any other side must give an organised actor that is
    no government (a rebel group, a militia, another armed party) and that is at home or listed as active in the country of the row, or that
    belongs to no one country. De facto authorities of a territory, which UCDP counts with the organised groups, may be told as a state there.
    A side of several actors ("A, B") is judged by its first.

    Beside it, the country word alone: "Government of X" is the government of the country that X names, and nothing else is told.
    """
    actors = actor_list()
    wrong: Counter[str] = Counter()
    ours, simple = [], []
    for row in _rows(path):
        home = iso_of(row.get("country_id") or "") or _named_country(actors, row.get("country") or "")
        context = ActorContext((home,) if home else ())
        sides = [(row.get("side_a") or "", iso_of(row.get("gwnoa") or "")), (row.get("side_b") or "", iso_of(row.get("gwnob") or ""))]
        right = [_side_right(side, government, context, actors) for side, government in sides]
        wrong.update(side for (side, _), one in zip(sides, right, strict=True) if not one)
        ours.append(_tally(right))
        simple.append(_tally([_country_word(side, actors) == (government or home or "") for side, government in sides]))
    measures = {"rows": share("rows right", "rows of"), "sides": share("sides right", "sides of")}
    return Scored(ours, measures, {"country word only": simple}, {"wrong": dict(wrong.most_common(100))})


def _tally(right: Sequence[bool]) -> Tally:
    return Tally({"rows right": all(right), "rows of": 1, "sides right": sum(right), "sides of": len(right)})


def _country_word(side: str, actors: ActorList) -> str | None:
    """The country that a side names after "Government of"; None for any other side."""
    return _named_country(actors, side.removeprefix(_GOVERNMENT).partition(" (")[0]) if side.startswith(_GOVERNMENT) else None


def score_who(paths: Iterable[Path], places: Mapping[str, tuple[str, ...]] | None = None) -> Scored:
    """The share of `who` entries of gold reports that resolve to an allowed country and kind; `places` may give the countries of each report's places by id."""
    actors = actor_list()
    tallies, wrong = [], []
    for path in paths:
        gold = yaml.safe_load(path.read_text(encoding="utf-8"))
        document = _document(gold, path)
        names = find_names(document.text, actors)
        context = actor_context(document, names, (places or {}).get(str(gold["id"]), ()))
        tally = Tally()
        for entry in gold.get("who", []):
            found = resolve_actor(entry["quote"], context, actors)
            right = _entry_right(entry, found.target)
            tally.update({"who right": right, "who of": 1})
            if not right:
                wrong.append(f"{gold['id']}: {entry['quote']}: {found.target or found.reason}")
        tallies.append(tally)
    return Scored(tallies, {"who": share("who right", "who of")}, details={"wrong": wrong})


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if not {"side_a", "side_b"} <= set(reader.fieldnames or ()):
            raise InputError(f"{path.name!r} has no columns side_a and side_b: it is no UCDP GED file")
        yield from (row for row in reader if not (row["side_a"] or "").startswith("#"))  # HXL tags


def _named_country(actors: ActorList, name: str) -> str | None:
    found = actors.lookup(name) if name else ()
    return found[0].target.country if found and isinstance(found[0].target, ActorTarget) else None


def _side_right(side: str, government: str | None, context: ActorContext, actors: ActorList) -> bool:
    home = context.countries[0] if context.countries else None
    first = side.split(", ")[0] if side.startswith(_GOVERNMENT) else side
    target = resolve_actor(first, context, actors).target
    if target is None:
        return False
    if side.startswith(_GOVERNMENT):
        return target.kind in _STATELY and target.country == (government or home)
    if side == _CIVILIANS:
        return target.kind is ActorKind.CIVILIANS
    listed = actors.actor(target.id or "")
    active = (target.country, *(listed.countries if listed else ()), *_homes(target, actors))
    state = actors.state((target.id or "").partition(".")[0])
    organised = target.kind in _ORGANISED or (state is not None and not state.recognised) or _auxiliary(target, actors)
    return organised and (target.country is None or home in active)


def _homes(target: ActorTarget, actors: ActorList) -> tuple[str, ...]:
    community = actors.community(target.id or "")
    return community.countries if community else ()


def _auxiliary(target: ActorTarget, actors: ActorList) -> bool:
    """Whether it is a named force that fights on its own account, which UCDP counts with the organised groups."""
    return target.kind is ActorKind.STATE_FORCE and actors.actor(target.id or "") is not None


def _entry_right(entry: Mapping[str, Any], target: ActorTarget | None) -> bool:
    if target is None or target.kind not in str(entry["kind"]).split("|"):
        return False
    return entry["country"] is None or target.country in str(entry["country"]).split("|")


def _document(gold: Mapping[str, Any], path: Path) -> Document:
    text = gold.get("text") or (path.parent / str(gold["text_file"])).read_text(encoding="utf-8")
    told = gold.get("source") or {}
    source = Source(str(told.get("name", "unknown")), SourceKind(told.get("kind", "unknown")), told.get("side"), told.get("country"))
    return Document(text, source, given_id=str(gold["id"]), title=gold.get("title"), published=str(gold.get("published") or "") or None)
