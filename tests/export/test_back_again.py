"""Files in the layouts of ACLED, UCDP and `rows` that we wrote are read back as rows of others are, and written again the same. Reports are invented."""

import io
from datetime import date

import pytest
from tests.export.invented_reports import settings, subjects

from sayso.codebooks.rows import load_row_book
from sayso.export.formats import exporter
from sayso.export.imported import Layout, read_rows, write_rows
from sayso.export.row_views import RowView, view_of
from sayso.export.subject import BookLabel
from sayso.export.validating import validate


def written(name: str) -> bytes:
    made, book = exporter(name), load_row_book(exporter(name).book or "")
    label = BookLabel(book.name, book.title, book.version, book.digest)
    out = io.BytesIO()
    made.write(subjects(book=label, events=(book.name,)), out, settings(made.policy, label))
    return out.getvalue()


@pytest.mark.parametrize(("name", "layout"), [("acled", Layout.ACLED), ("ucdp", Layout.UCDP), ("rows", Layout.ROWS)])
def test_our_files_come_back_as_the_same_rows(name, layout):
    file = written(name)
    rows = read_rows(io.BytesIO(file))
    found = list(rows)
    assert rows.head.layout is layout
    assert found
    assert rows.bad == []
    out = io.BytesIO()
    write_rows(found, out, rows.head)
    assert out.getvalue() == file
    assert all(isinstance(view_of(row), RowView) for row in found)


@pytest.mark.parametrize("name", ["acled", "ucdp"])
def test_our_files_keep_the_rules_of_their_layout(name):
    rows = read_rows(io.BytesIO(written(name)))
    found = validate(rows, date(2026, 1, 1))
    assert {rule: number for rule, number in found.by_rule.items() if number} == {}, found.examples


def test_a_cell_that_was_guarded_is_itself_again():
    rows = list(read_rows(io.BytesIO(written("acled"))))
    guarded = {row for row in rows if dict(row.values)["source"].startswith("'")}
    assert {dict(row.values)["source"] for row in guarded} == {"'@SUM(1), \"x\""}
    assert {row.get("source") for row in guarded} == {'@SUM(1), "x"'}
