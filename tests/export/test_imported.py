"""Files of others, read by column name and written again without loss. Rows are made for the tests; the real ones are measured where they are."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.rows_made import ACLED, acled, ged, table

from sayso.errors import InputError
from sayso.export.columns import ACLED_COLUMNS, GED_19_COLUMNS, GED_COLUMNS
from sayso.export.imported import Layout, read_rows, write_rows
from sayso.export.imported_dates import day_of, degrees, whole

REAL = Path(__file__).parents[2].parent / "shared" / "gold" / "ucdp"


def read(file: bytes, layout: Layout | None = None):
    rows = read_rows(io.BytesIO(file), layout)
    return rows, list(rows)


def written(rows, found) -> bytes:
    out = io.BytesIO()
    write_rows(found, out, rows.head)
    return out.getvalue()


def test_the_columns_are_those_of_the_layouts():
    assert len(ACLED_COLUMNS) == 31
    assert len(GED_COLUMNS) == 49
    assert len(GED_19_COLUMNS) == 42
    assert set(GED_19_COLUMNS) < set(GED_COLUMNS)


@pytest.mark.parametrize(
    ("file", "layout"),
    [
        (acled(), Layout.ACLED),
        (acled(mark="\ufeff"), Layout.ACLED),
        (acled(delimiter=";"), Layout.ACLED),
        (acled(delimiter="\t", mark="\ufeff"), Layout.ACLED),
        (ged(), Layout.UCDP),
        (ged(columns=GED_19_COLUMNS), Layout.UCDP),
        (ged(columns=tuple(reversed(GED_COLUMNS))), Layout.UCDP),
        (ged(columns=tuple(name.upper() for name in GED_COLUMNS)), Layout.UCDP),
        (table(("data_id", *ACLED_COLUMNS, "iso3", "population_best"), [ACLED | {"data_id": "7", "iso3": "COD"}]), Layout.ACLED),
    ],
)
def test_what_is_read_is_written_again_byte_for_byte(file, layout):
    rows, found = read(file)
    assert rows.head.layout is layout
    assert len(found) == 1
    assert rows.bad == []
    assert written(rows, found) == file


def test_cells_are_found_by_name_whatever_their_order():
    _, found = read(ged(columns=GED_19_COLUMNS))
    assert (found[0].get("low"), found[0].get("best"), found[0].get("high")) == ("3", "4", "6")
    assert found[0].get("relid") == ""


def test_a_line_of_hashtags_is_no_row_and_is_kept():
    tags = ["#event+code" if name == "event_id_cnty" else "" for name in ACLED_COLUMNS]
    file = table(ACLED_COLUMNS, [ACLED], tags=tags)
    rows, found = read(file)
    assert rows.head.tags[0] == "#event+code"
    assert len(found) == 1
    assert written(rows, found) == file


def test_a_ged_file_without_a_header_is_taken_in_its_order_and_says_so():
    file = ged().split(b"\n", 1)[1]
    rows, found = read(file)
    assert "no line of column names" in rows.notes[0]
    assert found[0].get("side_b") == "Valley Front"
    assert written(rows, found) == file


def test_a_bad_row_loses_no_good_one():
    lines = acled({}, {"event_id_cnty": "TST2"}, {"event_id_cnty": "TST3"}).split(b"\n")
    lines[2] = b"cut,off"
    rows, found = read(b"\n".join(lines))
    assert [row.get("event_id_cnty") for row in found] == ["TST1", "TST3"]
    assert str(rows.bad[0]).startswith("line 3: 2 cells where the header has 31")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"", "is empty"),
        (b"a,b\n1,2\n", "the column 'event_id_cnty' of acled is missing; its first is 'a'"),
        (table((*ACLED_COLUMNS, "year"), [ACLED]), "the column 'year' is there twice"),
        (acled({"notes": "x" * 1_100_000}), "field larger than"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_reason(file, words):
    with pytest.raises(InputError, match=words.replace("(", r"\(")):
        read(file)


def test_a_layout_that_is_asked_for_is_held_to():
    with pytest.raises(InputError, match="'type_of_violence' of ucdp is missing"):
        read(acled(), Layout.UCDP)


def test_windows_letters_are_read_where_the_file_is_no_utf8():
    _, found = read(acled({"location": "Mbú"}).decode().encode("cp1252"))
    assert found[0].get("location") == "Mbú"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-05-07", date(2024, 5, 7)),
        ("2026-07-11 00:00:00.000", date(2026, 7, 11)),
        ("2024-05-07T06:00:00Z", date(2024, 5, 7)),
        ("16 May 2025", date(2025, 5, 16)),
        ("30-Sept-24", date(2024, 9, 30)),
        ("30-Sep-97", date(1997, 9, 30)),
        ("07-05-2024", date(2024, 5, 7)),
        ("28/12/2023", date(2023, 12, 28)),
        ("12/28/2023", date(2023, 12, 28)),
        ("1357171200.0", date(2013, 1, 3)),
        ("1357171200", date(2013, 1, 3)),
        ("", None),
        ("2024-13-01", None),
        ("soon", None),
        ("31-Feb-24", None),
        ("99999999999999999999", None),
    ],
)
def test_days_of_all_forms(cell, day):
    assert day_of(cell) == day


def test_numbers_of_all_forms():
    assert [whole(cell) for cell in ("3", "300380.0", "-1", "1.5", "", "x", "1e3")] == [3, 300380, -1, None, None, None, None]
    assert [degrees(cell) for cell in ("1.5", "-180", "x", "", "1000", "nan")] == [1.5, -180.0, None, None, None, None]


cells = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00\ufeff\r"), max_size=20)


@given(st.lists(st.lists(cells, min_size=31, max_size=31), min_size=1, max_size=4))
def test_whatever_the_cells_hold_they_come_back(rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(ACLED_COLUMNS)
    writer.writerows(rows)
    file, found = read(text.getvalue().encode())
    told = [row for row in rows if any(row)]
    if told and all(not cell.strip() or cell.strip().startswith("#") for cell in rows[0]) and any(cell.strip() for cell in rows[0]):
        told = told[1:]  # a first line of hashtags is none of the rows
    assert [list(row.cells) for row in found] == told
    assert next(iter(csv.reader(io.StringIO(written(file, found).decode(), newline="")))) == list(ACLED_COLUMNS)


@pytest.mark.skipif(not REAL.is_dir(), reason="the UCDP files are not beside this checkout")
@pytest.mark.parametrize(("name", "rows"), [("ged191_sample", 3194), ("ged231_sample_1000rows", 1000), ("ged_v19_hdx_hxl_bangladesh", 601)])
def test_real_files_come_back_cell_for_cell(name, rows):
    raw = (REAL / f"{name}.csv").read_bytes()
    file, found = read(raw)
    assert len(found) == rows
    assert file.bad == []
    assert all(day_of(row.get("date_start")) and day_of(row.get("date_end")) for row in found)
    told, again = (list(csv.reader(io.StringIO(one.decode("utf-8-sig"), newline=""))) for one in (raw, written(file, found)))
    assert told == again
