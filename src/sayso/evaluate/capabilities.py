"""What can be scored: each capability with the corpora forms it reads, and the scorer with the simple systems that it is compared with."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import InputError
from sayso.evaluate.scoring import Scored

if TYPE_CHECKING:
    from sayso.evaluate.acts import Systems

Score = Callable[[Path, str, str], Scored]  # data, split, format


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing that can be scored; the first format and the first split are the defaults."""

    name: str
    told: str
    score: Score
    data: str
    formats: tuple[str, ...] = ()
    splits: tuple[str, ...] = ("dev", "train", "all")
    places: bool = True  # whether the table of places must be there


def _places(data: Path, _split: str, form: str) -> Scored:
    from sayso.evaluate.places import score_places, score_toponyms

    return score_toponyms(data) if form == "list" else score_places(data, form)  # type: ignore[arg-type]


def _times(data: Path, split: str, _form: str) -> Scored:
    from sayso.evaluate.baselines import written_dates
    from sayso.evaluate.splits import belongs
    from sayso.evaluate.times import read_times, score_times
    from sayso.languages.pack import load_pack

    rows = [row for row in read_times(data) if belongs(row.sentence, split)]
    return score_times(rows, load_pack("en").times, {"dates with a month": written_dates})


def _actors(data: Path, _split: str, form: str) -> Scored:
    from sayso.evaluate.actors import score_actors
    from sayso.evaluate.baselines import capitalised_runs
    from sayso.evaluate.names import score_found_names

    return score_actors(data) if form == "ucdp" else score_found_names(data, baselines={"capitalised words": capitalised_runs})


def _attribution(data: Path, split: str, _form: str) -> Scored:
    from sayso.evaluate.attribution import score_attribution
    from sayso.evaluate.baselines import quoted_speech
    from sayso.evaluate.predicting import attribution_predictor

    return score_attribution(_part(data, split), attribution_predictor(), {"quotation marks and a verb of saying": quoted_speech})


def _figures(data: Path, split: str, _form: str) -> Scored:
    from sayso.evaluate.baselines import bare_digits
    from sayso.evaluate.figures import score_quantities
    from sayso.evaluate.predicting import quantity_predictor

    return score_quantities(data, split, quantity_predictor(), {"bare digits": bare_digits})


def _loaded(data: Path, split: str, form: str) -> Scored:
    from sayso.evaluate.baselines import every_sentence, few_loaded_words
    from sayso.evaluate.loaded import score_loaded
    from sayso.evaluate.predicting import loaded_predictor

    beside = {"list of two dozen words": few_loaded_words, "every sentence": every_sentence}
    return score_loaded(_part(data, split), loaded_predictor(mild=form == "mild"), beside)


def _muc(data: Path, split: str, _form: str) -> Scored:
    from sayso.evaluate.muc import score_muc

    return score_muc(data, split)


def _causes(data: Path, split: str, _form: str) -> Scored:
    from sayso.evaluate.causes import score_causes

    return score_causes(data, split)


@cache
def _systems() -> "Systems":
    """Sayso and the dictionary coders, loaded once for all corpora of acts."""
    from sayso.evaluate.acts import Systems

    return Systems.ours()


def _acts(data: Path, split: str, form: str) -> Scored:
    from sayso.evaluate.acled import score_sub_events
    from sayso.evaluate.acts import score_cameo, score_zsp
    from sayso.evaluate.police import score_police
    from sayso.evaluate.predicting import sub_event_predictor

    systems = _systems()
    if form == "case2021":
        return score_sub_events(data, split, sub_event_predictor(), systems.coder)
    return {"zsp": score_zsp, "cameo": score_cameo, "police": score_police}[form](data, split, systems)


def _teaching(data: Path, _split: str, _form: str) -> Scored:
    from sayso.evaluate.teaching import documents, read_sentences
    from sayso.evaluate.teaching_reports import is_taught_report, read_taught_report
    from sayso.evaluate.teaching_scores import score_teaching
    from sayso.pipeline import Reader

    files = sorted(data.glob("*.txt"))
    if files and is_taught_report(files[0]):
        taught = [read_taught_report(file) for file in files]
        return score_teaching([item for item, _ in taught], Reader().read([document for _, document in taught]))
    items = read_sentences(data)
    return score_teaching(items, Reader().read(documents(items)))


def _reports(data: Path, _split: str, _form: str) -> Scored:
    from sayso.evaluate.reports import score_reports

    return score_reports(data)


def _copies(data: Path, split: str, _form: str) -> Scored:
    from sayso.evaluate.copies import score_copies

    return score_copies(_part(data, split), 1)


def _links(data: Path, split: str, form: str) -> Scored:
    from sayso.evaluate.links import score_links

    return score_links(data, split, form)


def _part(data: Path, split: str) -> Path:
    """The folder of a split; the corpus itself where it has no such folders and all of it is meant."""
    own = [name for name in ("train", "dev") if (data / name).is_dir()]
    if split in own:
        return data / split
    if not own and split in ("all", "dev"):
        return data
    told = f"it has {' and '.join(own)}" if own else "it has no folders train and dev, so it is scored whole"
    raise InputError(f"{data.name!r} has no part {split!r}: {told}")


_WHOLE = ("all",)
CAPABILITIES = (
    Capability(
        "attribution",
        "Voices: who is said to say what, in which words.",
        _attribution,
        "Folder with text and attributions (brat), or with such folders train and dev.",
        places=False,
    ),
    Capability("figures", "Figures: numbers and their bounds.", _figures, "NewsQuant as JSON.", places=False),
    Capability("muc", "Whole incidents: who did what to whom, with what, where, when, how many, and how firmly blamed (MUC-4).", _muc, "Folder of the corpus."),
    Capability(
        "acts",
        "Acts: the type of what was done.",
        _acts,
        "Folder of the corpus.",
        ("zsp", "cameo", "case2021", "police"),
        ("dev", "train", "all", "tuned", "kept"),
    ),
    Capability(
        "causes", "Causes: whether a sentence tells one, and which words are cause and effect.", _causes, "Folder of the Causal News Corpus.", places=False
    ),
    Capability(
        "loaded",
        "Loaded words, and sentences that hold one.",
        _loaded,
        "Folder of sentences (.jsonl) or articles (.json), or with such folders train and dev.",
        ("plain", "mild"),
        places=False,
    ),
    Capability(
        "actors",
        "Actors: rows whose two sides resolve rightly (ucdp), and names of a corpus that are found at all (names).",
        _actors,
        "UCDP GED rows (CSV), or JSON lines with text and entities.",
        ("ucdp", "names"),
        _WHOLE,
    ),
    Capability(
        "places",
        "Places: located within 161 km given their names, and found in raw text; or a list of names.",
        _places,
        "The corpus as XML, or CSV with label, country, lat, lon, within_km, spellings.",
        ("lgl", "geovirus", "list"),
        _WHOLE,
    ),
    Capability(
        "times",
        "Times: intervals that come out exactly.",
        _times,
        "CSV with published, sentence, expression, from, to, and maybe hard, before.",
        splits=("all", "dev", "train"),
        places=False,
    ),
    Capability(
        "teaching",
        "Acts, roles, voices, modality, dates and figures against our own teaching sentences or reports.",
        _teaching,
        "Folder of teaching sentences or of teaching reports.",
        splits=_WHOLE,
    ),
    Capability(
        "copies",
        "Copies: reports of a corpus reprinted whole, cut, changed or wrapped, told from each other and from all others.",
        _copies,
        "Folder with docs.jsonl, or with such folders train and dev.",
        splits=("dev", "train"),
        places=False,
    ),
    Capability(
        "links",
        "Incidents: reports of one happening found and set apart from those of others (gva: several reports each; rivals: accounts by rival sides).",
        _links,
        "Folder with docs.jsonl, or with such folders train and dev; for rivals a folder of JSON lines.",
        ("gva", "rivals"),
        ("dev", "train"),
    ),
    Capability(
        "reports", "Whole readings against hand-coded reports, by the judge of readings beside them.", _reports, "Folder of gold reports (YAML).", splits=_WHOLE
    ),
)


def capability(name: str) -> Capability:
    """The capability of that name; KeyError where there is none."""
    return {one.name: one for one in CAPABILITIES}[name]
