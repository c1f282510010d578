"""`sayso watch`: from a list of feeds into a ledger, round by round. All feeds are invented, and served by this machine."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner
from tests.desk.test_watching import TEXT, item, rss
from tests.intake.loopback import LOOPBACK, served

from sayso.cli import watch as command
from sayso.intake.fetch import FetchSettings
from sayso.store.ledger import open_ledger


@pytest.fixture(scope="module")
def site():
    with served() as site:
        site.add("/feed", rss(item(1), item(2)))
        yield site


@pytest.fixture
def feeds(site, tmp_path):
    path = tmp_path / "feeds.opml"
    path.write_text(f'<opml version="2.0"><body><outline xmlUrl="{site.url("/feed")}" title="Paper"/><outline xmlUrl="{site.url("/feed")}"/></body></opml>')
    return path


def run(monkeypatch, *arguments):
    """The command, which tests let through to this machine; nothing on the command line can."""
    monkeypatch.setattr(command, "_fetch_settings", lambda _settings: FetchSettings(allowed=True, allow_networks=LOOPBACK, delay=0.0))
    return CliRunner().invoke(command.watch, arguments, catch_exceptions=False)


def texts(store):
    with open_ledger(str(store), create=False) as ledger:
        return sorted(document.text for document in ledger.documents())


def test_what_is_new_is_added_once(monkeypatch, feeds, tmp_path):
    store = tmp_path / "ledger.sqlite"
    result = run(monkeypatch, str(feeds), "--rounds", "1", "--store", str(store), "--no-read")
    assert result.exit_code == 0, result.output
    assert "Paper: 2 new" in result.output
    assert "Head of the ledger: " in result.output
    assert "listed more than once" in result.output
    assert texts(store) == [TEXT.format(1), TEXT.format(2)]
    assert (tmp_path / "ledger.sqlite.watch").is_dir()
    again = run(monkeypatch, str(feeds), "--rounds", "1", "--store", str(store), "--no-read", "--json")
    (line,) = [line for line in again.output.splitlines() if line.startswith("{")]
    assert (json.loads(line)["new"], json.loads(line)["failures"]) == (0, [])


def test_loopback_is_refused_and_the_exit_code_says_so(feeds, tmp_path):
    result = CliRunner().invoke(command.watch, [str(feeds), "--rounds", "1", "--store", str(tmp_path / "l.sqlite"), "--no-read"])
    assert result.exit_code == 1
    assert "not a public address" in result.output


@pytest.mark.parametrize("every", ["15", "1s", "soon"])
def test_times_that_are_none_are_told(feeds, every):
    result = CliRunner().invoke(command.watch, [str(feeds), "--every", every])
    assert result.exit_code == 2
    assert "--every" in result.output


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_ends_cleanly(feeds, site, tmp_path):
    store = tmp_path / "ledger.sqlite"
    code = (
        "import sys; from sayso.cli import watch; from sayso.intake.fetch import FetchSettings\n"
        "watch._fetch_settings = lambda s: FetchSettings(allowed=True, allow_networks=('127.0.0.0/8',), delay=0.0)\n"
        "watch.watch(sys.argv[1:])"
    )
    arguments = [sys.executable, "-c", code, str(feeds), "--every", "1h", "--store", str(store), "--no-read"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + 30
        while not list(tmp_path.glob("ledger.sqlite.watch/*.json")) and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert "Head of the ledger: " in out
    assert "Traceback" not in err
    assert texts(store) == [TEXT.format(1), TEXT.format(2)]
