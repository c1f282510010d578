"""The records of sayso: frozen, slotted, standard library only, with content-hash ids."""

from sayso.model.claim import Act, Claim, Figure, LoadedWord, Membership, Refusal, Relation, Responsibility, Roles, Voice
from sayso.model.codec import from_json, to_json
from sayso.model.coding import Assignment, Coding, HandedIn, Skipped
from sayso.model.document import Document, Mention, Source, Span
from sayso.model.extraction import Extraction, Piece
from sayso.model.failure import Failure
from sayso.model.ids import content_id, sha256_bytes, sha256_text
from sayso.model.incident import Event, Incident, Link, Participant, Side
from sayso.model.ledger import Carried, Copy, Paired, RegisteredSource, Tombstone
from sayso.model.reading import Reading
from sayso.model.resolution import ActorTarget, Candidate, Interval, PlaceTarget, Resolution
from sayso.model.review import Origin, Review

__all__ = [
    "Act",
    "ActorTarget",
    "Assignment",
    "Candidate",
    "Carried",
    "Claim",
    "Coding",
    "Copy",
    "Document",
    "Event",
    "Extraction",
    "Failure",
    "Figure",
    "HandedIn",
    "Incident",
    "Interval",
    "Link",
    "LoadedWord",
    "Membership",
    "Mention",
    "Origin",
    "Paired",
    "Participant",
    "Piece",
    "PlaceTarget",
    "Reading",
    "Refusal",
    "RegisteredSource",
    "Relation",
    "Resolution",
    "Responsibility",
    "Review",
    "Roles",
    "Side",
    "Skipped",
    "Source",
    "Span",
    "Tombstone",
    "Voice",
    "content_id",
    "from_json",
    "sha256_bytes",
    "sha256_text",
    "to_json",
]
