"""Properties of whole readings: every span's words stand in the text where the span says, whatever the text."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.export.reading_json import reading_view
from sayso.model import Document, Reading
from sayso.model.codec import from_json, to_json
from sayso.pipeline import Reader

TOLD = st.sampled_from(
    [
        "Rebels shelled the town of Beral on Monday, killing three people",
        "The army denied that soldiers had fired at a bus near Dorna",
        "“We took 12 prisoners,” a spokesman for the Kadara Front said",
        "Israeli and Lebanese forces traded fire along the border",
        "14:20 jets hit the bridge, 2 dead so far",
        "Medics told the agency that at least nine villagers were wounded",
        "In retaliation for an air strike, Hezbollah launched rockets",
        "POLICE ARREST DOZENS AT RALLY IN NAIROBI",
    ]
)
ODD = st.sampled_from(
    ["\u202e", "\u200f", "\ufeff", "\u00ad", "é", "e\u0301", "İ", "ß", "ﬁ", "\U0001f6a8", "\ud7ff", "‘", "”", "\u2028", "\t", "…", "ا", "א", "😀 "]
)
JOINS = st.sampled_from([". ", ".\n", "\n\n", "; ", " – ", "\n• ", ", ", " ", ".” "])
TEXTS = st.lists(st.one_of(TOLD, TOLD, ODD, JOINS, st.text(max_size=12)), min_size=1, max_size=14).map("".join).filter(lambda text: bool(text.strip()))


def spans(view: object) -> list[tuple[int, int, str]]:
    """Every start, end and quote of a JSON view."""
    if isinstance(view, list):
        return [span for item in view for span in spans(item)]
    if not isinstance(view, dict):
        return []
    own = [(view["start"], view["end"], view["quote"])] if view.get("quote") is not None and view.get("start") is not None else []
    return own + [span for key, item in view.items() if key != "document" for span in spans(item)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=TEXTS)
def test_every_span_of_every_reading_holds(reader: Reader, text: str) -> None:
    reading = reader.read_one(Document(text, published="2024-05-15", language="en"))
    assert reading.spans_hold()
    found = spans(reading_view(reading))
    assert all(text[start:end] == quote for start, end, quote in found)


def test_the_property_is_not_empty(reader: Reader) -> None:
    reading = reader.read_one(Document("Rebels shelled the town of Beral on Monday, killing three people, medics said.", language="en"))
    assert len(spans(reading_view(reading))) > 5


def test_a_reading_comes_back_from_its_json(reader: Reader) -> None:
    reading = reader.read_one(Document("Rebels shelled Beral on Monday, killing three people. The army denied it.", published="2024-05-15", language="en"))
    assert from_json(Reading, to_json(reading)) == reading
