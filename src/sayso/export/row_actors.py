"""Who stands on which side of a row: listed actors by their neutral names, everybody else as a role. A private person is never named."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.export.lookup import Lookup
from sayso.export.private import names_somebody, without_names
from sayso.export.subject import ExportSettings, Subject
from sayso.link.told import Told
from sayso.model import Claim, Event, Span
from sayso.model.words import ActorKind, MentionKind, VictimStatus
from sayso.resolve.actors import kind_told

_PERSONS = {ActorKind.CIVILIANS: "Civilians", ActorKind.PROTESTERS: "Protesters", ActorKind.RIOTERS: "Rioters"}
_NAMELESS = _PERSONS | {
    ActorKind.STATE_FORCE: "Unidentified state force",
    ActorKind.GOVERNMENT: "Unidentified government",
    ActorKind.REBEL_GROUP: "Unidentified armed group",
    ActorKind.POLITICAL_MILITIA: "Unidentified armed group",
    ActorKind.IDENTITY_MILITIA: "Unidentified armed group",
    ActorKind.MEDIA: "Media",
    ActorKind.UNKNOWN: "Unidentified",
}
_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True)
class RowActor:
    """Who is reported to have taken part: a listed actor by its neutral name, else a role; never a private person's name."""

    name: str
    kind: ActorKind
    id: str | None  # of the actor list
    country: str | None  # ISO 3166 alpha-2
    as_written: tuple[str, ...]  # the words of the reports, loaded ones and all
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class RowSide:
    """One side of a row: who leads it as told most, who is with it, and its label in the codebook's words."""

    lead: RowActor | None
    others: tuple[RowActor, ...]
    label: str

    @property
    def actors(self) -> tuple[RowActor, ...]:
        """All of it, the lead first."""
        return (self.lead, *self.others) if self.lead is not None else ()


NOBODY = RowSide(None, (), "")


@dataclass(frozen=True, slots=True)
class _Part:
    """One mention of a participant."""

    told: Told
    span: Span
    harmed: bool  # told as the recipient


def sides_of(subject: Subject, event: Event, told: Sequence[Told], settings: ExportSettings) -> tuple[RowSide, RowSide]:
    """The two sides of a row as coded; where coding tells none, actors against recipients."""
    by_id = {one.claim.id: one for one in told}
    if event.sides:
        sides = []
        for side in event.sides[:2]:
            parts = [part for one in side.participants if (part := _part(by_id.get(one.claim), one.role, one.number)) is not None]
            sides.append(_side(subject, parts, side.label, settings))
        return sides[0], sides[1] if len(sides) > 1 else NOBODY
    acting = [_Part(one, span, False) for one in told for span in one.claim.roles.actor]
    harmed = [_Part(one, span, True) for one in told for span in one.claim.roles.recipient]
    return _side(subject, acting, "", settings), _side(subject, harmed, "", settings)


def actor_of(lookup: Lookup, claim: Claim, span: Span, settings: ExportSettings) -> RowActor:
    """Who the words of a role stand for, as an export may tell it; `claim` tells whether the harmed are said to be civilians."""
    target = lookup.actor(span)
    words = span.quote if settings.names else without_names(lookup, span.start, span.end)
    written = (" ".join(words.split()),)
    if target is not None:
        return RowActor(target.name, target.kind, target.id, target.country, written, (span,))
    if not settings.names and names_somebody(lookup, span.start, span.end):
        kind = ActorKind.CIVILIANS if claim.victim_status is VictimStatus.CIVILIAN and span in claim.roles.recipient else ActorKind.UNKNOWN
        return RowActor(_NAMELESS[kind], kind, None, None, written, (span,))
    named = "" if _is_place(lookup, span) else _organisation(span.quote)
    if named:  # of which kind it is, its name does not tell: "the Red Hills Brigade"
        return RowActor(named, ActorKind.UNKNOWN, None, None, written, (span,))
    kind = kind_told(span.quote)
    return RowActor(role_name(kind), kind, None, None, written, (span,))


def role_name(kind: ActorKind) -> str:
    """What somebody of that kind without a name is called."""
    return _NAMELESS.get(kind, _NAMELESS[ActorKind.UNKNOWN])


def _part(told: Told | None, role: str, number: int) -> _Part | None:
    """The mention that a participant of a coded row is; None where its claim is not among those shown."""
    if told is None:
        return None
    spans = told.claim.roles.actor if role == "actor" else told.claim.roles.recipient
    return _Part(told, spans[number], role != "actor") if number < len(spans) else None


def _side(subject: Subject, parts: Sequence[_Part], label: str, settings: ExportSettings) -> RowSide:
    """The side of these mentions, whoever is told by most reports first."""
    found: dict[str, list[RowActor]] = {}
    reports: dict[str, set[str]] = {}
    for part in parts:
        actor = actor_of(subject.lookup(part.told), part.told.claim, part.span, settings)
        key = actor.id or actor.name.casefold()
        found.setdefault(key, []).append(actor)
        reports.setdefault(key, set()).add(part.told.report.copy_group)
    # Who is known stands before a mere role; of those told by as many reports, in the order told.
    # Somebody of whom nothing is told ("himself", "13") says nothing beside somebody who is known.
    if len(found) > 1:
        found.pop(_NAMELESS[ActorKind.UNKNOWN].casefold(), None)
    order = sorted(found, key=lambda key: (-len(reports[key]), found[key][0].id is None, -len(found[key])))
    actors = [_together(found[key]) for key in order]
    return RowSide(actors[0] if actors else None, tuple(actors[1:]), label)


def _together(same: Sequence[RowActor]) -> RowActor:
    """One actor with the words of all its mentions."""
    first = same[0]
    written = {words.casefold(): words for one in reversed(same) for words in one.as_written}
    return RowActor(first.name, first.kind, first.id, first.country, tuple(reversed(written.values())), tuple(span for one in same for span in one.spans))


def _is_place(lookup: Lookup, span: Span) -> bool:
    """Whether the words end in a place's name: who is told to have been attacked may be a town."""
    return any(one.kind is MentionKind.PLACE and one.span.end == span.end for one in lookup.reading.mentions)


def _organisation(words: str) -> str:
    """The name in words that name an organisation which is on no list; empty where they are common words."""
    plain = " ".join(words.split())
    for article in _ARTICLES:
        if plain.casefold().startswith(article):
            plain = plain[len(article) :]
    capitals = Counter(word[:1].isupper() for word in plain.split())
    return plain if capitals[True] > 1 else ""

