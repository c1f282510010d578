"""Names of private persons covered in a page's HTML, for those who may not see them."""

import re
from collections.abc import Collection

from lxml import etree, html
from markupsafe import Markup

COVER = "▇▇▇"
_TOLD = ("title", "aria-label", "data-voice", "data-show")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


def covered(page: Markup, words: Collection[str]) -> Markup:
    """The HTML with each capitalised word that is one of `words` (in small letters) covered, in its text and in what attributes tell."""
    if not words:
        return page

    def cover(text: str) -> str:
        return _WORD.sub(lambda found: COVER if _hidden(found[0], words) else found[0], text)

    root = html.fragment_fromstring(str(page), create_parent="div")
    for node in root.iter(etree.Element):
        for name in _TOLD:
            if name in node.attrib:
                node.attrib[name] = cover(node.attrib[name])
        node.text = cover(node.text) if node.text else node.text
        node.tail = cover(node.tail) if node.tail else node.tail
    return Markup("".join((root.text or "", *(html.tostring(one, encoding="unicode") for one in root))))  # noqa: S704 serialised by lxml, which escapes


def _hidden(word: str, words: Collection[str]) -> bool:
    """Whether a word is one of those, or the owner's form of one."""
    plain = re.sub(r"['’]s?$", "", word.casefold())
    return word[0].isupper() and (word.casefold() in words or plain in words)
