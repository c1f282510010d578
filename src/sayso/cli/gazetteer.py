"""`sayso gazetteer`: the table of places that reports are located with."""

import click


@click.group()
def gazetteer() -> None:
    """The table of places: built once on this machine, from data that came with sayso."""


@gazetteer.command()
@click.option("--rebuild", is_flag=True, help="Build it anew also where it is there.")
def build(rebuild: bool) -> None:
    """Build the table of places now. `sayso read` does it by itself at its first use. Nothing is fetched from the network."""
    from sayso.cli.place_table import ensure_place_table
    from sayso.gazetteers.places import PlaceTable

    path, built = ensure_place_table(rebuild)
    facts = PlaceTable(path).facts()
    click.echo(f"{'Built' if built else 'There already'}: {path}")
    click.echo(f"{int(facts['places']):,} places, {path.stat().st_size / 1e6:.0f} MB. {facts['credit']}.")
