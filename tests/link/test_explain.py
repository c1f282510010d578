"""Explaining: what speaks for and against, in the words of the features, and no names."""

import re

from tests.link.linked import account, judged, killed, readings

from sayso.link.accounts import accounts_of
from sayso.link.compare import Frequencies, same_day
from sayso.link.explain import explain, told_reason
from sayso.model import Incident, to_json
from sayso.model.words import Judgement


def test_grounds_for_and_against() -> None:
    accounts = [account(1), account(2, figures=(killed(400),))]
    (pair,) = explain(Incident(("clm_1", "clm_2")), accounts, rare=Frequencies.of(accounts)).pairs
    assert "same_day" in {ground.feature for ground in pair.speaks_for}
    assert "killed_alike" in {ground.feature for ground in pair.speaks_against}
    assert all(ground.weight < 0 for ground in pair.speaks_against)
    told = next(ground for ground in pair.speaks_for if ground.feature == "same_day")
    assert told.meaning == " ".join((same_day.__doc__ or "").split())
    assert "same_hour" in pair.unknown


def test_people_s_judgements_are_shown() -> None:
    said = judged(1, 2, Judgement.SAME)
    found = explain(Incident(("clm_1", "clm_2")), [account(1), account(2)], [said])
    assert found.judged == (said,)
    assert found.notes[0] == "2 accounts in 2 reports"


def test_an_incident_of_one_report_has_no_pairs() -> None:
    assert explain(Incident(("clm_1",)), [account(1)]).pairs == ()


def test_nothing_of_the_text_is_shown() -> None:
    accounts = [one for name in ("wire", "ministry") for one in accounts_of(readings()[name])]
    found = explain(Incident(tuple(claim for one in accounts for claim in one.claims)), accounts)
    told = str([ground for pair in found.pairs for ground in to_json((*pair.speaks_for, *pair.speaks_against))])
    assert found.pairs
    assert not re.search(r"Kassala|market|spokesman", told)


def test_a_reason_in_few_words() -> None:
    assert told_reason({"same_day": 1.5, "killed_alike": -0.8, "distance": 0.01}) == "for: same day; against: killed alike"
    assert told_reason({}) == "nothing that weighs speaks for or against"
