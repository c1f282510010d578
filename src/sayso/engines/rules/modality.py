"""Modality and certainty: whether the words around an act say that it happened, did not, may, or will."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sayso.engines.rules.grammar import View, ancestors, children, first_child, infinitive, is_noun, is_passive, is_verb, subject
from sayso.languages.cases import Cases
from sayso.model.words import Certainty, Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

# "no fewer than 30 were taken", "not only shelled": no negation.
_COMPARED = ("only", "just", "merely", "less", "fewer", "more", "later", "long")


@dataclass(frozen=True, slots=True)
class Mood:
    """Modality and certainty with the words that say so."""

    modality: Modality = Modality.ACTUAL
    certainty: Certainty = Certainty.CERTAIN
    reason: str = "stated without a modal, condition or negation"


class Moods:
    """Reads the modality of a token in its sentence."""

    def __init__(self, cases: Cases) -> None:
        self.cases = cases

    def of(self, view: View, token: "Token") -> Mood:
        """The mood of an act told by `token`: negation first, then conditions and modals, then plans."""
        certainty, hedge = self._certainty(view, token)
        path = self._path(view, token)
        for test in (self._denied, self._hypothetical, self._planned):
            found = test(view, token, path)
            if found is not None:
                return Mood(found.modality, certainty, found.reason)
        return Mood(Modality.ACTUAL, certainty, f"hedged by {hedge!r}" if hedge else Mood().reason)

    def _path(self, view: View, token: "Token") -> "list[Token]":
        """The token and the heads above it that its mood may come from, up to a clause with a subject of its own."""
        path = [token]
        for head in ancestors(token):
            child = path[-1]
            if child.dep_ in ("relcl", "acl") and is_verb(child) and view.lemma(head) in self.cases.negation.accounts:  # "the allegation that troops shelled"
                path.append(head)
                continue
            if child.dep_ in ("ccomp", "parataxis", "relcl") and child != token:
                break
            if child.dep_ == "ccomp" and is_verb(child):
                if not any(token.text in ";:" for token in child.doc[min(child.i, head.i) : max(child.i, head.i)]):
                    path.append(head)
                break
            if child.dep_ in ("relcl", "parataxis"):
                break
            if child.dep_ == "conj" and is_verb(child) and first_child(child, "nsubj", "nsubjpass", "aux") is not None:
                break
            path.append(head)
        return path

    def _denied(self, view: View, token: "Token", path: "list[Token]") -> Mood | None:
        word = self._negator(view, token)
        if word:
            return Mood(Modality.DENIED, reason=f"negated by {word!r}")
        for child, head in pairwise(path):
            lemma = view.lemma(head)
            if child.dep_ in ("xcomp", "pcomp") and lemma in self.cases.negation.failing:
                return Mood(Modality.DENIED, reason=f"did not come to pass: {head.text!r}")
            if child.dep_ == "xcomp" and is_verb(head) and self._negation_of(head):
                return Mood(Modality.DENIED, reason=f"negated at {head.text!r}")
            if child.dep_ == "pcomp" and head.lower_ == "without":
                return Mood(Modality.DENIED, reason="negated by 'without'")
            if (
                child.dep_ == "conj"
                and self._negation_of(head)
                and first_child(child, "nsubj", "nsubjpass") is None
                and is_verb(child)
                and child.i - head.i < 8
                and any(cc.lower_ in ("or", "nor") for cc in children(head, "cc"))
            ):
                return Mood(Modality.DENIED, reason=f"negated at {head.text!r}")
            if child.dep_ in ("dobj", "nsubjpass") and is_noun(child) and self._cancelled(view, head):
                return Mood(Modality.DENIED, reason=f"did not come to pass: {head.text!r}")
        return self._untrue(view, token, path)

    def _cancelled(self, view: View, verb: "Token") -> bool:
        particle = first_child(verb, "prt")
        name = view.lemma(verb) + (f" {particle.lower_}" if particle is not None else "")
        return name in self.cases.negation.cancelling

    def _untrue(self, view: View, token: "Token", path: "list[Token]") -> Mood | None:
        """ "Reports of a raid were false", "Rumours of an attack are not true", "no truth in"."""
        negation = self.cases.negation
        accounted = any(view.lemma(head) in negation.accounts for head in path[1:4])
        for head in path:
            if view.lemma(head) in negation.accounts and any(
                child.lower_ in negation.untrue or view.lemma(child) in negation.denying for child in children(head, "amod")
            ):
                return Mood(Modality.DENIED, reason=f"an untrue {head.text!r}")
            if (
                view.lemma(head) in negation.accounts
                and head.dep_ in ("dobj", "nsubjpass")
                and view.lemma(head.head) in negation.denying
                and self._negation_of(head.head) is None
            ):
                return Mood(Modality.DENIED, reason=f"an account that is {head.head.text!r}")
            if head.dep_ not in ("nsubj", "nsubjpass", "dobj", "ccomp") or not (is_verb(head.head)):
                continue
            verb = head.head
            if head.dep_ == "ccomp" and any(token.text in ";:" for token in view.doc[min(head.i, verb.i) : max(head.i, verb.i)]):
                continue  # "X claims …; Y called this a lie": the claim stays X's
            told = [view.lemma(child) for child in children(verb, "acomp", "attr", "oprd", "advmod", "dobj")] + [view.lemma(verb)]
            negated = self._negation_of(verb) is not None
            if negation.untrue & set(told) and not negated:
                return Mood(Modality.DENIED, reason="called untrue")
            if accounted and negated and negation.true_words & set(told):
                return Mood(Modality.DENIED, reason="called not true")
        return None

    def _negator(self, view: View, token: "Token") -> str | None:
        """The word that negates the act itself."""
        own = self._negation_of(token)
        if own is not None:
            return own
        if is_noun(token):
            det = next((child for child in children(token, "det", "neg") if child.lower_ in ("no", "neither")), None)
            if det is not None:
                return det.text
            if token.dep_ in ("dobj", "attr", "nsubj", "nsubjpass", "pobj") and is_verb(token.head):
                return self._negation_of(token.head) if token.dep_ != "nsubj" or view.lemma(token.head) in self.cases.events.happen else None
            if token.dep_ == "pobj" and token.head.lower_ == "without":
                return token.head.text
            return None
        if is_verb(token):
            for noun in (*children(token, "nsubj", "nsubjpass", "dobj"), *([subject(token)] if token.dep_ == "conj" and subject(token) is not None else [])):
                if noun is None:
                    continue
                det = next((child for child in noun.lefts if child.lower_ in ("no", "neither")), None)
                if det is not None and not (det.i + 1 < len(det.doc) and det.doc[det.i + 1].lower_ in _COMPARED):
                    return det.text
                if noun.lower_ in self.cases.negation.persons:
                    return str(noun.text)
        return None

    def _negation_of(self, token: "Token") -> str | None:
        for child in token.children:
            if (
                child.dep_ == "neg"
                or (child.dep_ == "advmod" and child.lower_ in ("never", "neither", "nor"))
                or (child.dep_ == "preconj" and child.lower_ == "neither")
            ):
                if child.i + 1 < len(child.doc) and child.doc[child.i + 1].lower_ in _COMPARED:
                    continue
                return str(child.text)
        return None

    def _hypothetical(self, view: View, token: "Token", path: "list[Token]") -> Mood | None:
        unreal = self.cases.unreal
        if view.doc[-1].text == "?" or (len(view.doc) > 1 and view.doc[-2].text == "?"):
            return Mood(Modality.HYPOTHETICAL, reason="asked, not told")
        for depth, head in enumerate(path):
            if is_verb(head) or head.tag_ in ("MD", "JJ"):
                found = self._modal(view, head, unreal.modals)
                if found and (depth == 0 or self._under(path, depth)):
                    if self._future_in_past(view, head):
                        return Mood(Modality.PLANNED, reason=f"still to come: {found!r}")
                    return Mood(Modality.HYPOTHETICAL, reason=f"under the modal {found!r}")
                condition = self._condition(head) or self._inverted(head)
                if condition:
                    return Mood(Modality.HYPOTHETICAL, reason=f"under the condition {condition!r}")
        for child, head in pairwise(path):
            why = self._only_as(view, child, head, token)
            if why:
                return Mood(Modality.HYPOTHETICAL, reason=why)
        if is_noun(token):
            word = next((child for child in children(token, "amod") if child.lower_ in unreal.emptying), None)
            if word is not None:
                return Mood(Modality.HYPOTHETICAL, reason=f"only {word.text!r}")
        return None

    def _future_in_past(self, view: View, verb: "Token") -> bool:
        """Whether a "would" is a "will" told afterwards: "the ministry said it would send tents"."""
        while verb.dep_ == "conj" and is_verb(verb.head):
            verb = verb.head
        own = [child.lower_ for child in children(verb, "aux")]
        if verb.dep_ != "ccomp" or not ("would" in own or "'d" in own) or "have" in own:
            return False
        if is_passive(verb) and any(self._condition(clause) for clause in children(verb, "advcl")):  # "he would be killed if they came"
            return False
        return verb.head.tag_ in ("VBD", "VBN") and view.lemma(verb.head) in self.cases.planned.tellers

    def _condition(self, head: "Token") -> str | None:
        """The word that makes the clause of `head` a condition."""
        for child in children(head, "mark", "advmod", "prep", "aux"):
            if child.lower_ in self.cases.unreal.conditions or (child.lower_ == "should" and child.i < head.i and child.i == head.left_edge.i):
                return str(child.text)
        return None

    def _only_as(self, view: View, child: "Token", head: "Token", token: "Token") -> str | None:
        """Why the act under `child` is told only as something feared, asked for, planned … by `head`; None where it is told as done."""
        unreal, lemma = self.cases.unreal, view.lemma(head)
        hangs = child.dep_ in ("pobj", "pcomp", "acl", "compound") or (child.dep_ == "prep" and is_noun(head))
        if hangs and is_noun(head) and lemma in unreal.nouns:
            return f"only as {head.text!r}"
        if child.dep_ == "ccomp" and is_verb(head) and lemma in unreal.clause_verbs:
            return f"only in the clause of {head.text!r}"
        if child.dep_ not in ("dobj", "xcomp", "pcomp", "nsubjpass", "prep") or not is_verb(head) or lemma not in unreal.verbs:
            return None
        if child.dep_ == "prep" and child.lower_ not in ("for", "from", "against", "of", "about"):
            return None
        if first_child(head, "prt") is not None and lemma in ("call", "bring"):  # "called in to patrol"
            return None
        if child.dep_ == "nsubjpass" and lemma in ("suspect", "expect", "allow", "investigate", "stop", "end", "halt"):
            return None
        return None if self._real_object(view, child, head, token) else f"only as the object of {head.text!r}"

    def _real_object(self, view: View, child: "Token", head: "Token", token: "Token") -> bool:
        """Whether the act under an unreal verb is told as having happened: "investigate an air strike that killed", "an end to the shelling"."""
        lemma = view.lemma(head)
        if lemma in ("investigate", "probe", "discuss", "debate", "justify", "end", "stop", "halt", "cease", "tell", "warn", "thwart", "foil"):
            return child.dep_ in ("dobj", "prep", "nsubjpass") and is_noun(token) and lemma not in ("stop", "end", "halt", "cease", "thwart", "foil")
        return lemma == "suspect" and child.dep_ != "xcomp"

    @staticmethod
    def _inverted(verb: "Token") -> str | None:
        """The auxiliary that opens an inverted condition: "Were they to return, …", "Had it not fired, …"."""
        clause = verb.head if verb.dep_ == "xcomp" and verb.head.lower_ == "were" else verb
        first = clause.left_edge
        if first.lower_ not in ("were", "had", "should") or clause.dep_ not in ("advcl", "ccomp"):
            return None
        own = first_child(clause, "nsubj", "nsubjpass")
        return str(first.text) if own is not None and first.i < own.i else None

    @staticmethod
    def _under(path: "list[Token]", depth: int) -> bool:
        """Whether a modal on a head reaches down to the act: through infinitives, objects and conditions' results, not through time clauses."""
        return all(
            child.dep_ in ("xcomp", "dobj", "conj", "pcomp", "nsubjpass", "ccomp", "attr") or (child.dep_ in ("pobj", "prep") and is_noun(path[0]))
            for child in path[:depth]
        )

    @staticmethod
    def _modal(view: View, verb: "Token", modals: Iterable[str]) -> str | None:
        for child in verb.lefts:
            if child.dep_ == "aux" and (child.lower_ in modals):
                return str(child.text)
        if verb.dep_ == "conj" and is_verb(verb.head) and first_child(verb, "nsubj", "nsubjpass", "aux") is None and verb.tag_ == "VB":
            return Moods._modal(view, verb.head, modals)
        return None

    def _planned(self, view: View, token: "Token", path: "list[Token]") -> Mood | None:
        planned = self.cases.planned
        for depth, head in enumerate(path):
            if not is_verb(head):
                continue
            found = self._modal(view, head, planned.modals)
            if found and (depth == 0 or self._under(path, depth)):
                return Mood(Modality.PLANNED, reason=f"still to come: {found!r}")
            if depth == 0 and view.lemma(head) in ("plan", "schedule"):  # "a march that had been planned"
                return Mood(Modality.PLANNED, reason=f"still to come: {head.text!r}")
            if depth < len(path) - 1 and infinitive(head) and self._under(path, depth):
                found = self._plan_above(view, head)
                if found:
                    return Mood(Modality.PLANNED, reason=f"still to come: {found!r}")
        if is_noun(token):
            word = next((child for child in children(token, "amod") if child.lower_ in planned.words), None)
            if word is not None and word.lower_ not in ("next", "set", "about", "due", "ready", "going"):
                return Mood(Modality.PLANNED, reason=f"still to come: {word.text!r}")
        return None

    def _plan_above(self, view: View, verb: "Token") -> str | None:
        """The word that makes an infinitive a plan; None where it tells what was done."""
        planned = self.cases.planned
        while verb.dep_ == "conj" and is_verb(verb.head):
            verb = verb.head
        head = verb.head
        if head.i == verb.i:
            return str(verb.text) if view.parsed.sentence.kind == "heading" else None
        lemma = view.lemma(head)
        if (
            lemma == "be"
            and verb.dep_ == "xcomp"
            and first_child(head, "nsubj", "nsubjpass") is not None
            and first_child(head, "attr", "acomp", "expl") is None
        ):
            return f"{head.text} to"
        if lemma in planned.done:
            return None
        if verb.dep_ in ("xcomp", "ccomp") and (lemma in planned.verbs or head.lower_ in planned.words):
            return str(head.text)
        if (
            verb.dep_ == "acl"
            and is_noun(head)
            and lemma in planned.verbs | self.cases.unreal.nouns | {"decision", "order", "vow", "pledge", "effort", "mission"}
        ):
            return str(head.text)
        if verb.dep_ in ("advcl", "xcomp") and head.tag_ in ("JJ", "VBN") and head.lower_ in planned.words:
            return str(head.text)
        if verb.dep_ == "advcl":
            return f"in order {verb.text}"
        return None

    def _certainty(self, view: View, token: "Token") -> tuple[Certainty, str | None]:
        near = [token, *list(ancestors(token))[:2]]
        for head in near:
            for child in head.children:
                if child.dep_ not in ("advmod", "amod", "aux", "acomp") and child.tag_ not in ("RB", "JJ"):
                    continue
                if child.lower_ in self.cases.hedges.possible:
                    return Certainty.POSSIBLE, str(child.text)
                if child.lower_ in self.cases.hedges.probable:
                    return Certainty.PROBABLE, str(child.text)
            if head != token and view.lemma(head) in self.cases.hedges.probable:
                return Certainty.PROBABLE, str(head.text)
        return Certainty.CERTAIN, None
