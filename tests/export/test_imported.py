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
from sayso.export import csv_records, imported
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
        (acled().replace(b"\n", b"\r\n"), Layout.ACLED),
        (table(tuple(name.replace("_", " ").title() for name in ACLED_COLUMNS), []) + acled().split(b"\n", 1)[1], Layout.ACLED),
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
        (b"PK\x03\x04 and so on", "is a workbook or an archive: save the table as CSV"),
        ("a,b\n1,2\n".encode("utf-16"), "is in UTF-16: save it as CSV in UTF-8"),
        (b"\n \n", "is empty"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_reason(file, words):
    with pytest.raises(InputError, match=words.replace("(", r"\(")):
        read(file)


def many_rows(broken: bytes, number: int = 6) -> bytes:
    """Rows TST0, TST1 …, with one broken line behind TST1."""
    header, row = acled().split(b"\n")[:2]
    lines = [row.replace(b"TST1", b"TST%d" % one) for one in range(number)]
    return b"\n".join([header, *lines[:2], broken, *lines[2:]]) + b"\n"


def names(found) -> list[str]:
    return [row.get("event_id_cnty") for row in found]


QUOTED = acled({"notes": 'He said, "no"\nand left'}).split(b"\n", 1)[1]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (b"cut,off", "2 cells where the header has 31"),
        (b'cut,"off', "quote opens that nobody closes"),
        (b",".join([b"x"] * 30) + b',"open', "quote opens that nobody closes"),
        (b'cut,"' + b"x" * 1_100_000, "field larger than"),
        (b"cut," + b"x" * 1_100_000, "field larger than"),
        (b"x" * 4_100_000, "a line of more than"),
    ],
)
def test_a_broken_line_loses_none_behind_it(broken, words):
    rows, found = read(many_rows(broken))
    assert names(found) == [f"TST{one}" for one in range(6)]
    assert rows.n_bad == 1
    assert rows.bad[0].line == 4
    assert words in str(rows.bad[0])


def test_a_quote_that_the_next_one_closes_loses_none_between_them():
    file = many_rows(b'cut,"off') + QUOTED
    rows, found = read(file)
    assert names(found) == [*(f"TST{one}" for one in range(6)), "TST1"]
    assert found[-1].get("notes") == 'He said, "no"\nand left'
    assert [one.line for one in rows.bad] == [4]
    assert [row.line for row in found] == [2, 3, 5, 6, 7, 8, 9]


def test_quotes_that_never_close_cost_no_more_than_reading_again(monkeypatch):
    monkeypatch.setattr(csv_records, "_MOST_AGAIN", 3)
    rows, found = read(acled() + b'cut,"off\n' * 10)
    assert len(found) == 1
    assert [one.line for one in rows.bad] == [3, 4, 5, 6, 8, 10, 12]
    assert [one.line for one in rows.bad if "were not read again" in one.what] == [6, 8, 10]


def test_what_is_behind_the_largest_size_is_told(monkeypatch):
    monkeypatch.setattr(csv_records, "LARGEST_FILE", len(acled({}, {})) - 5)
    rows, found = read(acled({}, {}))
    assert len(found) == 1
    assert "more than" in rows.bad[-1].what


def test_what_is_behind_the_most_rows_is_told(monkeypatch):
    monkeypatch.setattr(imported, "MOST_ROWS", 2)
    rows, found = read(many_rows(b"cut,off"))
    assert (names(found), rows.bad[-1].line) == (["TST0", "TST1"], 4)
    assert "more than 2 rows" in str(rows.bad[-1])


def test_bad_rows_are_listed_up_to_a_number_and_counted_behind_it(monkeypatch):
    monkeypatch.setattr(imported, "MOST_BAD", 2)
    rows, _ = read(acled() + b"x\n" * 5)
    assert (len(rows.bad), rows.n_bad) == (2, 5)


def test_empty_rows_are_passed_over_and_counted():
    rows, found = read(acled() + b"," * 30 + b"\n\n")
    assert (len(found), rows.n_empty, rows.n_bad) == (1, 1, 0)


def test_a_file_is_read_while_it_comes():
    class Endless(io.RawIOBase):
        """A header, and rows without an end."""

        left = acled()
        row = acled().split(b"\n", 1)[1]

        def readable(self):
            return True

        def read(self, size=-1):
            while len(self.left) < size:
                self.left += self.row * 100
            told, self.left = self.left[:size], self.left[size:]
            return told

    rows = iter(read_rows(Endless()))
    assert [next(rows).line for _ in range(1000)] == list(range(2, 1002))


def test_what_looks_like_49_cells_is_no_ged_row_without_its_numbers_and_days():
    with pytest.raises(InputError, match="in no layout that is known here"):
        read(b",".join(b"%d" % one for one in range(49)) + b"\n")


def test_cells_of_others_keep_their_apostrophes_and_ours_lose_the_guard():
    others = acled({"source": "'-", "notes": "Somebody wrote this."})
    ours = acled({"source": "'-", "notes": "In the layout of ACLED, coded by sayso; not ACLED data."})
    assert [read(file)[1][0].get("source") for file in (others, ours)] == ["'-", "-"]
    assert [dict(read(file)[1][0].values)["source"] for file in (others, ours)] == ["'-", "'-"]


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
        ("2024-05-07T06:00:00+00:00", date(2024, 5, 7)),
        ("20240507", date(2024, 5, 7)),
        ("1-January-2024", date(2024, 1, 1)),
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


cells = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\ufeff"), max_size=12)


@given(
    st.lists(st.lists(cells, min_size=31, max_size=31), min_size=1, max_size=3),
    st.sampled_from(",;\t"),
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_the_cells_hold_they_come_back(rows, delimiter, mark, newline):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=newline, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    text.write(mark)
    writer.writerow(ACLED_COLUMNS)
    writer.writerows(rows)
    file, found = read(text.getvalue().encode())
    told = [tuple(row) for row in rows]
    if imported._is_tags(rows[0]):
        assert file.head.tags == told.pop(0)
    assert [row.cells for row in found] == [row for row in told if any(row)]
    assert file.bad == []
    again, found_again = read(written(file, found))
    assert [row.cells for row in found_again] == [row.cells for row in found]
    assert (again.head.columns, again.head.tags, again.head.mark, again.head.delimiter) == (file.head.columns, file.head.tags, bool(mark), delimiter)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(raw):
    rows, found = read(acled() + raw + b"\n" + QUOTED)
    assert names(found)[0] == "TST1"
    assert len(found) + rows.n_bad + rows.n_empty >= 2


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
    assert bool(file.head.tags) is name.endswith("bangladesh")
