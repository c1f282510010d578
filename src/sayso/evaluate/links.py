"""Scores of linking: reports read, linked and folded, against corpora that say which reports tell of one incident."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import InputError
from sayso.intake.jsonl import take_line
from sayso.intake.settings import IntakeSettings
from sayso.model import Document, Failure, Source


@dataclass(frozen=True, slots=True)
class Report:
    """A report with the incidents that it tells of, and the set of reports that it was written for."""

    document: Document | Failure
    incidents: tuple[str, ...]
    group: str


def read_rivals(folder: Path) -> list[Report]:
    """The rival accounts of a folder of JSON lines; a set is a file."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise InputError(f"no rival accounts in {folder.name!r}: it needs .jsonl files")
    return [_rival(line, f"{file.name}:{number}", file.stem) for file in files for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if line.strip()]


def _rival(line: str, where: str, group: str) -> Report:
    try:
        record = json.loads(line)
        incidents = tuple(str(one) for one in record["incidents"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise InputError(f"{where} is no report with incidents: {wrong}") from wrong
    return Report(take_line(line.encode(), where, IntakeSettings()).item, incidents, group)
