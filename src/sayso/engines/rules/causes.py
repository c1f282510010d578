"""Causes: what a sentence says came of what. Cues propose, learned weights decide; without weights the grades of the cues do."""

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.engines.engine import ActProposal, RelationProposal, Stretch
from sayso.engines.rules.cause_candidates import Candidate, candidates
from sayso.engines.rules.cause_features import features
from sayso.engines.rules.cause_parts import Part
from sayso.engines.rules.drafts import VIOLENT
from sayso.engines.rules.grammar import View
from sayso.languages.causes import CauseCues, Form, Grade
from sayso.model.words import Modality, RelationKind

_BY_GRADE = {Grade.SURE: 0.9, Grade.LIKELY: 0.6, Grade.OPEN: 0.2}  # what a cue is worth where nothing was learned
_LEAST = 0.5  # from which chance on a cause is told where nothing was learned, and at least one for an answer
_MOTIVES = (Form.LINK, Form.PARTICIPLE, Form.VERB)


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause with its effect and the words that tie them, as stretches of the text; `chance` that they do."""

    cause: Stretch
    effect: Stretch
    signal: Stretch
    cue: str
    chance: float


def causes(view: View, cues: CauseCues) -> tuple[Cause, ...]:
    """What a parsed sentence tells of causes, in the order of the signals."""
    found = candidates(view, cues)
    least = cues.weights.least if cues.weights else _LEAST
    told = ((one, chance(one, view, len(found), cues)) for one in found)
    return tuple(Cause(*_sides(one, view), one.cue.name, share) for one, share in told if share >= least)


def chance(one: Candidate, view: View, rivals: int, cues: CauseCues) -> float:
    """The chance that a candidate among so many of its sentence tells a cause."""
    if cues.weights:
        return cues.weights.chance(features(one, view, rivals))
    if one.cue.form is Form.INFINITIVE and one.cue.grade is Grade.OPEN:  # "marched to stop it", not "want to stop it"
        return _BY_GRADE[Grade.LIKELY if one.complement.dep_ == "advcl" else Grade.OPEN]
    return _BY_GRADE[one.cue.grade]


def _sides(one: Candidate, view: View) -> tuple[Stretch, Stretch, Stretch]:
    """Where cause, effect and signal stand in the text."""
    return _at(view, one.cause), _at(view, one.effect), _at(view, one.signal)


def _at(view: View, part: Part) -> Stretch:
    return view.stretch(view.doc[part.first], view.doc[part.last])


def answers(view: View, numbered: Sequence[tuple[int, ActProposal]], cues: CauseCues) -> tuple[RelationProposal, ...]:
    """The deeds of a sentence told as somebody's answer to another act of it; `numbered` are the sentence's acts with their numbers in the proposals.

    The deed lies in the effect, has an actor of its own and is told as done; the act lies in the cause, and is not the same actor's.
    """
    deeds = [one for one in numbered if _is_deed(one[1])]
    if len(numbered) < 2 or not deeds:
        return ()
    found = candidates(view, cues)
    made: dict[tuple[int, int], RelationProposal] = {}
    for one in found:
        if not _may_be_answered(one, cues):
            continue
        cause, effect, signal = _sides(one, view)
        told = [act for act in numbered if _inside(act[1].trigger, cause)]
        done = [act for act in deeds if _inside(act[1].trigger, effect)]
        pair = next(((deed, act) for deed in reversed(done) for act in told if not _shares_actor(deed[1], act[1])), None)
        if pair is not None and chance(one, view, len(found), cues) >= _LEAST:
            source, target = pair[0][0], pair[1][0]
            made.setdefault((source, target), RelationProposal(RelationKind.RESPONDS_TO, source, target, signal))
    return tuple(made.values())


def _may_be_answered(one: Candidate, cues: CauseCues) -> bool:
    """Whether the effect may be somebody's answer to the cause: not where a deed only did its harm, or was done in spite of what stands after the cue."""
    if one.cue.form is Form.PARTICIPLE and one.complement.dep_ == "acl":  # "shot at people holding a banner": it only says which people
        return False
    return one.cue.cause_after and one.cue.form in _MOTIVES and " ".join(one.cue.words) not in cues.unanswered


def _inside(trigger: Stretch, part: Stretch) -> bool:
    return part.start <= trigger.start < part.end


def _is_deed(act: ActProposal) -> bool:
    return act.type in VIOLENT and act.modality is Modality.ACTUAL and bool(act.actor)


def _shares_actor(one: ActProposal, other: ActProposal) -> bool:
    return any(mine.overlaps(theirs) for mine in one.actor for theirs in other.actor)
