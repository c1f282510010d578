"""MUC-4's texts as reports: their case restored, read by sayso, each with what its claims answer."""

import re
from collections.abc import Collection, Iterator, Sequence

from sayso.engines.rules.parsing import load_parser, parse
from sayso.evaluate.muc_keys import RawText
from sayso.evaluate.muc_roles import Report
from sayso.gazetteers.actors import actor_list
from sayso.gazetteers.casing import Dictionary, case_words
from sayso.gazetteers.places import places
from sayso.languages.pack import load_pack
from sayso.model import Document, Reading, Source
from sayso.pipeline import Reader
from sayso.text.recasing import CaseWords, Part, restore_case
from sayso.text.segmenting import sentences

_PARAGRAPH = re.compile(r"\n\s*\n")
_PROPER = frozenset(("NNP", "NNPS"))


class Recaser:
    """Restores the case of texts in capitals by the actor list, the places, the model's dictionary and its tagger."""

    def __init__(self, language: str = "en") -> None:
        self._nlp = load_parser(load_pack(language).model)
        if self._nlp.path is None:
            raise ValueError("the parser has no folder: its dictionary cannot be read")
        self._nlp.disable_pipe("parser")
        self._known: CaseWords = case_words(actor_list(), places(), Dictionary(self._nlp.path))

    def restored(self, text: str) -> str:
        """The text in the case that a newspaper would print."""
        return restore_case(text, self._known, self._proper)

    def _proper(self, lowered: str) -> Collection[Part]:
        wanted = [(index, one, lowered[one.start : one.end].replace("\n", " ")) for index, one in enumerate(sentences(lowered))]
        return [parsed.at(token) for parsed in parse(self._nlp, wanted) for token in parsed.doc if token.tag_ in _PROPER]


def as_document(raw: RawText, recaser: Recaser) -> Document:
    """A message as a report: its case restored, the lines of a paragraph joined, its place before it as papers print it."""
    body = "\n\n".join(" ".join(part.split()) for part in _PARAGRAPH.split(recaser.restored(raw.text)))
    # The agency's name is left out: it says nothing of the incident, and who publishes is not asked here.
    text = f"{raw.place} (Agency) -- {body}" if raw.place else body
    return Document(text, Source("Outlet"), language="en", published=raw.published, given_id=raw.id)


def reports(texts: Sequence[RawText]) -> Iterator[Report | None]:
    """One report a text, in order; None where it cannot be read."""
    recaser = Recaser()
    documents = [as_document(raw, recaser) for raw in texts]
    for one in Reader().read(documents):
        yield Report(one) if isinstance(one, Reading) else None
