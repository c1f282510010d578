"""The veil: a text whose actor names are replaced by neutral ones, so that who did it cannot change what was done.

A neutral name depends on the shape of the name and on the order in which the identities first appear in the text, never on the name itself.
What depends on the name is made even: "a Russian" and "an Iranian" get the article of the neutral name, "the" before a proper name
is dropped ("the PKK said", "Hamas said"), and so is the difference between "Hamas' men" and "Hezbollah's men".
One-sided words are levelled with them: the coder sees the plain word in their place ("killed" for "neutralised" and for "martyred").
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from sayso.text.quotes import Quotation, inside, quotations
from sayso.text.segmenting import sentences


class Shape(StrEnum):
    """How a name is used in its sentence."""

    NAME = "name"  # "Hezbollah said"
    PLURAL = "plural"  # "the Al-Quds Brigades have"
    ADJECTIVE = "adjective"  # "Israeli jets"
    PEOPLE = "people"  # "two Israelis", "the Houthis"
    COUNTRY = "country"  # "Israel"
    CAPITAL = "capital"  # "Ankara said"
    PERSON = "person"  # "Erdogan said"


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """[start, end) of a name in a text, how it is used, and whose name it is."""

    start: int
    end: int
    shape: Shape
    identity: str


@dataclass(frozen=True, slots=True, order=True)
class PlainWord:
    """[start, end) of a one-sided word and the plain one that stands there under the veil; "" where it is dropped."""

    start: int
    end: int
    plain: str


@dataclass(frozen=True, slots=True)
class Piece:
    """[start, end) of the source and what stands there under the veil; `name` is None for an article, a possessive or a word made even."""

    start: int
    end: int
    veiled_start: int
    veiled_end: int
    name: NamedSpan | None


# Invented words with the endings that English has for each shape, those first that a parser reads most like real ones (measured).
_STEMS: tuple[str, ...] = tuple(
    re.findall(
        r"\w+",
        """Ardov, Belmar, Jorvan, Tarvel, Yorvan, Ostrav, Lorvan, Norvel, Corvan, Garvan, Ulmar, Sorvan, Fordan, Halvor, Istran, Wendar,
        Quarn, Pelmor, Elvar, Ambrov, Velmor, Zelmar, Relmar, Kelmar, Dolmar, Mordan""",
    )
)
_PREFIXES = ("Tra", "Mer", "Vos", "Kal", "Lun", "Dor", "Bas", "Fen")  # of one length, so that no two runs of them give the same word
_ENDINGS = {
    Shape.NAME: "a",
    Shape.PLURAL: "ers",
    Shape.ADJECTIVE: "ian",
    Shape.PEOPLE: "ians",
    Shape.COUNTRY: "ia",
    Shape.CAPITAL: "burg",
    Shape.PERSON: "son",
}
_PROPER = frozenset((Shape.NAME, Shape.PLURAL, Shape.COUNTRY, Shape.CAPITAL, Shape.PERSON))  # "the" before these belongs to the name
_LEADING_THE = re.compile(r"[Tt][Hh][Ee]\s+(?=\S)")
_THE = re.compile(r"(?<!\w)[Tt][Hh][Ee]\s$")
_New = tuple[int, int, str, NamedSpan | None]
_ARTICLE = re.compile(r"(?<!\w)([Aa][Nn]?)\s[\"“'‘«]?$")
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Veiled:
    """A veiled text, and the way back: every position maps to the source and from it."""

    text: str
    source: str
    pieces: tuple[Piece, ...]
    _bounds: tuple[list[int], ...] = field(init=False, repr=False, compare=False)  # where pieces begin and end, veiled and in the source

    def __post_init__(self) -> None:
        pieces = self.pieces
        bounds = (
            [piece.veiled_start for piece in pieces],
            [piece.veiled_end for piece in pieces],
            [piece.start for piece in pieces],
            [piece.end for piece in pieces],
        )
        object.__setattr__(self, "_bounds", bounds)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source behind [start, end) of the veiled text; a span that cuts a name covers the whole name."""
        _check(start, end, len(self.text))
        low = self._source_at(start, bisect_right(self._bounds[0], start) - 1, True)
        high = self._source_at(end, bisect_left(self._bounds[1], end), False)
        return low, max(low, high)

    def from_source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the veiled text over [start, end) of the source; a span that cuts a name covers the whole neutral name."""
        _check(start, end, len(self.source))
        low = self._veiled_at(start, bisect_right(self._bounds[2], start) - 1, True)
        high = self._veiled_at(end, bisect_left(self._bounds[3], end), False)
        return low, max(low, high)

    def _source_at(self, at: int, number: int, begins: bool) -> int:
        """The source position of `at`: the number is that of the last piece that begins, or the first that ends, there."""
        if not 0 <= number < len(self.pieces):
            return at if begins else at + len(self.source) - len(self.text)
        piece = self.pieces[number]
        if begins:
            return piece.start if at < piece.veiled_end else at - piece.veiled_end + piece.end
        return piece.end if at > piece.veiled_start else at - piece.veiled_start + piece.start

    def _veiled_at(self, at: int, number: int, begins: bool) -> int:
        if not 0 <= number < len(self.pieces):
            return at if begins else at + len(self.text) - len(self.source)
        piece = self.pieces[number]
        if begins:
            return piece.veiled_start if at < piece.end else at - piece.end + piece.veiled_end
        return piece.veiled_end if at > piece.start else at - piece.start + piece.veiled_start


def veil(text: str, names: Iterable[NamedSpan], words: Iterable[PlainWord] = ()) -> Veiled:
    """The text with each name and one-sided word replaced; ValueError if a name is empty, outside the text, or overlaps another."""
    spans = _checked(text, names)
    stems = {identity: stem_of(number) for number, identity in enumerate(dict.fromkeys(span.identity for span in spans))}
    parts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    length = 0
    for start, end, written, name in _with_words(text, list(_replacements(text, spans, stems)), words):
        parts += (text[at:start], written)
        length += start - at
        pieces.append(Piece(start, end, length, length + len(written), name))
        length += len(written)
        at = end
    parts.append(text[at:])
    return Veiled("".join(parts), text, tuple(pieces))


def stem_of(number: int) -> str:
    """The stem of the identity with this number, from 0; no two numbers share one."""
    stem = _STEMS[number % len(_STEMS)]
    rounds = number // len(_STEMS)
    while rounds:
        rounds, digit = divmod(rounds - 1, len(_PREFIXES))
        stem = _PREFIXES[digit] + stem.lower()
    return stem


def _checked(text: str, names: Iterable[NamedSpan]) -> list[NamedSpan]:
    """The names in order, without a leading "the", a possessive, or the full stop of their sentence."""
    spans = sorted(names, key=lambda span: (span.start, span.end))
    last = 0
    for span in spans:
        if not last <= span.start < span.end <= len(text):
            raise ValueError(f"name at [{span.start}, {span.end}) is empty, outside the text, or overlaps the name before it")
        last = span.end
    stopped = any(text[span.end - 1] == "." for span in spans)
    final = {sentence.end for sentence in sentences(text)} if stopped else set()
    return [_trimmed(text, span, final) for span in spans]


def _trimmed(text: str, span: NamedSpan, final: set[int]) -> NamedSpan:
    start, end = span.start, span.end
    if end in final and text[end - 1] == "." and end - start > 1:
        end -= 1
    match = _POSSESSIVE.search(text, start, end)
    if match and match.start() > start:
        end = match.start()
    the = _LEADING_THE.match(text, start, end)
    return NamedSpan(the.end() if the else start, end, span.shape, span.identity)


def _replacements(text: str, spans: list[NamedSpan], stems: dict[str, str]) -> Iterator[tuple[int, int, str, NamedSpan | None]]:
    """(start, end, what is written there, the name) in the order of the text: articles, names, possessives."""
    capitals = _capital_lines(text, spans)
    quoted: tuple[Quotation, ...] | None = None
    free = 0  # up to here the text is already replaced
    for span, upper in zip(spans, capitals, strict=True):
        neutral = stems[span.identity] + _ENDINGS[span.shape]
        before = text[max(free, span.start - 6) : span.start]
        yield from _article(before, span, neutral[0] in "AEIOU", upper)
        yield span.start, span.end, neutral.upper() if upper else neutral, span
        free = span.end
        if _is_bare_possessive(text, span):
            quoted = quotations(text) if quoted is None else quoted
            around = inside(quoted, span.end)
            if around is None or around.inner_end != span.end:
                free = span.end + 1
                yield span.end, free, text[span.end] + ("S" if upper else "s"), None


def _with_words(text: str, named: list[_New], words: Iterable[PlainWord]) -> list[_New]:
    """The replacements and those of words that none of them touches, in order: the articles before the words, then the words."""
    taken = [(start, end) for start, end, _, _ in named]
    made = list(named)
    for word in words:
        start, end, plain = word.start, word.end, word.plain
        if not plain:  # the blank behind goes with it
            end += len(text[end:]) - len(text[end:].lstrip(" "))
        at = bisect_left(taken, (end,)) - 1
        if at >= 0 and taken[at][1] > start:
            continue
        article = _ARTICLE.search(text, max(0, start - 5), start)
        following = plain or text[end : end + 1]
        if article and following and not (at >= 0 and taken[at][1] > article.start(1)):
            written = article[1][0] + ("n" if following[0] in "aeiouAEIOU" else "")
            made.append((article.start(1), article.end(1), written.upper() if article[1].isupper() and len(article[1]) > 1 else written, None))
        made.append((start, end, plain, None))
    return sorted(made, key=lambda new: new[:2])


def _article(before: str, span: NamedSpan, vowel: bool, upper: bool) -> Iterator[tuple[int, int, str, None]]:
    the = _THE.search(before)
    if the and span.shape in _PROPER:
        yield span.start - len(before) + the.start(), span.start, "", None
        return
    article = _ARTICLE.search(before)
    if article:
        start = span.start - len(before) + article.start(1)
        word = article[1][0] + ("n" if vowel else "")
        yield start, start + len(article[1]), word.upper() if upper else word, None


def _is_bare_possessive(text: str, span: NamedSpan) -> bool:
    """Whether an apostrophe alone makes a singular name possessive: "Hamas' men"."""
    if span.shape not in (Shape.NAME, Shape.COUNTRY, Shape.CAPITAL, Shape.PERSON) or text[span.end - 1] not in "sSzZx":
        return False
    return text[span.end : span.end + 1] in ("'", "’") and text[span.end + 1 : span.end + 2] == " " and text[span.end + 2 : span.end + 3].isalnum()


def _capital_lines(text: str, spans: list[NamedSpan]) -> list[bool]:
    """For each name, whether its line is written in capitals, judged by the words around the names alone."""
    answers: list[bool] = []
    number = 0
    while number < len(spans):
        start = max(text.rfind("\n", 0, spans[number].start), 0)
        stop = text.find("\n", spans[number].end)
        stop = len(text) if stop < 0 else stop
        last = number
        while last < len(spans) and spans[last].start < stop:
            last += 1
        edges = [start, *(edge for span in spans[number:last] for edge in (span.start, span.end)), max(stop, spans[last - 1].end)]
        around = "".join(text[edges[at] : edges[at + 1]] for at in range(0, len(edges), 2))
        answers += [around.isupper() and sum(map(str.isupper, around)) > 1] * (last - number)
        number = last
    return answers


def _check(start: int, end: int, length: int) -> None:
    if not 0 <= start <= end <= length:
        raise ValueError(f"span [{start}, {end}) is outside a text of {length} code points")
