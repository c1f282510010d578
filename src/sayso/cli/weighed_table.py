"""A weighed incident and a toll as tables for people: voices side by side, derived numbers with their rule, what was set aside and why."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sayso.export.wording import many, visible
from sayso.link.responsibility import WhoDidIt
from sayso.link.toll import Series, Toll
from sayso.link.voices_apart import VoicesApart
from sayso.link.weigh import Derived, Tally, Weighed
from sayso.link.weigh_rows import Row

_COLOURS = {"conceded": "yellow", "denied": "red", "reported": ""}


def weighed_table(weighed: Weighed, explain: bool = False) -> Group:
    """The incident as tables; with `explain`, also the voices that are not counted and the figures that were set aside."""
    graded = weighed.graded
    told = f"{many(weighed.voices.n_documents, 'report')}, {many(weighed.voices.n_independent, 'independent voice')}"
    reasons = [f" ({visible(reason)})" for reason in (graded.corroboration_reason, graded.grade_reason)]
    parts: list[RenderableType] = [
        Text.assemble((graded.corroboration.value, "bold"), reasons[0], " · ", (graded.grade.value, "bold"), reasons[1]),
        Text(f"{told} · policy {visible(weighed.policy)}", style="dim"),
    ]
    parts += [_tally(tally) for tally in weighed.tallies]
    if weighed.totals:
        parts.append(_rows("Totals, never mixed with the figures of this act", weighed.totals))
    parts.append(_who(weighed.who))
    if explain:
        aside = [row for tally in weighed.tallies for row in tally.beside] + list(weighed.left_out)
        parts += [_rows("Set aside", aside)] if aside else []
        parts.append(_voices(weighed.voices))
    return Group(*parts)


def toll_table(toll: Toll) -> Group:
    """Every point of a toll, voice by voice; totals first, single acts apart."""
    groups = (("Totals as told", toll.totals), ("Single acts, never added up here", toll.acts), ("Without a date", toll.undated))
    parts: list[RenderableType] = [_series(title, series) for title, series in groups if series]
    if toll.earlier:
        parts.append(Text(f"{toll.earlier} earlier figures are left out.", style="dim"))
    return Group(*parts) if parts else Group(Text(f"No voice tells how many were {toll.measure.value}.", style="italic"))


def bounds_words(low: int | None, high: int | None) -> str:
    """Bounds in words: "9", "9 or more", "up to 50", "10 to 15", "unknown"."""
    if low is None and high is None:
        return "unknown"
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _tally(tally: Tally) -> Table:
    of = f" of {tally.side}" if tally.side else ""
    numbers = ", ".join(_derived(one) for one in tally.numbers)
    title = visible(f"{tally.population.value}{of} {tally.measure.value}: {numbers} ({tally.corroboration.value})")
    return _rows(title, (*tally.rows, *(row for row in tally.beside if row.category == "denied")))


def _derived(one: Derived) -> str:
    value = "unknown" if one.value is None else f"{one.value:,}"
    return f"{one.name} {value} [{one.rule.replace('_', ' ')}]"


def _rows(title: str, rows: Iterable[Row]) -> Table:
    table = _table(title, ("Voice", "Number", "On what footing", "Words", "Said", "Reports"))
    for row in rows:
        number = bounds_words(row.low, row.high)
        footing = f"{row.category.value}; {row.reason}" if row.reason else row.category.value
        counted = f"{number} [{row.basis}]" if row.term else number
        cells = (row.voice, counted, footing, row.quote, row.as_of or "", str(len(row.documents)))
        table.add_row(*(Text(visible(cell), style=_COLOURS[row.category.value]) for cell in cells))
    return table


def _who(who: WhoDidIt) -> Table:
    contested = " (contested)" if who.competing else ""
    table = _table(f"Who is said to have done it{contested}; victims' status: {who.status.value}", ("Voice", "Says", "Of whom", "Why read so"))
    for blame in who.blames:
        cells = (blame.voice, f"{blame.status.value}, {blame.certainty.value}", ", ".join(blame.who) or "nobody is named", blame.reason)
        table.add_row(*(Text(visible(cell)) for cell in cells))
    for told in who.statuses:
        side = "the side said to have done it: context only" if told.accused_side else ""
        table.add_row(*(Text(visible(cell)) for cell in (told.voice, f"victims: {told.status.value}", "", side)))
    return table


def _voices(voices: VoicesApart) -> Table:
    table = _table("Voices", ("Voice", "Counts", "Through", "Why not"))
    for one in voices.voices:
        table.add_row(*(Text(visible(cell)) for cell in (one.voice, "yes" if one.counted else "no", ", ".join(one.outlets), one.reason)))
    for one in voices.denying:
        table.add_row(*(Text(visible(cell), style="red") for cell in (one.voice, "denies", ", ".join(one.outlets), "")))
    return table


def _series(title: str, series: Iterable[Series]) -> Table:
    table = _table(title, ("Voice", "Whom", "Since", "Said", "Number", "Revision", "Words", "Reports"))
    for one in series:
        whom = f"{one.population.value} of {one.side}" if one.side else one.population.value
        for point in one.points:
            number = bounds_words(point.low, point.high)
            cells = (one.voice, whom, one.since or "", point.as_of or "", number, point.revision, point.quote, str(len(point.documents)))
            table.add_row(*(Text(visible(cell)) for cell in cells))
    return table


def _table(title: str, columns: Iterable[str]) -> Table:
    table = Table(title=Text(title), title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold dim")
    for column in columns:
        table.add_column(column)
    return table
