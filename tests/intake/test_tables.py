"""One report a row, each alone, with its own bytes. All rows are invented."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.takers import SETTINGS, taken_by

from sayso.errors import InputError
from sayso.intake.jsonl import take_line
from sayso.intake.mapping import parse_mapping
from sayso.intake.settings import IntakeSettings, What
from sayso.intake.tables import _cells, take_table
from sayso.model import Document, Failure

TEXT = "The army said on Tuesday that nine people had been killed in the town."
QUOTED = 'It said "nine people" had died,\nand that the road\r\nto the town was closed.'
WHAT = What("reports.csv")


def take(raw, settings=SETTINGS, what=WHAT):
    return taken_by(take_table, raw, what, settings)


def table(*rows, delimiter=",", newline="\r\n"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return out.getvalue()


def test_a_row_is_a_document_with_its_own_lines():
    raw = table(
        ["headline", "body", "date", "outlet", "link", "id"],
        ["Nine killed", QUOTED, "2024-05-04", "The Invented Paper", "https://paper.example/a", "7"],
        ["x", TEXT, "", "", "", "8"],
    )
    one, two = take(raw.encode())
    assert one.item.text == QUOTED
    assert (one.item.title, one.item.published, one.item.source.name) == ("Nine killed", "2024-05-04", "The Invented Paper")
    assert (one.item.url, one.item.given_id) == ("https://paper.example/a", "7")
    assert one.raw in raw.encode()
    assert one.raw.startswith(b"Nine killed,")
    assert one.raw.endswith(b"a,7")
    assert "text=body" in one.notes[0]
    assert one.extraction.piece_at(5).name == "line 2, column body"
    assert two.extraction.piece_at(5).name == "line 5, column body"
    assert two.item.source.name == "unknown"


@pytest.mark.parametrize(("delimiter", "name"), [(";", "a.csv"), ("\t", "a.tsv"), ("\t", "a.csv"), ("|", "a.csv")])
def test_delimiters_are_found(delimiter, name):
    (one,) = take(table(["id", "text"], ["1", QUOTED], delimiter=delimiter).encode(), what=What(name))
    assert one.item.text == QUOTED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    raw = table(["id", "text"], ["1", TEXT + " Café."], ["2", QUOTED]).encode(encoding)
    one, two = take(raw)
    assert one.item.text.endswith("Café.")
    assert one.item.given_id == "1"
    assert two.item.text == QUOTED
    assert one.raw in raw
    assert two.raw in raw
    assert any("Windows-1252" in note for note in one.notes) == (encoding == "cp1252")


def test_a_mapping_is_followed():
    raw = table(["a", "b", "c", "title"], ["1", TEXT, "4 May 2024", "t"]).encode()
    (one,) = take(raw, IntakeSettings(mapping=parse_mapping("text=b, published=c,id=a")))
    assert (one.item.text, one.item.published, one.item.given_id, one.item.title) == (TEXT, "2024-05-04", "1", "t")
    assert one.notes == ()
    (one,) = take(raw, IntakeSettings(mapping=(("text", "z"),)))
    assert "no column 'z'" in one.item.reason
    (one,) = take(raw)
    assert "--map text=COLUMN" in one.item.reason


@pytest.mark.parametrize(("told", "words"), [("text", "FIELD=COLUMN"), ("body=text", "FIELD=COLUMN"), ("text=a,text=b", "twice"), ("text=", "FIELD=COLUMN")])
def test_a_mapping_that_is_none_is_refused(told, words):
    with pytest.raises(InputError, match=words):
        parse_mapping(told)


def test_a_mapping_looks_into_json_lines():
    line = json.dumps({"article": {"body": TEXT}, "a.b": "dotted", "n": 1, "date": "4 May 2024", "outlet": "The Invented Paper", "more": 5}).encode()
    told = IntakeSettings(mapping=parse_mapping("text=article.body,title=a.b,id=n"))
    one = take_line(line, "x", told)
    assert (one.item.text, one.item.title, one.item.given_id, one.item.published) == (TEXT, "dotted", "1", "2024-05-04")
    assert one.item.source.name == "The Invented Paper"
    assert one.raw == line
    assert any("published=date" in note for note in one.notes)
    assert "no column" in take_line(b'{"a": 1}', "x", told).item.reason


def test_common_names_are_known_in_json_lines():
    one = take_line(json.dumps({"body": TEXT, "headline": "x", "source": {"name": "The Invented Paper", "kind": "press"}}).encode(), "x", SETTINGS)
    assert (one.item.text, one.item.title, one.item.source.name, one.item.source.kind) == (TEXT, "x", "The Invented Paper", "press")
    assert "text=body" in one.notes[0]


def test_each_row_stands_alone():
    rows = [
        "id,text,published",
        f'1,"{TEXT}",04/05/2024',
        "2,,2024-05-04",
        f"3,{TEXT},2024-05-04,more",
        f'4,"{TEXT}" x,',
        f"5,{TEXT}",
        f'6,"never ends {TEXT}',
        f"7,{TEXT},1714780800",
    ]
    found = take("\n".join(rows).encode())
    kinds = {one.item.what.rsplit(":", 1)[1]: one.item.reason for one in found if isinstance(one.item, Failure)}
    assert [one.item.given_id for one in found if isinstance(one.item, Document)] == ["1", "5", "7"]
    assert "is empty" in kinds["3"]
    assert "4 cells" in kinds["4"]
    assert "do not fit" in kinds["5"]
    assert "never ends" in kinds["7"]
    assert any("more than one way" in note for note in found[0].notes)
    assert found[-1].item.published == "2024-05-04T00:00:00Z"


def test_html_in_a_cell_loses_its_tags():
    (one,) = take(table(["text"], [f"<p>{TEXT}</p><script>x</script><p>It said so &amp; more.</p>"]).encode())
    assert one.item.text == f"{TEXT}\n\nIt said so & more."


def test_long_rows_are_refused_and_the_next_taken():
    found = take(table(["id", "text"], ["1", "x" * 5_000], ["2", TEXT]).encode(), IntakeSettings(limit=1_000))
    assert found[0].item.kind == "TooLarge"
    assert found[1].item.given_id == "2"


def test_a_table_of_open_quotes_is_given_up():
    found = take(b"id,text\n" + b'1,"open\n' * 200 + b"x")
    assert len(found) < 110 or all(isinstance(one.item, Failure) for one in found)


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\xff\xfe", b"\0\0\0", b'"', b"id,text\n"])
def test_what_is_no_table_gives_no_document(raw):
    assert all(isinstance(one.item, Failure) for one in take(raw))


@given(st.lists(st.lists(st.text("ab\"',;\n\r\t ", max_size=8), min_size=2, max_size=4), min_size=1, max_size=1))
def test_cells_are_those_that_the_standard_library_writes(rows):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="").writerows(rows)
    quoted = '"' + '","'.join(cell.replace('"', '""') for cell in rows[0]) + '"'
    assert _cells(quoted, ",") == rows[0]
    if not rows[0][-1].endswith(("\r", "\n")):
        assert _cells(out.getvalue(), ",") == rows[0]


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text('a,"\n\r;\té', max_size=80).map(lambda text: b"id,text\n" + text.encode())))
def test_any_bytes_are_taken_or_refused(raw):
    for one in take(raw):
        assert isinstance(one.item, Document | Failure)
