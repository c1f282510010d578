"""Blocking: which pairs of accounts are worth comparing at all. By day and place; by rare names where place or day is unknown or told otherwise."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.link.compare import Compared

Key = tuple[object, ...]
_CELL = 0.5  # degrees: places of one happening lie in one cell or in neighbours
_DAYS = 1  # days on either side
_WIDEST = 7  # days of an interval beyond which it says too little to block by
_RAREST = 30  # names and words of an account by which it is looked up


@dataclass(frozen=True, slots=True)
class BlockingLimits:
    """What keeps the number of pairs in bounds."""

    block: int = 400  # accounts of one block that are looked at, those added last
    each: int = 120  # pairs of one account that are kept, those with the most in common
    rare: int = 60  # reports that hold a word, above which it is not rare
    least: float = 9.0  # weight of rare words in common by which two accounts are compared without place and day


@dataclass(slots=True)
class Candidates:
    """The pairs, as numbers of accounts (the lower first), and what was left out."""

    pairs: list[tuple[int, int]] = field(default_factory=list)
    capped_blocks: Counter[str] = field(default_factory=Counter)  # kind of block: accounts that met a full one
    capped_accounts: int = 0  # accounts that had more pairs than are kept

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out, in words."""
        told = [f"{number:,} times an account met more others {kind} than are looked at" for kind, number in sorted(self.capped_blocks.items())]
        return (*told, f"{self.capped_accounts:,} accounts had more likely pairs than are compared") if self.capped_accounts else tuple(told)


def candidates(accounts: Sequence[Compared], limits: BlockingLimits | None = None) -> Candidates:
    """The pairs that are worth comparing, of different reports. The order of the accounts changes nothing but which are left out where a limit is met."""
    found = Candidates()
    index = _Index(limits or BlockingLimits())
    for number, account in enumerate(accounts):
        rarest = _rarest(account)
        found.pairs.extend((other, number) for other in index.others(account, rarest, found))
        index.add(number, account, rarest)
    return found


@dataclass(slots=True)
class _Index:
    """What was seen so far, by key: a stream of accounts needs no second pass."""

    limits: BlockingLimits
    blocks: dict[Key, list[int]] = field(default_factory=dict)
    documents: list[str] = field(default_factory=list)
    spoken: list[bool] = field(default_factory=list)

    def add(self, number: int, account: Compared, rarest: Sequence[tuple[int, float]]) -> None:
        """Nothing; the account can be found from now on."""
        self.documents.append(account.account.document)
        self.spoken.append(account.account.spoken)
        for key in _own_keys(account):
            self.blocks.setdefault(key, []).append(number)
        for word, _ in rarest:
            self.blocks.setdefault(("word", word), []).append(number)

    def others(self, account: Compared, rarest: Sequence[tuple[int, float]], found: Candidates) -> list[int]:
        """The earlier accounts that this one is to be compared with."""
        common: defaultdict[int, float] = defaultdict(float)
        for word, weight in rarest:
            block = self.blocks.get(("word", word), ())
            if len(block) > self.limits.rare:
                found.capped_blocks["by a word"] += 1
                continue
            for other in block:
                common[other] += weight
        near: dict[int, None] = {}
        for key in _asked_keys(account):
            block = self.blocks.get(key, ())
            if len(block) > self.limits.block:
                found.capped_blocks[f"by {key[0]}"] += 1
            near.update(dict.fromkeys(block[-self.limits.block :]))
        mine, spoken = account.account.document, account.account.spoken
        asked = {**near, **dict.fromkeys(other for other, weight in common.items() if weight >= self.limits.least)}
        kept = [other for other in asked if self.documents[other] != mine and not (spoken and self.spoken[other])]
        if len(kept) <= self.limits.each:
            return sorted(kept)
        found.capped_accounts += 1
        return sorted(heapq.nlargest(self.limits.each, kept, key=lambda other: (common.get(other, 0.0), other in near, -other)))


def _rarest(account: Compared) -> list[tuple[int, float]]:
    """The names and words of an account that tell most, with what they tell."""
    weights = {**account.words, **account.names, **account.scene}
    return heapq.nlargest(_RAREST, weights.items(), key=lambda item: (item[1], item[0]))


def _days(account: Compared) -> tuple[int, ...]:
    if account.spread is None or account.spread[1] - account.spread[0] > _WIDEST:
        return ()
    own = {day for start, end in account.days[:3] for day in (start, end)}
    return tuple(sorted(own | set(range(account.spread[0], account.spread[1] + 1))))


def _cells(account: Compared) -> set[tuple[int, int]]:
    return {(math.floor(lat / _CELL), math.floor(lon / _CELL)) for lat, lon, _ in account.points[:4]}


def _own_keys(account: Compared) -> list[Key]:
    """The keys under which an account is found."""
    days = _days(account)
    keys: list[Key] = [("place and day", day, *cell) for day in days for cell in _cells(account)]
    keys += [("name and day", day, name) for day in days for name in account.scene]
    if days:
        keys += [("country and day", day, country) for day in days for country in account.countries]
        keys += [("country and day of one placed roughly", day, country) for day in days for country in account.countries if not account.points]
    return keys


def _asked_keys(account: Compared) -> set[Key]:
    """The keys under which an account looks for others: its own and the neighbours'."""
    days = {day + shift for day in _days(account) for shift in range(-_DAYS, _DAYS + 1)}
    cells = {(row + up, column + right) for row, column in _cells(account) for up in (-1, 0, 1) for right in (-1, 0, 1)}
    keys: set[Key] = {("place and day", day, *cell) for day in days for cell in cells}
    keys |= {("name and day", day, name) for day in days for name in account.scene}
    asked = "country and day of one placed roughly" if account.points else "country and day"
    return keys | {(asked, day, country) for day in days for country in account.countries}
