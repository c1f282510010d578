import pytest

from sayso.extract.places import find_places
from sayso.gazetteers.places import places
from sayso.gazetteers.places_geometry import distance_km
from sayso.model.words import PlacePrecision
from sayso.resolve.places import PlaceContext, place_context, resolve_place, resolve_places


def read(text, source_country=None):
    table = places()
    found = find_places(text, table)
    return dict(zip((place.name for place in found), resolve_places(text, found, table, source_country), strict=True))


def country(answer):
    return answer.target.country if answer.target else None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("He was shot in Paris, Texas, on Monday.", "Paris", ("US", "Texas")),
        ("He was shot in Paris on Monday, French police said.", "Paris", ("FR", "Île-de-France")),
        ("He was shot in Tripoli, Libya, on Monday.", "Tripoli", ("LY", None)),
        ("Shells fell in Tripoli and Sidon, Lebanese officials said.", "Tripoli", ("LB", None)),
        ("Clashes were heard in Springfield, Ill., overnight.", "Springfield", ("US", "Illinois")),
        ("Fighting spread from Cotonou to Parakou in Benin.", "Parakou", ("BJ", None)),
    ],
)
def test_the_text_decides_between_namesakes(text, name, expected):
    answer = read(text)[name]
    assert country(answer) == expected[0]
    assert expected[1] is None or answer.target.admin1 == expected[1]


def test_neighbours_decide():
    answer = read("Shots were fired in Lexington, in Frankfort and in Richmond, near Berea.")["Richmond"]
    assert answer.target.admin1 == "Kentucky"


def test_the_country_of_the_source_decides():
    text = "Two people were hurt in Valencia."
    assert country(read(text, "VE")["Valencia"]) == "VE"
    assert country(read(text, "ES")["Valencia"]) == "ES"


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("Ten died in Goma.", "Goma", PlacePrecision.SETTLEMENT),
        ("Ten died near Goma.", "Goma", PlacePrecision.NEAR),
        ("Ten died 20 km west of Goma.", "Goma", PlacePrecision.NEAR),
        ("Ten died 80 km west of Goma.", "Goma", PlacePrecision.REGION),
        ("Ten died between Goma and Sake.", "Goma", PlacePrecision.NEAR),
        ("Ten died in Mali.", "Mali", PlacePrecision.COUNTRY),
        ("Ten died in northern Mali.", "Mali", PlacePrecision.REGION),
        ("Ten died in Idlib province.", "Idlib province", PlacePrecision.ADMIN1),
        ("Ten died in Darfur.", "Darfur", PlacePrecision.REGION),
        ("A ship was hit in the Red Sea.", "Red Sea", PlacePrecision.SEA),
        ("Ten died at Jenin refugee camp.", "Jenin refugee camp", PlacePrecision.SITE),
    ],
)
def test_the_words_tell_how_closely_a_place_is_known(text, name, precision):
    assert read(text)[name].target.precision is precision


def test_points_follow_the_words():
    goma = read("Ten died in Goma.")["Goma"].target
    west = read("Ten died 20 km west of Goma.")["Goma"].target
    assert distance_km((goma.lat, goma.lon), (west.lat, west.lon)) == pytest.approx(20, abs=0.5)
    assert west.lon < goma.lon
    between = read("Ten died between Goma and Sake.")
    assert (between["Goma"].target.lat, between["Goma"].target.lon) == pytest.approx((between["Sake"].target.lat, between["Sake"].target.lon), abs=1e-3)
    assert read("Ten died in northern Mali.")["Mali"].target.lat > read("Ten died in Mali.")["Mali"].target.lat - 2
    assert read("Ten died in the north of Iraq.")["Iraq"].target.lat > read("Ten died in Iraq.")["Iraq"].target.lat + 1


def test_a_town_comes_before_the_province_around_it_unless_the_text_says_so():
    assert read("Ten died in Mopti, Mali.")["Mopti"].target.precision is PlacePrecision.SETTLEMENT
    assert read("Ten died in Mopti region, Mali.")["Mopti region"].target.precision is PlacePrecision.ADMIN1


def test_an_unknown_village_is_placed_by_what_holds_it():
    answer = read("Ten died in the village of Zhelqvar in Ethiopia's Tigray region.")["Zhelqvar"]
    assert (answer.target.name, answer.target.country, answer.target.precision) == ("Zhelqvar", "ET", PlacePrecision.ADMIN1)
    assert "knows no place" in answer.reason
    assert answer.score < 0.5


def test_refusals_say_why():
    answer = read("Ten died in the village of Zhelqvar.")["Zhelqvar"]
    assert answer.target is None
    assert answer.score == 0
    assert "'Zhelqvar'" in answer.reason


def test_a_namesake_far_from_all_that_is_told_is_refused():
    text = "Malian troops fought in Bamako, Mopti and Gao in Mali. Ten Malians died in Chaparral, Malian officers said."
    answer = read(text)["Chaparral"]
    assert answer.target is None
    assert "nothing" in answer.reason
    assert answer.candidates


def test_answers_carry_their_reasons():
    answer = read("He was shot in Paris, Texas, on Monday.")["Paris"]
    assert "the text says it is in Texas" in answer.reason
    assert answer.candidates[0].target.country == "US"
    assert len(answer.candidates) > 1
    scores = [candidate.score for candidate in answer.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in [answer.score, *scores])
    record = answer.of("men_1")
    assert (record.mention, record.target) == ("men_1", answer.target)


def test_an_empty_context_still_answers():
    table = places()
    (place,) = find_places("Ten died in Goma.", table)
    assert country(resolve_place(place, PlaceContext())) == "CD"
    assert place_context("", (), table) == PlaceContext(votes={"": {}})


def test_the_same_text_gives_the_same_answers():
    text = "Clashes near Kupiansk and Svatove; strikes on Kharkiv and in Lebanon, officials in Kyiv said."
    assert read(text) == read(text)
