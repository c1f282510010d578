"""Coding: claims of one happening become rows of a codebook, each with its reason.

Coding is told kinds and places, never names: `CodingFacts` has no field that could hold one, so that actors of one kind can be swapped
without moving a row. Only acts told as done are coded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso.codebooks.rows import NONE, SOMETHING, UNKNOWN, Example, Party, RowBook, Rule
from sayso.errors import DataError
from sayso.model import Event, Incident
from sayso.model.words import ActorKind, Certainty, Modality, VictimStatus

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CodingFacts:
    """What coding is told of one claim: kinds and common nouns (lemmas in lower case, each of its own role), never names."""

    claim: str
    type: str
    mode: str | None = None
    modality: Modality = Modality.ACTUAL
    certainty: Certainty = Certainty.CERTAIN
    actor_kinds: tuple[ActorKind, ...] = ()  # `unknown` for each that was not resolved
    recipient_kinds: tuple[ActorKind, ...] = ()
    actor_words: frozenset[str] = _NOTHING
    recipient_words: frozenset[str] = _NOTHING
    instrument_words: frozenset[str] = _NOTHING
    trigger_words: frozenset[str] = _NOTHING
    context_words: frozenset[str] = _NOTHING  # of the whole sentence
    victim_status: VictimStatus = VictimStatus.UNKNOWN
    country_home: bool | None = None  # the actor's country is the place's
    harm: bool = False  # somebody was killed or injured by it
    company: frozenset[str] = _NOTHING  # TYPE or TYPE/mode of the other actual acts of the sentence and the incident
    nearby: frozenset[str] = _NOTHING  # the same for the paragraph

    @property
    def act(self) -> str:
        """The act as other claims see it in their company."""
        return f"{self.type}/{self.mode}" if self.mode else self.type

    @property
    def means(self) -> frozenset[str]:
        """The words that tell how it was done."""
        return self.actor_words | self.instrument_words | self.trigger_words


@dataclass(frozen=True, slots=True)
class Coded:
    """What one claim was coded as, by which rule and why; `sub_event` None is a decision that there is no row."""

    facts: CodingFacts
    sub_event: str | None
    rule: str | None
    reason: str
    participants: frozenset[str] = _NOTHING
    target: frozenset[str] = _NOTHING


def code(incident: Incident, facts: Sequence[CodingFacts], book: RowBook) -> tuple[Event, ...]:
    """The rows of an incident: one for the claims of the same actors, at the highest of their sub-events; () where nothing is to be coded."""
    strange = sorted({one.claim for one in facts} - set(incident.claims))
    if strange:
        raise ValueError(f"facts of the claim {strange[0]!r}, which is not of the incident {incident.id}")
    coded = [one for one in (code_claim(fact, book) for fact in in_company(facts)) if one.sub_event is not None]
    order = {name: rank for rank, name in enumerate(book.precedence)} if coded else {}
    coded.sort(key=lambda one: (order[one.sub_event or ""], one.facts.claim))
    groups: list[list[Coded]] = []
    for one in coded:
        group = next((group for group in groups if _same_actors(group, one)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return tuple(_event(incident, group, book) for group in groups)


def in_company(facts: Sequence[CodingFacts]) -> tuple[CodingFacts, ...]:
    """The facts, each knowing the other actual acts of the incident."""
    done = [(one.claim, one.act) for one in facts if one.modality is Modality.ACTUAL]
    beside = [frozenset(act for claim, act in done if claim != one.claim) for one in facts]
    return tuple(one if others <= one.company else replace(one, company=one.company | others) for one, others in zip(facts, beside, strict=True))


def code_claim(facts: CodingFacts, book: RowBook) -> Coded:
    """How one claim is coded: the first rule that holds decides."""
    if facts.modality is not Modality.ACTUAL:
        return Coded(facts, None, None, f"told as {facts.modality.value}: only acts told as done become rows")
    rules = _rules_of(book, facts.type, facts.mode or NONE)
    if not rules:
        return Coded(facts, None, None, f"{book.title} has no row for {facts.act} as told here")
    actor = parties_of(facts.actor_kinds, facts.actor_words, book.parties)
    recipient = _with_status(parties_of(facts.recipient_kinds, facts.recipient_words, book.parties), facts, book)
    told = _told(facts, actor, recipient)
    rule = next((one.rule for one in rules if one.holds(facts, told)), None)
    if rule is None:
        return Coded(facts, None, None, f"{book.title} has no row for {facts.act} as told here")
    return Coded(facts, rule.sub_event, rule.name, rule.reason, (actor | recipient) & _people(book), recipient)


def may_be_coded(kind: str, book: RowBook) -> bool:
    """Whether any rule of the book speaks of a type of act."""
    return bool(_rules_of(book, kind))


@lru_cache(maxsize=1024)
def _rules_of(book: RowBook, kind: str, mode: str | None = None) -> "tuple[_Ready, ...]":
    """The rules that speak of a type of act, in their order; of a mode, those that it does not rule out."""
    asked = (rule for rule in book.rules if kind in rule.when.type)
    return tuple(_ready(rule) for rule in asked if mode is None or not rule.when.mode or mode in rule.when.mode)


@lru_cache(maxsize=64)
def _people(book: RowBook) -> frozenset[str]:
    """The parties with kinds: one without is somebody of whom too little is told to tell them from others."""
    return frozenset(party.name for party in book.parties if party.kinds)


def parties_of(kinds: Sequence[ActorKind], words: frozenset[str], parties: Iterable[Party]) -> frozenset[str]:
    """Who or what a role stands for: by its kinds; by its nouns where a kind is not known; things by nouns always."""
    open_kind = not kinds or ActorKind.UNKNOWN in kinds
    found = set()
    for party in parties:
        if not party.kinds.isdisjoint(kinds) or (words and (party.thing or open_kind) and _is_said(party.words, _phrases(party.words), words)):
            found.add(party.name)
    return frozenset(found or ({UNKNOWN, SOMETHING} if words or kinds else {UNKNOWN}))


def _with_status(recipient: frozenset[str], facts: CodingFacts, book: RowBook) -> frozenset[str]:
    """The recipient with what is claimed of the victims' status, where nothing else tells who they are."""
    told = {VictimStatus.CIVILIAN: "civilians", VictimStatus.COMBATANT: "combatants"}.get(facts.victim_status)
    people = {party.name for party in book.parties if not party.thing}
    if told not in people or any(party.kinds and party.name in recipient for party in book.parties):
        return recipient
    return (recipient - people - {UNKNOWN, SOMETHING}) | {told}


# Words of which a rule wants one, or wants none (False), among those of one kind: whose place is in `_told`; of a phrase all are wanted.
_Asked = tuple[int, bool, frozenset[str], tuple[frozenset[str], ...]]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A rule with what it asks for of words, parties and company in one row: what is not asked for is left out."""

    rule: Rule
    asked: tuple[_Asked, ...]

    def holds(self, facts: CodingFacts, told: Sequence[frozenset[str]]) -> bool:
        """Whether the rule holds for a claim of its type and mode; `told` are the claim's words, parties and company as `_told` gives them."""
        when = self.rule.when
        if when.victim_status and facts.victim_status not in when.victim_status:
            return False
        if (when.harm is not None and when.harm is not facts.harm) or (when.home is not None and when.home is not facts.country_home):
            return False
        for at, wanted, words, phrases in self.asked:  # noqa: SIM110 — plain loops here, as they are asked thousands of times a report
            if _is_said(words, phrases, told[at]) is not wanted:
                return False
        return True


def _ready(rule: Rule) -> _Ready:
    when = rule.when
    sets = ((when.actor, when.not_actor), (when.recipient, when.not_recipient), (when.company, when.not_company), (when.nearby, when.not_nearby))
    worded = (
        (when.words, when.not_words), (when.means, when.not_means), (when.trigger_words, when.not_trigger_words), (when.context, when.not_context)
    )  # fmt: skip
    asked: list[_Asked] = [(at, not turn, words, ()) for at, pair in enumerate(sets) for turn, words in enumerate(pair) if words]
    asked += [(at, not turn, words, _phrases(words)) for at, pair in enumerate(worded, len(sets)) for turn, words in enumerate(pair) if words]
    return _Ready(rule, tuple(asked))


def _told(facts: CodingFacts, actor: frozenset[str], recipient: frozenset[str]) -> tuple[frozenset[str], ...]:
    """What rules ask of: parties, company, words of the claim, in the order of `_ready`."""
    means = facts.means
    everything = means | facts.recipient_words
    company = _acts(facts.company)
    return actor, recipient, company, _acts(facts.nearby) | company, everything, means, facts.trigger_words, everything | facts.context_words


def _acts(told: frozenset[str]) -> frozenset[str]:
    """Acts with and without their modes."""
    return told | {act.partition("/")[0] for act in told}


def _is_said(words: frozenset[str], phrases: Iterable[frozenset[str]], told: frozenset[str]) -> bool:
    if not words.isdisjoint(told):
        return True
    for phrase in phrases:  # noqa: SIM110
        if phrase <= told:
            return True
    return False


@lru_cache(maxsize=4096)
def _phrases(wanted: frozenset[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(one.split()) for one in wanted if " " in one)


def _same_actors(group: Sequence[Coded], one: Coded) -> bool:
    """Whether the actors of a claim are among those of the group, or the group's among its own: who is unknown is taken for the same."""
    theirs = frozenset[str]().union(*(other.participants for other in group))
    return one.participants <= theirs or theirs <= one.participants


def _event(incident: Incident, group: Sequence[Coded], book: RowBook) -> Event:
    lead = group[0]
    found = book.type(lead.sub_event or "")
    unarmed, armed = book.groups.get("unarmed", _NOTHING), book.groups.get("armed", _NOTHING)
    only_civilians = bool(lead.target & unarmed) and not lead.target & armed
    targeted = found.targeting == "always" or (found.targeting == "civilians" and only_civilians)
    lower = sorted({one.sub_event or "" for one in group} - {found.name})
    reason = f"{lead.reason} (rule {lead.rule})" + (f"; it outranks {', '.join(lower)} of the same actors" if lower else "")
    fields = (
        ("disorder_type", found.disorder_type),
        ("event_type", found.event_type),
        ("sub_event_type", found.name),
        ("civilian_targeting", "Civilian targeting" if targeted else ""),
    )
    return Event(book.name, book.digest, incident.id, tuple(sorted({one.facts.claim for one in group})), fields, reason)


def facts_of(example: Example) -> CodingFacts:
    """What coding is told of an example of a book."""
    return CodingFacts(
        "example", example.type, example.mode, example.modality, Certainty.CERTAIN, example.actor, example.recipient, example.actor_words,
        example.recipient_words, example.instrument_words, example.trigger_words, example.context_words, example.victim_status, example.home,
        example.harm, example.company, example.nearby,
    )  # fmt: skip


def check_book(book: RowBook) -> None:
    """Nothing; DataError with file and line where an example is coded by another rule than the one that holds it."""
    for rule in book.rules:
        for example in rule.examples:
            found = code_claim(facts_of(example), book)
            if found.rule != rule.name:
                raise DataError(_misled(book, rule, example, found))


def _misled(book: RowBook, rule: Rule, example: Example, found: Coded) -> str:
    by = f"the rule {found.rule!r}, which stands before it" if found.rule else "no rule"
    return f"{book.path}:{example.line}: the example {example.says!r} of the rule {rule.name!r} is coded by {by}: move the rule up or correct either"
