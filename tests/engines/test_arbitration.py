"""What counts where entries and the learned layer differ: weights written here, so that nothing hangs on those that ship."""

from pathlib import Path

import numpy
import pytest
from tests.engines.conftest import Propose

from sayso.engines.engine import Proposals
from sayso.engines.rules.arbitration import CHANCE, SECONDED, Arbitration, load_arbitration, sureness
from sayso.engines.rules.confidence import Weights
from sayso.engines.rules.engine import RulesEngine
from sayso.engines.rules.tagging import HARMS, MOODS, Tag, Tagged, load_tagger
from sayso.errors import DataError
from sayso.model.words import Measure, Modality

TYPES = ("O", "ASSAULT", "COERCE")
TEXT = "Guards shelled the mill"
OFFSETS = [(0, 0), (0, 6), (7, 14), (15, 18), (19, 23), (0, 0)]
BELIEVES = Arbitration(Weights(-2.0, {SECONDED: 4.0}, 0.5), Weights(-2.0, {CHANCE: 4.0}, 0.5), 0.5)
NEVER = Arbitration(Weights(-9.0, {}, 0.5), Weights(-9.0, {}, 0.5), 0.5)


def row(kind: str, chance: float, mood: Modality = Modality.ACTUAL, harm: Measure | None = None) -> list[float]:
    """The outputs for one word piece."""
    types = [chance if name == kind else (1 - chance) / (len(TYPES) - 1) for name in TYPES]
    return [*types, *(0.91 if one is mood else 0.03 for one in MOODS), *(0.93 if one is harm else 0.01 for one in HARMS)]


def tagged(*rows: list[float]) -> Tagged:
    return Tagged((), OFFSETS, numpy.array([row("O", 1.0), *rows, row("O", 1.0)]), TYPES)


def test_the_layer_says_what_it_makes_of_words() -> None:
    seen = tagged(row("O", 0.9), row("ASSAULT", 0.8, Modality.DENIED), row("O", 0.9), row("O", 0.9, harm=Measure.KILLED))
    assert seen.likeliest(7, 14) == ("ASSAULT", pytest.approx(0.8))
    assert seen.chance_of("COERCE", 7, 14) == pytest.approx(0.1)
    assert seen.mood(7, 14) == (Modality.DENIED, pytest.approx(0.91))
    assert seen.harm(15, 23) == (None, pytest.approx(0.47, abs=0.01)) or seen.harm(15, 23)[0] is Measure.KILLED
    assert seen.harm(19, 23) == (Measure.KILLED, pytest.approx(0.99))


def test_behind_the_pieces_that_are_read_nothing_is_said() -> None:
    seen = tagged(*[row("ASSAULT", 0.9)] * 4)
    assert seen.likeliest(400, 410) == ("", 0.0)
    assert seen.chance_of("ASSAULT", 400, 410) == 0.0
    assert seen.mood(400, 410) == (Modality.ACTUAL, 0.0)
    assert seen.harm(400, 410) is None


def test_sureness_is_even_round_a_half() -> None:
    assert (sureness(0.5), sureness(0.0), sureness(1.0)) == (0.5, 0.0, 1.0)
    assert sureness(0.8) + sureness(0.2) == pytest.approx(1.0)


class OneTag:
    """A layer that marks the same words in every sentence."""

    def __init__(self, words: str, kind: str, chance: float) -> None:
        self.words, self.kind, self.chance = words, kind, chance

    def read(self, sentences: list[str]) -> list[Tagged]:
        return [self._one(text) for text in sentences]

    def _one(self, text: str) -> Tagged:
        at = text.find(self.words)
        tags = (Tag(at, at + len(self.words), self.kind, self.chance),) if at >= 0 else ()
        offsets = [(at, at + len(self.words))] if at >= 0 else []
        return Tagged(tags, offsets, numpy.array([row(self.kind, self.chance)] if at >= 0 else numpy.zeros((0, 15))), TYPES)


def read(engine: RulesEngine, propose: Propose, monkeypatch: pytest.MonkeyPatch, layer: object, arbitration: Arbitration, text: str) -> Proposals:
    monkeypatch.setattr(engine, "tagger", layer)
    monkeypatch.setattr(engine, "arbitration", arbitration)
    return propose(text)


def test_an_act_that_no_entry_tells_is_told_by_the_layer(engine: RulesEngine, propose: Propose, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Raiders made matchwood of the ferry in Dorna."
    acts = read(engine, propose, monkeypatch, OneTag("made matchwood", "ASSAULT", 0.99), BELIEVES, text).acts
    assert [(act.type, text[act.trigger.start : act.trigger.end]) for act in acts] == [("ASSAULT", "made matchwood")]
    assert "learned layer" in acts[0].reason
    assert read(engine, propose, monkeypatch, OneTag("made matchwood", "ASSAULT", 0.41), BELIEVES, text).acts == ()


def test_of_two_on_the_same_words_the_likelier_counts(engine: RulesEngine, propose: Propose, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Rebels shelled the town of Beral."
    kept = read(engine, propose, monkeypatch, OneTag("shelled", "COERCE", 0.97), BELIEVES, text).acts
    assert [act.type for act in kept] == ["COERCE"]
    assert [act.type for act in read(engine, propose, monkeypatch, OneTag("shelled", "ASSAULT", 0.97), BELIEVES, text).acts] == ["ASSAULT"]
    assert read(engine, propose, monkeypatch, OneTag("shelled", "ASSAULT", 0.97), NEVER, text).acts == ()


def test_without_a_layer_the_entries_tell(engine: RulesEngine, propose: Propose, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(engine, propose, monkeypatch, None, NEVER, "Rebels shelled the town of Beral.").acts
    assert [act.type for act in found] == ["ASSAULT"]


def test_the_model_that_ships_has_the_outputs_that_are_read() -> None:
    layer = load_tagger()
    assert layer is not None
    one = layer.read([TEXT, "Nothing."])[0]
    assert one.likeliest(7, 14)[0] == "ASSAULT"
    assert one.mood(7, 14)[0] is Modality.ACTUAL
    assert one.harm(0, 6) is not None


def test_faults_of_the_weights_are_told(tmp_path: Path) -> None:
    path = tmp_path / "arbitration.toml"
    path.write_text("[entries]\nbase = 1.0\nright = 0.5\n[marks]\nbase = 1.0\nright = 0.5\n", encoding="utf-8")
    with pytest.raises(DataError, match="least needs a number, not None"):
        load_arbitration(path)
