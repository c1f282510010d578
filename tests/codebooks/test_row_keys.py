"""Keys of row books beyond rules: columns, mappings, sides, days, weighing; what is wrong names file, line and fix. The book is invented."""

from pathlib import Path

import pytest

from sayso.codebooks.coding import CodingFacts, check_book, code, code_claim, interaction
from sayso.codebooks.rows import RowBook, load_row_book
from sayso.errors import DataError
from sayso.model import Event, Incident
from sayso.model.words import ActorKind

STATE, REBELS, CIVILIANS = ActorKind.STATE_FORCE, ActorKind.REBEL_GROUP, ActorKind.CIVILIANS
BOOK = """kind: rows
name: small
title: Small
version: "7"
licence: CC0-1.0
days: one
weigh: range
sides:
  - {label: Army, code: 1, parties: [army], abroad: Guests}
  - {label: Band, code: 2, parties: [band], kinds: [rebel_group]}
  - {label: Folk, code: 4, parties: [band, folk]}
  - {label: Guests, code: 5, before: [Folk]}
types:
  Harm:
    fields: {theme: harm, rank: "1"}
    recipient_side: {unknown: Folk}
    sub_events:
      Death:
        definition: People die.
        excludes: [Threats.]
        fields: {rank: "2"}
        also: {plover: [ASSAULT, ASSAULT/firearms], cameo: ["1823", "20"], ucdp: ["1"], viina: [t_civcas]}
      Fight:
        definition: Two sides fight.
        excludes: [Threats.]
        bystanders: [folk]
        two_sided: true
precedence: [Death, Fight]
parties:
  army: {kinds: [state_force], words: [soldier]}
  band: {kinds: [rebel_group, political_militia], words: [bandit]}
  folk: {kinds: [civilians], words: [farmer]}
groups: {anybody: [army, band, folk]}
rules:
  - name: died
    sub_event: Death
    when: {type: [ASSAULT], killed: true, sides: [[army, band], [folk]]}
    reason: folk were killed
    examples:
      - {says: Soldiers shot a farmer., type: ASSAULT, actor: [state_force], recipient: [civilians], killed: true}
  - name: fought
    sub_event: Fight
    two_sided: true
    when: {type: [ASSAULT], sides: [[army], [band]]}
    reason: they fought
    examples:
      - {says: Soldiers fought bandits., type: ASSAULT, actor: [state_force, rebel_group]}
"""


def book(tmp_path: Path, old: str = "", new: str = "") -> RowBook:
    assert old in BOOK
    path = tmp_path / "small.yaml"
    path.write_text(BOOK.replace(old, new, 1), encoding="utf-8")
    return load_row_book(path)


def coded(by: RowBook, *facts: CodingFacts) -> tuple[Event, ...]:
    return code(Incident(tuple(one.claim for one in facts)), facts, by)


def test_the_keys_are_read(tmp_path: Path) -> None:
    made = book(tmp_path)
    check_book(made)
    assert (made.days, made.weigh, made.version) == ("one", "range", "7")
    assert [(side.label, side.code, side.abroad, set(side.parties)) for side in made.sides] == [
        ("Army", 1, "Guests", {"army"}), ("Band", 2, "", {"band"}), ("Folk", 4, "", {"band", "folk"}), ("Guests", 5, "", set()),
    ]  # fmt: skip
    death, fight = made.types
    assert dict(death.fields) == {"theme": "harm", "rank": "2"}, "a sub-event's own value goes before its type's"
    assert dict(fight.fields) == {"theme": "harm", "rank": "1"}
    assert death.also == {"plover": ("ASSAULT", "ASSAULT/firearms"), "cameo": ("1823", "20"), "ucdp": ("1",), "viina": ("t_civcas",)}
    assert (death.recipient_side, fight.bystanders, fight.two_sided) == ({"unknown": "Folk"}, {"folk"}, True)


def test_rows_bear_the_columns_of_their_type(tmp_path: Path) -> None:
    (event,) = coded(book(tmp_path), CodingFacts("a", "ASSAULT", actor_kinds=(STATE,), recipient_kinds=(CIVILIANS,), killed=True))
    assert dict(event.fields) == {
        "disorder_type": "", "event_type": "Harm", "sub_event_type": "Death", "civilian_targeting": "", "inter1": "Army", "inter2": "Folk",
        "interaction": "Army-Folk", "theme": "harm", "rank": "2",
    }  # fmt: skip
    assert event.version == "7"


def test_labels_go_by_party_and_kind_and_place(tmp_path: Path) -> None:
    made = book(tmp_path)
    one = CodingFacts("a", "ASSAULT", actor_kinds=(ActorKind.POLITICAL_MILITIA, STATE), actor_homes=(None, False))
    (event,) = coded(made, one)
    assert [side.label for side in event.sides] == ["Folk", "Guests"]
    assert interaction("Guests", "Folk", made) == "Guests-Folk"
    assert event.get("interaction") == "Guests-Folk"


@pytest.mark.parametrize(
    ("actors", "recipients", "killed", "rule"),
    [
        ((STATE,), (CIVILIANS,), True, "died"),
        ((CIVILIANS,), (REBELS,), True, "died"),  # in either order
        ((STATE,), (CIVILIANS,), False, None),
        ((STATE,), (REBELS,), True, "fought"),
        ((REBELS,), (STATE,), False, "fought"),
        ((REBELS, STATE), (), False, "fought"),  # a two-sided act has all in the actor role
        ((STATE, STATE), (), False, None),
        ((STATE,), (), True, None),
        ((STATE, REBELS), (CIVILIANS,), False, None),  # allies: whom they act on is the other side
    ],
)
def test_a_rule_may_ask_for_two_sides_and_for_deaths(
    tmp_path: Path, actors: tuple[ActorKind, ...], recipients: tuple[ActorKind, ...], killed: bool, rule: str | None
) -> None:
    facts = CodingFacts("a", "ASSAULT", actor_kinds=actors, recipient_kinds=recipients, killed=killed)
    assert code_claim(facts, book(tmp_path)).rule == rule


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("days: one", "days: each", r"small.yaml:6: days is 'each': use one of one, range"),
        ("weigh: range", "weigh: fair", r"small.yaml:7: weigh is 'fair': use one of conservative, range, graded"),
        ("parties: [army], abroad", "parties: [navy], abroad", r"small.yaml:9: sides\[0\].parties 'navy' is no party or group"),
        ("abroad: Guests", "abroad: Aliens", r"small.yaml:9: sides\[0\].abroad names 'Aliens', which is no label of this list"),
        ("before: [Folk]", "before: [Aliens]", r"small.yaml:12: sides\[3\].before names 'Aliens'"),
        ("label: Band, code: 2", "label: Band, code: 1", r"small.yaml:10: sides\[1\].code is 1: give each side another number"),
        ("label: Band, code: 2", "label: Band, code: 10", r"small.yaml:10: sides\[1\].code is 10: .* from 1 to 9"),
        ("label: Band, code: 2", "label: Band", "sides has codes for some labels only"),
        ("label: Band", "label: Army", r"small.yaml:10: sides\[1\].label 'Army' is there twice"),
        ("kinds: [rebel_group]}", "kinds: [rebels]}", r"small.yaml:10: sides\[1\].kinds holds an unknown kind"),
        ("kinds: [rebel_group]}", "kinds: [rebel_group], colour: red}", r"small.yaml:10: sides\[1\].colour is not known here"),
        ("fields: {theme: harm", "fields: {Theme: harm", r"small.yaml:15: types.Harm.fields.Theme is no name of a column"),
        ("fields: {theme: harm", "fields: {inter1: harm", r"small.yaml:15: types.Harm.fields.inter1 is written by coding itself"),
        ("recipient_side: {unknown: Folk}", "recipient_side: {unknown: Crowd}", r"types.Harm.recipient_side.unknown is 'Crowd', which is no label of sides"),
        ("recipient_side: {unknown: Folk}", "recipient_side: {crowd: Folk}", r"types.Harm.recipient_side.crowd 'crowd' is no party or group"),
        ("also: {plover", "also: {plovre", r"small.yaml:22: types.Harm.sub_events.Death.also.plovre is no book that types are mapped to"),
        ("[ASSAULT, ASSAULT/firearms]", "[ASSAULT, ASSAULT/demo]", r"'ASSAULT/demo' is no act"),
        ("[t_civcas]", "[civcas]", r"also.viina holds 'civcas', which is no code of that book"),
        ("[t_civcas]", "[]", r"also.viina is empty"),
        ("bystanders: [folk]", "bystanders: [crowd]", r"bystanders 'crowd' is no party or group"),
        ("bystanders: [folk]", "mutual: War", r"'Fight', whose `mutual` 'War' is no sub-event"),
        ("killed: true, sides", "killed: yes, sides", r"rules\[0\].when.killed needs true or false, not 'yes'"),
        ("sides: [[army, band], [folk]]", "sides: [[army, band]]", r"rules\[0\].when.sides needs the parties of two sides"),
        ("sides: [[army, band], [folk]]", "sides: [army, band]", r"rules\[0\].when.sides needs a list of lists"),
        ("sides: [[army, band], [folk]]", "sides: [[army, band], [{a: b}]]", r"rules\[0\].when.sides holds something that is no string"),
        ("sides: [[army, band], [folk]]", "sides: [[army, band], [crowd]]", r"rules\[0\].when.sides 'crowd' is no party or group"),
        ("two_sided: true\n    when", "two_sided: both\n    when", r"rules\[1\].two_sided needs true or false"),
    ],
)
def test_a_wrong_key_names_file_line_and_fix(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        book(tmp_path, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("days: one\n", ""), ("weigh: range\n", ""), ("code: 4", "code: 6"), ("abroad: Guests", 'abroad: ""'), ("theme: harm", "theme: pain"), ('"1823", ', ""),
        ("unknown: Folk", "unknown: Band"), ("bystanders: [folk]", "bystanders: [band]"), ("killed: true, sides", "sides"),
        ("sides: [[army], [band]]", "sides: [[army], [army]]"), ("    two_sided: true\n    when", "    when"),
    ],
)  # fmt: skip
def test_the_digest_covers_every_key(tmp_path: Path, old: str, new: str) -> None:
    assert book(tmp_path).digest != book(tmp_path, old, new.replace('abroad: ""', "before: []")).digest


def test_a_book_without_the_keys_is_read_as_before(tmp_path: Path) -> None:
    plain = BOOK
    for key in ("days: one\n", "weigh: range\n", "    recipient_side: {unknown: Folk}\n"):
        plain = plain.replace(key, "")
    start, end = plain.index("sides:\n"), plain.index("types:\n")
    (tmp_path / "plain.yaml").write_text(plain[:start] + plain[end:], encoding="utf-8")
    made = load_row_book(tmp_path / "plain.yaml")
    assert (made.days, made.sides, made.weigh) == ("range", (), "")
    (event,) = coded(made, CodingFacts("a", "ASSAULT", actor_kinds=(STATE,), recipient_kinds=(CIVILIANS,), killed=True))
    assert event.get("inter1") is None
    assert [(side.label, len(side.participants)) for side in event.sides] == [("", 1), ("", 1)]


def test_built_in_types_are_mapped_to_the_other_books() -> None:
    acled = load_row_book("acled")
    assert [one.name for one in acled.types if not one.also] == ["Other"]
    assert acled.type("Air/drone strike").also["cameo"] == ("195",)
    assert (acled.days, acled.weigh) == ("one", "conservative")
