"""Everything that is wrong with a codebook, said at once where the book can be read: file, line, what, and how to mend it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.codebooks.codebook import Codebook, book_path, load_codebook, read_book
from sayso.codebooks.coding import code_claim, facts_of
from sayso.codebooks.row_book import Condition, RowBook, Rule
from sayso.codebooks.rows import load_row_book
from sayso.errors import DataError

LARGEST = 5_000_000  # bytes of a codebook: the largest of ours has a seventh of that
Book = Codebook | RowBook
ReadActs = Callable[[Iterable[str]], Iterator[frozenset[str]]]  # of sentences, the types of the acts that are read in each

# Conditions that want one of their words or parties, and those that want none of them.
_WANTED = ("actor", "recipient", "words", "means", "trigger_words", "context", "company", "nearby", "victim_status", "mode")
_UNWANTED = ("not_actor", "not_recipient", "not_words", "not_means", "not_trigger_words", "not_context", "not_company", "not_nearby")
_FLAGS = ("harm", "killed", "home")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend."""

    file: str
    line: int | None  # None where it is of the whole file
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}" if self.line else f"{self.file}: {self.what}"


@dataclass(frozen=True, slots=True)
class Checked:
    """A book, where it can be read, and what is wrong with it."""

    path: Path
    book: Book | None
    problems: tuple[Problem, ...]


def load_book(name_or_path: str | Path) -> Book:
    """The codebook of either kind of that name or path; DataError with file, line and fix where it cannot be read."""
    path = book_path(name_or_path)
    size = path.stat().st_size
    if size > LARGEST:
        raise DataError(f"{path.name}: has {size:,} bytes, more than the {LARGEST:,} that a codebook may have: split it")
    kind, _ = read_book(path)
    return load_codebook(path) if kind == "acts" else load_row_book(path)


def check(name_or_path: str | Path, read_acts: ReadActs) -> Checked:
    """What is wrong with a book. One that cannot be read has one problem, the first; `read_acts` reads the example sentences of books of acts."""
    path = book_path(name_or_path)
    try:
        book = load_book(path)
    except DataError as wrong:
        return Checked(path, None, (_problem(path, wrong),))
    found = _of_rows(book) if isinstance(book, RowBook) else _of_acts(book, path, read_acts)
    return Checked(path, book, tuple(sorted(found, key=lambda one: (one.line or 0, one.what))))


def _problem(path: Path, wrong: DataError) -> Problem:
    """An error of reading as a problem: its message begins with file and line."""
    text = str(wrong).removeprefix(f"{path.name}:")
    line, _, rest = text.partition(":")
    return Problem(path.name, int(line), rest.strip()) if line.strip().isdecimal() else Problem(path.name, None, text.strip())


def _of_rows(book: RowBook) -> Iterator[Problem]:
    for number, rule in enumerate(book.rules):
        before = next((other for other in book.rules[:number] if covers(other.when, rule.when)), None)
        if before is not None:
            yield Problem(book.path, rule.line, f"the rule {rule.name!r} is never reached, because {before.name!r} holds wherever it does: move it up")
            continue
        yield from _examples(book, rule)


def _examples(book: RowBook, rule: Rule) -> Iterator[Problem]:
    """The examples of a rule that are coded by another one, or by none."""
    for example in rule.examples:
        found = code_claim(facts_of(example), book)
        if found.rule != rule.name:
            by = f"by the rule {found.rule!r}, as {found.sub_event or 'no row'}" if found.rule else f"by no rule: {found.reason}"
            yield Problem(book.path, example.line, f"the example {example.says!r} of the rule {rule.name!r} is coded {by}: correct the rule or the example")


def covers(first: Condition, second: Condition) -> bool:
    """Whether the first condition surely holds wherever the second does. False where it cannot be told."""
    if not second.type <= first.type or (first.sides and first.sides != second.sides):
        return False
    for name in _WANTED:
        asked, told = getattr(first, name), getattr(second, name)
        if asked and not (told and told <= asked):
            return False
    if any(not getattr(first, name) <= getattr(second, name) for name in _UNWANTED):
        return False
    return all(getattr(first, name) in (None, getattr(second, name)) for name in _FLAGS)


def _of_acts(book: Codebook, path: Path, read_acts: ReadActs) -> Iterator[Problem]:
    """The example sentences of a book of acts that are not read as it says."""
    asked = [(found.name, sentence, True) for found in book.types for sentence in found.examples_yes]
    asked += [(found.name, sentence, False) for found in book.types for sentence in found.examples_no]
    lines = path.read_text(encoding="utf-8").splitlines()
    for (name, sentence, wanted), acts in zip(asked, read_acts(_bare(sentence) for _, sentence, _ in asked), strict=True):
        if (name in acts) is not wanted:
            said = f"is not read as {name}" if wanted else f"is read as {name}, though it stands among those that are not"
            line = next((number for number, text in enumerate(lines, 1) if sentence in text), None)
            read = ", ".join(sorted(acts)) or "nothing"
            yield Problem(path.name, line, f"the example {sentence!r} {said} (read as {read}): correct a trigger or the example")


def _bare(sentence: str) -> str:
    """The sentence without the remark in brackets at its end, which says what it is instead: "… (AID)"."""
    return sentence[: sentence.rindex("(")].rstrip() if sentence.endswith(")") and "(" in sentence else sentence
