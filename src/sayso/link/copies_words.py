"""The words of a report in the form in which copies are compared: folded, without headline, byline, dateline and marks, packed in 32 bits a word."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from sayso.model.document import Document
from sayso.text.boundaries import MONTH_NAMES, WEEKDAYS, words_of
from sayso.text.datelines import dateline_end
from sayso.text.folding import fold

Words = npt.NDArray[np.uint32]

# The low bits of a packed word; what is left above them is a hash of the folded word.
QUOTED, NAME, NUMBER = 1, 2, 4
FACT = NAME | NUMBER
BITS = 3
LONGEST = 50_000  # words of a report that are compared; what stands behind them is not looked at
_SHORTEST_WORDS_KEPT = 400_000  # word types remembered at a time: bounds memory whatever comes

_MARK, _BREAK = 0, 8  # what a quotation mark and a line end are packed as
_NO_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # scripts written without blanks: a letter is a word
_PLAIN = re.compile(r"[A-Za-z0-9]+|[\"\n]")
_ANY = re.compile(rf"[{_NO_SPACES}]|[^\W_{_NO_SPACES}]+|[\"\n“”„‟«»″〝〞＂]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_QUOTES = frozenset('"“”„‟«»″〝〞＂')
_NUMBERS = words_of("""two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty
    forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands dozen dozens million first second third""")
_RELATIVE = ("today", "yesterday", "tomorrow", "tonight")  # days that other outlets name: in place of these they say "on Tuesday"
_DAYS = MONTH_NAMES | WEEKDAYS | set(_RELATIVE)
_COUNTED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_LINE = re.compile(r"[^\S\n]*([^\n]*)(?:\n\s*|\Z)")
_BYLINE = re.compile(r"(?:by|from|written by|reporting by|story by|published|updated|posted|last updated|photo|source)\b[:\s]", re.IGNORECASE)
_ENDS = (".", "!", "?", "…", "。", "؟", "।", '."', ".”", ":", ",", ";")
_HEAD_LINES = 5  # lines before the body that are looked at
_HEAD_WORDS = 22


class Vocabulary(dict[str, int]):
    """Packed words by their spelling, each computed once; forgets all when it grows too large, since a word's packed form never depends on others."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _SHORTEST_WORDS_KEPT:
            self.clear()
        packed = _packed(word)
        self[word] = packed
        return packed

    def words(self, text: str) -> list[int]:
        """The packed words of a text in order, quotation marks and line ends among them."""
        found = _PLAIN.findall(text) if text.isascii() else _ANY.findall(_UNSEEN.sub("", unicodedata.normalize("NFC", text)))
        return list(map(self.__getitem__, found))


def _packed(word: str) -> int:
    if word in _QUOTES:
        return _MARK
    if word == "\n":
        return _BREAK
    folded = word.lower() if word.isascii() else fold(word).text
    hashed = int.from_bytes(blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big") >> BITS
    number = folded[:1].isdigit() or folded in _NUMBERS or folded in _DAYS
    # Hash 0 and 1 are the marks.
    return (max(hashed, 2) << BITS) | (NUMBER if number else NAME if word[0].isupper() and len(word) > 1 else 0)


DAYS = frozenset(_packed(word) >> BITS for word in _DAYS)
RELATIVE_DAYS = frozenset(_packed(word) >> BITS for word in _RELATIVE)
DIGITS = {_packed(word) >> BITS: _packed(str(number)) >> BITS for number, word in enumerate(_COUNTED, 2)}  # what some outlets print in its place


def without_marks(packed: npt.NDArray[np.uint32], starts: npt.NDArray[np.int64]) -> tuple[Words, npt.NDArray[np.int64]]:
    """The words of several reports laid end to end, with the bit of quoted words set and the marks taken out, and where each report now starts.

    A quotation that is not closed ends with its line, as in reports that open each paragraph of a long one anew.
    """
    is_mark, is_break = packed == _MARK, packed == _BREAK
    opened = np.cumsum(is_mark)
    new = is_break.copy()
    inner = starts[starts < len(packed)]
    new[inner] = True
    # What was opened before the line began no longer counts.
    before = np.maximum.accumulate(np.where(new, opened - is_mark, 0))
    quoted = ((opened - before) & 1).astype(np.uint32)
    kept = ~(is_mark | is_break)
    place = np.concatenate([[0], np.cumsum(kept)])
    return (packed | quoted)[kept], place[starts]


def body_start(document: Document) -> int:
    """Where the report itself begins in the text: behind headline, byline and dateline."""
    text, at = document.text, 0
    title = _plain(document.title or "")
    for number in range(_HEAD_LINES):
        line = _LINE.match(text, at, at + 600)
        if line is None or line.end() >= len(text):
            break
        told = line[1].strip()
        if told and not _is_head(told, title, number):
            break
        at = line.end()
    after = dateline_end(text, at, min(len(text), at + 200), True)
    return after[1] if after and after[1] < len(text) else at


def _is_head(line: str, title: str, number: int) -> bool:
    if title and _plain(line) == title:
        return True
    if len(line) > 200 or line.endswith(_ENDS) or len(line.split()) > _HEAD_WORDS:
        return False
    return number == 0 or _BYLINE.match(line) is not None


def _plain(words: str) -> str:
    return " ".join(_ANY.findall(words.lower()))


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a report beside its words."""

    id: str
    source: str
    address: str | None  # url, else given id: a file's name is a given id, and may change where the address does not
    title: str
    moment: str  # when published, comparable as text; unknown stands last
    full: bytes  # digest of all words
    body: bytes  # digest of the words of its body
    headline: frozenset[int]  # the longer words of its title
    told: float  # share of these that a short body holds; 1 of a longer one, and where the title is too short to tell

    @property
    def untold(self) -> bool:
        """Whether a short body tells nearly nothing of its headline: what was taken from the page was not its report."""
        return self.told < _TOLD

    @property
    def day(self) -> date | None:
        """The day it was published, if that is known."""
        return None if self.moment == UNDATED else date.fromisoformat(self.moment[:10])


UNDATED = "~"
_SHORT_BODY = 150  # words
_TITLE_WORDS = 40
_HEADLINE = 2  # longer words that a headline needs to tell something
_TOLD = 0.34
_TOLD_AGAIN = 0.55  # where one source prints the same short text again


def unlike_pages(first: Kept, second: Kept) -> bool:
    """Whether two like texts are pages of which only the standing text was kept: of other days, under headlines that neither the other nor the text tells."""
    again = first.source == second.source != "unknown"
    if max(first.told, second.told) >= (_TOLD_AGAIN if again else _TOLD) or len(first.headline & second.headline) > (0.6 if again else 0.3) * len(
        first.headline | second.headline
    ):
        return False
    return first.day is None or second.day is None or abs((second.day - first.day).days) > 1


def moment_of(published: str | None) -> str:
    """A form of the moment that sorts as text: in UTC where a zone is told; a day alone stands before its hours; unknown stands last."""
    if published is None:
        return UNDATED
    try:
        told = datetime.fromisoformat(published)
    except ValueError:
        return UNDATED
    if len(published) <= 10:
        return told.date().isoformat()
    return (told.astimezone(UTC) if told.tzinfo else told).replace(tzinfo=None).isoformat()


def digest(words: Words) -> bytes:
    """The digest of a run of words, whatever their case and quotation marks."""
    return blake2b((words >> BITS).tobytes(), digest_size=12).digest()


_BATCH = 200_000  # words read at a time


def read_words(documents: Iterable[Document], vocabulary: Vocabulary) -> Iterator[tuple[Kept, Words]]:
    """What is kept of each report, with the words of its body; few texts are held at a time."""
    batch: list[tuple[Document, list[int], int]] = []
    size = 0
    for document in documents:
        start = body_start(document)
        head = vocabulary.words(document.text[:start]) if start else []
        packed = head + vocabulary.words(document.text[start : start + 12 * LONGEST])
        batch.append((document, packed, len(head)))
        size += len(packed)
        if size >= _BATCH:
            yield from _flushed(batch, vocabulary)
            batch, size = [], 0
    yield from _flushed(batch, vocabulary)


def _told(headline: frozenset[int], own: Words) -> float:
    if len(headline) < _HEADLINE or len(own) >= _SHORT_BODY:
        return 1.0
    return len(headline.intersection((own >> BITS).tolist())) / len(headline)


def _flushed(batch: list[tuple[Document, list[int], int]], vocabulary: Vocabulary) -> Iterator[tuple[Kept, Words]]:
    if not batch:
        return
    bounds, size = [], 0
    for _, packed, head in batch:
        bounds += [size, size + head]
        size += len(packed)
    flat = np.fromiter((word for _, packed, _ in batch for word in packed), np.uint32, size)
    words, places = without_marks(flat, np.array([*bounds, size], np.int64))
    for number, (document, _, _) in enumerate(batch):
        first, body, end = (int(place) for place in places[2 * number : 2 * number + 3])
        own = words[body:end][:LONGEST].copy()
        headline = frozenset(vocabulary[word] >> BITS for word in _ANY.findall(document.title or "")[:_TITLE_WORDS] if len(word) > 3)
        kept = Kept(
            document.id,
            document.source.name.casefold().strip(),
            document.url or document.given_id,
            document.title or "",
            moment_of(document.published),
            digest(words[first:end]),
            digest(own),
            headline,
            _told(headline, own),
        )
        yield kept, own
