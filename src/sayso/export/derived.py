"""Numbers and codes as the layouts of ACLED and UCDP need them, each with the name of the rule that gives it (design: `standards.md` 1.1, 1.4, 2.1, 8.3).

Inside sayso unknown is not zero. A layout that has no unknown gets the number that its own rules ask for, and the row says by which rule.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sayso.export.day_split import day_split
from sayso.export.row_facts import RowFacts
from sayso.export.row_where_when import width
from sayso.link.told import Told, name_key
from sayso.link.weigh import Tally, Weighed, weigh
from sayso.link.weigh_rows import Category, Population, Row
from sayso.model import Figure, Interval
from sayso.model.words import Measure, PlacePrecision, TimeBasis, TimePrecision

NO_NUMBER = "acled no number is 0"
ONLY_CASUALTIES = "acled only casualties is 0"
SPLIT = "multi-day split"
BOMBER = "acled suicide bomber counted"
NO_LOWER_BOUND = "no lower bound told is 0"
KILLED_WITHOUT_NUMBER = "ucdp deaths without a number count as one"
OPEN_HIGH = "ucdp no upper bound: the highest number told"
ONE_SIDED_DEAD = "ucdp one-sided violence: the dead are civilians"
CAPPED = "ucdp deaths by side capped at best"
_BOMBERS = frozenset(("bomber", "bombers"))
_ONESELF = frozenset(("himself", "herself", "themselves"))
_SUICIDE = "suicide-attack"
_MOST_DAYS = {1: 1, 2: 7, 3: 31}  # by ACLED's time precision


@dataclass(frozen=True, slots=True)
class DerivedNumber:
    """A number as a layout writes it: never without the rules that gave it."""

    name: str
    value: int
    rules: tuple[str, ...]
    reason: str
    figures: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DerivedDeaths:
    """UCDP's numbers of a row: low ≤ best ≤ high, and the four parts, which add up to best."""

    low: int
    best: int
    high: int
    deaths_a: int
    deaths_b: int
    deaths_civilians: int
    deaths_unknown: int
    rules: tuple[str, ...]


def acled_fatalities(facts: RowFacts) -> DerivedNumber:
    """The lowest credible number told, as ACLED writes it: 0 where no number is told, a share where one total covers the days of several rows."""
    split = day_split(facts)
    found = _lowest(facts, split.told)
    if split.days < 2 or not found.figures:
        return found
    share, rest = divmod(found.value, split.days)
    reason = f"{found.value} told of {split.days} days together, divided evenly, the remainder on the first; {found.reason}"
    return replace(found, value=share + (rest if split.first else 0), rules=(*found.rules, SPLIT), reason=reason)


def _lowest(facts: RowFacts, counted: Sequence[Told]) -> DerivedNumber:
    """The lowest number that these claims tell."""
    told, bombers = _without_bombers(counted)
    weighed = facts.weighed if told == facts.told else weigh(told, facts.policy)
    more = max([one.low or 1 for one in bombers] + [1 for one in counted if _blew_up(one)], default=0)
    if any(_is_bomber(figure, part=True) for one in counted for figure in one.figures):
        more = 0  # the dead are told to include them
    tally = weighed.tally(Measure.KILLED)
    low = _number(tally, ("value", "low", "best"))
    if tally is None or low is None:
        found = _no_number(facts, weighed, tally)
    else:
        by = next(one for one in tally.numbers if one.value == low)
        rules = (f"{by.rule} ({by.policy})", *vague_rules(tally, by.figures))
        found = DerivedNumber("fatalities", low, rules, by.reason, by.figures, by.claims)
    if not more:
        return found
    rules = tuple(rule for rule in found.rules if rule not in (NO_NUMBER, ONLY_CASUALTIES))
    return replace(
        found,
        value=found.value + more,
        rules=(*rules, BOMBER),
        reason=f"{found.reason}; {more} suicide bomber{'s' * (more > 1)} told dead beside it",
        figures=tuple(sorted({*found.figures, *(one.id for one in bombers)})),
    )


def _no_number(facts: RowFacts, weighed: Weighed, tally: Tally | None) -> DerivedNumber:
    """What is written where no lowest number is told."""
    if tally is not None and tally.rows:
        figures = tuple(sorted({name for row in tally.rows for name in row.figures}))
        return DerivedNumber("fatalities", 0, (NO_LOWER_BOUND,), "only an upper bound is told", figures)
    unknown = facts.policy.export_unknown(war_zone=False) if tally is None and tells_killing(facts) else None
    if unknown is not None:
        return DerivedNumber("fatalities", unknown[0], (unknown[1],), "people are told to have been killed, and no number is")
    if weighed.tally(Measure.CASUALTIES) is not None:
        return DerivedNumber("fatalities", 0, (ONLY_CASUALTIES,), "only casualties are told: how many died is unknown")
    if any(row.measure is Measure.KILLED for row in weighed.totals):
        return DerivedNumber("fatalities", 0, (NO_NUMBER,), "only totals that may cover more than this event are told: how many died in it is unknown")
    return DerivedNumber("fatalities", 0, (NO_NUMBER,), "nobody is told to have been killed: unknown, which this layout writes as 0")


def _without_bombers(told: Sequence[Told]) -> tuple[tuple[Told, ...], tuple[Figure, ...]]:
    """The claims without the figures that count a suicide bomber beside the others, and these figures: one of each size."""
    kept, bombers = [], {}
    for one in told:
        own = [figure for figure in one.figures if _is_bomber(figure)]
        kept.append(replace(one, figures=tuple(figure for figure in one.figures if figure not in own)) if own else one)
        bombers.update({figure.low or 1: figure for figure in own})
    highest = max(bombers, default=0)
    return tuple(kept), (bombers[highest],) if bombers else ()


def _blew_up(told: Told) -> bool:
    """Whether the act killed whoever did it: "killing himself and four soldiers", "a suicide bomber struck"."""
    claim = told.claim
    if claim.act.mode != _SUICIDE:
        return False
    quotes = [claim.trigger.quote, *(span.quote for span in (*claim.roles.actor, *claim.roles.recipient))]
    return any(not (_ONESELF | _BOMBERS).isdisjoint(quote.casefold().split()) for quote in quotes)


def _is_bomber(figure: Figure, part: bool = False) -> bool:
    """Whether a figure counts a bomber: beside the others, or as a part of them ("nine people, including the bomber")."""
    words = (figure.group or figure.span.quote).casefold().split()
    return figure.measure is Measure.KILLED and (figure.part_of is not None) is part and not _BOMBERS.isdisjoint(words)


def tells_killing(facts: RowFacts) -> bool:
    """Whether a claim's trigger says that people were killed, though no figure counts them."""
    from sayso.languages.pack import load_pack  # here: only rows without any figure need it

    for one in facts.told:
        language = (facts.subject.lookup(one).reading.document.language or "en").split("-")[0]
        words = load_pack(language).harm.measures[Measure.KILLED]
        told = set(one.claim.trigger.quote.casefold().replace("-", " ").split())
        if one.claim.roles.recipient and told & (words.words | words.counted | words.object):
            return True
    return False


def _number(tally: Tally | None, names: Sequence[str]) -> int | None:
    """The first of these numbers that the policy gives."""
    return next((value for name in names if tally is not None and (value := tally.number(name)) is not None), None)


def vague_rules(tally: Tally, figures: Iterable[str]) -> tuple[str, ...]:
    """The tables by which vague words among these figures were counted: "vague words: acled"."""
    used = frozenset(figures)
    tables = {row.basis.split()[-1] for row in tally.rows if row.term and "convention" in row.basis and not used.isdisjoint(row.figures)}
    return tuple(f"vague words: {name}" for name in sorted(tables))


def ucdp_deaths(facts: RowFacts) -> DerivedDeaths | None:
    """Low, best and high, and whose the dead are told to have been; None where nobody is told to have been killed."""
    tally = facts.weighed.tally(Measure.KILLED)
    low, best, high = (_number(tally, names) for names in (("low", "value", "best"), ("best", "value", "low"), ("high", "value")))
    if tally is None or not tally.rows:
        return DerivedDeaths(1, 1, 1, 0, 0, 0, 1, (KILLED_WITHOUT_NUMBER,)) if tally is None and tells_killing(facts) else None
    rules = [f"{one.name}: {one.rule} ({one.policy})" for one in tally.numbers if one.value is not None]
    rules += vague_rules(tally, [name for row in tally.rows for name in row.figures])
    if low is None:
        low = 0
        rules.append(NO_LOWER_BOUND)
    best = low if best is None else max(best, low)
    if high is None or _is_open(tally):
        high = max([row.exact for row in tally.rows if row.exact is not None] + [row.high for row in tally.rows if row.high is not None] + [best])
        rules.append(OPEN_HIGH)
    high = max(high, best)
    if high == 0:
        return None
    parts, capped = _parts(facts, best)
    return DerivedDeaths(low, best, high, *parts, tuple(dict.fromkeys((*rules, *((CAPPED,) if capped else ())))))


def one_sided(deaths: DerivedDeaths) -> DerivedDeaths:
    """The deaths of one-sided violence: those of whom nothing is told are the civilians against whom it was (standards 2.1)."""
    if not deaths.deaths_unknown:
        return deaths
    civilians = deaths.deaths_civilians + deaths.deaths_unknown
    return replace(deaths, deaths_civilians=civilians, deaths_unknown=0, rules=(*deaths.rules, ONE_SIDED_DEAD))


def _is_open(tally: Tally) -> bool:
    """Whether the policy derives a highest number and finds none, since somebody tells of more than any bound."""
    return any(one.name == "high" and one.value is None for one in tally.numbers)


def _parts(facts: RowFacts, best: int) -> tuple[tuple[int, int, int, int], bool]:
    """The dead of side a, of side b, civilians, and the rest; whether a part was more than what was left of best."""
    sides = [frozenset(name_key(words) for actor in side.actors for words in (actor.name, *actor.as_written)) for side in (facts.first, facts.second)]
    asked = [0, 0, 0]
    for tally in facts.weighed.tallies:
        number = _number(tally, ("best", "value", "low"))
        if tally.measure is not Measure.KILLED or number is None:
            continue
        if tally.population is Population.CIVILIANS:
            asked[2] += number
        elif tally.population is Population.COMBATANTS and tally.side:
            for which, names in enumerate(sides):
                if name_key(tally.side) in names and name_key(tally.side) not in sides[1 - which]:
                    asked[which] += number
    left, found = best, [0, 0, 0]
    for which in (2, 0, 1):
        found[which] = min(asked[which], left)
        left -= found[which]
    return (found[0], found[1], found[2], left), found != asked


def acled_time(interval: Interval | None) -> tuple[str, int] | None:
    """The day that ACLED's layout gives and its precision: 1 the day, 2 within a week (its middle), 3 within a month; None where it is vaguer."""
    if interval is None or interval.start is None or interval.end is None:
        return None
    days = width(interval)
    if interval.basis is TimeBasis.PUBLICATION:
        return interval.start, 2  # the report tells no day: about when it was published
    if days == 1 or (interval.precision is TimePrecision.PART_OF_DAY and days == 2):
        return interval.start, 1
    if days <= _MOST_DAYS[2] and interval.precision is not TimePrecision.MONTH:
        return _middle(interval), 2
    if days > _MOST_DAYS[3]:
        return None
    if interval.precision is TimePrecision.MONTH:
        return _of_month(interval), 3
    return _middle(interval), 3


def _of_month(interval: Interval) -> str:
    """The first day of a month's beginning, the last day of its end, else the middle."""
    start, end = date.fromisoformat(interval.start or ""), date.fromisoformat(interval.end or "")
    last = (end + timedelta(days=1)).day == 1
    if (start.day == 1) == last:
        return _middle(interval)
    return start.isoformat() if start.day == 1 else end.isoformat()


def _middle(interval: Interval) -> str:
    start = date.fromisoformat(interval.start or "")
    return (start + timedelta(days=(width(interval) - 1) // 2)).isoformat()


def acled_geo(precision: PlacePrecision) -> int | None:
    """ACLED's geo_precision; None for a whole country, of which its layout holds no rows."""
    return _ACLED_GEO[precision]


def ucdp_where(precision: PlacePrecision) -> int:
    """UCDP's where_prec."""
    return _UCDP_WHERE[precision]


def ucdp_date(interval: Interval) -> int:
    """UCDP's date_prec: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 more."""
    if interval.basis is TimeBasis.PUBLICATION:
        return 2
    days = width(interval)
    if days == 1:
        return 1
    return 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5


def conceded(weighed: Weighed, measure: Measure) -> tuple[Row, ...]:
    """The numbers that the side said to have done it concedes, which stand apart from what others report: of people where it tells one of people."""
    rows = [row for one in weighed.tallies if one.measure is measure for row in one.rows if row.category is Category.CONCEDED]
    return tuple([row for row in rows if row.population is Population.PEOPLE] or rows)


_ACLED_GEO: dict[PlacePrecision, int | None] = {
    PlacePrecision.SITE: 1, PlacePrecision.SETTLEMENT: 1, PlacePrecision.NEAR: 2, PlacePrecision.ADMIN2: 2, PlacePrecision.ADMIN1: 3,
    PlacePrecision.REGION: 3, PlacePrecision.COUNTRY: None, PlacePrecision.SEA: 3,
}  # fmt: skip
_UCDP_WHERE = {
    PlacePrecision.SITE: 1, PlacePrecision.SETTLEMENT: 1, PlacePrecision.NEAR: 2, PlacePrecision.ADMIN2: 3, PlacePrecision.ADMIN1: 4,
    PlacePrecision.REGION: 5, PlacePrecision.COUNTRY: 6, PlacePrecision.SEA: 7,
}  # fmt: skip
