"""`sayso read`: formats, exit codes, batches with bad inputs, and files that are whole or not there."""

import json
import os
import re

import pytest
from tests.cli.conftest import StandInReader

from sayso.errors import MissingPart

REPORT = "The army said on Tuesday that nine people had been killed in the town."


@pytest.fixture(name="folder")
def folder_of_twenty(tmp_path):
    """Eight good reports among twelve bad inputs."""
    for number in range(6):
        (tmp_path / f"good{number}.txt").write_text(REPORT)
    lines = [
        {"id": "g6", "text": REPORT},
        {"id": "b0"},
        {"id": "b1", "text": ""},
        {"id": "b2", "text": REPORT, "published": "soon"},
        {"id": "g7", "text": REPORT},
    ]
    (tmp_path / "lines.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n{broken\n")
    bad = {"empty": b"", "nul": b"The army\0said", "pdf": b"%PDF-1.4", "arabic": "أعلن الجيش مقتل تسعة أشخاص في المدينة".encode(), "blank": b"\n \n",
           "cyrillic": "Армия заявила, что люди погибли".encode("cp1251"), "noise": bytes(range(1, 30)) * 9, "html": b"<html><p></p>"}  # fmt: skip
    for name, raw in bad.items():
        (tmp_path / f"{name}.txt").write_bytes(raw)
    return tmp_path


def test_a_batch_reads_the_good_and_lists_the_bad(run, folder):
    result = run("read", folder, "--format", "jsonl")
    views = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert len(views) == 20
    assert sum("error" not in view for view in views) == 8
    assert "12 of 20 inputs could not be read:" in result.stderr
    reasons = re.findall(r"^  (\S+).*: (\w+): (.+)$", result.stderr, re.MULTILINE)
    assert len(reasons) == 12
    assert {kind for _, kind, _ in reasons} == {"EmptyReport", "NotText", "NoLanguagePack", "InputError"}


def test_lines_stand_in_the_order_of_the_inputs(run, folder):
    views = [json.loads(line) for line in run("read", folder / "lines.jsonl", "--format", "jsonl").stdout.splitlines()]
    assert [view["document"]["given_id"] for view in views] == ["g6", "b0", "b1", "b2", "g7", None]
    assert ["error" in view for view in views] == [False, True, True, True, False, True]
    assert views[5]["error"]["what"].endswith("lines.jsonl:6")
    assert views[5]["schema"] == "sayso.reading/1"


def test_all_read_is_exit_code_0(run, folder):
    result = run("read", folder / "good1.txt")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    ["read", "rea", "read x --format xml", "read x --published soon", "read x --codebook none", "read x --language fr", "read x --limit 0", "read x --side"],
)
def test_what_is_not_understood_is_exit_code_2(run, arguments):
    result = run(*arguments.split())
    assert result.exit_code == 2
    assert "Error: " in result.stderr


def test_a_missing_part_stops_the_run(monkeypatch, run, folder, capsys):
    from sayso.cli import main

    def read_one(self, document):
        raise MissingPart("the model is not installed: pip install it")

    monkeypatch.setattr(StandInReader, "read_one", read_one)
    monkeypatch.setattr("sys.argv", ["sayso", "read", str(folder / "good0.txt")])
    with pytest.raises(SystemExit) as stopped:
        main.main()
    assert stopped.value.code == 3
    assert "the model is not installed" in capsys.readouterr().err


def test_options_tell_what_reports_do_not(run, folder):
    options = ["--published", "2024-05-04", "--source", "The ministry", "--source-kind", "state", "--side", "Government", "--language", "en"]
    result = run("read", folder / "good0.txt", "--format", "json", *options)
    document = json.loads(result.stdout)[0]["document"]
    assert document["published"] == "2024-05-04"
    assert document["source"] == {"name": "The ministry", "kind": "state", "side": "Government", "country": None}


def test_table_says_who_what_whom(run, folder):
    result = run("read", folder / "good0.txt", "--source", "Delta News", "--explain")
    assert "good0.txt" in result.stdout
    assert "Delta News" in result.stdout
    assert "assault" in result.stdout
    assert "told as done" in result.stdout
    assert "Why c1: the word killed" in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_table_keeps_to_the_width(run, folder, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    result = run("read", folder / "good0.txt", "--source", "A source with a name that goes on and on for longer than a line")
    assert max(map(len, result.stdout.splitlines())) <= int(columns)
    assert "killed" in result.stdout or "assault" in result.stdout


def test_a_report_cannot_steer_the_terminal(run, tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_text(
        json.dumps({"id": "\x1b[2Jx", "text": REPORT, "title": "\x1b]0;owned\x07 \u202e [bold]T[/bold]"}) + "\n" + json.dumps({"id": "\x1b[2J", "text": ""})
    )
    result = run("read", path)
    assert "\x1b" not in result.stdout + result.stderr
    assert "\u202e" not in result.stdout
    assert "[bold]T[/bold]" in result.stdout


def test_standard_input(run):
    result = run("read", "-", "--format", "jsonl", stdin=REPORT)
    assert json.loads(result.stdout)["claims"][0]["trigger"]["quote"] == "killed"


def test_json_is_one_array_also_when_empty(run, folder):
    assert [view["schema"] for view in json.loads(run("read", folder / "good0.txt", folder / "good1.txt", "--format", "json").stdout)] == [
        "sayso.reading/1"
    ] * 2


@pytest.mark.parametrize(("name", "start"), [("o.jsonl", '{"schema"'), ("o.json", "["), ("o.html", "<!doctype html>"), ("deep/o.txt", "good0.txt")])
def test_output_goes_to_a_file_in_the_format_of_its_ending(run, folder, tmp_path, name, start):
    result = run("read", folder / "good0.txt", "--output", tmp_path / name)
    assert result.stdout == ""
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_a_run_that_fails_leaves_the_old_output(monkeypatch, run, folder, tmp_path):
    target = tmp_path / "out" / "o.jsonl"
    target.parent.mkdir()
    target.write_text("old")

    def read_one(self, document):
        raise KeyboardInterrupt

    monkeypatch.setattr(StandInReader, "read_one", read_one)
    assert run("read", folder / "good0.txt", "-o", target).exit_code != 0
    assert target.read_text() == "old"
    assert os.listdir(target.parent) == ["o.jsonl"]


def test_output_that_cannot_be_written_is_a_usage_error(run, folder, tmp_path):
    (tmp_path / "file").write_text("")
    result = run("read", folder / "good0.txt", "-o", tmp_path / "file" / "o.jsonl")
    assert result.exit_code == 2
    assert "cannot write" in result.stderr


def test_page_of_a_batch_lists_the_failures(run, folder):
    html = run("read", folder, "--format", "html").stdout
    assert html.count('<article class="reading" id="r') == 8
    assert "12 inputs not read" in html


def test_notes_of_intake_reach_the_reading(run, tmp_path):
    (tmp_path / "r.txt").write_bytes(REPORT.encode() + b" Caf\xe9")
    view = json.loads(run("read", tmp_path / "r.txt", "--format", "jsonl").stdout)
    assert "Windows-1252" in view["notes"][0]
