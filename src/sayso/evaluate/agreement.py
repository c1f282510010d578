"""How far coders agree: percent, Cohen's κ, Krippendorff's α, F1 of spans. What cannot be told is None with the reason, never a number."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

Pair = tuple[Hashable | None, Hashable | None]  # what two coders say of one thing; None is missing
Stretch = tuple[int, int]
Distance = Callable[[int, int], float]  # how far apart two values are, by their places in the order


class Level(StrEnum):
    """What may be done with a field's values: told apart, put in order, or subtracted."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Score:
    """A measure and over how many things it was taken; without a value, why there is none."""

    value: float | None
    of: int
    why: str = ""


def percent(pairs: Sequence[Pair]) -> Score:
    """The share of things of which both coders say the same, from 0 to 1; things that one of them left out do not count."""
    both = _both(pairs)
    if not both:
        return Score(None, 0, "nothing was coded by both")
    return Score(sum(one == other for one, other in both) / len(both), len(both))


def cohen_kappa(pairs: Sequence[Pair]) -> Score:
    """Cohen's κ (1960) of two coders; things that one of them left out do not count."""
    both = _both(pairs)
    size = len(both)
    if not size:
        return Score(None, 0, "nothing was coded by both")
    firsts, seconds = Counter(one for one, _ in both), Counter(other for _, other in both)
    chance = sum(count * seconds[value] for value, count in firsts.items())  # times size²: whole numbers, so that "one value only" is told exactly
    if chance == size * size:
        return Score(None, size, "both coders use one value only: what chance would give cannot be told")
    same = sum(one == other for one, other in both)
    return Score((same * size - chance) / (size * size - chance), size)


def krippendorff_alpha(units: Sequence[Sequence[Hashable | None]], level: Level = Level.NOMINAL, order: Sequence[Hashable] | None = None) -> Score:
    """Krippendorff's α of two or more coders: of each unit what each of them says, None where nothing.

    `order` gives the values of an ordinal field from the least to the most; without it they are sorted. Those of an interval field are numbers.
    ValueError where a value of an ordinal field is not in its order, or one of an interval field is no number.
    """
    held = [[value for value in unit if value is not None] for unit in units]
    pairable = [unit for unit in held if len(unit) > 1]
    if not pairable:
        return Score(None, 0, "nothing was coded by two")
    totals: Counter[Hashable] = Counter(value for unit in pairable for value in unit)
    values = _ordered(totals, level, order)
    if len(values) == 1:
        return Score(None, len(pairable), "all coders use one value only: what chance would give cannot be told")
    counts = [totals[value] for value in values]
    apart = _distance(values, counts, level)
    places = {value: place for place, value in enumerate(values)}
    seen = sum(_within(Counter(places[value] for value in unit), apart) / (len(unit) - 1) for unit in pairable)
    by_chance = _within(Counter(dict(enumerate(counts))), apart)
    return Score(1 - (sum(counts) - 1) * seen / by_chance, len(pairable))


def span_f1(pairs: Sequence[tuple[Sequence[Stretch], Sequence[Stretch]]], overlap: bool = False) -> Score:
    """F1 of the stretches that two coders mark in the same texts: those with the same ends, or those that share a character.

    It is the same whichever coder is first. Its `of` counts the stretches of both.
    """
    firsts = seconds = found = met = 0
    for one, other in ((set(left), set(right)) for left, right in pairs):
        firsts, seconds = firsts + len(one), seconds + len(other)
        found += sum(_is_in(stretch, other, overlap) for stretch in one)
        met += sum(_is_in(stretch, one, overlap) for stretch in other)
    if not firsts + seconds:
        return Score(None, 0, "neither marked any words")
    if not found:
        return Score(0.0, firsts + seconds)
    precision, recall = found / firsts, met / seconds
    return Score(2 * precision * recall / (precision + recall), firsts + seconds)


def _both(pairs: Sequence[Pair]) -> list[tuple[Hashable, Hashable]]:
    return [(one, other) for one, other in pairs if one is not None and other is not None]


def _ordered(totals: Mapping[Hashable, int], level: Level, order: Sequence[Hashable] | None) -> list[Hashable]:
    """The values that were used, in their order."""
    if level is Level.NOMINAL:
        return list(totals)
    if level is Level.INTERVAL and not all(isinstance(value, int | float) and not isinstance(value, bool) for value in totals):
        raise ValueError("a value of an interval field is no number")
    if level is Level.INTERVAL or order is None:
        return sorted(totals)  # type: ignore[type-var]  # values of one field are of one kind
    strange = [value for value in totals if value not in order]
    if strange:
        raise ValueError(f"{strange[0]!r} is not in the order {', '.join(map(str, order))}")
    return [value for value in order if value in totals]


def _distance(values: Sequence[Hashable], counts: Sequence[int], level: Level) -> Distance:
    """The squared distance of two values after Krippendorff (2011)."""
    if level is Level.NOMINAL:
        return lambda _one, _other: 1.0
    if level is Level.INTERVAL:
        numbers = [float(value) for value in values]  # type: ignore[arg-type]  # `_ordered` has looked
        return lambda one, other: (numbers[one] - numbers[other]) ** 2
    below = [0, *accumulate(counts)]
    middle = [start + count / 2 for start, count in zip(below, counts, strict=False)]  # how many values stand between two middles: those apart by rank
    return lambda one, other: (middle[one] - middle[other]) ** 2


def _within(counted: Counter[int], apart: Distance) -> float:
    """The sum of the distances of all ordered pairs among values so often used."""
    return sum(count * counted[other] * apart(one, other) for one, count in counted.items() for other in counted if one != other)


def _is_in(stretch: Stretch, others: set[Stretch], overlap: bool) -> bool:
    return any(stretch[0] < end and start < stretch[1] for start, end in others) if overlap else stretch in others
