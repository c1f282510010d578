"""Scores of causes against the Causal News Corpus: does a sentence tell one, and which of its words tell the cause and which the effect."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sayso.engines.engine import Stretch
from sayso.engines.rules.causes import causes
from sayso.engines.rules.grammar import View
from sayso.engines.rules.parsing import load_parser, parse, plain_case
from sayso.evaluate.causal_news import CausalSentence, read_causal_news
from sayso.evaluate.scoring import Measure, Scored, Tally, count, f1, precision, recall
from sayso.languages.causes import CauseCues
from sayso.languages.inflect import Inflector
from sayso.languages.pack import load_pack
from sayso.text.segmenting import sentences

Told = Sequence[tuple[Stretch, Stretch]]  # causes with their effects

_SIDES = ("cause characters", "effect characters")
# What a reader without grammar would look for; the cause stands after the first group, before the second.
_BACKWARD = r"because of|because|due to|owing to|as a result of|caused by|in response to"
_FORWARD = r"led to|leads to|leading to|caused|causing|resulted in|resulting in|as a result|therefore|so that"
_CONNECTIVE = re.compile(rf"\b(?:(?P<backward>{_BACKWARD})|(?P<forward>{_FORWARD}))\b", re.IGNORECASE)


def score_causes(folder: Path, split: str) -> Scored:
    """Sentences told as causal, and the characters told as cause and as effect, against the corpus; beside them a list of connectives, all as causal,
    and our rules without what was learned. A character counts once however many pairs it is part of."""
    gold = read_causal_news(folder, split)
    pack = load_pack("en")
    views = list(parsed_views([one.text for one in gold]))
    ours = [told(views_of, pack.causes) for views_of in views]
    graded = replace(pack.causes, weights=None)
    systems: dict[str, list[Told]] = {
        "list of connectives": [connected(one.text) for one in gold],
        "every sentence": [[(Stretch(0, len(one.text)), Stretch(0, len(one.text)))] for one in gold],
        "rules alone": [told(views_of, graded) for views_of in views],
    }
    measures: dict[str, Measure] = {"causal f1": f1("causal"), "causal precision": precision("causal"), "causal recall": recall("causal")}
    for side in _SIDES:
        measures |= {f"{side} f1": f1(side), f"{side} precision": precision(side), f"{side} recall": recall(side)}
    return Scored(_tallies(gold, ours), measures, {name: _tallies(gold, answers) for name, answers in systems.items()}, _details(gold, ours))


def parsed_views(texts: Iterable[str], language: str = "en") -> Iterator[list[View]]:
    """The parsed sentences of each text: every sentence, not only those that tell of an act."""
    nlp = load_parser(load_pack(language).model)
    if nlp.path is None:
        raise ValueError("the parser has no folder: its lemma tables cannot be read")
    inflector = Inflector.from_model(nlp.path)
    kept = list(texts)
    lines = [(number, text, one) for number, text in enumerate(kept) for one in sentences(text)]
    parsed = parse(nlp, [(at, one, plain_case(text, one, ())) for at, (_, text, one) in enumerate(lines)])
    found: list[list[View]] = [[] for _ in kept]
    for (number, _, _), one in zip(lines, parsed, strict=True):
        found[number].append(View(one, inflector))
    return iter(found)


def told(views: Sequence[View], cues: CauseCues) -> Told:
    """The causes of a text with their effects."""
    return [(one.cause, one.effect) for view in views for one in causes(view, cues)]


def connected(text: str) -> Told:
    """Cause and effect on the two sides of a text's first connective, if it holds one with words on both sides."""
    found = _CONNECTIVE.search(text)
    if found is None:
        return []
    before, after = Stretch(0, found.start()), Stretch(found.end(), len(text))
    return [(after, before) if found["backward"] else (before, after)]


def _tallies(gold: Sequence[CausalSentence], answers: Sequence[Told]) -> list[Tally]:
    return [_tally(one, answer) for one, answer in zip(gold, answers, strict=True)]


def _tally(gold: CausalSentence, answer: Told) -> Tally:
    tally: Tally = Counter()
    count(tally, "causal", gold.causal and bool(answer), bool(answer), gold.causal)
    wanted = ([one.cause for one in gold.pairs], [one.effect for one in gold.pairs])
    for number, side in enumerate(_SIDES):
        right = _covered(gold.text, [place for places in wanted[number] for place in places])
        mine = _covered(gold.text, [pair[number] for pair in answer])
        count(tally, side, len(right & mine), len(mine), len(right))
    return tally


def _covered(text: str, places: Iterable[tuple[int, int]]) -> set[int]:
    """The characters of the places, blanks left out: how words are spaced says nothing."""
    return {at for start, end in places for at in range(start, end) if not text[at].isspace()}


def _details(gold: Sequence[CausalSentence], answers: Sequence[Told]) -> dict[str, Any]:
    """The sentences judged wrongly."""
    missed = [{"text": one.text} for one, answer in zip(gold, answers, strict=True) if one.causal and not answer]
    wrong = [
        {"text": one.text, "told": [[one.text[cause.start : cause.end], one.text[effect.start : effect.end]] for cause, effect in answer]}
        for one, answer in zip(gold, answers, strict=True)
        if answer and not one.causal
    ]
    return {"missed": missed, "wrong": wrong}
