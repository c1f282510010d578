"""Copies: reports that reprint others, whole, cut, changed, or wrapped in words of their own; their voices then count once.

How: runs of five words that few reports hold lead to the pairs that are compared; a pair is judged by containment of the words that are not common.
A report that was printed together with others is named with each of them, and joins none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from sayso.link.copies_groups import MAKER, copy_groups
from sayso.link.copies_judge import Judged, Mask, Side, judge, side_of
from sayso.link.copies_search import LONG_RUN, Counts, Runs, candidate_pairs, index_runs, run_hashes
from sayso.link.copies_update import is_update, update_reason
from sayso.link.copies_words import UNDATED, Kept, Vocabulary, Words, read_words, unlike_pages
from sayso.model.document import Document
from sayso.model.ledger import Copy
from sayso.model.words import CopyKind

__all__ = ["BY", "CopyIndex", "copy_groups", "find_copies", "index_copies", "is_update"]

BY = f"{MAKER}1"
_SHORT = 8  # words below which only the same headline makes the same words one report
_STANDING = 40  # words below which a source says the same on another day anew ("No incident was reported today.")
_MOST_ORIGINALS = 8  # that are named of a round-up
_NEW_PART = 30  # words that a further original must have in it
_EVERY = 1 << 40
_FEW_RARE = 16
_MOST_SIDES = 5000  # reports held ready at a time
_MOST_COMPARED = 12


def find_copies(documents: Iterable[Document]) -> tuple[Copy, ...]:
    """A record for each report that reprints an earlier one, by time and then by order; several for a round-up of several reports.

    The texts may come from an iterator: four bytes a word and eight a run are kept.
    """
    return index_copies(documents).copies()


@dataclass(slots=True)
class CopyIndex:
    """What is kept of many reports to find the copies among them, and of others that come later. Made by `index_copies`."""

    kept: list[Kept]  # by time
    words: Words  # of those that are not the same words as an earlier one, laid end to end
    starts: Counts
    owners: list[int]  # for each of those its place in `kept`
    runs: Runs
    long_runs: Runs  # of reports that are made of common words
    same: list[tuple[int, int]]  # (copy, original) with the same words
    _vocabulary: Vocabulary = field(default_factory=Vocabulary, repr=False)
    _by_body: dict[bytes, list[int]] = field(default_factory=dict, repr=False)
    _added: list[Words] = field(default_factory=list, repr=False)
    _postings: dict[int, list[int]] = field(default_factory=dict, repr=False)

    _sides: dict[int, Side] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.kept)

    def copies(self) -> tuple[Copy, ...]:
        """The copies among the reports that the index was made of."""
        found = [self._same(copy, original) for copy, original in self.same]
        judged: list[tuple[int, int, Judged]] = []
        for late, earlier in self._pairs():
            judged += self._judged(late, earlier)
        found += _records(_round_ups(self, judged), self)
        return tuple(sorted(found, key=lambda one: (one.document, one.original)))

    def add(self, document: Document) -> Copy | None:
        """The copy that a further report is, or None; the index knows it from now on.

        Where the index holds a later report that stands in this one, that one is the copy. What is common is as when the index was made: make it anew when
        it has grown by a tenth.
        """
        ((kept, words),) = read_words((document,), self._vocabulary)
        if not self._by_body:
            for owner in self.owners:
                self._by_body.setdefault(self.kept[owner].body, []).append(owner)
        place = len(self.kept)
        self.kept.append(kept)
        for known in self._by_body.get(kept.body, ())[:_MOST_COMPARED]:
            if _are_same(self.kept[known], kept, len(words)):
                first, second = sorted((known, place), key=lambda at: self.kept[at].moment)
                return None if kept.id == self.kept[known].id else self._same(second, first)
        number = len(self.owners)
        self.owners.append(place)
        self._added.append(words)
        self._by_body.setdefault(kept.body, []).append(place)
        others = self._holders(number, words)
        found = _records(self._judged(number, others), self)
        return found[0] if found else None

    def side(self, number: int) -> Side:
        """The words of one report, ready to be compared."""
        known = self._sides.get(number)
        if known is not None:
            return known
        indexed = len(self.starts) - 1
        words = self.words[self.starts[number] : self.starts[number + 1]] if number < indexed else self._added[number - indexed]
        if len(self._sides) >= _MOST_SIDES:
            self._sides.clear()
        return self._sides.setdefault(number, side_of(words, self.runs))

    def _same(self, copy: int, original: int) -> Copy:
        second, first = self.kept[copy], self.kept[original]
        exact = second.full == first.full
        headline = "" if second.title.casefold() == first.title.casefold() else "; headline differs"
        told = f"the same words{headline}" if exact else "the same words but for headline, byline or dateline"
        return Copy(second.id, first.id, CopyKind.EXACT if exact else CopyKind.REPRINT, 1.0, BY, told)

    def _pairs(self) -> Iterator[tuple[int, list[int]]]:
        """Each report with the earlier ones that it is compared with, most promising first."""
        common = candidate_pairs(self.long_runs, _EVERY)
        if len(common):  # those with rare runs enough are found by them
            common = common[self.runs.rare[common[:, :2]].min(axis=1) < _FEW_RARE]
        pairs = np.concatenate([candidate_pairs(self.runs), common])
        pairs = pairs[np.lexsort((pairs[:, 1], -pairs[:, 2], pairs[:, 0]))]
        bounds = np.flatnonzero(np.diff(pairs[:, 0], prepend=-1, append=-1))
        for low, high in pairwise(bounds):
            yield int(pairs[low, 0]), list(dict.fromkeys(pairs[low:high, 1].tolist()))

    def _judged(self, number: int, others: Sequence[int]) -> list[tuple[int, int, Judged]]:
        """Of the reports compared with this one those that it is a copy of: (copy, original, why)."""
        if not others:
            return []
        own, kept = self.side(number), self.kept[self.owners[number]]
        found = []
        for other in others:
            there = self.kept[self.owners[other]]
            swapped = there.moment > kept.moment  # a report added later, published earlier
            if there.body == kept.body and not _are_same(there, kept, len(own.words)):
                continue  # the same few words, said again
            sides = (own, self.side(other))
            later, earlier = sides[::-1] if swapped else sides
            second, first = (there, kept) if swapped else (kept, there)
            told = judge(later, earlier, self.runs, _other_source(second, first), second.day != first.day)
            version = update_reason(first, second, (earlier.words, later.words), series=told.template) if told.copy or told.template else None
            if version is not None:
                told = replace(told, copy=True, told=f"an updated version: {version}")
            if told.copy and not unlike_pages(first, second):
                found.append((other, number, told) if swapped else (number, other, told))
        return found

    def _holders(self, number: int, words: Words) -> list[int]:
        """The reports that share rare runs with one that is being added, most first; its own runs are then known."""
        hashes = run_hashes(words)
        votes = self.runs.holders(hashes).tolist()
        if int(self.runs.is_common(hashes).sum()) > 0.75 * len(hashes):
            votes += self.long_runs.holders(run_hashes(words, LONG_RUN)).tolist()
        for one in set(hashes[~self.runs.is_common(hashes)].tolist()):
            holders = self._postings.setdefault(one, [])
            votes += holders[:4]
            if len(holders) < 4:
                holders.append(number)
        counts: dict[int, int] = defaultdict(int)
        for vote in votes:
            counts[vote] += 1
        enough = [other for other, shared in counts.items() if shared >= 2]
        return sorted(enough, key=lambda other: (-counts[other], other))[:_MOST_COMPARED]


def index_copies(documents: Iterable[Document]) -> CopyIndex:
    """The index of all these reports: a document given twice is known once."""
    vocabulary = Vocabulary()
    kept: list[Kept] = []
    texts: list[Words] = []
    seen: set[str] = set()
    for one, words in read_words(documents, vocabulary):
        if one.id not in seen:
            seen.add(one.id)
            kept.append(one)
            texts.append(words)
    order = sorted(range(len(kept)), key=lambda at: kept[at].moment)  # stable: the order given decides among equals
    kept = [kept[at] for at in order]
    owners, same = _apart(kept, [len(texts[at]) for at in order])
    chosen = [texts[order[owner]] for owner in owners]
    starts = np.concatenate([[0], np.cumsum([len(words) for words in chosen], dtype=np.int64)]).astype(np.int64)
    flat = np.concatenate(chosen) if chosen else np.empty(0, np.uint32)
    del chosen, texts
    runs = index_runs(flat, starts, np.arange(len(owners)))
    return CopyIndex(kept, flat, starts, owners, runs, _long_runs(flat, starts, runs), same, vocabulary)


def _apart(kept: list[Kept], sizes: list[int]) -> tuple[list[int], list[tuple[int, int]]]:
    """The reports with words of their own, and each other one with the first that has its words."""
    first: dict[bytes, list[int]] = {}
    owners, same = [], []
    for at, one in enumerate(kept):
        known = first.setdefault(one.body, [])
        twin = next((other for other in known if _are_same(kept[other], one, sizes[at])), None)
        if twin is not None:
            same.append((at, twin))
            continue
        owners.append(at)
        if len(known) < _MOST_COMPARED:
            known.append(at)
    return owners, same


def _are_same(first: Kept, second: Kept, words: int) -> bool:
    """Whether the same words are one report: not where they are too few to tell, nor where a source says a short thing again on another day."""
    if words < _SHORT and (first.title.casefold() != second.title.casefold() or not words or first.full != second.full):
        return False
    if unlike_pages(first, second):
        return False
    again = first.source == second.source and first.day != second.day and (first.address is None or first.address != second.address)
    return not (words < _STANDING and again)


def _other_source(one: Kept, other: Kept) -> bool:
    return one.source != other.source


def _long_runs(words: Words, starts: Counts, runs: Runs) -> Runs:
    """Long runs of those reports whose short ones are nearly all common."""
    count = len(starts) - 1
    chosen = np.flatnonzero((runs.held[:count] >= 10) & (runs.rare[:count] < 0.25 * runs.held[:count])) if count else np.empty(0, np.int64)
    parts = [words[starts[at] : starts[at + 1]] for at in chosen]
    bounds = np.concatenate([[0], np.cumsum([len(part) for part in parts], dtype=np.int64)]).astype(np.int64)
    return index_runs(np.concatenate(parts) if parts else np.empty(0, np.uint32), bounds, chosen, LONG_RUN, _EVERY)


def _records(judged: Sequence[tuple[int, int, Judged]], index: CopyIndex) -> list[Copy]:
    """For each copy its original: the earliest of those that share most; for a round-up each report it holds a part of."""
    by_copy: dict[int, list[tuple[int, Judged]]] = defaultdict(list)
    for copy, original, told in judged:
        by_copy[copy].append((original, told))
    found = []
    for copy, originals in by_copy.items():
        for original, told in _chosen(originals, index):
            first, second = index.kept[index.owners[original]], index.kept[index.owners[copy]]
            headline = "" if first.title.casefold() == second.title.casefold() else "; headline differs"
            found.append(Copy(second.id, first.id, told.kind, round(told.contained, 4), BY, told.told + headline))
    return found


def _chosen(originals: list[tuple[int, Judged]], index: CopyIndex) -> list[tuple[int, Judged]]:
    """The originals of one report that are named: first the earliest among those that share about most, whole reprints before parts;
    then such as have another part of it."""
    most = max(told.shared for _, told in originals)

    def rank(one: tuple[int, Judged]) -> tuple[bool, bool, str, int]:
        return one[1].shared < 0.9 * most, one[1].kind is CopyKind.EXCERPT, index.kept[index.owners[one[0]]].moment, one[0]

    ranked = sorted(originals, key=rank)
    ranked[1:] = sorted(ranked[1:], key=lambda one: (-one[1].shared, one[0]))
    named: list[tuple[int, Judged]] = []
    seen: Mask | None = None
    for original, told in ranked:
        mask = told.in_later
        if mask is None:
            continue
        if seen is None:
            seen = mask.copy()
        else:
            new = int((mask & ~seen).sum())
            if told.later_in or new < max(_NEW_PART, 0.5 * int(mask.sum())):
                continue
            seen |= mask
        named.append((original, told))
    return named[:_MOST_ORIGINALS]


def _round_ups(index: CopyIndex, judged: list[tuple[int, int, Judged]]) -> list[tuple[int, int, Judged]]:
    """The same with a round-up named the copy, not the original, of the reports it holds where all are of one day: the order of adding tells nothing then."""
    parts: dict[int, list[int]] = defaultdict(list)
    for at, (copy, original, told) in enumerate(judged):
        days = index.kept[index.owners[copy]].moment[:10], index.kept[index.owners[original]].moment[:10]
        if told.kind is CopyKind.EXCERPT and told.later_in and (days[0] == days[1] or UNDATED in days):
            parts[original].append(at)
    turned = list(judged)
    for original, places in parts.items():
        for at in places:
            mine = judged[at][2].in_earlier
            if mine is not None and any(_disjoint(mine, judged[other][2]) for other in places if other != at):
                copy, _, told = judged[at]
                words = "all but changes of that report stands in it, beside other reports" if told.contained < 1 else "that report stands in it, beside others"
                turned[at] = (original, copy, replace(told, later_in=False, in_later=told.in_earlier, in_earlier=told.in_later, told=words))
    return turned


def _disjoint(mine: Mask, other: Judged) -> bool:
    return other.in_earlier is not None and int((mine & other.in_earlier).sum()) < 0.2 * min(int(mine.sum()), int(other.in_earlier.sum()))
