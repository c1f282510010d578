"""Text out of a PDF, for the child process: nothing here is called where its memory and time are not capped.

Lines are joined to paragraphs, words parted at the end of a line are mended, lines that stand at the head or foot of most pages are left out and told.
"""

import logging
import re
from collections import Counter
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from sayso.errors import EmptyReport, InputError, NotText, Refused, TooLarge

_BROKEN = "the PDF is broken{}: open it in a viewer, save it again, and give that"
_ENCRYPTED = "the PDF is encrypted{}: save it without a password and give that"
_SCAN = "{} without a text layer, so it is a scan: recognise its text first (for example `ocrmypdf in.pdf out.pdf`) and give the result"
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_NEW_BLOCK = re.compile(r"[•▪◦‣–—*-]\s|\(?\d{1,3}[.)]\s")
_PARTED = re.compile(r"([^\W\d_]{2,})[-\u00ad\u2010]$")
_STARTS_LOW = re.compile(r"[a-zà-öø-ÿ]\w*")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_DIGITS = re.compile(r"\d+")
BAD_TITLE = re.compile(r"untitled|microsoft word|\.(?:docx?|pdf|indd|rtf|odt|html?|qxp)$|^\W*$", re.IGNORECASE)
_FULL_LINE = 0.75  # of a page's longest lines: a shorter line that ends a sentence ends its paragraph


def extract(raw: bytes, told: Mapping[str, Any]) -> dict[str, Any]:
    """Text, pieces (pages), fields and notes of a PDF; the reason, with the next step, where there is none."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(BytesIO(raw), strict=False)
        _open(reader)
        count = len(reader.pages)
    except pypdf.errors.DependencyError as wrong:
        raise Refused(_ENCRYPTED.format(" in a way that needs a further library")) from wrong
    except pypdf.errors.LimitReachedError as wrong:
        raise Refused(_BROKEN.format(f", or made to fill the memory ({_short(wrong)})")) from wrong
    except _faults() as wrong:
        raise InputError(_BROKEN.format(f" ({_short(wrong)})")) from wrong
    if count > told["pages"]:
        raise TooLarge(f"{count:,} pages, and at most {told['pages']:,} are taken: split it into its reports, or raise --max-pages")
    if count == 0:
        raise EmptyReport("the PDF has no page: nothing to read")
    pages, notes = _pages(reader, told["limit"])
    if not any(page.strip() for page in pages):
        if notes:
            raise InputError(_BROKEN.format(": none of its pages can be read"))
        raise EmptyReport(_SCAN.format("1 page" if count == 1 else f"{count} pages"))
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.strip()]
    if empty:
        notes.append(f"no text on page {', '.join(empty[:10])}{' and others' if len(empty) > 10 else ''}: pictures are not read")
    lines, left_out = without_running_lines([_lines(page) for page in pages])
    if left_out:
        notes.append(f"left out, as they stand on most pages: {'; '.join(map(repr, left_out[:4]))}")
    text, pieces = joined(lines)
    title, more = _information(reader)
    return {"text": text, "pieces": pieces, "fields": {"title": title} if title else {}, "notes": [*notes, *more]}


def _faults() -> tuple[type[Exception], ...]:
    """What pypdf raises at a broken file: its own errors, and those of Python that it lets through."""
    from pypdf.errors import PyPdfError

    return (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, ArithmeticError, NotImplementedError, EOFError, OSError)


def _open(reader: Any) -> None:
    if reader.is_encrypted and not reader.decrypt(""):  # an empty password only bars changes, as many ministries' files do
        raise Refused(_ENCRYPTED.format(" with a password"))


def _pages(reader: Any, limit: int) -> tuple[list[str], list[str]]:
    """The text of every page, and notes on pages that cannot be read; the others are not lost for them."""
    pages, broken, size = [], [], 0
    for number, page in enumerate(reader.pages, 1):
        try:
            page = page.extract_text() or ""
        except _faults() as wrong:
            broken.append(f"page {number} cannot be read ({_short(wrong)})")
            page = ""
        size += len(page)
        if size > limit:
            raise TooLarge(f"its text is larger than {limit:,} characters: split it into its reports, or raise --limit")
        pages.append(page.replace("\0", ""))
    shown = "".join(pages)
    if shown.count("\ufffd") + sum("\ue000" <= one <= "\uf8ff" for one in shown) > len(shown) * 0.2:
        raise NotText("its letters have no meaning that can be read (a font without a character table): recognise its text (OCR) and give the result")
    return pages, broken[:10]


def _lines(page: str) -> list[str]:
    return [" ".join(_without_halves(line).split()) for line in page.splitlines()]


def _without_halves(line: str) -> str:
    return line.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def without_running_lines(pages: list[list[str]]) -> tuple[list[list[str]], list[str]]:
    """The pages without the first and last lines that recur, numbers aside, on most of at least three pages; and those lines, once each."""
    if len(pages) < 3:
        return pages, []
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_DIGITS.sub("#", line) for line in _edges(page)})
    running = {line for line, count in seen.items() if count > len(pages) * 0.6}
    left_out: dict[str, str] = {}
    kept = []
    for page in pages:
        edges = _edges(page)
        gone = [line for line in edges if _DIGITS.sub("#", line) in running]
        for line in gone:
            left_out.setdefault(_DIGITS.sub("#", line), line)
        first = page[:2] + [""] * max(0, 2 - len(page))
        head = [line for line in page[:2] if line not in gone]
        foot = [line for line in page[max(2, len(page) - 2) :] if line not in gone]
        kept.append([*head, *page[len(first) : max(2, len(page) - 2)], *foot])
    return kept, list(left_out.values())


def _edges(page: list[str]) -> list[str]:
    """The first two and the last two lines of a page that have words or figures."""
    return [line for line in [*page[:2], *page[max(2, len(page) - 2) :]] if line]


def joined(pages: list[list[str]]) -> tuple[str, list[tuple[int, int, str]]]:
    """The text in paragraphs, and a piece for each page that has words."""
    known = Counter(word.lower() for page in pages for line in page for word in _WORD.findall(line))
    text: list[str] = []
    pieces: list[tuple[int, int, str]] = []
    size = 0
    last = ""
    for number, page in enumerate(pages, 1):
        body = _paragraphs(page, known)
        if not body:
            continue
        gap = "" if not text else " " if not _SENTENCE_END.search(last) and _STARTS_LOW.match(body) else "\n\n"
        text.append(gap + body)
        pieces.append((size + len(gap), size + len(gap) + len(body), f"page {number}"))
        size += len(gap) + len(body)
        last = body[-80:]
    return "".join(text), pieces


def _paragraphs(lines: list[str], known: Mapping[str, int]) -> str:
    longest = sorted(map(len, lines), reverse=True)[: max(1, len(lines) // 4)]
    full = _FULL_LINE * (sum(longest) / max(1, len(longest)))
    paragraphs: list[str] = []
    ended = True
    for line in lines:
        if not line:
            ended = True
            continue
        if ended or _NEW_BLOCK.match(line):
            paragraphs.append(line)
        else:
            paragraphs[-1] = _mended(paragraphs[-1], line, known)
        ended = bool(len(line) < full and (_SENTENCE_END.search(line) or (len(line) < full / 2 and not _PARTED.search(line))))
    return "\n\n".join(paragraphs)


def _mended(before: str, line: str, known: Mapping[str, int]) -> str:
    """Two lines as one; a hyphen between them goes unless the file writes that word with a hyphen elsewhere, and never without."""
    parted, low = _PARTED.search(before), _STARTS_LOW.match(line)
    if not parted or not low:
        return before + line if before[-1:] == "-" and before[-2:-1].isalnum() and line[:1].isalnum() else f"{before} {line}"
    whole, hyphened = f"{parted[1]}{low[0]}".lower(), f"{parted[1]}-{low[0]}".lower()
    if known.get(hyphened, 0) and not known.get(whole, 0):
        return before + line
    return before[:-1] + line


def _information(reader: Any) -> tuple[str | None, list[str]]:
    """The title that the file gives itself if it looks like one, and its dates as notes: they tell when the file was made, not when it was published."""
    try:
        information = reader.metadata or {}
        title = str(information.get("/Title") or "").strip()
        made = str(information.get("/CreationDate") or "").strip()
    except _faults():
        return None, []
    notes = [f"the file was made {made[2:6]}-{made[6:8]}-{made[8:10]}, which is not taken as its publication"] if re.match(r"D:\d{8}", made) else []
    title = " ".join(_without_halves(title.replace("\0", "")).split())[:300]
    return (None if not title or BAD_TITLE.search(title) else title), notes


def _short(wrong: Exception) -> str:
    return " ".join(f"{type(wrong).__name__}: {wrong}".split())[:120]
