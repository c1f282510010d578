"""Names that no list holds: persons after a title, organisations by their head word, and surnames told again."""

from collections.abc import Sequence

from sayso.gazetteers.actor_roles import load_roles
from sayso.gazetteers.name_context import FoundName, NameContext, covered
from sayso.text.veil import Shape

_CONNECTORS = frozenset(("of", "for", "and", "the", "de", "del", "la", "al", "el", "du", "des", "wa", "ul"))
_PARTICLES = frozenset(("al", "el", "bin", "ibn", "ben", "de", "del", "van", "von", "da", "dos", "ag", "ould", "abu", "der", "la", "mac", "o", "st"))
_PLURAL = ("brigades", "forces", "guards", "units", "rangers", "battalions", "militias", "volunteers")
_UNITS = frozenset(("brigade", "battalion", "division", "regiment", "front", "corps", "army", "brigades"))
_LONGEST_RUN = 7


def persons(context: NameContext, taken: Sequence[bool]) -> list[FoundName]:
    """The names after titles ("Governor Tomas Ibarra"): shape person; the identity is the folded name."""
    words, roles = context.words, load_roles()
    titles = roles.lists["titles"]
    found: list[FoundName] = []
    index, count = 0, len(words)
    if titles.isdisjoint(words.folded):
        return found
    while index < count - 1:
        if words.folded[index] not in titles or taken[index]:
            index += 1
            continue
        start = index + 1
        stop = start
        while stop < count and stop - start < 4 and not taken[stop] and _person_word(context, start, stop):
            stop += 1
        while stop > start and words.folded[stop - 1] in _PARTICLES:
            stop -= 1
        if stop > start and not _bare_title(context, index):
            identity = "person:" + " ".join(words.folded[start:stop])
            found.append(FoundName(words.starts[start], words.ends[stop - 1], Shape.PERSON, identity))
            index = stop
        else:
            index += 1
    return found


def surnames_again(context: NameContext, names: Sequence[FoundName]) -> list[FoundName]:
    """Surnames of persons who were named in full, wherever they stand alone."""
    surnames: dict[str, FoundName] = {}
    for name in names:
        if name.shape is Shape.PERSON:
            last = name.identity.rpartition(" ")[2].removeprefix("person:")
            if len(last) > 3:
                surnames.setdefault(last, name)
    if not surnames:
        return []
    words, roles = context.words, load_roles()
    taken = covered(words, names)
    found = []
    for index, folded in enumerate(words.folded):
        if folded in surnames and not taken[index] and words.raw[index][0].isupper() and roles.role(folded) is None:
            name = surnames[folded]
            found.append(FoundName(words.starts[index], words.ends[index], Shape.PERSON, name.identity, name.kind, name.country))
    return found


def unlisted(context: NameContext, names: list[FoundName]) -> list[FoundName]:
    """The names and the unlisted organisations, which swallow listed names inside them ("Syrian Dignity Front")."""
    words, heads = context.words, load_roles().lists["heads"]
    if heads.isdisjoint(words.folded):
        return names
    headed = [index for index, folded in enumerate(words.folded) if folded in heads and words.raw[index][0].isupper()]
    if not headed:
        return names
    runs: list[FoundName] = []
    last = 0
    blocked, listed = _blocked(context, names), covered(words, names)
    for index in headed:
        if index < last or blocked[index] or context.headline(index):
            continue
        start, stop = _run(context, index, blocked, last)
        if _distinct(context, (start, index, stop), listed):
            begin, end = words.starts[start], words.ends[stop - 1]
            shape = Shape.PLURAL if words.folded[index].endswith(_PLURAL) else Shape.NAME
            runs.append(FoundName(begin, end, shape, "unlisted:" + " ".join(words.folded[start:stop])))
            last = stop
    if not runs:
        return names
    return [name for name in names if not any(run.start < name.end and name.start < run.end for run in runs)] + runs


def _person_word(context: NameContext, start: int, stop: int) -> bool:
    words, roles = context.words, load_roles()
    gap = context.text[words.ends[stop - 1] : words.starts[stop]]
    if gap not in (" ", ". ", "-", "\n", "  "):
        return False
    if gap == ". " and len(words.raw[stop - 1]) > 4 and stop == start:
        return False
    if gap == ". " and stop > start and len(words.raw[stop - 1]) > 2:
        return False
    raw, folded = words.raw[stop], words.folded[stop]
    if folded in _PARTICLES and (stop > start or raw[0].isupper()):
        return stop + 1 < len(words)
    if not raw[0].isupper() or (len(raw) > 1 and raw.isupper() and not context.capitals(stop)):
        return False
    plain = folded in roles.lists["titles"] or folded in roles.lists["heads"] or folded in roles.lists["offices"] or folded in roles.lists["generic"]
    return not plain and (stop > start or roles.role(folded) is None)


def _bare_title(context: NameContext, index: int) -> bool:
    """Whether the title is a word of another name or a plain noun in lower case before a lone capital that starts a sentence."""
    raw = context.words.raw[index]
    return raw.islower() and raw in ("private", "chief", "major", "general", "brother", "sister", "father", "captain", "justice", "lady", "lord", "miss")


def _blocked(context: NameContext, names: Sequence[FoundName]) -> list[bool]:
    """For every word, whether a listed organisation, group or person holds it: runs stop there."""
    words = context.words
    blocked = [False] * len(words)
    spans = iter(sorted((name.start, name.end) for name in names if name.shape in (Shape.NAME, Shape.PLURAL, Shape.PERSON)))
    span = next(spans, None)
    for index in range(len(words)):
        while span is not None and span[1] <= words.starts[index]:
            span = next(spans, None)
        blocked[index] = span is not None and span[0] < words.ends[index]
    return blocked


def _run(context: NameContext, head: int, blocked: Sequence[bool], floor: int) -> tuple[int, int]:
    """The words [start, stop) of the capitalised run that ends in the head, or goes on after it with "of" or "for"."""
    words, functions = context.words, load_roles().lists["function"]
    start, stop = head, head + 1
    while start > floor and head - start < _LONGEST_RUN and not blocked[start - 1] and _glued(context, start - 1):
        before = words.raw[start - 1]
        if not (before[0].isupper() or (before[0].isdigit() and before[-1].isalpha())) or words.folded[start - 1] in ("the", "a", "an"):
            break
        if words.folded[start - 1] in functions and context.starts_sentence(start - 1):
            break
        start -= 1
        if context.starts_sentence(start):
            break
    while stop < len(words) and stop - head < _LONGEST_RUN and not blocked[stop] and _glued(context, stop - 1):
        if words.raw[stop][0].isupper() and stop - 1 != head:
            stop += 1
        elif words.folded[stop] in ("of", "for") and (after := _capital_after(context, stop, blocked)):
            stop = after
        else:
            break
    return start, min(stop, len(words))


def _capital_after(context: NameContext, index: int, blocked: Sequence[bool]) -> int:
    """The index behind the capitalised word that follows "of" or "of the"; 0 where none does."""
    words = context.words
    if index + 1 >= len(words):
        return 0
    after = index + 2 if words.folded[index + 1] == "the" else index + 1
    if after >= len(words) or blocked[after] or not words.raw[after][0].isupper() or not _glued(context, index):
        return 0
    return after + 1


def _glued(context: NameContext, index: int) -> bool:
    words = context.words
    return context.text[words.ends[index] : words.starts[index + 1]] in (" ", "-", "'s ", "’s ", " \n", "\n", "’ ", "' ")


def _distinct(context: NameContext, run: tuple[int, int, int], listed: Sequence[bool]) -> bool:
    """Whether a word of the run says which organisation it is: "Information Ministry" and "Malian Army" do not."""
    words, roles = context.words, load_roles()
    start, head, stop = run
    if stop - start < 2:
        return False
    generic, directions = roles.lists["generic"], roles.lists["directions"]
    telling = [index for index in range(start, stop) if index != head and words.folded[index] not in _CONNECTORS]
    if words.raw[start][0].isdigit() and start < head:
        return words.folded[head] in _UNITS
    return any(
        words.folded[index] not in generic and words.folded[index] not in directions and not listed[index] and roles.role(words.folded[index]) is None
        for index in telling
        if not (index == start and context.starts_sentence(index) and words.folded[index].endswith(("ing", "ly")))
    )
