"""Which words say that a group was harmed, and how: from the parse, and beside the group where the parse does not tell."""

import re
from typing import TYPE_CHECKING

from sayso.engines.rules.figure_groups import Group, Grouping
from sayso.engines.rules.figure_verbs import HarmVerbs, Link, by_measure, follows
from sayso.languages.harm import Harm
from sayso.model.words import Measure

if TYPE_CHECKING:
    from spacy.tokens import Token

_HURTS = ("wound", "injury", "burn", "fracture", "shrapnel", "gunshot", "concussion")
_STATES = ("wounded", "injured", "displaced", "dead", "killed", "missing", "victim", "casualty", "idp", "evacuee", "detainee")

_MISTAGGED = ("kills", "wounds", "injures", "shot", "gunned", "wound", "injure", "kill")  # verbs that the tagger takes for nouns


class HarmFinder:
    """Looks for the harm of a group with the words of one language."""

    def __init__(self, harm: Harm, grouping: Grouping) -> None:
        self.harm, self.grouping = harm, grouping
        self.verbs = HarmVerbs(harm, grouping)
        self.words = self.verbs.words
        self.events = by_measure(harm, "events")

    def link(self, group: Group) -> Link | None:
        """The harm of a group; None where nothing says that it was harmed."""
        grouping = self.grouping
        head = group.head
        noun = None if group.bare or group.single else self.verbs.noun(head)
        lemma = grouping.lemma(head)
        if noun and lemma not in _STATES and head.lower_ not in _STATES:
            return Link(noun, head)
        if not group.bare and not group.single and grouping.is_thing(head):
            return None
        if group.low == 0 and head.dep_ == "attr" and not any(child.lower_ in ("there", "it") for child in head.head.lefts):
            return None  # "they were no mere victims" counts nobody
        if group.low == 0 and not group.bare and noun is None and not grouping.is_person(head):
            return None
        if noun and lemma == "victim" and (group.definite or group.parsed.doc[group.first : group.last + 1].text.lower().find(" of the ") > 0):
            noun = None
        known = group.bare or grouping.is_person(head) or lemma in ("ours", "theirs") or noun is not None
        found = self._adjacent(group) or self.climb(group.place, known, group)
        being = found is not None and found.token is not None and found.token.lower_ in ("is", "remains", "was", "remained")
        prison = being and found is not None and found.measure is Measure.DETAINED
        if found is not None and group.single and (prison or found.measure is Measure.DISPLACED):
            return None
        if found is None and not group.single and group.low != 0:
            found = self._described(group)
        if found is None and group.also:
            found = self.climb(group.also[-1], known)
        if found is None and not group.single:
            found = self._beside(group, known) or self._before(group, known)
        if found is None and group.single and group.head.dep_ in ("npadvmod", "appos", "conj", "dep", "ROOT"):
            state = self.verbs.states.at_once(group.parsed.doc[group.last + 1 : group.last + 6].text.lower())
            found = Link(Measure.INJURED, group.parsed.doc[group.last + 1]) if state is Measure.INJURED else None
        if found is None and group.single:
            found = (self._beside(group, known) if group.parsed.sentence.kind != "prose" else None) or self._before(group, known)
        if found is None and noun:
            return Link(noun, head)
        return found

    def _described(self, group: Group) -> Link | None:
        """A harm word inside the phrase, where nothing else tells of harm: "rice for 812 displaced persons"."""
        for token in group.parsed.doc[group.first : group.head.i]:
            if token.lower_ in self.words and token.lower_ not in ("shot", "held", "rounded") and token.dep_ in ("amod", "compound"):
                return Link(self.words[token.lower_], token) if self.grouping.is_person(group.head) else None
        verb = self.verbs.states.refuge(group.head)
        return Link(Measure.DISPLACED, verb) if verb is not None else None

    def _adjacent(self, group: Group) -> Link | None:
        """A harm word that stands right behind the group without an auxiliary: "four men injured and one dead"."""
        doc = group.parsed.doc
        token = doc[group.last + 1] if group.last + 1 < len(doc) else None
        if token is None or token.lower_ not in self.words or token.tag_ == "NN" or group.single or self._acts(token, group):
            return None
        if token.lower_ in ("shot", "held") or (group.low == 0 and not group.bare):
            return None
        if self.words[token.lower_] is Measure.DISPLACED and any(self.grouping.lemma(one) in _HURTS for one in doc[token.i + 1 : token.i + 5]):
            return Link(Measure.INJURED, token)
        return Link(self._both(token), token)

    def climb(self, token: "Token", known: bool, group: Group | None = None) -> Link | None:
        """The harm told by the phrase's place in the sentence."""
        after = self._clause(token, known)
        for _ in range(8):
            head, dep = token.head, token.dep_
            if head.i == token.i:
                break
            found: Link | None = None
            if (
                dep == "nsubjpass"
                or dep in ("dobj", "dative")
                or (dep == "attr" and head.tag_ in ("VBN", "VBD", "VBG") and self.verbs.verb_lemma(head) != "be")
            ):
                found = self.verbs.of_object(head, known)
            elif dep in ("nsubj", "csubj"):
                found = self.verbs.of_subject(head, token, known)
            elif dep == "pobj":
                found, token_next = self._of_preposition(token, known)
                if found is None and token_next is not None:
                    token = token_next
                    continue
            elif dep == "poss":
                found = self._of_event(head)
            if dep in ("nsubj", "nsubjpass") and known and (undone := self.verbs.states.undone(head, token, dep == "nsubjpass")):
                found = Link(undone, head, inverted=True)
            elif found is None and dep in ("nsubj", "nsubjpass"):
                found = self.verbs.raised(head, token, known)
            if found:
                return found
            if dep in ("conj", "appos") or (
                dep in ("nummod", "advmod", "npadvmod", "dep", "nmod", "quantmod", "compound", "amod")
                and head.tag_.startswith("NN")
                and group is not None
                and token.i == group.head.i
                and group.bare
            ):
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
                found = self.verbs.of_object(child, known)
                if found or child.lower_ in self.words:
                    return found or Link(self.words[child.lower_], child)
            if child.dep_ == "relcl":
                subject = next((one for one in child.lefts if one.dep_ in ("nsubj", "nsubjpass")), None)
                if (
                    subject is not None
                    and self.events.get(self.grouping.lemma(subject)) is Measure.KILLED
                    and any(one.lower_ == "whose" for one in subject.lefts)
                ):
                    return Link(Measure.KILLED, subject)
                if subject is not None and subject.lower_ in ("who", "that", "which", "whom"):
                    found = self.verbs.of_object(child, known) if subject.dep_ == "nsubjpass" else self.verbs.of_subject(child, subject, known)
                    if found:
                        return found
                elif known and subject is not None and self._acted(child, subject):
                    found = self.verbs.of_object(child, known)
                    if found:
                        return found
            if child.dep_ in ("amod", "advmod") and child.lower_ in ("dead", "missing") and child.i > token.i:
                return Link(self.words[child.lower_], child)
        return None

    def _acted(self, verb: "Token", subject: "Token") -> bool:
        """Whether the noun is the object of its relative clause: "the pupils they carried off"."""
        if subject.dep_ != "nsubj" or any(one.dep_ == "dobj" and one.tag_ not in ("WP", "WDT") for one in verb.children):
            return False
        return verb.tag_ != "VBN" or any(one.lower_ in ("has", "have", "had") for one in verb.lefts)

    def _of_preposition(self, token: "Token", known: bool) -> tuple[Link | None, "Token | None"]:
        """The harm where the phrase stands behind a preposition; or the token to go on from."""
        prep = token.head
        holder, word = prep.head, prep.lower_
        if known and word in ("of", "from", "with", "about") and self.verbs.states.untraced(prep):
            return Link(Measure.MISSING, holder, inverted=True), None
        if word == "of":
            found = self._of_event(holder)
            if found:
                return found, None
            lemma = self.grouping.lemma(holder)
            if lemma in self.harm.groups or lemma in self.harm.lists["beside_holders"] or holder.tag_ == "CD":
                return None, holder
            return None, None
        taken = self.verbs.verb_lemma(holder) if word == "with" else ""
        if word == "with" and any(
            rest and rest[-1] == "with" and follows(rest, self.verbs.behind(holder))
            for rest, _ in (*self.verbs.object.get(taken, ()), *(self.verbs.weak.get(taken, ()) if known else ()))
        ):
            return self.verbs.of_object(holder, known), None
        if word == "with" and known and holder.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in holder.lefts):
            found = self.verbs.of_object(holder, known)  # "was killed with two colleagues"
            if found:
                return found, None
        if word == "to" and self.events.get(self.grouping.lemma(holder)) is Measure.INJURED:
            return Link(Measure.INJURED, holder), None
        if word == "for":
            for search in self.harm.searches:
                if self.verbs.verb_lemma(holder) in search.verbs and self.grouping.lemma(token) in search.objects | {"someone"}:
                    return Link(search.measure, holder), None
            return None, None
        if (
            word in ("including", "among", "amongst", "like")
            or (word == "with" and re.match(r"with (?:\w+ ){1,2}others?\b", prep.doc[prep.i : prep.i + 4].text))
            or (word in ("with", "as") and prep.i > 0 and prep.doc[prep.i - 1].lower_ in ("along", "together", "such", "alongside"))
        ):
            if holder.tag_.startswith("NN"):
                return None, holder
            return self.verbs.of_object(holder, known) if holder.tag_.startswith("V") else None, None
        return None, None

    def _of_event(self, holder: "Token") -> Link | None:
        lemma = self.grouping.lemma(holder)
        measure = self.events.get(lemma)
        if measure is None or self.verbs.sent_home(holder, measure):
            return None
        if lemma == "life":
            verb = holder.head
            loss = verb.lower_ == "of" and self.grouping.lemma(verb.head) in ("loss", "cost")
            claimed = any(self.verbs.verb_lemma(verb) in phrase.verbs for phrase in self.verbs.lives())
            return Link(measure, holder) if loss or claimed else None
        if any(child.lower_ in ("fatal", "deadly", "lethal") for child in holder.lefts) and measure in (Measure.CASUALTIES, Measure.INJURED):
            return Link(Measure.KILLED, holder)
        if lemma in ("loss", "seizure", "flight", "capture") and not holder.doc[holder.i].tag_.startswith("NN"):
            return None
        return Link(measure, holder)

    def _beside(self, group: Group, known: bool) -> Link | None:
        """A harm word right behind the group: headlines and lists, "5 wounded", "two men missing"."""
        doc = group.parsed.doc
        if group.head.dep_ == "pobj" and group.head.head.lower_ in ("from", "by", "against") and not group.bare and group.first - group.head.head.i <= 2:
            return None
        rest = doc[group.last + 1 : group.last + 6].text.lower()
        state = self.verbs.states.at_once(rest)
        if state and not (group.bare and state is Measure.DISPLACED):
            return Link(state, doc[group.last + 1])
        if rest.startswith("with ") and known and any(self.grouping.lemma(token) in _HURTS for token in doc[group.last + 2 : group.last + 6]):
            return Link(Measure.INJURED, doc[group.last + 1])
        start = group.last + 1
        if doc[start : start + 2].text.lower() in (", including", ", among"):
            start = next((token.i + 1 for token in doc[start + 2 : start + 14] if token.text == ","), start)
        for token in doc[start : start + 5]:
            word = token.lower_
            if word in self.words and (known or self.words[word] in (Measure.KILLED, Measure.INJURED, Measure.MISSING)):
                return None if self._acts(token, group) else Link(self._both(token), token)
            if token.tag_ == "VBN" and word not in self.words and (found := self.verbs.one_object(token, known)):
                return found
            if token.tag_ in ("VBD", "VBN", "VBP", "VBZ") and word not in self.harm.lists["beside_between"]:
                return self.verbs.of_subject(token, group.head, known)
            if word not in self.harm.lists["beside_between"]:
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
        if auxiliary or following.text in ("(", ",", ";", ".", ":", "-", "–", "—"):
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
            if token.tag_ in ("VBG", "VBD", "VBN", "VBP", "VBZ", "VB") or token.lower_ in (
                "kills",
                "wounds",
                "injures",
                "shot",
                "gunned",
                "wound",
                "injure",
                "kill",
            ):
                passive = any(one.lower_ in ("was", "were", "been", "being") for one in doc[max(0, token.i - 2) : token.i])
                return None if passive else self.verbs.one_object(token, known)
            if token.lower_ not in ("to", "death", "dead", "down", "off", "up", "the", "its", "his", "their", '"', "”", "'", "’", "away"):
                return None
        return None
