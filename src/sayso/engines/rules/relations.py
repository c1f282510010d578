"""Relations: an act told as the answer to another, and the members of a coalition."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from sayso.engines.engine import ActProposal, Hint, MembershipProposal, RelationProposal, Stretch
from sayso.languages.cases import Cases
from sayso.model.words import MentionKind, Modality, RelationKind
from sayso.text.sentence import Sentence

_VIOLENT = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "SANCTION", "THREATEN"})
_AFTER = 160  # code points after the phrase in which the act that is answered must be told
_NAME_BEFORE = re.compile(r"((?:[A-Z][\w'’\-]+)(?:\s+(?:of|for|the|and|de|al)?\s*[A-Z][\w'’\-]+)*)[\s,(–—]*$")
_BETWEEN_MEMBERS = (
    "and|or|the|alongside|as well as|along with|together with|including|also|its|various|other|allied|groups?|factions?|with|plus|in particular|namely|"
    "comprising|consisting|of|such as|both|a|an|among (?:them|others)"
)
_LIST_GAP = re.compile(rf"^[\s,;()\"'“”‘’]*(?:(?:{_BETWEEN_MEMBERS})[\s,;]*)*$", re.IGNORECASE)


def responses(text: str, sentences: Sequence[Sentence], acts: Sequence[ActProposal], cases: Cases) -> tuple[RelationProposal, ...]:
    """The acts told as answers, each to the act named after the phrase that says so; `acts` in the order of the text."""
    pattern = _any_of(cases.relations.strong, text)
    if pattern is None:
        return ()
    told = _Told(acts)
    found = []
    for sentence in sentences:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            phrase = Stretch(match.start(), match.end())
            cause = told.first(phrase.end, min(sentence.end, phrase.end + _AFTER))
            effect = _answer(told, phrase, sentence, cause)
            if cause is not None and effect is not None and cause != effect:
                found.append(RelationProposal(RelationKind.RESPONDS_TO, effect, cause, phrase))
    return tuple(found)


def _any_of(phrases: Iterable[str], text: str) -> re.Pattern[str] | None:
    """What finds the phrases, the longest first; None where the text has none of them."""
    lower = text.lower()
    if not any(phrase.lower() in lower for phrase in phrases):
        return None
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(phrases, key=len, reverse=True))) + r")\b", re.IGNORECASE)


class _Told:
    """Acts by where they are told."""

    def __init__(self, acts: Sequence[ActProposal]) -> None:
        self.acts = acts
        self._starts = [act.trigger.start for act in acts]

    def first(self, start: int, end: int) -> int | None:
        """The number of the first act told in [start, end)."""
        number = bisect_left(self._starts, start)
        return number if number < len(self.acts) and self._starts[number] < end else None

    def last_deed(self, start: int, end: int, without: int | None) -> int | None:
        """The number of the last deed told in [start, end)."""
        numbers = range(bisect_left(self._starts, end) - 1, bisect_left(self._starts, start) - 1, -1)
        return next((number for number in numbers if number != without and self.acts[number].type in _VIOLENT), None)

    def next_deed(self, start: int, without: int | None) -> int | None:
        """The number of the first deed told as done from `start` on."""
        numbers = range(bisect_left(self._starts, start), len(self.acts))
        done = (number for number in numbers if self.acts[number].modality is Modality.ACTUAL and self.acts[number].type in _VIOLENT)
        return next((number for number in done if number != without), None)


def _answer(told: _Told, phrase: Stretch, sentence: Sentence, cause: int | None) -> int | None:
    """The act that answers: told before the phrase in the sentence, else the last one before the sentence ("These operations were …")."""
    here = told.last_deed(sentence.start, phrase.start, cause)
    if here is None and phrase.start - sentence.start < 4:  # "In retaliation for …, they shelled …"
        here = told.last_deed(phrase.end, sentence.end, cause)
    if here is None:
        here = told.last_deed(0, sentence.start, cause)
    # An opening that sums up ("These operations were a response to …"): the deeds are told after it.
    return told.next_deed(sentence.end, cause) if here is None else here


def memberships(text: str, sentences: Sequence[Sentence], hints: Sequence[Hint], cases: Cases) -> tuple[MembershipProposal, ...]:
    """Coalitions and their members: the names listed after "comprising", "including" …, of the name before it."""
    pattern = _any_of(cases.relations.members - {"alongside", "together with"}, text)
    if pattern is None:
        return ()
    names = sorted((hint.at for hint in hints if hint.kind is MentionKind.ACTOR), key=lambda at: at.start)
    found: dict[tuple[int, int], MembershipProposal] = {}
    for sentence in sentences:
        inside = [at for at in names if sentence.start <= at.start < sentence.end]
        for match in pattern.finditer(text, sentence.start, sentence.end):
            phrase = Stretch(match.start(), match.end())
            coalition = next((at for at in reversed(inside) if at.end <= phrase.start), None)
            if coalition is None or len(text[coalition.end : phrase.start].split()) > 6:
                coalition = _capitalised(text, sentence.start, phrase.start)
            if coalition is None:
                continue
            for member in _listed(text, [at for at in inside if at.start >= phrase.end], phrase.end):
                found.setdefault((coalition.start, member.start), MembershipProposal(coalition, member, phrase))
    return tuple(found.values())


def _capitalised(text: str, start: int, end: int) -> Stretch | None:
    """The capitalised name that ends right before `end`; None where there is none."""
    match = _NAME_BEFORE.search(text[start:end])
    if match is None:
        return None
    article = 4 if match[1].startswith("The ") else 0
    return Stretch(start + match.start(1) + article, start + match.end(1))


def _listed(text: str, names: Sequence[Stretch], start: int) -> list[Stretch]:
    """The names that follow one another as a list from `start` on."""
    members: list[Stretch] = []
    at = start
    for name in names:
        if not _LIST_GAP.match(text[at : name.start]):
            break
        members.append(name)
        at = name.end
    return members if len(members) > 1 or (members and text[start : members[0].start].strip() in ("", "the")) else []
