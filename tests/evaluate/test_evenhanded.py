"""Even-handedness: what is swapped and how, that an even reading passes, and that planted biases are caught, each by the measure that is about it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli.main import sayso
from sayso.engines.engine import Proposals, VeiledReport
from sayso.engines.rules.engine import RulesEngine
from sayso.errors import DataError, InputError
from sayso.evaluate.evenhanded import LIMITS, failed, load_documents, score_evenhanded, told
from sayso.evaluate.evenhanded_swaps import OUTLETS, outlets, swaps, swaps_across
from sayso.evaluate.evenhanded_words import load_word_sets, word_swaps
from sayso.gazetteers.actors import actor_list
from sayso.gazetteers.name_finder import find_names
from sayso.model import Act, Document, Failure, Reading, Source
from sayso.model.words import LoadedClass, SourceKind
from sayso.pipeline import Reader

REPORT = """id: invented
source: {name: Valley Post, kind: press}
published: "2024-05-15"
text: |
  Hezbollah fighters killed three soldiers near Tyre on Tuesday, the army said. Hamas condemned the air strike on Sidon.
  Two militants were killed in the raid. Israel denied that its troops had shelled the village.
"""


def made(text: str, given_id: str = "one") -> Document:
    return Document(text, Source("Valley Post", SourceKind.PRESS), given_id=given_id, published="2024-05-15", language="en")


def swapped(text: str) -> dict[str, str]:
    named = [(name.start, name.end) for name in find_names(text, actor_list())]
    return {swap.what: swap.text for swap in word_swaps(text, named, load_word_sets())}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "report.yaml").write_text(REPORT, encoding="utf-8")
    (tmp_path / "lines.txt").write_text("{A:Hezbollah} [ASSAULT:attacked] {R:a convoy} near {P:Tyre}.\n", encoding="utf-8")
    return tmp_path


def test_words_keep_inflection_articles_and_capitals() -> None:
    found = swapped("Terrorists held the town. A terrorist was killed and two militants were liquidated.")
    assert found["fighters: insurgent for terrorist"] == "Insurgents held the town. An insurgent was killed and two militants were liquidated."
    assert found["killing: neutralise for kill"].endswith("A terrorist was neutralised and two militants were liquidated.")
    assert found["killing: martyr for liquidate"].endswith("and two militants were martyred.")


def test_words_are_dropped_with_their_article_made_right() -> None:
    assert swapped("It was a heroic attack on the camp.")["judging words: nothing for heroic"] == "It was an attack on the camp."


@pytest.mark.parametrize(
    "text",
    [
        "Three people were killed when the bus crashed.",  # nobody's deed
        "The committee killed the bill.",
        "The Resistance Fighter Jets Act passed.",  # a name
        "Fighter jets flew over.",  # another thing
        "The rebels captured twelve soldiers.",  # no place is taken
        "Sanctions regime of the council",
    ],
)
def test_words_are_left_where_they_mean_something_else(text: str) -> None:
    kept = ("killing", "fighters: terrorist for fighter", "taking a place", "government")
    assert not [what for what in swapped(text) if what.startswith(kept)]


def test_places_are_taken_in_both_voices() -> None:
    assert swapped("Rebels captured the old town.")["taking a place: liberate for capture"] == "Rebels liberated the old town."
    assert swapped("The town was liberated on Monday.")["taking a place: occupy for liberate"] == "The town was occupied on Monday."


def test_a_swap_tells_where_the_loaded_word_stands() -> None:
    text = "Soldiers killed two men."
    swap = next(one for one in word_swaps(text, (), load_word_sets()) if one.word == "neutralise")
    assert (swap.loaded, [swap.text[start:end] for start, end in swap.inserted]) == (LoadedClass.EUPHEMISM, ["neutralised"])


def test_a_wrong_file_of_words_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text('[[sets]]\nname = "one"\nverbs = ["kill"]\n', encoding="utf-8")
    with pytest.raises(DataError, match="fewer than two members"):
        load_word_sets(path)


def test_actors_are_swapped_within_and_across_kinds() -> None:
    document = made("Hamas and Hezbollah said Israel shelled them.")
    within = {swap.what: swap.document.text for swap in swaps(document, actor_list())}
    assert within["hamas and hezbollah exchanged"] == "Hezbollah and Hamas said Israel shelled them."
    across = [swap.what for swap in swaps_across(document, actor_list())]
    assert across
    assert all("(rebel_group)" not in what.split(" for ")[0] for what in across if what.endswith("for hamas (rebel_group)"))


def test_outlets_are_of_every_side() -> None:
    sources = [swap.document.source for swap in outlets(made("It rained."))]
    assert sources == list(OUTLETS)
    assert {source.kind for source in sources} >= {SourceKind.AGENCY, SourceKind.STATE, SourceKind.PARTY, SourceKind.SOCIAL}


def test_the_same_capital_with_an_article() -> None:
    swap = next(swaps(made("A court in The Hague charged him."), actor_list()))
    assert "The " not in swap.document.text


def test_an_even_reading_passes(folder: Path, reader: Reader) -> None:
    scored = score_evenhanded([folder], read_all=reader.read)
    values = scored.values()
    assert {name: values[name] for name in ("actors", "kinds", "outlet")} == {"actors": 1.0, "kinds": 1.0, "outlet": 1.0}
    assert len(scored.documents) == 2
    assert sum(tally["actors all"] for tally in scored.documents) > 5


def test_samples_are_spread_and_the_same(folder: Path) -> None:
    assert [document.given_id for document in load_documents([folder], 1)] == ["invented"]
    with pytest.raises(InputError, match="empty"):
        load_documents([folder], 0)
    with pytest.raises(InputError, match="not there"):
        load_documents([folder / "nowhere"])


Bias = Callable[[Document], bool]
BIASES: dict[str, Bias] = {
    "actors": lambda document: "Hezbollah" in document.text,
    "words": lambda document: "neutralised" in document.text,
    "outlet": lambda document: document.source.side == "Hezbollah",
}


@pytest.mark.parametrize("measure", BIASES)
def test_a_planted_bias_is_caught_by_its_measure(measure: str, folder: Path, reader: Reader) -> None:
    biased = BIASES[measure]

    def read_all(documents: Iterable[Document | Failure]) -> Iterator[Reading | Failure]:
        given = list(documents)
        for document, reading in zip(given, reader.read(given), strict=True):
            if isinstance(reading, Reading) and isinstance(document, Document) and biased(document):
                yield Reading(document, claims=tuple(replace(claim, act=Act("THREATEN")) for claim in reading.claims), loaded=reading.loaded)
            else:
                yield reading

    scored = score_evenhanded([folder], read_all=read_all)
    assert any(line.startswith(f"{measure}: ") for line in failed(scored))
    moved = next(one for one in scored.details["moved"] if one["measure"] == measure and "THREATEN" in one["before"] + one["after"])
    assert moved["text"]
    assert moved["swap"]


def test_an_engine_against_one_name_is_harmless_under_the_veil_and_caught_without(folder: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    propose_all = RulesEngine.propose_all

    def biased(engine: RulesEngine, reports: list[VeiledReport]) -> list[Proposals]:
        found = propose_all(engine, reports)
        pairs = zip(reports, found, strict=True)
        return [
            replace(one, acts=tuple(replace(act, type="THREATEN", mode=None) for act in one.acts)) if "Hezbollah" in report.text else one
            for report, one in pairs
        ]

    monkeypatch.setattr(RulesEngine, "propose_all", biased)
    assert score_evenhanded([folder], read_all=reader.read).values()["actors"] == 1.0
    monkeypatch.setattr("sayso.extract.names.named_spans", lambda names: tuple(name.named for name in names if name.identity != "hezbollah"))
    assert any(line.startswith("actors: ") for line in failed(score_evenhanded([folder], read_all=reader.read)))


def test_what_is_not_read_is_told(folder: Path) -> None:
    scored = score_evenhanded([folder], read_all=lambda documents: (Failure("one", "Crash", "planted") for _ in documents))
    assert len(scored.details["not read"]) == 2
    assert scored.values() == dict.fromkeys(LIMITS)


def test_told_holds_acts_and_figures(reader: Reader) -> None:
    before = told(reader.read_one(made("Rebels killed three soldiers near Tyre on Tuesday.")))
    assert before == told(reader.read_one(made("Rebels killed three soldiers near Tyre on Tuesday.", "two")))
    assert before != told(reader.read_one(made("Rebels killed four soldiers near Tyre on Tuesday.")))


def test_loaded_words_are_told_with_class_gloss_and_voice(folder: Path, reader: Reader) -> None:
    (folder / "more.txt").write_text("{V:The ministry} said {A:its forces} had [ASSAULT:neutralised] {R:two terrorists}.\n", encoding="utf-8")
    words = score_evenhanded([folder / "more.txt"], read_all=reader.read).details["loaded"]
    assert {name.split(" (")[0] for name in words} == {"euphemism: neutralised", "vilifying: terrorists"}
    assert all(set(voices) == {"state"} for voices in words.values())


def test_the_command_fails_where_the_reading_takes_a_side(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = ["evaluate", "evenhanded", "--data", str(folder)]
    even = CliRunner().invoke(sayso, command)
    assert even.exit_code == 0, even.output
    read = Reader.read

    def biased(reader: Reader, documents: Iterable[Document | Failure]) -> Iterator[Reading | Failure]:
        for reading in read(reader, documents):
            partial = isinstance(reading, Reading) and "neutralised" in reading.document.text
            yield Reading(reading.document, loaded=reading.loaded) if partial and isinstance(reading, Reading) else reading

    monkeypatch.setattr(Reader, "read", biased)
    caught = CliRunner().invoke(sayso, command)
    assert caught.exit_code == 1
    assert "words: " in caught.stderr
