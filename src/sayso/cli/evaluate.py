"""`sayso evaluate`: what the reading is worth, part by part, against corpora that people marked."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from sayso.cli.output import open_output
from sayso.errors import InputError
from sayso.evaluate.capabilities import CAPABILITIES, Capability
from sayso.evaluate.scoring import Scored

_PATH = click.Path(exists=True, path_type=Path)
_JSON = click.Option(["--json", "as_json"], is_flag=True, help="As JSON, with what was missed.")
_WIDE = 46  # characters of the name of a measure


@click.group()
def evaluate() -> None:
    """Score parts of the reading against corpora that people marked. Corpora do not come with sayso."""


def _command(one: Capability) -> click.Command:
    """The command of a capability."""

    def run(data: Path, as_json: bool, split: str = one.splits[0], form: str = "") -> None:
        form = form or (one.formats[0] if one.formats else "")
        if one.places:
            _ready()
        try:
            scored = one.score(data, split, form)
        except InputError as wrong:
            raise click.BadParameter(str(wrong)) from wrong
        _show(one.name, data, scored, as_json, {key: value for key, value in (("format", form), ("split", split)) if value})

    params: list[click.Parameter] = [click.Option(["--data"], type=_PATH, required=True, metavar="PATH", help=one.data), _JSON]
    if one.formats:
        params.append(click.Option(["--format", "form"], type=click.Choice(one.formats), default=one.formats[0], show_default=True, help="Its form."))
    if len(one.splits) > 1:
        told = "Which part: its folder of that name, else by the sha1 of each text."
        params.append(click.Option(["--split"], type=click.Choice(one.splits), default=one.splits[0], show_default=True, help=told))
    return click.Command(one.name, params=params, callback=run, help=one.told)


for _one in CAPABILITIES:
    evaluate.add_command(_command(_one))


@evaluate.command()
@click.option("--data", type=_PATH, required=True, multiple=True, metavar="PATH", help="Teaching sentences or reports, or gold reports; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with the reliability table.")
def calibration(data: tuple[Path, ...], as_json: bool) -> None:
    """Confidence: whether what is told with a chance of .8 is right in 8 of 10."""
    from sayso.evaluate.calibration import reliability_table, score_calibration

    _ready()
    scored = score_calibration(data)
    _show("calibration", data[0], scored, as_json, {})
    if not as_json:
        click.echo("\n" + reliability_table(scored))


@evaluate.command()
@click.option("--data", type=_PATH, required=True, multiple=True, metavar="PATH", help="Gold reports or teaching sentences; may be repeated.")
@click.option("--sample", type=click.IntRange(1), help="Only so many of the texts, drawn always alike.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with what moved and the loaded words of both sides.")
@click.pass_context
def evenhanded(context: click.Context, data: tuple[Path, ...], sample: int | None, as_json: bool) -> None:
    """Even-handedness: whether acts and figures stay when actors, one-sided words or the outlet are swapped. Exit code 1 where too many move."""
    from sayso.evaluate.evenhanded import failed, score_evenhanded

    _ready()
    scored = score_evenhanded(data, sample)
    _show("evenhanded", data[0], scored, as_json, {"sample": str(sample)} if sample else {})
    if not as_json:
        for moved in scored.details.get("moved", ())[:20]:
            click.echo("moved: " + json.dumps(moved, ensure_ascii=False))
    short = failed(scored)
    for line in short:
        click.echo(line, err=True)
    context.exit(1 if short else 0)


@evaluate.command()
@click.option(
    "--corpora", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True, metavar="DIR", help="The folder that holds the corpora."
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE", help="The page to write (Markdown).")
def scoreboard(corpora: Path, output: Path) -> None:
    """The scoreboard: every capability on its corpora, with floors, simple systems and published figures. Exit code 1 where a floor is not kept."""
    from sayso.evaluate.scoreboard import load_rows, page, score_rows

    _ready()
    rows = load_rows()
    done = score_rows(rows, corpora, lambda told: click.echo(told, err=True))
    with open_output(str(output)) as stream:
        stream.write(page(rows, done))
    short = [f"{row.told}: {value} is under the floor {row.floor}" for row in rows if (value := done.value(row)) is not None and row.fails(value)]
    for line in short:
        click.echo(line, err=True)
    click.get_current_context().exit(1 if short else 0)


def _ready() -> None:
    from sayso.cli.place_table import ensure_place_table

    ensure_place_table()


def _show(what: str, data: Path, scored: Scored, as_json: bool, about: Mapping[str, str]) -> None:
    """Nothing; the scores are printed: a line a measure with its interval and the simple systems beside it, or everything as JSON."""
    told = scored.told()
    if as_json:
        click.echo(json.dumps({"what": what, "data": data.name, **about, "scores": told}, ensure_ascii=False, indent=1, default=str))
        return
    said = ", ".join(f"{key} {value}" for key, value in about.items())
    click.echo(f"{what}: {data.name} ({told['documents']:,} documents{', ' + said if said else ''})")
    for name, measure in told["measures"].items():
        beside = ", ".join(f"{simple} {_number(values[name])}" for simple, values in told["baselines"].items() if values.get(name) is not None)
        click.echo(f"  {name:{_WIDE}} {_number(measure['value']):>7}  {_interval(measure):16}{'  ' + beside if beside else ''}".rstrip())


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:.3f}"


def _interval(measure: Mapping[str, Any]) -> str:
    return f"[{_number(measure['low'])}, {_number(measure['high'])}]" if measure.get("low") is not None else ""
