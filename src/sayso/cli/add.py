"""`sayso add` and `sayso reread`: reports into a ledger."""

import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.intake_options import intake_options, intake_settings, read_config, reading_options
from sayso.cli.json_output import print_json
from sayso.cli.place_table import ensure_place_table
from sayso.cli.progress import watched
from sayso.cli.read import SOME_FAILED, list_failures, stop_if_ours
from sayso.cli.store_option import json_option, opened, store_option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.desk.adding import Step
    from sayso.model import Failure
    from sayso.store.batch import Head


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS…")
@store_option
@intake_options
@reading_options
@click.option("--fetch", is_flag=True, help="Fetch URLs (and the pages of GDELT's lists): public addresses only, robots.txt respected.")
@click.option("--no-read", is_flag=True, help="Only store the reports; `sayso reread` reads them later.")
@json_option
def add(paths: tuple[str, ...], **options: Any) -> None:
    """Store reports in the ledger with their raw bytes, and read them.

    PATHS are files, folders, http(s) URLs (with --fetch) or - for standard input, in any known format. What is there already is left as it is: a broken-off run
    is gone on with by giving the same command again. What cannot be taken or read is listed with the reason.
    """
    from sayso.desk.adding import add as add_all
    from sayso.intake.fetch import Fetcher, FetchSettings
    from sayso.intake.urls import take_inputs
    from sayso.pipeline import Reader

    reader = None
    if not options["no_read"]:
        ensure_place_table()
        reader = Reader(read_config(options))
    settings = intake_settings(options)
    fetcher = Fetcher(FetchSettings(allowed=options["fetch"], limit=settings.limit))
    with opened(options["store"], create=True) as ledger:
        counted = _counted(add_all(take_inputs(paths, fetcher, settings, sys.stdin.buffer), ledger, reader), "added")
        _finish(counted, _added_words(counted), ledger.head(), options["as_json"])


@click.command()
@store_option
@reading_options
@json_option
def reread(**options: Any) -> None:
    """Read anew what this engine and codebook have not read yet.

    New readings stand beside the old ones; people's reviews are carried over, and wait in the queue where the new reading
    differs. `sayso diff` shows the change.
    """
    from sayso.desk.adding import reread as reread_all
    from sayso.export.wording import many
    from sayso.pipeline import Reader

    ensure_place_table()
    with opened(options["store"]) as ledger:
        counted = _counted(reread_all(ledger, Reader(read_config(options))), "read")
        _finish(counted, f"{many(counted.became['read'], 'report')} read, {many(counted.claims, 'claim')}.", ledger.head(), options["as_json"])


@dataclass(slots=True)
class _Counted:
    became: Counter[str]
    failures: "list[Failure]"
    notes: Counter[str]
    claims: int = 0
    superseding: int = 0


def _counted(steps: "Iterable[Step]", done: str) -> _Counted:
    counted = _Counted(Counter(), [], Counter())
    for step in watched(steps, done):
        counted.became[step.became.value] += 1
        counted.claims += step.claims
        counted.superseding += step.supersedes is not None
        counted.notes.update(step.notes)
        if step.failure is not None:
            stop_if_ours(step.failure)
            counted.failures.append(step.failure)
    return counted


def _added_words(counted: _Counted) -> str:
    """What an add did, in one line."""
    from sayso.export.wording import many

    became = counted.became
    newer = f" ({counted.superseding:,} of them in place of an earlier version)" if counted.superseding else ""
    parts = [f"{many(became['added'], 'report')} added{newer}", f"{became['known']:,} known already"]
    parts += [f"{became['read']:,} stored before and read now"] if became["read"] else []
    return "; ".join(parts) + f". {many(counted.claims, 'claim')}."


def _finish(counted: _Counted, words: str, head: "Head", as_json: bool) -> None:
    became = counted.became
    total = sum(became.values())
    if as_json:
        notes = tuple(f"{note} ({times} ×)" if times > 1 else note for note, times in counted.notes.items())
        named = {name: became[name] for name in ("added", "known", "read", "unread", "failed")}
        found = {"claims": counted.claims, "superseding": counted.superseding}
        print_json({"inputs": total, **named, **found, "failures": counted.failures, "notes": notes, "head": head})
    else:
        click.echo(words)
        click.echo(f"Head of the ledger: {head.seq} {head.hash}")
    if counted.failures:
        list_failures(counted.failures, total)
        raise SystemExit(SOME_FAILED)
