"""The chain: how a record becomes an entry, and what its hash is over."""

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Any

from sayso.errors import DataError
from sayso.model import (
    Assignment,
    Carried,
    Coding,
    Copy,
    Document,
    Extraction,
    HandedIn,
    Link,
    Origin,
    Reading,
    RegisteredSource,
    Review,
    Skipped,
    Tombstone,
    content_id,
    from_json,
    sha256_bytes,
    to_json,
)
from sayso.store.batch import Failed, Head

KINDS: dict[str, type] = {
    "document": Document,
    "extraction": Extraction,
    "source": RegisteredSource,
    "reading": Reading,
    "failure": Failed,
    "review": Review,
    "carried": Carried,
    "link": Link,
    "copy": Copy,
    "tombstone": Tombstone,
    "assignment": Assignment,
    "coding": Coding,
    "handed_in": HandedIn,
    "skipped": Skipped,
}
_KIND_OF = {record: kind for kind, record in KINDS.items()}
_LARGEST = 1 << 29  # bytes of one body unpacked: a ledger from elsewhere must not fill the memory
_LEVEL = 1  # of zlib: a reading of 78 KB becomes 7.0 KB in 0.4 ms; level 6 takes twice the time for 5.6 KB
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)

Record = Document | Extraction | RegisteredSource | Reading | Failed | Review | Carried | Link | Copy | Tombstone | Assignment | Coding | HandedIn | Skipped


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger: a record's body, packed, and its link of the chain."""

    seq: int
    kind: str
    id: str
    document: str | None
    at: str
    number: int | None
    body: bytes | None
    body_sha256: str
    previous: str
    hash: str

    @property
    def head(self) -> Head:
        """The head of the chain that ends here."""
        return Head(self.seq, self.hash)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A record ready to be entered: everything but its place in the chain."""

    kind: str
    id: str
    document: str | None
    body: bytes
    body_sha256: str


def seal(record: Record, document: str | None) -> Sealed:
    """The record as it is entered; `document` is the one that it speaks of."""
    value = to_json(record)
    if isinstance(record, Reading):
        value["document"] = record.document.id  # the text stands once, in the document's own entry
    body = _ENCODER.encode(value).encode("utf-8", "surrogatepass")
    return Sealed(_KIND_OF[type(record)], record.id, document, zlib.compress(body, _LEVEL), sha256_bytes(body))


def link(sealed: Sealed, head: Head, at: str, number: int | None = None) -> Entry:
    """The entry that follows on a head."""
    seq = head.seq + 1
    made = entry_hash(head.hash, seq, (sealed.kind, sealed.id), at, sealed.body_sha256)
    return Entry(seq, sealed.kind, sealed.id, sealed.document, at, number, sealed.body, sealed.body_sha256, head.hash, made)


def entry_hash(previous: str, seq: int, named: tuple[str, str], at: str, body_sha256: str) -> str:
    """The hash of an entry; `named` is its kind and id."""
    return hashlib.sha256(_ENCODER.encode([previous, seq, *named, at, body_sha256]).encode("utf-8", "surrogatepass")).hexdigest()


def unpack(body: object, name: str) -> bytes:
    """The canonical JSON of a packed body; DataError where it is damaged."""
    if not isinstance(body, bytes):  # SQLite keeps whatever is put into a column
        raise DataError(f"the body of {name} is damaged: it is {type(body).__name__}, not bytes")
    worker = zlib.decompressobj()
    try:
        found = worker.decompress(body, _LARGEST)
    except zlib.error as wrong:
        raise DataError(f"the body of {name} is damaged: {wrong}") from wrong
    if not worker.eof or worker.unused_data:
        raise DataError(f"the body of {name} is damaged: it does not end where it should")
    return found


def pack(body: bytes) -> bytes:
    """The body as it is kept."""
    return zlib.compress(body, _LEVEL)


def values(body: bytes, name: str) -> Any:
    """The JSON values of a packed body; DataError where it is damaged."""
    try:
        return json.loads(unpack(body, name).decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as wrong:
        raise DataError(f"the body of {name} is damaged: {wrong}") from wrong


def record_of(kind: str, value: Any, document: Document | None = None) -> Any:
    """The record that an entry's values tell; a reading needs its document."""
    if kind not in KINDS:
        raise DataError(f"an entry of kind {kind!r}; known are {', '.join(KINDS)}")
    if kind != "reading":
        return from_json(KINDS[kind], value)
    if document is None or not isinstance(value, dict) or value.get("document") != document.id:
        raise DataError("a reading whose document is not in the ledger")
    # The document itself is put in afterwards: it need not be taken apart and put together for each of its readings.
    return _reading(value, document)


def _reading(value: dict[str, Any], document: Document) -> Reading:
    from dataclasses import replace

    bare = from_json(Reading, {**value, "document": {"$record": "Document", "text": ""}})
    return replace(bare, document=document)


def origin_key(origin: Origin) -> str:
    """What tells one maker of readings from another: all but the run."""
    return content_id("org", origin.engine, origin.version, origin.codebook, origin.language)
