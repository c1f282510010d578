"""Triggering: which words of a parsed sentence tell an act of the codebook, constraints of the entries checked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.codebooks.codebook import Codebook
from sayso.codebooks.triggers import Trigger
from sayso.engines.rules.grammar import View, agents, ancestors, children, conjuncts, first_child, is_noun, is_passive, is_verb, objects, prepositional, subject
from sayso.languages.cases import Cases
from sayso.model.words import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.engines.rules.tagging import Tagged

# What a veiled name of an actor counts as where an entry asks for words: the same whatever kind of actor it is, so that who did it cannot change what was done.
NAMED = frozenset({"country", "force"})
_OBJECT_STARTS = frozenset({"DT", "CD", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "JJ"})
LEARNED = "the learned layer"  # what stands for the entry where none tells the act
_WHERE_TO = frozenset({"wide", "home", "off", "back", "away", "ahead", "through"})  # "shot wide": done, not suffered
_PLACE = "town"  # what a proper name counts as that is nobody's: names of actors and persons are found before
_REACH = 10  # tokens in which the fixed words of a verb entry must follow it
_OBJECT_PREPOSITIONS = ("of", "on", "against", "for", "at", "to", "upon", "over", "with", "into", "from", "about")


_Known = dict[tuple[object, ...], frozenset[str]]


@dataclass(slots=True, eq=False)
class Hit:
    """A word of the sentence that triggers an act. Not frozen: most are thrown away at once, and to freeze one takes three times as long."""

    view: View
    head: "Token"
    trigger: Trigger
    rest: tuple["Token", ...] = ()  # the fixed words found
    passive: bool = False
    chance: float | None = None  # of the learned layer, where no entry but that tells the act
    spoken: tuple[Modality, float] | None = None  # the modality that the layer takes the act to be told in, and its chance
    lead: int | None = None  # how much more its entry fixes than the best of another type that fits as well; None where none does

    @property
    def nominal(self) -> bool:
        """Whether a noun tells the act."""
        return self.trigger.pos == "noun"


class Triggering:
    """Finds the hits of one codebook; `names` gives the kinds of the veiled names by token."""

    def __init__(self, book: Codebook, cases: Cases) -> None:
        self.book = book
        self.cases = cases
        tables = (("verb", book.verbs), ("noun", book.nouns))
        # The fixed words of an entry as a set: whether they are in the sentence at all is asked before where they stand.
        self._entries = {
            (pos, head): tuple((trigger, frozenset(trigger.rest)) for trigger in triggers) for pos, table in tables for head, triggers in table.items()
        }
        self._heads = frozenset(head for _, head in self._entries)
        self._conflict = book.classes.get("conflict", frozenset())
        self._rank = {name: rank for rank, name in enumerate(book.precedence)}
        self._telegraphic = cases.light.telegraphic
        self._unforced = book.classes.get("unforced", frozenset())

    def hits(self, view: View, kinds: Mapping[int, str], times: frozenset[int], before: frozenset[str]) -> list[Hit]:
        """The hits of a sentence in the order of its words, names and times left out; `before` holds the words of the sentence in front of it."""
        company = view.company | before
        if not self._unforced.isdisjoint(view.company):  # "a heart attack": no company of violence
            quiet = {words.rsplit(" ", 1)[-1] for words in self._unforced & view.company}
            company -= {word for word in quiet if view.lemmas.count(word) == 1}
        found = []
        for token in view.doc:
            hit = None if token.i in times and not is_verb(token) else self._at(view, token, kinds, company, times)
            if hit is not None:
                found.append(hit)
        return found

    def tagged(self, view: View, seen: "Tagged", kinds: Mapping[int, str], times: frozenset[int]) -> list[Hit]:
        """A hit for each mark of the learned layer, at the verb of the marked words that stands highest, else their noun; none on names and times."""
        found: list[Hit] = []
        for tag in seen.tags:
            here = [token for token in view.doc if token.idx < tag.end and token.idx + len(token.text) > tag.start and token.i not in kinds]
            verbs = [token for token in here if is_verb(token) and token.dep_ not in ("aux", "auxpass", "amod", "compound")]
            nouns = [token for token in here if is_noun(token) and token.i not in times and token.dep_ != "compound"]
            head = min(verbs or nouns, key=lambda token: (sum(1 for _ in ancestors(token)), token.i), default=None)
            if head is None or (tag.type == "ASSAULT" and self._without_force(view, head)):
                continue
            if not self._unlike(view, "verb" if verbs else "noun", view.lemma(head), tag.type):
                trigger = Trigger(tag.type, None, "verb" if verbs else "noun", view.lemma(head), source=LEARNED)
                rest = tuple(token for token in here if token is not head and token.text[0].isalnum() and token.tag_ != "DT")
                passive = bool(verbs) and self._passive(view, head)
                found.append(Hit(view, head, trigger, rest, passive, tag.chance, seen.mood(tag.start, tag.end)))
        return found

    def _unlike(self, view: View, pos: str, head: str, kind: str) -> bool:
        """Whether the codebook takes the bare word for such an act in some company only, and not in this ("died when their lorry left the road")."""
        return any(
            trigger.type == kind and not (rest or trigger.objects or trigger.subjects) and (trigger.company or trigger.not_company)
            for trigger, rest in self._entries.get((pos, head), ())
        )

    def company(self, view: View, kinds: Mapping[int, str]) -> frozenset[str]:
        """The words of a sentence as company for its triggers and for those of the next."""
        return view.company

    def _at(self, view: View, token: "Token", kinds: Mapping[int, str], company: frozenset[str], times: frozenset[int]) -> Hit | None:
        if token.i in kinds or (view.lemmas[token.i] not in self._heads and token.lower_ not in self._heads):
            return None
        known: _Known = {}
        options = [hit for hit in self._options(view, token, company) if self._fits(hit, kinds, known) and not _dated(hit, times)]
        if options and self._without_force(view, token):
            options = [hit for hit in options if hit.trigger.type != "ASSAULT"]
        if not options:
            return None
        best = max(options, key=lambda hit: (hit.trigger.specificity, -self._rank.get(hit.trigger.type, 99)))
        others = [hit.trigger.specificity for hit in options if hit.trigger.type != best.trigger.type]
        return replace(best, lead=best.trigger.specificity - max(others)) if others else best

    def _options(self, view: View, token: "Token", company: frozenset[str]) -> Iterator[Hit]:
        """The entries whose words and company are there, the constraints on who and whom aside."""
        lemma = view.lemma(token)
        nominal = is_noun(token) or (token.tag_ in ("VBG", "VB", "VBP", "JJ") and _stands_as_noun(token))
        if nominal and not (token.dep_ == "compound" and is_noun(token.head) and self._compound_is_quiet(view, token)):
            for head in dict.fromkeys((lemma, token.lower_)):
                for trigger in self._near("noun", head, view, company):
                    rest = _modifiers(view, token, trigger.rest)
                    if rest is not None:
                        yield Hit(view, token, trigger, rest)
        verbal = is_verb(token) or _hyphenated_participle(token)
        if (
            verbal
            and token.dep_ not in ("amod", "compound", "aux", "auxpass", "nsubj", "nsubjpass", "dobj", "pobj")
            and not (nominal and token.dep_ == "csubj")
        ):
            entries = self._near("verb", lemma, view, company)
            passive = bool(entries) and self._passive(view, token)
            for trigger in entries:
                rest = _following(view, token, trigger.rest)
                if rest is not None:
                    yield Hit(view, token, trigger, rest, passive)

    def _without_force(self, view: View, token: "Token") -> bool:
        """Whether the word before makes the noun no act of force: "heart attack", "price war"."""
        return token.i > 0 and not self._unforced.isdisjoint((f"{view.lemmas[token.i - 1]} {view.lemmas[token.i]}",))

    def _compound_is_quiet(self, view: View, token: "Token") -> bool:
        """Whether a noun in front of another noun tells no act of its own ("attack helicopter", "protest movement")."""
        head = view.lemma(token.head)
        return head not in self.cases.light.wrappers

    def _passive(self, view: View, verb: "Token") -> bool:
        if is_passive(verb) or _hyphenated_participle(verb):
            return True
        # Headline and bulletin grammar: "Five soldiers killed in raid", "2 troops wounded".
        return (
            verb.tag_ in ("VBN", "VBD")
            and view.lemma(verb) in self._telegraphic
            and first_child(verb, "dobj", "aux", "ccomp", "dative", "prt") is None
            and not prepositional(verb, "at", "into", "on", "through")
            and first_child(verb, "nsubj") is not None
            and verb.dep_ != "relcl"
            and not objects(verb)
            and not (verb.i + 1 < len(verb.doc) and (verb.doc[verb.i + 1].tag_ in _OBJECT_STARTS or verb.doc[verb.i + 1].lower_ in _WHERE_TO))
        )

    def _near(self, pos: str, head: str, view: View, company: frozenset[str]) -> list[Trigger]:
        """The entries of a head whose fixed words and company are in the sentence."""
        return [
            trigger
            for trigger, rest in self._entries.get((pos, head), ())
            if rest <= view.words
            and (not trigger.company or not trigger.company.isdisjoint(company))
            and (not trigger.not_company or trigger.not_company.isdisjoint(company))
            and (not trigger.weak or not self._conflict.isdisjoint(company))
        ]

    def _fits(self, hit: Hit, kinds: Mapping[int, str], known: _Known) -> bool:
        """Whether who and whom are as the entry wants them; `known` holds the words of both for the entries of one word."""
        trigger = hit.trigger
        if trigger.objects or trigger.not_objects:
            key = ("object", hit.nominal, hit.rest[-1].i if hit.rest else -1, hit.passive)
            found = known.get(key)
            if found is None:
                found = known[key] = self._words(hit.view, object_heads(hit), kinds)
            if (trigger.objects and trigger.objects.isdisjoint(found)) or not trigger.not_objects.isdisjoint(found):
                return False
        if trigger.subjects or trigger.not_subjects:
            key = ("subject", hit.nominal, hit.nominal and trigger.role_of("of") == "actor", hit.passive)
            found = known.get(key)
            if found is None:
                found = known[key] = self._words(hit.view, subject_heads(hit), kinds)
            if (trigger.subjects and trigger.subjects.isdisjoint(found)) or not trigger.not_subjects.isdisjoint(found):
                return False
        return True

    @staticmethod
    def _words(view: View, tokens: Iterable["Token"], kinds: Mapping[int, str]) -> frozenset[str]:
        found: set[str] = set()
        for token in tokens:
            lemma = view.lemma(token)
            found.add(lemma)
            found.add(token.lower_)
            found.update([f"{view.lemmas[child.i]} {lemma}" for child in token.lefts])
            if kinds.get(token.i):
                found |= NAMED
            if token.tag_ == "NNP" and token.i not in kinds and not token.text.isupper():
                found.add(_PLACE)
            if token.lower_ in _QUANTITIES or token.tag_ == "CD":
                found.update([view.lemmas[part.i] for part in prepositional(token, "of")])
        return frozenset(found)


def _dated(hit: Hit, times: frozenset[int]) -> bool:
    """Whether the entry's last fixed word only says when ("called the king on Saturday" is no call on him)."""
    if hit.nominal or not hit.rest or hit.rest[-1].dep_ != "prep":
        return False
    told = list(children(hit.rest[-1], "pobj"))
    return bool(told) and all(token.i in times for token in told)


_QUANTITIES = {
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "number",
    "group",
    "groups",
    "some",
    "several",
    "many",
    "most",
    "part",
    "parts",
    "series",
    "members",
    "lot",
    "couple",
    "pair",
    "all",
    "rest",
    "majority",
    "tens",
    "batch",
    "shipment",
    "consignment",
    "tonnes",
    "tons",
    "worth",
}


def object_heads(hit: Hit) -> "list[Token]":
    """The heads of what the entry's object constraint speaks of."""
    head = hit.head
    if hit.nominal:
        compound = [child for child in head.lefts if child.dep_ in ("compound", "amod", "poss", "nmod")]
        return prepositional(head, *_OBJECT_PREPOSITIONS) + compound
    if hit.rest and hit.rest[-1].tag_ in ("IN", "TO", "RP") and first_child(hit.rest[-1], "pobj") is not None:
        return [part for child in hit.rest[-1].children if child.dep_ == "pobj" for part in conjuncts(child)]
    if hit.passive:
        found = subject(head)
        return conjuncts(found) if found is not None else []
    direct = objects(head)
    if direct:
        return direct
    return [part for child in head.children if child.dep_ in ("attr", "oprd", "xcomp", "ccomp") and not is_verb(child) for part in conjuncts(child)]


def subject_heads(hit: Hit) -> "list[Token]":
    """The heads of what the entry's subject constraint speaks of."""
    if hit.nominal:
        own = [child for child in hit.head.lefts if child.dep_ in ("poss", "amod", "compound", "nmod")]
        return prepositional(hit.head, "by") + own + (prepositional(hit.head, "of") if hit.trigger.role_of("of") == "actor" else [])
    if hit.passive:
        return agents(hit.head)
    found = subject(hit.head)
    return conjuncts(found) if found is not None else []


def _stands_as_noun(token: "Token") -> bool:
    """Whether a gerund or mistagged word stands where a noun stands ("the shelling of", "after shelling")."""
    if token.tag_ == "JJ":
        return token.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass") and token.i + 1 < len(token.doc)
    if token.dep_ in ("nsubj", "nsubjpass", "csubj", "dobj", "pobj", "conj", "compound", "attr", "ROOT") and first_child(token, "dobj", "nsubj", "aux") is None:
        return token.dep_ not in ("conj", "ROOT") or first_child(token, "det", "amod", "poss") is not None
    return first_child(token, "det", "poss") is not None


def _modifiers(view: View, token: "Token", rest: tuple[str, ...]) -> "tuple[Token, ...] | None":
    """The tokens right before the noun that are the entry's modifiers; None where they are not there."""
    found: list[Token] = []
    at = token.i - 1
    for word in reversed(rest):
        while at >= 0 and view.doc[at].text == "-":
            at -= 1
        if at < 0 or word not in (view.lemmas[at], view.doc[at].lower_):
            return None
        found.append(view.doc[at])
        at -= 1
    return tuple(reversed(found))


def _following(view: View, token: "Token", rest: tuple[str, ...]) -> "tuple[Token, ...] | None":
    """The tokens after the verb that are the entry's fixed words, in order, its object allowed between; None where they are not there."""
    found: list[Token] = []
    at = token.i
    for word in rest:
        match = next(
            (other for other in view.doc[at + 1 : token.i + 1 + _REACH] if word in (other.lower_, view.lemmas[other.i]) and _belongs(other, token, at)), None
        )
        if match is None:
            return None
        found.append(match)
        at = match.i
    return tuple(found)


def _hyphenated_participle(token: "Token") -> bool:
    """Whether the word is a participle that the parser takes for an adjective ("mourners were tear-gassed")."""
    return token.tag_ == "JJ" and "-" in token.text and token.lower_.endswith("ed") and token.dep_ in ("acomp", "ROOT", "conj")


def _belongs(other: "Token", verb: "Token", previous: int) -> bool:
    """Whether a fixed word hangs on the verb (or stands right after the word before it)."""
    if other.i == previous + 1:
        return True
    head = other.head
    if other.dep_ == "prep":  # "called for talks", not "called it a punishment for"
        return head.i in (verb.i, previous)
    return head.i == verb.i or (head.head.i == verb.i and head.i > verb.i)
