"""The rules engine on invented sentences: what is an act, who did it to whom, how it is told."""

import pytest
from tests.engines.conftest import Propose

from sayso.engines.engine import ActProposal, Proposals
from sayso.model.words import Modality, RelationKind, ResponsibilityStatus, Stance, VictimStatus


def words(text: str, places: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in places]


def only(found: Proposals, kind: str) -> ActProposal:
    acts = [act for act in found.acts if act.type == kind]
    assert len(acts) == 1, [(act.type, act.reason) for act in found.acts]
    return acts[0]


@pytest.mark.parametrize(
    ("text", "kind", "mode", "actor", "recipient"),
    [
        ("Rebels shelled the town of Beral.", "ASSAULT", "heavy-weapons", ["Rebels"], ["the town of Beral"]),
        ("The town of Beral was shelled by rebels.", "ASSAULT", "heavy-weapons", ["rebels"], ["The town of Beral"]),
        ("The army carried out an air strike on the camp.", "ASSAULT", "aerial", ["The army"], ["the camp"]),
        ("An attack was carried out by gunmen on the convoy.", "ASSAULT", None, ["gunmen"], ["the convoy"]),
        ("Three villagers were killed in an air strike.", "ASSAULT", "aerial", [], ["Three villagers"]),
        ("An air strike killed three villagers.", "ASSAULT", "aerial", [], ["three villagers"]),
        ("Five soldiers killed in ambush.", "ASSAULT", None, [], ["Five soldiers"]),
        ("Police arrested nine students and a teacher.", "COERCE", "arrest", ["Police"], ["nine students", "a teacher"]),
        ("Thousands of people marched through the capital.", "PROTEST", "demo", ["Thousands of people"], []),
        ("The government imposed a curfew.", "COERCE", "curfew", ["The government"], []),
        ("Militants set fire to a school.", "ASSAULT", "destroy", ["Militants"], ["a school"]),
        ("Soldiers opened fire on a bus carrying farmers.", "ASSAULT", "firearms", ["Soldiers"], ["a bus"]),
        ("The ministry accused the rebels of breaking the truce.", "ACCUSE", None, ["The ministry"], ["the rebels"]),
        ("The two governments signed a peace agreement.", "AGREE", None, ["The two governments"], []),
        ("The group released 12 hostages.", "RETREAT", "release", ["The group"], ["12 hostages"]),
    ],
)
def test_acts_and_roles(propose: Propose, text: str, kind: str, mode: str | None, actor: list[str], recipient: list[str]) -> None:
    act = only(propose(text), kind)
    assert act.mode == mode or mode is None
    assert words(text, act.actor) == actor
    if recipient:
        assert words(text, act.recipient) == recipient


def test_one_happening_told_by_several_words_is_one_act(propose: Propose) -> None:
    assert len(propose("Rebels killed three soldiers and wounded 17.").acts) == 1
    assert len(propose("Gunmen attacked a village, killing 12 farmers.").acts) == 1
    assert len(propose("The army launched a series of raids on the camp.").acts) == 1


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Rebels attacked the village.", Modality.ACTUAL),
        ("Rebels did not attack the village.", Modality.DENIED),
        ("No village was attacked.", Modality.DENIED),
        ("The minister denied that soldiers had attacked the village.", Modality.DENIED),
        ("Reports of an attack on the village are false.", Modality.DENIED),
        ("Rebels may attack the village.", Modality.HYPOTHETICAL),
        ("If rebels attack the village, families will flee.", Modality.HYPOTHETICAL),
        ("Rebels will attack the village on Monday.", Modality.PLANNED),
        ("The rebels are preparing to attack the village.", Modality.PLANNED),
        ("No fewer than 30 villagers were killed by rebels.", Modality.ACTUAL),
        ("The agency has neither confirmed nor denied that soldiers shot the students.", Modality.HYPOTHETICAL),
        ("The ministry did not say that soldiers shot the students.", Modality.HYPOTHETICAL),
        ("The general condemned allegations that soldiers executed eleven herders.", Modality.DENIED),
        ("Villagers fear that rebels attacked the next village.", Modality.HYPOTHETICAL),
        ("Villagers told reporters that rebels attacked the next village.", Modality.ACTUAL),
    ],
)
def test_modality(propose: Propose, text: str, modality: Modality) -> None:
    assert only(propose(text), "ASSAULT").modality is modality


def test_a_denial_is_a_second_claim_and_deletes_nothing(propose: Propose) -> None:
    text = "Residents said soldiers had shelled the market. The army denied it had shelled the market."
    assaults = [act for act in propose(text).acts if act.type == "ASSAULT"]
    assert [act.modality for act in assaults] == [Modality.ACTUAL, Modality.DENIED]
    assert [text[act.voices[-1].at.start : act.voices[-1].at.end] for act in assaults if act.voices[-1].at] == ["Residents", "The army"]


def test_chain_of_voices_goes_inward(propose: Propose) -> None:
    text = "The ministry said medics had told it that rebels shelled the clinic."
    act = only(propose(text), "ASSAULT")
    assert [text[one.at.start : one.at.end] for one in act.voices if one.at] == ["The ministry", "medics"]


def test_accusation_gives_reproach_and_act(propose: Propose) -> None:
    text = "The ministry accused the rebels of shelling the clinic."
    found = propose(text)
    assert only(found, "ACCUSE").voices == ()
    act = only(found, "ASSAULT")
    assert act.responsibility is ResponsibilityStatus.ACCUSED
    assert act.voices[-1].stance is Stance.ACCUSED
    assert words(text, act.actor) == ["the rebels"]


def test_war_words_of_business_and_sport_are_no_acts(propose: Propose) -> None:
    text = "The striker fired from distance and the goalkeeper was beaten. The match was a massacre, the coach said after the derby."
    assert propose(text).acts == ()
    text = "The airline attacked its rival's fares. Shareholders executed the chief executive's merger plan and killed the brand."
    assert propose(text).acts == ()


def test_history_in_a_peaceful_report_is_read(propose: Propose) -> None:
    text = "The film had its premiere at the cinema. In 1982 soldiers shelled the harbour with mortars, killing four sailors."
    assert [act.type for act in propose(text).acts] == ["ASSAULT"]


def test_victim_status_is_what_the_words_say(propose: Propose) -> None:
    assert only(propose("Soldiers killed three farmers."), "ASSAULT").victim_status is VictimStatus.CIVILIAN
    assert only(propose("Soldiers killed three militants."), "ASSAULT").victim_status is VictimStatus.COMBATANT
    assert only(propose("Soldiers killed three people."), "ASSAULT").victim_status is VictimStatus.UNKNOWN


def test_an_act_told_as_an_answer_points_at_what_it_answers(propose: Propose) -> None:
    text = "The militia shelled the base in retaliation for an air strike on its convoy."
    found = propose(text)
    (relation,) = found.relations
    assert relation.kind is RelationKind.RESPONDS_TO
    assert (found.acts[relation.source].mode, found.acts[relation.target].mode) == ("heavy-weapons", "aerial")


def test_members_of_a_coalition_are_listed(propose: Propose) -> None:
    text = "The Northern Alliance, comprising various groups including the Beral Front, the Sand Brigades and Kadara, attacked the post."
    found = propose(text, actor=("Northern Alliance", "Beral Front", "Sand Brigades", "Kadara"))
    assert {text[one.member.start : one.member.end] for one in found.memberships} == {"Beral Front", "Sand Brigades", "Kadara"}
    assert {text[one.coalition.start : one.coalition.end] for one in found.memberships} == {"Northern Alliance"}


def test_time_and_place_go_to_the_act_in_whose_clause_they_stand(propose: Propose) -> None:
    text = "On Monday police arrested four men in Dorna, where a bomb had killed a guard on Friday."
    found = propose(text, time=("On Monday", "on Friday"), place=("Dorna",))
    arrest, bomb = only(found, "COERCE"), only(found, "ASSAULT")
    assert words(text, (arrest.time,) if arrest.time else ()) == ["On Monday"]
    assert words(text, (bomb.time,) if bomb.time else ()) == ["on Friday"]
    assert words(text, arrest.place) == ["Dorna"]


def test_headlines_in_capitals_are_read(propose: Propose) -> None:
    assert [act.type for act in propose("REBELS KILL FIVE SOLDIERS IN AMBUSH NEAR BORDER").acts] == ["ASSAULT"]


def test_every_reason_names_the_word_and_the_entry(propose: Propose) -> None:
    for act in propose("Rebels shelled the town and police arrested two men.").acts:
        assert "by the entry" in act.reason
        assert act.type in act.reason
