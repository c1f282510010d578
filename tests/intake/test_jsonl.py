"""Each line of JSON lines stands or fails alone."""

import io
import json

import pytest

from sayso.intake.jsonl import looks_like_lines, take_line, take_lines
from sayso.intake.settings import IntakeSettings
from sayso.model import Document, Failure
from sayso.model.words import SourceKind

SETTINGS = IntakeSettings()
REPORT = "The army said on Tuesday that nine people had been killed in the town."


def lines(raw, settings=SETTINGS):
    return [taken.item for taken in take_lines(io.BytesIO(raw), "r.jsonl", settings)]


def test_reads_every_field():
    record = {"id": "a1", "title": "T", "text": REPORT, "published": "2024-05-04T10:00:00Z", "url": "invalid:x", "language": "en-GB",
              "source": {"name": "Delta News", "kind": "agency", "side": None, "country": "SD"}}  # fmt: skip
    document = take_line(json.dumps(record).encode(), "r.jsonl:1", SETTINGS).item
    assert (document.given_id, document.title, document.text, document.published) == ("a1", "T", REPORT, "2024-05-04T10:00:00Z")
    assert (document.url, document.language) == ("invalid:x", "en")
    assert (document.source.name, document.source.kind, document.source.country) == ("Delta News", SourceKind.AGENCY, "SD")


def test_text_is_kept_unchanged():
    text = f"\ufeff {REPORT}\r\nTwo\u2028lines \r\n"
    assert take_line(json.dumps({"text": text}).encode(), "x", SETTINGS).item.text == text


def test_only_text_is_required_and_unknown_keys_are_told():
    taken = take_line(json.dumps({"text": REPORT, "colour": 1, "source": {"name": "D", "size": 2}}).encode(), "x", SETTINGS)
    assert isinstance(taken.item, Document)
    assert taken.notes == ("'colour', 'source.size' not known in a report and left out",)
    assert take_line(json.dumps({"text": REPORT, "source": "Delta News", "id": 7}).encode(), "x", SETTINGS).item.source.name == "Delta News"


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        (b"{", "InputError", "no JSON"),
        (b"[1]", "InputError", "a list, not an object"),
        (b"\xff", "InputError", "not UTF-8"),
        (b"[" * 100_000, "InputError", "no JSON"),
        (b'{"id": "a"}', "InputError", '"text" is missing'),
        (b'{"text": 5}', "InputError", '"text" is a number'),
        (b'{"text": "  "}', "EmptyReport", "no words"),
        (b'{"text": "a\\u0000b"}', "NotText", "NUL"),
        (b'{"text": "The army \\ud800 said"}', "NotText", "surrogate"),
        (b'{"text": "The army said so", "published": "2024-02-30"}', "InputError", "'2024-02-30' is no date"),
        (b'{"text": "The army said so", "published": 2024}', "InputError", '"published" is a number'),
        (b'{"text": "The army said so", "source": 4}', "InputError", '"source" is a number'),
        (b'{"text": "The army said so", "id": {}}', "InputError", '"id" is an object'),
        (b'{"text": "The army said so", "source": {"kind": "blog"}}', "InputError", "'blog'"),
        (b'{"text": "The army said so", "title": "\\ud800"}', "InputError", '"title"'),
        (b'{"text": "L\'arm\\u00e9e a dit", "language": "fr"}', "NoLanguagePack", "French (fr)"),
    ],
)
def test_a_bad_line_is_a_failure(line, kind, words):
    failure = take_line(line, "r.jsonl:7", SETTINGS).item
    assert isinstance(failure, Failure)
    assert (failure.what, failure.kind) == ("r.jsonl:7", kind)
    assert words in failure.reason


def test_a_failure_keeps_the_given_id():
    assert take_line(b'{"id": "a9", "text": ""}', "x", SETTINGS).item.given_id == "a9"


def test_a_bad_line_loses_no_other():
    good = json.dumps({"text": REPORT}).encode()
    items = lines(b"\xef\xbb\xbf" + good + b"\r\n\n{bad\n   \n" + good)
    assert [type(item) for item in items] == [Document, Failure, Document]
    assert items[1].what == "r.jsonl:3"


def test_a_line_above_the_limit_is_skipped_whole():
    good = json.dumps({"text": REPORT}).encode()
    items = lines(b"x" * 5_000_000 + b"\n" + good, IntakeSettings(limit=200))
    assert [getattr(item, "kind", "read") for item in items] == ["TooLarge", "read"]


def test_told_language_that_does_not_fit_is_noted():
    text = "El ejército dijo el martes que nueve personas murieron en la ciudad y que la carretera estaba cerrada por la tarde."
    taken = take_line(json.dumps({"text": text, "language": "en"}).encode(), "x", SETTINGS)
    assert isinstance(taken.item, Document)
    assert "looks like Spanish" in taken.notes[0]


def test_tells_lines_from_text():
    assert looks_like_lines(b'\xef\xbb\xbf {"id": 1, "text": "x"}\n')
    assert not looks_like_lines(b"{The army} said so")
    assert not looks_like_lines(b"The army said so")
