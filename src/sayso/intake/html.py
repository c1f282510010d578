"""HTML pages: the article out of its page by trafilatura, in the capped child process. Nothing is fetched, no script is run.

The text is that of trafilatura's paragraphs; a piece names the element of the page that holds exactly those words. Published is only what the page
tells in its metadata, in JSON-LD or in a `time` element: never guessed from a copyright line or from the address.
"""

import json
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from sayso.errors import EmptyReport, TooLarge
from sayso.intake.capped import run_capped
from sayso.intake.dates import iso_date
from sayso.intake.decoding import markup_text
from sayso.intake.language import detect
from sayso.intake.metadata import check_size, document_from, extracted_of, host_of, library
from sayso.intake.settings import IntakeSettings, Taken, What

MEDIA_TYPE = "text/html"
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})|(<!--)")
_CLOSE_THEMSELVES = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option optgroup colgroup rp rt".split()  # noqa: SIM905
)
_RAW_TEXT = ("script", "style", "textarea", "title", "noscript", "template")
_NO_ARTICLE = "no article text on the page: it may be a list of links, made by scripts or behind a wall; save the report's text and give that"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MAP_FROM = "p h1 h2 h3 h4 h5 h6 li dt dd pre blockquote figcaption td th tr div section article summary caption".split()  # noqa: SIM905
_DATE_NAMES = (
    "article:published_time", "datepublished", "date", "pubdate", "publishdate", "publish-date", "publication_date", "dc.date", "dc.date.issued",
    "dcterms.date", "dcterms.issued", "dcterms.created", "dc.date.created", "parsely-pub-date", "sailthru.date", "og:article:published_time",
)  # fmt: skip


def take_html(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """The one report of a page."""
    raw = stream.read(settings.limit + 1)
    check_size(raw, settings)
    charset = _CHARSET.search(what.media_type or "")
    told = {"url": what.url, "charset": charset[1] if charset else None, "elements": settings.caps.elements, "depth": settings.caps.element_depth}
    result = run_capped("sayso.intake.html:extract", raw, told, settings.caps)
    detected, sure = detect(result["text"])
    if not sure or detected == result["language"]:  # templates tell a language that their articles are not in
        result["fields"]["language"] = result["language"]
    yield document_from(raw, extracted_of(result, "html", library("trafilatura"), MEDIA_TYPE), what, settings)


def extract(raw: bytes, told: Mapping[str, Any]) -> dict[str, Any]:
    """Text, pieces, fields and notes of a page; EmptyReport or TooLarge. For the child process."""
    from lxml import html as lxml_html
    from trafilatura import bare_extraction

    page, notes = markup_text(raw, told.get("charset"))
    check_nesting(page, told["elements"], told["depth"])
    page = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", page.replace("\0", ""))
    if not page.strip():
        raise EmptyReport("the page is empty: nothing to read")
    try:
        tree = lxml_html.document_fromstring(page, parser=lxml_html.HTMLParser(no_network=True, recover=True, huge_tree=False))
    except (ValueError, lxml_html.etree.LxmlError) as wrong:
        raise EmptyReport(_NO_ARTICLE) from wrong
    published, how = published_of(tree)
    places = _places(tree)
    language = (tree.get("lang") or "").split("-")[0].lower()
    found: Any = bare_extraction(
        tree, url=told.get("url"), with_metadata=True, include_comments=False, include_tables=True, date_extraction_params={"extensive_search": False}
    )
    blocks = list(_blocks(found.body)) if found is not None and found.body is not None else []
    if found is None or not blocks:
        raise EmptyReport(_NO_ARTICLE)
    text, pieces = _joined(blocks, places)
    url = found.url if host_of(found.url) else None
    name = found.sitename if (found.sitename or "").lower() not in (found.hostname, host_of(found.url)) else ""  # the address is judged by who takes it
    fields = {"title": found.title, "name": name, "url": url, "published": published}
    return {
        "text": text,
        "pieces": pieces,
        "fields": {key: _line(value) for key, value in fields.items() if value},
        "notes": [*notes, *how],
        "language": language,
    }


def check_nesting(page: str, most: int, deepest: int) -> None:
    """Nothing; TooLarge where a page has more elements, or deeper ones, than the caps: counted by its tags, without building a tree."""
    depth = count = at = 0
    while tag := _TAG.search(page, at):
        at = tag.end()
        if tag[3]:
            end = page.find("-->", at)
            at = end if end >= 0 else len(page)
            continue
        name = tag[2].lower()
        if tag[1]:
            depth -= name not in _CLOSE_THEMSELVES and depth > 0
            continue
        count += 1
        depth += name not in _CLOSE_THEMSELVES
        if count > most:
            raise TooLarge(f"more than {most:,} elements on the page: save the report's text and give that (cap `elements`)")
        if depth > deepest:
            raise TooLarge(f"elements nested more than {deepest} deep: a broken page, or one made to break readers; save its text (cap `element_depth`)")
        if name in _RAW_TEXT[:2]:
            closing = re.compile(f"</{name}", re.IGNORECASE).search(page, at)
            at = closing.start() if closing else len(page)


def published_of(tree: Any) -> tuple[str | None, tuple[str, ...]]:
    """When the page says that it was published, and a note on where it says so; None where it does not."""
    for place, value in _told_dates(tree):
        date = iso_date(value)
        if date:
            return date, (f"published {date} by the page's {place}",)
    return None, ()


def _told_dates(tree: Any) -> Iterator[tuple[str, str]]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("itemprop") or meta.get("name") or "").strip().lower()
        metas.setdefault(name, meta.get("content") or "")
    yield from ((f"meta {name}", metas[name]) for name in _DATE_NAMES[:2] if name in metas)
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        value = _from_json_ld(script.text or "")
        if value:
            yield "JSON-LD datePublished", value
    yield from ((f"meta {name}", metas[name]) for name in _DATE_NAMES[2:] if name in metas)
    times = [time for time in tree.iter("time") if time.get("datetime")]
    yield from (("time element", time.get("datetime")) for time in times if time.get("itemprop") == "datePublished" or time.get("pubdate") is not None)
    if len({time.get("datetime") for time in times}) == 1:  # several may be those of other articles, or of the events
        yield "time element", times[0].get("datetime")


def _from_json_ld(text: str) -> str | None:
    try:
        waiting = deque([json.loads(text)])
    except (ValueError, RecursionError):
        return None
    for _ in range(1_000):
        if not waiting:
            break
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            if isinstance(value.get("datePublished"), str) and re.search("Article|Report|Posting|WebPage", str(value.get("@type"))):
                return str(value["datePublished"])
            waiting.extend(value.get("@graph") or [] if isinstance(value.get("@graph"), list) else [])
    return None


def _places(tree: Any) -> dict[str, deque[str]]:
    """Element paths by the exact words that an element holds, in the order of the page; only elements that hold no other block."""
    places: dict[str, deque[str]] = defaultdict(deque)
    paths = _paths(tree)
    blocks = frozenset(_MAP_FROM)
    for element in tree.iter(*_MAP_FROM):
        if element.tag in ("tr", "blockquote") or not any(child.tag in blocks for child in element.iterdescendants()):
            cells = element.iterchildren("td", "th") if element.tag == "tr" else ()
            words = " | ".join(_line(cell.text_content()) for cell in cells) if element.tag == "tr" else _line(element.text_content())
            places[words].append(paths[element])
    return places


def _paths(tree: Any) -> dict[Any, str]:
    """The XPath of every element, numbered where siblings share its tag; lxml's own getpath counts all siblings anew for each."""
    from lxml import etree

    paths = {tree: f"/{tree.tag}"}
    for parent in tree.iter(etree.Element):
        children = list(parent.iterchildren(etree.Element))
        shared = Counter(child.tag for child in children)
        number: Counter[str] = Counter()
        for child in children:
            number[child.tag] += 1
            paths[child] = f"{paths[parent]}/{child.tag}" + (f"[{number[child.tag]}]" if shared[child.tag] > 1 else "")
    return paths


def _blocks(body: Any) -> Iterator[str]:
    """The paragraphs of trafilatura's tree, each with its white space made single."""
    words: list[str] = []
    for event, element in _walk(body):
        if event == "text":
            words.append(element)
        elif element == "cell":
            words.append(" | ")
        else:
            line = _line("".join(words)).strip("| ")
            words = []
            if line:
                yield line


def _walk(body: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        inline = tag in ("hi", "ref", "del", "graphic", "code", "")
        in_cell = tag == "p" and element.getparent() is not None and element.getparent().tag == "cell"
        if event == "start":
            if tag == "lb":
                yield "text", "\n"
            elif tag == "cell":
                yield ("cell", "cell") if element.getprevious() is not None else ("text", "")
            elif not inline and not in_cell:
                yield "break", ""
            yield "text", element.text or ""
        else:
            if not inline and not in_cell and tag not in ("cell", "lb"):
                yield "break", ""
            yield "text", (" " if in_cell else "") + (element.tail or "")


def _joined(blocks: list[str], places: dict[str, deque[str]]) -> tuple[str, list[tuple[int, int, str]]]:
    pieces, at = [], 0
    for block in blocks:
        if places.get(block):
            pieces.append((at, at + len(block), places[block].popleft()))
        at += len(block) + 2
    return "\n\n".join(blocks), pieces


def _line(value: str) -> str:
    return " ".join(value.split())
