import json
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.evaluate.acled import NO_EVENT, score_sub_events, sub_event_of
from sayso.model import Document, Source
from sayso.pipeline import Reader


def snippets(folder: Path, **told: str) -> Path:
    (folder / "dev").mkdir()
    lines = [json.dumps({"id": text, "text": text, "type": label}) for text, label in told.items()]
    (folder / "dev" / "snippets.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_labels_weigh_as_often_as_they_are_gold(tmp_path: Path) -> None:
    folder = snippets(tmp_path, a="ATTACK", b="ATTACK", c="GRENADE", d="NATURAL_DISASTER")
    told = {"a": "Attack", "b": NO_EVENT, "c": "Grenade", "d": NO_EVENT}
    scored = score_sub_events(folder, "dev", told.__getitem__)
    found = scored.values()
    assert len(scored.documents) == 4
    assert found["accuracy"] == 0.75
    assert found["Attack f1"] == found["no event f1"] == 0.6667
    assert found["weighted f1"] == 0.75
    assert (found["event precision"], found["event recall"]) == (1.0, 0.6667)
    assert found["others should give none"] == 1.0
    assert scored.values("most frequent label")["accuracy"] == 0.5
    assert scored.details["confused"] == {"Attack told as no event": 1}


def test_a_snippet_without_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "snippets.jsonl").write_text('{"type": "ATTACK"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"snippets\.jsonl:1: is no snippet"):
        score_sub_events(tmp_path, "dev", str)


def test_a_missing_split_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"snippets\.jsonl is missing"):
        score_sub_events(tmp_path, "dev", str)


@pytest.mark.parametrize(
    ("text", "sub_event"),
    [
        ("Gunmen shot dead nine farmers near Sanda.", "Attack"),
        ("Thousands marched through the capital; some threw stones and burned cars.", "Violent demonstration"),
        ("The ministers met to discuss the price of grain.", NO_EVENT),
        ("The commander threatened to shell the town.", NO_EVENT),
    ],
)
def test_the_sub_event_of_a_short_report(text: str, sub_event: str, reader: Reader) -> None:
    assert sub_event_of(reader.read_one(Document(text, Source("Outlet"), language="en"))) == sub_event
