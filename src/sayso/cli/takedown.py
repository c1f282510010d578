"""`sayso takedown`: a document's words out of the ledger, with a tombstone in their place."""

import click

from sayso.cli.store_option import echo_json, json_option, opened, store_option


@click.command()
@click.argument("document")
@click.option("--reason", required=True, metavar="WORDS", help="Why it is taken down: stays in the ledger.")
@click.option("--by", default="unnamed", show_default=True, metavar="NAME", help="Who takes it down: stays in the ledger.")
@store_option
@json_option
def takedown(document: str, reason: str, by: str, store: str, as_json: bool) -> None:
    """Take the words of DOCUMENT (its id, doc_…) out of the ledger for good: text, raw file, readings, claims, reviews and links of them, search.

    A tombstone says that it was there, who took it out and why; the chain still verifies, and the same report is not taken in again. Backups made before
    still hold the words.
    """
    from sayso.model import Tombstone
    from sayso.store.ledger import now

    if not reason.strip():
        raise click.BadParameter("a takedown needs a reason", param_hint="--reason")
    with opened(store, create=False) as ledger:
        tombstone = Tombstone(document.strip(), by, reason.strip(), now())
        head = ledger.take_down(tombstone)
    if as_json:
        echo_json({"document": tombstone.document, "tombstone": tombstone.id, "seq": head.seq, "head": head.hash})
    else:
        click.echo(f"{tombstone.document} is taken down. Head {head.hash}")
        click.echo("Backups made before still hold its words: make a new one (`sayso backup`), and delete those.")
