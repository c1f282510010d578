"""Training of linking, run in the checkout: `python -m sayso.learning.links train` (a minute or two).

    background   counts how common words are in our own teaching texts and writes src/sayso/link/rarity.json
    train        learns the weights of the features from invented rival accounts and writes src/sayso/link/weights.toml
    check        how well the chances are calibrated and the pairs told apart on rival accounts, as Markdown

Everything is learned from texts that were invented for it; corpora of others measure, and teach nothing.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import click

from sayso.evaluate.links import Report, read_rivals
from sayso.evaluate.teaching import read_sentences
from sayso.evaluate.teaching_reports import read_taught_report
from sayso.learning.logistic import PENALTIES, Example, Fitted, fold_of, learn
from sayso.link.accounts import Account, accounts_of
from sayso.link.blocking import candidates
from sayso.link.compare import NAMES, Frequencies, compare, ready
from sayso.link.decide import WEIGHTS, Weights, chance, signs, weights
from sayso.link.distinctive import RARITY, cue_words, names_of, words_of
from sayso.model import Reading
from sayso.pipeline import Reader

RIVALS = Path("teaching/links/train")
SENTENCES = tuple(Path("teaching/sentences") / name for name in ("train", "fresh", "wide", "broad"))
REPORTS = Path("teaching/reports/train")
_LINES = 8  # teaching lines that are counted as one text: about as many as an account has sentences
_COMMON = 4  # texts that hold a word which is written into the background
_LEAST = 6  # pairs that a sign must have
BINS = tuple(round(0.1 * number, 1) for number in range(10))
_SMALL = 0.01
LATER = (10, 40, 200)  # days by which follow-ups are published later
SHIFTS = (0, 0, 0, 1, -1, 2, 5, -7)  # days between reports that are moved together
MOVED = 30  # of so many pairs of different sets, one is moved together
BESIDE = 0.4  # degrees between places that are moved to lie beside each other
_ROUNDS = 2  # of choosing which accounts of two reports are meant, and learning again
_SAME, _UNSURE = 0.3, 0.12  # chances from which a pair is judged same (where precision and recall balance), or put before a person


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts compared, and whether they tell of one incident; `reports` names the two reports where it is only known of these."""

    group: str
    values: tuple[float | None, ...]
    right: bool
    reports: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An account with the report that tells it."""

    account: Account
    report: Report


def pairs_of(reports: Sequence[Report], readings: Iterable[object]) -> list[Pair]:
    """The pairs that are learned from: those of the reports as they are, and of reports moved to the same days and places.

    Invented sets lie years and countries apart, so that a date alone would tell them apart; a desk's reports do not.
    """
    told = [
        Told(account, report) for report, reading in zip(reports, readings, strict=True) if isinstance(reading, Reading) for account in accounts_of(reading)
    ]
    rare = Frequencies.of(one.account for one in told)
    compared = [ready(one.account, rare) for one in told]
    likely = set(candidates(compared).pairs)
    chief = [number for number, one in enumerate(told) if one.account.chief]
    pairs = []
    for first, second in sorted(likely | {(first, second) for at, first in enumerate(chief) for second in chief[at + 1 :]}):
        one, other = told[first], told[second]
        near = one.report.group == other.report.group
        if near or (first, second) in likely:
            pairs.append(_pair(one, other, rare))
        if near and other.account.days and lot_of(one, other) % 2:  # some reports tell no day
            pairs.append(_pair(one, Told(replace(other.account, days=()), other.report), rare, "undated"))
        if near and other.account.days:  # a follow-up that comes late tells the day again
            pairs.append(_pair(one, _moved(other, published=LATER[lot_of(one, other) % len(LATER)]), rare))
        elif int(sha256(f"{one.account.id} {other.account.id}".encode()).hexdigest(), 16) % MOVED == 0:
            pairs.append(_pair(one, _moved_to(other, one, lot_of(one, other)), rare))
    return pairs


def lot_of(one: Told, other: Told) -> int:
    """A number drawn for a pair, the same in every run."""
    return int(one.account.id[-4:], 16) ^ int(other.account.id[-4:], 16)


def _pair(one: Told, other: Told, rare: Frequencies, how: str = "") -> Pair:
    same = bool(set(one.report.incidents) & set(other.report.incidents))
    near = one.report.group == other.report.group
    group = one.report.group if near else f"{one.report.group} {other.report.group}"
    reports = f"{one.account.document} {other.account.document} {other.account.published} {how}" if same else ""
    return Pair(group, compare(ready(one.account, rare), ready(other.account, rare)), same, reports)


def _moved(one: Told, published: int = 0, days: int = 0) -> Told:
    """The account as if it had been told or published some days later."""
    account = replace(
        one.account,
        published=_later(one.account.published, published + days),
        days=tuple(replace(when, start=_later(when.start, days), end=_later(when.end, days)) for when in one.account.days),
    )
    return Told(account, one.report)


def _moved_to(one: Told, other: Told, lot: int) -> Told:
    """The account as if it had happened within days of another one, and where that did or a town or two away."""
    mine, theirs = one.account.published, other.account.published
    if mine is None or theirs is None:
        return one
    moved = _moved(one, days=(date.fromisoformat(theirs) - date.fromisoformat(mine)).days + SHIFTS[lot % len(SHIFTS)])
    if lot // 8 % 4 == 0:
        names = (set(moved.account.names) - set(moved.account.scene)) | set(other.account.scene)
        return Told(replace(moved.account, places=other.account.places, scene=other.account.scene, names=tuple(sorted(names))), one.report)
    beside = tuple(
        replace(place, name=f"beside {place.name}", lat=place.lat + BESIDE) if place.lat is not None and abs(place.lat) < 80 else place
        for place in other.account.places
    )
    return Told(replace(moved.account, places=beside), one.report)


def _later(day: str | None, days: int) -> str | None:
    return (date.fromisoformat(day) + timedelta(days)).isoformat() if day else None


def examples_of(pairs: Iterable[Pair]) -> list[Example]:
    """The pairs as the learner takes them."""
    return [Example(pair.group, signs(pair.values), pair.right) for pair in pairs]


def as_weights(fitted: Fitted) -> Weights:
    """The fitted signs as weights; a sign that would speak the wrong way is set to nothing, so that every explanation holds."""
    sides: dict[str, dict[str, float]] = {"+": {}, "-": {}}
    for name in NAMES:
        for side, turn in (("+", 1), ("-", -1)):
            weight = round(fitted.signs.get(name + side, 0.0), 3)
            if abs(weight) >= _SMALL and weight * turn > 0:
                sides[side][name] = weight
    return Weights(round(fitted.base, 3), sides["+"], sides["-"], _SAME, _UNSURE)


def chosen(pairs: Sequence[Pair], used: Weights | None) -> list[Pair]:
    """The pairs with, of two reports that tell of one incident, only the likeliest accounts: which are meant is not marked."""
    best: dict[str, Pair] = {}
    for pair in pairs:
        if pair.right:
            value = chance(pair.values, used) if used else sum(one or 0.0 for one in pair.values)
            known = best.get(pair.reports)
            if known is None or value > (chance(known.values, used) if used else sum(one or 0.0 for one in known.values)):
                best[pair.reports] = pair
    return [pair for pair in pairs if not pair.right] + [best[name] for name in sorted(best)]


def taught(pairs: Sequence[Pair]) -> Weights:
    """The weights learned from pairs, choosing accounts and learning in turns."""
    used, _fitted = learned(examples_of(chosen(pairs, None)))
    for _ in range(_ROUNDS - 1):
        used, _fitted = learned(examples_of(chosen(pairs, used)))
    return used


def learned(examples: Sequence[Example]) -> tuple[Weights, Fitted]:
    """The weights, learned again without the signs that came out the wrong way until none does."""
    banned: set[str] = set()
    penalties: Sequence[float] = PENALTIES
    while True:
        kept = [Example(one.group, {name: value for name, value in one.signs.items() if name not in banned}, one.right) for one in examples]
        fitted = learn(kept, _LEAST, penalties)
        wrong = {name for name, weight in fitted.signs.items() if weight * (1 if name.endswith("+") else -1) < 0}
        if not wrong:
            return as_weights(fitted), fitted
        worst = max(sorted(wrong), key=lambda name: abs(fitted.signs[name]))  # one at a time: without it others may turn
        banned, penalties = banned | {worst}, (fitted.penalty,)  # the penalty is chosen once: it hardly moves


def cross_validated(pairs: Sequence[Pair]) -> list[tuple[float, bool]]:
    """The chance of each pair under weights that were learned without its set of reports, and whether it is right."""
    found = []
    for fold in sorted({fold_of(pair.group) for pair in pairs}):
        used = taught([pair for pair in pairs if fold_of(pair.group) != fold])
        held = chosen([pair for pair in pairs if fold_of(pair.group) == fold], used)
        found += [(chance(pair.values, used), pair.right) for pair in held]
    return found


def written(used: Weights, pairs: Sequence[Pair]) -> str:
    """The weights as the text of the data file."""
    head = [
        "# Learned weights of linking: written by `python -m sayso.learning.links train`, not by hand. See docs/models/links.md.",
        "# `for` weighs a feature's value over one half, `against` one under it; a feature left out weighs nothing.",
        f"# {len(pairs)} pairs of accounts of invented reports, {sum(pair.right for pair in pairs)} of one incident.",
        f"base = {used.base}",
        f"same = {used.same}",
        f"unsure = {used.unsure}",
    ]
    tables = [[f"[{name}]", *(f"{key} = {value}" for key, value in side.items())] for name, side in (("for", used.for_it), ("against", used.against_it))]
    return "\n".join(["\n".join(head), *("\n".join(table) for table in tables)]).replace("\n[", "\n\n[") + "\n"


def counted() -> str:
    """How many of our own teaching texts hold each word and each name, as JSON."""
    empty = cue_words().empty
    words: Counter[str] = Counter()
    names: Counter[str] = Counter()
    texts = 0
    for text in _texts():
        words.update(words_of(text, empty))
        names.update(names_of(text, empty))
        texts += 1
    kept = [{word: number for word, number in sorted(counter.items()) if number >= _COMMON} for counter in (words, names)]
    return json.dumps({"texts": texts, "words": kept[0], "names": kept[1]}, ensure_ascii=False) + "\n"


def _texts() -> Iterator[str]:
    for folder in SENTENCES:
        lines = [item.text for item in read_sentences(folder)]
        for at in range(0, len(lines), _LINES):
            yield "\n".join(lines[at : at + _LINES])
    for file in sorted(REPORTS.glob("*.txt")):
        yield read_taught_report(file)[1].text


def told_calibration(found: Sequence[tuple[float, bool]]) -> str:
    """How often pairs of a chance are right, the calibration error, and what is found from each chance on, as Markdown."""
    lines = ["| chance | pairs | mean chance | share of one incident |", "| --- | ---: | ---: | ---: |"]
    error = 0.0
    for low in BINS:
        inside = [(value, right) for value, right in found if low <= value < low + 0.1 or (low == BINS[-1] and value >= low)]
        if inside:
            mean, share = sum(value for value, _ in inside) / len(inside), sum(right for _, right in inside) / len(inside)
            error += len(inside) / len(found) * abs(mean - share)
            lines.append(f"| {low:.1f}–{low + 0.1:.1f} | {len(inside)} | {mean:.3f} | {share:.3f} |")
    lines += ["", f"Calibration error (ECE): {error:.4f} over {len(found)} pairs.", "", "| from | precision | recall | F1 |", "| ---: | ---: | ---: | ---: |"]
    gold = sum(right for _, right in found)
    for level in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        told = [right for value, right in found if value >= level]
        lines.append(f"| {level} | {sum(told) / max(1, len(told)):.3f} | {sum(told) / max(1, gold):.3f} | {2 * sum(told) / max(1, len(told) + gold):.3f} |")
    return "\n".join(lines)


@click.group(help=__doc__)
def main() -> None:
    """The commands."""


@main.command()
def background() -> None:
    """Count how common words are in the teaching texts of this checkout."""
    RARITY.write_text(counted(), encoding="utf-8")
    click.echo(f"{RARITY.name}: written; train the weights anew")


@main.command()
@click.argument("rivals", type=click.Path(exists=True, file_okay=False, path_type=Path), default=RIVALS)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=WEIGHTS, help="Where the weights are written.")
def train(rivals: Path, output: Path) -> None:
    """Learn the weights from the rival accounts of a folder."""
    pairs = _read_pairs(rivals)
    output.write_text(written(taught(pairs), pairs), encoding="utf-8")
    click.echo(f"{output.name}: learned from {len(pairs)} pairs")


@main.command()
@click.argument("rivals", type=click.Path(exists=True, file_okay=False, path_type=Path), default=RIVALS)
@click.option("--held-out", is_flag=True, help="The weights were not learned from these: use them as they are written, instead of learning them ten times.")
def check(rivals: Path, held_out: bool) -> None:
    """Tell how well chances are calibrated: in cross-validation by sets, or of the written weights on texts that they were not learned from."""
    pairs = _read_pairs(rivals)
    used = weights()
    found = [(chance(pair.values, used), pair.right) for pair in chosen(pairs, used)] if held_out else cross_validated(pairs)
    click.echo(told_calibration(found))


def _read_pairs(folder: Path) -> list[Pair]:
    reports = read_rivals(folder)
    return pairs_of(reports, Reader().read(report.document for report in reports))


if __name__ == "__main__":
    main()
