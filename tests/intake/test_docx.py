"""A Word document gives paragraphs and table rows in order; a package that is made to attack is refused."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from tests.intake.taking import REPORT, SECOND, failure, named, only

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(*paragraphs, title=None, extra=()):
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    table = made.add_table(rows=2, cols=2)
    for cell, words in zip((cell for row in table.rows for cell in row.cells), ("Place", "Killed", "Imre", "9"), strict=True):
        cell.text = words
    for xml in extra:
        made.element.body.append(parse_xml(xml))
    made.core_properties.title = title or ""
    return made


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(raw, name, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(old.read(info)) if info.filename == name else old.read(info))
    return out.getvalue()


def test_paragraphs_and_rows_in_order():
    taken = only(saved(document(REPORT, "", SECOND, title="Nine killed")), "a.docx")
    assert named(taken) == {"paragraph 1": REPORT, "paragraph 3": SECOND, "table 1, row 1": "Place | Killed", "table 1, row 2": "Imre | 9"}
    assert taken.item.text == f"{REPORT}\n\n{SECOND}\n\nPlace | Killed\n\nImre | 9"
    assert (taken.item.title, taken.item.published) == ("Nine killed", None)
    assert "not taken as its publication" in taken.notes[0]


def test_changes_are_read_as_accepted_and_content_controls_are_read():
    extra = (
        f"<w:p {W}><w:r><w:t>It rose to </w:t></w:r><w:ins><w:r><w:t>ten</w:t></w:r></w:ins><w:del><w:r><w:delText>nine</w:delText></w:r></w:del></w:p>",
        f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    words = list(named(only(saved(document(REPORT, extra=extra)), "a.docx")).values())
    assert words[-2:] == ["It rose to ten", "In a control"]


def bomb(raw):
    return raw.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><w:document', 1)


@pytest.mark.parametrize(
    ("raw", "kind", "words"),
    [
        (changed(saved(document(REPORT)), "word/document.xml", bomb), "Refused", "declares entities"),
        (changed(saved(document(REPORT)), "word/document.xml", lambda raw: bytes(300_000_000)), "Refused", "bomb"),
        (changed(saved(document(REPORT)), "word/document.xml", lambda raw: raw[:500]), "InputError", "broken"),
        (changed(saved(document(REPORT)), "[Content_Types].xml", lambda raw: b"<a/>"), "InputError", "broken"),
        (saved(docx.Document()), "EmptyReport", "no words"),
        (saved(document(REPORT))[:2000], "InputError", "cut"),
        (b"PK\x03\x04" + bytes(200), "InputError", "cut"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "NotText", "old Microsoft Office"),
    ],
)
def test_reasons(raw, kind, words):
    found = failure(raw, "a.docx")
    assert (found.kind, words in found.reason) == (kind, True), found.reason


def test_an_office_file_of_another_program_is_told():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("xl/workbook.xml", "<workbook/>")
    assert "Excel" in failure(out.getvalue(), "a.xlsx").reason


def test_a_document_in_a_wrong_name_is_read():
    assert only(saved(document(REPORT)), "a.zip").extraction.extractor == "docx"
    taken = only(saved(document(REPORT)), "a.txt")
    assert taken.extraction.extractor == "docx"
    assert "it is a Word document" in taken.notes[0]
