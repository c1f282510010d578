"""Deciding: which rule of a book codes one claim, and who takes part in it by that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.codebooks.coding_facts import CodingFacts
from sayso.codebooks.rows import NONE, SOMETHING, UNKNOWN, RowBook, RowType, Rule
from sayso.model.words import ActorKind, Modality, VictimStatus

_NOTHING: frozenset[str] = frozenset()
_STATUS = {VictimStatus.CIVILIAN: "civilians", VictimStatus.COMBATANT: "combatants"}


@dataclass(frozen=True, slots=True)
class Coded:
    """What one claim was coded as, by which rule and why; `sub_event` None is a decision that there is no row."""

    facts: CodingFacts
    sub_event: str | None
    rule: str | None
    reason: str
    participants: frozenset[str] = _NOTHING
    target: frozenset[str] = _NOTHING
    two_sided: bool = False  # those in the actor role did it to each other
    acting: frozenset[str] = _NOTHING  # of the participants, those in the actor role
    beside: bool = False  # nobody is told to have done it: the claims beside it say what it was


def code_claim(facts: CodingFacts, book: RowBook) -> Coded:
    """How one claim is coded: the first rule that holds decides."""
    if facts.modality is not Modality.ACTUAL:
        return Coded(facts, None, None, f"told as {facts.modality.value}: only acts told as done become rows")
    rules = _rules_of(book, facts.type, facts.mode or NONE)
    if not rules:
        return Coded(facts, None, None, f"{book.title} has no row for {facts.act} as told here")
    actor = parties_of(facts.actor_kinds, facts.actor_words, book)
    recipient = _with_status(parties_of(facts.recipient_kinds, facts.recipient_words, book), facts, book)
    told = _told(facts, actor, recipient)
    rule = next((one.rule for one in rules if one.holds(facts, told, book)), None)
    if rule is None:
        return Coded(facts, None, None, f"{book.title} has no row for {facts.act} as told here")
    acting, suffering = _takers(rule, actor & _people(book), recipient & _people(book), book)
    beside = rule.beside and not acting and actor <= things_of(book) | {UNKNOWN, SOMETHING}
    return Coded(facts, rule.sub_event, rule.name, rule.reason, acting | suffering, recipient, rule.two_sided, acting, beside)


def _takers(rule: Rule, actor: frozenset[str], recipient: frozenset[str], book: RowBook) -> tuple[frozenset[str], frozenset[str]]:
    """Who did it and to whom, by the names that rows of the sub-event have for them: farmers who march are protesters."""
    row = _types(book)[rule.sub_event] if rule.sub_event is not None else None
    if row is None or not (row.actor_side or row.recipient_side):
        return actor, recipient
    return frozenset(row.actor_side.get(one, one) for one in actor), frozenset(row.recipient_side.get(one, one) for one in recipient)


@lru_cache(maxsize=64)
def _types(book: RowBook) -> dict[str, RowType]:
    return {row.name: row for row in book.types}


def may_be_coded(kind: str, book: RowBook) -> bool:
    """Whether any rule of the book speaks of a type of act."""
    return kind in coded_types(book)


@lru_cache(maxsize=64)
def coded_types(book: RowBook) -> frozenset[str]:
    """The types of acts that rules of the book speak of."""
    return frozenset(kind for rule in book.rules for kind in rule.when.type)


@lru_cache(maxsize=1024)
def _rules_of(book: RowBook, kind: str, mode: str) -> "tuple[_Ready, ...]":
    """The rules that speak of a type of act and do not rule out its mode, in their order."""
    return tuple(_ready(rule) for rule in book.rules if kind in rule.when.type and (not rule.when.mode or mode in rule.when.mode))


@lru_cache(maxsize=64)
def _people(book: RowBook) -> frozenset[str]:
    """The parties with kinds: one without is somebody of whom too little is told to tell them from others."""
    return frozenset(party.name for party in book.parties if party.kinds)


@lru_cache(maxsize=64)
def things_of(book: RowBook) -> frozenset[str]:
    """The parties that are things."""
    return frozenset(party.name for party in book.parties if party.thing)


@lru_cache(maxsize=64)
def party_of_kind(book: RowBook) -> dict[ActorKind, str]:
    """By kind, the party that holds it."""
    return {kind: party.name for party in book.parties for kind in party.kinds}


def parties_of(kinds: Sequence[ActorKind], words: frozenset[str], book: RowBook) -> frozenset[str]:
    """Who or what a role stands for: by its kinds; by its nouns where a kind is not known; things by nouns always."""
    by_kind, things, people = _nouns(book)
    found = {by_kind[kind] for kind in kinds if kind in by_kind}
    if words:
        for nouns in (things, people) if not kinds or ActorKind.UNKNOWN in kinds else (things,):
            for name, single, phrases in nouns:
                if not single.isdisjoint(words) or (phrases and _is_said(single, phrases, words)):
                    found.add(name)
    return frozenset(found or ({UNKNOWN, SOMETHING} if words or kinds else {UNKNOWN}))


_Nouns = tuple[tuple[str, frozenset[str], tuple[frozenset[str], ...]], ...]


@lru_cache(maxsize=64)
def _nouns(book: RowBook) -> tuple[dict[ActorKind, str], _Nouns, _Nouns]:
    """The party of each kind; the nouns of things, and of people, by party."""
    told = [(party.thing, (party.name, party.words, _phrases(party.words))) for party in book.parties]
    return party_of_kind(book), tuple(one for thing, one in told if thing), tuple(one for thing, one in told if not thing)


def _with_status(recipient: frozenset[str], facts: CodingFacts, book: RowBook) -> frozenset[str]:
    """The recipient with what is claimed of the victims' status, where nothing else tells who they are."""
    told = _STATUS.get(facts.victim_status)
    if told is None or not recipient.isdisjoint(_people(book)):
        return recipient
    people = {party.name for party in book.parties if not party.thing}
    return (recipient - people - {UNKNOWN, SOMETHING}) | {told} if told in people else recipient


# Words of which a rule wants one, or wants none (False), among those of one kind: whose place is in `_told`; of a phrase all are wanted.
_TRIGGER = 6  # the place of the words of the act in `_told`
_Asked = tuple[int, bool, frozenset[str], tuple[frozenset[str], ...]]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A rule with what it asks for of words, parties and company in one row: what is not asked for is left out."""

    rule: Rule
    asked: tuple[_Asked, ...]

    def holds(self, facts: CodingFacts, told: Sequence[frozenset[str]], book: RowBook) -> bool:
        """Whether the rule holds for a claim of its type and mode; `told` are the claim's words, parties and company as `_told` gives them."""
        for at, wanted, words, phrases in self.asked:  # plain loops: asked thousands of times a report
            said = not words.isdisjoint(told[at])
            if phrases and not said:
                for phrase in phrases:
                    if phrase <= told[at]:
                        said = True
                        break
            if said is not wanted:
                return False
        when = self.rule.when
        if when.victim_status and facts.victim_status not in when.victim_status:
            return False
        if (when.harm is not None and when.harm is not facts.harm) or (when.home is not None and when.home is not facts.country_home):
            return False
        if when.killed is not None and when.killed is not facts.killed:
            return False
        if when.between and not any(one & when.between[0] and other & when.between[1] for one, other in _pairs(facts, book)):
            return False
        return not when.sides or _opposed(when.sides, facts, (told[0], told[1]), book)


def _ready(rule: Rule) -> _Ready:
    when = rule.when
    sets = ((when.actor, when.not_actor), (when.recipient, when.not_recipient), (when.company, when.not_company), (when.nearby, when.not_nearby))
    worded = (
        (when.words, when.not_words), (when.means, when.not_means), (when.trigger_words, when.not_trigger_words), (when.context, when.not_context)
    )  # fmt: skip
    asked: list[_Asked] = [(at, not turn, words, ()) for at, pair in enumerate(sets) for turn, words in enumerate(pair) if words]
    asked += [(at, not turn, words, _phrases(words)) for at, pair in enumerate(worded, len(sets)) for turn, words in enumerate(pair) if words]
    # What is wanted goes before what is not, and the words of the act before the rest: they rule out most, and the order changes no answer.
    return _Ready(rule, tuple(sorted(asked, key=lambda one: (not one[1], one[0] != _TRIGGER, bool(one[3])))))


def _pairs(facts: CodingFacts, book: RowBook) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The parties of each two of those who act, in either order; where nobody is told to act, of those who suffered: "a soldier and a rebel died"."""
    each = [parties_of((kind,), part.words, book) for part, kind, _ in facts.parts("actor" if facts.actor_kinds else "recipient")]
    return [(one, other) for at, one in enumerate(each) for number, other in enumerate(each) if at != number]


def _opposed(wanted: Sequence[frozenset[str]], facts: CodingFacts, roles: tuple[frozenset[str], frozenset[str]], book: RowBook) -> bool:
    """Whether one side has a party of the first list and another side one of the second, in either order; of a two-sided act all are actors."""
    first, second = wanted
    actor, recipient = roles
    nobody = recipient <= things_of(book) | {UNKNOWN, SOMETHING}
    pairs = _pairs(facts, book) if nobody and len(facts.actor_kinds) > 1 else [(actor, recipient), (recipient, actor)]
    return any(one & first and other & second for one, other in pairs)


def _told(facts: CodingFacts, actor: frozenset[str], recipient: frozenset[str]) -> tuple[frozenset[str], ...]:
    """What rules ask of: parties, company, words of the claim, in the order of `_ready`."""
    means = facts.means
    everything = means | facts.recipient_words
    company = _acts(facts.company)
    return actor, recipient, company, _acts(facts.nearby) | company, everything, means, facts.trigger_words, everything | facts.context_words


def _acts(told: frozenset[str]) -> frozenset[str]:
    """Acts with and without their modes."""
    return told | {act.partition("/")[0] for act in told}


def is_said(words: frozenset[str], told: frozenset[str]) -> bool:
    """Whether one of the words, or all of a phrase, is told."""
    return _is_said(words, _phrases(words), told)


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
