"""`sayso codebook`: codebooks shown, checked and begun."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.store_option import json_option

if TYPE_CHECKING:
    from rich.console import Console

    from sayso.codebooks.checking import Checked
    from sayso.codebooks.codebook import Codebook
    from sayso.codebooks.row_book import RowBook

_PROBLEMS = 1


@click.group()
def codebook() -> None:
    """Show, check and begin codebooks. A book of kind `acts` tells acts by words, one of kind `rows` codes incidents into rows."""


@codebook.command("list")
@json_option
def list_books(as_json: bool) -> None:
    """List the codebooks that come with sayso."""
    from sayso.codebooks.showing import built_in, summary

    books = [summary(name) for name in built_in()]
    if as_json:
        from sayso.cli.json_output import print_json

        print_json(books)
        return
    for book in books:
        click.echo(f"{book.name:10} {book.kind:5} version {book.version}  {book.types} types  {book.title}")


@codebook.command()
@click.argument("books", nargs=-1, required=True, metavar="BOOKS...")
@json_option
def check(books: tuple[str, ...], as_json: bool) -> None:
    """Say what is wrong with codebooks, each named by name or path: exit code 1 where something is."""
    from sayso.cli.place_table import ensure_place_table
    from sayso.codebooks.checking import check as check_book
    from sayso.errors import DataError

    ensure_place_table()
    try:
        checked = [check_book(name, _Acts(name)) for name in books]
    except DataError as wrong:  # there is no such book: what is wrong within one is told as its problem
        raise click.BadParameter(str(wrong), param_hint="BOOKS") from wrong
    if as_json:
        from sayso.cli.json_output import print_json

        print_json([{"file": one.path.name, "digest": one.book.digest if one.book else None, "problems": one.problems} for one in checked])
    else:
        _tell(checked)
    if any(one.problems for one in checked):
        raise SystemExit(_PROBLEMS)


def _tell(checked: "Iterable[Checked]") -> None:
    from sayso.codebooks.showing import summary
    from sayso.export.wording import many, visible

    for one in checked:
        for problem in one.problems:
            click.echo(visible(str(problem)), err=True)
        if one.book is not None and not one.problems:
            about = summary(one.path)
            counted = f"{many(about.types, 'type')}, {many(about.rules, 'rule' if about.kind == 'rows' else 'trigger')}, {many(about.examples, 'example')}"
            click.echo(visible(f"{one.path.name}: sound. {about.name} {about.version}: {counted}; {about.digest}"))


class _Acts:
    """Reads sentences with a book of acts: of each, the types of the acts told of as done, denied or otherwise."""

    def __init__(self, book: str) -> None:
        self._book = book

    def __call__(self, sentences: Iterable[str]) -> Iterator[frozenset[str]]:
        from sayso.model import Document, Reading
        from sayso.pipeline import ReadConfig, Reader

        documents = [Document(sentence, language="en", given_id=str(number)) for number, sentence in enumerate(sentences)]
        for result in Reader(ReadConfig(codebook=self._book, events=())).read(documents):
            yield frozenset(claim.act.type for claim in result.claims) if isinstance(result, Reading) else frozenset()


@codebook.command()
@click.argument("book", metavar="BOOK")
@click.option("--type", "type_name", metavar="NAME", help="Only this type.")
@json_option
def show(book: str, type_name: str | None, as_json: bool) -> None:
    """Show a codebook, named by name or path: its types with definitions and examples, its rules in order, what its types are in other books."""
    from sayso.codebooks.checking import load_book
    from sayso.codebooks.row_book import RowBook
    from sayso.codebooks.showing import plain_book
    from sayso.errors import DataError

    try:
        found = load_book(book)
        told = plain_book(found, type_name)
    except DataError as wrong:
        raise click.BadParameter(str(wrong), param_hint="BOOK") from wrong
    if as_json:
        from sayso.cli.json_output import print_json

        print_json(told)
        return
    from sayso.cli.ledger_table import console

    screen = console()
    screen.print(_headline(found), style="bold")
    _show_types(screen, told["types"])
    if isinstance(found, RowBook):
        _show_rules(screen, told["rules"])


def _headline(book: "Codebook | RowBook") -> str:
    return f"{book.title} ({book.name} {book.version}, {book.licence}; {book.digest})"


def _show_types(screen: "Console", types: list[dict[str, Any]]) -> None:
    for one in types:
        screen.print(f"\n{one['name']}" + (f"  ({one['of']})" if one.get("of") else ""), style="bold")
        screen.print(f"  {one['definition']}")
        for label, key in (("yes:", "examples_yes"), ("no: ", "examples_no")):
            for example in one[key]:
                screen.print(f"  {label} {example}")
        for other, codes in one["also"].items():
            screen.print(f"  in {other}: {', '.join(codes)}", style="dim")


def _show_rules(screen: "Console", rules: list[dict[str, Any]]) -> None:
    screen.print("\nRules, of which the first that holds decides:", style="bold")
    for number, one in enumerate(rules, 1):
        screen.print(f"{number:4} {one['name']}: {one['sub_event'] or 'no row'}, because {one['reason']}")
        screen.print(f"     as in: {one['examples'][0]}", style="dim")
        for example in one["counterexamples"][:1]:
            screen.print(f"     not as in: {example}", style="dim")


@codebook.command()
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--name", metavar="NAME", help="The book's name.  [default: of the file]")
@click.option("--from", "other", metavar="BOOK", help="Begin with the lines of another book, of either kind, by name or path.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def new(file: Path, name: str | None, other: str | None, force: bool) -> None:
    """Begin a codebook: FILE is a small one of rows, commented, that `sayso codebook check` finds sound; or another book under a new name."""
    from sayso.codebooks.starting import begun_from, starter
    from sayso.errors import DataError

    if file.suffix not in (".yaml", ".yml"):
        raise click.BadParameter(f"{str(file)!r} has to end in .yaml", param_hint="FILE")
    if file.exists() and not force:
        raise click.BadParameter(f"{str(file)!r} is there already: choose another name, or give --force to replace it", param_hint="FILE")
    from sayso.cli.output import open_output

    try:
        text = begun_from(other, name or file.stem) if other else starter(name or file.stem)
    except DataError as wrong:
        raise click.BadParameter(str(wrong), param_hint="--from") from wrong
    with open_output(str(file)) as stream:
        stream.write(text)
    click.echo(f"{file}: begun. Change it, then run: sayso codebook check {file}")
