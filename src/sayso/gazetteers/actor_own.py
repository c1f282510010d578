"""The user's own list of actors: one CSV in the user's data directory, joined with the shipped list whenever that is loaded."""

import csv
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import DataError
from sayso.gazetteers.actor_data import Actor, ActorData, Alias
from sayso.gazetteers.actor_import import COLUMNS, csv_rows, own_actor

if TYPE_CHECKING:
    from sayso.gazetteers.actors import ActorList

_COLUMNS = (*COLUMNS, "same_as")
_RULE = 0.9  # from this score a name that a rule makes ("Government of X") is known already


@dataclass(frozen=True, slots=True)
class OwnActor:
    """One line of the list: an actor of its own, or further spellings of the shipped actor `same_as`."""

    actor: Actor
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of imported actors: lines to keep, and how many were known with nothing to add."""

    lines: tuple[OwnActor, ...]
    known: int


def own_list_path() -> Path:
    """The file of the user's list: SAYSO_ACTORS, else `actors.csv` in the system's place for a user's data."""
    if given := os.environ.get("SAYSO_ACTORS"):
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "sayso" / "actors.csv"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "sayso" / "actors.csv"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "sayso" / "actors.csv"


def read_own_list(path: Path | None = None) -> tuple[OwnActor, ...]:
    """The lines of the list; none where there is no list."""
    path = path or own_list_path()
    if not path.is_file():
        return ()
    lines = []
    for number, row in csv_rows(path, {"name", "kind"}):
        try:
            lines.append(OwnActor(own_actor(row), row.get("same_as") or None))
        except ValueError as wrong:
            raise DataError(f"{path}:{number}: {wrong}") from wrong
    return tuple(lines)


def write_own_list(lines: Iterable[OwnActor], path: Path | None = None) -> Path:
    """The path of the list, which now holds these lines; it is whole or as it was before."""
    path = path or own_list_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(_COLUMNS)
            writer.writerows(_row(line) for line in lines)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return path


def join(imported: Sequence[Actor], shipped: "ActorList") -> Joined:
    """The imported actors as lines: those that the shipped list has under some name only add spellings; names that clash become weak."""
    lines, known = [], 0
    for actor in imported:
        if _by_rule(actor, shipped):
            known += 1
            continue
        same = _same(actor, shipped)
        fresh = tuple(_careful(alias, same, shipped) for alias in actor.aliases if not _has(shipped, alias.text, same))
        if same is not None and (not fresh or shipped.actor(same) is None):
            known += 1
            continue
        lines.append(OwnActor(replace(actor, aliases=fresh or actor.aliases), same))
    return Joined(tuple(lines), known)


def merged(old: Iterable[OwnActor], new: Iterable[OwnActor]) -> tuple[OwnActor, ...]:
    """Both lists as one: a new line replaces the old one of the same id."""
    return tuple({line.actor.id: line for line in (*old, *new)}.values())


def with_own_list(data: ActorData, path: Path | None = None) -> ActorData:
    """The shipped data with the user's list joined to it; the data as it is where there is no list."""
    lines = read_own_list(path)
    if not lines:
        return data
    actors = {actor.id: actor for actor in data.actors}
    codes = {state.code for state in data.states}
    taken = codes | {community.id for community in data.communities}
    ids = actors.keys() | taken | {line.actor.id for line in lines}
    for line in lines:
        actor = line.actor
        if line.same_as in actors:
            shipped = actors[line.same_as]
            actors[shipped.id] = replace(shipped, aliases=tuple(dict.fromkeys((*shipped.aliases, *actor.aliases))))
        elif actor.id in taken:
            raise DataError(f"{path or own_list_path()}: the id {actor.id!r} is a state's or a community's: give the actor another")
        else:
            actors[actor.id] = replace(
                actor,
                country=actor.country if actor.country in codes else None,
                countries=tuple(code for code in actor.countries if code in codes),
                parent=actor.parent if actor.parent in ids else None,
                coalitions=tuple(name for name in actor.coalitions if name in ids),
            )
    return replace(data, actors=tuple(actors.values()))


def _by_rule(actor: Actor, shipped: "ActorList") -> bool:
    """Whether a rule makes the name: "Government of X" needs no line."""
    if shipped.listed(actor.name):
        return False
    found = shipped.lookup(actor.name)
    return bool(found) and found[0].score >= _RULE


def _same(actor: Actor, shipped: "ActorList") -> str | None:
    """The one listed actor or community that has a name of this one and acts in a country of it; None where there is none, or several."""
    here = {actor.country, *actor.countries} - {None}
    found = set()
    for alias in (Alias(actor.name), *actor.aliases):
        for entry in shipped.listed(alias.text):
            there = {entry.country, *entry.countries} - {None}
            named = shipped.actor(entry.actor) is not None or shipped.community(entry.actor) is not None
            if named and (not here or not there or here & there):
                found.add(entry.actor)
    return found.pop() if len(found) == 1 else None


def _has(shipped: "ActorList", text: str, actor: str | None) -> bool:
    return any(entry.actor == actor for entry in shipped.listed(text))


def _careful(alias: Alias, same: str | None, shipped: "ActorList") -> Alias:
    """The alias, weak where it is another actor's name already."""
    clash = any(entry.actor != same for entry in shipped.listed(alias.text))
    return replace(alias, weak=True) if clash else alias


def _row(line: OwnActor) -> tuple[str, ...]:
    actor = line.actor
    aliases = "|".join(f"?{alias.text}" if alias.weak else alias.text for alias in actor.aliases)
    return (
        actor.id, actor.name, actor.kind.value, actor.country or "", aliases, "|".join(actor.countries), actor.parent or "", "|".join(actor.coalitions),
        actor.valid_from or "", actor.valid_to or "", line.same_as or "",
    )  # fmt: skip
