"""No force: words of violence that tell none, since beasts, weather or illness did it, words alone were attacked, or it was an exercise."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.engines.rules.drafts import Draft
from sayso.engines.rules.grammar import first_child, prepositional
from sayso.engines.rules.modality import Mood
from sayso.model.words import Modality

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORCE = ("ASSAULT", "COERCE")
_WITHIN = ("during", "in", "at", "as", "for")


@dataclass(frozen=True, slots=True)
class NoForce:
    """The words to go by: of nature, of what no arms can hit, of people (whom an exercise does not aim at), and of exercises."""

    nature: frozenset[str]
    abstract: frozenset[str]
    people: frozenset[str]
    staged: frozenset[str]

    def by_nature(self, draft: Draft, kinds: "Mapping[int, str]") -> bool:
        """Whether no person did it: "a lion attacked", "struck by lightning"; "a swarm of drones" is none of nature."""
        actors = draft.parts.actor
        return (
            draft.type in _FORCE
            and bool(actors)
            and all(
                draft.hit.view.lemma(one) in self.nature
                and one.i not in kinds
                and not prepositional(one, "of")
                and not any(child.i in kinds or draft.hit.view.lemma(child) in self.people for child in one.lefts)
                for one in actors
            )
        )

    def in_words(self, draft: Draft, kinds: "Mapping[int, str]") -> bool:
        """Whether only words can have hit what was attacked: "launched a fierce attack on the budget"."""
        hit = draft.parts.recipient
        if draft.type != "ASSAULT" or draft.hit.trigger.mode is not None or not hit or draft.parts.instrument:
            return False
        return all(draft.hit.view.lemma(one) in self.abstract and one.i not in kinds and not prepositional(one, "of") for one in hit)

    def mood(self, draft: Draft) -> Mood:
        """The mood of the draft; only as an exercise where it says so and nobody was harmed ("fired shells during a drill")."""
        if draft.type not in _FORCE or draft.mood.modality is not Modality.ACTUAL:
            return draft.mood
        view = draft.hit.view
        if any(view.lemma(one) in self.people for one in draft.parts.recipient):
            return draft.mood
        heads = [draft.anchor, draft.head, *draft.parts.recipient, *draft.parts.instrument]
        for one in [found for head in heads for found in prepositional(head, *_WITHIN)]:
            part = [one, *prepositional(one, "of")]  # "as part of an exercise"
            word = next((token for token in part if view.lemma(token) in self.staged and first_child(token, "relcl") is None), None)
            if word is not None:
                return replace(draft.mood, modality=Modality.HYPOTHETICAL, reason=f"only in the {word.text!r}")
        return draft.mood
