"""Where a sentence ends within a run of prose: the rules of the full stop. Linear in the length of the run."""

import re
from collections.abc import Iterator


def words_of(listed: str) -> frozenset[str]:
    """The set of the words of a list written with blanks."""
    return frozenset(listed.split())


MONTHS = words_of("jan feb mar apr jun jul aug sep sept oct nov dec")
MONTH_NAMES = MONTHS | words_of("january february march april may june july august september october november december")
WEEKDAYS = words_of("mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday")

# Before a name: the full stop never ends the sentence.
_TITLES = words_of("""gen col lt dr mr mrs ms mx prof sgt capt maj brig cmdr comdr cdr adm rev fr sen rep reps sens gov pres hon st mt ft messrs mme mlle
    pvt pfc cpl lcpl spc supt insp det dep asst atty amb min sec vs cf eg ie eds ed trans gens cols drs profs sr. ltcol ltgen majgen briggen
    maj-gen lt-gen brig-gen lt-col""")
# Before a number: "No. 41", "Art. 5"; otherwise a word like any other.
_BEFORE_NUMBER = words_of("no nos art arts fig figs vol vols p pp ch para paras sec secs res doc ca c approx est") | MONTHS
# These may end a sentence; they do so only before a word that opens one.
_MAYBE = words_of("""inc corp ltd co cos bros jr sr dept depts ave blvd rd hwy approx est incl excl resp acc km kms kg hrs hr mins ext tel govt intl natl assn
    univ bldg mil min max avg orig ret res rep gov gen col sq mph kph ph.d phd m.d b.a m.a u.s u.n u.k e.u u.a.e d.c u.s.a u.s.s.r d.r.c""")
_NEVER = words_of("e.g i.e eg ie viz cf vs al")
_HOURS = frozenset(("a.m", "p.m", "am", "pm"))
_AFTER_HOUR = words_of("gmt utc est edt pst cst cet eat et ct pt ist eastern central pacific local time on") | MONTH_NAMES | WEEKDAYS
OPENERS = words_of("""the a an this that these those it he she they
    we i you his her its their our my your in on at by for from with to as of but and or so yet nor
    if when while after before since until although though because however meanwhile moreover there here no not some many most several all both each
    another two three four five one who what where why how earlier later also then once despite during under over about according
    among between last officials witnesses residents""")

_STOP = re.compile(r"[.!?…؟。！？।]+")
_CLOSERS = "\"'”’»)]}*_"
_OPENING_MARKS = "\"'“‘«„‚([{*_¿¡"
_FULLWIDTH = frozenset("。！？")
_FOOTNOTE = re.compile(r"(?:\[\d{1,3}\])+")
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"[^\W_](?:[\w'’.-]{0,28}[\w])?")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_REACH = 30  # code points before a full stop that are looked at


def ends(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The end of each sentence of [start, stop) but the last, each with the start of the next."""
    for match in _STOP.finditer(text, start, stop):
        end = _after_closers(text, match.end(), stop)
        following = _space_end(text, end, stop)
        if following >= stop:
            return
        if _is_end(text, (start, stop), match, end, following):
            yield end, following


def _after_closers(text: str, at: int, stop: int) -> int:
    while at < stop and text[at] in _CLOSERS:
        at += 1
    footnote = _FOOTNOTE.match(text, at, stop)
    return footnote.end() if footnote else at


def _space_end(text: str, at: int, stop: int) -> int:
    match = _SPACE.match(text, at, stop)
    return match.end() if match else at


def _is_end(text: str, bounds: tuple[int, int], match: re.Match[str], end: int, following: int) -> bool:
    marks = match.group()
    if following == end:
        return marks[-1] in _FULLWIDTH or _glued(text, match, end, bounds[1])
    at = following
    while at < min(bounds[1], following + 4) and text[at] in _OPENING_MARKS:
        at += 1
    if at >= bounds[1]:
        return False  # only marks follow: they belong to this sentence
    lower = text[at].islower()
    closed = end > match.end()
    if lower and closed:
        return False  # "Why?" he asked
    if marks[0] in "!?؟" or (len(marks) > 1 and marks[-1] in "!?؟"):
        return True
    if marks != ".":
        return not lower
    if closed and text[match.end()] in "\"”»":
        return True
    return _full_stop(text, bounds, match.start(), at)


def _glued(text: str, match: re.Match[str], end: int, stop: int) -> bool:
    """Whether a blank was lost after a full stop: "the town.The army"."""
    before = text[max(0, match.start() - 3) : match.start()]
    after = text[end : min(end + 2, stop)]
    if end > match.end() and text[end - 1] in "\"”»":
        return after[:1].isupper()  # "Go."The
    if len(before) < 3 or not before.isalpha() or not before.islower() or len(after) < 2:
        return False
    return after[0].isupper() and (after[1].islower() or after[1].isspace())


def _full_stop(text: str, bounds: tuple[int, int], stop_at: int, next_at: int) -> bool:
    """Whether a single full stop followed by blank ends the sentence."""
    word = _word_before(text, bounds[0], stop_at)
    lower = text[next_at].islower()
    if not word:
        return not lower
    if word.isdigit() and stop_at - len(word) == bounds[0]:
        return False  # "1. At dawn"
    found = _WORD.match(text, next_at, bounds[1])
    following = found.group().lower() if found else ""
    key = word.lower()
    if key in _NEVER:
        return False
    if key in _BEFORE_NUMBER and text[next_at].isdigit():
        return False
    if key in _HOURS:
        return not lower and following not in _AFTER_HOUR
    if key == "st" or (key in _TITLES and word[0].isupper()):
        return False
    if key in MONTHS or key in WEEKDAYS:
        return not lower
    initial = len(word) == 1 and word.isalpha()
    if initial or key in _MAYBE or _DOTTED.fullmatch(word):
        after = next_at + len(following)
        return following in OPENERS and text[next_at].isupper() and not (len(following) == 1 and text[after : after + 1] == ".")
    return not lower or (len(word) > 2 and word.isalpha())


def _word_before(text: str, start: int, stop_at: int) -> str:
    at = stop_at
    least = max(start, stop_at - _REACH)
    while at > least and (text[at - 1].isalnum() or text[at - 1] in ".-"):
        at -= 1
    return text[at:stop_at].strip(".-")
