"""`sayso review` and `sayso judge`: what people decide on claims, and on whether two claims tell of one happening."""

import getpass
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.find import NUMBER
from sayso.cli.json_output import print_json
from sayso.cli.store_option import json_option, opened, store_option

if TYPE_CHECKING:
    from sayso.desk.deeds import Deed
    from sayso.desk.reviewing import Person
    from sayso.store.ledger import Ledger


def login(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    """The name given, else that of the user logged in: for a `--by` that says who decides."""
    if value:
        return value
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise click.BadParameter("nobody is logged in: say who decides") from None


BY = click.option("--by", metavar="NAME", callback=login, help="Who decides.  [default: the user logged in]")


class _End(click.ParamType[int | str]):
    """The number of a claim, or the id of a document."""

    name = "claim or document"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | str:
        """A number, or an id as it stands."""
        if isinstance(value, str) and value.startswith("doc_"):
            return value
        number: int = NUMBER.convert(value, param, ctx)
        return number


_VERDICTS = ("accept", "reject", "amend", "split", "merge", "skip", "undo")
SEEN = click.option("--seen", metavar="ID", help="The last decision that you saw on it: refused where another came since.  [default: the last one there is]")
KEY = click.option("--key", metavar="WORD", default="", help="A word of your own for this deed: the same again enters nothing twice.")


@click.command()
@click.argument("number", type=NUMBER)
@click.argument("verdict", type=click.Choice(_VERDICTS))
@click.option("--reason", metavar="WORDS", default="", help="Why: needed to reject or amend, and to override what another decided.")
@click.option("--set", "amendment", metavar="JSON", help='The fields that change, {"type": "PROTEST", "modality": "planned"}; for split, the new claim\'s.')
@click.option("--with", "other", type=NUMBER, metavar="NUMBER", help="For merge: the claim that is the same.")
@click.option("--deed", metavar="WORD", help="For undo: the key of the deed; without it your last one on the claim.")
@SEEN
@KEY
@BY
@store_option
@json_option
def review(number: int, verdict: str, **options: Any) -> None:
    """Enter a verdict on a claim, split it, merge it, leave it for later, or undo what was done. Nothing is overwritten: an undo is an entry too.

    A later verdict of the same person stands in place of the earlier. `undo --deed` of an undo brings back what it took.
    """
    from sayso.desk.reviewing import Person, claim_of, decide
    from sayso.export.wording import visible
    from sayso.model.words import Verdict

    _check_options(verdict, options)
    person = Person(options["by"], options["reason"], key=options["key"])
    with opened(options["store"]) as ledger:
        seen = options["seen"] or ledger.last_decision(claim_of(ledger, number).id)
        if verdict in ("accept", "reject", "amend"):
            done = decide(ledger, number, (Verdict(verdict), options["amendment"]), person, seen)
            made: dict[str, Any] = {"review": done.review}
            head, key, told = done.head, done.review.key, verdict
        else:
            deed = _deed(ledger, number, verdict, (person, seen, options))
            made, head, key = {"deed": deed}, deed.head, deed.key
            told = f"split into {number} and {deed.claim}" if deed.claim else f"merged with {options['other']}" if options["other"] else verdict
    if options["as_json"]:
        print_json({**made, "head": head})
        return
    click.echo(visible(f"Claim {number}: {told} by {person.name}."))
    click.echo(visible(f"Key of the deed: {key}"))
    click.echo(f"Head of the ledger: {head.seq} {head.hash}")


def _check_options(verdict: str, options: dict[str, Any]) -> None:
    """Nothing, where the options belong to the verdict."""
    if (verdict in ("amend", "split")) != bool(options["amendment"]):
        raise click.UsageError(f"`{verdict}` needs --set with the fields that change" if verdict in ("amend", "split") else "--set is for `amend` and `split`")
    if (verdict == "merge") != (options["other"] is not None):
        raise click.UsageError("`merge` needs --with and the number of the other claim" if verdict == "merge" else "--with is for `merge`")
    if options["deed"] and verdict != "undo":
        raise click.UsageError("--deed is for `undo`")


def _deed(ledger: "Ledger", number: int, verdict: str, how: "tuple[Person, str | None, dict[str, Any]]") -> "Deed":
    """The deed that is more than a verdict."""
    from sayso.desk import deeds
    from sayso.desk.reviewing import claim_of

    person, seen, options = how
    if verdict == "split":
        return deeds.split(ledger, number, deeds.Split(_fields(options["amendment"])), person, seen)
    if verdict == "merge":
        other = ledger.last_decision(claim_of(ledger, options["other"]).id)
        return deeds.merge(ledger, (number, options["other"]), person, (seen, other))
    if verdict == "skip":
        return deeds.skip(ledger, number, person)
    return deeds.undo(ledger, options["deed"], person) if options["deed"] else deeds.undo_last(ledger, number, person, seen)


def _fields(told: str) -> dict[str, Any]:
    """The fields of a JSON object; BadParameter where it is none."""
    import json

    try:
        fields = json.loads(told)
    except (ValueError, RecursionError) as wrong:
        raise click.BadParameter(f"{told!r} is no JSON: {wrong}", param_hint="--set") from None
    if not isinstance(fields, dict):
        raise click.BadParameter(f"{told!r} is no object with fields", param_hint="--set")
    return fields


@click.command()
@click.argument("first", type=_End())
@click.argument("second", type=_End())
@click.argument("judgement", type=click.Choice(("same", "different", "unsure")))
@click.option("--reason", metavar="WORDS", default="", help="Why.")
@BY
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
