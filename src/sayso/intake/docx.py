"""Word documents (DOCX): paragraphs and table rows in their order, by python-docx, in the capped child process.

The package is an archive, so it passes the archive caps first; a part with a document type declaration is refused, as entities come in by it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from io import BytesIO
from typing import Any, BinaryIO

from sayso.errors import EmptyReport, InputError, Refused
from sayso.intake.archives import entries, opened, read_member
from sayso.intake.capped import run_capped
from sayso.intake.metadata import check_size, document_from, extracted_of, library
from sayso.intake.pdf_child import BAD_TITLE
from sayso.intake.press import take_articles
from sayso.intake.settings import Caps, IntakeSettings, Taken, What

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = frozenset((_FALLBACK, f"{_W}moveFrom", f"{_W}del", f"{_W}instrText"))
_BROKEN = "the Word document is broken ({}): open it in a word processor, save it again, and give that"


def take_docx(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """The one report of a Word document, with a piece for each paragraph and table row, or the articles of one that a press archive exported."""
    raw = stream.read(settings.limit + 1)
    check_size(raw, settings)
    told = {"caps": asdict(settings.caps), "limit": settings.limit}
    result = run_capped("sayso.intake.docx:extract", raw, told, settings.caps)
    extracted = extracted_of(result, "docx", library("python-docx"), MEDIA_TYPE)
    articles = list(take_articles(raw, extracted, what, settings))
    yield from articles or (document_from(raw, extracted, what, settings),)


def extract(raw: bytes, told: Mapping[str, Any]) -> dict[str, Any]:
    """Text, pieces, fields and notes of a Word document. For the child process."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    check_package(raw, Caps(**told["caps"]), told["limit"])
    try:
        document = docx.Document(BytesIO(raw))
        body = list(_paragraphs(document.element.body))
        fields, notes = _properties(document)
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, TypeError, IndexError, AssertionError) as wrong:
        raise InputError(_BROKEN.format(f"{type(wrong).__name__}: {str(wrong)[:100]}")) from wrong
    if not body:
        raise EmptyReport("the Word document holds no words: a picture or a form; save its text and give that")
    texts, pieces, at = [], [], 0
    for name, text in body:
        texts.append(text)
        pieces.append((at, at + len(text), name))
        at += len(text) + 2
    return {"text": "\n\n".join(texts), "pieces": pieces, "fields": fields, "notes": notes}


def check_package(raw: bytes, caps: Caps, limit: int) -> None:
    """Nothing; the reason where the package breaks the archive caps, is no Word document, or declares entities."""
    with opened(BytesIO(raw), caps) as archive:
        names = archive.namelist()
        if "word/document.xml" not in names:
            raise InputError("an Office file without word/document.xml: no Word document, or a broken one; save its text as DOCX and give that")
        if len(set(names)) < len(names):
            raise Refused("two parts of the Word document have one name: broken, or made to deceive; save it again from its program")
        left = caps.unpacked
        for name in entries(names):
            part = read_member(archive, name, caps, min(limit * 4, left))
            left -= len(part)
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part or "<!DOCTYPE".encode("utf-16-le") in part or "<!DOCTYPE".encode("utf-16-be") in part:
                raise Refused(f"part {name!r} declares entities, which no word processor writes: an attack; save its text and give that")


def _paragraphs(body: Any) -> Iterator[tuple[str, str]]:
    """The name and the text of each paragraph and table row that has words; content controls are looked into."""
    paragraph = table = 0
    waiting = list(reversed(body))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}p":
            paragraph += 1
            text = _text(element)
            if text:
                yield f"paragraph {paragraph}", text
        elif element.tag == f"{_W}tbl":
            table += 1
            for number, row in enumerate(element.iter(f"{_W}tr"), 1):
                text = " | ".join(filter(None, (_text(cell) for cell in row.iterchildren(f"{_W}tc"))))
                if text:
                    yield f"table {table}, row {number}", text
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            waiting.extend(reversed(element))


def _text(element: Any) -> str:
    """The words of a paragraph or cell as they stand with all changes accepted, white space made single."""
    words: list[str] = []
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one.tag in _GONE:
            continue
        if one.tag == f"{_W}t":
            words.append(one.text or "")
        elif one.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}p"):
            words.append(" ")
        elif one.tag == f"{_W}noBreakHyphen":
            words.append("-")
        waiting.extend(reversed(one))
    return " ".join("".join(words).split())


def _properties(document: Any) -> tuple[dict[str, str], list[str]]:
    """The title that the file gives itself if it looks like one, and its date as a note: it tells when the file was made, not when it was published."""
    core = document.core_properties
    title = " ".join((core.title or "").split())[:300]
    notes = [f"the file was made {core.created:%Y-%m-%d}, which is not taken as its publication"] if core.created else []
    return ({} if not title or BAD_TITLE.search(title) else {"title": title}), notes
