"""Grounding of proposals: claims and figures whose every word stands in the text, or a Refusal that says why not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sayso.engines.engine import ActProposal, FigureProposal, Proposals, Stretch, VoiceProposal
from sayso.model import (
    Act,
    Claim,
    Document,
    Figure,
    Membership,
    Mention,
    Origin,
    Refusal,
    Relation,
    Responsibility,
    Roles,
    Span,
    Voice,
)
from sayso.model.words import MentionKind, ResponsibilityStatus, VoiceKind

# Maps a stretch of the veiled text to [start, end) of the document's text.
ToSource = Callable[[int, int], tuple[int, int]]


_OURSELVES = frozenset({"we", "us", "our", "i", "me"})


@dataclass(slots=True)
class Grounded:
    """What became of an engine's proposals."""

    claims: list[Claim] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    mentions: dict[tuple[MentionKind, int, int], Mention] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)


def outlet_voice(document: Document) -> Voice:
    """The first link of every chain: the outlet, which stands in the metadata and not in the text."""
    return Voice(document.source.name, VoiceKind.OUTLET, side=document.source.side)


class Grounder:
    """Grounds the proposals of one report."""

    def __init__(self, document: Document, to_source: ToSource, origin: Origin) -> None:
        self.document = document
        self.origin = origin
        self._to_source = to_source
        self._outlet = outlet_voice(document)
        self._spans: dict[tuple[int, int], Span | None] = {}  # the same words are pointed at again and again

    def ground(self, proposals: Proposals) -> Grounded:
        """Claims, figures, relations and memberships; what cannot be grounded is refused with its reason."""
        result = Grounded()
        ids: dict[int, str] = {}
        known: set[str] = set()
        for number, act in enumerate(proposals.acts):
            claim = self._claim(act, result)
            if claim is None:
                continue
            if claim.id not in known:
                result.claims.append(claim)
            known.add(claim.id)
            ids[number] = claim.id
        self._figures(proposals.figures, ids, result)
        for relation in proposals.relations:
            span = self._span(relation.at)
            source, target = ids.get(relation.source), ids.get(relation.target)
            if span is None or source is None or target is None or source == target:
                result.refusals.append(
                    Refusal(f"relation at {relation.at}", "one of the two acts, or the words that tie them, is not in the text", self.origin)
                )
                continue
            result.relations.append(Relation(relation.kind, source, target, span))
        for one in proposals.memberships:
            first, second = (self._mention(MentionKind.ACTOR, at, result) for at in (one.coalition, one.member))
            span = self._span(one.at)
            if first is None or second is None or span is None or first.id == second.id:
                result.refusals.append(Refusal(f"membership at {one.at}", "the coalition or the member is not in the text", self.origin))
                continue
            result.memberships.append(Membership(first.id, second.id, span))
        return result

    def _claim(self, act: ActProposal, result: Grounded) -> Claim | None:
        trigger = self._span(act.trigger)
        if trigger is None:
            result.refusals.append(Refusal(f"{act.type} at {act.trigger}", "its trigger is not in the text", self.origin))
            return None
        voices = self.voices(act.voices)
        roles = Roles(
            actor=self._role(MentionKind.ACTOR, act.actor, result),
            recipient=self._role(MentionKind.ACTOR, act.recipient, result),
            instrument=self._role(MentionKind.INSTRUMENT, act.instrument, result),
            place=self._role(MentionKind.PLACE, act.place, result),
            time=next(iter(self._role(MentionKind.TIME, (act.time,) if act.time else (), result)), None),
        )
        by = voices[-1:] if act.responsibility is not ResponsibilityStatus.UNKNOWN else ()
        return Claim(
            trigger=trigger,
            act=Act(act.type, act.mode),
            voices=voices,
            modality=act.modality,
            certainty=act.certainty,
            roles=roles,
            responsibility=Responsibility(act.responsibility, by, act.actor_unknown),
            victim_status=act.victim_status,
            historical=act.historical,
            confidence=act.confidence,
            reason=act.reason,
            origin=self.origin,
        )

    def _figures(self, proposed: Sequence[FigureProposal], ids: dict[int, str], result: Grounded) -> None:
        made: dict[int, str] = {}
        known: set[str] = set()
        for number, one in enumerate(proposed):
            span = self._span(one.at)
            if span is None:
                result.refusals.append(Refusal(f"figure of {one.measure} at {one.at}", "its words are not in the text", self.origin))
                continue
            since, group = (self._span(at) if at else None for at in (one.since, one.group))
            figure = Figure(
                span=span,
                measure=one.measure,
                low=one.low,
                high=one.high,
                voices=self.voices(one.voices),
                point=one.point,
                operator=one.operator,
                approximate=one.approximate,
                term=one.term,
                group=group.quote if group else None,
                status=one.status,
                scope=one.scope,
                change=one.change,
                since=since.quote if since else None,
                part_of=made.get(one.part_of) if one.part_of is not None else None,
                modality=one.modality,
                claim=ids.get(one.act) if one.act is not None else None,
                confidence=one.confidence,
                origin=self.origin,
            )
            if figure.id in known:
                continue
            known.add(figure.id)
            made[number] = figure.id
            result.figures.append(figure)
            self._mention(MentionKind.FIGURE, one.at, result)

    def voices(self, proposed: Sequence[VoiceProposal]) -> tuple[Voice, ...]:
        """The chain from the outlet inward; links without a told speaker ("reportedly") name nobody and are left out."""
        chain = [self._outlet]
        for one in proposed:
            span = self._span(one.at) if one.at else None
            if span is not None and len(chain) == 1 and span.quote.lower() in _OURSELVES:
                continue  # the outlet speaking of itself is the outlet
            if span is not None and not (chain[-1].span is not None and chain[-1].span.overlaps(span)):
                chain.append(Voice(span.quote, one.kind, one.stance, span, self._span(one.cue) if one.cue else None))
        return tuple(chain)

    def _role(self, kind: MentionKind, places: Sequence[Stretch], result: Grounded) -> tuple[Span, ...]:
        found = (self._mention(kind, at, result) for at in places)
        return tuple(dict.fromkeys(mention.span for mention in found if mention is not None))

    def _mention(self, kind: MentionKind, at: Stretch, result: Grounded) -> Mention | None:
        span = self._span(at)
        if span is None:
            return None
        key = (kind, span.start, span.end)
        mention = result.mentions.get(key)
        if mention is None:
            mention = result.mentions[key] = Mention(kind, span)
        return mention

    def _span(self, at: Stretch) -> Span | None:
        """The span of the document under a stretch of the veiled text; None outside it or where it holds no words."""
        key = (at.start, at.end)
        if key not in self._spans:
            self._spans[key] = self._found(at)
        return self._spans[key]

    def _found(self, at: Stretch) -> Span | None:
        if not 0 <= at.start < at.end:
            return None
        start, end = self._to_source(at.start, at.end)
        if not 0 <= start < end <= len(self.document.text) or not self.document.text[start:end].strip():
            return None
        return self.document.span(start, end)
