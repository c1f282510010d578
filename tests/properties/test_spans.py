"""Whatever points at text points at the words it says: spans, sentences, quotations, quotes, through fold and veil."""

from hypothesis import given
from hypothesis import strategies as st
from tests.model.strategies import documents_with_spans

from sayso.model import Document
from sayso.model.words import Grounding
from sayso.text.grounding import ground
from sayso.text.quotes import quotations
from sayso.text.segmenting import sentences
from sayso.text.veil import NamedSpan, Shape, veil

_PARTS = ["KYIV (X) – ", "The army ", "“hit” ", "the  rebels' ", "camp. ", "\n\n", "\n- ", "14:20 ", "é\u0301", "🔴", "U.S. ", "a ", "\u2029", "\u200b"]
REPORTS = st.lists(st.sampled_from(_PARTS) | st.text(max_size=5), min_size=1, max_size=20).map("".join)


@given(documents_with_spans())
def test_spans_hold_in_their_document(drawn: tuple[Document, list]) -> None:  # type: ignore[type-arg]
    document, spans = drawn
    for span in spans:
        assert document.text[span.start : span.end] == span.quote
        assert span.holds(document)
        assert all(span.overlaps(other) == bool({*range(span.start, span.end)} & {*range(other.start, other.end)}) for other in spans)


@given(REPORTS)
def test_sentences_and_quotations_are_spans_of_the_document(text: str) -> None:
    document = Document(text)
    for found in (*sentences(text), *quotations(text)):
        assert document.span(found.start, found.end).holds(document)


@given(REPORTS, st.data())
def test_words_of_a_sentence_are_grounded_in_that_sentence(text: str, data: st.DataObject) -> None:
    found = sentences(text)
    if not found:
        return
    sentence = data.draw(st.sampled_from(found))
    quote = text[sentence.start : sentence.end]
    answer = ground(text, quote, near=sentence.start, window=(sentence.start, sentence.end))
    assert (answer.how, answer.start, answer.end) == (Grounding.EXACT, sentence.start, sentence.end)


@given(REPORTS, st.data())
def test_what_the_coder_quotes_is_found_in_the_source(text: str, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    names = [NamedSpan(start, end, data.draw(st.sampled_from(Shape)), str(start % 2)) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    veiled = veil(text, names)
    document = Document(text)
    for sentence in sentences(veiled.text):
        start, end = veiled.to_source(sentence.start, sentence.end)
        assert document.span(start, end).holds(document)
        low, high = veiled.from_source(start, end)
        assert low <= sentence.start < sentence.end <= high
