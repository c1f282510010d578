"""Sub-event types, parties and sides of a row book, read strictly from their tables."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.codebooks.codebook import read_also
from sayso.codebooks.nodes import BookTable, out_of_order
from sayso.codebooks.row_book import NONE, SOMETHING, UNKNOWN, Party, RowType, SideLabel
from sayso.codebooks.row_rules import opened, read_kinds, read_parties, read_words
from sayso.errors import DataError

if TYPE_CHECKING:
    from sayso.model.words import ActorKind

_TARGETING = ("always", "civilians", "never")
_FIELD = re.compile(r"[a-z][a-z0-9_]*")
_TAKEN = frozenset({"event_type", "sub_event_type", "disorder_type", "civilian_targeting", "inter1", "inter2", "interaction"})  # fields that coding writes
_MOST_CODE = 9  # the number of an interaction is written with one digit a side


def read_types(table: BookTable, known: Mapping[str, frozenset[str]], labels: Sequence[str]) -> tuple[RowType, ...]:
    """The sub-event types; what stands at their event type holds for all of them."""
    found: list[RowType] = []
    for event_type in table.names():
        with table.noting():
            one = table.table(event_type)
            disorder, common = one.string("disorder_type", ""), _more(one, known, labels)
            subs = one.table("sub_events")
            if not subs.names():
                one.note(one.wrong("sub_events", "are missing: an event type has at least one"))
            for name in subs.names():
                _check_name(subs, name, found)
                made = RowType(name, event_type, disorder, "never", "", (), line=subs.line_of(name))  # what is wrong with it is told once
                with subs.noting():
                    made = replace(_type(subs.table(name), (name, event_type, disorder), common, (known, labels)), line=made.line)
                found.append(made)
            one.done()
    if not found:
        table.note(DataError(f"{table.path.name}: has no types: add at least one sub-event under types"))
    return tuple(found)


def _check_name(subs: BookTable, name: str, found: Sequence[RowType]) -> None:
    """Nothing; noted is a sub-event of a name that another event type has too, or that means that there is no row."""
    other = next((one for one in found if one.name == name), None)
    if other is not None:
        subs.note(subs.wrong(name, f"is a sub-event of {other.event_type!r} too: rename one"))
    if name == NONE:
        subs.note(subs.wrong(name, "says in rules that there is no row: use another name"))


# fields, also, actor_side, recipient_side, bystanders, two_sided
_More = tuple[dict[str, str], dict[str, tuple[str, ...]], dict[str, str], dict[str, str], frozenset[str], bool]
_Known = tuple[Mapping[str, frozenset[str]], Sequence[str]]  # parties by party or group; labels


def _type(table: BookTable, named: tuple[str, str, str], common: _More, told: _Known) -> RowType:
    name, event_type, disorder = named
    targeting = table.string("civilian_targeting", "never")
    if targeting not in _TARGETING:
        raise table.wrong("civilian_targeting", f"is {targeting!r}: use one of {', '.join(_TARGETING)}")
    own = _more(table, *told)
    made = RowType(
        name, event_type, table.string("disorder_type", disorder), targeting,
        table.string("definition"), table.strings("excludes"), tuple({**common[0], **own[0]}.items()), {**common[1], **own[1]},
        {**common[2], **own[2]}, {**common[3], **own[3]}, common[4] | own[4], common[5] or own[5], table.string("mutual", ""),
    )  # fmt: skip
    table.done()
    return made


def _more(table: BookTable, known: Mapping[str, frozenset[str]], labels: Sequence[str]) -> _More:
    """What a type or sub-event says of its rows beyond its name."""
    sides = [_labelled(table.table(key), known, labels) for key in ("actor_side", "recipient_side")]
    bystanders, two_sided = read_parties(table, "bystanders", known), table.flag("two_sided")
    return _fields(table.table("fields")), read_also(table.table("also")), sides[0], sides[1], bystanders, two_sided


def _fields(table: BookTable) -> dict[str, str]:
    """Further columns with their values."""
    found = {}
    for name in table.names():
        if not _FIELD.fullmatch(name) or name in _TAKEN:
            why = "is written by coding itself" if name in _TAKEN else "is no name of a column"
            raise table.wrong(name, f"{why}: use lower-case letters, digits and _, and none of {', '.join(sorted(_TAKEN))}")
        found[name] = table.string(name)
    return found


def _labelled(table: BookTable, known: Mapping[str, frozenset[str]], labels: Sequence[str]) -> dict[str, str]:
    """By party, the label of its side in rows of a type."""
    found: dict[str, str] = {}
    for name in table.names():
        parties, label = opened(table, name, [name], known), table.string(name)
        if label not in labels:
            raise table.wrong(name, f"is {label!r}, which is no label of sides: use {', '.join(labels) or 'labels of a list sides at the top of the book'}")
        found |= dict.fromkeys(sorted(parties), label)
    return found


def read_parties_table(table: BookTable, classes: Mapping[str, frozenset[str]]) -> tuple[Party, ...]:
    """Who or what roles may stand for."""
    found: list[Party] = []
    taken: dict[ActorKind, str] = {}
    for name in table.names():
        made = Party(name, frozenset(), frozenset(), thing=False)
        with table.noting():
            made = _party(table, name, classes, taken)
        found.append(made)
    return tuple(found)


def _party(table: BookTable, name: str, classes: Mapping[str, frozenset[str]], taken: "dict[ActorKind, str]") -> Party:
    if name in (UNKNOWN, SOMETHING):
        raise table.wrong(name, "is the party of roles of which nothing is known: use another name")
    one = table.table(name)
    kinds = read_kinds(one, "kinds")
    for kind in kinds:
        if kind in taken:
            raise one.wrong("kinds", f"holds {kind.value!r}, which the party {taken[kind]} has: keep one")
        taken[kind] = name
    made = Party(name, frozenset(kinds), read_words(one, "words", classes), one.flag("thing"), one.flag("owner"))
    one.done()
    return made


def read_groups(table: BookTable, parties: list[str], taken: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """Names that stand for several parties, with those taken from another book; one may hold those above it."""
    found = dict(taken)
    held = {name: table.peek(name) for name in table.names()}
    for name in table.names():
        with table.noting():
            misplaced = out_of_order(name, held, {*parties, *found})
            if misplaced is not None:
                raise table.wrong(name, misplaced)
            members = table.strings(name)
            odd = [member for member in members if member not in parties and member not in found]
            if odd or not members or name in parties:
                raise table.wrong(name, f"needs parties or groups above it; {odd[0] if odd else name!r} is none")
            found[name] = frozenset(party for member in members for party in found.get(member, frozenset({member})))
        found.setdefault(name, frozenset())
    return found


def read_sides(top: BookTable, known: Mapping[str, frozenset[str]], classes: Mapping[str, frozenset[str]]) -> tuple[SideLabel, ...]:
    """The labels of sides; the first that holds a party is its label."""
    tables = top.tables("sides")
    found: list[SideLabel] = []
    for table in tables:
        label = table.string("label")
        if any(label == other.label for other in found):
            raise table.wrong("label", f"{label!r} is there twice: keep one")
        code = table.integer("code") if "code" in table.names() else None
        if code is not None and (not 1 <= code <= _MOST_CODE or any(code == other.code for other in found)):
            raise table.wrong("code", f"is {code}: give each side another number from 1 to {_MOST_CODE}")
        parties, kinds = read_parties(table, "parties", known), frozenset(read_kinds(table, "kinds"))
        words = read_words(table, "words", classes)
        found.append(SideLabel(label, code, parties, kinds, table.string("abroad", ""), frozenset(table.strings("before")), words))
    labels = {one.label for one in found}
    for one, table in zip(found, tables, strict=True):
        odd = ({one.abroad} - {""} | one.before) - labels
        if odd:
            key = "abroad" if one.abroad in odd else "before"
            raise table.wrong(key, f"names {min(odd)!r}, which is no label of this list: use {', '.join(sorted(labels))}")
        table.done()
    if len({one.code is None for one in found}) > 1:
        raise top.wrong("sides", "has codes for some labels only: give all of them one, or none")
    return tuple(found)
