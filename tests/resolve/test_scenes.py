"""Which claims are told of one place, as numbers that say nothing of where it is. All places are invented."""

from sayso.model import Act, Claim, Document, PlaceTarget, Roles, Voice
from sayso.model.words import PlacePrecision, VoiceKind
from sayso.resolve.scenes import scenes

TEXT = "one two three four five"
DOCUMENT = Document(TEXT)
TOWN = PlaceTarget("Dorvo", 15.0, 36.0, PlacePrecision.SETTLEMENT, "1", "SD")
QUARTER = PlaceTarget("Old Dorvo", 15.05, 36.0, PlacePrecision.SITE, "2", "SD")  # five or six kilometres off
FAR = PlaceTarget("Ostry", 16.0, 36.0, PlacePrecision.SETTLEMENT, "3", "SD")
STATE = PlaceTarget("Kassala", 15.4, 36.4, PlacePrecision.ADMIN1, "4", "SD")


def told(*places: PlaceTarget | None) -> list[tuple[Claim, dict]]:
    """A claim a place, each with what its report's places were judged to be."""
    found = []
    for number, place in enumerate(places):
        start = TEXT.index(TEXT.split()[number])
        span = DOCUMENT.span(start, start + len(TEXT.split()[number]))
        claim = Claim(span, Act("ASSAULT"), (Voice("x", VoiceKind.OUTLET),), roles=Roles(place=(span,) if place else ()))
        found.append((claim, {(span.start, span.end): place} if place else {}))
    return found


def numbers(*places: PlaceTarget | None) -> list[int | None]:
    claims = told(*places)
    found = scenes(claims)
    return [found.get(claim.id) for claim, _ in claims]


def test_one_place_has_one_number_and_a_town_far_off_another():
    assert numbers(TOWN, FAR, TOWN) == [0, 1, 0]


def test_a_town_and_its_quarter_are_one_place():
    assert numbers(TOWN, QUARTER) == [0, 0]


def test_what_is_told_no_closer_than_a_province_or_not_at_all_may_be_anywhere():
    assert numbers(STATE, None, TOWN) == [None, None, 0]


def test_places_without_a_point_are_told_apart_by_name_and_country():
    here = PlaceTarget("Dorvo", None, None, PlacePrecision.SETTLEMENT, None, "SD")
    elsewhere = PlaceTarget("Dorvo", None, None, PlacePrecision.SETTLEMENT, None, "TD")
    assert numbers(here, here, elsewhere) == [0, 0, 1]


def test_the_numbers_say_nothing_of_where_it_is():
    assert numbers(TOWN, FAR) == numbers(FAR, TOWN) == [0, 1]
