"""`sayso actors`: why a name is taken for an actor, and further actors from a file."""

import json

import pytest

from sayso.gazetteers.actors import actor_list


@pytest.fixture(name="own")
def own_list(tmp_path, monkeypatch):
    path = tmp_path / "data" / "actors.csv"
    monkeypatch.setenv("SAYSO_ACTORS", str(path))
    actor_list.cache_clear()
    yield path
    actor_list.cache_clear()


def test_explains_a_match(run, own):
    result = run("actors", "find", "Al-Qassam Brigades")
    assert result.exit_code == 0
    assert "rebel group, Palestine" in result.stdout
    assert "part of: Hamas" in result.stdout
    assert "is a listed name of this actor alone" in result.stdout


def test_tells_what_would_decide(run, own):
    result = run("actors", "find", "SDF")
    assert result.exit_code == 1
    assert "not resolved" in result.stdout
    assert "Tell a --country" in result.stdout
    assert "Syrian Democratic Forces, rebel group" in run("actors", "find", "SDF", "--country", "sy").stdout.splitlines()[0]


def test_reads_the_words_of_a_side(run, own):
    view = json.loads(run("actors", "find", "our forces", "--source-side", "Ukraine", "--json").stdout)
    assert (view["actor"]["name"], view["actor"]["country"]) == ("Military Forces of Ukraine", "UA")
    assert view["candidates"][0]["reason"]


def test_a_country_that_is_none_is_a_usage_error(run, own):
    assert run("actors", "find", "SDF", "--country", "Syria").exit_code == 2


def test_imports_into_the_own_list(run, own, tmp_path):
    file = tmp_path / "mine.csv"
    rows = ("name,kind,country,aliases", "Hill Column of Imre,rebel_group,SD,HCI|Imre Column", "Hamas,rebel_group,PS,Hamas of Invention")
    file.write_text("\n".join(rows) + "\n")
    tried = run("actors", "import", file, "--dry-run")
    assert tried.exit_code == 0
    assert not own.exists()
    done = run("actors", "import", file)
    assert "2 actors in mine.csv (csv): 1 new, 1 known that get new spellings, 0 known with nothing to add." in done.stdout
    assert own.is_file()
    found = run("actors", "find", "Imre Column")
    assert "Hill Column of Imre, rebel group, Sudan" in found.stdout
    assert "Hamas, rebel group" in run("actors", "find", "Hamas of Invention").stdout
    run("actors", "import", file)
    assert len(own.read_text().splitlines()) == 3


def test_a_file_that_is_no_list_is_said(run, own, tmp_path, monkeypatch, capsys):
    from sayso.cli import main

    (tmp_path / "x.csv").write_text("a,b\n")
    monkeypatch.setattr("sys.argv", ["sayso", "actors", "import", str(tmp_path / "x.csv")])
    with pytest.raises(SystemExit) as stopped:
        main.main()
    assert stopped.value.code == 1
    assert "is no list of actors" in capsys.readouterr().err
