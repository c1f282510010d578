"""`sayso gazetteer`: the table of places that reports are located with."""

from pathlib import Path

import click


@click.group()
def gazetteer() -> None:
    """The table of places: built once on this machine, from data that came with sayso; and places of your own."""


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


@gazetteer.command(name="import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def import_places(path: Path) -> None:
    """Add places of your own beside the built table: a GeoNames dump, or an admin folder of Who's On First, also zipped.

    They stay when the table is built anew, until you delete their file in the cache folder.
    """
    from sayso.cli.place_table import ensure_place_table, shown_on_bar
    from sayso.gazetteers.places_cache import imported_path
    from sayso.gazetteers.places_import import import_places as added_from

    ensure_place_table()
    with shown_on_bar() as progress:
        result = added_from(path, progress)
    click.echo(f"{result.added:,} new places from {path.name}, {result.skipped:,} lines or files passed over: {imported_path()}")
    for reason in result.reasons:
        click.echo(f"  {reason}")
