"""Readings as one HTML page that stands alone: no request, no script from elsewhere, every report's text inert."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files

from sayso import __version__
from sayso.export.cards import chain, claim_card, claim_marks, speaker
from sayso.export.lookup import Lookup
from sayso.export.map import claims_map
from sayso.export.marked import Mark, mark, marked_lines, shown
from sayso.export.wording import bounds_words, chain_words, figure_words
from sayso.gazetteers.places_around import TownsWithin
from sayso.model import Failure, Figure, LoadedWord, Reading
from sayso.model.words import Scope, SourceKind


def reading_page(results: Iterable[Reading | Failure], towns: TownsWithin | None = None) -> str:
    """The page of all results in their order; failures are listed with their reasons. `towns` gives the maps their small dots."""
    results = tuple(results)
    readings = [result for result in results if isinstance(result, Reading)]
    failures = [result for result in results if isinstance(result, Failure)]
    style, script = _asset("page.css"), _asset("page.js")
    lookups = [Lookup(reading) for reading in readings]
    articles = "".join(article(lookup, f"r{number}", towns) for number, lookup in enumerate(lookups, 1))
    credit = "; ".join(dict.fromkeys(credit for lookup in lookups for credit in lookup.credits))
    title = _title(readings[0]) if len(readings) == 1 and not failures else f"{_count(len(readings), 'report')} read"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f'<meta name="generator" content="sayso {__version__}"><link rel="icon" href="data:,">'
        f"<title>{shown_title(title)} · sayso</title><style>{style}</style></head>\n<body>"
        f"{_bar(readings, failures)}<main>{articles}{_failures(failures)}</main>{_foot(credit)}<script>{script}</script></body></html>\n"
    )


def shown_title(title: str) -> str:
    """A title as plain text for the browser's tab."""
    return escape(" ".join(title.split()))


def _asset(name: str) -> str:
    return files("sayso.export").joinpath("assets", name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded or run but this style and this script, named by their hashes."""
    hashes = [base64.b64encode(hashlib.sha256(part.encode("utf-8")).digest()).decode("ascii") for part in (style, script)]
    return f"default-src 'none'; img-src data:; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; base-uri 'none'; form-action 'none'"


def _title(reading: Reading) -> str:
    document = reading.document
    first = next((line.strip() for line in document.text.split("\n") if line.strip()), "")
    return document.title or (first if len(first) <= 120 else document.given_id or first[:117] + "…")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _bar(readings: Sequence[Reading], failures: Sequence[Failure]) -> str:
    links = [f'<li><a href="#r{number}"><bdi>{shown(_title(reading))}</bdi></a></li>' for number, reading in enumerate(readings, 1)]
    if failures:
        links.append(f'<li class="bad"><a href="#failures">{_count(len(failures), "input")} not read</a></li>')
    several = f'<nav aria-label="Reports"><ul>{"".join(links)}</ul></nav>' if len(links) > 1 else ""
    return f'<div class="bar"><span class="brand">sayso</span><span class="says">who says that who did what to whom</span>{several}</div>'


def _foot(credit: str) -> str:
    places = f"Places: {escape(credit)}. " if credit else ""
    return (
        '<footer class="foot"><p>Each claim is what its voices say, not what is so. Nobody has checked these claims; '
        "names and numbers stand as the report gives them.</p>"
        f"<p>{places}sayso {__version__}</p></footer>"
    )


def article(lookup: Lookup, prefix: str, towns: TownsWithin | None) -> str:
    """One report: its text with the words of every claim marked, the claims beside it, a map, and tables of figures, relations and what was left out."""
    reading = lookup.reading
    cards = "".join(claim_card(lookup, claim, prefix) for claim in reading.claims)
    claims = f'<ol class="cards">{cards}</ol>' if cards else '<p class="nothing">There is no claim to show.</p>'
    text = "".join(marked_lines(reading.document.text, _marks(lookup), prefix))
    language = escape(reading.document.language or "und")
    heading = f'<h2 id="{prefix}-claims">{_count(len(reading.claims), "claim")}</h2>'
    return (
        f'<article class="reading" id="{prefix}" aria-labelledby="{prefix}-title">{_head(reading, prefix)}{_notes(reading)}'
        f'<div class="columns"><div class="report"><section class="text" aria-label="The report" lang="{language}">{text}</section>'
        f"{claims_map(lookup, towns, prefix)}</div>"
        f'<section class="claims" aria-labelledby="{prefix}-claims">{heading}{_filter(reading)}{claims}</section></div>'
        f'<div class="below">{"".join(_below(lookup))}</div></article>'
    )


def _head(reading: Reading, prefix: str) -> str:
    document, source = reading.document, reading.document.source
    kind = "" if source.kind is SourceKind.UNKNOWN else source.kind.value
    about = [source.name if source.name != "unknown" else "source unknown", kind, source.side and f"speaks for {source.side}", document.published or "no date"]
    told = "".join(f"<li><bdi>{shown(part)}</bdi></li>" for part in about if part)
    return f'<header class="head"><h1 id="{prefix}-title" dir="auto">{shown(_title(reading))}</h1><ul class="about">{told}</ul></header>'


def _notes(reading: Reading) -> str:
    return f'<ul class="notes">{"".join(f"<li>{shown(note)}</li>" for note in reading.notes)}</ul>' if reading.notes else ""


def _filter(reading: Reading) -> str:
    """Buttons that show the claims of one voice only; needless for a single voice, and hidden where no script runs."""
    voices = Counter(speaker(claim) for claim in reading.claims)
    if len(voices) < 2:
        return ""
    names = {speaker(claim): claim.voices[-1].name for claim in reversed(reading.claims)}
    buttons = [
        f'<button type="button" data-show="{escape(key)}" aria-pressed="false"><bdi>{shown(names[key])}</bdi> {number}</button>'
        for key, number in voices.items()
    ]
    return f'<div class="filter" role="group" aria-label="Show the claims of one voice">{"".join(buttons)}</div>'


def _marks(lookup: Lookup) -> Iterator[Mark]:
    reading = lookup.reading
    for claim in reading.claims:
        yield from claim_marks(lookup, claim)
    for figure in reading.figures:
        yield mark(figure.span, f"{lookup.figures[figure.id]}:figure")
    for number, word in enumerate(reading.loaded, 1):
        whose = f" · wording of {chain_words(word.voices)}" if word.voices else ""
        gloss = f"{word.loaded_class.value.replace('_', ' ')}: {word.neutral}{whose}"
        yield mark(word.span, f"l{number}:loaded", gloss)


def _below(lookup: Lookup) -> Iterator[str]:
    reading, claims = lookup.reading, lookup.claims
    figures = [_figure(lookup, figure) for figure in reading.figures]
    yield _table("Figures", ("#", "Number", "In the words", "Covers", "Who says so", "Claim"), figures)
    relations = [(claims[one.source], shown(one.kind.value.replace("_", " ")), claims[one.target], _quote(one.span.quote)) for one in reading.relations]
    yield _table("Relations", ("Claim", "", "Claim", "In the words"), relations)
    yield _table("Members", ("Member", "Of"), [(_mention(lookup, one.member), _mention(lookup, one.coalition)) for one in reading.memberships])
    yield _table("Loaded words", ("Words", "Kind", "Plainly", "Whose wording"), [_loaded(word) for word in reading.loaded])
    yield _table("Left out", ("What", "Why"), [(shown(one.what), shown(one.why)) for one in reading.refusals])


def _figure(lookup: Lookup, figure: Figure) -> tuple[str, ...]:
    whole = f" · part of {lookup.figures[figure.part_of]}" if figure.part_of in lookup.figures else ""
    covers = "this act" if figure.scope is Scope.ACT else f"total since {figure.since}" if figure.since else "total"
    number = f'<b>{escape(bounds_words(figure))}</b> <span class="judged">{shown(figure_words(figure))}</span>'
    claim = lookup.claims[figure.claim] if figure.claim else ""
    return lookup.figures[figure.id], number, _quote(figure.span.quote), shown(covers + whole), chain(figure.voices), claim


def _loaded(word: LoadedWord) -> tuple[str, ...]:
    wording = shown(chain_words(word.voices)) if word.voices else ""
    return _quote(word.span.quote, "is-loaded"), shown(word.loaded_class.value.replace("_", " ")), shown(word.neutral), wording


def _quote(words: str, kind: str = "") -> str:
    return f"<q{kind and f' class={kind}'}><bdi>{shown(words)}</bdi></q>"


def _mention(lookup: Lookup, identity: str) -> str:
    mention = lookup.mention_of.get(identity)
    return f"<bdi>{shown(mention.as_written)}</bdi>" if mention else ""


def _table(title: str, headings: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
    """A table of HTML cells under its title; nothing where there is no row."""
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    kinds = ['<td class="id">' if heading in ("#", "Claim") else "<td>" for heading in headings]
    body = "".join(f"<tr>{''.join(f'{kind}{cell}</td>' for kind, cell in zip(kinds, row, strict=True))}</tr>" for row in rows)
    return f'<section class="more"><h2>{title}</h2><div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></section>'


def _failures(failures: Sequence[Failure]) -> str:
    if not failures:
        return ""
    rows = [(f"<bdi>{shown(one.what)}</bdi>", shown(one.kind), shown(one.reason)) for one in failures]
    table = _table(f"{_count(len(failures), 'input')} not read", ("Input", "What is wrong", "Why, and what to do"), rows)
    return f'<article class="reading" id="failures">{table}</article>'
