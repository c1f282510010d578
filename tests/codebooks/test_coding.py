from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.codebooks.codebook import PLOVER_MODES
from sayso.codebooks.coding import CodingFacts, check_book, code, code_claim, facts_of, in_company
from sayso.codebooks.nodes import read_yaml
from sayso.codebooks.rows import Example, load_row_book, read_example
from sayso.errors import DataError
from sayso.model import Incident
from sayso.model.words import ActorKind, Certainty, Modality, VictimStatus

BOOK = load_row_book("acled")
STATE, REBELS, CIVILIANS, PROTESTERS = ActorKind.STATE_FORCE, ActorKind.REBEL_GROUP, ActorKind.CIVILIANS, ActorKind.PROTESTERS
HIERARCHY = {
    "Battles": ["Government regains territory", "Non-state actor overtakes territory", "Armed clash"],
    "Protests": ["Excessive force against protesters", "Protest with intervention", "Peaceful protest"],
    "Riots": ["Violent demonstration", "Mob violence"],
    "Explosions/Remote violence": [
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade",
    ],
    "Violence against civilians": ["Sexual violence", "Attack", "Abduction/forced disappearance"],
    "Strategic developments": [
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established", "Looting/property destruction",
        "Non-violent transfer of territory", "Other",
    ],
}  # fmt: skip


def _cases() -> list[tuple[str, Example]]:
    top = read_yaml(Path(__file__).with_name("cases_acled.yaml"))
    found = [(table.string("gives"), read_example(table)) for table in top.tables("cases")]
    top.done()
    return found


CASES = _cases()


def _fact(claim: str, kind: str, mode: str | None = None, **more: object) -> CodingFacts:
    words = {key: frozenset(str(value).split()) for key, value in more.items() if key.endswith("_words")}
    return CodingFacts(claim, kind, mode, **(more | words))  # type: ignore[arg-type]


def _coded(*facts: CodingFacts) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(event.get("sub_event_type"), event.claims) for event in code(Incident(tuple(fact.claim for fact in facts)), facts, BOOK)]


@pytest.mark.parametrize(("gives", "example"), CASES, ids=[example.says for _, example in CASES])
def test_mini_cases_code_as_they_say(gives: str, example: Example) -> None:
    found = code_claim(facts_of(example), BOOK)
    assert (found.sub_event or "none") == gives, f"rule {found.rule}: {found.reason}"


def test_there_are_enough_cases_and_they_reach_every_sub_event() -> None:
    assert len(CASES) >= 60
    assert {gives for gives, _ in CASES} == {*BOOK.precedence, "none"}


def test_types_are_the_published_ones_in_their_order() -> None:
    assert [name for names in HIERARCHY.values() for name in names] == list(BOOK.precedence)
    assert {(found.event_type, found.name) for found in BOOK.types} == {(kind, name) for kind, names in HIERARCHY.items() for name in names}
    assert BOOK.type("Excessive force against protesters").disorder_type == "Political violence; Demonstrations"
    assert BOOK.type("Violent demonstration").disorder_type == "Demonstrations"
    assert BOOK.type("Mob violence").disorder_type == "Political violence"
    assert {found.disorder_type for found in BOOK.types if found.event_type == "Strategic developments"} == {"Strategic developments"}


def test_every_rule_is_reached_by_its_own_examples() -> None:
    check_book(BOOK)
    assert {rule.sub_event for rule in BOOK.rules} - {None} == set(BOOK.precedence)


def test_facts_have_no_field_that_could_hold_a_name() -> None:
    told = {field.name: field.type for field in fields(CodingFacts)}
    assert [name for name, kind in told.items() if kind in (str, str | None)] == ["claim", "type", "mode", "day_from", "day_to"]
    assert {name for name, kind in told.items() if kind == frozenset[str]} == {
        "actor_words", "recipient_words", "instrument_words", "trigger_words", "context_words", "company", "nearby",
    }  # fmt: skip


@given(
    act=st.sampled_from([(kind, mode) for kind, modes in PLOVER_MODES.items() for mode in (None, *sorted(modes))]),
    modality=st.sampled_from(list(Modality)),
    kinds=st.lists(st.sampled_from(list(ActorKind)), max_size=2),
    victims=st.lists(st.sampled_from(list(ActorKind)), max_size=2),
    words=st.frozensets(st.sampled_from(sorted({word for rule in BOOK.rules for word in rule.when.trigger_words})), max_size=3),
    status=st.sampled_from(list(VictimStatus)),
)
def test_only_actual_acts_become_rows_whatever_is_told(
    act: tuple[str, str | None], modality: Modality, kinds: list[ActorKind], victims: list[ActorKind], words: frozenset[str], status: VictimStatus
) -> None:
    fact = CodingFacts("c", act[0], act[1], modality, Certainty.CERTAIN, tuple(kinds), tuple(victims), trigger_words=words, victim_status=status)
    events = code(Incident(("c",)), [fact], BOOK)
    assert len(events) <= (modality is Modality.ACTUAL)
    assert all(event.get("sub_event_type") in BOOK.precedence and event.reason and event.digest == BOOK.digest for event in events)
    if act[0] in ("ACCUSE", "REQUEST", "THREATEN", "REJECT"):
        assert not events


def test_a_strike_and_the_deaths_told_beside_it_are_one_row() -> None:
    strike = _fact("a", "ASSAULT", "aerial", actor_kinds=(STATE,))
    deaths = _fact("b", "ASSAULT", recipient_words="soldier", trigger_words="die", harm=True)
    assert _coded(strike, deaths) == [("Air/drone strike", ("a", "b"))]


def test_shelling_within_a_battle_of_the_same_sides_folds_into_it() -> None:
    battle = _fact("a", "ASSAULT", "firearms", actor_kinds=(STATE, REBELS), trigger_words="clash")
    shells = _fact("b", "ASSAULT", "heavy-weapons", actor_kinds=(STATE,), recipient_kinds=(REBELS,), trigger_words="shell")
    (event,) = code(Incident(("a", "b")), [shells, battle], BOOK)
    assert event.get("sub_event_type") == "Armed clash"
    assert event.get("event_type") == "Battles"
    assert "outranks Shelling/artillery/missile attack" in event.reason


def test_other_actors_make_another_row() -> None:
    battle = _fact("a", "ASSAULT", actor_kinds=(STATE, REBELS), trigger_words="clash")
    attack = _fact("b", "ASSAULT", "firearms", actor_kinds=(REBELS,), recipient_kinds=(CIVILIANS,), trigger_words="kill", harm=True)
    assert _coded(battle, attack) == [("Armed clash", ("a",)), ("Attack", ("b",))]


def test_a_march_met_with_tear_gas_then_bullets_is_one_row_at_the_highest() -> None:
    march = _fact("a", "PROTEST", "demo", actor_kinds=(PROTESTERS,))
    gas = _fact("b", "ASSAULT", "crowd-control", actor_kinds=(STATE,), recipient_kinds=(PROTESTERS,))
    shots = _fact("c", "ASSAULT", "firearms", actor_kinds=(STATE,), recipient_kinds=(PROTESTERS,), trigger_words="shoot")
    assert _coded(march, gas) == [("Protest with intervention", ("a", "b"))]
    assert _coded(march, gas, shots) == [("Excessive force against protesters", ("a", "b", "c"))]


def test_a_march_that_turns_violent_is_no_peaceful_protest() -> None:
    march = _fact("a", "PROTEST", "demo", actor_kinds=(PROTESTERS,))
    riot = _fact("b", "PROTEST", "riot", actor_kinds=(PROTESTERS,))
    assert _coded(march, riot) == [("Violent demonstration", ("a", "b"))]


def test_a_denied_act_neither_makes_a_row_nor_keeps_company() -> None:
    march = _fact("a", "PROTEST", "demo", actor_kinds=(PROTESTERS,))
    denied = _fact("b", "PROTEST", "riot", actor_kinds=(PROTESTERS,), modality=Modality.DENIED)
    assert in_company([march, denied])[0].company == frozenset()
    assert _coded(march, denied) == [("Peaceful protest", ("a",))]
    assert _coded(denied) == []


def test_what_an_arrest_is_turns_on_the_kind_of_who_arrests() -> None:
    by_state = _fact("a", "COERCE", "arrest", actor_kinds=(STATE,), recipient_kinds=(CIVILIANS,), trigger_words="detain")
    by_group = replace(by_state, actor_kinds=(REBELS,))
    assert [_coded(by_state)[0][0], _coded(by_group)[0][0]] == ["Arrests", "Abduction/forced disappearance"]


def test_nouns_tell_who_people_are_only_where_no_kind_is_known() -> None:
    told = _fact("a", "ASSAULT", "firearms", actor_kinds=(REBELS,), recipient_words="soldier", trigger_words="kill", harm=True)
    assert _coded(told)[0][0] == "Armed clash"
    assert _coded(replace(told, recipient_kinds=(ActorKind.UNKNOWN,)))[0][0] == "Armed clash"
    assert _coded(replace(told, recipient_kinds=(CIVILIANS,)))[0][0] == "Attack"


def test_civilian_targeting_is_marked_where_civilians_are_the_only_target() -> None:
    def targeting(*victims: ActorKind) -> str | None:
        (event,) = code(Incident(("a",)), [_fact("a", "ASSAULT", "aerial", actor_kinds=(STATE,), recipient_kinds=victims)], BOOK)
        return event.get("civilian_targeting")

    assert [targeting(CIVILIANS), targeting(CIVILIANS, REBELS), targeting(REBELS), targeting()] == ["Civilian targeting", "", "", ""]
    (event,) = code(Incident(("a",)), [_fact("a", "ASSAULT", "torture")], BOOK)
    assert event.get("civilian_targeting") == "Civilian targeting"


def test_the_order_of_claims_changes_nothing() -> None:
    facts = [
        _fact("a", "ASSAULT", actor_kinds=(STATE, REBELS), trigger_words="clash"),
        _fact("b", "ASSAULT", "firearms", actor_kinds=(REBELS,), recipient_kinds=(CIVILIANS,), trigger_words="kill"),
        _fact("c", "COERCE", "seize", actor_kinds=(REBELS,), recipient_words="town", trigger_words="capture"),
    ]
    assert _coded(*facts) == _coded(*reversed(facts))


def test_facts_of_another_incident_are_an_error() -> None:
    with pytest.raises(ValueError, match="'b', which is not of the incident"):
        code(Incident(("a",)), [_fact("b", "ASSAULT")], BOOK)


def test_why_there_is_no_row_is_told() -> None:
    assert "denied" in code_claim(_fact("a", "ASSAULT", modality=Modality.DENIED), BOOK).reason
    assert "no row for ACCUSE/allege" in code_claim(_fact("a", "ACCUSE", "allege"), BOOK).reason
    assert "strike" in code_claim(_fact("a", "PROTEST", "strike"), BOOK).reason


SMALL = """kind: rows
name: small
title: Small
version: "1"
licence: CC0-1.0
types:
  Harm:
    disorder_type: Political violence
    sub_events:
      Harm to people:
        definition: People are harmed.
        excludes: [Threats.]
precedence: [Harm to people]
parties:
  armed: {kinds: [state_force, rebel_group], words: [soldier]}
groups: {anybody: [armed]}
rules:
  - name: harmed
    sub_event: Harm to people
    when: {type: [ASSAULT], actor: [anybody]}
    reason: people were harmed
    examples:
      - {says: Soldiers shot., type: ASSAULT, mode: firearms, actor_words: [soldier]}
"""


def _written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_book_of_ones_own_works_by_path(tmp_path: Path) -> None:
    book = load_row_book(_written(tmp_path, SMALL))
    check_book(book)
    (event,) = code(Incident(("a",)), [_fact("a", "ASSAULT", actor_kinds=(REBELS,))], book)
    assert (event.codebook, event.get("event_type"), event.get("sub_event_type")) == ("small", "Harm", "Harm to people")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("reason: people", "because: people", "small.yaml:18: rules\\[0\\].reason is missing"),
        ("actor: [anybody]", "actors: [anybody]", "small.yaml:20: rules\\[0\\].when.actors is not known here"),
        ("actor: [anybody]", "actor: [armies]", "'armies' is no party or group"),
        ("type: [ASSAULT], actor", "type: [ASAULT], actor", "'ASAULT' is no act"),
        ("mode: firearms", "mode: fire", "'fire' is no mode of ASSAULT"),
        ("sub_event: Harm to people", "sub_event: Harm", "'Harm' is no sub-event"),
        ("precedence: [Harm to people]", "precedence: [Harm]", "precedence and types differ in 'Harm'"),
        ("kinds: [state_force, rebel_group]", "kinds: [army]", "holds an unknown kind"),
        ("kind: rows", "kind: acts", "coding needs a book of kind 'rows'"),
        ("excludes: [Threats.]", "excludes: [Threats.]\n        colour: red", "colour is not known here"),
        ("type: [ASSAULT], actor", "type: [ASSAULT], company: [ASSAULT/demo], actor", "'ASSAULT/demo' is no act"),
    ],
)
def test_a_wrong_book_names_file_and_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in SMALL
    with pytest.raises(DataError, match=message):
        load_row_book(_written(tmp_path, SMALL.replace(old, new, 1)))


def test_an_example_that_codes_otherwise_is_an_error(tmp_path: Path) -> None:
    book = load_row_book(_written(tmp_path, SMALL.replace("actor_words: [soldier]", "actor_words: [nurse]")))
    with pytest.raises(DataError, match=r"small\.yaml:23: the example 'Soldiers shot.' of the rule 'harmed' is coded by no rule"):
        check_book(book)


def test_the_digest_is_of_the_content_not_of_the_layout(tmp_path: Path) -> None:
    first = load_row_book(_written(tmp_path, SMALL)).digest
    other = load_row_book(_written(tmp_path, "# a comment\n" + SMALL)).digest
    changed = load_row_book(_written(tmp_path, SMALL.replace("[soldier]", "[soldier, guard]", 1))).digest
    assert first == other != changed
