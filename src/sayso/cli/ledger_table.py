"""Tables of what a ledger holds: claims, incidents, sources, differences."""

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from sayso.cli.weighed_table import bounds_words
from sayso.cli.writers import console_on
from sayso.desk.diffing import ReadingDiff
from sayso.desk.sources import SourceRow
from sayso.export.wording import many, visible
from sayso.link.explain import Explained, Ground
from sayso.store.query import FoundClaim, FoundFigure, IncidentSummary

_SHOWN_NAMES = 3
_SHOWN_GROUNDS = 5
_SHOWN_PAIRS = 20
_QUOTE = 100


def console() -> Console:
    """The console that tables are printed on, as wide as the terminal."""
    return console_on(sys.stdout)


def claims_table(rows: Iterable[FoundClaim]) -> Table:
    """One row a claim: who says so, what, who to whom, where, when, how many harmed, in which report."""
    table = _table("#", "Who says so", "What", "Who → to whom", "Where", "When", "Figures", "Status", "Report")
    for row in rows:
        told = "" if row.modality == "actual" else f", {row.modality}"
        act = f"{row.type.lower()}{'/' + row.mode if row.mode else ''}{told}"
        who = f"{_names(row.actor) or '—'} → {_names(row.recipient) or '—'}"
        where = ", ".join(filter(None, (row.place, row.admin1, row.country)))
        figures = "; ".join(map(_figure, row.figures))
        report = f"{row.source}, {(row.published or 'no date')[:10]}{' (superseded)' if row.superseded else ''}"
        _row(table, str(row.number), _names(row.voices[-1:]), act, who, where, days_words(row.date_from, row.date_to), figures, row.status, report)
    return table


def _figure(figure: FoundFigure) -> str:
    whom = f" {figure.status}s" if figure.status in ("civilian", "combatant") else ""
    told = "" if figure.modality == "actual" else f" ({figure.modality})"
    return f"{bounds_words(figure.low, figure.high)}{whom} {figure.measure}{told}"


def quotes_table(rows: Iterable[FoundClaim]) -> Table:
    """The words that each claim rests on."""
    table = _table("#", "Words")
    for row in rows:
        _row(table, str(row.number), row.quote if len(row.quote) <= _QUOTE else row.quote[: _QUOTE - 1] + "…")
    return table


def incidents_table(rows: Iterable[IncidentSummary]) -> Table:
    """One row an incident: its number, what, where, when, and how many reports of which sources tell it."""
    table = _table("#", "What", "Where", "When", "Claims", "Reports", "Sources")
    for row in rows:
        where = ", ".join(filter(None, (_names(row.places), row.country)))
        what, when = _names(row.types).lower(), days_words(row.date_from, row.date_to)
        _row(table, str(row.number), what, where, when, str(row.claims), str(row.documents), _names(row.sources))
    return table


def sources_table(rows: Iterable[SourceRow]) -> Table:
    """One row a source, by name: who it is, what it tells, what it alone tells, and its loaded words by class."""
    table = _table("Source", "Kind", "Side", "Country", "Set by", "Reports", "Claims", "Incidents", "Alone", "Loaded words of its own", "quoted")
    for row in rows:
        share = f"{len(row.alone)} ({len(row.alone) / row.incidents:.0%})" if row.incidents else "0"
        set_by = f"{row.registered.set_by}: {row.registered.reason}" if row.registered else ""
        counts = (str(row.documents), str(row.claims), str(row.incidents), share, _counts(row.loaded), _counts(row.quoted))
        _row(table, row.name, row.kind.value, row.side or "", row.country or "", set_by, *counts)
    return table


def explained_table(explained: Explained, numbers: dict[str, str]) -> Group:
    """Why reports' accounts are taken for one incident, pair by pair, and what speaks against; then people's judgements and notes."""
    parts: list[RenderableType] = []
    table = _table("Reports", "Chance", "Speaks for", "Speaks against")
    for pair in explained.pairs[:_SHOWN_PAIRS]:
        ends = f"{numbers.get(pair.first, pair.first)} – {numbers.get(pair.second, pair.second)}"
        _row(table, ends, f"{pair.chance:.2f} {pair.judgement.value}", _grounds(pair.speaks_for), _grounds(pair.speaks_against))
    if explained.pairs:
        parts.append(table)
        named = {ground.feature: ground.meaning for pair in explained.pairs for ground in (*pair.speaks_for, *pair.speaks_against)}
        parts += [Text(f"{name.replace('_', ' ')}: {meaning}", style="dim") for name, meaning in sorted(named.items())]
    if len(explained.pairs) > _SHOWN_PAIRS:
        parts.append(Text(f"{len(explained.pairs) - _SHOWN_PAIRS} more pairs: --json shows all"))
    parts += [Text(visible(f"{link.by} judged {link.judgement.value}: {link.reason}")) for link in explained.judged]
    parts += [Text(visible(note), style="yellow") for note in explained.notes]
    return Group(*parts)


def diff_table(diff: ReadingDiff) -> Group:
    """What a new reading of a document says differently."""
    document = diff.document
    made = [f"{one.origin.engine} {one.origin.version}" for one in (diff.before, diff.now)]
    name = document.title or document.given_id or document.url or document.id
    parts: list[RenderableType] = [Text(visible(f"{name}: {made[0]} → {made[1]}; {many(diff.same, 'claim')} as before"), style="bold")]
    table = _table("", "Claim", "Field", "Before", "Now")
    for claim in diff.gone:
        _row(table, "gone", claim.trigger.quote, "act", claim.act.type, "")
    for claim in diff.new:
        _row(table, "new", claim.trigger.quote, "act", "", claim.act.type)
    for change in diff.changed:
        for field, before, now in change.fields:
            _row(table, "changed", change.now.trigger.quote, field, before, now)
    return Group(*parts, table) if not diff.is_empty else Group(*parts)


def days_words(first: str | None, last: str | None) -> str:
    """Days in words: "2024-05-03", "2024-05-03 – 2024-05-05", "until 2024-05-05", ""."""
    if first == last:
        return first or ""
    if first and last:
        return f"{first} – {last}"
    return f"since {first}" if first else f"until {last}"


def _names(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN_NAMES} more" if len(names) > _SHOWN_NAMES else ""
    return ", ".join(names[:_SHOWN_NAMES]) + more


def _counts(counts: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in counts)


def _grounds(grounds: Sequence[Ground]) -> str:
    return ", ".join(f"{ground.feature.replace('_', ' ')} {ground.weight:+.1f}" for ground in grounds[:_SHOWN_GROUNDS])


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold dim")
    for heading in headings:
        table.add_column(heading, no_wrap=heading == "#")
    return table


def _row(table: Table, *cells: str) -> None:
    table.add_row(*(Text(visible(cell)) for cell in cells))
