"""Who is meant by the words of a role: a listed actor, an organ of a state, or a role; the words of one side are read through the speaker."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso.gazetteers.actor_lookup import combined, role_target
from sayso.gazetteers.actor_roles import CIVILIANS, FORCE, GOVERNMENT, GROUP, MILITIA, POLICE, PROTESTERS, ActorRoles, load_roles
from sayso.gazetteers.actors import SURE, ActorContext, ActorList, actor_list
from sayso.gazetteers.name_finder import FoundName, find_names
from sayso.gazetteers.name_tokens import Words, fold_word, words_of
from sayso.model import ActorTarget, Candidate, Document, Resolution
from sayso.model.words import ActorKind
from sayso.resolve.actor_sides import enemy_of, own_side
from sayso.text.veil import Shape

_BOUNDS = frozenset(
    [
        "of",
        "from",
        "in",
        "at",
        "on",
        "with",
        "who",
        "that",
        "which",
        "by",
        "near",
        "to",
        "for",
        "under",
        "inside",
        "around",
        "against",
        "over",
        "after",
        "before",
        "during",
        "while",
        "when",
        "where",
        "whose",
        "including",
        "and",
        "or",
        "along",
        "across",
        "between",
        "among",
        "towards",
        "into",
        "onto",
        "as",
        "than",
        "per",
        "about",
    ]
)
_OF = frozenset(("of", "from", "for", "to"))
_THEIRS = frozenset(("its", "their", "his", "her"))
_ARMED = frozenset((FORCE, GROUP, MILITIA))
_MEN = frozenset(("men", "boys", "sons", "members", "cadres", "guards", "units", "martyrs", "ranks"))  # of somebody's own they fight for them
_OURS = frozenset(("our", "we", "us", "ours", "my"))
_ENEMY = frozenset(["enemy", "enemies", "aggressor", "aggressors", "occupier", "occupiers", "invader", "invaders", "adversary", "foe"])
# "thousands of protesters", "members of the movement": who is told after the "of".
_QUANTITY = re.compile(
    r"(?:(?:at least|more than|the|a|an|some|several|many|large|small|most|other|about|around|up to|\d[\d,.]*) )*"
    r"(?:dozens|scores|hundreds|(?:tens of )?thousands|tens|groups?|crowds?|numbers?|couple|majority|most|some|many|"
    r"members?|part|remnants|lots|handful|half) of ",
    re.IGNORECASE,
)
# "two of our men", "three of its fighters": who is told after the "of".
_SOME_OF = re.compile(
    r"(?:(?:at least|more than|only|just|another|about) )?(?:\w+ hundred|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d[\d,.]*) of "
    r"(?=(?:our|its|their|his|the)\b)",
    re.IGNORECASE,
)
# "more than 30 fighters": who is counted is told after the number.
_COUNT = re.compile(
    r"(?:(?:at least|at most|more than|fewer than|less than|no fewer than|as many as|up to|about|around|over|nearly|almost|roughly|between [\w,.]+ and) )+",
    re.IGNORECASE,
)
# What may follow the noun that tells who is meant without being the head itself: "fighters loyal", "rebels returning".
_LOOSE = re.compile(r".*(?:ing|ed|ly|self|selves)|loyal|alike|today|yesterday|there|here|also|dead|alive|abroad|\d.*")
# Nouns whose capital makes no surname: "the General Hospital".
_NO_SURNAME = frozenset(
    ["hospital", "assembly", "election", "elections", "office", "road", "street", "avenue", "cemetery", "store", "market", "post", "strike", "staff"]
)
_OF_NAME = re.compile(r"(\w+)(?: (?:of|for) \w+)? of (?:the )?$")  # "the Ministry of Defence of" before a name
_REACH = 60  # characters after a name in which its role words are looked for
_NUMBERS = frozenset(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "a", "an", "some", "several", "many", "two"])


@dataclass(frozen=True, slots=True)
class ResolvedActor:
    """Who the words stand for: target None is a refusal, with the reason in plain words."""

    target: ActorTarget | None
    score: float
    reason: str
    method: str
    candidates: tuple[Candidate, ...] = ()

    def of(self, mention: str) -> Resolution:
        """The record: this judgement about the mention of that id."""
        return Resolution(mention, self.target, self.score, self.reason, self.method, self.candidates)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The words of a role: their names, and the nouns before the first preposition."""

    text: str
    words: Words
    names: tuple[FoundName, ...]
    bound: int  # index of the first word after the core


def actor_context(document: Document, names: Sequence[FoundName], places: Sequence[str] = (), voice: str | None = None) -> ActorContext:
    """The context of one report: countries by how often its places and names point there, parties by how often they are named."""
    actors = actor_list()
    votes: Counter[str] = Counter()
    for country in places:
        votes[country] += 2
    parties: Counter[ActorTarget] = Counter()
    for name in names:
        if name.country is not None:
            votes[name.country] += 1 + (name.kind is None) + (name.shape is Shape.PERSON)
        if name.kind is not None and (target := actors.target(name.identity)) is not None:
            parties[target] += 1
    countries = tuple(country for country, _ in votes.most_common())
    source = document.source
    return ActorContext(
        countries, tuple(party for party, _ in parties.most_common()), source.country, source.side or None, voice, (document.published or "")[:10] or None
    )


def resolve_actor(words: str, context: ActorContext, actors: ActorList | None = None) -> ResolvedActor:
    """Who `words` stand for: by name, by name and role noun, by the speaker's side, or as a role; None with the reason otherwise."""
    actors = actors or actor_list()
    plain = _plain(words)
    if not plain:
        return _refused("there are no words to go by")
    whole = actors.lookup(plain, context) if plain != "us" else ()  # the pronoun is no country
    roles = load_roles()
    if whole and whole[0].score >= SURE and not _community_or_people(actors, plain, whole[0]):
        return _answer(whole, "listed name")
    phrase = _phrase(plain, context, actors)
    tokens = phrase.words.folded
    if tokens[:1] and tokens[0] in _THEIRS and not phrase.names and _fights(phrase, roles) and _speaker(context, actors) is not None:
        return _ours(phrase, context, actors, roles, of_voice=True)  # "the ministry said its troops …"
    if any(token in _OURS for token in tokens[:2]) and not phrase.names:
        return _ours(phrase, context, actors, roles)
    if (wrapped := _wrapped(phrase, roles)) is not None:
        return resolve_actor(wrapped, context, actors)
    for resolver in (_by_name, _by_enemy, _by_title, _by_role):
        if (found := resolver(phrase, context, actors)) is not None:
            return found
    if whole:
        return ResolvedActor(None, 0.0, whole[0].reason, "listed name", whole)
    return _refused(f"{plain!r} is not on the actor list and names no role")


def resolve_speaker(words: str, context: ActorContext, actors: ActorList | None = None) -> ResolvedActor | None:
    """Who a pronoun right behind the speaker stands for, "the Front said it shelled the base": the speaker; None where that is nobody who could act so."""
    speaker = _speaker(context, actors or actor_list())
    return None if speaker is None else _single(speaker, 0.8, f"{words!r} stands right behind who speaks, {context.voice!r}", "speaker's side")


def _speaker(context: ActorContext, actors: ActorList) -> ActorTarget | None:
    """The armed or state actor whose words these are: listed, or told by its role ("the army")."""
    if context.voice is None:
        return None
    side = own_side(replace(context, source_side=None), actors)
    if side is not None:
        return side
    target = resolve_actor(context.voice, replace(context, voice=None, source_side=None), actors).target
    return target if target is not None and target.kind in (ActorKind.STATE_FORCE, ActorKind.GOVERNMENT, ActorKind.REBEL_GROUP) and target.id else None


def _fights(phrase: _Phrase, roles: ActorRoles) -> bool:
    """Whether the words, told as somebody's own, are of those who fight for them: "its troops", "their men"."""
    return _core_role(phrase, roles, ()) in _ARMED or _is_men(phrase)


def _is_men(phrase: _Phrase) -> bool:
    return phrase.bound > 1 and phrase.words.folded[phrase.bound - 1] in _MEN


def widened(text: str, start: int, end: int) -> str:
    """The name at [start, end) with the role words right after it: "Israeli" of "Israeli forces", "Russia" of "Russia's Defence Ministry"."""
    roles, stop = load_roles(), end
    after = words_of(text[end : end + _REACH])
    gap_from = 2 if text[end : end + 2] in ("'s", "’s") else 0
    for index, word in enumerate(after.folded):
        if index == 0 and word == "s" and gap_from:
            continue
        gap = text[end + gap_from : end + after.starts[index]]
        if gap != " ":
            break
        role = roles.role(word)
        if role is not None or roles.is_in("wrappers", word):
            stop = end + after.ends[index]
        elif not roles.is_in("modifiers", word):
            break
        gap_from = after.ends[index]
    of = _OF_NAME.search(text[max(0, start - _REACH) : start])
    if stop == end and of is not None and roles.role(fold_word(of[1])) is not None:
        return of[0] + text[start:end]
    return text[start:stop]


@lru_cache(maxsize=10_000)  # the same "soldiers" and "residents" stand in report after report
def kind_told(words: str) -> ActorKind:
    """The kind that a role noun alone tells, though nothing tells of which state: "soldiers" are a state's force; unknown otherwise."""
    plain = words_of(_plain(words))
    if not plain.folded or plain.folded[0] in _OURS or not _ENEMY.isdisjoint(plain.folded):
        return ActorKind.UNKNOWN
    bound = next((index for index, word in enumerate(plain.folded) if index and word in _BOUNDS), len(plain))
    role = _core_role(_Phrase(words, plain, (), bound), load_roles(), ())
    return {FORCE: ActorKind.STATE_FORCE, POLICE: ActorKind.STATE_FORCE, GOVERNMENT: ActorKind.GOVERNMENT}.get(role or "", ActorKind.UNKNOWN)


def _plain(words: str) -> str:
    """The words without quotation marks and without what only counts: "dozens of", "more than"."""
    plain = words.strip(" \t\n\"'“”‘’.,;:")
    if " of " in plain.lower():
        some = _SOME_OF.match(plain)
        plain = plain[some.end() :] if some else _QUANTITY.sub("", plain, count=1)
    counted = _COUNT.match(plain)
    return plain[counted.end() :] if counted else plain


def _phrase(text: str, context: ActorContext, actors: ActorList) -> _Phrase:
    names = find_names(text, actors, context.countries)
    words = words_of(text)
    bound = len(words)
    for index in range(1, bound):
        start = words.starts[index]
        ends = words.folded[index] in _BOUNDS or ("," in text[words.ends[index - 1] : start] and not _list_goes_on(words, index))
        if ends and not any(name.start <= start < name.end for name in names):
            bound = index
            break
    return _Phrase(text, words, names, bound)


def _list_goes_on(words: Words, index: int) -> bool:
    return words.raw[index][0].isdigit()


def _core_role(phrase: _Phrase, roles: ActorRoles, skip: Sequence[FoundName]) -> str | None:
    """The role of the last noun before the first preposition; a wrapper ("police commander") takes it from the word before.

    A noun of no role ("a military facility") leaves none: a thing is not who owns it.
    """
    words = phrase.words
    free = [word for word in words.folded[: phrase.bound] if word not in _NUMBERS]
    if skip:
        held = [any(name.start <= start < name.end for name in skip) for start in words.starts[: phrase.bound]]
        free = [word for word, named in zip(words.folded, held, strict=False) if not named and word not in _NUMBERS]
    wrapped = False
    for index in range(len(free) - 1, -1, -1):
        pair = f"{free[index - 1]} {free[index]}" if index else ""
        if pair and (role := roles.role(pair)) is not None:
            return role
        role = roles.role(free[index])
        if role is not None:
            role = roles.armed_for(role, free[:index], free[index])
            if role == GOVERNMENT and not wrapped and index and free[index] in _OFFICE and roles.role(free[index - 1]) in _LED:
                return roles.role(free[index - 1])
            return role
        if roles.is_in("wrappers", free[index]):
            wrapped = True
        elif not _LOOSE.fullmatch(free[index]) and not (index and free[index - 1].endswith("s") and roles.role(free[index - 1]) is not None):
            return None
    return None


_LED = (POLICE, FORCE, GROUP, MILITIA, PROTESTERS)
_OFFICE = frozenset(("official", "officials", "authorities", "leader", "leaders", "leadership", "agency"))


def _wrapped(phrase: _Phrase, roles: ActorRoles) -> str | None:
    """What is told after the "of" where the words before it say only that it is a part: "a patrol of UN peacekeepers", "units of the Malian army"."""
    words, bound = phrase.words, phrase.bound
    if bound + 1 >= len(words) or words.folded[bound] != "of" or any(name.start < words.starts[bound] for name in phrase.names):
        return None
    before = [word for word in words.folded[:bound] if word not in _NUMBERS and word != "the"]
    return phrase.text[words.starts[bound + 1] :] if before and all(roles.is_in("wrappers", word) for word in before) else None


def _by_name(phrase: _Phrase, context: ActorContext, actors: ActorList) -> ResolvedActor | None:
    names = [name for name in phrase.names if not name.identity.startswith("unlisted:")]
    if not names:
        return None
    words, roles = phrase.words, load_roles()
    edge = words.starts[phrase.bound] if phrase.bound < len(words) else len(phrase.text)
    within = [name for name in names if name.start < edge]
    role = _core_role(phrase, roles, names)
    if within:
        chosen = _main_name(within)
    elif role is not None and words.folded[phrase.bound] in _OF:
        chosen = names[0]
    else:
        return None
    if chosen.identity.startswith("ambiguous:"):
        found = actors.lookup(phrase.text[chosen.start : chosen.end], context)
        return ResolvedActor(None, 0.0, found[0].reason if found else f"{chosen.identity} is not told apart", "listed name", found)
    target = actors.target(chosen.identity)
    if target is None:
        return None
    return _made(phrase, chosen, target, role, actors)


def _main_name(names: Sequence[FoundName]) -> FoundName:
    """The last of the names before the preposition, but an own name before an adjective."""
    proper = [name for name in names if name.shape in (Shape.NAME, Shape.PLURAL, Shape.PERSON)]
    return proper[-1] if proper else names[0]


def _made(phrase: _Phrase, name: FoundName, target: ActorTarget, role: str | None, actors: ActorList) -> ResolvedActor:
    quote = phrase.text[name.start : name.end]
    if role is None and name.shape is Shape.PEOPLE:
        return _people(phrase, name, target, actors)
    made = combined(actors, target, role)
    if made is None:
        return _refused(f"{quote!r} and the role {role} name nobody")
    reason = f"{quote!r} is a listed name" + (f" and the words name the role {role}" if role else "")
    score = 0.92 if role is None or made.id is not None else 0.8
    return ResolvedActor(made, score, reason, "name and role" if role else "listed name", (Candidate(made, score, reason),))


def _people(phrase: _Phrase, name: FoundName, target: ActorTarget, actors: ActorList) -> ResolvedActor:
    """A people: "the Saudis" stand for their state, "two Israelis" are civilians, a community stands for itself."""
    quote = phrase.text[name.start : name.end]
    first = phrase.words.folded[0]
    definite = first == "the" and phrase.words.starts[min(1, len(phrase.words) - 1)] == name.start
    if target.kind is ActorKind.STATE and not definite:
        made = role_target(CIVILIANS, actors.state(target.id))
        return ResolvedActor(made, 0.7, f"{quote!r} counts or names people of {target.name}, with no role told", "people", (Candidate(made, 0.7, "people"),))
    reason = f"{quote!r} as a whole stands for {target.name}"
    return ResolvedActor(target, 0.65, reason, "people", (Candidate(target, 0.65, reason),))


def _ours(phrase: _Phrase, context: ActorContext, actors: ActorList, roles: ActorRoles, of_voice: bool = False) -> ResolvedActor:
    side = _speaker(context, actors) if of_voice else own_side(context, actors) or _speaker(context, actors)
    if side is None:
        return _refused(f"{phrase.text!r} stands for the speaker's side, and nothing tells which side that is")
    role = FORCE if _is_men(phrase) else _core_role(phrase, roles, ())
    made = combined(actors, side, role) if role is not None else side
    reason = f"{phrase.text!r} is said by or for {side.name}"
    return _single(made or side, 0.8, reason, "speaker's side")


def _by_enemy(phrase: _Phrase, context: ActorContext, actors: ActorList) -> ResolvedActor | None:
    if not any(token in _ENEMY for token in phrase.words.folded[: phrase.bound]):
        return None
    target, why = enemy_of(context, actors)
    if target is None:
        return _refused(f"{phrase.text!r} is whoever the speaker fights: {why}")
    return _single(target, 0.6, f"{phrase.text!r} is said against {target.name}: {why}", "speaker's enemy")


def _by_title(phrase: _Phrase, context: ActorContext, actors: ActorList) -> ResolvedActor | None:
    """Persons who are not listed resolve to the role of their title, never to an identity."""
    people = [name for name in phrase.names if name.shape is Shape.PERSON and _NO_SURNAME.isdisjoint(words_of(phrase.text[name.start : name.end]).folded)]
    if not people:
        return None
    if "police" in words_of(phrase.text[: people[0].end]).folded:
        return _of_country(POLICE, context, actors, f"a person of the police in {phrase.text!r}")
    before = set(words_of(phrase.text[: people[0].start]).folded)
    lists = load_roles().lists
    for name, role in (("titles_military", FORCE), ("titles_police", POLICE), ("titles_government", GOVERNMENT)):
        if before & lists[name]:
            return _of_country(role, context, actors, f"a holder of the title in {phrase.text!r}")
    return None


def _by_role(phrase: _Phrase, context: ActorContext, actors: ActorList) -> ResolvedActor | None:
    roles = load_roles()
    role = _core_role(phrase, roles, ())
    if role is None:
        return None
    resistance = "resistance" in phrase.words.folded[: phrase.bound]
    if resistance and (side := own_side(context, actors)) is not None and side.kind not in (ActorKind.STATE, ActorKind.GOVERNMENT):
        return _single(side, 0.6, f"{phrase.text!r} is the speaker's word for its own side", "speaker's side")
    if role in (FORCE, POLICE, GOVERNMENT):
        return _of_country(role, context, actors, repr(phrase.text))
    if role == GROUP:
        return _group(phrase, context, actors)
    target = role_target(role, actors.state(_country(context)))
    return _single(target, 0.75, f"{phrase.text!r} names the role {role}" + _whose(target), "role")


def _group(phrase: _Phrase, context: ActorContext, actors: ActorList) -> ResolvedActor:
    """The one armed group that the report names, or the role."""
    armed = [party for party in context.parties if party.kind in (ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA)]
    if len(armed) == 1 and phrase.words.folded[0] == "the":
        return _single(armed[0], 0.6, f"{armed[0].name} is the only armed group that the report names", "only one of its kind")
    target = role_target(GROUP, actors.state(_country(context)))
    return _single(target, 0.55, f"{phrase.text!r} names no group, only its kind" + _whose(target), "role")


def _of_country(role: str, context: ActorContext, actors: ActorList, quote: str) -> ResolvedActor:
    """The organ of the country that the speaker or the report means."""
    country = _country(context)
    state = actors.state(country)
    if state is None:
        return _refused(f"{quote} belong to some state, and nothing tells which")
    made = combined(actors, ActorTarget(state.code, state.name, ActorKind.STATE, state.country), role)
    if made is None:
        return _refused(f"{quote} and the role {role} name nobody")
    return _single(made, 0.7, f"{quote}: the {role} of {state.name}, which the report is mainly about", "country of the report")


def _country(context: ActorContext) -> str | None:
    return context.countries[0] if context.countries else context.source_country


def _whose(target: ActorTarget) -> str:
    return f"; the country is that of the report ({target.country})" if target.country else ""


def _community_or_people(actors: ActorList, plain: str, first: Candidate) -> bool:
    """Whether a whole name is a people ("two Israelis", "Kurds"), which is read with the words around it."""
    return (
        isinstance(first.target, ActorTarget)
        and all(name.shape in (Shape.PEOPLE, Shape.ADJECTIVE) for name in actors.listed(plain))
        and bool(actors.listed(plain))
    )


def _answer(candidates: tuple[Candidate, ...], method: str) -> ResolvedActor:
    first = candidates[0]
    if not isinstance(first.target, ActorTarget):
        return _refused(f"{first.target} is no actor")
    if len(candidates) > 1 and first.score - candidates[1].score < 0.05:
        return ResolvedActor(None, 0.0, first.reason, method, candidates)
    return ResolvedActor(first.target, first.score, first.reason, method, candidates)


def _single(target: ActorTarget, score: float, reason: str, method: str) -> ResolvedActor:
    return ResolvedActor(target, score, reason, method, (Candidate(target, score, reason),))


def _refused(reason: str) -> ResolvedActor:
    return ResolvedActor(None, 0.0, reason, "none")
