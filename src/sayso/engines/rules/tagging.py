"""Tagging: the learned layer. A small transformer, tuned on our own teaching set, marks the words of an act where no entry of the codebook found one.

It sees the veiled sentence only. How it is trained and what it is worth: `docs/models/acts.md`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy

from sayso.model.words import Measure, Modality

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

HOME = Path(__file__).with_name("tagger")
MODEL, WORDS, TYPES = "model.onnx", "tokenizer.json", "types.txt"
# In this order the model gives their chances, behind those of the types: of modalities, and of how people were harmed (first: no harm).
MOODS = tuple(Modality)
HARMS = (None, *Measure)
LEAST = 0.5  # chance from which a mark is told: on texts held apart F1 is flat from .4 to .6, and on plain reports what is told in vain falls
_PIECES = 160  # word pieces of a sentence that are read
_GAP = 12  # code points between two marks of one act ("carried … out")


@dataclass(frozen=True, slots=True)
class Tag:
    """[start, end) in the sentence, the type of the act told there, and its chance."""

    start: int
    end: int
    type: str
    chance: float


class Tagged:
    """What the layer sees in one sentence: its marks, and what it makes of any words there."""

    def __init__(self, tags: tuple[Tag, ...], offsets: Sequence[tuple[int, int]], chances: "numpy.ndarray[Any, Any]", types: tuple[str, ...]) -> None:
        self.tags = tags
        self._offsets, self._chances, self._types = offsets, chances, types

    def _rows(self, start: int, end: int) -> list[Any]:
        """The chances of the word pieces in [start, end); none behind the pieces that are read."""
        return [row for (low, high), row in zip(self._offsets, self._chances, strict=False) if low < end and start < high]

    def mood(self, start: int, end: int) -> tuple[Modality, float]:
        """The likeliest modality of the act that the words in [start, end) tell, and its chance."""
        rows = self._rows(start, end)
        if not rows:
            return Modality.ACTUAL, 0.0
        behind = len(self._types)
        mean = numpy.mean(rows, axis=0)[behind : behind + len(MOODS)]
        likeliest = int(mean.argmax())
        return MOODS[likeliest], float(mean[likeliest])

    def harm(self, start: int, end: int) -> tuple[Measure | None, float] | None:
        """How the people told by the words in [start, end) were harmed (None: not at all), and the chance of that; None behind the pieces that are read."""
        rows = self._rows(start, end)
        if not rows:
            return None
        mean = numpy.mean(rows, axis=0)[len(self._types) + len(MOODS) :]
        at = 0 if mean[0] > 0.5 else 1 + int(mean[1:].argmax())
        return HARMS[at], float(mean[0] if at == 0 else 1 - mean[0])


class Tagger:
    """Marks the words that tell acts."""

    def __init__(self, words: "Tokenizer", session: "InferenceSession", types: tuple[str, ...]) -> None:
        self._words, self._session, self._types = words, session, types

    def read(self, sentences: Sequence[str]) -> list[Tagged]:
        """What is seen in each sentence: its marks of at least the chance `LEAST`, in order, none overlapping.

        Each is read alone: weights in 8 bits are scaled by all that is read at once, and what is seen in a sentence must not hang on its neighbours.
        """
        return [self._read(sentence) for sentence in sentences]

    def _read(self, sentence: str) -> Tagged:
        read = self._words.encode(sentence)
        ids = numpy.array([read.ids], dtype=numpy.int64)
        chances: Any = self._session.run(None, {"input_ids": ids, "attention_mask": numpy.ones_like(ids)})[0][0]
        return Tagged(tuple(self._marks(read.offsets, chances)), read.offsets, chances, self._types)

    def _marks(self, offsets: Sequence[tuple[int, int]], chances: "numpy.ndarray[Any, Any]") -> list[Tag]:
        """The marked stretches: neighbouring pieces together, the type that their chances add up to."""
        runs: list[tuple[int, int, list[Any]]] = []
        for (start, end), row in zip(offsets, chances, strict=False):
            if start == end or row[0] > 0.5:
                continue
            if runs and start - runs[-1][1] <= _GAP:
                runs[-1] = (runs[-1][0], end, [*runs[-1][2], row])
            else:
                runs.append((start, end, [row]))
        tags = []
        for start, end, rows in runs:
            best = 1 + int(numpy.sum(rows, axis=0)[1 : len(self._types)].argmax())
            chance = round(float(max(row[best] for row in rows)), 3)
            if chance >= LEAST:
                tags.append(Tag(start, end, self._types[best], chance))
        return tags


@cache
def load_tagger(home: Path = HOME) -> Tagger | None:
    """The tagger, loaded once; None where this copy of sayso has no model."""
    if not (home / MODEL).is_file():
        return None
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # reports are read side by side in processes
    options.add_free_dimension_override_by_name("sentences", 1)  # each is read alone
    words = Tokenizer.from_file(str(home / WORDS))
    words.no_padding()
    words.enable_truncation(_PIECES)
    session = onnxruntime.InferenceSession(str(home / MODEL), options, providers=["CPUExecutionProvider"])
    return Tagger(words, session, tuple((home / TYPES).read_text(encoding="utf-8").split()))
