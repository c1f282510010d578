"""Causes in a sentence: stretches of cause and effect, and deeds told as answers."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from sayso.engines.engine import Proposals, Stretch
from sayso.engines.rules.cause_candidates import candidates
from sayso.engines.rules.causes import Cause, causes
from sayso.engines.rules.engine import RulesEngine
from sayso.engines.rules.grammar import View
from sayso.engines.rules.parsing import parse
from sayso.languages.inflect import Inflector
from sayso.languages.pack import load_pack
from sayso.text.segmenting import sentences

Propose = Callable[..., Proposals]


@pytest.fixture(scope="module")
def view(engine: RulesEngine) -> Callable[[str], View]:
    nlp = engine._nlp
    assert nlp.path is not None
    inflector = Inflector.from_model(nlp.path)

    def of(text: str) -> View:
        (line,) = sentences(text)
        (parsed,) = parse(nlp, [(0, line, text)])
        return View(parsed, inflector)

    return of


def quoted(text: str, found: Cause) -> tuple[str, str, str]:
    return tuple(text[at.start : at.end] for at in (found.cause, found.signal, found.effect))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "cause", "signal", "effect"),
    [
        ("The market stayed closed because of the shelling.", "the shelling", "because of", "The market stayed closed"),
        ("Drivers blocked the bridge in protest against the new toll.", "the new toll", "in protest against", "Drivers blocked the bridge"),
        ("The new toll triggered riots in three towns.", "The new toll", "triggered", "riots in three towns"),
        ("Miners marched to the palace demanding unpaid wages.", "demanding unpaid wages", "demanding", "Miners marched to the palace"),
        ("Villagers dug a trench in order to stop the convoy.", "to stop the convoy", "in order to", "Villagers dug a trench"),
        ("The outage resulted from a strike on the power plant.", "a strike on the power plant", "resulted from", "The outage"),
        ("The strike was the result of a pay dispute.", "a pay dispute", "result of", "The strike"),
    ],
)
def test_cause_signal_and_effect(view: Callable[[str], View], text: str, cause: str, signal: str, effect: str) -> None:
    told = [quoted(text, one) for one in causes(view(text), load_pack("en").causes)]
    assert (cause, signal, effect) in [(one.removeprefix("in order "), sign, other) for one, sign, other in told], told


@pytest.mark.parametrize(
    "text", ["The minister arrived at noon with two aides.", "He was born in the north and lives by the sea.", "The council meets on Friday."]
)
def test_a_preposition_alone_is_no_cause(view: Callable[[str], View], text: str) -> None:
    assert causes(view(text), load_pack("en").causes) == ()


def test_without_learned_weights_grades_decide(view: Callable[[str], View]) -> None:
    graded = replace(load_pack("en").causes, weights=None)
    assert causes(view("The market stayed closed because of the shelling."), graded)
    assert causes(view("Crowds marched to stop the sale."), graded)
    assert not causes(view("The guards want to leave."), graded)


def test_stretches_lie_in_the_sentence_and_are_not_empty(view: Callable[[str], View]) -> None:
    text = "After police arrested two teachers, crowds, angry over the raid, burned tyres, leaving the road closed so that no bus could pass."
    seen = view(text)
    found = candidates(seen, load_pack("en").causes)
    assert len(found) >= 3
    for one in found:
        for part in (one.cause, one.effect, one.signal):
            assert 0 <= part.first <= part.last < len(seen.doc)


def test_a_deed_after_somebody_elses_act_answers_it(propose: Propose) -> None:
    text = "Protesters burned a bus after police beat two students."
    found = propose(text)
    (relation,) = found.relations
    deed, answered = found.acts[relation.source], found.acts[relation.target]
    assert text[deed.trigger.start : deed.trigger.end].startswith("burned")
    assert text[answered.trigger.start : answered.trigger.end].startswith("beat")
    assert relation.at == Stretch(text.index("after"), text.index("after") + 5)


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers shot three farmers holding a banner.",
        "Gunmen kidnapped two drivers and killed a guard.",
        "The army shelled the town, killing four people.",
        "Rebels attacked the post while police arrested two thieves.",
    ],
)
def test_deeds_side_by_side_answer_nothing(propose: Propose, text: str) -> None:
    assert propose(text).relations == ()


@pytest.mark.parametrize("word", ["killed", "murdered", "liquidated", "eliminated", "neutralised"])
def test_the_judge_hears_no_wording(view: Callable[[str], View], word: str) -> None:
    told = causes(view(f"Guards {word} two men after a shooting at the gate."), load_pack("en").causes)
    plain = causes(view("Guards killed two men after a shooting at the gate."), load_pack("en").causes)
    assert [(one.cue, round(one.chance, 6)) for one in told] == [(one.cue, round(one.chance, 6)) for one in plain]
