"""Scores against MUC-4: CEAF-REE by role as GRIT defines it, and the keys' date, country, number, effect, stage and blame."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sayso.evaluate.muc_answers import reports
from sayso.evaluate.muc_keys import Labelled, RawText, Template, bounds, read_entities, read_keys, read_texts
from sayso.evaluate.muc_phrases import folded, is_in, person_name, singular, weapons_in, words_in
from sayso.evaluate.muc_roles import ROLES, Fillers, Report, fillers
from sayso.evaluate.muc_slots import (
    ACCOMPLISHED,
    CLAIMED,
    DEATH,
    FACT,
    INJURY,
    POSSIBLE,
    SUSPECTED,
    UNHURT,
    happening,
    told_blame,
    told_country,
    told_day,
    told_effect,
    told_number,
    told_stage,
)
from sayso.evaluate.scoring import Measure, Scored, Tally, count, f1, precision, recall

MICRO = "ceaf-ree micro"
SLOTS = ("date", "country", "number", "effect", "stage", "blame")

_TRIGGER = re.compile(r"\b(?:kill|murder|attack|bomb|kidnap|assassinat|explo|wound|destroy)\w*", re.IGNORECASE)
_NEAR = 60  # code points from a trigger in which the baseline takes a name for a role
_EFFECTS = {"DEATH": DEATH, "INJURY": INJURY, "NO INJURY": UNHURT, "NO INJURY OR DEATH": UNHURT, "NO DEATH": UNHURT}
_BLAME = {
    "REPORTED AS FACT": FACT,
    "SUSPECTED OR ACCUSED": SUSPECTED,
    "SUSPECTED OR ACCUSED BY AUTHORITIES": SUSPECTED,
    "CLAIMED OR ADMITTED": CLAIMED,
    "POSSIBLE": POSSIBLE,
}

Entities = Mapping[str, Sequence[Sequence[str]]]
Answers = Mapping[str, Sequence[str]]


def score_muc(folder: Path, split: str) -> Scored:
    """CEAF-REE over all roles and of each, and of each slot the F1 over what the keys tell (an optional incident or filler is not asked).

    A date is right when the days told overlap the key's; a number when it lies within the key's; of alternatives in a key one is enough.
    A slot is asked of the claim that shares most with the key's incident, so that these measures do not punish incidents that no key has.
    """
    texts, entities, keys = read_texts(folder, split), read_entities(folder, split), read_keys(folder, split)
    asked = [name for name in texts if name in entities]
    scored = Scored([], _measures(), {"names near a trigger": [], "nothing": []}, {"missed": [], "invented": []})
    for name, report in zip(asked, reports([texts[name] for name in asked]), strict=True):
        told = fillers(report) if report else {role: [] for role in ROLES}
        tally: Tally = Counter()
        count_entities(tally, told, entities[name], (name, scored.details))
        for template in keys.get(name, ()):
            count_slots(tally, report, template)
        scored.documents.append(tally)
        for label, answers, prior in (("names near a trigger", near_triggers(report.text if report else ""), True), ("nothing", {}, False)):
            simple: Tally = Counter()
            count_entities(simple, answers, entities[name])
            for template in keys.get(name, ()):
                count_priors(simple, texts[name] if prior else None, template)
            scored.baselines[label].append(simple)
    return scored


def _measures() -> dict[str, Measure]:
    found: dict[str, Measure] = {f"{MICRO} f1": f1(MICRO), f"{MICRO} precision": precision(MICRO), f"{MICRO} recall": recall(MICRO)}
    found |= {f"{role.lower()} f1": f1(role) for role in ROLES}
    return found | {slot: f1(slot) for slot in SLOTS}


def count_entities(tally: Tally, told: Answers, gold: Entities, noted: tuple[str, dict[str, list[object]]] | None = None) -> None:
    """Nothing; a role's answers are counted against its entities, one to one. `noted` keeps what was missed and what was invented."""
    for role in ROLES:
        answers, wanted = list(told.get(role, ())), list(gold.get(role, ()))
        pairs = aligned(answers, wanted)
        for name in (role, MICRO):
            count(tally, name, len(pairs), len(answers), len(wanted))
        if noted:
            name, details = noted
            details["missed"] += [(name, role, entity[0]) for at, entity in enumerate(wanted) if at not in pairs.values()]
            details["invented"] += [(name, role, answer) for at, answer in enumerate(answers) if at not in pairs]


def aligned(answers: Sequence[str], entities: Sequence[Sequence[str]]) -> dict[int, int]:
    """The most answers that can each have an entity of their own which has their very string, case, articles and marks folded: by position."""
    strings = [{folded(one) for one in entity} for entity in entities]
    options = [[at for at, known in enumerate(strings) if folded(answer) in known] for answer in answers]
    owner: dict[int, int] = {}

    def placed(answer: int, tried: set[int]) -> bool:
        for at in options[answer]:
            if at not in tried:
                tried.add(at)
                if at not in owner or placed(owner[at], tried):
                    owner[at] = answer
                    return True
        return False

    for answer in range(len(answers)):
        placed(answer, set())
    return {answer: at for at, answer in owner.items()}


def count_slots(tally: Tally, report: Report | None, template: Template) -> None:
    """Nothing; what the report tells of a key's incident is counted slot by slot."""
    told = happening(report, template) if report else None
    day = told_day(told) if told else None
    if template.dates:
        overlaps = day is not None and any(day[0] <= last and first <= day[1] for first, last in template.dates)
        count(tally, "date", overlaps, day is not None, 1)
    _one(tally, "country", told_country(told) if told else None, template.countries)
    _one(tally, "stage", told_stage(told) if told else None, template.stages)
    for wanted, told_by, slot, names in (
        (template.effects, told_effect, "effect", _EFFECTS),
        (template.blame, told_blame, "blame", _BLAME),
    ):
        for one in wanted:
            _one(tally, slot, told_by(report, one.strings) if report else None, _named(one, names))
    for one in template.numbers:
        _number(tally, told_number(report, one.strings) if report else None, one)


def _one(tally: Tally, slot: str, told: str | None, wanted: Iterable[str]) -> None:
    options = tuple(wanted)
    if options:
        count(tally, slot, told in options, told is not None, 1)


def _named(one: Labelled, names: Mapping[str, str]) -> tuple[str, ...]:
    """The classes of a key's labels; empty where none is asked here ("REGAINED FREEDOM")."""
    return tuple(dict.fromkeys(names[label] for label in one.labels if label in names))


def _number(tally: Tally, told: tuple[int, int] | None, one: Labelled) -> None:
    options = [limits for label in one.labels if (limits := bounds(label))]
    if options:
        count(tally, "number", told is not None and any(low <= told[0] and told[1] <= high for low, high in options), told is not None, 1)


def count_priors(tally: Tally, raw: RawText | None, template: Template) -> None:
    """Nothing; the commonest value of each slot, the day of publication and the country after the dateline's town are counted; nothing without a text."""
    if template.dates:
        day = raw.published if raw else None
        right = day is not None and any(first.isoformat() <= day <= last.isoformat() for first, last in template.dates)
        count(tally, "date", right, day is not None, 1)
    _one(tally, "country", _most_named(raw.text) if raw else None, template.countries)
    _one(tally, "stage", ACCOMPLISHED if raw else None, template.stages)
    for one in template.effects:
        _one(tally, "effect", DEATH if raw else None, _named(one, _EFFECTS))
    for one in template.blame:
        _one(tally, "blame", FACT if raw else None, _named(one, _BLAME))
    for one in template.numbers:
        _number(tally, (1, 1) if raw else None, one)


def _most_named(text: str) -> str | None:
    """Of the nine countries that the texts are about, the one most named."""
    counts = {name: text.count(name) for name in ("EL SALVADOR", "COLOMBIA", "PERU", "GUATEMALA", "CHILE", "HONDURAS", "BOLIVIA", "ECUADOR", "ARGENTINA")}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else None


def near_triggers(text: str) -> dict[str, list[str]]:
    """A simple system: by word lists alone, every person's name, listed thing, kind of person and weapon near a word of attack."""
    found = Fillers()
    for match in _TRIGGER.finditer(text):
        start, end = max(0, match.start() - _NEAR), min(len(text), match.end() + _NEAR)
        for first, _, word in words_in(text[start:end]):
            if is_in("things", word):
                found.add("Target", word)
            elif is_in("guerrillas", singular(word.lower())) and start + first < match.start():
                found.add("PerpInd", word)
            elif word.isupper() and len(word) > 2:
                found.add("PerpOrg", word)
        for name in re.findall(r"(?:[A-Z][a-z]+ ){1,3}[A-Z][a-z]+", text[match.end() : end]):
            if person_name(name):
                found.add("Victim", person_name(name))
        for one in weapons_in(text, start, end):
            found.add("Weapon", one.text)
    return found.found
