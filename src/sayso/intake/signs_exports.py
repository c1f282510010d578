"""What the beginning of a file shows of the exports and lists that intake takes: web archives, feeds, chats, press archives, lists of addresses."""

import re
import zlib

from sayso.intake import factiva, gdelt, nexis

_WARC = re.compile(rb"WARC/\d\.\d")
_FEED = re.compile(rb"\s*(?:(?:<\?xml[^>]{0,300}\?>|<!--.{0,2000}?-->|<!DOCTYPE[^>]{0,300}>)\s*)*<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL)
_CHAT = re.compile(rb'"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|replies|verify_codes|(?:private|public)_(?:group|supergroup|channel))"')
_MESSAGES = re.compile(rb'"(?:messages"\s*:\s*\[|personal_information"\s*:|chats"\s*:\s*\{)')
_RELIEFWEB = re.compile(rb'"href"\s*:\s*"https?:(?:\\?/){2}api\.reliefweb\.int(?:\\?/)v\d')
_DOC_TABLE = re.compile(rb"\"?URL\"?,\"?MobileURL\"?,\"?Date\"?,", re.IGNORECASE)
_SAMPLE = 1_000


def warc(head: bytes) -> bool:
    """Whether it begins as a WARC record does, packed by gzip or not."""
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(31).decompress(head, _SAMPLE)
        except zlib.error:
            return False
    return bool(_WARC.match(head))


def feed(head: bytes) -> bool:
    """Whether its first element is that of RSS or Atom."""
    return bool(_FEED.match(head))


def telegram(head: bytes) -> bool:
    """Whether it begins as result.json of Telegram Desktop does, of one chat or of an account."""
    return head.lstrip().startswith(b"{") and bool(_MESSAGES.search(head)) and (bool(_CHAT.search(head)) or b'"personal_information"' in head)


def telegram_page(head: bytes) -> bool:
    """Whether it is a page of an export of Telegram Desktop."""
    return b"<title>Exported Data</title>" in head and b"page_header" in head


def reliefweb(head: bytes) -> bool:
    """Whether it is an answer of the ReliefWeb API."""
    return head.lstrip().startswith(b"{") and bool(_RELIEFWEB.search(head))


def gdelt_list(head: bytes) -> bool:
    """Whether it begins as one of GDELT's tables, or an answer of its DOC API."""
    return gdelt.looks_like_rows(head) or gdelt.looks_like_articles(head) or bool(_DOC_TABLE.match(head))


def factiva_export(head: bytes) -> bool:
    """Whether it begins as an export of Factiva does, as text."""
    return b"\0" not in head and not head.startswith(b"{\\rtf") and factiva.looks_like_factiva(head.decode("utf-8", "replace"))


def nexis_export(head: bytes) -> bool:
    """Whether it begins as an export of Nexis does, as text."""
    return b"\0" not in head and not head.startswith(b"{\\rtf") and nexis.looks_like_nexis(head.decode("utf-8", "replace"))
