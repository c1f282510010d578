"""Which part of a corpus a text belongs to where the corpus has no parts of its own: told by the sha1 of the text."""

import hashlib

_DEV = "cdef"  # last digits of the sha1 that put a text in dev
_TUNED = "01234567"  # last digits of the half that was looked at where a corpus is tuned on half; dev lies wholly in the other half
SPLITS = ("train", "dev", "all", "tuned", "kept")


def is_dev(text: str) -> bool:
    """Whether a text is dev: a quarter of all texts, the same on every machine."""
    return _digit(text) in _DEV


def belongs(text: str, split: str) -> bool:
    """Whether a text is in a part: train and dev by `is_dev`; tuned and kept are the halves of a corpus tuned on half, dev inside kept."""
    if split not in SPLITS:
        raise ValueError(f"no part {split!r}: use one of {', '.join(SPLITS)}")
    if split in ("train", "dev"):
        return is_dev(text) == (split == "dev")
    return split == "all" or (_digit(text) in _TUNED) == (split == "tuned")


def _digit(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[-1]
