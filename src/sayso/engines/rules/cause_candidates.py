"""Candidates: every place of a sentence where a cue may tie an effect to its cause, with the stretches of both; whether it does is judged elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.engines.rules.cause_parts import Part, around, below, clause_of, subject_part, trimmed
from sayso.engines.rules.grammar import View, agents, first_child, is_noun, is_passive, is_verb, subject
from sayso.languages.causes import CauseCue, CauseCues, Form, Grade

if TYPE_CHECKING:
    from spacy.tokens import Token

_LOOSE = frozenset({"advcl", "acl", "dep", "xcomp", "conj", "prep", "ROOT", "parataxis"})  # how a participle without a subject may hang
_GOVERNED = frozenset({"pobj", "pcomp"})
_CLAUSAL = frozenset({"ccomp", "acl", "advcl", "xcomp", "dobj", "relcl"})
_TOLD_AFTER = ("dobj", "xcomp", "ccomp", "attr", "oprd", "dative", "acomp")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue with what stands on its two sides: `governor` is the word it hangs on, `complement` the head of what stands after it."""

    cue: CauseCue
    signal: Part
    governor: "Token"
    complement: "Token"
    cause: Part
    effect: Part


def candidates(view: View, cues: CauseCues) -> tuple[Candidate, ...]:
    """The candidates of a parsed sentence in the order of their signals."""
    found: list[Candidate] = []
    taken = -1
    for token in view.doc:
        if token.i <= taken:
            continue
        for one in _at(view, token, cues):
            found.append(one)
            taken = max(taken, one.signal.last if one.cue.form in (Form.LINK, Form.INFINITIVE) else taken)
    return tuple(found)


def _at(view: View, token: "Token", cues: CauseCues) -> Iterator[Candidate]:
    """The candidates whose signal begins at a token: one by its written form, or one by its dictionary form."""
    for cue in cues.written.get(token.lower_, ()):
        last = _written_end(token, cue)
        made = _link(cue, token, last) if last is not None else None
        if made is not None:
            yield made
            return
    if is_verb(token):
        for cue in cues.verbs.get(view.lemma(token), ()):
            made = _participle(cue, token) if cue.form is Form.PARTICIPLE else _verb(cue, token)
            if made is not None:
                yield made
                return
    elif is_noun(token):
        for cue in cues.nouns.get(view.lemma(token), ()):
            made = _noun(cue, token)
            if made is not None:
                yield made
                return


def _written_end(token: "Token", cue: CauseCue) -> "Token | None":
    """The last token of a cue that begins here; None where its words do not stand here."""
    doc, at, words = token.doc, token.i, cue.words
    end = at + len(words)
    if end > len(doc) or (len(words) > 1 and (doc[at + 1].lower_ != words[1] or any(doc[at + more].lower_ != words[more] for more in range(2, len(words))))):
        return None
    return doc[end - 1] if token.lower_ == words[0] else None


def _link(cue: CauseCue, first: "Token", last: "Token") -> Candidate | None:
    """The candidate of a conjunction, a preposition or a phrase of them."""
    if not cue.cause_after:
        return _effect_link(cue, first, last)
    signal = Part(first.i, last.i)
    complement = _complement(cue, first, last)
    if complement is None:
        return None
    governor = _governor(complement, signal)
    if governor is None or governor is complement:
        return None
    after = below(complement, last.i if cue.form is Form.INFINITIVE else last.i + 1)
    if after is None:
        return None
    other = around(governor, Part(first.i, max(after.last, last.i)))
    return None if other is None else Candidate(cue, signal, governor, complement, after, other)


def _complement(cue: CauseCue, first: "Token", last: "Token") -> "Token | None":
    """The head of what stands after a link: the verb of its clause or the noun that it governs."""
    if cue.form is Form.INFINITIVE:
        return last.head if last.tag_ == "TO" and last.head.i > last.i and is_verb(last.head) else None
    signal = [last.doc[at] for at in range(last.i, first.i - 1, -1)]
    inner = _hung_after(signal, last, _GOVERNED)  # of "because of" the noun may hang on either word
    if inner is not None:
        return inner
    if last.dep_ in ("mark", "advmod", "prep", "dep", "aux") and last.head.i > last.i and is_verb(last.head):
        return last.head
    return _hung_after(signal, last, _CLAUSAL)


def _hung_after(signal: "Sequence[Token]", last: "Token", deps: frozenset[str]) -> "Token | None":
    """The first word behind the signal that hangs on a word of it, the last word first."""
    return next((child for one in signal for child in one.rights if child.i > last.i and child.dep_ in deps), None)


def _governor(complement: "Token", signal: Part) -> "Token | None":
    """The first word above the complement that is no part of the signal."""
    one = complement
    while one.head is not one:
        one = one.head
        if not signal.first <= one.i <= signal.last:
            return one
    return None


def _effect_link(cue: CauseCue, first: "Token", last: "Token") -> Candidate | None:
    """The candidate of a word that opens the effect ("so that", "thereby"): the cause stands before it in the sentence."""
    verb = last.head if last.dep_ in ("mark", "advmod") and last.head.i > last.i else clause_of(last)
    after = trimmed(first.doc, last.i + 1, max(verb.right_edge.i, last.i))
    above = verb.head if verb.dep_ in ("conj", "advcl", "relcl", "ccomp", "acl") else verb
    before = trimmed(first.doc, min(above.left_edge.i, first.i), first.i - 1)
    if after is None or before is None or before.last - before.first < 1:
        return None
    return Candidate(cue, Part(first.i, last.i), above, verb, before, after)


def _participle(cue: CauseCue, token: "Token") -> Candidate | None:
    """The candidate of a participle that hangs on a clause without a subject of its own."""
    if token.tag_ != "VBG" or token.dep_ not in _LOOSE or token.head is token:
        return None
    if first_child(token, "aux", "nsubj", "nsubjpass", "mark") is not None:
        return None
    last = _words_end(token, cue)
    if last is None:
        return None
    own = below(token, token.i)
    other = around(token.head, Part(token.i, token.right_edge.i)) if own is not None else None
    if own is None or other is None:
        return None
    cause, effect = (own, other) if cue.cause_after else (other, own)
    return Candidate(cue, Part(token.i, last.i), token.head, token, cause, effect)


def _verb(cue: CauseCue, token: "Token") -> Candidate | None:
    """The candidate of a verb between its subject and its object."""
    last = _words_end(token, cue)
    if last is None:
        return None
    told = subject(token)
    if told is None or told.i == token.i:
        return None
    before = subject_part(token, told, token.left_edge.i if token.dep_ == "relcl" else token.i)
    passive = is_passive(token)
    if passive and len(cue.words) == 1:
        return _passive(cue, token, before)
    inner = first_child(last, "pobj", "pcomp") if last is not token else next((child for child in token.rights if child.dep_ in _TOLD_AFTER), None)
    if inner is None or before is None:
        return None
    after = trimmed(token.doc, (last.i + 1) if cue.grade is Grade.SURE or cue.cause_after else token.i, token.right_edge.i)
    if cue.cause_after and cue.grade is not Grade.SURE and after is not None:  # "were arrested for …": the verb itself is part of the effect
        before = around(token, Part(last.i if last is not token else after.first, after.last))
    if after is None or before is None:
        return None
    cause, effect = (after, before) if cue.cause_after else (before, after)
    return Candidate(cue, Part(token.i, last.i), told, inner, cause, effect)


def _passive(cue: CauseCue, token: "Token", before: Part | None) -> Candidate | None:
    """The candidate of a passive that says by what: the subject is the other side."""
    by = agents(token)
    if not by or before is None:
        return None
    after = below(by[0], by[0].left_edge.i)
    if after is None:
        return None
    cause, effect = (before, after) if cue.cause_after else (after, before)
    return Candidate(cue, Part(token.i, token.i), by[0].head, by[0], cause, effect)


def _noun(cue: CauseCue, token: "Token") -> Candidate | None:
    """The candidate of a noun that names one side and leads to the other: "was the result of"."""
    last = _words_end(token, cue)
    inner = first_child(last, "pobj", "pcomp") if last is not None and last is not token else None
    if last is None or inner is None:
        return None
    after = below(inner, last.i + 1)
    other = _other_side(token)
    if after is None or other is None:
        return None
    cause, effect = (after, other) if cue.cause_after else (other, after)
    return Candidate(cue, Part(token.i, last.i), token.head, inner, cause, effect)


def _other_side(noun: "Token") -> Part | None:
    """The subject of "was the result of", else the clause up to the noun."""
    verb = clause_of(noun)
    told = subject(verb) if is_verb(verb) else None
    if noun.dep_ == "attr" and told is not None:
        return subject_part(verb, told, verb.i)
    return around(noun.head, Part(noun.left_edge.i, noun.right_edge.i)) if noun.head is not noun else None


def _words_end(token: "Token", cue: CauseCue) -> "Token | None":
    """The particle or preposition that a cue of two or more words ends in; the token itself where it has one word; None where it is missing."""
    last = token
    for word in cue.words[1:]:
        found = next((child for child in last.rights if child.lower_ == word and child.dep_ in ("prep", "prt", "agent", "pcomp", "dative", "advmod")), None)
        if found is None:
            return None
        last = found
    return last
