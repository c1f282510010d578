from datetime import date
from pathlib import Path

import pytest

import sayso.languages
from sayso.evaluate.times import read_times, score_times
from sayso.extract.times import find_times
from sayso.languages.times import Lean, TimeWords
from sayso.model.words import TimeBasis, TimePrecision
from sayso.resolve.times import ResolvedTime, TimeContext, resolve_time, resolve_times

WORDS = TimeWords.from_file(Path(sayso.languages.__file__).parent / "en" / "times.toml")
ROWS = read_times(Path(__file__).parent / "times.csv")
FLOOR = 0.95
WEDNESDAY = date(2024, 9, 18)


def read(text: str, published: date | None = WEDNESDAY) -> list[ResolvedTime]:
    return list(resolve_times(find_times(text, WORDS), published))


def dates(text: str, published: date | None = WEDNESDAY) -> list[tuple[str | None, str | None]]:
    return [(one.interval.start, one.interval.end) if one.interval else (None, None) for one in read(text, published)]


def test_the_list_is_big_and_hard_enough() -> None:
    assert len(ROWS) == 120
    assert sum(row.hard for row in ROWS) >= 40


def test_exact_intervals_stay_above_the_floor() -> None:
    score = score_times(ROWS, WORDS)
    values = score.values()
    assert values["exact"] is not None
    assert values["exact"] >= FLOOR, score.details["misses"]
    assert values["hard"] is not None
    assert values["hard"] >= FLOOR, score.details["misses"]


def test_the_scorer_counts_a_wrong_interval() -> None:
    row = ROWS[0]
    wrong = type(row)(row.published, row.before, row.sentence, row.expression, ("1999-01-01", "1999-01-01"), row.hard)
    score = score_times([row, wrong], WORDS)
    assert (len(score.documents), score.values()["exact"], len(score.details["misses"])) == (2, 0.5, 1)


def test_last_weekday_keeps_both_readings() -> None:
    (one,) = read("The judge was shot last Monday.")
    assert one.interval is not None
    assert one.interval.start == "2024-09-09"
    assert [other.start for other in one.alternatives] == ["2024-09-16"]
    assert "near" in one.reason


def test_without_a_publication_date_nothing_is_guessed() -> None:
    for when in ("on Tuesday", "overnight", "on 4 May", "yesterday", "two days ago", "last week", "since Friday"):
        (one,) = read(f"It was hit {when}.", None)
        assert one.interval is None
        assert one.score == 0
        assert "not known" in one.reason
    assert dates("It was hit on 4 May 2021.", None) == [("2021-05-04", "2021-05-04")]
    assert dates("It was hit on 4 May 2021, and two days later again.", None) == [("2021-05-04", "2021-05-04"), ("2021-05-06", "2021-05-06")]


def test_since_without_a_publication_date_is_open() -> None:
    assert dates("Nobody has crossed since 4 May 2021.", None) == [("2021-05-04", None)]


def test_precision_and_basis() -> None:
    text = "Shells fell on Monday night. Since June it was quiet. He fled last week."
    told = {one.expression.quote: one.interval for one in read(text) if one.interval}
    assert told["Monday night"].precision is TimePrecision.PART_OF_DAY
    assert told["Since June"].precision is TimePrecision.OPEN
    assert told["last week"].precision is TimePrecision.WEEK
    (clock,) = read("06:45 drones over the port")
    assert clock.interval is not None
    assert clock.interval.basis is TimeBasis.INFERRED


def test_the_hours_of_a_bulletin_hang_on_its_header() -> None:
    text = "LIVE, 16 September\n06:45 drones over the port\n07:10 a clinic was hit yesterday\n08:00 quiet"
    assert dates(text) == [("2024-09-16",) * 2, ("2024-09-16",) * 2, ("2024-09-16",) * 2, ("2024-09-17",) * 2, ("2024-09-16",) * 2]
    assert dates("17 Aug:\n09:00 shells\n18 Aug:\n10:00 more") == [("2024-08-17",) * 2, ("2024-08-17",) * 2, ("2024-08-18",) * 2, ("2024-08-18",) * 2]


def test_an_old_story_goes_on_in_its_own_year() -> None:
    text = "On 30 January 1972 troops opened fire. In March the cabinet fell. Envoys met on 7 July. On Monday a stone was laid. A plaque was stolen on 2 May."
    assert dates(text)[1:] == [("1972-03-01", "1972-03-31"), ("1972-07-07", "1972-07-07"), ("2024-09-16", "2024-09-16"), ("2024-05-02", "2024-05-02")]
    assert read(text)[1].alternatives[0].start == "2024-03-01"


def test_what_follows_counts_from_the_last_day_told() -> None:
    text = "The siege began on 4 March 1996. The next day a convoy left. A week later the mayor fled. In the afternoon of the same day shops burned."
    assert [start for start, _ in dates(text)] == ["1996-03-04", "1996-03-05", "1996-03-12", "1996-03-12"]


def test_a_day_later_than_nothing_is_refused() -> None:
    (one,) = read("Two days later the commander fled.")
    assert one.interval is None
    assert "told before" in one.reason


def test_impossible_dates_are_refused() -> None:
    (one,) = read("It was signed on 31 April 2021.")
    assert one.interval is None
    assert "31" in one.reason


def test_a_limit_may_lie_ahead_of_a_verb_that_looks_back() -> None:
    assert dates("The junta extended the ban until mid-October.") == [(None, "2024-10-20")]
    assert dates("The bill must pass, he said, before the end of the year.") == [(None, "2024-12-31")]


def test_the_lean_of_a_parse_goes_first() -> None:
    (found,) = find_times("The council meets on Friday.", WORDS)
    told = resolve_time(found, TimeContext(WEDNESDAY, lean=Lean.AHEAD)).interval
    assert told is not None
    assert told.start == "2024-09-20"


def test_the_record_keeps_all_candidates() -> None:
    (one,) = read("The judge was shot last Monday.")
    record = one.record("m1")
    assert record.target == one.interval
    assert [candidate.score for candidate in record.candidates] == sorted((candidate.score for candidate in record.candidates), reverse=True)
    assert record.method == "interval grammar"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("It fell in the second half of March.", "2024-03-16", "2024-03-31"),
        ("It fell in the first quarter of 2023.", "2023-01-01", "2023-03-31"),
        ("It fell between December and February.", "2023-12-01", "2024-02-29"),
        ("It fell between March 2023 and May.", "2023-03-01", "2023-05-31"),
        ("It fell from 2014 to 2018.", "2014-01-01", "2018-12-31"),
        ("It fell in 2014–18.", "2014-01-01", "2018-12-31"),
        ("It fell in the early 1990s.", "1990-01-01", "1993-04-30"),
        ("It fell on 29 February.", "2024-02-29", "2024-02-29"),
        ("It fell exactly a year ago.", "2023-09-18", "2023-09-18"),
        ("It fell the day after 4 May.", "2024-05-05", "2024-05-05"),
        ("It fell on the eve of 4 May.", "2024-05-03", "2024-05-03"),
        ("It fell early last week.", "2024-09-09", "2024-09-11"),
        ("It fell in March last year.", "2023-03-01", "2023-03-31"),
        ("It fell last March.", "2024-03-01", "2024-03-31"),
        ("It fell on Friday 13 September.", "2024-09-13", "2024-09-13"),
        ("It will reopen in two weeks.", "2024-10-02", "2024-10-02"),
        ("It will reopen this weekend.", "2024-09-21", "2024-09-22"),
        ("It was shelled on Monday and Tuesday.", "2024-09-16", "2024-09-17"),
    ],
)
def test_more_of_the_grammar(text: str, start: str, end: str) -> None:
    assert dates(text) == [(start, end)]


def test_no_words_make_it_fail() -> None:
    turned = ["overnight 9 November 1993 to 2 January 1992", "the end of the weekend", "between 2024 and 2014", "the tenth day of last week"]
    odd = [*turned, "the past 900 centuries", "90000 years ago", "in the 1990s and 2090s", "100 decades earlier", "28–3 February", "the tenth week of May"]
    for text in [*odd, "the 31st of this month", "exactly 9999999 days ago", "for 1 second", "the past 99999999 weeks"]:
        for one in read(text, date(1, 1, 2)) + read(text):
            assert one.interval is not None or one.reason


def test_short_weekdays_open_the_lines_of_a_thread() -> None:
    text = "1/ Tue night: two shot\n2/ Wed: a road was blocked\n3/ The Sun said no. He sat: they wed."
    assert dates(text, date(2024, 9, 20)) == [("2024-09-17",) * 2, ("2024-09-18",) * 2]
    assert [one.expression.label for one in read(text)] == [True, True]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("On 3 April of that year a village was burned.", "1983-04-03", "1983-04-03"),
        ("In March of the same year a village was burned.", "1983-03-01", "1983-03-31"),
        ("It burned in the summer of that year.", "1983-06-01", "1983-08-31"),
        ("It burned in the following year.", "1984-01-01", "1984-12-31"),
    ],
)
def test_that_year_is_the_year_told_before(text: str, start: str, end: str) -> None:
    assert dates(f"In 1983 the navy took over. {text}")[1] == (start, end)


def test_later_that_month_begins_behind_the_day_told() -> None:
    assert dates("On 3 May 1983 the road was mined. Later that month the bridge fell.")[1] == ("1983-05-03", "1983-05-31")
