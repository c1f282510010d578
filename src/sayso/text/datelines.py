"""The place, day and agency at the head of a report: "KASSALA, 4 May (Delta News) —"."""

import re

from sayso.text.boundaries import MONTH_NAMES, OPENERS, WEEKDAYS, words_of

_REACH = 160
_HEAD = re.compile(
    r"(?P<head>[^()\[\]:;!?\"“”—–|]{0,90}?)"
    r"\s*(?P<agency>[(\[][^()\[\]]{1,60}[)\]])?"
    r"(?P<tail>[^()\[\]:;!?\"“”—–|]{0,40}?)"
    r"\s*(?P<mark>—|–|--+|\.\s?-|-(?=\s)|:(?=\s)|\|)[\s—–-]*"
)
_MARK = re.compile(r"[—–|]|--|\.\s?-|-(?=\s)|:(?=\s)")  # where a head can end
_NO_HEAD = re.compile(r"[()\[\];!?\"“”]|:(?!\s)")  # what none holds but within the brackets of its agency
_DATE_WORD = re.compile(r"\d{1,2}(?:st|nd|rd|th)?|\d{4}|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|\d{4}-\d{2}-\d{2}|\d{1,2}[:.h]\d{2}")
_PARTICLES = words_of("al el de del la le les los las of the and au aux es da do dos di du ad an as ar bin ibn upon sur en")
# Words and speakers in capitals before a colon that are no places.
_NO_PLACE = words_of("""WARNING NOTE EXCLUSIVE ANALYSIS OPINION VIDEO WATCH READ CORRECTION EDITORIAL COMMENT FACTBOX TIMELINE EXPLAINER INTERVIEW PHOTOS LIVE
    LOOK BOOM BYLINE PHOTO MORE RELATED BUSTED
    BREAKING UPDATE UPDATES LATEST ALERT URGENT SUMMARY BACKGROUND STATEMENT COMMUNIQUE PRESS RELEASE SOURCE SOURCES QUESTION ANSWER
    NATO UNRWA UNICEF UNHCR OCHA TASS SANA IRNA WAFA CENTCOM AFRICOM ISPR UNIFIL MONUSCO AMISOM ATMIS MINUSMA OSCE IAEA ISIS ISIL HAMAS
    POLICE ARMY MINISTRY PRESIDENT MINISTER GOVERNOR SPOKESMAN SPOKESPERSON RESIDENTS WITNESSES OFFICIAL""")


def dateline_end(text: str, start: int, stop: int, opens_section: bool) -> tuple[int, int] | None:
    """End of the dateline that stands at `start` and start of the words after it, or None.

    A bare place in capitals or before a dash counts only where a section opens; a date or an agency in brackets counts at any paragraph.
    """
    reach = min(stop, start + _REACH)
    first = _MARK.search(text, start, reach)
    if first is None:
        return None
    barred = _NO_HEAD.search(text, start, first.start())
    if barred is not None and barred.group() not in ("(", "["):
        return None
    window = re.sub(r"\s", " ", text[start:reach])
    match = _HEAD.match(window)
    if match is None or match.end() >= len(window):
        return None
    head, agency, mark = match["head"].strip(" ,"), match["agency"], match["mark"]
    tail = match["tail"].strip(" ,.")
    if not agency and tail:
        head, tail = f"{head} {tail}", ""  # without brackets the regex splits the head anywhere
    if not _supported(head, agency, tail, mark):
        return None
    bare = not agency and not _has_date(head)
    if bare and (not opens_section or window[match.end()].islower() or not (_first_part(head).isupper() or _short_place(head, mark))):
        return None
    end = start + match.end()
    return start + len(window[: match.end()].rstrip()), end


def _supported(head: str, agency: str | None, tail: str, mark: str) -> bool:
    """Whether head and tail are made of places and dates alone."""
    if tail and not all(_is_date(part) for part in tail.split(",")):
        return False
    if not head:
        return agency is not None and mark != ":"
    parts = [part.strip() for part in re.split(r"[,/]", head)]
    if not all(parts) or not _is_place(parts[0]):
        return False
    if parts[0].rstrip(".") in _NO_PLACE or (mark == ":" and not agency and len(parts[0]) < 4):
        return False
    if mark == ":" and not parts[0].isupper() and not _has_date(head) and not agency:
        return False
    return all(_is_date(part) or _is_place(part) for part in parts[1:])


def _first_part(head: str) -> str:
    return re.split(r"[,/]", head)[0]


def _short_place(head: str, mark: str) -> bool:
    return mark != ":" and len(_first_part(head).split()) <= 2


def _has_date(head: str) -> bool:
    return any(_is_date(part) for part in re.split(r"[,/]", head)) or _trailing_date(head)


def _trailing_date(head: str) -> bool:
    words = head.lower().replace(".", "").split()
    return any(word in MONTH_NAMES for word in words[1:]) and any(word[0].isdigit() for word in words)


def _is_date(part: str) -> bool:
    """Whether each word of the part is a number, a month or a weekday."""
    words = part.strip(" .").split()
    return bool(words) and all(_DATE_WORD.fullmatch(word) or word.lower().rstrip(".") in MONTH_NAMES or word.lower().rstrip(".") in WEEKDAYS for word in words)


def _is_place(part: str) -> bool:
    """Whether the part looks like a name, maybe with a date behind it ("KABUL 4 May")."""
    words = part.split()
    while len(words) > 1 and _is_date(words[-1]):
        words.pop()
    if not words or len(words) > 5 or not words[0][0].isupper() or not words[-1][0].isupper():
        return False
    if words[0].lower() in OPENERS and words[0].lower() not in _PARTICLES - {"as"}:
        return False  # "On 4 May:"
    return all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
