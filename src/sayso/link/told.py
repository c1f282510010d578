"""A claim as the weighing of an incident sees it: who tells it, through which report, on whose side, and what reviewers said."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from sayso.languages.strict import read_toml
from sayso.link.private import private_roles, shown_chain
from sayso.model import ActorTarget, Claim, Document, Figure, Mention, Reading, RegisteredSource, Review, Span, Voice
from sayso.model.words import ActorKind, MentionKind, SourceKind, Verdict, VoiceKind
from sayso.text.folding import fold

_STATELY = frozenset({ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.STATE_FORCE})
_NO_SOURCE = "unknown"
_MOST_COPIES = 1000  # steps from a copy to its original, lest a chain that bites its tail never ends


class ReviewStatus(StrEnum):
    """What reviewers made of a record."""

    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    AMENDED = "amended"
    PENDING = "pending"  # reviewers differ


@dataclass(frozen=True, slots=True)
class Party:
    """A speaker or actor, and what it belongs to: parties that share a key count as one."""

    name: str  # as registered, else as told
    belongs: tuple[str, ...] = ()  # keys of its agency, its side, its state
    named: bool = True  # whether the name tells it from others of its sort
    listed: bool = False  # whether it is an actor of the list, and not words of a report

    @property
    def key(self) -> str:
        """The name, folded."""
        return name_key(self.name)

    @property
    def keys(self) -> frozenset[str]:
        """The name and what it belongs to."""
        return frozenset((self.key, *self.belongs))


@dataclass(frozen=True, slots=True)
class Report:
    """A document without its text: where it is from, and whose words it reprints."""

    document: str
    outlet: Party
    published: str | None = None
    title: str | None = None
    url: str | None = None
    original: str = ""  # id of the document that it reprints; empty where it reprints none
    voices: tuple[tuple[str, Party], ...] = ()  # by the name as told, each voice that is not the outlet
    speaks_for: tuple[str, ...] = ()  # keys of the side and state whose channel the outlet is; not those of its agency
    private: tuple[tuple[str, str], ...] = ()  # by the name as told, the role by which a private person is shown

    @property
    def copy_group(self) -> str:
        """What documents that reprint one another have in common."""
        return self.original or self.document

    def party(self, voice: Voice) -> Party:
        """Who a voice of this report is."""
        if voice.kind is VoiceKind.OUTLET:
            return self.outlet
        return next((party for name, party in self.voices if name == voice.name), None) or Party(voice.name, named=is_named(voice))

    def shown(self, voices: Sequence[Voice]) -> tuple[Voice, ...]:
        """The voices as people may see them: private persons by their roles."""
        return shown_chain(voices, dict(self.private))


@dataclass(frozen=True, slots=True)
class Told:
    """One claim as an incident's weighing sees it."""

    claim: Claim
    report: Report
    figures: tuple[Figure, ...] = ()
    actors: tuple[Party, ...] = ()  # as resolved, else their words
    recipients: tuple[Party, ...] = ()
    reviews: tuple[Review, ...] = ()  # of the claim and its figures

    @property
    def status(self) -> ReviewStatus:
        """What reviewers made of the claim."""
        return review_status(self.claim.id, self.reviews)


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """One figure with the report and, where it counts an act's harm, the claim that it hangs on."""

    figure: Figure
    report: Report
    told: Told | None = None
    reviews: tuple[Review, ...] = ()

    @property
    def status(self) -> ReviewStatus:
        """What reviewers made of the figure, or of the claim that it hangs on."""
        own = review_status(self.figure.id, self.reviews)
        return self.told.status if self.told is not None and own is ReviewStatus.UNREVIEWED else own


def told_of(
    reading: Reading,
    claims: Sequence[str],
    copies: Mapping[str, str],
    sources: Mapping[str, RegisteredSource],
    reviews: Sequence[Review] = (),
) -> tuple[Told, ...]:
    """The claims of those ids as weighing sees them, in the order of the text.

    `copies` gives the original by the id of a document that reprints it; `sources` is what `sources_by_name` gives.
    Amendments are not applied here: hand in the reading as amended.
    """
    wanted = set(claims)
    report, states = _report(reading, copies, sources)
    targets, reviewed = _targets(reading), _by_record(reviews)
    found = []
    for claim in reading.claims:
        if claim.id not in wanted:
            continue
        figures = tuple(figure for figure in reading.figures if figure.claim == claim.id)
        about = [review for record in (claim.id, *(figure.id for figure in figures)) for review in reviewed.get(record, ())]
        roles = [_parties(spans, targets, sources, states) for spans in (claim.roles.actor, claim.roles.recipient)]
        found.append(Told(claim, report, figures, roles[0], roles[1], tuple(about)))
    return tuple(found)


def loose_figures(
    reading: Reading, copies: Mapping[str, str], sources: Mapping[str, RegisteredSource], reviews: Sequence[Review] = ()
) -> tuple[ToldFigure, ...]:
    """The figures of a reading that hang on no claim, such as "the toll rose to 112": for tolls, never for an incident."""
    report, _ = _report(reading, copies, sources)
    reviewed = _by_record(reviews)
    return tuple(ToldFigure(one, report, None, tuple(reviewed.get(one.id, ()))) for one in reading.figures if one.claim is None)


def figures_of(told: Iterable[Told]) -> Iterator[ToldFigure]:
    """The figures of claims, each with its claim and report."""
    for one in told:
        for figure in one.figures:
            yield ToldFigure(figure, one.report, one, one.reviews)


def sources_by_name(records: Iterable[RegisteredSource]) -> dict[str, RegisteredSource]:
    """Registered sources by the folded form of each name and alias; of two records of one name, the later one."""
    found: dict[str, RegisteredSource] = {}
    for record in records:
        for name in (record.name, *record.aliases):
            found[name_key(name)] = record
    return found


def review_status(record: str, reviews: Sequence[Review]) -> ReviewStatus:
    """What reviewers made of a record: each reviewer's last verdict counts."""
    last: dict[str, Review] = {}
    for review in sorted((one for one in reviews if one.record == record), key=lambda one: (one.at, one.id)):
        last[review.reviewer] = review
    verdicts = {review.verdict for review in last.values()}
    if not verdicts:
        return ReviewStatus.UNREVIEWED
    if Verdict.REJECT in verdicts:
        return ReviewStatus.REJECTED if len(verdicts) == 1 else ReviewStatus.PENDING
    return ReviewStatus.AMENDED if Verdict.AMEND in verdicts else ReviewStatus.ACCEPTED


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """The name without case, marks, punctuation and a leading article."""
    words = "".join(char if char.isalnum() else " " for char in fold(name).text).split()
    while len(words) > 1 and words[0] in told_words()["articles"]:
        words = words[1:]
    return " ".join(words) or name


def is_named(voice: Voice) -> bool:
    """Whether a voice's words tell who it is: "residents", "officials" and "a doctor" do not."""
    if voice.kind in (VoiceKind.UNNAMED, VoiceKind.WITNESS):
        return False
    if voice.kind not in (VoiceKind.OFFICIAL, VoiceKind.MEDIC, VoiceKind.EXPERT, VoiceKind.PERSON, VoiceKind.DOCUMENT):
        return True
    # The first word may have its capital from its place in the sentence. Where in doubt it is nobody in particular: that counts fewer voices, not more.
    return voice.side is not None or any(word[:1].isupper() for word in voice.name.split()[1:])


@cache
def told_words() -> Mapping[str, frozenset[str]]:
    """The words of all languages that tell names and counted groups apart, by list."""
    found: dict[str, set[str]] = {}
    top = read_toml(Path(__file__).parent / "told_words.toml")
    for language in top.names():
        table = top.table(language)
        for name in table.names():
            found.setdefault(name, set()).update(table.strings(name))
    return {name: frozenset(words) for name, words in found.items()}


def _report(reading: Reading, copies: Mapping[str, str], sources: Mapping[str, RegisteredSource]) -> tuple[Report, Mapping[str, str]]:
    """The report of a reading, and the state key of each state's organ that it names."""
    document = reading.document
    states = {name_key(one.name): f"state {one.country.lower()}" for one in _targets(reading).values() if one.kind in _STATELY and one.country}
    chains = [claim.voices for claim in reading.claims] + [claim.responsibility.voices for claim in reading.claims]
    chains += [figure.voices for figure in reading.figures]
    roles = {name: role for name, role in private_roles(reading).items() if name_key(name) not in sources and name not in sources}
    voices: dict[str, Party] = {}
    for voice in (voice for chain in chains for voice in chain if voice.kind is not VoiceKind.OUTLET):
        if voice.name not in voices or (voice.side and len(voices[voice.name].belongs) == 0):
            role = roles.get(voice.name)
            voices[voice.name] = Party(role, named=False) if role else _party(voice.name, voice.side, sources, states, is_named(voice))
    outlet = _outlet(document, sources, states)
    voices = _one_party(voices, outlet)
    original = _original(document.id, copies)
    report = Report(
        document.id,
        outlet,
        document.published,
        document.title,
        document.url,
        "" if original == document.id else original,
        tuple(sorted(voices.items())),
        _speaks_for(document, sources),
        tuple(sorted(roles.items())),
    )
    return report, states


def _one_party(voices: Mapping[str, Party], outlet: Party) -> dict[str, Party]:
    """The voices of one report, each also belonging to what it names: "the Front", "a spokesman for the Front" to "the Eastern Front".

    So does "a police source" to "police". A short form is the beginning or end of exactly one longer name; where it could be two, it stays alone.
    """
    found = dict(voices)
    whole = {outlet.key: outlet} | {party.key: party for name, party in voices.items() if not _owner(name)}
    for name, party in voices.items():
        if not _owner(name):
            found[name] = _joined(party, _longer(name, whole) or _first_words(party.key, whole))
    whole |= {found[name].key: found[name] for name in voices if not _owner(name)}  # now with what they belong to
    for name, party in voices.items():
        if _owner(name):
            found[name] = _joined(party, _whole(_owner(name), whole))
    return found


def _joined(party: Party, owner: Party | None) -> Party:
    if owner is None or owner.key == party.key:
        return party
    return Party(party.name, tuple(sorted({*party.belongs, *owner.keys} - {party.key})), party.named)


def _owner(name: str) -> str:
    """For whom somebody is said to speak: "the Front" of "a spokesman for the Front" and "the Front's spokesman"; empty where it is not told."""
    words = name.split()
    for number in range(len(words) - 1, 0, -1):
        if words[number].casefold() in told_words()["belonging"]:
            return " ".join(words[number + 1 :])
        if words[number - 1].endswith(("'s", "’s")):
            return " ".join(words[:number])[:-2]
    return ""


def _whole(name: str, whole: Mapping[str, Party]) -> Party | None:
    """The party of that name, or of which it is the short form."""
    return whole.get(name_key(name)) or _longer(name, whole)


def _longer(name: str, whole: Mapping[str, Party]) -> Party | None:
    """The one party of whose name this is the short form, as its article shows."""
    first, key = name.split()[:1], name_key(name)
    if not first or first[0].casefold() not in told_words()["definite"]:
        return None
    longer = [party for other, party in whole.items() if other.startswith(f"{key} ") or other.endswith(f" {key}")]
    return longer[0] if len(longer) == 1 else None


def _first_words(key: str, whole: Mapping[str, Party]) -> Party | None:
    """The party whose whole name this one begins with: the longest such name."""
    found = [other for other in whole if key.startswith(f"{other} ")]
    return whole[max(found, key=len)] if found else None


def _by_record(reviews: Sequence[Review]) -> Mapping[str, list[Review]]:
    found: dict[str, list[Review]] = {}
    for review in reviews:
        found.setdefault(review.record, []).append(review)
    return found


def _original(document: str, copies: Mapping[str, str]) -> str:
    """The document whose words it reprints, through copies of copies."""
    at, seen = document, {document}
    for _ in range(_MOST_COPIES):
        following = copies.get(at, at)
        if following in seen:
            # A ring of copies has no original: the smallest id stands for all, whichever one is asked about.
            return at if following == at else min(seen)
        seen.add(following)
        at = following
    return at


def _outlet(document: Document, sources: Mapping[str, RegisteredSource], states: Mapping[str, str]) -> Party:
    source = document.source
    party = _party(source.name or _NO_SOURCE, source.side, sources, states, True)
    if source.kind is SourceKind.STATE and source.country:
        party = Party(party.name, tuple(sorted({*party.belongs, f"state {source.country.lower()}"})))
    return party


def _speaks_for(document: Document, sources: Mapping[str, RegisteredSource]) -> tuple[str, ...]:
    """The keys of the side and state whose channel a document's outlet is told or registered to be."""
    source = document.source
    known = sources.get(name_key(source.name)) or sources.get(source.name)
    keys = {name_key(side) for side in (source.side, known.side if known else None) if side}
    kinds = ((source.kind, source.country), (known.kind, known.country) if known else (None, None))
    return tuple(sorted(keys | {f"state {country.lower()}" for kind, country in kinds if kind is SourceKind.STATE and country}))


def _party(name: str, side: str | None, sources: Mapping[str, RegisteredSource], states: Mapping[str, str], named: bool) -> Party:
    """A party with what is registered of it; what the report tells of its side stands beside."""
    known = sources.get(name_key(name)) or sources.get(name)
    belongs = {name_key(side)} if side else set()
    if known is not None:
        belongs.update(name_key(one) for one in (known.side,) if one)
        if known.agency:
            agency = sources.get(name_key(known.agency)) or sources.get(known.agency)
            belongs.add(name_key(agency.name if agency else known.agency))
        if known.kind is SourceKind.STATE and known.country:
            belongs.add(f"state {known.country.lower()}")
    shown = known.name if known else name
    belongs.update(states[key] for key in (name_key(shown), *sorted(belongs)) if key in states)
    return Party(shown, tuple(sorted(belongs - {name_key(shown)})), named or known is not None)


def _targets(reading: Reading) -> Mapping[str, ActorTarget]:
    """The actor that each mention was judged to be, by mention id: only those of the list, since a role ("civilians") is nobody in particular."""
    return {one.mention: one.target for one in reading.resolutions if isinstance(one.target, ActorTarget) and one.target.id}


def _parties(
    spans: Sequence[Span], targets: Mapping[str, ActorTarget], sources: Mapping[str, RegisteredSource], states: Mapping[str, str]
) -> tuple[Party, ...]:
    found: dict[str, Party] = {}
    for span in spans:
        target = targets.get(Mention(MentionKind.ACTOR, span).id)
        party = _party(target.name if target else span.quote, None, sources, states, True)
        found[party.key] = replace(party, listed=target is not None)
    return tuple(found[key] for key in sorted(found))
