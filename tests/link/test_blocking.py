"""Blocking: pairs that are worth comparing, in bounds."""

from dataclasses import replace

from tests.link.linked import GEDAREF, account, day

from sayso.link.accounts import Account
from sayso.link.blocking import BlockingLimits, candidates
from sayso.link.compare import Frequencies, ready


def pairs(*accounts: Account, limits: BlockingLimits | None = None) -> set[tuple[int, int]]:
    rare = Frequencies.of(accounts)
    return set(candidates([ready(one, rare) for one in accounts], limits).pairs)


NOTHING = {"words": (), "names": (), "scene": (), "title": ()}


def test_same_day_and_place_is_compared_also_across_midnight() -> None:
    assert pairs(account(1, **NOTHING), account(2, **NOTHING)) == {(0, 1)}
    assert pairs(account(1, **NOTHING), account(2, days=(day("2024-05-04"),), **NOTHING)) == {(0, 1)}


def test_other_places_and_days_are_not() -> None:
    assert not pairs(account(1, **NOTHING), account(2, places=(GEDAREF,), **NOTHING))
    assert not pairs(account(1, **NOTHING), account(2, days=(day("2024-05-20"),), **NOTHING))


def test_a_country_alone_meets_places_in_it() -> None:
    rough = replace(account(2, **NOTHING), places=(replace(GEDAREF, name="Sudan", lat=None, lon=None, precision="country"),))
    assert pairs(account(1, **NOTHING), rough) == {(0, 1)}


def test_rare_words_meet_where_day_and_place_are_unknown() -> None:
    assert pairs(account(1), account(2, places=(), days=(), published=None)) == {(0, 1)}


def test_two_reports_that_only_speak_of_something_are_not_compared() -> None:
    spoken = {"acts": (("ACCUSE", None),), **NOTHING}
    assert pairs(account(1, **NOTHING), account(2, **spoken)) == {(0, 1)}
    assert not pairs(account(1, **spoken), account(2, **spoken))


def test_accounts_of_one_report_are_not_compared() -> None:
    assert not pairs(account(1), replace(account(2), document="doc_1"))


def test_many_of_one_day_stay_in_bounds_and_what_is_left_out_is_told() -> None:
    accounts = [account(number) for number in range(600)]
    rare = Frequencies.of(accounts)
    found = candidates([ready(one, rare) for one in accounts], BlockingLimits(block=50, each=20, rare=10))
    assert len(found.pairs) <= 600 * 20
    assert found.capped_blocks
    assert found.capped_accounts
    assert all(any(char.isdigit() for char in note) for note in found.notes)
