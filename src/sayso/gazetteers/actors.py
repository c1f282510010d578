"""The actor list: every listed name, and candidates for a name, each with its score and a reason in plain words."""

from dataclasses import dataclass
from functools import cache, lru_cache

from sayso.gazetteers.actor_data import Actor, ActorData, Community, State, load_actor_data
from sayso.gazetteers.actor_index import GOVERNMENT, MILITARY, POLICE, ListedName, Node, all_names, build_tree
from sayso.gazetteers.name_tokens import folded_key
from sayso.model import ActorTarget, Candidate
from sayso.model.words import ActorKind

_CERTAIN, _LIKELY, _WEAK, _ONE_OF_MANY = 0.95, 0.85, 0.45, 0.35
SURE = 0.5  # a candidate below this score is no answer


@dataclass(frozen=True, slots=True)
class ActorContext:
    """What is known around a name; everything may be empty."""

    countries: tuple[str, ...] = ()  # ISO codes that the text is about, the main one first
    parties: tuple[ActorTarget, ...] = ()  # actors named in the text, the most named first
    source_country: str | None = None
    source_side: str | None = None  # who the source speaks for
    voice: str | None = None  # whose words they are, as written
    date: str | None = None  # ISO date of the report


class ActorList:
    """The actors of the data files, looked up by name. Build it once: `actor_list()` keeps one."""

    def __init__(self, data: ActorData) -> None:
        self._states = {state.code: state for state in data.states}
        self._actors = {actor.id: actor for actor in data.actors}
        self._communities = {community.id: community for community in data.communities}
        self._names = tuple(all_names(data))
        self._tree = build_tree(self._names)
        self.listed = lru_cache(maxsize=20_000)(self._listed)  # the words of a report's roles are looked up by several rules
        self._people = {name.identity: name.actor for name in self._names if name.identity.startswith("person:")}

    def names(self) -> tuple[ListedName, ...]:
        """All listed names, also several of one actor."""
        return self._names

    def tree(self) -> Node:
        """The tree of folded words over all names."""
        return self._tree

    def actor(self, name: str) -> Actor | None:
        """The force, group or organisation of this id."""
        return self._actors.get(name)

    def state(self, code: str | None) -> State | None:
        """The state or territory of this code."""
        return self._states.get(code) if code else None

    def community(self, name: str) -> Community | None:
        """The community of this id."""
        return self._communities.get(name)

    def target(self, identity: str) -> ActorTarget | None:
        """The actor that an id or the identity of a found name stands for; None for an unlisted one."""
        identity = self._people.get(identity, identity)
        if (actor := self._actors.get(identity)) is not None:
            return ActorTarget(actor.id, actor.name, actor.kind, actor.country)
        if (community := self._communities.get(identity)) is not None:
            country = community.countries[0] if community.countries else None
            return ActorTarget(community.id, community.name, ActorKind.IDENTITY_MILITIA, country)
        code, _, organ = identity.partition(".")
        if (state := self._states.get(code)) is None:
            return None
        return organ_of(state, organ) if organ else ActorTarget(code, state.name, ActorKind.STATE, state.country)

    def _listed(self, name: str) -> tuple[ListedName, ...]:
        """The entries whose folded words are those of `name`."""
        node: Node | None = self._tree
        for word in folded_key(name):
            node = node.below.get(word) if node else None
        return tuple(node.names) if node else ()

    def lookup(self, name: str, context: ActorContext | None = None) -> tuple[Candidate, ...]:
        """The actors that `name` may stand for, best first; an ambiguous name without context gives only low scores."""
        from sayso.gazetteers.actor_lookup import generated  # here: the rules need the list itself

        context = context or ActorContext()
        entries = self.listed(name)
        return self.ranked(name, entries, context) if entries else generated(self, name, context)

    def ranked(self, name: str, entries: tuple[ListedName, ...], context: ActorContext) -> tuple[Candidate, ...]:
        """The entries as candidates, best first: one of its kind, or the one that the context supports."""
        by_actor: dict[str, ListedName] = {}
        for entry in entries:
            if entry.actor not in by_actor or (by_actor[entry.actor].weak and not entry.weak):
                by_actor[entry.actor] = entry
        candidates = []
        for entry in by_actor.values():
            target = self.target(entry.actor)
            if target is not None:
                score, reason = self._score(name, entry, tuple(by_actor.values()), context)
                candidates.append(Candidate(target, score, reason))
        return tuple(sorted(candidates, key=lambda candidate: -candidate.score))

    def _score(self, name: str, entry: ListedName, entries: tuple[ListedName, ...], context: ActorContext) -> tuple[float, str]:
        supported = [other for other in entries if _supported(other, context)]
        here, others = _supported(entry, context), len(entries) - 1
        strong = [other for other in entries if not other.weak]
        if others == 0 or (strong == [entry] and not supported):
            if entry.weak and not here:
                return _WEAK, f"{name!r} is also an everyday word or somebody else's name, and nothing here points to {entry.country or 'it'}"
            if entry.weak:
                return _LIKELY, f"{name!r} is a listed name of this actor, and the report is about {entry.country or 'it'}"
            return _CERTAIN, f"{name!r} is a listed name of this actor alone"
        if len(supported) == 1 and here:
            return _LIKELY, f"{name!r} names {others + 1} listed actors; the report is about {entry.country or 'this one'}"
        if here and supported[0].country != supported[1].country:
            order = [country for country in _places(context) if any(country == other.country for other in supported)]
            if order and order[0] == entry.country:
                return _LIKELY - 0.1, f"{name!r} names {others + 1} listed actors; the report is mainly about {entry.country}"
        if entry.kind is ActorKind.STATE and entries[0] is entry and not supported:
            return SURE + 0.1, f"{name!r} is said of {others + 1} countries; most often of {entry.country}"
        return _ONE_OF_MANY, f"{name!r} names {others + 1} listed actors, and nothing here tells which"


def organ_of(state: State, organ: str) -> ActorTarget:
    """The government, armed forces or police of a state under its neutral name."""
    name = {GOVERNMENT: f"Government of {state.name}", MILITARY: f"Military Forces of {state.name}", POLICE: f"Police Forces of {state.name}"}[organ]
    kind = ActorKind.GOVERNMENT if organ == GOVERNMENT else ActorKind.STATE_FORCE
    return ActorTarget(f"{state.code}.{organ}", name, kind, state.country)


@cache
def actor_list() -> ActorList:
    """The shipped actor list with the user's own, built once."""
    from sayso.gazetteers.actor_own import with_own_list  # here: it reads the shipped list too

    return ActorList(with_own_list(load_actor_data()))


def _places(context: ActorContext) -> tuple[str, ...]:
    return (*context.countries, context.source_country) if context.source_country else context.countries


def _supported(entry: ListedName, context: ActorContext) -> bool:
    named = any(party.id == entry.actor for party in context.parties)
    return named or any(country in (entry.country, *entry.countries) for country in _places(context))
