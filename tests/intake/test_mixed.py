"""A small folder of all formats, some broken in known ways: every good report comes in, every broken one is listed, and nothing else is."""

import io
import random
from collections import Counter

import pytest
from bench.mixed_broken import BROKEN
from bench.mixed_folder import write_mixed
from bench.mixed_formats import FORMATS
from tests.intake.taking import check, taken_of

from sayso.intake.files import take_paths
from sayso.intake.settings import IntakeSettings
from sayso.model import Document

COUNT = 60
# Documents in one file, where not 1.
SEVERAL = {"box.mbox": 3, "lines.jsonl": 3, "list.json": 2, "lines.jsonl.gz": 3, "pack.zip": 3, "feed.rss": 3, "feed.atom": 2, "crawl.warc": 2,
           "crawl.warc.gz": 2, "table.csv": 3, "telegram.json": 3, "reliefweb.json": 2, "factiva.txt": 2, "factiva.rtf": 2, "nexis.txt": 2}  # fmt: skip


def test_a_folder_of_all_formats_comes_in_whole_and_each_broken_file_is_listed(tmp_path):
    broken = write_mixed(tmp_path, COUNT, seed=5)
    assert broken == write_mixed(tmp_path, COUNT, seed=5)
    taken = list(take_paths([str(tmp_path)], IntakeSettings(), io.BytesIO()))
    found = {(one.item.what.removeprefix(f"{tmp_path}/"), one.item.kind) for one in taken if not isinstance(one.item, Document)}
    assert found == {(one.name, one.kind) for one in broken}
    documents = [one for one in taken if isinstance(one.item, Document)]
    for one in documents:
        check(one)
        assert one.extraction.pieces
        assert "invented for tests" in one.item.text
    assert len({one.item.id for one in documents}) == len(documents) > COUNT
    again = [one.item.id for one in take_paths([str(tmp_path)], IntakeSettings(), io.BytesIO()) if isinstance(one.item, Document)]
    assert again == [one.item.id for one in documents]


@pytest.mark.parametrize(("name", "write"), FORMATS, ids=[name for name, _ in FORMATS])
def test_every_format_gives_all_its_reports(name, write):
    taken = taken_of(write(random.Random(2), 7), name)
    assert Counter(type(one.item).__name__ for one in taken) == {"Document": SEVERAL.get(name, len(taken) if name == "mail.eml" else 1)}


@pytest.mark.parametrize(("name", "part", "kind", "why", "write"), BROKEN, ids=[row[0] for row in BROKEN])
def test_every_way_of_being_broken_has_its_reason(name, part, kind, why, write):
    failures = [one.item for one in taken_of(write(random.Random(2), 7), name) if not isinstance(one.item, Document)]
    part = part or (f"!{name.removesuffix('.gz')}" if name.endswith(".gz") else "")
    assert [(one.what, one.kind) for one in failures] == [(name + part, kind)]
