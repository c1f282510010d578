"""`sayso compare`, `sayso validate`: rows of others beside ours, and held against the rules of their layout."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.store_option import json_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.export.comparing import Comparison
    from sayso.export.csv_records import BadRow
    from sayso.export.validating import Validated

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_LAYOUTS = ("acled", "ucdp", "rows")
_SOME_FAILED = 1
_SHOWN = 20  # rows of a table on a screen; a page and JSON have all


@click.command()
@click.argument("ours", type=_FILE)
@click.argument("theirs", type=_FILE)
@click.option("--days", metavar="N", type=click.IntRange(0, 31), default=1, show_default=True, help="How many days two rows of one event may be apart.")
@click.option("--page", metavar="FILE", help="Also write a page of all rows to FILE.")
@json_option
def compare(ours: Path, theirs: Path, days: int, page: str | None, as_json: bool) -> None:
    """Match the rows of two files in the layouts of ACLED, UCDP GED, `rows` or `claims` by day, place, actors and type.

    Shows which agree, where they differ field by field, and what only one of them has. Neither is called right.
    """
    from sayso.export.comparing import compare as compare_rows
    from sayso.export.imported import read_rows

    with ours.open("rb") as one, theirs.open("rb") as other:
        found = compare_rows(read_rows(one), read_rows(other), days)
    if page is not None:
        from sayso.cli.output import open_output
        from sayso.export.comparison_page import comparison_page

        with open_output(page) as stream:
            stream.write(comparison_page(found, (ours.name, theirs.name)))
    if as_json:
        from sayso.cli.json_output import print_json

        print_json(_plain(found))
    else:
        _show(found, (ours.name, theirs.name))
    _end([(ours.name if side == "ours" else theirs.name, row) for side, row in found.bad], found.n_bad)


def _plain(found: "Comparison") -> dict[str, object]:
    """The comparison as JSON values: counts with their shares of either file, and rows by their ids and lines."""
    totals, counts = found.totals(), found.counts()
    return {
        "rows": {"ours": totals[0], "theirs": totals[1]},
        "counts": counts,
        "shares": {name: {side: share for side, share in zip(("ours", "theirs"), found.shares(name), strict=True) if share is not None} for name in counts},
        "fields": found.fields(),
        "agreed": [{"ours": one.ours.id, "theirs": one.theirs.id, "score": one.score} for one in found.agreed],
        "differing": [{"ours": one.ours.id, "theirs": one.theirs.id, "score": one.score, "fields": one.differences} for one in found.differing],
        "only_ours": [{"id": one.id, "line": one.line} for one in found.only_ours],
        "only_theirs": [{"id": one.id, "line": one.line} for one in found.only_theirs],
        "not_compared": [{"file": side, "line": row.line, "column": row.column, "value": row.value, "why": row.what} for side, row in found.bad],
        "notes": found.notes,
    }


def _show(found: "Comparison", names: tuple[str, str]) -> None:
    from rich.table import Table

    from sayso.cli.ledger_table import console
    from sayso.export.comparing import percent
    from sayso.export.wording import many, visible

    screen = console()
    counts = Table(box=None, pad_edge=False)
    for heading in ("", "rows", f"of {names[0]}", f"of {names[1]}"):
        counts.add_column(visible(heading), justify="right" if heading else "left")
    words = {"agreed": "agreed", "differing": "differing", "only_ours": f"only in {names[0]}", "only_theirs": f"only in {names[1]}"}
    for name, number in found.counts().items():
        counts.add_row(visible(words[name]), f"{number:,}", *(percent(share) for share in found.shares(name)))
    screen.print(counts)
    fields = "; ".join(f"{many(number, 'row')} in {name}" for name, number in found.fields().items())
    click.echo(f"Differing: {fields}." if fields else "Nothing differs in what both have.")
    table = Table(box=None, pad_edge=False)
    for heading in (names[0], names[1], "field", names[0], names[1], "how far"):
        table.add_column(visible(heading), overflow="fold")
    for one in found.differing[:_SHOWN]:
        for number, each in enumerate(one.differences):
            ids = (one.ours.id, one.theirs.id) if not number else ("", "")
            table.add_row(*(visible(cell) for cell in (*ids, each.field, each.ours, each.theirs, each.apart)))
    if found.differing:
        screen.print(table)
    if len(found.differing) > _SHOWN:
        click.echo(f"… and {len(found.differing) - _SHOWN:,} more: --page FILE or --json has all")
    for note in found.notes:
        click.echo(visible(note), err=True)


@click.command()
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILES...")
@click.option("--layout", type=click.Choice(_LAYOUTS[:2]), help="The layout of the files.  [default: by their columns]")
@json_option
def validate(files: tuple[Path, ...], layout: str | None, as_json: bool) -> None:
    """Hold rows in the layouts of ACLED or UCDP GED against the rules of their codebooks.

    What breaks a rule is a warning, since published files break most of them; exit code 1 only where rows could not be read.
    """
    from datetime import UTC, datetime

    from sayso.errors import InputError
    from sayso.export.imported import Layout, read_rows
    from sayso.export.validating import validate as validate_rows
    from sayso.export.wording import visible

    told: list[tuple[str, Validated, tuple[str, ...]]] = []
    bad: list[tuple[str, BadRow]] = []
    n_bad = 0
    for path in files:
        with path.open("rb") as stream:
            rows = read_rows(stream, Layout(layout) if layout else None)
            if rows.head.layout not in (Layout.ACLED, Layout.UCDP):
                own = f"sayso's own layout `{rows.head.layout.value}`"
                raise InputError(f"{path.name} is in {own}, which no codebook of others has rules for: give an ACLED or UCDP GED file")
            told.append((path.name, validate_rows(rows, datetime.now(UTC).date()), rows.notes))
            bad += ((path.name, one) for one in rows.bad)
            n_bad += rows.n_bad
    if as_json:
        from sayso.cli.json_output import print_json

        print_json([_told(*one) for one in told])
    else:
        for name, one, notes in told:
            _show_rules(name, one)
            for note in notes:
                click.echo(visible(f"{name}: {note}"), err=True)
    _end(bad, n_bad)


def _told(name: str, found: "Validated", notes: tuple[str, ...]) -> dict[str, object]:
    """What became of one file as JSON values."""
    from sayso.export.validating import rule_texts

    about = rule_texts(found.layout)
    rules = [
        {
            "rule": rule,
            "what": about[rule][0],
            "source": about[rule][1],
            "rows": number,
            "share": round(found.share(rule), 6),
            "examples": found.examples.get(rule, []),
        }
        for rule, number in found.by_rule.items()
    ]
    counts = {"rows": found.rows, "warned": found.warned}
    return {"file": name, "layout": found.layout.value, **counts, "rules": rules, "not_tried": found.not_tried, "notes": notes}


def _show_rules(name: str, found: "Validated") -> None:
    from rich.table import Table

    from sayso.cli.ledger_table import console
    from sayso.export.comparing import percent
    from sayso.export.validating import rule_texts
    from sayso.export.wording import many, visible

    share = percent(found.warned / found.rows if found.rows else None)
    click.echo(visible(f"{name}: {many(found.rows, 'row')} in the layout of {found.layout.value}, of which {found.warned:,} ({share}) break a rule"))
    table = Table(box=None, pad_edge=False)
    for heading in ("rule", "what it asks", "rows", "share", "for example"):
        table.add_column(heading, overflow="fold", justify="right" if heading in ("rows", "share") else "left")
    about = rule_texts(found.layout)
    for rule, number in found.by_rule.items():
        examples = found.examples.get(rule, [])
        lines = f"; also lines {', '.join(str(one.line) for one in examples[1:3])}" if len(examples) > 1 else ""
        shown = f"line {examples[0].line}: {examples[0].why}{lines}" if examples else ""
        table.add_row(rule, about[rule][0], f"{number:,}", percent(found.share(rule)), visible(shown))
    console().print(table)
    for rule, column in found.not_tried.items():
        click.echo(visible(f"{name}: not tried: {rule}, since the file has no column {column!r}"))


def _end(bad: "Sequence[tuple[str, BadRow]]", n_bad: int) -> None:
    """Nothing; rows that could not be read are listed on standard error, and the exit code says so."""
    from sayso.export.wording import visible

    for name, row in bad[:_SHOWN]:
        click.echo(visible(f"{name}: {row}"), err=True)
    if n_bad > _SHOWN:
        click.echo(f"… and {n_bad - _SHOWN:,} more rows that could not be read", err=True)
    if bad:
        raise SystemExit(_SOME_FAILED)
