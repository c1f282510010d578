"""Confidence and abstention as the engine gives them."""

import pytest
from tests.engines.conftest import Propose

from sayso.engines.engine import ActProposal, Hint, Stretch, VeiledReport
from sayso.engines.rules.engine import RulesEngine
from sayso.model import Document, Source
from sayso.model.words import MentionKind, Modality
from sayso.pipeline import Reader

HIDDEN = "Four marchers were arrested in the square on Sunday."


def act(propose: Propose, text: str, kind: str, **hints: tuple[str, ...]) -> ActProposal:
    return next(one for one in propose(text, **hints).acts if one.type == kind)


def test_confidence_is_the_share_of_its_signs(engine: RulesEngine, propose: Propose) -> None:
    found = propose("The army shelled the town on Friday, and residents fled.", time=("on Friday",)).acts
    assert found
    for one in found:
        assert 0 < one.confidence < 1
        assert one.confidence == engine.confidence.acts.share(one.signs)
        assert [name for name, _ in one.signs if name.startswith("type ")] == [f"type {one.type}"]


def test_a_plain_report_is_surer_than_a_bare_noun(propose: Propose) -> None:
    plain = act(propose, "Soldiers shelled the town on Friday, a witness said.", "ASSAULT", time=("on Friday",))
    bare = act(propose, "Talks may follow the fighting in the north of the country, where a raid by gunmen was feared.", "ASSAULT")
    assert plain.confidence > bare.confidence + 0.1


def test_the_kind_of_an_actor_changes_no_confidence(engine: RulesEngine) -> None:
    """Names reach the engine veiled; what kind of actor bears one is no sign either."""
    text = "Ardov attacked the harbour on Friday, a witness said."
    told = [engine.propose(VeiledReport(text, (Hint(MentionKind.ACTOR, Stretch(0, 5), kind),))).acts for kind in ("state_force", "rebel_group", "")]
    assert [(one.type, one.confidence, one.signs) for one in told[0]] == [(one.type, one.confidence, one.signs) for one in told[1]]
    assert [one.confidence for one in told[0]] == [one.confidence for one in told[2]]


@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [
        (HIDDEN, "COERCE", "a passive, and no words say by whom"),
        ("An air strike on the market was reported on Friday.", "ASSAULT", "a noun tells the act, and no words beside it say whose"),
        ("Police arrested four marchers.", "COERCE", ""),
    ],
)
def test_why_nobody_is_told_to_have_done_it(propose: Propose, text: str, kind: str, why: str) -> None:
    found = act(propose, text, kind)
    assert bool(found.actor) is not bool(why)
    assert found.actor_unknown == why


def test_a_denial_that_points_back_has_signs_of_its_own(propose: Propose) -> None:
    found = propose("Soldiers shelled the town on Friday, a witness said. The army denied it.")
    back = [one for one in found.acts if one.modality is Modality.DENIED and "points back" in dict(one.signs)]
    assert len(back) == 1
    assert 0 < back[0].confidence < 1


def test_figures_have_a_confidence(propose: Propose) -> None:
    figures = propose("Soldiers shelled the town on Friday, killing at least nine herders and wounding several.").figures
    assert len(figures) == 2
    assert all(0 < one.confidence < 1 and one.signs for one in figures)
    assert dict(figures[1].signs)["vague word"] == 1


def test_the_name_of_an_actor_changes_no_confidence(reader: Reader) -> None:
    text = "Hezbollah shelled a village in the north on Friday, a witness said. Two people were killed."
    pairs = [text, text.replace("Hezbollah", "Hamas")]
    told = [reader.read_one(Document(one, Source("Outlet"), language="en", published="2024-05-15")) for one in pairs]
    first, second = ([(one.act, one.confidence) for one in reading.claims] + [(one.low, one.confidence) for one in reading.figures] for reading in told)
    assert first
    assert first == second
