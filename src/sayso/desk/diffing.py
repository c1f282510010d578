"""What a new reading of a document says differently from the one before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.errors import InputError
from sayso.model import Claim, Document, Figure, Reading
from sayso.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class ChangedClaim:
    """A claim that stands on the same words in both readings, and the fields that are told differently: (field, before, now)."""

    before: Claim
    now: Claim
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ReadingDiff:
    """Two readings of one document set side by side."""

    document: Document
    before: Reading
    now: Reading
    gone: tuple[Claim, ...]
    new: tuple[Claim, ...]
    changed: tuple[ChangedClaim, ...]
    same: int

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return not (self.gone or self.new or self.changed)


def diffs(ledger: Ledger, document: str | None = None) -> Iterator[ReadingDiff]:
    """The last two readings of each document that was read more than once, or of one document."""
    if document is not None and ledger.document(document) is None:
        raise InputError(f"there is no document {document!r} in the ledger: `sayso find --json` shows the ids of documents")
    for name in ledger.read_again() if document is None else (document,):
        readings = ledger.readings_of(name)
        if len(readings) > 1:
            yield compare(readings[-2], readings[-1])


def compare(before: Reading, now: Reading) -> ReadingDiff:
    """What `now` says differently: claims are matched by id, then by the words of their trigger and their act's type, then by those words alone."""
    left = list(before.claims)
    right = list(now.claims)
    pairs: list[tuple[Claim, Claim]] = []
    for key in (_identity, _words_and_type, _words):
        waiting: dict[object, list[Claim]] = {}
        for claim in left:
            waiting.setdefault(key(claim), []).append(claim)
        unmatched = []
        for claim in right:
            partners = waiting.get(key(claim))
            if partners:
                pairs.append((partners.pop(0), claim))
            else:
                unmatched.append(claim)
        left, right = [claim for claims in waiting.values() for claim in claims], unmatched
    figures = _figures(before), _figures(now)
    changed = [ChangedClaim(one, other, fields) for one, other in pairs if (fields := _fields(one, other, figures))]
    changed.sort(key=lambda change: change.now.trigger.start)
    return ReadingDiff(
        document=now.document,
        before=before,
        now=now,
        gone=tuple(sorted(left, key=lambda claim: claim.trigger.start)),
        new=tuple(sorted(right, key=lambda claim: claim.trigger.start)),
        changed=tuple(changed),
        same=len(pairs) - len(changed),
    )


def _identity(claim: Claim) -> object:
    return claim.id


def _words(claim: Claim) -> object:
    return (claim.trigger.start, claim.trigger.end)


def _words_and_type(claim: Claim) -> object:
    return (claim.trigger.start, claim.trigger.end, claim.act.type)


def _figures(reading: Reading) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in reading.figures:
        found.setdefault(figure.claim or "", []).append(figure)
    return found


def _fields(before: Claim, now: Claim, figures: tuple[dict[str, list[Figure]], dict[str, list[Figure]]]) -> tuple[tuple[str, str, str], ...]:
    sides = _told(before, figures[0].get(before.id, ())), _told(now, figures[1].get(now.id, ()))
    return tuple((name, one, other) for (name, one), (_, other) in zip(*sides, strict=True) if one != other)


def _told(claim: Claim, figures: Iterable[Figure]) -> list[tuple[str, str]]:
    roles = claim.roles
    spans = (("actor", roles.actor), ("recipient", roles.recipient), ("instrument", roles.instrument), ("place", roles.place))
    return [
        ("act", f"{claim.act.type}/{claim.act.mode}" if claim.act.mode else claim.act.type),
        ("modality", claim.modality.value),
        ("certainty", claim.certainty.value),
        ("voices", " › ".join(f"{voice.name} ({voice.stance.value})" for voice in claim.voices)),
        ("responsibility", claim.responsibility.status.value),
        ("victim status", claim.victim_status.value),
        *((name, "; ".join(span.quote for span in found)) for name, found in spans),
        ("time", roles.time.quote if roles.time else ""),
        ("figures", "; ".join(f"{one.measure.value} {_bound(one.low)}–{_bound(one.high)}: {one.span.quote}" for one in figures)),
    ]


def _bound(value: int | None) -> str:
    return "?" if value is None else str(value)
