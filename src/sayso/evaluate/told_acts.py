"""Acts as the scorers compare them: what a reader tells of a text, and the type that the published PLOVER table gives to it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sayso.languages.strict import StrictTable, read_toml
from sayso.model import Document, Reading, Source
from sayso.model.claim import Claim
from sayso.model.document import Span
from sayso.model.words import Modality
from sayso.pipeline import Reader

Part = tuple[int, int]
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_AIM = "in order "  # in the reason of an act that is only the aim of another
NO_ACT = "0"
_TABLE = Path(__file__).with_name("plover_table.toml")


@dataclass(frozen=True, slots=True)
class ToldAct:
    """One act that a text is said to tell."""

    type: str
    at: Part
    actor: tuple[Part, ...] = ()
    recipient: tuple[Part, ...] = ()
    mode: str | None = None
    modality: Modality = Modality.ACTUAL
    words: frozenset[str] = field(default_factory=frozenset)  # dictionary forms of the words that tell it
    whom: frozenset[str] = field(default_factory=frozenset)  # and of those of its recipients
    announced: bool = False  # said to be still to come, and not only the aim of another act
    historical: bool = False


Told = Callable[[Sequence[str]], Sequence[Sequence[ToldAct]]]  # the acts of each of several texts
Lemmas = Callable[[str], frozenset[str]]  # the dictionary forms that a word may have


def reading_acts(reading: Reading, lemmas: Lemmas) -> list[ToldAct]:
    """The claims of a reading, in the order of the text."""
    text = reading.document.text
    return [_act(claim, text, lemmas) for claim in sorted(reading.claims, key=lambda claim: (claim.trigger.start, claim.trigger.end))]


def act_predictor(reader: Reader, lemmas: Lemmas) -> Told:
    """A function that gives the acts of texts; none where a text cannot be read."""

    def predict(texts: Sequence[str]) -> list[list[ToldAct]]:
        read = reader.read(Document(text, Source("Outlet"), language="en") for text in texts)
        return [reading_acts(one, lemmas) if isinstance(one, Reading) else [] for one in read]

    return predict


def published_type(act: ToldAct) -> str:
    """The type that the published table gives to an act; sayso's own where they agree."""
    table = _table()
    if act.announced and act.type in table.announced:
        return table.announced[act.type]
    return next((rule.target for rule in table.rules if rule.fits(act)), act.type)


def cameo_class(act: ToldAct | None) -> str:
    """The class of an act's CAMEO code, "1" to "4"; "0" for no act, an appeal that demands nothing and a denial of blame."""
    table = _table()
    if act is None:
        return NO_ACT
    if (act.type == "REQUEST" and table.demanding.isdisjoint(act.words)) or (act.type == "REJECT" and not table.denying.isdisjoint(act.words)):
        return NO_ACT
    turned = published_type(act)
    return table.classes[act.type if act.type == "SANCTION" and not act.announced else turned]  # CAMEO keeps sanctions among the words (16)


@dataclass(frozen=True, slots=True)
class _Rule:
    source: str
    target: str
    mode: str
    unless: str
    words: frozenset[str]
    whom: frozenset[str]

    def fits(self, act: ToldAct) -> bool:
        """Whether the act is of the rule's type, and of its mode or told with one of its words."""
        if act.type != self.source or (self.unless and act.mode == self.unless):
            return False
        return act.mode == self.mode if self.mode else not (self.words.isdisjoint(act.words) and self.whom.isdisjoint(act.whom))


@dataclass(frozen=True, slots=True)
class _Table:
    announced: Mapping[str, str]
    rules: tuple[_Rule, ...]
    classes: Mapping[str, str]
    demanding: frozenset[str]
    denying: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    top = read_toml(_TABLE)
    announced, classes = (_turned(top.table(name)) for name in ("announced", "classes"))
    statements = top.table("statements")
    demanding, denying = (frozenset(statements.strings(name)) for name in ("demanding", "denying"))
    statements.done()
    rules = []
    for one in top.tables("rule"):
        one.string("code")
        texts = (one.string("from"), one.string("to"), one.string("mode", ""), one.string("unless", ""))
        rules.append(_Rule(*texts, frozenset(one.strings("words")), frozenset(one.strings("whom"))))
        one.done()
    top.done()
    return _Table(announced, tuple(rules), classes, demanding, denying)


def _turned(table: StrictTable) -> dict[str, str]:
    """Of lists by name, the name by each of their members."""
    return {member: name for name in table.names() for member in table.strings(name)}


def _act(claim: Claim, text: str, lemmas: Lemmas) -> ToldAct:
    roles, at = claim.roles, (claim.trigger.start, claim.trigger.end)
    recipient = _parts(roles.recipient)
    return ToldAct(
        claim.act.type,
        at,
        _parts(roles.actor),
        recipient,
        claim.act.mode,
        claim.modality,
        words_of(text, [at], lemmas),
        words_of(text, recipient, lemmas),
        claim.modality is Modality.PLANNED and _AIM not in claim.reason,
        claim.historical,
    )


def words_of(text: str, parts: Sequence[Part], lemmas: Lemmas) -> frozenset[str]:
    """The dictionary forms of the words of some stretches."""
    return frozenset(form for start, end in parts for word in _WORD.findall(text[start:end]) for form in lemmas(word))


def _parts(spans: Sequence[Span]) -> tuple[Part, ...]:
    return tuple((span.start, span.end) for span in spans)
