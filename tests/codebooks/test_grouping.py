"""Rows a day, or one row over days: which claims make which row. All facts are invented."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.codebooks.coding import CodingFacts, code
from sayso.codebooks.rows import load_row_book
from sayso.model import Event, Incident
from sayso.model.words import ActorKind, Modality

DAILY = load_row_book("acled")
RANGE = replace(DAILY, days="range")
STATE, REBELS, CIVILIANS = ActorKind.STATE_FORCE, ActorKind.REBEL_GROUP, ActorKind.CIVILIANS


def shelling(claim: str, first: str | None = None, last: str | None = None, **more: object) -> CodingFacts:
    told = {"actor_kinds": (STATE,), "recipient_kinds": (REBELS,), "trigger_words": frozenset({"shell"}), **more}
    return CodingFacts(claim, "ASSAULT", "heavy-weapons", day_from=first, day_to=last or first, **told)  # type: ignore[arg-type]


def rows(*facts: CodingFacts, daily: bool = True) -> list[tuple[tuple[str, str] | None, str]]:
    return [(event.days, "".join(event.claims)) for event in coded(*facts, daily=daily)]


def coded(*facts: CodingFacts, daily: bool = True) -> tuple[Event, ...]:
    return code(Incident(tuple(one.claim for one in facts)), facts, DAILY if daily else RANGE)


DAYS = [shelling("a", "2024-05-01"), shelling("b", "2024-05-02"), shelling("c", "2024-05-02")]


def test_a_book_says_whether_each_day_is_a_row() -> None:
    for facts in permutations(DAYS):
        assert rows(*facts) == [(("2024-05-01", "2024-05-01"), "a"), (("2024-05-02", "2024-05-02"), "bc")]
        assert rows(*facts, daily=False) == [(("2024-05-01", "2024-05-02"), "abc")]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        # a longer time joins the day within it that most tell, else is a row of its own
        (shelling("d", "2024-04-29", "2024-05-05"), [(("2024-05-01", "2024-05-01"), "a"), (("2024-05-02", "2024-05-02"), "bcd")]),
        (shelling("d", "2024-04-25", "2024-05-01"), [(("2024-05-01", "2024-05-01"), "ad"), (("2024-05-02", "2024-05-02"), "bc")]),
        (
            shelling("d", "2024-04-01", "2024-04-30"),
            [(("2024-04-01", "2024-04-30"), "d"), (("2024-05-01", "2024-05-01"), "a"), (("2024-05-02", "2024-05-02"), "bc")],
        ),
        # what tells no day, or only one end of a time, joins most
        (shelling("d"), [(("2024-05-01", "2024-05-01"), "a"), (("2024-05-02", "2024-05-02"), "bcd")]),
        (replace(shelling("d"), day_from="2024-01-01"), [(("2024-05-01", "2024-05-01"), "a"), (("2024-05-02", "2024-05-02"), "bcd")]),
        # other actors make another row, whatever the day
        (
            shelling("d", "2024-05-01", actor_kinds=(ActorKind.PROTESTERS,), recipient_kinds=()),
            [(("2024-05-01", "2024-05-01"), "a"), (("2024-05-02", "2024-05-02"), "bc"), (("2024-05-01", "2024-05-01"), "d")],
        ),
    ],
)
def test_a_further_claim_joins_the_day_that_it_may_be_of(more: CodingFacts, expected: list[object]) -> None:
    for facts in permutations([*DAYS, more]):
        assert sorted(rows(*facts), key=repr) == sorted(expected, key=repr)


def test_a_week_within_a_month_joins_it_not_the_other_way_round() -> None:
    week, month = shelling("a", "2024-05-06", "2024-05-12"), shelling("b", "2024-05-01", "2024-05-31")
    assert rows(month, week) == [(("2024-05-06", "2024-05-12"), "ab")]


def test_without_days_there_is_one_row_without_days() -> None:
    assert rows(shelling("a"), shelling("b")) == [(None, "ab")]
    assert rows(shelling("a"), shelling("b"), daily=False) == [(None, "ab")]


def test_who_is_unknown_joins_the_row_of_its_day() -> None:
    other = shelling("b", "2024-05-02", actor_kinds=(REBELS,), recipient_kinds=(CIVILIANS,))
    nobody = shelling("c", "2024-05-02", actor_kinds=(), recipient_kinds=())
    assert rows(shelling("a", "2024-05-01"), other, nobody) == [(("2024-05-01", "2024-05-01"), "a"), (("2024-05-02", "2024-05-02"), "bc")]


def test_harm_of_which_nobody_tells_the_doer_is_what_the_claims_beside_it_say() -> None:
    grenade = shelling("a", trigger_words=frozenset({"throw"}), instrument_words=frozenset({"grenade"}), recipient_kinds=(STATE,))
    thrown = replace(grenade, mode="explosives", actor_kinds=(REBELS,))
    dead = CodingFacts("b", "ASSAULT", recipient_kinds=(STATE,), trigger_words=frozenset({"kill"}), harm=True)
    (event,) = coded(thrown, dead)
    assert (event.get("sub_event_type"), event.claims) == ("Grenade", ("a", "b"))
    (alone,) = coded(dead)
    assert alone.get("sub_event_type") == "Armed clash"
    by_somebody = replace(dead, actor_kinds=(REBELS,), mode="firearms")
    assert coded(thrown, by_somebody)[0].get("sub_event_type") == "Armed clash", "who is told to have shot them did more than throw"


def test_one_act_told_twice_is_one_row_whomever_it_hit() -> None:
    strike = replace(shelling("a"), mode="aerial", trigger_words=frozenset({"bomb"}))
    neighbours = CodingFacts("b", "ASSAULT", recipient_kinds=(CIVILIANS,), trigger_words=frozenset({"die"}), harm=True)
    (event,) = coded(strike, neighbours)
    assert (event.get("sub_event_type"), event.get("civilian_targeting")) == ("Air/drone strike", "")


def test_two_tactics_of_a_day_are_one_row_at_the_higher_and_those_of_two_days_are_two() -> None:
    shot = shelling("b", "2024-05-01", trigger_words=frozenset({"clash"}))
    (event,) = coded(shelling("a", "2024-05-01"), replace(shot, mode="firearms"))
    assert event.get("sub_event_type") == "Armed clash"
    assert "it outranks Shelling/artillery/missile attack of the same actors" in event.reason
    later = replace(shot, mode="firearms", day_from="2024-05-02", day_to="2024-05-02")
    assert [one.get("sub_event_type") for one in coded(shelling("a", "2024-05-01"), later)] == ["Armed clash", "Shelling/artillery/missile attack"]


def test_every_row_names_the_book_that_coded_it() -> None:
    for event in coded(*DAYS):
        assert (event.codebook, event.version, event.digest) == (DAILY.name, DAILY.version, DAILY.digest)


@given(
    days=st.lists(st.one_of(st.none(), st.tuples(st.integers(1, 9), st.integers(0, 3))), min_size=1, max_size=5),
    modality=st.lists(st.sampled_from([Modality.ACTUAL, Modality.ACTUAL, Modality.DENIED, Modality.PLANNED, Modality.HYPOTHETICAL]), min_size=5, max_size=5),
    daily=st.booleans(),
)
def test_every_actual_claim_is_in_one_row_and_nothing_else_is(days: list[tuple[int, int] | None], modality: list[Modality], daily: bool) -> None:
    facts = [
        shelling("abcde"[at], *((f"2024-05-0{day[0]}", f"2024-05-{day[0] + day[1]:02d}") if day else ()), modality=modality[at]) for at, day in enumerate(days)
    ]
    actual = sorted(one.claim for one in facts if one.modality is Modality.ACTUAL)
    events = coded(*facts, daily=daily)
    assert sorted(claim for event in events for claim in event.claims) == actual
    assert len({event.id for event in events}) == len(events)
    if not daily:
        assert len(events) == bool(actual)
    told = {one.claim: one.days for one in facts if one.days}
    for event in events:
        assert event.days is None or any(told.get(claim) is not None for claim in event.claims)
        if daily and event.days is not None:
            assert event.days in told.values()


def test_acts_at_two_places_are_two_rows_and_what_tells_no_place_joins() -> None:
    here, there, nowhere = (shelling(name, "2024-05-01", place=place) for name, place in (("a", 0), ("b", 1), ("c", None)))
    assert [claims for _, claims in rows(here, there)] == ["a", "b"]
    assert [claims for _, claims in rows(here, nowhere)] == ["ac"]


def test_one_who_tells_the_doer_and_one_who_tells_the_victim_tell_one_row() -> None:
    stormed = CodingFacts("a", "ASSAULT", "firearms", actor_kinds=(REBELS,), recipient_words=frozenset({"clinic"}), trigger_words=frozenset({"attack"}))
    dead = CodingFacts("b", "ASSAULT", recipient_kinds=(CIVILIANS,), trigger_words=frozenset({"kill"}), harm=True)
    assert len(coded(stormed, dead)) == 1


def test_reports_that_disagree_about_who_was_hit_tell_one_row_and_one_report_tells_two() -> None:
    people = CodingFacts("a", "ASSAULT", "aerial", actor_kinds=(STATE,), recipient_kinds=(CIVILIANS,), trigger_words=frozenset({"bomb"}))
    fighters = replace(people, claim="b", recipient_kinds=(REBELS,))
    assert len(coded(people, replace(fighters, report=1))) == 1
    assert len(coded(people, fighters)) == 2


def test_reports_that_disagree_about_what_sort_of_event_it_was_tell_two_rows() -> None:
    clash = CodingFacts("a", "ASSAULT", "firearms", actor_kinds=(STATE, REBELS), trigger_words=frozenset({"clash"}))
    killed = frozenset({"kill"})
    killing = CodingFacts("b", "ASSAULT", "firearms", actor_kinds=(STATE,), recipient_kinds=(CIVILIANS,), trigger_words=killed, harm=True, report=1)
    assert sorted(event.get("event_type") or "" for event in coded(clash, killing)) == ["Battles", "Violence against civilians"]
