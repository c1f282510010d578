"""Quotations: which words of a text stand between quote marks. One pass, linear in the length of the text."""

import re
from bisect import bisect_right
from dataclasses import dataclass

_TOKEN = re.compile(r"``|''|[\"“”„‟«»‹›「」『』'‘’‚‛]|(?:\r\n|[\n\r\x85\u2028])[^\S\n\r\x85\u2028]*(?:\r\n|[\n\r\x85\u2028])\s*|\u2029\s*")
_OPENERS = {"“": "double", "„": "double", "‟": "double", "``": "double", "«": "angle", "‹": "angle1", "「": "corner", "『": "corner1"}
_CLOSERS = {"”": "double", "''": "double", "»": "angle", "›": "angle1", "」": "corner", "』": "corner1"}
_SINGLES = frozenset("'‘’‚‛")
_FEET = re.compile(r"\d['’]\s?\d{1,2}$")
_NO_OPENER = re.compile(r"\d0s|\d\d(?!\w)|(?:em|tis|twas|til|till|cause|bout|round|n)\b", re.IGNORECASE)  # '90s, 'em
_LOOK = 300  # code points after an s' within which a better closing mark is looked for
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Quotation:
    """[start, end) with the marks, [inner_start, inner_end) without; `parent` is the number of the quotation around it."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class _Open:
    start: int
    inner_start: int
    family: str
    mark: str


def quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations in the order in which they open, inner ones after the one around them."""
    found = sorted(_Reader(text).read(), key=lambda quotation: (quotation.start, -quotation.end))
    nested: list[Quotation] = []
    around: list[int] = []
    for number, quotation in enumerate(found):
        while around and nested[around[-1]].end <= quotation.start:
            around.pop()
        parent = around[-1] if around else None
        nested.append(Quotation(quotation.start, quotation.end, quotation.inner_start, quotation.inner_end, quotation.closed, parent))
        around.append(number)
    return tuple(nested)


def inside(found: tuple[Quotation, ...], position: int) -> Quotation | None:
    """The innermost quotation that holds the position (its marks count as inside), or None."""
    number = bisect_right(found, position, key=lambda quotation: quotation.start) - 1
    while number >= 0 and position >= found[number].end:
        parent = found[number].parent
        number = -1 if parent is None else parent
    return found[number] if number >= 0 else None


class _Reader:
    """One pass over the marks of a text: the open quotations are a stack, the ended ones a list."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_TOKEN.finditer(text))
        self.open: list[_Open] = []
        self.ended: list[Quotation] = []
        self.ahead = self._closing_ahead()

    def read(self) -> list[Quotation]:
        """The quotations, in the order in which they end."""
        carried_to = 0
        for number, token in enumerate(self.tokens):
            mark = token.group()
            if token.start() < carried_to:
                continue  # a mark that only says "still quoting"
            if mark[0].isspace():
                carried_to = self._paragraph(token)
            elif mark in _SINGLES:
                self._single(number, token)
            elif mark == '"':
                self._straight(token)
            else:
                self._shaped(token)
        self._end_from(0, len(self.text))
        return self.ended

    def _closing_ahead(self) -> list[int | None]:
        """For each token, the position of the next single mark in its paragraph that could close, if none could open before it."""
        ahead: list[int | None] = [None] * len(self.tokens)
        following: int | None = None
        for number in range(len(self.tokens) - 1, -1, -1):
            ahead[number] = following
            token = self.tokens[number]
            if token.group()[0].isspace():
                following = None
            elif token.group() in _SINGLES and self._closes(token):
                following = token.start()
        return ahead

    def _around(self, token: re.Match[str]) -> tuple[str, str]:
        """The code points before and after the mark; a blank at the ends of the text."""
        before = self.text[token.start() - 1] if token.start() else " "
        after = self.text[token.end()] if token.end() < len(self.text) else " "
        return before, after

    def _opens(self, token: re.Match[str]) -> bool:
        before, after = self._around(token)
        return not before.isalnum() and before not in ".,!?…;%)]" and not after.isspace() and after not in ".,!?;:)]"

    def _closes(self, token: re.Match[str]) -> bool:
        before, after = self._around(token)
        return not before.isspace() and not after.isalnum() and before not in "([—–"

    def _single(self, number: int, token: re.Match[str]) -> None:
        before, after = self._around(token)
        if before.isalnum() and after.isalnum():
            return  # don't
        mark = token.group()
        if self.open and self.open[-1].family == "single" and mark not in "‘‚" and self._closes(token):
            if not self._is_plural(number, token):
                self._close(len(self.open) - 1, token)
            return
        if mark == "’" or not self._opens(token) or _NO_OPENER.match(self.text, token.end()):
            return
        if mark == "'" and self.ahead[number] is None:
            return  # nothing closes it in this paragraph
        at = self._top("single")
        if at is not None:
            if self._begins_line(token):
                return
            self._end_from(at, token.start())
        self._push(token, "single")

    def _is_plural(self, number: int, token: re.Match[str]) -> bool:
        """Whether an s' inside single quotes is a possessive: a word follows, and a mark that closes better is near."""
        before, after = self._around(token)
        ahead = self.ahead[number]
        if before not in "sS" or after != " " or ahead is None or ahead - token.end() > _LOOK:
            return False
        if not self.text[token.end() + 1 : token.end() + 2].islower() or self.text[ahead - 1] in "sS":
            return False
        return not any(self._opens(other) for other in self.tokens[number + 1 : number + 8] if other.start() < ahead and other.group() in _SINGLES)

    def _straight(self, token: re.Match[str]) -> None:
        if _FEET.search(self.text, max(0, token.start() - 5), token.start()):
            return  # 5'11"
        before, after = self._around(token)
        at = self._top("double")
        opens, closes = self._opens(token), self._closes(token)
        if at is None:
            if before.isdigit() and not opens:
                return  # 12" pipe
            if opens or (before.isspace() and token.end() < len(self.text)) or (before.islower() and after.isupper()):
                self._push(token, "double")
        elif not opens or (closes and not before.isspace()) or self.open[at].mark != '"':
            if opens and not closes:
                self._push(token, "double")
            else:
                self._close(at, token)
        elif not self._begins_line(token):
            self._end_from(at, token.start())
            self._push(token, "double")

    def _shaped(self, token: re.Match[str]) -> None:
        """Take a mark whose shape says how it is used; German “ and « close, Swedish ” opens."""
        mark = token.group()
        family = _OPENERS.get(mark) or _CLOSERS[mark]
        at = self._top(family)
        turned = {"“": "„‟", "«": "»", "‹": "›"}.get(mark, "")
        if at is not None and (mark in _CLOSERS or (turned and self.open[at].mark in turned)):
            self._close(at, token)
        elif mark in _CLOSERS:
            if self._opens(token):
                self._push(token, family)
        elif at is None or self.open[at].mark != mark:
            self._push(token, family)
        elif not self._begins_line(token):
            self._end_from(at, token.start())
            self._push(token, family)

    def _begins_line(self, token: re.Match[str]) -> bool:
        """Whether only blanks stand between the line's start and the mark: it carries on an open quotation."""
        before = self.text[max(0, token.start() - 8) : token.start()].rstrip(" \t")
        return before.endswith(("\n", "\r"))

    def _paragraph(self, token: re.Match[str]) -> int:
        """End what is open, but for marks that the next paragraph repeats; gives the position up to which marks are repeats."""
        at = token.end()
        kept = 0
        for opened in self.open:
            mark = self.text[at : at + len(opened.mark)]
            if mark != opened.mark and not {mark, opened.mark} <= {'"', "“"}:
                break
            at += len(mark)
            kept += 1
        self._end_from(kept, token.start())
        return at

    def _top(self, family: str) -> int | None:
        return next((at for at in range(len(self.open) - 1, -1, -1) if self.open[at].family == family), None)

    def _push(self, token: re.Match[str], family: str) -> None:
        if len(self.open) < _DEEPEST:
            self.open.append(_Open(token.start(), token.end(), family, token.group()))

    def _close(self, at: int, token: re.Match[str]) -> None:
        self._end_from(at + 1, token.start())
        opened = self.open.pop()
        self.ended.append(Quotation(opened.start, token.end(), opened.inner_start, token.start(), True))

    def _end_from(self, at: int, end: int) -> None:
        """End all that was opened from `at` on without a closing mark; a single mark inside others was an apostrophe."""
        while end > 0 and self.text[end - 1].isspace():
            end -= 1
        while len(self.open) > at:
            opened = self.open.pop()
            apostrophe = opened.mark == "'" or (opened.family == "single" and bool(self.open))
            if not apostrophe and end > opened.inner_start:
                self.ended.append(Quotation(opened.start, end, opened.inner_start, end, False))
