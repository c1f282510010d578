"""Speakers that no verb brings: "according to X", "X's claim that", "reportedly", "confident that", "Ankara: …", "… - ministry"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.engines.rules.voice_line import Finding, Line, Range, agent, child, infinitive, is_verb, negated, own_subject, phrase, speaker, subtree
from sayso.engines.rules.voice_verbs import after, matching, sentence_start
from sayso.languages.cues import Cue, Takes
from sayso.model.words import Stance
from sayso.text.sentence import LineKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST_LABEL = 7  # tokens of a name before a colon
_LONGEST_TAIL = 5  # tokens of a name after a headline's dash


def phrase_findings(line: Line) -> Iterator[Finding]:
    """What phrases, nouns, adjectives, adverbs and marks of a sentence attribute."""
    cues = line.cues
    for token, word in zip(line.doc, line.lower, strict=True):
        tag = token.tag_
        if word in cues.openings:
            yield from _prepositional(line, token)
        if word in cues.owned_after:
            yield from _owned(line, token)
        if tag == "VBG":
            yield from _citing(line, token)
        elif tag in ("NN", "NNS"):
            yield from _nominal(line, token)
        elif tag in ("JJ", "JJR", "JJS", "VBN", "RB"):
            yield from _adjectival(line, token)
        if word in cues.adverbs:
            yield from _adverbial(token)
    yield from _colon(line)
    yield from _tail(line)


def _prepositional(line: Line, token: "Token") -> Iterator[Finding]:
    """ "According to X": the clause around it."""
    for words, stance in line.cues.phrases.items():
        if line.lower[token.i] != words[0] or tuple(line.lower[token.i : token.i + len(words)]) != words:
            continue
        stop = token.i + len(words)
        if stop >= len(line):
            return
        head = child(line.doc[stop - 1], "pobj") or line.doc[stop]
        source = (stop, max(phrase(line, head)[1], stop + 1))
        content = _clause_around(line, token, source[1])
        if content:
            yield Finding((token.i, stop), stance, source, content)
        return


def _clause_around(line: Line, token: "Token", stop: int) -> tuple[Range, ...]:
    start, end = token.i, line.end()
    before = line.lower[start - 1] if start else ""
    opening = start == 0 or before in (":", ";") or (start == 1 and before in ("and", "but", "so", "yet", "“", '"'))
    closes = stop >= end or line.lower[stop] in (";", "—", "–")
    verb = token
    while verb.head.i != verb.i and not (is_verb(verb) and verb.i != token.i):
        verb = verb.head
    if opening:
        skip = next((i for i in range(stop, min(stop + 25, end)) if line.lower[i] == ","), stop - 1) + 1
        return ((skip, end),)
    if verb.dep_ == "conj" and verb.i > stop and own_subject(verb) is not None and before == ",":
        return ((stop, subtree(verb)[1]),)
    if before == "," or line.lower[start - 1] in ("”", '"', "''"):
        left = (sentence_start(line, start), start)
        if closes or line.lower[stop] != "," or line.doc[min(stop + 1, end - 1)].tag_ in ("WDT", "WP", "IN", "VBG"):
            return (left,)
        return left, (stop + 1, end)
    if verb.i == token.i:
        return ((0, start),)
    first, last = subtree(verb)
    parts = ((first, start), (stop, min(last, end)))
    return tuple(part for part in parts if part[1] - part[0] > 1)


def _owned(line: Line, token: "Token") -> Iterator[Finding]:
    """ "By his account": the clause around it."""
    noun = child(token, "pobj")
    owner = child(noun, "poss") if noun is not None and line.lemma(noun) in line.cues.owned else None
    if noun is None or owner is None or owner.lower_ in ("my", "our", "your"):
        return
    start, stop = phrase(line, owner)
    source = start, (stop - 1 if line.lower[stop - 1] in ("'s", "’s", "'", "’") else stop)
    content = _clause_around(line, token, max(noun.i + 1, subtree(noun)[1]))
    if content:
        yield Finding((token.i, noun.i + 1), Stance.SAID, source, content)


def _citing(line: Line, token: "Token") -> Iterator[Finding]:
    """ "X, citing Y, said …": Y stands behind X, for the same content."""
    if line.lemma(token) not in line.cues.citing:
        return
    told = child(token, "dobj")
    if told is None:
        return
    source = phrase(line, told)
    verb = token.head
    if token.dep_ not in ("advcl", "acl", "dep", "conj", "xcomp", "ccomp") or verb.i == token.i:
        return
    if not is_verb(verb):
        verb = verb.head
    clauses = [subtree(one) for one in verb.children if one.dep_ == "ccomp" and one.i != token.i]
    start, stop = subtree(token)
    around = tuple(part for part in ((sentence_start(line, start), start), (stop, line.end())) if part[1] - part[0] > 1)
    told_clause = ((subtree(verb)[0], start),) if verb.dep_ == "ccomp" and subtree(verb)[0] < start else ()
    content = tuple(clauses) or told_clause or around
    yield Finding((token.i, token.i + 1), Stance.REPORTED, source, content, inner=True)


def _nominal(line: Line, token: "Token") -> Iterator[Finding]:
    """ "X's claim that …", "reports of …", "a warning to …"."""
    known = line.cues.nouns.get(line.lemma(token))
    if known is None:
        return
    cues, cue_range = matching(line, token, known)
    for cue in cues:
        content = _noun_content(line, token, cue, cue_range)
        if content:
            source, told = _noun_speaker(line, token, cue), cue.told
            yield Finding(cue_range, cue.stance, source, content, negated(line, token), told)
            return


def _noun_content(line: Line, token: "Token", cue: Cue, cue_range: Range) -> tuple[Range, ...]:
    if Takes.CLAUSE in cue.takes:
        for one in token.rights:
            if one.dep_ in ("acl", "ccomp", "relcl") and is_verb(one) and _that_clause(one):
                return (subtree(one),)
        head = token.head
        if token.dep_ == "nsubj" and line.lemma(head) == "be":
            clause = next((one for one in head.rights if one.dep_ in ("ccomp", "advcl", "xcomp") and line.lower[one.left_edge.i] in ("that", "to")), None)
            if clause is not None:
                return (subtree(clause),)
    if Takes.INFINITIVE in cue.takes:
        for one in token.rights:
            if one.dep_ in ("acl", "relcl", "xcomp") and is_verb(one) and infinitive(one):
                return (subtree(one),)
    return after(token, cue, cue_range) if cue.after else ()


def _that_clause(verb: "Token") -> bool:
    first = verb.left_edge
    return first.lower_ == "that" and first.dep_ in ("mark", "dobj", "det") and child(verb, "nsubj", "nsubjpass", "expl") not in (None, first)


def _noun_speaker(line: Line, token: "Token", cue: Cue) -> Range | None:
    owner = child(token, "poss")
    if owner is not None:
        start, stop = phrase(line, owner)
        return start, (stop - 1 if line.lower[stop - 1] in ("'s", "’s", "'", "’") else stop)
    for one in token.rights:
        if one.dep_ in ("prep", "agent") and one.lower_ in ("by", "from") and (inner := child(one, "pobj")) is not None:
            return phrase(line, inner)
        if one.dep_ == "acl" and one.tag_ == "VBN" and (by := agent(one)) is not None:
            return phrase(line, by)
    head = token.head
    if token.dep_ == "dobj" and is_verb(head):
        if line.lemma(head) in line.cues.scope.issue | {"have", "express", "voice", "repeat", "hold", "raise"} and (who := speaker(line, head)) is not None:
            return phrase(line, who)
        if any(verb.stance is Stance.DENIED for verb in line.cues.verbs.get(line.lemma(head), ())):
            return None
    return _core(line, token) if cue.speaks else None


def _core(line: Line, token: "Token") -> Range:
    start, _ = phrase(line, token)
    return start, token.i + 1


def _adjectival(line: Line, token: "Token") -> Iterator[Finding]:
    """ "X is confident that …", "X was ready to …"."""
    cues = line.cues.adjectives.get(line.lower[token.i], ())
    if not cues or token.dep_ not in ("acomp", "oprd", "ROOT", "conj", "ccomp", "advcl"):
        return
    verb = token if is_verb(token) and token.dep_ != "acomp" else token.head
    who = speaker(line, verb)
    if who is None:
        return
    for cue in cues:
        content = tuple(
            subtree(one)
            for one in (*token.rights, *(verb.rights if verb.i != token.i else ()))
            if (Takes.CLAUSE in cue.takes and one.dep_ in ("ccomp", "advcl") and line.lower[one.left_edge.i] == "that")
            or (Takes.CLAUSE in cue.takes and one.dep_ == "ccomp" and child(one, "nsubj", "nsubjpass") is not None)
            or (Takes.INFINITIVE in cue.takes and one.dep_ in ("xcomp", "advcl", "ccomp") and is_verb(one) and infinitive(one))
        )
        content = content[:1] or (after(token, cue, (token.i, token.i + 1)) if cue.after else ())
        if content:
            yield Finding((token.i, token.i + 1), cue.stance, phrase(line, who), content, negated(line, verb), cue.told)
            return


def _adverbial(token: "Token") -> Iterator[Finding]:
    """ "Reportedly": the clause it stands in, with no speaker."""
    verb = token.head
    while verb.head.i != verb.i and not is_verb(verb):
        verb = verb.head
    first, last = subtree(verb)
    parts = ((first, token.i), (token.i + 1, last))
    yield Finding((token.i, token.i + 1), Stance.REPORTED, None, tuple(part for part in parts if part[0] < part[1]))


def _colon(line: Line) -> Iterator[Finding]:
    """ "Ankara: two soldiers killed": a name before a colon speaks."""
    at = next((i for i in range(1, min(_LONGEST_LABEL, len(line))) if line.lower[i] == ":"), None)
    if at is None or line.end() - at < 3 or not any(is_verb(token) for token in line.doc[at + 1 :]):
        return
    name = line.doc[0:at]
    if any(is_verb(token) or token.tag_ in ("CC", "CD", "PRP") or token.text in (",", "(", '"', "“") for token in name):
        return
    if any({line.lower[token.i], line.lemmas[token.i]} & line.cues.labels for token in name):
        return
    if not name[0].tag_.startswith(("NN", "JJ", "DT", "VBG", "CD")):
        return
    known = line.lemmas[at - 1] in line.cues.speakers or line.lower[at - 1] in line.cues.speakers
    if line.parsed.at(name[0])[0] in line.places and not known:
        return  # "Kharkiv: three killed": a topic, no speaker
    if known or (name[-1].tag_.startswith("NN") and name[-1].text[0].isupper()):
        yield Finding((at, at + 1), Stance.SAID, (0, at), ((at + 1, len(line)),))


def _tail(line: Line) -> Iterator[Finding]:
    """ "Two killed in raid - ministry": a speaker after a headline's dash."""
    if line.parsed.sentence.kind is not LineKind.HEADING:
        return
    at = next((i for i in range(len(line) - 2, max(len(line) - _LONGEST_TAIL - 2, 1), -1) if line.lower[i] in ("-", "–", "—", ":")), None)
    if at is None or at < 3 or any(is_verb(token) for token in line.doc[at + 1 :]):
        return
    last = line.end() - 1
    if {line.lemmas[last], line.lower[last]} & line.cues.speakers.keys():
        yield Finding((at, at + 1), Stance.SAID, (at + 1, last + 1), ((0, at),))
