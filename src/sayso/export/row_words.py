"""What a row says in words: its sentences as quoted, its figures side by side, the rules of derived numbers; names and withheld places taken out."""

from collections.abc import Iterator, Sequence

from sayso.export import sharing
from sayso.export.lookup import Lookup
from sayso.export.row_actors import actor_of
from sayso.export.row_facts import RowFacts, by_publication
from sayso.export.row_voices import voice_told
from sayso.export.sharing import SharedPlace, hidden_stretches, shown
from sayso.export.subject import ExportSettings
from sayso.export.wording import visible
from sayso.link.weigh_rows import Category, Row, Standing
from sayso.model import Span, Voice
from sayso.model.words import ResponsibilityStatus

LONGEST_QUOTE = 400  # code points; more would be the report and not a quotation
MOST_QUOTES = 5


def shown_words(lookup: Lookup, span: Span, place: SharedPlace, settings: ExportSettings) -> str:
    """The words of a span on one line, without private names unless asked for, and without places closer than the row may tell."""
    return visible(shown(lookup, span.start, span.end, hidden_stretches(lookup, place.level, settings.names)))


def shown_title(lookup: Lookup, place: SharedPlace, settings: ExportSettings) -> str:
    """The headline of a report on one line; empty where it may tell a private name, or a place more closely than the row."""
    return visible(sharing.shown_title(lookup, place.level, settings.names))


def shown_urls(facts: RowFacts, settings: ExportSettings) -> tuple[str, ...]:
    """The addresses of the reports that a row rests on, as they may be told; each once, in the order of its claims."""
    lookups = dict.fromkeys(facts.subject.lookup(one) for one in facts.told)
    return tuple(dict.fromkeys(url for lookup in lookups if (url := sharing.shown_url(lookup, facts.place.level, settings.names))))


def quotations(facts: RowFacts, settings: ExportSettings) -> Iterator[tuple[str, Span]]:
    """The sentences that a row rests on as they may be quoted, each with its place in the report."""
    for span in facts.quotes:
        words = shown_words(facts.subject.lookups[span.document], span, facts.place, settings)
        yield words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…", span


def attributed(facts: RowFacts, settings: ExportSettings) -> str:
    """The sentences in a neutral frame: who reported, on whose word."""
    outlets = {one.report.document: one.report.outlet.name for one in facts.told}
    parts = [f'{outlets[span.document]}: "{words}"' for words, span in quotations(facts, settings)]
    more = f" (and {len(parts) - MOST_QUOTES} more sentences)" if len(parts) > MOST_QUOTES else ""
    credited = f" On the word of: {', '.join(facts.voices)}." if facts.voices else ""
    return f"Reported: {' '.join(parts[:MOST_QUOTES])}{more}{credited}"


def figures_told(facts: RowFacts, settings: ExportSettings) -> str:
    """The numbers that are told, side by side, each with whose it is; empty where none is."""
    rows = [row for tally in facts.weighed.tallies for row in (*tally.rows, *tally.beside)]
    rows += facts.weighed.totals
    told = dict.fromkeys(_figure(row, facts, settings) for row in rows)
    return f"Figures as told: {'; '.join(told)}." if told else ""


def _figure(row: Row, facts: RowFacts, settings: ExportSettings) -> str:
    bounds = "number unknown" if row.low is None and row.high is None else _bounds(row.low, row.high)
    whom = row.population.value + (f" of {row.side}" if row.side else "")
    about = {Category.CONCEDED: ", conceded", Category.DENIED: ", denied"}.get(row.category, "")
    standing = f", {row.standing.value}" if row.standing is not Standing.WEIGHED else ""
    return f"{row.measure.value} {bounds} {whom} ({voice_of(row, facts, settings)}{about}{standing})"


def _bounds(low: int | None, high: int | None) -> str:
    return str(low) if low == high else f"{'' if low is None else low}..{'' if high is None else high}"


def voice_of(row: Row, facts: RowFacts, settings: ExportSettings) -> str:
    """Whose number it is, as an export may tell it."""
    return voice_shown(row.chain, row.documents[0], facts, settings)


def voice_shown(chain: Sequence[Voice], document: str, facts: RowFacts, settings: ExportSettings) -> str:
    """The voice that a chain of a report goes back to."""
    report = next(one.report for one in facts.told if one.report.document == document)
    return voice_told(facts.subject.lookups[document], chain, report, facts.place, settings)


def responsibility(facts: RowFacts, settings: ExportSettings) -> Iterator[str]:
    """Who is said to have done it, how firmly and by whom: "Military Forces of X: accused by the Front"."""
    found: dict[str, None] = {}
    for one in by_publication(facts.told):
        blamed, lookup = one.claim.responsibility, facts.subject.lookup(one)
        who = dict.fromkeys(actor_of(lookup, one.claim, span, settings).name for span in one.claim.roles.actor)
        if who and blamed.status is not ResponsibilityStatus.UNKNOWN:
            by = voice_shown(blamed.voices or one.claim.voices, one.report.document, facts, settings)
            found[f"{', '.join(who)}: {blamed.status.value} by {by}"] = None
    yield from found


def published_days(facts: RowFacts) -> tuple[tuple[Lookup, str], ...]:
    """The reports that a row rests on, in the order of publication, each with its day of publication or an empty string."""
    found: dict[str, tuple[Lookup, str]] = {}
    for one in by_publication(facts.told):
        found.setdefault(one.report.document, (facts.subject.lookup(one), (one.report.published or "")[:10]))
    return tuple(found.values())

