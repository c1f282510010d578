"""Two files side by side: what agrees, what differs, and what only one has. Rows are made for the tests."""

import base64
import hashlib
import io
from collections.abc import Mapping
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.export.rows_made import acled, ged, table

from sayso.export import assigning, comparing
from sayso.export.assigning import NOBODY, Candidates, assign
from sayso.export.comparing import Comparison, compare
from sayso.export.comparison_page import comparison_page
from sayso.export.imported import read_rows
from sayso.export.row_likeness import score
from sayso.export.row_shelves import Shelves
from sayso.export.row_views import RowView, view_of, views_of
from sayso.export.statements import COLUMNS
from sayso.export.view_names import actor_words, folded_name

REAL = Path(__file__).parents[2].parent / "shared" / "gold" / "ucdp"


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
    assert len(compared(acled(), ged()).agreed) == 1
    assert told(compared(acled({"fatalities": "6"}), ged())) == {"deaths": ("6", "low 3, best 4, high 6", "2 apart, within theirs")}
    assert told(compared(ged({"low": "4"}), ged()))["deaths"] == ("low 4, best 4, high 6", "low 3, best 4, high 6", "the same best")
    air = {"event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike", "inter2": "Civilians"}
    assert told(compared(acled(air), ged()))["type"][:2] == ("Air/drone strike (type of violence 3)", "type of violence 1")


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
    assert "<td>deaths</td><td>1</td>" in page
    assert "<td>differing</td><td>1</td><td>100.0 %</td><td>100.0 %</td>" in page
    assert f"style-src 'sha256-{digest_of_style(page)}'" in page
    assert "http" not in page.replace("http-equiv", "")


def offered(scores: Mapping[tuple[int, int], int], rows: int) -> list[Candidates]:
    """The pairs by row."""
    found = [Candidates() for _ in range(rows)]
    for (row, other), worth in sorted(scores.items()):
        found[row].add(other, worth)
    return found


def assert_sound(to: list[int], scores: Mapping[tuple[int, int], int]) -> int:
    """The sum of an assignment in which every other stands once, and with a row that it may stand with."""
    pairs = [(row, other) for row, other in enumerate(to) if other != NOBODY]
    assert len({other for _, other in pairs}) == len(pairs)
    assert all(pair in scores for pair in pairs)
    return sum(scores[pair] for pair in pairs)


def digest_of_style(page: str) -> str:
    """The digest that the page's policy has to name for its style to be applied."""
    style = page.partition("<style>")[2].partition("</style>")[0]
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 12), max_size=22))
def test_the_assignment_is_the_best_there_is(scores):
    found = assign(offered(scores, 5), 5)
    assert found.exact
    best = max(sum(scores.get((row, column), 0) for row, column in enumerate(order)) for order in permutations(range(5)))
    assert best == best_sum(scores, 5, 5)
    assert assert_sound(found.to, scores) == best


def best_sum(scores: Mapping[tuple[int, int], int], rows: int, others: int) -> int:
    """The highest sum, by trying all sets of others that the rows so far may use."""
    sums = {0: 0}
    for row in range(rows):
        following = dict(sums)
        for used, total in sums.items():
            for other in range(others):
                if (row, other) in scores and not used >> other & 1:
                    now = used | 1 << other
                    following[now] = max(following.get(now, 0), total + scores[row, other])
        sums = following
    return max(sums.values())


@pytest.mark.parametrize("seed", range(60))
def test_long_chains_of_making_way_end_at_the_best_sum(seed):
    """Small differences and few free: rows push each other on."""
    random = Random(seed)
    scores = {(row, other): random.randint(1, 40) for row in range(9) for other in range(8) if random.random() < 0.7}
    assert assert_sound(assign(offered(scores, 9), 8).to, scores) == best_sum(scores, 9, 8)


def test_large_groups_are_assigned_too():
    scores = {(one, other): 1000 - abs(one - other) for one in range(1500) for other in range(max(0, one - 2), min(1500, one + 3))}
    assert assign(offered(scores, 1500), 1500).to == list(range(1500))


def test_rows_that_are_all_alike_are_all_assigned():
    scores = {(one, other): 7 for one in range(150) for other in range(120)}
    found = assign(offered(scores, 150), 120)
    assert assert_sound(found.to, scores) == 7 * 120


def test_behind_the_most_steps_the_best_that_is_free_is_taken(monkeypatch):
    monkeypatch.setattr(assigning, "_MOST_STEPS", 3)
    scores = {(0, 0): 5, (0, 1): 4, (1, 0): 9, (1, 1): 1, (2, 0): 8, (2, 1): 3, (3, 1): 2}
    found = assign(offered(scores, 4), 2)
    assert not found.exact
    assert assert_sound(found.to, scores) == 9 + 4
    assert found.to == [1, 0, NOBODY, NOBODY]


def of_claims(*changes: Mapping[str, str]) -> bytes:
    """A file of statements."""
    base = {"claim_id": "clm_1", "canonical_id": "inc_1", "modality": "actual", "historical": "false", "status": "unreviewed", "scope": ""}
    return table(COLUMNS, [{**base, **change} for change in changes])


INCIDENT = (
    {"prop": "act", "value": "ASSAULT/firearms"},
    {"prop": "actor", "value": "Valley Front"},
    {"prop": "recipient", "value": "Military Forces of Testland"},
    {"prop": "place", "value": "Goma"},
    {"prop": "coordinates", "value": "-1.6741 29.2228"},
    {"prop": "country", "value": "cd"},
    {"prop": "dateFrom", "value": "2024-05-07"},
    {"prop": "dateTo", "value": "2024-05-07"},
    {"prop": "killed", "value": "3..", "low": "3", "scope": "act"},
    {"prop": "killed", "value": "6", "low": "6", "high": "6", "scope": "act"},
)


def test_claims_are_compared_incident_by_incident():
    found = compared(of_claims(*INCIDENT), acled())
    assert len(found.matches) == 1
    assert told(found) == {"deaths": ("low 3", "4", "overlap")}
    again = compared(of_claims(*INCIDENT), of_claims(*INCIDENT, *({**one, "canonical_id": "inc_2", "claim_id": "clm_2"} for one in INCIDENT)))
    assert [(one.ours.id, one.theirs.id) for one in again.agreed] == [("inc_1", "inc_1")]
    assert [one.id for one in again.only_theirs] == ["inc_2"]


@pytest.mark.parametrize("change", [{"modality": "denied"}, {"modality": "planned"}, {"historical": "true"}, {"status": "rejected"}])
def test_what_is_not_told_as_done_is_no_row(change):
    found = compared(of_claims(*({**one, **change} for one in INCIDENT)), acled())
    assert (found.matches, found.only_ours, found.bad) == ((), (), ())


def test_totals_are_none_of_the_dead_of_an_incident():
    total = {"prop": "killed", "value": "900", "low": "900", "high": "900", "scope": "cumulative"}
    assert told(compared(of_claims(*INCIDENT[:-2], total), acled())) == {"deaths": ("not told", "4", "one does not tell")}


def test_an_incident_without_a_day_is_listed():
    found = compared(of_claims(*INCIDENT[:6]), acled())
    assert "no claim of the incident inc_1 that is told as done tells a day" in str(found.bad[0][1])


def test_rows_without_a_point_are_matched_by_name_and_vague_ones_by_province_or_country():
    nowhere = {"latitude": "", "longitude": ""}
    assert len(compared(acled(nowhere), acled()).agreed) == 1
    assert len(compared(acled({**nowhere, "country": "Uganda", "iso": "800"}), acled(nowhere)).matches) == 0
    assert len(compared(acled({**nowhere, "location": ""}), acled()).matches) == 1
    assert len(compared(acled(), acled({**nowhere, "location": "", "admin1": "nord kivu Province"})).matches) == 1
    assert len(compared(acled(), acled({**nowhere, "location": "", "admin1": "Ituri"})).matches) == 0
    country = {"where_prec": "6", "latitude": "-2.9", "longitude": "23.6", "where_coordinates": "DR Congo (Zaire)"}
    assert len(compared(acled(), ged(country)).matches) == 1
    assert len(compared(acled(), ged({**country, "country": "Uganda"})).matches) == 0


def test_rows_that_tell_no_place_are_compared_with_each_other_alone():
    nowhere = acled({"latitude": "", "longitude": "", "location": "", "admin1": "", "country": "", "iso": ""})
    assert len(compared(nowhere, nowhere).agreed) == 1
    assert len(compared(nowhere, acled()).matches) == 0


def test_what_claims_call_actors_in_their_words_stands_behind_listed_names():
    as_written = ({"prop": prop, "value": words, "original_value": words} for prop, words in (("recipient", "They"), ("actor", "a column")))
    file = of_claims(*INCIDENT, *as_written)
    assert next(iter(compared(file, acled()).matches)).ours.actors == ("Valley Front", "Military Forces of Testland")


def test_kinds_are_the_same_in_words_and_numbers_and_over_layouts():
    numbers = {"inter1": "1", "inter2": "2", "interaction": "12"}
    assert told(compared(acled(numbers), acled({"inter1": "1", "inter2": "3"}))) == {"kinds of actors": ("1; 2", "1; 3", "")}
    assert view(acled(numbers)).kinds == view(acled()).kinds == view(ged()).kinds == {"state", "group"}
    assert view(ged({"type_of_violence": "3", "side_a": "Hill Front", "side_b": "Civilians"})).kinds == {"group", "civilians"}


@pytest.mark.parametrize(
    ("event", "sub", "inter2", "violence"),
    [
        ("Battles", "Armed clash", "Rebel group", "1"),
        ("Explosions/Remote violence", "Air/drone strike", "Civilians", "3"),
        ("Violence against civilians", "Attack", "Civilians", "3"),
        ("Protests", "Excessive force against protesters", "Protesters", "3"),
        ("Protests", "Peaceful protest", "", None),
        ("Strategic developments", "Other", "Rebel group", None),
    ],
)
def test_the_type_of_violence_follows_from_the_sides(event, sub, inter2, violence):
    assert view(acled({"event_type": event, "sub_event_type": sub, "inter2": inter2})).violence == violence
    assert view(acled({"event_type": "Battles", "inter1": "2", "inter2": "3"})).violence == "2"


def test_an_actor_is_the_same_by_any_of_its_listed_names():
    assert actor_words("Taleban") == actor_words("Taliban")
    assert actor_words("M23: March 23 Movement") == actor_words("M23")
    assert actor_words("Government of Yemen (North Yemen)") == {"yemen"}


def test_long_rows_are_found_by_their_months():
    year = {"date_start": "2024-01-03", "date_end": "2024-12-20", "date_prec": "5"}
    assert len(compared(acled({"event_date": "2024-11-30", "year": "2024"}), ged(year)).matches) == 1
    assert len(compared(ged(year), acled({"event_date": "2024-11-30"})).matches) == 1
    assert len(compared(ged(year), ged(year)).agreed) == 1
    assert "more than ten years" in str(compared(ged({"date_start": "0001-01-01"}), acled()).bad[0][1])


def test_ten_thousand_rows_of_one_place_and_day_do_not_stop_it(monkeypatch):
    monkeypatch.setattr(comparing, "_MOST_LOOKED", 20)
    file = acled(*({"event_id_cnty": f"TST{one}"} for one in range(60)))
    found = compared(file, file)
    assert len(found.agreed) == 60
    assert found.notes == ("60 rows have more than 20 possible counterparts, of which 20 were looked at: fewer --days part them",)


def view(file: bytes) -> RowView:
    """The first row of a file."""
    found = view_of(next(iter(read_rows(io.BytesIO(file)))))
    assert isinstance(found, RowView)
    return found


somewhere = st.fixed_dictionaries(
    {
        "event_date": st.sampled_from(["2024-05-07", "2024-05-08", "2024-05-10", "2024-06-01"]),
        "time_precision": st.sampled_from(["1", "2", "3"]),
        "geo_precision": st.sampled_from(["1", "2", "3"]),
        "latitude": st.sampled_from(["", "0", "-1.67", "-1.9", "-0.4", "89.9", "-89.95", "60.1", "60.3"]),
        "longitude": st.sampled_from(["", "29.2", "29.5", "179.99", "-179.99", "0", "30.4"]),
        "location": st.sampled_from(["", "Goma", "Goma town", "Bukavu"]),
        "admin1": st.sampled_from(["", "Nord-Kivu", "Ituri"]),
        "iso": st.sampled_from(["180", "800", ""]),
        "country": st.just(""),
    }
)


@settings(max_examples=200, deadline=None)
@given(st.lists(somewhere, min_size=1, max_size=6), st.lists(somewhere, min_size=1, max_size=6), st.integers(0, 4))
def test_whatever_may_be_one_event_stands_on_the_shelves(ours, theirs, days):
    one, other = ([found for found in views_of(read_rows(io.BytesIO(acled(*rows)))) if isinstance(found, RowView)] for rows in (ours, theirs))
    shelves = Shelves(other, one)
    for row in one:
        near = shelves.near(row, days)
        assert near == sorted(set(near))
        assert {number for number, it in enumerate(other) if score(row, it, days) is not None} <= set(near)


@given(st.lists(somewhere, min_size=1, max_size=5), st.lists(somewhere, min_size=1, max_size=5))
def test_every_row_is_told_once_and_the_turned_comparison_is_the_same(ours, theirs):
    there, back = compared(acled(*ours), acled(*theirs)), compared(acled(*theirs), acled(*ours))
    assert there.totals() == (len(ours), len(theirs))
    assert sum(one.score for one in there.matches) == pytest.approx(sum(one.score for one in back.matches))


@pytest.mark.skipif(not REAL.is_dir(), reason="the UCDP files are not beside this checkout")
def test_real_rows_of_one_country_are_all_found_in_the_file_of_several():
    found = compared((REAL / "ged191_sample.csv").read_bytes(), (REAL / "ged_v19_hdx_hxl_bangladesh.csv").read_bytes())
    assert found.counts() == {"agreed": 601, "differing": 0, "only_ours": 2593, "only_theirs": 0}
    assert all(one.ours.id == one.theirs.id for one in found.matches)
