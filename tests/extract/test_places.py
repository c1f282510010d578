import pytest

from sayso.extract.places import find_places, places_at
from sayso.gazetteers.name_context import FoundName
from sayso.gazetteers.places import PlaceRow
from sayso.text.veil import Shape


class Small:
    """A gazetteer of a few invented and a few real names."""

    def __init__(self) -> None:
        towns = {"Orvane": 40_000, "Teshk": 900, "Kaluvo": 120_000, "Reading": 200_000, "Al-Qubra": 30_000, "Hope": 10_000, "Paris": 2_000_000, "March": 20_000}
        self._rows = {
            name: (PlaceRow(number, name, "XA", None, 10.0, 20.0 + number, "settlement", "town", people),)
            for number, (name, people) in enumerate(towns.items())
        }
        for code, name, people in (("LB", "Lebanon", "Lebanese"), ("IL", "Israel", "Israeli"), ("ET", "Ethiopia", "Ethiopian"), ("IQ", "Iraq", "Iraqi")):
            self._rows[name] = (PlaceRow(100, name, code, None, 1.0, 2.0, "country", "country"),)
            self._rows[people] = (PlaceRow(101, name, code, None, 1.0, 2.0, "country", "people"),)
        self._rows["Texas"] = (PlaceRow(102, "Texas", "US", "Texas", 31.0, -99.0, "admin1", "unit"),)
        self._folded = {name.casefold(): rows for name, rows in self._rows.items()}

    def lookup(self, name: str) -> tuple[PlaceRow, ...]:
        return self._folded.get(name.casefold(), ())


def found(text, names=(), **more):
    return [(place.name, place.spatial) for place in find_places(text, Small(), names, **more)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two people died in Orvane.", [("Orvane", "in")]),
        ("The army shelled Orvane on Monday.", [("Orvane", "in")]),
        ("Clashes near Orvane and Kaluvo went on.", [("Orvane", "near"), ("Kaluvo", "near")]),
        ("It fell 20 km west of Orvane.", [("Orvane", "west of")]),
        ("Ten died in the town of Zhelmar.", [("Zhelmar", "in")]),
        ("Ten died in Zhelmar district.", [("Zhelmar district", "in")]),
        ("The Orvane blast killed two.", [("Orvane", "in")]),
        ("Orvane was shelled at dawn.", [("Orvane", "in")]),
        ("Fire spread between Orvane and Kaluvo.", [("Orvane", "between"), ("Kaluvo", "between")]),
        ("Guards fired at Orvane refugee camp.", [("Orvane refugee camp", "in")]),
        ("In Al-Qubra, ten died.", [("Al-Qubra", "in")]),
        ("Strikes hit the outskirts of Orvane.", [("Orvane", "near")]),
    ],
)
def test_names_beside_words_of_place(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "She is reading in march and may hope.",
        "In March the talks went on.",
        "Israel said it would answer.",
        "According to Israel, nothing happened.",
        "The war between Israel and its neighbours goes on.",
        "Israeli and Lebanese officers met.",
        "President Paris spoke.",
        "John Paris spoke to reporters.",
        "He was born in the first week.",
        "",
        "   \n\n ",
    ],
)
def test_what_is_no_place(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "spatial"),
    [
        ("Rockets flew in Lebanon.", "in"),
        ("Troops moved across Lebanon.", "in"),
        ("They fled from Lebanon.", "from"),
        ("It is near the Lebanon border.", "near"),
    ],
)
def test_countries_only_where_something_happens(text, spatial):
    assert found(text) == [("Lebanon border" if "border" in text else "Lebanon", spatial)]


def test_an_actor_is_no_place():
    text = "The Orvane Brigade said it was in Orvane."
    names = (FoundName(4, 18, Shape.NAME, "unlisted:orvane brigade"),)
    assert found(text, names) == [("Orvane", "in")]


def test_an_owner_and_a_region_hold_a_place():
    text = "They died in the village of Teshk in Ethiopia's Zhelmar region."
    places = find_places(text, Small())
    assert [(place.name, place.level) for place in places] == [("Teshk", "settlement"), ("Ethiopia", None), ("Zhelmar region", "admin1")]
    assert places[0].containers == ("Ethiopia", "Zhelmar region")
    assert "Ethiopia" in places[2].containers


def test_an_adjective_before_a_noun_of_place_holds_it():
    (place,) = find_places("They met in the Ethiopian town of Orvane.", Small())
    assert (place.name, place.containers) == ("Orvane", ("Ethiopian",))


@pytest.mark.parametrize(("text", "holder"), [("He lives in Paris, Texas, now.", "Texas"), ("He lives in Paris, Tex., now.", "Tex.")])
def test_a_name_behind_a_comma_holds(text, holder):
    assert holder in find_places(text, Small())[0].containers


def test_datelines():
    text = "ORVANE, Iraq, May 14 (Delta News) - Two people died.\n\nMore follows."
    places = find_places(text, Small())
    assert [(place.name, place.dateline) for place in places] == [("ORVANE", True), ("Iraq", True)]
    assert places[0].containers == ("Iraq",)


def test_part_and_distance_are_kept():
    (place,) = find_places("Strikes hit northern Iraq.", Small())
    assert (place.name, place.part) == ("Iraq", "northern")
    (place,) = find_places("Strikes hit the desert in the north of Iraq.", Small())
    assert (place.spatial, place.part) == ("in", "north")
    (place,) = find_places("It fell some 1,200 metres north of Orvane.", Small())
    assert place.offset == (pytest.approx(1.2), "north")
    (place,) = find_places("It fell ten miles from Orvane.", Small())
    assert (place.spatial, place.offset) == ("near", None)


def test_between_names_both_ends():
    one, other = find_places("It happened between Orvane and Kaluvo.", Small())
    assert (one.partner, other.partner) == ("Kaluvo", "Orvane")


def test_capitals_throughout():
    assert found("TWO SOLDIERS WERE KILLED NEAR ORVANE ON SUNDAY IN MARCH AND MAY, THE STAFF SAID.") == [("ORVANE", "near")]


def test_a_small_town_needs_a_plain_word_of_place():
    assert found("They went to Teshk.") == []
    assert found("They died in Teshk.") == [("Teshk", "in")]


def test_names_alone_only_when_asked_for():
    assert found("Kaluvo has a market.") == []
    assert found("Kaluvo has a market.", named=True) == [("Kaluvo", None)]


def test_a_name_that_was_a_place_before_is_one_again():
    assert found("Ten died in Kaluvo. Kaluvo fell silent.") == [("Kaluvo", "in"), ("Kaluvo", None)]
    assert found("Ten died in Kaluvo. Kaluvo said nothing.") == [("Kaluvo", "in")]


def test_given_spans_get_their_surroundings():
    text = "It fell near Orvane, Iraq."
    (place,) = places_at(text, [(13, 19)], Small())
    assert (place.name, place.spatial, [row.name for row in place.rows]) == ("Orvane", "near", ["Orvane"])


def test_offsets_are_those_of_the_text():
    text = "\ufeffÉtat: “fire” in Al-Qubra\u2019s market, then near Teshk."
    for place in find_places(text, Small()):
        assert text[place.start : place.end] == place.name
