"""Which words say that a group was harmed, and how: from the parse, and beside the group where the parse does not tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.engines.rules.figure_groups import Group, Grouping
from sayso.languages.harm import Harm, Phrase
from sayso.model.words import Measure

if TYPE_CHECKING:
    from spacy.tokens import Token

_ORDER = (Measure.KILLED, Measure.INJURED, Measure.ABDUCTED, Measure.DETAINED, Measure.MISSING, Measure.DISPLACED, Measure.CASUALTIES)
_STATES = ("wounded", "injured", "displaced", "dead", "killed", "missing", "victim", "casualty", "idp", "evacuee", "detainee")
_CLINIC = re.compile(r"^(?:\w+\s+){0,4}to\s+(?:\w+\s+){0,4}(?:hospitals?|clinics?|infirmary|safety|shelters?|morgue|mortuary|court|centers?|centres?)\b|^(?:part|place|care|refuge|shelter|aim|cover|control|over|up\b|to the streets)", re.IGNORECASE)
_BETWEEN = ("was", "were", "is", "are", "been", "be", "being", "has", "have", "had", "got", "also", "later", "reportedly", "confirmed", "reported", "feared", "more", "others", "other", "people", "seriously", "critically", "severely",
            "badly", "lightly", "slightly", "allegedly", "already", "now", "still", "since", "presumed", "believed", "left", "instantly", "and", "shot", "found", "gravely", "heavily", "to", "themselves", "then", "subsequently", "remain", "remained", "remains", "went", "go", "gone", "declared", "pronounced")
_WINDOW = 10


@dataclass(frozen=True, slots=True)
class Link:
    """The word that tells the harm, and what the harm is."""

    measure: Measure
    token: "Token | None"  # None where a part shares the harm of its whole


class HarmFinder:
    """Looks for the harm of a group with the words of one language."""

    def __init__(self, harm: Harm, grouping: Grouping) -> None:
        self.harm, self.grouping = harm, grouping
        self.words = {word: measure for measure in reversed(_ORDER) for word in harm.measures[measure].words}
        self.counted = {noun: measure for measure in reversed(_ORDER) for noun in harm.measures[measure].counted}
        self.events = {noun: measure for measure in reversed(_ORDER) for noun in harm.measures[measure].events}
        self.object = self._verbs("object")
        self.weak = self._verbs("weak")
        self.subject = self._verbs("subject")

    def _verbs(self, kind: str) -> dict[str, list[tuple[tuple[str, ...], Measure]]]:
        table: dict[str, list[tuple[tuple[str, ...], Measure]]] = {}
        for measure in _ORDER:
            for entry in getattr(self.harm.measures[measure], kind):
                verb, *rest = entry.split("+")
                table.setdefault(verb, []).append((tuple(rest), measure))
        for entries in table.values():
            entries.sort(key=lambda item: -len(item[0]))
        return table

    def verb_lemma(self, token: "Token") -> str:
        """The dictionary form of a token read as a verb: the tagger takes participles for adjectives or nouns."""
        tag = token.tag_ if token.tag_.startswith("V") else "VBN"
        return str(self.grouping.inflector.lemma(token.text, tag))

    def link(self, group: Group) -> Link | None:
        """The harm of a group; None where nothing says that it was harmed."""
        grouping = self.grouping
        head = group.head
        noun = None if group.bare or group.single else self._noun(head)
        lemma = grouping.lemma(head)
        if noun and lemma not in _STATES and head.lower_ not in _STATES:
            return Link(noun, head)
        if not group.bare and not group.single and grouping.is_thing(head):
            return None
        if group.low == 0 and not group.bare and noun is None and not grouping.is_person(head):
            return None
        if noun and lemma == "victim" and (group.definite or group.parsed.doc[group.first : group.last + 1].text.lower().find(" of the ") > 0):
            noun = None
        known = group.bare or grouping.is_person(head) or lemma in ("ours", "theirs") or noun is not None
        found = self._adjacent(group) or self.climb(group.place, known, group)
        if found is not None and group.single and found.measure is Measure.DISPLACED:
            return None
        if found is None and not group.single:
            found = self._beside(group, known) or self._before(group, known)
        if found is None and group.single:
            found = (self._beside(group, known) if group.parsed.sentence.kind != "prose" else None) or self._before(group, known)
        if found is None and noun:
            return Link(noun, head)
        return found

    def _adjacent(self, group: Group) -> Link | None:
        """A harm word that stands right behind the group without an auxiliary: "four men injured and one dead"."""
        doc = group.parsed.doc
        token = doc[group.last + 1] if group.last + 1 < len(doc) else None
        if token is None or token.lower_ not in self.words or token.tag_ == "NN" or group.single or self._acts(token, group):
            return None
        if token.lower_ in ("shot", "held") or (group.low == 0 and not group.bare):
            return None
        return Link(self._both(token), token)

    def _noun(self, head: "Token") -> Measure | None:
        lemma = self.grouping.lemma(head)
        after = [token.lower_ for token in head.doc[head.i + 1 : head.i + 3]]
        if len(after) == 2 and after[0] in ("and", "or") and {self.counted.get(lemma), self.counted.get(self.grouping.lemma(head.doc[head.i + 2]))} == {Measure.KILLED, Measure.INJURED}:
            return Measure.CASUALTIES
        if lemma == "loss" and head.doc[head.i + 1 : head.i + 3].text.lower() in ("of life", "of lives"):
            return Measure.KILLED
        if head.lower_ in self.counted:
            return self.counted[head.lower_]
        if lemma in self.counted:
            return self.counted[lemma]
        if lemma == "life" and (head.head.lower_ == "of" or any(self.verb_lemma(head.head) in phrase.verbs for phrase in (*self._lives(), *self.harm.phrases[:1]))):
            return Measure.KILLED
        return None

    def climb(self, token: "Token", known: bool, group: Group | None = None) -> Link | None:
        """The harm told by the phrase's place in the sentence."""
        after = self._clause(token, known)
        for _ in range(8):
            head, dep = token.head, token.dep_
            if head.i == token.i:
                break
            found: Link | None = None
            if dep == "nsubjpass":
                found = self.of_object(head, known)
            elif dep in ("dobj", "dative") or (dep == "attr" and head.tag_ in ("VBN", "VBD", "VBG") and self.verb_lemma(head) != "be"):
                found = self.of_object(head, known)
            elif dep in ("nsubj", "csubj"):
                found = self.of_subject(head, token, known)
            elif dep == "pobj":
                found, token_next = self._of_preposition(token, known)
                if found is None and token_next is not None:
                    token = token_next
                    continue
            elif dep == "poss":
                found = self._of_event(head)
            if found:
                return found
            if dep in ("conj", "appos") or (dep in ("nummod", "advmod", "npadvmod", "dep", "nmod", "quantmod", "compound", "amod") and head.tag_.startswith("NN") and group is not None and token.i == group.head.i and group.bare):
                token = head
                if not (token.tag_.startswith("NN") or token.tag_ in ("CD", "PRP", "JJ", "JJR", "JJS")):
                    break
                continue
            break
        return after

    def _clause(self, token: "Token", known: bool) -> Link | None:
        """A clause on the noun: "two drivers abducted last week", "12 people who died"."""
        for child in token.rights:
            if child.dep_ == "acl" and child.tag_ in ("VBN", "VBD"):
                found = self.of_object(child, known)
                if found or child.lower_ in self.words:
                    return found or Link(self.words[child.lower_], child)
            if child.dep_ == "relcl":
                subject = next((one for one in child.lefts if one.dep_ in ("nsubj", "nsubjpass")), None)
                if subject is not None and subject.lower_ in ("who", "that", "which", "whom"):
                    found = self.of_object(child, known) if subject.dep_ == "nsubjpass" else self.of_subject(child, subject, known)
                    if found:
                        return found
            if child.dep_ in ("amod", "advmod") and child.lower_ in ("dead", "missing") and child.i > token.i:
                return Link(self.words[child.lower_], child)
        return None

    def of_object(self, verb: "Token", known: bool) -> Link | None:
        """The harm done to a verb's object or passive subject, with the verbs coordinated to it."""
        links = [link for one in self._coordinated(verb) if (link := self._one_object(one, known))]
        if not links:
            return None
        measures = {link.measure for link in links}
        if Measure.KILLED in measures and Measure.INJURED in measures:
            return Link(Measure.CASUALTIES, links[0].token)
        return min(links, key=lambda link: _ORDER.index(link.measure))

    def _one_object(self, verb: "Token", known: bool) -> Link | None:
        lemma = self.verb_lemma(verb)
        behind = self._behind(verb)
        for table, open_to_all in ((self.object, True), (self.weak, known)):
            for rest, measure in table.get(lemma, ()):
                if _follows(rest, behind) and (open_to_all or (known and rest)):
                    if table is self.weak and not rest and self._blocked(verb, lemma):
                        continue
                    if lemma in ("take", "treat", "hold") and not rest and measure is Measure.INJURED and not self._wounds(behind):
                        continue
                    if self._sent_home(verb, measure):
                        return None
                    both = rest == ("dead",) and re.search(r"\bdead (?:and|or) (?:wounded|injured)\b", verb.doc[verb.i : verb.i + 16].text)
                    return Link(Measure.CASUALTIES if both else self._shot(measure, verb), verb)
        for phrase in self.harm.phrases:
            if lemma in phrase.verbs and lemma in ("treat", "nurse", "admit", "hospitalise") and self._wounds(behind):
                return Link(phrase.measure, verb)
        return self._taken(verb, lemma, known)

    def _sent_home(self, verb: "Token", measure: Measure) -> bool:
        """Whether diplomats are expelled: they are sent home, not driven from it."""
        return measure is Measure.DISPLACED and any(self.grouping.lemma(token) in self.harm.lists["count_diplomats"] for token in verb.doc[max(0, verb.i - 8) : verb.i + 8])

    def _taken(self, verb: "Token", lemma: str, known: bool) -> Link | None:
        """"Taken to hospital": harmed, without being said how badly but that it was not death."""
        rest = verb.doc[verb.i + 1 : verb.i + 9].text
        if known and lemma in ("take", "rush", "admit", "airlift", "bring", "transfer", "hospitalise", "deliver", "fly", "evacuate") and re.match(r"(?:\w+\s+){0,2}to\s+(?:\w+\s+){0,4}(?:hospital|clinic|infirmary|intensive care|medical)", rest):
            return Link(Measure.INJURED, verb)
        if known and lemma in ("force", "compel", "oblige") and re.search(r"\bto (?:flee|leave|evacuate|move|abandon)\b", verb.doc[verb.i + 1 : verb.i + 14].text):
            return Link(Measure.DISPLACED, verb)
        return None

    def _wounds(self, behind: list["Token"]) -> bool:
        return any(self.grouping.lemma(token) in ("wound", "injury", "burn", "trauma", "gunshot", "shrapnel", "symptom", "difficulty", "inhalation", "shock", "exposure", "poisoning", "exhaustion", "dehydration", "fracture") for token in behind)

    def _blocked(self, verb: "Token", lemma: str) -> bool:
        """Whether a verb that also takes people elsewhere than into harm does so here."""
        rest = verb.doc[verb.i + 1 : verb.i + 12].text
        if lemma == "take" and re.match(r"(?:\w+\s+){0,3}(?:to|in|on|into|out|by|part|over|up|back|for)\b(?!\s+(?:an? (?:unknown|undisclosed)|the (?:bush|forest)|(?:mon|tues|wednes|thurs|fri|satur|sun)day))", rest, re.IGNORECASE):
            return not re.match(r"on (?:mon|tues|wednes|thurs|fri|satur|sun)day|in the|by (?:armed|gun|masked|unknown|unidentified)", rest, re.IGNORECASE)
        if lemma in ("take", "move", "seize", "hold") and _CLINIC.match(rest) and lemma != "move":
            return True
        if lemma == "hold":
            return not re.search(r"\b(?:custody|captive|hostage|prisoners?|detention|jail|prison|incommunicado|cells?)\b", verb.doc[verb.i : verb.i + 14].text)
        if lemma == "lose":
            return False
        if lemma == "move":
            return not re.match(r"(?:\w+\s+){0,3}(?:to|from|out|away)\b", rest)
        return lemma == "evacuate" and any(child.dep_ == "dobj" for child in verb.children)

    def _shot(self, measure: Measure, verb: "Token") -> Measure:
        """Shot, hit or struck: killed or injured where the words behind it say so."""
        if any(child.lower_ in ("fatally", "mortally") for child in verb.lefts) and measure in (Measure.CASUALTIES, Measure.INJURED):
            return Measure.KILLED
        if measure is not Measure.CASUALTIES:
            return measure
        rest = verb.doc[verb.i + 1 :].text
        if self.verb_lemma(verb) in ("shoot", "snipe", "hit", "strike", "gas"):
            if re.search(r"\bin (?:the )?hospital\b|\bhospital of\b|\bsurviv|\bwounding (?:him|her|them)\b|\bin (?:the|his|her|their) (?:leg|foot|arm|shoulder|hand|thigh)s?\b", rest):
                return Measure.INJURED
            if re.match(r"(?:\S+\s+){0,8}(?:dead\b|to death|killing (?:him|her|them)\b|and killed\b)", rest):
                return Measure.KILLED
        return measure

    def of_subject(self, verb: "Token", subject: "Token", known: bool) -> Link | None:
        """The harm that a verb tells of its subject: died, lost their lives, is missing, suffered burns."""
        lemma = self.verb_lemma(verb)
        behind = self._behind(verb)
        for rest, measure in self.subject.get(lemma, ()):
            if _follows(rest, behind):
                if measure is Measure.DISPLACED and self._runs(subject, behind):
                    return None
                gassed = lemma in ("suffocate", "asphyxiate") and any(token.lower_ in ("tear", "teargas", "inhalation", "inhaling") for token in behind)
                return Link(Measure.INJURED if gassed else measure, verb)
        found = self._of_phrase(verb, lemma, behind, known) or self._of_state(verb, behind)
        if found:
            return found
        if verb.lower_ in self.words and subject.i < verb.i and subject.tag_ not in ("WP", "WDT") and self._reduced(verb):
            return self.of_object(verb, known) or Link(self.words[verb.lower_], verb)
        for one in self._coordinated(verb)[1:]:
            again = self.subject.get(self.verb_lemma(one), ())
            for rest, measure in again:
                if _follows(rest, self._behind(one)):
                    return Link(measure, one)
        return None

    def _runs(self, subject: "Token", behind: list["Token"]) -> bool:
        """Whether somebody runs from an act of their own or from custody, and is not driven from home."""
        words = {self.grouping.lemma(token) for token in behind}
        return self.grouping.lemma(subject) in self.harm.lists["count_runaways"] or bool(words & self.harm.lists["count_runaway_words"])

    def _reduced(self, verb: "Token") -> bool:
        """Whether a form in -ed is a participle said of its subject: headlines, small clauses, "four people dead"."""
        if any(child.dep_ in ("dobj", "aux") for child in verb.children):
            return False
        if verb.tag_ in ("VBD", "VBN"):
            following = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
            return following is None or following.tag_ not in ("DT", "CD", "PRP", "PRP$", "NNS", "NN", "JJ", "JJS") or following.lower_ in ("dead", "last")
        return verb.tag_.startswith("J") or verb.tag_ in ("RB", "NN", "VBG")

    def _of_phrase(self, verb: "Token", lemma: str, behind: list["Token"], known: bool) -> Link | None:
        for phrase in self.harm.phrases:
            if lemma not in phrase.verbs or phrase.of_noun:
                continue
            noun = next((token for token in behind if self.grouping.lemma(token) in phrase.nouns), None)
            if noun is None:
                continue
            if phrase.measure is Measure.DISPLACED and not (known and self._leaves(verb, lemma, noun)):
                continue
            if lemma in ("have", "find", "meet", "get", "reach", "take") and noun.i - verb.i > 4:
                continue
            if lemma in ("give", "lose", "lay", "pay", "sacrifice") and not re.search(r"\b(?:their|his|her|its|our|own)\b", verb.doc[verb.i : noun.i + 1].text):
                continue
            return Link(phrase.measure, verb)
        if lemma in ("leave", "quit") and known and self._area(verb):
            return Link(Measure.DISPLACED, verb)
        return None

    def _leaves(self, verb: "Token", lemma: str, noun: "Token") -> bool:
        if lemma in ("seek", "take"):
            return self.grouping.lemma(noun) in ("refuge", "shelter", "sanctuary")
        if lemma == "lose":
            return self.grouping.lemma(noun) in ("home", "house", "dwelling")
        return verb.tag_ != "VBG" or lemma != "leave"

    def _area(self, verb: "Token") -> bool:
        """Whether somebody is said to have left a place for good: "have left Vovchansk since Friday"."""
        target = next((child for child in verb.rights if child.dep_ == "dobj"), None)
        have = any(child.lower_ in ("have", "had", "has") for child in verb.lefts)
        return have and target is not None and target.tag_ in ("NNP", "NNPS")

    def _of_state(self, verb: "Token", behind: list["Token"]) -> Link | None:
        """"Are missing", "is in custody", "remain unaccounted for", "are dead"."""
        lemma = self.verb_lemma(verb)
        if lemma not in ("be", "remain", "lie", "stay", "go", "become", "leave", "receive", "undergo"):
            return None
        rest = " ".join(token.lower_ for token in behind)
        for measure, phrases in self.harm.predicates.items():
            if any(re.search(rf"\b{re.escape(phrase)}\b", rest) for phrase in phrases):
                return Link(measure, verb)
        for child in verb.rights:
            if child.dep_ in ("acomp", "attr", "oprd", "xcomp", "ccomp", "advcl", "prep") and child.lower_ in self.words:
                return Link(self.words[child.lower_], child)
            if child.dep_ == "attr" and self._noun(child) and lemma == "be":
                return Link(self._noun(child) or Measure.CASUALTIES, child)
        return None

    def _of_preposition(self, token: "Token", known: bool) -> tuple[Link | None, "Token | None"]:
        """The harm where the phrase stands behind a preposition; or the token to go on from."""
        prep = token.head
        holder, word = prep.head, prep.lower_
        if word == "of":
            found = self._of_event(holder)
            if found:
                return found, None
            lemma = self.grouping.lemma(holder)
            if lemma in self.harm.groups or lemma in ("dozen", "hundred", "thousand", "score", "million", "ten", "number", "handful", "couple", "total", "pair", "rest", "majority", "member") or holder.tag_ == "CD":
                return None, holder
            return None, None
        if word == "with" and any(rest and rest[-1] == "with" and _follows(rest, self._behind(holder)) for rest, _ in self.object.get(self.verb_lemma(holder), ())):
            return self.of_object(holder, known), None
        if word == "to" and self.events.get(self.grouping.lemma(holder)) is Measure.INJURED:
            return Link(Measure.INJURED, holder), None
        if word == "for":
            for search in self.harm.searches:
                if self.verb_lemma(holder) in search.verbs and self.grouping.lemma(token) in search.objects | {"someone"}:
                    return Link(search.measure, holder), None
            return None, None
        if word in ("including", "among", "amongst", "like") or (word == "with" and re.match(r"with (?:\w+ ){1,2}others?\b", prep.doc[prep.i : prep.i + 4].text)) or (word in ("with", "as") and prep.i > 0 and prep.doc[prep.i - 1].lower_ in ("along", "together", "such", "alongside")):
            if holder.tag_.startswith("NN"):
                return None, holder
            return self.of_object(holder, known) if holder.tag_.startswith("V") else None, None
        return None, None

    def _of_event(self, holder: "Token") -> Link | None:
        lemma = self.grouping.lemma(holder)
        measure = self.events.get(lemma)
        if measure is None or self._sent_home(holder, measure):
            return None
        if lemma == "life":
            verb = holder.head
            loss = verb.lower_ == "of" and self.grouping.lemma(verb.head) in ("loss", "cost")
            claimed = any(self.verb_lemma(verb) in phrase.verbs for phrase in self._lives())
            return Link(measure, holder) if loss or claimed else None
        if any(child.lower_ in ("fatal", "deadly", "lethal") for child in holder.lefts) and measure in (Measure.CASUALTIES, Measure.INJURED):
            return Link(Measure.KILLED, holder)
        if lemma in ("loss", "seizure", "flight", "capture") and not holder.doc[holder.i].tag_.startswith("NN"):
            return None
        return Link(measure, holder)

    def _lives(self) -> tuple[Phrase, ...]:
        return tuple(phrase for phrase in self.harm.phrases if phrase.of_noun)

    def _coordinated(self, verb: "Token") -> list["Token"]:
        """The verb and those coordinated with it that share its object: "killed or wounded", "shot and killed"."""
        verbs = [verb]
        for other in [child for child in verb.rights if child.dep_ == "conj"] + ([verb.head] if verb.dep_ == "conj" else []):
            between = verb.doc[min(verb.i, other.i) + 1 : max(verb.i, other.i)]
            if other.tag_.startswith("V") and not any(token.dep_ in ("nsubj", "nsubjpass", "dobj") or token.tag_ == "CD" for token in between) and len(between) <= 6:
                verbs.append(other)
        return verbs

    def _behind(self, verb: "Token") -> list["Token"]:
        """The tokens behind a verb to the end of its clause."""
        tokens: list[Token] = []
        for token in verb.doc[verb.i + 1 : verb.i + 1 + _WINDOW]:
            if token.text in (";", ":", ".") or (token.text == "," and tokens):
                break
            tokens.append(token)
        return tokens

    def _beside(self, group: Group, known: bool) -> Link | None:
        """A harm word right behind the group: headlines and lists, "5 wounded", "two men missing"."""
        doc = group.parsed.doc
        rest = doc[group.last + 1 : group.last + 6].text.lower()
        for measure, phrases in self.harm.predicates.items():
            if any(rest.startswith(phrase) for phrase in phrases):
                return Link(measure, doc[group.last + 1])
        for token in doc[group.last + 1 : group.last + 6]:
            word = token.lower_
            if word in self.words and (known or self.words[word] in (Measure.KILLED, Measure.INJURED, Measure.MISSING)):
                return None if self._acts(token, group) else Link(self._both(token), token)
            if token.tag_ == "VBN" and word not in self.words and (found := self._one_object(token, known)):
                return found
            if token.tag_ in ("VBD", "VBN", "VBP", "VBZ") and word not in _BETWEEN:
                return self.of_subject(token, group.head, known)
            if word not in _BETWEEN:
                return None
        return None

    def _acts(self, token: "Token", group: Group) -> bool:
        """Whether the harm word behind the group tells what the group did: "two gunmen killed five people"."""
        doc = token.doc
        following = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if following is None or token.tag_.startswith("J"):
            return False
        if following.lower_ == "dead" and token.i + 2 < len(doc):
            following = doc[token.i + 2]
        auxiliary = any(one.lower_ in ("was", "were", "are", "is", "been", "being") for one in doc[group.last + 1 : token.i])
        if auxiliary:
            return False
        if following.tag_ in ("DT", "CD", "PRP", "PRP$", "NNS", "JJ", "JJS") and following.lower_ not in ("last", "this", "yesterday", "today", "dead"):
            return True
        return any(child.dep_ == "dobj" for child in token.children)

    def _both(self, token: "Token") -> Measure:
        """Killed and injured together are casualties: "12 dead and wounded", "60 killed or injured"."""
        measure = self.words[token.lower_]
        doc = token.doc
        if token.i + 2 < len(doc) and doc[token.i + 1].lower_ in ("and", "or", "/"):
            other = self.words.get(doc[token.i + 2].lower_)
            if other and {measure, other} == {Measure.KILLED, Measure.INJURED}:
                return Measure.CASUALTIES
        return measure

    def _before(self, group: Group, known: bool) -> Link | None:
        """A harm verb right before the group, where the parse tied it elsewhere: "killing 12", "left four dead"."""
        doc = group.parsed.doc
        for token in reversed(list(doc[max(0, group.first - 4) : group.first])):
            if token.tag_ in ("VBG", "VBD", "VBN", "VBP", "VBZ", "VB") or token.lower_ in ("kills", "wounds", "injures", "shot", "gunned"):
                passive = any(one.lower_ in ("was", "were", "been", "being") for one in doc[max(0, token.i - 2) : token.i])
                return None if passive else self._one_object(token, known)
            if token.lower_ not in ("to", "death", "dead", "down", "off", "up", "the", "its", "his", "their", '"', "”", "'", "’", "away"):
                return None
        return None


def _follows(rest: tuple[str, ...], behind: list["Token"]) -> bool:
    """Whether the complement's words stand behind the verb, in order."""
    words = iter([token.lower_ for token in behind])
    return all(any(word == part or word == part + "s" for word in words) for part in rest)


def ancestors(token: "Token") -> Iterator["Token"]:
    """The token and its heads up to the root."""
    yield token
    yield from token.ancestors
