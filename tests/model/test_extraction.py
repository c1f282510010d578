"""Extraction: the way back from an offset of the text to a page or element of the raw bytes."""

import pytest

from sayso.model import Copy, Extraction, Piece, Tombstone
from sayso.model.words import CopyKind


def test_an_offset_finds_its_piece_or_none() -> None:
    extraction = Extraction("doc_a", "pdf", "pypdf 5", "application/pdf", pieces=(Piece(0, 10, "page 1"), Piece(12, 20, "page 2")))
    found = {offset: piece.name if (piece := extraction.piece_at(offset)) else None for offset in (0, 9, 10, 11, 12, 19, 20, 400)}
    assert found == {0: "page 1", 9: "page 1", 10: None, 11: None, 12: "page 2", 19: "page 2", 20: None, 400: None}


def test_pieces_do_not_overlap() -> None:
    with pytest.raises(ValueError, match="'page 2' begins at 9, before 'page 1' ends at 10"):
        Extraction("doc_a", "pdf", "pypdf 5", "application/pdf", pieces=(Piece(0, 10, "page 1"), Piece(9, 20, "page 2")))
    with pytest.raises(ValueError, match="must be non-empty"):
        Piece(4, 4, "page 1")


def test_a_document_is_no_copy_of_itself() -> None:
    with pytest.raises(ValueError, match="no copy of itself"):
        Copy("doc_a", "doc_a", CopyKind.EXACT, 1.0, "sayso copies 1")
    with pytest.raises(ValueError, match=r"outside 0\.\.1"):
        Copy("doc_a", "doc_b", CopyKind.EXACT, 1.5, "sayso copies 1")


def test_a_takedown_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        Tombstone("doc_a", "owner", "", "2024-05-04T10:00:00Z")
