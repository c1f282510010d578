"""Whether a report is a corrected or updated version of an earlier one of the same source."""

import re

import numpy as np

from sayso.link.copies_search import run_hashes
from sayso.link.copies_words import FACT, Kept, Vocabulary, Words, read_words
from sayso.model.document import Document

_MARK = re.compile(
    r"\bUPDATE[DS]?\b(?:\s*\d+)?|\bWRAPUP\b(?:\s*\d+)?|\bREFILE\b|\b(?:re)?(?:corrects|corrected|correction|updates|updated|adds|recasts|recast|amends)\b(?=[\s:,;)\]-])"
    r"|\b(?:CORRECTION|CORRECTED|CORRIGENDUM|ADDS|RECASTS)\b",
)
_MARK_ANY = re.compile(
    r"^\W*(?:update[ds]?|wrapup|refile|correct(?:ed|ion|s)|corrigendum)\b\W*(?:\d+\b)?|[(\[](?:corrects|updates|adds|recasts|updated|corrected)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_HEAD = 300  # code points of a text in which a mark of a version is looked for
_NEAR_TITLE = 0.6
_SOME = 0.3  # of the earlier version's words that stand in the later one at the same address: else the address was used for another report
_MOSTLY = 0.5
_SOON = 3  # days within which a source corrects itself


def is_update(old: Document, new: Document) -> str | None:
    """Why `new` is a corrected or updated version of `old`, or None where it is not; both reports come from the same source."""
    if old.id == new.id:
        return None
    pairs = list(read_words((old, new), Vocabulary()))
    (first, words), (second, others) = pairs
    return update_reason(first, second, (words, others), bool(_MARK_ANY.search(new.text[:_HEAD])))


def update_reason(old: Kept, new: Kept, words: tuple[Words, Words], marked: bool = False, series: bool = False) -> str | None:
    """The same from what the index keeps of the two; `marked` says whether the later text itself tells that it is a new version.

    Of a `series`, whose reports share a form of words, only an address or a mark makes one the new version of another.
    """
    if old.source != new.source or new.moment < old.moment:
        return None
    share = _share(*words)
    marked = marked or bool(_MARK_ANY.search(new.title) and not _MARK_ANY.search(old.title)) or _version(new.title) > _version(old.title)
    near = _near(old.title, new.title)
    if old.address is not None and old.address == new.address:
        if share >= _SOME or (near and marked):
            return f"same source and same address or id, and {_percent(share)} of the earlier words are kept"
        return None
    if share < _MOSTLY or not _soon(old, new):
        return None
    if marked and (near or not (old.title and new.title)):
        return f"same source, marked as a new version, and {_percent(share)} of the earlier words are kept"
    if near and not series and old.title and old.full != new.full and not _another_bulletin(old, new, words):
        return f"same source, nearly the same headline, and {_percent(share)} of the earlier words are kept"
    return None


def _another_bulletin(old: Kept, new: Kept, words: tuple[Words, Words]) -> bool:
    """Whether both are numbers of a series in one form: on another day, or mostly other facts and nothing else."""
    earlier, later = words
    known = np.isin(run_hashes(earlier, 2), run_hashes(later, 2))
    missing = np.ones(len(earlier), np.bool_)
    missing[:-1] &= ~known
    missing[1:] &= ~known
    fact = (earlier & FACT) != 0
    changed, differing = int((missing & fact).sum()), int(missing.sum())
    if old.day != new.day and changed and differing - changed <= 0.5 * changed:
        return True
    return changed >= 2 and changed >= 0.6 * differing and changed >= 0.5 * int(fact.sum())


def _share(earlier: Words, later: Words) -> float:
    """Of the earlier version's pairs of neighbouring words the share that the later one has."""
    runs = run_hashes(earlier, 2)
    return float(np.isin(runs, run_hashes(later, 2)).mean()) if len(runs) else 0.0


def _near(title: str, other: str) -> bool:
    first, second = (set(_WORD.findall(_MARK_ANY.sub("", _MARK.sub("", one)).casefold())) for one in (title, other))
    return len(first & second) >= _NEAR_TITLE * len(first | second) if first or second else True


def _version(title: str) -> int:
    found = re.search(r"\b(?:UPDATE|WRAPUP)\s*(\d{1,2})\b", title, re.IGNORECASE)
    return int(found[1]) if found else 0


def _soon(old: Kept, new: Kept) -> bool:
    return old.day is None or new.day is None or (new.day - old.day).days <= _SOON


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")
