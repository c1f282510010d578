"""What a codebook of kind `rows` holds: sub-event types, parties, sides, and the ordered rules that turn what is known of a claim into one sub-event."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sayso.model.words import ActorKind, Modality, VictimStatus

UNKNOWN = "unknown"  # the party of a role of which nothing is known
SOMETHING = "something"  # beside `unknown`: somebody or something is told, and is of no known kind
NONE = "none"  # in a rule: no row; in a list of modes: an act without a mode
ONE_A_DAY, RANGE = "one", "range"  # of `days`: a row a day, or one row from the first day to the last
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RowType:
    """One sub-event type: where it stands and what it is, in our own words."""

    name: str
    event_type: str
    disorder_type: str
    targeting: str  # when civilian targeting is marked: always, civilians (they are the only target), never
    definition: str
    excludes: tuple[str, ...]
    fields: tuple[tuple[str, str], ...] = ()  # further columns of its rows
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by other book, what it is there
    actor_side: Mapping[str, str] = field(default_factory=dict)  # by party, the label of who acts, where it is another than the book's
    recipient_side: Mapping[str, str] = field(default_factory=dict)  # the same of who is acted on; of `unknown`, where nobody is told
    bystanders: frozenset[str] = NOTHING  # parties that are never a side of its rows
    two_sided: bool = False  # there is a second side though nobody tells of it
    mutual: str = ""  # the sub-event of its rows where both sides did it to each other
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Party:
    """Who or what a role may stand for: told by kinds, or by common nouns where no kind is known (a thing: always by nouns)."""

    name: str
    kinds: frozenset[ActorKind]
    words: frozenset[str]
    thing: bool
    owner: bool = False  # a thing that stands for whose it is: who hits a base hits its owner


@dataclass(frozen=True, slots=True)
class SideLabel:
    """A label of sides: whom it holds, the number of old, and what such an actor is called outside its own country."""

    label: str
    code: int | None
    parties: frozenset[str]
    kinds: frozenset[ActorKind]  # only these kinds of the parties; empty for all
    abroad: str  # the label where the actor's country is not the place's; empty for the same
    before: frozenset[str]  # labels of a smaller code that it stands before all the same
    words: frozenset[str] = NOTHING  # nouns by which anybody armed is of this side, whatever the party and kind


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to hold for a rule; an empty field holds always."""

    type: frozenset[str]
    mode: frozenset[str] = NOTHING
    actor: frozenset[str] = NOTHING
    not_actor: frozenset[str] = NOTHING
    recipient: frozenset[str] = NOTHING
    not_recipient: frozenset[str] = NOTHING
    words: frozenset[str] = NOTHING  # anywhere in the claim
    not_words: frozenset[str] = NOTHING
    means: frozenset[str] = NOTHING  # in instrument, act or actor
    not_means: frozenset[str] = NOTHING
    trigger_words: frozenset[str] = NOTHING
    not_trigger_words: frozenset[str] = NOTHING
    context: frozenset[str] = NOTHING  # anywhere in the sentence
    not_context: frozenset[str] = NOTHING
    company: frozenset[str] = NOTHING
    not_company: frozenset[str] = NOTHING
    nearby: frozenset[str] = NOTHING
    not_nearby: frozenset[str] = NOTHING
    victim_status: frozenset[VictimStatus] = frozenset()
    harm: bool | None = None
    killed: bool | None = None
    home: bool | None = None
    sides: tuple[frozenset[str], ...] = ()  # none or two: one side has a party of the first, another side one of the second
    between: tuple[frozenset[str], ...] = ()  # the same of two who act, whoever is hit: "people died in fighting between the army and the rebels"


@dataclass(frozen=True, slots=True)
class Example:
    """An invented sentence with what coding is told of it: the rule that holds it has to be the one that codes it."""

    says: str
    type: str
    mode: str | None
    actor: tuple[ActorKind, ...] = ()
    recipient: tuple[ActorKind, ...] = ()
    actor_words: frozenset[str] = NOTHING
    recipient_words: frozenset[str] = NOTHING
    instrument_words: frozenset[str] = NOTHING
    trigger_words: frozenset[str] = NOTHING
    context_words: frozenset[str] = NOTHING
    company: frozenset[str] = NOTHING
    nearby: frozenset[str] = NOTHING
    victim_status: VictimStatus = VictimStatus.UNKNOWN
    modality: Modality = Modality.ACTUAL
    harm: bool = False
    killed: bool = False
    home: bool | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """One decision: the first rule whose condition holds codes the claim; `sub_event` None says that no row is right."""

    name: str
    sub_event: str | None
    when: Condition
    reason: str
    examples: tuple[Example, ...]
    two_sided: bool = False  # those in the actor role did it to each other
    beside: bool = False  # where nobody is told to have done it, the claims beside it say what it was
    line: int = field(default=0, compare=False)
    counterexamples: tuple[Example, ...] = ()  # what looks like it, and is coded by another rule or by none


@dataclass(frozen=True, slots=True, eq=False)
class RowBook:
    """A codebook of kind `rows`."""

    name: str
    title: str
    version: str
    licence: str
    digest: str
    types: tuple[RowType, ...]
    precedence: tuple[str, ...]  # sub-events, highest first
    parties: tuple[Party, ...]
    groups: Mapping[str, frozenset[str]]  # names that stand for several parties
    rules: tuple[Rule, ...]
    path: str = ""
    days: str = RANGE  # one: a row a day; range: one row from the first day to the last
    sides: tuple[SideLabel, ...] = ()
    weigh: str = ""  # the policy by which figures of its rows are weighed; empty for the export's own
    pooled: bool = False  # rules see what all claims of a happening tell together
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)  # of words: what a book that is like this one takes
    like: str = ""  # path of the book whose classes, parties, groups and sides it takes
    like_digest: str = ""

    def type(self, name: str) -> RowType:
        """The sub-event type of that name."""
        return next(found for found in self.types if found.name == name)

    def side(self, label: str) -> SideLabel | None:
        """The side of that label."""
        return next((found for found in self.sides if found.label == label), None)
