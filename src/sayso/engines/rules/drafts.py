"""Drafts: the acts of one sentence while they are put together; hits that tell of one act are merged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.codebooks.codebook import Codebook, EventType
from sayso.engines.rules.grammar import ancestors, antecedent, children, first_child, infinitive, is_verb, prepositional
from sayso.engines.rules.modality import Mood
from sayso.engines.rules.roles import Parts, shares_subject
from sayso.engines.rules.triggering import Hit
from sayso.languages.cases import Cases

if TYPE_CHECKING:
    from spacy.tokens import Token

VIOLENT = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})
_SWALLOWING = frozenset({"THREATEN", "REJECT", "REQUEST", "AGREE", "CONCEDE", "SUPPORT", "ACCUSE", "CONSULT", "SANCTION"})
_PERSONAL_HARM = frozenset({"kill", "wound", "injure", "hurt", "maim", "slay", "die", "martyr", "perish"})
_BY_WHATEVER = frozenset({"explosives", "heavy-weapons", "destroy", "targeted"})
_MEANS = frozenset({"in", "by", "with", "from", "during", "amid", "after", "under"})
_WEAPON_MODES = frozenset({"aerial", "drone", "heavy-weapons", "explosives", "suicide-attack"})
_AGREEING = frozenset({"agree", "pledge", "promise", "commit", "undertake"})
_HARM_NOUNS = frozenset({"killing", "death", "murder", "assassination", "wounding", "injury", "loss", "slaying", "destruction", "martyrdom"})
_REACH = 60  # code points over which a trigger may cover two merged words


@dataclass(slots=True, eq=False)
class Draft:
    """An act in the making: the hit that tells it, what was merged into it, its roles and its mood."""

    hit: Hit
    parts: Parts
    carrier: "Token | None"
    mood: Mood = field(default_factory=Mood)
    merged: list[Hit] = field(default_factory=list)
    mode: str | None = None
    swallowed: bool = False

    @property
    def type(self) -> str:
        """The event type."""
        return self.hit.trigger.type

    @property
    def head(self) -> "Token":
        """The word that tells it."""
        return self.hit.head

    @property
    def anchor(self) -> "Token":
        """The word whose clause the act stands in: the carrying verb, or the word itself."""
        return self.carrier if self.carrier is not None else self.hit.head

    def tokens(self) -> "list[Token]":
        """Every word that tells it: head, carrier, fixed words, merged hits."""
        found = [self.head, *self.hit.rest, *([self.carrier] if self.carrier is not None else [])]
        return found + [token for hit in self.merged for token in (hit.head, *hit.rest)]

    def ends(self) -> "tuple[Token, Token]":
        """First and last token of the trigger: through the carrier and merged words where they stand near."""
        own = [self.head, *self.hit.rest]
        first, last = min(own, key=lambda token: token.i), max(own, key=lambda token: token.i)
        others = ([self.carrier] if self.carrier is not None else []) + [hit.head for hit in self.merged]
        for token in sorted(others, key=lambda token: abs(token.i - self.head.i)):
            low, high = min(first, token, key=lambda t: t.i), max(last, token, key=lambda t: t.i)
            if high.idx + len(high) - low.idx <= _REACH:
                first, last = low, high
        return first, last


class Merger:
    """Merges the drafts of a sentence that tell of one act."""

    def __init__(self, book: Codebook, cases: Cases) -> None:
        self.book = book
        self.cases = cases

    def merge(self, drafts: list[Draft]) -> list[Draft]:
        """The drafts that stay, in the order of the text."""
        if len(drafts) < 2:
            return drafts
        self.accused(drafts)
        self.blame(drafts)
        for main in drafts:
            for other in drafts:
                if main is other or main.swallowed or other.swallowed:
                    continue
                if self._carries(main, other) or self._one_harm(main, other) or self._swallows(main, other):
                    other.swallowed = True
        kept = [draft for draft in drafts if not draft.swallowed]
        for main in kept:
            for other in kept:
                if main is not other:
                    self._harmed_when(main, other)
        return kept

    def _carries(self, main: Draft, other: Draft) -> bool:
        """A verb entry and the noun in its object tell one act ("impose sanctions", "repelled the attack")."""
        if main.hit.nominal == other.hit.nominal:
            return False
        if main.hit.nominal:  # the noun stays, the light verb goes
            if main.carrier is None or other.head != main.carrier:
                return False
            trigger = other.hit.trigger
            return not (trigger.objects or trigger.rest) and (trigger.type != main.type or other.hit.view.lemma(other.head) in self.cases.light.verbs)
        carried = other.carrier is not None and other.carrier == main.head
        as_object = other.head.dep_ in ("dobj", "nsubjpass") and other.head.head == main.head
        if not (carried or (as_object and other.type == main.type)):
            return False
        bare = not (main.hit.trigger.objects or main.hit.trigger.rest)
        if carried and bare and (other.type != main.type or main.hit.view.lemma(main.head) in self.cases.light.verbs):
            return False
        self._take(main, other, parts=True)
        return True

    def _one_harm(self, main: Draft, other: Draft) -> bool:
        """Words of harm and of the act that did it tell one act."""
        if main.type != "ASSAULT" or other.type != "ASSAULT":
            return False
        if main.hit.nominal:
            if not other.hit.nominal:  # "attacks targeting positions"
                told = other.head.dep_ in ("acl", "relcl") and other.head.tag_ == "VBG" and other.head.head in (main.head, self._outer(main))
                return told and self._take(main, other, parts=True, prefer=True)
            return main.hit.view.lemma(main.head) in _HARM_NOUNS and self._did_it(main, other)
        if other.hit.nominal:
            return self._did_it(main, other)
        first, second = main.head, other.head
        lemma = other.hit.view.lemma(second)
        coordinated = second.dep_ == "conj" and second.head == first and {lemma, main.hit.view.lemma(first)} <= _PERSONAL_HARM
        if second.dep_ == "conj" and second.head == first and second.i == first.i + 2 and lemma in _PERSONAL_HARM and self._shares(main, other):
            return self._take(main, other, parts=True)  # "shot and killed two men"
        if coordinated and (first_child(second, "nsubj", "nsubjpass") is None or shares_subject(first, second) or main.hit.passive):
            return self._take(main, other, parts=False)
        if second.dep_ in ("advcl", "acl", "conj", "xcomp", "dep") and second.head == first and second.tag_ == "VBG" and lemma in self.cases.events.harm:
            return self._take(main, other, parts=not main.parts.recipient)
        if self._result(main, other):
            return self._take(main, other, parts=False)
        return second.dep_ == "xcomp" and second.head == first and not infinitive(second) and self._take(main, other, parts=True)

    @staticmethod
    def _shares(main: Draft, other: Draft) -> bool:
        """Whether two verbs side by side tell one deed to the same people, not two in turn ("abducted and killed")."""
        same = main.parts.recipient == other.parts.recipient and main.hit.passive == other.hit.passive
        return same and bool(main.parts.recipient) and main.hit.trigger.mode not in ("abduct", "sexual", "torture")

    @staticmethod
    def _harmed_when(main: Draft, other: Draft) -> None:
        """Nothing; who did what the time clause tells did the harm too: "two nurses were killed when militiamen stormed the clinic"."""
        verb, clause = main.head, other.anchor
        lemma = main.hit.view.lemma(verb)
        if main.parts.actor or other.type != "ASSAULT" or main.type != "ASSAULT" or main.hit.nominal or lemma not in _PERSONAL_HARM:
            return
        if not (main.hit.passive or lemma in ("die", "perish")) or clause.dep_ != "advcl" or clause.head != verb:
            return
        if not any(child.lower_ in ("when", "as", "after") for child in children(clause, "advmod", "mark")):
            return
        harmed = {main.hit.view.lemma(token) for token in main.parts.recipient}
        told = [token for token in other.parts.actor if token.tag_ != "PRP" and main.hit.view.lemma(token) not in harmed]
        main.parts.actor = told if len(told) == len(other.parts.actor) else []

    @staticmethod
    def _result(main: Draft, other: Draft) -> bool:
        """Whether the harm after a colon or semicolon is what the act before it did ("bombs went off: nine people were killed")."""
        lemmas = main.hit.view.lemma(main.head), other.hit.view.lemma(other.head)
        if lemmas[1] not in _PERSONAL_HARM or lemmas[0] in _PERSONAL_HARM or other.parts.actor or not main.head.i < other.head.i:
            return False
        if not (other.hit.passive or lemmas[1] in ("die", "perish")) or any(
            child.lower_ in ("in", "at", "near", "by") for child in children(other.head, "prep", "agent")
        ):
            return False
        return any(token.text in (":", ";", "—", "–") for token in main.head.doc[main.head.i : other.head.i])

    def _did_it(self, main: Draft, other: Draft) -> bool:
        """Whether the noun names the act by which the verb's harm was done."""
        verb, noun = main.head, self._outer(other)
        lemma = main.hit.view.lemma(verb)
        linked = (
            (
                not main.hit.nominal
                and noun.dep_ in ("nsubj", "nsubjpass", "csubj")
                and noun.head == verb
                and (lemma in self.cases.events.harm or main.hit.passive is False)
            )
            or (verb.dep_ in ("relcl", "acl") and verb.head == noun)
            or (noun.dep_ == "pobj" and noun.head.lower_ in self.cases.events.means and self._hangs_on(noun.head, main))
            or (noun.dep_ == "pobj" and noun.head.dep_ == "agent" and noun.head.head == verb)
        )
        if not linked or (noun.dep_ == "pobj" and noun.head.lower_ in ("after", "following", "amid") and lemma not in _PERSONAL_HARM | _HARM_NOUNS):
            return False
        main.parts.actor = [token for token in main.parts.actor if token != noun and token != other.head]
        if not main.parts.actor:
            main.parts.actor = [token for token in other.parts.actor if token not in main.parts.recipient]
        if not main.parts.recipient:
            main.parts.recipient = list(other.parts.recipient)
        return self._take(main, other, parts=False)

    def _hangs_on(self, prep: "Token", main: Draft) -> bool:
        head = prep.head
        return (
            head == main.head
            or (head in main.parts.recipient and not is_verb(head))
            or (head.dep_ in ("conj", "advcl") and head.head == main.head and is_verb(head))
        )

    def _outer(self, draft: Draft) -> "Token":
        token = draft.head
        while token.dep_ == "pobj" and token.head.lower_ == "of" and draft.hit.view.lemma(token.head.head) in self.cases.light.wrappers:
            token = token.head.head
        return token

    def _swallows(self, main: Draft, other: Draft) -> bool:
        """A threat, refusal, demand … and the act in its infinitive or object tell one act: the first."""
        if main.type not in _SWALLOWING:
            return False
        other_head, head = other.anchor, main.anchor
        if is_verb(other_head) and infinitive(other_head) and other_head.dep_ in ("xcomp", "ccomp", "advcl", "acl", "conj"):
            top = other_head
            while top.dep_ == "conj" and is_verb(top.head) and infinitive(top.head):
                top = top.head
            if top.head == head or top.head == main.head:
                only_planned = main.hit.view.lemma(main.head) in self.cases.planned.verbs - _AGREEING
                agreed = main.hit.view.lemma(main.head) in ("agree", "consent")
                if main.type in ("AGREE", "CONCEDE", "SUPPORT") and not agreed and (other.type in VIOLENT or only_planned):
                    main.swallowed = True  # "promised to send battalions": the deed, still to come
                    return False
                if not main.parts.recipient and main.type in ("THREATEN", "REJECT"):
                    main.parts.recipient = list(other.parts.recipient)
                return True
        if other.hit.nominal and other.type not in VIOLENT:
            own = main.type in ("SUPPORT", "ACCUSE") and other.parts.actor  # "welcomes the delivery of tents by …": both are told
            return not own and self._in_object(main, other)
        if other.hit.nominal and main.type in ("THREATEN", "REQUEST") and main.hit.nominal is False:
            return self._in_object(main, other) and not other.parts.actor and main.hit.trigger.type == "THREATEN"
        return False

    def _in_object(self, main: Draft, other: Draft) -> bool:
        token = self._outer(other)
        for _ in range(4):
            if token.head == main.head or token.head == main.anchor:
                return token.dep_ in ("dobj", "prep", "pobj", "nsubjpass", "conj", "attr", "oprd", "compound")
            if token.dep_ not in ("pobj", "prep", "conj", "compound", "dobj"):
                return False
            token = token.head
        return False

    def blame(self, drafts: list[Draft]) -> None:
        """Where the object of a reproach or demand is itself an act ("condemned the attacks by …"), its actor is who is meant, not the act."""
        for draft in drafts:
            if draft.type not in ("ACCUSE", "REQUEST", "REJECT"):
                continue
            for act in drafts:
                if act is draft or not act.hit.nominal or not {act.head.i, self._outer(act).i} & {token.i for token in draft.parts.recipient}:
                    continue
                if act.head.dep_ == "pobj" and act.head.head.lower_ in ("of", "for"):  # "accused the army of a raid"
                    continue
                kept = [token for token in draft.parts.recipient if token.i not in (act.head.i, self._outer(act).i)]
                draft.parts.recipient = kept + [token for token in act.parts.actor if token not in kept and token not in draft.parts.actor]

    @staticmethod
    def accused(drafts: list[Draft]) -> None:
        """Who is accused of an act told by a noun is its actor ("accused the army of a raid on …")."""
        for draft in drafts:
            for act in drafts:
                if draft.type != "ACCUSE" or not act.hit.nominal or act.parts.actor or act.head.dep_ != "pobj":
                    continue
                prep = act.head.head
                if prep.lower_ in ("of", "for") and prep.head == draft.head:
                    act.parts.actor = [token for token in draft.parts.recipient if token != act.head]

    def _take(self, main: Draft, other: Draft, parts: bool, prefer: bool = False) -> bool:
        main.merged.append(other.hit)
        main.merged += other.merged
        if prefer and other.parts.recipient:
            main.parts.recipient = list(other.parts.recipient)
        if parts:
            main.parts.actor = main.parts.actor or list(other.parts.actor)
            main.parts.recipient = main.parts.recipient or list(other.parts.recipient)
        main.parts.recipient = [token for token in main.parts.recipient if token != other.head]
        main.parts.actor = [token for token in main.parts.actor if token != other.head]
        main.parts.instrument += [token for token in other.parts.instrument if token not in main.parts.instrument]
        if main.mode is None:
            main.mode = other.mode
        return True


def worth_telling(draft: Draft, located: bool, cases: Cases) -> bool:
    """Whether a noun tells an act of its own here, and not only points back at one ("the attack")."""
    hit = draft.hit
    if not hit.nominal or draft.carrier is not None or draft.merged or hit.chance is not None:
        return True
    noun = hit.head
    if draft.parts.actor or draft.parts.recipient:
        return True
    happens = noun.dep_ in ("nsubj", "nsubjpass") and is_verb(noun.head) and hit.view.lemma(noun.head) in cases.events.happen
    existential = noun.dep_ in ("attr", "nsubj") and any(child.tag_ == "EX" for child in noun.head.children)
    if draft.type in VIOLENT and (happens or existential):
        return True
    definite = any(child.lower_ in ("the", "this", "that", "these", "those", "such", "any") for child in children(noun, "det"))
    return located and draft.type in VIOLENT and not definite


def mode_of(draft: Draft, book: Codebook) -> str | None:
    """The mode that the trigger, the words merged into it, its instrument, actor, modifiers or object tell."""
    kind = next((one for one in book.types if one.name == draft.type), None)
    if kind is None:
        return None
    own = draft.mode or draft.hit.trigger.mode
    groups = _mode_words(draft)
    if own in _BY_WHATEVER:  # "warplanes bombed", "destroyed by drones": what flew says more than what it did
        flown = [mode.name for words in groups for mode in kind.modes if mode.name in ("aerial", "drone") and mode.words & words]
        return flown[0] if flown else own
    if own is not None:
        return own
    for words in groups:
        for mode in kind.modes:
            if mode.words & words:
                return mode.name
    return _weapon_of_sentence(draft, kind)


def _weapon_of_sentence(draft: Draft, kind: EventType) -> str | None:
    """The one weapon that the sentence names, where the act's own words name none ("2 soldiers killed, 5 wounded in air strike")."""
    if draft.type != "ASSAULT":
        return None
    view = draft.hit.view
    means = [token for token in view.doc if token.dep_ == "pobj" and token.head.lower_ in _MEANS]
    words = frozenset().union(*(_words_of(draft, token) for token in means))
    named = [mode.name for mode in kind.modes if mode.name in _WEAPON_MODES and mode.words & words]
    return named[0] if len(named) == 1 else None


def _mode_words(draft: Draft) -> Iterator[frozenset[str]]:
    """Groups of lemmas that may tell a mode, the most telling first; made as they are asked for."""
    head = draft.head
    yield _words_of_all(draft, draft.parts.instrument)
    yield _words_of_all(draft, [*(child for child in head.lefts if child.dep_ in ("compound", "amod", "nmod")), *draft.hit.rest])
    yield _words_of_all(draft, [*children(head, "dobj"), *(hit.head for hit in draft.merged)])
    yield _words_of_all(draft, draft.parts.actor)
    yield _words_of_all(draft, prepositional(head, "with", "in", "by", "using", "from", "during"))


def _words_of_all(draft: Draft, tokens: "Sequence[Token]") -> frozenset[str]:
    return frozenset().union(*[_words_of(draft, token) for token in tokens])


def _words_of(draft: Draft, token: "Token") -> frozenset[str]:
    """The lemmas of a noun and its modifiers, alone and in pairs."""
    view = draft.hit.view
    lemma = view.lemma(token)
    modifiers = [view.lemma(child) for child in token.lefts if child.dep_ in ("compound", "amod")]
    return frozenset({lemma, token.lower_, *modifiers, *(f"{modifier} {lemma}" for modifier in modifiers)})


def governor(token: "Token", owners: "dict[int, Draft]") -> Draft | None:
    """The act whose clause a word stands in: the nearest word above it that tells an act."""
    for head in ancestors(token):
        if head.i in owners:
            return owners[head.i]
        relative = antecedent(head)
        if relative != head and relative.i in owners:
            return owners[relative.i]
    return None
