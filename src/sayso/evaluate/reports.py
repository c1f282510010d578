"""Scores of readings of hand-coded reports by the judge of readings: a program of its own, which imports nothing of sayso and is found by its path."""

import importlib.util
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol, cast

from sayso.errors import InputError
from sayso.evaluate.scoring import Measure, Scored, Tally, count, f1, share
from sayso.export.reading_json import reading_view
from sayso.intake.jsonl import take_line
from sayso.intake.settings import IntakeSettings
from sayso.model import Document, Failure, Reading
from sayso.pipeline import Reader

JUDGE = "score_readings.py"


class Judge(Protocol):
    """What is called of the judge."""

    def load_gold(self, folder: Path) -> list[dict[str, Any]]:
        """The gold of a folder of YAML files, each with its text."""

    def score(self, golds: list[dict[str, Any]], readings: dict[str, Any]) -> dict[str, Any]:
        """Counts a quality: tp, fp, fn, or right and of."""


def score_reports(folder: Path, judge: Path | None = None, reader: Reader | None = None) -> Scored:
    """The judge's qualities over the reports of a folder: F1 or share, as the judge has it. A document is a report; details hold the counts."""
    program = load_judge(judge or find_judge(folder))
    golds = program.load_gold(folder)
    if not golds:
        raise InputError(f"no gold reports in {folder.name!r}: it needs .yaml files")
    results = [program.score([gold], {gold["id"]: view}) for gold, view in zip(golds, _views(golds, reader or Reader()), strict=True)]
    qualities = {name: "tp" in value for name, value in results[0].items() if isinstance(value, Mapping)}
    measures: dict[str, Measure] = {name: f1(name) if paired else share(f"{name} right", f"{name} of") for name, paired in qualities.items()}
    tallies = [_tally(result) for result in results]
    return Scored(tallies, measures, details={"reports": [gold["id"] for gold in golds]})


def find_judge(folder: Path) -> Path:
    """The judge in the folder `tools` beside the corpora, or in `shared/tools` beside the checkout that a folder lies in; InputError where there is none."""
    here = folder.resolve()
    for above in here.parents:
        for path in (above / "tools" / JUDGE, above / "shared" / "tools" / JUDGE):
            if path.is_file():
                return path
    raise InputError(f"no judge of readings ({JUDGE}) beside {folder.name!r}: name it with --judge")


def load_judge(path: Path) -> Judge:
    """The judge as a module; InputError where the file is none."""
    spec = importlib.util.spec_from_file_location("sayso_judge_of_readings", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise InputError(f"{path.name!r} is no Python file: name the judge of readings")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not (callable(getattr(module, "load_gold", None)) and callable(getattr(module, "score", None))):
        raise InputError(f"{path.name!r} is no judge of readings: it has no load_gold and score")
    return cast(Judge, module)


def _views(golds: Iterable[Mapping[str, Any]], reader: Reader) -> list[dict[str, Any]]:
    """The readings of the reports in JSON form, each report taken in as a line of JSON lines is."""
    taken: list[Document | Failure] = []
    for gold in golds:
        record = {"id": gold["id"], "title": gold.get("title"), "text": gold["text"], "published": str(gold["published"]), "source": gold["source"]}
        taken.append(take_line(json.dumps(record, ensure_ascii=False).encode(), str(gold["id"]), IntakeSettings()).item)
    views = []
    for one in reader.read(taken):
        if not isinstance(one, Reading):
            raise InputError(f"{one.what}: {one.reason}")
        views.append(reading_view(one))
    return views


def _tally(result: Mapping[str, Any]) -> Tally:
    """The judge's counts of one report."""
    tally = Tally()
    for name, value in result.items():
        if isinstance(value, Mapping) and "tp" in value:
            count(tally, name, value["tp"], value["tp"] + value["fp"], value["tp"] + value["fn"])
        elif isinstance(value, Mapping):
            tally.update({f"{name} right": value["right"], f"{name} of": value["of"]})
    return tally
