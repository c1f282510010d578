"""One-sided words under the veil: which are levelled, how, and that the records still quote what is written."""

from pathlib import Path

import pytest

from sayso.extract.levelling import plain_words
from sayso.extract.loaded import find_loaded
from sayso.languages.levels import Levels
from sayso.languages.pack import load_pack
from sayso.model import Document, Source
from sayso.pipeline import Reader
from sayso.text.veil import NamedSpan, PlainWord, Shape, veil

PACK = load_pack("en")


def levelled(text: str, names: tuple[tuple[int, int], ...] = ()) -> str:
    found = plain_words(text, PACK.levels, find_loaded(text, PACK.loaded, names), names)
    return veil(text, [NamedSpan(start, end, Shape.NAME, "one") for start, end in names], found).text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Troops neutralised two terrorists.", "Troops killed two fighters."),
        ("Two guards were martyred in the attack.", "Two guards were killed in the attack."),
        ("TERRORISTS LIQUIDATED NEAR TOWN, ARMY SAYS", "FIGHTERS KILLED NEAR TOWN, ARMY SAYS"),
        ("A terrorist and an insurgent fled.", "A fighter and a fighter fled."),
        ("It was a heroic attack.", "It was an attack."),
        ("They buried the martyrs of the raid.", "They buried the dead of the raid."),
        ("Fear the enemy; fighters fled.", "Fear the enemy; fighters fled."),
        ("Sappers neutralised the bomb.", "Sappers neutralised the bomb."),
        ("Parliament eliminated tariffs on wheat.", "Parliament eliminated tariffs on wheat."),
    ],
)
def test_what_the_coder_sees(text: str, seen: str) -> None:
    assert levelled(text) == seen


def test_names_are_left_to_the_veil() -> None:
    assert levelled("The Martyrs Brigade left.", ((4, 19),)).startswith("Ardov")


def test_every_position_leads_back() -> None:
    text = "A heroic fighter neutralised an insurgent near Tyre."
    made = veil(text, (), plain_words(text, PACK.levels, find_loaded(text, PACK.loaded, ()), ()))
    for piece in made.pieces:
        if piece.veiled_start < piece.veiled_end:
            assert made.to_source(piece.veiled_start, piece.veiled_end) == (piece.start, piece.end)
    at = made.text.index("killed")
    assert text[slice(*made.to_source(at, at + 6))] == "neutralised"


def test_a_word_that_meets_a_name_gives_way() -> None:
    assert veil("Red rebels", [NamedSpan(0, 10, Shape.PLURAL, "one")], [PlainWord(4, 10, "fighters")]).text == "Ardovers"


def test_records_quote_what_is_written() -> None:
    reading = Reader().read_one(Document("The army said its troops neutralised two terrorists near Tyre.", Source("Outlet"), language="en"))
    claim = reading.claims[0]
    assert (claim.act.type, claim.trigger.quote, claim.roles.recipient[0].quote) == ("ASSAULT", "neutralised", "two terrorists")
    assert [word.span.quote for word in reading.loaded] == ["neutralised", "terrorists"]


def test_the_first_of_two_levels_holds(tmp_path: Path) -> None:
    path = tmp_path / "levels.toml"
    path.write_text('[[always]]\nplain = "dead"\nfixed = ["martyrs"]\n[[always]]\nplain = "kill"\nverbs = ["martyr"]\n', encoding="utf-8")
    levels = Levels.from_file(path)
    assert (levels.always[("martyrs",)], levels.always[("martyred",)], levels.longest) == ("dead", "killed", 1)
