"""The scorers of acts, over invented rows and readers that answer as the test says."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from sayso.codebooks.codebook import load_codebook
from sayso.errors import InputError
from sayso.evaluate.acts import Systems, between, main_act, read_pairs, score_cameo, score_zsp
from sayso.evaluate.dictionary_coder import DictionaryCoder, distance
from sayso.evaluate.police import mended, police_kinds, read_police, score_police
from sayso.evaluate.splits import belongs, is_dev
from sayso.evaluate.told_acts import ToldAct, act_predictor, cameo_class, published_type
from sayso.model.words import Modality
from sayso.pipeline import Reader

_FORMS = {"shelled": "shell", "met": "meet", "arrested": "arrest", "killed": "kill", "signed": "sign", "praised": "praise"}


def lemmas(word: str) -> frozenset[str]:
    """The word and what the tests call its dictionary form."""
    return frozenset({word.lower(), _FORMS.get(word.lower(), word.lower())})


def coder() -> DictionaryCoder:
    return DictionaryCoder(load_codebook("plover"), lemmas)


def systems(answers: dict[str, list[ToldAct]]) -> Systems:
    """Systems whose reader answers from a table."""

    def told(texts: Sequence[str]) -> list[list[ToldAct]]:
        return [answers.get(text, []) for text in texts]

    return Systems(told, coder())


def act(text: str, words: str, kind: str, **roles: str) -> ToldAct:
    """An act of a sentence by its words; roles `actor` and `recipient` by theirs."""
    parts = {name: tuple((text.index(value), text.index(value) + len(value)) for value in [given]) for name, given in roles.items()}
    at = (text.index(words), text.index(words) + len(words))
    return ToldAct(kind, at, parts.get("actor", ()), parts.get("recipient", ()), words=frozenset(form for word in words.split() for form in lemmas(word)))


def table(folder: Path, rows: list[tuple[str, str]]) -> Path:
    """A file of marked sentences and labels."""
    lines = ["sentence\tmarked_sentence\tsource\ttarget\tgold_root"]
    for marked, label in rows:
        text = marked
        for tag in ("<s>", "</s>", "<t>", "</t>"):
            text = text.replace(tag, "")
        source, target = (marked.split(f"<{mark}>")[1].split(f"</{mark}>")[0] for mark in "st")
        lines.append(f"{text}\t{marked}\t{source}\t{target}\t{label}")
    (folder / "rows.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "rows.tsv"


def test_parts_do_not_overlap_and_dev_is_never_tuned_on() -> None:
    texts = [f"sentence {number}" for number in range(400)]
    dev = [text for text in texts if is_dev(text)]
    assert 70 < len(dev) < 130
    assert not [text for text in dev if belongs(text, "tuned") or belongs(text, "train")]
    assert all(belongs(text, "tuned") != belongs(text, "kept") and belongs(text, "all") for text in texts)
    with pytest.raises(ValueError, match="no part 'rest'"):
        belongs("a", "rest")


def test_source_and_target_are_found_by_their_marks(tmp_path: Path) -> None:
    row = read_pairs(table(tmp_path, [("Lomar praised Tessel after <s>Lomar</s> met <t>the envoy of Tessel</t>.", "CONSULT")]))[0]
    assert [row.text[start:end] for start, end in (*row.source, *row.target)] == ["Lomar", "the envoy of Tessel"]
    assert row.source[0][0] > 0, "the second mention is the marked one"


def test_a_table_without_its_columns_is_told(tmp_path: Path) -> None:
    (tmp_path / "rows.tsv").write_text("sentence\ttext\nA\tB\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"rows\.tsv:2: lacks the column 'marked_sentence'"):
        read_pairs(tmp_path / "rows.tsv")


def test_the_act_between_two_parties_is_the_one_that_fills_both_roles(tmp_path: Path) -> None:
    row = read_pairs(table(tmp_path, [("After rebels shelled Ost, <s>the mayor</s> praised <t>the medics</t> and met reporters.", "SUPPORT")]))[0]
    shelled = act(row.text, "shelled", "ASSAULT", actor="rebels", recipient="Ost")
    met = act(row.text, "met", "CONSULT", actor="the mayor", recipient="reporters")
    praised = act(row.text, "praised", "SUPPORT", actor="the mayor", recipient="the medics")
    assert between(row, [shelled, met, praised]) is praised
    assert between(row, [shelled, met]) is met, "the actor alone outweighs no role at all"
    assert between(row, [shelled]) is shelled, "anything rather than nothing"
    assert between(row, []) is None


def test_a_pronoun_behind_the_source_is_the_source(tmp_path: Path) -> None:
    row = read_pairs(table(tmp_path, [("<s>The ministry</s> says it has arrested <t>a spy</t> who met the press.", "COERCE")]))[0]
    arrested, met = act(row.text, "arrested", "COERCE", actor="it"), act(row.text, "met", "CONSULT", actor="a spy")
    assert between(row, [met, arrested]) is arrested


@pytest.mark.parametrize(
    ("told", "published"),
    [
        (ToldAct("AID", (0, 1)), "AID"),
        (ToldAct("AID", (0, 1), modality=Modality.PLANNED, announced=True), "AGREE"),
        (ToldAct("AID", (0, 1), modality=Modality.PLANNED), "AID"),
        (ToldAct("COERCE", (0, 1), modality=Modality.PLANNED, announced=True), "THREATEN"),
        (ToldAct("SANCTION", (0, 1), mode="convict"), "ACCUSE"),
        (ToldAct("SANCTION", (0, 1), words=frozenset({"impose", "sanction"})), "COERCE"),
        (ToldAct("SANCTION", (0, 1), mode="expel", words=frozenset({"expel"})), "SANCTION"),
        (ToldAct("AGREE", (0, 1), words=frozenset({"sign"})), "SUPPORT"),
        (ToldAct("RETREAT", (0, 1), whom=frozenset({"peacekeeper"})), "SANCTION"),
    ],
)
def test_types_as_the_published_table_names_them(told: ToldAct, published: str) -> None:
    assert published_type(told) == published


@pytest.mark.parametrize(
    ("told", "label"),
    [
        (None, "0"),
        (ToldAct("REQUEST", (0, 1), words=frozenset({"call"})), "0"),
        (ToldAct("REQUEST", (0, 1), words=frozenset({"demand"})), "3"),
        (ToldAct("REJECT", (0, 1), words=frozenset({"deny"})), "0"),
        (ToldAct("SANCTION", (0, 1), words=frozenset({"sanction"})), "3"),
        (ToldAct("CONCEDE", (0, 1)), "2"),
        (ToldAct("CONSULT", (0, 1), modality=Modality.PLANNED, announced=True), "1"),
        (ToldAct("ASSAULT", (0, 1)), "4"),
    ],
)
def test_classes_of_codes(told: ToldAct | None, label: str) -> None:
    assert cameo_class(told) == label


def test_root_accuracy_and_what_is_compared(tmp_path: Path) -> None:
    rows = [
        ("<s>Lomar</s> shelled <t>Tessel</t>.", "ASSAULT"),
        ("<s>Lomar</s> met <t>Tessel</t>.", "YIELD"),
        ("<s>Lomar</s> signed a treaty with <t>Tessel</t>.", "SUPPORT"),
        ("<s>Lomar</s> slept beside <t>Tessel</t>.", "AID"),
    ]
    path = table(tmp_path, rows)
    texts = [row.text for row in read_pairs(path)]
    answers = {texts[0]: [act(texts[0], "shelled", "ASSAULT")], texts[1]: [act(texts[1], "met", "RETREAT")], texts[2]: [act(texts[2], "signed", "AGREE")]}
    scored = score_zsp(tmp_path, "all", systems(answers))
    values = scored.values()
    assert (values["root accuracy"], values["root accuracy, as sayso names it"], values["answered"]) == (0.75, 0.5, 0.75)
    assert values["CONCEDE/RETREAT recall"] == 1.0
    assert scored.values("first verb")["ASSAULT recall"] == 1.0
    assert scored.values("first verb")["root accuracy"] == 0.25
    assert set(scored.baselines) == {"first verb", "nearest verb", "most frequent type"}
    assert scored.details["confused"] == {"AID told as nothing": 1}


def test_classes_of_sentences(tmp_path: Path) -> None:
    lines = {"Lomar shelled Tessel.": "4", "Lomar met Tessel.": "1", "Lomar is a state.": "0", "Lomar praised Tessel.": "1"}
    (tmp_path / "classes.tsv").write_text("".join(f"{text}\t{label}\n" for text, label in lines.items()), encoding="utf-8")
    first, second, _, last = lines
    answers = {first: [act(first, "shelled", "ASSAULT")], second: [act(second, "met", "CONSULT")], last: [act(last, "praised", "ASSAULT")]}
    scored = score_cameo(tmp_path / "classes.tsv", "all", systems(answers))
    values = scored.values()
    assert (values["accuracy"], values["act precision"], values["act recall"]) == (0.75, 1.0, 1.0)
    assert values["class 1 f1"] == values["class 4 f1"] == 0.6667
    assert values["macro f1"] == round((1 + 2 / 3 + 2 / 3) / 3, 4)
    (tmp_path / "classes.tsv").write_text("no tab here\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"classes\.tsv:1: is no sentence, tab and class"):
        score_cameo(tmp_path / "classes.tsv", "all", systems({}))


def test_the_main_act_is_told_as_done_and_is_news() -> None:
    feared = ToldAct("ASSAULT", (0, 3), ((4, 5),), modality=Modality.HYPOTHETICAL)
    past = ToldAct("ASSAULT", (10, 13), ((4, 5),), historical=True)
    done = ToldAct("AID", (20, 23), ((4, 5),))
    assert main_act([feared, past, done]) is done
    assert main_act([]) is None


def test_a_dictionary_coder_takes_the_earliest_or_the_nearest_verb() -> None:
    text = "Rebels shelled Ost before the mayor of Ost met the envoy."
    mayor = (text.index("mayor"), text.index("mayor") + 5)
    assert [name for _, name in coder().hits(text)] == ["ASSAULT", "CONSULT"]
    assert coder().first(text) == "ASSAULT"
    assert coder().nearest(text, [mayor]) == "CONSULT"
    assert coder().first("Nothing at all.") is None
    assert (distance([(0, 4)], [(9, 12)]), distance([(0, 4)], [(2, 12)])) == (5, 0)


def police(folder: Path, sentences: list[tuple[int, str, list[str]]]) -> Path:
    (folder / "dev").mkdir()
    lines = [json.dumps({"doc_id": number, "sent_text": text, "sent_labels": labels}) for number, text, labels in sentences]
    (folder / "dev" / "sents.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_acts_of_police_by_sentence_and_report(tmp_path: Path) -> None:
    rows = [
        (1, "Police shot two men.", ["FORCE", "ANY_ACTION"]),
        (1, "The shops were shut.", []),
        (2, "Officials met.", ["ANY_ACTION"]),
    ]
    reports = read_police(police(tmp_path, rows) / "dev" / "sents.jsonl")
    assert [report.text for report in reports] == ["Police shot two men.\nThe shops were shut.", "Officials met."]
    answers = {reports[0].text: [act(reports[0].text, "shot", "ASSAULT", actor="Police")], reports[1].text: [act(reports[1].text, "met", "CONSULT")]}
    scored = score_police(tmp_path, "dev", systems(answers))
    values = scored.values()
    assert (values["any action precision"], values["any action recall"], values["report any action recall"]) == (1.0, 0.5, 0.5)
    assert values["force f1"] == 1.0
    assert values["kill f1"] is None, "nobody marked or told one"
    assert scored.values("police word")["any action recall"] == 0.5


def test_kinds_of_police_acts() -> None:
    text = "Two were killed when police opened fire. Nine were held. Police did not stop it. Rebels fired."
    killed, fired = act(text, "killed", "ASSAULT"), act(text, "opened fire", "ASSAULT", actor="police")
    held = ToldAct("COERCE", (0, 1), mode="arrest")
    assert police_kinds([fired], text) == {"any action", "force"}
    assert police_kinds([killed, fired], text) == {"any action", "force", "kill"}
    assert police_kinds([killed], text) == frozenset(), "nobody says that it was police"
    assert police_kinds([held], text) == {"any action", "arrest"}
    assert police_kinds([act(text, "fired", "ASSAULT", actor="Rebels")], text) == frozenset()
    start = text.index("Police did")
    denied = ToldAct("COERCE", (start, start + 6), ((start, start + 6),), modality=Modality.DENIED)
    assert police_kinds([denied], text) == {"failure to act"}


def test_letters_read_in_the_wrong_encoding_are_put_right() -> None:
    assert mended("the mayor\u00e2\u20ac\u2122s caf\u00c3\u00a9") == "the mayor’s café"
    assert mended("it''s as it was: é") == "it's as it was: é"


def test_the_reader_answers_as_the_scorers_ask(reader: Reader) -> None:
    text = "The ministry said it would send tents to Kolda after rebels shelled the town."
    told = act_predictor(reader, lemmas)([text])[0]
    assert [(one.type, one.announced) for one in told] == [("AID", True), ("ASSAULT", False)]
    assert published_type(told[0]) == "AGREE"
    assert "shelled" in told[1].words
