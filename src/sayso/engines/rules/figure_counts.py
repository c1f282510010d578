"""Counts: numbers that stand beside a word for a count ("the death toll rose to 43", "put the number of wounded at 80")."""

import re
from typing import TYPE_CHECKING

from sayso.engines.rules.figure_groups import Group, Grouping
from sayso.engines.rules.figure_verbs import Link
from sayso.languages.harm import Harm
from sayso.model.words import Measure

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLAIN = ("number", "figure", "count", "tally", "total", "estimate", "statistic", "sum")
_FIRST = (Measure.KILLED, Measure.INJURED, Measure.MISSING, Measure.DISPLACED, Measure.ABDUCTED, Measure.DETAINED, Measure.CASUALTIES)
_WINDOW = 16
_COLONS = (":", "=", "-", "–", "—")
_PUT = re.compile(r"\b(?:put|puts|putting|set|sets) (?:it|them|this|that) at(?: .* at)?$|\b(?:speak|speaks|spoke|talk|talks|talked|spoken) of$", re.DOTALL)


class Counts:
    """Finds what a bare number counts from the counting word before it."""

    def __init__(self, harm: Harm, grouping: Grouping) -> None:
        self.harm, self.grouping = harm, grouping
        self.labels = {
            word: measure
            for measure in reversed(_FIRST)
            for word in (*harm.measures[measure].count_words, *harm.measures[measure].words, *harm.measures[measure].counted)
            if word not in ("shot", "held", "rounded", "body", "remains")
        }
        self.words = {word: measure for measure in reversed(_FIRST) for word in harm.measures[measure].count_words}

    def link(self, group: Group, before: Measure | None) -> Link | None:
        """The measure that a counting word gives the number; `before` is that of the figure told last."""
        doc = group.parsed.doc
        if group.first == 0 or group.low == 0:
            return None
        label = self._label(group) or self._ahead(group)
        if label is not None:
            return label
        if group.bare and before is not None and self._put(group):
            return Link(before, group.head)
        person = not group.bare and self.grouping.is_person(group.head) and self.grouping.lemma(group.head) not in self.grouping.counted
        ranged = (group.operator or "").lower().startswith(("from", "between", "ranging"))
        if not (group.bare or person) or not (ranged or doc[group.first - 1].lower_ in self.harm.lists["beside_before_number"]):
            return None
        if not group.bare and doc[group.first - 1].lower_ == "of":
            return None
        noun = self._noun(group)
        if noun is None or not self._amount(group, noun):
            return None
        measure = self._measure(noun)
        if measure is None and self.grouping.lemma(noun) in _PLAIN and group.bare:
            measure = before
        return Link(measure, noun) if measure else None

    def _label(self, group: Group) -> Link | None:
        """A label before the number: "Killed: 4", "total injured - 154", "Losses: 840 personnel"."""
        doc = group.parsed.doc
        colon = doc[group.first - 1].text
        if group.bare and doc[group.first - 1].lower_ in self.labels:
            return self._plain(group)
        if (
            group.bare
            and group.first > 1
            and colon in ("at", "to", "number", "numbered", "numbering", "total", "totalled", ",")
            and doc[group.first - 2].lower_ in self.words
            and doc[group.first - 2].tag_[0] in "JVN"
            and (colon != "," or (group.first > 2 and doc[group.first - 3].lower_ == "the"))
        ):
            return Link(self.words[doc[group.first - 2].lower_], doc[group.first - 2])  # "put the dead at 18", "the dead number 19", "the injured, 30 or so"
        if colon not in _COLONS or not (group.bare or (colon in (":", "=") and self.grouping.is_person(group.head))):
            return None
        if group.last + 1 < len(doc) and doc[group.last + 1].lower_ in self.labels:
            return None  # "Losses: 3 killed" tells itself what it counts
        found: Link | None = None
        for token in reversed(list(doc[max(0, group.first - 9) : group.first - 1])):
            if token.text in (",", ";", ".", "|", "(", ")", "/", *_COLONS):
                return found
            if token.tag_ in ("CD", "VBZ", "VBP", "MD", "PRP", "WDT", "WP") or (token.tag_ == "VBD" and token.lower_ not in self.labels):
                return None
            word = token.lower_ if token.lower_ in self.labels else self.grouping.lemma(token)
            if found is None and word in self.labels:
                found = Link(self.labels[word], token)
        return found if group.first <= 9 else None

    def _plain(self, group: Group) -> Link | None:
        """A label right before the number, in a list: "dead 11, wounded 34"."""
        doc, at = group.parsed.doc, group.first - 1
        opened = at == 0 or doc[at - 1].text in (",", ";", ":", "(", "and", *_COLONS)
        closed = group.last + 1 >= len(doc) or doc[group.last + 1].text in (",", ";", ".", ")", "(", "and")
        return Link(self.labels[doc[at].lower_], doc[at]) if opened and closed and doc[at].tag_ != "VBG" else None

    def _ahead(self, group: Group) -> Link | None:
        """The counting word behind the number: "brings to 71 the number of people killed"."""
        doc = group.parsed.doc
        behind = list(doc[group.last + 1 : group.last + 14])
        if not group.bare or doc[group.first - 1].lower_ not in ("to", "at") or not behind or behind[0].lower_ not in ("the", "its", "their"):
            return None
        noun = next((token for token in behind[:5] if token.tag_.startswith("NN")), None)
        if noun is None or self.grouping.lemma(noun) not in self.harm.lists["count_nouns"] or self.grouping.lemma(noun) in ("estimate", "statistic"):
            return None
        measure = self._measure(noun) or next((self.labels[token.lower_] for token in doc[noun.i + 1 : noun.i + 8] if token.lower_ in self.labels), None)
        return Link(measure, noun) if measure else None

    def _put(self, group: Group) -> bool:
        """Whether the number is another count of what was told before: "the mayor put it at nine, a priest at five", "the office speaks of ten"."""
        ahead = group.parsed.doc[max(0, group.first - _WINDOW) : group.first].text.lower()
        return bool(_PUT.search(ahead))

    def _noun(self, group: Group) -> "Token | None":
        """The counting noun before the number, in the same clause and with no other number between them."""
        doc = group.parsed.doc
        for token in reversed(list(doc[max(0, group.first - _WINDOW) : group.first])):
            if token.text in (";", "–", "—"):
                return None
            if token.tag_.startswith("NN") and self.grouping.lemma(token) in self.harm.lists["count_nouns"]:
                return token
        return None

    def _amount(self, group: Group, noun: "Token") -> bool:
        """Whether a verb of amount stands between the noun and the number, or nothing but "of" and "to"."""
        between = list(group.parsed.doc[noun.i + 1 : group.first])
        if any(token.text == "," for token in between[:-1]) and len(between) > 8:
            return False
        verbs = [token for token in between if token.tag_.startswith("V")]
        lemmas = [str(self.grouping.inflector.lemma(token.text, token.tag_)) for token in verbs]
        before = [
            str(self.grouping.inflector.lemma(token.text, token.tag_)) for token in group.parsed.doc[max(0, noun.i - 8) : noun.i] if token.tag_.startswith("V")
        ]
        known = self.harm.lists["count_verbs"]
        return any(lemma in known for lemma in (*lemmas, *before)) or len(between) <= 3 or bool(between and between[-1].lower_ == "at")

    def _measure(self, noun: "Token") -> Measure | None:
        """What the counting noun counts, from the words around it: "death toll", "number of wounded", "displacement figures"."""
        grouping = self.grouping
        around = [child for child in noun.children if child.dep_ in ("compound", "amod", "nmod", "poss")]
        around += list(noun.doc[max(0, noun.i - 2) : noun.i])
        for child in noun.rights:
            if child.dep_ == "prep" and child.lower_ == "of":
                around += [token for token in child.subtree if token.i <= child.i + 6]
        for token in around:
            for form in (token.lower_, grouping.lemma(token)):
                if form in self.words and token.tag_ != "IN":
                    return self.words[form]
        lemma = grouping.lemma(noun)
        if lemma in ("toll", "tolls"):
            return Measure.KILLED
        return self.words.get(lemma)
