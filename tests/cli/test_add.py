"""`sayso add`: files of all sorts into a ledger; what is broken is listed with its reason. All reports are invented."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from bench.mixed_broken import BROKEN
from bench.mixed_folder import write_mixed
from bench.mixed_formats import FORMATS
from tests.cli.conftest import harmless
from tests.desk.scripted import Scripted
from tests.store.made import TEXT

from sayso.cli.place_table import ensure_place_table
from sayso.errors import MissingPart
from sayso.model import Failure
from sayso.store import opening
from sayso.store.ledger import open_ledger

KEYS = {"inputs", "added", "known", "read", "unread", "failed", "claims", "superseding", "failures", "notes", "head"}


@pytest.fixture
def scripted(monkeypatch):
    """A stand-in for the reader of `sayso add`."""
    reader = Scripted()
    monkeypatch.setattr("sayso.pipeline.Reader", lambda _config: reader)
    monkeypatch.setattr("sayso.cli.add.ensure_place_table", lambda: None)
    return reader


@pytest.fixture
def where(tmp_path, monkeypatch):
    path = tmp_path / "ledger.sqlite"
    monkeypatch.setenv("SAYSO_STORE", str(path))
    return path


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "reports"
    path.mkdir()
    for number in range(3):
        (path / f"{number}.txt").write_text(f"{TEXT} Number {number}.")
    return path


def test_twice(sayso, scripted, where, folder):
    out, err = sayso.told("add", folder)
    assert err == ""  # nothing of progress in a pipe
    first, second = out.splitlines()
    assert first == "3 reports added; 0 known already. 9 claims."
    head = sayso.json("verify")
    assert second == f"Head of the ledger: {head['seq']} {head['head']}"
    told = sayso.json("add", folder)
    assert set(told) == KEYS
    assert (told["inputs"], told["added"], told["known"], told["claims"]) == (3, 0, 3, 0)
    assert told["head"]["hash"] == head["head"]
    assert len(scripted.asked) == 3


def test_what_fails_is_listed_and_the_rest_goes_in(sayso, scripted, where, folder):
    (folder / "empty.txt").write_text("")
    (folder / "\x1b[31mred.txt").write_bytes(b"\0\1\2")
    scripted.failing = frozenset({"1.txt"})
    out, err = sayso.told("add", folder, folder / "none.txt", code=1)
    assert out.startswith("2 reports added; 0 known already. 6 claims.")
    assert harmless(err)
    assert err.startswith("4 of 6 inputs could not be read:\n")
    assert all(
        words in err
        for words in ("empty.txt: EmptyReport", "\\u001b[31mred.txt", "1.txt: NoLanguagePack: no pack: add one", "none.txt: InputError: cannot be opened")
    )
    told = sayso.json("add", folder, code=1)
    assert (told["known"], told["failed"], told["unread"]) == (3, 2, 0)
    assert {one["kind"] for one in told["failures"]} == {"EmptyReport", "NotText"}


def test_stored_first_and_read_later(sayso, scripted, where, folder):
    assert sayso("add", folder, "--no-read").startswith("3 reports added; 0 known already. 0 claims.")
    assert scripted.asked == []
    assert sayso("add", folder).startswith("0 reports added; 0 known already; 3 stored before and read now. 9 claims.")


def test_a_corrected_version(sayso, scripted, where, tmp_path):
    row = {"url": "https://example.org/a", "source": "Delta News", "published": "2024-05-05", "language": "en", "title": "Two accounts"}
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({**row, "text": TEXT}))
    sayso("add", path)
    path.write_text(json.dumps({**row, "text": TEXT.replace("9 people", "7 people"), "published": "2024-05-06", "title": "CORRECTED: Two accounts"}))
    assert sayso("add", path).startswith("1 report added (1 of them in place of an earlier version); 0 known already.")
    assert {row["published"] for row in sayso.json("find")["rows"]} == {"2024-05-06"}


def test_options_and_the_registry_complete_a_source(sayso, scripted, where, folder, tmp_path):
    rows = tmp_path / "sources.csv"
    rows.write_text("name,side,country\nDelta News,the delta,SD\n")
    sayso("sources", "import", rows, "--by", "ada")
    sayso("add", folder, "--source", "delta news", "--source-kind", "press", "--published", "2024-05-05", "--language", "en")
    with open_ledger(str(where)) as ledger:
        assert {(one.source.kind.value, one.source.side, one.source.country, one.published) for one in ledger.documents()} == {
            ("press", "the delta", "SD", "2024-05-05")
        }


def test_addresses_only_where_asked(sayso, scripted, where):
    assert "http://127.0.0.1:9/x: NotFetched" in sayso.told("add", "http://127.0.0.1:9/x", code=1)[1]
    err = sayso.told("add", "http://127.0.0.1:9/x", "--fetch", code=1)[1]
    assert "NotFetched" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Missing argument"),
        (("x", "--published", "soon"), "--published"),
        (("x", "--language", "xx"), "no language pack for 'xx'"),
        (("x", "--codebook", "none"), "no codebook"),
        (("x", "--limit", "0"), "--limit"),
    ],
)
def test_what_is_not_understood(sayso, where, arguments, words):
    assert words in sayso.told("add", *arguments, code=2)[1]
    assert not where.exists()


def test_what_is_wrong_with_sayso_stops_the_run(sayso, where, folder, monkeypatch):
    class Broken(Scripted):
        def read(self, documents):
            yield from (Failure("x", MissingPart.__name__, "no parser: pip install it") for _ in documents)

    monkeypatch.setattr("sayso.pipeline.Reader", lambda _config: Broken())
    monkeypatch.setattr("sayso.cli.add.ensure_place_table", lambda: None)
    assert "no parser: pip install it" in sayso.told("add", folder, code=3)[1]


def test_a_full_disk_is_told(sayso, scripted, where, folder, monkeypatch):
    sayso("add", folder / "0.txt")
    settle = opening._settle

    def small(connection, writable):
        settle(connection, writable)
        connection.execute("PRAGMA max_page_count = 1")  # what is there already is the most

    with monkeypatch.context() as patched:
        patched.setattr(opening, "_settle", small)
        for number in range(3, 40):
            (folder / f"{number}.txt").write_text(f"{TEXT} Number {number}." * 20)
        out, err = sayso.told("add", folder, code=3)
    assert out == ""
    assert "full" in err
    assert "run the command again" in err
    assert sayso.json("verify")["sound"]
    assert sayso.json("add", folder)["added"] == 39


def test_help_needs_nothing_heavy():
    """What a command imports before it is asked for anything."""
    code = (
        "import sys; sys.argv = ['sayso', 'add', '--help']\n"
        "from sayso.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([name for name in ('spacy', 'sqlalchemy', 'httpx', 'trafilatura', 'numpy', 'rich', 'yaml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def write_broken(folder: Path) -> dict[str, str]:
    """A file of each way of being broken: the kinds of their failures by their names."""
    folder.mkdir()
    kinds = {}
    for number, (ending, part, kind, _why, write) in enumerate(BROKEN):
        name = f"{number:02}-{ending}"
        (folder / name).write_bytes(write(random.Random(2), number))
        kinds[f"{folder.name}/{name}" + (part or (f"!{name.removesuffix('.gz')}" if name.endswith(".gz") else ""))] = kind
    return kinds


def test_a_mixed_folder_with_the_real_reader(sayso, where, tmp_path, reader, monkeypatch):
    """All formats and all ways of being broken: each broken one is named with its reason, and a second run adds nothing."""
    ensure_place_table()
    monkeypatch.setattr("sayso.pipeline.Reader", lambda _config: reader)
    folder = tmp_path / "mixed"
    broken = {one.name: one.kind for one in write_mixed(folder, len(FORMATS) + 2, seed=3)}
    broken |= write_broken(folder / "broken")
    assert len(broken) >= len(BROKEN) + 1
    told = sayso.json("add", folder, code=1)
    assert {one["what"].removeprefix(f"{folder}/"): one["kind"] for one in told["failures"]} == broken
    assert all(one["reason"] for one in told["failures"])
    assert (told["failed"], told["unread"]) == (len(broken), 0)
    assert told["added"] > len(FORMATS)
    assert told["claims"] > 50
    again, err = sayso.told("add", folder, code=1)
    assert again == f"0 reports added; {told['added']} known already. 0 claims.\nHead of the ledger: {told['head']['seq']} {told['head']['hash']}\n"
    assert all(name in err for name in broken)
    assert sayso.json("verify", "--head", told["head"]["hash"])["sound"]
    assert sayso.json("link")["incidents"] > 0
    assert sayso.json("incidents")["rows"]
