"""Learns which cues tell a cause: `python -m sayso.learning.causes --data DIR` writes `languages/en/causes.json`. See docs/models/causes.md.

Only the corpus's train part is learned from; the chance from which a cause is told is set on sentences that the weights in use have not seen.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy

import sayso.languages
from sayso.engines.rules.cause_candidates import Candidate, candidates
from sayso.engines.rules.cause_features import features
from sayso.engines.rules.cause_parts import Part
from sayso.engines.rules.grammar import View
from sayso.evaluate.causal_news import CausalSentence, Pair, read_causal_news
from sayso.evaluate.causes import parsed_views
from sayso.languages.causes import CauseCues
from sayso.languages.pack import load_pack
from sayso.learning.sparse import Penalty, learn, shares

HOME = Path(sayso.languages.__file__).parent / "en" / "causes.json"
PENALTY = Penalty(sparse=1.0, small=5.0)
_RAREST = 3  # a feature that fewer candidates have is left out
_FOLDS = 5
_SAME = 0.5  # share of the shorter stretch that the corpus's and ours must have in common
_LEAST = 0.005  # a weight smaller than this is not written


@dataclass(frozen=True, slots=True)
class Examples:
    """The candidates of sentences: their features, whether they tell a marked pair, and the number of the sentence of each."""

    features: list[tuple[str, ...]]
    right: list[bool]
    sentence: list[int]
    causal: list[bool]  # a sentence, not a candidate


@dataclass(frozen=True, slots=True)
class Learned:
    """What is written: the chance from which a cause is told, and the weights."""

    least: float
    features: dict[str, float]

    def told(self) -> str:
        """The file's text: the same for the same weights."""
        return json.dumps({"least": self.least, "features": self.features}, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def examples(gold: Sequence[CausalSentence], cues: CauseCues) -> Examples:
    """The examples of sentences of the corpus."""
    made = Examples([], [], [], [one.causal for one in gold])
    for number, (sentence, views) in enumerate(zip(gold, parsed_views(one.text for one in gold), strict=True)):
        for view in views:
            found = candidates(view, cues)
            for one in found:
                made.features.append(features(one, view, len(found)))
                made.right.append(any(_is_pair(one, view, pair) for pair in sentence.pairs))
                made.sentence.append(number)
    return made


def train(found: Examples) -> Learned:
    """The weights of all examples, and the chance that tells causal sentences best where each was judged by weights learned without it."""
    right = numpy.array(found.right, dtype=float)
    fold = numpy.array(found.sentence) % _FOLDS
    unseen = numpy.zeros(len(right))
    for number in range(_FOLDS):
        kept, left = numpy.flatnonzero(fold != number), numpy.flatnonzero(fold == number)
        weights = learn([found.features[at] for at in kept], right[kept], _RAREST, PENALTY)
        unseen[left] = shares([found.features[at] for at in left], weights)
    weights = learn(found.features, right, _RAREST, PENALTY)
    return Learned(_threshold(found, unseen), {name: round(value, 3) for name, value in weights.items() if abs(value) >= _LEAST})


def _threshold(found: Examples, chances: numpy.ndarray) -> float:
    """The chance, in steps of .01, at which F1 over sentences is best; the middle of the five best, since single steps jump."""
    causal = numpy.array(found.causal)
    best = numpy.zeros(len(causal))
    numpy.maximum.at(best, numpy.array(found.sentence), chances)
    steps = numpy.arange(10, 70) / 100
    scores = [2 * (causal & (best >= step)).sum() / max(1, causal.sum() + (best >= step).sum()) for step in steps]
    return float(numpy.round(numpy.median(steps[numpy.argsort(scores, kind="stable")[-5:]]), 2))


def _is_pair(one: Candidate, view: View, pair: Pair) -> bool:
    return _alike(_characters(view, one.cause), pair.cause) and _alike(_characters(view, one.effect), pair.effect)


def _characters(view: View, part: Part) -> set[int]:
    return set(range(*view.stretch(view.doc[part.first], view.doc[part.last])))


def _alike(mine: set[int], places: Iterable[tuple[int, int]]) -> bool:
    theirs = {at for start, end in places for at in range(start, end)}
    return len(mine & theirs) > _SAME * min(len(mine), len(theirs))


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True, help="The corpus: the folder that holds train/.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=HOME, show_default="the language pack's file")
def main(data: Path, output: Path) -> None:
    """Learn which cues tell a cause, from the train part of the Causal News Corpus (CC0 1.0)."""
    found = examples(read_causal_news(data, "train"), load_pack("en").causes)
    learned = train(found)
    output.write_text(learned.told(), encoding="utf-8")
    click.echo(f"{len(found.causal):,} sentences, {len(found.right):,} candidates, {sum(found.right):,} of them right: {len(learned.features):,} weights")


if __name__ == "__main__":
    main()
