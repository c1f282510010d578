"""States: harm told by what people are or are no longer, not by a verb of harm ("in custody", "among the dead", "never came back")."""

import re
from typing import TYPE_CHECKING

from sayso.engines.rules.figure_groups import Grouping
from sayso.languages.harm import Harm
from sayso.model.words import Measure, VictimStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_REACH = 8  # tokens between a trace ("word", "sign") and the word that says that there is none
_SETTLED = ("refugee", "displaced", "idp", "evacuee", "migrant")  # who of them does not return home is not missing
_DRIVEN = ("from", "out", "off", "onto", "into")


class States:
    """Finds states with the words of one language."""

    def __init__(self, harm: Harm, grouping: Grouping) -> None:
        self.harm, self.grouping, self.lists = harm, grouping, harm.lists
        roomy = "|".join(sorted(self.lists["beside_roomy"]))
        self.predicates = []
        for measure, phrases in harm.predicates.items():
            loose = [re.sub(rf"^in (?=(?:{roomy})$)", r"in (?:(?!in|of|to|for|at)\\S+ ){0,3}", re.escape(phrase).replace(r"\ ", " ")) for phrase in phrases]
            self.predicates.append((measure, re.compile(rf"\b(?:{'|'.join(loose)})\b")))
        self.among = {word: measure for measure in reversed(list(Measure)) for word in (*harm.measures[measure].count_words, *harm.measures[measure].words)}
        self.unsurvived, self.unreturned, self.unseen = (_entries(self.lists["beside_" + name]) for name in ("unsurvived", "unreturned", "unseen"))

    def state(self, words: str) -> Measure | None:
        """What a state such as "in custody" in the lower-cased words tells."""
        return next((measure for measure, pattern in self.predicates if pattern.search(words)), None)

    def at_once(self, words: str) -> Measure | None:
        """The same, where the words begin with the state."""
        return next((measure for measure, pattern in self.predicates if pattern.match(words)), None)

    def among_them(self, behind: "Sequence[Token]") -> tuple[Measure, "Token"] | None:
        """What "among the dead" behind a form of "be" tells."""
        if len(behind) < 3 or behind[0].lower_ not in ("among", "amongst", "one"):
            return None
        for token in behind[2:6]:
            if token.lower_ in self.among:
                return self.among[token.lower_], token
            if token.tag_ == "NNS" and self.grouping.lemma(token) in self.among:
                return self.among[self.grouping.lemma(token)], token
        return None

    def undone(self, verb: "Token", subject: "Token", passive: bool) -> Measure | None:
        """What a negated verb tells of its subject: who did not survive is dead, who never came back or was not seen again is missing."""
        if not any(child.dep_ == "neg" or child.lower_ == "never" for child in verb.lefts):
            return None
        lemma = str(self.grouping.inflector.lemma(verb.text, verb.tag_))
        if passive:
            return Measure.MISSING if lemma in self.unseen and self._behind(self.unseen[lemma], verb) and not self._thing(subject) else None
        if lemma in self.unsurvived and self._behind(self.unsurvived[lemma], verb):
            return Measure.KILLED
        if lemma not in self.unreturned or not self._behind(self.unreturned[lemma], verb) or self.grouping.lemma(subject) in _SETTLED:
            return None
        return None if re.match(r"to (?!the (?:base|village|camp))", verb.doc[verb.i + 1 : verb.i + 4].text) else Measure.MISSING

    def driven(self, lemma: str, behind: "Sequence[Token]") -> bool:
        """Whether a verb such as "push" drives people out of their homes."""
        if lemma not in self.lists["beside_drivers"]:
            return False
        at = next((index for index, token in enumerate(behind) if token.lower_ in _DRIVEN), None)
        if at is None or (behind[at].lower_ == "into" and lemma != "force"):
            return False
        homes = [token for token in behind[at + 1 : at + 6] if self.grouping.lemma(token) in self.lists["beside_homes"]]
        own = any(token.lower_ in ("their", "his", "her") for token in behind[at + 1 : at + 5])
        return bool(homes) and (own or lemma in ("drive", "throw", "push", "force", "chase", "hound")) and behind[at].lower_ != "into"

    def refuge(self, head: "Token") -> "Token | None":
        """The verb of camps or of refugees where a noun for refugees stands beside it: "the camp holds 16,000 refugees"."""
        verb = head.head
        if self.grouping.lemma(head) not in self.lists["beside_uprooted"] or not verb.tag_.startswith("V"):
            return None
        lemma = str(self.grouping.inflector.lemma(verb.text, verb.tag_))
        told = self.lists["beside_sheltering"] if head.dep_ in ("dobj", "nsubjpass") else self.lists["beside_travelling"] if head.dep_ == "nsubj" else ()
        return verb if lemma in told else None

    def untraced(self, preposition: "Token") -> bool:
        """Whether "no word from", "lost contact with", "the whereabouts of … are unknown" stands before whom it is told of."""
        holder = preposition.head
        heard = holder.tag_.startswith("V") and holder.lower_ == "heard"
        if not heard and self.grouping.lemma(holder) not in self.lists["beside_traces"]:
            return False
        around = holder.doc[max(0, holder.i - _REACH) : holder.i + _REACH + 4]
        return any(token.lower_ in self.lists["beside_lacking"] for token in around)

    def _thing(self, subject: "Token") -> bool:
        return self.harm.status.get(self.grouping.lemma(subject), VictimStatus.UNKNOWN) is VictimStatus.COMBATANT or self.grouping.is_thing(subject)

    @staticmethod
    def _behind(rests: list[tuple[str, ...]], verb: "Token") -> bool:
        near = [token.lower_ for token in verb.doc[verb.i + 1 : verb.i + 5]]
        return any(all(word in near for word in rest) for rest in rests)


def _entries(words: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for entry in words:
        verb, *rest = entry.split("+")
        table.setdefault(verb, []).append(tuple(rest))
    return table
