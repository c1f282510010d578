"""Markdown: the words without the marks. Links and pictures are their words, and are never followed; a piece is a block and names its lines."""

import html
import re
from collections.abc import Iterator
from typing import BinaryIO

from sayso.errors import EmptyReport
from sayso.intake.decoding import check_text, text_of
from sayso.intake.metadata import OWN, check_size, document_from
from sayso.intake.settings import Extracted, IntakeSettings, Taken, What
from sayso.intake.text import front_matter
from sayso.model import Piece

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|=+[ \t]*)$")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_REFERENCE = re.compile(r" {0,3}\[[^\]\[^]{1,200}\]:[ \t]*\S")
_BLOCK_MARK = re.compile(r"[ \t]*(?:>[ \t]?|#{1,6}(?=[ \t]|$)[ \t]*|[*+-][ \t]+(?:\[[ xX]\][ \t]+)?|\[\^[^\]\[]{1,50}\]:[ \t]*)")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\)|\[[^\[\]\n]*\])")
_FOOTNOTE = re.compile(r"\[\^[^\]\[\n]{1,50}\]")
_ADDRESS = re.compile(r"<((?:https?|mailto):[^\s<>]+)>")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>\n]*)?/?>")
_EMPHASIS = (
    re.compile(r"(\*{1,3})(?=[^\s*])([^*\n]*[^\s*])\1"),
    re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]*[^\s_])\1(?![\w_])"),
    re.compile(r"(~~)(?=[^\s~])([^~\n]*[^\s~])\1"),
)
_CODE = re.compile(r"(`{1,2})([^`\n]+)\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HELD = re.compile("[\ue000-\ue07f]")  # private letters that stand for escaped marks while marks are taken away
_FIRST_HELD = 0xE000
_LONGEST_RULE = 1_000  # characters: a longer line is words, and long runs of blanks cost such patterns dear


def take_markdown(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """The one report of a Markdown file."""
    raw = stream.read(settings.limit + 1)
    check_size(raw, settings)
    yield document_from(raw, extracted_markdown(raw), what, settings)


def extracted_markdown(raw: bytes) -> Extracted:
    """The words of the file below its front matter, block for block."""
    text, notes = text_of(raw)
    fields, body, more = front_matter(text)
    check_text(body)
    first = text.count("\n", 0, len(text) - len(body)) + 1
    pieces, words, at = [], [], 0
    for start, end, lines in _blocks(_without_comments(body).split("\n"), first):
        block = "\n".join(lines)
        pieces.append(Piece(at, at + len(block), f"line {start}" if start == end else f"lines {start}-{end}"))
        words.append(block)
        at += len(block) + 2
    if not words:
        raise EmptyReport("the file holds no words besides marks: nothing to read")
    if "title" not in fields:
        heading = re.search(r"^#[ \t]+(.+)$", body, re.MULTILINE)
        fields = {**fields, "title": plain(_heading(heading[1]))[:300]} if heading else fields
    return Extracted("\n\n".join(words), "markdown", OWN, "text/markdown", tuple(pieces), fields, (*notes, *more))


def _blocks(lines: list[str], first: int) -> Iterator[tuple[int, int, list[str]]]:
    """The first and the last line number of each block, and its lines without marks."""
    block: list[str] = []
    start = end = first
    fence = ""
    for number, line in enumerate(lines, first):
        bare = line
        opening = _FENCE.match(line)
        if fence:
            if opening and opening[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence, bare = "", ""
        elif opening:
            fence, bare = opening[1], ""
        else:
            bare, ends_before = _without_marks(line)
            if ends_before and block:
                yield start, end, block
                block = []
        if bare.strip():
            start = start if block else number
            end = number
            block.append(bare.rstrip() if fence else bare.strip())
        elif block:
            yield start, end, block
            block = []
    if block:
        yield start, end, block


def _without_marks(line: str) -> tuple[str, bool]:
    """The line without marks, and whether it begins a block of its own: a heading or an entry of a list."""
    if len(line) < _LONGEST_RULE and (_RULE.match(line) or _REFERENCE.match(line) or ("|" in line and _TABLE_RULE.match(line))):
        return "", False
    own = False
    for _ in range(8):
        mark = _BLOCK_MARK.match(line)
        if not mark or not mark[0].strip():
            break
        heading = mark[0].lstrip().startswith("#")
        own = own or mark[0].strip() != ">"
        line = line[mark.end() :]
        if heading:
            line = _heading(line)
    if line.strip().startswith("|") and line.strip().endswith("|") and line.strip() != "|":
        line = " | ".join(filter(None, (cell.strip() for cell in line.strip().strip("|").split("|"))))
    return plain(line), own


def _heading(line: str) -> str:
    """A heading without the number signs that may close it."""
    line = line.rstrip()
    bare = line.rstrip("#")
    return bare.rstrip() if bare != bare.rstrip() or not bare else line


def plain(line: str) -> str:
    """The words of a line without emphasis, links, code marks, tags and escapes."""
    line = _HELD.sub("", line)
    line = _ESCAPE.sub(lambda found: chr(_FIRST_HELD + ord(found[1])), line)
    line = _FOOTNOTE.sub("", line)
    for _ in range(2):  # a picture may stand in a link
        line = _LINK.sub(r"\1", line)
    line = _TAG.sub("", _ADDRESS.sub(r"\1", line))
    for _ in range(3):
        for pattern in _EMPHASIS:
            line = pattern.sub(r"\2", line)
    line = html.unescape(_CODE.sub(r"\2", line)).replace("\0", "").replace("\r", " ").replace("\n", " ")
    return _HELD.sub(lambda found: chr(ord(found[0]) - _FIRST_HELD), line)


def _without_comments(text: str) -> str:
    """The text with its comments blanked out, line breaks kept so that lines keep their numbers."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start] + "\n" * text.count("\n", start, end))
        at = end + 3
    return "".join((*kept, text[at:]))
