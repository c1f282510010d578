"""The actor list as data: states, territories, communities, forces, groups and organisations, read strictly from `data/actors`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.errors import DataError
from sayso.languages.strict import StrictTable, read_toml
from sayso.model.words import ActorKind

FOLDER = Path(__file__).parent / "data" / "actors"
NOWHERE = "XX"  # the section of actors that speak for no one country
_STATES, _TERRITORIES, _COMMUNITIES = "states.toml", "territories.toml", "communities.toml"
ROLES = "roles.toml"
_OWN_FORM = frozenset((_STATES, _TERRITORIES, _COMMUNITIES, ROLES))
_WEAK, _STRONG = "?", "!"
_SHORT = 3  # letters: acronyms up to here stand for many things
_SPEAKERS = frozenset((ActorKind.MEDIA, ActorKind.NGO, ActorKind.INTERGOVERNMENTAL, ActorKind.GOVERNMENT))


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to write a name; a weak one is also an everyday word or somebody else's name: it counts only where the text supports it."""

    text: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of the list under its neutral name."""

    id: str
    name: str
    kind: ActorKind
    country: str | None  # ISO 3166 alpha-2
    aliases: tuple[Alias, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()  # people whose name stands for it: known by surname
    countries: tuple[str, ...] = ()  # where it acts besides its main country
    parent: str | None = None
    coalitions: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory: its names and what stands for its government."""

    code: str
    name: str
    country: str  # the code to report: the state's own, or for a territory the state that it is counted with
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    leaders_in_full: tuple[str, ...] = ()
    recognised: bool = True
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class Community:
    """An ethnic, religious or regional community."""

    id: str
    name: str
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorData:
    """Everything the files of one folder hold."""

    states: tuple[State, ...]
    actors: tuple[Actor, ...]
    communities: tuple[Community, ...]


@cache
def load_actor_data(folder: Path = FOLDER) -> ActorData:
    """The data of `folder`, checked: DataError names file, line and fix."""
    states = (*_states(folder / _STATES), *_states(folder / _TERRITORIES))
    communities = _communities(folder / _COMMUNITIES)
    actors: list[Actor] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name not in _OWN_FORM:
            actors.extend(_actors(path))
    data = ActorData(states, tuple(actors), communities)
    _check(data)
    return data


def _states(path: Path) -> tuple[State, ...]:
    top = read_toml(path)
    states = []
    for code in top.names():
        table = top.table(code)
        within = table.string("within", "") or code
        states.append(
            State(
                code,
                table.string("name"),
                within,
                table.strings("names"),
                table.strings("adjectives"),
                table.strings("people"),
                table.strings("capitals"),
                table.strings("seats"),
                table.strings("leaders"),
                table.strings("leaders_in_full"),
                recognised=within == code,
                valid_from=table.string("valid_from", "") or None,
                valid_to=table.string("valid_to", "") or None,
            )
        )
        table.done()
    return tuple(states)


def _communities(path: Path) -> tuple[Community, ...]:
    top = read_toml(path)
    communities = []
    for name in top.names():
        table = top.table(name)
        communities.append(Community(name, table.string("name"), *(table.strings(key) for key in ("adjectives", "people", "countries"))))
        table.done()
    return tuple(communities)


def _actors(path: Path) -> list[Actor]:
    top = read_toml(path)
    actors = []
    for country in top.names():
        kinds = top.table(country)
        for kind in kinds.names():
            if kind not in set(ActorKind):
                raise kinds.wrong(kind, f"is no kind of actor; kinds are {', '.join(ActorKind)}")
            section = kinds.table(kind)
            actors += [_actor(section, name, ActorKind(kind), None if country == NOWHERE else country) for name in section.names()]
    return actors


def _actor(section: StrictTable, name: str, kind: ActorKind, country: str | None) -> Actor:
    value = section.value(name)
    table = StrictTable(section.path, value if isinstance(value, dict) else {"names": value}, f"{section.where}{name}.")
    names = table.strings("names")
    if not names:
        raise section.wrong(name, "needs at least one name")
    actor = Actor(
        name,
        names[0].removeprefix(_WEAK).removeprefix(_STRONG),
        kind,
        country,
        tuple(_alias(text, country is not None and kind not in _SPEAKERS) for text in names),
        table.strings("adjectives"),
        table.strings("people"),
        table.strings("leaders"),
        table.strings("countries"),
        parent=table.string("parent", "") or None,
        coalitions=table.strings("coalitions"),
        valid_from=table.string("valid_from", "") or None,
        valid_to=table.string("valid_to", "") or None,
    )
    table.done()
    return actor


def _alias(text: str, local: bool) -> Alias:
    """The alias: weak where it is marked "?", or a short acronym of an actor of one country that is not marked "!"."""
    plain = text.removeprefix(_WEAK).removeprefix(_STRONG)
    short = len(plain) <= _SHORT and plain.isupper()
    return Alias(plain, text.startswith(_WEAK) or (local and short and not text.startswith(_STRONG)))


def _check(data: ActorData) -> None:
    ids = [*(state.code for state in data.states), *(actor.id for actor in data.actors), *(community.id for community in data.communities)]
    known = set(ids)
    if len(known) < len(ids):
        raise DataError(f"data/actors: the id {next(name for index, name in enumerate(ids) if name in ids[:index])!r} is given twice")
    for actor in data.actors:
        for other in (actor.parent, *actor.coalitions):
            if other is not None and other not in known:
                raise DataError(f"data/actors: {actor.id} names {other!r}, which is not on the list")
    codes = {state.code for state in data.states}
    for actor in data.actors:
        for code in (actor.country, *actor.countries):
            if code is not None and code not in codes:
                raise DataError(f"data/actors: {actor.id} names the country {code!r}, which states.toml does not hold")
