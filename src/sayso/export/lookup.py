"""Lookup: the numbers that a reading's records have in a view, and what its mentions were judged to be."""

from collections.abc import Mapping
from functools import cached_property

from sayso.export.private import names_in_title, private_names
from sayso.gazetteers.places_merge import FIRST_NUMBER
from sayso.link.private import private_roles
from sayso.model import ActorTarget, Event, Figure, Interval, Mention, PlaceTarget, Reading, Resolution, Span
from sayso.model.words import MentionKind
from sayso.text.segmenting import sentence_at, sentences
from sayso.text.sentence import Sentence

GEONAMES_CREDIT = "© GeoNames, CC BY 4.0"
IMPORTED_CREDIT = "imported places: GeoNames, CC BY 4.0, or Who's On First, whosonfirst.org/docs/licenses"


class Lookup:
    """Numbers (c1…, f1…, m1…) and resolutions of one reading's records, by record id."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.claims = {claim.id: f"c{number}" for number, claim in enumerate(reading.claims, 1)}
        self.figures = {figure.id: f"f{number}" for number, figure in enumerate(reading.figures, 1)}
        self.mentions = {mention.id: f"m{number}" for number, mention in enumerate(reading.mentions, 1)}
        self.mention_of = {mention.id: mention for mention in reading.mentions}
        self.figures_of: dict[str, list[Figure]] = {}  # by claim id
        for figure in reading.figures:
            if figure.claim is not None:
                self.figures_of.setdefault(figure.claim, []).append(figure)
        self.events_of: dict[str, list[Event]] = {}  # by claim id
        for event in reading.events:
            for claim in event.claims:
                self.events_of.setdefault(claim, []).append(event)
        self.resolutions: dict[str, Resolution] = {}
        for resolution in reading.resolutions:  # the surest judgement of a mention is shown
            known = self.resolutions.get(resolution.mention)
            if known is None or resolution.score > known.score:
                self.resolutions[resolution.mention] = resolution

    @cached_property
    def private(self) -> tuple[tuple[int, int], ...]:
        """The stretches of the text that may name a private person, in order."""
        return private_names(self)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the report."""
        return tuple(sentences(self.reading.document.text))

    def sentence(self, span: Span) -> Span:
        """The sentence that holds the words, or at least begins where they do."""
        where = sentence_at(self.sentences, span.start)
        return self.reading.document.span(where.start, where.end) if where is not None else span

    def sentence_number(self, span: Span) -> int:
        """Which sentence of the report holds the words, from 0; how many begin before them where they are between two."""
        return max(sum(one.start <= span.start for one in self.sentences) - 1, 0)

    @cached_property
    def title_names(self) -> frozenset[str]:
        """The words of the headline, folded, that may name a private person: capitals that the report has nowhere but in private names, if at all."""
        return names_in_title(self)

    @property
    def private_words(self) -> frozenset[str]:
        """The words, in small letters, that may name a private person in text or headline."""
        text = self.reading.document.text
        return self.title_names | {word for start, end in self.private for word in text[start:end].casefold().split()}

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """By name of a private person who speaks, the role that is told instead."""
        return private_roles(self.reading)

    @property
    def credits(self) -> tuple[str, ...]:
        """Whose data the reading shows: due wherever a located place does."""
        located = [one.target for one in self.resolutions.values() if isinstance(one.target, PlaceTarget)]
        imported = any(target.id and target.id.isdecimal() and int(target.id) > FIRST_NUMBER for target in located)
        return ((GEONAMES_CREDIT,) if located else ()) + ((IMPORTED_CREDIT,) if imported else ())

    def resolution(self, kind: MentionKind, span: Span) -> Resolution | None:
        """The surest judgement of the words of a role, or None where none was made."""
        return self.resolutions.get(Mention(kind, span).id)

    def actor(self, span: Span) -> ActorTarget | None:
        """The actor that the words were judged to be."""
        found = self.resolution(MentionKind.ACTOR, span)
        return found.target if found and isinstance(found.target, ActorTarget) else None

    def place(self, span: Span) -> PlaceTarget | None:
        """The place that the words were judged to be."""
        found = self.resolution(MentionKind.PLACE, span)
        return found.target if found and isinstance(found.target, PlaceTarget) else None

    def interval(self, span: Span) -> Interval | None:
        """The dates that the words were judged to mean."""
        found = self.resolution(MentionKind.TIME, span)
        return found.target if found and isinstance(found.target, Interval) else None
