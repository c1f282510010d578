"""Scores of copies on invented sets and on a tiny invented corpus."""

import json
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.evaluate.copies import corpus, score_copies
from sayso.evaluate.perturbed import WAYS, Plan, perturbed_set


def test_copies_are_found_among_look_alikes_and_boilerplate() -> None:
    scored = score_copies(None, 11)
    told = scored.values()
    assert (told["copies recall"] or 0) >= 0.97
    assert (told["copies precision"] or 0) >= 0.99
    for simple in scored.baselines:
        assert (scored.values(simple)["copies recall"] or 0) < 0.6


def test_the_same_seed_makes_the_same_set() -> None:
    plan = Plan(originals=12, copies=2, twins=2)
    first, second = perturbed_set(7, plan), perturbed_set(7, plan)
    assert [one.document for one in first] == [one.document for one in second]
    assert {one.how for one in first} >= {*WAYS, "original", "bulletin", "statement", "background"}
    assert [one.document for one in perturbed_set(8, plan)] != [one.document for one in first]


def test_a_corpus_is_copied_from(tmp_path: Path) -> None:
    rows = [
        {
            "incident_id": str(number),
            "doc_id": str(number),
            "title": "Report",
            "dct": "2031-05-01",
            "uri": "http://web.example/http://www.post.example/a",
            "content": one.document.text,
        }
        for number, one in enumerate(perturbed_set(2, Plan(originals=40, copies=0, twins=0, boilerplate=0)))
    ]
    (tmp_path / "docs.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert corpus(tmp_path)[0][1].source.name == "post.example"
    assert (score_copies(tmp_path, 1).values()["copies recall"] or 0) >= 0.95


def test_a_folder_without_a_corpus(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"docs\.jsonl"):
        score_copies(tmp_path, 1)
    (tmp_path / "docs.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        score_copies(tmp_path, 1)
