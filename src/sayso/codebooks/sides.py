"""Sides: who stands against whom in a row, each side with the book's label, and the words that books make of two labels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.codebooks.deciding import Coded, is_said, parties_of, party_of_kind, things_of
from sayso.codebooks.rows import SOMETHING, UNKNOWN, RowBook, RowType, SideLabel
from sayso.model import Participant, Side
from sayso.model.words import ActorKind

_ACTOR, _RECIPIENT = "actor", "recipient"
_TARGET = "civilians"  # the party of whom civilian targeting tells
_AGAINST = frozenset(("PROTEST", mode) for mode in (None, "demo", "strike", "hunger", "boycott", "obstruct"))
_SAME_ACTOR = 4  # how much more it tells that two are the same actor than that they are of one party


@dataclass(frozen=True, slots=True)
class _Someone:
    """One who took part, as one claim tells it."""

    at: Participant
    party: str
    kind: ActorKind
    words: frozenset[str]
    home: bool | None
    mark: object  # the same for the same actor; of its own where that is not known


_Camp = list[_Someone]


def sides_of(group: Sequence[Coded], row: RowType, book: RowBook, targeted: bool) -> tuple[Side, ...]:
    """The one or two sides of a row, who acted first; a target of civilians is always the second. () where nobody is told and the book names nobody."""
    camps = _camps(group, row, book)
    first, second = _targeted(camps, group[0]) if targeted else _in_order(camps, row, book)
    made = _side(first, (row, _ACTOR, targeted), book), _side(second, (row, _RECIPIENT, targeted), book)
    if targeted and not made[1].label:
        civilians = _label_of(_TARGET, ActorKind.CIVILIANS, book)
        made = made[0], Side(row.recipient_side.get(_TARGET) or (civilians.label if civilians else ""), made[1].participants)
    elif not second:
        made = made[0], Side(made[0].label if first and _both(group[0], first[0], book) else made[1].label if made[1].label != made[0].label else "")
    known = [bool(side.label or side.participants) for side in made]
    return made if known[1] or (known[0] and row.two_sided) else made[:1] if known[0] else ()


def _both(lead: Coded, one: _Someone, book: RowBook) -> bool:
    """Whether the words for one who fights are of both sides: "two rival bands fought"."""
    return lead.two_sided and len(lead.facts.actor_kinds) == 1 and is_said(book.classes.get("rivals", frozenset()), one.words | lead.facts.actor_words)


def both_act(group: Sequence[Coded], row: RowType, book: RowBook) -> bool:
    """Whether each side is told to have acted on the other."""
    return len(group) > 1 and _mutual(_camps(group, row, book))


def _mutual(camps: tuple[_Camp, _Camp]) -> bool:
    return all(any(one.at.role == _ACTOR for one in camp) for camp in camps)


def _camps(group: Sequence[Coded], row: RowType, book: RowBook) -> tuple[_Camp, _Camp]:
    """Everybody on one of two sides: first the one that acts in the claim that tells most."""
    if len(group) == 1:
        return _apart(group[0], row, book)
    camps: tuple[_Camp, _Camp] = ([], [])
    told = [_apart(one, row, book) for one in group]
    for pair in sorted(told, key=lambda pair: not (pair[0] and pair[1])):  # those that tell both sides say which is which; the sort keeps the order
        turned = _fit(pair[1], camps[0]) + _fit(pair[0], camps[1]) > _fit(pair[0], camps[0]) + _fit(pair[1], camps[1])
        for camp, more in zip(camps, reversed(pair) if turned else pair, strict=True):
            camp.extend(more)
    return camps


def _apart(one: Coded, row: RowType, book: RowBook) -> tuple[_Camp, _Camp]:
    """Who acts and who is acted on in one claim; of a two-sided act, the first actor's side and the other."""
    actors, recipients = _told(one, _ACTOR, row, book), _told(one, _RECIPIENT, row, book) if _acts_on(one) else []
    fighting = actors or recipients  # "two soldiers and five rebels died in a gun battle": who suffered fought
    if (actors and recipients) or not one.two_sided or len(fighting) < 2:
        return actors, recipients
    lead, role = fighting[0], fighting[0].at.role
    named = _label(lead, row, book, role)
    tests = (lambda other: other.party == lead.party, lambda other: _label(other, row, book, role) == named, lambda other: other.mark == lead.mark)
    for same in tests[: 3 if actors else 1]:
        others = [other for other in fighting if not same(other)]
        if others:
            return [other for other in fighting if same(other)], others
    return actors, recipients


def _acts_on(one: Coded) -> bool:
    """Whether the recipient is acted on: not so those against whom people march, or the forces that are moved."""
    return (one.facts.type, one.facts.mode) not in _AGAINST and one.facts.type != "MOBILIZE"


def _told(one: Coded, role: str, row: RowType, book: RowBook) -> _Camp:
    """The people told in a role; things only where they stand for whose they are."""
    found = []
    for part, kind, home in one.facts.parts(role):
        party = _party(part.words, kind, book)
        if party in things_of(book):
            if part.owner is None or party not in owned_things(book) or part.owner not in party_of_kind(book):
                continue
            kind, party = part.owner, party_of_kind(book)[part.owner]
        if part.told and party not in row.bystanders:
            mark = part.mark if part.mark is not None else (one.facts.claim, role, part.number)
            found.append(_Someone(Participant(one.facts.claim, role, part.number), party, kind, part.words, home, mark))
    return found


def _party(words: frozenset[str], kind: ActorKind, book: RowBook) -> str:
    """The one party of somebody: by kind, else people by nouns, else a thing, else `something`."""
    known = party_of_kind(book).get(kind)
    if known is not None:
        return known
    found = parties_of((kind,), words, book)
    ordered = [party.name for party in sorted(book.parties, key=lambda party: party.thing) if party.name in found]
    return ordered[0] if ordered else SOMETHING


@lru_cache(maxsize=64)
def owned_things(book: RowBook) -> frozenset[str]:
    """The parties that are things and stand for whose they are."""
    return frozenset(party.name for party in book.parties if party.owner)


def _fit(these: Iterable[_Someone], camp: _Camp) -> int:
    """How much tells that these are of a side: the same actors, the same parties."""
    marks, parties = {one.mark for one in camp}, {one.party for one in camp} - {SOMETHING}
    return sum(_SAME_ACTOR * (one.mark in marks) + (one.party in parties) for one in these)


def _targeted(camps: tuple[_Camp, _Camp], lead: Coded) -> tuple[_Camp, _Camp]:
    """The side that acts first, and who is its target by the claim that names the row."""
    told = [[one.at.role == _ACTOR for one in camp if one.at.claim == lead.facts.claim] for camp in camps]
    return (camps[1], camps[0]) if True in told[1] or False in told[0] else camps


def _in_order(camps: tuple[_Camp, _Camp], row: RowType, book: RowBook) -> tuple[_Camp, _Camp]:
    """The side that acts more first. Where both act, the smaller code first: the order then has no meaning."""
    acts = [sum(1 if one.at.role == _ACTOR else -1 for one in camp) for camp in camps]
    if _mutual(camps):
        codes = [_code(_label((lead := _ordered(camp, book, None)[0]), row, book, lead.at.role), book) for camp in camps]
        return camps if codes[0] <= codes[1] else (camps[1], camps[0])
    return camps if acts[0] >= acts[1] else (camps[1], camps[0])


def _code(label: str, book: RowBook) -> tuple[int, str]:
    known = book.side(label)
    return (known.code or 0 if known else 99), label


def _side(camp: _Camp, of: tuple[RowType, str, bool], book: RowBook) -> Side:
    """A side with its label; where nobody is told, what the book calls them."""
    row, role, targeted = of
    if not camp:
        return Side((row.actor_side if role == _ACTOR else row.recipient_side).get(UNKNOWN, ""))
    ordered = _ordered(camp, book, targeted if role == _RECIPIENT else None)
    return Side(_label(ordered[0], row, book, role if targeted else ordered[0].at.role), tuple(one.at for one in ordered))


def _ordered(camp: _Camp, book: RowBook, targeted: bool | None) -> _Camp:
    """The leading one first, with all that is told of it: the most told, the first of several.

    Of those who are acted on, the unarmed lead where they are the target, and stand behind the armed where they are not.
    """
    if len(camp) == 1:
        return camp
    unarmed = book.groups.get("unarmed", frozenset())
    claims: dict[object, set[str]] = {}
    first: dict[object, int] = {}
    for at, one in enumerate(camp):
        claims.setdefault(one.mark, set()).add(one.at.claim)
        first.setdefault(one.mark, at)
    def place(one: _Someone) -> tuple[bool, bool, int, int]:
        behind = targeted is not None and (one.party in unarmed) is not targeted
        return behind, one.party == SOMETHING, -len(claims[one.mark]), first[one.mark]

    return sorted(camp, key=place)


def _label(one: _Someone, row: RowType, book: RowBook, role: str) -> str:
    """The label of the side of somebody in a role: the row's own for its party, else the book's for its kind, which may be another abroad."""
    own = (row.actor_side if role == _ACTOR else row.recipient_side).get(one.party)
    if own is not None:
        return own
    called = next((side.label for side in _called(book) if one.party in book.groups.get("armed", ()) and is_said(side.words, one.words)), None)
    if called is not None:
        return called
    found = _label_of(one.party, one.kind, book)
    return "" if found is None else found.abroad if found.abroad and one.home is False else found.label


@lru_cache(maxsize=64)
def _called(book: RowBook) -> tuple[SideLabel, ...]:
    """The labels that go by words, in the order of the book."""
    return tuple(side for side in book.sides if side.words)


@lru_cache(maxsize=512)
def _label_of(party: str, kind: ActorKind, book: RowBook) -> SideLabel | None:
    return next((side for side in book.sides if party in side.parties and (not side.kinds or kind in side.kinds)), None)


def interaction(first: str, second: str, book: RowBook) -> str:
    """What a book writes for two sides, in either order: "State forces-Rebel group", "Protesters only"; "" where it is not known who one of them is.

    The smaller code stands first, but for labels that the book puts before others.
    """
    labels = _pair(first, second, book)
    return "-".join(side.label for side in labels) if len(labels) == 2 else f"{labels[0].label} only" if labels else ""


def interaction_code(first: str, second: str, book: RowBook) -> int | None:
    """The number of old for two sides: both codes, the smaller first, or one and 0; None where it is not known who one of them is."""
    labels = _pair(first, second, book)
    codes = sorted(side.code for side in labels if side.code is not None)
    if not codes or len(codes) < len(labels):
        return None
    return codes[0] * 10 + (codes[1] if len(codes) == 2 else 0)


def _pair(first: str, second: str, book: RowBook) -> list[SideLabel]:
    """The labels in the order of the book; none where one that is told is unknown to it, or the first is not told."""
    told = [book.side(label) for label in (first, second) if label]
    known = [side for side in told if side is not None]
    if not first or len(known) < len(told):
        return []
    known.sort(key=lambda side: side.code or 0)
    return known[::-1] if len(known) == 2 and known[0].label in known[1].before else known
