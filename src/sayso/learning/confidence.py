"""Training of confidence, run in the checkout: `python -m sayso.learning.confidence train` (about a minute).

    train   learns the weights and writes src/sayso/engines/rules/confidence.toml
    check   how well the written weights are calibrated on texts that they were not learned from, as Markdown; --card writes it into the model card

Rules are written on teaching texts until these read well, and the learned layer is trained on them, so what is told of them is right more often than what is
told of any other text. Confidence is learned from texts that are held apart from both.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from sayso.engines.rules.confidence import HOME
from sayso.evaluate.calibration import apart, calibration, read_sure, reliability_table
from sayso.evaluate.scoring import Scored, total
from sayso.evaluate.verdicts import read_known
from sayso.learning.claims_read import ACT, FIGURE, Judged, read_judged
from sayso.learning.logistic import Example, Fitted, learn
from sayso.pipeline import Reader

HELD, SENTENCES = Path("teaching/reports/held"), Path("teaching/sentences/held")
REPORTS = Path("tests/gold/dev")
UNSEEN = (Path("teaching/sentences/test"), Path("teaching/reports/test"), Path("tests/gold/test"))  # no rule was written on these
SHARED = Path("../shared/gold/reports")
CARD = Path("docs/models/confidence.md")
_OPENS, _CLOSES = "<!-- measured -->\n", "<!-- end of what was measured -->"
_LEAST = 8  # examples that a sign must have
_SMALL = 0.005  # weights below that are not written


def gather(held: Path, sentences: Path, reports: Path) -> list[Judged]:
    """All that is learned from, as it is read now: the reports held apart, every other gold report, and of the sentences held apart the figures.

    The sentences are told in odder words than reports are, and their acts read wrongly more often; figures are few in either.
    """
    made = read_judged(read_known(*([held] if held.exists() else []), *apart(reports, checked=False)))
    return made + [one for one in read_judged(read_known(*([sentences] if sentences.exists() else []))) if one.kind == FIGURE]


def trained(judged: Sequence[Judged]) -> str:
    """The weights learned from judged claims and figures, as the text of the data file."""
    parts = ["# Learned weights of confidence: written by `python -m sayso.learning.confidence train`, not by hand. See docs/models/confidence.md.\n"]
    for kind, table in ((ACT, "acts"), (FIGURE, "figures")):
        examples = [Example(one.text, dict(one.signs), one.right) for one in judged if one.kind == kind]
        right = sum(one.right for one in examples)
        if len({one.right for one in examples}) < 2:
            raise click.ClickException(f"all {len(examples)} {table} are right, or all wrong: nothing can be learned")
        fitted = learn(examples, _LEAST)
        parts.append(f"# {len(examples)} {table}, {right} of them right; penalty {fitted.penalty:g}, loss in cross-validation {fitted.loss:.3f}")
        parts.append(_table(table, fitted, right / len(examples)))
    return "\n".join(parts)


def _table(name: str, fitted: Fitted, right: float) -> str:
    kept = [(sign, weight) for sign, weight in sorted(fitted.signs.items()) if abs(weight) >= _SMALL]
    lines = [f"[{name}]", f"base = {fitted.base:.3f}", f"right = {right:.3f}", "", f"[{name}.signs]", *(f'"{sign}" = {weight:.3f}' for sign, weight in kept)]
    return "\n".join(lines) + "\n"


def checked(unseen: Mapping[str, Sequence[Path]], others: Mapping[str, Sequence[Path]], reader: Reader) -> str:
    """The calibration of each lot of texts, of those on which no rule was written, and of all together, as Markdown."""
    read = {name: read_sure(read_known(*paths), reader) for name, paths in {**unseen, **others}.items()}
    lots = {name: calibration(documents) for name, documents in read.items()}
    if others:
        lots["**texts on which no rule was written**"] = calibration([document for name in unseen for document in read[name]])
    whole = lots["**all**"] = calibration([document for documents in read.values() for document in documents])
    parts = []
    for label, prefix in (("claims", ""), ("figures", "figure ")):
        rows = [f"| {label} of | judged | share right | mean confidence | calibration error |", "| --- | ---: | ---: | ---: | ---: |"]
        rows += [f"| {name} | {_row(scored, prefix)} |" for name, scored in lots.items()]
        parts.append("\n".join(rows))
    return "\n\n".join([*parts, _whole(whole), reliability_table(whole)])


def _row(scored: Scored, prefix: str) -> str:
    values = scored.values()
    judged = total(scored.documents)[f"{prefix}first 1.0 of"]
    return " | ".join([str(judged), *(_number(values[f"{prefix}{name}"]) for name in ("share right", "mean confidence", "ece"))])


def _whole(whole: Scored) -> str:
    """The error and the risks of all texts, with those of a reader who is equally sure of everything."""
    spread, ours, even = whole.intervals(), whole.values(), whole.values("equally sure of all")
    rows = ["| all texts | confidence | 95 % interval | equally sure of all |", "| --- | ---: | ---: | ---: |"]
    for name in ours:
        if name.endswith("ece") or "risk" in name:
            within = "–".join(map(_number, ends)) if (ends := spread[name]) else ""
            rows.append(f"| {name.replace('ece', 'calibration error')} | {_number(ours[name])} | {within} | {_number(even[name])} |")
    return "\n".join(rows)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


@click.group(help=__doc__)
def main() -> None:
    """The two commands."""


@main.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=HOME, help="Where the weights are written.")
def train(output: Path) -> None:
    """Learn the weights of the texts in this checkout."""
    judged = gather(HELD, SENTENCES, REPORTS)
    output.write_text(trained(judged), encoding="utf-8")
    click.echo(f"{output.name}: learned from {len(judged)} claims and figures")


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--card", is_flag=True, help="Write it into the model card, between its two marks.")
def check(paths: tuple[Path, ...], card: bool) -> None:
    """Tell how well confidence is calibrated on PATHS; without any, on all texts of the checkout that it was not learned from."""
    unseen = {str(path): [path] for path in paths or UNSEEN if path.exists()}
    others = {} if paths else {f"{REPORTS}, the other half": apart(REPORTS, checked=True)}
    if not paths and SHARED.exists():
        others["shared/gold/reports"] = [SHARED]
    told = checked(unseen, others, Reader())
    click.echo(told)
    if card:
        before, _, rest = CARD.read_text(encoding="utf-8").partition(_OPENS)
        CARD.write_text(f"{before}{_OPENS}\n{told}\n\n{_CLOSES}{rest.partition(_CLOSES)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
