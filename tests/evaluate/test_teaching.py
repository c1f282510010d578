from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import DataError, InputError
from sayso.evaluate.teaching import PUBLISHED, TaughtAct, documents, read_sentences
from sayso.evaluate.teaching_scores import score_teaching
from sayso.model import Claim, Document, Failure, Reading, Span
from sayso.model.claim import Act, Roles, Voice
from sayso.model.words import Modality, Stance, VoiceKind

HOME = Path(__file__).parents[2] / "teaching" / "sentences"
LINES = """# a comment
{V1:Elders} said {A1:raiders} [1 ASSAULT/destroy:burned] {R1:{P1:Oldmill}} {T1:at dawn}, [2 ASSAULT?:killing] {F killed 3..3:three people}.
~ The champions burned the field in the second half.
! {A:Guards} [COERCE|ASSAULT/abduct,denied:seize] {R:a crew}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "SORT.txt"
    path.write_text(text, encoding="utf-8")
    return path


def words(text: str, part: tuple[int, int]) -> str:
    return text[part[0] : part[1]]


def test_marks_become_parts_of_plain_text(tmp_path: Path) -> None:
    told, contrast, headline = read_sentences(written(tmp_path, LINES))
    assert told.text == "Elders said raiders burned Oldmill at dawn, killing three people."
    assert (told.line, contrast.line, headline.line) == (2, 3, 4)
    burned, killing = told.acts
    parts = (burned.trigger, burned.actor[0], burned.recipient[0], burned.place[0], burned.time[0], burned.voice[0])
    assert [words(told.text, part) for part in parts] == ["burned", "raiders", "Oldmill", "Oldmill", "at dawn", "Elders"]
    assert (burned.types, burned.modes, burned.optional) == (frozenset({"ASSAULT"}), frozenset({"destroy"}), False)
    assert killing.optional
    assert not killing.actor
    figure = told.figures[0]
    assert (words(told.text, figure.span), figure.measure, figure.low, figure.high) == ("three people", "killed", 3, 3)
    assert contrast.contrast
    assert not contrast.acts
    assert headline.headline
    assert headline.acts[0].types == {"COERCE", "ASSAULT"}
    assert headline.acts[0].modality is Modality.DENIED


def test_a_letter_without_number_belongs_to_the_first_act(tmp_path: Path) -> None:
    (item,) = read_sentences(written(tmp_path, "{A:Guards} [1 COERCE:held] {R:a crew}, then [2 RETREAT:freed] {R2:it}.\n"))
    assert [words(item.text, act.recipient[0]) for act in item.acts] == ["a crew", "it"]
    assert item.acts[0].actor
    assert not item.acts[1].actor


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("{A:Guards} [COERCE:held {R:a crew}.", "is not closed"),
        ("{A:Guards] [COERCE:held] a crew.", "closes nothing"),
        ("Guards [COERCE held] a crew.", "has no ':'"),
        ("Guards [COERCION:held] a crew.", "not one of the 16"),
        ("Guards [COERCE/beat:held] a crew.", "has no mode 'beat'"),
        ("Guards [COERCE,likely:held] a crew.", "modality 'likely' is unknown"),
        ("Guards [COERCE:held] a crew and [COERCE:beat] it.", "two acts have the number none"),
        ("Guards [COERCE:held] {R2:a crew}.", "belongs to no act"),
        ("Guards [COERCE:held] {X:a crew}.", "is no role"),
        ("Guards [COERCE:held] {F seen 2..3:two}.", "is no figure"),
        ("Guards [COERCE:held] {F detained 3..2:two}.", "its low above its high"),
        ("Guards [COERCE:held] {R:}.", "holds no words"),
        ("Guards held a crew.", "at least one"),
        ("~ Guards [COERCE:held] a crew.", "tells no act"),
    ],
)
def test_faults_name_file_and_line(tmp_path: Path, line: str, wrong: str) -> None:
    with pytest.raises(DataError, match=r"SORT\.txt:2: ") as told:
        read_sentences(written(tmp_path, f"# first\n{line}\n"))
    assert wrong in str(told.value)


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no teaching sentences"):
        read_sentences(tmp_path)


def claim(document: Document, type_name: str, quote: str, actor: str = "", voice: str = "") -> Claim:
    def span(part: str) -> Span:
        start = document.text.index(part)
        return Span(document.id, start, start + len(part), part)

    voices = (Voice("Outlet", VoiceKind.OUTLET),) + ((Voice(voice, VoiceKind.PERSON, Stance.SAID, span(voice)),) if voice else ())
    return Claim(span(quote), Act(type_name, "destroy"), voices, roles=Roles(actor=(span(actor),) if actor else ()))


def test_found_missed_and_invented_acts_are_counted(tmp_path: Path) -> None:
    items = read_sentences(written(tmp_path, LINES))
    first, second, _ = documents(items)
    readings: list[Reading | Failure] = [
        Reading(first, claims=(claim(first, "ASSAULT", "burned", "raiders", "Elders"), claim(first, "ASSAULT", "killing"), claim(first, "ACCUSE", "said"))),
        Reading(second, claims=(claim(second, "ASSAULT", "burned"),)),
        Failure("SORT.txt:4", "Crash", "for the test"),
    ]
    score = score_teaching(items, readings)
    values = score.values()
    assert (values["claim type precision"], values["claim type recall"]) == (pytest.approx(1 / 3, abs=0.001), 0.5)
    assert score.details["types"]["ASSAULT"] == {"gold": 2, "told": 2, "hit": 1, "f1": 0.5}
    assert [values[name] for name in ("actor", "recipient", "voice", "modality", "mode")] == [1, 0, 1, 1, 1]
    assert len(score.details["missed"]) == 1
    assert "'seize'" in score.details["missed"][0]
    assert [line.split()[1] for line in score.details["invented"]] == ["ACCUSE", "ASSAULT"]
    assert (first.published, first.given_id) == (PUBLISHED, "SORT.txt:2")


def test_another_type_on_the_same_words_is_both_missed_and_invented(tmp_path: Path) -> None:
    items = read_sentences(written(tmp_path, "{A:Guards} [COERCE:held] a crew.\n"))
    (document,) = documents(items)
    score = score_teaching(items, [Reading(document, claims=(claim(document, "ASSAULT", "held"),))])
    assert score.details["types"]["COERCE"]["hit"] == 0
    assert score.details["types"]["ASSAULT"] == {"gold": 0, "told": 1, "hit": 0, "f1": 0.0}
    assert len(score.details["invented"]) == 1


def test_the_act_of_several_types_is_counted_once(tmp_path: Path) -> None:
    act = read_sentences(written(tmp_path, LINES))[2].acts[0]
    assert act.type == "ASSAULT"
    assert replace(act, types=frozenset({"COERCE"})).type == "COERCE"
    assert isinstance(act, TaughtAct)


@pytest.mark.skipif(not HOME.is_dir(), reason="the teaching sentences are not in this checkout")
def test_all_teaching_sentences_are_well_formed() -> None:
    items = read_sentences(HOME / "train", HOME / "test")
    assert len(items) > 300
    assert {item.contrast for item in items} == {True, False}
