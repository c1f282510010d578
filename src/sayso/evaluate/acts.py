"""How often the type of an act comes out right: sentences whose source and target are given, and sentences by class of act."""

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.codebooks.codebook import load_codebook
from sayso.engines.rules.parsing import load_parser
from sayso.errors import InputError
from sayso.evaluate.dictionary_coder import DictionaryCoder, distance
from sayso.evaluate.scoring import Measure, Scored, Tally, f1, precision, recall, share
from sayso.evaluate.splits import belongs
from sayso.evaluate.told_acts import NO_ACT, Part, Told, ToldAct, act_predictor, cameo_class, published_type
from sayso.languages.inflect import Inflector
from sayso.languages.pack import load_pack
from sayso.model.words import Modality
from sayso.pipeline import Reader

_YIELD = frozenset({"CONCEDE", "RETREAT"})  # one type of the older list, two of today's
_MARKS = re.compile(r"</?[st]>")
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "who", "its", "their", "his", "her"})
_MISSES = 200


@dataclass(frozen=True, slots=True)
class PairRow:
    """A sentence with who acts on whom, and the types that are right for it."""

    text: str
    source: tuple[Part, ...]
    target: tuple[Part, ...]
    types: frozenset[str]


def read_pairs(path: Path) -> list[PairRow]:
    """The rows of a table with sentence, marked_sentence, source, target and gold_root; InputError names a line that lacks one."""
    rows = []
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), 2):
            try:
                text, marked, label = row["sentence"], row["marked_sentence"], row["gold_root"]
                sides = [_marked(text, marked, mark) or _found(text, row[name]) for mark, name in (("s", "source"), ("t", "target"))]
            except KeyError as missing:
                raise InputError(f"{path.name}:{number}: lacks the column {missing}") from missing
            rows.append(PairRow(text, sides[0], sides[1], _YIELD if label == "YIELD" else frozenset({label})))
    return rows


@dataclass(frozen=True, slots=True)
class Systems:
    """What is scored: the acts that a reader tells, and the coder to compare with."""

    told: Told
    coder: DictionaryCoder

    @classmethod
    def ours(cls, language: str = "en") -> "Systems":
        """sayso's reader, and a coder over the same codebook."""
        nlp = load_parser(load_pack(language).model)
        if nlp.path is None:
            raise ValueError("the parser has no folder: its lemma tables cannot be read")
        lemmas = Inflector.from_model(nlp.path).candidates
        return cls(act_predictor(Reader(), lemmas), DictionaryCoder(load_codebook("plover"), lemmas))


def score_zsp(folder: Path, split: str, systems: Systems | None = None) -> Scored:
    """The share of sentences whose act between the given source and target gets the right root type, as the published table names it.

    "as sayso names it" is the same without the table. Parts: train, dev (by the sha1 of the sentence), all; tuned and kept are halves.
    """
    told, coder = _pair(systems)
    everything = read_pairs(_only_file(folder, "*.tsv"))
    rows = [row for row in everything if belongs(row.text, split)]
    usual = Counter(row.types for row in everything if belongs(row.text, "train")).most_common(1)
    majority = next(iter(usual[0][0])) if usual else ""
    documents: list[Tally] = []
    baselines: dict[str, list[Tally]] = {"first verb": [], "nearest verb": [], "most frequent type": []}
    confused, misses = Counter[str](), []
    for row, acts in zip(rows, told([row.text for row in rows]), strict=True):
        act = between(row, acts)
        name = published_type(act) if act else None
        documents.append(_tally(row, name, act.type if act else None, acts))
        answers = coder.first(row.text), coder.nearest(row.text, (*row.source[:1], *row.target[:1])), majority
        for system, answer in zip(baselines, answers, strict=True):
            baselines[system].append(_tally(row, answer, answer, ()))
        if name not in row.types:
            confused[f"{'/'.join(sorted(row.types))} told as {name or 'nothing'}"] += 1
            misses.append({"text": row.text, "gold": sorted(row.types), "told": name})
    types = sorted({"/".join(sorted(row.types)) for row in rows})
    measures = {
        "root accuracy": share("right", "rows"),
        "root accuracy, as sayso names it": share("own right", "rows"),
        "answered": share("answered", "rows"),
        "right type among all acts told": share("reachable", "rows"),
        **{f"{name} recall": share(f"{name} right", f"{name} rows") for name in types},
    }
    return Scored(documents, measures, baselines, {"confused": dict(confused.most_common()), "missed": misses[:_MISSES]})


def between(row: PairRow, acts: Sequence[ToldAct]) -> ToldAct | None:
    """The act that source does to target: with both in their roles, else with either, else the nearest to source, then target; None where none is told."""

    def closeness(act: ToldAct) -> tuple[int, int, int, int]:
        by, to = _meet(act.actor, row.source) or _carried(row, act), _meet(act.recipient, row.target)
        turned = _meet(act.actor, row.target) * (not by) + _meet(act.recipient, row.source) * (not to)
        fit = 4 * by + 3 * to - 2 * turned + (act.modality is not Modality.HYPOTHETICAL)
        return fit, -distance([act.at], row.source), -distance([act.at], row.target), -act.at[0]

    return max(acts, key=closeness, default=None)


def score_cameo(path: Path, split: str, systems: Systems | None = None) -> Scored:
    """The share of sentences whose class comes out: 0 no act, 1 and 2 words and deeds of cooperation, 3 and 4 words and deeds of conflict."""
    told, coder = _pair(systems)
    everything = _read_classes(_only_file(path, "*.tsv"))
    rows = [row for row in everything if belongs(row[0], split)]
    usual = Counter(label for text, label in everything if belongs(text, "train")).most_common(1)
    majority = usual[0][0] if usual else NO_ACT
    documents: list[Tally] = []
    baselines: dict[str, list[Tally]] = {"first verb": [], "most frequent class": []}
    confused = Counter[str]()
    for (text, gold), acts in zip(rows, told([text for text, _ in rows]), strict=True):
        answer = cameo_class(main_act(acts))
        first = coder.first(text)
        documents.append(_class_tally(gold, answer))
        baselines["first verb"].append(_class_tally(gold, cameo_class(ToldAct(first, (0, 0))) if first else NO_ACT))
        baselines["most frequent class"].append(_class_tally(gold, majority))
        if gold != answer:
            confused[f"{gold} told as {answer}"] += 1
    measures = {"accuracy": share("right", "rows"), "act precision": precision("act"), "act recall": recall("act")}
    measures |= {f"class {name} f1": f1(f"class {name}") for name in sorted({label for _, label in rows})}
    measures["macro f1"] = _macro([f"class {name}" for name in sorted({label for _, label in rows})])
    return Scored(documents, measures, baselines, {"confused": dict(confused.most_common())})


def main_act(acts: Sequence[ToldAct]) -> ToldAct | None:
    """The act that a sentence is about: the first told as done or to be done, news before background; None where nothing is told."""

    def worth(act: ToldAct) -> tuple[bool, bool, bool, int]:
        return act.modality in (Modality.ACTUAL, Modality.PLANNED), not act.historical, bool(act.actor), -act.at[0]

    return max(acts, key=worth, default=None)


def _pair(systems: Systems | None) -> tuple[Told, DictionaryCoder]:
    systems = systems or Systems.ours()
    return systems.told, systems.coder


def _tally(row: PairRow, name: str | None, own: str | None, acts: Sequence[ToldAct]) -> Tally:
    label = "/".join(sorted(row.types))
    reachable = name in row.types or any(published_type(act) in row.types for act in acts)
    counts = {"right": name in row.types, "own right": own in row.types, "answered": name is not None, "reachable": reachable}
    return Counter({"rows": 1, f"{label} rows": 1, f"{label} right": int(name in row.types), **{key: int(value) for key, value in counts.items()}})


def _class_tally(gold: str, answer: str) -> Tally:
    tally: Tally = Counter({"rows": 1, "right": int(gold == answer)})
    tally.update({"act gold": gold != NO_ACT, "act told": answer != NO_ACT, "act hit": gold != NO_ACT != answer})
    tally.update({f"class {gold} gold": 1})
    tally.update({f"class {answer} told": 1})
    tally.update({f"class {gold} hit": int(gold == answer)})
    return tally


def _macro(names: Sequence[str]) -> Measure:
    def measure(counts: Mapping[str, float]) -> float | None:
        each = [f1(name)(counts) or 0.0 for name in names]
        return sum(each) / len(each) if each else None

    return measure


def _carried(row: PairRow, act: ToldAct) -> bool:
    """Whether the act's actor is a pronoun behind the source: "the ministry says it has opened an inquiry"."""
    return any(row.text[start:end].lower() in _PRONOUNS and any(side[1] <= start for side in row.source) for start, end in act.actor)


def _meet(ones: Sequence[Part], others: Sequence[Part]) -> bool:
    return any(one[0] < other[1] and other[0] < one[1] for one in ones for other in others)


def _only_file(folder: Path, pattern: str) -> Path:
    found = [folder] if folder.is_file() else sorted(folder.rglob(pattern))
    if len(found) != 1:
        raise InputError(f"{folder.name} holds {len(found)} files {pattern}: give the folder that holds one")
    return found[0]


def _read_classes(path: Path) -> list[tuple[str, str]]:
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text, tab, label = line.rpartition("\t")
        if not tab or not label.isdigit():
            raise InputError(f"{path.name}:{number}: is no sentence, tab and class")
        rows.append((text, label))
    return rows


def _marked(text: str, marked: str, mark: str) -> tuple[Part, ...]:
    """Where the sentence stands marked; empty where its marks do not fit it."""
    found = []
    for match in re.finditer(rf"<{mark}>(.*?)</{mark}>", marked, re.DOTALL):
        start = len(_MARKS.sub("", marked[: match.start()]))
        words = _MARKS.sub("", match.group(1))
        if text[start : start + len(words)] == words and words.strip():
            found.append((start, start + len(words)))
    return tuple(found)


def _found(text: str, words: str) -> tuple[Part, ...]:
    at = text.find(words) if words else -1
    return ((at, at + len(words)),) if at >= 0 else ()
