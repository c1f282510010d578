"""What the claims of a happening tell together, for books whose rules look at the whole of it. All facts are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.codebooks.coding import CodingFacts, code
from sayso.codebooks.pooling import pooled
from sayso.codebooks.rows import load_row_book
from sayso.model import Incident
from sayso.model.words import ActorKind, Modality, VictimStatus

STATE, REBELS, CIVILIANS = ActorKind.STATE_FORCE, ActorKind.REBEL_GROUP, ActorKind.CIVILIANS


def act(claim: str, kind: str = "ASSAULT", **more) -> CodingFacts:
    return CodingFacts(claim, kind, **more)


def rows(*facts: CodingFacts, book: str = "ucdp") -> list[tuple[str | None, tuple[str, ...]]]:
    found = code(Incident(tuple(one.claim for one in facts)), facts, load_row_book(book))
    return [(event.get("type_of_violence"), event.claims) for event in found]


def test_who_fought_and_who_died_may_stand_in_two_sentences():
    ambush = act("a", actor_kinds=(REBELS,), recipient_kinds=(STATE,))
    dead = act("b", recipient_kinds=(STATE,), recipient_words=frozenset({"soldier"}), harm=True, killed=True)
    assert rows(ambush, dead) == [("1", ("a", "b"))]
    assert rows(ambush) == [], "nobody is told to have died"
    assert rows(dead) == [], "nobody is told to have done it"


def test_a_bystander_who_died_makes_no_one_sided_violence_of_a_fight():
    fight = act("a", actor_kinds=(STATE, REBELS))
    child = act("b", recipient_kinds=(CIVILIANS,), harm=True, killed=True, victim_status=VictimStatus.CIVILIAN)
    assert [kind for kind, _ in rows(fight, child)] == ["1"]


def test_a_claim_that_no_rule_speaks_of_tells_of_the_one_row_all_the_same():
    taken = act("a", actor_kinds=(REBELS,), recipient_kinds=(CIVILIANS,), recipient_words=frozenset({"trader"}), harm=True, killed=True)
    bare = act("b", actor_kinds=(REBELS,), recipient_kinds=(ActorKind.UNKNOWN,), harm=True, killed=True)
    assert rows(taken, bare) == [("3", ("a", "b"))]


@pytest.mark.parametrize("modality", [Modality.DENIED, Modality.PLANNED, Modality.HYPOTHETICAL])
def test_what_is_not_told_as_done_lends_nothing(modality):
    told = act("a", actor_kinds=(REBELS,), recipient_kinds=(STATE,))
    other = act("b", recipient_kinds=(STATE,), harm=True, killed=True, modality=modality)
    assert pooled((told, other)) == (told, other)


def test_an_act_of_another_type_lends_nothing():
    march = act("a", "PROTEST", actor_kinds=(ActorKind.PROTESTERS,))
    dead = act("b", recipient_kinds=(CIVILIANS,), harm=True, killed=True)
    assert pooled((march, dead)) == (march, dead)


def test_a_book_that_is_not_pooled_looks_at_each_claim_alone():
    ambush = act("a", actor_kinds=(REBELS,), recipient_kinds=(STATE,))
    dead = act("b", recipient_kinds=(STATE,), recipient_words=frozenset({"soldier"}), harm=True, killed=True)
    assert not load_row_book("acled").pooled
    assert [event.get("sub_event_type") for event in code(Incident(("a", "b")), (ambush, dead), load_row_book("acled"))] == ["Armed clash"]


kinds = st.lists(st.sampled_from([STATE, REBELS, CIVILIANS, ActorKind.UNKNOWN]), max_size=2).map(tuple)
claims = st.lists(
    st.builds(
        act, st.just("x"), st.sampled_from(["ASSAULT", "PROTEST"]), actor_kinds=kinds, recipient_kinds=kinds, harm=st.booleans(), killed=st.booleans(),
        modality=st.sampled_from([Modality.ACTUAL, Modality.DENIED]),
    ),
    max_size=4,
)  # fmt: skip


@given(claims)
def test_what_a_claim_tells_itself_is_never_replaced(facts):
    for before, after in zip(facts, pooled(facts), strict=True):
        assert (after.claim, after.type, after.mode, after.modality) == (before.claim, before.type, before.mode, before.modality)
        assert after.harm >= before.harm
        assert after.killed >= before.killed
        assert set(before.recipient_kinds) <= set(after.recipient_kinds)
        if any(kind is not ActorKind.UNKNOWN for kind in before.actor_kinds):
            assert after.actor_kinds == before.actor_kinds
        if before.modality is not Modality.ACTUAL:
            assert after == before
