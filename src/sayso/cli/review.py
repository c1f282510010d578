"""`sayso review` and `sayso judge`: people's verdicts on claims, and on whether two claims tell of one happening."""

import getpass
from typing import Any

import click

from sayso.cli.find import NUMBER
from sayso.cli.json_output import print_json
from sayso.cli.store_option import json_option, opened, store_option


def login(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    """The name given, else that of the user logged in: for a `--by` that says who decides."""
    if value:
        return value
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise click.BadParameter("nobody is logged in: say who decides") from None


_BY = click.option("--by", metavar="NAME", callback=login, help="Who decides.  [default: the user logged in]")


class _End(click.ParamType[int | str]):
    """The number of a claim, or the id of a document."""

    name = "claim or document"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | str:
        """A number, or an id as it stands."""
        if isinstance(value, str) and value.startswith("doc_"):
            return value
        number: int = NUMBER.convert(value, param, ctx)
        return number


@click.command()
@click.argument("number", type=NUMBER)
@click.argument("verdict", type=click.Choice(("accept", "reject", "amend")))
@click.option("--reason", metavar="WORDS", default="", help="Why: needed to reject or amend.")
@click.option("--set", "amendment", metavar="JSON", help='For amend: the fields that change, {"type": "PROTEST", "modality": "planned"}.')
@_BY
@store_option
@json_option
def review(number: int, verdict: str, **options: Any) -> None:
    """Enter a verdict on a claim. Nothing is overwritten: a later verdict of the same person stands in place of the earlier."""
    from sayso.desk.reviewing import Person
    from sayso.desk.reviewing import review as enter
    from sayso.export.wording import visible
    from sayso.model.words import Verdict

    amendment = options["amendment"]
    if (verdict == "amend") != bool(amendment):
        raise click.UsageError("`amend` needs --set with the fields that change" if verdict == "amend" else "--set is for `amend`")
    with opened(options["store"]) as ledger:
        made, head = enter(ledger, number, Verdict(verdict), Person(options["by"], options["reason"]), amendment)
    if options["as_json"]:
        print_json({"review": made, "head": head})
        return
    click.echo(visible(f"Claim {number}: {verdict} by {made.reviewer}."))
    click.echo(f"Head of the ledger: {head.seq} {head.hash}")


@click.command()
@click.argument("first", type=_End())
@click.argument("second", type=_End())
@click.argument("judgement", type=click.Choice(("same", "different", "unsure")))
@click.option("--reason", metavar="WORDS", default="", help="Why.")
@_BY
@store_option
@json_option
def judge(first: int | str, second: int | str, judgement: str, **options: Any) -> None:
    """Say whether two claims (their numbers) tell of one happening, or whether two documents (their ids, doc_…) are one report, reprinted.

    `sayso link` keeps to what is said of claims. Documents judged different count as voices of their own from now on, those judged the same as one.
    `unsure` takes it back.
    """
    from sayso.desk.reviewing import Person, judge_documents
    from sayso.desk.reviewing import judge as enter
    from sayso.export.wording import visible
    from sayso.model.words import Judgement

    person = Person(options["by"], options["reason"])
    with opened(options["store"]) as ledger:
        if isinstance(first, int) and isinstance(second, int):
            made, head = enter(ledger, (first, second), Judgement(judgement), person)
            told = f"Claims {first} and {second}: {judgement}, by {made.by}. `sayso link` folds the incidents anew."
        elif isinstance(first, str) and isinstance(second, str):
            made, head = judge_documents(ledger, (first, second), Judgement(judgement), person)
            told = f"Documents {first} and {second}: {judgement}, by {made.by}."
        else:
            raise click.UsageError(f"{first} and {second} are a claim and a document: name two claims or two documents")
    if options["as_json"]:
        print_json({"link": made, "head": head})
        return
    click.echo(visible(told))
    click.echo(f"Head of the ledger: {head.seq} {head.hash}")
