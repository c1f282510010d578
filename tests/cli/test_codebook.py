"""`sayso codebook`: list, check, show, new. All examples are invented."""

import csv
import io
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
    assert "mine.yaml: sound. mine 1: 2 types, 3 rules, 5 examples; sha256:" in run("check", str(path)).stdout
    assert "is there already" in run("new", str(path), code=2).stderr
    run("new", str(path), "--force", "--name", "other")
    assert "name: other" in path.read_text(encoding="utf-8")
    assert "has to end in .yaml" in run("new", str(tmp_path / "x.txt"), code=2).stderr


def test_new_begins_from_another_book(tmp_path):
    path = tmp_path / "mine.yaml"
    run("new", str(path), "--from", "casualty")
    assert "mine.yaml: sound. mine 1: 10 types, 15 rules" in run("check", str(path)).stdout
    run("new", str(tmp_path / "second.yaml"), "--from", str(path))
    assert "second.yaml: sound. second 1: 10 types" in run("check", str(tmp_path / "second.yaml")).stdout
    assert "no codebook 'nowhere'" in run("new", str(path), "--force", "--from", "nowhere", code=2).stderr
    assert "name: mine" in path.read_text(encoding="utf-8")  # a failure leaves what was there


def test_check_lists_what_is_wrong_and_says_so_by_its_exit_code(tmp_path):
    path = tmp_path / "bad.yaml"
    run("new", str(path))
    path.write_text(path.read_text(encoding="utf-8").replace("days: one", "dayz: one"), encoding="utf-8")
    done = run("check", "ucdp", str(path), code=1)
    assert "ucdp.yaml: sound." in done.stdout
    assert "bad.yaml:11: dayz is not known here" in done.stderr
    told = json.loads(run("check", str(path), "--json", code=1).stdout)
    assert told[0]["problems"][0]["line"] == 11


def test_check_lists_all_that_is_wrong_line_by_line(tmp_path):
    path = tmp_path / "bad.yaml"
    run("new", str(path))
    text = path.read_text(encoding="utf-8").replace("days: one", "dayz: one").replace("type: [ASSAULT, COERCE]", "type: [ATTACK]")
    path.write_text(text.replace("title: What", "titel: What"), encoding="utf-8")
    told = run("check", str(path), code=1).stderr.splitlines()
    assert [line.split(": ")[0] for line in told] == ["bad.yaml:3", "bad.yaml:5", "bad.yaml:11", "bad.yaml:42"]
    assert all(line.count(": ") >= 2 for line in told)


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


def test_books_of_ones_own_read_and_code_a_ledger(tmp_path, sayso, monkeypatch):
    monkeypatch.setenv("SAYSO_STORE", str(tmp_path / "ledger.sqlite"))
    acts, rows, report = tmp_path / "acts.yaml", tmp_path / "schools.yaml", tmp_path / "report.txt"
    run("new", str(acts), "--from", "plover")
    acts.write_text(acts.read_text(encoding="utf-8").replace('version: "1"', 'version: "1.mine"'), encoding="utf-8")
    run("new", str(rows))
    report.write_text("Rebels shelled a school near Goma on Friday and wounded four pupils, the army said.\n", encoding="utf-8")
    told = sayso.json("add", report, "--published", "2024-05-18", "--language", "en", "--codebook", acts, "--codebook", rows)
    assert (told["added"], told["claims"] > 0) == (1, True)
    coded = list(csv.DictReader(io.StringIO(sayso("export", "--format", "rows", "--codebook", rows))))
    assert {(one["codebook"], one["sub_event_type"], one["sector"]) for one in coded} == {("schools", "Attack on a school", "education")}
    assert {one["codebook_digest"] for one in coded} == {json.loads(run("check", str(rows), "--json").stdout)[0]["digest"]}
    assert sayso.json("reread")["read"] == 1  # the built-in book has another digest, and has not read it


def test_two_books_of_acts_are_one_too_many(tmp_path, sayso):
    path = tmp_path / "acts.yaml"
    run("new", str(path), "--from", "plover")
    err = sayso.told("read", tmp_path, "--codebook", "plover", "--codebook", path, code=2)[1]
    assert "are both of kind 'acts'" in err
