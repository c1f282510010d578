"""Backup and restore: one portable file (gzip, a JSON value a line) that goes into either kind of store with the same hashes."""

import base64
import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from sqlalchemy import Connection, func, insert, select, update

from sayso.errors import DataError, InputError
from sayso.model import sha256_bytes
from sayso.store.batch import GENESIS, Head
from sayso.store.chain import entry_hash, pack, unpack
from sayso.store.fetching import PAGE
from sayso.store.rebuilding import rebuild
from sayso.store.tables import entries, incident_claims, incident_pairs, raw
from sayso.store.tables import head as head_table

FORMAT = "sayso ledger 1"
_LONGEST = 400_000_000  # characters of one line: no entry and no raw file is larger
_TEXTS = ("kind", "id", "at", "body_sha256", "previous", "hash")


def write(connection: Connection, stream: IO[bytes]) -> Head:
    """The head of the ledger that was written: every entry, every raw file, and the incidents."""
    row = connection.execute(select(head_table)).one()
    first = {"format": FORMAT, "seq": row.seq, "hash": row.hash, "next_number": row.next_number, "raw_files": row.raw_files}
    with gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=6, mtime=0) as packed:
        for value in _values(connection, first):
            packed.write(json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n")
    return Head(row.seq, row.hash)


def _values(connection: Connection, first: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield first
    last, count = 0, 0
    while True:
        rows = connection.execute(select(entries).where(entries.c.seq > last).order_by(entries.c.seq).limit(PAGE)).mappings().all()
        for row in rows:
            body = None if row["body"] is None else unpack(row["body"], f"entry {row['seq']}").decode("utf-8", "surrogatepass")
            yield {"entry": {**row, "body": body}}
        count += len(rows)
        if len(rows) < PAGE:
            break
        last = rows[-1]["seq"]
    for digest in connection.execute(select(raw.c.sha256).order_by(raw.c.sha256)).scalars().all():
        held = connection.execute(select(raw.c.bytes).where(raw.c.sha256 == digest)).scalar_one()
        yield {"raw": digest, "bytes": base64.b64encode(bytes(held)).decode("ascii")}
    for number, incident in connection.execute(select(incident_claims.c.number, incident_claims.c.incident).order_by(incident_claims.c.number)).all():
        yield {"incident": incident, "claim": number}
    for pair in connection.execute(select(incident_pairs).order_by(incident_pairs.c.position, incident_pairs.c.first)).mappings().all():
        yield {"pair": dict(pair)}
    yield {"end": count}  # a file cut off is told from a whole one


def restore(connection: Connection, stream: IO[bytes]) -> Head:
    """The head of what was restored, each line verified on its way in. InputError over a ledger that holds anything; DataError where the file is damaged."""
    held = connection.execute(select(func.count()).select_from(entries)).scalar_one() + connection.execute(select(func.count()).select_from(raw)).scalar_one()
    if held:
        raise InputError("the ledger holds something already: restore into a new one (name it with --store)")
    return _Restoring(connection).run(_lines(stream))


def _lines(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """The values of the file's lines."""
    try:
        with gzip.GzipFile(fileobj=stream, mode="rb") as packed:
            number = 0
            while line := packed.readline(_LONGEST):
                number += 1
                value = json.loads(line)
                if not isinstance(value, dict):
                    raise DataError(f"line {number} of the backup is no object: take another backup file")
                yield value
    except (OSError, EOFError, zlib.error) as wrong:
        raise DataError(f"the backup is damaged, or no backup of sayso: {wrong}; take another backup file") from wrong
    except (ValueError, RecursionError) as wrong:
        raise DataError(f"line {number} of the backup is damaged: {wrong}; take another backup file") from wrong


class _Restoring:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.head = Head(0, GENESIS)
        self.rows: dict[str, list[dict[str, Any]]] = {"entries": [], "raw": [], "incident_claims": [], "incident_pairs": []}
        self.ended: int | None = None

    def run(self, lines: Iterator[dict[str, Any]]) -> Head:
        first = next(lines, {})
        if first.get("format") != FORMAT:
            raise DataError(f"the file is no backup of a ledger (its format is {first.get('format')!r}, not {FORMAT!r}): name one that `sayso backup` wrote")
        takers: dict[str, Callable[[dict[str, Any]], None]]
        takers = {"entry": self._entry, "raw": self._raw, "incident": self._incident, "pair": self._pair, "end": self._end}
        for line in lines:
            key = next((key for key in takers if key in line), None)
            if key is None or self.ended is not None:
                raise DataError(f"a line of the backup tells {sorted(line)[:3]!r}, which has no place there: take another backup file")
            takers[key](line)
        self._flush(self.rows)
        if self.ended is None or (self.head.seq, self.head.hash) != (first.get("seq"), first.get("hash")):
            raise DataError(f"the backup ends at entry {self.head.seq}, it began by naming {first.get('seq')!r}: it was cut off; take another backup file")
        number = first.get("next_number")
        if not isinstance(number, int) or number < 1:
            raise DataError(f"the backup names {number!r} as the next claim number: take another backup file")
        files = self.connection.execute(select(func.count()).select_from(raw)).scalar_one()
        if files != first.get("raw_files"):
            raise DataError(f"the backup holds {files} raw files and names {first.get('raw_files')!r}: it was changed; take another backup file")
        told = {"seq": self.head.seq, "hash": self.head.hash, "next_number": number, "raw_files": files}
        self.connection.execute(update(head_table).values(**told))
        rebuild(self.connection)
        return self.head

    def _entry(self, line: dict[str, Any]) -> None:
        entry = line["entry"]
        if not isinstance(entry, dict) or set(entry) != {column.name for column in entries.columns} or any(not isinstance(entry[key], str) for key in _TEXTS):
            raise DataError(f"the entry after {self.head.seq} lacks fields or has strange ones: take another backup file")
        body = entry["body"]
        packed = None
        if body is not None:
            held = str(body).encode("utf-8", "surrogatepass")
            if sha256_bytes(held) != entry["body_sha256"]:
                raise DataError(f"entry {entry['seq']!r} of the backup: its body was changed; take another backup file")
            packed = pack(held)
        made = entry_hash(self.head.hash, self.head.seq + 1, (entry["kind"], entry["id"]), entry["at"], entry["body_sha256"])
        if (entry["seq"], entry["previous"], entry["hash"]) != (self.head.seq + 1, self.head.hash, made):
            raise DataError(f"entry {entry['seq']!r} of the backup does not follow on entry {self.head.seq}: it was changed; take another backup file")
        self.head = Head(entry["seq"], made)
        self._hold("entries", {**entry, "body": packed})

    def _raw(self, line: dict[str, Any]) -> None:
        try:
            held = base64.b64decode(line["bytes"], validate=True)
        except (KeyError, TypeError, ValueError) as wrong:
            raise DataError(f"raw bytes {line['raw']!r} of the backup are damaged; take another backup file") from wrong
        if sha256_bytes(held) != line["raw"]:
            raise DataError(f"raw bytes {line['raw']!r} of the backup were changed; take another backup file")
        self._hold("raw", {"sha256": line["raw"], "size": len(held), "bytes": held}, most=1)

    def _incident(self, line: dict[str, Any]) -> None:
        if not isinstance(line.get("claim"), int) or not isinstance(line["incident"], int):
            raise DataError(f"an incident of the backup is {line!r}: take another backup file")
        self._hold("incident_claims", {"number": line["claim"], "incident": line["incident"]})

    def _pair(self, line: dict[str, Any]) -> None:
        pair = line["pair"]
        kinds = {"first": int, "second": int, "position": int, "chance": float, "judgement": str, "features": str}
        if not isinstance(pair, dict) or set(pair) != set(kinds) or any(not isinstance(pair[name], kind) for name, kind in kinds.items()):
            raise DataError(f"a pair of the backup is {pair!r}: take another backup file")
        self._hold("incident_pairs", pair)

    def _end(self, line: dict[str, Any]) -> None:
        if line["end"] != self.head.seq:
            raise DataError(f"the backup holds {self.head.seq} entries and names {line['end']!r}: it was changed; take another backup file")
        self.ended = self.head.seq

    def _hold(self, table: str, row: dict[str, Any], most: int = 200) -> None:
        self.rows[table].append(row)
        if len(self.rows[table]) >= most:
            self._flush([table])

    def _flush(self, names: Iterable[str]) -> None:
        for name in names:
            if self.rows[name]:
                table = {"entries": entries, "raw": raw, "incident_claims": incident_claims, "incident_pairs": incident_pairs}[name]
                self.connection.execute(insert(table), self.rows[name])
                self.rows[name].clear()
