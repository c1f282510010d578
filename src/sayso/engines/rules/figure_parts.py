"""Parts: groups told to be among those that another figure counts ("including 34 women", "14 of them children")."""

import re
from typing import TYPE_CHECKING

from sayso.engines.rules.figure_groups import Group, Grouping
from sayso.engines.rules.figure_verbs import Link
from sayso.languages.harm import Harm
from sayso.model.words import Measure

if TYPE_CHECKING:
    from spacy.tokens import Token

_CUE = re.compile(
    r"(?:\bincluding\b|\bincl\.?|\bamong (?:them|whom|which)\b|\bamongst (?:them|whom)\b|\bof (?:them|whom)\b|\bamong (?:the|those) (?P<state>\w+)\b"
    r"|\b(?:the|those) (?P<subject>dead|killed|victims|wounded|injured|missing|casualties|fatalities)"
    r"\s+(?:includ\w+|(?P<being>were|are))|\binclude[sd]?\b|\bcomprising\b|\bnotably\b)",
    re.IGNORECASE,
)
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_DEGREE = re.compile(r"^\s*(?:(?:in (?:a )?)?(?:critical|serious|grave)\b|critically\b|seriously\b|severely\b|gravely\b|fatally\b|lightly\b)", re.IGNORECASE)
_BEHIND = re.compile(r"^,?\s*(?:among|amongst) (?:them|whom|the (?:dead|killed|victims|wounded|injured))\b", re.IGNORECASE)


class Parts:
    """Tells parts by the words before and behind them."""

    def __init__(self, harm: Harm, grouping: Grouping) -> None:
        self.grouping = grouping
        self.events = {noun for words in harm.measures.values() for noun in words.events} - {"loss", "life", "body", "remains"}
        self.states = {word: measure for measure in reversed(list(Measure)) for word in (*harm.measures[measure].count_words, *harm.measures[measure].words)}

    def cue(self, group: Group) -> str | None:
        """The words that make the group a part; None where it is a whole of its own."""
        doc = group.parsed.doc
        start = doc[group.first].idx
        ahead = self.grouping.text(doc)[:start]
        if group.pronoun or self.grouping.text(doc)[max(0, start - 9) : start].lower().strip(" ,") in ("of whom", "of them"):
            return "of them"
        behind = self.grouping.text(doc)[doc[group.last].idx + len(doc[group.last]) :]
        if self.behind(group):
            return "among them"
        if group.bare and _DEGREE.match(behind) and re.search(r"[,(]\s*(?:with\s+)?$|\bwith\s+$", ahead):
            return "of them"
        if group.bare and self.describes(group):
            return "of them"
        last = None
        for match in _CUE.finditer(ahead):
            last = match
        if last is not None and self._joined(last.end(), group) and (not last["being"] or self._named(group, last.end())):
            return last[0]
        if ahead.endswith("(") and behind.lstrip().startswith(")") and group.low is not None and (group.single or not group.bare):
            return "("
        return None

    def behind(self, group: Group) -> bool:
        """Whether "among them" stands behind the group."""
        doc = group.parsed.doc
        return _BEHIND.match(self.grouping.text(doc)[doc[group.last].idx + len(doc[group.last]) :]) is not None

    def _joined(self, end: int, group: Group) -> bool:
        """Whether only a list of nouns stands between the cue and the group."""
        if group.head.dep_ in ("nsubj", "nsubjpass") and group.head.head.i > group.last and group.head.head.tag_.startswith("V"):
            return False
        if group.head.dep_ == "pobj" and group.head.head.lower_ == "from":
            return False  # "including four from one family": the family is no part
        between = [token for token in group.parsed.doc if end <= token.idx and token.i < group.first]
        if any(token.text in (";", ")", ":", "–", "—") for token in between):
            return False
        if any(self.grouping.lemma(token) in self.events for token in between if token.tag_.startswith("NN")):
            return False  # "including four officers, for the murder of six": the six are no part
        return not any(token.tag_ in _FINITE and token.lower_ not in ("were", "was", "are", "is") for token in between)

    def own(self, group: Group) -> Link | None:
        """The harm that a part tells itself: "of whom five later died", "two seriously wounded", "among the dead were two children"."""
        doc = group.parsed.doc
        ahead = self.grouping.text(doc)[: doc[group.first].idx]
        for match in _CUE.finditer(ahead):
            word = (match["state"] or match["subject"] or "").lower()
            if match["being"] and not self._named(group, match.end()):
                continue
            if word and self._joined(match.end(), group):
                measure = self.states.get(word) or self.states.get(word.rstrip("s")) or (Measure.CASUALTIES if word == "victims" else None)
                if measure:
                    return Link(measure, self._token(group, match.start()))
        if group.bare:
            return self._later(group)
        return None

    def _later(self, group: Group) -> Link | None:
        """The harm in the clause of "five of whom later died", "19 of them with bullet injuries"."""
        head = group.head
        verb = head.head
        if head.dep_ in ("nsubj", "nsubjpass") and verb.tag_.startswith("V"):
            lemma = str(self.grouping.inflector.lemma(verb.text, verb.tag_))
            if lemma in ("die", "perish", "succumb"):
                return Link(Measure.KILLED, verb)
            measure = self.states.get(verb.lower_)
            if measure and head.dep_ == "nsubjpass":
                return Link(measure, verb)
        for token in group.parsed.doc[group.last + 1 : group.last + 4]:
            if token.lower_ in ("died", "dead", "killed", "fatally"):
                return Link(Measure.KILLED, token)
        return None

    def _named(self, group: Group, end: int) -> bool:
        """Whether the group itself stands behind "the dead were", alone or in a list: not "the dead were buried by two men"."""
        between = [token for token in group.parsed.doc if end <= token.idx and token.i < group.first]
        return not any(token.tag_ in ("VBN", "VBG", "IN", "TO", "RP") and token.lower_ not in ("of", "about") for token in between)

    def _token(self, group: Group, at: int) -> "Token":
        return next((token for token in group.parsed.doc if token.idx >= at and self.states.get(token.lower_) is not None), group.head)

    def undone(self, group: Group) -> bool:
        """Whether the part is told to be counted no longer: "12 of whom were later released"."""
        verb = group.head.head
        lemma = str(self.grouping.inflector.lemma(verb.text, verb.tag_))
        return group.head.dep_ in ("nsubj", "nsubjpass") and verb.tag_.startswith("V") and lemma in self.grouping.harm.lists["count_undone"]

    def describes(self, group: Group) -> bool:
        """Whether "two of them" is followed by what they were: "were minors"; then they are counted with the figure before."""
        verb = group.head.head
        behind = group.parsed.doc[group.last + 1 : group.last + 5]
        if group.bare and not group.pronoun and len(behind) > 2 and behind[0].lower_ in ("was", "were", "are", "is"):
            noun = next((index for index, token in enumerate(behind[1:3], 1) if token.tag_ in ("NN", "NNS", "NNPS") and self.grouping.is_person(token)), None)
            return noun is not None and not (noun + 1 < len(behind) and behind[noun + 1].tag_ in ("VBN", "VBD", "NN", "NNS"))
        if not verb.tag_.startswith("V") or str(self.grouping.inflector.lemma(verb.text, verb.tag_)) != "be":
            return False
        return any(child.dep_ == "attr" and self.grouping.is_person(child) for child in verb.rights)
