"""Deciding: chances from weights that can be read, and judgements from chances."""

import math
from pathlib import Path

import pytest
from tests.link.linked import account

from sayso.errors import DataError
from sayso.link.compare import NAMES, Frequencies, compare, ready
from sayso.link.decide import chance, contributions, decide, judgement, signs, weights
from sayso.model.words import Judgement

KNOWN = [None] * len(NAMES)


def values(**told: float) -> list[float | None]:
    return [told.get(name) for name in NAMES]


def test_the_shipped_weights_speak_the_way_their_features_are_explained() -> None:
    shipped = weights()
    assert all(weight > 0 for weight in shipped.for_it.values())
    assert all(weight < 0 for weight in shipped.against_it.values())
    assert shipped.for_it["same_day"] > 0


def test_what_is_not_known_adds_nothing() -> None:
    assert contributions(KNOWN) == {}
    assert chance(KNOWN) == pytest.approx(1 / (1 + math.exp(-weights().base)))


def test_contributions_add_up_to_the_odds() -> None:
    told = values(same_day=1.0, killed_alike=0.1, words_shared=0.8)
    odds = weights().base + sum(contributions(told).values())
    assert chance(told) == pytest.approx(1 / (1 + math.exp(-odds)))


def test_a_value_of_one_half_says_nothing() -> None:
    assert signs(values(same_day=0.5)) == {}
    assert signs(values(same_day=0.75, words_shared=0.25)) == {"same_day+": 0.5, "words_shared-": 0.5}


def test_judgements() -> None:
    known = weights()
    assert judgement(known.same) is Judgement.SAME
    assert judgement(known.unsure) is Judgement.UNSURE
    assert judgement(known.unsure / 2) is Judgement.DIFFERENT


def test_figures_ten_times_as_high_do_not_keep_a_strike_apart() -> None:
    from tests.link.linked import killed

    accounts = [account(1), account(2, figures=(killed(4),))]
    compared = [ready(one, Frequencies.of(accounts)) for one in accounts]
    (pair,) = decide(compared, [(0, 1)])
    assert pair.chance > weights().same
    assert pair.values == compare(*compared)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("base = 0\nsame = 0.5\nunsure = 0.6\n", "unsure"),
        ("base = 'x'\nsame = 0.5\nunsure = 0.2\n", "base"),
        ("base = 0\nsame = 0.5\nunsure = 0.2\n[for]\nno_feature = 1\n", "no_feature"),
        ("base = 0\nsame = 0.5\nunsure = 0.2\nmore = 1\n", "more"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "weights.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=named):
        weights(file)
