"""What one report tells of one happening in several acts. All reports are invented."""

import pytest

from sayso.link.aftermath import joined
from sayso.link.within import incidents
from sayso.model import Act, Claim, Document, Figure, Roles, Source, Voice
from sayso.model.words import Measure, Modality, VoiceKind

OUTLET = (Voice("Outlet", VoiceKind.OUTLET),)


class Told:
    """Claims marked in a text by their words, each with its paragraph and sentence."""

    def __init__(self, text: str) -> None:
        self.document = Document(text, Source("Outlet"), language="en")
        self.claims: list[Claim] = []
        self.figures: list[Figure] = []
        self.stretches: dict[str, tuple[int, int]] = {}

    def claim(self, trigger: str, act: str, at: tuple[int, int] = (0, 0), **roles: str) -> Claim:
        text = self.document.text
        spans = {role: (self.document.span(text.index(words), text.index(words) + len(words)),) for role, words in roles.items() if role != "modality"}
        start = text.index(trigger)
        kind, _, mode = act.partition("/")
        modality = Modality(roles.get("modality", "actual"))
        made = Claim(self.document.span(start, start + len(trigger)), Act(kind, mode or None), OUTLET, modality, roles=Roles(**spans))
        self.claims.append(made)
        self.stretches[made.id] = at
        return made

    def counted(self, claim: Claim) -> None:
        self.figures.append(Figure(claim.trigger, Measure.KILLED, 3, 3, OUTLET, 3, claim=claim.id))

    def pairs(self, places: dict[str, str] | None = None) -> list[tuple[int, int]]:
        return sorted(joined(self.claims, self.figures, (places or {}, {}), self.stretches))


def test_the_dead_of_the_next_sentence_are_those_of_the_act_before() -> None:
    told = Told("Jets struck the quay. Three porters died.")
    told.claim("struck", "ASSAULT/aerial", recipient="the quay")
    told.counted(told.claim("died", "ASSAULT", (0, 1), recipient="Three porters"))
    assert told.pairs() == [(0, 1)]
    groups = incidents(told.claims, told.figures, {}, {}, told.stretches)
    assert [incident.claims for incident in groups] == [tuple(claim.id for claim in told.claims)]
    assert len(incidents(told.claims, told.figures, {}, {})) == 2


@pytest.mark.parametrize("at", [(1, 1), (0, 4)])
def test_another_paragraph_or_sentences_on_tell_of_something_else(at: tuple[int, int]) -> None:
    told = Told("Jets struck the quay. Three porters died.")
    told.claim("struck", "ASSAULT/aerial", recipient="the quay")
    told.counted(told.claim("died", "ASSAULT", at, recipient="Three porters"))
    assert told.pairs() == []


def test_two_places_are_two_happenings() -> None:
    told = Told("Jets struck the quay. Three porters died.")
    first = told.claim("struck", "ASSAULT/aerial", recipient="the quay")
    told.counted(second := told.claim("died", "ASSAULT", (0, 1), recipient="Three porters"))
    assert told.pairs({first.id: "Ombra", second.id: "Pell"}) == []
    assert told.pairs({first.id: "Ombra", second.id: "Ombra"}) == [(0, 1)]


def test_what_is_denied_or_planned_is_joined_with_nothing() -> None:
    for modality in ("denied", "planned", "hypothetical"):
        told = Told("Jets struck the quay. Three porters died.")
        told.claim("struck", "ASSAULT/aerial", recipient="the quay", modality=modality)
        told.counted(told.claim("died", "ASSAULT", (0, 1), recipient="Three porters"))
        assert told.pairs() == []


def test_the_nearest_act_did_it() -> None:
    told = Told("Gunmen robbed a bank. Jets struck the quay. Three porters died.")
    told.claim("robbed", "ASSAULT/firearms", (0, 0), actor="Gunmen")
    told.claim("struck", "ASSAULT/aerial", (0, 1))
    told.counted(told.claim("died", "ASSAULT", (0, 2), recipient="Three porters"))
    assert told.pairs() == [(1, 2)]


def test_what_the_same_people_did_in_one_sentence_is_one_happening() -> None:
    told = Told("Gunmen shot two men and torched a store; soldiers shelled a ridge.")
    told.claim("shot", "ASSAULT/firearms", actor="Gunmen")
    told.claim("torched", "ASSAULT/destroy", actor="Gunmen", recipient="a store")
    told.claim("shelled", "ASSAULT/heavy-weapons", actor="soldiers")
    assert told.pairs() == [(0, 1)]


def test_people_held_at_a_rally_were_held_at_that_rally_and_a_march_against_a_bombing_is_not_the_bombing() -> None:
    held = Told("Police held nine weavers at a rally.")
    held.claim("held", "COERCE/arrest", actor="Police", recipient="nine weavers")
    held.claim("rally", "PROTEST")
    assert held.pairs() == [(0, 1)]
    march = Told("Weavers marched against the bombing of a mill.")
    march.claim("marched", "PROTEST/demo", actor="Weavers")
    march.claim("bombing", "ASSAULT/aerial")
    assert march.pairs() == []


def test_a_bare_mention_of_the_fight_is_the_fight_before() -> None:
    told = Told("Gunmen attacked a post. The fighting lasted an hour.")
    told.claim("attacked", "ASSAULT", actor="Gunmen")
    told.claim("fighting", "ASSAULT", (0, 1))
    assert told.pairs() == [(0, 1)]
