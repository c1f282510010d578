"""Members of archives are taken as files of a folder are; bombs, traversal and locked members are refused by name, and lose no other."""

import gzip
import io
import json
import stat
import struct
import zipfile

import pytest
from tests.intake.taking import REPORT, SECOND, failure, only, taken_of

from sayso.intake.settings import Caps, IntakeSettings
from sayso.model import Document, Failure


def packed(members, comment=b""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, raw in members.items():
            made.writestr(name, raw)
        made.comment = comment
    return out.getvalue()


def test_members_of_known_formats_are_taken_in_order():
    line = json.dumps({"id": "x", "text": SECOND}).encode()
    members = {"b/one.txt": REPORT, "a.jsonl": line + b"\n{\n", "picture.png": "x", ".hidden.txt": REPORT, "__MACOSX/._one.txt": "x", "README.md": "About."}
    taken = taken_of(packed(members, b"a comment"), "p.zip")
    assert [getattr(one.item, "given_id", None) for one in taken] == ["p.zip!b/one.txt", "x", None]
    assert (taken[0].raw, taken[1].raw) == (REPORT.encode(), line)
    assert taken[2].item.what == "p.zip!a.jsonl:2"


def test_a_member_without_an_ending_is_taken_if_it_shows_what_it_is():
    page = f"<!DOCTYPE html><html><body><article><p>{REPORT}</p><p>{SECOND}</p></article></body></html>"
    assert only(packed({"page": page, "other": "words"}), "p.zip").extraction.extractor == "html"


@pytest.mark.parametrize("name", ["../out.txt", "a/../../out.txt", "/etc/out.txt", "..\\out.txt", "C:out.txt", "a\nb.txt"])
def test_names_that_lead_out_are_refused_and_the_rest_is_read(name):
    bad, good = taken_of(packed({name: REPORT, "good.txt": SECOND}), "p.zip")
    assert (bad.item.kind, bad.item.what) == ("Refused", f"p.zip!{name}")
    assert good.item.text == SECOND


def locked(raw):
    raw = bytearray(raw)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.index(mark) + offset
        struct.pack_into("<H", raw, at, struct.unpack_from("<H", raw, at)[0] | 1)
    return bytes(raw)


def linked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(info, "/etc/passwd")
    return out.getvalue()


def spoiled(raw):
    return raw[:60] + bytes([raw[60] ^ 0x55]) + raw[61:]


def overlapping():
    """An archive whose directory names one packed member many times."""
    raw = packed({"a.txt": b"a" * 900_000})
    at, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    entry = raw[at:end]
    tail = bytearray(raw[end:])
    struct.pack_into("<2HL", tail, 8, 60_000, 60_000, len(entry) * 60_000)
    return raw[:at] + entry * 60_000 + bytes(tail)


@pytest.mark.parametrize(
    ("raw", "kind", "words"),
    [
        (locked(packed({"a.txt": REPORT})), "Refused", "encrypted"),
        (linked(), "Refused", "a link"),
        (packed({"a.txt": bytes(30_000_000)}), "Refused", "bomb"),
        (packed({"a.jsonl": b"a" * 30_000_000}), "Refused", "bomb"),
        (packed({"a.txt": REPORT})[:-40], "InputError", "cut"),
        (spoiled(packed({"a.txt": REPORT})), "InputError", "a.txt"),
        (packed({"a.png": "x"}), "InputError", "holds no file"),
        (packed({}), "InputError", "holds no file"),
        (overlapping(), "Refused", "members"),
        (gzip.compress(bytes(30_000_000)), "Refused", "bomb"),
        (gzip.compress(REPORT.encode())[:40], "InputError", "cut"),
        (b"\x1f\x8b" + b"x" * 40, "InputError", "unpacked"),
    ],
)
def test_reasons(raw, kind, words):
    name = "p.zip" if raw[:2] == b"PK" else "p.txt.gz"
    found = failure(raw, name)
    assert found.kind == kind
    assert words in found.reason + found.what


def test_caps_on_bytes_and_members():
    raw = packed({f"{number}.txt": f"{REPORT} {number}" for number in range(5)})
    assert failure(raw, "p.zip", IntakeSettings(caps=Caps(members=4))).kind == "Refused"
    items = [taken.item for taken in taken_of(raw, "p.zip", IntakeSettings(caps=Caps(unpacked=250)))]
    assert isinstance(items[0], Document)
    assert isinstance(items[-1], Failure)
    assert "further members were not read" in items[-1].reason
    assert len(items) < 6


def test_a_member_above_the_limit_is_one_failure():
    items = [taken.item for taken in taken_of(packed({"a.txt": REPORT * 30, "b.txt": SECOND}), "p.zip", IntakeSettings(limit=1_000))]
    assert [getattr(item, "kind", "read") for item in items] == ["TooLarge", "read"]


def test_archives_in_archives_end_at_the_cap():
    inner = packed({"a.txt": REPORT})
    assert only(packed({"i.zip": inner}), "p.zip").item.given_id == "p.zip!i.zip!a.txt"
    found = failure(packed({"m.zip": packed({"i.zip": inner})}), "p.zip")
    assert (found.kind, found.what) == ("Refused", "p.zip!m.zip!i.zip")


def test_gzip_of_lines_is_read_as_it_comes():
    line = json.dumps({"id": "x", "text": REPORT}).encode()
    taken = taken_of(gzip.compress(line + b"\n") + gzip.compress(line.replace(b"x", b"y", 1) + b"\n"), "a.jsonl.gz")
    assert [one.item.given_id for one in taken] == ["x", "y"]
    assert taken[0].raw == line


def test_a_quine_ends():
    raw = packed({"a.zip": packed({"b.zip": packed({"c.zip": b"PK\x05\x06" + bytes(18)})})})
    assert failure(raw, "p.zip").kind == "Refused"
