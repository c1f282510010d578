"""The learned layer: what it says of words, and what the engine makes of it; chances written here, so that nothing hangs on the weights that ship."""

import numpy
import pytest
from tests.engines.conftest import Propose

from sayso.engines.engine import Proposals
from sayso.engines.rules.engine import RulesEngine
from sayso.engines.rules.tagging import HARMS, LEAST, MOODS, Tag, Tagged, load_tagger
from sayso.model.words import Measure, Modality

TYPES = ("O", "ASSAULT", "COERCE")
TEXT = "Guards shelled the mill"
OFFSETS = [(0, 0), (0, 6), (7, 14), (15, 18), (19, 23), (0, 0)]


def row(kind: str, chance: float, mood: Modality = Modality.ACTUAL, harm: Measure | None = None) -> list[float]:
    """The outputs for one word piece."""
    types = [chance if name == kind else (1 - chance) / (len(TYPES) - 1) for name in TYPES]
    return [*types, *(0.91 if one is mood else 0.03 for one in MOODS), *(0.93 if one is harm else 0.01 for one in HARMS)]


def tagged(*rows: list[float]) -> Tagged:
    return Tagged((), OFFSETS, numpy.array([row("O", 1.0), *rows, row("O", 1.0)]), TYPES)


def test_the_layer_says_what_it_makes_of_words() -> None:
    seen = tagged(row("O", 0.9), row("ASSAULT", 0.8, Modality.DENIED), row("O", 0.9), row("O", 0.9, harm=Measure.KILLED))
    assert seen.mood(7, 14) == (Modality.DENIED, pytest.approx(0.91))
    assert seen.harm(19, 23) == (Measure.KILLED, pytest.approx(0.99))
    assert seen.harm(0, 6) == (None, pytest.approx(0.93))


def test_behind_the_pieces_that_are_read_nothing_is_said() -> None:
    seen = tagged(*[row("ASSAULT", 0.9)] * 4)
    assert seen.mood(400, 410) == (Modality.ACTUAL, 0.0)
    assert seen.harm(400, 410) is None


class OneTag:
    """A layer that marks the same words in every sentence."""

    def __init__(self, words: str, kind: str, chance: float, mood: Modality = Modality.ACTUAL, harm: Measure | None = None) -> None:
        self.words, self.kind, self.chance, self.mood, self.harm = words, kind, chance, mood, harm
        self.asked: list[str] = []

    def read(self, sentences: list[str]) -> list[Tagged]:
        self.asked += sentences
        return [self._one(text) for text in sentences]

    def _one(self, text: str) -> Tagged:
        at = text.find(self.words)
        tags = (Tag(at, at + len(self.words), self.kind, self.chance),) if at >= 0 and self.chance >= LEAST else ()
        pieces = [(at, at + len(self.words)), (at + len(self.words), len(text))]
        return Tagged(tags, pieces, numpy.array([row(self.kind, self.chance, self.mood), row("O", 0.9, harm=self.harm)]), TYPES)


def read(engine: RulesEngine, propose: Propose, monkeypatch: pytest.MonkeyPatch, layer: object, text: str) -> Proposals:
    monkeypatch.setattr(engine, "tagger", layer)
    return propose(text)


def test_an_act_that_no_entry_tells_is_told_by_the_layer(engine: RulesEngine, propose: Propose, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Raiders made matchwood of the ferry in Dorna."
    acts = read(engine, propose, monkeypatch, OneTag("made matchwood", "ASSAULT", 0.99), text).acts
    assert [(act.type, text[act.trigger.start : act.trigger.end]) for act in acts] == [("ASSAULT", "made matchwood")]
    assert [text[one.start : one.end] for one in acts[0].actor] == ["Raiders"]
    assert "learned layer" in acts[0].reason
    assert read(engine, propose, monkeypatch, None, text).acts == ()


def test_the_layer_is_not_asked_where_an_entry_tells_an_act(engine: RulesEngine, propose: Propose, monkeypatch: pytest.MonkeyPatch) -> None:
    layer = OneTag("shelled", "COERCE", 0.99)
    acts = read(engine, propose, monkeypatch, layer, "Rebels shelled the town of Beral.").acts
    assert [act.type for act in acts] == ["ASSAULT"]
    assert layer.asked == []


def test_the_layer_tells_in_which_modality(engine: RulesEngine, propose: Propose, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Raiders made matchwood of the ferry in Dorna."
    acts = read(engine, propose, monkeypatch, OneTag("made matchwood", "ASSAULT", 0.99, Modality.DENIED), text).acts
    assert [act.modality for act in acts] == [Modality.DENIED]
    assert "denied by the learned layer" in acts[0].reason


def test_people_whom_no_word_of_harm_counts_are_counted_by_the_layer(engine: RulesEngine, propose: Propose, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Raiders made matchwood of nine herders."
    figures = read(engine, propose, monkeypatch, OneTag("made matchwood", "ASSAULT", 0.99, harm=Measure.KILLED), text).figures
    assert [(one.measure, one.low, one.high) for one in figures] == [(Measure.KILLED, 9, 9)]
    assert read(engine, propose, monkeypatch, OneTag("made matchwood", "ASSAULT", 0.99), text).figures == ()


@pytest.mark.parametrize(
    ("text", "who"),
    [("Gendarmes lob gas at the students.", "Gendarmes"), ("The union has bones to pick with the ministry.", "The union")],
)
def test_who_stands_in_front_did_it_where_the_parse_does_not_say(
    text: str, who: str, engine: RulesEngine, propose: Propose, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = text[len(who) + 1 :].split(" at ")[0].split(" with ")[0]
    acts = read(engine, propose, monkeypatch, OneTag(words, "ASSAULT", 0.99), text).acts
    assert [text[one.start : one.end] for act in acts for one in act.actor] == [who]


def test_the_model_that_ships_has_the_outputs_that_are_read() -> None:
    layer = load_tagger()
    assert layer is not None
    one = layer.read([TEXT, "Nothing."])[0]
    assert [(TEXT[tag.start : tag.end], tag.type) for tag in one.tags] == [("shelled", "ASSAULT")]
    assert one.mood(7, 14)[0] is Modality.ACTUAL
    assert one.harm(0, 6) is not None


def test_a_sentence_is_seen_alike_whatever_stands_beside_it() -> None:
    layer = load_tagger()
    assert layer is not None
    alone = layer.read([TEXT])[0]
    beside = layer.read(["The long negotiations over the reopening of the border went on for eleven hours.", TEXT])[1]
    assert (alone.tags, alone.mood(7, 14), alone.harm(0, 6)) == (beside.tags, beside.mood(7, 14), beside.harm(0, 6))
