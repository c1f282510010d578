"""Speakers that a verb brings: "X said that …", "…, X said", "said X", "X claimed to have …", "X denied shelling …", "X is accused by Y of …"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.engines.rules.voice_line import (
    CLOSING,
    OPENING,
    Finding,
    Line,
    Range,
    agent,
    child,
    infinitive,
    is_verb,
    negated,
    own_subject,
    passive,
    phrase,
    speaker,
    subtree,
    without_verbs,
)
from sayso.languages.cues import Cue, Takes
from sayso.model.words import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_MODIFIERS = ("prt", "advmod", "npadvmod", "prep", "dative", "dobj", "neg", "tmod", "iobj", "agent", "pobj")
_STOPS = {",", ".", ";", ":", "…", "!", "?", ")", "-", "–", "—", "and", "or"}
_MISTAKEN = ("NN", "NNS", "NNP", "NNPS", "JJ")  # what the parser takes a verb for
_MODALS = {"would", "could", "might", "should", "can", "may", "must", "will"}
_SUBORDINATE = ("IN", "WRB", "VBG", "TO", "MD")
_ORDER = (Takes.COUNT, Takes.CLAUSE, Takes.QUOTE, Takes.INFINITIVE, Takes.GERUND, None, Takes.COMPLEMENT, Takes.OBJECT)  # None: after a preposition


def verb_findings(line: Line) -> Iterator[Finding]:
    """What the verbs of a sentence attribute."""
    for token in line.doc:
        if token.tag_ in _MISTAKEN and (misread := _misread(line, token)) is not None:
            yield misread
        if not line.is_cue(token) or token.dep_ in ("aux", "auxpass", "amod", "compound"):
            continue
        found = _finding(line, token)
        if found is not None:
            yield found


def _misread(line: Line, token: "Token") -> Finding | None:
    """ "State media allege that …", where the parser took the verb for a noun."""
    if token.i == 0 or token.i + 2 >= len(line):
        return None
    cues = [cue for cue in line.cues.verbs.get(line.verb_lemma(token), ()) if Takes.CLAUSE in cue.takes]
    if cues and (subject := own_subject(token)) is not None and subject.i < token.i:
        clause = next((one for one in token.rights if one.dep_ == "ccomp" and child(one, "mark") is not None), None)
        content = (subtree(clause),) if clause is not None else ()
        return Finding((token.i, token.i + 1), cues[0].stance, phrase(line, subject), content, negated(line, token), cues[0].told) if content else None
    if line.lower[token.i + 1] != "that":
        return None
    before = line.doc[token.i - 1]
    if not cues or line.lemma(token) in line.cues.nouns or not (before.tag_.startswith("NN") or before.dep_ in ("pobj", "nsubj")):
        return None
    own = own_subject(token)
    start = token.left_edge.i if own is None else phrase(line, own)[0]
    stop = next((at for at in range(token.i, line.end()) if line.lower[at] == ";"), max(token.right_edge.i + 1, token.i + 2))
    source = (start, token.i if own is None else phrase(line, own)[1])
    return Finding((token.i, token.i + 1), cues[0].stance, source, ((token.i + 1, stop),), negated(line, token), cues[0].told)


def matching(line: Line, token: "Token", cues: tuple[Cue, ...]) -> tuple[list[Cue], Range]:
    """The cues whose later words hang on the token (longest phrases only), and the tokens of the cue."""
    stop = token.i + 1
    found: list[Cue] = []
    for cue in cues:
        if found and len(cue.words) < len(found[0].words):
            break
        end = _phrase_stop(line, token, cue.words[1:])
        if end is not None:
            stop = max(stop, end)
            found.append(cue)
    return found, (token.i, stop)


def _phrase_stop(line: Line, token: "Token", rest: tuple[str, ...]) -> int | None:
    at = token.i + 1
    for word in rest:
        hit = next((i for i in range(at, min(at + 4, len(line))) if word in (line.lower[i], line.lemmas[i])), None)
        if hit is None:
            return None
        at = hit + 1
    return at


def _finding(line: Line, verb: "Token") -> Finding | None:
    entries = line.cues.verbs[line.lemma(verb)]
    reads_passive = passive(verb)
    head = agent(verb) if reads_passive else speaker(line, verb)
    source = _without_charge(line, phrase(line, head)) if head is not None else None
    if source is not None and source[0] < verb.i < source[1]:
        start, stop = phrase(line, head, clauses=False) if head is not None else source
        source = (start, min(stop, verb.i)) if start < verb.i else (start, stop)
    while entries:
        cues, cue_range = matching(line, verb, entries)
        if not cues:
            return None
        found = _first(line, (verb, cues, cue_range, source), reads_passive)
        if found is not None:
            return found
        # A phrase without content: the bare verb may have one ("spoke of 30 dead", "spoke of shelling").
        entries = tuple(cue for cue in entries if len(cue.words) < len(cues[0].words))
    return None


def _without_charge(line: Line, source: Range) -> Range:
    """The speaker without the word for what they answer, where the parser joined the two ("a charge the army denies", "a claim Lomas rejected")."""
    start, stop = source
    charge = stop - start > 2 and line.lower[start] in ("a", "an") and line.lemmas[start + 1] in line.cues.nouns
    if charge and line.doc[start + 2].tag_ in ("NNP", "NNPS", "DT"):
        return start + 2, stop
    return source


def _first(line: Line, at: "tuple[Token, list[Cue], Range, Range | None]", reads_passive: bool) -> Finding | None:
    """The first of the cues with a content, in the order of the forms."""
    verb, cues, cue_range, source = at
    for form in _ORDER:
        for cue in cues:
            if (form is None and not cue.after) or (form is not None and form not in cue.takes):
                continue
            content = _content(line, (verb, cue, cue_range, source), form, reads_passive)
            if content:
                if source is not None and source[0] < content[0][0] < source[1]:
                    source = (source[0], content[0][0] - 1)
                if source is not None and content[0][0] <= source[0] < content[0][1] < source[1]:
                    source = (content[0][1], source[1])
                told = cue.told or form is Takes.QUOTE or _quoted(line, content)
                bare = source is None and verb.tag_ in ("VBZ", "VBD", "VBP") and all(line.doc[at].tag_ in ("RB", "CC") for at in range(verb.i))
                return Finding(cue_range, cue.stance, source, content, negated(line, verb), told, elliptic=bare)
    return _speechless(line, verb, cues, cue_range, source)


def _quoted(line: Line, content: tuple[Range, ...]) -> bool:
    """Whether the content is direct speech from its first word to its last."""
    first, last = content[0][0], content[-1][1] - 1
    return first < last and line.lower[first] in OPENING and (line.lower[last] in CLOSING or line.lower[last - 1] in CLOSING)


def _content(line: Line, at: "tuple[Token, Cue, Range, Range | None]", form: Takes | None, reads_passive: bool) -> tuple[Range, ...]:
    verb, cue, cue_range, source = at
    if form is Takes.CLAUSE:
        if reads_passive and verb.dep_ == "acl" and line.lower[min(cue_range[1], len(line) - 1)] != "that":
            return ()
        return _clause(line, verb, cue_range) or (() if reads_passive else _postposed(line, verb, source, cue_range))
    if form is Takes.QUOTE:
        return _speech(line, verb, source, cue_range) or (() if Takes.CLAUSE in cue.takes or reads_passive else _postposed(line, verb, source, cue_range))
    if form is Takes.INFINITIVE:
        return _infinitive(line, verb, reads_passive)
    if form is Takes.GERUND:
        first = _past_adverbs(line, verb)
        return tuple(without_verbs(subtree(one), one) for one in verb.rights if one.dep_ in ("xcomp", "ccomp", "advcl", "dobj") and one.i == first)
    if form is None:
        # "Police charged with batons" accuses nobody.
        if cue.stance is Stance.ACCUSED and not reads_passive and child(verb, "dobj", "dative") is None:
            return ()
        return after(verb, cue, cue_range)
    if form is Takes.COUNT:
        return () if reads_passive or source is None else _count(line, cue_range)
    if form is Takes.COMPLEMENT:
        return _complement(line, verb, reads_passive)
    return _object(line, verb, cue, reads_passive)


def _past_adverbs(line: Line, verb: "Token") -> int:
    at: int = verb.i + 1
    while at < len(line) and (line.doc[at].tag_ in ("RB", "RP") or line.lower[at] in ("having", "being")):
        if line.lower[at] in ("having", "being"):
            at = next((i for i in range(at + 1, min(at + 5, len(line))) if is_verb(line.doc[i]) and line.doc[i].tag_ == "VBN"), at + 1)
            break
        at += 1
    return at


def _clause(line: Line, verb: "Token", cue_range: Range) -> tuple[Range, ...]:
    """The finite clauses to the right of the verb, with participles and further that-clauses that belong to them."""
    found: list[Range] = []
    end = _other_speaker(line, cue_range[1])
    for one in verb.rights:
        start, stop = subtree(one)
        stop = min(stop, end)
        if start >= end:
            break
        start = max(start, cue_range[1])
        finite = one.dep_ in ("ccomp", "parataxis") or (one.dep_ in ("xcomp", "dep") and child(one, "nsubj", "nsubjpass", "mark") is not None)
        if finite and not _bare_participle(one):
            if one.dep_ in ("ccomp", "xcomp") or line.lower[start - 1] in (":", "—", "–"):
                found.append(without_verbs((start, stop), one))
        elif _trailing(line, one) if found else one.dep_ == "advcl" and _asked(line, verb, start):
            found.append((start, stop))
    return tuple(found)


def _other_speaker(line: Line, start: int) -> int:
    """The semicolon after which somebody else speaks ("X said A; Y denied B"), or the end."""
    for at in range(start, len(line)):
        if line.lower[at] == ";":
            for token in line.doc[at + 1 :]:
                own = own_subject(token) if line.is_cue(token) else None
                if own is not None and own.i > at and own.lower_ not in line.cues.pronouns.pointing:
                    return at
    return len(line)


def _trailing(line: Line, verb: "Token") -> bool:
    """Whether a participle or a further that-clause goes on with the content ("said it hit the camp, killing nine")."""
    if verb.dep_ == "conj":
        return is_verb(verb) and line.lower[subtree(verb)[0]] == "that"
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and not line.is_cue(verb) and child(verb, "nsubj", "mark") is None


def _asked(line: Line, verb: "Token", start: int) -> bool:
    """Whether an adverbial clause is a content: "said whether …", "did not say when …"."""
    if line.lower[start] in ("that", "whether", "if"):
        return line.lower[start - 1] != ","
    return line.doc[start].tag_ in ("WRB", "WP") and start == verb.i + 1 and negated(line, verb)


def _bare_participle(verb: "Token") -> bool:
    return verb.tag_ in ("VBG", "VB") and child(verb, "nsubj", "nsubjpass", "mark", "expl", "csubj") is None and (verb.tag_ == "VBG" or infinitive(verb))


def _block_end(verb: "Token", cue_range: Range, source: Range | None) -> int:
    """The first token after the cue, its speaker and its own modifiers."""
    end: int = max(cue_range[1], source[1] if source is not None and source[0] == verb.i + 1 else 0)
    for one in verb.rights:
        start, stop = subtree(one)
        if start < end <= stop and one.dep_ in ("nsubj", *_MODIFIERS) and stop - end < 12:
            end = stop if one.dep_ != "nsubj" else end
        elif start == end and one.dep_ in _MODIFIERS and not (one.dep_ == "dobj" and any(part.dep_ in ("relcl", "ccomp") for part in one.rights)):
            end = stop
    return end


def _postposed(line: Line, verb: "Token", source: Range | None, cue_range: Range) -> tuple[Range, ...]:
    """What stands before (and after) an inserted "…, X said": the sentence without the insertion."""
    start = min(source[0], verb.i) if source is not None else verb.i
    if source is not None and source[1] <= verb.i:
        start = _after_object(line, source)
    if source is not None and source[1] <= verb.i and verb.i - source[1] > 25:
        return ()
    lead = None
    if start and line.lower[start - 1] in line.cues.scope.inserted and (cue_range[1] > verb.i + 1 or child(verb, "dobj", "prep", "acomp") is None):
        lead = start - 1
    end = _block_end(verb, cue_range, source)
    if any(one.lower_ in _MODALS for one in verb.lefts if one.dep_ == "aux"):
        return ()
    if lead is not None:
        return _around(line, lead, end)
    before = line.lower[start - 1] if start else ""
    if before not in (",", "-", "–", "—", "?", "!") and before not in CLOSING:
        return ()
    follows = line.lower[end] if end < len(line) else "."
    if follows not in _STOPS | CLOSING | line.cues.scope.breaks and not follows.isspace():
        return ()
    return _around(line, start, end)


def _after_object(line: Line, source: Range) -> int:
    """Where the speaker begins: after the comma, where the parser joined an object to the speakers ("shot three men, villagers and medics said")."""
    comma = next((at for at in range(source[1] - 1, source[0], -1) if line.lower[at] == ","), None)
    verb_before = any(line.doc[at].tag_ in ("VBD", "VBZ", "VBP") for at in range(source[0]))
    joined = comma is not None and line.doc[comma + 1].dep_ != "appos" and source[0] > 0 and line.lower[source[0] - 1] not in (",", "-", "–", "—")
    return comma + 1 if comma is not None and joined and verb_before else source[0]


def _around(line: Line, start: int, end: int) -> tuple[Range, ...]:
    """The sentence left and right of an insertion, as far as it belongs to the speaker."""
    left = (sentence_start(line, start), start)
    if _adverbial(line, left, start, end):
        return ()
    stop = line.end()
    after_comma = end + 1 if end < stop and line.lower[end] in (",", "-", "–", "—") else end
    if after_comma >= stop or (after_comma == end and line.lower[end] not in ("and", "or") and start > 0):
        return (left,) if left[0] < left[1] else ()
    token = line.doc[after_comma]
    ends = (
        line.lower[after_comma] in line.cues.scope.breaks
        or token.tag_ in ("VBG", "VBN", "WDT", "WP", "IN", "WRB")
        or line.lower[end] == ";"
        or (start > 0 and line.lower[after_comma] == "who")
    )
    if ends and start > 0:
        return (left,) if left[0] < left[1] else ()
    right = (after_comma, _sentence_stop(line, after_comma, stop))
    return tuple(part for part in (left, right) if part[0] < part[1])


def _adverbial(line: Line, left: Range, start: int, end: int) -> bool:
    """Whether what stands before the insertion is only a clause of time or condition ("Should it fall, they would …")."""
    if left[0] >= left[1] or line.doc[left[0]].tag_ not in _SUBORDINATE:
        return False
    hung = [one for at in range(start, min(end, len(line))) for one in line.doc[at].lefts if one.i < start and one.dep_ != "punct"]
    return bool(hung) and all(one.dep_ in ("advcl", "prep", "npadvmod", "advmod", "cc", "mark", "pobj") for one in hung)


def sentence_start(line: Line, before: int) -> int:
    """Where the stretch that ends at `before` begins: after a semicolon, or after "but" where somebody else spoke before it."""
    for at in range(before - 2, 0, -1):
        if line.lower[at] in (";", ":"):
            return at + 1
        if line.lower[at] in line.cues.scope.breaks and line.lower[at - 1] == "," and any(line.is_cue(line.doc[i]) for i in range(at)):
            return at + 1
    return 0


def _sentence_stop(line: Line, start: int, stop: int) -> int:
    return next((at for at in range(start, stop) if line.lower[at] == ";"), stop)


def _speech(line: Line, verb: "Token", source: Range | None, cue_range: Range) -> tuple[Range, ...]:
    """Direct speech after the verb: after a colon, or from the quotation mark on."""
    end = _block_end(verb, cue_range, source)
    if end >= len(line):
        return ()
    embedded = any(one.dep_ == "mark" and one.lower_ == "that" for one in verb.lefts)
    if line.lower[end] == ":" and end + 1 < line.end() and not embedded:
        return ((end + 1, len(line)),)
    at = end + 1 if line.lower[end] == "," else end
    if at < len(line) and line.lower[at] in OPENING and line.lower[at] not in ("'", "’"):
        close = next((i for i in range(at + 1, len(line)) if line.lower[i] in CLOSING and i > at + 1), len(line) - 1)
        return ((at, close + 1),) if close - at > 2 else ()
    return ()


def _infinitive(line: Line, verb: "Token", reads_passive: bool) -> tuple[Range, ...]:
    for one in verb.rights:
        if one.dep_ in ("xcomp", "ccomp", "advcl", "dobj") and is_verb(one) and infinitive(one):
            to = next(left.i for left in one.lefts if left.tag_ == "TO")
            found = without_verbs((to, one.right_edge.i + 1), one)
            subject = child(verb, "nsubjpass") if reads_passive else None
            return (phrase(line, subject), found) if subject is not None else (found,)
    return ()


def after(token: "Token", cue: Cue, cue_range: Range) -> tuple[Range, ...]:
    """What follows one of the cue's prepositions, on the token or on its object."""
    objects = [one for one in token.rights if one.dep_ in ("dobj", "dative", "nsubjpass")]
    objects += [one for one in (agent(token),) if one is not None]
    preps = [one for owner in (token, *objects) for one in owner.rights if one.dep_ in ("prep", "agent", "dative") and one.lower_ in cue.after]
    if not preps and len(cue.words) > 1:
        preps = [one for i in range(*cue_range) for one in token.doc[i].rights if one.dep_ == "prep" and one.lower_ in cue.after]
    return tuple(without_verbs((one.i + 1, one.right_edge.i + 1), one) for one in preps if one.i >= token.i and one.right_edge.i > one.i)


def _complement(line: Line, verb: "Token", reads_passive: bool) -> tuple[Range, ...]:
    subject = child(verb, "nsubjpass") if reads_passive else None
    for one in verb.rights:
        small_clause = one.dep_ in ("xcomp", "ccomp", "advcl") and (not is_verb(one) or (reads_passive and one.tag_ in ("VBN", "VBG")))
        if small_clause or one.dep_ in ("oprd", "acomp", "attr"):
            return (phrase(line, subject), subtree(one)) if subject is not None else (subtree(one),)
    return ()


def _object(line: Line, verb: "Token", cue: Cue, reads_passive: bool) -> tuple[Range, ...]:
    if reads_passive:
        one = child(verb, "nsubjpass") or (verb.head if verb.dep_ == "acl" else None)
        if one is None or line.lemma(one) in cue.not_objects or one.tag_ in ("PRP", "DT", "WDT", "WP"):
            return ()
        start, stop = without_verbs(subtree(one), one)
        return ((start, stop) if verb.dep_ != "acl" and not start <= verb.i < stop else phrase(line, one),)
    one = child(verb, "dobj")
    if one is None or one.i < verb.i or one.tag_ in ("PRP", "DT", "WDT", "WP") or {line.lemma(one), one.lower_} & cue.not_objects:
        return ()
    return (without_verbs(subtree(one), one),)


def _count(line: Line, cue_range: Range) -> tuple[Range, ...]:
    """A number to the right of the cue, with what goes with it: to the end of the clause."""
    start, stop = cue_range[1], line.end()
    number = next((at for at in range(start, stop) if line.doc[at].tag_ == "CD" or line.lemmas[at] in line.cues.scope.counts), None)
    if number is None or any(line.doc[at].tag_ in ("VBD", "VBZ", "VBP", "MD") or line.lower[at] == "," for at in range(start, number)):
        return ()
    breaks = line.cues.scope.breaks | {"and"}
    end = next((at for at in range(number, stop) if line.lower[at] == ";" or (line.lower[at] == "," and at + 1 < stop and line.lower[at + 1] in breaks)), stop)
    return ((start, end),)


def _speechless(line: Line, verb: "Token", cues: list[Cue], cue_range: Range, source: Range | None) -> Finding | None:
    """The finding of a cue that stands alone ("he said."): its words are a quotation next to the sentence."""
    speaks = next((cue for cue in cues if Takes.QUOTE in cue.takes), None)
    if speaks is None or source is None or source[0] > 3 or passive(verb):
        return None
    end = _block_end(verb, cue_range, source)
    if end < line.end() and line.lower[end] != ":":
        return None
    return Finding(cue_range, speaks.stance, source, (), negated(line, verb), True)
