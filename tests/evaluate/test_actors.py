from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.evaluate.actors import score_actors, score_who
from sayso.gazetteers.gleditsch_ward import iso_of

GOLD = Path(__file__).parents[1] / "gold" / "dev"
HEADER = "side_a,side_b,gwnoa,gwnob,country,country_id\n"


def rows(folder: Path, *lines: str) -> Path:
    path = folder / "rows.csv"
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_both_sides_must_be_right(tmp_path: Path) -> None:
    scored = score_actors(
        rows(
            tmp_path,
            "Government of Syria,Islamic State,652.0,,Syria,652",
            "Government of Syria,Zorblax Front,652.0,,Syria,652",
            "Government of Syria,Islamic State,645,,Syria,652",
            "Hamas,Civilians,,,Israel,666",
            "FARC,Civilians,,,Kenya,501",
        )
    )
    assert len(scored.documents) == 5
    assert scored.values()["rows"] == pytest.approx(0.4)
    assert scored.details["wrong"] == {"Zorblax Front": 1, "Government of Syria": 1, "FARC": 1}


def test_a_file_without_sides_is_told(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no columns side_a"):
        score_actors(path)


def test_country_numbers() -> None:
    assert (iso_of("652.0"), iso_of("100"), iso_of("678"), iso_of("")) == ("SY", "CO", "YE", None)


def test_the_names_of_the_development_reports_resolve() -> None:
    scored = score_who(sorted(GOLD.glob("*.yaml")))
    assert len(scored.documents) > 40
    (value,) = scored.values().values()
    assert value is not None
    assert value >= 0.9, scored.details
