"""How closely exports tell where. Reports are invented."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.invented_reports import CLASH, CLINIC, STRIKE, settings, subjects

from sayso.export.lookup import Lookup
from sayso.export.sharing import RECENT_DAYS, level_of, sensitive_word, shared_place, shown_title, shown_url
from sayso.export.subject import Coarsen, ExportSettings, MadeBy
from sayso.link.weigh_policies import load_policy
from sayso.model import Document, Interval, PlaceTarget, Reading, Source
from sayso.model.words import PlacePrecision, TimePrecision

HOSPITAL = PlaceTarget("Saint Ora Hospital", 1.2345, 36.8765, PlacePrecision.SITE, "77", "KE", "Nairobi")


def on(day: str, coarsen: Coarsen = Coarsen.AUTO) -> ExportSettings:
    return ExportSettings(MadeBy("0", f"{day}T00:00:00Z"), load_policy("range"), coarsen=coarsen)


def test_ten_kilometres_moves_to_the_middle_of_a_cell_and_drops_the_name_of_a_site():
    place = shared_place(HOSPITAL, Coarsen.TEN_KM, "told of a hospital")
    assert (place.name, place.lat, place.lon, place.precision) == ("Nairobi", 1.25, 36.85, PlacePrecision.NEAR)
    assert (place.level, place.reason, place.id) == (Coarsen.TEN_KM, "told of a hospital", None)


def test_admin1_and_withhold_leave_less():
    admin, nothing = shared_place(HOSPITAL, Coarsen.ADMIN1), shared_place(HOSPITAL, Coarsen.WITHHOLD)
    assert (admin.name, admin.lat, admin.precision) == ("Nairobi", None, PlacePrecision.ADMIN1)
    assert (nothing.name, nothing.admin1, nothing.lat, nothing.precision, nothing.withheld) == ("KE", None, None, PlacePrecision.COUNTRY, True)


def test_as_told_changes_nothing():
    place = shared_place(HOSPITAL, Coarsen.NONE)
    assert (place.name, place.lat, place.lon, place.level) == ("Saint Ora Hospital", 1.2345, 36.8765, Coarsen.NONE)
    assert shared_place(None, Coarsen.NONE).name is None


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_coarse_point_is_near_and_tells_no_more_than_its_cell(lat, lon):
    place = shared_place(PlaceTarget("X", lat, lon, PlacePrecision.SETTLEMENT), Coarsen.TEN_KM)
    assert place.lat is not None
    assert place.lon is not None
    assert abs(place.lat - lat) <= 0.0501 + 0.005
    assert abs(place.lon - lon) <= 0.0501 + 0.005
    assert -90 <= place.lat <= 90
    assert -180 <= place.lon <= 180


def subject_with(sentence: str):
    document = Document(f"{sentence} killed two people.", source=Source("Delta Wire"))
    at = document.text.index("killed")
    from sayso.export.subject import subjects_of
    from sayso.model import Act, Claim, Incident, Voice
    from sayso.model.words import VoiceKind

    claim = Claim(document.span(at, at + 6), Act("ASSAULT"), (Voice("Delta Wire", VoiceKind.OUTLET),))
    return next(subjects_of(Reading(document, claims=(claim,), incidents=(Incident((claim.id,)),)), None))


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("A shell on a hospital", "hospital"),
        ("A raid on a camp for displaced families", "camp"),
        ("A raid on an army training camp", None),
        ("Gunmen who came to his home", "home"),
        ("A statement of the Home Ministry that", None),
        ("Men on their way home", None),
        ("Shells that fell on houses", "houses"),
        ("A strike on a bridge", None),
    ],
)
def test_what_is_sensitive_is_told_by_the_nouns_of_the_sentence(sentence, word):
    subject = subject_with(sentence)
    assert sensitive_word(subject, subject.told[0]) == word


def test_only_recent_acts_are_coarsened_of_themselves():
    subject = subjects(CLINIC)[0]
    day = Interval("2024-05-17", "2024-05-17", TimePrecision.DAY)
    assert level_of(subject, subject.told, day, on("2024-05-20"))[0] is Coarsen.TEN_KM
    assert level_of(subject, subject.told, day, on("2024-08-20"))[0] is Coarsen.NONE
    assert level_of(subject, subject.told, day, on("2024-06-16"))[0] is Coarsen.TEN_KM  # thirty days on
    assert level_of(subject, subject.told, day, on("2024-06-17"))[0] is Coarsen.NONE
    assert RECENT_DAYS == 30


def test_an_act_without_any_day_counts_as_recent():
    subject = subject_with("A shell on a hospital")
    assert level_of(subject, subject.told, None, on("2030-01-01"))[0] is Coarsen.TEN_KM


def test_an_act_elsewhere_is_told_as_closely_as_reports_do():
    for document in (STRIKE, CLASH):
        for subject in subjects(document):
            assert level_of(subject, subject.told, None, settings())[0] is Coarsen.NONE


def test_what_is_asked_for_holds_everywhere():
    subject = subjects(STRIKE)[0]
    assert level_of(subject, subject.told, None, on("2024-05-20", Coarsen.WITHHOLD)) == (Coarsen.WITHHOLD, "asked for: withhold")


@pytest.mark.parametrize("sentence", ["Gunmen at the home of a teacher", "A shell on the teacher's home"])
def test_a_home_is_told_by_whose_it_is(sentence):
    subject = subject_with(sentence)
    assert sensitive_word(subject, subject.told[0]) == "home"


def test_of_one_incident_all_is_told_alike():
    subject = subjects(CLINIC)[0]
    other = subjects(CLASH)[0].told[0]
    joined = replace(subject, told=(*subject.told, other), lookups={**subject.lookups, **subjects(CLASH)[0].lookups})
    assert sensitive_word(joined, other) is None
    assert level_of(joined, (other,), Interval("2024-05-17", "2024-05-17", TimePrecision.DAY), on("2024-05-20"))[0] is Coarsen.TEN_KM


def titled(title: str, url: str = "https://example.org/a") -> Lookup:
    text = "A teacher, Oren Taliv, was killed in a strike on the market, the ministry said."
    return Lookup(Reading(Document(text, source=Source("Delta Wire"), title=title, url=url)))


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Strike on the market", True),
        ("Teacher killed in strike", True),
        ("Oren Taliv killed in strike", False),  # named in the text
        ("Teacher mourned: Halima Osman, 8", False),  # named in the headline alone
        ("Taliv was killed", False),
        ("Delta Wire: teacher killed", True),
    ],
)
def test_a_headline_that_may_name_somebody_is_left_out_whole(title, shown):
    assert shown_title(titled(title), Coarsen.NONE, False) == (title if shown else "")
    assert shown_title(titled(title), Coarsen.NONE, True) == title
    assert shown_title(titled(title), Coarsen.TEN_KM, True) == ""


@pytest.mark.parametrize(
    ("url", "level", "shown"),
    [
        ("https://example.org/strike-on-the-market", Coarsen.NONE, "https://example.org/strike-on-the-market"),
        ("https://example.org/oren-taliv-killed", Coarsen.NONE, "https://example.org/[…]"),
        ("https://example.org/a?q=Taliv", Coarsen.NONE, "https://example.org/[…]"),
        ("https://example.org/%54aliv", Coarsen.NONE, "https://example.org/[…]"),
        ("https://example.org/strike-on-the-market", Coarsen.WITHHOLD, "https://example.org/[…]"),
        ("https://example.org/", Coarsen.WITHHOLD, "https://example.org/"),
    ],
)
def test_an_address_that_may_tell_too_much_keeps_its_host(url, level, shown):
    assert shown_url(titled("Strike", url), level, False) == shown


def test_an_address_is_whole_where_names_are_asked_for():
    url = "https://example.org/oren-taliv-killed"
    assert shown_url(titled("Strike", url), Coarsen.NONE, True) == url
