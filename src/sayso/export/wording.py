"""Records in a reader's words, for the table and the page."""

import re
from functools import cache

from sayso.model import ActorTarget, Candidate, Claim, Figure, Interval, PlaceTarget, Resolution, Span, Voice
from sayso.model.words import (
    ActorKind,
    Certainty,
    Change,
    Modality,
    PlacePrecision,
    ResponsibilityStatus,
    Scope,
    Stance,
    TimeBasis,
    TimePrecision,
    VictimStatus,
)

_ACTS = {
    "AGREE": "agreement", "CONSULT": "talks", "SUPPORT": "support", "CONCEDE": "concession", "COOPERATE": "cooperation", "AID": "aid", "RETREAT": "retreat",
    "REQUEST": "request", "ACCUSE": "accusation", "REJECT": "rejection", "THREATEN": "threat", "SANCTION": "sanction", "PROTEST": "protest",
    "MOBILIZE": "mobilisation", "COERCE": "coercion", "ASSAULT": "assault",
}  # fmt: skip
_STANCES = {
    Stance.SAID: "said", Stance.DENIED: "denied", Stance.ACCUSED: "accused", Stance.CLAIMED_RESPONSIBILITY: "claimed responsibility", Stance.WARNED: "warned",
    Stance.URGED: "urged", Stance.ORDERED: "ordered", Stance.ASKED: "asked", Stance.BELIEVED: "believed", Stance.CONFIRMED: "confirmed",
    Stance.REPORTED: "reported", Stance.PLANNED: "planned", Stance.CONDEMNED: "condemned",
}  # fmt: skip
_MODALITIES = {Modality.ACTUAL: "told as done", Modality.DENIED: "denied", Modality.HYPOTHETICAL: "hypothetical", Modality.PLANNED: "planned"}
NOBODY = "by: cannot tell"  # where nobody is told as the actor
_CERTAINTIES = {Certainty.CERTAIN: "", Certainty.PROBABLE: "probable", Certainty.POSSIBLE: "possible"}


def many(number: int, one: str, several: str = "") -> str:
    """A number with its noun: "1 report", "2,000 reports"."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def act_words(claim: Claim) -> str:
    """What is claimed: "assault, aerial"."""
    kind = _ACTS.get(claim.act.type, claim.act.type.lower().replace("_", " "))
    return f"{kind}, {claim.act.mode.replace('-', ' ').replace('_', ' ')}" if claim.act.mode else kind


def how_sure(claim: Claim) -> str:
    """How the voice presents it: "told as done", "denied", "hypothetical, possible"; and if it is history."""
    parts = [_MODALITIES[claim.modality], _CERTAINTIES[claim.certainty], "background" if claim.historical else ""]
    return ", ".join(filter(None, parts))


def voice_words(voice: Voice) -> str:
    """One link of the chain: "the army (denied)"; plain "said" is left out."""
    return voice.name if voice.stance is Stance.SAID else f"{voice.name} ({_STANCES[voice.stance]})"


def chain_words(voices: tuple[Voice, ...]) -> str:
    """Who says so, innermost first, "via" those between; the outlet is named only where it speaks for itself."""
    innermost, *others = reversed(voices)
    return " via ".join([voice_words(innermost), *(voice.name for voice in others[:-1])])


def stance_words(stance: Stance) -> str:
    """A stance in plain words."""
    return _STANCES[stance]


def bounds_words(figure: Figure) -> str:
    """The bounds: "43 or more", "up to 210", "12 to 15", "about 4,300"."""
    low, high = figure.low, figure.high
    if low is None and high is None:
        return "number unknown"
    if low is None:
        words = f"up to {high:,}"
    elif high is None:
        words = f"{low:,} or more"
    else:
        words = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"about {words}" if figure.approximate else words


def figure_words(figure: Figure) -> str:
    """A figure in one line: "9 or more herders killed, total since 2024-01-01, denied"."""
    group = figure.group if figure.group and figure.group not in ("people", "persons") else "people"
    parts = [f"{bounds_words(figure)} {group} {figure.measure.value}" if figure.measure.value != "casualties" else f"{bounds_words(figure)} casualties"]
    if figure.scope is Scope.TOTAL:
        parts.append(f"total since {figure.since}" if figure.since else "total")
    if figure.change is Change.INCREMENT:
        parts.append("added")
    if figure.modality is not Modality.ACTUAL:
        parts.append(_MODALITIES[figure.modality])
    return ", ".join(parts)


def blame_words(claim: Claim) -> str:
    """Who is held responsible, how firmly: "accused by the Front"; empty where nobody says, or the voice merely states who did it."""
    responsibility = claim.responsibility
    if responsibility.status in (ResponsibilityStatus.UNKNOWN, ResponsibilityStatus.STATED):
        return ""
    by = f" by {responsibility.voices[-1].name}" if responsibility.voices else ""
    return f"responsibility {responsibility.status.value}{by}"


def why_words(claim: Claim) -> str:
    """Why it was coded so, and why it cannot be told who did it where nobody is told."""
    nobody = f"{NOBODY}: {claim.responsibility.reason}" if claim.responsibility.reason and not claim.roles.actor else ""
    return "; ".join(filter(None, (claim.reason or "no reason recorded", nobody)))


def victims_words(claim: Claim) -> str:
    """Who the harmed are said to be; empty where nobody says."""
    return "" if claim.victim_status is VictimStatus.UNKNOWN else f"victims: {claim.victim_status.value}"


def actor_words(target: ActorTarget) -> str:
    """Who, as judged: "Military Forces of Sudan, state force, Sudan"."""
    kind = "" if target.kind is ActorKind.UNKNOWN else target.kind.value.replace("_", " ")
    country = country_name(target.country)
    parts = [target.name, kind, "" if country and re.search(rf"\b{re.escape(country)}\b", target.name) else country]
    return ", ".join(filter(None, parts))


def place_words(span: Span, target: PlaceTarget | None) -> str:
    """Where, as judged, with how near: "near Wad Hassan, Kassala, Sudan"; the report's own words in quotation marks where it was not judged."""
    if target is None:
        return f'"{span.quote}"'
    near = "near " if target.precision is PlacePrecision.NEAR else ""
    named = ", ".join(dict.fromkeys(filter(None, (target.name, target.admin1, country_name(target.country)))))
    precision = _PRECISIONS[target.precision]
    return near + named + (f" ({precision})" if precision else "")


def time_words(span: Span, interval: Interval | None) -> str:
    """When, as judged: "2024-05-03", "2024-05-01 to 2024-05-07 (week)"; the report's own words in quotation marks where it was not judged."""
    if interval is None or not (interval.start or interval.end):
        return f'"{span.quote}"'
    if interval.start == interval.end:
        words = str(interval.start)
    elif not interval.start or not interval.end:
        words = f"since {interval.start}" if interval.start else f"until {interval.end}"
    else:
        words = f"{interval.start} to {interval.end}"
    about = [] if interval.precision in _PLAIN_TIMES else [interval.precision.value.replace("_", " ")]
    if interval.basis is not TimeBasis.STATED:
        about.append("inferred" if interval.basis is TimeBasis.INFERRED else "from the publication date")
    return f"{words} ({', '.join(about)})" if about else words


def target_words(span: Span, target: ActorTarget | PlaceTarget | Interval | None) -> str:
    """Whatever the words were judged to be, in a line."""
    if isinstance(target, ActorTarget):
        return actor_words(target)
    return place_words(span, target) if isinstance(target, PlaceTarget) else time_words(span, target)


def others(span: Span, resolution: Resolution) -> tuple[tuple[str, Candidate], ...]:
    """What else the words were thought to be, best first, each in a line; what was decided for is left out."""
    told = {target_words(span, candidate.target): candidate for candidate in reversed(resolution.candidates) if candidate.target != resolution.target}
    chosen = target_words(span, resolution.target) if resolution.target else None
    return tuple(sorted(((words, one) for words, one in told.items() if words != chosen), key=lambda other: -other[1].score))


@cache
def _countries() -> dict[str, str]:
    from sayso.gazetteers.places_rows import countries  # here: only a located place needs it

    return {row.code: row.name for row in countries() if row.code}


def country_name(code: str | None) -> str:
    """The name of a country by its ISO code; the code where it is not known; empty for none."""
    return _countries().get(code, code) if code else ""


_PRECISIONS = {
    PlacePrecision.SITE: "site", PlacePrecision.SETTLEMENT: "settlement", PlacePrecision.NEAR: "", PlacePrecision.ADMIN2: "district",
    PlacePrecision.ADMIN1: "province", PlacePrecision.REGION: "region", PlacePrecision.COUNTRY: "country", PlacePrecision.SEA: "sea",
}  # fmt: skip
_PLAIN_TIMES = frozenset((TimePrecision.DAY, TimePrecision.OPEN))


# Characters that act on their surroundings: controls, and those that embed, override or isolate direction.
STEERING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """The text on one line with steering characters as escapes: a report cannot steer a terminal or turn a line round."""
    return " ".join(STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text).split())
