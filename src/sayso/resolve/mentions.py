"""Resolutions of a report's actor mentions, each read through the voice whose words it stands in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.gazetteers.actors import ActorContext, ActorList
from sayso.gazetteers.name_finder import FoundName
from sayso.model import ActorTarget, Claim, Document, Mention, Resolution
from sayso.model.words import MentionKind
from sayso.resolve.actors import ResolvedActor, actor_context, resolve_actor, resolve_speaker, widened

_PRONOUNS = frozenset(("it", "they", "he", "she", "we"))
_NOTHING_BETWEEN = re.compile(r"\s*,?\s*(?:(?:late |early )?(?:on |in )?(?:\w+day|a statement|its statement)\s*)?(?:,\s*)?(?:that\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ResolvedActors:
    """Resolutions of actor mentions, and their targets by place in the text."""

    resolutions: tuple[Resolution, ...]
    targets: Mapping[tuple[int, int], ActorTarget | None]


def resolve_actors(
    document: Document, mentions: Sequence[Mention], claims: Sequence[Claim], found: tuple[Sequence[FoundName], Sequence[str]], actors: ActorList
) -> ResolvedActors:
    """Who each actor mention is; `found` holds the names of the text and the countries of its places."""
    names, countries = found
    base = actor_context(document, names, countries)
    voices = _voices(claims)
    contexts: dict[str | None, ActorContext] = {None: base}
    answers: dict[tuple[str, str | None, bool], ResolvedActor] = {}  # the same words said by the same voice mean the same
    behind = _behind_their_speaker(document.text, claims)
    resolutions, targets = [], {}
    bare = {(name.start, name.end) for name in names}
    for mention in mentions:
        if mention.kind is not MentionKind.ACTOR:
            continue
        at = (mention.span.start, mention.span.end)
        voice = voices.get(at)
        if voice not in contexts:
            contexts[voice] = replace(base, voice=voice)
        # A name that no act holds stands for whom the words after it make of it: "Israeli" of "Israeli forces said".
        words = widened(document.text, *at) if at in bare else mention.as_written
        key = (words, voice, at in behind)
        answer = answers.get(key)
        if answer is None:
            told = resolve_speaker(words, contexts[voice], actors) if at in behind else None
            answer = answers[key] = told or resolve_actor(words, contexts[voice], actors)
        resolutions.append(answer.of(mention.id))
        targets[at] = answer.target
    return ResolvedActors(tuple(resolutions), targets)


def _behind_their_speaker(text: str, claims: Sequence[Claim]) -> frozenset[tuple[int, int]]:
    """Where a pronoun is the first word of what somebody says: "the Front said that it", "the army said on Friday it"."""
    found = set()
    for claim in claims:
        cue = claim.voices[-1].cue if len(claim.voices) > 1 else None
        for span in claim.roles.actor if cue is not None else ():
            if span.quote.lower() in _PRONOUNS and cue is not None and cue.end < span.start and _NOTHING_BETWEEN.fullmatch(text, cue.end, span.start):
                found.add((span.start, span.end))
    return frozenset(found)


def _voices(claims: Sequence[Claim]) -> dict[tuple[int, int], str]:
    """By place, the words of the innermost speaker of the first claim that the mention plays a part in; the outlet's own have none."""
    voices: dict[tuple[int, int], str] = {}
    for claim in claims:
        if len(claim.voices) < 2:
            continue
        for span in (*claim.roles.actor, *claim.roles.recipient):
            voices.setdefault((span.start, span.end), claim.voices[-1].name)
    return voices
