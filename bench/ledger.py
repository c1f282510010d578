"""How fast a ledger of a million claims answers: `python bench/ledger.py [--claims N] [--where FOLDER]`.

The claims are synthetic (invented words, a skewed choice of places and actors as in real reports) and are written straight into the projections: no records,
no chain, so that a million take minutes and not an hour. What is timed is what users ask for, by `Ledger.find` and `Ledger.incident`, each with words, names
and days of its own; the median and the slowest are told. The aim is 100 ms for each.
"""

import argparse
import json
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from sayso.store import opening
from sayso.store.folding import folded_words
from sayso.store.ledger import Ledger, open_ledger
from sayso.store.projecting import name_words
from sayso.store.query import Query

AIM = 0.1  # seconds
_A_DOCUMENT = 10  # claims
_FIRST_DAY = date(2014, 1, 1)
_DAYS = 3650
_TYPES = ("ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "THREATEN", "ACCUSE", "COOPERATE", "CONSULT")
_INSERTS = {
    "documents": 3,  # seq, id, source
    "claim_ids": 3,
    "claims": 26,
    "names": 3,
    "claim_names": 4,
    "figures": 7,
    "incident_claims": 2,
}


@dataclass(frozen=True, slots=True)
class World:
    """The invented words that claims are made of."""

    places: list[str]
    actors: list[str]
    sources: list[str]
    words: list[str]

    @classmethod
    def made(cls, chance: random.Random) -> "World":
        """Names of two invented words each."""

        def word() -> str:
            return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))

        def names(count: int) -> list[str]:
            return [f"{word()} {word()}".title() for _ in range(count)]

        return cls(names(20_000), names(30_000), names(500), [word() for _ in range(40_000)])


def _skewed(chance: random.Random, values: list[str]) -> str:
    """A few values often, most of them seldom."""
    return values[int(len(values) * chance.random() ** 4)]


def rows(world: World, chance: random.Random, claims: int) -> Iterator[dict[str, list[tuple[object, ...]]]]:
    """The rows of one document after the other."""
    number = 0
    seen: dict[str, int] = {}
    for document in range(1, claims // _A_DOCUMENT + 1):
        found: dict[str, list[tuple[object, ...]]] = {name: [] for name in (*_INSERTS, "claim_words")}
        source = _skewed(chance, world.sources)
        published = _FIRST_DAY + timedelta(days=_DAYS * document * _A_DOCUMENT // claims)
        found["documents"].append((document, f"doc_{document:024x}", source))
        for _ in range(_A_DOCUMENT):
            number += 1
            _claim((found, seen), (number, f"doc_{document:024x}", source, published.isoformat()), world, chance)
        yield found


def _claim(held: tuple[dict[str, list[tuple[object, ...]]], dict[str, int]], told: tuple[int, str, str, str], world: World, chance: random.Random) -> None:
    found, seen = held
    number, document, source, published = told
    place, actor, recipient = _skewed(chance, world.places), _skewed(chance, world.actors), _skewed(chance, world.actors)
    day = (date.fromisoformat(published) - timedelta(days=int(chance.random() ** 3 * 30))).isoformat()
    quote = " ".join(_skewed(chance, world.words) for _ in range(25))
    shown = json.dumps({"voices": [source], "actor": [actor], "recipient": [recipient]})
    far = sum(map(ord, place))  # a place stays where it is
    where = (place, "SD", place, -35 + far * 7 % 900 / 10, -18 + far * 13 % 1500 / 10)
    when = (day, day, day, day)
    kind = chance.choice(_TYPES)
    about = (number, f"clm_{number:024x}", document, source, "A title", published, kind, None, "actual")
    claim = (*about, *where, *when, "unreviewed", 0, quote, shown, 0, round(chance.random(), 4), 0, "settlement")
    found["claims"].append(claim)
    found["claim_ids"].append((number, f"clm_{number:024x}", document))
    if number % 4 == 0:
        found["figures"].append((number, 0, "killed", chance.randint(0, 50), chance.randint(50, 90), "unknown", "actual"))
    found["incident_claims"].append((number, number - number % 7 + 1))
    for role, name in (("place", place), ("actor", actor), ("recipient", recipient), ("voice", source), ("source", source)):
        key = f"{role}:{name}"
        if key not in seen:
            seen[key] = len(seen) + 1
            found["names"].append((seen[key], role, name_words(name)))
        found["claim_names"].append((seen[key], day, number, day))
    found["claim_words"].append((number, " ".join(folded_words(f"{quote} {place} {actor} {recipient}"))))


def fill(where: str, world: World, chance: random.Random, claims: int) -> None:
    """Write the claims into the projections of a new ledger."""
    open_ledger(where).close()
    engine = opening.connect(where, create=False)
    made = rows(world, chance, claims)
    for few in iter(lambda: list(islice(made, 2_000)), []):
        with opening.writing(engine, where) as connection:
            for table, columns in _INSERTS.items():
                values = [row for one in few for row in one[table]]
                named = {"documents": " (seq, id, source)", "names": " (id, role, words)"}.get(table, "")
                if values:
                    connection.exec_driver_sql(f"INSERT INTO {table}{named} VALUES ({', '.join('?' * columns)})", values)  # noqa: S608
            words = [row for one in few for row in one["claim_words"]]
            connection.exec_driver_sql("INSERT INTO claim_words (rowid, words) VALUES (?, ?)", words)
    engine.dispose()


def questions(world: World, ledger: Ledger, chance: random.Random, claims: int) -> dict[str, Callable[[], object]]:
    """What is asked, each time anew."""

    def days(length: int) -> tuple[str, str]:
        start = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS - length))
        return start.isoformat(), (start + timedelta(days=length)).isoformat()

    def by_place_and_date() -> object:
        since, until = days(30)
        return ledger.find(Query(place=_skewed(chance, world.places), since=since, until=until))

    def by_commonest_place_and_year() -> object:
        since, until = days(365)
        return ledger.find(Query(place=world.places[0], since=since, until=until))

    def by_days() -> object:
        since, until = days(14)
        return ledger.find(Query(since=since, until=until, type="ASSAULT"))

    def all_of_it() -> object:
        return ledger.find(Query(place=world.places[0], words=world.words[0], since="2015-01-01", actor=_skewed(chance, world.actors)))

    return {
        "place and 30 days": by_place_and_date,
        "the commonest place and a year": by_commonest_place_and_year,
        "14 days and a type": by_days,
        "one incident with its claims": lambda: ledger.incident(7 * chance.randrange(claims // 7) + 1),
        "search: two words": lambda: ledger.find(Query(words=f"{_skewed(chance, world.words)} {_skewed(chance, world.words)}")),
        "search: the commonest word": lambda: ledger.find(Query(words=world.words[0])),
        "search: a rare word": lambda: ledger.find(Query(words=chance.choice(world.words))),
        "actor": lambda: ledger.find(Query(actor=_skewed(chance, world.actors))),
        "place, words, actor and days": all_of_it,
        "incidents of a place": lambda: ledger.incidents(Query(place=_skewed(chance, world.places))),
        "incidents of a common word": lambda: ledger.incidents(Query(words=_skewed(chance, world.words))),
        "incidents of the commonest word": lambda: ledger.incidents(Query(words=world.words[0])),
        "incidents of it, far down": lambda: ledger.incidents(Query(words=world.words[0], after=7 * chance.randrange(claims // 7) + 1)),
        "incidents of it and a type": lambda: ledger.incidents(Query(words=world.words[0], type="ASSAULT")),
        "the newest claims": lambda: ledger.find(Query()),
    }


def timed(asking: Callable[[], object], times: int) -> list[float]:
    """How long each asking took."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        asking()
        found.append(time.perf_counter() - start)
    return sorted(found)


def main() -> None:
    """Print how long each question takes; the exit code is 1 where a median is beyond the aim."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=40, help="how often each question is asked")
    parser.add_argument("--where", default=None, help="a folder with a few GB of room; what is written there is removed")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="sayso-bench-", dir=options.where)
    try:
        where = str(Path(folder) / "ledger.sqlite")
        chance = random.Random(1)
        world = World.made(chance)
        start = time.perf_counter()
        fill(where, world, chance, options.claims)
        print(f"{options.claims:,} synthetic claims written in {time.perf_counter() - start:.0f} s, {Path(where).stat().st_size / 1e9:.2f} GB\n")
        print(f"{'question':32} {'median':>9} {'slowest':>9}")
        slow = False
        with open_ledger(where, create=False) as ledger:
            for name, asking in questions(world, ledger, chance, options.claims).items():
                found = timed(asking, options.times)
                middle = statistics.median(found)
                slow = slow or middle > AIM
                print(f"{name:32} {middle * 1000:6.1f} ms {found[-1] * 1000:6.1f} ms{'  TOO SLOW' if middle > AIM else ''}")
    finally:
        shutil.rmtree(folder)
    raise SystemExit(slow)


if __name__ == "__main__":
    main()
