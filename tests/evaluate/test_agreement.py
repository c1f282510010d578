"""Measures of agreement against published examples, and against NLTK's where it is installed."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.evaluate.agreement import Level, Score, cohen_kappa, krippendorff_alpha, percent, span_f1

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section D: four observers, twelve units, values missing.
OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "1233244125 1.".replace(" ", ""))
UNITS = [[None if value == "." else int(value) for value in unit] for unit in zip(*OBSERVERS, strict=True)]


def table(cells: list[list[int]]) -> list[tuple[int, int]]:
    return [(row, column) for row, counts in enumerate(cells) for column, count in enumerate(counts) for _ in range(count)]


@pytest.mark.parametrize(("level", "published"), [(Level.NOMINAL, 0.743), (Level.ORDINAL, 0.815), (Level.INTERVAL, 0.849)])
def test_alpha_of_krippendorffs_example(level, published):
    found = krippendorff_alpha(UNITS, level)
    assert found.value == pytest.approx(published, abs=0.0005)
    assert found.of == 11  # one unit has a single value, which pairs with none


def test_alpha_of_krippendorffs_binary_example():
    # The same paper, section A: two observers, ten units, 0 and 1.
    pairs = list(zip((0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0), strict=True))
    assert krippendorff_alpha(pairs).value == pytest.approx(0.095, abs=0.0005)


@pytest.mark.parametrize(
    ("cells", "published"),
    [
        ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.492),  # Cohen 1960: 200 patients, agreement .70, by chance .41
        ([[20, 5], [10, 15]], 0.4),
    ],
)
def test_kappa_of_published_tables(cells, published):
    assert cohen_kappa(table(cells)).value == pytest.approx(published, abs=0.0005)


def test_percent_counts_what_both_coded():
    assert percent([("a", "a"), ("a", "b"), (None, "a"), ("b", "b")]) == Score(2 / 3, 3)


def test_what_cannot_be_told_is_none_with_the_reason():
    for found in (percent([(None, "a")]), cohen_kappa([]), krippendorff_alpha([["a", None]])):
        assert found.value is None
        assert found.why.startswith("nothing was coded by")
    for found in (cohen_kappa([("a", "a"), ("a", "a")]), krippendorff_alpha([["a", "a"], ["a", "a"]], Level.ORDINAL)):
        assert found.value is None
        assert "one value only" in found.why
    assert span_f1([((), ())]) == Score(None, 0, "neither marked any words")
    assert cohen_kappa([("a", "b"), ("a", "b")]).value == 0  # no agreement, and none by chance: that is known


def test_values_that_do_not_fit_their_level():
    with pytest.raises(ValueError, match="'sure' is not in the order certain, possible"):
        krippendorff_alpha([["sure", "certain"]], Level.ORDINAL, ["certain", "possible"])
    with pytest.raises(ValueError, match="no number"):
        krippendorff_alpha([["1", "2"]], Level.INTERVAL)


def test_the_order_of_an_ordinal_field_matters():
    units = [["low", "mid"], ["mid", "high"], ["high", "high"], ["low", "low"]]
    near = krippendorff_alpha(units, Level.ORDINAL, ["low", "mid", "high"]).value
    far = krippendorff_alpha(units, Level.ORDINAL, ["mid", "low", "high"]).value
    assert near is not None
    assert far is not None
    assert near > far


def test_spans():
    pairs = [(((0, 4), (10, 14)), ((0, 4), (12, 20))), (((5, 9),), ())]
    assert span_f1(pairs).value == pytest.approx(2 * (1 / 3) * (1 / 2) / (1 / 3 + 1 / 2))
    assert span_f1(pairs, overlap=True).value == pytest.approx(2 * (2 / 3) * 1 / (2 / 3 + 1))
    assert span_f1([(((0, 4),), ((4, 8),))], overlap=True).value == 0  # neighbours share no character


_VALUES = st.lists(st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=3, max_size=3), max_size=20)


@given(_VALUES, st.randoms(use_true_random=False))
def test_alpha_does_not_depend_on_the_order_of_coders_or_units(units, chance):
    turned = [chance.sample(unit, 3) for unit in chance.sample(units, len(units))]
    for level in Level:
        one, other = krippendorff_alpha(units, level), krippendorff_alpha(turned, level)
        assert (one.value is None) == (other.value is None)
        assert one.value is None or other.value is None or one.value == pytest.approx(other.value)
        assert one.value is None or one.value <= 1 + 1e-12


def test_beside_nltk():
    agreement = pytest.importorskip("nltk.metrics.agreement")
    chance = random.Random(3)
    for _ in range(20):
        pairs = [(chance.choice("abc"), chance.choice("abcc")) for _ in range(30)]
        task = agreement.AnnotationTask(data=[(coder, str(item), pair[at]) for item, pair in enumerate(pairs) for at, coder in enumerate("AB")])
        assert cohen_kappa(pairs).value == pytest.approx(task.kappa())
        assert krippendorff_alpha(pairs).value == pytest.approx(task.alpha())
        assert percent(pairs).value == pytest.approx(task.avg_Ao())
        numbers = [(chance.randint(0, 9), chance.randint(0, 9)) for _ in range(30)]
        data = [(coder, str(item), pair[at]) for item, pair in enumerate(numbers) for at, coder in enumerate("AB")]
        squared = agreement.AnnotationTask(data=data, distance=lambda one, other: (one - other) ** 2)
        assert krippendorff_alpha(numbers, Level.INTERVAL).value == pytest.approx(squared.alpha())
