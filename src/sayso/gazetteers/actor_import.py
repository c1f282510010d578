"""Lists of actors from elsewhere, read as actors of ours: UCDP's Actor Dataset, FollowTheMoney JSON lines, and our own CSV."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import InputError
from sayso.gazetteers.actor_data import Actor, Alias
from sayso.model.words import ActorKind

FORMS = ("ucdp", "ftm", "csv")
COLUMNS = ("id", "name", "kind", "country", "aliases", "countries", "parent", "coalitions", "valid_from", "valid_to")
_NEEDED = {"ucdp": {"ActorId", "NameData", "Org", "Location"}, "csv": {"name", "kind"}}
# What UCDP calls Org, as kinds of ours: formally organised, followers of a party, communal, government.
_ORG = {"1": ActorKind.REBEL_GROUP, "2": ActorKind.RIOTERS, "3": ActorKind.IDENTITY_MILITIA, "4": ActorKind.STATE_FORCE}
_UCDP_NAMES = ("NewName", "NewNameFullEng", "NewNameFullMotherTongue", "NameData", "NameOrig", "NameOrigFull", "NameOrigFullEng")
_FTM_KINDS = {"Company": ActorKind.COMPANY, "PublicBody": ActorKind.GOVERNMENT, "Organization": ActorKind.UNKNOWN, "LegalEntity": ActorKind.UNKNOWN}
_TOPICS = (
    ("gov.igo", ActorKind.INTERGOVERNMENTAL), ("mil", ActorKind.STATE_FORCE), ("gov.security", ActorKind.STATE_FORCE), ("gov", ActorKind.GOVERNMENT),
    ("media", ActorKind.MEDIA), ("crime.terror", ActorKind.REBEL_GROUP), ("crime", ActorKind.POLITICAL_MILITIA), ("pol", ActorKind.EXTERNAL_OTHER),
)  # fmt: skip
_WEAK = "?"
_ACRONYM = re.compile(r"[A-Z0-9][A-Z0-9\-/&.]{1,11}")
_SHORT = 3  # letters: acronyms up to here stand for many things
_COMMON = 2  # words: informal names up to here may be a people, a place or a thing

CountryOf = Callable[[str], str | None]  # the ISO code of a country by its name


@dataclass(frozen=True, slots=True)
class ImportedActors:
    """What a file held: the actors in its order, and what was passed over, with why."""

    form: str
    actors: tuple[Actor, ...]
    passed_over: tuple[str, ...] = ()


def read_actor_file(path: Path, country_of: CountryOf, form: str | None = None) -> ImportedActors:
    """The actors of a file in one of FORMS, told by its first line if not given; InputError names the line that is wrong."""
    text = _text(path)
    form = form or _form(path, text)
    notes: list[str] = []
    if form == "ftm":
        actors = tuple(_entities(path, text, country_of, notes))
    else:
        rows = _rows(path, text, _NEEDED[form])
        actors = tuple(_from_ucdp(rows, country_of) if form == "ucdp" else _from_own(path, rows))
    if not actors and not notes:
        raise InputError(f"{path.name}: holds no actor")
    return ImportedActors(form, actors, tuple(notes))


def alias_of(text: str, sure: bool = True) -> Alias:
    """The alias: weak where marked "?", where it is not sure, or a short acronym; a weak one counts only where the report is about its country."""
    plain = text.removeprefix(_WEAK).strip()
    short = len(plain) <= _SHORT and plain.isupper()
    return Alias(plain, text.startswith(_WEAK) or not sure or short)


def own_actor(row: Mapping[str, str]) -> Actor:
    """The actor of a row in our own columns; ValueError says what is wrong."""
    name, kind = row["name"].strip().removeprefix(_WEAK), row["kind"].strip()
    if not name:
        raise ValueError("name is empty: every actor needs one")
    if kind not in set(ActorKind):
        raise ValueError(f"kind {kind!r} is none of {', '.join(ActorKind)}")
    countries = tuple(_code(code) for code in _split(row.get("countries")))
    country = (row.get("country") or "").strip()
    identity = (row.get("id") or "").strip() or "own:" + re.sub(r"\W+", "_", name.casefold()).strip("_")
    told = _split(row.get("aliases"))
    if not row.get("same_as") and name not in {text.removeprefix(_WEAK) for text in told}:
        told = (row["name"].strip(), *told)
    aliases = tuple(alias_of(text) for text in dict.fromkeys(told))
    dates = [(row.get(key) or "").strip() or None for key in ("valid_from", "valid_to")]
    return Actor(
        identity, name, ActorKind(kind), _code(country) if country else None, aliases, countries=countries, parent=(row.get("parent") or "").strip() or None,
        coalitions=_split(row.get("coalitions")), valid_from=dates[0], valid_to=dates[1],
    )  # fmt: skip


def csv_rows(path: Path, needed: set[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV with the numbers of their lines; InputError where a needed column is missing."""
    return _rows(path, _text(path), needed)


def _text(path: Path) -> str:
    """The file as text: UTF-8, with or without a byte-order mark, else Windows-1252, which newer UCDP files are in."""
    try:
        raw = path.read_bytes()
    except OSError as wrong:
        raise InputError(f"{path}: cannot be opened: {wrong.strerror}") from wrong
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _form(path: Path, text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    if first.startswith("{"):
        return "ftm"
    columns = set(next(csv.reader([first]), ()))
    found = next((form for form, needed in _NEEDED.items() if needed <= columns), None)
    if found is None:
        ours = ", ".join(COLUMNS)
        raise InputError(f"{path.name}: is no list of actors: it needs UCDP's columns (ActorId, NameData, Org, Location …), JSON lines, or the columns {ours}")
    return found


def _rows(path: Path, text: str, needed: set[str]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if missing := needed - set(reader.fieldnames or ()):
        raise InputError(f"{path.name}:1: the column {min(missing)!r} is missing")
    for row in reader:
        yield reader.line_num, {key: value or "" for key, value in row.items() if isinstance(key, str) and not isinstance(value, list)}


def _from_own(path: Path, rows: Iterator[tuple[int, dict[str, str]]]) -> Iterator[Actor]:
    for number, row in rows:
        try:
            yield own_actor(row)
        except ValueError as wrong:
            raise InputError(f"{path.name}:{number}: {wrong}") from wrong


def _from_ucdp(rows: Iterator[tuple[int, dict[str, str]]], country_of: CountryOf) -> Iterator[Actor]:
    for _, row in rows:
        names = tuple(dict.fromkeys(name for key in _UCDP_NAMES if (name := _first(row, (key,)))))
        kind = _ORG.get(row["Org"].strip(), ActorKind.UNKNOWN)
        if not names:
            continue
        written = _first(row, ("NewName", "NameData", "NameOrig")) or names[0]
        full = _first(row, ("NewNameFullEng", "NameOrigFullEng")) or written
        codes = tuple(dict.fromkeys(code for name in row["Location"].split(", ") if (code := country_of(name.strip()))))
        formal = kind in (ActorKind.REBEL_GROUP, ActorKind.STATE_FORCE)
        aliases = tuple(alias_of(name, formal and (len(name.split()) >= _COMMON or _acronym(name))) for name in names)
        yield Actor(f"ucdp:{row['ActorId'].strip()}", full if _acronym(written) else written, kind, codes[0] if codes else None, aliases, countries=codes[1:])


def _first(row: Mapping[str, str], columns: tuple[str, ...]) -> str:
    """The first of the columns that holds a name; "n/a" is none."""
    told = (" ".join(row.get(column, "").split()) for column in columns)
    return next((name for name in told if name and name.casefold() != "n/a"), "")


def _entities(path: Path, text: str, country_of: CountryOf, notes: list[str]) -> Iterator[Actor]:
    passed: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            entity = json.loads(line)
            schema, properties = entity["schema"], entity["properties"]
            actor = _entity(entity, properties, country_of) if schema in _FTM_KINDS else None
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise InputError(f"{path.name}:{number}: is no FollowTheMoney entity: it needs id, schema and properties ({wrong})") from wrong
        if actor is None:
            passed[schema] = passed.get(schema, 0) + 1
        else:
            yield actor
    notes += [f"{count} of schema {schema!r}: {_why(schema)}" for schema, count in sorted(passed.items())]


def _entity(entity: Mapping[str, Any], properties: Mapping[str, list[str]], country_of: CountryOf) -> Actor | None:
    names = [name.strip() for name in properties.get("name", ()) if name.strip()]
    if not names:
        return None
    topics = properties.get("topics", ())
    kind = next((kind for prefix, kind in _TOPICS if any(topic == prefix or topic.startswith(f"{prefix}.") for topic in topics)), _FTM_KINDS[entity["schema"]])
    told = [code for key in ("mainCountry", "jurisdiction", "country") for code in properties.get(key, ())]
    codes = tuple(dict.fromkeys(code.upper() if len(code) == len("XX") else country_of(code) or "" for code in told if code))
    codes = tuple(code for code in codes if code)
    aliases = [alias_of(name) for name in (*names, *properties.get("alias", ()), *properties.get("abbreviation", ()))]
    aliases += [alias_of(name, sure=False) for name in properties.get("weakAlias", ())]
    dates = [min(properties.get(key, ()), default=None) for key in ("incorporationDate", "dissolutionDate")]
    kept = tuple({alias.text: alias for alias in reversed(aliases) if alias.text}.values())[::-1]
    return Actor(f"ftm:{entity['id']}", names[0], kind, codes[0] if codes else None, kept, countries=codes[1:], valid_from=dates[0], valid_to=dates[1])


def _why(schema: str) -> str:
    return "persons are kept as roles, not as actors" if schema == "Person" else "is no organisation, or has no name"


def _acronym(name: str) -> bool:
    return _ACRONYM.fullmatch(name) is not None


def _split(value: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (value or "").split("|") if part.strip())


def _code(country: str) -> str:
    if len(country) != len("XX") or not country.isupper():
        raise ValueError(f"country {country!r} is no ISO 3166 alpha-2 code, as 'SD'")
    return country
