"""The formats that intake takes: one visible list, and the one door `take` through which the bytes of any of them become Documents.

A taker is `take(stream, what, settings) -> Iterator[Taken]`. The stream is binary, stands at its beginning, and can be sought in. A taker yields
one Taken a report (a Failure for a part that is broken, with its own name) and may raise InputError where nothing of the input can be read:
the door makes a Failure of it. It writes nothing, fetches nothing and follows no link. Archives and messages give their parts to `take` again.

Third parties name a `Format` by an entry point of the group `sayso.intake`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import PurePosixPath
from typing import BinaryIO, Protocol, cast

from sayso.errors import EmptyReport, InputError, NotText
from sayso.intake import signs
from sayso.intake import signs_exports as exports
from sayso.intake.settings import IntakeSettings, Taken, What
from sayso.model import Failure

HEAD = 8_192  # bytes of the beginning that are looked at for signs
ENTRY_POINTS = "sayso.intake"


class Take(Protocol):
    """A taker of one format."""

    def __call__(self, stream: BinaryIO, what: What, settings: IntakeSettings, /) -> Iterator[Taken]:
        """One Taken a report of the stream; InputError where nothing of it can be read."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how it is told, what its beginning shows, and who takes it."""

    name: str
    says: str  # in messages: "a PDF"
    suffixes: tuple[str, ...]  # lower case, with the dot; several formats may share one
    media_types: tuple[str, ...]
    sniff: Callable[[bytes], bool]  # of the first HEAD bytes, as UTF-8 where a mark tells another Unicode encoding
    take: Take
    signed: bool = True  # whether `sniff` knows every file of this format; if not, its suffix or media type is enough


def lazily(place: str) -> Take:
    """A taker that is imported when it is first called: "module:function"."""

    def take_lazily(stream: BinaryIO, what: What, settings: IntakeSettings, /) -> Iterator[Taken]:
        module, name = place.split(":")
        return cast(Take, getattr(import_module(module), name))(stream, what, settings)

    return take_lazily


# The order decides where several formats show their signs: the narrower stands first.
FORMATS: tuple[Format, ...] = (
    Format("pdf", "a PDF", (".pdf",), ("application/pdf",), signs.pdf, lazily("sayso.intake.pdf:take_pdf")),
    Format("rtf", "an RTF document", (".rtf",), ("application/rtf", "text/rtf"), signs.rtf, lazily("sayso.intake.rtf:take_rtf")),
    Format(
        "docx",
        "a Word document (DOCX)",
        (".docx", ".docm"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
        signs.docx,
        lazily("sayso.intake.docx:take_docx"),
    ),
    Format("zip", "a ZIP archive", (".zip",), ("application/zip", "application/x-zip-compressed"), signs.zip_archive, lazily("sayso.intake.archives:take_zip")),
    Format("warc", "a web archive (WARC)", (".warc", ".gz"), ("application/warc",), exports.warc, lazily("sayso.intake.warc:take_warc")),
    Format(
        "feed", "a feed", (".rss", ".atom"), ("application/rss+xml", "application/atom+xml"), exports.feed, lazily("sayso.intake.feed:take_feed"), signed=False
    ),
    Format("telegram_page", "a page of a Telegram export", (".html",), ("text/html",), exports.telegram_page, lazily("sayso.intake.telegram:take_html_export")),
    Format("gz", "a gzip archive", (".gz",), ("application/gzip", "application/x-gzip"), signs.gz, lazily("sayso.intake.archives:take_gz")),
    Format(
        "html",
        "an HTML page",
        (".html", ".htm", ".xhtml"),
        ("text/html", "application/xhtml+xml"),
        signs.html,
        lazily("sayso.intake.html:take_html"),
        signed=False,
    ),
    Format("mbox", "a mailbox", (".mbox",), ("application/mbox",), signs.mbox, lazily("sayso.intake.eml:take_mbox")),
    Format("eml", "an e-mail message", (".eml",), ("message/rfc822",), signs.eml, lazily("sayso.intake.eml:take_eml"), signed=False),
    Format("telegram", "a Telegram export", (".json",), ("application/json",), exports.telegram, lazily("sayso.intake.telegram:take_telegram")),
    Format(
        "jsonl",
        "JSON lines",
        (".jsonl", ".ndjson", ".json"),
        ("application/jsonl", "application/x-ndjson", "application/json"),
        signs.jsonl,
        lazily("sayso.intake.jsonl:take_jsonl"),
        signed=False,
    ),
    Format("reliefweb", "an answer of ReliefWeb", (".json",), ("application/json",), exports.reliefweb, lazily("sayso.intake.reliefweb:take_reliefweb")),
    Format(
        "tables",
        "a table",
        (".csv", ".tsv", ".tab"),
        ("text/csv", "text/tab-separated-values"),
        signs.none,
        lazily("sayso.intake.tables:take_table"),
        signed=False,
    ),
    Format("gdelt", "a list of GDELT", (".csv", ".json"), ("text/csv", "application/json"), exports.gdelt_list, lazily("sayso.intake.gdelt:take_gdelt")),
    Format("markdown", "Markdown", (".md", ".markdown"), ("text/markdown",), signs.none, lazily("sayso.intake.markdown:take_markdown"), signed=False),
    Format("text", "plain text", (".txt", ".text"), ("text/plain",), signs.none, lazily("sayso.intake.text:take_plain"), signed=False),
    Format("factiva", "an export of Factiva", (".txt",), ("text/plain",), exports.factiva_export, lazily("sayso.intake.factiva:take_factiva")),
    Format("nexis", "an export of Nexis", (".txt",), ("text/plain",), exports.nexis_export, lazily("sayso.intake.nexis:take_nexis")),
)


@cache
def known_formats() -> tuple[Format, ...]:
    """All formats: those of installed third parties first, then ours."""
    return (*(point.load() for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name)), *FORMATS)


@cache
def known_suffixes() -> tuple[str, ...]:
    """The file endings that a folder is searched for, in order of the formats."""
    return tuple(dict.fromkeys(suffix for one in known_formats() for suffix in one.suffixes))


def take(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """One Taken a report of the input, whatever its format; at least one, a Failure where there is no report in it."""
    some = False
    try:
        found, notes = recognised(stream, what)
        for taken in found.take(stream, what, settings):
            some = True
            yield Taken(taken.item, (*notes, *taken.notes), taken.raw, taken.extraction) if notes else taken
    except InputError as wrong:
        yield Taken(Failure(what.name, type(wrong).__name__, str(wrong), what.given_id))
    else:
        if not some:
            yield Taken(Failure(what.name, "EmptyReport", f"{found.says} without a report in it: nothing to read", what.given_id))


def recognised(stream: BinaryIO, what: What) -> tuple[Format, tuple[str, ...]]:
    """The format of an input by what it shows, then by what its name or its media type tells, and notes; the stream stands at its beginning again."""
    start = stream.tell()
    head = stream.read(HEAD)
    stream.seek(start)
    if not head:
        raise EmptyReport("the file is empty: nothing to read")
    head = signs.as_utf8(head)
    shown = [one for one in known_formats() if one.sniff(head)]
    told = told_formats(what)
    for one in told:
        if one in shown:
            return one, ()
    if shown:
        return shown[0], (f"named as {_plainest(told).says}, but it is {shown[0].says}: taken as that",) if told else ()
    strange = signs.strange(head)
    if strange:
        raise NotText(f"this is {strange}: no report is read from it")
    for one in told:
        if not one.signed:
            return one, ()
    if told and not signs.texty(head):
        raise NotText(f"named as {_plainest(told).says}, but its beginning is not that of one: broken or another format; save it again from its program")
    plain = next(one for one in known_formats() if one.name == "text")
    return plain, (f"named as {_plainest(told).says}, but it is not one: taken as plain text",) if told else ()


def shows_itself(head: bytes) -> bool:
    """Whether the beginning of a file shows one of the formats, whatever its name."""
    head = signs.as_utf8(head)
    return any(one.sniff(head) for one in known_formats())


def _plainest(told: list[Format]) -> Format:
    """The format that a name is said to tell where it tells several: the one that is no special kind of another."""
    return next((one for one in told if not one.signed), told[-1])


def told_formats(what: What) -> list[Format]:
    """The formats that the media type tells, then those of the name's ending."""
    media_type = (what.media_type or "").split(";")[0].strip().lower()
    suffix = PurePosixPath(what.name.rsplit("!", 1)[-1].split("?")[0]).suffix.lower()
    by_type = [one for one in known_formats() if media_type in one.media_types and media_type]
    return by_type + [one for one in known_formats() if suffix in one.suffixes and suffix and one not in by_type]
