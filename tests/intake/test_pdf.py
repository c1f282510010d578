"""A PDF gives its text in paragraphs with its pages; each way of having none gives its own reason."""

import io

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from tests.intake.taking import REPORT, failure, named, only

from sayso.intake.pdf_child import joined, without_running_lines
from sayso.intake.settings import Caps, IntakeSettings


def pdf(*pages, title=None, **more):
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, **more)
    if title:
        canvas.setTitle(title)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(60, 780 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


FIRST = ("The army said on Tuesday that nine people had been killed in the", "town, and that the road to the coast was closed until the eve-",
         "ning of that day.",
         "Two witnesses told an aid group that the shelling had begun at dawn")  # fmt: skip
SECOND = ("and went on until the evening of that long and violent day in Imre.", "Nobody knew why.")


def test_lines_become_paragraphs_and_pages_pieces():
    taken = only(pdf(FIRST, SECOND, title="Nine killed in Imre"), "a.pdf")
    first = "The army said on Tuesday that nine people had been killed in the town, and that the road to the coast was closed until the evening of that day."
    assert taken.item.text == f"{first}\n\nTwo witnesses told an aid group that the shelling had begun at dawn {SECOND[0]} {SECOND[1]}"
    assert named(taken) == {"page 1": taken.item.text.split(" and went")[0], "page 2": " ".join(SECOND)}
    assert (taken.item.title, taken.item.published) == ("Nine killed in Imre", None)
    assert "not taken as its publication" in taken.notes[0]
    assert taken.extraction.version.startswith("pypdf ")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (["The air-", "strike hit it."], "The airstrike hit it."),
        (["The air-", "strike hit it. An air-strike is"], "The air-strike hit it. An air-strike is"),
        (["The air-", "Strike hit it."], "The air-Strike hit it."),
        (["Nine were killed -", "said the army"], "Nine were killed - said the army"),
        (["Between 10-", "20 people died"], "Between 10-20 people died"),
        (["", "One.", "", "Two"], "One.\n\nTwo"),
        (
            ["It says this to the end of it:", "1. Nine were killed in the town", "2. Three"],
            "It says this to the end of it:\n\n1. Nine were killed in the town\n\n2. Three",
        ),
    ],
)
def test_joining(page, text):
    found, pieces = joined([page])
    assert found == text
    assert pieces == [(0, len(text), "page 1")]


def test_lines_at_the_edge_of_most_pages_are_left_out():
    pages = [["The Invented Post", f"Words of page {one} that differ: {'abcde'[one]}", "more", "and more", f"{one} of 5"] for one in range(5)]
    kept, left_out = without_running_lines(pages)
    assert [page[1:] for page in kept] == [["more", "and more"]] * 5 or kept[0][0].startswith("Words")
    assert left_out[0] == "The Invented Post"
    assert without_running_lines(pages[:2]) == (pages[:2], [])


def test_short_pages_keep_their_lines():
    assert without_running_lines([["a"], ["b"], ["c"], []])[0] == [["a"], ["b"], ["c"], []]


def test_a_page_without_text_is_noted():
    taken = only(pdf((REPORT,), (), (REPORT.replace("nine", "eight"),)), "a.pdf")
    assert any("no text on page 2" in note for note in taken.notes)
    assert list(named(taken)) == ["page 1", "page 3"]


def test_a_file_that_only_bars_changes_is_read():
    assert REPORT.split(",")[0] in only(pdf((REPORT,), encrypt=StandardEncryption("", ownerPassword="x", strength=40)), "a.pdf").item.text


@pytest.mark.parametrize(
    ("raw", "kind", "words"),
    [
        (pdf((REPORT,), encrypt=StandardEncryption("secret", strength=40)), "Refused", "encrypted with a password"),
        (pdf((REPORT,))[:300], "InputError", "broken"),
        (b"%PDF-1.7\n" + b"garbage " * 50, "InputError", "broken"),
        (pdf((), ()), "EmptyReport", "2 pages without a text layer"),
        (pdf(*[("A page.",)] * 1000), "TooLarge", "1,000 pages"),
        (b"%PDF-", "InputError", "broken"),
        (b"not a pdf\0\1\2\3", "NotText", "named as a PDF"),
    ],
)
def test_reasons(raw, kind, words):
    found = failure(raw, "a.pdf")
    assert (found.kind, words in found.reason) == (kind, True), found.reason


def test_caps_are_settings():
    raw = pdf(*[(f"{REPORT} {number}",) for number in range(4)])
    assert "--max-pages" in failure(raw, "a.pdf", IntakeSettings(caps=Caps(pages=3))).reason
    assert failure(raw, "a.pdf", IntakeSettings(limit=len(raw) - 1)).kind == "TooLarge"


def test_a_page_tree_that_runs_in_a_circle_ends():
    raw = pdf((REPORT,)).replace(b"/Kids [", b"/Kids [ 1 0 R ")
    raw = raw.replace(b"/Type /Pages", b"/Type /Pages /Parent 1 0 R")
    assert only(raw, "a.pdf").item is not None


def test_a_text_named_as_a_pdf_is_read_as_text():
    taken = only(REPORT.encode(), "a.pdf")
    assert taken.item.text == REPORT
    assert "taken as plain text" in taken.notes[0]
