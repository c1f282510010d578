"""Statement: one value of one claim with its voice, its words and their hash: the shape of a FollowTheMoney statement, and on whose say-so.

A claim gives as many statements as it has values. What the words say stands in `original_value`, what they were judged to mean in `value`. Nothing
is merged: two voices with two numbers are two statements, and a denial is a statement of modality `denied`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from sayso.export.lookup import Lookup
from sayso.export.private import Stretch, is_hidden, voice_name
from sayso.export.sharing import SharedPlace, hidden_stretches, level_of, shared_place, shown, shown_url
from sayso.export.subject import Coarsen, ExportSettings, Subject
from sayso.link.told import Told, review_status
from sayso.model import Figure, Interval, Span, Voice, content_id, sha256_text

WITHHELD = "[withheld]"


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of the `claims` export. Everything is text as the file has it; empty is unknown."""

    id: str  # content hash of the row's claim, property, words and value
    claim_id: str
    canonical_id: str  # the incident: linking anew changes this column alone
    incident: str  # its number in the ledger
    document_id: str
    prop: str
    prop_type: str
    value: str
    original_value: str
    low: str
    high: str
    victim_status: str
    scope: str
    part_of: str
    modality: str
    certainty: str
    historical: str
    responsibility: str
    outlet: str
    voice: str  # whom the report credits in the end
    voice_kind: str
    stance: str
    relation: str
    chain: str  # all voices from the outlet inward, joined by " > "
    spoke: str
    status: str  # what reviewers made of it
    confidence: str
    span_start: str
    span_end: str
    quote: str
    quote_sha256: str
    text_sha256: str
    shared: str  # how closely the place is told
    lang: str
    published: str
    url: str
    origin: str
    codebook: str


COLUMNS = tuple(field.name for field in fields(Statement))


@dataclass(frozen=True, slots=True)
class _Value:
    """One value of a claim, before what all its statements share."""

    prop: str
    prop_type: str
    value: str
    span: Span | None
    figure: Figure | None = None
    shared: SharedPlace | None = None


def statements_of(subject: Subject, settings: ExportSettings) -> Iterator[Statement]:
    """The statements of an incident's claims, in the order of its claims and of each one's words."""
    canonical = content_id("inc", sorted(one.claim.id for one in subject.told))
    for told in subject.told:
        shared = _shared(subject, told, settings)
        for value in _values(told, shared):
            yield _statement(subject, told, value, (shared, canonical))


@dataclass(frozen=True, slots=True)
class Shared:
    """What of one claim's report an export may tell."""

    lookup: Lookup
    interval: Interval | None
    level: Coarsen
    reason: str
    hidden: tuple[Stretch, ...]
    names: bool

    def words(self, span: Span) -> str:
        """The words of a span as they may be quoted."""
        return shown(self.lookup, span.start, span.end, self.hidden)

    def whole(self, span: Span) -> bool:
        """Whether nothing of a span is left out."""
        return not is_hidden(self.hidden, span.start, span.end)

    def voice(self, voice: Voice) -> str:
        """The name of a voice as it may be told."""
        return voice.name if self.names else voice_name(self.lookup, voice)


def _shared(subject: Subject, told: Told, settings: ExportSettings) -> Shared:
    lookup, time = subject.lookup(told), told.claim.roles.time
    interval = lookup.interval(time) if time else None
    level, reason = level_of(subject, (told,), interval, settings)
    return Shared(lookup, interval, level, reason, hidden_stretches(lookup, level, settings.names), settings.names)


def shared_of(subject: Subject, settings: ExportSettings) -> Mapping[str, Shared]:
    """By claim id, what of its report may be told."""
    return {one.claim.id: _shared(subject, one, settings) for one in subject.told}


def _values(told: Told, shared: Shared) -> Iterator[_Value]:
    """What a claim tells, value by value."""
    claim, lookup, interval = told.claim, shared.lookup, shared.interval
    yield _Value("act", "type", f"{claim.act.type}/{claim.act.mode}" if claim.act.mode else claim.act.type, claim.trigger)
    for prop, spans in (("actor", claim.roles.actor), ("recipient", claim.roles.recipient), ("instrument", claim.roles.instrument)):
        for span in spans:
            target = lookup.actor(span) if prop != "instrument" else None
            yield _Value(prop, "name", target.name if target is not None and target.id else shared.words(span), span)
    for span in claim.roles.place:
        place = shared_place(lookup.place(span), shared.level, shared.reason)
        yield _Value("place", "name", place.name or "", span, shared=place)
        if place.lat is not None and place.lon is not None:
            yield _Value("coordinates", "point", f"{place.lat:.4f} {place.lon:.4f}", span, shared=place)
        if place.country:
            yield _Value("country", "country", place.country.lower(), span, shared=place)
    if interval is not None and claim.roles.time is not None:
        days = ((prop, day) for prop, day in (("dateFrom", interval.start), ("dateTo", interval.end)) if day)
        yield from (_Value(prop, "date", day, claim.roles.time) for prop, day in days)
    if claim.victim_status != "unknown":
        yield _Value("victimStatus", "status", claim.victim_status.value, None)
    for figure in told.figures:
        yield _Value(figure.measure.value, "number", bounds(figure.low, figure.high), figure.span, figure)


def bounds(low: int | None, high: int | None) -> str:
    """The bounds as a value tells them: "43", "43..", "..210", "12..15"; empty where neither is known."""
    if low is not None and low == high:
        return str(low)
    return f"{'' if low is None else low}..{'' if high is None else high}" if (low, high) != (None, None) else ""


def _statement(subject: Subject, told: Told, value: _Value, by: tuple[Shared, str]) -> Statement:
    shared, canonical = by
    claim, figure, span = told.claim, value.figure, value.span
    document = shared.lookup.reading.document
    voices = figure.voices if figure else claim.voices
    last, names = voices[-1], [shared.voice(voice) for voice in voices]
    hidden = value.shared is not None and value.shared.level is not Coarsen.NONE
    quoted = span is not None and not hidden and shared.whole(span)
    record = figure.id if figure else claim.id
    return Statement(
        id=content_id("stm", record, value.prop, value.value, [span.start, span.end] if span else None),
        claim_id=claim.id,
        canonical_id=canonical,
        incident="" if subject.number is None else str(subject.number),
        document_id=document.id,
        prop=value.prop,
        prop_type=value.prop_type,
        value=value.value,
        original_value="" if span is None else WITHHELD if hidden else shared.words(span),
        low="" if figure is None or figure.low is None else str(figure.low),
        high="" if figure is None or figure.high is None else str(figure.high),
        victim_status=figure.status.value if figure else "",
        scope=figure.scope.value if figure else "",
        part_of=(figure.part_of or "") if figure else "",
        modality=(figure or claim).modality.value,
        certainty=claim.certainty.value,
        historical="true" if claim.historical else "false",
        responsibility=claim.responsibility.status.value if value.prop == "actor" else "",
        outlet=document.source.name,
        voice=names[-1],
        voice_kind=last.kind.value,
        stance=last.stance.value,
        relation=last.relation.value,
        chain=" > ".join(names),
        spoke=last.spoke or "",
        status=(review_status(figure.id, told.reviews) if figure and review_status(figure.id, told.reviews) != "unreviewed" else told.status).value,
        confidence=f"{(figure or claim).confidence:.3f}",
        span_start="" if span is None else str(span.start),
        span_end="" if span is None else str(span.end),
        quote=span.quote if span is not None and quoted else "",
        quote_sha256="" if span is None else sha256_text(span.quote) if quoted else "",
        text_sha256=document.text_sha256,
        shared=value.shared.level.value if value.shared is not None else "",
        lang=document.language or "",
        published=document.published or "",
        url=shown_url(shared.lookup, shared.level, shared.names),
        origin=f"{claim.origin.engine} {claim.origin.version}",
        codebook=claim.origin.codebook or "",
    )


def all_statements(subjects: Iterable[Subject], settings: ExportSettings) -> Iterator[Statement]:
    """The statements of incidents, one after the other."""
    for subject in subjects:
        yield from statements_of(subject, settings)
