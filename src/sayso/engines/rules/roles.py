"""Roles: who did it, to whom, with what, for one hit in its parse."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.engines.rules.grammar import (
    RELATIVE,
    agents,
    ancestors,
    antecedent,
    children,
    conjuncts,
    first_child,
    infinitive,
    is_noun,
    is_passive,
    is_verb,
    objects,
    prepositional,
    subject,
)
from sayso.engines.rules.triggering import Hit
from sayso.languages.cases import Cases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

_TARGET_PREPOSITIONS = ("on", "at", "against", "upon", "into", "toward", "towards")
_NOUN_RECIPIENT = ("of", "on", "against", "at", "upon", "targeting")
# Types whose object is a thing between two parties ("suspended its membership", "severed ties with"): the recipient is the other party.
_OVER_THINGS = frozenset({"SANCTION", "REJECT", "AGREE", "COOPERATE", "CONCEDE", "CONSULT", "REQUEST", "AID", "ACCUSE"})
_LOCATIVE = frozenset(["in", "near", "at", "around", "outside", "between", "from", "inside", "across", "along", "towards", "toward"])


_FINITE = ("VBD", "VBZ", "VBP")
_INNER_MARKS = frozenset("\"'“”‘’-")
_HURLING = frozenset(["throw", "hurl", "lob", "toss", "fling", "pelt"])
_ROUNDS = frozenset(["round", "shot", "ammunition", "bullet", "munition", "canister", "pellet"])
_OPENS = frozenset(["that", "who", "which", "whom", "when", "where", "while", "because", "if", "as", "after", "before", "and", "but", "or", "of", "by", "than"])


@dataclass(slots=True)
class Parts:
    """Heads of the phrases that fill the roles of an act."""

    actor: "list[Token]" = field(default_factory=list)
    recipient: "list[Token]" = field(default_factory=list)
    instrument: "list[Token]" = field(default_factory=list)


class RoleFinder:
    """Fills the roles of hits; `kinds` gives the kinds of veiled names, `times` the tokens inside time expressions."""

    def __init__(self, cases: Cases, armed: frozenset[str], weapons: frozenset[str], people: frozenset[str]) -> None:
        self.cases = cases
        self.armed = armed
        self.weapons = weapons
        self.people = people

    def parts(self, hit: Hit, kinds: "Mapping[int, str]", times: frozenset[int]) -> tuple[Parts, "Token | None"]:
        """The roles of a hit, and the verb that carries it where a noun tells it."""
        parts, carrier = self._nominal(hit, kinds, times) if hit.nominal else (self._verbal(hit, times), None)
        if not parts.actor and not hit.passive and (hit.chance is not None or hit.head.tag_ in _FINITE):
            parts.actor += [token for token in _in_front(hit, times) if token not in parts.recipient]
        for tokens in (parts.actor, parts.recipient):
            tokens[:] = [side for token in tokens for side in _sides(token, kinds)]
        return parts, carrier

    def _verbal(self, hit: Hit, times: frozenset[int]) -> Parts:
        verb, trigger, parts = hit.head, hit.trigger, Parts()
        subjects = _all(subject(verb))
        if hit.passive:
            self._give(parts, trigger.role_of("object") or "recipient", subjects)
            parts.actor += agents(verb)
        else:
            self._give(parts, trigger.role_of("subject") or "actor", subjects)
            direct = [token for token in objects(verb) if token.i not in times and token not in hit.rest and not self._temporal(hit, token)]
            thrown = self._thrown(hit, direct)
            if thrown:
                parts.instrument += thrown
                direct = [token for token in direct if token not in thrown]
            if trigger.role_of("object") != "none":
                self._give(parts, trigger.role_of("object") or "recipient", self._affected(hit, direct))
            else:
                parts.recipient += [child for token in direct for child in token.lefts if child.dep_ == "poss" and child.tag_ != "PRP$"]
        self._prepositions(hit, parts, times)
        if not parts.recipient and (not hit.passive or trigger.role_of("object") == "none"):
            shot = [token for token in prepositional(verb, "with") if self._munition(hit, token)]  # "opened fire with live rounds on the crowd"
            told = [found for token in (verb, *hit.rest, *objects(verb), *shot) for found in prepositional(token, *_TARGET_PREPOSITIONS)]
            parts.recipient += [token for token in told if token.i not in times and not self._temporal(hit, token)]
        if not parts.recipient and not hit.passive:
            parts.recipient += self._in_clause(hit)
        if hit.passive and trigger.type == "MOBILIZE" and not parts.actor:  # "officers were deployed": they are who moved
            parts.actor += subjects
            parts.recipient = [token for token in parts.recipient if token not in subjects]
        if not parts.recipient and hit.rest and is_noun(hit.rest[-1]):  # "set fire to", "laid siege to"
            told = [found for token in (verb, hit.rest[-1]) for found in prepositional(token, "to", "of") if found.i not in times]
            parts.recipient += [token for token in told if token.i > verb.i]
        if not parts.recipient and trigger.mode in ("explosives", "suicide-attack"):
            parts.recipient += [
                token
                for token in prepositional(verb, "under", "underneath", "beneath", "beside", "outside", "inside", "near", "amid", "among")
                if token.tag_ in ("NN", "NNS") and token.i not in times
            ]
        if not parts.recipient and not hit.passive and trigger.role_of("with") is None:
            parts.recipient += [token for token in prepositional(verb, "with") if hit.view.lemma(token) not in self.weapons and token.i not in times]
        self._clean(hit, parts)
        return parts

    def _munition(self, hit: Hit, token: "Token") -> bool:
        return hit.view.lemma(token) in self.weapons or hit.view.lemma(token) in _ROUNDS

    def _thrown(self, hit: Hit, direct: "list[Token]") -> "list[Token]":
        """Of the objects, what is fired or thrown at somebody: "firing mortars at the harbour", "hurled stones at officers"."""
        lemma = hit.view.lemma(hit.head)
        if lemma not in self.cases.light.throwing:
            return []
        thrown = [token for token in direct if self._munition(hit, token) or (lemma in _HURLING and hit.view.lemma(token) not in self.people)]
        aimed = any(prepositional(token, *_TARGET_PREPOSITIONS) for token in (hit.head, *thrown))
        return thrown if aimed else []

    @staticmethod
    def _in_clause(hit: Hit) -> "list[Token]":
        """Who a demand's clause speaks of ("urged that both sides stop"), or whom force is used on ("used grenades to scatter the crowd")."""
        verb = hit.head
        if hit.trigger.type == "REQUEST":
            return [
                found
                for clause in children(verb, "ccomp")
                if clause.tag_ in ("VB", "VBP") or first_child(clause, "aux") is not None
                for found in children(clause, "nsubj", "nsubjpass")
                if found.i > verb.i
            ]
        if hit.trigger.type == "ASSAULT" and hit.view.lemma(verb) in ("use", "employ", "deploy", "fire"):
            return [found for clause in children(verb, "xcomp", "advcl") if infinitive(clause) for found in objects(clause)]
        return []

    def _affected(self, hit: Hit, direct: "list[Token]") -> "list[Token]":
        """The objects that are somebody or something acted on; an object that is itself part of the act ("severed ties with …") gives way to who it is with."""
        if not hit.trigger.objects or not direct:
            return direct
        told = [found for token in (hit.head, *direct) for found in prepositional(token, "with", "to", "from", "against", "on")]
        told = [token for token in told if not self._temporal(hit, token)]
        owners = [child for token in direct for child in token.lefts if child.dep_ == "poss" and child.tag_ != "PRP$"]
        if hit.trigger.type in _OVER_THINGS:
            return told or owners or direct
        return direct

    def _prepositions(self, hit: Hit, parts: Parts, times: frozenset[int]) -> None:
        """Complements to which the entry gives a role, and those of its own final preposition."""
        last = hit.rest[-1] if hit.rest else None
        for slot, role in hit.trigger.roles:
            if slot in ("subject", "object"):
                continue
            self._give(parts, role, [token for token in prepositional(hit.head, slot) if token.i not in times])
        if last is None or hit.nominal or last.tag_ not in ("IN", "TO", "RP", "RB") or hit.passive:
            return
        if hit.trigger.role_of(last.lower_) is not None or hit.trigger.role_of("object") == "none" or last.lower_ == "by":
            return
        told = [token for child in children(last, "pobj") for token in conjuncts(child) if token.i not in times and not self._temporal(hit, token)]
        if last.lower_ == "with" and told and all(self._munition(hit, token) for token in told):  # "opened fire with live rounds"
            parts.instrument += told
            return
        hurled = hit.view.lemma(hit.head) in self.cases.light.throwing
        thrown = [token for token in parts.recipient if hurled and hit.view.lemma(token) in self.weapons]
        if told and thrown:  # "fired 115 rockets at the town": the rockets are the means
            parts.instrument += thrown
            parts.recipient = [token for token in parts.recipient if token not in thrown]
        if not parts.recipient:  # "blamed the army for the deaths": the object alone is who is meant
            self._give(parts, "recipient", told)

    def _nominal(self, hit: Hit, kinds: "Mapping[int, str]", times: frozenset[int]) -> "tuple[Parts, Token | None]":
        noun, parts = hit.head, Parts()
        outer = self._outermost(hit)
        for token in {noun.i: noun, outer.i: outer}.values():
            self._possessors(hit, token, parts, kinds)
            parts.actor += [found for found in prepositional(token, "by") if found.i not in times and not self._temporal(hit, found)]
            for slot in _NOUN_RECIPIENT:
                role = hit.trigger.role_of(slot) or "recipient"
                self._give(
                    parts,
                    role,
                    [
                        found
                        for found in prepositional(token, slot)
                        if found != noun and found.i not in times and not self._temporal(hit, found) and found not in _chain(noun, outer)
                    ],
                )
            self._give(parts, "both", prepositional(token, "between"))
            for slot, role in hit.trigger.roles:
                if slot not in (*_NOUN_RECIPIENT, "by", "between", "subject", "object"):
                    self._give(parts, role, [found for found in prepositional(token, slot) if found.i not in times])
            self._reduced(token, parts)
        carrier = self._carrier(hit, outer, parts)
        if carrier is not None:
            for slot in ("against", "on", "upon", "over", "to"):
                told = [
                    found
                    for token in (carrier, *agents(carrier))
                    for found in prepositional(token, slot)
                    if found.i not in times and not self._temporal(hit, found)
                ]
                parts.recipient += [] if parts.recipient else told
        self._clean(hit, parts)
        return parts, carrier

    def _outermost(self, hit: Hit) -> "Token":
        """The wrapper around the noun ("a series of attacks" → series), or the noun."""
        token = hit.head
        while token.dep_ == "pobj" and token.head.lower_ == "of" and hit.view.lemma(token.head.head) in self.cases.light.wrappers:
            token = token.head.head
        return token

    def _possessors(self, hit: Hit, noun: "Token", parts: Parts, kinds: "Mapping[int, str]") -> None:
        """Possessors and modifiers that say who: "Israel's attack", "army shelling", "the Russian strike"."""
        for child in noun.lefts:
            if child.dep_ == "poss":
                suffered = hit.view.lemma(noun) in self.cases.events.undergone and not prepositional(noun, "of") and child.i not in kinds
                self._give(parts, "recipient" if suffered else hit.trigger.role_of("subject") or "actor", [child])
            elif child.dep_ in ("compound", "amod", "nmod"):
                told = [child, *child.lefts] if child in hit.rest or hit.view.lemma(child) in self.weapons else [child]  # "an army air strike"
                parts.actor += [one for one in told if one.i in kinds or (hit.view.lemma(one) in self.armed and one not in hit.rest)]

    @staticmethod
    def _reduced(noun: "Token", parts: Parts) -> None:
        """Participles on the noun: "attacks targeting positions", "a raid carried out by police"."""
        for child in children(noun, "acl", "relcl"):
            if child.tag_ == "VBG" and child.lower_ in ("targeting", "hitting", "striking", "against", "aimed"):
                parts.recipient += objects(child)
            elif child.tag_ == "VBN":
                parts.actor += agents(child)
                if child.lower_ in ("aimed", "directed"):
                    parts.recipient += prepositional(child, "at", "against")

    def _carrier(self, hit: Hit, outer: "Token", parts: Parts) -> "Token | None":
        """The light verb that carries the noun, its subject given the actor's role."""
        verb = outer.head
        if outer.dep_ == "pobj" and is_verb(outer.head.head):
            verb = outer.head.head
            name = f"{hit.view.lemma(verb)} {outer.head.lower_}"
            if name not in self.cases.light.verbs:
                return None
            if not parts.recipient and not is_passive(verb):  # "subjected the town to shelling"
                parts.recipient += objects(verb)
        elif outer.dep_ in ("dobj", "nsubjpass", "attr") and is_verb(outer.head):
            particle = first_child(verb, "prt")
            name = hit.view.lemma(verb) + (f" {particle.lower_}" if particle is not None else "")
            if name not in self.cases.light.verbs and hit.view.lemma(verb) not in self.cases.light.verbs:
                return None
        elif outer.dep_ == "conj" and is_noun(outer.head) and outer.head.dep_ == "dobj" and is_verb(outer.head.head):
            verb = outer.head.head
            name = hit.view.lemma(verb)
            if name not in self.cases.light.verbs:
                return None
        else:
            return None
        lemma = name.split()[0]
        if outer.dep_ == "nsubjpass":
            parts.actor += agents(verb)
        elif lemma in self.cases.light.suffering or name in self.cases.light.suffering or (is_passive(verb) and outer.dep_ == "pobj"):
            parts.actor += agents(verb)
            parts.recipient += [] if parts.recipient else _all(subject(verb))
        elif lemma not in self.cases.light.staging and not parts.actor:
            self._give(parts, hit.trigger.role_of("subject") or "actor", _all(subject(verb)))
        return verb

    @staticmethod
    def _give(parts: Parts, role: str, tokens: "list[Token]") -> None:
        if role in ("actor", "both"):
            parts.actor += [token for token in tokens if token not in parts.actor]
        elif role == "recipient":
            parts.recipient += [token for token in tokens if token not in parts.recipient]
        elif role == "instrument":
            parts.instrument += tokens

    def _who(self, hit: Hit, token: "Token") -> "Token | None":
        """The actor; where a time or place was read as subject, the noun between it and the verb, or None."""
        if hit.nominal or not self._misread(hit, token):
            return token
        between = [
            other
            for other in token.subtree
            if token.i < other.i < hit.head.i and other.dep_ in ("appos", "conj") and is_noun(other) and not self._temporal(hit, other)
        ]
        return between[0] if between else None

    def _misread(self, hit: Hit, token: "Token") -> bool:
        """Whether a subject is a time or a place at the head of the sentence, read as one ("Near Beral, troops …", "Between May and June, rebels …")."""
        first = token.left_edge
        return self._temporal(hit, token) or (first.i == 0 and first.lower_ in _LOCATIVE and first != token)

    def _temporal(self, hit: Hit, token: "Token") -> bool:
        if token.tag_ == "CD" and (":" in token.text or token.head.lower_ == "at"):
            return True
        times = self.cases.time
        return token.text in times.months or hit.view.lemma(token) in times.words or token.lower_ in times.words

    def _clean(self, hit: Hit, parts: Parts) -> None:
        """Drops empty pronouns, doubles and what is in two roles; instruments are told apart from actors."""
        parts.actor[:] = [found for token in parts.actor if (found := self._who(hit, token)) is not None]
        for tokens in (parts.actor, parts.recipient):
            unique = {token.i: antecedent(token) for token in tokens if not (token.tag_ == "EX" or token.lower_ in ("there", "what"))}
            tokens[:] = list({token.i: token for token in unique.values() if token != hit.head and token.i not in {t.i for t in hit.rest}}.values())
            tokens[:] = [token for token in tokens if token.lower_ not in RELATIVE]
        taken = {token.i for token in parts.actor}
        parts.recipient[:] = [token for token in parts.recipient if token.i not in taken]
        weapons = [token for token in prepositional(hit.head, "with", "using") if hit.view.lemma(token) in self.weapons]
        parts.instrument += weapons
        gone = {token.i for token in weapons}
        parts.recipient[:] = [token for token in parts.recipient if token.i not in gone]
        for child in children(hit.head, "advcl", "acl", "prep"):
            if child.lower_ == "using":
                parts.instrument += objects(child) or list(children(child, "pobj"))


def _sides(token: "Token", kinds: "Mapping[int, str]") -> "list[Token]":
    """The parties that one noun stands for: "Ugandan and Kenyan troops" are two, each told by its name and the last by the noun."""
    named = next((child for child in token.lefts if child.dep_ in ("amod", "compound", "nmod") and child.i in kinds), None)
    if named is None or token.tag_ not in ("NNS", "NNPS"):
        return [token]
    names = [one for one in conjuncts(named) if one.i in kinds and one.i < token.i]
    return [*names[:-1], token] if len(names) > 1 else [token]


def _all(token: "Token | None") -> "list[Token]":
    return conjuncts(token) if token is not None else []


def _chain(noun: "Token", outer: "Token") -> "list[Token]":
    """The tokens between a noun and its outermost wrapper."""
    found = [noun]
    for token in ancestors(noun):
        if token == outer:
            break
        found.append(token)
    return found


def shares_subject(first: "Token", second: "Token") -> bool:
    """Whether two verbs have the same subject in the same voice."""
    one, other = subject(first), subject(second)
    return one is not None and other is not None and one.i == other.i and is_passive(first) == is_passive(second)


def _in_front(hit: Hit, times: frozenset[int]) -> "list[Token]":
    """The noun that opens the clause in front of the act's words, where the parse gives them no subject ("Gendarmes lob gas", "Lima to double patrols")."""
    at = min(token.i for token in (hit.head, *hit.rest)) - 1
    stretch: list[Token] = []
    while at >= 0:
        token = hit.view.doc[at]
        told = is_verb(token) and token.tag_ in _FINITE and token.dep_ not in ("aux", "auxpass")
        if told or token.lower_ in _OPENS or (not token.text[0].isalnum() and token.text not in _INNER_MARKS):
            break
        if token.dep_ == "auxpass" or (token.lower_ in ("was", "were", "been", "being") and hit.head.tag_ == "VBN"):
            return []
        stretch.append(token)
        at -= 1
    stretch.reverse()
    nouns = [token for token in stretch if is_noun(token) and token.i not in times and not _behind_preposition(token)]
    if not nouns:
        return []
    first = nouns[0]
    while first.i + 1 < len(first.doc) and first.doc[first.i + 1] in nouns:
        first = first.doc[first.i + 1]
    return [first]


def _behind_preposition(token: "Token") -> bool:
    """Whether a preposition stands in front of the noun and what belongs to it."""
    at = token.i - 1
    while at >= 0 and (token.doc[at].tag_ in ("DT", "JJ", "CD", "NN", "NNP", "NNPS", "PRP$", "POS")):
        at -= 1
    return at >= 0 and token.doc[at].tag_ == "IN"
