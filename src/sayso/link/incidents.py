"""Incidents: claims folded from links. People's judgements bind; machine links join by average likeness, so no chain of half-likenesses makes one incident.

A view: the same accounts and links give the same incidents in whatever order they come, and taking a link away gives what there was without it.
"""

import heapq
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sayso.link.accounts import Account
from sayso.link.blocking import BlockingLimits, Candidates, candidates
from sayso.link.compare import Compared, Frequencies, ready
from sayso.link.decide import BY, Decided, Weights, contributions, decide, judgement, weights
from sayso.link.explain import told_reason
from sayso.model import Incident, Link
from sayso.model.words import Judgement

_MACHINE = "sayso link "
_MISSING = 0.12  # the chance taken for two accounts that were not found worth comparing, or were decided different
_LARGEST = 2_000  # accounts of one incident that machine links may join
_JOINED = 0.3  # average chance from which two groups are one incident


@dataclass(frozen=True, slots=True)
class Linked:
    """The machine's links over accounts, the pairs behind them, and what blocking left out."""

    links: tuple[Link, ...]
    pairs: tuple[Decided, ...]
    accounts: tuple[Compared, ...]
    notes: tuple[str, ...]


def link(accounts: Iterable[Account], limits: BlockingLimits | None = None, using: Weights | None = None) -> Linked:
    """Links for all pairs of accounts that are same or unsure, each with its reason; the same whatever the order of the accounts."""
    ordered = sorted(accounts, key=lambda one: (one.published or "", one.id))
    rare = Frequencies.of(ordered)
    compared = tuple(ready(one, rare) for one in ordered)
    found: Candidates = candidates(compared, limits)
    known = using or weights()
    pairs = tuple(decide(compared, found.pairs, known))
    links = tuple(_link(compared[one.first], compared[one.second], one, known) for one in pairs)
    return Linked(links, pairs, compared, found.notes)


def _link(first: Compared, second: Compared, pair: Decided, using: Weights) -> Link:
    reason = told_reason(contributions(pair.values, using))
    return Link(first.account.claims[0], second.account.claims[0], judgement(pair.chance, using), BY, reason, round(pair.chance, 4))


def fold(accounts: Sequence[Account], links: Iterable[Link]) -> tuple[Incident, ...]:
    """The incidents that the links make of the accounts, in the order of their first claim's id; each claim of the accounts is in exactly one."""
    people, machine = _sorted_out(links)
    units = _units(accounts, [one for one in people if one.judgement is Judgement.DIFFERENT])
    unit_of = {claim: number for number, unit in enumerate(units) for claim in unit}
    groups = _Groups.of(len(units))
    known = [(one.judgement, unit_of[one.first], unit_of[one.second]) for one in people if one.first in unit_of and one.second in unit_of]
    for judged, first, second in known:
        if judged is Judgement.DIFFERENT:
            groups.part(first, second)
    for judged, first, second in known:
        if judged is Judgement.SAME:
            groups.join(first, second)
    documents = {claim: account.document for account in accounts for claim in account.claims}
    groups.agglomerate(_scores(machine, unit_of), [documents[unit[0]] for unit in units])
    return tuple(sorted((Incident(tuple(sorted(claim for number in group for claim in units[number]))) for group in groups.all()), key=lambda one: one.claims))


def contradictions(accounts: Sequence[Account], links: Iterable[Link]) -> tuple[Link, ...]:
    """People's "same" that the fold could not follow, because others of them say "different" of what it would join: for the queue."""
    kept = list(links)
    of = {claim: number for number, incident in enumerate(fold(accounts, kept)) for claim in incident.claims}
    people, _ = _sorted_out(kept)
    return tuple(one for one in people if one.judgement is Judgement.SAME and one.first in of and one.second in of and of[one.first] != of[one.second])


def _sorted_out(links: Iterable[Link]) -> tuple[list[Link], list[Link]]:
    """People's judgements, the last of each on a pair of claims, the later first; and the machine's."""
    people: dict[tuple[str, str], Link] = {}
    machine: dict[tuple[str, str], Link] = {}
    for one in sorted(links, key=lambda link: (link.at or "", link.by, link.judgement, link.score, link.id)):
        pair = (min(one.first, one.second), max(one.first, one.second))
        (machine if one.by.startswith(_MACHINE) else people)[pair] = one
    decided = [one for one in people.values() if one.judgement is not Judgement.UNSURE]
    decided.sort(key=lambda link: (link.at or "", link.id), reverse=True)
    return decided, [one for pair, one in sorted(machine.items()) if pair not in people or people[pair].judgement is Judgement.UNSURE]


def _units(accounts: Sequence[Account], different: Sequence[Link]) -> list[tuple[str, ...]]:
    """What is never torn: an account; where people set claims of one account apart, its parts; where those of one part, its claims."""
    owner = {claim: account for account in accounts for claim in account.claims}
    torn: dict[str, set[tuple[str, str]]] = {}
    for one in different:
        first, second = owner.get(one.first), owner.get(one.second)
        if first is not None and first is second:
            torn.setdefault(first.id, set()).add((one.first, one.second))
    units: list[tuple[str, ...]] = []
    for account in sorted({account.id: account for account in accounts}.values(), key=lambda one: one.id):
        units += _torn(account, torn[account.id]) if account.id in torn else [account.claims]
    return units


def _torn(account: Account, apart: set[tuple[str, str]]) -> list[tuple[str, ...]]:
    """The claims of an account in as few groups as keep what is set apart asunder; what nobody set apart stays with the fullest part."""
    pieces: list[tuple[str, ...]] = []
    for part in account.parts:
        inside = any(first in part and second in part for first, second in apart)
        pieces += [(claim,) for claim in part] if inside else [part]
    groups: list[list[str]] = []
    for piece in pieces:
        for group in groups:
            if not any((first in piece and second in group) or (second in piece and first in group) for first, second in apart):
                group.extend(piece)
                break
        else:
            groups.append(list(piece))
    return [tuple(group) for group in groups]


def _scores(machine: Iterable[Link], unit_of: Mapping[str, int]) -> dict[tuple[int, int], float]:
    scores: dict[tuple[int, int], float] = {}
    for one in machine:
        first, second = unit_of.get(one.first), unit_of.get(one.second)
        if first is not None and second is not None and first != second and one.judgement is not Judgement.DIFFERENT:
            pair = (min(first, second), max(first, second))
            scores[pair] = max(scores.get(pair, 0.0), one.score)
    return scores


@dataclass(slots=True)
class _Groups:
    """Groups of units; which may never be one; and how likely each pair of them is one."""

    members: dict[int, list[int]]
    of_unit: list[int]
    apart: dict[int, set[int]] = field(default_factory=dict)
    sums: dict[int, dict[int, float]] = field(default_factory=dict)  # by group, by neighbour: what the known pairs have over the missing ones

    @classmethod
    def of(cls, number: int) -> "_Groups":
        return cls({one: [one] for one in range(number)}, list(range(number)))

    def all(self) -> list[list[int]]:
        return list(self.members.values())

    def part(self, first: int, second: int) -> None:
        """Nothing; two units are kept asunder."""
        self.apart.setdefault(first, set()).add(second)
        self.apart.setdefault(second, set()).add(first)

    def join(self, first: int, second: int) -> bool:
        """Whether the groups of two units became one; False where they are one already or are kept asunder."""
        one, other = sorted((self.of_unit[first], self.of_unit[second]))
        if one == other or other in self.apart.get(one, ()):
            return False
        for unit in self.members[other]:
            self.of_unit[unit] = one
        self.members[one] += self.members.pop(other)
        for kept, value in self.sums.pop(other, {}).items():
            del self.sums[kept][other]
            if kept != one:
                self.sums.setdefault(one, {})[kept] = self.sums[kept][one] = self.sums.get(one, {}).get(kept, 0.0) + value
        for kept in self.apart.pop(other, set()):
            self.apart[kept].discard(other)
            self.part(one, kept)
        return True

    def agglomerate(self, scores: Mapping[tuple[int, int], float], documents: Sequence[str]) -> None:
        """Nothing; the likeliest groups are joined until none are likely enough. Two accounts of one report, which tells them apart, count as missing."""
        for (first, second), score in sorted(scores.items()):
            one, other = self.of_unit[first], self.of_unit[second]
            if one != other and documents[first] != documents[second]:
                value = self.sums.get(one, {}).get(other, 0.0) + score - _MISSING
                self.sums.setdefault(one, {})[other] = self.sums.setdefault(other, {})[one] = value
        heap = [(-self._likely(one, other), one, other) for one, near in self.sums.items() for other in near if one < other]
        heapq.heapify(heap)
        while heap:
            likely, one, other = heapq.heappop(heap)
            if -likely < _JOINED:
                break
            current = self.sums.get(one, {}).get(other)
            if current is None or not math.isclose(-likely, self._likely(one, other), abs_tol=1e-9):
                continue
            if len(self.members[one]) + len(self.members[other]) > _LARGEST or not self.join(one, other):
                continue
            for kept in self.sums.get(one, {}):
                heapq.heappush(heap, (-self._likely(one, kept), min(one, kept), max(one, kept)))

    def _likely(self, one: int, other: int) -> float:
        """The average chance over all pairs of members."""
        return round(_MISSING + self.sums[one][other] / (len(self.members[one]) * len(self.members[other])), 9)
