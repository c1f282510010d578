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
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.-]{1,40})", re.IGNORECASE)
_WEB_ENCODING = re.compile(
    r"utf-8|(?:windows-|cp)(?:125\d|874|932|949|866)|iso-8859-\d\d?|koi8-[ru]|shift-jis|euc-(?:jp|kr)|gbk|gb18030|big5|mac-roman|iso-2022-jp"
)
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


def markup_text(raw: bytes, told: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of a page or other markup by its mark, the encoding told outside (a server's) or inside of it, else as any text; and notes."""
    if any(raw.startswith(mark) for mark, _ in _MARKS):
        text, notes = _decoded(raw)
        return _NEWLINE.sub("\n", text), notes
    inside = _DECLARED.search(raw[:4_096])
    names = filter(None, (told, inside and (inside[1] or inside[2]).decode("ascii")))
    encodings = [encoding for encoding in map(_web_encoding, names) if encoding]
    for encoding in encodings:
        try:
            return _NEWLINE.sub("\n", raw.decode(encoding)), ()
        except UnicodeDecodeError:
            continue
    try:
        text, notes = _decoded(raw)
    except NotText:
        if not encodings or b"\0" in raw:
            raise
        text = raw.decode(encodings[0], "replace")
        wrong = text.count("\ufffd")
        if wrong > len(text) * _MOST_CONTROL:
            raise NotText(f"told to be {encodings[0]}, but {wrong} of its characters are none: save it as UTF-8") from None
        notes = (f"{wrong} characters are not {encodings[0]}, which the page tells, and stand as \ufffd",)
    if encodings:
        notes = (f"told to be {encodings[0]}, which it is not", *notes)
    return _NEWLINE.sub("\n", text), notes


def _web_encoding(name: str) -> str | None:
    """Python's name of an encoding that pages are in, as browsers understand it; None for any other, also Python's own odd codecs."""
    name = name.strip().lower().replace("_", "-")
    if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        return "cp1252"
    if name.startswith("utf-16"):
        return "utf-8"  # a page that tells so in ASCII letters is not in it
    name = {"ks-c-5601-1987": "cp949", "gb2312": "gbk", "x-sjis": "shift-jis", "macintosh": "mac-roman", "windows-31j": "cp932"}.get(name, name)
    return name if _WEB_ENCODING.fullmatch(name) and _is_codec(name) else None


def _is_codec(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


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
