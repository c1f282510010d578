"""Floors of the scoreboard (`evaluate/scoreboard.toml`), where the shared corpora lie beside the checkout; and the page that was written."""

from pathlib import Path

import pytest

from sayso.errors import DataError
from sayso.evaluate.scoreboard import Done, Row, load_rows, page, score_rows

HOME = Path(__file__).parents[2]
GOLD = HOME.parent / "shared" / "gold"
ROWS = load_rows()
FLOORED = [row for row in ROWS if row.floor is not None]


@pytest.fixture(scope="module")
def done() -> Done:
    """Each corpus is scored once."""
    return score_rows(FLOORED, GOLD, lambda told: None, HOME)


@pytest.mark.skipif(not GOLD.is_dir(), reason="the folder 'shared' with the corpora is not beside this checkout")
@pytest.mark.parametrize("row", FLOORED, ids=lambda row: row.told)
def test_floor(row: Row, done: Done) -> None:
    value = done.value(row)
    assert value is not None, done.missing.get(row.run)
    assert not row.fails(value), f"{value} is under {row.floor}"


def test_every_row_is_on_the_page() -> None:
    told = (HOME / "docs" / "scoreboard.md").read_text(encoding="utf-8")
    for row in ROWS:
        lines = [line for line in told.splitlines() if line.startswith(f"| {row.title}") and f"| {row.measure} |" in line]
        assert lines, row.told
        assert row.floor is None or any(f"| {row.floor:.2f} |" in line for line in lines), row.told


def test_a_floor_under_its_aim_needs_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "rows.toml"
    line = '[[row]]\ncapability = "times"\ntitle = "Days"\ndata = "days.csv"\nmeasure = "exact"\nfloor = 0.5\naim = 0.9\n'
    path.write_text(line, encoding="utf-8")
    with pytest.raises(DataError, match="give a reason"):
        load_rows(path)
    path.write_text(line + 'reason = "the list is new"\n', encoding="utf-8")
    (row,) = load_rows(path)
    assert row.fails(0.4)
    assert not row.fails(0.5)
    missing = score_rows([row], tmp_path, lambda told: None)
    assert missing.value(row) is None
    assert "not scored" in page([row], missing)
    assert "the list is new" in page([row], missing)
