"""How far a share may be off by chance."""

from math import sqrt

_Z = 1.96  # 95 of 100


def share_interval(right: int, of: int) -> tuple[float, float] | None:
    """Wilson's 95 % interval of a share over independent rows; None where there is no row."""
    if not of:
        return None
    share, square = right / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return round(max(0.0, middle - half), 3), round(min(1.0, middle + half), 3)
