"""What a verb says of the harm to its object or subject."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.engines.rules.figure_groups import Grouping
from sayso.engines.rules.figure_states import States
from sayso.languages.harm import Harm, Phrase
from sayso.model.words import Measure, VictimStatus

if TYPE_CHECKING:
    from spacy.tokens import Token

_ORDER = (Measure.KILLED, Measure.INJURED, Measure.ABDUCTED, Measure.DETAINED, Measure.MISSING, Measure.DISPLACED, Measure.CASUALTIES)
_CLINIC = re.compile(
    r"^(?:\w+\s+){0,4}to\s+(?:\w+\s+){0,4}(?:hospitals?|clinics?|infirmary|safety|shelters?|morgue|mortuary|court|cent(?:er|re)s?)\b"
    r"|^(?:part|place|care|refuge|shelter|aim|cover|control|over|up\b|to the streets)",
    re.IGNORECASE,
)
_WINDOW = 10
_CLAUSE = ("VBD", "VBZ", "VBP", "MD", "WRB", "WDT", "WP")  # where a new clause begins


@dataclass(frozen=True, slots=True)
class Link:
    """The word that tells the harm, and what the harm is."""

    measure: Measure
    token: "Token | None"  # None where a part shares the harm of its whole
    inverted: bool = False  # the word tells harm only because it is negated: "did not survive"


class HarmVerbs:
    """Reads what a verb does to its object, and what it tells of its subject, with the words of one language."""

    def __init__(self, harm: Harm, grouping: Grouping) -> None:
        self.harm, self.grouping = harm, grouping
        self.words = by_measure(harm, "words")
        self.counted = by_measure(harm, "counted")
        self.object = self._verbs("object")
        self.weak = self._verbs("weak")
        self.subject = self._verbs("subject")
        self.states = States(harm, grouping)
        self.bodily = re.compile(rf"\bin (?:the|his|her|their|both) (?:\w+ )?(?:{'|'.join(sorted(harm.lists['beside_body']))})s?\b")

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

    def noun(self, head: "Token") -> Measure | None:
        """What a noun counts by itself ("deaths", "wounded"); None where it is a word for people or things."""
        lemma = self.grouping.lemma(head)
        after = [token.lower_ for token in head.doc[head.i + 1 : head.i + 3]]
        if (
            len(after) == 2
            and after[0] in ("and", "or")
            and {self.counted.get(lemma), self.counted.get(self.grouping.lemma(head.doc[head.i + 2]))} == {Measure.KILLED, Measure.INJURED}
        ):
            return Measure.CASUALTIES
        if lemma == "loss" and head.doc[head.i + 1 : head.i + 3].text.lower() in ("of life", "of lives"):
            return Measure.KILLED
        if head.lower_ in self.counted:
            return self.counted[head.lower_]
        if lemma in self.counted:
            return self.counted[lemma]
        before = head.doc[max(0, head.i - 6) : head.i].text.lower()
        if lemma == "life" and re.search(r"\b(?:cost|costs|costing|claim|claims|claimed|claiming|took|taken|taking|takes|lost|loses|losing|loss of)\b", before):
            return Measure.KILLED
        if lemma == "life" and (
            head.head.lower_ == "of" or any(self.verb_lemma(head.head) in phrase.verbs for phrase in (*self.lives(), *self.harm.phrases[:1]))
        ):
            return Measure.KILLED
        return None

    def of_object(self, verb: "Token", known: bool) -> Link | None:
        """The harm done to a verb's object or passive subject, with the verbs coordinated to it."""
        links = [link for one in self._coordinated(verb) if (link := self.one_object(one, known))]
        if not links:
            return None
        measures = {link.measure for link in links}
        if Measure.KILLED in measures and Measure.INJURED in measures:
            return Link(Measure.CASUALTIES, links[0].token)
        return min(links, key=lambda link: _ORDER.index(link.measure))

    def one_object(self, verb: "Token", known: bool) -> Link | None:
        """The harm done to one verb's object; `known` where the object is a known word for people."""
        lemma = self.verb_lemma(verb)
        behind = self.behind(verb)
        for table, open_to_all in ((self.object, True), (self.weak, known)):
            for rest, measure in table.get(lemma, ()):
                if follows(rest, behind) and (open_to_all or (known and rest)):
                    if table is self.weak and not rest and self._blocked(verb, lemma):
                        continue
                    if lemma == "treat" and not (self._wounds(behind) or self._healed(verb, behind)):
                        continue
                    if self.sent_home(verb, measure):
                        return None
                    if measure is Measure.DISPLACED and self._wounds(behind):
                        return Link(Measure.INJURED, verb)
                    both = rest == ("dead",) and re.search(r"\bdead (?:and|or) (?:wounded|injured)\b", verb.doc[verb.i : verb.i + 16].text)
                    return Link(Measure.CASUALTIES if both else self._shot(measure, verb), verb)
        for phrase in self.harm.phrases:
            if lemma in phrase.verbs and lemma in ("treat", "nurse", "admit", "hospitalise") and self._wounds(behind):
                return Link(phrase.measure, verb)
        if known and self.states.driven(lemma, behind):
            return Link(Measure.DISPLACED, verb)
        return self._taken(verb, lemma, known)

    def sent_home(self, verb: "Token", measure: Measure) -> bool:
        """Whether diplomats are expelled: they are sent home, not driven from it."""
        return measure is Measure.DISPLACED and any(
            self.grouping.lemma(token) in self.harm.lists["count_diplomats"] for token in verb.doc[max(0, verb.i - 8) : verb.i + 8]
        )

    def _taken(self, verb: "Token", lemma: str, known: bool) -> Link | None:
        """ "Taken to hospital": harmed, without being said how badly but that it was not death."""
        rest = verb.doc[verb.i + 1 : verb.i + 9].text
        if (
            known
            and lemma in ("take", "rush", "admit", "airlift", "bring", "transfer", "hospitalise", "deliver", "fly", "evacuate")
            and re.match(r"(?:\w+\s+){0,2}to\s+(?:\w+\s+){0,4}(?:hospital|clinic|infirmary|intensive care|medical)", rest)
        ):
            return Link(Measure.INJURED, verb)
        if (
            known
            and lemma in ("force", "compel", "oblige")
            and re.search(r"\bto (?:flee|leave|evacuate|move|abandon)\b", verb.doc[verb.i + 1 : verb.i + 14].text)
        ):
            return Link(Measure.DISPLACED, verb)
        return None

    def _wounds(self, behind: list["Token"]) -> bool:
        return any(self.grouping.lemma(token) in self.harm.lists["beside_wounds"] for token in behind)

    def _healed(self, verb: "Token", behind: list["Token"]) -> bool:
        """Whether people are treated by doctors or in a hospital, and not just treated somehow."""
        around = [child for child in verb.lefts if child.dep_ in ("nsubj", "conj")] + behind
        return any(self.grouping.lemma(token) in self.harm.lists["beside_healers"] for token in around)

    def _blocked(self, verb: "Token", lemma: str) -> bool:
        """Whether a verb that also takes people elsewhere than into harm does so here."""
        rest = verb.doc[verb.i + 1 : verb.i + 12].text
        if lemma == "take" and re.match(
            r"(?:\w+\s+){0,3}(?:to|in|on|into|out|by|part|over|up|back|for)\b"
            r"(?!\s+(?:an? (?:unknown|undisclosed)|the (?:bush|forest)|(?:mon|tues|wednes|thurs|fri|satur|sun)day))",
            rest,
            re.IGNORECASE,
        ):
            return not re.match(r"on (?:mon|tues|wednes|thurs|fri|satur|sun)day|in the|by (?:armed|gun|masked|unknown|unidentified)", rest, re.IGNORECASE)
        if lemma in ("take", "move", "seize", "hold") and _CLINIC.match(rest) and lemma != "move":
            return True
        if lemma == "catch":
            return re.match(r"(?:\w+ )?(?:in|between|by|up|fire|off|on|out|with)\b", rest) is not None
        if lemma == "hold":
            return not re.search(
                r"\b(?:custody|captive|hostage|prisoners?|detention|jail|prison|incommunicado|cells?|barracks|police|station|without charge|suspicion"
                r"|questioning|garrison|base|still being|captors|for (?:\w+ ){1,3}(?:hours?|days?|weeks?|months?))\b",
                verb.doc[verb.i : verb.i + 14].text,
            )
        if lemma == "lose":
            return re.search(r"\bto (?:injury|injuries|retirement|suspension|rivals?|illness)\b", rest) is not None
        if lemma == "move":
            return not re.match(r"(?:\w+\s+){0,3}(?:to|from|out|away)\b", rest)
        return lemma == "evacuate" and any(child.dep_ == "dobj" for child in verb.children) and not re.search(r"\bfrom\b", rest)

    def _shot(self, measure: Measure, verb: "Token") -> Measure:
        """Shot, hit or struck: killed or injured where the words behind it say so."""
        if any(child.lower_ in ("fatally", "mortally") for child in verb.lefts) and measure in (Measure.CASUALTIES, Measure.INJURED):
            return Measure.KILLED
        if measure is not Measure.CASUALTIES:
            return measure
        rest = verb.doc[verb.i + 1 :].text
        if self.verb_lemma(verb) in ("shoot", "snipe", "hit", "strike", "gas"):
            if re.search(r"\bin (?:the )?hospital\b|\bhospital of\b|\bsurviv(?:e|es|ed|ing)\b|\bwounding (?:him|her|them)\b", rest) or self.bodily.search(rest):
                return Measure.INJURED
            if re.match(r"(?:\S+\s+){0,8}(?:dead\b|to death|killing (?:him|her|them)\b|and killed\b)", rest):
                return Measure.KILLED
        return measure

    def of_subject(self, verb: "Token", subject: "Token", known: bool) -> Link | None:
        """The harm that a verb tells of its subject: died, lost their lives, is missing, suffered burns."""
        lemma = self.verb_lemma(verb)
        behind = self.behind(verb)
        for rest, measure in self.subject.get(lemma, ()):
            if follows(rest, behind):
                if measure is Measure.DISPLACED and self._runs(subject, behind):
                    return None
                gassed = lemma in ("suffocate", "asphyxiate") and any(token.lower_ in ("tear", "teargas", "inhalation", "inhaling") for token in behind)
                return Link(Measure.INJURED if gassed else measure, verb)
        if verb.lower_ == "missing":
            return Link(Measure.MISSING, verb)
        if verb.tag_ == "VBD" and known and lemma in ("hit", "strike", "shoot", "cut") and self.bodily.match(verb.doc[verb.i + 1 : verb.i + 6].text):
            return Link(Measure.INJURED, verb)  # "one man hit in the neck"
        if lemma == "fall" and known and self._fell(verb, subject):
            return Link(Measure.KILLED, verb)
        if lemma == "fall" and known and any(self.grouping.lemma(token) in self.harm.lists["battle_words"] for token in behind[:5]):
            return Link(Measure.KILLED, verb)
        found = self._of_phrase(verb, lemma, behind, known) or self._of_state(verb, behind)
        if found:
            return found
        if verb.lower_ in self.words and subject.i < verb.i and subject.tag_ not in ("WP", "WDT") and self._reduced(verb):
            return self.of_object(verb, known) or Link(self.words[verb.lower_], verb)
        if subject.i < verb.i and self._gapped(verb) and (gapped := self.of_object(verb, known)):
            return gapped
        shared = next((one for one in verb.rights if one.dep_ == "conj" and one.tag_ == "VBN" and any(aux.dep_ == "auxpass" for aux in one.lefts)), None)
        if shared is not None and known and not any(one.dep_ in ("nsubj", "nsubjpass") for one in shared.lefts):
            return self.of_object(shared, known)  # "surrendered and are being held"
        for one in self._coordinated(verb)[1:]:
            again = self.subject.get(self.verb_lemma(one), ())
            for rest, measure in again:
                if follows(rest, self.behind(one)):
                    return Link(measure, one)
        return None

    def _gapped(self, verb: "Token") -> bool:
        """Whether a participle shares the auxiliary of the clause before: "37 farmers were massacred and 14 women carried into the hills"."""
        if verb.tag_ != "VBN" and verb.lower_ != "taken":
            return False
        return not any(
            child.dep_ in ("aux", "auxpass") or (child.dep_ == "dobj" and child.lower_ not in ("prisoner", "hostage", "captive")) for child in verb.children
        )

    def _fell(self, verb: "Token", subject: "Token") -> bool:
        """Whether soldiers fell: nothing behind the verb says from where or into what."""
        following = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else "."
        plain = verb.tag_ in ("VBD", "VBN") and following in (
            ".",
            ",",
            ";",
            "and",
            "near",
            "outside",
            "defending",
            "fighting",
            "at",
            "around",
            "beside",
            "yesterday",
        )
        return plain and self.harm.status.get(self.grouping.lemma(subject)) is VictimStatus.COMBATANT

    def raised(self, verb: "Token", subject: "Token", known: bool) -> Link | None:
        """The harm told by another verb of the same subject: "are thought to have died", "live in tents after losing their homes"."""
        for child in verb.rights:
            if child.dep_ == "xcomp" and self.verb_lemma(verb) in self.harm.lists["beside_raising"] and any(one.tag_ == "TO" for one in child.lefts):
                passive = any(one.dep_ == "auxpass" for one in child.lefts)
                return self.of_object(child, known) if passive else self.of_subject(child, subject, known) or self.raised(child, subject, known)
            if known and child.dep_ == "conj" and child.tag_.startswith("V") and not any(one.dep_ in ("nsubj", "nsubjpass", "auxpass") for one in child.lefts):
                for rest, measure in self.subject.get(self.verb_lemma(child), ()):
                    if measure is Measure.KILLED and follows(rest, self.behind(child)):
                        return Link(measure, child)  # "were caught in the crossfire and later died"
            if known and child.dep_ == "prep" and child.lower_ == "after":
                gerund = next((one for one in child.rights if one.dep_ == "pcomp" and one.tag_ == "VBG"), None)
                if gerund is not None and not any(one.dep_ == "nsubj" for one in gerund.lefts):
                    return self.of_subject(gerund, subject, known)
        return None

    def _runs(self, subject: "Token", behind: list["Token"]) -> bool:
        """Whether somebody runs from an act of their own or from custody, and is not driven from home."""
        words = {self.grouping.lemma(token) for token in behind}
        if self.harm.status.get(self.grouping.lemma(subject)) is VictimStatus.COMBATANT:
            return True
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
            if lemma in self.harm.lists["beside_bearing"] and "with" not in (token.lower_ for token in verb.doc[verb.i + 1 : noun.i]):
                continue
            if lemma in ("give", "lose", "lay", "pay", "sacrifice") and not re.search(r"\b(?:their|his|her|its|our|own)\b", verb.doc[verb.i : noun.i + 1].text):
                continue
            return Link(phrase.measure, verb)
        if lemma in ("leave", "quit") and known and self._area(verb):
            return Link(Measure.DISPLACED, verb)
        return None

    def _leaves(self, verb: "Token", lemma: str, noun: "Token") -> bool:
        if lemma in ("seek", "take"):
            return self.grouping.lemma(noun) in ("refuge", "shelter", "sanctuary", "flight")
        if lemma == "lose":
            return self.grouping.lemma(noun) in ("home", "house", "dwelling")
        return verb.tag_ != "VBG" or lemma != "leave"

    def _area(self, verb: "Token") -> bool:
        """Whether somebody is said to have left a place for good: "have left Vovchansk since Friday"."""
        target = next((child for child in verb.rights if child.dep_ == "dobj"), None)
        have = any(child.lower_ in ("have", "had", "has") for child in verb.lefts)
        return have and target is not None and target.tag_ in ("NNP", "NNPS")

    def _of_state(self, verb: "Token", behind: list["Token"]) -> Link | None:
        """ "Are missing", "is in custody", "remain unaccounted for", "are dead"."""
        lemma = self.verb_lemma(verb)
        if lemma not in self.harm.lists["beside_standing"]:
            return None
        clause = next((index for index, token in enumerate(behind) if token.lower_ in ("and", "but", "while")), len(behind))
        measure = self.states.state(" ".join(token.lower_ for token in behind[:clause]))
        if measure:
            return Link(measure, verb)
        if lemma == "be" and (among := self.states.among_them(behind)):
            return Link(*among)
        for child in verb.rights:
            if child.dep_ in ("acomp", "attr", "oprd", "xcomp", "ccomp", "advcl", "prep") and child.lower_ in self.words:
                return Link(self.words[child.lower_], child)
            if child.dep_ == "attr" and self.noun(child) and lemma == "be":
                return Link(self.noun(child) or Measure.CASUALTIES, child)
        return None

    def lives(self) -> tuple[Phrase, ...]:
        """The phrases whose noun holds the harmed: "claimed the lives of"."""
        return tuple(phrase for phrase in self.harm.phrases if phrase.of_noun)

    def _coordinated(self, verb: "Token") -> list["Token"]:
        """The verb and those coordinated with it that share its object: "killed or wounded", "shot and killed"."""
        verbs = [verb]
        for other in [child for child in verb.rights if child.dep_ == "conj"] + ([verb.head] if verb.dep_ == "conj" else []):
            between = verb.doc[min(verb.i, other.i) + 1 : max(verb.i, other.i)]
            if (
                other.tag_.startswith("V")
                and not any(token.dep_ in ("nsubj", "nsubjpass", "dobj") or token.tag_ == "CD" for token in between)
                and len(between) <= 6
            ):
                verbs.append(other)
        return verbs

    def behind(self, verb: "Token") -> list["Token"]:
        """The tokens behind a verb to the end of its clause."""
        tokens: list[Token] = []
        for token in verb.doc[verb.i + 1 : verb.i + 1 + _WINDOW]:
            if token.text in (";", ":", ".") or (token.text == "," and tokens):
                break
            tokens.append(token)
        return tokens


def follows(rest: tuple[str, ...], behind: list["Token"]) -> bool:
    """Whether the complement's words stand behind the verb, in order."""
    clause: list[str] = []
    for token in behind:
        if token.tag_ in _CLAUSE and token.lower_ not in rest:
            break
        clause.append(token.lower_)
    words = iter(clause)
    return all(any(word == part or word == part + "s" for word in words) for part in rest)


def by_measure(harm: Harm, kind: str) -> dict[str, Measure]:
    """The words of one kind with what they tell; the gravest where a word stands under several measures."""
    return {word: measure for measure in reversed(_ORDER) for word in getattr(harm.measures[measure], kind)}
