"""Scores of readings against teaching sentences: acts, their parts, figures. Told in the measures that the judge of readings uses, where both have one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sayso.evaluate.scoring import Measure, Scored, Tally, count, f1, precision, recall, share, total
from sayso.evaluate.teaching import Part, TaughtAct, TaughtFigure, TaughtItem
from sayso.model import Claim, Failure, Figure, Reading, words
from sayso.model.words import Modality

VIOLENT = frozenset(("ASSAULT", "COERCE", "PROTEST", "MOBILIZE"))

_HARM = frozenset(one.value for one in words.Measure)  # "released" is taught too, and is no harm
_SHARES = ("actor", "recipient", "voice", "modality", "mode", "unreal modality", "date")
_MEASURES: dict[str, Measure] = {
    "claim type f1": f1("claim type"),
    "claim type precision": precision("claim type"),
    "claim type recall": recall("claim type"),
    "violent f1": f1("violent"),
    **{name: share(f"{name} right", f"{name} of") for name in _SHARES},
    "denied, hypothetical, planned f1": f1("unreal"),
    **{f"{name} f1": f1(name) for name in ("actor", "recipient", "place", "figure")},
    "figure precision": precision("figure"),
    "figure recall": recall("figure"),
}


def score_teaching(items: Sequence[TaughtItem], readings: Iterable[Reading | Failure]) -> Scored:
    """The scores of one reading an item, in the order of the items; a Failure is a reading without claims. A document is an item.

    An act is found where a claim of its type meets its words; actor, recipient, voice, mode and date are shares of the found acts that are taught to
    have one. Optional acts count neither way. Details hold the acts by type, and what was missed and invented.
    """
    missed: list[str] = []
    invented: list[str] = []
    tallies = []
    for item, reading in zip(items, readings, strict=True):
        told = reading if isinstance(reading, Reading) else None
        tally = Tally()
        left = _score_acts(item, told.claims if told else (), tally, missed)
        invented += [_line(item, claim.act.type, claim.trigger.quote) + f" | {claim.reason}" for claim in left]
        _score_figures(item.figures, told.figures if told else (), tally)
        tallies.append(tally)
    return Scored(tallies, dict(_MEASURES), details={"types": _types(total(tallies)), "missed": missed, "invented": invented})


def _types(counts: Mapping[str, int]) -> dict[str, Any]:
    """A row a type: taught, told, found of both, and the F1 of that."""
    names = sorted({key.split()[1] for key in counts if key.startswith("type ")})
    rows = {name: {kind: counts[f"type {name} {kind}"] for kind in ("gold", "told", "hit")} for name in names}
    return {name: {**row, "f1": f1(f"type {name}")(counts)} for name, row in rows.items()}


def _line(item: TaughtItem, type_name: str, words: str) -> str:
    return f"{item.file}:{item.line} {type_name} {words!r} {'~' if item.contrast else ''}| {item.text}"


def _score_acts(item: TaughtItem, claims: Sequence[Claim], tally: Tally, missed: list[str]) -> list[Claim]:
    """The claims that tell no taught act by its type; the item's acts are counted."""
    left = list(claims)
    beside = list(claims)  # whose words are no taught act's
    for act in item.acts:
        here = [claim for claim in left if _meet([(claim.trigger.start, claim.trigger.end)], [act.trigger])]
        same = [claim for claim in here if claim.act.type in act.types]
        # One claim is the act; further ones on its words tell it again and are no inventions.
        left = [claim for claim in left if claim not in same]
        beside = [claim for claim in beside if claim not in here]
        if act.optional:
            continue
        _count_type(tally, act.type, same)
        _count_whole(tally, act, (same or here)[:1])
        if same:
            _judge(act, same[0], tally)
        else:
            missed.append(_line(item, act.type, item.text[slice(*act.trigger)]))
    for claim in left:
        count(tally, "claim type", 0, 1, 0)
        count(tally, f"type {claim.act.type}", 0, 1, 0)
    count(tally, "violent", 0, sum(claim.act.type in VIOLENT for claim in beside), 0)
    return left


def _count_type(tally: Tally, name: str, same: Sequence[Claim]) -> None:
    for key in ("claim type", f"type {name}"):
        count(tally, key, bool(same), bool(same), 1)


def _count_whole(tally: Tally, act: TaughtAct, best: Sequence[Claim]) -> None:
    """Nothing; counts whether what stands on the act's words, of whatever type, is violent and is unreal as it should be."""
    violent, said = bool(act.types & VIOLENT), any(claim.act.type in VIOLENT for claim in best)
    count(tally, "violent", violent and said, said, violent)
    unreal, right = act.modality is not Modality.ACTUAL, any(claim.modality is act.modality for claim in best)
    count(tally, "unreal", unreal and right, (unreal and right) or (not unreal and bool(best) and not right), unreal)


def _judge(act: TaughtAct, claim: Claim, tally: Tally) -> None:
    """Nothing; counts which parts of a found act are right."""
    inner = [(voice.span.start, voice.span.end) for voice in claim.voices if voice.span]
    roles = {"actor": (claim.roles.actor, act.actor), "recipient": (claim.roles.recipient, act.recipient), "place": (claim.roles.place, act.place)}
    verdicts: dict[str, bool | None] = {}
    for name, (spans, taught) in roles.items():
        told = [(one.start, one.end) for one in spans]
        verdicts[name] = _meet(told, taught) if taught else None
        if taught:
            count(tally, name, _meet(told, taught), _meet(told, taught) + sum(not _meet([one], taught) for one in told), 1)
    time = claim.roles.time
    # Without a voice the outlet itself says so; who did the act may stand as its voice.
    verdicts["voice"] = _meet(inner[-1:], act.voice) if act.voice else all(_meet([one], act.actor) for one in inner)
    verdicts["modality"] = claim.modality is act.modality
    verdicts["unreal modality"] = claim.modality is act.modality if act.modality is not Modality.ACTUAL else None
    verdicts["mode"] = claim.act.mode in act.modes if act.modes else None
    verdicts["date"] = (time is not None and _meet([(time.start, time.end)], act.time)) if act.time else None
    for name, verdict in verdicts.items():
        if verdict is not None:
            tally.update({f"{name} right": verdict, f"{name} of": 1})


def _score_figures(taught: Sequence[TaughtFigure], told: Sequence[Figure], tally: Tally) -> None:
    """Nothing; a figure is right where it meets a taught one of the same measure and bounds, one to one.

    People set free are taught too, but are no figure of a reading, which counts harm: what is told on their words is not judged.
    """
    freed = [figure.span for figure in taught if figure.measure not in _HARM]
    told = [one for one in told if not _meet([(one.span.start, one.span.end)], freed)]
    free = list(told)
    for figure in (one for one in taught if one.measure in _HARM):
        right = next((one for one in free if _same_figure(figure, one)), None)
        count(tally, "figure", right is not None, 0, 1)
        if right is not None:
            free.remove(right)
    count(tally, "figure", 0, len(told), 0)


def _same_figure(taught: TaughtFigure, told: Figure) -> bool:
    values = (told.measure.value, told.low, told.high) == (taught.measure, taught.low, taught.high)
    return values and _meet([(told.span.start, told.span.end)], [taught.span])


def _meet(told: Iterable[Part], taught: Iterable[Part]) -> bool:
    """Whether any stretch of one overlaps any of the other."""
    wanted = list(taught)
    return any(start < end_of and start_of < end for start, end in told for start_of, end_of in wanted)
