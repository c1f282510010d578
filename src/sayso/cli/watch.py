"""`sayso watch`: feeds watched, and what is new in them added to the ledger."""

import signal
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.intake_options import intake_options, intake_settings, read_config, reading_options
from sayso.cli.json_output import plain
from sayso.cli.place_table import ensure_place_table
from sayso.cli.read import SOME_FAILED, stop_if_ours
from sayso.cli.store_option import DEFAULT, json_option, opened, store_option

if TYPE_CHECKING:
    from sayso.desk.watching import FeedRound, Watching
    from sayso.intake.fetch import FetchSettings
    from sayso.intake.settings import IntakeSettings, Taken
    from sayso.store.ledger import Ledger


def _check_every(_context: click.Context, _option: click.Parameter, value: str) -> float:
    from sayso.desk.watching import seconds_of
    from sayso.errors import InputError

    try:
        return seconds_of(value)
    except InputError as wrong:
        raise click.BadParameter(str(wrong)) from wrong


@click.command()
@click.argument("feeds", type=click.Path(exists=True, dir_okay=False), metavar="FEEDS")
@click.option("--every", default="15m", show_default=True, metavar="TIME", callback=_check_every, help="From one round to the next: 30s, 15m, 2h, 1d.")
@click.option("--rounds", type=click.IntRange(min=1), metavar="N", help="End after so many rounds.  [default: until Ctrl-C]")
@click.option("--fetch-articles", is_flag=True, help="Fetch the page of each new entry, where the feed gives its address.")
@click.option("--entries", type=click.IntRange(1, 5_000), default=200, show_default=True, metavar="N", help="New entries of one feed in one round.")
@click.option("--state", metavar="FOLDER", help="Where what was seen is kept.  [default: the ledger's name with .watch]")
@store_option
@intake_options
@reading_options
@click.option("--no-read", is_flag=True, help="Only store the reports; `sayso reread` reads them later.")
@json_option
def watch(feeds: str, **options: Any) -> None:
    """Watch feeds, and add what is new in them to the ledger.

    FEEDS is an OPML list, as feed readers export it, or a file with one address a line. Only these feeds are fetched, and with --fetch-articles the
    pages of their entries: from public addresses, as robots.txt allows. A feed that fails does not stop the others. Ctrl-C ends after the feed at
    hand; the same command goes on from there.
    """
    from sayso.intake.opml import read_opml

    listed, notes = read_opml(Path(feeds).read_bytes())
    for note in notes:
        click.echo(f"{feeds}: {note}", err=True)
    watching = _watching(listed, options)
    some_failed = False
    with opened(options["store"], create=True) as ledger, _stopping() as stop:
        add = _adder(ledger, options)
        for one in watching.rounds(add, stop.is_set, lambda seconds: _wait(stop, seconds), time.monotonic):
            some_failed = some_failed or bool(one.failures)
            _tell(one, options["as_json"])
        head = ledger.head()
    if not options["as_json"]:
        click.echo(f"Head of the ledger: {head.seq} {head.hash}")
    if some_failed:
        raise SystemExit(SOME_FAILED)


def _watching(listed: Any, options: dict[str, Any]) -> "Watching":
    from sayso.desk.watching import Watching, WatchSettings
    from sayso.intake.fetch import Fetcher

    settings = intake_settings(options)
    config = WatchSettings(options["every"], options["rounds"], options["fetch_articles"], options["entries"])
    return Watching(listed, _state_folder(options["state"], options["store"]), Fetcher(_fetch_settings(settings)), settings, config)


def _fetch_settings(settings: "IntakeSettings") -> "FetchSettings":
    """To watch a list of feeds is to allow that they are fetched."""
    from sayso.intake.fetch import FetchSettings

    return FetchSettings(allowed=True, limit=settings.limit)


def _state_folder(told: str | None, store: str) -> Path:
    from sayso.store.opening import is_server

    return Path(told) if told else Path(f"{DEFAULT if is_server(store) else store}.watch")


def _adder(ledger: "Ledger", options: dict[str, Any]) -> Any:
    """What adds reports to the ledger, all of them before it returns."""
    from sayso.desk.adding import add as add_all
    from sayso.pipeline import Reader

    reader = None
    if not options["no_read"]:
        ensure_place_table()
        reader = Reader(read_config(options))

    def add(taken: "Iterable[Taken]") -> None:
        for step in add_all(taken, ledger, reader):
            if step.failure is not None:
                stop_if_ours(step.failure)

    return add


def _tell(one: "FeedRound", as_json: bool) -> None:
    """Nothing; a line on what a round brought of a feed."""
    import json

    from sayso.export.wording import visible

    if as_json:
        click.echo(json.dumps(plain(one), ensure_ascii=False))
        return
    told = "nothing changed" if one.unchanged else f"{one.new} new"
    if one.waiting:
        told += f", {one.waiting} wait for the next round"
    if one.fetched_later:
        told += f", {one.fetched_later} {'page' if one.fetched_later == 1 else 'pages'} that could not be fetched before"
    if one.new or one.fetched_later or one.failures or one.notes:
        click.echo(visible(f"{one.title or one.url}: {told}"))
    for note in one.notes:
        click.echo("  " + visible(note), err=True)
    for failure in one.failures:
        click.echo("  " + visible(f"{failure.what}: {failure.kind}: {failure.reason}"), err=True)


def _wait(stop: threading.Event, seconds: float) -> None:
    stop.wait(seconds)


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """What is set by the first Ctrl-C or SIGTERM; a second Ctrl-C ends at once."""
    stop = threading.Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        click.echo("Ending after the feed at hand; once more ends at once.", err=True)

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = [(number, signal.signal(number, told)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield stop
    finally:
        for number, handler in before:
            signal.signal(number, handler)
