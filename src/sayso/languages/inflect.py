"""Inflector: dictionary forms of words, from the rule tables that the parser's model ships.

Why not the model's own lemmatizer: it runs over every token of every sentence, and needs the part-of-speech mapping to run before it.
Here a form is looked up once a word and tag, and before the parse, when no tag is known.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

_NOUN, _VERB, _ADJECTIVE = "noun", "verb", "adj"


class Inflector:
    """Lemmas by rules, exceptions and an index of known words, as WordNet's morphy does it."""

    def __init__(
        self,
        rules: Mapping[str, Iterable[tuple[str, str]]],
        exceptions: Mapping[str, Mapping[str, Iterable[str]]],
        index: Mapping[str, Iterable[str]],
    ) -> None:
        self._rules = {pos: tuple((old, new) for old, new in pairs) for pos, pairs in rules.items()}
        self._exceptions = exceptions
        self._index = {pos: frozenset(words) for pos, words in index.items()}
        self.lemma = lru_cache(maxsize=100_000)(self._lemma)
        self.candidates = lru_cache(maxsize=100_000)(self._candidates)

    @classmethod
    def from_model(cls, model: Path) -> "Inflector":
        """The inflector over the lemma tables in a spaCy model's folder."""
        from spacy.lookups import Lookups

        tables = Lookups().from_disk(model / "lemmatizer" / "lookups")
        rules, exceptions, index = (tables.get_table(name) for name in ("lemma_rules", "lemma_exc", "lemma_index"))
        kinds = (_NOUN, _VERB, _ADJECTIVE)
        return cls(
            {kind: [(old, new) for old, new in rules.get(kind, ())] for kind in kinds},
            {kind: exceptions.get(kind, {}) for kind in kinds},
            {kind: index.get(kind, ()) for kind in kinds},
        )

    def _lemma(self, word: str, tag: str) -> str:
        """The dictionary form of a word with its Penn tag; the lower-cased word where the tag has no inflection."""
        lower = word.lower()
        front, hyphen, last = lower.rpartition("-")
        if hyphen and front and last:
            return front + hyphen + (self._best(last, _VERB) if tag.startswith("J") and last.endswith("ed") else self._lemma(last, tag))
        if tag in ("VB", "VBP") and lower in self._index[_VERB]:  # "they lay down arms": a base form, not the past of another verb
            return lower
        if tag.startswith("V") or tag == "MD":
            return self._best(lower, _VERB)
        if tag in ("NN", "NNS", "NNP", "NNPS"):
            return lower if tag in ("NN", "NNP") and lower in self._index[_NOUN] else self._best(lower, _NOUN)
        if tag.startswith("J"):
            return self._best(lower, _ADJECTIVE)
        return lower

    def _candidates(self, word: str) -> frozenset[str]:
        """Every dictionary form that the word may have, as noun or verb: used before the parse, when no tag is known."""
        lower = word.lower()
        return frozenset({lower, self._best(lower, _NOUN), self._best(lower, _VERB)})

    def _best(self, word: str, kind: str) -> str:
        irregular = self._exceptions[kind].get(word)
        if irregular:
            return next(iter(irregular))
        known = self._index[kind]
        guess = ""
        for old, new in self._rules[kind]:
            if not word.endswith(old) or len(word) <= len(old) + 1:
                continue
            form = word[: len(word) - len(old)] + new
            if form in known:
                return form
            guess = guess or form
        if word in known or not guess:
            return word
        return self._doubled(guess, known) or guess

    @staticmethod
    def _doubled(guess: str, known: frozenset[str]) -> str | None:
        """The form without the doubled consonant ("hitt" of "hitting"), where it is a known word."""
        short = guess[:-1]
        return short if len(guess) > 3 and guess[-1] == guess[-2] and short in known else None
