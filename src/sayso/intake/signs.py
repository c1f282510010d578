"""What the beginning of a file shows of its format. Each sign looks at the first bytes only and is true only where it is sure."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE | re.DOTALL)
_DOCX_NAME = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/\.rels|word/|docProps/)", re.DOTALL)
_HEADER = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_MAIL = re.compile(rb"^(?:message-id|mime-version|received|return-path|delivered-to):", re.IGNORECASE | re.MULTILINE)
_STRANGE = (
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\xfe\xed\xfa\xce", "a macOS program"),
    (b"\xfe\xed\xfa\xcf", "a macOS program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"\xca\xfe\xba\xbe", "a macOS or Java program"),
    (b"\0asm", "a WebAssembly program"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it and give its files"),
    (b"Rar!\x1a\x07", "a RAR archive: unpack it and give its files"),
    (b"BZh", "a bzip2 archive: unpack it and give its files"),
    (b"\xfd7zXZ\0", "an xz archive: unpack it and give its files"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive: unpack it and give its files"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document (.doc, .xls) or an encrypted one: save it as DOCX without a password"),
    (b"SQLite format 3\0", "an SQLite database"),
)


def as_utf8(head: bytes) -> bytes:
    """The beginning in UTF-8 without its mark, where a mark tells a Unicode encoding; else unchanged."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head.decode(encoding, "ignore").encode("utf-8", "ignore")
    return head


def none(_head: bytes) -> bool:
    """False: the format shows no sign."""
    return False


def pdf(head: bytes) -> bool:
    """Whether a PDF header stands in the first kilobyte, where readers look for it, after nothing but junk that is no page."""
    return head.startswith(b"%PDF-") or (b"%PDF-" in head[:1024] and not html(head) and b"\0" not in head[: head.index(b"%PDF-")] and not eml(head))


def rtf(head: bytes) -> bool:
    """Whether it begins as RTF does."""
    return head.lstrip().startswith(b"{\\rtf")


def zip_archive(head: bytes) -> bool:
    """Whether it begins as a ZIP archive does; an empty one has only its end."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def docx(head: bytes) -> bool:
    """Whether the first member of a ZIP archive is one of an Office document of Word, or its name is only that of an Office document."""
    return bool(_DOCX_NAME.match(head)) and b"xl/" not in head and b"ppt/" not in head


def gz(head: bytes) -> bool:
    """Whether it begins as gzip does."""
    return head.startswith(b"\x1f\x8b")


def html(head: bytes) -> bool:
    """Whether it begins as an HTML page does."""
    return bool(_HTML.match(head))


def eml(head: bytes) -> bool:
    """Whether it begins with headers of a message, one of which only a mail program writes."""
    headers = _HEADER.match(head.replace(b"\r\n", b"\n"))
    return bool(headers and _MAIL.search(headers[0]))


def mbox(head: bytes) -> bool:
    """Whether it begins with the line that parts messages in a mailbox, and a message."""
    first, _, rest = head.replace(b"\r\n", b"\n").partition(b"\n")
    return bool(re.match(rb"From \S+.* \d{4}", first)) and bool(_HEADER.match(rest))


def jsonl(head: bytes) -> bool:
    """Whether the first line is an object with a text."""
    line = head.removeprefix(codecs.BOM_UTF8).lstrip().split(b"\n", 1)[0]
    return line.startswith(b"{") and b'"text"' in line


def strange(head: bytes) -> str | None:
    """What no report is read from: programs, pictures, other archives, by its first bytes; None for anything else."""
    if head[257:262] == b"ustar":
        return "a tar archive: unpack it and give its files"
    return next((says for start, says in _STRANGE if head.startswith(start)), None)


def texty(head: bytes) -> bool:
    """Whether the beginning may be text."""
    return b"\0" not in head and sum(byte < 9 or 13 < byte < 32 for byte in head) <= len(head) // 100
