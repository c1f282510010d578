"""When, where, how many, with what effect, how far and how firmly blamed: what a reading tells of one incident of a key."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.evaluate.muc_keys import Template
from sayso.evaluate.muc_phrases import folded, words_in
from sayso.evaluate.muc_roles import Report
from sayso.gazetteers.actors import actor_list
from sayso.model import Claim, Figure, Span
from sayso.model.resolution import Interval, PlaceTarget
from sayso.model.words import Measure, Modality, ResponsibilityStatus

ACCOMPLISHED, ATTEMPTED, THREATENED = "ACCOMPLISHED", "ATTEMPTED", "THREATENED"
DEATH, INJURY, UNHURT = "DEATH", "INJURY", "NO INJURY"
FACT, SUSPECTED, CLAIMED, POSSIBLE = "REPORTED AS FACT", "SUSPECTED OR ACCUSED", "CLAIMED OR ADMITTED", "POSSIBLE"

_KINDS = {
    "KIDNAPPING": ("abduct",),
    "BOMBING": ("explosives", "heavy-weapons", "aerial", "suicide-attack"),
    "ARSON": ("destroy",),
    "ATTACK": (None, "firearms", "targeted", "destroy", "beat", "torture", "heavy-weapons", "aerial"),
}
_DEADLY = re.compile(r"murder|assassinat|kill|death|\bdie|dead|slain|slay|execut|massacr|\bfell\b", re.IGNORECASE)
_HURT = re.compile(r"wound|injur|hurt|burned", re.IGNORECASE)
_TRIED = re.compile(r"\battempt|\btried\b|fail(?:ed|ure)|foiled|thwart|frustrat|defus|deactivat|unsuccessful|escaped|did not explode", re.IGNORECASE)
_CLAIMS = re.compile(
    r"(?:claim\w*|took|assum\w*|admit\w*|acknowledg\w*|accept\w*) (?:the )?(?:responsib|credit|author)|claimed (?:that )?(?:it|they)\b", re.IGNORECASE
)
_SUSPECTS = re.compile(
    r"accus|attribut|suspect|blam|alleg|presum|apparent|believe|implicat|held responsible|link|charg|\bpossibl|\bmay have|reportedly", re.IGNORECASE
)
_STATUS = {
    ResponsibilityStatus.CLAIMED: CLAIMED,
    ResponsibilityStatus.ADMITTED: CLAIMED,
    ResponsibilityStatus.ACCUSED: SUSPECTED,
    ResponsibilityStatus.SUSPECTED: SUSPECTED,
    ResponsibilityStatus.STATED: FACT,
}
_HARM = {Measure.KILLED: DEATH, Measure.INJURED: INJURY, Measure.ABDUCTED: UNHURT, Measure.DETAINED: UNHURT}
_LONGEST = 31  # days: a vaguer time is no answer


@dataclass(frozen=True, slots=True)
class Happening:
    """What of a reading answers to one incident of a key: the claim likeliest to tell of it, and those that the reading joins to it."""

    report: Report
    claim: Claim
    joined: Sequence[Claim]


def happening(report: Report, template: Template) -> Happening | None:
    """The claim that shares most with a key's incident: its fillers in the claim's sentence, and its kind; None where none shares anything."""
    wanted = [folded(string) for string in template.strings]
    best: tuple[int, Claim] | None = None
    for claim in _candidates(report):
        start, end = report.sentence(claim.trigger.start)
        words = f" {folded(report.text[start:end])} "
        score = 4 * sum(f" {one} " in words for one in wanted) + 2 * (claim.act.mode in _KINDS.get(template.type, (None,)))
        score += 3 * (claim.modality is Modality.ACTUAL)
        if score > 3 and (best is None or score > best[0]):
            best = score, claim
    if best is None:
        return None
    claims = {claim.id: claim for claim in report.reading.claims}
    joined = [claims[name] for one in report.reading.incidents if best[1].id in one.claims for name in one.claims if name in claims]
    return Happening(report, best[1], [best[1], *(claim for claim in joined if claim is not best[1])])


def _candidates(report: Report) -> Iterator[Claim]:
    yield from (claim for claim in report.reading.claims if claim.act.type in ("ASSAULT", "THREATEN", "COERCE") and claim.modality is not Modality.DENIED)


def told_day(told: Happening) -> tuple[date, date] | None:
    """The days on which it is told to have happened; the day of publication where no time is told."""
    spans = [claim.roles.time for claim in told.joined if claim.roles.time]
    for span in spans:
        for target in _targets(told.report, span):
            if isinstance(target, Interval) and target.start and target.end:
                first, last = date.fromisoformat(target.start[:10]), date.fromisoformat(target.end[:10])
                if (last - first).days <= _LONGEST:
                    return first, last
    published = told.report.reading.document.published
    return (date.fromisoformat(published[:10]),) * 2 if published else None


def told_country(told: Happening) -> str | None:
    """The country in which it is told to have happened: of its places, else the one most named in the report."""
    for claim in told.joined:
        for span in claim.roles.place:
            for target in _targets(told.report, span):
                if isinstance(target, PlaceTarget) and target.country:
                    return _country_name(target.country)
    named = [one.target.country for one in told.report.reading.resolutions if isinstance(one.target, PlaceTarget) and one.target.country]
    return _country_name(max(named, key=named.count)) if named else None


def _country_name(code: str) -> str | None:
    state = actor_list().state(code)
    return state.name.upper() if state else None


def _targets(report: Report, span: Span) -> Iterator[object]:
    named = {mention.id for mention in report.reading.mentions if (mention.span.start, mention.span.end) == (span.start, span.end)}
    yield from (one.target for one in report.reading.resolutions if one.mention in named and one.target is not None)


def told_stage(told: Happening) -> str:
    """How far it is told to have got."""
    claim, report = told.claim, told.report
    if claim.act.type == "THREATEN" or claim.modality in (Modality.PLANNED, Modality.HYPOTHETICAL):
        return THREATENED
    start, end = report.sentence(claim.trigger.start)
    tried = _TRIED.search(report.text[max(start, claim.trigger.start - 25) : min(end, claim.trigger.end + 25)])
    return ATTEMPTED if tried and not any(_DEADLY.search(report.words(one.trigger)) for one in told.joined) else ACCOMPLISHED


def told_number(report: Report, strings: Sequence[str]) -> tuple[int, int] | None:
    """How many the people of these words are told to be."""
    figure = _figure(report, strings)
    if figure is not None and (low := figure.point if figure.point is not None else figure.low) is not None:
        return low, figure.point if figure.point is not None else figure.high or low
    span = _harmed(report, strings)
    if span is None:
        return None
    return (2, 2) if _plural(report.words(span[1])) else (1, 1)


def told_effect(report: Report, strings: Sequence[str]) -> str | None:
    """What is told to have become of the people of these words."""
    found = _harmed(report, strings)
    if found is not None:
        claim, _ = found
        trigger = report.words(claim.trigger)
        if _DEADLY.search(trigger):
            return UNHURT if _TRIED.search(trigger) else DEATH
        if _HURT.search(trigger):
            return INJURY
    figure = _figure(report, strings)
    if figure is not None and figure.measure in _HARM:
        return _HARM[figure.measure]
    if found is None:
        return None
    start, end = report.sentence(found[0].trigger.start)
    if _DEADLY.search(report.text[start:end]):
        return DEATH
    return INJURY if _HURT.search(report.text[start:end]) else UNHURT


def _figure(report: Report, strings: Sequence[str]) -> Figure | None:
    """The figure that counts the people of these words."""
    for string in strings:
        wanted = folded(string)
        noun = wanted.split()[-1] if wanted else ""
        for figure in report.reading.figures:
            if figure.measure in _HARM and (wanted in folded(report.words(figure.span)) or (figure.group and noun in folded(figure.group).split())):
                return figure
    return None


def _harmed(report: Report, strings: Sequence[str]) -> tuple[Claim, Span] | None:
    """The claim whose recipient has these words, deadly ones first; else one in a sentence that has them."""
    found: list[tuple[int, Claim, Span]] = []
    for claim in report.told:
        for span in claim.roles.recipient:
            words = f" {folded(report.words(span))} "
            if any(f" {folded(one)} " in words or (len(one.split()) > 1 and f" {folded(one).split()[-1]} " in words) for one in strings):
                found.append((1 - bool(_DEADLY.search(report.words(claim.trigger))), claim, span))
    if not found:
        for claim in report.told:
            start, end = report.sentence(claim.trigger.start)
            small = report.text[start:end].lower()
            for one in strings:
                if (at := small.find(one.lower())) >= 0:
                    span = Span(claim.trigger.document, start + at, start + at + len(one), report.text[start + at : start + at + len(one)])
                    found.append((3 - bool(_DEADLY.search(report.words(claim.trigger))), claim, span))
    first = min(found, key=lambda one: one[0], default=None)
    return first[1:] if first else None


def _plural(phrase: str) -> bool:
    last = words_in(phrase)[-1][2] if words_in(phrase) else ""
    return last.islower() and (last.endswith(("s", "men")) or last in ("people", "children", "police"))


def told_blame(report: Report, strings: Sequence[str]) -> str | None:
    """How firmly the organisation of these words is blamed; None where it is not told to be behind any attack."""
    wanted = [folded(string) for string in strings]
    found = []
    for claim in report.told:
        start, end = report.sentence(claim.trigger.start)
        sentence = report.text[start:end]
        if not any(f" {one} " in f" {folded(sentence)} " for one in wanted):
            continue
        if _CLAIMS.search(sentence):
            return CLAIMED
        status = _STATUS.get(claim.responsibility.status)
        acts = any(f" {one} " in f" {folded(report.words(span))} " for one in wanted for span in claim.roles.actor)
        if acts and status:
            found.append(SUSPECTED if status == FACT and _SUSPECTS.search(sentence) else status)
        elif _SUSPECTS.search(sentence):
            found.append(SUSPECTED)
        else:
            found.append(FACT)
    if found:
        return max(found, key=found.count)
    # Named in the report, but with no attack: who reads it may connect them.
    return POSSIBLE if any(f" {one} " in f" {folded(report.text)} " for one in wanted) else None
