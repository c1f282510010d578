"""Attribution: one speaker, the stance, and the stretches of text that are theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

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


def speaking(found: Sequence[Attribution], position: int) -> tuple[Attribution, ...]:
    """The chain of those who tell what stands at the position: named speakers only, without what is wished, planned, asked for or judged."""
    return tuple(one for one in chain(found, position) if one.told and one.source is not None)


def chain(found: Sequence[Attribution], position: int) -> tuple[Attribution, ...]:
    """The attributions whose content covers the position, outermost first."""
    covering = [one for one in found if one.covers(position)]
    sizes = {one.cue: sum(end - start for start, end in one.content) for one in covering}
    # One that holds another's cue stands outside it; a wider content counts where neither holds the other's.
    depth = {one.cue: sum(other is not one and not other.inner and other.covers(one.cue[0]) for other in covering) for one in covering}
    return tuple(sorted(covering, key=lambda one: (depth[one.cue], one.inner, -sizes[one.cue], one.cue)))
