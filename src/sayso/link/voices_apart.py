"""Independent original voices: who says it first-hand, and which of them are one (copies, one agency, one party).

After *Standards for Casualty Recording* (Every Casualty), p. 25: reports corroborate one another only where authors and primary sources differ.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sayso.link.told import Party, Report, ReviewStatus, Told
from sayso.model import Voice
from sayso.model.words import Modality, Stance, VoiceKind

_ASSERTS = frozenset(
    {
        Stance.SAID,
        Stance.DENIED,
        Stance.ACCUSED,
        Stance.CLAIMED_RESPONSIBILITY,
        Stance.BELIEVED,
        Stance.CONFIRMED,
        Stance.REPORTED,
        Stance.CONDEMNED,
        Stance.WARNED,
    }
)
_AUTHORITIES = (VoiceKind.STATE, VoiceKind.OFFICIAL)
_UNKNOWN_OUTLET = "unknown"

Moment = tuple[datetime, datetime]  # first and last instant that words may have been said; a day is all of it


@dataclass(frozen=True, slots=True)
class Speaker:
    """An original voice, as told apart from others."""

    name: str
    key: str  # one speaker, whoever passes its words on
    keys: frozenset[str]  # speakers that share one count once
    outlet: str
    named: bool
    kind: VoiceKind


@dataclass(frozen=True, slots=True)
class HeardVoice:
    """One voice as heard through one report or its copies: whether it counts, and if not, why."""

    voice: str
    kind: VoiceKind
    unit: int  # number of the independent voice that it belongs to, from 1
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    outlets: tuple[str, ...]
    counted: bool
    reason: str  # why it is not counted apart; empty where it is


@dataclass(frozen=True, slots=True)
class VoicesApart:
    """The voices that tell of an act as done, counted apart; those that deny it stand beside."""

    voices: tuple[HeardVoice, ...]
    denying: tuple[HeardVoice, ...]
    n_documents: int
    n_independent: int


class Speakers:
    """Tells who originally speaks in the reports of one incident."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._groups: dict[str, list[Report]] = {}
        for report in sorted({one.document: one for one in reports}.values(), key=_first_told):
            self._groups.setdefault(report.copy_group, []).append(report)

    def original(self, report: Report) -> Report:
        """The report whose words a copy reprints, or the earliest copy at hand."""
        group = self._groups.get(report.copy_group, [report])
        return next((one for one in group if one.document == report.copy_group), group[0])

    def moment(self, report: Report, voice: Voice) -> Moment | None:
        """When the words were said or first printed; None where it is not told."""
        return _moment(voice.spoke) or _moment(self.original(report).published)

    def speaker(self, report: Report, voices: Sequence[Voice]) -> Speaker:
        """The innermost voice that asserts; nobody in particular is heard as the unnamed voice of the outlet that heard it."""
        voice = original_voice(voices)
        first = self.original(report)
        outlet = first.outlet
        if voice.kind is VoiceKind.OUTLET:
            return Speaker(outlet.name, outlet.key, outlet.keys, outlet.key, True, voice.kind)
        party = report.party(voice)
        if party.named:
            # An authority of no known side, quoted in a party's own channel, is not shown to be another party.
            joined = first.speaks_for if voice.kind in _AUTHORITIES and not party.belongs else ()
            return Speaker(party.name, party.key, party.keys | set(joined), outlet.key, True, voice.kind)
        # With a blank line between them, no name can look like another voice's key.
        return Speaker(f"{party.name} ({outlet.name})", f"{outlet.key}\n\n{party.key}", outlet.keys | set(party.belongs), outlet.key, False, voice.kind)


def original_voice(voices: Sequence[Voice]) -> Voice:
    """The innermost voice of a chain that asserts; the innermost where none does."""
    return next((voice for voice in reversed(voices) if voice.stance in _ASSERTS), voices[-1])


def is_told_as_done(told: Told) -> bool:
    """Whether a claim tells of the act as done and reviewers did not reject it."""
    return told.claim.modality is Modality.ACTUAL and told.status is not ReviewStatus.REJECTED


def voices_apart(told: Sequence[Told], numbers: Mapping[str, int] | None = None) -> VoicesApart:
    """The voices of an incident, each with why it is or is not counted; the order of `told` does not matter.

    `numbers` are those of the independent voices by speaker, where they are known already.
    """
    speakers = Speakers(one.report for one in told)
    affirming = [one for one in told if is_told_as_done(one)]
    denying = [one for one in told if one.claim.modality is Modality.DENIED and one.status is not ReviewStatus.REJECTED]
    heard = _heard(affirming, speakers, numbers or {})
    documents = {one.report.document for one in affirming}
    return VoicesApart(heard, _heard(denying, speakers, {}), len(documents), sum(one.counted for one in heard))


def units(speakers: Sequence[Speaker]) -> dict[str, int]:
    """By speaker key the number of its independent voice, from 1: speakers that share a name, agency, side or outlet have one."""
    ordered = sorted({one.key: one for one in speakers}.values(), key=lambda one: one.key)
    belonging: dict[str, set[str]] = {}
    for one in speakers:
        belonging.setdefault(one.key, set()).update(one.keys)
    root: dict[str, str] = {}

    def find(key: str) -> str:
        while root.setdefault(key, key) != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for one in ordered:
        for key in sorted(belonging[one.key]):
            # "keys" and "speakers" share one table; a speaker hangs under what it belongs to.
            first, second = sorted((find(f"speaker {one.key}"), find(f"key {key}")))
            root[second] = first
    numbers: dict[str, int] = {}
    return {one.key: numbers.setdefault(find(f"speaker {one.key}"), len(numbers) + 1) for one in ordered}


def _heard(told: Sequence[Told], speakers: Speakers, numbers: Mapping[str, int]) -> tuple[HeardVoice, ...]:
    by_heard: dict[tuple[str, str], list[tuple[Told, Speaker]]] = {}
    for one in told:
        speaker = speakers.speaker(one.report, one.claim.voices)
        by_heard.setdefault((speaker.key, one.report.document), []).append((one, speaker))
    numbers = numbers or units([speaker for pairs in by_heard.values() for _, speaker in pairs])
    ordered = sorted(by_heard.values(), key=lambda pairs: (_first_told(pairs[0][0].report), pairs[0][1].key))
    first: dict[int, tuple[Report, Speaker]] = {}
    found = []
    for pairs in ordered:
        report, speaker = pairs[0][0].report, pairs[0][1]
        unit = numbers[speaker.key]
        counted = unit not in first
        reason = "" if counted else _why_not(report, speaker, first[unit], speakers)
        first.setdefault(unit, (report, speaker))
        claims = tuple(sorted(one.claim.id for one, _ in pairs))
        found.append(HeardVoice(speaker.name, speaker.kind, unit, claims, (report.document,), (report.outlet.name,), counted, reason))
    return tuple(found)


def _why_not(report: Report, speaker: Speaker, counted: tuple[Report, Speaker], speakers: Speakers) -> str:
    """Why a voice is not counted apart from the one that was heard first."""
    other_report, other = counted
    if report.copy_group == other_report.copy_group and report.document != other_report.document:
        return f"{report.outlet.name} reprints the words of {speakers.original(report).outlet.name}"
    if speaker.key == other.key == _UNKNOWN_OUTLET:
        return "no source is told, so nothing shows that it is another one"
    if speaker.key == other.key:
        return f"the same voice, {other.name}, told of before"
    if not speaker.named and speaker.outlet == other.outlet:
        return f"nobody in particular, heard only through {speakers.original(report).outlet.name}, which is counted already"
    shared = sorted(speaker.keys & other.keys)
    if shared:
        return f"one party with {other.name}: both belong to {_shown(shared[0])}"
    return f"one party with {other.name}, through voices that belong to both"


def _shown(key: str) -> str:
    kind, _, code = key.partition(" ")
    return f"the state {code.upper()}" if kind == "state" and len(code) == 2 else key


def _first_told(report: Report) -> tuple[bool, datetime, bool, str]:
    moment = _moment(report.published)
    return (moment is None, moment[0] if moment else datetime.max.replace(tzinfo=UTC), bool(report.original), report.document)


def _moment(text: str | None) -> Moment | None:
    """The instants that an ISO date or time may mean; None for what is neither."""
    if not text:
        return None
    try:
        if len(text) <= 10:
            start = datetime.combine(date.fromisoformat(text), time.min, UTC)
            return start, start + timedelta(days=1) - timedelta(microseconds=1)
        told = datetime.fromisoformat(text)
    except ValueError:
        return _moment(text[:10]) if len(text) > 10 else None
    told = told if told.tzinfo else told.replace(tzinfo=UTC)
    try:
        return (told.astimezone(UTC),) * 2
    except OverflowError:
        return _moment(text[:10])


def belongs_together(first: Iterable[Party], second: Iterable[Party]) -> bool:
    """Whether two groups of parties have one in common, or two on one side."""
    return bool({key for one in first for key in one.keys} & {key for one in second for key in one.keys})
