"""A folder of invented reports in all formats, one in twenty broken in a known way, the same for the same seed.

python -m bench.mixed_folder 2000 FOLDER --seed 1
"""

import argparse
import random
from dataclasses import dataclass
from pathlib import Path

from bench.mixed_broken import BROKEN
from bench.mixed_formats import FORMATS

_SHARE_BROKEN = 0.05


@dataclass(frozen=True, slots=True)
class Broken:
    """A part of the folder that must become a Failure: its name below the folder as `Failure.what` ends in, its kind, and why."""

    name: str
    kind: str
    why: str


def write_mixed(folder: Path, count: int, seed: int = 1) -> tuple[Broken, ...]:
    """The broken ones among the `count` files that were written; each format and, from 540 files on, each way of being broken is among them."""
    chance = random.Random(seed)
    broken = set(chance.sample(range(count), max(1, round(count * _SHARE_BROKEN))))
    listed: list[Broken] = []
    good = 0
    for number in range(count):
        below = f"{number // 100:02}"
        (folder / below).mkdir(parents=True, exist_ok=True)
        if number in broken:
            name, part, kind, why, write = BROKEN[len(listed) % len(BROKEN)]
            name = f"{below}/{number:05}-{name}"
            part = part or (f"!{Path(name).name.removesuffix('.gz')}" if name.endswith(".gz") else "")
            listed.append(Broken(name + part, kind, why))
        else:
            ending, write = FORMATS[good % len(FORMATS)]
            name = f"{below}/{number:05}-{ending}"
            good += 1
        (folder / name).write_bytes(write(chance, number))
    return tuple(listed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    for one in write_mixed(told.folder, told.count, told.seed):
        print(f"{one.name}\t{one.kind}\t{one.why}")


if __name__ == "__main__":
    main()
