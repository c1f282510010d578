"""Time and memory of finding copies among many short reports, beside a plain pass that only splits all texts into words, and simpler systems.

    python bench/copies.py [--reports N] [--share 0.2] [--carriers 0.5]

Each system runs in a process of its own, so that its peak memory is its own. All texts are invented; a share of them are copies, and many carry one of
several standing texts of 200 words.
Seconds are those of one core, whatever else the machine does. MinHash-LSH and exact hashes run over the same reports; all pairs by Jaccard do
not end at this size.
"""

import argparse
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sayso.evaluate.perturbed import WAYS, boilerplate, invented_text
from sayso.model import Document, Source

_OUTLETS = 40
_GOAL_SECONDS, _GOAL_MEGABYTES = 120, 2000


@dataclass(frozen=True, slots=True)
class Size:
    """How many reports, which share of them are copies, and which share carry a standing text."""

    reports: int
    share: float
    carriers: float


def documents(size: Size) -> Iterator[Document]:
    """Invented reports of 40 to 170 words, the same in every run; a text that is copied is at most 2,000 reports old."""
    chance = random.Random(5)
    standing = [boilerplate(chance) for _ in range(_OUTLETS)]
    recent: list[str] = []
    ways = list(WAYS.values())
    for number in range(size.reports):
        if recent and chance.random() < size.share:
            text = chance.choice(ways)(chance.choice(recent), chance)
        else:
            text = invented_text(chance, chance.randint(3, 9))
            recent = [*recent[-1999:], text]
        outlet = chance.randrange(_OUTLETS)
        if chance.random() < size.carriers:
            text = f"{text}\n\n{standing[outlet]}"
        day, minute = divmod(number * 300 // max(size.reports, 1), 28)
        yield Document(text, Source(f"Outlet {outlet}"), published=f"2031-{1 + day % 12:02d}-{1 + minute:02d}")


def _plain(given: Iterator[Document]) -> int:
    return sum(len(re.findall(r"\w+", document.text)) for document in given)


def _sayso(given: Iterator[Document]) -> int:
    from sayso.link.copies import find_copies

    return len(find_copies(given))


def _one_by_one(given: Iterator[Document]) -> int:
    from sayso.link.copies import index_copies

    held = list(given)
    index = index_copies(held[:-100])
    index.add(held[-100])  # the first prepares what the others use
    started = time.process_time()
    for document in held[-99:]:
        index.add(document)
    print(f"  one report added to {len(held) - 100:,}: {(time.process_time() - started) / 99 * 1000:.1f} ms")
    return 0


def _pairs(name: str) -> Callable[[Iterator[Document]], int]:
    def run(given: Iterator[Document]) -> int:
        from sayso.evaluate.copies import exact_pairs, minhash_pairs

        held: Sequence[Document] = list(given)
        return len(list(exact_pairs(held) if name == "exact" else minhash_pairs(held)))

    return run


SYSTEMS: dict[str, Callable[[Iterator[Document]], int]] = {
    "make": lambda given: sum(1 for _ in given),
    "split": _plain,
    "sayso": _sayso,
    "add": _one_by_one,
    "exact": _pairs("exact"),
    "minhash": _pairs("minhash"),
}


def main() -> None:
    """Nothing; prints seconds, ratios and peak memory, and exits with 1 where sayso misses its goal at 100,000 reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--share", type=float, default=0.2)
    parser.add_argument("--carriers", type=float, default=0.5)
    parser.add_argument("--systems", default="make,split,sayso,add,exact", help="of: " + ", ".join(SYSTEMS))
    parser.add_argument("--only")
    told = parser.parse_args()
    size = Size(told.reports, told.share, told.carriers)
    if told.only:
        started = time.process_time()
        found = SYSTEMS[told.only](documents(size))
        print(f"{time.process_time() - started:.2f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} {found}")
        return
    sys.exit(_compared(told))


def _compared(told: argparse.Namespace) -> int:
    seconds: dict[str, float] = {}
    missed = 0
    for name in told.systems.split(","):
        own = [sys.executable, __file__, "--only", name, "--reports", str(told.reports), "--share", str(told.share), "--carriers", str(told.carriers)]
        *lines, last = subprocess.run(own, check=True, capture_output=True, text=True).stdout.strip().splitlines()
        took, peak, found = (float(part) for part in last.split())
        seconds[name] = took - seconds.get("make", 0.0)  # without making the texts
        ratio = f", {seconds[name] / seconds['split']:.1f} × splitting into words" if "split" in seconds else ""
        print(f"{name:8} {seconds[name]:7.1f} s, peak {peak:5.0f} MB, {found:,.0f} found{ratio}", *lines, sep="\n", flush=True)
        missed |= name == "sayso" and told.reports <= 100_000 and (seconds[name] > _GOAL_SECONDS or peak > _GOAL_MEGABYTES)
    return int(missed)


if __name__ == "__main__":
    main()
