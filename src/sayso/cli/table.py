"""A reading as a table for people: one row a claim, then figures, relations, notes and refusals."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sayso.export.lookup import Lookup
from sayso.export.wording import (
    NOBODY,
    act_words,
    blame_words,
    chain_words,
    figure_words,
    how_sure,
    others,
    place_words,
    target_words,
    time_words,
    victims_words,
    visible,
    why_words,
)
from sayso.model import Claim, Figure, Reading, Span
from sayso.model.words import MentionKind, Modality

_WIDE = 110  # columns from which every part has a column of its own
_MOST_OTHERS = 4
_NARROW = 72  # columns below which a claim is a block of lines
_COLOURS = {Modality.ACTUAL: "", Modality.DENIED: "red", Modality.HYPOTHETICAL: "yellow", Modality.PLANNED: "cyan"}


def print_reading(console: Console, lookup: Lookup, explain: bool) -> None:
    """Nothing; the reading is on the console."""
    reading = lookup.reading
    _print_heading(console, reading)
    if reading.claims:
        if console.width < _NARROW:
            _print_blocks(console, lookup)
        else:
            console.print(_claims(lookup, console.width), "")
    else:
        console.print(Text("There is no claim to show.", style="italic"))
    if reading.figures:
        console.print(_figures(lookup))
    for relation in reading.relations:
        kind = relation.kind.value.replace("_", " ")
        console.print(_line("Relation", f'{lookup.claims[relation.source]} {kind} {lookup.claims[relation.target]}: "{relation.span.quote}"'))
    for word in reading.loaded:
        whose = f", wording of {chain_words(word.voices)}" if word.voices else ""
        console.print(_line("Loaded", f'"{word.span.quote}" ({word.loaded_class.value.replace("_", " ")}{whose}): {word.neutral}'))
    for membership in reading.memberships:
        names = [_mention_words(lookup, identity) for identity in (membership.member, membership.coalition)]
        console.print(_line("Member", f"{names[0]} of {names[1]}"))
    if explain:
        _print_reasons(console, lookup)
    for refusal in reading.refusals:
        console.print(_line("Left out", f"{refusal.what}: {refusal.why}", "yellow"))
    for note in reading.notes:
        console.print(_line("Note", note, "yellow"))
    console.print()


def _print_heading(console: Console, reading: Reading) -> None:
    document = reading.document
    title = document.title or document.given_id or document.id
    about = ", ".join(filter(None, (document.source.name, document.published and document.published[:10])))
    console.print(Text.assemble((visible(title), "bold"), (f"  {visible(about)}", "dim")))


def _claims(lookup: Lookup, width: int) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 2, 1, 0), expand=True, header_style="bold dim")
    table.add_column("#", no_wrap=True)
    for heading, ratio in (("Who says so", 3), ("What", 3), ("Who → to whom", 4)):
        table.add_column(heading, ratio=ratio)
    last = {"Where": _places, "When": _time, "Figures": _claim_figures}
    cells = {heading: [cell(lookup, claim) for claim in lookup.reading.claims] for heading, cell in last.items()}
    told = [heading for heading in last if any(cells[heading])]  # a column that no claim fills takes no room
    if width >= _WIDE:
        for heading in told:
            table.add_column(heading, ratio=3, min_width=10)
    elif told:
        table.add_column(", ".join(told).capitalize(), ratio=4)
    for index, claim in enumerate(lookup.reading.claims):
        parts = [cells[heading][index] for heading in told]
        if width < _WIDE and told:
            parts = ["\n".join(filter(None, parts))]
        who = Text(visible(chain_words(claim.voices)))
        table.add_row(lookup.claims[claim.id], who, _what(claim), _parties(lookup, claim), *map(Text, parts))
    return table


def _print_blocks(console: Console, lookup: Lookup) -> None:
    for claim in lookup.reading.claims:
        console.print(Text.assemble((f"{lookup.claims[claim.id]} ", "dim"), _what(claim)))
        who = f"{visible(chain_words(claim.voices))}:"
        parts = [who, _parties(lookup, claim).plain, _places(lookup, claim), _time(lookup, claim), _claim_figures(lookup, claim)]
        console.print(Text("\n".join(filter(None, parts))))
        console.print()


def _what(claim: Claim) -> Text:
    more = [blame_words(claim), victims_words(claim)]
    words = Text(f"{act_words(claim)}\n")
    words.append(how_sure(claim), style=_COLOURS[claim.modality] or "dim")
    for part in filter(None, more):
        words.append(f"\n{visible(part)}", style="dim")
    return words


def _parties(lookup: Lookup, claim: Claim) -> Text:
    roles = claim.roles
    if not roles.actor and not roles.recipient:
        return Text(NOBODY, style="dim")
    by = _listed(lookup, roles.actor) if roles.actor else Text(NOBODY, style="dim")
    return Text.assemble(by, " → ", _listed(lookup, roles.recipient))


def _listed(lookup: Lookup, spans: tuple[Span, ...]) -> Text:
    """The words of a role, each with the listed actor that it was judged to be, where that tells more."""
    named = Text()
    for span in spans:
        named.append(", " if named else "").append(visible(span.quote))
        target = lookup.actor(span)
        if target is not None and target.id and target.name.casefold() not in span.quote.casefold():
            named.append(f" ({visible(target.name)})", style="dim")
    return named or Text("?")


def _places(lookup: Lookup, claim: Claim) -> str:
    return "; ".join(visible(place_words(span, lookup.place(span))) for span in claim.roles.place)


def _time(lookup: Lookup, claim: Claim) -> str:
    return visible(time_words(claim.roles.time, lookup.interval(claim.roles.time))) if claim.roles.time else ""


def _claim_figures(lookup: Lookup, claim: Claim) -> str:
    return "\n".join(visible(figure_words(figure)) for figure in lookup.figures_of.get(claim.id, ()))


def _figures(lookup: Lookup) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0), expand=True, header_style="bold dim")
    table.add_column("#", no_wrap=True)
    for heading, ratio in (("Figure", 4), ("In the words", 4), ("Says", 3)):
        table.add_column(heading, ratio=ratio)
    for figure in lookup.reading.figures:
        cells = (_figure(lookup, figure), f'"{visible(figure.span.quote)}"', visible(chain_words(figure.voices)))
        table.add_row(lookup.figures[figure.id], *map(Text, cells))
    table.add_row()
    return table


def _figure(lookup: Lookup, figure: Figure) -> str:
    words = visible(figure_words(figure))
    if figure.part_of and figure.part_of in lookup.figures:
        words += f" (part of {lookup.figures[figure.part_of]})"
    return words + (f" · {lookup.claims[figure.claim]}" if figure.claim else "")


def _print_reasons(console: Console, lookup: Lookup) -> None:
    for claim in lookup.reading.claims:
        roles = claim.roles
        time = (roles.time,) if roles.time else ()
        told = (("actor", roles.actor), ("recipient", roles.recipient), ("with", roles.instrument), ("place", roles.place), ("time", time))
        parts = [f'"{claim.trigger.quote}"', *[f'{name} "{span.quote}"' for name, spans in told for span in spans]]
        parts += [f'cue "{voice.cue.quote}" of {voice.name}' for voice in claim.voices if voice.cue]
        console.print(_line(f"Why {lookup.claims[claim.id]}", f"{why_words(claim)} · {'; '.join(parts)} · confidence {claim.confidence:.2f}"))
        people = (*roles.actor, *roles.recipient)
        for kind, label, spans in ((MentionKind.ACTOR, "who", people), (MentionKind.PLACE, "where", roles.place), (MentionKind.TIME, "when", time)):
            for span in spans:
                _print_resolution(console, lookup, (kind, label, span))
        for event in lookup.events_of.get(claim.id, ()):
            coded = " · ".join(value for _, value in event.fields)
            console.print(_line(f"    {event.codebook}", f"{coded}: {event.reason}"))


def _print_resolution(console: Console, lookup: Lookup, told: tuple[MentionKind, str, Span]) -> None:
    """Nothing; what the words were judged to be, why, and what else was thought of."""
    kind, label, span = told
    found = lookup.resolution(kind, span)
    if found is None:
        return
    judged = f"{target_words(span, found.target)} {found.score:.2f}" if found.target is not None else "not resolved"
    rest = others(span, found)
    also = "; ".join(f"{words} {one.score:.2f}" for words, one in rest[:_MOST_OTHERS]) + ("; …" if len(rest) > _MOST_OTHERS else "")
    console.print(_line(f"    {label}", f'"{span.quote}" = {judged}: {found.reason}' + (f" · also considered: {also}" if also else "")))


def _mention_words(lookup: Lookup, identity: str) -> str:
    mention = lookup.mention_of.get(identity)
    return mention.as_written if mention else "a mention that is not in the reading"


def _line(label: str, words: str, style: str = "dim") -> Text:
    return Text.assemble((f"{label}: ", style), visible(words))
