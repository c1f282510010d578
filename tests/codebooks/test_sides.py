"""Sides of rows: who stands against whom, by kinds and places alone. All facts are invented."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.codebooks.coding import CodingFacts, Part, code, interaction, interaction_code
from sayso.codebooks.rows import load_row_book
from sayso.model import Event, Incident
from sayso.model.words import ActorKind

BOOK = load_row_book("acled")
STATE, REBELS, MILITIA, IDENTITY = ActorKind.STATE_FORCE, ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA
CIVILIANS, PROTESTERS, RIOTERS, OTHER = ActorKind.CIVILIANS, ActorKind.PROTESTERS, ActorKind.RIOTERS, ActorKind.EXTERNAL_OTHER
LABELS = [side.label for side in sorted(BOOK.sides, key=lambda side: side.code or 0)]


def fact(claim: str, actors: tuple[ActorKind, ...] = (), recipients: tuple[ActorKind, ...] = (), trigger: str = "clash", **more: object) -> CodingFacts:
    mode = more.pop("mode", None)
    return CodingFacts(claim, "ASSAULT", mode, actor_kinds=actors, recipient_kinds=recipients, trigger_words=frozenset(trigger.split()), **more)  # type: ignore[arg-type]


def coded(*facts: CodingFacts) -> tuple[Event, ...]:
    return code(Incident(tuple(one.claim for one in facts)), facts, BOOK)


def told(event: Event) -> list[tuple[str, list[str]]]:
    return [(side.label, [f"{one.claim}.{one.role}.{one.number}" for one in side.participants]) for side in event.sides]


@pytest.mark.parametrize(
    ("first", "second", "words", "number"),
    [
        ("State forces", "Rebel group", "State forces-Rebel group", 12),
        ("Rebel group", "State forces", "State forces-Rebel group", 12),
        ("State forces", "State forces", "State forces-State forces", 11),
        ("External/Other forces", "Civilians", "External/Other forces-Civilians", 78),
        ("Civilians", "External/Other forces", "External/Other forces-Civilians", 78),
        ("External/Other forces", "Protesters", "Protesters-External/Other forces", 68),
        ("Identity militia", "Political militia", "Political militia-Identity militia", 34),
        ("Protesters", "", "Protesters only", 60),
        ("External/Other forces", "External/Other forces", "External/Other forces-External/Other forces", 88),
    ],
)
def test_an_interaction_is_written_by_the_published_rule(first: str, second: str, words: str, number: int) -> None:
    assert interaction(first, second, BOOK) == words
    assert interaction_code(first, second, BOOK) == number


@given(st.sampled_from(LABELS), st.sampled_from(LABELS))
def test_an_interaction_knows_no_order(first: str, second: str) -> None:
    assert interaction(first, second, BOOK) == interaction(second, first, BOOK)
    codes = sorted(LABELS.index(label) + 1 for label in (first, second))
    assert interaction_code(first, second, BOOK) == 10 * codes[0] + codes[1]


def test_who_is_not_known_is_no_interaction() -> None:
    assert (interaction("", "Civilians", BOOK), interaction_code("", "Civilians", BOOK)) == ("", None)
    assert (interaction("Aliens", "Civilians", BOOK), interaction_code("Aliens", "Civilians", BOOK)) == ("", None)
    (event,) = coded(fact("a", (), (CIVILIANS,), "kill", harm=True))
    assert told(event) == [("", []), ("Civilians", ["a.recipient.0"])]
    assert (event.get("inter1"), event.get("inter2"), event.get("interaction")) == ("", "Civilians", "")
    (fight,) = coded(fact("a", (STATE,), (), "fight"))
    assert fight.get("interaction") == "", "a battle has another side though nobody tells of it"


@pytest.mark.parametrize(
    ("kind", "label"),
    [(STATE, "State forces"), (REBELS, "Rebel group"), (MILITIA, "Political militia"), (IDENTITY, "Identity militia"), (OTHER, "External/Other forces"),
     (ActorKind.GOVERNMENT, "State forces"), (ActorKind.INTERGOVERNMENTAL, "External/Other forces")],
)  # fmt: skip
def test_a_side_is_labelled_by_the_kind_of_who_leads_it(kind: ActorKind, label: str) -> None:
    (event,) = coded(fact("a", (kind,), (CIVILIANS,), "torture", mode="torture"))
    assert (event.get("inter1"), event.get("inter2")) == (label, "Civilians")


@pytest.mark.parametrize(("home", "label"), [(True, "State forces"), (None, "State forces"), (False, "External/Other forces")])
def test_a_force_is_a_state_force_at_home_and_external_abroad(home: bool | None, label: str) -> None:
    (event,) = coded(fact("a", (STATE,), (REBELS,), "attack", actor_homes=(home,)))
    assert (event.get("inter1"), event.get("inter2")) == (label, "Rebel group")
    (rebels,) = coded(fact("a", (REBELS,), (STATE,), "attack", actor_homes=(home,), recipient_homes=(True,)))
    assert rebels.get("inter1") == "Rebel group", "only forces of states change with the place"


def test_the_target_of_violence_against_civilians_is_the_second_side_whoever_it_is() -> None:
    captives = fact("a", (REBELS,), (STATE,), "execute", recipient_words=frozenset({"prisoner"}))
    assert told(coded(captives)[0]) == [("Rebel group", ["a.actor.0"]), ("Civilians", ["a.recipient.0"])]
    nobody = fact("a", (REBELS,), (), "torture", mode="torture")
    assert told(coded(nobody)[0]) == [("Rebel group", ["a.actor.0"]), ("Civilians", [])]
    officials = fact("a", (MILITIA,), (ActorKind.GOVERNMENT,), "shoot", mode="firearms")
    assert coded(officials)[0].get("interaction") == "Political militia-Civilians"


def test_those_who_demonstrate_are_protesters_or_rioters_whatever_they_are_else() -> None:
    march = CodingFacts("a", "PROTEST", "demo", actor_kinds=(CIVILIANS,))
    assert coded(march)[0].get("interaction") == "Protesters only"
    nobody = replace(march, actor_kinds=())
    assert coded(nobody)[0].get("interaction") == "Protesters only"
    police = fact("b", (STATE,), (CIVILIANS,), "arrest", company=frozenset({"PROTEST/demo"}))
    assert coded(replace(police, type="COERCE", mode="arrest"))[0].get("interaction") == "State forces-Protesters"
    mob = fact("a", (CIVILIANS,), (CIVILIANS,), "lynch", actor_words=frozenset({"mob"}))
    assert coded(mob)[0].get("interaction") == "Rioters-Civilians"


def test_of_a_two_sided_act_the_actors_are_the_two_sides() -> None:
    clash = fact("a", (STATE, REBELS, STATE), (), "clash")
    assert told(coded(clash)[0]) == [("State forces", ["a.actor.0", "a.actor.2"]), ("Rebel group", ["a.actor.1"])]
    rivals = fact("a", (REBELS, REBELS), (), "clash", actor_parts=(Part(0, mark=1), Part(1, mark=2)))
    assert told(coded(rivals)[0]) == [("Rebel group", ["a.actor.0"]), ("Rebel group", ["a.actor.1"])]
    assert coded(rivals)[0].get("interaction") == "Rebel group-Rebel group"
    at_home = fact("a", (STATE, STATE), (), "clash", actor_homes=(True, False))
    assert coded(at_home)[0].get("interaction") == "State forces-External/Other forces"


def test_allies_who_take_a_place_are_one_side() -> None:
    taken = fact("a", (STATE, MILITIA), (), "capture", recipient_words=frozenset({"town"}))
    (event,) = coded(taken)
    assert told(event) == [("State forces", ["a.actor.0", "a.actor.1"]), ("", [])]


def test_two_claims_with_the_roles_exchanged_are_one_row_with_two_sides() -> None:
    one, other = fact("a", (STATE,), (REBELS,), "attack"), fact("b", (REBELS,), (STATE,), "attack")
    for order in permutations((one, other)):
        (event,) = coded(*order)
        sides = {label: sorted(who) for label, who in told(event)}
        assert sides == {"State forces": ["a.actor.0", "b.recipient.0"], "Rebel group": ["a.recipient.0", "b.actor.0"]}


def test_the_same_actor_is_on_one_side_though_its_kind_is_on_both() -> None:
    one = fact("a", (REBELS,), (REBELS,), "attack", actor_parts=(Part(0, mark=1),), recipient_parts=(Part(0, mark=2),))
    other = fact("b", (REBELS,), (REBELS,), "attack", actor_parts=(Part(0, mark=2),), recipient_parts=(Part(0, mark=1),))
    sides = [frozenset(who) for _, who in told(coded(one, other)[0])]
    assert set(sides) == {frozenset({"a.actor.0", "b.recipient.0"}), frozenset({"a.recipient.0", "b.actor.0"})}


def test_the_one_most_told_leads_its_side() -> None:
    marks = {"a": (Part(0, mark=1),), "b": (Part(0, mark=2),), "c": (Part(0, mark=2),)}
    facts = [fact(name, (STATE,), (REBELS,), "attack", actor_parts=parts) for name, parts in marks.items()]
    (event,) = coded(*facts)
    assert told(event)[0] == ("State forces", ["b.actor.0", "c.actor.0", "a.actor.0"])


def test_civilians_hit_in_a_battle_are_no_side_and_those_hit_by_a_strike_on_fighters_stand_behind_them() -> None:
    battle = fact("a", (STATE,), (REBELS, CIVILIANS), "clash")
    assert told(coded(battle)[0]) == [("State forces", ["a.actor.0"]), ("Rebel group", ["a.recipient.0"])]
    strike = fact("a", (STATE,), (CIVILIANS, REBELS), "bomb", mode="aerial")
    assert told(coded(strike)[0]) == [("State forces", ["a.actor.0"]), ("Rebel group", ["a.recipient.1", "a.recipient.0"])]
    assert coded(strike)[0].get("civilian_targeting") == ""


def test_who_hits_a_base_hits_its_owner_and_who_hits_a_field_hits_nobody() -> None:
    base = fact("a", (REBELS,), (ActorKind.UNKNOWN,), "shell", mode="heavy-weapons", recipient_words=frozenset({"base"}))
    owned = replace(base, recipient_parts=(Part(0, frozenset({"base"}), owner=STATE),))
    assert coded(owned)[0].get("interaction") == "State forces-Rebel group"
    field = replace(base, recipient_words=frozenset({"field"}), recipient_parts=(Part(0, frozenset({"field"}), owner=STATE),))
    assert coded(field)[0].get("interaction") == "Rebel group only"
    assert coded(base)[0].get("interaction") == "Rebel group only"


def test_a_pronoun_that_tells_nobody_is_no_participant() -> None:
    they = fact("a", (ActorKind.UNKNOWN,), (CIVILIANS,), "kill", actor_parts=(Part(0, told=False),))
    named = fact("a", (ActorKind.UNKNOWN,), (CIVILIANS,), "kill", actor_parts=(Part(0),))
    assert told(coded(they)[0])[0] == ("", [])
    assert told(coded(named)[0])[0] == ("Political militia", ["a.actor.0"]), "somebody armed of whom no more is told"


@pytest.mark.parametrize(
    ("words", "label"),
    [("clan militia", "Identity militia"), ("rebel brigade", "Rebel group"), ("peacekeeper", "External/Other forces"), ("gunman", "Political militia"),
     ("fighter", "State forces")],
)  # fmt: skip
def test_nouns_of_those_who_are_armed_go_before_their_kind(words: str, label: str) -> None:
    nouns = frozenset(words.split())
    (event,) = coded(fact("a", (STATE,), (CIVILIANS,), "shoot", mode="firearms", actor_words=nouns, actor_parts=(Part(0, nouns),)))
    assert event.get("inter1") == label
    (unarmed,) = coded(fact("a", (REBELS,), (CIVILIANS,), "shoot", mode="firearms", recipient_parts=(Part(0, nouns),)))
    assert unarmed.get("inter2") == "Civilians", "the unarmed of a community are no militia"


def test_two_rivals_told_in_one_word_are_both_sides() -> None:
    nouns = frozenset({"rival", "militia"})
    rivals = fact("a", (MILITIA,), (), "fight", actor_words=nouns, actor_parts=(Part(0, nouns),))
    assert told(coded(rivals)[0]) == [("Political militia", ["a.actor.0"]), ("Political militia", [])]
    one = replace(rivals, actor_words=frozenset({"militia"}), actor_parts=(Part(0, frozenset({"militia"})),))
    assert coded(one)[0].get("interaction") == ""


def test_whom_a_march_is_against_and_the_forces_that_are_moved_are_no_second_side() -> None:
    march = CodingFacts("a", "PROTEST", "demo", actor_kinds=(PROTESTERS,), recipient_kinds=(ActorKind.GOVERNMENT,))
    assert coded(march)[0].get("interaction") == "Protesters only"
    moved = CodingFacts("a", "MOBILIZE", "troops", actor_kinds=(STATE,), recipient_kinds=(STATE,), trigger_words=frozenset({"deploy"}))
    assert coded(moved)[0].get("interaction") == "State forces only"
    riot = CodingFacts("a", "PROTEST", "riot", actor_kinds=(PROTESTERS,), recipient_kinds=(STATE,))
    assert coded(riot)[0].get("interaction") == "State forces-Rioters" or [side.label for side in coded(riot)[0].sides] == ["Rioters", "State forces"]


def test_a_strike_on_a_house_of_civilians_names_them_though_only_the_house_is_told() -> None:
    struck = fact("a", (STATE,), (ActorKind.UNKNOWN,), "hit", mode="aerial", recipient_words=frozenset({"house"}), actor_homes=(False,))
    dead = fact("b", (), (CIVILIANS,), "die", harm=True, company=frozenset({"ASSAULT/aerial"}))
    (event,) = coded(struck, dead)
    assert (event.get("interaction"), event.get("civilian_targeting")) == ("External/Other forces-Civilians", "Civilian targeting")


def test_shelling_by_both_sides_is_a_clash() -> None:
    one = fact("a", (STATE,), (REBELS,), "shell", mode="heavy-weapons")
    (both,) = coded(one, replace(one, claim="b", actor_kinds=(REBELS,), recipient_kinds=(STATE,)))
    assert both.get("sub_event_type") == "Armed clash"
    assert "both sides did it to each other" in both.reason
    assert coded(replace(one, answered=True))[0].get("sub_event_type") == "Armed clash"
    assert coded(one)[0].get("sub_event_type") == "Shelling/artillery/missile attack"
    (bombed,) = coded(replace(one, mode="aerial", answered=True))
    assert bombed.get("sub_event_type") == "Air/drone strike"


KINDS = st.sampled_from([STATE, REBELS, MILITIA, CIVILIANS, PROTESTERS])
ACTS = st.sampled_from([("clash", None), ("attack", "firearms"), ("shell", "heavy-weapons"), ("bomb", "aerial"), ("torture", "torture"), ("kill", None)])


@st.composite
def incidents(draw: st.DrawFn) -> list[CodingFacts]:
    """Claims of one happening; of each kind there are two actors, told apart by their marks."""
    marks = st.integers(0, 1)
    facts = []
    for name in "abc"[: draw(st.integers(1, 3))]:
        actors, recipients = draw(st.lists(st.tuples(KINDS, marks), max_size=2)), draw(st.lists(st.tuples(KINDS, marks), max_size=2))
        trigger, mode = draw(ACTS)
        parts = {
            f"{role}_parts": tuple(Part(at, mark=list(ActorKind).index(kind) * 2 + mark) for at, (kind, mark) in enumerate(told))
            for role, told in (("actor", actors), ("recipient", recipients))
        }
        facts.append(fact(name, tuple(kind for kind, _ in actors), tuple(kind for kind, _ in recipients), trigger, mode=mode, **parts))
    return facts


@given(incidents())
def test_exchanging_two_actors_of_a_kind_moves_nothing_but_who_is_meant(facts: list[CodingFacts]) -> None:
    def exchanged(one: CodingFacts) -> CodingFacts:
        other = {role: tuple(replace(part, mark=(part.mark or 0) ^ 1) for part in getattr(one, role)) for role in ("actor_parts", "recipient_parts")}
        return replace(one, **other)

    assert coded(*map(exchanged, facts)) == coded(*facts)


@given(incidents(), st.randoms())
def test_the_order_of_the_claims_moves_nothing(facts: list[CodingFacts], chance: object) -> None:
    mixed = list(facts)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert [replace(one, incident="") for one in coded(*mixed)] == [replace(one, incident="") for one in coded(*facts)]


@given(incidents())
def test_sides_and_columns_agree(facts: list[CodingFacts]) -> None:
    for event in coded(*facts):
        first, second = ([side.label for side in event.sides] + ["", ""])[:2]
        assert (event.get("inter1"), event.get("inter2")) == (first, second)
        told_once = [one for side in event.sides for one in side.participants]
        assert len(told_once) == len(set(told_once))
        assert {one.claim for one in told_once} <= set(event.claims)
        if event.get("civilian_targeting"):
            assert second in ("Civilians", "Protesters", "")
        assert event.get("interaction") == "" or event.get("interaction") == interaction(first, second, BOOK)
