"""Invented documents and readings, made without a parser: each claim is a sentence "ACTOR VERB RECIPIENT in PLACE on DAY"."""

from collections.abc import Callable, Iterator
from itertools import count

from sayso.model import (
    Act,
    ActorTarget,
    Claim,
    Document,
    Figure,
    Interval,
    Mention,
    Origin,
    PlaceTarget,
    Reading,
    Resolution,
    Roles,
    Source,
    Span,
    Voice,
    sha256_bytes,
)
from sayso.model.words import ActorKind, Measure, MentionKind, PlacePrecision, TimePrecision, VoiceKind

FIRST = Origin("rules", "1", "sha256:book", "sha256:pack", "first run")
SECOND = Origin("rules", "2", "sha256:book", "sha256:pack", "second run")
THIRD = Origin("rules", "3", "sha256:book", "sha256:pack", "third run")
TEXT = (
    "The Red Column shelled herders in Wad Hassan on 3 May, killing 9 people.\n\n"
    "Delta police arrested teachers in Suakin on 4 May. The road stayed closed, a spokesman said."
)
ACTS = {"shelled": "ASSAULT", "arrested": "COERCE", "closed": "COERCE", "killing": "ASSAULT"}
PLACES = {"Wad Hassan": ("SD", "Gezira", 14.1, 33.2), "Suakin": ("SD", "Red Sea", 19.1, 37.3)}
DAYS = {"3 May": "2024-05-03", "4 May": "2024-05-04"}


def clock() -> Callable[[], str]:
    """A clock that is a second later at each look."""
    ticks = count()
    return lambda: f"2024-05-06T00:{next(ticks) // 60 % 60:02}:{next(ticks) % 60:02}Z"


def document(number: int = 1, text: str = TEXT, **fields: object) -> Document:
    told: dict[str, object] = {"given_id": f"i{number:03}", "title": "Two accounts", "published": "2024-05-05", "url": f"invalid:report/{number}"}
    return Document(text, Source("Delta News"), **{**told, "language": "en", **fields})  # type: ignore[arg-type]


def with_raw(number: int, text: str = TEXT) -> tuple[Document, bytes]:
    """A document and the raw bytes it was got from."""
    raw = f"<p>{number} {text}</p>".encode()
    return document(number, text, raw_sha256=sha256_bytes(raw)), raw


def at(made: Document, words: str) -> Span:
    start = made.text.index(words)
    return made.span(start, start + len(words))


def read(made: Document, origin: Origin = FIRST, triggers: dict[str, str] | None = None) -> Reading:
    """A reading with a claim for each trigger (and its act type) that stands in the text."""
    acts = ACTS if triggers is None else triggers
    claims = tuple(_claim(made, word, act, origin) for word, act in acts.items() if word in made.text and word != "killing")
    figures = ()
    if claims and "9 people" in made.text:
        outlet = Voice(made.source.name, VoiceKind.OUTLET)
        figures = (Figure(at(made, "9 people"), Measure.KILLED, 9, 9, (outlet,), point=9, claim=claims[0].id, origin=origin),)
    mentions, resolutions = zip(*_resolved(made), strict=True) if any(name in made.text for name in (*PLACES, *DAYS)) else ((), ())
    return Reading(made, mentions, claims, figures, resolutions=resolutions, origin=origin)


def _claim(made: Document, word: str, act: str, origin: Origin) -> Claim:
    trigger = at(made, word)
    left = max(made.text.rfind("\n", 0, trigger.start) + 1, made.text.rfind(". ", 0, trigger.start) + 2 if ". " in made.text[: trigger.start] else 0)
    sentence = made.text[left : made.text.find(".", trigger.end) if "." in made.text[trigger.end :] else len(made.text)]
    actor = sentence[: sentence.index(word)].strip() if word in sentence else ""
    start = made.text.index(actor, left) if actor else 0
    who = (made.span(start, start + len(actor)),) if actor else ()
    where = tuple(at(made, name) for name in PLACES if name in sentence)
    when = next((at(made, day) for day in DAYS if day in sentence), None)
    outlet = Voice(made.source.name, VoiceKind.OUTLET)
    return Claim(trigger, Act(act), (outlet,), roles=Roles(actor=who, place=where, time=when), origin=origin)


def _resolved(made: Document) -> Iterator[tuple[Mention, Resolution]]:
    for name, (country, admin1, lat, lon) in PLACES.items():
        if name in made.text:
            mention = Mention(MentionKind.PLACE, at(made, name))
            yield mention, Resolution(mention.id, PlaceTarget(name, lat, lon, PlacePrecision.SETTLEMENT, "1", country, admin1), 0.9, "listed", "test")
    for words, day in DAYS.items():
        if words in made.text:
            mention = Mention(MentionKind.TIME, at(made, words))
            yield mention, Resolution(mention.id, Interval(day, day, TimePrecision.DAY), 0.9, "stated", "test")
    if "The Red Column" in made.text:
        mention = Mention(MentionKind.ACTOR, at(made, "The Red Column"))
        target = ActorTarget("A1", "Red Hills Column", ActorKind.REBEL_GROUP, "SD")
        yield mention, Resolution(mention.id, target, 0.8, "listed", "test")
