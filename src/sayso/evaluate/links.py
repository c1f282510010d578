"""Scores of linking: reports read, linked and folded, against corpora that say which reports tell of one incident."""

import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from sayso.engines.rules.parsing import load_parser
from sayso.errors import InputError
from sayso.evaluate.scoring import Measure, Scored, Tally, f1, precision, recall
from sayso.intake.jsonl import take_line
from sayso.intake.settings import IntakeSettings
from sayso.languages.inflect import Inflector
from sayso.languages.pack import load_pack
from sayso.link.accounts import Account, accounts_of
from sayso.link.incidents import fold, link
from sayso.model import Document, Failure, Reading, Source
from sayso.model.words import PlacePrecision
from sayso.pipeline import Reader

Keys = frozenset[Hashable]  # the incidents that a report is said to tell of: two reports are one incident's where they share one
SYSTEMS = ("same day and town", "same head lemma", "all singletons")
_FINE = (PlacePrecision.SITE, PlacePrecision.SETTLEMENT, PlacePrecision.NEAR)
_ARCHIVE = "web.archive.org"
_HEAD = 400  # code points at the start of a text in which its headline may stand


@dataclass(frozen=True, slots=True)
class Report:
    """A report with the incidents that it tells of, and the set of reports that it was written for."""

    document: Document | Failure
    incidents: tuple[str, ...]
    group: str


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What was read of a report."""

    reading: Reading | None
    accounts: tuple[Account, ...]

    @property
    def chief(self) -> Account | None:
        """What it is mainly about."""
        return next((one for one in self.accounts if one.chief), None)


def score_links(data: Path, split: str, form: str = "gva", reader: Reader | None = None) -> Scored:
    """Pairwise F1 and B³ of the reports of a corpus, all of them read, linked and folded together; three simple systems beside.

    "multi" counts reports whose incident several reports tell of, and pairs with one of them; the others are in the way all the same.
    In rival accounts two reports are linked where they share any incident; B³ is of the incident that each is mainly about.
    """
    reports = read_gva(data, split) if form == "gva" else read_rivals(data)
    read = read_reports(reports, reader or Reader())
    gold = [frozenset[Hashable](one.incidents) for one in reports]
    ours = folded(read, chief_only=form == "gva")
    systems = dict(zip(SYSTEMS, (day_and_town(read), head_lemma(read), singletons(read)), strict=True))
    measures: dict[str, Measure] = {}
    for lot in ("multi", "all"):
        measures |= {f"{lot} pairs {name}": make(f"{lot} pairs") for name, make in (("f1", f1), ("precision", precision), ("recall", recall))}
        measures |= {f"{lot} b3 {name}": make(f"{lot} b3") for name, make in (("f1", b3_f1), ("precision", b3_precision), ("recall", b3_recall))}
    unread = sum(one.chief is None for one in read)
    return Scored(tallies(gold, ours), measures, {name: tallies(gold, told) for name, told in systems.items()}, {"reports without an account": unread})


def b3_precision(name: str) -> Measure:
    """The mean over reports of the share of each one's cluster that is of its incident."""
    return lambda counts: counts[f"{name} right of told"] / counts[f"{name} reports"] if counts[f"{name} reports"] else None


def b3_recall(name: str) -> Measure:
    """The mean over reports of the share of each one's incident that is in its cluster."""
    return lambda counts: counts[f"{name} right of gold"] / counts[f"{name} reports"] if counts[f"{name} reports"] else None


def b3_f1(name: str) -> Measure:
    """The harmonic mean of the two."""

    def measure(counts: Mapping[str, float]) -> float | None:
        right, found = b3_precision(name)(counts), b3_recall(name)(counts)
        return 2 * right * found / (right + found) if right and found else None

    return measure


def tallies(gold: Sequence[Keys], told: Sequence[Keys]) -> list[Tally]:
    """The counts of each report. A pair counts half at each of its reports, so that drawing reports draws pairs."""
    mine, theirs = _neighbours(told), _neighbours(gold)
    found = []
    for said, true in zip(mine, theirs, strict=True):
        right = len(said & true)
        lots = ("multi", "all") if true else ("all",)
        tally: Tally = Counter()
        for lot in lots:
            of_told, of_gold = (right + 1) / (len(said) + 1), (right + 1) / (len(true) + 1)
            tally.update({f"{lot} b3 reports": 1, f"{lot} b3 right of told": of_told, f"{lot} b3 right of gold": of_gold})
        judged = {"all": said, "multi": said if true else {other for other in said if theirs[other]}}
        for lot, pairs in judged.items():
            tally.update({f"{lot} pairs hit": right / 2, f"{lot} pairs told": len(pairs) / 2, f"{lot} pairs gold": len(true) / 2})
        found.append(tally)
    return found


def _neighbours(keys: Sequence[Keys]) -> list[set[int]]:
    """For each report the others that share a key with it."""
    holding: dict[Hashable, list[int]] = defaultdict(list)
    for number, some in enumerate(keys):
        for key in some:
            holding[key].append(number)
    return [{other for key in some for other in holding[key]} - {number} for number, some in enumerate(keys)]


def read_reports(reports: Sequence[Report], reader: Reader) -> list[ReadReport]:
    """What is read of each report. Where the text alone tells of no happening (it was cut, or is a page's boilerplate), its headline is read with it."""
    read = [_read(one) for one in reader.read(report.document for report in reports)]
    again = [number for number, (report, one) in enumerate(zip(reports, read, strict=True)) if not one.accounts and _headed(report.document) is not None]
    headed = [one for number in again if (one := _headed(reports[number].document)) is not None]
    for number, result in zip(again, reader.read(headed), strict=True):
        read[number] = _read(result)
    return read


def _read(result: Reading | Failure) -> ReadReport:
    return ReadReport(result, accounts_of(result)) if isinstance(result, Reading) else ReadReport(None, ())


def _headed(document: Document | Failure) -> Document | None:
    if isinstance(document, Failure) or not document.title or document.title in document.text[:_HEAD]:
        return None
    return replace(document, text=f"{document.title}\n\n{document.text}")


def folded(read: Sequence[ReadReport], chief_only: bool) -> list[Keys]:
    """The folded incidents of each report: of what it is mainly about, or of all that it tells. Equal reports are told apart by nobody."""
    accounts = list({account.id: account for one in read for account in one.accounts}.values())
    incident_of = {claim: number for number, incident in enumerate(fold(accounts, link(accounts).links)) for claim in incident.claims}
    keys: list[Keys] = []
    for one in read:
        kept = [account for account in one.accounts if account.chief or not chief_only]
        keys.append(frozenset(incident_of[claim] for account in kept for claim in account.claims))
    return keys


def day_and_town(read: Sequence[ReadReport]) -> list[Keys]:
    """A simple system: reports whose main acts are told of the same day and the same town, village or site, as they were read."""
    keys: list[Keys] = []
    for one in read:
        chief = one.chief
        day = next((when.start for when in chief.days if when.start), None) if chief else None
        town = next((place.name for place in chief.places if place.precision in _FINE), None) if chief else None
        keys.append(frozenset({(day, town)}) if day and town else frozenset())
    return keys


def head_lemma(read: Sequence[ReadReport]) -> list[Keys]:
    """A simple system: reports whose main acts are told by the same word, whatever its form."""
    nlp = load_parser(load_pack("en").model)
    if nlp.path is None:
        raise InputError("the parser has no folder: its lemma tables cannot be read")
    inflector = Inflector.from_model(nlp.path)
    keys: list[Keys] = []
    for one in read:
        chief = one.chief
        triggers = {claim.id: claim.trigger.quote for claim in one.reading.claims} if one.reading else {}
        keys.append(frozenset({inflector.lemma(triggers[chief.claims[0]].split()[-1], "VBD")}) if chief else frozenset())
    return keys


def singletons(read: Sequence[ReadReport]) -> list[Keys]:
    """The simplest system: no two reports tell of one incident."""
    return [frozenset() for _ in read]


def read_gva(folder: Path, split: str) -> list[Report]:
    """The reports of a part of the corpus of shootings, each with its incident and the site that published it."""
    home = folder / split if (folder / split).is_dir() else folder
    file = home / "docs.jsonl"
    if not file.is_file():
        raise InputError(f"no docs.jsonl in {home.name!r}: it is the folder of the corpus, with train and dev, that is needed")
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        record = _record(line, f"{file.name}:{number}", ("incident_id", "doc_id", "title", "dct", "content", "uri"))
        source = Source(_site(record["uri"]))
        document = Document(record["content"], source, given_id=record["doc_id"], title=record["title"] or None, published=record["dct"], language="en")
        found.append(Report(document, (record["incident_id"],), home.name))
    return found


def _site(address: str) -> str:
    """The host that published it, also where an archive kept it; "unknown" where none is told."""
    if _ARCHIVE in address:
        address = "http" + address.rpartition("http")[2]
    try:
        return (urlsplit(address).hostname or "unknown").removeprefix("www.")
    except ValueError:
        return "unknown"


def _record(line: str, where: str, needed: Iterable[str]) -> Mapping[str, str]:
    try:
        record = json.loads(line)
        missing = [name for name in needed if not isinstance(record.get(name), str)]
    except (ValueError, AttributeError) as wrong:
        raise InputError(f"{where} is no report: {wrong}") from wrong
    if missing:
        raise InputError(f"{where} has no {missing[0]!r}")
    return dict(record)


def read_rivals(folder: Path) -> list[Report]:
    """The rival accounts of a folder of JSON lines; a set is a file."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise InputError(f"no rival accounts in {folder.name!r}: it needs .jsonl files")
    lines = ((file, number, line) for file in files for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1))
    return [_rival(line, f"{file.name}:{number}", file.stem) for file, number, line in lines if line.strip()]


def _rival(line: str, where: str, group: str) -> Report:
    try:
        incidents = tuple(str(one) for one in json.loads(line)["incidents"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise InputError(f"{where} is no report with incidents: {wrong}") from wrong
    return Report(take_line(line.encode(), where, IntakeSettings()).item, incidents, group)
