"""Attribution: one speaker, the stance, and the stretches of text that are theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.engines.rules.voice_line import Range
from sayso.model.words import Stance, VoiceKind


@dataclass(frozen=True, slots=True)
class Attribution:
    """One speaker with what is theirs; offsets are those of the veiled text."""

    sentence: int  # Parsed.index of the cue's sentence
    cue: Range
    stance: Stance
    source: Range | None  # None: no speaker told ("reportedly", "was reported")
    kind: VoiceKind
    content: tuple[Range, ...]
    negated: bool  # "has not said"
    carried: bool = False  # the speaker was found in an earlier sentence
    named: Range | None = None  # for a pronoun, a role or a short name: the fuller name earlier in the text
    told: bool = True  # False: wished, planned, asked for or judged ("plans to", "urged them to", "condemned"): an act in it stays in the voice outside
    inner: bool = False  # a source behind the speaker, with the same content ("X, citing Y, said")

    def covers(self, position: int) -> bool:
        """Whether the position lies in the content."""
        return any(start <= position < end for start, end in self.content)


_PAGE = 512  # code points


class _Same:
    """A list of attributions that is known again by being the same object: comparing all that is in it would cost more than it saves."""

    __slots__ = ("found",)

    def __init__(self, found: Sequence[Attribution]) -> None:
        self.found = found

    def __hash__(self) -> int:
        return id(self.found)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.found is self.found


@lru_cache(maxsize=2)
def _pages(same: _Same) -> dict[int, list[Attribution]]:
    """The attributions by the stretches of the text that their contents reach into: a report's acts ask one by one who tells them."""
    pages: dict[int, list[Attribution]] = {}
    for one in same.found:
        for page in sorted({page for start, end in one.content if start < end for page in range(start // _PAGE, (end - 1) // _PAGE + 1)}):
            pages.setdefault(page, []).append(one)
    return pages


def speaking(found: Sequence[Attribution], position: int) -> tuple[Attribution, ...]:
    """The chain of those who tell what stands at the position: named speakers only, without what is wished, planned, asked for or judged."""
    return tuple(one for one in chain(found, position) if one.told and one.source is not None)


def chain(found: Sequence[Attribution], position: int) -> tuple[Attribution, ...]:
    """The attributions whose content covers the position, outermost first."""
    near = _pages(_Same(found)).get(position // _PAGE, ()) if isinstance(found, tuple) else found
    covering = [one for one in near if one.covers(position)]
    if len(covering) < 2:
        return tuple(covering)
    sizes = {one.cue: sum(end - start for start, end in one.content) for one in covering}
    # One that holds another's cue stands outside it; a wider content counts where neither holds the other's.
    depth = {one.cue: sum(other is not one and not other.inner and other.covers(one.cue[0]) for other in covering) for one in covering}
    return tuple(sorted(covering, key=lambda one: (depth[one.cue], one.inner, -sizes[one.cue], one.cue)))
