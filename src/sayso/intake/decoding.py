"""Bytes as text: UTF-8, UTF-16 and UTF-32 by their marks, Windows-1252 as a last resort that is told."""

import codecs
import re
import unicodedata

from sayso.errors import EmptyReport, NotText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (also DOCX, ODT, XLSX)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
)
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_NEWLINE = re.compile(r"\r\n?")
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
_MOST_FOREIGN = 0.3  # share of accented letters above which Windows-1252 is the wrong guess: text in its languages stays far below
_MOST_CONTROL = 0.01


def text_of(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file with newlines as `\\n`, and notes on how it was decoded; NotText or EmptyReport with the next step."""
    if not raw:
        raise EmptyReport("the file is empty: nothing to read")
    for start, what in _OTHER_FORMATS:
        if raw.startswith(start):
            raise NotText(f"this is {what}, not text: save its text as UTF-8 and read that")
    if _HTML.match(raw):
        raise NotText("this is an HTML page: save the report's text without tags as UTF-8 and read that")
    text, notes = _decoded(raw)
    text = _NEWLINE.sub("\n", text)
    check_text(text)
    return text, notes


def check_text(text: str) -> None:
    """Nothing; NotText or EmptyReport where a string is no report."""
    if "\0" in text:
        raise NotText(f"NUL character at {text.index(chr(0))}: binary data, or UTF-16 without a byte-order mark; save it as UTF-8")
    broken = _HALF_PAIR.search(text)
    if broken:
        raise NotText(f"half of a surrogate pair at {broken.start()}: the text was cut inside a character; export it again as UTF-8")
    controls = len(_CONTROL.findall(text))
    if controls > max(8, len(text) * _MOST_CONTROL):
        raise NotText(f"{controls} control characters among {len(text)}: binary data; give the text as UTF-8")
    if not any(character.isalnum() for character in text):
        raise EmptyReport("the report holds no words: nothing to read")


def _decoded(raw: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding), ()
            except UnicodeDecodeError as wrong:
                raise NotText(f"marked as {encoding}, but {wrong.reason} at byte {wrong.start}: save it as UTF-8") from wrong
    if b"\0" in raw:
        raise NotText(f"NUL byte at {raw.index(0)}: binary data, or UTF-16 without a byte-order mark; save it as UTF-8")
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as wrong:
        return _western(raw, wrong)


def _western(raw: bytes, wrong: UnicodeDecodeError) -> tuple[str, tuple[str, ...]]:
    try:
        text, name = raw.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        text, name = raw.decode("latin-1"), "Latin-1"
    letters = [character for character in text if unicodedata.category(character)[0] == "L"]
    foreign = sum(character > "\x7f" for character in letters)
    if foreign > len(letters) * _MOST_FOREIGN:
        raise NotText(f"not UTF-8 (byte {wrong.start}) and no Western encoding: save it as UTF-8")
    return text, (f"not UTF-8 (byte {wrong.start}): read as {name}; save it as UTF-8 if letters look wrong",)
