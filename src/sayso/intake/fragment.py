"""A fragment of HTML, as feeds and exports carry it, as text in paragraphs, each with the place it stands at."""

import re

from sayso.model import Piece

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section "  # noqa: SIM905
    "table tr ul".split()
)
_UNSEEN = frozenset("script style template noscript iframe object embed svg math head title form button select textarea".split())  # noqa: SIM905
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[a-zA-Z/!][^>]{0,2000}>|&(?:#\w{1,8}|\w{2,10});")


def paragraphs_of(fragment: str) -> list[str]:
    """The paragraphs of a fragment of HTML, or of plain text; scripts, styles and what a page only shows as controls are left out."""
    if not _TAG.search(fragment):
        return [text for text in (_SPACE.sub(" ", part).strip() for part in re.split(r"\n\s*\n", fragment)) if text]
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(f"<div>{fragment}</div>".encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return []  # libxml2 takes no NUL and no nesting beyond its depth
    return [text for text in (_SPACE.sub(" ", part).strip() for part in _texts(root)) if text]


def joined(paragraphs: list[str], names: str) -> tuple[str, tuple[Piece, ...]]:
    """The text of paragraphs with an empty line between them, and a piece for each: `names` and its number."""
    pieces, at = [], 0
    for number, paragraph in enumerate(paragraphs, start=1):
        pieces.append(Piece(at, at + len(paragraph), f"{names}[{number}]"))
        at += len(paragraph) + 2
    return "\n\n".join(paragraphs), tuple(pieces)


def _texts(root: object) -> list[str]:
    """The text between block elements, without recursion: nesting is the sender's."""
    from lxml import etree

    texts, hidden = [""], 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += tag in _UNSEEN
            if tag in _BLOCKS:
                texts.append("")
            if not hidden and element.text:
                texts[-1] += element.text
        else:
            hidden -= tag in _UNSEEN
            if tag in _BLOCKS:
                texts.append("")
            if tag in ("td", "th"):
                texts[-1] += " "
            if not hidden and element.tail:
                texts[-1] += element.tail
    return texts
