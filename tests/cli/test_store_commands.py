"""`sayso verify`, `backup`, `restore`, `takedown`, `migrate`. All texts are invented."""

import json
import sqlite3
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from tests.store.made import read, with_raw

from sayso.cli.backup import backup, restore
from sayso.cli.migrate import migrate
from sayso.cli.takedown import takedown
from sayso.cli.verify import verify
from sayso.errors import InputError, NoLedger
from sayso.store.batch import Batch
from sayso.store.ledger import open_ledger


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "l.sqlite"
    monkeypatch.setenv("SAYSO_STORE", str(path))
    made, raw = with_raw(1)
    with open_ledger(str(path)) as one:
        one.append(Batch(documents=(made,), raws=(raw,), readings=(read(made),)))
    return path


def run(command: click.Command, *words: str) -> Result:
    return CliRunner().invoke(command, list(words), catch_exceptions=True)


def test_verify_tells_and_its_exit_code_says_so(ledger: Path) -> None:
    found = run(verify)
    assert found.exit_code == 0
    assert "Sound: 2 entries" in found.output
    head = json.loads(run(verify, "--json").output)["head"]
    assert head in run(verify, "--head", head).output
    assert run(verify, "--head", "0" * 63 + "1").exit_code == 1
    with sqlite3.connect(ledger) as connection:
        connection.execute("UPDATE entries SET at = 'never' WHERE seq = 1")
    connection.close()
    found = run(verify)
    assert found.exit_code == 1
    assert "entry 1" in found.output
    assert json.loads(run(verify, "--json").output)["sound"] is False


def test_backup_and_restore(ledger: Path, tmp_path: Path) -> None:
    saved, new = tmp_path / "backups" / "b.gz", tmp_path / "new.sqlite"
    told = json.loads(run(backup, str(saved), "--json").output)
    assert told["bytes"] == saved.stat().st_size
    assert [one.name for one in saved.parent.iterdir()] == ["b.gz"]
    back = run(restore, str(saved), "--store", str(new))
    assert told["head"] in back.output
    assert run(verify, "--store", str(new), "--head", told["head"]).exit_code == 0
    assert isinstance(run(restore, str(saved)).exception, InputError)
    assert "entries" in run(backup, str(saved)).output


def test_takedown(ledger: Path) -> None:
    made, _ = with_raw(1)
    assert run(takedown, made.id).exit_code == 2  # no reason
    assert run(takedown, made.id, "--reason", " ").exit_code == 2
    found = run(takedown, made.id, "--reason", "a court's order", "--by", "ada")
    assert found.exit_code == 0, found.output
    assert "is taken down" in found.output
    assert run(verify).exit_code == 0
    assert isinstance(run(takedown, made.id, "--reason", "again").exception, InputError)


def test_migrate(ledger: Path, tmp_path: Path) -> None:
    assert run(migrate, "--check").exit_code == 0
    assert json.loads(run(migrate, "--json").output)["current"] is True
    assert isinstance(run(migrate, "--store", str(tmp_path / "none.sqlite")).exception, NoLedger)


def test_a_head_is_taken_as_it_was_printed_and_a_slip_is_no_tampering(ledger: Path) -> None:
    head = json.loads(run(verify, "--json").output)["head"]
    assert run(verify, "--head", f"2 {head}").exit_code == 0
    for slip in (head[:-1], "", f"x {head}", "deadbeef"):
        found = run(verify, "--head", slip)
        assert found.exit_code == 2
        assert "is no head" in found.output


def test_what_is_no_backup_leaves_no_ledger_behind(ledger: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html></html>", encoding="utf-8")
    found = run(restore, str(page), "--store", str(tmp_path / "new.sqlite"))
    assert isinstance(found.exception, InputError)
    assert "is no backup of sayso" in str(found.exception)
    assert not (tmp_path / "new.sqlite").exists()
