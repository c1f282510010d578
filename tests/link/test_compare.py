"""Comparing: each feature says what it sees, unknown is not 0, and the order of the two says nothing."""

from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from tests.link.linked import GEDAREF, KASSALA, WORDS, account, day, killed

from sayso.link import compare as features
from sayso.link.accounts import Account, Party
from sayso.link.compare import FEATURES, NAMES, Frequencies, compare, ready
from sayso.link.distinctive import Hours
from sayso.model.words import ActorKind, VictimStatus


def value(name: str, one: Account, other: Account) -> float | None:
    rare = Frequencies.of([])
    found: float | None = getattr(features, name)(ready(one, rare), ready(other, rare))
    return found


@pytest.mark.parametrize("feature", FEATURES, ids=NAMES)
def test_each_feature_has_an_explanation_for_people(feature: features.Feature) -> None:
    assert feature.__doc__
    assert len(feature.__doc__) > 40
    assert "_" not in feature.__doc__


def test_an_account_that_tells_nothing_gives_unknown_not_zero() -> None:
    bare = account(
        2, published=None, places=(), days=(), actors=(), recipients=(), figures=(), words=(), names=(), scene=(), title=(), acts=(("ASSAULT", None),)
    )
    unknown = {name for name, one in zip(NAMES, compare(ready(account(1), Frequencies.of([])), ready(bare, Frequencies.of([]))), strict=True) if one is None}
    assert unknown >= {"same_day", "days_apart", "undated_close", "published_close", "same_hour", "distance", "same_place", "same_region", "same_means"}
    assert unknown >= {"actors_alike", "victims_alike", "killed_alike", "injured_alike", "words_shared", "names_shared", "titles_shared"}


@pytest.mark.parametrize(("iso", "expected"), [("2024-05-03", 1.0), ("2024-05-04", 0.5), ("2024-05-09", 0.0)])
def test_same_day(iso: str, expected: float) -> None:
    assert value("same_day", account(1), account(2, days=(day(iso),))) == expected


def test_undated_reports_speak_of_what_had_just_happened() -> None:
    soon = value("undated_close", account(1), account(2, days=(), published="2024-05-04"))
    late = value("undated_close", account(1), account(2, days=(), published="2024-09-04"))
    assert soon == 1.0
    assert late == 0.0


def test_distance_takes_how_closely_places_are_known() -> None:
    near = replace(KASSALA, name="a village", lat=15.5, lon=36.4)
    assert value("distance", account(1), account(2, places=(near,))) == 1.0
    far = value("distance", account(1), account(2, places=(GEDAREF,)))
    assert far is not None
    assert far < 0.1
    assert value("same_place", account(1), account(2, places=(GEDAREF,))) == 0.0


def test_sides_that_blame_each_other_are_not_set_apart() -> None:
    army, front = Party("sd_army", ActorKind.STATE_FORCE, "SD"), Party("front", ActorKind.REBEL_GROUP, "SD")
    one, other = account(1, actors=(army,), recipients=(front,)), account(2, actors=(front,), recipients=(army,))
    assert value("parties_alike", one, other) == 1.0


def test_figures_are_features_not_filters() -> None:
    tenfold = value("killed_alike", account(1), account(2, figures=(killed(4),)))
    close = value("killed_alike", account(1), account(2, figures=(killed(40),)))
    assert tenfold is not None
    assert close is not None
    assert 0 <= tenfold < close < 1


def test_a_toll_grows_with_later_reports() -> None:
    later = value("killed_alike", account(1, figures=(killed(20),)), account(2, figures=(killed(30),), published="2024-05-06"))
    earlier = value("killed_alike", account(1, figures=(killed(30),)), account(2, figures=(killed(20),), published="2024-05-06"))
    assert later is not None
    assert earlier is not None
    assert later > earlier


def test_no_civilian_is_not_nobody() -> None:
    none = killed(0, 0, VictimStatus.CIVILIAN)
    assert value("killed_alike", account(1), account(2, figures=(none,))) is None
    assert (
        value("killed_alike", account(1, figures=(killed(43, 43, VictimStatus.COMBATANT),)), account(2, figures=(killed(9, 9, VictimStatus.CIVILIAN),))) is None
    )


def test_set_words_of_one_source_say_nothing() -> None:
    assert value("words_shared", account(1), account(2)) == pytest.approx(1 / 1.1)
    assert value("words_shared", account(1, source="one"), account(2, source="one")) == 0.5


def test_a_line_that_stands_in_reports_of_other_weeks_is_set_matter() -> None:
    late = account(2, published="2024-08-01", lines=(7,))
    assert value("words_shared", account(1, lines=(7,)), late) == 0.5
    assert value("words_shared", account(1, lines=(8,)), late) == pytest.approx(1 / 1.1)
    assert value("words_shared", account(1, lines=(7,)), account(2, lines=(7,))) == pytest.approx(1 / 1.1)


def test_hours() -> None:
    clock = (Hours(75, 75, True),)
    assert value("same_hour", account(1, hours=clock), account(2, hours=clock)) == 1.0
    assert value("same_hour", account(1, hours=clock), account(2, hours=(Hours(900, 900, True),))) == 0.0
    assert value("same_hour", account(1, hours=clock), account(2, hours=(Hours(720, 1080, False),))) == 0.2


def test_what_is_told_as_another_speaks_against() -> None:
    assert value("told_apart", account(1), account(2, apart=True)) == 0.0
    assert value("told_apart", account(1), account(2)) is None
    assert value("history_and_news", account(1), account(2, historical=True)) == 0.0


ACCOUNTS = st.builds(
    account,
    st.integers(0, 50),
    places=st.sampled_from([(KASSALA,), (GEDAREF,), (), (KASSALA, GEDAREF)]),
    days=st.sampled_from([(), (day("2024-05-03"),), (day("2024-05-09"), day("2024-05-03"))]),
    published=st.sampled_from([None, "2024-05-04", "2024-12-31", "no date"]),
    figures=st.lists(st.builds(killed, st.integers(0, 5), st.integers(5, 900), st.sampled_from(VictimStatus)), max_size=3).map(tuple),
    words=st.lists(st.sampled_from(WORDS), unique=True).map(tuple),
    apart=st.booleans(),
    historical=st.booleans(),
    hours=st.lists(st.builds(Hours, st.integers(0, 700), st.integers(700, 1800), st.booleans()), max_size=2).map(tuple),
)


@settings(deadline=None, max_examples=80)
@given(ACCOUNTS, ACCOUNTS)
def test_values_lie_between_0_and_1_and_the_order_says_nothing(one: Account, other: Account) -> None:
    rare = Frequencies.of([one, other])
    first, second = ready(one, rare), ready(other, rare)
    values = compare(first, second)
    assert all(known is None or 0 <= known <= 1 for known in values)
    assert (
        values == pytest.approx(compare(second, first), nan_ok=False)
        if None not in values
        else [known if known is None else round(known, 9) for known in values]
        == [known if known is None else round(known, 9) for known in compare(second, first)]
    )
