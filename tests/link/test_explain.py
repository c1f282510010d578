"""Explaining: what speaks for and against, in the words of the features, and no names."""

import re

from tests.link.linked import account, judged, killed, readings

from sayso.link.accounts import Account, accounts_of
from sayso.link.compare import same_day
from sayso.link.explain import MOST_PAIRS, Explained, explain, told_reason
from sayso.link.incidents import link
from sayso.link.pairs import paired
from sayso.model import Incident, Link, to_json
from sayso.model.words import Judgement


def explained(accounts: list[Account], *links: Link) -> Explained:
    """The incident of all claims of the accounts, explained as it was linked."""
    incident = Incident(tuple(claim for one in accounts for claim in one.claims))
    return explain(incident, tuple(paired([incident], link(accounts))), accounts, links)


def test_grounds_for_and_against() -> None:
    (pair,) = explained([account(1), account(2, figures=(killed(400),))]).pairs
    assert "same_day" in {ground.feature for ground in pair.speaks_for}
    assert "killed_alike" in {ground.feature for ground in pair.speaks_against}
    assert all(ground.weight < 0 for ground in pair.speaks_against)
    told = next(ground for ground in pair.speaks_for if ground.feature == "same_day")
    assert told.meaning == " ".join((same_day.__doc__ or "").split())
    assert "same_hour" in pair.unknown


def test_people_s_judgements_are_shown() -> None:
    said = judged(1, 2, Judgement.SAME)
    found = explained([account(1), account(2)], said)
    assert found.judged == (said,)
    assert found.notes[0] == "2 accounts in 2 reports"


def test_an_incident_of_one_report_has_no_pairs() -> None:
    assert explained([account(1)]).pairs == ()


def test_pairs_are_shown_as_they_were_decided() -> None:
    accounts = [account(1), account(2, figures=(killed(400),)), account(3, words=(), names=())]
    linked = link(accounts)
    decided = {tuple(linked.accounts[end].account.document for end in (one.first, one.second)): round(one.chance, 4) for one in linked.pairs}
    shown = {(one.first, one.second): one.chance for one in explained(accounts).pairs}
    assert len(shown) == 3
    assert decided
    assert decided.items() <= shown.items()


def test_pairs_that_were_not_compared_are_told() -> None:
    accounts = [account(number) for number in (1, 2, 3)]
    incident = Incident(("clm_1", "clm_2", "clm_3"))
    found = explain(incident, tuple(paired([incident], link(accounts)))[:1], accounts)
    assert found.notes[1] == "2 of 3 pairs were not compared when the incident was folded: `sayso link` compares them"


def test_of_a_large_incident_some_pairs_are_kept() -> None:
    found = explained([account(number) for number in range(1, 32)])
    assert len(found.pairs) == MOST_PAIRS
    assert found.notes[1] == "65 of 465 pairs are not shown"


def test_nothing_of_the_text_is_shown() -> None:
    accounts = [one for name in ("wire", "ministry") for one in accounts_of(readings()[name])]
    found = explained(accounts)
    told = str([ground for pair in found.pairs for ground in to_json((*pair.speaks_for, *pair.speaks_against))])
    assert found.pairs
    assert not re.search(r"Kassala|market|spokesman", told)


def test_a_reason_in_few_words() -> None:
    assert told_reason({"same_day": 1.5, "killed_alike": -0.8, "distance": 0.01}) == "for: same day; against: killed alike"
    assert told_reason({}) == "nothing that weighs speaks for or against"
