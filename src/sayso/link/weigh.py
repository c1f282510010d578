"""An incident's figures weighed by a named policy: voices side by side, and numbers derived from them that list what they rest on.

What holds for every policy: unknown is not zero; who denies an act gives no figure and lowers none; "no civilian" speaks of civilians only; totals are
never mixed with figures of an act, nor parts added to wholes; the word of the side said to have done it lowers no number, though what it concedes counts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sayso.link.responsibility import WhoDidIt, who_did_it
from sayso.link.told import Told, name_key
from sayso.link.voices_apart import Speakers, VoicesApart, voices_apart
from sayso.link.weigh_grades import Corroboration, Graded, corroboration_of, graded
from sayso.link.weigh_policies import ContestedStatus, Policy, Rule
from sayso.link.weigh_rows import Category, Incident, Population, Row, Standing, rows_of
from sayso.model.words import Measure

_MINIMUM_ZERO = "contested_status_minimum_zero"
_HIGHEST_OF_CONTESTED = "highest_of_contested"
_CONTESTABLE = (Population.CIVILIANS, Population.COMBATANTS)


@dataclass(frozen=True, slots=True)
class Derived:
    """One number given by a policy: never without the rule, the policy and the figures that it rests on."""

    name: str  # low, best, high or value
    value: int | None  # None is unknown, never zero
    rule: str
    policy: str  # name and version
    reason: str
    figures: tuple[str, ...]
    claims: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.value is not None and not self.figures:
            raise ValueError(f"the derived number {self.name} = {self.value!r} rests on no figure")


@dataclass(frozen=True, slots=True)
class Tally:
    """What is told of one measure and class: the rows that are weighed, those that are shown beside, and the numbers derived."""

    measure: Measure
    population: Population
    side: str  # whose combatants; empty where it is not told
    rows: tuple[Row, ...]
    beside: tuple[Row, ...]
    numbers: tuple[Derived, ...]
    n_independent: int
    corroboration: Corroboration

    def number(self, name: str) -> int | None:
        """The derived number of that name; None where it is unknown or not given by the policy."""
        return next((one.value for one in self.numbers if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Weighed:
    """An incident weighed: everything can be traced to claims, figures and voices."""

    policy: str  # name and version
    digest: str  # of the policy's content
    tallies: tuple[Tally, ...]
    totals: tuple[Row, ...]  # cover more than this act: never mixed with its figures
    left_out: tuple[Row, ...]  # rejected, planned, denied or part figures of no class that is weighed
    voices: VoicesApart
    who: WhoDidIt
    graded: Graded

    def tally(self, measure: Measure, population: Population = Population.PEOPLE, side: str = "") -> Tally | None:
        """The tally of that measure and class; None where nobody tells a number of it."""
        return next((one for one in self.tallies if (one.measure, one.population, one.side) == (measure, population, side)), None)


def weigh(told: Sequence[Told], policy: Policy) -> Weighed:
    """An incident's claims weighed by a policy; the order of `told` does not matter, and a claim given twice counts once."""
    told = tuple({one.claim.id: one for one in told}.values())
    incident = Incident.of(told, policy, Speakers(one.report for one in told))
    rows, numbers = rows_of(told, incident)
    who = who_did_it(told, incident.accused)
    counted = voices_apart(told, numbers)
    weighed = [row for row in rows if row.standing is Standing.WEIGHED]
    contested = who.contested_by_others and policy.contested_status is ContestedStatus.MINIMUM_ZERO
    tallies = _of_both_sides(_tallies(rows, policy), incident)
    tallies = _contested(tallies, weighed, policy) if contested else tallies
    shown = {row for tally in tallies for row in (*tally.rows, *tally.beside)}
    totals = tuple(row for row in rows if row.standing is Standing.TOTAL)
    rest = [row for row in rows if row not in shown and row.standing is not Standing.TOTAL]
    left_out = tuple(row if row.reason else replace(row, reason="a group that is no class of its own: counted among people only") for row in rest)
    return Weighed(policy.label, policy.digest, tallies, totals, left_out, counted, who, graded(told, rows, who, counted, policy))


def _tallies(rows: Sequence[Row], policy: Policy) -> tuple[Tally, ...]:
    found = []
    apart = [row for row in rows if row.standing is not Standing.TOTAL and row.population is not Population.OTHERS]
    classes = [row for row in apart if row.standing is Standing.WEIGHED and row.population is not Population.PEOPLE]
    for (measure, population, side), group in groupby(apart, key=lambda row: (row.measure, row.population, row.side)):
        own = list(group)
        weighed = tuple(row for row in own if row.standing is Standing.WEIGHED)
        beside = tuple(row for row in own if row.standing is not Standing.WEIGHED)
        pool = _pool(weighed, [row for row in classes if row.measure is measure])
        numbers = tuple(_derived(name, rule, (weighed, pool), policy) for name, rule in policy.numbers)
        units = len({row.unit for row in weighed})
        found.append(Tally(measure, population, side, weighed, beside, numbers, units, corroboration_of(weighed)))
    return tuple(found)


def _of_both_sides(tallies: tuple[Tally, ...], incident: Incident) -> tuple[Tally, ...]:
    """The tallies, with numbers of people that add up the fighters of sides that fought each other, where that is more than any one voice tells.

    The army tells the rebels' dead and the rebels the army's: nobody counts one man twice, and no voice tells them all. A number of all people stands.
    """
    found = []
    for tally in tallies:
        sides = [one for one in tallies if one.measure is tally.measure and one.side and any(number.value is not None for number in one.numbers)]
        stated = any(not row.classes and row.category is Category.REPORTED and row.low is not None for row in tally.rows)
        apart = len(sides) > 1 and all(incident.fought(one.side, other.side) for at, one in enumerate(sides) for other in sides[:at])
        if tally.population is not Population.PEOPLE or not apart or stated:
            found.append(tally)
            continue
        found.append(replace(tally, numbers=tuple(_added(one, sides) for one in tally.numbers)))
    return tuple(found)


def _added(number: Derived, sides: Sequence[Tally]) -> Derived:
    """The number, or that of all sides together where each tells one and it comes to more."""
    parts = [(side, one) for side in sides for one in side.numbers if one.name == number.name and one.value is not None]
    total = sum(one.value or 0 for _, one in parts)
    if len(parts) < len(sides) or (number.value is not None and total <= number.value):
        return number
    words = " and ".join(f"{one.value} of {side.side}" for side, one in parts)
    named = [tuple(sorted({item for _, one in parts for item in getattr(one, name)})) for name in ("figures", "claims")]
    return Derived(number.name, total, f"{number.rule}, sides added", number.policy, f"{words}: sides that fought each other, added", named[0], named[1])


def _pool(rows: Sequence[Row], classes: Sequence[Row]) -> tuple[Row, ...]:
    """The rows that may set a low or best number.

    Those not told by the side said to have done it; of numbers of people, those that count all people before those that add up classes.
    What that side concedes stands in where nobody else tells a number, and above a mere sum of classes: its highest, for its lower word lowers nothing.
    """
    others = [row for row in rows if row.category is Category.REPORTED and row.low is not None]
    conceded = _top([row for row in rows if row.category is Category.CONCEDED and row.low is not None])
    stated = [row for row in others if not row.classes]
    if stated:
        return tuple(stated)
    if not others:
        return tuple(conceded)
    # Sums over different classes are no rival accounts of one number: the class of which most are told sets it.
    by_class: dict[tuple[Population, str], int] = {}
    for row in classes:
        if row.category is Category.REPORTED and row.low is not None:
            key = (row.population, row.side)
            by_class[key] = min(row.low, by_class.get(key, row.low))
    chosen = max(by_class, key=lambda key: (by_class[key], key), default=None)
    figures = {figure for row in classes if (row.population, row.side) == chosen for figure in row.figures}
    sums = [row for row in others if figures & set(row.figures)] or others
    lowest = min(row.low for row in sums if row.low is not None)
    return tuple(conceded if conceded and (conceded[0].low or 0) > lowest else sums)


def _top(rows: Sequence[Row]) -> list[Row]:
    highest = max((row.low for row in rows if row.low is not None), default=0)
    return [row for row in rows if row.low == highest]


def _derived(name: str, rule: Rule, rows: tuple[Sequence[Row], Sequence[Row]], policy: Policy) -> Derived:
    """One number by one rule; unknown with the reason where no row tells it."""
    weighed, pool = rows
    if rule is Rule.HIGHEST:
        value, used, reason = _highest(weighed)
    elif not pool:
        value, used, reason = None, list(weighed), "no voice tells a lower bound" if weighed else "no voice gives a number that counts"
    elif rule is Rule.LOWEST:
        value = min(row.low for row in pool if row.low is not None)
        used, reason = [row for row in pool if row.low == value], "the lowest number told"
    elif rule is Rule.MEDIAN:
        value, used, reason = _median(pool)
    elif rule is Rule.PREFERRED:
        value, used, reason = _preferred(pool, policy)
    else:
        value, used, reason = _most_told(pool)
    if value is not None and used and all(row.category is Category.CONCEDED for row in used):
        reason += "; by the side said to have done it"
    if value is not None and used and all(row.basis.endswith(policy.table) and row.term for row in used):
        reason += f"; {used[0].term!r} counted by the table {policy.table!r}"
    return Derived(name, value, rule.value, policy.label, reason, _ids(used, "figures"), _ids(used, "claims"))


def _highest(rows: Sequence[Row]) -> tuple[int | None, list[Row], str]:
    closed = [row.high for row in rows if row.high is not None]
    top = max(closed, default=None)
    above = [row for row in rows if row.high is None and (top is None or (row.exact or 0) > top)]
    if above:
        return None, above, "unknown: told with no upper bound"
    if top is None:
        return None, [], "no voice gives a number that counts"
    return top, [row for row in rows if row.high == top], "the highest number told"


def _most_told(pool: Sequence[Row]) -> tuple[int | None, list[Row], str]:
    candidates = [row for row in pool if row.point is not None] or list(pool)
    by_value: dict[int, set[int]] = {}
    for row in candidates:
        if row.exact is not None:
            by_value.setdefault(row.exact, set()).add(row.unit)
    value = min(by_value, key=lambda one: (-len(by_value[one]), one))
    voices = len(by_value[value])
    reason = f"told by {voices} independent voices" if voices > 1 else "told by one voice"
    reason += "; no two voices agree on another" if voices == 1 and len(by_value) > 1 else ""
    return value, [row for row in candidates if row.exact == value], reason


def _median(pool: Sequence[Row]) -> tuple[int | None, list[Row], str]:
    """The lower median of the values, each independent voice once: the lowest of its own."""
    by_unit: dict[int, int] = {}
    for row in pool:
        if row.exact is not None:
            by_unit[row.unit] = min(row.exact, by_unit.get(row.unit, row.exact))
    values = sorted(by_unit.values())
    value = values[(len(values) - 1) // 2]
    return value, [row for row in pool if row.exact == value], f"the middle of {len(values)} voices" if len(values) > 1 else "told by one voice"


def _preferred(pool: Sequence[Row], policy: Policy) -> tuple[int | None, list[Row], str]:
    for name in policy.preferred:
        own = [row for row in pool if name_key(row.voice) == name_key(name) and row.exact is not None]
        if own:
            value = min(row.exact for row in own if row.exact is not None)
            return value, [row for row in own if row.exact == value], f"{own[0].voice} is the first preferred voice that tells a number"
    return None, list(pool), "none of the preferred voices tells a number"


def _contested(tallies: Sequence[Tally], weighed: Sequence[Row], policy: Policy) -> tuple[Tally, ...]:
    """The tallies with a minimum of zero for civilians and for combatants of each measure, as Airwars does where status is contested.

    A class that nobody counts takes its maximum from the other one, since it may be these very people.
    """
    found = {(tally.measure, tally.population, tally.side): tally for tally in tallies}
    positive = [row for row in weighed if row.high != 0 and row.population in (*_CONTESTABLE, Population.PEOPLE)]
    for measure in dict.fromkeys(row.measure for row in positive):
        counted = [row for row in positive if row.measure is measure]
        for population in _CONTESTABLE:
            own = [key for key in found if key[:2] == (measure, population)]
            for key in own or [(measure, population, "")]:
                tally = found.get(key) or Tally(measure, population, "", (), (), (), 0, Corroboration.CONTESTED)
                numbers = tuple(_contested_number(name, rule, tally, counted, policy) for name, rule in policy.numbers)
                found[key] = replace(tally, numbers=numbers, corroboration=Corroboration.CONTESTED)
    order = (list(Measure), list(Population))
    return tuple(sorted(found.values(), key=lambda one: (order[0].index(one.measure), order[1].index(one.population), one.side)))


def _contested_number(name: str, rule: Rule, tally: Tally, counted: Sequence[Row], policy: Policy) -> Derived:
    rows = [row for row in tally.rows if row.high != 0] or list(counted)
    if rule is Rule.HIGHEST:
        value, used, reason = _highest(rows)
        named = rule.value if tally.rows else _HIGHEST_OF_CONTESTED
        return Derived(name, value, named, policy.label, f"{reason}; status is contested", _ids(used, "figures"), _ids(used, "claims"))
    reason = "voices differ on whether the harmed were civilians, so none may have been of this class"
    return Derived(name, 0, _MINIMUM_ZERO, policy.label, reason, _ids(rows, "figures"), _ids(rows, "claims"))


def _ids(rows: Iterable[Row], name: str) -> tuple[str, ...]:
    counted = Counter(item for row in rows for item in getattr(row, name))
    return tuple(sorted(counted))
