"""`sayso actors`: why a name is taken for an actor, and further actors from a file."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sayso.gazetteers.actors import ActorList
    from sayso.model import ActorTarget, Candidate
    from sayso.resolve.actors import ResolvedActor

_NOT_FOUND = 1
_MOST_ALIASES = 12


@click.group()
def actors() -> None:
    """The list of actors: explain a match, or add actors of your own."""


def _check_countries(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    codes = tuple(value.upper() for value in values)
    for code in codes:
        if len(code) != len("XX") or not code.isalpha():
            raise click.BadParameter(f"{code!r} is no ISO 3166 alpha-2 code, as SD")
    return codes


@actors.command()
@click.argument("name")
@click.option("--country", "countries", multiple=True, metavar="XX", callback=_check_countries, help="A country that the report is about; may be given again.")
@click.option("--source-side", metavar="NAME", help='The side that the source speaks for: "the army" is then that side\'s.')
@click.option("--source-country", "source_countries", multiple=True, metavar="XX", callback=_check_countries, help="The source's country.")
@click.option("--voice", metavar="NAME", help='Whose words they are: "our forces" are the speaker\'s.')
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def find(name: str, **options: Any) -> None:
    """Explain who NAME is taken for in a report: the answer with its reason, and every candidate.

    The exit code is 1 where no actor is sure enough.
    """
    from sayso.gazetteers.actors import ActorContext, actor_list
    from sayso.resolve.actors import resolve_actor

    home = next(iter(options["source_countries"]), None)
    context = ActorContext(options["countries"], source_country=home, source_side=options["source_side"], voice=options["voice"])
    listed = actor_list()
    found = resolve_actor(name, context, listed)
    candidates = found.candidates or listed.lookup(name, context)
    if options["as_json"]:
        click.echo(json.dumps(_view(name, found, candidates, listed), ensure_ascii=False, indent=1))
    else:
        _print(name, found, candidates, listed)
    if found.target is None:
        raise SystemExit(_NOT_FOUND)


@actors.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--form", type=click.Choice(("ucdp", "ftm", "csv")), help="The form of FILE.  [default: told by its first line]")
@click.option("--replace", is_flag=True, help="Forget what was imported before.")
@click.option("--dry-run", is_flag=True, help="Say what would be added, and add nothing.")
def import_actors(file: Path, form: str | None, replace: bool, dry_run: bool) -> None:
    """Add the actors of FILE to your own list, which later readings use beside the one that came with sayso.

    FILE is the UCDP Actor Dataset (CSV), FollowTheMoney entities (JSON lines), or a CSV with the columns of docs/actors.md.
    """
    from sayso.gazetteers.actor_data import load_actor_data
    from sayso.gazetteers.actor_import import read_actor_file
    from sayso.gazetteers.actor_own import join, merged, read_own_list, write_own_list
    from sayso.gazetteers.actors import ActorList
    from sayso.model.words import ActorKind

    shipped = ActorList(load_actor_data())

    def country_of(name: str) -> str | None:
        entry = next((one for one in shipped.lookup(name) if one.score >= _SURE), None) if name else None
        target: Any = entry.target if entry else None
        return target.country if target is not None and target.kind is ActorKind.STATE else None

    read = read_actor_file(file, country_of, form)
    joined = join(read.actors, shipped)
    spellings = sum(line.same_as is not None for line in joined.lines)
    new = len(joined.lines) - spellings
    told = f"{new:,} new, {spellings:,} known that get new spellings, {joined.known:,} known with nothing to add"
    click.echo(f"{len(read.actors):,} actors in {file.name} ({read.form}): {told}.")
    for note in read.passed_over:
        click.echo(f"  passed over: {note}")
    if dry_run:
        return
    before = () if replace else read_own_list()
    lines = merged(before, joined.lines)
    click.echo(f"Your list: {write_own_list(lines)} ({len(lines):,} {'line' if len(lines) == 1 else 'lines'})")


_SURE = 0.5


def _details(target: "ActorTarget", listed: "ActorList") -> dict[str, Any]:
    """What the list holds of an actor besides its name."""
    actor = listed.actor(target.id or "")
    if actor is None:
        return {}
    aliases = [f"{alias.text}?" if alias.weak else alias.text for alias in actor.aliases if alias.text != actor.name]
    parent = listed.target(actor.parent) if actor.parent else None
    coalitions = [found.name for one in actor.coalitions if (found := listed.target(one))]
    return {
        "aliases": aliases,
        "countries": list(actor.countries),
        "parent": parent.name if parent else None,
        "coalitions": coalitions,
        "valid_from": actor.valid_from,
        "valid_to": actor.valid_to,
    }


def _target_view(target: "ActorTarget | None", listed: "ActorList") -> dict[str, Any] | None:
    if target is None:
        return None
    return {"id": target.id, "name": target.name, "kind": target.kind.value, "country": target.country, **_details(target, listed)}


def _view(name: str, found: "ResolvedActor", candidates: "tuple[Candidate, ...]", listed: "ActorList") -> dict[str, Any]:
    from sayso.model import ActorTarget

    sure = [(one.target, one) for one in candidates if isinstance(one.target, ActorTarget)]
    told = [{"actor": _target_view(target, listed), "score": round(one.score, 3), "reason": one.reason} for target, one in sure]
    answer = {"actor": _target_view(found.target, listed), "score": round(found.score, 3), "method": found.method, "reason": found.reason}
    return {"name": name, **answer, "candidates": told}


def _print(name: str, found: "ResolvedActor", candidates: "tuple[Candidate, ...]", listed: "ActorList") -> None:
    from sayso.export.wording import actor_words
    from sayso.model import ActorTarget

    if found.target is None:
        _say(f"{name}: not resolved: {found.reason}")
    else:
        _say(f"{name}: {actor_words(found.target)} · {found.score:.2f}")
        _say(f"why: {found.reason} ({found.method})", 1)
        _print_details(found.target, listed)
    others = [(one.target, one) for one in candidates if one.target != found.target and isinstance(one.target, ActorTarget)]
    for target, one in others:
        _say(f"{'or' if found.target else 'may be'}: {actor_words(target)} · {one.score:.2f}", 1)
        _say(one.reason, 2)
    if found.target is None and others:
        _say("Tell a --country that the report is about, or the --source-side, to decide between them.", 1)


def _say(words: str, depth: int = 0) -> None:
    from sayso.export.wording import visible

    click.echo("  " * depth + visible(words))


def _print_details(target: "ActorTarget", listed: "ActorList") -> None:
    details = _details(target, listed)
    if not details:
        return
    aliases = details["aliases"]
    more = f" and {len(aliases) - _MOST_ALIASES} more" if len(aliases) > _MOST_ALIASES else ""
    rows = (
        ("id", target.id),
        ("names", "; ".join(aliases[:_MOST_ALIASES]) + more),
        ("also in", ", ".join(details["countries"])),
        ("part of", details["parent"]),
        ("allied in", ", ".join(details["coalitions"])),
        ("from", details["valid_from"]),
        ("until", details["valid_to"]),
    )
    for label, value in rows:
        if value:
            _say(f"{label}: {value}", 1)
    if any(alias.endswith("?") for alias in aliases[:_MOST_ALIASES]):
        _say("(a name marked ? counts only where the report is about the actor's country)", 1)
