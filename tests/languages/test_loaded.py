"""The loaded words of a language: enough of them, of every class and side, plainly glossed, and strict about what is not known."""

from pathlib import Path

import pytest

import sayso.languages
from sayso.errors import DataError
from sayso.extract.loaded import find_loaded
from sayso.languages.loaded import LoadedWords, plural, split_words
from sayso.model.words import LoadedClass

ENGLISH = Path(sayso.languages.__file__).parent / "en" / "loaded.toml"


@pytest.fixture(scope="module")
def words() -> LoadedWords:
    return LoadedWords.from_file(ENGLISH)


def phrases(words: LoadedWords) -> set[str]:
    return {" ".join(phrase.words) for found in words.phrases.values() for phrase in found}


def read(tmp_path: Path, body: str) -> LoadedWords:
    path = tmp_path / "loaded.toml"
    path.write_text(body, encoding="utf-8")
    return LoadedWords.from_file(path)


def test_the_list_is_long_and_has_every_class(words: LoadedWords) -> None:
    assert words.count >= 350
    classes = [phrase.entry.loaded_class for found in words.phrases.values() for phrase in found if not phrase.entry.mild]
    assert all(classes.count(one) >= 100 for one in LoadedClass)


@pytest.mark.parametrize(
    "both",
    [
        ("terrorist", "invader"),
        ("regime", "puppet government"),
        ("bandit", "paramilitary gang"),
        ("zionist entity", "terror tunnels"),
        ("rashist", "banderite"),
        ("takfiri", "great satan"),
        ("martyr", "war hero"),
        ("freedom fighter", "defender of the fatherland"),
        ("state terrorism", "cross border terrorism"),
        ("yankee imperialists", "vendepatrias"),
        ("temporarily occupied", "occupied homeland"),
        ("anti national", "occupied kashmir"),
        ("grouplet", "ruling clique"),
    ],
)
def test_the_words_of_opposite_sides_stand_side_by_side(words: LoadedWords, both: tuple[str, str]) -> None:
    assert set(both) <= phrases(words)


def test_plain_words_of_reports_are_no_loaded_words(words: LoadedWords) -> None:
    plain = [
        "fighters",
        "rebels",
        "insurgents",
        "gunmen",
        "militants",
        "separatists",
        "killed",
        "attack",
        "strike",
        "raid",
        "troops",
        "soldiers",
        "shelling",
        "protesters",
        "said",
    ]
    for word in plain:
        assert not find_loaded(f"The {word} near the town on Monday.", words, ()), word


def test_no_gloss_takes_a_side(words: LoadedWords) -> None:
    glosses = {phrase.entry.neutral for found in words.phrases.values() for phrase in found}
    assert [gloss for gloss in sorted(glosses) if find_loaded(gloss, words, ())] == []


def test_words_inflect(tmp_path: Path) -> None:
    own = read(
        tmp_path,
        """
        [irregular]
        lay = ["lays", "laid", "laying"]
        [[words]]
        class = "euphemism"
        neutral = "killed"
        nouns = ["enemy of peace", "rifleman", "sham city"]
        verbs = ["pacify", "mop up", "lay low", "neutralise"]
        """,
    )
    got = phrases(own)
    assert {"enemies of peace", "riflemen", "sham cities"} <= got
    assert {"pacified", "pacifies", "mopped up", "mopping up", "laid low", "neutralizing", "neutralised"} <= got


def test_longer_phrases_come_first(words: LoadedWords) -> None:
    for found in words.phrases.values():
        lengths = [len(phrase.words) for phrase in found]
        assert lengths == sorted(lengths, reverse=True)


def test_words_are_compared_without_case_marks_and_hyphens() -> None:
    assert split_words("So-called ESCUÁLIDOS") == ("so", "called", "escualidos")
    assert plural("militiaman") == "militiamen"
    assert plural("ally") == "allies"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('[[words]]\nclass = "rude"\nneutral = "people"\nnouns = ["lout"]\n', "rude"),
        ('[[words]]\nclass = "vilifying"\nneutral = " "\nnouns = ["lout"]\n', "neutral"),
        ('[[words]]\nclass = "vilifying"\nneutral = "people"\n', "no words"),
        ('[[words]]\nclass = "vilifying"\nneutral = "people"\nnouns = ["lout"]\nneeds = ["@nowhere"]\n', "@nowhere"),
        ('[[words]]\nclass = "vilifying"\nneutral = "people"\nnouns = ["lout"]\nneeds = ["holy war"]\n', "single words"),
        ('[[words]]\nclass = "vilifying"\nneutral = "people"\nnouns = ["lout"]\nnear = ["war"]\n', "near"),
    ],
)
def test_a_wrong_file_is_named_with_the_place(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(DataError, match=message) as caught:
        read(tmp_path, body)
    assert "loaded.toml:" in str(caught.value)
