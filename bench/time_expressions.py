"""Time expressions read by sayso, by recognizers-text-suite and by dateparser, over one list with gold intervals.

    python bench/time_expressions.py [--data tests/resolve/times.csv]

Sayso finds the expression in its sentence by itself. The others are given as much help as they can use: dateparser is handed the expression alone,
recognizers-text may answer with any of its readings, past or future, with its end taken either as inclusive or as exclusive.
They come with `pip install 'sayso[bench]'`; what is not installed is left out, and said so.
"""

import argparse
import time
import warnings
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sayso.evaluate.times import TimeRow, read_times, score_times
from sayso.languages.pack import load_pack

ROOT = Path(__file__).parents[1]
_LAST_DAY = {"day": 0, "time": 0, "week": 6}
Answers = Callable[[TimeRow], set[tuple[str | None, str | None]]]


def sayso_answers() -> Answers:
    """A function that gives the gold dates where sayso reads a row exactly, else something else."""
    words = load_pack("en").times
    return lambda row: {row.gold} if score_times([row], words).exact else set()


def dateparser_answers() -> Answers:
    """A function that gives what dateparser makes of the expression alone, its period told as an interval."""
    from dateparser.date import DateDataParser

    def answers(row: TimeRow) -> set[tuple[str | None, str | None]]:
        base = datetime.combine(row.published or date(2000, 1, 1), datetime.min.time())
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "PREFER_DAY_OF_MONTH": "first", "PREFER_MONTH_OF_YEAR": "first"}
        found = DateDataParser(languages=["en"], settings=settings).get_date_data(row.expression)
        if found.date_obj is None:
            return {(None, None)}
        start = found.date_obj.date()
        return {(start.isoformat(), _end(start, found.period).isoformat())}

    return answers


def recognizers_answers() -> Answers:
    """A function that gives every reading that recognizers-text has of what meets the expression in its sentence."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from recognizers_date_time import Culture, recognize_datetime

    def answers(row: TimeRow) -> set[tuple[str | None, str | None]]:
        base = datetime.combine(row.published or date(2000, 1, 1), datetime.min.time())
        start = row.sentence.index(row.expression)
        told: set[tuple[str | None, str | None]] = set()
        for one in recognize_datetime(row.sentence, Culture.English, reference=base):
            if one.start < start + len(row.expression) and one.end >= start and one.resolution:
                told |= {answer for value in one.resolution["values"] for answer in _readings(value)}
        return told or {(None, None)}

    return answers


def _readings(value: dict[str, Any]) -> set[tuple[str | None, str | None]]:
    if "value" in value:
        day = str(value["value"])[:10]
        return {(day, day)}
    start, end = (str(value[key])[:10] if key in value else None for key in ("start", "end"))
    readings = {(start, end)}
    if end:
        try:
            readings.add((start, (date.fromisoformat(end) - timedelta(days=1)).isoformat()))
        except ValueError:
            return readings
    return readings


def _end(start: date, period: str) -> date:
    if period in _LAST_DAY:
        return start + timedelta(days=_LAST_DAY[period])
    if period == "year":
        return date(start.year, 12, 31)
    return (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def main() -> None:
    """Nothing; the table is printed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=ROOT / "tests" / "resolve" / "times.csv")
    rows = read_times(options.parse_args().data)
    hard = [row for row in rows if row.hard]
    print(f"time expressions: {len(rows)}, of them {len(hard)} hard; intervals that come out exactly")
    for name, load in (("sayso", sayso_answers), ("dateparser", dateparser_answers), ("recognizers-text-suite", recognizers_answers)):
        try:
            answers = load()
        except ImportError as missing:
            print(f"  {name:24} not installed ({missing}): pip install 'sayso[bench]'")
            continue
        began = time.process_time()
        right = {id(row) for row in rows if row.gold in answers(row)}
        spent = (time.process_time() - began) / max(1, len(rows))
        share = len(right) / max(1, len(rows))
        print(f"  {name:24} {len(right):4} {share:6.2f}   hard {sum(id(row) in right for row in hard):3} {spent * 1000:8.2f} ms each")


if __name__ == "__main__":
    main()
