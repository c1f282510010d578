"""How many short reports are coded as the sub-event that people gave them, or as none: the CASE 2021 snippets."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sayso.codebooks.rows import RowBook, load_row_book
from sayso.errors import InputError
from sayso.evaluate.dictionary_coder import DictionaryCoder
from sayso.evaluate.scoring import Measure, Scored, Tally, count, f1, precision, recall, share
from sayso.model import Reading

NO_EVENT = ""
_VIOLENT = "Violent demonstration"
_WITHOUT_VIOLENCE = frozenset(("Peaceful protest", "Protest with intervention"))
# The corpus's own names of the sub-events; what is not here (disasters, diplomacy, crime, blame) has no row in ACLED.
_LABELS = {
    "GOV_REGAINS_TERIT": "Government regains territory",
    "NON_STATE_ACTOR_OVERTAKES_TER": "Non-state actor overtakes territory",
    "ARMED_CLASH": "Armed clash",
    "FORCE_AGAINST_PROTEST": "Excessive force against protesters",
    "PROTEST_WITH_INTER": "Protest with intervention",
    "PEACE_PROTEST": "Peaceful protest",
    "VIOL_DEMONSTR": "Violent demonstration",
    "MOB_VIOL": "Mob violence",
    "CHEM_WEAP": "Chemical weapon",
    "AIR_STRIKE": "Air/drone strike",
    "SUIC_BOMB": "Suicide bomb",
    "ART_MISS_ATTACK": "Shelling/artillery/missile attack",
    "REM_EXPLOS": "Remote explosive/landmine/IED",
    "GRENADE": "Grenade",
    "SEX_VIOL": "Sexual violence",
    "ATTACK": "Attack",
    "ABDUCT_DISSAP": "Abduction/forced disappearance",
    "AGREEMENT": "Agreement",
    "ARREST": "Arrests",
    "CHANGE_TO_GROUP_ACT": "Change to group/activity",
    "DISR_WEAP": "Disrupted weapons use",
    "HQ_ESTABLISHED": "Headquarters or base established",
    "PROPERTY_DISTRUCT": "Looting/property destruction",
    "NON_VIOL_TERRIT_TRANSFER": "Non-violent transfer of territory",
    "OTHER": "Other",
}
# What a coder that knows types alone takes an act for.
_BY_TYPE = {
    "ASSAULT": "Attack",
    "PROTEST": "Peaceful protest",
    "AGREE": "Agreement",
    "COERCE": "Arrests",
    "MOBILIZE": "Change to group/activity",
    "RETREAT": "Non-violent transfer of territory",
}


def sub_event_of(reading: Reading, book: RowBook | None = None) -> str:
    """The sub-event of a short report: of its rows the one of the highest precedence; NO_EVENT where it has none.

    Background counts only where there is nothing else, and demonstrators' violence decides over the same demonstration told without it.
    """
    book = book or load_row_book("acled")
    order = {name: rank for rank, name in enumerate(book.precedence)}
    background = {claim.id for claim in reading.claims if claim.historical}
    rows = [event for event in reading.events if not background.issuperset(event.claims)] or reading.events
    found = {name for event in rows if (name := event.get("sub_event_type")) and name in order}
    if _VIOLENT in found:
        found -= _WITHOUT_VIOLENCE
    return min(found, key=order.__getitem__, default=NO_EVENT)


def score_sub_events(folder: Path, split: str, predict: Callable[[str], str], coder: DictionaryCoder | None = None) -> Scored:
    """The F1 of each gold label weighted by how often it is gold, over the snippets of `folder`/`split`, and the share coded rightly.

    `predict` gives the sub-event of a text, or NO_EVENT. "event" is precision and recall of there being any row, "<label> f1" the F1 of one label,
    "others should give none" the share of snippets without a row in ACLED that get none. `coder` is the dictionary to compare with.
    """
    gold, texts = _read(folder / split / "snippets.jsonl", split)
    documents = [_tally(label, predict(text)) for label, text in zip(gold, texts, strict=True)]
    usual = Counter(gold).most_common(1)
    baselines = {"most frequent label": [_tally(label, usual[0][0]) for label in gold]}
    if coder is not None:
        baselines["first verb"] = [_tally(label, _BY_TYPE.get(coder.first(text) or "", NO_EVENT)) for label, text in zip(gold, texts, strict=True)]
    labels = sorted(set(gold))
    measures: dict[str, Measure] = {
        "weighted f1": _weighted(labels),
        "accuracy": share("right", "snippets"),
        "event precision": precision("event"),
        "event recall": recall("event"),
        "others should give none": share("rightly none", "others"),
        **{f"{label or 'no event'} f1": f1(f"label {label}") for label in labels},
    }
    pairs = [(label or "no event", _answer(tally) or "no event") for label, tally in zip(gold, documents, strict=True)]
    confused = Counter(f"{label} told as {name}" for label, name in pairs if label != name)
    return Scored(documents, measures, baselines, {"confused": dict(confused.most_common())})


def _read(path: Path, split: str) -> tuple[list[str], list[str]]:
    if not path.is_file():
        raise InputError(f"{path} is missing: give the folder that holds the split {split!r} with its snippets.jsonl")
    gold, texts = [], []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                snippet = json.loads(line)
                gold.append(_LABELS.get(snippet["type"], NO_EVENT))
                texts.append(str(snippet["text"]))
            except (ValueError, KeyError, TypeError) as wrong:
                raise InputError(f"{path.name}:{number}: is no snippet with text and type ({wrong!r})") from wrong
    return gold, texts


def _tally(gold: str, told: str) -> Tally:
    tally: Tally = Counter({"snippets": 1, "right": int(gold == told), "others": int(not gold), "rightly none": int(not gold and not told)})
    count(tally, "event", bool(gold and told), bool(told), bool(gold))
    tally.update({f"label {gold} gold": 1})
    tally.update({f"label {told} told": 1})
    tally.update({f"label {gold} hit": int(gold == told)})
    return tally


def _answer(tally: Tally) -> str:
    return next(name.removeprefix("label ").removesuffix(" told") for name, number in tally.items() if name.startswith("label ") and name.endswith(" told"))


def _weighted(labels: Sequence[str]) -> Measure:
    def measure(counts: Mapping[str, float]) -> float | None:
        return sum(counts[f"label {label} gold"] * (f1(f"label {label}")(counts) or 0) for label in labels) / (counts["snippets"] or 1)

    return measure
