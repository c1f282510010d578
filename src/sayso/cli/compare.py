"""`sayso compare`, `sayso validate`: rows of others beside ours, and held against the rules of their layout."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.store_option import json_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.export.comparing import Comparison
    from sayso.export.imported import BadRow
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
    """Match the rows of two files in the layouts of ACLED, UCDP GED or `rows` by day, place, actors and type.

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
    _end([(f"{ours.name if side == 'ours' else theirs.name}", row) for side, row in found.bad])


def _plain(found: "Comparison") -> dict[str, object]:
    """The comparison as JSON values: rows by their ids and lines."""
    return {
        "agreed": [{"ours": one.ours.id, "theirs": one.theirs.id, "score": one.score} for one in found.agreed],
        "differing": [{"ours": one.ours.id, "theirs": one.theirs.id, "score": one.score, "fields": one.differences} for one in found.differing],
        "only_ours": [{"id": one.id, "line": one.row.line} for one in found.only_ours],
        "only_theirs": [{"id": one.id, "line": one.row.line} for one in found.only_theirs],
        "not_compared": [{"file": side, "line": row.line, "column": row.column, "value": row.value, "why": row.what} for side, row in found.bad],
    }


def _show(found: "Comparison", names: tuple[str, str]) -> None:
    from rich.table import Table

    from sayso.cli.ledger_table import console
    from sayso.export.wording import many, visible

    screen = console()
    counts = (("agreed", found.agreed), ("differing", found.differing), (f"only in {names[0]}", found.only_ours), (f"only in {names[1]}", found.only_theirs))
    click.echo(visible("; ".join(f"{many(len(rows), 'row')} {what}" for what, rows in counts)))
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

    told: list[tuple[str, Validated]] = []
    bad: list[tuple[str, BadRow]] = []
    for path in files:
        with path.open("rb") as stream:
            rows = read_rows(stream, Layout(layout) if layout else None)
            if rows.head.layout is Layout.ROWS:
                raise InputError(f"{path.name} is in sayso's own layout `rows`, which no codebook of others has rules for: give an ACLED or UCDP GED file")
            told.append((path.name, validate_rows(rows, rows.head.layout, datetime.now(UTC).date())))
            bad += ((path.name, one) for one in rows.bad)
    if as_json:
        from sayso.cli.json_output import print_json

        print_json([{"file": name, "rows": one.rows, "warned": one.warned, "rules": _rules(one)} for name, one in told])
    else:
        for name, one in told:
            _show_rules(name, one)
    _end(bad)


def _rules(found: "Validated") -> list[dict[str, object]]:
    from sayso.export.validating import rules_of

    about = {rule.id: (rule.what, rule.source) for rule in rules_of(found.layout)} | {"future": ("no day is still to come", "the calendar")}
    return [
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


def _show_rules(name: str, found: "Validated") -> None:
    from rich.table import Table

    from sayso.cli.ledger_table import console
    from sayso.export.wording import many, visible

    click.echo(visible(f"{name}: {many(found.rows, 'row')} in the layout of {found.layout.value}, of which {found.warned:,} break a rule"))
    table = Table(box=None, pad_edge=False)
    for heading in ("rule", "what it asks", "rows", "share", "for example"):
        table.add_column(heading, overflow="fold")
    for one in _rules(found):
        first = next(iter(found.examples.get(str(one["rule"]), ())), None)
        shown = f"line {first.line}: {first.why}" if first else ""
        table.add_row(str(one["rule"]), str(one["what"]), f"{one['rows']:,}", f"{100 * found.share(str(one['rule'])):.2f} %", visible(shown))
    console().print(table)


def _end(bad: "Sequence[tuple[str, BadRow]]") -> None:
    """Nothing; rows that could not be read are listed on standard error, and the exit code says so."""
    from sayso.export.wording import visible

    for name, row in bad[:_SHOWN]:
        click.echo(visible(f"{name}: {row}"), err=True)
    if len(bad) > _SHOWN:
        click.echo(f"… and {len(bad) - _SHOWN:,} more rows that could not be read", err=True)
    if bad:
        raise SystemExit(_SOME_FAILED)
