"""Figures of an incident side by side: whose each is, whether it stands, and if not, what stands in its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby

from sayso.link.told import Party, ReviewStatus, Told, ToldFigure, figures_of, told_words
from sayso.link.voices_apart import Moment, Speaker, Speakers, is_told_as_done, original_voice, units
from sayso.link.weigh_policies import Policy
from sayso.model import Figure, Voice
from sayso.model.words import Change, Measure, Modality, Scope, VictimStatus, VoiceRelation

_NEVER = datetime.max.replace(tzinfo=UTC)

STATED = "stated"
SUMMED = "summed"
CONVENTION = "convention"


class Population(StrEnum):
    """Who a figure counts."""

    PEOPLE = "people"
    CIVILIANS = "civilians"
    COMBATANTS = "combatants"
    CHILDREN = "children"
    WOMEN = "women"
    OTHERS = "others"  # a part or group that none of the classes covers: "women and children", "including five of one family"


class Category(StrEnum):
    """On what footing a number stands."""

    REPORTED = "reported"
    CONCEDED = "conceded"  # by the side that is said to have done it
    DENIED = "denied"  # that side's word that nobody was harmed


class Standing(StrEnum):
    """What weighing does with a row."""

    WEIGHED = "weighed"
    REPLACED = "replaced"  # the same voice told another number later
    CLOSER = "closer"  # the same voice told it more closely
    APART = "apart"  # an increment without an earlier total of the same voice
    TOTAL = "total"  # covers more than this act
    DENIED = "denied"  # gives no number
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Row:
    """One number of one voice, with the words, voices and reports that it rests on."""

    voice: str
    unit: int  # number of the independent voice
    category: Category
    standing: Standing
    reason: str
    measure: Measure
    population: Population
    side: str  # whose combatants; empty where it is not told
    low: int | None
    high: int | None
    point: int | None
    operator: str | None
    approximate: bool
    term: str | None
    basis: str  # stated, summed, or the table that a vague word's number is from
    as_of: str | None  # ISO day on which it was said or first printed
    quote: str
    chain: tuple[Voice, ...]
    documents: tuple[str, ...]
    claims: tuple[str, ...]
    figures: tuple[str, ...]
    classes: tuple[str, ...] = ()  # of a number of people that only adds up what is told of classes

    @property
    def exact(self) -> int | None:
        """The number that the words name, within their bounds; the lower bound of a vague word; None where no lower bound is told."""
        if self.low is None:
            return None
        named = self.low if self.point is None else max(self.point, self.low)
        return named if self.high is None else min(named, self.high)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row in the making, with what ordering it needs."""

    row: Row
    speaker: Speaker
    accused: bool
    moment: Moment | None
    at: tuple[str, int]  # document and position
    increment: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Incident:
    """What is known of an incident before its figures are looked at."""

    speakers: Speakers
    accused: frozenset[str]  # keys of those said to have done it
    sides: Mapping[str, str]  # by key of a party the name of its side
    policy: Policy
    opposed: frozenset[frozenset[str]] = frozenset()  # names of two sides of which one is told to have acted on the other

    @classmethod
    def of(cls, told: Sequence[Told], policy: Policy, speakers: Speakers) -> "Incident":
        """What the claims tell together."""
        done = [one for one in told if is_told_as_done(one)]
        accused = {key for one in done for party in one.actors for key in party.keys}
        for one in done:
            if original_voice(one.claim.voices).relation is VoiceRelation.ACCUSED_SIDE:
                accused |= speakers.speaker(one.report, one.claim.voices).keys
        return cls(speakers, frozenset(accused), _sides(done), policy, _opposed(done))

    def fought(self, side: str, other: str) -> bool:
        """Whether one of two sides is told to have acted on the other, or both to have fought."""
        return frozenset((side, other)) in self.opposed

    def is_accused(self, told: Told | None, speaker: Speaker, voices: Sequence[Voice]) -> bool:
        """Whether a figure's speaker is on a side that is said to have done it, and not speaking of its own losses."""
        relation = original_voice(voices).relation
        if relation is VoiceRelation.ACCUSED_SIDE:
            return True
        if told is not None and any(party.keys & speaker.keys for party in told.actors):
            return True
        harmed = told is not None and any(party.keys & speaker.keys for party in told.recipients)
        return not harmed and relation is not VoiceRelation.VICTIMS_SIDE and bool(speaker.keys & self.accused)


def rows_of(told: Sequence[Told], incident: Incident) -> tuple[tuple[Row, ...], Mapping[str, int]]:
    """All rows of an incident's figures, those that stand first, and the number of the independent voice by speaker; the order of `told` does not matter."""
    entries = _distinct([_entry(one, incident) for one in figures_of(told)])
    # Who only denies joins nobody: a denial must change no count.
    counted = [incident.speakers.speaker(one.report, one.claim.voices) for one in told if is_told_as_done(one)]
    numbers = units(counted + [one.speaker for one in entries if one.row.standing is Standing.WEIGHED])
    entries = [replace(one, row=replace(one.row, unit=numbers.get(one.speaker.key, 0))) for one in entries]
    rows = [one.row for one in entries if one.row.standing is not Standing.WEIGHED]
    settled: list[_Entry] = []
    for _, group in groupby(sorted((one for one in entries if one.row.standing is Standing.WEIGHED), key=_cell), key=_cell):
        settled += _settle(list(group))
    rows += _floors(settled)
    rows += [one.row for one in settled]
    return tuple(sorted(_joined(rows), key=_order)), numbers


def population_of(figure: Figure) -> Population:
    """Whom a figure counts: by its words for women and children, else by the status told."""
    counted = figure.group or figure.span.quote
    tokens = {"".join(filter(str.isalpha, word)) for word in counted.casefold().split()}
    words = told_words()
    groups = [one for one in (Population.WOMEN, Population.CHILDREN) if tokens & words[one.value]]
    if groups:
        return groups[0] if len(groups) == 1 and not tokens & words["men"] else Population.OTHERS
    if figure.status is VictimStatus.CIVILIAN:
        return Population.CIVILIANS
    if figure.status is VictimStatus.COMBATANT:
        return Population.COMBATANTS
    return Population.PEOPLE if figure.part_of is None else Population.OTHERS


def _entry(one: ToldFigure, incident: Incident) -> _Entry:
    figure, report = one.figure, one.report
    speaker = incident.speakers.speaker(report, figure.voices)
    accused = incident.is_accused(one.told, speaker, figure.voices)
    low, basis = figure.low, STATED
    if figure.term is not None and figure.point is None:
        low, table = incident.policy.lowest_of(figure.term, figure.low)
        basis = f"{CONVENTION} {table}"
        low = figure.high if low is not None and figure.high is not None and low > figure.high else low
    population = population_of(figure)
    zero = figure.high == 0
    category = (Category.DENIED if zero else Category.CONCEDED) if accused else Category.REPORTED
    standing, reason = _standing(one, category)
    moment = incident.speakers.moment(report, original_voice(figure.voices))
    row = Row(
        voice=speaker.name,
        unit=0,
        category=category,
        standing=standing,
        reason=reason,
        measure=figure.measure,
        population=population,
        side=_side(one, incident) if population is Population.COMBATANTS else "",
        low=low,
        high=figure.high,
        point=figure.point,
        operator=figure.operator,
        approximate=figure.approximate,
        term=figure.term,
        basis=basis,
        as_of=moment[0].date().isoformat() if moment else None,
        quote=figure.span.quote,
        chain=one.report.shown(figure.voices),
        documents=(report.document,),
        claims=(one.told.claim.id,) if one.told else (),
        figures=(figure.id,),
    )
    whole = figure.part_of is None
    return _Entry(row, speaker, accused, moment, (report.document, figure.span.start), figure.change is Change.INCREMENT, whole)


def _standing(one: ToldFigure, category: Category) -> tuple[Standing, str]:
    """Whether a figure may be weighed at all, and if not, why."""
    figure = one.figure
    modalities = {figure.modality, one.told.claim.modality if one.told else figure.modality}
    if one.status is ReviewStatus.REJECTED:
        return Standing.LEFT_OUT, "a reviewer rejected it"
    if figure.scope is Scope.TOTAL:
        return Standing.TOTAL, f"a total{f' since {figure.since}' if figure.since else ''}: it may cover more than this act"
    if modalities & {Modality.HYPOTHETICAL, Modality.PLANNED}:
        return Standing.LEFT_OUT, "told of what may happen or is planned: it counts nobody"
    if figure.low is None and figure.high is None:
        return Standing.LEFT_OUT, "no number is told: that is unknown, not zero"
    if category is Category.DENIED:
        return Standing.DENIED, "the side said to have done it denies the harm: shown, and lowers no number"
    if Modality.DENIED in modalities and figure.high != 0:
        return Standing.DENIED, "the number is in what the voice denies: it gives none"
    if figure.part_of is not None and population_of(figure) is Population.OTHERS:
        return Standing.LEFT_OUT, "a part of another figure, never added to it"
    return Standing.WEIGHED, ""


def _settle(entries: list[_Entry]) -> list[_Entry]:
    """The entries of one measure and class, with what each voice said later or more closely in place of what it said before."""
    found: list[_Entry] = []
    for _, group in groupby(sorted(entries, key=lambda one: one.speaker.key), key=lambda one: one.speaker.key):
        own = list(group)
        increments = sorted((one for one in own if one.increment), key=_when)
        found += _with_increments(_current([one for one in own if not one.increment]), increments)
    return found


def _current(totals: Sequence[_Entry]) -> list[_Entry]:
    """One voice's totals taken in the order of time: each that comes stands, unless it only repeats what stands; what it replaces is set aside."""
    standing: list[_Entry] = []
    aside: list[_Entry] = []
    for one in sorted(totals, key=_when):
        known = next((other for other in standing if _holds(one.row, other.row)), None)
        if known is not None:
            aside.append(_set_aside(one, Standing.CLOSER, f"{one.row.voice} tells it more closely: {known.row.quote!r}"))
            continue
        for other in tuple(standing):
            # Whoever is said to have done it cannot take back a number by saying less.
            less = (one.accused or other.accused) and (one.row.low or 0) < (other.row.low or 0)
            if _before(other, one) and not less:
                standing.remove(other)
                aside.append(_set_aside(other, Standing.REPLACED, f"{one.row.voice} told {one.row.quote!r} later ({one.row.as_of})"))
            elif _holds(other.row, one.row):
                standing.remove(other)
                aside.append(_set_aside(other, Standing.CLOSER, f"{one.row.voice} tells it more closely: {one.row.quote!r}"))
        standing.append(one)
    return standing + aside


def _set_aside(one: _Entry, standing: Standing, reason: str) -> _Entry:
    return replace(one, row=replace(one.row, standing=standing, reason=reason))


def _with_increments(totals: list[_Entry], increments: Sequence[_Entry]) -> list[_Entry]:
    """Totals and increments of one voice: each increment is added to the one total told before it, or kept apart with the reason."""
    found = list(totals)
    seen: set[tuple[int | None, int | None]] = set()
    for one in increments:
        bases = [total for total in found if total.row.standing is Standing.WEIGHED and not total.increment]
        reason = ""
        if (one.row.low, one.row.high) in seen:
            reason = "may tell the same people again: the same increment of the same voice is added once"
        elif len(bases) != 1:
            reason = f"{one.row.voice} gives {'no earlier total' if not bases else 'more than one total'} to add it to"
        elif not _told_before(bases[0], one):
            reason = f"{one.row.voice} told {bases[0].row.quote!r} with it or later: that may count them already"
        if reason:
            found.append(_set_aside(one, Standing.APART, reason))
            continue
        seen.add((one.row.low, one.row.high))
        base = bases[0]
        found[found.index(base)] = _set_aside(base, Standing.REPLACED, f"{one.row.voice} added {one.row.quote!r} later")
        found.append(replace(base, row=_sum([base.row, one.row], f"{base.row.quote!r} and then {one.row.quote!r}"), moment=one.moment, at=one.at))
        found.append(_set_aside(one, Standing.REPLACED, f"added to {base.row.quote!r}"))
    return found


def _floors(settled: Sequence[_Entry]) -> list[Row]:
    """What a voice's figures on classes tell of people, where it gives no number of people: the classes together, parts never with wholes."""
    found = []
    standing = [one for one in settled if one.row.standing is Standing.WEIGHED]
    for _, group in groupby(sorted(standing, key=lambda one: (one.row.measure, one.speaker.key)), key=lambda one: (one.row.measure, one.speaker.key)):
        own = list(group)
        if any(one.row.population is Population.PEOPLE for one in own):
            continue
        counted = [one.row for one in own if one.whole and one.row.high != 0]
        for classes in ({Population.CIVILIANS, Population.COMBATANTS}, {Population.WOMEN, Population.CHILDREN}, {Population.OTHERS}):
            chosen = [row for row in counted if row.population in classes]
            if chosen:
                found.append(_floor(chosen))
                break
    return found


def _floor(rows: Sequence[Row]) -> Row:
    """The people that one voice's classes come to: of a class told twice, the widest bounds."""
    cells: list[Row] = []
    for _, group in groupby(sorted(rows, key=lambda row: (row.population, row.side)), key=lambda row: (row.population, row.side)):
        cells.append(_widest(list(group)))
    classes = tuple(f"{row.population.value} of {row.side}" if row.side else row.population.value for row in cells)
    reason = f"told of {' and '.join(classes)}; this voice gives no number of all people"
    floor = cells[0] if len(cells) == 1 else _sum(cells, reason)
    category = Category.CONCEDED if any(row.category is Category.CONCEDED for row in rows) else Category.REPORTED
    return replace(floor, population=Population.PEOPLE, side="", reason=reason, category=category, classes=classes)


def _widest(rows: list[Row]) -> Row:
    """The bounds that hold all rows; the highest lower bound of what an accused side concedes, since its lower word lowers nothing."""
    if len(rows) == 1:
        return rows[0]
    lows, highs = [row.low for row in rows if row.low is not None], [row.high for row in rows if row.high is not None]
    pick = max if any(row.category is Category.CONCEDED for row in rows) else min
    low = pick(lows) if lows else None
    return replace(_together(rows), low=low, high=max(highs) if len(highs) == len(rows) else None, point=None, operator=None, term=None)


def _sum(rows: Sequence[Row], reason: str) -> Row:
    """The rows added up; a bound is unknown where one of them is."""
    lows, highs = [row.low for row in rows if row.low is not None], [row.high for row in rows if row.high is not None]
    # A lower bound may leave out whoever has none: so many at the least.
    low = sum(lows) if lows else None
    high = sum(highs) if len(highs) == len(rows) else None
    exact = [row.exact for row in rows]
    point = sum(one for one in exact if one is not None) if None not in exact else None
    basis = next((row.basis for row in rows if row.basis.startswith(CONVENTION)), "")
    joined = _together(rows)
    return replace(
        joined,
        low=low,
        high=high,
        point=point if low is not None else None,
        operator=None,
        approximate=any(row.approximate for row in rows),
        term=None,
        basis=f"{SUMMED}, {basis}" if basis else SUMMED,
        reason=reason,
        quote=" + ".join(row.quote for row in rows),
        as_of=max((row.as_of for row in rows if row.as_of), default=None),
    )


def _together(rows: Sequence[Row]) -> Row:
    """The first row with the documents, claims and figures of all."""
    named = {name: tuple(sorted({item for row in rows for item in getattr(row, name)})) for name in ("documents", "claims", "figures")}
    return replace(rows[0], documents=named["documents"], claims=named["claims"], figures=named["figures"])


def _distinct(entries: list[_Entry]) -> list[_Entry]:
    """The entries without repetitions: the same number of the same voice, told at the same time, is one (copies, headline and body)."""

    def same(one: _Entry) -> tuple[str, ...]:
        row = one.row
        told = (row.measure, row.population, row.side, row.low, row.high, row.point, row.term, row.standing, row.reason, row.category, one.increment, one.whole)
        return tuple(map(str, (one.speaker.key, one.moment, *told)))

    found = []
    for _, group in groupby(sorted(entries, key=lambda one: (same(one), one.at)), key=same):
        own = list(group)
        found.append(replace(own[0], row=_together([one.row for one in own])))
    return found


def _joined(rows: Sequence[Row]) -> list[Row]:
    """The rows, with the weighed ones that say the same in the same voice made one."""

    def same(row: Row) -> tuple[str, ...]:
        # What was left out keeps its own line: its words and reason are what it is shown for.
        apart = "" if row.standing is Standing.WEIGHED else f"{row.as_of} {row.figures}"
        bounds = (row.low, row.high, row.point, row.term, row.basis, row.category)
        return tuple(map(str, (row.measure, row.population, row.side, row.unit, row.voice, row.standing, *bounds, apart)))

    found = []
    for _, group in groupby(sorted(rows, key=lambda row: (same(row), row.as_of or "", row.figures)), key=same):
        found.append(_together(list(group)))
    return found


def _order(row: Row) -> tuple[object, ...]:
    measures, populations, standings = list(Measure), list(Population), list(Standing)
    shown = (measures.index(row.measure), populations.index(row.population), row.side, standings.index(row.standing))
    return (*shown, row.as_of or "9999", row.voice, row.figures)


def _cell(one: _Entry) -> tuple[str, str, str]:
    return (one.row.measure, one.row.population, one.row.side)


def _holds(wide: Row, narrow: Row) -> bool:
    """Whether the one's bounds hold the other's and are wider."""
    low = wide.low is None or (narrow.low is not None and wide.low <= narrow.low)
    high = wide.high is None or (narrow.high is not None and narrow.high <= wide.high)
    return low and high and (wide.low, wide.high) != (narrow.low, narrow.high)


def _when(one: _Entry) -> tuple[object, ...]:
    """The order in which totals are taken: by time, undated ones last; of one time, the lower first."""
    start, end = one.moment or (_NEVER, _NEVER)
    return (start, end, one.row.low or 0, -1 if one.row.high is None else one.row.high, one.at)


def _before(one: _Entry, other: _Entry) -> bool:
    """Whether one was surely told before the other."""
    return one.moment is not None and other.moment is not None and one.moment[1] < other.moment[0]


def _told_before(total: _Entry, increment: _Entry) -> bool:
    """Whether a total stands before an increment: on an earlier day, or earlier in the same report."""
    return _before(total, increment) or (total.at[0] == increment.at[0] and total.at[1] < increment.at[1])


def _sides(told: Sequence[Told]) -> Mapping[str, str]:
    """By key of each listed recipient the name of its side: parties that share a key are one side."""
    parties = sorted({party for one in told for party in one.recipients if party.listed}, key=lambda party: party.key)
    named: dict[str, str] = {}
    for party in parties:
        known = next((named[key] for key in sorted(party.keys) if key in named), party.name)
        named.update(dict.fromkeys(sorted(party.keys), known))
    return named


def _opposed(told: Sequence[Told]) -> frozenset[frozenset[str]]:
    """The names of each two listed parties of which one is told to have acted on the other."""
    named = _sides(told)
    pairs = {(actor, recipient) for one in told for actor in one.actors for recipient in one.recipients if actor.listed and recipient.listed}
    return frozenset(
        frozenset((named.get(first.key, first.name), named.get(second.key, second.name))) for first, second in pairs if not first.keys & second.keys
    )


def _side(one: ToldFigure, incident: Incident) -> str:
    """Whose combatants a figure counts; empty where it is not told or they are of several sides."""
    if one.figure.side:
        side = Party(one.figure.side)
        return incident.sides.get(side.key, side.name)
    listed = [party for party in (one.told.recipients if one.told else ()) if party.listed]
    sides = {incident.sides[key] for party in listed for key in party.keys if key in incident.sides}
    return sides.pop() if len(sides) == 1 else ""
