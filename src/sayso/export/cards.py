"""What stands beside the text of a page: a card for each claim with its evidence."""

import re
from collections.abc import Iterator
from html import escape

from sayso.export.lookup import Lookup
from sayso.export.marked import Mark, mark, marked_words, shown
from sayso.export.wording import (
    NOBODY,
    act_words,
    blame_words,
    figure_words,
    how_sure,
    others,
    place_words,
    stance_words,
    target_words,
    time_words,
    victims_words,
    visible,
    why_words,
)
from sayso.model import Claim, Figure, PlaceTarget, Span, Voice
from sayso.model.words import MentionKind, Modality, VoiceRelation

_STOP = re.compile(r"[.!?][\"'”’)\]]*\s|\n")
_FAR = 240  # code points on either side of a trigger that its card shows at most


def claim_marks(lookup: Lookup, claim: Claim) -> Iterator[Mark]:
    """A mark on all words that a claim rests on."""
    number = lookup.claims[claim.id]
    yield mark(claim.trigger, f"{number}:trigger")
    for role, span in evidence(claim):
        yield mark(span, f"{number}:{role}")
    for figure in lookup.figures_of.get(claim.id, ()):
        yield mark(figure.span, f"{number}:figure")


def evidence(claim: Claim) -> Iterator[tuple[str, Span]]:
    """The words of each role and voice of a claim, but for its trigger."""
    roles = claim.roles
    for role, spans in (("actor", roles.actor), ("recipient", roles.recipient), ("instrument", roles.instrument), ("place", roles.place)):
        yield from ((role, span) for span in spans)
    if roles.time:
        yield "time", roles.time
    for voice in (*claim.voices, *claim.responsibility.voices):
        if voice.span:
            yield "voice", voice.span
        if voice.cue:
            yield "cue", voice.cue


def claim_card(lookup: Lookup, claim: Claim, prefix: str) -> str:
    """One claim: what is claimed, on whose say-so, on which words."""
    number = lookup.claims[claim.id]
    key = f"{prefix}-{number}"
    kind = claim.modality.value
    badges = f'<span class="badge {kind}">{escape(how_sure(claim))}</span>'
    parts = [
        f'<li class="card {kind}" id="{key}" data-claim="{number}" data-voice="{escape(speaker(claim))}" tabindex="0" aria-labelledby="{key}-what">',
        f'<header><a class="number" href="#{key}-at" title="Show in the report">{number}</a>',
        f'<h3 id="{key}-what">{escape(act_words(claim))}</h3>{badges}</header>',
        f'<p class="parties">{_parties(lookup, claim)}</p>',
        chain(claim.voices),
        f'<blockquote dir="auto">{_excerpt(lookup, claim)}</blockquote>',
        *_where_when(lookup, claim),
        *_figures(lookup, claim),
        "<details><summary>Evidence and reasons</summary>",
        f'<dl class="evidence">{"".join(_rows(lookup, claim))}</dl>',
        *_coded(lookup, claim),
        f'<p class="why"><b>Why</b> {shown(why_words(claim))} <span class="sure">confidence {claim.confidence:.2f}</span></p></details>',
        '<button type="button" class="close" aria-label="Close">×</button></li>',
    ]
    return "".join(parts)


def speaker(claim: Claim) -> str:
    """The innermost voice, who is nearest to the words, in a form that is one for "The army" and "the army"."""
    return claim.voices[-1].name.casefold().removeprefix("the ")


def chain(voices: tuple[Voice, ...]) -> str:
    """The voices as a line, from the outlet inward."""
    links = []
    for voice in voices:
        about = voice.kind.value.replace("_", " ")
        stance = f' <span class="stance">{escape(stance_words(voice.stance))}</span>'
        links.append(f'<li><bdi>{shown(voice.name)}</bdi>{stance}<span class="kind">{shown(about)}</span></li>')
    return f'<ol class="voices" aria-label="Voices, from the outlet inward">{"".join(links)}</ol>'


def _parties(lookup: Lookup, claim: Claim) -> str:
    if not claim.roles.actor and not claim.roles.recipient:
        return _nobody(claim)
    arrow = '<span class="arrow" aria-label="to">→</span>'
    by = _names(lookup, claim.roles.actor, "actor") if claim.roles.actor else _nobody(claim)
    return f"{by} {arrow} {_names(lookup, claim.roles.recipient, 'recipient')}"


def _nobody(claim: Claim) -> str:
    why = f' title="{escape(visible(claim.responsibility.reason))}"' if claim.responsibility.reason else ""
    return f'<span class="nobody"{why}>{NOBODY}</span>'


def _names(lookup: Lookup, spans: tuple[Span, ...], role: str) -> str:
    named = []
    for span in spans:
        target = lookup.actor(span)
        known = target.name if target and target.id and target.name.casefold() not in span.quote.casefold() else ""
        judged = f'<span class="judged">{shown(known)}</span>' if known else ""
        named.append(f'<bdi class="on-{role}">{shown(span.quote)}</bdi>{judged}')
    return ", ".join(named) or '<span class="nobody">not told</span>'


def _excerpt(lookup: Lookup, claim: Claim) -> str:
    text = lookup.reading.document.text
    start, end = _sentence(text, claim.trigger)
    words = marked_words(text, (start, end), claim_marks(lookup, claim))
    before = "… " if start and text[start - 1] not in "\n \t" else ""
    return f"{before}{words}"


def _sentence(text: str, trigger: Span) -> tuple[int, int]:
    """The stretch between full stops round a trigger, not longer than a card can show."""
    low, high = max(0, trigger.start - _FAR), min(len(text), trigger.end + _FAR)
    stops = [found.end() for found in _STOP.finditer(text, low, trigger.start)]
    start = stops[-1] if stops else low
    if start == low and low:  # not in the middle of a word
        start = max(start, text.find(" ", low, trigger.start) + 1)
    stop = _STOP.search(text, trigger.end, high)
    return start, stop.end() if stop else high


def _where_when(lookup: Lookup, claim: Claim) -> Iterator[str]:
    parts = [f'<bdi class="where">{shown(place_words(span, lookup.place(span)))}</bdi>' for span in claim.roles.place]
    if claim.roles.time:
        parts.append(f'<bdi class="when">{shown(time_words(claim.roles.time, lookup.interval(claim.roles.time)))}</bdi>')
    parts += [f'<span class="status">{shown(words)}</span>' for words in (blame_words(claim), victims_words(claim)) if words]
    if parts:
        yield f'<p class="short">{"".join(parts)}</p>'


def _rows(lookup: Lookup, claim: Claim) -> Iterator[str]:
    yield _row("trigger", "Act", claim.trigger, f"{claim.act.type}{' · ' + claim.act.mode if claim.act.mode else ''}")
    for label, role, spans in (("Actor", "actor", claim.roles.actor), ("Recipient", "recipient", claim.roles.recipient)):
        for span in spans:
            yield _row(role, label, span, *_judged(lookup, MentionKind.ACTOR, span))
    for span in claim.roles.instrument:
        yield _row("instrument", "With", span, "")
    for span in claim.roles.place:
        yield _row("place", "Where", span, *_judged(lookup, MentionKind.PLACE, span))
    if claim.roles.time:
        yield _row("time", "When", claim.roles.time, *_judged(lookup, MentionKind.TIME, claim.roles.time))
    for voice in claim.voices:
        if voice.span:
            yield _row("voice", "Voice", voice.span, _speaker(voice))
        if voice.cue:
            yield _row("cue", "Cue", voice.cue, stance_words(voice.stance))


def _speaker(voice: Voice) -> str:
    relation = "" if voice.relation is VoiceRelation.UNKNOWN else voice.relation.value.replace("_", " ")
    return ", ".join(filter(None, (voice.side and f"speaks for {voice.side}", relation, voice.spoke and f"spoke {voice.spoke}")))


def _row(role: str, label: str, span: Span, judged: str, why: str = "") -> str:
    more = f'<span class="judged">{shown(judged)}</span>' if judged else ""
    return f'<dt>{label}</dt><dd><q class="on-{role}"><bdi>{shown(span.quote)}</bdi></q>{more}{why}</dd>'


_UNJUDGED = {MentionKind.ACTOR: "not resolved", MentionKind.PLACE: "not located", MentionKind.TIME: "not dated"}
_MOST_OTHERS = 4


def _judged(lookup: Lookup, kind: MentionKind, span: Span) -> tuple[str, str]:
    """What the words were judged to be, and HTML that tells why and what else was thought of; both empty where nobody judged."""
    found = lookup.resolution(kind, span)
    if found is None:
        return "", ""
    target = found.target
    words = target_words(span, target) if target is not None else _UNJUDGED[kind]
    if isinstance(target, PlaceTarget) and target.lat is not None and target.lon is not None:
        words += f" {target.lat:.2f}, {target.lon:.2f}"
    score = f" · {found.score:.2f}" if target is not None else ""
    why = f'<span class="reason">{shown(found.reason)}{score}</span>'
    rest = others(span, found)
    if rest:
        items = "".join(f"<li>{shown(told)} · {one.score:.2f}{_because(one.reason)}</li>" for told, one in rest[:_MOST_OTHERS])
        more = f"<li>and {len(rest) - _MOST_OTHERS} more</li>" if len(rest) > _MOST_OTHERS else ""
        why += f'<ul class="rivals" aria-label="Also considered">{items}{more}</ul>'
    return words, why


def _because(reason: str) -> str:
    return f": {shown(visible(reason))}" if reason else ""


def _figures(lookup: Lookup, claim: Claim) -> Iterator[str]:
    own = lookup.figures_of.get(claim.id, ())
    if own:
        yield f'<ul class="counts">{"".join(_figure(lookup, figure) for figure in own)}</ul>'


def _figure(lookup: Lookup, figure: Figure) -> str:
    denied = " denied" if figure.modality is Modality.DENIED else ""
    return f'<li class="on-figure{denied}">{shown(figure_words(figure))} <span class="judged">{lookup.figures[figure.id]}</span></li>'


def _coded(lookup: Lookup, claim: Claim) -> Iterator[str]:
    for event in lookup.events_of.get(claim.id, ()):
        coded = " · ".join(value for _, value in event.fields)
        yield f'<p class="coded"><b>{shown(event.codebook)}</b> {shown(coded)} <span class="judged">{shown(event.reason)}</span></p>'
