"""Every listed name in one tree of folded words, so that the longest one at a place of a text is found by walking it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.gazetteers.actor_data import Actor, ActorData, Community, State
from sayso.gazetteers.actor_roles import load_roles
from sayso.gazetteers.name_tokens import fold_word, words_of
from sayso.model.words import ActorKind
from sayso.text.veil import Shape

GOVERNMENT, MILITARY, POLICE = "government", "military", "police"
_BOTH = frozenset(("forces", "brigades", "guards", "units", "supporters", "committees", "people"))
_PARTICLES = frozenset(("al", "el", "ash", "as", "bin", "ibn", "ben", "de", "del", "der", "van", "von", "da", "dos", "la", "le"))


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name of the list: whose it is, how it is used, and which of its words must keep their capitals."""

    text: str
    shape: Shape
    actor: str  # id of the actor that it stands for
    identity: str  # whose name it is: the actor's, or a person's
    kind: ActorKind
    country: str | None
    countries: tuple[str, ...] = ()
    weak: bool = False
    cases: tuple[str, ...] = ()  # the words as written, for comparing capitals
    key: tuple[str, ...] = ()  # the words folded

    @property
    def commas(self) -> int:
        """How many commas stand between its words ("Bureau of Alcohol, Tobacco …")."""
        return self.text.count(",")


@dataclass(slots=True)
class Node:
    """A place in the tree: the words that may follow and the names that end here."""

    below: dict[str, "Node"]
    names: list[ListedName]


def all_names(data: ActorData) -> Iterator[ListedName]:
    """Every name of the data, state by state and actor by actor."""
    for state in data.states:
        yield from _state_names(state)
    for community in data.communities:
        yield from _community_names(community)
    for actor in data.actors:
        yield from _actor_names(actor)


def build_tree(names: tuple[ListedName, ...]) -> Node:
    """The root of the tree over `names`."""
    root = Node({}, [])
    for name in names:
        node = root
        for word in name.key:
            node = node.below.setdefault(word, Node({}, []))
        if not any((other.actor, other.shape, other.cases) == (name.actor, name.shape, name.cases) for other in node.names):
            node.names.append(name)
    return root


def _state_names(state: State) -> Iterator[ListedName]:
    government = f"{state.code}.{GOVERNMENT}"
    for text in (state.name, *state.names):
        yield _listed(text, Shape.COUNTRY, (state.code, state.code), ActorKind.STATE, state.country)
    for text in state.adjectives:
        yield _listed(text, Shape.ADJECTIVE, (state.code, state.code), ActorKind.STATE, state.country)
    for text in state.people:
        yield _listed(text, Shape.PEOPLE, (state.code, state.code), ActorKind.STATE, state.country)
    for text in (*state.capitals, *state.seats):
        yield _listed(text, Shape.CAPITAL, (government, state.code), ActorKind.GOVERNMENT, state.country)
    for full in state.leaders:
        for text in _leader_forms(full):
            yield _listed(text, Shape.PERSON, (government, _person(full)), ActorKind.GOVERNMENT, state.country)
    for full in state.leaders_in_full:
        yield _listed(full, Shape.PERSON, (government, _person(full)), ActorKind.GOVERNMENT, state.country)


def _community_names(community: Community) -> Iterator[ListedName]:
    country = community.countries[0] if community.countries else None
    for shape, texts in ((Shape.ADJECTIVE, community.adjectives), (Shape.PEOPLE, (*community.people, *community.adjectives))):
        for text in texts:
            cases, key = _words(text)
            kind = ActorKind.IDENTITY_MILITIA
            yield ListedName(text, shape, community.id, community.id, kind, country, community.countries[1:], False, cases, key)


def _actor_names(actor: Actor) -> Iterator[ListedName]:
    forms: list[tuple[str, Shape | None, str, bool]] = [(alias.text, None, actor.id, alias.weak) for alias in actor.aliases]
    forms += [(text, Shape.ADJECTIVE, actor.id, False) for text in actor.adjectives]
    forms += [(text, Shape.PEOPLE, actor.id, False) for text in actor.people]
    forms += [(text, Shape.PERSON, _person(full), False) for full in actor.leaders for text in _leader_forms(full)]
    for text, shape, identity, weak in forms:
        cases, key = _words(text)
        yield ListedName(text, shape or _shape(key), actor.id, identity, actor.kind, actor.country, actor.countries, weak, cases, key)


def _listed(text: str, shape: Shape, whose: tuple[str, str], kind: ActorKind, country: str | None) -> ListedName:
    cases, key = _words(text)
    return ListedName(text, shape, whose[0], whose[1], kind, country, cases=cases, key=key)


def _words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a name as written and folded, without a leading "the"."""
    words = words_of(text)
    first = 1 if len(words) > 1 and words.folded[0] == "the" else 0
    return tuple(words.raw[first:]), tuple(words.folded[first:])


def _person(full: str) -> str:
    return "person:" + " ".join(fold_word(word) for word in words_of(full).raw)


def _leader_forms(full: str) -> tuple[str, ...]:
    """The full name and the surname that stands for it: the last word, with its particle and without."""
    words = full.replace("-", " - ").split()
    if len(words) < 2 or words[0] in ("King", "Sultan", "Sheikh", "Pope"):
        return (full,)
    plain = full.split()
    last = plain[-1]
    if len(plain) == 1 or last.rstrip(".").upper() == last or len(last) < 4 or plain[0] == "Kim":
        return (full,)
    if fold_word(last.rpartition("-")[2]) in load_roles().lists["common_surnames"]:
        return (full,)
    particle, _, rest = last.partition("-")
    if rest and particle.lower() in _PARTICLES:
        return (full, last, rest) if len(rest) > 3 else (full,)
    return (full, last)


def _shape(key: tuple[str, ...]) -> Shape:
    plural = bool(key) and (key[-1] in load_roles().lists["plural_heads"] or (key[0] in _BOTH and len(key) > 1 and key[1] in ("of", "for", "loyal")))
    return Shape.PLURAL if plural else Shape.NAME
