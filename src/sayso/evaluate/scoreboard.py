"""The scoreboard: rows of `scoreboard.toml` (corpus, measure, floor, published figures), scored in one program and told as one page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sayso.errors import DataError, SaysoError
from sayso.evaluate.capabilities import capability
from sayso.evaluate.scoring import Scored
from sayso.languages.strict import StrictTable, read_toml

HOME = Path(__file__).with_name("scoreboard.toml")
CORPORA, OWN = "corpora", "ours"  # where the data of a row lies: beside the checkout, or in the repository

Run = tuple[str, str, str, str, str]  # capability, where, data, format, split


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of one corpus: its floor, and what others published on it with the source of each figure."""

    capability: str
    title: str
    data: str
    measure: str
    where: str = CORPORA
    form: str = ""
    split: str = ""
    floor: float | None = None
    aim: float | None = None
    reason: str = ""  # why a floor lies under the aim, or was lowered
    published: tuple[str, ...] = ()

    @property
    def run(self) -> Run:
        """What has to be scored for it; several rows share one run."""
        known = capability(self.capability)
        form = self.form or (known.formats[0] if known.formats else "")
        return self.capability, self.where, self.data, form, self.split or known.splits[0]

    @property
    def told(self) -> str:
        """The row in words."""
        return f"{self.title}, {self.measure}"

    def fails(self, value: float) -> bool:
        """Whether a value is under the floor."""
        return self.floor is not None and value < self.floor


@dataclass(slots=True)
class Done:
    """The scores of the runs that could be scored, and why others could not."""

    scored: dict[Run, Scored] = field(default_factory=dict)
    missing: dict[Run, str] = field(default_factory=dict)

    def value(self, row: Row) -> float | None:
        """The row's figure; None where it was not scored."""
        scored = self.scored.get(row.run)
        return scored.values().get(row.measure) if scored else None


@cache
def load_rows(path: Path = HOME) -> tuple[Row, ...]:
    """The rows of the file in its order; DataError names what is wrong."""
    top = read_toml(path)
    rows = tuple(_row(table, path) for table in top.tables("row"))
    top.done()
    for row in rows:
        if row.floor is not None and row.aim is not None and row.floor < row.aim and not row.reason:
            raise DataError(f"{path.name}: {row.told}: the floor {row.floor} is under the aim {row.aim}: give a reason")
    return rows


def _row(table: StrictTable, path: Path) -> Row:
    numbers: dict[str, float | None] = {}
    for name in ("floor", "aim"):
        value = table.value(name) if name in table.names() else None
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise DataError(f"{path.name}: {name} needs a number, not {value!r}")
        numbers[name] = None if value is None else float(value)
    words = {name: table.string(name) if name in table.names() else "" for name in ("format", "split", "reason", "where")}
    published = table.strings("published") if "published" in table.names() else ()
    row = Row(
        table.string("capability"), table.string("title"), table.string("data"), table.string("measure"), words["where"] or CORPORA, words["format"],
        words["split"], numbers["floor"], numbers["aim"], words["reason"], tuple(published),
    )  # fmt: skip
    table.done()
    try:
        capability(row.capability)
    except KeyError as wrong:
        raise DataError(f"{path.name}: {row.told}: no capability {row.capability!r}") from wrong
    return row


def score_rows(rows: Sequence[Row], corpora: Path, tell: Callable[[str], None], home: Path | None = None) -> Done:
    """Every run that the rows ask for, once each. `corpora` holds the shared corpora, `home` the repository's own data (the working folder if None)."""
    done = Done()
    for run in dict.fromkeys(row.run for row in rows):
        name, where, data, form, split = run
        path = (corpora if where == CORPORA else home or Path.cwd()) / data
        if not path.exists():
            done.missing[run] = f"no corpus at {data}"
            tell(f"{name}: {done.missing[run]}, and nothing was scored")
            continue
        tell(f"{name}: {data}")
        try:
            done.scored[run] = capability(name).score(path, split, form)
        except SaysoError as wrong:
            done.missing[run] = str(wrong)
            tell(f"{name}: {data}: {wrong}")
    return done


def page(rows: Sequence[Row], done: Done) -> str:
    """The page in Markdown: a table a capability; a figure stands in bold where it keeps its floor or has none."""
    lines = ["# Scoreboard", "", *_INTRODUCTION]
    for name in dict.fromkeys(row.capability for row in rows):
        lines += ["", f"## {name}", "", capability(name).told, ""]
        lines += [
            "| corpus | measure | sayso | 95 % interval | floor | simple systems, same program | published |",
            "| --- | --- | ---: | --- | ---: | --- | --- |",
        ]
        lines += [_line(row, done) for row in rows if row.capability == name]
    reasons = [f"- {row.told}: floor {row.floor:.2f}, aim {row.aim:.2f}. {row.reason}" for row in rows if row.reason and row.floor and row.aim]
    if reasons:
        lines += ["", "## Where a floor lies under its aim", "", *reasons]
    return "\n".join(lines) + "\n"


_INTRODUCTION = (
    "Written by `sayso evaluate scoreboard --corpora DIR --output docs/scoreboard.md`; the rows, floors and published figures are data in",
    "`src/sayso/evaluate/scoreboard.toml`. Intervals draw the documents of a corpus again a thousand times. Corpora do not come with sayso.",
    "Published figures come from other programs, often on other splits: read them as a landmark, not as a contest.",
)


def _line(row: Row, done: Done) -> str:
    scored = done.scored.get(row.run)
    split = f" ({row.split})" if row.split else ""
    floor = f"{row.floor:.2f}" if row.floor is not None else ""
    if scored is None:
        cells = [row.title + split, row.measure, "not scored", done.missing.get(row.run, ""), floor, "", "; ".join(row.published)]
    else:
        value, ends = scored.values().get(row.measure), _interval(scored, row.measure)
        beside = "; ".join(f"{name} {_number(values.get(row.measure))}" for name, values in _baselines(scored).items())
        cells = [row.title + split, row.measure, f"**{_number(value)}**", ends, floor, beside, "; ".join(row.published)]
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _baselines(scored: Scored) -> Mapping[str, Mapping[str, float | None]]:
    return {name: scored.values(name) for name in scored.baselines}


def _interval(scored: Scored, measure: str) -> str:
    ends = Scored(scored.documents, {measure: scored.measures[measure]}).intervals()[measure]
    return f"{ends[0]:.3f}–{ends[1]:.3f}" if ends else ""


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
