"""One suite over every export format: what holds whichever of them is asked for. Reports are invented."""

import io
import json

import pytest
from tests.export.invented_reports import CLINIC, DAUGHTER, HOSTILE, STRIKE, UNDONE, VICTIM, settings, subjects

from sayso.cli.export_options import EXPORTS
from sayso.codebooks.rows import load_row_book
from sayso.export.formats import FORMATS, Exporter, exporter
from sayso.export.subject import BookLabel, Coarsen

BYTES = ("parquet",)


def written(made: Exporter, *documents, coarsen: Coarsen = Coarsen.AUTO, names: bool = False) -> tuple[int, bytes]:
    """What a format makes of invented reports: the number of rows, and the file."""
    book = label = None
    if made.book:
        book = load_row_book(made.book)
        label = BookLabel(book.name, book.title, book.version, book.digest)
    found = subjects(*documents, book=label, events=(made.book,) if made.book else ("acled",))
    out = io.BytesIO()
    number = made.write(found, out, settings(made.policy, label, coarsen, names))
    return number, out.getvalue()


def text_of(made: Exporter, file: bytes) -> str:
    """The file's words, decompressed where its format packs them."""
    if made.name == "parquet":
        import pyarrow.parquet as pq

        return str(pq.read_table(io.BytesIO(file)).to_pylist())
    return file.decode()


@pytest.fixture(params=FORMATS)
def made(request) -> Exporter:
    return exporter(request.param)


def test_the_command_line_offers_every_format():
    assert EXPORTS == FORMATS


def test_a_format_is_what_it_is_called(made):
    assert made.suffix.startswith(".")
    assert made.policy in ("conservative", "range", "graded")
    assert not (made.any_book and made.book is None)


def test_rows_are_written_and_counted(made):
    number, file = written(made)
    assert number > 0
    assert file


def test_the_same_incidents_give_the_same_bytes(made):
    assert written(made) == written(made)


def test_nothing_to_tell_gives_a_whole_file_without_rows(made):
    label = None
    if made.book:
        book = load_row_book(made.book)
        label = BookLabel(book.name, book.title, book.version, book.digest)
    out = io.BytesIO()
    assert made.write((), out, settings(made.policy, label)) == 0
    text_of(made, out.getvalue())


def test_what_was_not_done_gives_no_row_where_rows_are_coded(made):
    if made.book is None and made.name != "plover":
        pytest.skip("tells claims of every modality")
    number, file = written(made, UNDONE)
    if made.name == "plover":  # there to deny and to threaten are acts of their own
        kinds = {kind for line in file.decode().splitlines() for kind in json.loads(line)["event"]}
        assert kinds == {"REJECT", "THREATEN"}
    else:
        assert number == 0


def test_victims_are_not_named_unless_asked_for(made):
    told = text_of(made, written(made, STRIKE)[1]).casefold()  # in text, headline and address
    assert VICTIM.split()[-1].casefold() not in told
    assert DAUGHTER.casefold() not in told


def test_a_withheld_place_is_nowhere_in_the_file(made):
    told = text_of(made, written(made, CLINIC, coarsen=Coarsen.WITHHOLD)[1])
    assert "Goma" not in told
    assert "29.2" not in told  # its longitude


def test_a_recent_act_at_a_clinic_is_told_ten_kilometres_closely(made):
    if made.name in ("annotations", "prov", "ftm"):
        pytest.skip("tells no coordinates")
    told = text_of(made, written(made, CLINIC)[1])
    assert "29.25" in told
    exact = text_of(made, written(made, CLINIC, coarsen=Coarsen.NONE)[1])
    assert "29.25" not in exact
    assert "29.2" in exact


def test_hostile_words_break_no_file(made):
    number, file = written(made, HOSTILE)
    told = text_of(made, file)
    assert number > 0 or made.book is not None
    if made.suffix == ".csv":
        assert not [line for line in told.splitlines() if line.startswith(("=", "@", "+"))]
        assert ",=" not in told
        assert ",@" not in told


