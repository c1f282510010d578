"""Line: one parsed sentence as the search for speakers sees it, and Finding: what was found in it, in numbers of tokens."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.engines.rules.parsed import Parsed
from sayso.languages.cues import Cues
from sayso.model.words import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.languages.inflect import Inflector

Range = tuple[int, int]  # half-open, in tokens of a sentence or code points of the text

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
OPENING = frozenset("\"“„«‘'`") | {"``", "''"}
CLOSING = frozenset("\"”“»’'") | {"''", "``"}
_QUOTES = OPENING | CLOSING
_INSIDE = {"det", "amod", "compound", "nummod", "nmod", "poss", "quantmod", "case", "predet", "npadvmod", "preconj", "advmod", "neg", "punct", "appos", "dep"}
_CLAUSES = {"relcl", "advcl", "ccomp", "parataxis", "xcomp", "csubj", "dep"}
_LONGEST = 120  # a speaker's name that is longer is cut to its core


@dataclass(frozen=True, slots=True)
class Finding:
    """One attribution within a sentence; `content` empty: the words said stand in another sentence."""

    cue: Range
    stance: Stance
    source: Range | None
    content: tuple[Range, ...]
    negated: bool = False
    told: bool = True
    inner: bool = False  # a source behind the source ("citing"): stands inside a voice with the same content
    elliptic: bool = False  # no subject ("Also says …"): whoever spoke in the sentence before


class Line:
    """One parsed sentence with its dictionary forms."""

    __slots__ = ("_inflector", "cues", "doc", "lemmas", "lower", "parsed", "places")

    def __init__(self, parsed: Parsed, cues: Cues, inflector: "Inflector", places: frozenset[int] = frozenset()) -> None:
        self.places = places  # where names of mere places begin in the text
        self.parsed, self.cues, self._inflector = parsed, cues, inflector
        self.doc = tuple(parsed.doc)
        self.lemmas = parsed.lemmas(inflector)
        self.lower = [token.lower_ for token in self.doc]

    def __len__(self) -> int:
        return len(self.lemmas)

    def chars(self, tokens: Range) -> Range | None:
        """Where the tokens stand in the text, without commas and blanks at their edges; None where nothing is left."""
        start, stop = tokens
        lower, doc, offset = self.lower, self.doc, self.parsed.sentence.start
        while start < stop and (lower[start] in (",", ";", ":", "-", "–", "—") or lower[start].isspace()):
            start += 1
        while start < stop and (lower[stop - 1] in (",", ";", ":", "-", "–", "—") or lower[stop - 1].isspace()):
            stop -= 1
        if start >= stop:
            return None
        last = doc[stop - 1]
        return offset + doc[start].idx, offset + last.idx + len(last.text)

    def lemma(self, token: "Token") -> str:
        """The dictionary form of a token of this sentence."""
        return self.lemmas[token.i]

    def verb_lemma(self, token: "Token") -> str:
        """The dictionary form that the token would have as a verb."""
        return self._inflector.lemma(token.text, "VBD")

    def is_cue(self, token: "Token") -> bool:
        """Whether the token is a verb that may introduce a content."""
        if self.lemmas[token.i] not in self.cues.verbs or not is_verb(token):
            return False
        return not (token.i > 1 and self.doc[token.i - 1].tag_ == "HYPH")  # "baton-charged"

    def end(self) -> int:
        """The number of tokens without the final stop."""
        stop = len(self)
        while stop and (self.lower[stop - 1] in (".", "!", "?", "…") or self.lower[stop - 1].isspace()):
            stop -= 1
        return stop


def is_verb(token: "Token") -> bool:
    """Whether the token is tagged as a verb form."""
    return token.tag_[:2] == "VB"


def child(token: "Token", *deps: str) -> "Token | None":
    """The first child with one of the dependencies, or None."""
    for one in token.children:
        if one.dep_ in deps:
            return one
    return None


def subtree(token: "Token") -> Range:
    """The tokens that hang on a token, itself included."""
    return token.left_edge.i, token.right_edge.i + 1


def infinitive(verb: "Token") -> bool:
    """Whether the verb stands with "to"."""
    return any(one.tag_ == "TO" for one in verb.lefts)


def passive(verb: "Token") -> bool:
    """Whether the verb stands in the passive, full or reduced."""
    if child(verb, "auxpass", "nsubjpass") is not None:
        return True
    if verb.tag_ != "VBN" or child(verb, "aux", "nsubj") is not None:
        return False
    return verb.dep_ in ("acl", "advcl", "relcl") or child(verb, "agent") is not None or (verb.dep_ == "conj" and is_verb(verb.head) and passive(verb.head))


def phrase(line: Line, head: "Token", clauses: bool = True) -> Range:
    """The noun phrase around a head, with its relative clauses where they are asked for; only its core where it is very long."""
    start = head.i
    for one in reversed(list(head.lefts)):
        if one.dep_ not in _INSIDE or one.right_edge.i + 1 != start or (one.dep_ == "punct" and one.text in (",", ";", ":", "—", "–")):
            break
        start = one.left_edge.i
    while start < head.i and line.lower[start] in _QUOTES and not _closes_later(line, start, head.i):
        start += 1
    stop = _phrase_end(head, clauses)
    if _length(line, start, stop) > _LONGEST:
        stop = _phrase_end(head, False)
        if _length(line, start, stop) > _LONGEST:
            stop = _core_end(head)
    return start, stop


def _length(line: Line, start: int, stop: int) -> int:
    """The code points of the tokens [start, stop) with what stands between them."""
    last = line.doc[stop - 1]
    return last.idx + len(last.text) - line.doc[start].idx


def _closes_later(line: Line, start: int, stop: int) -> bool:
    return any(line.lower[at] in CLOSING for at in range(start + 1, stop))


def _phrase_end(head: "Token", clauses: bool) -> int:
    end: int = head.i + 1
    for one in head.rights:
        if one.dep_ == "relcl" and clauses:
            end = one.right_edge.i + 1
            break
        if one.dep_ in _CLAUSES or (one.dep_ == "acl" and one.i > end) or (one.dep_ == "conj" and is_verb(one)):
            break
        if one.dep_ in ("punct", "cc"):
            if one.text in ("”", '"', "''", ")") and one.i == end:
                end = one.i + 1
            continue
        end = max(end, _phrase_end(one, clauses))
    return end


def _core_end(head: "Token") -> int:
    end: int = head.i + 1
    for one in head.rights:
        if one.dep_ == "prep" and one.lower_ == "of" and one.i == end:
            inner = child(one, "pobj")
            end = inner.i + 1 if inner is not None else end
        elif one.dep_ in ("case", "nummod", "compound") and one.i == end:
            end = one.i + 1
        else:
            break
    return end


def own_subject(verb: "Token") -> "Token | None":
    """The subject that hangs on the verb: the nearest before it, else the one after it ("said the army")."""
    before = [one for one in verb.lefts if one.dep_ in ("nsubj", "nsubjpass")]
    return before[-1] if before else next((one for one in verb.rights if one.dep_ == "nsubj"), None)


def speaks_above(verb: "Token") -> "Token | None":
    """The cue verb that a coordinated verb really goes with ("X warns that A will follow, and calls on Y"), where the parser hung it on A."""
    inner = verb.head
    above = inner.head
    if verb.dep_ != "conj" or verb.tag_ not in ("VBZ", "VBD", "VBP") or own_subject(verb) is not None or inner.dep_ != "ccomp" or not is_verb(above):
        return None
    # "Had seized and killed": a participle that the tagger took for a past tense goes with its auxiliary.
    shared = verb.tag_ == "VBD" and child(inner, "aux", "auxpass") is not None and inner.tag_ == "VBN"
    apart = any(verb.doc[at].text == "," for at in range(max(0, verb.left_edge.i - 2), verb.i))
    return above if apart and above.tag_ == verb.tag_ and inner.tag_ != verb.tag_ and above.i < inner.i and not shared else None


def without_verbs(tokens: Range, head: "Token") -> Range:
    """The range up to a finite verb that the parser coordinated with a noun in it, or that belongs to the cue."""
    for one in head.subtree:
        finite = one.tag_ in ("VBZ", "VBD", "VBP")
        loose = not is_verb(one.head) or one.head.tag_ == "VBG" or (one.tag_ != "VBP" and infinitive(one.head)) or speaks_above(one) is not None
        stray = one.dep_ == "conj" and finite and own_subject(one) is None and loose
        if stray and tokens[0] < one.left_edge.i < tokens[1]:
            start: int = one.left_edge.i
            while start > tokens[0] + 1 and (one.doc[start - 1].dep_ == "cc" or one.doc[start - 1].text == ","):
                start -= 1
            return tokens[0], start
    return tokens


def speaker(line: Line, verb: "Token") -> "Token | None":
    """The noun that is the subject of a verb, looked for through participles, infinitives, coordination and relative clauses."""
    for _ in range(8):
        own = own_subject(verb)
        if own is not None:
            return _antecedent(line, own, verb)
        head = speaks_above(verb) or verb.head
        if head.i == verb.i:
            return None
        while verb.dep_ == "conj" and not is_verb(head) and head.head.i != head.i:
            head = head.head
        if (near := _before(verb)) is not None:
            return near
        if verb.dep_ in ("acl", "relcl"):
            return _issuer(line, head)
        if verb.dep_ == "pcomp":
            above = head.head
            quoted = child(above, "dobj") if is_verb(above) and head.lower_ == "as" else None
            if quoted is not None and quoted.i < verb.i:
                return quoted
            head = above
        elif verb.dep_ not in ("conj", "advcl", "xcomp", "aux", "auxpass", "ccomp", "dep", "parataxis") or (verb.dep_ == "ccomp" and verb.tag_ != "VBG"):
            return None
        elif verb.dep_ == "xcomp" and (controller := child(head, "dobj", "dative")) is not None and controller.i < verb.i:
            return controller
        verb = head
    return None


def _before(verb: "Token") -> "Token | None":
    """A name right before a finite verb that the parser did not make its subject."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i == 0:
        return None
    near = verb.nbor(-1)
    near = near.nbor(-1) if near.tag_ == "RB" and near.i and not near.text[0].isupper() else near
    opens = near.i == 0 or near.nbor(-1).text in (",", ";", "”", '"', "''", "“", "``") or near.nbor(-1).tag_.startswith("NNP")
    return near if near.text[0].isupper() and near.text[:1].isalpha() and opens and near.tag_ in ("NNP", "NNPS", "RB", "JJ", "UH", "NN", "VB", "NNS") else None


def _antecedent(line: Line, own: "Token", verb: "Token") -> "Token | None":
    if own.lower_ not in line.cues.pronouns.relative or own.tag_ not in ("WP", "WDT", "IN", "DT"):
        return None if own.lower_ in line.cues.pronouns.nobody or own.tag_ == "EX" else own
    while verb.dep_ in ("conj", "xcomp", "ccomp") and verb.head.i != verb.i:
        verb = verb.head
    if verb.dep_ == "relcl":
        return verb.head
    return own.nbor(-1) if own.i and own.nbor(-1).tag_.startswith("NN") else None


def _issuer(line: Line, noun: "Token") -> "Token | None":
    """Who speaks through a paper: "the ministry issued a statement saying", "said the army in a note adding": the ministry, the army."""
    if noun.dep_ == "dobj" and line.lemma(noun.head) in line.cues.scope.issue:
        return speaker(line, noun.head) or noun
    return noun


def agent(verb: "Token") -> "Token | None":
    """Who follows "by" after a passive, or None."""
    by = child(verb, "agent")
    return child(by, "pobj") if by is not None else None


def negated(line: Line, verb: "Token") -> bool:
    """Whether the cue is denied: "has not said", "nobody said", "declined to say"."""
    negators = line.cues.scope.negators
    if any(one.dep_ == "neg" or line.lower[one.i] in negators for one in verb.lefts):
        return True
    subject = child(verb, "nsubj", "nsubjpass")
    return subject is not None and (subject.lower_ in negators or any(one.lower_ in ("no", "neither") for one in subject.lefts))
