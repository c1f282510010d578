"""Names of actors in a text, before the engine reads it: the longest listed names, persons with titles and unlisted organisations."""

from collections import Counter
from collections.abc import Sequence

from sayso.gazetteers.actor_index import ListedName, Node
from sayso.gazetteers.actor_roles import load_roles
from sayso.gazetteers.actors import ActorList
from sayso.gazetteers.name_context import FoundName, NameContext, Raw, covered
from sayso.gazetteers.name_tokens import Words, joined, words_of
from sayso.gazetteers.unlisted_names import persons, surnames_again, unlisted
from sayso.model.words import ActorKind
from sayso.text.veil import Shape

__all__ = ["FoundName", "find_names"]

_ANY_CASE = frozenset(("al", "el", "ul", "the", "de", "of", "wal", "wa", "e", "i"))
_SURE_ACRONYM = 3  # letters: whosever it is, it is a name, and the coder must not see it
_NO_ACTOR = frozenset((Shape.COUNTRY, Shape.CAPITAL))


def find_names(text: str, actors: ActorList, countries: Sequence[str] = ()) -> tuple[FoundName, ...]:
    """The names in `text` in order, none overlapping; `countries` are those that the report is known to be about."""
    words = words_of(text)
    context = NameContext(text, words)
    raw = [found for found in _walk(text, words, actors.tree()) if context.stands(found)]
    names = _same_acronyms(text, _listed(context, raw, countries)) if raw else []
    names += persons(context, covered(words, names))
    names = unlisted(context, names)
    if not names:
        return ()
    names += surnames_again(context, names)
    return tuple(sorted(_acronyms_again(text, words, names), key=lambda name: name.start))


def _listed(context: NameContext, raw: Sequence[Raw], countries: Sequence[str]) -> list[FoundName]:
    """The listed names that are meant; where several are possible, what else is named tells which."""
    votes = Counter(dict.fromkeys(countries, 2))
    votes.update(country for found in raw if (country := _sure_country(found)))
    seen = {found.entries[0].actor for found in raw if len(found.entries) == 1 and not found.entries[0].weak}
    chosen = [(found, *_decide(found, votes, seen)) for found in raw]
    return [_named(context, found, entry, identity) for found, entry, identity in chosen if identity is not None]


def _walk(text: str, words: Words, root: Node) -> list[Raw]:
    """The longest listed name at each word, left to right."""
    found: list[Raw] = []
    index, count = 0, len(words)
    folded, below = words.folded, root.below
    while index < count:
        node = below.get(folded[index])
        if node is None:
            index += 1
            continue
        best, at, commas = None, index, 0
        while node is not None:
            if node.names and (entries := [name for name in node.names if name.commas == commas and _cased(name, words, index, at + 1)]):
                best = Raw(index, at + 1, tuple(entries))
            at += 1
            if at >= count or not node.below:
                break
            comma = text[words.ends[at - 1] : words.starts[at]] == ", "
            commas += comma
            node = node.below.get(folded[at]) if comma or joined(text, words, at - 1) else None
        if best is not None:
            found.append(best)
            index = best.stop
        else:
            index += 1
    return found


def _cased(name: ListedName, words: Words, start: int, stop: int) -> bool:
    """Whether the words have the capitals that the name needs: acronyms all of theirs, other words a first capital."""
    if words.raw[start] == words.folded[start] and stop - start == 1 and name.cases[0] != words.raw[start]:
        return False
    for offset, listed in enumerate(name.cases):
        written = words.raw[start + offset]
        if listed == written or listed.islower() or listed.lower() in _ANY_CASE:
            continue
        capitals = sum(map(str.isupper, listed))
        if capitals > 1 or listed.isupper():
            if written == written.upper() or _newspaper_style(listed, written):
                continue
            return False
        if not written[0].isupper() and not (offset == len(name.cases) - 1 > 0 and written in load_roles().lists["lower_tails"]):
            return listed[0].isdigit() and written == listed.lower()
    return True


def _newspaper_style(listed: str, written: str) -> bool:
    """Whether "Nato" stands for "NATO": four letters and more, no word of a sentence."""
    if not listed.isupper():
        return len(listed) > 5 and written[0].isupper()
    plain = listed.isalpha() and len(listed) >= 4 and written == listed.capitalize()
    return plain and not load_roles().is_in("words_in_capitals", listed.lower())


def _sure_country(found: Raw) -> str | None:
    first = found.entries[0]
    return first.country if not first.weak and len({entry.actor for entry in found.entries}) == 1 else None


def _decide(found: Raw, votes: Counter[str], seen: set[str]) -> tuple[ListedName, str | None]:
    """The entry that is meant, and the identity; None for the identity where it is no name here."""
    by_actor = {entry.actor: entry for entry in reversed(found.entries)}
    if len(by_actor) == 1:
        entry = found.entries[0]
        backed = not entry.weak or entry.actor in seen or any(votes[country] for country in (entry.country, *entry.countries) if country)
        if backed:
            return entry, entry.identity
        return entry, _ambiguous(entry) if len(entry.cases) == 1 and entry.cases[0].isupper() and len(entry.cases[0]) >= _SURE_ACRONYM else None
    ranked = sorted(found.entries, key=lambda entry: -_backing(entry, votes, seen))
    first = ranked[0]
    rival = next(entry for entry in ranked if entry.actor != first.actor)
    if _backing(first, votes, seen) > _backing(rival, votes, seen):
        return first, first.identity
    if all(entry.weak for entry in found.entries):
        return first, None if len(first.cases[0]) < 3 else _ambiguous(first)
    if found.entries[0].kind is ActorKind.STATE:
        return found.entries[0], found.entries[0].identity
    strong = {entry.actor: entry for entry in found.entries if not entry.weak}
    if len(strong) == 1:
        entry = next(iter(strong.values()))
        return entry, entry.identity
    return first, _ambiguous(first)


def _ambiguous(entry: ListedName) -> str:
    return "ambiguous:" + " ".join(entry.cases).lower()


def _backing(entry: ListedName, votes: Counter[str], seen: set[str]) -> float:
    countries = [entry.country, *entry.countries]
    return 100 * (entry.actor in seen) + max((votes[country] / (1 + index) for index, country in enumerate(countries) if country), default=0)


def _named(context: NameContext, found: Raw, entry: ListedName, identity: str) -> FoundName:
    words = context.words
    of_actor = [other for other in found.entries if other.actor == entry.actor]
    shape = context.shape(found, [other.shape for other in of_actor])
    first = found.start
    if shape is Shape.PERSON and found.stop - found.start == 1 and context.first_name_fits(found):
        first -= 1
    start, end = words.starts[first], words.ends[found.stop - 1]
    if words.raw[found.stop - 1].endswith(".") and context.ends_sentence(found.stop):
        end -= 1
    if entry.text[0] in "'’" and context.text[max(0, start - 1) : start] in ("'", "’"):
        start -= 1  # "the 'Ndrangheta"
    kind: ActorKind | None = entry.kind
    country = entry.country
    if identity.startswith("ambiguous:"):
        kind = country = None
    elif shape in _NO_ACTOR and context.is_place(found):
        kind = None
    return FoundName(start, end, shape, identity, kind, country)


def _same_acronyms(text: str, names: list[FoundName]) -> list[FoundName]:
    """The names, an acronym in brackets after a name ("Long Name (LN)") having the identity of that name throughout."""
    by_start = {name.start: name for name in names}
    given: dict[str, FoundName] = {}
    for name in names:
        following = by_start.get(name.end + 2)
        if following is not None and text[name.end : name.end + 2] == " (" and text[following.end : following.end + 1] == ")":
            short = text[following.start : following.end]
            if short.isupper() and name.shape in (Shape.NAME, Shape.PLURAL):
                given[short] = name
    if not given:
        return names
    return [_as(name, given[short]) if (short := text[name.start : name.end]) in given else name for name in names]


def _acronyms_again(text: str, words: Words, names: list[FoundName]) -> list[FoundName]:
    """The names and, wherever it stands, the unlisted acronym that a name was given in brackets."""
    given: dict[str, FoundName] = {}
    for name in names:
        if name.shape in (Shape.NAME, Shape.PLURAL) and text[name.end : name.end + 2] == " (":
            close = text.find(")", name.end, name.end + 14)
            short = text[name.end + 2 : close] if close > 0 else ""
            if 2 <= len(short) <= 8 and short.isupper() and short.isalnum():
                given.setdefault(short, name)
    if not given:
        return names
    taken = covered(words, names)
    more = [
        FoundName(words.starts[index], words.ends[index], Shape.NAME, given[raw].identity, given[raw].kind, given[raw].country)
        for index, raw in enumerate(words.raw)
        if raw in given and not taken[index]
    ]
    return [*names, *more]


def _as(name: FoundName, other: FoundName) -> FoundName:
    return FoundName(name.start, name.end, name.shape, other.identity, other.kind, other.country)
