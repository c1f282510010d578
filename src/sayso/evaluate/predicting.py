"""What sayso answers where a corpus asks: functions from a text to the stretches and numbers that the scorers compare."""

import re
from collections.abc import Callable, Iterable

from sayso.engines.rules.parsing import load_parser, parse, plain_case
from sayso.engines.rules.quantities import Quantity, quantities
from sayso.engines.rules.voices import attributions
from sayso.evaluate.acled import NO_EVENT, sub_event_of
from sayso.evaluate.attribution import Told
from sayso.extract.loaded import find_loaded
from sayso.extract.names import find_names
from sayso.gazetteers.actors import actor_list
from sayso.languages.inflect import Inflector
from sayso.languages.pack import load_pack
from sayso.model import Document, Reading, Source
from sayso.pipeline import Reader
from sayso.text.segmenting import sentences

Part = tuple[int, int]

_REACH = 60  # code points before a cue in which its auxiliaries stand
_AUXILIARIES = "is|are|was|were|be|been|being|am|has|have|had|do|does|did|will|would|can|could|may|might|must|should"
_LEADING = f"{_AUXILIARIES}|not|never|also|still|already|now|first|just|often|even"
_GROUP = re.compile(
    rf"(?:(?:\b(?:{_LEADING}|[a-z]{{3,}}ly|(?:is|are|was|were|has|have|had|do|does|did|could|would|should)n['’]t)|['’](?:s|re|ve|d|ll|m))\s+)+$"
)


def attribution_predictor(language: str = "en") -> Callable[[str], Iterable[Told]]:
    """A function that gives who is said to say what in a text: every sentence is parsed, not only those that tell of an act."""
    pack = load_pack(language)
    nlp = load_parser(pack.model)
    if nlp.path is None:
        raise ValueError("the parser has no folder: its lemma tables cannot be read")
    inflector = Inflector.from_model(nlp.path)

    def predict(text: str) -> list[Told]:
        parsed = parse(nlp, [(index, one, plain_case(text, one, ())) for index, one in enumerate(sentences(text))])
        found = attributions(parsed, text, pack.cues, inflector)
        return [Told((one.source,) if one.source else (), one.content, (_verb_group(text, one.cue),)) for one in found if one.content]

    return predict


def _verb_group(text: str, cue: Part) -> Part:
    """The cue with the auxiliaries and adverbs that stand right before it, as corpora mark it ("has also said"); sayso points at the word alone."""
    before = _GROUP.search(text, max(0, cue[0] - _REACH), cue[0])
    return (before.start() if before else cue[0], cue[1])


def loaded_predictor(language: str = "en", mild: bool = False) -> Callable[[str], Iterable[Part]]:
    """A function that gives the loaded words of a text."""
    words, actors = load_pack(language).loaded, actor_list()

    def predict(text: str) -> list[Part]:
        named = [(name.start, name.end) for name in find_names(text, actors)]
        return [(word.start, word.end) for word in find_loaded(text, words, named, mild)]

    return predict


def quantity_predictor(language: str = "en") -> Callable[[str], Iterable[Quantity]]:
    """A function that gives the numbers of a text."""
    numbers = load_pack(language).numbers
    return lambda text: quantities(text, numbers)


def sub_event_predictor() -> Callable[[str], str]:
    """A function that gives the ACLED sub-event of a short report."""
    reader = Reader()

    def predict(text: str) -> str:
        result = next(iter(reader.read([Document(text, Source("Outlet"), language="en")])))
        return sub_event_of(result) if isinstance(result, Reading) else NO_EVENT

    return predict
