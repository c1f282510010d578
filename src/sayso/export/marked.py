"""A report's text as HTML with marks: overlapping spans are cut at each other's ends, and characters that steer are shown, not obeyed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from sayso.export.wording import STEERING
from sayso.model import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Half-open [start, end) of a text and what it is to whom: `c1:actor`, `f2:figure`, `l1:loaded`."""

    start: int
    end: int
    token: str
    gloss: str | None = None

    @property
    def role(self) -> str:
        """What the words are to the record."""
        return self.token.split(":")[1]


def mark(span: Span, token: str, gloss: str | None = None) -> Mark:
    """The mark on a span."""
    return Mark(span.start, span.end, token, gloss)


def marked_lines(text: str, marks: Iterable[Mark], prefix: str) -> Iterator[str]:
    """Each line of the text that holds words as one HTML paragraph; `prefix` keeps ids of several reports apart."""
    pieces = _Pieces(sorted(marks, key=lambda one: (one.start, one.end, one.token)), prefix)
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            yield f'<p dir="auto" data-start="{start}">{"".join(pieces.html(text, start, end))}</p>'
        start = end + 1


def marked_words(text: str, window: tuple[int, int], marks: Iterable[Mark]) -> str:
    """A stretch of the text with the marks of one claim on it, for its card."""
    pieces = _Pieces(sorted(marks, key=lambda one: (one.start, one.end, one.token)), None)
    return "".join(pieces.html(text, *window))


def shown(text: str) -> str:
    """The text escaped, with a visible sign for each character that would act on its surroundings."""
    return STEERING.sub(lambda found: f'<span class="ctl">U+{ord(found[0]):04X}</span>', escape(text))


class _Pieces:
    """Marks given out piece by piece to a text read from left to right."""

    def __init__(self, marks: list[Mark], prefix: str | None) -> None:
        self._marks, self._next, self._open, self._prefix = marks, 0, list[Mark](), prefix
        self._anchored: set[str] = set()

    def html(self, text: str, start: int, end: int) -> Iterator[str]:
        """The HTML of text[start:end], cut wherever a mark begins or ends."""
        at = start
        while at < end:
            self._advance(at)
            begins = self._marks[self._next].start if self._next < len(self._marks) else end
            cut = min([end, max(begins, at + 1), *[one.end for one in self._open]])
            yield self._piece(text[at:cut])
            at = cut

    def _advance(self, at: int) -> None:
        while self._next < len(self._marks) and self._marks[self._next].start <= at:
            self._open.append(self._marks[self._next])
            self._next += 1
        self._open = [one for one in self._open if one.end > at]

    def _piece(self, words: str) -> str:
        if not self._open or not words:
            return shown(words)
        roles = dict.fromkeys(one.role for one in self._open)
        if self._prefix is None:
            return f'<mark class="{" ".join(f"on-{role}" for role in roles)}">{shown(words)}</mark>'
        kinds = " ".join(f"is-{role}" for role in roles if role in ("trigger", "figure", "loaded"))
        attributes = [f'data-m="{" ".join(one.token for one in self._open)}"', f'class="m {kinds}"'.replace(' "', '"')]
        gloss = next((one.gloss for one in self._open if one.gloss), None)
        if gloss:
            attributes.append(f'title="{escape(gloss)}"')
        anchors, stop = self._anchors()
        return f"{anchors}<span {' '.join(attributes)}{stop}>{shown(words)}</span>"

    def _anchors(self) -> tuple[str, str]:
        """Where links to claims and figures that begin here lead, and a keyboard stop where a claim's act does."""
        new = [one.token for one in self._open if one.token[0] + one.role in ("ctrigger", "ffigure") and one.token not in self._anchored]
        self._anchored.update(new)
        anchors = "".join(f'<span id="{self._prefix}-{token.split(":")[0]}-at"></span>' for token in dict.fromkeys(new))
        return anchors, ' tabindex="0" role="button"' if any(token[0] == "c" for token in new) else ""
