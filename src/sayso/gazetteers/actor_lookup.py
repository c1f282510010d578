"""Names that need no line in the list: "Government of X", "X's air force", "supporters of X", "X fighters", told by rule."""

import re

from sayso.gazetteers.actor_data import State
from sayso.gazetteers.actor_index import GOVERNMENT, MILITARY, POLICE, ListedName
from sayso.gazetteers.actor_roles import CIVILIANS, EXTERNAL, FORCE, GROUP, IDENTITY, MEDIA, MILITIA, PROTESTERS, RIOTERS, load_roles
from sayso.gazetteers.actor_roles import GOVERNMENT as GOVERNMENT_ROLE
from sayso.gazetteers.actor_roles import POLICE as POLICE_ROLE
from sayso.gazetteers.actors import SURE, ActorContext, ActorList, organ_of
from sayso.gazetteers.name_tokens import words_of
from sayso.model import ActorTarget, Candidate
from sayso.model.words import ActorKind

_PARENTHESIS = re.compile(r"\s*\([^()]*\)")
_FACTION = re.compile(r"\s+-\s+|\s*/\s*|\s+(?=faction\b|wing\b)")
_LINKS = frozenset(("of", "for", "to"))
_ROLE_NAMES = {
    GROUP: ("Armed groups", ActorKind.REBEL_GROUP),
    MILITIA: ("Unidentified armed group", ActorKind.POLITICAL_MILITIA),
    IDENTITY: ("Communal militia", ActorKind.IDENTITY_MILITIA),
    EXTERNAL: ("Other armed force", ActorKind.EXTERNAL_OTHER),
    PROTESTERS: ("Protesters", ActorKind.PROTESTERS),
    RIOTERS: ("Rioters", ActorKind.RIOTERS),
    CIVILIANS: ("Civilians", ActorKind.CIVILIANS),
    MEDIA: ("Media", ActorKind.MEDIA),
}
_ORGANS = {FORCE: MILITARY, POLICE_ROLE: POLICE, GOVERNMENT_ROLE: GOVERNMENT}
# Of a state, these belong to its government; the other wrappers ("units", "positions") to its forces.
_SPOKEN = frozenset(("spokesman", "spokeswoman", "spokesperson", "source", "statement", "side", "team", "ally", "leadership", "office", "member"))
_OWN_PEOPLE = frozenset((CIVILIANS, PROTESTERS, RIOTERS))


def generated(actors: ActorList, name: str, context: ActorContext) -> tuple[Candidate, ...]:
    """Candidates for a name that is not listed as it stands, by the first rule that fits; none where no rule does."""
    plain = _PARENTHESIS.sub("", name).strip()
    if plain and plain != name and (found := actors.lookup(plain, context)):
        return found
    for rule in (_organ_of_name, _name_then_role, _part_of_name):
        if found := rule(actors, plain, context):
            return found
    return ()


def role_target(role: str, state: State | None) -> ActorTarget:
    """The role as an actor without an id: "Civilians (Mali)"."""
    name, kind = _ROLE_NAMES[role]
    return ActorTarget(None, f"{name} ({state.name})" if state else name, kind, state.country if state else None)


def combined(actors: ActorList, target: ActorTarget, role: str | None) -> ActorTarget | None:
    """The actor that a name and a role noun make together: "Malian" and "soldiers" the armed forces of Mali, "Hamas" and "fighters" Hamas."""
    state = actors.state((target.id or "").partition(".")[0])
    if role is None or target.id is None:
        return target
    if state is not None:
        if role in _ORGANS:
            return organ_of(state, _ORGANS[role])
        return role_target(role, state)
    if role in _OWN_PEOPLE and (actors.community(target.id) is not None or role != CIVILIANS):
        return role_target(role, actors.state(target.country))
    return target


def _organ_of_name(actors: ActorList, name: str, context: ActorContext) -> tuple[Candidate, ...]:
    """ "Government of X", "Military Forces of X", "supporters of X", "forces loyal to X": the last link word cuts."""
    words = words_of(name)
    for index in range(1, len(words) - 1):
        if words.folded[index] not in _LINKS:
            continue
        before, rest = words.folded[:index], name[words.starts[index + 1] :]
        if before[-1:] in (["supporter"], ["supporters"]):
            return _supporters(actors, rest, context)
        role = next((told for word in reversed(before) if (told := load_roles().role(word))), None)
        known = role is not None and all(_known(word) for word in before)
        if known and (found := _best(actors, rest, context)):
            return _by_rule(actors, found, role, name)
    return ()


def _name_then_role(actors: ActorList, name: str, context: ActorContext) -> tuple[Candidate, ...]:
    """ "Malian army", "Russia's Defence Ministry", "Houthi fighters": the longest listed beginning, then a role noun."""
    words = words_of(name)
    for cut in range(len(words) - 1, 0, -1):
        if not _known(words.folded[cut]):
            break
        role = _role_of(words.folded[cut:])
        if role is None:
            continue
        entries = actors.listed(name[words.starts[0] : words.ends[cut - 1]])
        if entries and (found := actors.ranked(name, entries, context)):
            return _by_rule(actors, found, role, name)
    return ()


def _part_of_name(actors: ActorList, name: str, context: ActorContext) -> tuple[Candidate, ...]:
    """ "X - north faction", "X/Y": the listed beginning, with a lower score."""
    pieces = [piece for piece in _FACTION.split(name) if piece.strip()]
    for count in range(len(pieces) - 1, 0, -1):
        head = name[: name.index(pieces[count])].rstrip(" -/")
        entries = actors.listed(head)
        if entries and (found := actors.ranked(head, entries, context)):
            return tuple(Candidate(one.target, one.score * 0.8, f"{name!r} begins with the listed name {head!r}: a part of it; {one.reason}") for one in found)
    return ()


def _supporters(actors: ActorList, rest: str, context: ActorContext) -> tuple[Candidate, ...]:
    found = _best(actors, rest, context)
    return tuple(
        Candidate(ActorTarget(None, f"Supporters of {_name(one)}", ActorKind.POLITICAL_MILITIA, _country(one)), one.score * 0.9, f"followers of {rest!r}")
        for one in found
    )


def _best(actors: ActorList, name: str, context: ActorContext) -> tuple[Candidate, ...]:
    entries: tuple[ListedName, ...] = actors.listed(name)
    return actors.ranked(name, entries, context) if entries else generated(actors, name, context)


def _by_rule(actors: ActorList, found: tuple[Candidate, ...], role: str | None, name: str) -> tuple[Candidate, ...]:
    made = []
    for one in found:
        target = combined(actors, one.target, role) if isinstance(one.target, ActorTarget) else None
        if target is not None:
            made.append(Candidate(target, max(one.score * 0.98, 0.0), f"{name!r} is a name and the role noun for {role}; {one.reason}"))
    return tuple(made)


def _role_of(words: list[str]) -> str | None:
    roles = load_roles()
    last = words[-1]
    if len(words) > 1 and (role := roles.role(f"{words[-2]} {last}")) is not None:
        return role
    if roles.is_in("wrappers", last):
        spoken = not _SPOKEN.isdisjoint((last, last.removesuffix("s")))
        return next((role for word in reversed(words[:-1]) if (role := roles.role(word))), GOVERNMENT_ROLE if spoken else FORCE)
    return roles.role(last)


def _known(word: str) -> bool:
    roles = load_roles()
    return roles.role(word) is not None or roles.is_in("modifiers", word) or roles.is_in("wrappers", word) or word in ("loyal", "the", "of", "s")


def _name(candidate: Candidate) -> str:
    return candidate.target.name if isinstance(candidate.target, ActorTarget) else ""


def _country(candidate: Candidate) -> str | None:
    return candidate.target.country if isinstance(candidate.target, ActorTarget) else None


__all__ = ["SURE", "combined", "generated", "role_target"]
