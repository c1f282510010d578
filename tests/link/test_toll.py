import random
import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta
from io import StringIO

from tests.link.telling import ARMY, Number, Telling, exactly, tell

from sayso.cli.toll_plot import sparkline, toll_svg, toll_text
from sayso.cli.weighed_table import bounds_words, toll_table, weighed_table
from sayso.link.told import loose_figures
from sayso.link.toll import toll
from sayso.link.weigh import weigh
from sayso.link.weigh_policies import load_policy
from sayso.model.words import Change, Measure, Modality, Scope, VoiceKind

MINISTRY = Telling(voice="the Health Ministry", kind=VoiceKind.STATE)
COUNCIL = Telling(voice="River Council", kind=VoiceKind.NGO, outlet="Hill Radio (invented)")


def total(number, since="2023-10-01", **fields):
    return Number(f"{number} people", number, number, number, scope=Scope.TOTAL, since=since, **fields)


def growing(telling, *numbers, start="2024-05-04", **fields):
    first = date.fromisoformat(start)
    days = [(first + timedelta(days=index)).isoformat() for index in range(len(numbers))]
    return [tell(telling, numbers=(total(number, **fields),), published=day, given=f"{day} {number}") for day, number in zip(days, numbers, strict=True)]


def shown(series):
    return [(point.as_of, point.low, point.revision) for point in series.points]


def test_voices_have_a_series_each_and_revisions_stay_visible():
    told = [*growing(MINISTRY, 1200, 1250, 1240, 1240), *growing(COUNCIL, 1100, 1300)]
    found = toll(told)
    assert [one.voice for one in found.totals] == ["River Council", "the Health Ministry"]
    assert shown(found.totals[1]) == [
        ("2024-05-04", 1200, "first"),
        ("2024-05-05", 1250, "raised"),
        ("2024-05-06", 1240, "lowered"),
        ("2024-05-07", 1240, "same"),
    ]
    assert shown(found.totals[0]) == [("2024-05-04", 1100, "first"), ("2024-05-05", 1300, "raised")]


def test_totals_of_other_periods_and_single_acts_are_apart():
    told = [*growing(MINISTRY, 1200), *growing(MINISTRY, 33, since="2024-04-29"), tell(MINISTRY, numbers=(exactly(9),), given="act")]
    found = toll(told)
    assert [(one.since, one.points[0].low) for one in found.totals] == [("2023-10-01", 1200), ("2024-04-29", 33)]
    assert [(one.scope, one.points[0].low, one.points[0].revision) for one in found.acts] == [(Scope.ACT, 9, "")]


def test_since_leaves_out_what_was_said_before_and_counts_it():
    found = toll(growing(MINISTRY, 1200, 1250, 1300), since=date(2024, 5, 6))
    assert found.earlier == 2
    assert shown(found.totals[0]) == [("2024-05-06", 1300, "first")]


def test_copies_are_one_point():
    original = growing(MINISTRY, 1200)[0]
    copy = tell(MINISTRY, numbers=(total(1200),), published="2024-05-08", outlet="Slow Weekly (invented)", copy_of=original.report.document)
    points = toll([copy, original]).totals[0].points
    assert [(point.as_of, len(point.documents)) for point in points] == [("2024-05-04", 2)]


def test_what_is_undated_denied_planned_rejected_unknown_or_of_another_measure():
    told = [
        tell(MINISTRY, numbers=(total(1200),), published=None, given="undated"),
        tell(MINISTRY, numbers=(total(1300, modality=Modality.DENIED),), modality=Modality.DENIED, given="denied"),
        tell(MINISTRY, numbers=(total(1400),), modality=Modality.PLANNED, given="planned"),
        tell(MINISTRY, numbers=(total(1500),), given="rejected", reviews=(("reject", "ann", "2024-06-01"),)),
        tell(MINISTRY, numbers=(Number("unknown", None, None, scope=Scope.TOTAL),), given="unknown"),
        tell(MINISTRY, numbers=(total(1600, measure=Measure.INJURED),), given="injured"),
    ]
    found = toll(told)
    assert (found.totals, found.acts) == ((), ())
    assert [point.low for point in found.undated[0].points] == [1200]
    assert [one.points[0].low for one in toll(told, measure=Measure.INJURED).totals] == [1600]


def test_increments_are_points_of_their_own_and_not_drawn_as_totals():
    told = [*growing(MINISTRY, 1200), *growing(MINISTRY, 5, start="2024-05-06", change=Change.INCREMENT), *growing(MINISTRY, 1205, start="2024-05-07")]
    series = toll(told).totals[0]
    assert shown(series) == [("2024-05-04", 1200, "first"), ("2024-05-06", 5, "increment"), ("2024-05-07", 1205, "raised")]
    assert len(sparkline(series, 1205)) == 2


def test_figures_that_hang_on_no_claim_count():
    from dataclasses import replace

    reading = Telling((total(112, since=None),)).reading()
    loose = loose_figures(replace(reading, figures=(replace(reading.figures[0], claim=None),)), {}, {})
    assert toll([], loose=loose).totals[0].points[0].low == 112


def test_order_does_not_matter():
    told = [*growing(MINISTRY, 1200, 1250, 1240), *growing(COUNCIL, 1100, 1300)]
    wanted = toll(told)
    random.Random(1).shuffle(told)
    assert toll(told) == wanted


def test_text_plot_has_a_line_a_voice_on_one_scale():
    lines = toll_text(toll([*growing(MINISTRY, 100, 800), *growing(COUNCIL, 400, 400)])).splitlines()
    assert lines == [
        "River Council: people, since 2023-10-01        ▄▄  400 (2024-05-04) → 400 (2024-05-05)",
        "the Health Ministry: people, since 2023-10-01  ▁█  100 (2024-05-04) → 800 (2024-05-05)",
    ]
    assert toll_text(toll([])) == "No voice tells a total.\n"


def test_long_series_fit_the_width():
    series = toll(growing(MINISTRY, *range(100, 300))).totals[0]
    assert len(sparkline(series, 300, 40)) == 40
    assert sparkline(series, 300, 40)[-1] > sparkline(series, 300, 40)[0]


def test_svg_is_well_formed_and_escapes_what_reports_say():
    odd = Telling(voice='<script>alert("x")</script> & \x1b[31mCouncil', kind=VoiceKind.NGO)
    svg = toll_svg(toll([*growing(odd, 10, 20), *growing(MINISTRY, 5, 30)]))
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "<script" not in svg
    assert "\x1b" not in svg
    assert len(root.findall(".//{*}circle")) == 4
    assert ElementTree.fromstring(toll_svg(toll([]))) is not None


def test_svg_says_what_is_not_drawn():
    many = [one for number in range(14) for one in growing(Telling(voice=f"Council {number}", kind=VoiceKind.NGO), 10, 20)]
    assert "2 further voices are in the table only" in toll_svg(toll(many))


def printed(renderable):
    from rich.console import Console

    console = Console(width=200, file=StringIO())
    console.print(renderable)
    return console.file.getvalue()


def test_tables_show_rule_voices_reasons_and_no_markup_of_reports():
    odd = Telling((exactly(12),), voice="[red]Clinic[/red] \x1b[31m", kind=VoiceKind.NGO, actor=ARMY)
    denial = Telling(voice="the army", kind=VoiceKind.STATE, side=ARMY.name, actor=ARMY, modality=Modality.DENIED, given="2")
    told = [tell(odd), tell(MINISTRY, numbers=(exactly(9),), given="3"), tell(denial), *growing(MINISTRY, 1200)]
    plain = printed(weighed_table(weigh(told, load_policy("range"))))
    assert "people killed: low 9 [lowest], best 9 [most told], high 12 [highest] (corroborated)" in plain
    assert "[red]Clinic[/red] \\u001b[31m" in plain
    assert "policy range 1" in plain
    assert "Totals, never mixed" in plain
    explained = printed(weighed_table(weigh(told, load_policy("range")), explain=True))
    assert "denies" in explained
    assert len(explained) > len(plain)
    table = printed(toll_table(toll(growing(MINISTRY, 1200, 1250))))
    assert "raised" in table
    assert "1,250" in table
    assert "No voice tells how many were killed." in printed(toll_table(toll([])))


def test_bounds_in_words():
    assert [bounds_words(*one) for one in ((9, 9), (9, None), (None, 50), (10, 15), (None, None))] == ["9", "9 or more", "up to 50", "10 to 15", "unknown"]
