"""Questions to a dependency parse: who is the subject, what is the phrase, is it passive. Tokens have tags and dependencies only."""

from itertools import pairwise
from typing import TYPE_CHECKING

from sayso.engines.engine import Stretch
from sayso.engines.rules.parsed import Parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from sayso.languages.inflect import Inflector

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
OBJECTS = ("dobj", "dative", "attr", "oprd")
RELATIVE = {"who", "which", "that", "whom", "whose"}
_INSIDE = {"det", "amod", "compound", "nummod", "nmod", "poss", "quantmod", "case", "predet", "npadvmod", "preconj", "neg", "advmod"}
_OF = {"of"}
_PREPOSITIONS = ("prep", "agent", "dative")
_ACCUSING = ("accus", "suspect", "blam", "charg", "convict", "acquit", "indict", "clear")
_NOUN_TAGS = ("NN", "NNS", "NNP", "NNPS", "PRP", "CD", "WP", "DT", "EX", "WDT", "PRP$", "JJ")


class View:
    """One parsed sentence with the lemma of each token."""

    __slots__ = ("company", "doc", "lemmas", "parsed", "words")

    def __init__(self, parsed: Parsed, inflector: "Inflector") -> None:
        self.parsed = parsed
        self.doc = parsed.doc
        self.lemmas = parsed.lemmas(inflector)
        self.words = frozenset([*self.lemmas, *[token.lower_ for token in parsed.doc]])
        # The words as company for triggers, pairs included.
        self.company = self.words.union([f"{first} {second}" for first, second in pairwise(self.lemmas)])

    def lemma(self, token: "Token") -> str:
        """The dictionary form of a token of this sentence."""
        return self.lemmas[token.i]

    def stretch(self, first: "Token", last: "Token") -> Stretch:
        """The stretch of the veiled text from the first token to the end of the last."""
        return Stretch(self.parsed.at(first)[0], self.parsed.at(last)[1])

    def phrase(self, head: "Token") -> Stretch:
        """The words of the noun phrase around `head`, with its of-phrase, without clauses and other prepositions."""
        return self.stretch(phrase_start(head), phrase_end(head))


def is_verb(token: "Token") -> bool:
    """Whether the token is tagged as a verb form."""
    return token.tag_[:2] == "VB"


def is_noun(token: "Token") -> bool:
    """Whether the token is tagged as a noun."""
    return token.tag_[:2] == "NN"


def children(token: "Token", *deps: str) -> "Iterator[Token]":
    """The children of a token with one of the dependencies, in the order of the text."""
    return (child for child in token.children if child.dep_ in deps)


def first_child(token: "Token", *deps: str) -> "Token | None":
    """The first such child, or None."""
    for child in token.children:
        if child.dep_ in deps:
            return child
    return None


def phrase_start(head: "Token") -> "Token":
    """The leftmost token of the noun phrase around `head`."""
    start = head
    for child in reversed(list(head.lefts)):
        if child.dep_ not in _INSIDE and not (child.dep_ == "punct" and child.text in "-'\"“‘"):
            if child.dep_ in ("cc", "punct") or child.dep_ in SUBJECTS:
                break
            continue
        if child.right_edge.i + 1 < start.i:
            break
        start = child.left_edge if child.dep_ != "punct" else start
    return start


def phrase_end(head: "Token") -> "Token":
    """The last token of the noun phrase around `head`: through its of-phrase."""
    end = head
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in _OF:
            inner = first_child(child, "pobj")
            if inner is not None and child.i - end.i <= 2:
                end = phrase_end(inner)
            continue
        if child.dep_ in ("case", "nummod", "amod") or (child.dep_ == "compound" and child.i == end.i + 1):
            end = child
            continue
        if child.dep_ == "punct" and child.text in ("-", "–"):
            continue
        if child.i > end.i:
            break
    return end


def conjuncts(token: "Token") -> "list[Token]":
    """The token and what is coordinated with it, from it on."""
    found, queue = [token], [token]
    while queue:
        for child in queue.pop().children:
            if child.dep_ == "conj" and child not in found:
                found.append(child)
                queue.append(child)
    return found


def is_passive(verb: "Token") -> bool:
    """Whether the verb stands in the passive, full ("was killed"), reduced ("drivers abducted") or coordinated."""
    if first_child(verb, "nsubjpass", "auxpass", "csubjpass") is not None:
        return True
    if first_child(verb, "agent") is not None and (verb.tag_ == "VBN" or first_child(verb, "nsubj") is None):
        return True
    if verb.tag_ == "VBD" and verb.dep_ == "acl":
        return first_child(verb, "dobj", "nsubj") is None
    if verb.tag_ != "VBN":
        return False
    if any(child.dep_ == "aux" for child in verb.children):
        return False
    if verb.dep_ in ("acl", "amod"):  # "drivers abducted"; with an object of its own it is a mistagged past tense ("a strike killed ten")
        return first_child(verb, "dobj") is None
    if verb.dep_ == "conj" and is_verb(verb.head) and first_child(verb, "nsubj") is None:
        return is_passive(verb.head)
    return verb.dep_ in ("advcl", "ccomp") and first_child(verb, "nsubj", "dobj") is None and first_child(verb, "agent") is not None


def antecedent(token: "Token") -> "Token":
    """The noun that a relative pronoun stands for; the token itself where it is none."""
    if token.lower_ not in RELATIVE or token.tag_ not in ("WP", "WDT", "IN", "DT", "WP$"):
        return token
    verb = token.head
    while verb.dep_ in ("conj", "xcomp", "ccomp", "aux", "prep", "auxpass") and verb.head.i != verb.i:
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" else token


def subject(verb: "Token") -> "Token | None":
    """The grammatical subject of a verb, looked for through coordination, control and participles."""
    for _ in range(8):
        own = _nearest_subject(verb) or _subject_in_front(verb)
        if own is not None:
            return antecedent(own)
        head = verb.head
        if head.i == verb.i:
            return None
        if verb.dep_ in ("conj", "dep") and is_verb(head):
            verb = head
        elif verb.dep_ == "conj" and is_noun(head) and verb.tag_ in ("VBD", "VBZ", "VBP"):  # "Men landed at dawn and shot …", the first verb misread
            return head
        elif verb.dep_ == "xcomp":
            controller = first_child(head, "dobj", "dative")
            if controller is not None and controller.i < verb.i:
                return antecedent(controller)
            verb = head
        elif verb.dep_ == "advcl" and (verb.tag_ in ("VBG", "VBN") or _infinitive(verb)):
            verb = head
        elif verb.dep_ in ("acl", "relcl"):
            return _described(verb, head)
        elif verb.dep_ == "pcomp" and head.dep_ == "prep":
            found, above = _of_gerund(head)
            if found is not None or above is None:
                return found
            verb = above
        elif verb.dep_ in ("aux", "auxpass", "acomp", "attr", "oprd") or (verb.dep_ == "ccomp" and _infinitive(verb)):
            verb = head
        else:
            return None
    return None


def _of_gerund(prep: "Token") -> "tuple[Token | None, Token | None]":
    """Who does what the gerund after a preposition tells ("accused the army of shelling"), or the verb whose subject it shares; both None if neither."""
    above = prep.head
    if above.tag_ == "JJ" and is_verb(above.head):  # "whom it holds responsible for murdering"
        return _held(above.head), above
    if is_noun(above):  # "accused the Front of firing", where the parse hung "of" on the accused
        accused = above.dep_ == "dobj" and above.head.lower_.startswith(_ACCUSING)
        return (above if accused else None), None
    if is_verb(above):
        controller = first_child(above, "dobj")
        if prep.lower_ in ("of", "for", "from", "into", "with") and controller is not None:
            return antecedent(controller), above
        return None, above
    return None, prep


def _nearest_subject(verb: "Token") -> "Token | None":
    """The subject next to the verb: in run-on lines ("marchers at the gate, police charged them") the parse may give two."""
    found = list(children(verb, *SUBJECTS))
    before = [token for token in found if token.i < verb.i]
    return before[-1] if before else (found[0] if found else None)


def _subject_in_front(verb: "Token") -> "Token | None":
    """The noun right before a finite verb that the parse left without subject ("In Beral, a drone attacked …" read as an apposition)."""
    finite = verb.tag_ in ("VBD", "VBZ", "VBP") or any(child.dep_ in ("aux", "auxpass") and child.tag_ != "TO" for child in verb.lefts)
    if not finite or verb.i == 0 or verb.dep_ in ("conj", "relcl", "acl", "xcomp"):
        return None
    at = verb.i - 1
    while at > 0 and (verb.doc[at].dep_ in ("aux", "auxpass", "neg") or verb.doc[at].tag_ == "RB"):
        at -= 1
    before = verb.doc[at]
    if not is_noun(before):
        return None
    top = before
    while top.dep_ == "pobj" and is_noun(top.head.head) and top.head.i < top.i:
        top = top.head.head
    return top if top.dep_ in ("appos", "conj", "dep", "npadvmod", "ROOT", "nmod") or (top != before and top.dep_ == "pobj") else None


def _held(verb: "Token") -> "Token | None":
    """Who is held responsible, found guilty …: the object, or the relative pronoun in front."""
    held = first_child(verb, "dobj") or next((child for child in verb.lefts if child.tag_ in ("WP", "WDT")), None)
    if held is None:
        return subject(verb) if verb.lower_ in ("is", "are", "was", "were", "be", "been") else None
    if held.tag_ in ("WP", "WDT") and verb.dep_ == "relcl":
        return verb.head
    return held


def _described(verb: "Token", head: "Token") -> "Token":
    """The noun that a participle describes: the one right before it, where the parse took the head of its of-phrase ("relatives of drivers abducted")."""
    before = verb.doc[verb.i - 1] if verb.i else head
    if verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBD") and is_noun(before) and before.i > head.i and head in list(before.ancestors):
        return before
    return head


def _infinitive(verb: "Token") -> bool:
    return any(child.tag_ == "TO" for child in verb.lefts)


def infinitive(verb: "Token") -> bool:
    """Whether the verb is a to-infinitive, its own or one coordinated with it."""
    return _infinitive(verb) or (verb.dep_ == "conj" and verb.tag_ == "VB" and is_verb(verb.head) and infinitive(verb.head))


def objects(verb: "Token") -> "list[Token]":
    """The heads of the direct objects, coordinated ones included."""
    own = [antecedent(child) for child in children(verb, "dobj", "dative")]
    own = own or [child for child in children(verb, "npadvmod") if child.tag_ == "CD" and child.i > verb.i]  # "brought down nine"
    return [found for child in own for found in conjuncts(child)] or _shared_objects(verb)


def _shared_objects(verb: "Token") -> "list[Token]":
    """The objects of the verb right behind in the same form, where both act on them: "shot and killed two men"."""
    second = next((child for child in verb.rights if child.dep_ == "conj" and child.i == verb.i + 2 and child.tag_ == verb.tag_), None)
    if second is None or not is_verb(verb) or first_child(second, "nsubj", "nsubjpass", "auxpass", "aux") is not None:
        return []
    if first_child(verb, "auxpass", "prep", "prt", "ccomp", "xcomp") is not None:
        return []
    return [antecedent(found) for child in children(second, "dobj") for found in conjuncts(child)]


def prepositional(token: "Token", *words: str) -> "list[Token]":
    """The heads of the token's complements with one of the prepositions, coordinated ones included."""
    found: list[Token] = []
    for prep in token.children:
        if prep.dep_ in _PREPOSITIONS and prep.lower_ in words:
            for child in prep.children:
                if child.dep_ == "pobj":
                    found += conjuncts(child)
    return found


def agents(verb: "Token") -> "list[Token]":
    """The heads of the by-phrase of a passive."""
    found = [part for agent in children(verb, "agent") for child in children(agent, "pobj") for part in conjuncts(child)]
    return found or prepositional(verb, "by")


def ancestors(token: "Token") -> "Iterator[Token]":
    """The heads above a token, nearest first."""
    while token.head.i != token.i:
        token = token.head
        yield token
