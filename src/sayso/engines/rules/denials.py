"""Denials that point back: "the army denied it", "which the ministry denies". The act is told again, denied, in the denier's voice."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from sayso.engines.engine import ActProposal, Stretch
from sayso.engines.rules.assembling import voice_of
from sayso.engines.rules.voices import Attribution
from sayso.languages.cases import Cases
from sayso.model.words import Modality, ResponsibilityStatus, Stance
from sayso.text.sentence import Sentence

_POINTING = frozenset({"it", "this", "that", "which", "them", "these", "those"})
_ARTICLES = ("the ", "this ", "that ", "these ", "those ", "all ", "such ", "both ", "any ")
_TELLING = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "AID", "SUPPORT", "COOPERATE", "CONSULT", "RETREAT", "SANCTION"})


def pointing_denials(text: str, lines: Sequence[Sentence], acts: Sequence[ActProposal], found: Sequence[Attribution], cases: Cases) -> list[ActProposal]:
    """Denied acts that the denials of the text point back to, each with the pointing words as its trigger."""
    denied: list[ActProposal] = []
    acts = sorted(acts, key=lambda act: act.trigger)
    starts, triggers = [line.start for line in lines], [act.trigger.start for act in acts]
    for one in found:
        if one.stance is not Stance.DENIED or one.negated or one.source is None:
            continue
        at = _points_back(text, one, cases)
        number = bisect_right(starts, one.cue[0]) - 1
        if at is None or number < 0 or one.cue[0] >= lines[number].end:
            continue
        opening = lines[max(0, number - 1)].start
        near = acts[bisect_left(triggers, opening) : bisect_left(triggers, lines[number].end)]
        denied += [_denied(text, act, at, one) for act in _meant(near, at, one, lines[number])]
    return denied


def _denied(text: str, act: ActProposal, at: Stretch, one: Attribution) -> ActProposal:
    """The act told again as denied, with the pointing words as its trigger."""
    cue, pointing, told = (text[start:end] for start, end in (one.cue, at, act.trigger))
    return replace(
        act,
        trigger=at,
        modality=Modality.DENIED,
        voices=(voice_of(one),),
        responsibility=ResponsibilityStatus.DENIED if act.actor else ResponsibilityStatus.UNKNOWN,
        signs=(*act.signs, ("points back", 1.0)),
        reason=f"{cue!r} points back with {pointing!r} to {told!r}",
    )


def _points_back(text: str, one: Attribution, cases: Cases) -> Stretch | None:
    """The words by which a denial points back: a pronoun, or a noun such as "the accusation"; None where it says itself what is denied."""
    if not one.content:
        return None
    start, end = one.content[0][0], one.content[-1][1]
    words = text[start:end].strip().rstrip(".,;!").lower()
    bare = words
    for article in _ARTICLES:
        bare = bare.removeprefix(article)
    nouns = cases.negation.accounts | {f"{noun}s" for noun in cases.negation.accounts}
    if words in _POINTING or bare in nouns:
        length = len(text[start:end].rstrip(" .,;!\n")) or 1
        return Stretch(start, start + length)
    return None


def _meant(near: Sequence[ActProposal], at: Stretch, one: Attribution, line: Sentence) -> list[ActProposal]:
    """Of the acts of a line and the one before it, those told last before the denial, in its own line if there are any, by one voice."""
    before = [act for act in near if act.type in _TELLING and act.modality is Modality.ACTUAL and act.trigger.end <= min(one.cue[0], at.start)]
    told = [act for act in before if act.trigger.start >= line.start] or before
    if not told:
        return []
    voice = told[-1].voices[-1:]
    return [act for act in told if act.voices[-1:] == voice][-2:]
