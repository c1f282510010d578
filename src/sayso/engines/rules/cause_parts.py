"""CausePart: the stretch of a sentence that tells a cause or an effect, told from the verb or noun on which it hangs."""

from typing import TYPE_CHECKING, NamedTuple

from sayso.engines.rules.grammar import antecedent, is_noun, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CLAUSES = frozenset({"ROOT", "advcl", "ccomp", "conj", "relcl", "acl", "xcomp", "parataxis", "pcomp", "csubj"})
_TRIMMED_TAGS = frozenset({",", ".", ":", "CC", "``", "''", "-LRB-", "-RRB-", "HYPH", "NFP"})


class Part(NamedTuple):
    """Tokens first to last, both included."""

    first: int
    last: int


def trimmed(doc: "Doc", first: int, last: int) -> Part | None:
    """The part without the punctuation and conjunctions at its ends; None where nothing is left."""
    while first <= last and doc[first].tag_ in _TRIMMED_TAGS:
        first += 1
    while last >= first and doc[last].tag_ in _TRIMMED_TAGS:
        last -= 1
    return Part(first, last) if first <= last else None


def below(head: "Token", start: int) -> Part | None:
    """The words that hang on a token, from `start` on."""
    return trimmed(head.doc, max(start, head.left_edge.i), head.right_edge.i)


def clause_of(token: "Token") -> "Token":
    """The verb of the clause in which a token stands; the top of the sentence where no verb is above it."""
    one = token
    while one.head is not one and not (is_verb(one) and one.dep_ in _CLAUSES):
        one = one.head
    while one.dep_ == "xcomp" and is_verb(one.head):  # "asked it to act": the clause begins at the verb that asks
        one = one.head
    return one


def around(token: "Token", hole: Part) -> Part | None:
    """The clause in which a token stands without what lies in the hole: the longer side of it, of the subject's noun only its own phrase."""
    verb = clause_of(token)
    top = _subject_above(token, verb)
    if top is not None and top.left_edge.i <= hole.first <= top.right_edge.i:
        return trimmed(token.doc, top.left_edge.i, hole.first - 1)
    first, last = verb.left_edge.i, verb.right_edge.i
    if hole.last < first or hole.first > last:
        return trimmed(token.doc, _own_start(verb), last)
    before = trimmed(token.doc, _own_start(verb), hole.first - 1)
    behind = trimmed(token.doc, hole.last + 1, last)
    if before is None or behind is None:
        return before or behind
    return before if before.first <= verb.i <= before.last else behind


def subject_part(verb: "Token", subject: "Token", before: int) -> Part | None:
    """The subject's words up to the verb; of a relative clause the noun it describes with what stands before it in its clause."""
    if antecedent(subject) is subject and verb.dep_ not in ("relcl", "acl"):
        return trimmed(verb.doc, subject.left_edge.i, min(subject.right_edge.i, before - 1))
    noun = verb.head if verb.dep_ in ("relcl", "acl") else subject
    if not is_noun(noun):
        return trimmed(verb.doc, noun.left_edge.i, before - 1)
    return trimmed(verb.doc, noun.left_edge.i, min(verb.left_edge.i, before) - 1)


def _own_start(verb: "Token") -> int:
    """Where a clause begins, past the words that join it to another; one that describes a noun begins at that noun."""
    start = verb.left_edge.i
    if verb.dep_ in ("relcl", "acl") and is_noun(verb.head) and verb.head.i < start:
        return verb.head.left_edge.i
    while start < verb.i and (verb.doc[start].dep_ in ("mark", "cc", "punct") or verb.doc[start].tag_ == "WRB" or verb.doc[start].tag_ in _TRIMMED_TAGS):
        start += 1
    return start


def _subject_above(token: "Token", verb: "Token") -> "Token | None":
    """The subject of the verb on whose phrase the token hangs; None where it hangs elsewhere."""
    one = token
    while one is not verb and one.head is not one:
        if one.head is verb:
            return one if one.dep_ in ("nsubj", "nsubjpass") else None
        one = one.head
    return None
