"""The only file that knows the order: documents in, readings out.

names → veil → engine → ground → resolve → incidents → coding
"""

import gc
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.errors import EmptyReport, NoLanguagePack, SaysoError
from sayso.model import Document, Failure, Reading

if TYPE_CHECKING:
    from sayso.codebooks.codebook import Codebook
    from sayso.codebooks.coding import CodingFacts
    from sayso.codebooks.rows import RowBook
    from sayso.engines.engine import Engine, Proposals
    from sayso.extract.finding import Found
    from sayso.extract.ground import Grounded
    from sayso.gazetteers.actors import ActorList
    from sayso.gazetteers.places import PlaceLookup
    from sayso.languages.pack import LanguagePack
    from sayso.model import Claim, Event, Incident, LoadedWord, Mention, Origin, Voice
    from sayso.resolve.facts import Across, FactFinder
    from sayso.resolve.report import ResolvedReport, Resolver
    from sayso.text.veil import Veiled

    _CodingWords = tuple[ActorList, PlaceLookup, LanguagePack, Callable[[str], frozenset[str]], Across]


_BATCH = 16  # documents whose sentences are parsed together
_BATCH_TEXT = 100_000  # code points after which no more are waited for
_MOST_FINDERS = 256  # reports whose names are kept by a Coder


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """What a reading depends on."""

    codebook: str = "plover"
    events: tuple[str, ...] = ("acled",)  # codebooks of rows to code incidents by
    parser: str | None = None  # another spaCy model than the language pack's
    language: str = "en"  # of documents that name none


class Reader:
    """Reads documents; models and data are loaded once, at the first report."""

    def __init__(self, config: ReadConfig | None = None) -> None:
        self.config = config or ReadConfig()
        self._stages: _Stages | None = None

    def read(self, documents: Iterable[Document | Failure]) -> Iterator[Reading | Failure]:
        """One result an input, in order: a Reading, or a Failure with its reason. A failure handed in is passed on."""
        batch: list[Document | Failure] = []
        held = 0
        for document in documents:
            batch.append(document)
            held += len(document.text) if isinstance(document, Document) else 0
            if len(batch) == _BATCH or held > _BATCH_TEXT:
                yield from self._read_batch(batch)
                batch, held = [], 0
        yield from self._read_batch(batch)

    def _read_batch(self, batch: Sequence[Document | Failure]) -> Iterator[Reading | Failure]:
        """The results of a few documents, their sentences parsed together; where that fails, one by one, so that one fault costs one report."""
        readable = [one for one in batch if isinstance(one, Document) and self._refusal(one) is None]
        joined: set[int] = set()  # what was read together, by identity: two inputs may be equal
        together: Iterator[Reading] = iter(())
        if len(readable) > 1:
            try:
                stages = self._loaded()
                with _uncollected():
                    together = iter(stages.read(readable))
                joined = {id(one) for one in readable}
            except Exception:
                together = iter(())  # found again, and recorded, by reading one by one
        for one in batch:
            if isinstance(one, Failure):
                yield one
            elif id(one) in joined:
                yield next(together)
            else:
                yield self._read_or_fail(one)

    def _read_or_fail(self, document: Document) -> Reading | Failure:
        try:
            return self.read_one(document)
        except SaysoError as wrong:
            return Failure(_name(document), type(wrong).__name__, str(wrong), document.given_id)
        except Exception as wrong:
            # The rim of a batch: a fault in one report must not lose the others; it is recorded, and the exit code tells.
            reason = f"{type(wrong).__name__}: {wrong}. This is a fault of sayso: please report it with the report that caused it"
            return Failure(_name(document), "Crash", reason, document.given_id)

    def read_one(self, document: Document) -> Reading:
        """The reading of one document; EmptyReport and NoLanguagePack where there is nothing that can be read."""
        refusal = self._refusal(document)
        if refusal is not None:
            raise refusal
        stages = self._loaded()
        with _uncollected():
            return stages.read([document])[0]

    def veiled(self, document: Document) -> "Veiled":
        """The text as the coder sees it: names replaced by neutral ones, one-sided words by plain ones."""
        return self._loaded().veiled(document)

    @property
    def origin(self) -> "Origin":
        """What its readings are made by: tells whether a stored reading is this reader's. Loads what reading needs."""
        return self._loaded().origin

    def _refusal(self, document: Document) -> SaysoError | None:
        """Why a document cannot be read at all; None where it can."""
        if not document.text.strip():
            return EmptyReport(f"{_name(document)} has no words: give a report with text")
        language = document.language or self.config.language
        if language.split("-")[0].lower() != self.config.language:
            return NoLanguagePack(f"{_name(document)} is in {language!r}, for which there is no language pack: translate it, or add a pack")
        return None

    def _loaded(self) -> "_Stages":
        if self._stages is None:
            self._stages = _Stages.load(self.config)
            # What was loaded lives as long as the reader: without this the collector walks a million objects again and again (a tenth of the time).
            gc.collect()
            gc.freeze()
        return self._stages


@dataclass(frozen=True, slots=True)
class _Stages:
    """Everything loaded that a reading needs, and the order in which it is used."""

    pack: "LanguagePack"
    book: "Codebook"
    rows: "tuple[RowBook, ...]"
    engine: "Engine"
    resolver: "Resolver"
    lemmas: "Callable[[str], frozenset[str]]"  # the dictionary forms that a word may have
    deadly: frozenset[str]  # dictionary forms of the words for acts that kill

    @classmethod
    def load(cls, config: ReadConfig) -> "_Stages":
        """The stages of a configuration: the heavy imports happen here, at the first report."""
        from sayso.codebooks.codebook import load_codebook
        from sayso.codebooks.rows import load_row_book
        from sayso.engines.rules.engine import RulesEngine
        from sayso.engines.rules.parsing import load_parser
        from sayso.gazetteers.actors import actor_list
        from sayso.gazetteers.places import places
        from sayso.languages.pack import load_pack
        from sayso.resolve.report import Resolver

        pack, book = load_pack(config.language), load_codebook(config.codebook)
        engine = RulesEngine(load_parser(config.parser or pack.model), pack, book)
        return cls(pack, book, tuple(load_row_book(name) for name in config.events), engine, Resolver(actor_list(), places()), engine.lemmas, _deadly(pack))

    @property
    def origin(self) -> "Origin":
        """What its readings and all their records are made by."""
        from sayso.model import Origin

        return Origin(self.engine.name, self.engine.version, self.book.digest, self.pack.digest)

    def veiled(self, document: Document) -> "Veiled":
        """The text under the veil."""
        from sayso.extract.finding import find
        from sayso.extract.names import named_spans
        from sayso.text.veil import veil

        found = find(document.text, self.resolver.actors, self.resolver.table, self.pack)
        return veil(document.text, named_spans(found.names), found.levelled)

    def read(self, documents: Sequence[Document]) -> list[Reading]:
        """The readings of documents: found, veiled, proposed, grounded, resolved, joined, coded."""
        from sayso.engines.engine import VeiledReport
        from sayso.extract.finding import find, hints
        from sayso.extract.names import named_spans
        from sayso.text.veil import veil

        prepared, reports = [], []
        for document in documents:
            found = find(document.text, self.resolver.actors, self.resolver.table, self.pack)
            veiled = veil(document.text, named_spans(found.names), found.levelled)
            asked = tuple(veiled.from_source(word.start, word.end)[0] for word in found.loaded)
            prepared.append((document, found, veiled))
            reports.append(VeiledReport(veiled.text, hints(found, veiled), document.title, document.published, asked))
        proposed = self.engine.propose_all(reports)
        return [self._reading(*one, proposals) for one, proposals in zip(prepared, proposed, strict=True)]

    def _reading(self, document: Document, found: "Found", veiled: "Veiled", proposals: "Proposals") -> Reading:
        """The reading made of an engine's proposals."""
        from sayso.extract.ground import Grounder
        from sayso.link.within import incidents
        from sayso.resolve.facts import Across, FactFinder
        from sayso.resolve.report import FoundMentions

        grounder = Grounder(document, veiled.to_source, self.origin)
        grounded = grounder.ground(proposals)
        mentions = _mentions(document, found, grounded)
        resolved = self.resolver.resolve(document, mentions, (grounded.claims, grounded.figures), FoundMentions(found.names, found.places, found.times))
        finder = FactFinder(self.lemmas, document, [(name.start, name.end) for name in found.names], resolved, Across(self.deadly))
        happenings = incidents(resolved.claims, resolved.figures, resolved.where(), resolved.when(), finder.stretches)
        return Reading(
            document,
            mentions=mentions,
            claims=resolved.claims,
            figures=resolved.figures,
            relations=tuple(grounded.relations),
            memberships=tuple(grounded.memberships),
            loaded=_loaded(document, found, [grounder.voices(chain) for chain in proposals.wording]),
            resolutions=resolved.resolutions,
            incidents=happenings,
            events=self._events(happenings, resolved, finder),
            refusals=tuple(grounded.refusals),
            notes=() if document.published else ("no publication date: relative dates stay unresolved",),
            origin=self.origin,
        )

    def _events(self, happenings: "Sequence[Incident]", resolved: "ResolvedReport", finder: "FactFinder") -> "tuple[Event, ...]":
        """The rows of each incident by each codebook of rows."""
        from sayso.codebooks.coding import code

        claims = {claim.id: claim for claim in resolved.claims}
        events = []
        for incident in happenings:
            told = [claims[name] for name in incident.claims]
            books = [book for book in self.rows if _any_coded(told, book)]
            if books:
                facts = _facts([(one, finder, 0) for one in told])
                events += [event for book in books for event in code(incident, facts, book)]
        return tuple(events)


class Coder:
    """Codes claims of stored readings by any book of rows: an incident may be told by several reports. Models and data are loaded at the first."""

    def __init__(self, config: ReadConfig | None = None) -> None:
        self.config = config or ReadConfig()
        self._words: _CodingWords | None = None
        self._finders: OrderedDict[str, tuple[Reading, FactFinder]] = OrderedDict()  # by document, the last used last

    def events(self, claims: Sequence[str], readings: Sequence[Reading], book: "RowBook") -> "tuple[Event, ...]":
        """The rows of one incident, of which these are the claims: for those of one report what reading it gives. Claims may be amended by reviewers.

        A claim that a reviewer rejected is to be left out by the caller; ValueError where a claim is in none of the readings.
        """
        from sayso.codebooks.coding import code
        from sayso.model import Incident

        told = {claim.id: (claim, reading) for reading in reversed(readings) for claim in reading.claims}
        strange = next((name for name in claims if name not in told), None)
        if strange is not None:
            raise ValueError(f"the claim {strange!r} is in none of the {len(readings)} readings: give the reading that tells it")
        if not _any_coded([told[name][0] for name in claims], book):
            return ()
        number = {reading.document.id: at for at, reading in enumerate(readings)}
        facts = _facts([(claim, self._finder(reading), number[reading.document.id]) for claim, reading in (told[name] for name in claims)])
        return code(Incident(tuple(claims)), facts, book)

    def _finder(self, reading: Reading) -> "FactFinder":
        """What turns the claims of a reading into facts; the names of its text are found anew, as readings do not store them."""
        from sayso.extract.finding import find
        from sayso.resolve.facts import FactFinder
        from sayso.resolve.report import ResolvedReport

        document = reading.document
        held = self._finders.get(document.id)
        if held is not None and held[0] is reading:
            self._finders.move_to_end(document.id)
            return held[1]
        actors, table, pack, lemmas, across = self._loaded()
        names = held[1].names if held is not None else [(name.start, name.end) for name in find(document.text, actors, table, pack).names]
        made = FactFinder(lemmas, document, names, ResolvedReport.of(reading), across)
        self._finders[document.id] = reading, made
        self._finders.move_to_end(document.id)
        while len(self._finders) > _MOST_FINDERS:
            self._finders.popitem(last=False)
        return made

    def _loaded(self) -> "_CodingWords":
        if self._words is None:
            self._words = _coding_words(self.config)
        return self._words


def _coding_words(config: ReadConfig) -> "_CodingWords":
    """What coding stored readings needs: the lists of names and places, the language, dictionary forms."""
    from sayso.engines.rules.parsing import load_parser
    from sayso.gazetteers.actors import actor_list
    from sayso.gazetteers.places import places
    from sayso.languages.inflect import Inflector
    from sayso.languages.pack import load_pack
    from sayso.resolve.facts import Across

    pack = load_pack(config.language)
    inflector = Inflector.from_model(load_parser(config.parser or pack.model).path)
    return actor_list(), places(), pack, inflector.candidates, Across(_deadly(pack))


def _facts(chosen: "Sequence[tuple[Claim, FactFinder, int]]") -> "list[CodingFacts]":
    """What coding is told of the claims of a happening, each with its report's finder and number: which are told of one place is told of all together."""
    from sayso.resolve.scenes import scenes

    place = scenes([(claim, finder.places) for claim, finder, _ in chosen]) if len(chosen) > 1 else {}
    return [finder.facts(claim, report, place.get(claim.id)) for claim, finder, report in chosen]


def _any_coded(claims: "Sequence[Claim]", book: "RowBook") -> bool:
    """Whether a rule of the book may code one of the claims."""
    from sayso.codebooks.coding import may_be_coded
    from sayso.model.words import Modality

    return any(claim.modality is Modality.ACTUAL and may_be_coded(claim.act.type, book) for claim in claims)


def _deadly(pack: "LanguagePack") -> frozenset[str]:
    """The single words of a language for acts that kill."""
    from sayso.model.words import Measure

    words = pack.harm.measures[Measure.KILLED]
    return frozenset(word for word in words.object | words.subject | words.counted if word.isalpha())


@contextmanager
def _uncollected() -> Iterator[None]:
    """Holds the collector while a batch is read: nearly all that is made there lives until its end, and to look it through again and again takes time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _mentions(document: Document, found: "Found", grounded: "Grounded") -> "tuple[Mention, ...]":
    """All mentions in the order of the text: what roles rest on, and every name, place and time found."""
    from sayso.model import Mention
    from sayso.model.words import MentionKind

    mentions = dict(grounded.mentions)
    for kind, stretches in ((MentionKind.ACTOR, found.names), (MentionKind.PLACE, found.places), (MentionKind.TIME, found.dated)):
        for one in stretches:
            mentions.setdefault((kind, one.start, one.end), Mention(kind, document.span(one.start, one.end)))
    return tuple(mentions[key] for key in sorted(mentions, key=lambda key: (key[1], key[2], key[0])))


def _loaded(document: Document, found: "Found", chains: "Sequence[tuple[Voice, ...]]") -> "tuple[LoadedWord, ...]":
    """The loaded words with whose wording they are; the outlet's where no engine told."""
    from sayso.extract.ground import outlet_voice
    from sayso.model import LoadedWord

    told = chains or [(outlet_voice(document),)] * len(found.loaded)
    return tuple(
        LoadedWord(document.span(word.start, word.end), word.loaded_class, word.neutral, voices) for word, voices in zip(found.loaded, told, strict=True)
    )


def read(documents: Iterable[Document | Failure], config: ReadConfig | None = None) -> Iterator[Reading | Failure]:
    """Readings of documents, in order, by a new Reader."""
    return Reader(config).read(documents)


def _name(document: Document) -> str:
    return document.given_id or document.url or document.title or document.id
