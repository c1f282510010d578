"""Whether one report stands in another: word by word, without what many reports hold, and with what speaks against."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.link.copies_search import RUN, Hashes, Runs, run_hashes
from sayso.link.copies_words import BITS, DAYS, DIGITS, FACT, NUMBER, QUOTED, RELATIVE_DAYS, Words
from sayso.model.words import CopyKind

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

LEAST = 0.6  # of the words of one side must stand in the other; one word in ten changed leaves .9, a rewritten report about .1
_WHOLE = 0.75  # of both sides, of a reprint; else it is an excerpt
_LEAST_PARTLY = 0.4  # where both sides also have a passage of their own
_LEAST_COMMON = 0.75  # where nothing but common words is there to compare
_ENOUGH = 15  # words that are left when common and quoted ones are set aside; with fewer, those count too
_SHORTEST = 12  # words that must be shared
_PARTLY_SHORTEST = 40
_SEED = 8  # words of a run that two reports do not share by chance, set phrases or not
_REACH = 30  # words around a shared run that may be in line with it
_WINDOW = 16  # words in which a passage of one's own shows
_OWN = 0.55  # share of them that the other report does not have
_LEAD = 25  # words at the head of a report that tell its news
_FACTS = 0.6  # share of what differs that is numbers, days or names in reports of one form
_BULLETIN = 60  # words
_FORM = 120  # words of a report in which one other number, day or name at its head makes it another: in a longer one it is a correction
_BEYOND = 3  # words that such a report may have before and behind what both tell
_ONE_FACT = "the same words but for a number, day or name that tells how many, when or where: two reports, not one"
_FEW = 3  # reports that hold the words two of them share, where both have passages of their own


@dataclass(frozen=True, slots=True)
class _SideRuns:
    hashes: Hashes
    usual: Mask  # for each whether it is anybody's words
    sorted: Hashes
    first: Places  # where each of the sorted ones first stands

    @classmethod
    def of(cls, hashes: Hashes, usual: Mask) -> "_SideRuns":
        """With the order in which they are looked up."""
        order = np.argsort(hashes, kind="stable")
        return cls(hashes, usual, hashes[order], order)


@dataclass(frozen=True, slots=True)
class Side:
    """A report's words with what is computed once for all comparisons."""

    words: Words
    runs: _SideRuns
    long_runs: _SideRuns
    common: Mask  # for each word whether it stands in a run that is anybody's
    standing: Mask  # and in a long passage of such words: a standing text, where short ones are set phrases within a report's own words
    weighed: Mask  # the words that count


@dataclass(frozen=True, slots=True)
class Judged:
    """What a comparison found; `copy` is False where the shared words are another thing, and `told` says which."""

    copy: bool
    told: str
    kind: CopyKind = CopyKind.EXCERPT
    contained: float = 0.0
    shared: int = 0  # words that count
    later_in: bool = True  # whether it is the later report that stands in the earlier one
    in_later: Mask | None = None  # which words of each are shared
    in_earlier: Mask | None = None
    template: bool = False


@dataclass(frozen=True, slots=True)
class _How:
    other_source: bool
    only_common: bool  # whether nothing but words of many reports is left to compare


def side_of(words: Words, index: Runs) -> Side:
    """The report, ready to be compared."""
    hashes, long_hashes = run_hashes(words), run_hashes(words, _SEED)
    usual = index.is_common(hashes)
    common = _covered(usual, len(words), RUN)
    own = ~common
    # Not quoted ones, since two reporters may quote one ministry, where enough is told in a report's own words.
    told = own & ((words & QUOTED) == 0)
    weighed = told if int(told.sum()) >= max(_ENOUGH, 0.25 * int(own.sum())) else own
    runs, long_runs = _SideRuns.of(hashes, usual), _SideRuns.of(long_hashes, np.zeros(len(long_hashes), np.bool_))
    return Side(words, runs, long_runs, common, _standing(common), weighed)


def _covered(runs: Mask, size: int, length: int) -> Mask:
    """The words that stand in one of the runs."""
    steps = np.zeros(size + 1, np.int32)
    steps[: len(runs)] += runs
    steps[length : length + len(runs)] -= runs
    covered: Mask = np.cumsum(steps)[:size] > 0
    return covered


def _aligned(side: Side, other: Side) -> Mask:
    """The words of a side that stand in the other report too, in line with a run that both share: changed words leave their neighbours in line.

    Runs that lead to it are rare ones, and long ones; chance runs of set phrases would line up anything.
    """
    size = len(side.words)
    there = np.full(size, -1, np.int64)  # where in the other report the run that begins at a word stands
    for own, others in ((side.long_runs, other.long_runs), (side.runs, other.runs)):
        found = np.minimum(np.searchsorted(others.sorted, own.hashes), max(len(others.sorted) - 1, 0))
        if len(others.sorted):
            same = (others.sorted[found] == own.hashes) & ~own.usual
            there[: len(same)][same] = others.first[found[same]]
    places = np.flatnonzero(there >= 0)
    found_words = np.zeros(size, np.bool_)
    if not len(places):
        return found_words
    shifts = there[places] - places
    at = np.arange(size)
    before = np.cumsum(there >= 0) - 1
    plain, theirs = side.words >> BITS, other.words >> BITS
    for near in (np.maximum(before, 0), np.minimum(before + 1, len(places) - 1)):
        target = at + shifts[near]
        inside = (np.abs(at - places[near]) <= _REACH) & (target >= 0) & (target < len(theirs))
        target[~inside] = 0
        found_words |= inside & (theirs[target] == plain)
    return found_words


def judge(later: Side, earlier: Side, index: Runs, other_source: bool, other_day: bool) -> Judged:
    """Whether the later report is a copy of the earlier one, or stands around it, with the reason in a person's words."""
    first = _aligned(later, earlier)
    # Most pairs end here: what one side has of the other is about what the other has of it.
    if 3 * int(first.sum()) < min(int(later.weighed.sum()), int(earlier.weighed.sum())):
        return Judged(False, "few runs of words are shared")
    masks = (first, _aligned(earlier, later))
    if not masks[0].any():
        return Judged(False, "no run of words is shared")
    weighed = [later.weighed, earlier.weighed]
    only_common = min(int(mask.sum()) for mask in weighed) < _SHORTEST
    if only_common:
        if max(int(mask.sum()) / max(len(mask), 1) for mask in weighed) > 0.5:
            return Judged(False, "what they share is in many reports")
        weighed = [np.ones(len(mask), np.bool_) for mask in weighed]
    counts = [int((masks[at] & weighed[at]).sum()) for at in (0, 1)]
    shares = [counts[at] / max(int(weighed[at].sum()), 1) for at in (0, 1)]
    inner = 0 if shares[0] >= shares[1] else 1
    if shares[inner] < _LEAST_PARTLY:
        return Judged(False, f"{shares[inner]:.0%} of its words stand in the other report")
    apart = _partly(later, earlier, index, masks, _How(other_source, only_common))
    least = _LEAST_COMMON if only_common else LEAST if apart is None else _LEAST_PARTLY
    if apart:
        return Judged(False, apart)
    if shares[inner] < least or counts[inner] < (_SHORTEST if apart is None else _PARTLY_SHORTEST):
        return Judged(False, f"{shares[inner]:.0%} of its words stand in the other report")
    order = (inner, 1 - inner)
    against, series = _template([(later, earlier)[at] for at in order], [masks[at] for at in order], other_day, only_common)
    kind = CopyKind.REPRINT if min(_whole(later, masks[0]), _whole(earlier, masks[1])) >= _WHOLE else CopyKind.EXCERPT
    told = against or _told(shares[inner], kind, inner == 0)
    return Judged(not against, told, kind, min(1.0, shares[inner]), counts[inner], inner == 0, *masks, series)


def _whole(side: Side, known: Mask) -> float:
    """The share of all words but standing texts that the other report has."""
    own = known if bool(side.standing.all()) else known[~side.standing]
    return float(own.mean())


def _told(share: float, kind: CopyKind, later_in: bool) -> str:
    percent = f"{share:.0%}".replace("%", " %")
    if kind is CopyKind.REPRINT:
        return f"{percent} of its own words stand in the other report in the same order; the rest was changed, cut or added"
    if later_in:
        return f"{percent} of its own words stand in the other report in the same order; the other is longer"
    return f"{percent} of the other report's own words stand in it in the same order, among words that the other does not have"


def _partly(later: Side, earlier: Side, index: Runs, masks: tuple[Mask, Mask], how: _How) -> str | None:
    """None where one side has no passage of its own; "" where both have one and it is a copy all the same; else why it is none."""
    sides = (later, earlier)
    standing = [side.standing for side in sides]
    missing = [~mask if how.only_common else ~(mask | still) for mask, still in zip(masks, standing, strict=True)]
    if min(map(_own_passage, missing)) < _OWN:
        return None
    leads = [_lead(mask, still) for mask, still in zip(masks, standing, strict=True)]
    if how.only_common:  # a wire that everybody prints, above each outlet's standing text
        return None if all(leads) else "each opens with news of its own: what they share is in many reports"
    if not how.other_source:
        return "one source, and both reports have passages of their own: it repeats its background"
    if not any(leads):
        return "each opens with news of its own: what they share is background, a quotation or a standing text"
    shared = earlier.runs.hashes[~earlier.runs.usual & np.isin(earlier.runs.hashes, later.runs.hashes)]
    carriers = index.carriers(shared)
    carriers = carriers[carriers > 0]
    if len(carriers) and float(np.median(carriers)) > _FEW:
        return "each has passages of its own, and other reports hold what they share"
    return ""


def _lead(known: Mask, standing: Mask) -> bool:
    """Whether the words that open a report stand in the other one."""
    opening = known[~standing][:_LEAD]
    opening = opening if len(opening) == _LEAD else known[:_LEAD]
    return int(opening.sum()) >= 0.6 * len(opening)


def _standing(common: Mask) -> Mask:
    """The words of long common passages: standing texts, where short ones are set phrases within a report's own words."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], common.view(np.int8), [0]])))
    found = np.zeros(len(common), np.bool_)
    starts, ends = edges[::2], edges[1::2]
    for at in np.flatnonzero(ends - starts >= _WINDOW):
        found[starts[at] : ends[at]] = True
    return found


def _own_passage(missing: Mask) -> float:
    """The highest share of missing words in a window: one word in ten changed lies far below a passage of one's own."""
    size = len(missing)
    if size <= _WINDOW:
        return float(missing.mean()) if size else 0.0
    summed = np.concatenate([[0], np.cumsum(missing)])
    return float((summed[_WINDOW:] - summed[:-_WINDOW]).max()) / _WINDOW


def _template(sides: Sequence[Side], known: Sequence[Mask], other_day: bool, only_common: bool) -> tuple[str, bool]:
    """Why two like texts are two reports in one form: what differs is numbers, days and names, and little else; "" where that is not so.
    And whether they are of a series, in which one is not the new version of another.

    First the side that stands in the other. Of both only what lies between the first and the last shared word.
    """
    ours, theirs = (_differing(side, mask, only_common) for side, mask in zip(sides, known, strict=True))
    (differing, changed, facts), (others, others_changed, _) = ours.counts, theirs.counts
    few = changed >= _FACTS * differing and others_changed >= _FACTS * others
    if changed >= 2 and few and (only_common or changed >= _FACTS / 2 * facts):
        return f"the same form of words with other numbers, days or names ({changed} of {facts}): two reports, not one", True
    if other_day and changed >= 1 and differing - changed <= 1 and others - others_changed <= 1 and len(sides[0].words) < _BULLETIN:
        return "the same form of words on another day with another number, day or name: two bulletins, not one", True
    short = len(sides[0].words) < _FORM and ours.first < _LEAD and max(ours.beyond, theirs.beyond) <= _BEYOND
    if differing == changed and others == others_changed and (only_common or short) and _tell_apart(ours.facts, theirs.facts):
        return _ONE_FACT, only_common or not ours.numbers
    return "", False


def _tell_apart(facts: frozenset[int], others: frozenset[int]) -> bool:
    """Whether numbers, days or names that stand in each other's place are others: not "9" for "nine", nor "yesterday" for "Tuesday"."""
    if not facts or not others or not RELATIVE_DAYS.isdisjoint(facts | others):
        return False
    return {DIGITS.get(one, one) for one in facts} != {DIGITS.get(one, one) for one in others}


@dataclass(frozen=True, slots=True)
class _Differing:
    counts: tuple[int, int, int]  # words that differ from the other report; of these numbers, days or names; and how many such words there are at all
    facts: frozenset[int]  # the numbers, days and names that differ
    first: int  # where the first of them stands
    beyond: int  # words before the first shared word and behind the last one
    numbers: bool  # whether nothing but numbers differs: a later version corrects these


def _differing(side: Side, known: Mask, only_common: bool) -> _Differing:
    """How one report differs from the other."""
    places = np.flatnonzero(known)
    own = np.zeros(len(known), np.bool_)
    own[places[0] : places[-1] + 1] = True
    if not only_common:
        own &= ~side.common
    fact = own & ((side.words & FACT) != 0)
    changed = np.flatnonzero(fact & ~known)
    words = frozenset((side.words[changed] >> BITS).tolist())
    counts = (int((own & ~known).sum()), len(changed), int(fact.sum()))
    beyond = int((~side.standing[: places[0]]).sum() + (~side.standing[places[-1] + 1 :]).sum())
    numbers = bool(((side.words[changed] & NUMBER) != 0).all()) and DAYS.isdisjoint(words)
    return _Differing(counts, words, int(changed[0]) if len(changed) else len(known), beyond, numbers)
