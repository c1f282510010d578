"""Scores of linking: pairwise and B³ by hand, corpora read, and a small invented corpus from end to end."""

import json
from pathlib import Path

import pytest
from tests.link.linked import MINISTRY, NEXT_DAY, WIRE

from sayso.errors import InputError
from sayso.evaluate.links import SYSTEMS, Keys, b3_f1, b3_precision, b3_recall, read_gva, read_rivals, score_links, tallies
from sayso.evaluate.scoring import f1, total
from sayso.model import Document


def keys(*told: str) -> list[Keys]:
    return [frozenset(one.split()) for one in told]


def test_pairs_and_b3_by_hand() -> None:
    counts = total(tallies(keys("a", "a", "a", "b"), keys("1", "1", "2", "2")))
    assert counts["all pairs hit"] == 1
    assert counts["all pairs told"] == 2
    assert counts["all pairs gold"] == 3
    assert f1("all pairs")(counts) == pytest.approx(2 / 5)
    assert b3_precision("all b3")(counts) == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
    assert b3_recall("all b3")(counts) == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)


def test_single_reports_are_in_the_way_but_not_counted() -> None:
    counts = total(tallies(keys("a", "a", "b", "c"), keys("1", "1", "1", "2")))
    assert counts["multi b3 reports"] == 2
    assert counts["multi pairs told"] == 3
    right = total(tallies(keys("a", "a", "b"), keys("1", "1", "2")))
    assert b3_f1("multi b3")(right) == 1.0


def test_reports_of_several_incidents_share_one() -> None:
    counts = total(tallies(keys("a b", "b", "a"), keys("1 2", "2", "3")))
    assert (counts["all pairs hit"], counts["all pairs told"], counts["all pairs gold"]) == (1, 1, 2)


def test_the_corpus_of_shootings_is_read_with_the_site_that_published(tmp_path: Path) -> None:
    row = {
        "incident_id": "1",
        "doc_id": "d",
        "title": "T",
        "dct": "2016-01-02",
        "content": "Words.",
        "uri": "http://web.archive.org/web/2016/http://www.a.example:80/b",
    }
    (tmp_path / "docs.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (report,) = read_gva(tmp_path, "dev")
    assert isinstance(report.document, Document)
    assert report.document.source.name == "a.example"
    (tmp_path / "docs.jsonl").write_text(json.dumps({**row, "dct": None}), encoding="utf-8")
    with pytest.raises(InputError, match=r"docs.jsonl:1 has no 'dct'"):
        read_gva(tmp_path, "dev")


def test_no_corpus_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"docs\.jsonl"):
        read_gva(tmp_path, "dev")
    with pytest.raises(InputError, match=r"\.jsonl"):
        read_rivals(tmp_path)
    (tmp_path / "x.jsonl").write_text('{"text": "no incidents"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.jsonl:1"):
        read_rivals(tmp_path)


def test_rival_accounts_from_end_to_end(tmp_path: Path) -> None:
    told = [("w", WIRE, "2024-05-04", ["strike"]), ("m", MINISTRY, "2024-05-05", ["strike"]), ("n", NEXT_DAY, "2024-05-06", ["road"])]
    lines = [
        json.dumps({"id": name, "title": "", "text": text, "published": published, "language": "en", "source": {"name": name}, "incidents": incidents})
        for name, text, published, incidents in told
    ]
    (tmp_path / "set.jsonl").write_text("\n".join(lines), encoding="utf-8")
    scored = score_links(tmp_path, "all", "rivals")
    assert scored.values()["all pairs f1"] == 1.0
    assert set(scored.baselines) == set(SYSTEMS)
    assert scored.values("all singletons")["all pairs recall"] == 0.0
