"""Everything that is wrong with a codebook, said at once where the book can be read: file, line, what, and how to mend it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.codebooks.codebook import Codebook, book_path, load_codebook, read_book
from sayso.codebooks.coding import code_claim, facts_of
from sayso.codebooks.nodes import BookError
from sayso.codebooks.row_book import Condition, RowBook, Rule
from sayso.codebooks.rows import load_row_book
from sayso.errors import DataError

Book = Codebook | RowBook
ReadActs = Callable[[Iterable[str]], Iterator[frozenset[str]]]  # of sentences, the types of the acts that are read in each

# Conditions that want one of their words or parties, and those that want none of them.
_WANTED = ("actor", "recipient", "words", "means", "trigger_words", "context", "company", "nearby", "victim_status", "mode")
_UNWANTED = ("not_actor", "not_recipient", "not_words", "not_means", "not_trigger_words", "not_context", "not_company", "not_nearby")
_FLAGS = ("harm", "killed", "home")
_MAPPED = frozenset({"acled", "casualty"})  # of the books that types are mapped to by name, those that are ours


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
    kind, _ = read_book(path)
    return load_codebook(path) if kind == "acts" else load_row_book(path)


def check(name_or_path: str | Path, read_acts: ReadActs) -> Checked:
    """What is wrong with a book: of one that cannot be read, what keeps it from that; of others, rules, examples and mappings.

    `read_acts` reads the example sentences of books of acts.
    """
    path = book_path(name_or_path)
    try:
        book = load_book(path)
    except BookError as wrong:
        return Checked(path, None, tuple(_problem(path, one) for one in wrong.problems))
    except DataError as wrong:
        return Checked(path, None, (_problem(path, str(wrong)),))
    found = [*(_of_rows(book) if isinstance(book, RowBook) else _of_acts(book, path, read_acts)), *_mappings(book, path)]
    return Checked(path, book, tuple(sorted(found, key=lambda one: (one.line or 0, one.what))))


def _problem(path: Path, text: str) -> Problem:
    """An error of reading as a problem: its message begins with file and line, of this file or of one that it is like."""
    file, _, rest = text.partition(":")
    if not file.endswith((".yaml", ".yml")):
        return Problem(path.name, None, text)
    line, _, what = rest.partition(":")
    return Problem(file, int(line), what.strip()) if line.strip().isdecimal() else Problem(file, None, rest.strip())


def _of_rows(book: RowBook) -> Iterator[Problem]:
    """Rules that are never reached, types that only such rules give, and examples that are not coded as they say."""
    given: set[str | None] = set()
    for number, rule in enumerate(book.rules):
        before = next((other for other in book.rules[:number] if covers(other.when, rule.when)), None)
        if before is not None:
            yield Problem(book.path, rule.line, f"the rule {rule.name!r} is never reached, because {before.name!r} holds wherever it does: move it up")
            continue
        given.add(rule.sub_event)
        yield from _examples(book, rule)
    given |= {one.mutual for one in book.types if one.name in given}
    for one in book.types:
        if one.name not in given:
            yield Problem(book.path, one.line, f"the type {one.name!r} is out of reach: the rules that give it are never reached")


def _examples(book: RowBook, rule: Rule) -> Iterator[Problem]:
    """The examples of a rule that are coded by another one or by none, and the counterexamples that it codes itself."""
    for example in rule.counterexamples:
        if code_claim(facts_of(example), book).rule == rule.name:
            yield Problem(book.path, example.line, f"the counterexample {example.says!r} is coded by the rule {rule.name!r}: correct the rule or the example")
    for example in rule.examples:
        found = code_claim(facts_of(example), book)
        if found.rule != rule.name:
            by = f"by the rule {found.rule!r}, as {found.sub_event or 'no row'}" if found.rule else f"by no rule: {found.reason}"
            yield Problem(book.path, example.line, f"the example {example.says!r} of the rule {rule.name!r} is coded {by}: correct the rule or the example")


def _mappings(book: Book, path: Path) -> Iterator[Problem]:
    """Types that a book says it has in another one of ours, and that are not there."""
    lines: list[str] = []
    for one in book.types:
        for other in _MAPPED & one.also.keys():
            known = {found.name for found in load_row_book(other).types} if other != book.name else {found.name for found in book.types}
            for code in one.also[other]:
                if code not in known:
                    lines = lines or path.read_text(encoding="utf-8-sig").splitlines()
                    line = next((number for number, text in enumerate(lines, 1) if code in text and number >= getattr(one, "line", 0)), None)
                    what = f"{one.name} is said to be {code!r} in {other}, which has no such type: sayso codebook show {other} lists them"
                    yield Problem(path.name, line, what)


def covers(first: Condition, second: Condition) -> bool:
    """Whether the first condition surely holds wherever the second does. False where it cannot be told."""
    if not second.type <= first.type or any(asked and asked != told for asked, told in ((first.sides, second.sides), (first.between, second.between))):
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
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    for (name, sentence, wanted), acts in zip(asked, read_acts(_bare(sentence) for _, sentence, _ in asked), strict=True):
        if (name in acts) is not wanted:
            said = f"is not read as {name}" if wanted else f"is read as {name}, though it stands among those that are not"
            line = next((number for number, text in enumerate(lines, 1) if sentence in text), None)
            read = ", ".join(sorted(acts)) or "nothing"
            yield Problem(path.name, line, f"the example {sentence!r} {said} (read as {read}): correct a trigger or the example")


def _bare(sentence: str) -> str:
    """The sentence without the remark in brackets at its end, which says what it is instead: "… (AID)"."""
    return sentence[: sentence.rindex("(")].rstrip() if sentence.endswith(")") and "(" in sentence else sentence
