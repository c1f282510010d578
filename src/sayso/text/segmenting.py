"""Sentences of a report: paragraphs, headings, lists, bulletins and datelines told apart. Linear in the length of the text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sayso.text.boundaries import ends, words_of
from sayso.text.datelines import dateline_end
from sayso.text.sentence import LineKind, Sentence

LONGEST = 2000  # a longer sentence is cut: nothing that is read by a parser may be longer

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_WORDS = re.compile(r"[^\W_]")
_UNSEEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad"
_STRIPPED = re.compile(rf"[\s{_UNSEEN}]*")
_TERMINAL = re.compile(r"[.!?…:;,؟。！？।—–-][\"'”’»)\]*_]*$")
_FINAL = re.compile(r"[.!?…؟。！？।][\"'”’»)\]*_]*$")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{2,5})[.)]\s+(?=\S)|\([A-Z]\)\s+(?=\S)|[A-Z]\)\s+(?=\S)")
_MARKED = re.compile(r"(?:[-*+•–—‣▪▫●○◦·∙■□►▶➤➢❖✓✔✅→⇒⁃]|[\u2600-\u27bf\U0001f000-\U0001faff])[\ufe0f\u200d\u2600-\u27bf\U0001f000-\U0001faff]*\s*(?=\S)")
_MARKDOWN = re.compile(r"#{1,6}\s+(?=\S)")
_MONTH = r"(?i:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_DAY = (
    rf"(?:{_NTH}\s+{_MONTH}(?:,?\s+\d{{4}})?|{_MONTH}\s+{_NTH}(?:,?\s+\d{{4}})?"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?)"
)
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
_ZONE = r"(?:\s*(?:[ap]\.?m\.?|hrs?|hours|h|GMT|UTC|Z|LT|[CE]ES?T|local(?:\s+time)?)(?![\w]))?"
_CLOCK = rf"(?:\d{{1,2}}[:hH]\d{{2}}(?::\d{{2}})?{_ZONE}|\d{{4}}\s?(?:hrs|GMT|UTC|Z)\b|\d{{1,2}}\s?[ap]\.?m\.?)"
_FLAG = r"(?:UPDATED?|Update|UPD|BREAKING|Breaking|LATEST|ALERT|URGENT|FLASH|NEW|MORE)(?:\s*#?\d{1,2}(?![:\dhH]))?"
_SURE = re.compile(
    rf"(?:[\[(]\s*(?:{_FLAG}\s*)?(?:{_DAY}[,\s|–-]*)?(?:{_CLOCK}|{_DAY})\s*[\])]\s*[-–—:|]?"
    rf"|{_FLAG}\s*(?:{_DAY}[,\s]*)?{_CLOCK}?\s*[-–—:|]"
    rf"|{_DAY}[,\s]*(?:{_CLOCK})?\s*(?:[:|]|[-–—](?=\s))"
    rf"|{_WEEKDAY}(?:,?\s+{_DAY})?\s*(?:[.:|]|[-–—](?=\s))"
    rf"|(?:{_DAY}[,\s]+)?{_CLOCK}\s*(?:[:|—–]|-(?=\s))"
    rf"|\d{{1,2}}\.\d{{2}}\s*(?:[:|]|[-–—](?=\s)))\s*(?=\S)"
)
_BARE = re.compile(rf"(?:{_DAY}[,\s]+)?{_CLOCK}\s+(?![ap]\.?m\b)(?=\S)")
_MOMENT = re.compile(rf"(?:{_DAY}[,\s]*)?(?:{_CLOCK})?[:.]?")
_SMALL = words_of("a an and as at but by for from in into nor of on or over per the to up via vs with de la el al du und")
_SPEAKS = words_of("said says added read reads stated follows told continued wrote announced tweeted posted noted that he she they it who")
_CUT = re.compile(r"[;:,]\s|\s")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    kind: LineKind = LineKind.PROSE
    label: tuple[int, int] | None = None
    opens: bool = True  # whether a new unit begins here; otherwise the line goes on from the one before


@dataclass(frozen=True, slots=True)
class _Unit:
    """Lines that are read as one run of text."""

    start: int
    end: int
    kind: LineKind
    paragraph: int
    label: tuple[int, int] | None


def sentences(text: str) -> tuple[Sentence, ...]:
    """All sentences of the text, in order: none is empty, none overlaps, none crosses a blank line."""
    blocks = _blocks(text)
    headings = _heading_blocks(text, blocks)
    found: list[Sentence] = []
    section = 0
    opens_section = True
    for number, block in enumerate(blocks):
        for unit in _units(text, block, number, number in headings):
            if unit.kind is LineKind.HEADING and found:
                section += 1
            found.extend(_unit_sentences(text, unit, section, opens_section))
            opens_section = unit.kind is LineKind.HEADING
    return tuple(found)


def sentence_at(found: tuple[Sentence, ...], position: int) -> Sentence | None:
    """The sentence that holds the position, or None between sentences."""
    index = bisect_right(found, position, key=lambda sentence: sentence.start) - 1
    return found[index] if index >= 0 and position < found[index].end else None


def _blocks(text: str) -> list[list[_Line]]:
    """Runs of lines between blank ones; a line without a letter or digit ("* * *") separates like a blank one."""
    blocks: list[list[_Line]] = []
    current: list[_Line] = []
    start = 0
    for end, following in _line_ends(text):
        lo, hi = _strip(text, start, end)
        if lo < hi and _WORDS.search(text, lo, hi):
            current.append(_Line(lo, hi))
        elif current:
            blocks.append(current)
            current = []
        start = following
    if current:
        blocks.append(current)
    return blocks


def _line_ends(text: str) -> Iterator[tuple[int, int]]:
    for match in _BREAK.finditer(text):
        yield match.span()
    yield len(text), len(text)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without blanks and unseen marks at both ends."""
    match = _STRIPPED.match(text, start, end)
    start = match.end() if match else start
    while end > start and (text[end - 1].isspace() or text[end - 1] in _UNSEEN):
        end -= 1
    return start, end


def _heading_blocks(text: str, blocks: list[list[_Line]]) -> set[int]:
    """Numbers of the blocks that are headings: short, without a final stop, and with text to head below them."""
    headings: set[int] = set()
    run: list[int] = []
    for number, block in enumerate(blocks):
        if _may_head(text, block):
            run.append(number)
            continue
        # A long row of short lines is a feed of posts, not titles over titles.
        headings.update(index for index in run if len(run) <= 3 or _is_title(text[blocks[index][0].start : blocks[index][-1].end]))
        run = []
    return headings


def _may_head(text: str, block: list[_Line]) -> bool:
    start, end = block[0].start, block[-1].end
    if len(block) == 1 and end - start < 40 and _MOMENT.fullmatch(text, start, end):
        return True  # "2:40 p.m." over the paragraph of that hour
    if len(block) > 2 or end - start > 160 or _label(text, block[0]).kind is not LineKind.PROSE:
        return len(block) == 1 and _MARKDOWN.match(text, start, end) is not None
    if len(block) == 2 and _deliberate(text, block, 0):
        return False
    words = text[start:end].split()
    if len(words) > 20:
        return False
    if text[end - 1] == ":":
        return _names_section(words)
    return not _TERMINAL.search(text, max(start, end - 6), end)


def _names_section(words: list[str]) -> bool:
    """Whether words before a colon name a section ("Key points:") and introduce no speech ("He said:")."""
    last = words[-1].rstrip(":").lower()
    return last not in _SPEAKS and len(words) <= 8 and (_is_title(" ".join(words)) or len(words) <= 3)


def _is_title(line: str) -> bool:
    """Whether each word but the small ones is written with a capital, a digit or a hash."""
    words = [word.strip("\"'“”‘’()[],:;/-–—") for word in line.split()]
    return all(not word or not word[0].islower() or word in _SMALL for word in words)


def _units(text: str, block: list[_Line], number: int, heading: bool) -> Iterator[_Unit]:
    if heading:
        mark = _MARKDOWN.match(text, block[0].start, block[0].end)
        label = (mark.start(), mark.end()) if mark else None
        yield _Unit(mark.end() if mark else block[0].start, block[-1].end, LineKind.HEADING, number, _trim_label(text, label))
        return
    lines = _classified(text, block)
    first = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and not lines[index].opens:
            continue
        line = lines[first]
        start = line.label[1] if line.label else line.start
        start, end = _strip(text, start, lines[index - 1].end)
        yield _Unit(start, end, line.kind, number, _trim_label(text, line.label))
        first = index


def _trim_label(text: str, label: tuple[int, int] | None) -> tuple[int, int] | None:
    return _strip(text, *label) if label else None


def _classified(text: str, block: list[_Line]) -> list[_Line]:
    """The lines with kind and label, and whether each begins a unit."""
    width = max(line.end - line.start for line in block)
    listed = _is_list(text, block)
    lines: list[_Line] = []
    for index, line in enumerate(block):
        apart = index == 0 or listed or _stands_apart(text, lines[-1], line, width)
        labelled = _label(text, line)
        if labelled.label and (apart or _follows(text, lines[-1], labelled)):
            lines.append(labelled)
        elif apart and index + 1 < len(block) and _heads_lines(text, block, index, width, listed):
            lines.append(replace(line, kind=LineKind.HEADING))
        else:
            after_heading = index > 0 and lines[-1].kind is LineKind.HEADING
            lines.append(line if apart or after_heading else replace(line, opens=False))
    return lines


def _is_list(text: str, block: list[_Line]) -> bool:
    """Whether no line of three or more goes on from the one before: in wrapped prose some begin with a small letter."""
    digits = sum(text[line.start].isdigit() for line in block)
    return len(block) > 2 and not any(text[line.start].islower() for line in block) and (2 * digits <= len(block) or digits == len(block))


def _stands_apart(text: str, before: _Line, line: _Line, width: int) -> bool:
    """Whether the break before the line was meant: the sentence was over, or the next word would have fitted."""
    if text[line.start].islower():
        return False
    if before.kind is LineKind.HEADING:
        return True
    if _FINAL.search(text, max(before.start, before.end - 6), before.end):
        return before.end - before.start < width * 0.7 and width > 60 and before.kind is LineKind.PROSE
    return _room(text, before, line) < width - 10


def _room(text: str, before: _Line, line: _Line) -> int:
    """Length that the line before would have had with the first word of this one."""
    word = re.compile(r"\S{1,40}").match(text, line.start, line.end)
    return before.end - before.start + 1 + (len(word.group()) if word else 0)


def _deliberate(text: str, block: list[_Line], index: int) -> bool:
    """Whether the line after this one could have gone on in it: the first word would have fitted."""
    width = max(line.end - line.start for line in block[max(0, index - 20) : index + 20])
    before, line = block[index], block[index + 1]
    return not text[line.start].islower() and _room(text, before, line) < width - 10


def _follows(text: str, before: _Line, line: _Line) -> bool:
    """Whether a label in mid-block is one: after a line of the same sort, a colon or a final stop."""
    if before.kind is line.kind:
        return True
    return text[before.end - 1] == ":" or _FINAL.search(text, max(before.start, before.end - 6), before.end) is not None


def _heads_lines(text: str, block: list[_Line], index: int, width: int, listed: bool) -> bool:
    """Whether the line is a heading over the lines below it in the same block."""
    line = block[index]
    if _MARKDOWN.match(text, line.start, line.end):
        return True
    if line.end - line.start > 100:
        return False
    words = text[line.start : line.end].split()
    below = {_label(text, other).kind for other in block[index + 1 : index + 3]}
    below_labelled = len(below) == 1 and LineKind.PROSE not in below and (len(block) > index + 2 or _deliberate(text, block, index))
    if text[line.end - 1] == ":":
        return _names_section(words)
    if len(words) > 14 or _TERMINAL.search(text, max(line.start, line.end - 6), line.end):
        return False
    if listed and not below_labelled:
        below_line = block[index + 1]
        stopped = _FINAL.search(text, max(below_line.start, below_line.end - 6), below_line.end) is not None
        return index == 0 and len(words) <= 8 and (stopped or _is_title(" ".join(words)))
    return below_labelled or (_deliberate(text, block, index) and width > 45)


def _label(text: str, line: _Line) -> _Line:
    """The line with its kind and label, if it starts like an item of a list or a bulletin."""
    match = _SURE.match(text, line.start, line.end) or _BARE.match(text, line.start, line.end)
    if match and _WORDS.search(text, match.end(), line.end):
        return replace(line, kind=LineKind.BULLETIN, label=match.span())
    match = _NUMBERED.match(text, line.start, line.end) or _MARKED.match(text, line.start, line.end)
    if match and _WORDS.search(text, match.end(), line.end) and not _is_sign(match):
        inner = _SURE.match(text, match.end(), line.end)
        if inner and _WORDS.search(text, inner.end(), line.end):
            return replace(line, kind=LineKind.BULLETIN, label=(match.start(), inner.end()))
        return replace(line, kind=LineKind.BULLET, label=match.span())
    return line


def _is_sign(match: re.Match[str]) -> bool:
    """Whether a dash, star or plus without a blank is part of the word: "-5", "*note"."""
    return match.group()[-1] in "-*+–—·→" and not match.group()[-1].isspace()


def _unit_sentences(text: str, unit: _Unit, section: int, opens_section: bool) -> Iterator[Sentence]:
    start, dateline = unit.start, None
    if unit.kind is LineKind.PROSE:
        cut = dateline_end(text, unit.start, unit.end, opens_section)
        if cut and _WORDS.search(text, cut[1], unit.end):
            start, dateline = cut[1], (unit.start, cut[0])
    label = unit.label
    for lo, hi in _spans(text, start, unit.end, unit.kind):
        for piece in _pieces(text, lo, hi):
            yield Sentence(*piece, unit.kind, unit.paragraph, section, label, dateline)
            label, dateline = None, None


def _spans(text: str, start: int, stop: int, kind: LineKind) -> Iterator[tuple[int, int]]:
    if kind is LineKind.HEADING:
        yield _strip(text, start, stop)
        return
    for end, following in ends(text, start, stop):
        if _WORDS.search(text, start, end):
            yield _strip(text, start, end)
            start = following
    if start < stop:
        yield _strip(text, start, stop)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, cut at clause marks or blanks where it is too long."""
    while end - start > LONGEST:
        at = start + LONGEST
        for match in _CUT.finditer(text, start + LONGEST // 2, at):
            at = match.end()
            if match.group()[0] in ";:":
                break
        lo, hi = _strip(text, start, at)
        if lo < hi:
            yield lo, hi
        start = at
    lo, hi = _strip(text, start, end)
    if lo < hi:
        yield lo, hi
