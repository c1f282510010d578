"""Private names: the stretches of a report that may name a private person, which exports leave out unless they are asked for.

Whoever is harmed, a witness, a relative, a doctor: roles, never names. Where in doubt a run of capitals is taken for a name: a word too many withheld
costs less than a victim named. Listed actors, places, organisations and those who speak for them stay.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sayso.errors import NoLanguagePack
from sayso.gazetteers.actor_roles import CIVILIANS, ActorRoles, load_roles
from sayso.gazetteers.name_tokens import Words, words_of
from sayso.model.words import MentionKind, VoiceKind

if TYPE_CHECKING:
    from sayso.export.lookup import Lookup
    from sayso.model import Span, Voice

Stretch = tuple[int, int]  # [start, end) in the document
NAME = "[name]"
PUBLIC = frozenset(
    {VoiceKind.OUTLET, VoiceKind.AGENCY, VoiceKind.STATE, VoiceKind.ARMED_GROUP, VoiceKind.OFFICIAL, VoiceKind.NGO, VoiceKind.IGO, VoiceKind.PARTY}
)
_ORGANISED = ("heads", "generic", "offices", "things_of", "directions", "regions")
_MOST_NAMES = 4  # words of a person's name; a longer run is a headline
_ACRONYM = 5
_ABBREVIATION = 4  # letters of "Gen.", "Capt."


def private_names(lookup: "Lookup") -> tuple[Stretch, ...]:
    """The stretches of a reading's text that may name a private person, in order, none within another."""
    reading = lookup.reading
    text, roles = reading.document.text, load_roles()
    words = words_of(text)
    kept = _covered(len(text), (*_public(lookup), *_numbers(lookup, words)))
    personal = _covered(len(text), _personal(lookup))
    runs: list[tuple[int, int]] = []
    tokens: set[str] = set()
    for start, stop in _runs(text, words, kept):
        first, last = _name_in(words, (start, stop), roles)
        if first >= last or (first and words.folded[first - 1] in roles.lists["locative"]):
            continue
        if last - first > 1 or personal[words.starts[first]] or _is_told_of(words, first, roles):
            runs.append((first, last))
            tokens.update(word for word in words.folded[first:last] if len(word) > 2)
    named = {index for first, last in runs for index in range(first, last)}
    named |= {index for index in range(len(words)) if words.folded[index] in tokens and words.raw[index][0].isupper() and not kept[words.starts[index]]}
    return tuple(_stretches(text, words, sorted(named)))


def names_in_title(lookup: "Lookup") -> frozenset[str]:
    """The words of a headline, folded, that may name a private person.

    Headlines have capitals of their own: a word is public where the report says it outside private names, or where it is a role, a place or a common one.
    """
    reading, roles = lookup.reading, load_roles()
    title = reading.document.title or ""
    hidden = _covered(len(reading.document.text), lookup.private)
    said = words_of(reading.document.text)
    public = {said.folded[index] for index in range(len(said)) if not hidden[said.starts[index]]}
    private = {said.folded[index] for index in range(len(said)) if hidden[said.starts[index]]}
    outlet = {word.casefold() for word in reading.document.source.name.split()}
    told = words_of(title)
    unknown = [_unknown(told.raw[at], told.folded[at], public | outlet, roles) for at in range(len(told))]
    # The first word has its capital from its place, unless another name stands behind it or the report has it in a private name.
    named = (at for at in range(len(told)) if unknown[at] and (at or unknown[1:2] == [True] or told.folded[at] in private))
    return frozenset(told.folded[at] for at in named)


def _unknown(raw: str, folded: str, public: set[str], roles: ActorRoles) -> bool:
    """Whether a word of a headline with a capital is none that the public is told by."""
    if not raw[0].isupper() or len(folded) <= 2 or (raw.isupper() and len(raw) <= _ACRONYM):
        return False
    listed = any(folded in roles.lists[name] for name in (*_ORGANISED, "months", "function"))
    return not (listed or folded in public or _is_role(folded, roles))


def without_names(lookup: "Lookup", start: int, end: int) -> str:
    """The words of [start, end) with private names taken out."""
    return without(lookup.reading.document.text, lookup.private, (start, end), NAME)


def without(text: str, hidden: Iterable[Stretch], of: Stretch, mark: str) -> str:
    """The words of a stretch of a text with `mark` in place of each hidden stretch; those come in order and do not overlap."""
    start, end = of
    told: list[str] = []
    at = start
    for first, last in hidden:
        if last <= start or first >= end:
            continue
        told += [text[at : max(first, at)], mark]
        at = max(at, min(last, end))
    return "".join((*told, text[at:end]))


def names_somebody(lookup: "Lookup", start: int, end: int) -> bool:
    """Whether a private name stands within [start, end)."""
    return is_hidden(lookup.private, start, end)


def is_hidden(hidden: Iterable[Stretch], start: int, end: int) -> bool:
    """Whether a hidden stretch stands within [start, end)."""
    return any(first < end and start < last for first, last in hidden)


def voice_name(lookup: "Lookup", voice: "Voice") -> str:
    """The name of a voice as an export may tell it: a private person is a role."""
    if voice.kind in PUBLIC:
        return voice.name
    role = lookup.roles.get(voice.name)
    if role is not None:
        return role
    if voice.span is None:
        return _role_alone(voice.name)
    told = without_names(lookup, voice.span.start, voice.span.end)
    return _role_alone(told) if NAME in told else voice.name


def _role_alone(told: str) -> str:
    """The words beside a name that tell a role: "a teacher, [name]" is "a teacher"; nothing but a name is "a person"."""
    rest = " ".join(told.replace(NAME, " ").replace(",", " ").split())
    roles = load_roles()
    return rest if any(roles.role(word.casefold()) for word in rest.split()) else "a person"


def _public(lookup: "Lookup") -> Iterator[Stretch]:
    """What names listed actors, places, times and public voices."""
    for mention in lookup.reading.mentions:
        listed = mention.kind is MentionKind.ACTOR and (target := lookup.actor(mention.span)) is not None and target.id
        if mention.kind in (MentionKind.PLACE, MentionKind.TIME) or listed:
            yield mention.span.start, mention.span.end
    for claim in lookup.reading.claims:
        yield from ((span.start, span.end) for span in claim.roles.place)
    yield from ((span.start, span.end) for voice, span in _voices(lookup) if voice.kind in PUBLIC)


def _numbers(lookup: "Lookup", words: Words) -> Iterator[Stretch]:
    """Words of numbers and their bounds: "Nine" and "Up to" at the start of a sentence have their capitals from there."""
    from sayso.languages.pack import load_pack  # here: reading loaded it long before anything is exported

    language = (lookup.reading.document.language or "en").split("-")[0]
    try:
        numbers = load_pack(language).numbers
    except NoLanguagePack:
        return
    told = (numbers.values, numbers.scales, numbers.vague, *numbers.bounds.values())
    known = {word for phrases in told for phrase in phrases for word in phrase.split()}
    yield from ((words.starts[at], words.ends[at]) for at, word in enumerate(words.folded) if word in known)


def _personal(lookup: "Lookup") -> Iterator[Stretch]:
    """Where a single capitalised word is likely to be somebody's name: those harmed, and voices of private persons."""
    for claim in lookup.reading.claims:
        yield from ((span.start, span.end) for span in claim.roles.recipient)
    yield from ((span.start, span.end) for voice, span in _voices(lookup) if voice.kind not in PUBLIC)


def _voices(lookup: "Lookup") -> "Iterator[tuple[Voice, Span]]":
    chains = [claim.voices for claim in lookup.reading.claims] + [figure.voices for figure in lookup.reading.figures]
    return ((voice, voice.span) for chain in chains for voice in chain if voice.span is not None)


def _covered(length: int, stretches: Iterable[Stretch]) -> bytearray:
    held = bytearray(length + 1)
    for start, end in stretches:
        held[start:end] = b"\x01" * (end - start)
    return held


def _runs(text: str, words: Words, kept: bytearray) -> Iterator[tuple[int, int]]:
    """Runs of words with capitals that stand next to each other and name nothing public, as word numbers."""
    start = None
    for index in range(len(words)):
        capital = words.raw[index][0].isupper() and not kept[words.starts[index]]
        if start is not None and (not capital or not _adjoin(text, words, index)):
            yield start, index
            start = None
        if capital and start is None:
            start = index
    if start is not None:
        yield start, len(words)


def _name_in(words: Words, run: tuple[int, int], roles: ActorRoles) -> tuple[int, int]:
    """The name in a run without the titles and roles before it; empty where it is an organisation, a headline or an acronym."""
    start, stop = run
    if stop - start > _MOST_NAMES + 2:
        return stop, stop
    while start < stop and _is_role(words.folded[start], roles):
        start += 1
    rest = words.folded[start:stop]
    if rest and rest[0] in roles.lists["function"]:  # "The", "After" at the start of a sentence
        start, rest = start + 1, rest[1:]
    public = (*(roles.lists[name] for name in _ORGANISED), roles.lists["months"], roles.lists["function"])
    if any(word in names for word in rest for names in public) or any(raw.isupper() and 1 < len(raw) <= _ACRONYM for raw in words.raw[start:stop]):
        return stop, stop
    return start, stop


def _is_role(word: str, roles: ActorRoles) -> bool:
    return word in roles.lists["titles"] or roles.role(word) is not None or roles.is_in("wrappers", word) or roles.is_in("modifiers", word)


def _adjoin(text: str, words: Words, index: int) -> bool:
    """Whether a word stands right after the one before it: a space, a hyphen or the point of an abbreviation parts them."""
    gap = text[words.ends[index - 1] : words.starts[index]]
    return gap in (" ", "-") or (gap == ". " and len(words.raw[index - 1]) <= _ABBREVIATION)


def _is_told_of(words: Words, index: int, roles: ActorRoles) -> bool:
    """Whether the word before tells a person's role in small letters: "his daughter Lina"."""
    return bool(index) and words.raw[index - 1][0].islower() and roles.role(words.folded[index - 1]) == CIVILIANS


def _stretches(text: str, words: Words, named: list[int]) -> Iterator[Stretch]:
    """The stretches that words of names cover, joined where only a space or a hyphen parts them."""
    start = end = None
    for index in named:
        if end is not None and words.ends[index - 1] == end and _adjoin(text, words, index):
            end = words.ends[index]
            continue
        if start is not None and end is not None:
            yield start, end
        start, end = words.starts[index], words.ends[index]
    if start is not None and end is not None:
        yield start, end
