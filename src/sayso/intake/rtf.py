"""RTF documents: their text by striprtf, in the capped child process. Pictures and embedded objects are cut away first, and never opened."""

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, cast

from sayso.errors import EmptyReport, InputError, TooLarge
from sayso.intake.capped import run_capped
from sayso.intake.metadata import check_size, document_from, extracted_of, library
from sayso.intake.press import take_articles
from sayso.intake.settings import Extracted, IntakeSettings, Taken, What

MEDIA_TYPE = "application/rtf"
_CODEPAGE = re.compile(r"\\ansicpg(\d{3,5})")
_BIN = re.compile(rb"\\bin(\d{1,10}) ?")
_BRACE = re.compile(rb"\\.|[{}]", re.DOTALL)
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def take_rtf(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """The one report of an RTF document, or the articles of one that a press archive exported."""
    raw = stream.read(settings.limit + 1)
    check_size(raw, settings)
    extracted = extracted_rtf(raw, settings)
    articles = list(take_articles(raw, extracted, what, settings))
    yield from articles or (document_from(raw, extracted, what, settings),)


def extracted_rtf(raw: bytes, settings: IntakeSettings) -> Extracted:
    """The text of an RTF document with one piece for the whole of it: also for the takers of press archives that come as RTF."""
    result = run_capped("sayso.intake.rtf:extract", raw, {"depth": settings.caps.element_depth}, settings.caps)
    return extracted_of(result, "rtf", library("striprtf"), MEDIA_TYPE)


def extract(raw: bytes, told: Mapping[str, Any]) -> dict[str, Any]:
    """Text, the one piece, and notes of an RTF document. For the child process."""
    from striprtf import striprtf

    to_text: Any = striprtf.rtf_to_text
    body = without_binary(raw.lstrip())
    check_groups(body, told["depth"])
    page, notes = _codepage(body)
    if notes:
        body = re.sub(rb"\\ansicpg\d+", rb"\\ansicpg1252", body)
    try:
        text = cast(str, to_text(body.decode(page, "replace"), encoding=page, errors="replace"))
    except (ValueError, KeyError, IndexError, TypeError, LookupError) as wrong:
        raise InputError(f"the RTF is broken ({type(wrong).__name__}: {str(wrong)[:100]}): open it in a word processor and save it as DOCX or text") from wrong
    text = _HALF_PAIR.sub("\ufffd", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    text = re.sub(r"[ \t\xa0]+\n", "\n", text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))
    text = re.sub(r"\n{3,}", "\n\n", text).strip("\n")
    if not text.strip():
        raise EmptyReport("the RTF document holds no words: nothing to read")
    if "\ufffd" in text:
        notes.append(f"{text.count(chr(0xFFFD))} characters could not be read in its code page and stand as \ufffd")
    return {"text": text, "pieces": [(0, len(text), "whole")], "fields": {}, "notes": notes}


def without_binary(raw: bytes) -> bytes:
    r"""The document without the bytes that `\binN` announces: they may hold braces, and are no text."""
    kept, at = [], 0
    while found := _BIN.search(raw, at):
        kept.append(raw[at : found.start()])
        at = min(len(raw), found.end() + int(found[1]))
    return b"".join((*kept, raw[at:]))


def check_groups(raw: bytes, deepest: int) -> None:
    """Nothing; TooLarge where groups are nested deeper than the cap."""
    depth = 0
    for found in _BRACE.finditer(raw):
        depth += (found[0] == b"{") - (found[0] == b"}")
        if depth > deepest:
            raise TooLarge(f"groups nested more than {deepest} deep: broken, or made to break readers; save its text (cap `element_depth`)")


def _codepage(body: bytes) -> tuple[str, list[str]]:
    told = _CODEPAGE.search(body[:4_000].decode("latin-1"))
    name = f"cp{told[1]}" if told else "cp1252"
    name = {"cp65001": "utf-8", "cp10000": "mac-roman"}.get(name, name)
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252", [f"code page {name[2:]} is not known: read as Windows-1252"]
    return name, []
