"""Figures: numbers of people harmed as a text tells them, with bounds, measure, group and what they are part of."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import get_ident
from typing import TYPE_CHECKING

from sayso.engines.rules.figure_counts import Counts
from sayso.engines.rules.figure_groups import Group, Grouping
from sayso.engines.rules.figure_harm import HarmFinder
from sayso.engines.rules.figure_modality import Mood, Period
from sayso.engines.rules.figure_parts import Parts
from sayso.engines.rules.figure_verbs import Link
from sayso.engines.rules.grammar import is_verb
from sayso.engines.rules.parsed import Parsed
from sayso.engines.rules.quantities import Quantity, quantities
from sayso.languages.harm import Harm
from sayso.languages.numbers import Numbers
from sayso.model.words import Change, Measure, Scope, VictimStatus

if TYPE_CHECKING:
    from sayso.languages.inflect import Inflector

_NTH = re.compile(r"(?:the|its|his|her|their) (?:\w+ )?(?:first|second|third|\w+th|last|latest)\b", re.IGNORECASE)
_AGES = re.compile(r"\b([a-z]+), (\d{1,2}(?:(?:, | and |, and )\d{1,2}\b)+)(?=,? (?:was|were|did|have|had|died|are)\b|[,.;)])")
_TOLD = 0.85  # chance from which the learned layer counts people whom no word of harm does
_UNGROUPED = ("casualty", "life", "dead", "wounded", "injured")  # words of harm more than of people


@dataclass(frozen=True, slots=True)
class ProposedFigure:
    """A number of people harmed, on the words of the veiled text."""

    span: tuple[int, int]
    low: int | None
    high: int | None
    point: int | None
    operator: str | None
    approximate: bool
    term: str | None
    measure: Measure
    group: str | None
    group_span: tuple[int, int] | None
    status: VictimStatus
    scope: Scope
    change: Change
    since: tuple[int, int] | None
    part_of: int | None  # index of the whole in the returned figures
    harm: tuple[int, int]  # the word that tells the harm
    denied: bool = False
    hypothetical: bool = False  # threatened, planned or only possible: not a figure of harm done


# What the learned layer makes of a group's words: how its people were harmed (None: not at all), and the chance of that.
Layer = Callable[[Group], tuple[Measure | None, float] | None]


def figures(
    parsed: Sequence[Parsed], text: str, numbers: Numbers, harm: Harm, inflector: "Inflector", layer: Layer | None = None
) -> tuple[ProposedFigure, ...]:
    """The figures of a text in the order in which they stand; `layer` is asked about groups whose harm no word of the pack tells."""
    found = quantities(text, numbers)
    reader = _Reader(_tools(numbers, harm, inflector, get_ident()), text, layer)
    for sentence in parsed:
        inside = [one for one in found if sentence.sentence.start <= one.number[0] and one.number[1] <= sentence.sentence.end]
        reader.read(sentence, inside)
    return tuple(reader.figures)


class _Tools:
    """What finds figures in one language: built once, since its tables are long."""

    def __init__(self, numbers: Numbers, harm: Harm, inflector: "Inflector") -> None:
        self.harm = harm
        self.grouping = Grouping(numbers, harm, inflector)
        self.finder = HarmFinder(harm, self.grouping)
        self.parts = Parts(harm, self.grouping)
        self.counts = Counts(harm, self.grouping)
        self.mood = Mood(harm, self.grouping)
        self.period = Period(harm, self.grouping)


@lru_cache(maxsize=16)
def _tools(numbers: Numbers, harm: Harm, inflector: "Inflector", _thread: int) -> _Tools:  # one set a thread, since they keep the sentence at hand
    return _Tools(numbers, harm, inflector)


class _Reader:
    """Reads the figures of one text, sentence by sentence; remembers what was counted before."""

    def __init__(self, tools: "_Tools", text: str, layer: Layer | None) -> None:
        self.harm, self.text, self.layer = tools.harm, text, layer
        self.grouping, self.finder, self.parts, self.counts = tools.grouping, tools.finder, tools.parts, tools.counts
        self.mood, self.period = tools.mood, tools.period
        self.figures: list[ProposedFigure] = []
        self.partial: set[int] = set()  # indexes of figures that are parts, also where the whole has no number
        self.last: Measure | None = None  # what was counted last
        self.told: set[tuple[str, Measure]] = set()
        self.before = 0  # where the sentence read last begins

    def read(self, parsed: Parsed, found: Sequence[Quantity]) -> None:
        """Adds the figures of one sentence."""
        first = len(self.figures)
        groups = self._summed(self.grouping.groups(parsed, found))
        self._uncounted(parsed)
        unread: list[Group] = []
        for index, group in enumerate(groups):
            part = self.parts.cue(group)
            if group.single and part is None and self._renamed(group, groups):
                continue
            if group.head.lower_ == "another" and len(self.figures) == first:
                continue  # another of what was not counted
            link = self._link(group, part is not None, first) or self._joint(groups, index) or self._elliptic(group, first) or self._seen(group)
            if link is None:
                unread.append(group)
            if link is None or self._skipped(group, link) or (part and self.parts.undone(group)):
                continue
            whole = self._whole(group, first) if part else None
            if part:
                self.partial.add(len(self.figures))
            self.last = link.measure
            self.figures.append(self._figure(group, link, whole))
        self._breakdown(unread, first)
        self.before = parsed.sentence.start

    def _renamed(self, group: Group, groups: list[Group]) -> bool:
        """Whether one person is only a nearer word for a group counted before: "two bystanders, a man and a girl", "one of them, a porter"."""
        token = group.head
        while token.dep_ == "conj":
            token = token.head
        return token.dep_ == "appos" and any(not other.single and other.first <= token.head.i <= other.last for other in groups if other is not group)

    def _uncounted(self, parsed: Parsed) -> None:
        """Remembers what an unknown number counts: "an unknown number of girls; a chief put it at nine"."""
        for match in self.grouping.unknown.finditer(self.grouping.text(parsed.doc)):
            token = next((one for one in parsed.doc if one.lower_ in ("number", "count") and match.start() <= one.idx < match.end()), None)
            link = self.finder.climb(token, True) if token is not None else None
            if link is not None:
                self.last = link.measure

    def _breakdown(self, unread: list[Group], first: int) -> None:
        """Adds groups behind a whole that add up to it: "34 soldiers were hurt, 19 gunners and 15 sappers"."""
        if len(unread) < 2 or len(self.figures) != first + 1:
            return
        whole = self.figures[first]
        behind = [group for group in unread if group.span[0] > whole.span[1] and not group.single and not group.bare]
        if len(behind) < 2 or whole.low != whole.high or sum(group.low or 0 for group in behind) != whole.low:
            return
        for group in behind:
            self.partial.add(len(self.figures))
            self.figures.append(self._figure(group, Link(whole.measure, None), first))

    def _seen(self, group: Group) -> Link | None:
        """What the learned layer makes of a group that no word of harm counts."""
        measure, chance = (self.layer(group) if self.layer is not None else None) or (None, 0.0)
        if measure is None or chance < _TOLD:
            return None
        place = group.place
        return Link(measure, place.head if is_verb(place.head) and place.head is not place else place)

    def _joint(self, groups: list[Group], index: int) -> Link | None:
        """The harm of the next group where both are joined by "and": the parse may tie the verb to the second alone."""
        group, following = groups[index], groups[index + 1] if index + 1 < len(groups) else None
        if following is None or group.bare or following.bare or not self.grouping.is_person(group.head):
            return None
        if group.single and group.head.dep_ == "pobj":
            return None  # "according to a priest, one woman was shot"
        between = group.parsed.doc[group.last + 1 : following.first].text.lower()
        if between not in ("and", ",", ", and", "as well as", "along with"):
            return None
        link = self.finder.link(following)
        later = link is not None and link.token is not None and link.token.i > following.last
        return link if later and following.head.dep_ in ("nsubj", "nsubjpass") else None

    def _elliptic(self, group: Group, first: int) -> Link | None:
        """The harm of the figure before, shared by a number told of another place: "killed two in Lima, one in Cusco"."""
        doc = group.parsed.doc
        if len(self.figures) == first or not group.bare or group.pronoun or group.low == 0 or group.last + 2 >= len(doc) or group.first == 0:
            return None
        last = self.figures[-1]
        placed = doc[group.last + 1].lower_ in ("in", "at", "near", "outside") and (
            doc[group.last + 2].tag_ == "NNP" or doc[group.last + 2].lower_ in ("the", "a")
        )
        if not placed or doc[group.first - 1].text not in (",", "and", ";", ":", "but"):
            return None
        between = [token for token in doc if last.span[1] <= group.parsed.offset + token.idx and token.i < group.first]
        verbs = [token for token in between if token.tag_ in ("VBD", "VBZ", "VBP", "MD") and token.dep_ not in ("aux", "auxpass")]
        if len(between) > 10 or any(group.parsed.at(token)[0] != last.harm[0] for token in verbs):
            return None
        return Link(last.measure, None)

    def _link(self, group: Group, part: bool, first: int) -> Link | None:
        beside = group.parsed.doc[group.last + 1].lower_ if group.last + 1 < len(group.parsed.doc) else ""
        counted = None if group.single or (group.bare and beside in self.finder.words) else self.counts.link(group, self.last)
        if counted is not None:
            return counted
        link = self._part_link(group) if part else self.finder.link(group)
        if link is None and part:
            whole = self._whole(group, first)
            if whole is not None and (whole >= first or self.parts.behind(group) or self.parts.describes(group)):
                return Link(self.figures[whole].measure, None)
            link = self.finder.link(group)
        if link is None and group.pronoun and self.figures and self.parts.describes(group):
            return Link(self.figures[-1].measure, None)
        return link

    def _part_link(self, group: Group) -> Link | None:
        """The harm that is told of a part itself; None where it shares that of its whole."""
        own = self.parts.own(group)
        if own is not None:
            return own
        found = self.finder.link(group)
        if found is None:
            return None
        at = group.head.i if found.token is None else found.token.i
        return found if group.first - 4 <= at <= group.last + 3 or (group.pronoun and at < group.first) else None

    def _whole(self, group: Group, first: int) -> int | None:
        """The index of the nearest figure that a part may belong to: in its sentence, else for "N of them" the last one."""
        among = self.parts.behind(group)
        for index in range(len(self.figures) - 1, -1, -1):
            figure = self.figures[index]
            if index >= first and index not in self.partial and figure.low != 0 and figure.span[0] < group.span[0]:
                if figure.high == 1:
                    continue
                larger = group.low is not None and figure.high is not None and group.low > figure.high
                return None if larger else index
            if index < first:
                following = among or group.pronoun or (group.bare and figure.span[0] >= self.before)
                return index if following and index not in self.partial and index == first - 1 else None
        return None

    def _summed(self, groups: list[Group]) -> list[Group]:
        """The groups with "a man and his two children" made one."""
        result: list[Group] = []
        for group in groups:
            last = result[-1] if result else None
            if last is not None and last.single and self._belongs(last, group):
                low = None if last.low is None or group.low is None else last.low + group.low
                high = None if last.high is None or group.high is None else last.high + group.high
                last.span, last.low, last.high, last.point = (last.span[0], group.span[1]), low, high, low if low == high else None
                last.last, last.also = group.last, [*last.also, group.head]
                last.words = last.span
            else:
                result.append(group)
        return result

    def _belongs(self, last: Group, group: Group) -> bool:
        doc = group.parsed.doc
        between = [token.lower_ for token in doc[last.last + 1 : group.first]]
        if between[:2] in (["along", "with"], ["together", "with"]) or between[:3] == ["as", "well", "as"]:
            between[: 3 if between[0] == "as" else 2] = ["and"]
        possessive = ("his", "her", "their")
        opened = between in (
            ["and"],
            [",", "and"],
            ["and", "his"],
            ["and", "her"],
            ["and", "their"],
            ["with", "his"],
            ["with", "her"],
            [","],
            [",", "his"],
            [",", "her"],
        )
        own = (
            doc[last.first].lower_ in possessive
            or (between and between[-1] in possessive)
            or any(token.lower_ in possessive for token in doc[group.first : group.last + 1])
        )
        return opened and bool(own) and group.low is not None and not group.bare

    def _skipped(self, group: Group, link: Link) -> bool:
        """Whether the group only repeats or names what is no figure: "the driver" again, nought arrests, "every soldier"."""
        name = self.grouping.lemma(group.head)
        if group.single and link.token is not None and not link.inverted and self.mood.negated(link.token):
            return True  # "a woman was not hurt" counts nobody
        if group.bare and (group.term or "").lower() == "some":
            return True
        if group.low == 0 and link.measure is Measure.DETAINED:
            return True
        ahead = self.text[max(0, group.span[0] - 9) : group.span[0]].lower()
        if re.search(r"\bnot (?:the |some )?$", ahead) and not group.single:
            return True  # "nine soldiers, not the 70 that the rebels boast of"
        if group.bare and not group.pronoun and self._ages(group):
            return True
        if group.single and group.definite and _NTH.match(self.text[group.span[0] : group.span[1]]):
            return True  # "the third official to be murdered" was counted as "an official"
        if group.single:
            repeated = (name, link.measure) in self.told
            self.told.add((name, link.measure))
            return group.definite and repeated
        self.told.add((name, link.measure))
        return self.grouping.unknown.search(self.text[max(0, group.span[0] - 12) : group.span[1]]) is not None

    def _ages(self, group: Group) -> bool:
        """Whether bare numbers tell how old people are: "two girls, 12 and 14, were hit"."""
        parsed = group.parsed
        for match in _AGES.finditer(self.grouping.text(parsed.doc)):
            if match.start(2) <= group.span[0] - parsed.offset < match.end():
                noun = next((token for token in parsed.doc if token.idx == match.start(1)), None)
                return noun is not None and self.grouping.is_person(noun)
        return False

    def _figure(self, group: Group, link: Link, whole: int | None) -> ProposedFigure:
        shared = self.figures[len(self.figures) - 1 if whole is None else whole] if link.token is None else None
        if link.token is not None:
            denied, hypothetical = self.mood.read(group, link.token, link.inverted)
            harm = group.parsed.at(link.token)
        elif shared is not None:
            denied, hypothetical, harm = shared.denied, shared.hypothetical, shared.harm
        since = self.period.since(group.parsed)
        words = group.words
        if words is not None and link.token is not None and link.token.i == group.head.i and not self._people(group):
            words = (words[0], group.parsed.at(group.head)[0]) if words[0] < group.parsed.at(group.head)[0] else None
        name = self.text[words[0] : words[1]].strip(" \"'“”‘’") if words else None
        return ProposedFigure(
            group.span, group.low, group.high, group.point, group.operator, group.approximate, group.term, link.measure, name or None, words if name else None,
            self._status(group), self.period.scope(group, since), self.period.change(group), since, whole, harm, denied, hypothetical,
        )  # fmt: skip

    def _people(self, group: Group) -> bool:
        return self.grouping.is_person(group.head) and self.grouping.lemma(group.head) not in _UNGROUPED

    def _status(self, group: Group) -> VictimStatus:
        if group.bare:
            return VictimStatus.UNKNOWN
        doc = group.parsed.doc
        nouns = [self.grouping.lemma(token) for token in (group.head, *group.also)]
        words = [token.lower_ for token in doc[group.first : group.head.i + 1]]
        if any(word in ("civilian", "civilians") for word in words):
            return VictimStatus.CIVILIAN
        status = {self.harm.status.get(noun, VictimStatus.UNKNOWN) for noun in nouns}
        if len(status) == 1:
            return status.pop()
        return VictimStatus.UNKNOWN


def shifted(figure: ProposedFigure, by: int) -> ProposedFigure:
    """The figure with its whole's index moved: for callers that join the figures of several texts."""
    return figure if figure.part_of is None else replace(figure, part_of=figure.part_of + by)
