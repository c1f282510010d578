"""Voices: who is said to say what, over the parsed sentences of one text (cue, stance, speaker, and the stretches of text that are theirs).

An act's voice is found by position: `chain` gives the attributions whose content covers it, outermost first. A cue is never in its own content:
that somebody denied is the outlet's word; what was denied is theirs.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.engines.rules.parsed import Parsed
from sayso.engines.rules.speakers import Names, kind_of
from sayso.engines.rules.voice_line import Finding, Line, Range
from sayso.engines.rules.voice_phrases import phrase_findings
from sayso.engines.rules.voice_quotes import further_sentences, spoken
from sayso.engines.rules.voice_record import Attribution, chain, speaking
from sayso.engines.rules.voice_verbs import verb_findings
from sayso.languages.cues import Cues
from sayso.model.words import VoiceKind

if TYPE_CHECKING:
    from sayso.languages.inflect import Inflector

__all__ = ["Attribution", "attributions", "chain", "further_sentences", "speaking"]


def attributions(parsed: Sequence[Parsed], text: str, cues: Cues, inflector: "Inflector", places: Collection[Range] = ()) -> tuple[Attribution, ...]:
    """Every attribution of the text, in the order of its cues; `places`: names that stand for a place only, and do not speak before a colon."""
    topics = frozenset(start for start, _ in places)
    found: list[Attribution] = []
    names = Names(cues)
    before = 0  # where the findings of the sentence before begin
    for one in parsed:
        line = Line(one, cues, inflector, topics)
        start = len(found)
        found += _of_line(line, names, found[before:], cues)
        before = start
        names.add(line)
    return tuple(sorted(spoken(found, text, cues.pronouns.speaker), key=lambda one: (one.cue, one.content)))


def _of_line(line: Line, names: Names, before: Sequence[Attribution], cues: Cues) -> list[Attribution]:
    seen: set[int] = set()
    made: list[Attribution] = []
    findings: list[Finding] = [*verb_findings(line), *phrase_findings(line)]
    for one in sorted(findings, key=lambda one: (not one.inner, one.cue)):
        if one.cue[0] in seen:
            continue
        seen.add(one.cue[0])
        record = _attribution(line, one, names, cues)
        last = next((other for other in reversed(before) if other.source is not None and other.told), None) if one.elliptic else None
        if last is not None and line.parsed.index - last.sentence == 1:
            record = replace(record, source=last.source, named=last.named, kind=last.kind, carried=True)
        made.append(record)
    for one in findings:
        if one.source is not None and one.told:
            names.spoke(line, one.source)
    return made


def _attribution(line: Line, one: Finding, names: Names, cues: Cues) -> Attribution:
    cue = line.chars(one.cue) or (line.parsed.at(line.doc[one.cue[0]]))
    source = line.chars(one.source) if one.source is not None else None
    content = tuple(found for part in one.content if (found := line.chars(part)) is not None)
    named = names.fuller(line, one.source) if one.source is not None else None
    kind = kind_of(line, one.source, cues) if one.source is not None else VoiceKind.UNNAMED
    pronoun = one.source is not None and line.lower[one.source[0]] in cues.pronouns.pointing
    made = Attribution(line.parsed.index, cue, one.stance, source, kind, content, one.negated, named=named, told=one.told, inner=one.inner)
    return replace(made, carried=True) if pronoun and named is not None else made
