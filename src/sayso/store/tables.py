"""The tables as SQLAlchemy sees them, for queries. Migrations make them; a test compares the two.

Core: entries, raw, head. All others are projections: made from the entries in the same transaction, and made anew by `rebuild`. Only `incident_claims`
and `incident_pairs` are handed in (by `set_incidents`).
"""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, SmallInteger, Table, Text, false

metadata = MetaData()
_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite: INTEGER PRIMARY KEY is the row's own number

entries = Table(
    "entries",
    metadata,
    Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False, unique=True),
    Column("document", Text),  # the document that the record speaks of
    Column("at", Text, nullable=False),
    Column("number", BigInteger),  # of a reading's first new claim: numbers stay where a takedown blanks the reading
    Column("body", LargeBinary),  # zlib of the canonical JSON; NULL after a takedown
    Column("body_sha256", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("entries_document", "document", "kind", "seq"),
    Index("entries_kind", "kind", "seq"),
)

raw = Table(
    "raw",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

head = Table(
    "head",
    metadata,
    Column("one", SmallInteger, primary_key=True, autoincrement=False),  # a single row: what writers lock
    Column("seq", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
    Column("next_number", BigInteger, nullable=False),  # of the next new claim
    Column("raw_files", BigInteger, nullable=False),  # how many there are: a lost one is missed
)

documents = Table(
    "documents",
    metadata,
    Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("given_id", Text),
    Column("url", Text),
    Column("title", Text),
    Column("published", Text),
    Column("language", Text),
    Column("raw_sha256", Text),
    Column("supersedes", Text),
    Column("superseded_by", Text),
    Index("documents_url", "url"),
    Index("documents_given", "source", "given_id"),
    Index("documents_supersedes", "supersedes"),
    Index("documents_raw", "raw_sha256"),
)

attempts = Table(
    "attempts",  # readings and failures: who has tried to read what
    metadata,
    Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("origin", Text, nullable=False),  # a hash of the engine, its version, codebook and language pack
    Column("reading", Text),  # its id; NULL of a failure
    Index("attempts_document", "document", "seq"),
    Index("attempts_origin", "origin", "document"),
)

claim_ids = Table(
    "claim_ids",  # of all readings, also of those that a later one replaced
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("document", Text, nullable=False),
    Index("claim_ids_document", "document"),
)

claims = Table(
    "claims",  # of the current readings
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("document", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("title", Text),
    Column("published", Text),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("modality", Text, nullable=False),
    Column("place", Text),
    Column("country", Text),
    Column("admin1", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("date_from", Text),
    Column("date_to", Text),
    Column("first_day", Text, nullable=False),  # to look it up by: the report's day where the claim tells none, "" where none is known
    Column("last_day", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("superseded", Boolean, nullable=False),
    Column("quote", Text, nullable=False),
    Column("shown", Text, nullable=False),  # JSON: the names of voices, actor and recipient
    Index("claims_document", "document"),
    Column("long", Boolean, nullable=False, server_default=false()),  # more than `projecting.MONTH` days
    Index("claims_days", "long", "last_day", "first_day"),
    Index("claims_type", "type"),
    Index("claims_country", "country"),
    Column("precision", Text),  # of the place
    Column("urgency", Float, nullable=False, server_default="0"),  # how unsure the reader is of it, from 0 to 1
    Column("disputed", Boolean, nullable=False, server_default=false()),  # somebody denies it, or another claim of its incident
    Index("claims_status", "status"),
    Index("claims_queue", "status", "superseded", "disputed", "urgency", "number"),
)

names = Table(
    "names",
    metadata,
    Column("id", _NUMBER, primary_key=True, autoincrement=False),  # a hash of role and words
    Column("role", Text, nullable=False),  # actor, recipient, place, voice, source
    Column("words", Text, nullable=False),  # folded, with a space before and after: found by whole words
    Index("names_role", "role", "words"),
)

claim_names = Table(
    "claim_names",  # clustered by name and day: what filters by a name and days run over
    metadata,
    Column("name", _NUMBER, primary_key=True, autoincrement=False),
    Column("last_day", Text, primary_key=True),
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("first_day", Text, nullable=False),
    Index("claim_names_number", "number"),
    sqlite_with_rowid=False,
)

figures = Table(
    "figures",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("measure", Text, nullable=False),
    Column("low", BigInteger),
    Column("high", BigInteger),
    Column("status", Text, nullable=False, server_default="unknown"),  # of those counted: civilian, combatant, …
    Column("modality", Text, nullable=False, server_default="actual"),
    sqlite_with_rowid=False,
)

reviews = Table(
    "reviews",
    metadata,
    Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("verdict", Text, nullable=False),
    Column("standing", Text, nullable=False),  # the record that it speaks of now: its own, or where it was carried last
    Column("document", Text),
    Column("outcome", Text),  # what the last reading made of it; NULL before any
    Column("near", Text),  # in a conflict: the claim that stands nearest
    Index("reviews_standing", "standing"),
    Index("reviews_document", "document"),
)

copies = Table(
    "copies",
    metadata,
    Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("document", Text, nullable=False),
    Column("original", Text, nullable=False),
    Column("standing", Boolean, nullable=False),  # whether the last verdict on it does not take it back
    Index("copies_document", "document"),
    Index("copies_original", "original"),
)

links = Table(
    "links",
    metadata,
    Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("first", Text, nullable=False),  # a claim or a document
    Column("second", Text, nullable=False),
    Index("links_first", "first"),
    Index("links_second", "second"),
)

incident_claims = Table(
    "incident_claims",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("incident", BigInteger, nullable=False),
    Index("incident_claims_incident", "incident"),
)

incidents = Table(
    "incidents",  # what an incident's claims tell together, for lists and maps; made when incidents are set
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("type", Text, nullable=False),  # the commonest among what is told as done
    Column("mode", Text),
    Column("place", Text),
    Column("precision", Text),
    Column("country", Text),
    Column("admin1", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("first_day", Text, nullable=False),  # as of claims: the report's day where none is told, "" where none is known
    Column("last_day", Text, nullable=False),
    Column("dated", Boolean, nullable=False),  # whether a claim tells a day
    Column("claims", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("voices", Integer, nullable=False),
    Column("killed_low", BigInteger),  # the least and the most that any voice tells; NULL is unknown, never nobody
    Column("killed_high", BigInteger),
    Column("disputed", Boolean, nullable=False),
    Index("incidents_days", "first_day", "number"),
    Index("incidents_type", "type", "number"),
    Index("incidents_country", "country", "number"),
)

incident_pairs = Table(
    "incident_pairs",  # of the accounts of one incident: what linking saw, so that it can be explained as it was decided
    metadata,
    Column("first", _NUMBER, primary_key=True, autoincrement=False),
    Column("second", _NUMBER, primary_key=True, autoincrement=False),
    Column("position", Integer, nullable=False),  # within its incident
    Column("chance", Float, nullable=False),
    Column("judgement", Text, nullable=False),
    Column("features", Text, nullable=False),  # JSON: name, value and what it added to the odds, of each that could be told
    Index("incident_pairs_second", "second"),
    sqlite_with_rowid=False,
)

people = Table(
    "people",  # who may work at the desk; no part of the chain, nor of backups: accounts belong to a machine
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password", Text),  # as a password library hashes it; NULL: cannot log in
    Column("made", Text, nullable=False),
    Column("active", Boolean, nullable=False),
)

sessions = Table(
    "sessions",  # log-ins that last and tokens of programs: only a hash of either is kept
    metadata,
    Column("key", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("kind", Text, nullable=False),  # session, token
    Column("label", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Index("sessions_person", "person"),
)

audit = Table(
    "audit",  # who did what at the desk: only added to
    metadata,
    Column("seq", _NUMBER, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("detail", Text, nullable=False),  # JSON
    Column("head", Text, nullable=False),  # the ledger's head at that moment
    Index("audit_person", "person", "seq"),
)

def _record(*names: str) -> "list[Column[Any]]":
    key: Column[Any] = Column("seq", _NUMBER, primary_key=True, autoincrement=False)
    return [key, Column("id", Text, nullable=False, unique=True), *(Column(name, Text, nullable=False) for name in names)]


assignments = Table("assignments", metadata, *_record(), Column("open", Boolean, nullable=False))  # open: until all coders have handed in

assigned = Table(
    "assigned",
    metadata,
    Column("claim", Text, primary_key=True),
    Column("assignment", Text, primary_key=True),
    Index("assigned_assignment", "assignment"),
    sqlite_with_rowid=False,
)

codings = Table(
    "codings",
    metadata,
    *_record("assignment", "claim", "coder"),
    Column("document", Text),
    Index("codings_coder", "assignment", "coder", "claim", "seq"),
    Index("codings_document", "document"),
)

hand_ins = Table("hand_ins", metadata, *_record("assignment", "coder"), Index("hand_ins_assignment", "assignment"))

skips = Table(
    "skips",
    metadata,
    *_record("claim", "person"),
    Column("standing", Boolean, nullable=False),  # whether it was not taken back
    Index("skips_claim", "claim", "person"),
)

deeds = Table("deeds", metadata, *_record("person", "key"), Index("deeds_key", "person", "key"))  # entries by the deed that they are a part of

PROJECTIONS = (
    documents, attempts, claim_ids, claims, names, claim_names, figures, reviews, copies, links,
    assignments, assigned, codings, hand_ins, skips, deeds,
)  # fmt: skip
