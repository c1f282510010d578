"""Whether a harm is told as done, as not done, or only as possible, threatened or planned; and what span of time a figure covers."""

import re
from typing import TYPE_CHECKING

from sayso.engines.rules.figure_groups import Group, Grouping
from sayso.engines.rules.parsed import Parsed
from sayso.languages.harm import Harm
from sayso.model.words import Change, Scope

if TYPE_CHECKING:
    from spacy.tokens import Token

_BE = ("be", "remain", "prove", "seem")
_SINCE_TOKENS = 9


class Mood:
    """Denied or unreal, from the words that govern the harm."""

    def __init__(self, harm: Harm, grouping: Grouping) -> None:
        self.lists, self.grouping = harm.lists, grouping

    def verb_lemma(self, token: "Token") -> str:
        """The dictionary form of a token read as a verb."""
        return str(self.grouping.inflector.lemma(token.text, token.tag_ if token.tag_.startswith("V") else "VB"))

    def read(self, group: Group, harm: "Token", inverted: bool = False) -> tuple[bool, bool]:
        """(denied, hypothetical) of a group harmed by the given word."""
        denied = group.low != 0 and not inverted and self.negated(harm)
        if harm.dep_ == "amod" and group.first <= harm.i < group.head.i:
            return False, False  # who is called wounded is wounded, whatever is planned for them
        unreal = self._unreal(harm) or any(child.lower_ in ("nearly", "almost", "narrowly") and child.i == harm.i - 1 for child in harm.lefts)
        token, reached = harm, True
        for head in harm.ancestors:
            content = any(child.dep_ == "mark" for child in token.lefts) or any(
                child.lower_ == "that" for child in token.lefts if child.dep_ not in ("nsubj", "nsubjpass")
            )
            if not content and (token.dep_ == "relcl" or (token.dep_ == "acl" and token.tag_ in ("VBN", "VBD"))):
                break  # what a relative clause tells of something is told as a fact
            reached = reached and not (token.dep_ == "prep" and token.lower_ not in ("of", "about"))  # "denied a role in the killing" denies the role
            denied = denied or (reached and self._denies(head, token))
            unreal = unreal or (self._makes_unreal(head, token) and (harm.tag_.startswith("V") or self._causes(head, token)))
            token = head
        if group.low == 0:
            return False, unreal
        return denied, unreal and not denied

    def _causes(self, head: "Token", token: "Token") -> bool:
        """Whether a noun of harm ("deaths") is what the unreal verb would bring about, not what somebody would look into."""
        infinitive = any(child.tag_ == "TO" for child in token.lefts)
        return not infinitive or self.verb_lemma(token) in ("cause", "inflict", "lead", "result", "carry", "commit", "bring", "end")

    def negated(self, harm: "Token") -> bool:
        """Whether the harm's own verb stands under "not" or "never"."""
        verb = harm if harm.tag_.startswith("V") else harm.head
        if not verb.tag_.startswith("V"):
            return False
        return any(
            child.dep_ == "neg" or child.lower_ in ("never", "not", "n't")
            for child in verb.children
            if child.i < harm.i + 1 or (child.head is verb and child.dep_ == "neg")
        )

    def _denies(self, head: "Token", token: "Token") -> bool:
        """Whether `head` denies what `token` belongs to: "denied killing 43", "reports of 43 deaths are false"."""
        lemma = self.verb_lemma(head)
        if head.tag_.startswith("V") and lemma in self.lists["deny_verbs"] and token.i > head.i:
            return not any(child.dep_ == "neg" for child in head.children) and token.dep_ not in ("advcl", "conj", "relcl", "dep")
        if head.tag_.startswith("V") and token.dep_ == "nsubjpass" and lemma in self.lists["deny_verbs"]:
            return True
        if head.tag_.startswith("V") and lemma in _BE and token.dep_ in ("nsubj", "csubj"):
            untrue = any(child.dep_ == "neg" for child in head.children) and any(child.lower_ in ("true", "correct", "accurate") for child in head.rights)
            return untrue or any(self._false(child) for child in head.rights if child.dep_ in ("attr", "acomp", "oprd"))
        if head.tag_.startswith("V") and lemma in _BE and token.dep_ == "ccomp" and any(child.lower_ == "it" for child in head.lefts):
            return any(child.dep_ == "neg" for child in head.children) and any(child.lower_ in ("true", "correct", "accurate") for child in head.rights)
        if head.lower_ in ("true", "correct") and token.dep_ == "ccomp":
            return any(child.dep_ == "neg" for child in head.head.children)
        if token.dep_ == "dobj" or (token.dep_ == "nsubj" and head.tag_.startswith("J")):
            return self._false(head) or any(self._false(child) for child in head.rights if child.dep_ in ("oprd", "acomp"))
        return False

    def _false(self, token: "Token") -> bool:
        return (
            token.lower_ in self.lists["false_words"]
            or self.grouping.lemma(token) in self.lists["false_words"]
            or any(child.lower_ in self.lists["false_words"] for child in token.lefts if child.dep_ == "amod")
        )

    def _unreal(self, harm: "Token") -> bool:
        verb = harm if harm.tag_.startswith("V") else harm.head
        return verb.tag_.startswith("V") and (self._modal(verb) or self._conditional(verb) or self._question(verb))

    def _modal(self, verb: "Token") -> bool:
        auxiliaries = [child for child in verb.lefts if child.dep_ in ("aux", "auxpass")]
        words = [child.lower_ for child in auxiliaries]
        if "have" in words and ("may" in words or "might" in words):
            return False
        return any(word in self.lists["unreal_auxiliaries"] for word in words)

    def _conditional(self, verb: "Token") -> bool:
        return any(child.dep_ == "mark" and child.lower_ in self.lists["conditions"] for child in verb.lefts)

    def _question(self, verb: "Token") -> bool:
        sentence = self.grouping.text(verb.doc).rstrip("\"'”’ ")
        return sentence.endswith("?") and verb.dep_ == "ROOT"

    def _makes_unreal(self, head: "Token", token: "Token") -> bool:
        if token.dep_ == "prep" and token.lower_ == "for" and self.grouping.lemma(head) in self.lists["sought_words"]:
            return True  # "a warrant for the arrest of 12", "called for the arrest of 12"
        if head.tag_.startswith("V"):
            lemma = self.verb_lemma(head)
            infinitive = any(child.tag_ == "TO" for child in token.lefts)
            if token.dep_ in ("xcomp", "ccomp", "advcl") and infinitive and lemma in self.lists["unreal_verbs"]:
                return True
            if (
                token.dep_ in ("xcomp", "ccomp")
                and lemma in ("threaten", "fear", "plan", "vow", "consider", "risk", "avoid", "warn")
                and (infinitive or token.tag_ == "VBG")
            ):
                return True
            if infinitive and token.dep_ == "xcomp" and lemma == "be":
                return True
            if token.dep_ in ("advcl", "xcomp", "dobj", "pobj", "prep", "ccomp", "pcomp", "acl", "conj") and (self._modal(head) or self._conditional(head)):
                return not (token.dep_ in ("advcl", "ccomp") and not self._nonfinite(token))
            return False
        if token.dep_ in ("acl", "prep", "pcomp") and any(child.tag_ == "TO" for child in token.lefts):
            return self.grouping.lemma(head) in self.lists["unreal_nouns"] or head.lower_ in self.lists["unreal_adjectives"]
        if token.dep_ == "xcomp" and head.tag_.startswith("J"):
            return head.lower_ in self.lists["unreal_adjectives"]
        return (
            token.dep_ in ("prep", "pcomp", "pobj")
            and head.tag_.startswith("NN")
            and self.grouping.lemma(head) in ("risk", "danger", "possibility", "threat", "plan", "plot", "prospect")
        )

    def _nonfinite(self, token: "Token") -> bool:
        return token.tag_ in ("VBG", "VB", "VBN") and not any(child.dep_ in ("nsubj", "nsubjpass") for child in token.lefts)


class Period:
    """Scope, change and the words of "since", from the sentence of a figure."""

    def __init__(self, harm: Harm, grouping: Grouping) -> None:
        self.lists, self.grouping = harm.lists, grouping
        cues = "|".join(sorted(map(re.escape, harm.lists["count_total_cues"]), key=len, reverse=True))
        self.cue = re.compile(rf"\b(?:{cues})\b", re.IGNORECASE)

    def since(self, parsed: Parsed) -> tuple[int, int] | None:
        """The words of "since …" in the sentence, in the veiled text."""
        doc = parsed.doc
        if "since" not in self.grouping.text(doc).lower():
            return None
        for token in doc:
            if token.lower_ != "since" or token.i + 1 >= len(doc):
                continue
            if token.tag_ == "RB" and token.dep_ == "advmod" and not any(True for _ in token.rights):
                continue
            if any((one.tag_ == "JJS" and one.lower_ != "least") or one.lower_ in ("first", "time") for one in doc[max(0, token.i - 5) : token.i]):
                continue  # "the deadliest attack since 2010" tells no period that a number covers
            last = token.i
            depth = token.right_edge.i if token.dep_ == "prep" else (token.head.right_edge.i if token.dep_ == "mark" else token.i + 3)
            for following in doc[token.i + 1 : min(depth + 1, token.i + _SINCE_TOKENS)]:
                if following.text in (",", ";", ".", ":", "(", ")") or (following.tag_ in ("MD", "VBP", "VBZ", "VBD") and token.dep_ == "prep"):
                    break
                last = following.i
            if last > token.i:
                return parsed.at(token)[0], parsed.at(doc[last])[1]
        return None

    def scope(self, group: Group, since: tuple[int, int] | None) -> Scope:
        """Whether the figure is told of one act or of everything up to now."""
        return Scope.TOTAL if since or self.cue.search(self.grouping.text(group.parsed.doc)) else Scope.ACT

    def change(self, group: Group) -> Change:
        """Whether the words say that the number comes on top of another."""
        doc = group.parsed.doc
        inside = doc[group.first : group.last + 2].text.lower()
        ahead = doc[max(0, group.first - 2) : group.first + 1].text.lower()
        if any(re.search(rf"\b{re.escape(word)}\b", ahead) for word in self.lists["count_increment_before"]):
            return Change.INCREMENT
        if re.search(r"(?<!or )\bmore\b(?! than)", inside) and re.search(r"\b(?:\d+|\w+) more\b", inside):
            return Change.INCREMENT
        return Change.TOTAL
