"""Who is said to have done it, and who the harmed are said to be: by whom, how firmly, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.link.told import Party, ReviewStatus, Told
from sayso.link.voices_apart import Speakers, belongs_together, is_told_as_done, original_voice
from sayso.model import Claim
from sayso.model.words import Certainty, Modality, ResponsibilityStatus, VictimStatus, VoiceRelation

_MOST_BLAMED = 200  # different accounts of who did it to whom that are compared with each other
_FIRM = frozenset(
    {
        ResponsibilityStatus.CLAIMED,
        ResponsibilityStatus.ADMITTED,
        ResponsibilityStatus.ACCUSED,
        ResponsibilityStatus.SUSPECTED,
        ResponsibilityStatus.STATED,
    }
)


@dataclass(frozen=True, slots=True)
class Blame:
    """What one voice says of who did it."""

    voice: str
    who: tuple[str, ...]  # neutral names where they are known, else the words; empty where the voice does not say
    status: ResponsibilityStatus
    certainty: Certainty
    of_own_side: bool  # whether the voice speaks of its own side
    reason: str
    quotes: tuple[str, ...]
    documents: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatusTold:
    """What one voice says of who the harmed were."""

    voice: str
    status: VictimStatus
    accused_side: bool  # the word of the side said to have done it: context, not definitive
    claims: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhoDidIt:
    """Responsibility and victims' status as told by whom."""

    blames: tuple[Blame, ...]
    competing: tuple[tuple[str, str], ...]  # pairs of parties that are each said to have done it alone
    statuses: tuple[StatusTold, ...]
    status: VictimStatus  # contested where voices differ, whoever they are
    contested_by_others: bool  # whether they differ apart from the accused side's word


def who_did_it(told: Sequence[Told], accused: frozenset[str]) -> WhoDidIt:
    """Who is said to have done it and to whom; `accused` are the keys of all who are said to have. The order of `told` does not matter."""
    speakers = Speakers(one.report for one in told)
    kept = [one for one in told if one.status is not ReviewStatus.REJECTED and one.claim.modality in (Modality.ACTUAL, Modality.DENIED)]
    statuses = _statuses([one for one in kept if is_told_as_done(one)], speakers, accused)
    return WhoDidIt(
        _blames(kept, speakers),
        _competing([one for one in kept if is_told_as_done(one)]),
        statuses,
        _status(statuses),
        _status([one for one in statuses if not one.accused_side]) is VictimStatus.CONTESTED,
    )


def _blames(told: Sequence[Told], speakers: Speakers) -> tuple[Blame, ...]:
    found: dict[Blame, list[Told]] = {}
    for one in told:
        claim = one.claim
        speaker = speakers.speaker(one.report, claim.responsibility.voices or claim.voices)
        who = tuple(party.name for party in one.actors)
        own = original_voice(claim.voices).relation is VoiceRelation.ACCUSED_SIDE or any(party.keys & speaker.keys for party in one.actors)
        status, reason = _how(claim, own)
        found.setdefault(Blame(speaker.name, who, status, claim.certainty, own, reason, (), (), ()), []).append(one)
    blames = []
    for blame, ones in found.items():
        quotes = tuple(sorted({one.claim.trigger.quote for one in ones}))
        documents, claims = (tuple(sorted(ids)) for ids in ({one.report.document for one in ones}, {one.claim.id for one in ones}))
        blames.append(replace(blame, quotes=quotes, documents=documents, claims=claims))
    order = list(ResponsibilityStatus)
    return tuple(sorted(blames, key=lambda one: (order.index(one.status), one.voice, one.who, one.claims)))


def _how(claim: Claim, own: bool) -> tuple[ResponsibilityStatus, str]:
    """How firmly it is said, and why it is read so."""
    told = claim.responsibility
    if claim.modality is Modality.DENIED:
        return ResponsibilityStatus.DENIED, "the voice denies the act or the harm"
    if own and told.status is ResponsibilityStatus.STATED:
        if claim.victim_status is VictimStatus.COMBATANT:
            return ResponsibilityStatus.CLAIMED, "the voice tells of its own side's act against combatants"
        return ResponsibilityStatus.ADMITTED, "the voice tells of its own side's act"
    return told.status, told.reason


def _competing(told: Sequence[Told]) -> tuple[tuple[str, str], ...]:
    """The pairs of parties said to have done it where nothing shows that both did: not one side, and not each other's victims."""
    firm = sorted({(one.actors, one.recipients) for one in told if _sure(one.actors) and one.claim.responsibility.status in _FIRM}, key=repr)
    found = set()
    for index, (actors, recipients) in enumerate(firm[:_MOST_BLAMED]):
        for others, harmed in firm[index + 1 : _MOST_BLAMED]:
            # Two that fight each other have each done their own.
            fight = belongs_together(actors, harmed) or belongs_together(others, recipients)
            if not fight and not belongs_together(actors, others):
                first, second = sorted((actors[0].name, others[0].name))
                found.add((first, second))
    return tuple(sorted(found))


def _sure(actors: Sequence[Party]) -> bool:
    """Whether actors are known parties: words such as "aircraft" and "gunmen" may be one another's."""
    return any(party.listed or party.belongs for party in actors)


def _statuses(told: Sequence[Told], speakers: Speakers, accused: frozenset[str]) -> tuple[StatusTold, ...]:
    found: dict[tuple[str, VictimStatus, bool], tuple[set[str], set[str]]] = {}
    for one in told:
        speaker = speakers.speaker(one.report, one.claim.voices)
        relation = original_voice(one.claim.voices).relation
        harmed = relation is VoiceRelation.VICTIMS_SIDE or any(party.keys & speaker.keys for party in one.recipients)
        of_accused = relation is VoiceRelation.ACCUSED_SIDE or (not harmed and bool(speaker.keys & accused))
        stated = {one.claim.victim_status: ""} | {figure.status: figure.id for figure in one.figures if figure.high != 0}
        for status, figure in stated.items():
            if status is VictimStatus.UNKNOWN:
                continue
            claims, figures = found.setdefault((speaker.name, status, of_accused), (set(), set()))
            claims.add(one.claim.id)
            figures.update([figure] if figure else [])
    rows = [StatusTold(voice, status, side, tuple(sorted(c)), tuple(sorted(f))) for (voice, status, side), (c, f) in found.items()]
    return tuple(sorted(rows, key=lambda row: (row.status, row.voice, row.accused_side)))


def _status(told: Sequence[StatusTold]) -> VictimStatus:
    """What the voices together tell: contested where one tells only of civilians and another only of combatants."""
    by_voice: dict[str, set[VictimStatus]] = {}
    for row in told:
        by_voice.setdefault(row.voice, set()).add(row.status)
    only = [next(iter(statuses)) for statuses in by_voice.values() if len(statuses) == 1]
    if VictimStatus.CONTESTED in {row.status for row in told} or {VictimStatus.CIVILIAN, VictimStatus.COMBATANT} <= set(only):
        return VictimStatus.CONTESTED
    return only[0] if only and len(set(only)) == 1 and len(only) == len(by_voice) else VictimStatus.UNKNOWN
