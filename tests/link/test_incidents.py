"""Incidents: people's judgements bind, the order says nothing, and what is taken back leaves no trace."""

import itertools
import random
from dataclasses import replace

import hypothesis.strategies as st
from hypothesis import given, settings
from tests.link.linked import GEDAREF, account, day, judged, machine, readings

from sayso.link.accounts import Account, accounts_of
from sayso.link.incidents import contradictions, fold, link
from sayso.model import Incident, Link
from sayso.model.words import Judgement

SIZE = 8
PAIRS = list(itertools.combinations(range(SIZE), 2))
SCORES = st.dictionaries(st.sampled_from(PAIRS), st.floats(0.2, 0.99), max_size=16)
PEOPLE = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from([Judgement.SAME, Judgement.DIFFERENT, Judgement.UNSURE]), max_size=6)


def together(incidents: tuple[Incident, ...], first: int, second: int) -> bool:
    return any({f"clm_{first}", f"clm_{second}"} <= set(one.claims) for one in incidents)


def test_rivals_of_one_strike_fall_together_and_others_do_not() -> None:
    accounts = [one for name in ("wire", "ministry", "next") for one in accounts_of(readings()[name])]
    chief = {one.source: one.claims[0] for one in accounts if one.chief}
    incidents = fold(accounts, link(accounts).links)
    of = {claim: number for number, one in enumerate(incidents) for claim in one.claims}
    assert of[chief["wire"]] == of[chief["ministry"]]
    assert of[chief["next"]] != of[chief["wire"]]


def test_links_tell_why() -> None:
    (made,) = link([account(1), account(2)]).links
    assert made.by == "sayso link 1"
    assert made.judgement is Judgement.SAME
    assert "same day" in made.reason
    other = account(2, days=(day("2024-07-03"),), published="2024-07-04", places=(GEDAREF,), words=(), names=(), scene=(), title=())
    assert not link([account(1), other]).links


@settings(deadline=None, max_examples=60)
@given(SCORES, PEOPLE, st.randoms(use_true_random=False))
def test_the_order_says_nothing_and_each_claim_is_in_one_incident(
    scores: dict[tuple[int, int], float], people: dict[tuple[int, int], Judgement], order: random.Random
) -> None:
    accounts = [account(number) for number in range(SIZE)]
    links = [machine(*pair, score) for pair, score in scores.items()] + [judged(*pair, told) for pair, told in people.items()]
    folded = fold(accounts, links)
    order.shuffle(accounts)
    order.shuffle(links)
    assert fold(accounts, links) == folded
    assert sorted(claim for one in folded for claim in one.claims) == sorted(f"clm_{number}" for number in range(SIZE))


@settings(deadline=None, max_examples=60)
@given(SCORES, PEOPLE)
def test_people_bind(scores: dict[tuple[int, int], float], people: dict[tuple[int, int], Judgement]) -> None:
    accounts = [account(number) for number in range(SIZE)]
    links = [machine(*pair, score) for pair, score in scores.items()] + [judged(*pair, told) for pair, told in people.items()]
    folded = fold(accounts, links)
    unheard = {(one.first, one.second) for one in contradictions(accounts, links)}
    for (first, second), told in people.items():
        if told is Judgement.DIFFERENT:
            assert not together(folded, first, second)
        if told is Judgement.SAME:
            assert together(folded, first, second) != ((f"clm_{first}", f"clm_{second}") in unheard)


@settings(deadline=None, max_examples=40)
@given(SCORES, st.sampled_from(PAIRS), st.sampled_from([Judgement.SAME, Judgement.DIFFERENT]))
def test_taking_a_link_away_gives_what_there_was(scores: dict[tuple[int, int], float], pair: tuple[int, int], told: Judgement) -> None:
    accounts = [account(number) for number in range(SIZE)]
    links = [machine(*one, score) for one, score in scores.items()]
    before = fold(accounts, links)
    fold(accounts, [*links, judged(*pair, told)])
    assert fold(accounts, links) == before


def test_the_last_word_of_people_counts() -> None:
    accounts = [account(1), account(2)]
    said: list[Link] = [judged(1, 2, Judgement.SAME, "2024-06-01"), judged(1, 2, Judgement.DIFFERENT, "2024-06-02")]
    assert len(fold(accounts, said)) == 2
    assert len(fold(accounts, [*said, judged(1, 2, Judgement.SAME, "2024-06-03")])) == 1


def test_a_chain_of_half_likenesses_makes_no_incident() -> None:
    accounts = [account(number) for number in range(SIZE)]
    chain = [machine(number, number + 1, 0.55) for number in range(SIZE - 1)]
    assert max(len(one.claims) for one in fold(accounts, chain)) <= 3


def test_claims_of_one_account_can_be_set_apart() -> None:
    torn = replace(account(1), parts=(("clm_1", "clm_2"), ("clm_3",), ("clm_4",)))
    assert [one.claims for one in fold([torn], [])] == [("clm_1", "clm_2", "clm_3", "clm_4")]
    assert {one.claims for one in fold([torn], [judged(1, 3, Judgement.DIFFERENT)])} == {("clm_1", "clm_2", "clm_4"), ("clm_3",)}
    assert not together(fold([torn], [judged(1, 2, Judgement.DIFFERENT)]), 1, 2)


def test_links_to_claims_that_are_gone_change_nothing() -> None:
    accounts: list[Account] = [account(1), account(2)]
    assert fold(accounts, [machine(1, 9, 0.9), judged(9, 2, Judgement.SAME)]) == fold(accounts, [])
