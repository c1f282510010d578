"""`sayso evaluate`: what the reading is worth, part by part, against corpora that people marked."""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_SPLITS = ("train", "dev", "all")
_DEV = "cdef"  # last digits of the sha1 of a text that put it in dev where a corpus has no dev of its own


@click.group()
def evaluate() -> None:
    """Score parts of the reading against corpora that people marked. Corpora do not come with sayso."""


def _data(kind: click.Path, what: str) -> Callable[[Command], Command]:
    return click.option("--data", type=kind, required=True, metavar="FILE" if kind is _FILE else "DIR", help=what)


def _split(command: Command) -> Command:
    told = "Which part of the corpus: its folder of that name, else by the sha1 of each text."
    return click.option("--split", type=click.Choice(_SPLITS), default="dev", show_default=True, help=told)(command)


def _json(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help="As JSON, with what was missed.")(command)


@evaluate.command()
@_data(_FILE, "The corpus as XML.")
@click.option("--format", "form", type=click.Choice(("geovirus", "lgl")), default="lgl", show_default=True, help="Its form; GeoVirus counts offsets from 1.")
@_json
def places(data: Path, form: str, as_json: bool) -> None:
    """Places: located within 161 km given their names, and found and located in raw text."""
    from sayso.evaluate.places import score_places

    _ready()
    _show("places", data, score_places(data, form), as_json, form=form)  # type: ignore[arg-type]


@evaluate.command()
@_data(_FILE, "CSV with label, country, lat, lon, within_km, spellings.")
@_json
def toponyms(data: Path, as_json: bool) -> None:
    """Names with coordinates: the share that the place table has within the distance."""
    from sayso.evaluate.intervals import share_interval
    from sayso.evaluate.places import score_toponyms

    _ready()
    scores = score_toponyms(data)
    for tally in scores.values():
        if isinstance(tally, dict):
            tally["interval"] = share_interval(tally["right"], tally["of"])
    _show("toponyms", data, scores, as_json)


@evaluate.command()
@_data(_FILE, "CSV with published, sentence, expression, from, to, and maybe hard, before.")
@click.option("--split", type=click.Choice(_SPLITS), default="all", show_default=True, help="Which part, by the sha1 of each sentence.")
@_json
def times(data: Path, split: str, as_json: bool) -> None:
    """Times: intervals that come out exactly."""
    from sayso.evaluate.intervals import share_interval
    from sayso.evaluate.times import read_times, score_times
    from sayso.languages.pack import load_pack

    rows = [row for row in read_times(data) if split == "all" or _is_dev(row.sentence) == (split == "dev")]
    score = score_times(rows, load_pack("en").times)
    told = ((one.row, one) for one in score.misses)
    misses = [{"sentence": row.sentence, "expression": row.expression, "gold": row.gold, "told": one.told, "reason": one.reason} for row, one in told]
    exact = {"right": score.exact, "of": score.rows, "share": round(score.share, 4), "interval": share_interval(score.exact, score.rows)}
    hard = {"right": score.hard_exact, "of": score.hard, "share": round(score.hard_exact / score.hard, 4) if score.hard else None}
    _show("times", data, {"exact": exact, "hard": hard, "stretches": {"right": score.stretches, "of": score.rows}, "misses": misses}, as_json, split=split)


@evaluate.command()
@_data(_FILE, "UCDP GED rows (CSV).")
@_json
def actors(data: Path, as_json: bool) -> None:
    """Actors: rows whose two sides resolve to an actor of the right country and kind."""
    from sayso.evaluate.actors import ucdp_share
    from sayso.evaluate.intervals import share_interval

    score = ucdp_share(data)
    rows = {"right": score.right, "of": score.judged, "share": round(score.share, 4), "interval": share_interval(score.right, score.judged)}
    _show("actors", data, {"rows": rows, "wrong": dict(score.wrong.most_common(100))}, as_json)


@evaluate.command()
@_data(_FILE, "JSON lines with text and entities (begin, end, type).")
@_json
def names(data: Path, as_json: bool) -> None:
    """Names: organisations and locations of a corpus that are found at all."""
    from sayso.evaluate.intervals import share_interval
    from sayso.evaluate.names import score_found_names

    _ready()
    scores = score_found_names(data)
    for tally in scores.values():
        if isinstance(tally, dict):
            tally["interval"] = share_interval(tally["right"], tally["of"])
    _show("names", data, scores, as_json)


@evaluate.command()
@_data(_FOLDER, "Folder with text and attributions (brat), or with such folders train and dev.")
@_split
@_json
def attribution(data: Path, split: str, as_json: bool) -> None:
    """Voices: who is said to say what."""
    from sayso.evaluate.attribution import score_attribution
    from sayso.evaluate.predicting import attribution_predictor

    _show("attribution", data, score_attribution(_part(data, split), attribution_predictor()), as_json, split=split)


@evaluate.command()
@_data(_FILE, "NewsQuant as JSON.")
@_split
@_json
def figures(data: Path, split: str, as_json: bool) -> None:
    """Figures: numbers and their bounds."""
    from sayso.evaluate.figures import score_quantities
    from sayso.evaluate.predicting import quantity_predictor

    _show("figures", data, score_quantities(data, split, quantity_predictor()), as_json, split=split)


@evaluate.command()
@_data(_FOLDER, "Folder of sentences (.jsonl) or articles (.json), or with such folders train and dev.")
@_split
@click.option("--mild", is_flag=True, help="Count mildly loaded words too.")
@_json
def loaded(data: Path, split: str, mild: bool, as_json: bool) -> None:
    """Loaded words, and sentences that hold one."""
    from sayso.evaluate.loaded import score_loaded
    from sayso.evaluate.predicting import loaded_predictor

    _show("loaded", data, score_loaded(_part(data, split), loaded_predictor(mild=mild)), as_json, split=split)


@evaluate.command()
@_data(_FOLDER, "Folder that holds train or dev, each with snippets.jsonl.")
@_split
@_json
def acled(data: Path, split: str, as_json: bool) -> None:
    """Rows: the ACLED sub-event of short reports."""
    from sayso.evaluate.acled import score_sub_events
    from sayso.evaluate.predicting import sub_event_predictor

    _ready()
    _show("acled", data, score_sub_events(data, split, sub_event_predictor()), as_json, split=split)


def _ready() -> None:
    from sayso.cli.place_table import ensure_place_table

    ensure_place_table()


def _part(data: Path, split: str) -> Path:
    """The folder of a split; the corpus itself where it has no such folders and all of it is meant."""
    own = [name for name in ("train", "dev") if (data / name).is_dir()]
    if split in own:
        return data / split
    if not own and split in ("all", "dev"):
        return data
    told = f"it has {' and '.join(own)}" if own else "it has no folders train and dev, so it is scored whole"
    raise click.BadParameter(f"{data.name!r} has no part {split!r}: {told}", param_hint="--split")


def _is_dev(text: str) -> bool:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[-1] in _DEV


def _show(what: str, data: Path, scores: Mapping[str, Any], as_json: bool, **about: str) -> None:
    """Nothing; the scores are printed: numbers in a table, or everything as JSON."""
    if as_json:
        click.echo(json.dumps({"what": what, "data": data.name, **about, "scores": scores}, ensure_ascii=False, indent=1))
        return
    told = ", ".join(f"{key} {value}" for key, value in about.items())
    click.echo(f"{what}: {data.name}" + (f" ({told})" if told else ""))
    for label, value in _numbers(scores):
        click.echo(f"  {label:44} {value}")


def _numbers(scores: Mapping[str, Any], above: str = "") -> list[tuple[str, str]]:
    lines = []
    for key, value in scores.items():
        label = f"{above} {key}".strip().replace("_", " ")
        if isinstance(value, Mapping) and {"right", "of"} <= value.keys():
            lines.append((label, _share(value)))
        elif isinstance(value, Mapping) and key not in ("wrong", "missed"):
            lines += _numbers(value, label)
        elif isinstance(value, (int, float)):
            lines.append((label, f"{value:,.0f}" if float(value).is_integer() and value > 1 else f"{value:.3f}" if isinstance(value, float) else str(value)))
        elif isinstance(value, (list, Mapping)):
            lines.append((label, f"{len(value)} (with --json)"))
    return lines


def _share(tally: Mapping[str, Any]) -> str:
    share = tally["right"] / tally["of"] if tally["of"] else None
    words = f"{share:.3f}" if share is not None else "-"
    if tally.get("interval"):
        low, high = tally["interval"]
        words += f"  [{low:.3f}, {high:.3f}]"
    return f"{words}  {tally['right']:,} of {tally['of']:,}"
