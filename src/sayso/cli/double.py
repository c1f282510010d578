"""`sayso assign`, `assigned`, `code`, `adjudicate` and `agreement`: the same claims coded by several people, who do not see each other's codes."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.find import NUMBER
from sayso.cli.json_output import print_json
from sayso.cli.review import BY, KEY, SEEN
from sayso.cli.store_option import json_option, opened, store_option

if TYPE_CHECKING:
    from sayso.desk.adjudicating import Beside, FieldAgreement
    from sayso.desk.doubling import AssignmentState, Item

_VERDICTS = click.Choice(("accept", "reject", "amend"))
_REASON = click.option("--reason", metavar="WORDS", default="", help="Why: needed to reject or amend, and to override what another decided.")
_SET = click.option("--set", "amendment", metavar="JSON", help="For amend: the fields that change, as for `sayso review`.")


@click.command()
@click.argument("records", nargs=-1, required=True, metavar="RECORD…")
@click.option("--coder", "coders", multiple=True, metavar="NAME", help="Who codes them; again for the second, and more.")
@click.option("--adjudicator", metavar="NAME", help="Who decides where they differ.  [default: anybody who is none of them]")
@click.option("--name", default="", metavar="WORDS", help="What to call the assignment.")
@KEY
@BY
@store_option
@json_option
def assign(records: tuple[str, ...], coders: tuple[str, ...], **options: Any) -> None:
    """Give the claims of reports (doc_…), or single claims (their numbers or clm_…), to two or more coders.

    Until all have handed in, none of them sees what the others decide or how sure the reader is, and nobody else decides on these claims.
    """
    from sayso.desk.doubling import Assigning
    from sayso.desk.doubling import assign as enter
    from sayso.desk.reviewing import Person, claim_of
    from sayso.export.wording import visible

    with opened(options["store"]) as ledger:
        named = tuple(claim_of(ledger, int(one)).id if one.isascii() and one.isdigit() and len(one) < 19 else one for one in records)
        what = Assigning(named, coders, options["adjudicator"], options["name"])
        made = enter(ledger, what, Person(options["by"], key=options["key"]))
    if options["as_json"]:
        print_json({"id": made.id, "assignment": made})
        return
    click.echo(visible(f"{made.id}: {len(made.claims)} claims for {', '.join(made.coders)}."))


@click.command()
@click.argument("assignment", required=False)
@BY
@store_option
@json_option
def assigned(assignment: str | None, **options: Any) -> None:
    """List your assignments; or, of one, the claims that you code, with your own codes alone."""
    from sayso.desk.doubling import assignments, items
    from sayso.desk.reviewing import Person

    person = Person(options["by"])
    with opened(options["store"]) as ledger:
        if assignment is None:
            states = assignments(ledger, person)
            if options["as_json"]:
                print_json([_state(one) for one in states])
                return
            for one in states:
                _show_state(one)
            click.echo("" if states else "Nothing is assigned.", nl=not states)
            return
        mine = items(ledger, assignment, person)
    if options["as_json"]:
        print_json(mine)
        return
    for item in mine:
        _show_item(item)


@click.command()
@click.argument("assignment")
@click.argument("number", type=NUMBER, required=False)
@click.argument("verdict", type=click.Choice(("accept", "reject", "amend", "undo")), required=False)
@_REASON
@_SET
@click.option("--done", is_flag=True, help="Hand in: all is coded, and stays as it is.")
@click.option("--for", "coder", metavar="NAME", help="With --done and a reason: close it for a coder who will not code the rest.")
@SEEN
@KEY
@BY
@store_option
@json_option
def code(assignment: str, number: int | None, verdict: str | None, **options: Any) -> None:
    """Code a claim of an assignment, under seal: NUMBER VERDICT as for `sayso review`. With --done, hand in."""
    from sayso.desk import doubling
    from sayso.desk.reviewing import Person, claim_of
    from sayso.export.wording import visible
    from sayso.model.words import Verdict

    person = Person(options["by"], options["reason"], key=options["key"])
    if options["done"] == (number is not None) or (number is None) != (verdict is None):
        raise click.UsageError("give the number of a claim and a verdict, or --done")
    if (verdict == "amend") != bool(options["amendment"]):
        raise click.UsageError("`amend` needs --set with the fields that change, and --set is for `amend`")
    with opened(options["store"]) as ledger:
        if number is None or verdict is None:
            head = doubling.hand_in(ledger, assignment, person, options["coder"])
            told: dict[str, Any] = {"handed_in": options["coder"] or person.name}
            words = f"{assignment}: handed in for {told['handed_in']}."
        else:
            claim = claim_of(ledger, number)
            last = next((one.seen for one in doubling.items(ledger, assignment, person) if one.found.id == claim.id), None)
            seen, where = options["seen"] or last, (assignment, number)
            if verdict == "undo":
                done = doubling.uncode(ledger, where, person, seen)
            else:
                done = doubling.code(ledger, where, (Verdict(verdict), options["amendment"]), person, seen)
            head, told, words = done.head, {"id": done.coding.id, "coding": done.coding}, f"Claim {number}: {verdict}, under seal, by {person.name}."
    if options["as_json"]:
        print_json({**told, "head": head})
        return
    click.echo(visible(words))
    click.echo(f"Head of the ledger: {head.seq} {head.hash}")


@click.command()
@click.argument("assignment")
@click.argument("number", type=NUMBER, required=False)
@click.argument("verdict", type=_VERDICTS, required=False)
@_REASON
@_SET
@click.option("--agreed", is_flag=True, help="Enter what all coders agree on as final.")
@click.option("--all", "everything", is_flag=True, help="Show also the claims on which they agree.")
@SEEN
@KEY
@BY
@store_option
@json_option
def adjudicate(assignment: str, number: int | None, verdict: str | None, **options: Any) -> None:
    """Show where the coders of an assignment differ, beside what the reader read; or decide: NUMBER VERDICT as for `sayso review`, which is final."""
    from sayso.desk import adjudicating
    from sayso.desk.reviewing import Person, claim_of
    from sayso.export.wording import visible
    from sayso.model.words import Verdict

    person = Person(options["by"], options["reason"], key=options["key"])
    if (number is None) != (verdict is None) or (options["agreed"] and number is not None):
        raise click.UsageError("give the number of a claim and a verdict, or --agreed, or neither")
    if (verdict == "amend") != bool(options["amendment"]):
        raise click.UsageError("`amend` needs --set with the fields that change, and --set is for `amend`")
    with opened(options["store"]) as ledger:
        if number is not None and verdict is not None:
            seen = options["seen"] or ledger.last_decision(claim_of(ledger, number).id)
            done = adjudicating.settle(ledger, (assignment, number), (Verdict(verdict), options["amendment"]), person, seen)
            told: dict[str, Any] = {"review": done.review}
            head, words = done.head, f"Claim {number}: {verdict}, final, by {person.name}."
        elif options["agreed"]:
            deed = adjudicating.adopt_agreed(ledger, assignment, person)
            told, head, words = {"deed": deed}, deed.head, f"{len(deed.entries)} claims on which all agree are final, by {person.name}."
        else:
            found = adjudicating.side_by_side(ledger, assignment, person, options["everything"])
            if options["as_json"]:
                print_json(found)
            else:
                _show_beside(found)
            return
    if options["as_json"]:
        print_json({**told, "head": head})
        return
    click.echo(visible(words))
    click.echo(f"Head of the ledger: {head.seq} {head.hash}")


@click.command()
@click.argument("assignment")
@click.option("--csv", "path", metavar="FILE", type=click.Path(dir_okay=False, allow_dash=True), help="Write the table as CSV; - for standard output.")
@BY
@store_option
@json_option
def agreement(assignment: str, path: str | None, **options: Any) -> None:
    """Tell how far the coders of an assignment agree, field by field: percent, Cohen's κ, Krippendorff's α, F1 of spans."""
    from sayso.desk.adjudicating import agreement as agreed
    from sayso.desk.adjudicating import agreement_csv
    from sayso.desk.reviewing import Person

    with opened(options["store"]) as ledger:
        rows = agreed(ledger, assignment, Person(options["by"]))
    if options["as_json"]:
        print_json(rows)
    elif path == "-":
        click.echo(agreement_csv(rows), nl=False)
    elif path:
        Path(path).write_text(agreement_csv(rows), encoding="utf-8")
        click.echo(f"{len(rows)} fields in {path}.")
    else:
        _show_agreement(rows)


def _state(one: "AssignmentState") -> dict[str, Any]:
    return {"id": one.assignment.id, "assignment": one.assignment, "coded": dict(one.coded), "handed_in": sorted(one.handed_in), "open": one.open}


def _show_state(one: "AssignmentState") -> None:
    from sayso.export.wording import visible

    done = ", ".join(f"{coder} {count}" + (" handed in" if coder in one.handed_in else "") for coder, count in one.coded)
    click.echo(visible(f"{one.assignment.id}  {one.assignment.name or '-'}  {len(one.assignment.claims)} claims: {done}"))


def _show_item(item: "Item") -> None:
    from sayso.export.wording import visible

    found = item.found
    act = "/".join(filter(None, (found.type, found.mode)))
    click.echo(visible(f"{found.number:>6}  {item.mine.verdict if item.mine else '-':8}  {act}  {found.quote}"))


def _show_beside(found: "tuple[Beside, ...]") -> None:
    from rich.table import Table

    from sayso.cli.ledger_table import console

    if not found:
        click.echo("The coders differ in nothing: `--agreed` enters what they agree on.")
        return
    for one in found:
        coders = [coding.coder if coding else "-" for coding in one.codings]
        table = Table("field", "reader", *coders, "final", title=f"claim {one.number}{' (settled)' if one.settled else ''}", title_justify="left")
        for field in one.fields:
            if not field.agreed:
                table.add_row(field.name, *(_cell(value) for value in (field.engine, *field.coders, field.final)))
        console().print(table)


def _show_agreement(rows: "tuple[FieldAgreement, ...]") -> None:
    from rich.table import Table

    from sayso.cli.ledger_table import console

    table = Table("field", "level", "units", "percent", "κ", "α", "F1 exact", "F1 overlap")
    for row in rows:
        scores = (row.percent, row.kappa, row.alpha, row.f1_exact, row.f1_overlap)
        cells = ("" if one is None else "?" if one.value is None else f"{one.value:.3f}" for one in scores)
        table.add_row(row.field, row.level, str(row.percent.of), *cells)
    console().print(table)
    click.echo("? cannot be told; --csv says why.")


def _cell(value: object) -> str:
    from rich.markup import escape

    from sayso.export.wording import visible

    return "" if value is None else escape(visible(str(value)))
