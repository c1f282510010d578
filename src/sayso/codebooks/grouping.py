"""Grouping: which claims of one happening make one row: those of the same actors and, where the book says so, of the same day."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sayso.codebooks.deciding import Coded
from sayso.codebooks.rows import ONE_A_DAY, RowBook

Days = tuple[str, str]


def groups(coded: Sequence[Coded], book: RowBook) -> list[tuple[list[Coded], Days | None]]:
    """The claims of each row, the one that names it first, with its days; the same whatever the order of the claims."""
    if len(coded) == 1:
        return [(list(coded), coded[0].facts.days)]
    rank = {name: place for place, name in enumerate(book.precedence)}
    order = sorted(coded, key=lambda one: _key(one, rank))
    found: list[list[Coded]] = []
    for one in order:
        same = [group for group in found if _same_place(group, one) and (_same_actors(group, one) or _retold(group, one, book))]
        group = next((group for group in same if book.days != ONE_A_DAY or _same_day(group, one)), same[0] if same else None)
        if group is None:
            found.append([one])
        else:
            group.append(one)
    found = [_most_told_first(group, rank) for group in found]
    rows = [row for group in found for row in (_by_day(group) if book.days == ONE_A_DAY else [(group, _span(group))])]
    return sorted(rows, key=lambda row: _key(row[0][0], rank)) if len(rows) > len(found) else rows


def _most_told_first(group: list[Coded], rank: dict[str, int]) -> list[Coded]:
    """The claims of a row; where reports name different parties, of those that name the row first the one whose parties most claims tell."""
    if len({one.facts.report for one in group}) == 1:
        return group
    highest = min(rank[one.sub_event or ""] for one in group)
    told = Counter(one.participants for one in group)
    return sorted(group, key=lambda one: (rank[one.sub_event or ""], -told[one.participants] if rank[one.sub_event or ""] == highest else 0))


def _key(one: Coded, rank: dict[str, int]) -> tuple[int, str, str, str]:
    """What a claim was coded as (last, where others say what it was), then what is told of it, then its id: no name moves the order."""
    facts = one.facts
    first = (facts.days, sorted(one.participants), facts.type, facts.mode, sorted(facts.trigger_words), facts.actor_kinds, facts.recipient_kinds)
    then = (facts.actor_homes, facts.recipient_homes, sorted(facts.recipient_words))
    return rank[one.sub_event or ""] + one.beside * len(rank), repr(first), repr(then), facts.claim


def _same_actors(group: Sequence[Coded], one: Coded) -> bool:
    """Whether the actors of a claim are among those of the group, or the group's among its own: who is unknown is taken for the same."""
    theirs = frozenset[str]().union(*(other.participants for other in group))
    if one.participants <= theirs or theirs <= one.participants:
        return True
    # One tells who did it, another to whom: "militiamen attacked a clinic", "two nurses were killed".
    acting = frozenset[str]().union(*(other.acting for other in group))
    own, suffering = one.participants - one.acting, theirs - acting
    if (not one.acting and not suffering) or (not own and not acting):
        return True
    # Nobody is told to have done it, and it is coded as the group is: the same act hit others too.
    return not one.acting and any(other.sub_event == one.sub_event for other in group)


def _same_place(group: Sequence[Coded], one: Coded) -> bool:
    """Whether nobody tells that they were at different places."""
    return one.facts.place is None or all(other.facts.place in (None, one.facts.place) for other in group)


def _retold(group: Sequence[Coded], one: Coded, book: RowBook) -> bool:
    """Whether a report tells, of the one happening that they were linked as, what other reports tell, but names others who did or suffered it.

    Sides disagree about that: it is one row with a disagreement, not two. Where they disagree about what sort of event it was, each has its row.
    """
    kinds = {book.type(other.sub_event or "").event_type for other in group}
    return all(other.facts.report != one.facts.report for other in group) and kinds == {book.type(one.sub_event or "").event_type}


def _same_day(group: Sequence[Coded], one: Coded) -> bool:
    """Whether the claim may be of a day of the group: neither tells one, or they share one."""
    days = one.facts.days
    told = [other.facts.days for other in group if other.facts.days is not None]
    return days is None or not told or any(first <= days[1] and days[0] <= last for first, last in told)


def _by_day(group: list[Coded]) -> list[tuple[list[Coded], Days | None]]:
    """A group as rows of a day each. What is told of a longer time joins a day within it, else is a row of its own; what tells no day joins most."""
    rows: dict[Days, list[Coded]] = {}
    for one in group:
        days = one.facts.days
        if days is not None and days[0] == days[1]:
            rows.setdefault(days, []).append(one)
    longer = [(one, one.facts.days) for one in group if one.facts.days is not None and one.facts.days[0] != one.facts.days[1]]
    for one, days in sorted(longer, key=lambda told: _length(told[1])):
        within = [known for known in rows if days[0] <= known[0] and known[1] <= days[1]]
        rows.setdefault(_most_told(within, rows) if within else days, []).append(one)
    undated = [one for one in group if one.facts.days is None]
    if not rows:
        return [(undated, None)]
    rows[_most_told(rows, rows)] += undated
    place = {id(one): at for at, one in enumerate(group)}
    return [(sorted(row, key=lambda one: place[id(one)]), days) for days, row in sorted(rows.items())]


def _length(days: Days) -> tuple[int, Days]:
    from datetime import date  # here: few claims are told of longer than a day

    return (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days, days


def _most_told(days: Iterable[Days], rows: dict[Days, list[Coded]]) -> Days:
    """The days that most claims tell; the earliest of several."""
    return min(days, key=lambda one: (-len(rows[one]), one))


def _span(group: Sequence[Coded]) -> Days | None:
    """From the first day that is told to the last."""
    told = [one.facts.days for one in group if one.facts.days is not None]
    return (min(first for first, _ in told), max(last for _, last in told)) if told else None
