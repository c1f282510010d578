"""Facts for coding: what a claim's words and resolutions say of kinds and common nouns. Names do not pass."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sayso.codebooks.coding import CodingFacts, Part
from sayso.gazetteers.actor_roles import CIVILIANS, EXTERNAL, FORCE, GROUP, IDENTITY, MILITIA, POLICE, load_roles
from sayso.gazetteers.name_tokens import fold_word
from sayso.model import ActorTarget, Claim, Document, Figure, Interval, PlaceTarget, Span
from sayso.model.words import ActorKind, Measure, Modality
from sayso.resolve.actors import kind_told
from sayso.resolve.report import ResolvedReport
from sayso.text.segmenting import sentence_at, sentences
from sayso.text.sentence import LineKind

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_HARM = (Measure.KILLED, Measure.INJURED, Measure.CASUALTIES)
# Where the nouns that tell who is meant end: "the army |of the north", "two nurses, |both".
_BOUND = re.compile(r",|\b(?:of|in|at|on|with|who|that|which|by|near|from|to|for|under|inside|around|against|over|after|before|during|while|when|where)\b")
# Nouns of whom nothing is told: as actors of an act they are not yet "civilians".
_ANYBODY = frozenset(
    [
        "man",
        "men",
        "people",
        "person",
        "persons",
        "individual",
        "individuals",
        "member",
        "members",
        "group",
        "groups",
        "someone",
        "somebody",
        "dozens",
        "scores",
        "hundreds",
        "thousands",
    ]
)
# Words that tell nothing of whom or what a role stands for.
_EMPTY = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "it",
        "its",
        "they",
        "them",
        "their",
        "he",
        "him",
        "his",
        "she",
        "her",
        "we",
        "us",
        "our",
        "you",
        "your",
        "i",
        "my",
        "me",
        "of",
        "in",
        "on",
        "at",
        "to",
        "by",
        "for",
        "from",
        "with",
        "and",
        "or",
        "as",
        "all",
        "some",
        "any",
        "each",
        "every",
        "both",
        "other",
        "another",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "many",
        "several",
        "few",
        "more",
        "most",
        "least",
    ]
)
_NOBODY = frozenset(("it", "this", "that", "itself", "something", "nothing"))  # point at no person
_ARMED = frozenset((FORCE, POLICE, GROUP, MILITIA, IDENTITY, EXTERNAL))
_LOCALITY = "locality"  # stands for a named place, whose name does not pass
_TWOSOME = "twosome"  # stands for one or two people: numbers do not pass
_RECIPROCAL, _EACH_OTHER = "reciprocal", frozenset(("each other", "one another"))
_FEW = frozenset(("one", "two", "1", "2", "both"))
_BEFORE = re.compile(r"(?:([^\W\d_]+(?:-[^\W\d_]+)*)[ -])?([^\W\d_]+(?:-[^\W\d_]+)*)[ -]$")  # two words right before a trigger


@dataclass(frozen=True, slots=True)
class Across:
    """What the facts of several reports have in common."""

    deadly: frozenset[str] = frozenset()  # dictionary forms of the words for acts that kill
    marks: dict[object, int] = field(default_factory=dict)  # by who somebody is, the number that stands for it in facts: it tells whom from whom, not who


class FactFinder:
    """Turns the claims of one report into facts; `lemmas` gives the dictionary forms a word may have, `names` the stretches that name actors."""

    def __init__(
        self,
        lemmas: Callable[[str], frozenset[str]],
        document: Document,
        names: Sequence[tuple[int, int]],
        resolved: ResolvedReport,
        across: Across | None = None,
    ) -> None:
        self._lemmas = lemmas
        self._across = across or Across()
        self.names = names
        self._text = document.text
        self._resolved = resolved
        self._named = _covered(document.text, (*names, *resolved.places))
        self._placed = _covered(document.text, tuple(resolved.places))
        self._actors = _covered(document.text, names)
        self._seen: dict[tuple[int, int], frozenset[str]] = {}
        self._telling: dict[tuple[int, int], bool] = {}
        self._cores: dict[tuple[int, int], list[tuple[int, str]]] = {}
        self._sentences = sentences(document.text)
        self._begins = {one.start: number for number, one in enumerate(self._sentences)}
        self._units = self._numbered()
        self._where = {claim.id: self._sentence(claim.trigger.start) for claim in resolved.claims}
        self._unit_of = {name: self._units.get(at) for name, at in self._where.items()}
        self._shelves: dict[int, dict[int | None, list[Claim]]] = {}
        self._harm: dict[str, list[Figure]] = {}
        for one in resolved.figures:
            if one.claim is not None and one.measure in _HARM:
                self._harm.setdefault(one.claim, []).append(one)

    @property
    def stretches(self) -> dict[str, tuple[int, int]]:
        """By claim id, the number of its paragraph (or item) and of its sentence."""
        return {name: (self._units[at], at) for name, at in self._where.items() if at is not None}

    @property
    def places(self) -> Mapping[tuple[int, int], PlaceTarget]:
        """The located places of the report by where they stand."""
        return self._resolved.places

    def facts(self, claim: Claim, report: int = 0, place: int | None = None) -> CodingFacts:
        """The facts of one claim, told by a report of that number of a place of that number."""
        roles = claim.roles
        country = self._resolved.country(claim)
        recipients = [(number, span) for number, span in enumerate(roles.recipient) if span.quote.lower() not in _NOBODY]
        interval = self._interval(claim)
        homes = {target.country for span in roles.actor if (target := self._target(span)) is not None and target.country}
        return CodingFacts(
            claim=claim.id,
            type=claim.act.type,
            mode=claim.act.mode,
            modality=claim.modality,
            certainty=claim.certainty,
            actor_kinds=tuple(self._actor_kind(span) for span in roles.actor),
            recipient_kinds=tuple(self._recipient_kind(span) for _, span in recipients),
            actor_words=self._words(roles.actor) | self._few(roles.actor),
            recipient_words=self._words(roles.recipient) | self._localities(roles.recipient) | self._counted(claim) | _mutual(roles.recipient),
            instrument_words=self._words(roles.instrument) | self._modifiers(claim.trigger),
            trigger_words=self._words((claim.trigger,)),
            context_words=self._context(claim),
            victim_status=claim.victim_status,
            country_home=country in homes if country and homes else None,
            harm=any(one.high != 0 for one in self._harmed(claim)),
            company=self._acts_beside(claim, self._where),
            nearby=self._acts_beside(claim, self._unit_of),
            killed=self._killed(claim),
            actor_homes=tuple(self._home(span, country) for span in roles.actor),
            recipient_homes=tuple(self._home(span, country) for _, span in recipients),
            actor_parts=tuple(self._part(number, span) for number, span in enumerate(roles.actor)),
            recipient_parts=tuple(self._part(number, span) for number, span in recipients),
            day_from=interval.start if interval else None,
            day_to=interval.end if interval else None,
            report=report,
            place=place,
            answered=self._answered(claim),
        )

    def _part(self, number: int, span: Span) -> Part:
        """What tells one of a role from the others of it, and that it is the same as one of another claim."""
        target = self._target(span)
        who = (target.id or (target.kind, target.country, target.name)) if target is not None else span.quote.casefold()
        mark = self._across.marks.setdefault(who, len(self._across.marks))
        words = self._common(span.start, span.end)
        if target is None:
            told = bool(words) or any(word.lower() not in _EMPTY for word in _WORD.findall(span.quote))
            return Part(number, words | self._localities((span,)), mark, told=told)
        return Part(number, words, mark, None if self._tells_who(span) else target.kind)

    def _home(self, span: Span, country: str | None) -> bool | None:
        """Whether somebody's country is that of the place; None where one of them is not told."""
        target = self._target(span)
        if target is None or not target.country or not (country or self._country):
            return None
        return target.country == (country or self._country)

    @cached_property
    def _country(self) -> str | None:
        """Where all that is placed is: there the rest is taken to be."""
        countries = {country for claim in self._resolved.claims if (country := self._resolved.country(claim)) is not None}
        return next(iter(countries)) if len(countries) == 1 else None

    def _interval(self, claim: Claim) -> Interval | None:
        span = claim.roles.time
        return self._resolved.times.get((span.start, span.end)) if span is not None else None

    def _answered(self, claim: Claim) -> bool:
        """Whether another claim of the sentence tells the same act with the roles of the actors, or of their kinds, exchanged."""
        if not claim.roles.actor or not claim.roles.recipient:
            return False
        shelf = self._shelves.get(id(self._where), {}).get(self._where.get(claim.id), ())
        others = [other for other in shelf if other.act == claim.act and other.id != claim.id and other.roles.actor and other.roles.recipient]
        return any(self._exchanged(claim, other) for other in others)

    def _exchanged(self, claim: Claim, other: Claim) -> bool:
        """Whether those of one claim are those of the other, or of their kinds, the other way round."""
        mine, theirs = (tuple({self._target_kind(span) for span in spans} for spans in (one.roles.actor, one.roles.recipient)) for one in (claim, other))
        if mine != theirs[::-1] or ActorKind.UNKNOWN in mine[0] | mine[1]:
            return False
        if mine[0] != mine[1]:
            return True
        marks = [[{self._part(0, span).mark for span in spans} for spans in (one.roles.actor, one.roles.recipient)] for one in (claim, other)]
        return marks[0] == marks[1][::-1] and marks[0][0] != marks[0][1]

    def _killed(self, claim: Claim) -> bool:
        """Whether somebody was killed: by a figure of the dead or, where there is none, by the word for the act."""
        dead = [one for one in self._harmed(claim) if one.measure is Measure.KILLED]
        return any(one.high != 0 for one in dead) if dead else not self._across.deadly.isdisjoint(self._words((claim.trigger,)))

    def _target_kind(self, span: Span) -> ActorKind:
        """The kind that the words stand for; unknown where they name a thing that belongs to somebody: "an Israeli airfield"."""
        target = self._target(span)
        if target is None:
            return kind_told(span.quote)
        return target.kind if self._tells_who(span) else ActorKind.UNKNOWN

    def _actor_kind(self, span: Span) -> ActorKind:
        """As actors "men" are anybody, and the villagers of a community are no militia."""
        kind = self._target_kind(span)
        core = self._core(span)
        if kind is ActorKind.CIVILIANS and core and core[-1][1].lower() in _ANYBODY:
            return ActorKind.UNKNOWN
        if kind is ActorKind.IDENTITY_MILITIA:
            told = {load_roles().role(fold_word(word)) for word in _WORD.findall(span.quote)}
            if CIVILIANS in told and _ARMED.isdisjoint(told):
                return ActorKind.CIVILIANS
        return kind

    def _recipient_kind(self, span: Span) -> ActorKind:
        """A community without a word of arms stands for its people, not for its militia."""
        kind = self._target_kind(span)
        roles = load_roles()
        armed = any(roles.role(word) in _ARMED or roles.is_in("wrappers", word) for word in self._free(span))
        return ActorKind.CIVILIANS if kind is ActorKind.IDENTITY_MILITIA and not armed else kind

    def _tells_who(self, span: Span) -> bool:
        at = (span.start, span.end)
        if at not in self._telling:
            self._telling[at] = self._names_somebody(span)
        return self._telling[at]

    def _names_somebody(self, span: Span) -> bool:
        core = self._core(span)
        if not core or self._actors[core[-1][0]]:
            return True
        roles = load_roles()
        return any(roles.role(word) is not None or roles.is_in("wrappers", word) for word in self._free(span))

    def _core(self, span: Span) -> list[tuple[int, str]]:
        """The words before the first preposition, each with its place in the text."""
        at = (span.start, span.end)
        if at not in self._cores:
            self._cores[at] = self._core_of(span)
        return self._cores[at]

    @staticmethod
    def _core_of(span: Span) -> list[tuple[int, str]]:
        bound = _BOUND.search(span.quote, 1)
        words = [(span.start + match.start(), match.group()) for match in _WORD.finditer(span.quote, 0, bound.start() if bound else len(span.quote))]
        return words or [(span.start + match.start(), match.group()) for match in _WORD.finditer(span.quote)]

    def _free(self, span: Span) -> list[str]:
        """The words of the core that name nobody, folded."""
        return [fold_word(part) for at, word in self._core(span) if not self._actors[at] for part in word.split("-")]

    def _target(self, span: Span) -> ActorTarget | None:
        return self._resolved.actors.get((span.start, span.end))

    def _words(self, spans: Iterable[Span]) -> frozenset[str]:
        """The dictionary forms of the common words in the spans: what names an actor or a place is left out."""
        return frozenset[str]().union(*(self._common(span.start, span.end) for span in spans))

    def _common(self, start: int, end: int) -> frozenset[str]:
        found = self._seen.get((start, end))
        if found is None:
            words = [match[0] for match in _WORD.finditer(self._text, start, end) if not self._named[match.start()]]
            found = frozenset[str]().union(*[self._lemmas(word) for word in words if word.lower() not in _EMPTY])
            self._seen[start, end] = found
        return found

    def _localities(self, spans: Iterable[Span]) -> frozenset[str]:
        """A word that stands for a place, where a role is one by its name."""
        named = any(self._target(span) is None and self._is_named(self._core(span)) for span in spans)
        return frozenset((_LOCALITY,)) if named else frozenset()

    def _few(self, spans: Sequence[Span]) -> frozenset[str]:
        """A word that stands for fewer than three people, where the only words of a role begin with such a number."""
        return frozenset((_TWOSOME,)) if len(spans) == 1 and spans[0].quote.split()[0].lower() in _FEW else frozenset()

    def _is_named(self, core: list[tuple[int, str]]) -> bool:
        """Whether the last word is part of a found place, or is written with a capital that no sentence gives it."""
        if not core:
            return False
        at, word = core[-1]
        return bool(self._placed[at]) or (word[0].isupper() and word.lower() not in _EMPTY and at not in self._begins)

    def _modifiers(self, trigger: Span) -> frozenset[str]:
        """The words right before a noun that tells the act: "grenade" of "grenade attack"."""
        first = _WORD.match(trigger.quote)
        if first is None or first.group().endswith(("ed", "ing")):
            return frozenset()
        line = self._text.rfind("\n", 0, trigger.start) + 1
        before = _BEFORE.search(self._text, max(line, trigger.start - 40), trigger.start)
        return self._common(before.start(), before.end()) if before else frozenset()

    def _harmed(self, claim: Claim) -> list[Figure]:
        return self._harm.get(claim.id, [])

    def _counted(self, claim: Claim) -> frozenset[str]:
        """The nouns of those whom the figures of an act count."""
        return self._words(one.span for one in self._harmed(claim))

    def _context(self, claim: Claim) -> frozenset[str]:
        at = self._where.get(claim.id)
        return self._common(self._sentences[at].start, self._sentences[at].end) if at is not None else frozenset()

    def _acts_beside(self, claim: Claim, where: dict[str, int | None]) -> frozenset[str]:
        """The other acts told as done in the same stretch; what is background keeps company with background alone."""
        here = where.get(claim.id)
        if here is None:
            return frozenset()
        shelf = self._shelves.setdefault(id(where), {})
        if not shelf:
            for other in self._resolved.claims:
                if other.modality is Modality.ACTUAL:
                    shelf.setdefault(where.get(other.id), []).append(other)
        return frozenset(
            f"{other.act.type}/{other.act.mode}" if other.act.mode else other.act.type
            for other in shelf.get(here, ())
            if other.id != claim.id and other.historical in (False, claim.historical)
        )

    def _sentence(self, position: int) -> int | None:
        found = sentence_at(self._sentences, position)
        return self._begins[found.start] if found is not None else None

    def _numbered(self) -> dict[int | None, int]:
        """By sentence, its stretch: a paragraph, or an item of a list or bulletin."""
        units: dict[int | None, int] = {}
        for number, one in enumerate(self._sentences):
            last = self._sentences[number - 1] if number else None
            new = last is None or last.paragraph != one.paragraph or last.kind is not one.kind or one.label is not None or one.kind is LineKind.HEADING
            units[number] = units.get(number - 1, 0) + new
        return units


def _mutual(spans: Iterable[Span]) -> frozenset[str]:
    """A word that stands for those who act, where they act on each other."""
    return frozenset((_RECIPROCAL,)) if any(span.quote.lower() in _EACH_OTHER for span in spans) else frozenset()


def _covered(text: str, stretches: Iterable[tuple[int, int]]) -> bytearray:
    """For each code point of the text, 1 where one of the stretches holds it."""
    held = bytearray(len(text))
    for start, end in stretches:
        held[start:end] = b"\x01" * (end - start)
    return held
