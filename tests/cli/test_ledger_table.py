"""What the tables of a ledger say in words."""

import pytest

from sayso.cli.ledger_table import _figure
from sayso.export.wording import many
from sayso.store.query import FoundFigure


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (FoundFigure("killed", 9, None), "9 or more killed"),
        (FoundFigure("injured", 0, 0, "civilian", "denied"), "0 civilians injured (denied)"),
        (FoundFigure("killed", None, 5, "combatant"), "up to 5 combatants killed"),
        (FoundFigure("killed", 3, 3, "contested", "planned"), "3 killed (planned)"),
    ],
)
def test_a_figure_says_whom_it_counts_and_whether_it_is_told_as_so(figure: FoundFigure, words: str) -> None:
    assert _figure(figure) == words


def test_one_is_no_plural() -> None:
    assert [many(1, "report"), many(0, "report"), many(2000, "entry", "entries")] == ["1 report", "0 reports", "2,000 entries"]
