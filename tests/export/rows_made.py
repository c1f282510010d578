"""Rows in the layouts of ACLED and UCDP GED, made for the tests: nothing in them happened."""

import csv
import io
from collections.abc import Mapping, Sequence

from sayso.export.columns import ACLED_COLUMNS, GED_COLUMNS

ACLED = {
    "event_id_cnty": "TST1", "event_date": "2024-05-07", "year": "2024", "time_precision": "1", "disorder_type": "Political violence",
    "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "Military Forces of Testland (2020-)", "inter1": "State forces",
    "actor2": "Valley Front", "inter2": "Rebel group", "interaction": "State forces-Rebel group", "iso": "180", "country": "Democratic Republic of Congo",
    "admin1": "Nord-Kivu", "location": "Goma", "latitude": "-1.6741", "longitude": "29.2228", "geo_precision": "1", "source": "Delta Wire",
    "fatalities": "4", "timestamp": "1715000000",
}  # fmt: skip
GED = {
    "id": "1", "relid": "TST-2024-1-1-1", "year": "2024", "active_year": "1", "code_status": "Clear", "type_of_violence": "1",
    "conflict_name": "Testland: Government", "dyad_name": "Government of Testland - Valley Front", "side_a": "Government of Testland", "side_b": "Valley Front",
    "number_of_sources": "1", "source_article": '"Delta Wire,2024-05-08,Clash near Goma"', "source_office": "Delta Wire", "source_date": "2024-05-08",
    "where_prec": "1", "where_coordinates": "Goma town", "latitude": "-1.674100", "longitude": "29.222800", "geom_wkt": "POINT (29.222800 -1.674100)",
    "priogrid_gid": "127139", "country": "DR Congo (Zaire)", "event_clarity": "1", "date_prec": "1", "date_start": "2024-05-07", "date_end": "2024-05-07",
    "deaths_a": "1", "deaths_b": "3", "deaths_civilians": "0", "deaths_unknown": "0", "best": "4", "high": "6", "low": "3",
}  # fmt: skip


def table(columns: Sequence[str], rows: Sequence[Mapping[str, str]], delimiter: str = ",", mark: str = "", tags: Sequence[str] = ()) -> bytes:
    """A file of these rows."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    if tags:
        writer.writerow(tags)
    for row in rows:
        writer.writerow([row.get(name.casefold(), "") for name in columns])
    return (mark + text.getvalue()).encode()


def acled(*changes: Mapping[str, str], **more: str) -> bytes:
    """A file of ACLED's layout, a row a change."""
    return table(ACLED_COLUMNS, [{**ACLED, **change} for change in changes or ({},)], **more)  # type: ignore[arg-type]


def ged(*changes: Mapping[str, str], columns: Sequence[str] = GED_COLUMNS, **more: str) -> bytes:
    """A file of GED's layout, a row a change."""
    return table(columns, [{**GED, **change} for change in changes or ({},)], **more)  # type: ignore[arg-type]
