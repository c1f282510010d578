"""Bytes through the door, for the tests of takers."""

import io

from sayso.intake.formats import take
from sayso.intake.settings import IntakeSettings, What
from sayso.model import Document, sha256_bytes

SETTINGS = IntakeSettings()
REPORT = "The army said on Tuesday that nine people had been killed in the town, and that the road was closed."
SECOND = "Two witnesses told an aid group that the shelling had begun at dawn and went on until the evening of that day."


def taken_of(raw, name, settings=SETTINGS, **more):
    """All that the bytes give; what holds for every Taken is checked here."""
    found = list(take(io.BytesIO(raw), What(name, name, **more), settings))
    assert found
    for taken in found:
        if isinstance(taken.item, Document):
            check(taken)
        else:
            assert taken.item.reason
            assert taken.item.what.startswith(name)
    return found


def check(taken):
    document, extraction = taken.item, taken.extraction
    assert document.raw_sha256 == sha256_bytes(taken.raw) == extraction.raw_sha256
    assert extraction.document == document.id
    assert all(piece.end <= len(document.text) for piece in extraction.pieces)
    document.text.encode()
    assert "\0" not in document.text


def only(raw, name, settings=SETTINGS, **more):
    (taken,) = taken_of(raw, name, settings, **more)
    return taken


def failure(raw, name, settings=SETTINGS, **more):
    item = only(raw, name, settings, **more).item
    assert not isinstance(item, Document), item.text[:200]
    return item


def named(taken):
    """The words of each piece by its name."""
    return {piece.name: taken.item.text[piece.start : piece.end] for piece in taken.extraction.pieces}
