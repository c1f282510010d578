"""`sayso codebook`: list, check, show, new. All examples are invented."""

import json

from click.testing import CliRunner

from sayso.cli.main import sayso


def run(*words, code=0):
    done = CliRunner().invoke(sayso, ["codebook", *words])
    assert done.exit_code == code, (done.output, done.exception)
    return done


def test_list_tells_the_built_in_books():
    assert [line.split()[0] for line in run("list").stdout.splitlines()] == ["acled", "casualty", "plover", "ucdp"]
    assert {one["name"]: one["types"] for one in json.loads(run("list", "--json").stdout)} == {"acled": 25, "casualty": 10, "plover": 16, "ucdp": 3}


def test_new_begins_a_book_that_is_sound_and_replaces_none(tmp_path):
    path = tmp_path / "mine.yaml"
    assert "begun" in run("new", str(path)).stdout
    assert "mine.yaml: sound. mine 1: 2 types, 3 rules, 4 examples; sha256:" in run("check", str(path)).stdout
    assert "is there already" in run("new", str(path), code=2).stderr
    run("new", str(path), "--force", "--name", "other")
    assert "name: other" in path.read_text(encoding="utf-8")
    assert "has to end in .yaml" in run("new", str(tmp_path / "x.txt"), code=2).stderr


def test_check_lists_what_is_wrong_and_says_so_by_its_exit_code(tmp_path):
    path = tmp_path / "bad.yaml"
    run("new", str(path))
    path.write_text(path.read_text(encoding="utf-8").replace("days: one", "dayz: one"), encoding="utf-8")
    done = run("check", "ucdp", str(path), code=1)
    assert "ucdp.yaml: sound." in done.stdout
    assert "bad.yaml:11: dayz is not known here" in done.stderr
    told = json.loads(run("check", str(path), "--json", code=1).stdout)
    assert told[0]["problems"][0]["line"] == 11


def test_a_book_that_is_not_there_is_named():
    assert "no codebook 'nowhere.yaml'" in run("check", "nowhere.yaml", code=2).stderr
    assert "no codebook 'nowhere'" in run("show", "nowhere", code=2).stderr


def test_show_tells_types_rules_and_mappings():
    told = run("show", "ucdp").stdout
    assert "State-based violence" in told
    assert "in acled: Armed clash" in told
    assert "Rules, of which the first that holds decides:" in told
    one = json.loads(run("show", "plover", "--type", "assault", "--json").stdout)
    assert [kind["name"] for kind in one["types"]] == ["ASSAULT"]
    assert one["types"][0]["also"] == {"cameo": ["18", "19", "20"]}
    assert "has no type 'x'" in run("show", "ucdp", "--type", "x", code=2).stderr
