"""Two files side by side: what agrees, what differs, and what only one has. Rows are made for the tests."""

import io
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.rows_made import acled, ged

from sayso.export.assigning import assign
from sayso.export.comparing import Comparison, compare
from sayso.export.comparison_page import comparison_page
from sayso.export.imported import read_rows
from sayso.export.row_views import actor_words, folded_name


def compared(ours: bytes, theirs: bytes, days: int = 1) -> Comparison:
    return compare(read_rows(io.BytesIO(ours)), read_rows(io.BytesIO(theirs)), days)


def told(found: Comparison) -> dict[str, tuple[str, str, str]]:
    return {one.field: (one.ours, one.theirs, one.apart) for match in found.differing for one in match.differences}


def test_a_file_agrees_with_itself():
    file = acled({}, {"event_id_cnty": "TST2", "event_date": "2024-05-20"})
    found = compared(file, file)
    assert len(found.agreed) == 2
    assert found.differing == found.only_ours == found.only_theirs == ()


def test_rows_of_other_days_places_and_actors_are_not_matched():
    for change in (
        {"event_date": "2024-05-09"},
        {"location": "Bukavu", "latitude": "-2.5", "longitude": "28.8"},
        {"actor1": "Hill Guard", "actor2": "River Guard", "event_type": "Riots", "sub_event_type": "Mob violence"},
    ):
        found = compared(acled(), acled(change))
        assert (len(found.matches), len(found.only_ours), len(found.only_theirs)) == (0, 1, 1)


def test_differing_fields_stand_side_by_side_with_how_far_they_are_apart():
    change = {"event_date": "2024-05-08", "fatalities": "9", "sub_event_type": "Government regains territory", "latitude": "-1.7241"}
    found = told(compared(acled(), acled({**change, "actor2": "Valley Front; Hill Guard"})))
    assert found["days"] == ("2024-05-07", "2024-05-08", "1 day apart")
    assert found["deaths"] == ("4", "9", "5 apart")
    assert found["type"] == ("Armed clash", "Government regains territory", "same coarser type")
    assert found["place"] == ("Goma", "Goma", "6 km apart")
    assert found["actors"][2] == "some in common"


def test_the_order_of_actors_means_nothing():
    swapped = {"actor1": "Valley Front", "actor2": "Military Forces of Testland (2020-)", "inter1": "Rebel group", "inter2": "State forces"}
    assert len(compared(acled(), acled(swapped)).agreed) == 1


def test_years_of_a_regime_tell_no_actor_from_another():
    assert actor_words("Military Forces of Testland (2020-)") == actor_words("Military Forces of Testland (2011-2020)") == {"testland"}
    assert actor_words("Police Forces") == {"police", "forces"}
    assert folded_name("Gómà town") == "goma"


def test_layouts_are_compared_with_each_other():
    found = compared(acled(), ged())
    assert len(found.matches) == 1
    assert told(found) == {"deaths": ("4", "low 3, best 4, high 6", "0 apart, within theirs")}


def test_each_row_is_matched_once_and_the_sum_of_likeness_is_highest():
    ours = acled({}, {"event_id_cnty": "TST2", "event_date": "2024-05-08"})
    theirs = acled({"event_id_cnty": "X"}, {"event_id_cnty": "Y", "event_date": "2024-05-08"})
    assert [(one.ours.id, one.theirs.id) for one in compared(ours, theirs).agreed] == [("TST1", "X"), ("TST2", "Y")]


def test_what_tells_no_day_is_listed_and_loses_no_other():
    found = compared(acled({"event_date": "?"}, {"event_id_cnty": "TST2"}), acled())
    assert len(found.matches) == 1
    assert [(side, str(row)) for side, row in found.bad] == [("ours", "line 2, column event_date: tells no day: write it as 2024-05-07 ('?')")]


def test_the_page_stands_alone_and_holds_no_markup_of_the_files():
    bad = {"location": "<script>alert(1)</script>", "actor1": 'x" onload="y', "fatalities": "9", "latitude": "", "longitude": ""}
    page = comparison_page(compared(acled(bad), acled({**bad, "fatalities": "2"})), ("a<b>.csv", "c.csv"))
    assert "<script" not in page
    assert 'onload="y' not in page
    assert "a&lt;b&gt;.csv" in page
    assert "7 apart" in page
    assert "http" not in page.replace("http-equiv", "")


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.floats(0.01, 1), max_size=14))
def test_the_assignment_is_the_best_there_is(scores):
    chosen = assign(scores)
    assert len({pair[0] for pair in chosen}) == len({pair[1] for pair in chosen}) == len(chosen)
    best = max(sum(scores.get((row, column), 0.0) for row, column in enumerate(order)) for order in permutations(range(5)))
    assert sum(scores[pair] for pair in chosen) == pytest.approx(best)


def test_large_groups_are_assigned_too():
    scores = {(one, other): 1 - abs(one - other) / 1000 for one in range(450) for other in range(max(0, one - 2), min(450, one + 3))}
    assert assign(scores) == [(number, number) for number in range(450)]
