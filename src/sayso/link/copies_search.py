"""Which reports may be copies of each other: those that share runs of words which few reports hold. The index costs eight bytes a run."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from sayso.link.copies_words import BITS, Words

Hashes = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64]

RUN = 5  # words of a run; one word in ten changed leaves .59 of the runs and .83 of the words within one
LONG_RUN = 12  # where all shorter runs are common: texts made of ready sentences, wires that everybody prints
MOST_RUNS = 40_000_000  # runs indexed at most: of larger ledgers a share of all runs, the same ones in every report
_FIRST = 4  # a report is compared with the earliest holders of a run, not with all: linear, however many print it
_SOME = 4  # shared runs below which chance is likelier, but in the shortest reports
_MANY = 12  # shared runs with which a report is compared however long both are
_SLICE = 3_000_000  # runs paired at a time
_ODD, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(31)
_MULTIPLIERS = tuple(np.uint64(pow(0xD6E8FEB86659FD93, at + 1, 1 << 64)) for at in range(LONG_RUN))


def run_hashes(words: Words, length: int = RUN) -> Hashes:
    """A 64-bit hash of each run of so many words."""
    if len(words) < length:
        return np.empty(0, np.uint64)
    mixed = (words >> BITS).astype(np.uint64) * _ODD
    mixed ^= mixed >> _HALF
    size = len(words) - length + 1
    summed: Hashes = mixed[:size] * _MULTIPLIERS[0]
    for at in range(1, length):
        summed += mixed[at : at + size] * _MULTIPLIERS[at]
    summed ^= summed >> _HALF
    summed *= _ODD
    summed ^= summed >> _HALF
    return summed


def most_carriers(reports: int) -> int:
    """How many reports may hold a run before it counts as anybody's words (boilerplate, set phrases): 8 in a small ledger, 64 in a large one."""
    return min(64, max(8, reports // 50))


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of all reports, sorted: the upper bits of a run's hash, the report's number in the lower ones."""

    postings: Hashes
    common: Hashes  # the runs that more reports hold than `most_carriers`, as kept in the postings
    bits: int
    keep: np.uint64  # of the hashes only those up to this are kept
    rare: Counts  # for each report the number of its kept runs that are not common
    held: Counts  # and of all its kept runs
    length: int

    def cut(self, hashes: Hashes) -> Hashes:
        """The hashes in the form in which they stand in the postings, without the report's number."""
        return hashes >> np.uint64(self.bits)

    def is_common(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        """For each run whether it is anybody's words."""
        if not len(self.common):
            return np.zeros(len(hashes), np.bool_)
        cut = self.cut(hashes)
        places = np.searchsorted(self.common, cut)
        places[places == len(self.common)] = 0
        found: npt.NDArray[np.bool_] = self.common[places] == cut
        return found

    def carriers(self, hashes: Hashes) -> Counts:
        """For each run how many reports hold it; runs that are not kept count as none."""
        cut = self.cut(hashes) << np.uint64(self.bits)
        last = cut + np.uint64((1 << self.bits) - 1)
        found: Counts = np.searchsorted(self.postings, last, side="right") - np.searchsorted(self.postings, cut)
        return found

    def holders(self, hashes: Hashes) -> Counts:
        """The numbers of the earliest reports that hold each of the runs that are not common, one entry for each run and report."""
        kept = hashes[hashes <= self.keep]
        kept = np.unique(kept[~self.is_common(kept)])
        cut = self.cut(kept) << np.uint64(self.bits)
        starts = np.searchsorted(self.postings, cut)
        found = []
        for at in range(_FIRST):
            places = np.minimum(starts + at, max(len(self.postings) - 1, 0))
            same = (self.postings[places] >> np.uint64(self.bits) << np.uint64(self.bits)) == cut if len(self.postings) else np.zeros(len(cut), np.bool_)
            same &= starts + at < len(self.postings)
            found.append((self.postings[places[same]] & np.uint64((1 << self.bits) - 1)).astype(np.int64))
        return np.concatenate(found)


def index_runs(words: Words, starts: Counts, numbers: Counts, length: int = RUN, most: int | None = None) -> Runs:
    """The index of the runs of reports laid end to end: `starts` holds one bound more than there are reports, `numbers` their places in time."""
    reports = len(starts) - 1
    bits = max(reports, int(numbers.max()) + 1 if reports else 1).bit_length()
    total = max(len(words), 1)
    keep = np.uint64(min(1.0, MOST_RUNS / total) * float(2**64 - 2**12))
    parts = []
    step = max(1, reports // (1 + total // _SLICE))
    for low in range(0, reports, step):
        high = min(reports, low + step)
        parts.append(_slice(words, starts[low : high + 1], numbers[low:high], length, (bits, keep)))
    postings = np.concatenate(parts) if parts else np.empty(0, np.uint64)
    parts.clear()
    postings.sort()
    if len(postings):
        postings = postings[np.concatenate([[True], postings[1:] != postings[:-1]])]
    first, sizes = _groups(postings, bits)
    cap = most_carriers(reports) if most is None else most
    is_common = sizes > cap
    common = postings[first[is_common]] >> np.uint64(bits)
    count = int(numbers.max()) + 1 if reports else 0
    mask = np.uint64((1 << bits) - 1)
    holders = (postings & mask).astype(np.int64)
    held = np.bincount(holders, minlength=count)
    rare = np.bincount(holders[np.repeat(~is_common, sizes)], minlength=count)
    return Runs(postings, common, bits, keep, rare, held, length)


def _slice(words: Words, starts: Counts, numbers: Counts, length: int, kept: tuple[int, np.uint64]) -> Hashes:
    bits, keep = kept
    hashes = run_hashes(words[starts[0] : starts[-1]], length)
    if not len(hashes):
        return hashes
    sizes = np.diff(starts)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    inside = (owner[: len(hashes)] == owner[length - 1 :]) & (hashes <= keep)
    mask = np.uint64((1 << bits) - 1)
    postings: Hashes = (hashes[inside] & ~mask) | numbers[owner[: len(hashes)][inside]].astype(np.uint64)
    return postings


def _groups(postings: Hashes, bits: int) -> tuple[Counts, Counts]:
    """Where the postings of each run begin, and how many they are."""
    if not len(postings):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    heads = postings >> np.uint64(bits)
    first = np.flatnonzero(np.concatenate([[True], heads[1:] != heads[:-1]]))
    return first, np.diff(np.concatenate([first, [len(postings)]]))


def candidate_pairs(runs: Runs, most: int | None = None, least: float = 0.1) -> npt.NDArray[np.int64]:
    """Pairs (later report, earlier report) that share a `least` share of the runs of the one that has fewer, most shared first for each later one."""
    first, sizes = _groups(runs.postings, runs.bits)
    mask = np.uint64((1 << runs.bits) - 1)
    cap = most_carriers(len(runs.held)) if most is None else most
    use = (sizes > 1) & (sizes <= cap)
    first, sizes = first[use], sizes[use]
    # Each run's holders from the second on, with the place of the first.
    inner = np.repeat(first, sizes - 1)
    offset = np.arange(len(inner)) - np.repeat(np.cumsum(sizes - 1) - (sizes - 1), sizes - 1) + 1
    later = (runs.postings[inner + offset] & mask).astype(np.int64)
    few = np.repeat(sizes, sizes - 1) <= most_carriers(len(runs.held))
    found = []
    for low, high in _report_slices(later):
        part = np.flatnonzero((later >= low) & (later < high))
        pairs = []
        for at in range(_FIRST):
            # What very many hold is compared with the earliest holder alone.
            chosen = part[(offset[part] > at) & (few[part] | (at == 0))]
            earlier = (runs.postings[inner[chosen] + at] & mask).astype(np.int64)
            pairs.append((later[chosen] << 32) | earlier)
        codes, shared = np.unique(np.concatenate(pairs), return_counts=True)
        late, early = codes >> 32, codes & 0xFFFFFFFF
        fewer = np.minimum(runs.rare[late], runs.rare[early]) if most is None else np.minimum(runs.held[late], runs.held[early])
        good = ((shared >= _SOME) & (shared >= least * fewer)) | (shared >= _MANY) | ((shared >= 2) & (shared >= fewer / 4))
        found.append(_best(np.stack([late[good], early[good], shared[good]], axis=1)))
    return np.concatenate(found) if found else np.empty((0, 3), np.int64)


def _report_slices(later: Counts) -> list[tuple[int, int]]:
    """Ranges of report numbers with a bounded number of runs each."""
    if not len(later):
        return []
    totals = np.cumsum(np.bincount(later))
    bounds = [0, *(int(np.searchsorted(totals, level)) + 1 for level in range(_SLICE, int(totals[-1]), _SLICE)), len(totals)]
    return [(low, high) for low, high in pairwise(bounds) if low < high]


_MOST_COMPARED = 12  # earlier reports that a report is compared with: a round-up quotes several


def _best(pairs: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    pairs = pairs[np.lexsort((pairs[:, 1], -pairs[:, 2], pairs[:, 0]))]
    late = pairs[:, 0]
    first = np.flatnonzero(np.concatenate([[True], late[1:] != late[:-1]])) if len(late) else np.empty(0, np.int64)
    rank = np.arange(len(late)) - np.repeat(first, np.diff(np.concatenate([first, [len(late)]])))
    return pairs[rank < _MOST_COMPARED]
