"""Codebooks are read strictly: what is wrong is said with file, line and the next step."""

from pathlib import Path

import pytest

from sayso.codebooks.codebook import Codebook, load_codebook, read_book
from sayso.codebooks.nodes import Entry
from sayso.codebooks.triggers import Slot, Trigger, parse_trigger
from sayso.errors import DataError

BOOK = """\
name: small
title: A small book
version: "1"
licence: CC BY 4.0
kind: acts
classes:
  boats: [ship, "fishing boat"]
  vessels: ["@boats", raft]
types:
  SINK:
    quad: 4
    recipient_required: false
    definition: A vessel is sent down.
    examples: {yes: ["The frigate sank a raft."], no: ["The price sank."]}
    verbs:
      - sink >@vessels
    nouns:
      - sinking [of=recipient]
    modes:
      mine:
        definition: By a mine.
        words: [mine, "sea mine"]
  PRAISE:
    quad: 1
    recipient_required: false
    definition: Good words are said.
    examples: {yes: ["The mayor praised the crew."], no: ["The crew slept."]}
    verbs:
      - praise
precedence: [SINK, PRAISE]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def load(folder: Path, text: str) -> Codebook:
    return load_codebook(write(folder, text))


def trigger(text: str, pos: str = "verb") -> Trigger:
    classes = {"boats": frozenset({"ship", "fishing boat"})}
    return parse_trigger(Entry(text, 7), Slot(Path("book.yaml"), "SINK", None, pos), classes)  # type: ignore[arg-type]


def test_a_verb_entry_has_its_head_first_and_its_constraints_opened() -> None:
    found = trigger("blow up !>photo,state_of_mind >@boats <crew +mine -film,novel [at=recipient] [object=none] ?")
    assert (found.head, found.rest) == ("blow", ("up",))
    assert found.objects == {"ship", "fishing boat"}
    assert found.not_objects == {"photo", "state of mind"}
    assert (found.subjects, found.company, found.not_company) == ({"crew"}, {"mine"}, {"film", "novel"})
    assert (found.role_of("at"), found.role_of("object"), found.role_of("by")) == ("recipient", "none", None)
    assert found.weak
    assert found.source.startswith("blow up !>photo")


def test_a_noun_entry_has_its_head_last() -> None:
    found = trigger("car bomb attack", "noun")
    assert (found.head, found.rest) == ("attack", ("car", "bomb"))


def test_the_entry_that_fixes_more_is_the_more_specific() -> None:
    assert trigger("shoot down").specificity > trigger("shoot >ship").specificity > trigger("shoot !>film").specificity > trigger("shoot ?").specificity


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("sink >@rafts", "the class '@rafts' is unknown"),
        ("sink >ship >boat", "'>' is there twice"),
        ("sink >ship deep", "after a constraint"),
        ("Sink", "no lemma"),
        ("sink >Ship", "no lemma"),
        ("sink >", "no lemma"),
        (">ship", "no head word"),
        ("sink [of recipient]", "is no role"),
        ("sink [of=victim]", "'victim' is no role"),
        ("sink [beneath=actor]", "'beneath' is no slot"),
        ("sink [of=actor] [of=none]", "'of' is there twice"),
        ("sink ? ?", "'?' is there twice"),
    ],
)
def test_a_malformed_entry_is_named_with_its_line(entry: str, says: str) -> None:
    with pytest.raises(DataError) as wrong:
        trigger(entry)
    assert "book.yaml:7:" in str(wrong.value)
    assert says in str(wrong.value)


def test_a_book_is_loaded_whole(tmp_path: Path) -> None:
    book = load(tmp_path, BOOK)
    assert (book.name, book.kind, book.version, book.precedence) == ("small", "acts", "1", ("SINK", "PRAISE"))
    assert book.classes["vessels"] == {"ship", "fishing boat", "raft"}
    assert [found.source for found in book.verbs["sink"]] == ["sink >@vessels"]
    assert book.nouns["sinking"][0].type == "SINK"
    mode = book.type("SINK").mode("mine")
    assert mode is not None
    assert mode.words == {"mine", "sea mine"}
    assert (book.rank("SINK"), book.rank("PRAISE")) == (0, 1)
    with pytest.raises(KeyError):
        book.type("FLOAT")


def test_the_digest_follows_the_content_and_not_the_layout(tmp_path: Path) -> None:
    first = load(tmp_path, BOOK).digest
    assert first.startswith("sha256:")
    assert load(tmp_path, "# a comment\n" + BOOK).digest == first
    assert load(tmp_path, BOOK.replace("- praise", "- praise\n      - laud")).digest != first


def test_a_book_is_read_again_only_when_its_file_changes(tmp_path: Path) -> None:
    path = write(tmp_path, BOOK)
    book = load_codebook(path)
    assert load_codebook(path) is book
    path.write_text(BOOK.replace("- praise", "- praise\n      - laud"), encoding="utf-8")
    assert "laud" in load_codebook(path).verbs


def test_a_file_named_without_a_folder_is_a_path_when_it_ends_in_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, BOOK)
    monkeypatch.chdir(tmp_path)
    assert load_codebook("small.yaml").name == "small"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("kind: acts", "kind: verbs", "small.yaml:5: kind is 'verbs'"),
        ("kind: acts", "kind: rows", "triggers are in books of kind 'acts'"),
        ("title: A small book", "title: ''", "small.yaml:2: title is missing or empty"),
        ("title: A small book", "titel: A small book", "title is missing"),
        ("precedence: [SINK, PRAISE]", "precedence: [SINK, PRAISE]\nnote: x", "note is not known here"),
        ("precedence: [SINK, PRAISE]", "precedence: [SINK]", "differ in 'PRAISE'"),
        ("precedence: [SINK, PRAISE]", "precedence: [SINK, PRAISE, FLOAT]", "differ in 'FLOAT'"),
        ("boats: [ship,", 'boats: ["@vessels", ship,', "hold each other"),
        ('["@boats", raft]', '["@barges", raft]', "'@barges' is unknown"),
        ('["@boats", raft]', "[]", "the class vessels is empty"),
        ("      - praise", "      - praise\n      - praise", "small.yaml:30: types.PRAISE.verbs holds 'praise' twice"),
        ("      - praise", "      - praise\n      - sink >@vessels", "says the same as line 16"),
        ("    verbs:\n      - praise\n", "", "no trigger reaches the type PRAISE"),
        ('        words: [mine, "sea mine"]', "        words: []", "nothing reaches the mode mine"),
        ("definition: Good words are said.", "definition: ''", "definition is missing or empty"),
        ('no: ["The crew slept."]', "no: []", "PRAISE has no examples of both sorts"),
        ("    quad: 1", "    quad: 5", "quad is 5"),
        ("    quad: 1", "    quad: one", "needs a whole number"),
        ("    recipient_required: false\n    definition: Good", "    recipient_required: maybe\n    definition: Good", "needs true or false"),
        ("    quad: 1", "    quad: 1\n    quad: 1", "quad is there twice"),
        ("      - praise", "      - [praise]", "holds something that is no string"),
        ("      - sink >@vessels", "      - @vessels", "small.yaml:16:"),
    ],
)
def test_what_is_wrong_in_a_book_is_said(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in BOOK
    with pytest.raises(DataError, match=r"small\.yaml") as wrong:
        load(tmp_path, BOOK.replace(old, new, 1))
    assert says in str(wrong.value)


def test_a_book_named_plover_holds_the_published_types_and_modes(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="'SINK' is not one of the 16"):
        load(tmp_path, BOOK.replace("name: small", "name: plover"))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"- a list", b"name: [open", b""])
def test_a_file_that_is_no_book_is_a_data_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "small.yaml"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"small\.yaml"):
        load_codebook(path)


def test_an_unknown_name_lists_the_books_there_are() -> None:
    with pytest.raises(DataError, match=r"no codebook 'plovr': use one of .*plover"):
        load_codebook("plovr")


def test_read_book_leaves_the_rest_of_the_table_to_the_loader_of_its_kind(tmp_path: Path) -> None:
    kind, table = read_book(write(tmp_path, "kind: rows\nrules: [one, two]\n"))
    assert (kind, table.strings("rules")) == ("rows", ("one", "two"))
    table.done()
