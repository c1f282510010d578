"""Floors on the shared corpora, where they lie beside the checkout. A floor is what was measured, a little rounded down; lowering one needs a reason here."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

GOLD = Path(__file__).parents[3] / "shared" / "gold"

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the folder 'shared' with the corpora is not beside this checkout")

# (command, corpus, further arguments, path of a score, floor)
FLOORS = [
    ("places", "geovirus/GeoVirus.xml", ("--format", "geovirus"), ("given", "acc161"), 0.82),
    ("places", "lgl/lgl.xml", ("--format", "lgl"), ("given", "acc161"), 0.80),
    ("toponyms", "toponyms/dev.csv", (), ("places", "share"), 0.95),
    ("toponyms", "toponyms/dev.csv", (), ("regions", "share"), 1.0),
    ("times", "times/dev.csv", (), ("exact", "share"), 1.0),
    ("actors", "ucdp/ged231_sample_1000rows.csv", (), ("rows", "share"), 0.96),
    ("names", "re3d/dev/docs.jsonl", (), ("organisations", "share"), 0.54),
    ("names", "re3d/dev/docs.jsonl", (), ("locations", "share"), 0.57),
    ("figures", "newsquant_cqe/NewsQuant.json", (), ("value f1",), 0.91),
    ("figures", "newsquant_cqe/NewsQuant.json", (), ("bound f1",), 0.85),
    ("attribution", "polnear/dev", (), ("content characters", "f1"), 0.81),
    ("attribution", "polnear/dev", (), ("source characters", "f1"), 0.67),
    ("attribution", "polnear/dev", (), ("content with right source", "f1"), 0.57),
    ("acled", "case2021_task2", (), ("weighted f1",), 0.70),
]


def scores(command: str, corpus: str, further: tuple[str, ...], known: dict[tuple[str, str], Any]) -> Any:
    from sayso.cli.main import sayso

    if (command, corpus) not in known:
        ran = CliRunner().invoke(sayso, ["evaluate", command, "--data", str(GOLD / corpus), *further, "--json"], catch_exceptions=False)
        assert ran.exit_code == 0, ran.output
        known[command, corpus] = json.loads(ran.stdout)["scores"]
    return known[command, corpus]


@pytest.fixture(scope="module")
def known() -> dict[tuple[str, str], Any]:
    """Each corpus is scored once."""
    return {}


@pytest.mark.parametrize(("command", "corpus", "further", "path", "floor"), FLOORS, ids=lambda value: value if isinstance(value, str) else "")
def test_floor(command: str, corpus: str, further: tuple[str, ...], path: tuple[str, ...], floor: float, known: dict[tuple[str, str], Any]) -> None:
    found = scores(command, corpus, further, known)
    for key in path:
        assert key in found, sorted(found)
        found = found[key]
    assert found >= floor
