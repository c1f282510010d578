"""Reading: all records made from one Document."""

from dataclasses import dataclass, field

from sayso.model.claim import Claim, Figure, LoadedWord, Membership, Refusal, Relation
from sayso.model.document import Document, Mention
from sayso.model.ids import content_id
from sayso.model.incident import Event, Incident
from sayso.model.resolution import Resolution
from sayso.model.review import Origin


@dataclass(frozen=True, slots=True)
class Reading:
    """All records made from one Document, in the order of the text."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    relations: tuple[Relation, ...] = ()
    memberships: tuple[Membership, ...] = ()
    loaded: tuple[LoadedWord, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    incidents: tuple[Incident, ...] = ()
    events: tuple[Event, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()  # what a reader of the page should know: "no publication date", …
    origin: Origin = field(default_factory=Origin)  # what made it, also where it holds no claim

    def __post_init__(self) -> None:
        known = {claim.id for claim in self.claims}
        for figure in self.figures:
            if figure.claim is not None and figure.claim not in known:
                raise ValueError(f"figure {figure.span.quote!r} counts the harm of a claim that is not in the reading")
        for relation in self.relations:
            if not {relation.source, relation.target} <= known:
                raise ValueError(f"relation at {relation.span.quote!r} joins a claim that is not in the reading")

    @property
    def id(self) -> str:
        """The content-hash id: this document, read by this engine with this codebook and language pack."""
        made = self.origin
        return content_id("rdg", self.document.id, made.engine, made.version, made.codebook, made.language)

    def spans_hold(self) -> bool:
        """Whether every span's words are in the text."""
        spans = [mention.span for mention in self.mentions] + [word.span for word in self.loaded] + [figure.span for figure in self.figures]
        for claim in self.claims:
            roles = claim.roles
            spans += [claim.trigger, *roles.actor, *roles.recipient, *roles.instrument, *roles.place]
            spans += [roles.time] if roles.time else []
            spans += [span for voice in claim.voices for span in (voice.span, voice.cue) if span]
        spans += [relation.span for relation in self.relations] + [membership.span for membership in self.memberships]
        return all(span.holds(self.document) for span in spans)
