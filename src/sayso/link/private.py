"""Private persons who speak are roles: "a resident", "a shopkeeper". Offices, spokespersons and organisations keep their names.

The reading keeps the words of the report as evidence. What is shown of voices and searched for is made by `private_roles`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from sayso.languages.pack import languages, load_pack
from sayso.languages.strict import read_toml
from sayso.model import ActorTarget, Reading, Voice
from sayso.model.words import MentionKind, VoiceKind

_WORDS = Path(__file__).with_name("private_words.toml")
_PRIVATE = frozenset({VoiceKind.WITNESS, VoiceKind.PERSON, VoiceKind.MEDIC, VoiceKind.EXPERT})
_ORGANISED = frozenset({VoiceKind.AGENCY, VoiceKind.OUTLET, VoiceKind.STATE, VoiceKind.ARMED_GROUP, VoiceKind.NGO, VoiceKind.IGO, VoiceKind.PARTY})
_TOKEN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[,;:()\"“”]|[.!?](?=\s)")
_POSSESSIVES = ("'s", "’s")
_LANGUAGE = "en"  # where a report's own has no words here
_APPOSITION = 6  # words after a name among which an office may stand
_BETWEEN = 3  # words written small between a name and the role that it describes: "Sudanese human rights lawyer"


@dataclass(frozen=True, slots=True)
class _Words:
    lists: Mapping[str, tuple[str, ...]]
    speakers: Mapping[str, VoiceKind]

    def has(self, name: str, word: str) -> bool:
        return word in self.lists[name]

    def role(self, word: str) -> VoiceKind | None:
        """The sort of speaker that a word names, singular or plural."""
        return self.speakers.get(word) or self.speakers.get(self.singular(word))

    def singular(self, word: str) -> str:
        for end, instead in (("ies", "y"), ("men", "man"), ("es", ""), ("s", "")):
            if word.endswith(end) and (short := word.removesuffix(end) + instead) in self.speakers:
                return short
        return word

    def is_office(self, word: str) -> bool:
        """Whether a word names an office or rank, which is nobody's private affair."""
        return self.role(word) is VoiceKind.OFFICIAL or self.has("offices", word)

    def tokens(self, text: str) -> tuple[str, ...]:
        """The words of a text, and the marks that part them."""
        return tuple(_TOKEN.findall(text))

    def is_organised(self, word: str) -> bool:
        """Whether a name with this word in it is that of an organisation."""
        return self.role(word) in _ORGANISED or self.has("institutions", word) or self.has("institutions", word.removesuffix("s"))


@cache
def _words(language: str | None) -> _Words:
    top = read_toml(_WORDS)
    known = language if language in top.names() and language in languages() else _LANGUAGE
    table = top.table(known)
    return _Words({name: tuple(table.strings(name)) for name in table.names()}, load_pack(known).cues.speakers)


@dataclass(frozen=True, slots=True)
class _Named:
    """The tokens of a voice's name, and which runs of them name a person."""

    tokens: tuple[str, ...]
    runs: tuple[tuple[int, int], ...]
    large: frozenset[str]  # all words of names, folded
    office: bool  # whether an office is told: "Mayor", "spokesman"
    kin: bool  # whether somebody's relative is told

    @property
    def parts(self) -> frozenset[str]:
        """The words of the personal name, folded."""
        return frozenset(_bare(self.tokens[at]).casefold() for run in self.runs for at in range(*run))


def private_roles(reading: Reading) -> dict[str, str]:
    """By a voice's name as told, the role to show in its place: of the private persons who speak in a report, each by a role of its own."""
    voices = [voice for voice in _voices(reading) if voice.kind is not VoiceKind.OUTLET]
    if all(voice.kind not in _PRIVATE for voice in voices):
        return {}
    words = _words(reading.document.language)
    listed = _listed(reading)
    named = {voice.name: _named(voice.name, words) for voice in voices}
    public = [voice for voice in voices if voice.kind not in _PRIVATE or voice.side or (voice.span and (voice.span.start, voice.span.end) in listed)]
    known = [named[voice.name].large for voice in public]
    known += [one.large for one in named.values() if (one.office and not one.kin) or not one.runs]
    kept = {voice.name for voice in public}
    kinds = {voice.name: voice.kind for voice in voices if voice.name not in kept and named[voice.name].runs}
    kinds |= {voice.name: voice.kind for voice in voices if voice.name in kinds and voice.kind is not VoiceKind.PERSON}  # the surer one
    text = words.tokens(reading.document.text) if kinds else ()
    private = {}
    for name in kinds:
        one = named[name]
        if one.kin or not (one.office or any(one.parts <= large for large in known) or _holds_office(one, text, words)):
            private[name] = one
    return _roles(private, kinds, {voice.name.casefold() for voice in voices if voice.name not in private}, words)


def shown_chain(voices: Sequence[Voice], roles: Mapping[str, str]) -> tuple[Voice, ...]:
    """The voices as they are shown: of private persons the role, without the words that name them."""
    return tuple(replace(voice, name=roles[voice.name], span=None) if voice.name in roles else voice for voice in voices)


def _voices(reading: Reading) -> Iterable[Voice]:
    for claim in reading.claims:
        yield from claim.voices
        yield from claim.responsibility.voices
    for figure in reading.figures:
        yield from figure.voices


def _listed(reading: Reading) -> set[tuple[int, int]]:
    """Where actors of the list are named."""
    found = {one.mention for one in reading.resolutions if isinstance(one.target, ActorTarget) and one.target.id}
    return {(one.span.start, one.span.end) for one in reading.mentions if one.kind is MentionKind.ACTOR and one.id in found}


def _holds_office(named: _Named, text: Sequence[str], words: _Words) -> bool:
    """Whether the report gives the person an office elsewhere: "Lieutenant Omar Idris", "Huda Salim, the governor of Kassala"."""
    last = _bare(named.tokens[named.runs[0][1] - 1])
    for at, token in enumerate(text):
        if _bare(token) != last:
            continue
        before = at - 1
        while before >= 0 and _is_large(text[before], words):
            before -= 1
        if before >= 0 and words.is_office(text[before].casefold()):
            return True
        if text[at + 1 : at + 2] == (",",):
            after = text[at + 2 : at + 2 + _APPOSITION]
            told = after[: after.index(",")] if "," in after else after
            if told and not words.has("ends", told[0]) and any(words.is_office(word.casefold()) for word in told):
                return True
    return False


def _roles(private: Mapping[str, _Named], kinds: Mapping[str, VoiceKind], others: Iterable[str], words: _Words) -> dict[str, str]:
    """A role for each person; who is called by a part of a fuller name is that one. `others` are the report's other voices, which have no such role."""
    found: dict[str, str] = {}
    persons: list[tuple[frozenset[str], str]] = []
    taken = dict.fromkeys(others, 1)
    for name, named in sorted(private.items(), key=lambda one: (-len(one[1].parts), kinds[one[0]] is VoiceKind.PERSON)):
        same = [role for parts, role in persons if named.parts <= parts]
        if same:
            found[name] = same[0]
            continue
        role = _role(named, kinds[name], words)
        taken[role] = taken.get(role, 0) + 1
        if taken[role] > 1:
            role = _ordinal(role, taken[role], words)
        persons.append((named.parts, role))
        found[name] = role
    return found


def _ordinal(role: str, number: int, words: _Words) -> str:
    bare = role.split(" ", 1)[1] if words.has("articles", role.split(" ", 1)[0]) else role
    ordinals = words.lists["ordinals"]
    return f"{ordinals[number - 2]} {bare}" if number - 2 < len(ordinals) else f"a further {bare} ({number})"


# --- what names a person ---


def _named(name: str, words: _Words) -> _Named:
    tokens = words.tokens(name)
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        stop = at
        while stop < len(tokens) and _is_large(tokens[stop], words):
            stop += 1
        if stop > at and _is_person(tokens, (at, stop), words):
            runs.append((at, stop))
        at = max(stop, at + 1)
    told = [_bare(token).casefold() for token in tokens]
    large = frozenset(low for low, token in zip(told, tokens, strict=True) if _is_large(token, words))
    return _Named(tokens, tuple(runs), large, any(map(words.is_office, told)), any(words.has("kin", words.singular(one)) for one in told))


def _is_large(token: str, words: _Words) -> bool:
    """Whether a word is written as a name is, and is no role or title."""
    low = _bare(token).casefold()
    if not any(part[:1].isupper() for part in re.split("[-'’]", token)):
        return False
    if words.has("articles", low) or words.has("titles", low) or words.has("offices", low):
        return False
    return words.is_organised(low) or not (words.is_office(low) or words.role(low))


def _is_person(tokens: Sequence[str], run: tuple[int, int], words: _Words) -> bool:
    own = [_bare(token) for token in tokens[run[0] : run[1]]]
    if any(words.is_organised(word.casefold()) or (len(word) > 1 and word.isupper()) for word in own):
        return False
    before = [token.casefold() for token in tokens[: run[0]]]
    kin = any(words.has("kin", words.singular(token)) for token in before)
    if before and words.has("articles", before[-1]):
        before.pop()  # "the sheikh of the Bukamil"
    if before and words.has("scenes", before[-1]) and not kin:
        return False
    described = _described(tokens[run[1] :], words)
    if described is None:
        return True
    owned = tokens[run[1] - 1].endswith(_POSSESSIVES)
    return owned and words.has("kin", words.singular(described))


def _described(after: Sequence[str], words: _Words) -> str | None:
    """The role that the words after a name come to, as in "Kassala residents", "Emergency Lawyers"."""
    for token in after[: _BETWEEN + 1]:
        low = token.casefold()
        if not token[0].isalnum() or words.has("articles", low) or words.has("ends", low) or words.has("scenes", low):
            return None
        if words.role(low) is not None:
            return low if token.islower() or words.singular(low) != low else None
        if not token.islower():
            return None
    return None


# --- the role ---


def _role(named: _Named, kind: VoiceKind, words: _Words) -> str:
    own = {at for run in named.runs for at in range(*run)}
    told = [token.casefold() for at, token in enumerate(named.tokens) if at not in own]
    nouns = (word for word in told if words.role(word) in _PRIVATE and not words.has("titles", word) and not words.is_organised(word))
    noun = next(nouns, None) or _apposition(named, words)
    if noun is None:
        return words.lists[kind.value][0]
    if words.singular(noun) != noun:
        return noun
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _apposition(named: _Named, words: _Words) -> str | None:
    """The noun of "Ivan, a 34-year-old barber from Kyiv", or the one before the name: "barber Ivan"."""
    tokens = named.tokens
    for at, token in enumerate(tokens[:-1]):
        if words.has("articles", token.casefold()) and (noun := _noun(tokens[at + 1 :], words)):
            return noun
    before = tokens[named.runs[0][0] - 1] if named.runs[0][0] else ""
    return before if before.isalpha() and before.islower() and not words.has("articles", before) and not words.has("titles", before) else None


def _noun(tokens: Sequence[str], words: _Words) -> str | None:
    found = None
    for token in tokens:
        if not token.replace("-", "").isalnum() or not token.islower() or words.has("scenes", token) or words.has("ends", token):
            break
        found = token if token.isalpha() else found
    return found


def _bare(token: str) -> str:
    return token[:-2] if token.endswith(_POSSESSIVES) else token
