"""Whether sentences and reports tell of an act of police: killing, arresting, using force, failing to act, or any act."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from sayso.errors import InputError
from sayso.evaluate.acts import Systems
from sayso.evaluate.dictionary_coder import DictionaryCoder
from sayso.evaluate.scoring import Measure, Scored, Tally, count, f1, precision, recall
from sayso.evaluate.told_acts import Part, ToldAct
from sayso.model.words import Modality

KINDS: Mapping[str, str] = {"ANY_ACTION": "any action", "ARREST": "arrest", "FORCE": "force", "KILL": "kill", "FAIL": "failure to act"}
_POLICE = re.compile(
    r"\b(?:police(?:m[ae]n|wom[ae]n)?|cops?|constables?|(?:sub-)?inspectors?|commissioner of police|superintendent of police|gendarmes?|crime branch"
    r"|rapid action force|task force|security (?:forces|personnel)|paramilitar\w+|c\.?r\.?p\.?f|r\.?p\.?f|b\.?s\.?f|c\.?b\.?i|s\.?s\.?p|d\.?g\.?p)\b",
    re.IGNORECASE,
)
_DEATH = frozenset({"kill", "killing", "dead", "death", "die", "gun", "encounter"})
_ARREST = ("COERCE", "arrest")
_THEIRS = frozenset({_ARREST, ("COERCE", "curfew"), ("MOBILIZE", "police"), ("ASSAULT", "crowd-control")})
_ABROAD = re.compile(r"[^\x00-\x7f]+")
_CUT_QUOTE = "\u00e2\u20ac\ufffd"  # a closing quotation mark of which one byte was lost


@dataclass(frozen=True, slots=True)
class PoliceReport:
    """A report with its sentences: where they stand, and the kinds of police acts that people found in them."""

    text: str
    sentences: tuple[tuple[Part, frozenset[str]], ...]


def read_police(path: Path) -> list[PoliceReport]:
    """The reports of sentences as JSON lines with doc_id, sent_text and sent_labels, each joined from its sentences in the order of the file."""
    if not path.is_file():
        raise InputError(f"{path} is missing: give the folder that holds the parts with their {path.name}")
    reports = []
    with path.open(encoding="utf-8") as lines:
        rows = [_row(line, path, number) for number, line in enumerate(lines, 1)]
    for _, group in groupby(rows, key=lambda row: row["doc_id"]):
        text, told = "", []
        for row in group:
            words = mended(row["sent_text"]).strip()
            text += "\n" * bool(text)
            told.append(((len(text), len(text) + len(words)), frozenset(KINDS[name] for name in row["sent_labels"] if name in KINDS)))
            text += words
        reports.append(PoliceReport(text, tuple(told)))
    return reports


def score_police(folder: Path, split: str, systems: Systems | None = None) -> Scored:
    """Precision, recall and F1 of each kind of police act over sentences, and over reports ("report …"); the parts are the corpus's own."""
    systems = systems or Systems.ours()
    parts = ("train", "dev") if split == "all" else (split,)
    reports = [report for part in parts for report in read_police(folder / part / "sents.jsonl")]
    documents = [
        _tally(report, [_kinds_in(part, report.text, acts) for part, _ in report.sentences])
        for report, acts in zip(reports, systems.told([report.text for report in reports]), strict=True)
    ]
    coder = systems.coder
    simple: dict[str, Callable[[str], frozenset[str]]] = {"police word": _by_word, "police word and first verb": lambda text: _by_verb(text, coder)}
    baselines = {
        name: [_tally(report, [system(report.text[start:end]) for (start, end), _ in report.sentences]) for report in reports]
        for name, system in simple.items()
    }
    measures: dict[str, Measure] = {}
    for kind in KINDS.values():
        for name in (kind, f"report {kind}"):
            measures |= {f"{name} f1": f1(name), f"{name} precision": precision(name), f"{name} recall": recall(name)}
    return Scored(documents, measures, baselines, {"sentences": sum(len(report.sentences) for report in reports)})


def police_kinds(acts: Iterable[ToldAct], text: str) -> frozenset[str]:
    """The kinds of police act among the acts of a sentence: those whose actor is told as police, or that police do where nobody is named.

    Where police used force, a killing in the same sentence that names nobody is theirs ("two were killed when police opened fire").
    """
    found: set[str] = set()
    deaths = False
    for act in acts:
        by_police = any(_POLICE.search(text[start:end]) for start, end in (*act.actor, act.at))
        nobody = not act.actor and act.modality is Modality.ACTUAL
        deaths = deaths or (nobody and act.type == "ASSAULT" and not _DEATH.isdisjoint(act.words))
        if act.modality is Modality.DENIED and by_police:
            found.add("failure to act")
        if act.modality is not Modality.ACTUAL or not (by_police or (nobody and (act.type, act.mode) in _THEIRS)):
            continue
        found |= {"any action", *(["arrest"] if (act.type, act.mode) == _ARREST else []), *(["force"] if act.type == "ASSAULT" else [])}
        if act.type == "ASSAULT" and not _DEATH.isdisjoint(act.words):
            found.add("kill")
    return frozenset(found | ({"kill"} if deaths and "force" in found else set()))


def mended(text: str) -> str:
    """The text with letters put right that were read in the wrong encoding, and doubled apostrophes made one."""
    return _ABROAD.sub(_decoded, text).replace("''", "'")


def _decoded(match: re.Match[str]) -> str:
    run = match.group().replace(_CUT_QUOTE, "”")
    try:
        return run.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return run


def _kinds_in(part: Part, text: str, acts: Iterable[ToldAct]) -> frozenset[str]:
    return police_kinds([act for act in acts if part[0] <= act.at[0] < part[1]], text)


def _by_word(sentence: str) -> frozenset[str]:
    return frozenset({"any action"}) if _POLICE.search(sentence) else frozenset()


def _by_verb(sentence: str, coder: DictionaryCoder) -> frozenset[str]:
    name = coder.first(sentence) if _POLICE.search(sentence) else None
    if name is None:
        return frozenset()
    return frozenset({"any action", *({"COERCE": ("arrest",), "ASSAULT": ("force",)}.get(name, ()))})


def _tally(report: PoliceReport, told: Sequence[frozenset[str]]) -> Tally:
    tally: Tally = Counter()
    for kind in KINDS.values():
        pairs = [(kind in answer, kind in gold) for answer, (_, gold) in zip(told, report.sentences, strict=True)]
        count(tally, kind, sum(one and other for one, other in pairs), sum(one for one, _ in pairs), sum(other for _, other in pairs))
        anywhere = any(one for one, _ in pairs), any(other for _, other in pairs)
        count(tally, f"report {kind}", all(anywhere), *anywhere)
    return tally


def _row(line: str, path: Path, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
        return {"doc_id": row["doc_id"], "sent_text": str(row["sent_text"]), "sent_labels": list(row["sent_labels"])}
    except (ValueError, KeyError, TypeError) as wrong:
        raise InputError(f"{path.name}:{number}: is no sentence with doc_id, sent_text and sent_labels ({wrong!r})") from wrong
