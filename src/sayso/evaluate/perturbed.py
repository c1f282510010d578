"""Copies made from reports as outlets make them, and look-alikes that are none: invented texts, or any texts given. The same for the same seed."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sayso.model.document import Document, Source


def _listed(phrases: str, mark: str = "|") -> tuple[str, ...]:
    return tuple(part for phrase in phrases.replace("\n", mark).split(mark) if (part := phrase.strip()))


_SYLLABLES = _listed("""ba do ka lu mar ne or pel qua ri sa ten ul vo wen yar zi gha sul tor bel ham dra fen kos lim""", " ")
_HEADS = _listed("""Governor | Commander | Colonel | Spokeswoman | Mayor | Inspector | Engineer | Doctor | Headteacher | Judge""")
_WHO = _listed("""villagers | a column of armoured vehicles | customs officers | the river police | members of a farmers' union
    two drone crews | a convoy of traders
    dock workers | students of the technical college | a patrol of the border guard | herders from the uplands | masked men on motorcycles
    the provincial council | a medical team | militiamen | rescuers | a group of lawyers | the engineering battalion | shopkeepers | bus drivers
    an observer mission | the water authority | relatives of the missing | a youth committee""")
_DID = _listed("""shelled | searched | blocked | abandoned | recaptured | set fire to | inspected | looted | evacuated | surrounded
    reopened | shut down | fired on
    mined | rebuilt | photographed | left | entered | bombarded | cordoned off | demanded compensation for | protested beside | withdrew from | cleared
    raided | flooded | fortified | visited | marched past""")
_WHAT = _listed("""the grain store | a brick bridge | the old telegraph station | three checkpoints | a primary school
    the cattle market | a fuel depot
    the district court | several orchards | a clinic | the railway yard | a water tower | the radio mast | a row of shops | the ferry landing
    the cement works | two farmhouses | the customs shed | a prison wing | the bakery | an irrigation canal | the municipal garage | a cotton mill
    the timber road | a pumping station""")
_WHEN = _listed("""before dawn | shortly after noon | on Monday evening | during the night | late on Thursday
    for the second time in a week | while the market was open
    as rain fell | at the weekend | on Sunday morning | in the early hours | as talks went on elsewhere | after a short lull
    within an hour of the warning | on the eve of the vote""")
_HARM = _listed("""{n} people were killed | at least {n} were wounded | {n} families fled to {place} | nobody was hurt
    {n} men were taken away | {n} houses burned down
    the road was cut for {n} hours | {n} bodies were brought to the clinic | damage was put at {n} million | some {n} head of cattle were lost
    {n} prisoners escaped | the power failed in {n} streets""")
_SAID = _listed("""{person} said | according to {person} | a nurse in {place} told this newspaper | the ministry said
    residents reached by telephone said
    a leaflet found in {place} claimed | two drivers who passed through {place} reported | {person} wrote in a short notice | an aid worker recalled
    the union maintained""")
_ALSO = _listed("""Nobody had taken responsibility by the evening | It was the {n}th such day this season | The valley has changed hands {n} times
    Schools in {place} stayed closed | {person} was not available for comment | Ambulances had to take the track over the hill
    Seed for the spring had been stored there | Prices in {place} doubled within days | A count of the damage is expected next week
    The bridge is the only one for {n} kilometres | Some of the wounded were carried on doors | Telephones were dead until midnight""")
_BOILER = _listed(
    """subscribe newsletter terms privacy reader edition support independent journalism daily archive contact editor office
    rights reserved republish without written permission service weather markets letters opinion advertise careers cookies
    settings follow channel app download offers partners local community foundation member gift print delivery account login
    comments moderated guidelines report error correction policy""",
    " ",
)
_FILLERS = _listed(
    """officials quickly northern several local later around heavy reported small large nearby former other main early public
    recent further regional common strong clear private slow narrow empty broad distant formal quiet brief""",
    " ",
)
_WORD = re.compile(r"[^\W_]+")
_OUTLETS = (
    "Morning Post",
    "Valley Herald",
    "Coast Radio",
    "Upland News",
    "The Ledger of Imre",
    "Delta Wire",
    "Northern Star",
    "Harbour Times",
    "Red Hills Monitor",
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A document of a set to be searched, with the reports whose words it holds; `how` is "original", a way of copying, or a kind of look-alike."""

    document: Document
    families: frozenset[int]
    how: str


def name(chance: random.Random) -> str:
    """An invented name."""
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((2, 2, 3)))).capitalize()


def invented_text(chance: random.Random, sentences: int) -> str:
    """An invented report of so many sentences, in paragraphs; invented persons hold offices only."""
    place, person = name(chance), f"{chance.choice(_HEADS)} {name(chance)}"
    told = [_sentence(chance, place, person) for _ in range(sentences)]
    paragraphs = []
    while told:
        size = chance.randint(1, 3)
        paragraphs.append(" ".join(told[:size]))
        told = told[size:]
    return "\n\n".join(paragraphs)


def _sentence(chance: random.Random, place: str, person: str) -> str:
    near = place if chance.random() < 0.5 else name(chance)

    def fill(pattern: str) -> str:
        return pattern.format(n=chance.randint(2, 60), place=near, person=person if chance.random() < 0.6 else f"{chance.choice(_HEADS)} {name(chance)}")

    def pick(listed: Sequence[str]) -> str:
        return fill(chance.choice(listed))

    kind = chance.random()
    if kind < 0.45:
        words = f"{pick(_WHO)} {pick(_DID)} {pick(_WHAT)} near {near} {pick(_WHEN)}, {pick(_SAID)}"
    elif kind < 0.65:
        words = f"{pick(_HARM)} {pick(_WHEN)} when {pick(_WHO)} {pick(_DID)} {pick(_WHAT)}"
    elif kind < 0.8:
        words = f'"we saw how {pick(_WHO)} {pick(_DID)} {pick(_WHAT)} and {pick(_HARM)}," {pick(_SAID)}'
    else:
        words = f"{pick(_ALSO)}, and {pick(_WHO)} {pick(_DID)} {pick(_WHAT)}"
    return words[0].upper() + words[1:] + "."


def boilerplate(chance: random.Random, words: int = 200) -> str:
    """A standing text of an outlet, as found at the foot of every page."""
    drawn = [chance.choice(_BOILER) for _ in range(words)]
    return " ".join(word.capitalize() if at % 11 == 0 else word for at, word in enumerate(drawn))


def _changed(text: str, chance: random.Random, share: float = 0.1) -> str:
    words = list(_WORD.finditer(text))
    parts, at = [], 0
    for match in words:
        if chance.random() < share:
            parts += [text[at : match.start()], _another(match.group(), chance)]
            at = match.end()
    return "".join(parts) + text[at:]


def _another(word: str, chance: random.Random) -> str:
    if word.isdigit():
        return str(chance.randint(2, 99))
    return name(chance) if word[0].isupper() else chance.choice(_FILLERS)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def _cut(text: str, chance: random.Random) -> str:
    words = list(_WORD.finditer(text))
    return text[: words[len(words) // 2].end()] if chance.random() < 0.7 else text[words[len(words) // 2].start() :]


def _thinned(text: str, chance: random.Random) -> str:
    """Half of the sentences, in their order."""
    told = _sentences(text)
    kept = sorted(chance.sample(range(len(told)), max(1, (len(told) + 1) // 2)))
    return " ".join(told[at] for at in kept)


def _headed(text: str, chance: random.Random) -> str:
    place, agency = name(chance), name(chance)
    title = f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)}".capitalize()
    return f"{title}\n\n{place.upper()}, {chance.randint(1, 28)} May ({agency} News) — {text}"


def _wrapped(text: str, chance: random.Random) -> str:
    before, after = invented_text(chance, chance.randint(3, 8)), invented_text(chance, chance.randint(2, 8))
    return f"{before}\n\n{text}\n\n{after}"


def _marks(text: str, chance: random.Random) -> str:
    return re.sub(r" +", "  ", text.replace('"', "”").replace(",", " ,")).upper() if chance.random() < 0.5 else text.replace("\n\n", "\n").replace("-", "–")


Way = Callable[[str, random.Random], str]

WAYS: dict[str, Way] = {
    "exact": _marks,
    "half cut": _cut,
    "half of the sentences": _thinned,
    "words changed": _changed,
    "headline and dateline": _headed,
    "wrapped": _wrapped,
    "cut, words changed": lambda text, chance: _changed(_cut(text, chance), chance),
    "headed, words changed": lambda text, chance: _headed(_changed(text, chance), chance),
    "wrapped, words changed": lambda text, chance: _wrapped(_changed(text, chance), chance),
}
HARD_WAYS: dict[str, Way] = {"cut and wrapped": lambda text, chance: _wrapped(_cut(text, chance), chance)}


@dataclass(frozen=True, slots=True)
class Plan:
    """How large a set is made: unrelated originals, copies each way, and how many of all carry which standing text."""

    originals: int = 300
    copies: int = 20
    sentences: tuple[int, int] = (4, 14)
    boilerplate: float = 0.7
    standing_texts: int = 1
    twins: int = 20
    hard: bool = True


def perturbed_set(seed: int, plan: Plan | None = None, texts: Sequence[str] = ()) -> list[Planted]:
    """Reports with copies and look-alikes among them, in a shuffled order; the originals are `texts` where those are given."""
    plan = plan or Plan()
    chance = random.Random(seed)  # noqa: S311
    bodies = list(texts) or [invented_text(chance, chance.randint(*plan.sentences)) for _ in range(plan.originals)]
    standing = [boilerplate(chance) for _ in range(plan.standing_texts)]
    made = [_placed(text, frozenset((number,)), "original", (chance, plan, standing)) for number, text in enumerate(bodies)]
    ways = {**WAYS, **(HARD_WAYS if plan.hard else {})}
    for how, way in ways.items():
        for number in chance.sample(range(len(bodies)), min(plan.copies, len(bodies))):
            # A page is copied with its standing text; a cut of one might leave nothing else.
            before = chance.random() < 0.3 and not re.search("cut|half", how)
            text = way(made[number].document.text if before else bodies[number], chance)
            made.append(_placed(text, frozenset((number,)), how, (chance, replace(plan, boilerplate=0.0 if before else plan.boilerplate), standing)))
    made += _look_alikes(chance, plan, standing, len(bodies))
    chance.shuffle(made)
    return made


def _placed(text: str, families: frozenset[int], how: str, by: tuple[random.Random, Plan, list[str]]) -> Planted:
    chance, plan, standing = by
    if chance.random() < plan.boilerplate:
        foot = chance.choice(standing)
        text = f"{text}\n\n{foot}" if chance.random() < 0.8 else f"{foot}\n\n{text}"
    day = 1 if how == "original" else chance.randint(1, 4)
    source = Source(chance.choice(_OUTLETS))
    return Planted(Document(text, source, title=" ".join(text.split()[:6]), published=f"2031-05-{day:02d}"), families, how)


def _look_alikes(chance: random.Random, plan: Plan, standing: list[str], first: int) -> list[Planted]:
    """Bulletins in one form, two reports around one statement, and a source's background repeated: each a family of its own."""
    made: list[Planted] = []
    form = invented_text(chance, 2)
    for _ in range(plan.twins):
        quote = '"' + " ".join(invented_text(chance, 3).replace('"', "").split()) + '"'
        background = invented_text(chance, 4)
        source = Source(chance.choice(_OUTLETS))
        pairs = [("bulletin", _bulletin(chance, form)) for _ in range(2)]
        pairs += [("statement", f"{invented_text(chance, 4)}\n\n{quote}, the ministry said.\n\n{invented_text(chance, 2)}") for _ in range(2)]
        pairs += [("background", f"{invented_text(chance, 4)}\n\n{background}") for _ in range(2)]
        for how, text in pairs:
            planted = _placed(text, frozenset((first + len(made),)), how, (chance, plan, standing))
            made.append(replace(planted, document=replace(planted.document, source=source)) if how == "background" else planted)
    return made


def _bulletin(chance: random.Random, form: str) -> str:
    a, b, c = name(chance), name(chance), name(chance)
    low, high = chance.randint(2, 30), chance.randint(31, 90)
    parts = [chance.randint(2, 20) for _ in range(3)]
    told = (
        f"The ministry reported {low} attacks in the last 24 hours.",
        f"Of these, {parts[0]} took place in {a} and {parts[1]} in {b}, it said in its daily bulletin of {chance.randint(1, 28)} May.",
        f"{high} people were wounded and {parts[2]} were killed, most of them near {c}.",
        f"Fighting was heaviest on the road between {a} and {name(chance)}.\n\n{form}",
    )
    return " ".join(told)
