"""How a speaker stands to an act: on the side that is said to have done it, on the side of those harmed, or neither."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sayso.gazetteers.actors import ActorContext, ActorList
from sayso.model import ActorTarget, Claim, Figure, Responsibility, Voice
from sayso.model.words import ActorKind, VoiceKind, VoiceRelation
from sayso.resolve.actor_sides import same_side
from sayso.resolve.actors import resolve_actor

_KINDS: Mapping[ActorKind, VoiceKind] = {
    ActorKind.GOVERNMENT: VoiceKind.STATE,
    ActorKind.STATE: VoiceKind.STATE,
    ActorKind.STATE_FORCE: VoiceKind.STATE,
    ActorKind.REBEL_GROUP: VoiceKind.ARMED_GROUP,
    ActorKind.POLITICAL_MILITIA: VoiceKind.ARMED_GROUP,
    ActorKind.IDENTITY_MILITIA: VoiceKind.ARMED_GROUP,
    ActorKind.INTERGOVERNMENTAL: VoiceKind.IGO,
    ActorKind.NGO: VoiceKind.NGO,
    ActorKind.MEDIA: VoiceKind.AGENCY,
}
_ARMED = frozenset({ActorKind.STATE_FORCE, ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA})
_BY_ROLE = frozenset({"role", "country of the report"})
_OPEN = (VoiceKind.UNNAMED, VoiceKind.PERSON)  # what the words alone could not tell


class Relations:
    """Sets side, kind and relation of the voices of one report."""

    def __init__(self, context: ActorContext, actors: ActorList, targets: Mapping[tuple[int, int], ActorTarget | None]) -> None:
        self._context = context
        self._actors = actors
        self._targets = targets
        self._known: dict[str, ActorTarget | None] = {}

    def claims(self, claims: Sequence[Claim]) -> list[Claim]:
        """The claims with their voices related to their actors and recipients."""
        return [self._claim(claim) for claim in claims]

    def figures(self, figures: Sequence[Figure], claims: Sequence[Claim]) -> list[Figure]:
        """The figures with their voices related to the act whose harm they count."""
        known = {claim.id: claim for claim in claims}
        return [replace(one, voices=self._voices(one.voices, *self._parties(known[one.claim]))) if one.claim in known else one for one in figures]

    def _parties(self, claim: Claim) -> tuple[list[ActorTarget], list[ActorTarget]]:
        actor, recipient = ([self._targets.get((span.start, span.end)) for span in spans] for spans in (claim.roles.actor, claim.roles.recipient))
        return [one for one in actor if one], [one for one in recipient if one]

    def _claim(self, claim: Claim) -> Claim:
        actors, recipients = self._parties(claim)
        told = claim.responsibility
        voices, by = (self._voices(said, actors, recipients) for said in (claim.voices, told.voices))
        if voices == claim.voices and by == told.voices:
            return claim
        return claim.with_voices(voices, Responsibility(told.status, by, told.reason))

    def _voices(self, voices: Sequence[Voice], actors: Sequence[ActorTarget], recipients: Sequence[ActorTarget]) -> tuple[Voice, ...]:
        return tuple(self._related(voice, actors, recipients) for voice in voices)

    def _related(self, voice: Voice, actors: Sequence[ActorTarget], recipients: Sequence[ActorTarget]) -> Voice:
        target = self._speaker(voice)
        if target is None:
            return voice
        kind = _KINDS.get(target.kind, voice.kind) if voice.kind in _OPEN else voice.kind
        relation = VoiceRelation.UNKNOWN
        if any(same_side(target, one, self._actors) for one in actors):
            relation = VoiceRelation.ACCUSED_SIDE
        elif any(same_side(target, one, self._actors) for one in recipients):
            relation = VoiceRelation.VICTIMS_SIDE
        elif actors and target.kind in _KINDS:
            relation = VoiceRelation.THIRD_PARTY
        side = voice.side or (target.name if target.kind in _KINDS and target.id else None)
        return replace(voice, kind=kind, side=side, relation=relation)

    def _speaker(self, voice: Voice) -> ActorTarget | None:
        """Who speaks: the outlet by the side it speaks for, others by their words."""
        words = (voice.side or "") if voice.kind is VoiceKind.OUTLET else voice.name
        if words not in self._known:
            answer = resolve_actor(words, self._context, self._actors) if words else None
            armed = answer is not None and answer.target is not None and answer.target.kind in _ARMED
            # An official or a medic is of nobody's side by being one: only a name, or a force told by its role, says whose side speaks.
            self._known[words] = answer.target if answer is not None and (answer.method not in _BY_ROLE or armed) else None
        return self._known[words]
