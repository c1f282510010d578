"""Gate: which sentences are worth a parse. Sentences without any trigger of the codebook are not parsed (two-speed reading)."""

import re
from collections.abc import Sequence

from sayso.codebooks.codebook import Codebook
from sayso.languages.inflect import Inflector
from sayso.text.sentence import Sentence

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_MOST = 100_000  # word forms remembered


class Gate:
    """Looks up every word form once and remembers whether it can begin a trigger."""

    def __init__(self, book: Codebook, inflector: Inflector, further: frozenset[str]) -> None:
        self._rests: dict[str, tuple[frozenset[str], ...]] = {}
        for head, triggers in (*book.verbs.items(), *book.nouns.items()):
            self._rests[head] = self._rests.get(head, ()) + tuple(frozenset(trigger.rest) for trigger in triggers)
        self._further = further
        self._inflector = inflector
        self._known: dict[str, frozenset[str]] = {}

    def passes(self, text: str, sentences: Sequence[Sentence]) -> list[int]:
        """The numbers of the sentences to parse."""
        return [index for index, sentence in enumerate(sentences) if self._tells(text[sentence.start : sentence.end])]

    def _tells(self, words: str) -> bool:
        forms = _WORD.findall(words)
        heads = [(form, lemmas) for form in forms if (lemmas := self._lemmas(form))]
        if not heads:
            return False
        bag: set[str] | None = None
        for _, lemmas in heads:
            for lemma in lemmas:
                if lemma in self._further:
                    return True
                for rest in self._rests.get(lemma, ()):
                    if not rest:
                        return True
                    if bag is None:
                        bag = {one for form in forms for part in form.split("-") for one in self._inflector.candidates(part)}
                    if rest <= bag:
                        return True
        return False

    def _lemmas(self, form: str) -> frozenset[str]:
        """The heads of triggers that the word form may be; none for most words."""
        found = self._known.get(form)
        if found is None:
            options = self._inflector.candidates(form)
            if "-" in form:
                options |= self._inflector.candidates(form.rsplit("-", 1)[1])
            found = frozenset(lemma for lemma in options if lemma in self._rests or lemma in self._further)
            if len(self._known) < _MOST:
                self._known[form] = found
        return found
