"""The only file that knows the order: documents in, readings out.

names → veil → engine → ground → resolve → incidents → coding
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.errors import EmptyReport, NoLanguagePack, SaysoError
from sayso.model import Document, Failure, Reading

if TYPE_CHECKING:
    from sayso.codebooks.codebook import Codebook
    from sayso.codebooks.rows import RowBook
    from sayso.engines.engine import Engine, Hint
    from sayso.extract.ground import Grounded
    from sayso.extract.names import FoundName
    from sayso.gazetteers.actors import ActorList
    from sayso.languages.pack import LanguagePack
    from sayso.model import Event, Incident
    from sayso.resolve.facts import FactFinder
    from sayso.text.veil import Veiled


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
        for document in documents:
            if isinstance(document, Failure):
                yield document
                continue
            try:
                yield self.read_one(document)
            except SaysoError as wrong:
                yield Failure(_name(document), type(wrong).__name__, str(wrong), document.given_id)
            except Exception as wrong:
                # The rim of a batch: a fault in one report must not lose the others; it is recorded, and the exit code tells.
                reason = f"{type(wrong).__name__}: {wrong}. This is a fault of sayso: please report it with the report that caused it"
                yield Failure(_name(document), "Crash", reason, document.given_id)

    def read_one(self, document: Document) -> Reading:
        """The reading of one document; EmptyReport and NoLanguagePack where there is nothing that can be read."""
        if not document.text.strip():
            raise EmptyReport(f"{_name(document)} has no words: give a report with text")
        language = document.language or self.config.language
        if language.split("-")[0].lower() != self.config.language:
            raise NoLanguagePack(f"{_name(document)} is in {language!r}, for which there is no language pack: translate it, or add a pack")
        if self._stages is None:
            self._stages = _Stages.load(self.config)
        return self._stages.read(document)


@dataclass(frozen=True, slots=True)
class _Stages:
    """Everything loaded that a reading needs, and the order in which it is used."""

    pack: "LanguagePack"
    book: "Codebook"
    rows: "tuple[RowBook, ...]"
    engine: "Engine"
    actors: "ActorList"
    lemmas: "Callable[[str], frozenset[str]]"  # the dictionary forms that a word may have

    @classmethod
    def load(cls, config: ReadConfig) -> "_Stages":
        """The stages of a configuration: the heavy imports happen here, at the first report."""
        from sayso.codebooks.codebook import load_codebook
        from sayso.codebooks.rows import load_row_book
        from sayso.engines.rules.engine import RulesEngine
        from sayso.engines.rules.parsing import load_parser
        from sayso.gazetteers.actors import actor_list
        from sayso.languages.pack import load_pack

        pack, book = load_pack(config.language), load_codebook(config.codebook)
        engine = RulesEngine(load_parser(config.parser or pack.model), pack, book)
        return cls(pack, book, tuple(load_row_book(name) for name in config.events), engine, actor_list(), engine.lemmas)

    def read(self, document: Document) -> Reading:
        """The reading of one document."""
        from sayso.engines.engine import VeiledReport
        from sayso.extract.ground import Grounder
        from sayso.extract.names import find_names
        from sayso.model import Origin
        from sayso.text.veil import NamedSpan, veil

        names = find_names(document.text, self.actors)
        veiled = veil(document.text, [NamedSpan(name.start, name.end, name.shape, name.identity) for name in names])
        report = VeiledReport(veiled.text, self._hints(names, veiled), document.title, document.published)
        origin = Origin(self.engine.name, self.engine.version, self.book.digest, self.pack.digest)
        grounded = Grounder(document, veiled.to_source, origin).ground(self.engine.propose(report))
        return self._reading(document, names, grounded)

    def _hints(self, names: "Sequence[FoundName]", veiled: "Veiled") -> "tuple[Hint, ...]":
        from sayso.engines.engine import Hint, Stretch
        from sayso.model.words import MentionKind

        return tuple(Hint(MentionKind.ACTOR, Stretch(*veiled.from_source(name.start, name.end)), name.kind or "") for name in names)

    def _reading(self, document: Document, names: "Sequence[FoundName]", grounded: "Grounded") -> Reading:
        """The reading: mentions resolved, claims of one happening joined and coded."""
        from sayso.link.within import incidents
        from sayso.model import Mention
        from sayso.model.words import MentionKind
        from sayso.resolve.actors import actor_context
        from sayso.resolve.facts import FactFinder
        from sayso.resolve.mentions import resolve_actors
        from sayso.resolve.voices import Relations

        found = dict(grounded.mentions)
        for name in names:
            found.setdefault((MentionKind.ACTOR, name.start, name.end), Mention(MentionKind.ACTOR, document.span(name.start, name.end)))
        mentions = tuple(found[key] for key in sorted(found, key=lambda key: (key[1], key[2], key[0])))
        resolved = resolve_actors(document, mentions, grounded.claims, (names, ()), self.actors)
        related = Relations(actor_context(document, names), self.actors, resolved.targets)
        grounded.claims = related.claims(grounded.claims)
        grounded.figures = related.figures(grounded.figures, grounded.claims)
        happenings = incidents(grounded.claims, grounded.figures, {}, {})
        return Reading(
            document,
            mentions=mentions,
            claims=tuple(grounded.claims),
            figures=tuple(grounded.figures),
            relations=tuple(grounded.relations),
            memberships=tuple(grounded.memberships),
            resolutions=resolved.resolutions,
            incidents=happenings,
            events=self._events(happenings, grounded, FactFinder(self.lemmas, [(name.start, name.end) for name in names], resolved.targets)),
            refusals=tuple(grounded.refusals),
            notes=() if document.published else ("no publication date: relative dates stay unresolved",),
        )

    def _events(self, happenings: "Sequence[Incident]", grounded: "Grounded", finder: "FactFinder") -> "tuple[Event, ...]":
        """The rows of each incident by each codebook of rows."""
        from sayso.codebooks.coding import code

        claims = {claim.id: claim for claim in grounded.claims}
        events = []
        for incident in happenings:
            facts = [finder.facts(claims[name], grounded.figures, None) for name in incident.claims]
            events += [event for book in self.rows for event in code(incident, facts, book)]
        return tuple(events)


def read(documents: Iterable[Document | Failure], config: ReadConfig | None = None) -> Iterator[Reading | Failure]:
    """Readings of documents, in order, by a new Reader."""
    return Reader(config).read(documents)


def _name(document: Document) -> str:
    return document.given_id or document.url or document.title or document.id
