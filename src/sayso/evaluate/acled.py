"""How many short reports are coded as the sub-event that people gave them, or as none: the CASE 2021 snippets."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sayso.codebooks.rows import RowBook, load_row_book
from sayso.errors import InputError
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


def score_sub_events(folder: Path, split: str, predict: Callable[[str], str]) -> dict[str, float]:
    """The F1 of each gold label weighted by how often it is gold, over the snippets of `folder`/`split`, and the share coded rightly.

    `predict` gives the sub-event of a text, or NO_EVENT. "event" is precision and recall of there being any row, "<label> f1" the F1 of one label.
    """
    path = folder / split / "snippets.jsonl"
    if not path.is_file():
        raise InputError(f"{path} is missing: give the folder that holds the split {split!r} with its snippets.jsonl")
    gold: list[str] = []
    told: list[str] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            snippet = json.loads(line)
            gold.append(_LABELS.get(snippet["type"], NO_EVENT))
            told.append(predict(snippet["text"]))
    weights, each = Counter(gold), {label: _f1(gold, told, label) for label in sorted(set(gold))}
    count = len(gold) or 1
    right = sum(one == other for one, other in zip(gold, told, strict=True))
    both = sum(bool(one and other) for one, other in zip(gold, told, strict=True))
    return {
        "snippets": float(len(gold)),
        "weighted f1": round(sum(weights[label] * f1 for label, f1 in each.items()) / count, 3),
        "accuracy": round(right / count, 3),
        "event precision": round(both / (sum(bool(one) for one in told) or 1), 3),
        "event recall": round(both / (sum(bool(one) for one in gold) or 1), 3),
        **{f"{label or 'no event'} f1": round(f1, 3) for label, f1 in each.items()},
    }


def _f1(gold: list[str], told: list[str], label: str) -> float:
    both = sum(one == other == label for one, other in zip(gold, told, strict=True))
    return 2 * both / (gold.count(label) + told.count(label))
