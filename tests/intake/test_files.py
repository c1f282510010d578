"""Paths become reports: files, folders, standard input; what cannot be opened is a failure."""

import io
import json

from sayso.intake.files import take_paths, take_stream
from sayso.intake.settings import IntakeSettings
from sayso.model import Document, Failure

REPORT = "The army said on Tuesday that nine people had been killed in the town."
SETTINGS = IntakeSettings()


def take(*paths, stdin=b""):
    return [taken.item for taken in take_paths(map(str, paths), SETTINGS, io.BytesIO(stdin))]


def test_a_folder_is_read_in_order_with_ids_relative_to_it(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "b.txt").write_text(REPORT)
    (tmp_path / "a.md").write_text(REPORT)
    (tmp_path / "deep" / "c.jsonl").write_text(json.dumps({"id": "x", "text": REPORT}) + "\n{\n")
    (tmp_path / "README.md").write_text("About these files.")
    (tmp_path / ".hidden.txt").write_text(REPORT)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    items = take(tmp_path)
    assert [getattr(item, "given_id", None) for item in items] == ["a.md", "b.txt", "x", None]
    assert isinstance(items[3], Failure)
    assert items[3].what.endswith("c.jsonl:2")


def test_a_named_file_is_read_whatever_its_ending(tmp_path):
    path = tmp_path / "report.log"
    path.write_text(REPORT)
    assert take(path)[0].given_id == "report.log"


def test_what_cannot_be_opened_is_a_failure_among_the_others(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(REPORT)
    (tmp_path / "empty").mkdir()
    (tmp_path / "none.jsonl").write_text("\n\n")
    items = take(tmp_path / "missing.txt", path, tmp_path / "empty", tmp_path / "none.jsonl")
    assert [type(item) for item in items] == [Failure, Document, Failure, Failure]
    assert "No such file" in items[0].reason
    assert "holds no file" in items[2].reason
    assert items[3].kind == "EmptyReport"


def test_standard_input_is_one_text_or_lines():
    assert take("-", stdin=REPORT.encode())[0].text == REPORT
    two = (json.dumps({"text": REPORT}) + "\n").encode() * 2
    assert [type(item) for item in take("-", stdin=two)] == [Document, Document]
    assert take("-", stdin=b"")[0].kind == "EmptyReport"


def test_lines_longer_than_the_first_look_are_joined():
    line = json.dumps({"text": REPORT}).encode()
    settings = IntakeSettings(limit=len(line) + 5)
    found = [taken.item for taken in take_stream(io.BytesIO(b"\n".join([line] * 40)), settings)]
    assert len(found) == 40
    assert all(isinstance(item, Document) for item in found)
