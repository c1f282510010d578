from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.rows_by_hand import ARMY, ATTACK, DORVO, FRIDAY, FRONT, PEOPLE, TEXT, Told, incident, killed, settings

from sayso.export.derived import acled_fatalities, acled_geo, acled_time, one_sided, ucdp_date, ucdp_deaths, ucdp_where
from sayso.export.lookup import Lookup
from sayso.export.row_facts import RowFacts, all_rows, row_facts
from sayso.export.row_ids import row_number
from sayso.export.row_words import shown_title
from sayso.export.subject import Coarsen
from sayso.link.told import ReviewStatus
from sayso.model import Act, ActorTarget, Event, Interval, PlaceTarget, Review, Voice
from sayso.model.words import ActorKind, Measure, PlacePrecision, Scope, TimeBasis, TimePrecision, Verdict, VictimStatus, VoiceKind

REGION = PlaceTarget("Kassala", 15.0, 36.0, PlacePrecision.ADMIN1, "1", "SD", "Kassala")
OTHER = PlaceTarget("Ostry", 15.9, 36.9, PlacePrecision.SETTLEMENT, "1002", "SD", "Kassala")
WEEK = Interval("2024-04-29", "2024-05-05", TimePrecision.WEEK)


def facts(*told: Told, policy: str = "conservative", **more) -> RowFacts:
    subject = incident(*told, **more)
    return row_facts(subject, subject.events[0], settings(policy))


def test_the_finest_place_is_taken_and_of_these_the_most_told():
    found = facts(Told(place=REGION, outlet="A"), Told(place=REGION, outlet="B"), Told(place=DORVO, outlet="C"))
    assert found.place.name == "Dorvo"
    found = facts(Told(place=DORVO, outlet="A"), Told(place=OTHER, outlet="B"), Told(place=OTHER, outlet="C"))
    assert (found.place.name, found.rules) == ("Ostry", ("place: the most told of 2 places",))
    assert facts(Told(place=None)).place.precision is None


def test_the_sharpest_interval_is_taken_and_of_these_the_most_told():
    thursday = Interval("2024-05-02", "2024-05-02", TimePrecision.DAY)
    found = facts(Told(when=WEEK, outlet="A"), Told(when=WEEK, outlet="B"), Told(when=FRIDAY, outlet="C"))
    assert (found.interval, found.dated_by, found.rules) == (FRIDAY, "as told", ())
    found = facts(Told(when=thursday, outlet="A"), Told(when=FRIDAY, outlet="B"), Told(when=FRIDAY, outlet="C"))
    assert (found.interval, found.dated_by) == (FRIDAY, "the most told of 2 times")


def test_where_nobody_tells_a_day_the_first_publication_day_stands_and_the_row_says_so():
    found = facts(Told(when=None, published="2024-05-06T10:00:00Z", outlet="A"), Told(when=None, published="2024-05-05", outlet="B"))
    assert found.interval == Interval("2024-05-05", "2024-05-05", TimePrecision.DAY, TimeBasis.PUBLICATION)
    assert found.dated_by == "publication day"
    assert "date: publication day" in found.rules
    nothing = facts(Told(when=None, published=None))
    assert (nothing.interval, nothing.dated_by) == (None, "undated")


def test_another_claim_of_the_incident_tells_place_and_day_where_the_row_s_own_do_not():
    found = facts(Told(when=None, place=None, outlet="A"), Told(outlet="B"), events=[{"rests_on": [0]}])
    assert (found.place.name, found.interval) == ("Dorvo", FRIDAY)
    assert len(found.rules) == 2
    assert all("another claim of the incident" in rule for rule in found.rules)


def test_the_days_of_coding_come_first():
    found = facts(Told(when=WEEK), events=[{"days": ("2024-04-30", "2024-04-30")}])
    assert (found.interval.start, found.interval.end, found.dated_by) == ("2024-04-30", "2024-04-30", "days as coded")
    assert facts(Told(when=WEEK), events=[{"days": ("2024-04-29", "2024-05-05")}]).interval == WEEK


def test_actors_are_listed_names_or_roles():
    found = facts(Told())
    assert (found.first.lead.name, found.first.label) == ("Alpha Front", "Rebel group")
    assert (found.second.lead.name, found.second.lead.as_written) == ("Civilians (Sudan)", ("people",))


def test_who_is_told_by_most_reports_leads_a_side():
    found = facts(Told(actor=ARMY, outlet="A"), Told(outlet="B"), Told(outlet="C"))
    assert [one.name for one in found.first.actors] == ["Alpha Front", "Military Forces of Sudan"]


def _attacked(words: str, text: str) -> RowFacts:
    """A row whose recipient is those words of the text, of whom no list knows."""
    subject = incident(Told(text=text, recipient=None))
    claim = subject.told[0].claim
    at = text.index(words)
    span = subject.lookup(subject.told[0]).reading.document.span(at, at + len(words))
    told = replace(subject.told[0], claim=replace(claim, roles=replace(claim.roles, recipient=(span,))))
    subject = replace(subject, told=(told,), events=(replace(subject.events[0], claims=(told.claim.id,), sides=()),))
    return row_facts(subject, subject.events[0], settings())


def test_an_organisation_that_is_on_no_list_keeps_its_name_and_a_town_is_nobody():
    text = "Fighters of the Front attacked the Red Hills Brigade in Port Dorvo on Friday. Some people fled."
    assert _attacked("the Red Hills Brigade", text).second.lead.name == "Red Hills Brigade"
    assert _attacked("Port Dorvo", text).second.lead.name == "Unidentified"


def test_a_private_person_has_no_name_in_a_row_unless_asked_for():
    text = "Fighters of the Front attacked people in Dorvo on Friday. The dead man, Tovik Marel, was a baker, n0."
    subject = incident(Told(text=text, recipient=None, voice=None))
    claim = subject.told[0].claim
    lookup = subject.lookup(subject.told[0])
    span = lookup.reading.document.span(text.index("Tovik"), text.index(", was"))
    named = replace(claim, roles=replace(claim.roles, recipient=(span,)), victim_status=VictimStatus.CIVILIAN)
    told = replace(subject.told[0], claim=named)
    subject = replace(subject, told=(told,), events=(replace(subject.events[0], claims=(named.id,), sides=()),))
    found = row_facts(subject, subject.events[0], settings())
    assert (found.second.lead.name, found.second.lead.kind) == ("Civilians", ActorKind.CIVILIANS)
    assert not any("Tovik" in words or "Marel" in words for words in found.second.lead.as_written)
    asked = row_facts(subject, subject.events[0], settings(names=True))
    assert asked.second.lead.as_written == ("Tovik Marel",)


def test_voices_are_whom_the_reports_credit_and_outlets_stand_in_the_order_of_publication():
    office = Voice("the Relief Office", VoiceKind.NGO)
    found = facts(Told(outlet="Late", published="2024-05-09"), Told(outlet="Early", published="2024-05-03", voice=office))
    assert found.sources == ("Early", "Late")
    assert found.voices == ("the Relief Office",)
    assert len(found.quotes) == 1  # the same sentence in both


def test_a_row_is_as_reviewed_as_the_least_reviewed_of_its_claims():
    subject = incident(Told(outlet="A"), Told(outlet="B"))
    accepted = [replace(one, reviews=(Review(one.claim.id, Verdict.ACCEPT, "me", "2024-06-01"),)) for one in subject.told]
    one = replace(subject, told=(accepted[0], subject.told[1]))
    both = replace(subject, told=tuple(accepted))
    assert row_facts(one, one.events[0], settings()).status is ReviewStatus.UNREVIEWED
    assert row_facts(both, both.events[0], settings()).status is ReviewStatus.ACCEPTED


def test_a_coarsened_place_is_a_rule_of_the_row():
    subject = incident(Told())
    found = row_facts(subject, subject.events[0], settings(coarsen=Coarsen.ADMIN1))
    assert (found.place.name, found.place.lat, found.place.level) == ("Kassala", None, Coarsen.ADMIN1)
    assert any("place: admin1, asked for" in rule for rule in found.rules)


def test_a_row_that_rests_on_nothing_is_refused():
    subject = incident(Told())
    with pytest.raises(ValueError, match="rests on no claim"):
        row_facts(subject, Event("acled", "d", "inc_1", ("clm_x",), ATTACK, "r"), settings())


def test_rows_of_the_same_claims_on_several_days_are_told_apart():
    days = [{"days": (f"2024-05-0{day}", f"2024-05-0{day}")} for day in (1, 2)]
    rows = list(all_rows([incident(Told(when=WEEK), events=days)], settings()))
    assert len({row.id for row in rows}) == len({row_number(row) for row in rows}) == 2


def test_a_numbered_incident_keeps_its_row_s_number_when_another_report_joins():
    few, more = incident(Told(outlet="A"), number=7), incident(Told(outlet="A"), Told(outlet="B"), number=7)
    numbers = [row_number(row_facts(one, one.events[0], settings())) for one in (few, more)]
    assert numbers[0] == numbers[1]
    assert numbers[0] // 1_000_000 == 7
    loose = row_number(facts(Told()))
    assert 10**14 <= loose < 10**15


# --- derived numbers ---


@pytest.mark.parametrize(
    ("term", "low", "written"), [("dozens", 24, 12), ("Several", 3, 3), ("many", 4, 3), ("a few", 2, 3), ("hundreds", 200, 100), ("tens", 20, 10)]
)
def test_acled_counts_vague_words_by_its_own_table_and_says_so(term, low, written):
    found = acled_fatalities(facts(Told(figures=[killed(low, None, term=term)])))
    assert found.value == written
    assert "vague words: acled" in found.rules


def test_acled_takes_the_lowest_of_what_voices_tell():
    found = acled_fatalities(facts(Told(figures=[killed(12, 12)], outlet="A"), Told(figures=[killed(9, None)], outlet="B")))
    assert (found.value, found.rules) == (9, ("lowest (conservative 1)",))
    assert found.figures


def test_acled_writes_zero_where_nobody_is_told_killed_and_three_where_people_are_without_a_number():
    nobody = acled_fatalities(facts(Told()))
    assert (nobody.value, nobody.rules) == (0, ("acled no number is 0",))
    upper = acled_fatalities(facts(Told(figures=[killed(None, 5)])))
    assert (upper.value, upper.rules) == (0, ("no lower bound told is 0",))
    total = acled_fatalities(facts(Told(figures=[killed(40, 40, scope=Scope.TOTAL)])))
    assert (total.value, total.rules) == (0, ("acled no number is 0",))
    assert "totals that may cover more" in total.reason
    text = "Fighters of the Front attacked people in Dorvo on Friday."
    subject = incident(Told(text=text.replace("attacked", "attacked and killed")))
    claim = subject.told[0].claim
    document = subject.lookup(subject.told[0]).reading.document
    at = document.text.index("killed")
    told = replace(subject.told[0], claim=replace(claim, trigger=document.span(at, at + len("killed"))))
    subject = replace(subject, told=(told,), events=(replace(subject.events[0], claims=(told.claim.id,), sides=()),))
    row = row_facts(subject, subject.events[0], settings())
    assert (acled_fatalities(row).value, acled_fatalities(row).rules) == (3, ("acled_unknown_count",))
    assert ucdp_deaths(row).rules == ("ucdp deaths without a number count as one",)


def test_a_suicide_bomber_told_beside_the_dead_is_counted_and_one_among_them_is_not():
    bomber = killed(1, 1, VictimStatus.COMBATANT, group="bomber")
    found = acled_fatalities(facts(Told(figures=[killed(5, 5), bomber])))
    assert (found.value, found.rules[-1]) == (6, "acled suicide bomber counted")
    among = facts(Told(figures=[killed(10, 10), replace(bomber, part_of="fig_whole")]))
    assert acled_fatalities(among).value == 10


def test_the_dead_of_two_sides_in_one_sentence_are_added_up():
    soldiers = killed(12, 12, VictimStatus.COMBATANT, group="soldiers")
    rebels = killed(5, 5, VictimStatus.COMBATANT, group="rebels")
    clash = Told(actor=ARMY, recipient=FRONT, figures=[soldiers, rebels])
    assert acled_fatalities(facts(clash)).value == 17
    deaths = ucdp_deaths(facts(clash, policy="range"))
    assert (deaths.deaths_a, deaths.deaths_b, deaths.best) == (12, 5, 17)
    swapped = ucdp_deaths(facts(Told(actor=FRONT, recipient=ARMY, figures=[soldiers, rebels]), policy="range"))
    assert (swapped.deaths_a, swapped.deaths_b) == (5, 12)


def _days(*figures_by_day) -> list[RowFacts]:
    """The rows of 1 to 3 May, a claim and a row each, and a summary of the three days that joined the first."""
    days = [Interval(f"2024-05-0{day}", f"2024-05-0{day}", TimePrecision.DAY) for day in (1, 2, 3)]
    told = [Told(when=day, figures=own, outlet=f"D{day.start}") for day, own in zip(days, figures_by_day, strict=True)]
    whole = Told(when=Interval("2024-05-01", "2024-05-03", TimePrecision.WEEK), figures=[killed(11, 11)], outlet="Summary")
    rows = [{"days": (f"2024-05-0{day}", f"2024-05-0{day}"), "rests_on": [day - 1] + ([3] if day == 1 else [])} for day in (1, 2, 3)]
    return list(all_rows([incident(*told, whole, events=rows)], settings()))


def test_a_total_of_several_days_is_divided_evenly_with_the_remainder_on_the_first():
    found = [acled_fatalities(row) for row in _days([], [], [])]
    assert [one.value for one in found] == [5, 3, 3]
    assert all("multi-day split" in one.rules for one in found)


def test_a_day_with_numbers_of_its_own_keeps_them_and_the_summary_adds_none():
    found = [acled_fatalities(row) for row in _days([], [killed(4, 4)], [])]
    assert [one.value for one in found] == [0, 4, 0]
    assert not any("multi-day split" in one.rules for one in found)


_BOUNDS = st.tuples(st.integers(0, 40), st.integers(0, 40), st.booleans(), st.booleans()).map(
    lambda told: (min(told[:2]) if told[2] else None, max(told[:2]) if told[3] else None)
)
_FIGURES = st.lists(st.tuples(_BOUNDS, st.sampled_from(VictimStatus), st.sampled_from((None, "Alpha Front", "Military Forces of Sudan"))), max_size=4)


@given(st.lists(_FIGURES, min_size=1, max_size=3), st.sampled_from(("range", "conservative", "graded")))
def test_ucdp_numbers_are_ordered_and_their_parts_add_up(reports, policy):
    told = [
        Told(actor=ARMY, recipient=FRONT, outlet=f"O{at}", figures=[killed(*bounds, status, side=side) for bounds, status, side in own])
        for at, own in enumerate(reports)
    ]
    deaths = ucdp_deaths(facts(*told, policy=policy))
    if deaths is None:
        return
    assert 0 <= deaths.low <= deaths.best <= deaths.high
    assert deaths.high > 0
    parts = (deaths.deaths_a, deaths.deaths_b, deaths.deaths_civilians, deaths.deaths_unknown)
    assert min(parts) >= 0
    assert sum(parts) == deaths.best
    assert deaths.rules


@given(st.lists(_FIGURES, min_size=1, max_size=3))
def test_acled_fatalities_are_never_more_than_somebody_tells(reports):
    told = [Told(outlet=f"O{at}", figures=[killed(*bounds, status) for bounds, status, _ in own]) for at, own in enumerate(reports)]
    found = acled_fatalities(facts(*told))
    told_of = [low for own in reports for (low, _), _, _ in own if low is not None]
    assert 0 <= found.value <= sum(told_of)
    assert found.rules


def test_deaths_told_with_no_upper_bound_get_the_highest_number_told():
    deaths = ucdp_deaths(facts(Told(figures=[killed(9, None)], outlet="A"), Told(figures=[killed(12, 12)], outlet="B"), policy="range"))
    assert (deaths.low, deaths.high) == (9, 12)
    assert ucdp_deaths(facts(Told(), policy="range")) is None
    assert ucdp_deaths(facts(Told(figures=[killed(0, 0)]), policy="range")) is None


def test_civilians_are_counted_apart_and_the_rest_is_unknown():
    deaths = ucdp_deaths(facts(Told(figures=[killed(10, 10), killed(4, 4, VictimStatus.CIVILIAN, part_of="fig_1")]), policy="range"))
    assert (deaths.best, deaths.deaths_civilians, deaths.deaths_unknown) == (10, 4, 6)


# --- precision codes ---

DAY, WEEKLY, MONTH, PART = TimePrecision.DAY, TimePrecision.WEEK, TimePrecision.MONTH, TimePrecision.PART_OF_DAY


@pytest.mark.parametrize(
    ("interval", "acled", "ucdp"),
    [
        (("2024-05-03", "2024-05-03", DAY), ("2024-05-03", 1), 1),
        (("2024-05-03", "2024-05-04", PART), ("2024-05-03", 1), 2),
        (("2024-05-04", "2024-05-05", WEEKLY), ("2024-05-04", 2), 2),
        (("2024-04-22", "2024-04-28", WEEKLY), ("2024-04-25", 2), 3),
        (("2024-04-01", "2024-04-30", MONTH), ("2024-04-15", 3), 4),
        (("2024-05-01", "2024-05-31", MONTH), ("2024-05-16", 3), 4),
        (("2024-05-01", "2024-05-10", MONTH), ("2024-05-01", 3), 4),
        (("2024-05-21", "2024-05-31", MONTH), ("2024-05-31", 3), 4),
        (("2024-05-11", "2024-05-20", MONTH), ("2024-05-15", 3), 4),
        (("2024-01-01", "2024-03-31", TimePrecision.SEASON), None, 5),
        (("2024-01-01", "2024-12-31", TimePrecision.YEAR), None, 5),
    ],
)
def test_days_become_codes(interval, acled, ucdp):
    found = Interval(*interval)
    assert acled_time(found) == acled
    assert ucdp_date(found) == ucdp


def test_what_has_no_end_or_no_day_has_no_acled_day():
    assert acled_time(None) is None
    assert acled_time(Interval("2024-05-01", None, TimePrecision.OPEN)) is None
    assert acled_time(Interval("2024-05-05", "2024-05-05", DAY, TimeBasis.PUBLICATION)) == ("2024-05-05", 2)


@given(st.dates().filter(lambda day: 1 < day.year < 9000), st.integers(0, 60), st.sampled_from(TimePrecision))
def test_an_acled_day_lies_within_what_is_told(start, days, precision):
    from datetime import timedelta

    interval = Interval(start.isoformat(), (start + timedelta(days=days)).isoformat(), precision)
    found = acled_time(interval)
    if found is None:
        assert days > 30
    else:
        assert interval.start <= found[0] <= interval.end
        assert found[1] in (1, 2, 3)


def test_every_closeness_of_a_place_has_its_code():
    assert {one: acled_geo(one) for one in PlacePrecision} == dict(zip(PlacePrecision, (1, 1, 2, 2, 3, 3, None, 3), strict=True))
    assert {one: ucdp_where(one) for one in PlacePrecision} == dict(zip(PlacePrecision, (1, 1, 2, 3, 4, 5, 6, 7), strict=True))


def test_a_participant_of_whom_nothing_is_told_says_nothing_beside_one_who_is_known():
    unknown = ActorTarget(None, "Unidentified", ActorKind.UNKNOWN)
    found = facts(Told(outlet="A", recipient=unknown), Told(outlet="B", recipient=PEOPLE))
    assert [one.name for one in found.second.actors] == ["Civilians (Sudan)"]


def test_the_page_on_exports_names_every_rule_of_derived_numbers():
    from pathlib import Path

    from sayso.export import derived

    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    rules = [value for name, value in vars(derived).items() if name.isupper() and not name.startswith("_") and isinstance(value, str)]
    assert len(rules) >= 7
    assert [rule for rule in rules if f"`{rule}`" not in page] == []


def test_only_casualties_are_no_dead():
    found = acled_fatalities(facts(Told(figures=[killed(20, 20, measure=Measure.CASUALTIES)])))
    assert (found.value, found.rules) == (0, ("acled only casualties is 0",))


def test_a_bomber_told_to_have_killed_himself_is_counted():
    subject = incident(Told(act=Act("ASSAULT", "suicide-attack"), figures=[killed(4, 4)], text=TEXT.replace("people", "himself and people")))
    claim = subject.told[0].claim
    document = subject.lookup(subject.told[0]).reading.document
    at = document.text.index("himself")
    himself = document.span(at, at + len("himself"))
    named = replace(claim, roles=replace(claim.roles, recipient=(himself, *claim.roles.recipient)))
    told = replace(subject.told[0], claim=named)
    subject = replace(subject, told=(told,), events=(replace(subject.events[0], claims=(named.id,), sides=()),))
    row = row_facts(subject, subject.events[0], settings())
    assert (acled_fatalities(row).value, acled_fatalities(row).rules[-1]) == (5, "acled suicide bomber counted")
    assert [one.name for one in row.second.actors] == ["Civilians (Sudan)"]


def test_a_voice_that_names_a_withheld_place_does_not_tell_it():
    voice = Voice("the hospital in Dorvo", VoiceKind.OFFICIAL)
    text = "Fighters of the Front attacked people in Dorvo on Friday, the hospital in Dorvo said."
    subject = incident(Told(text=text, voice=voice))
    open_row = row_facts(subject, subject.events[0], settings())
    assert open_row.voices == ("the hospital in Dorvo",)
    place = subject.told[0].claim.roles.place[0]
    moved = replace(voice, span=subject.lookup(subject.told[0]).reading.document.span(place.start - 3, place.end))
    claim = replace(subject.told[0].claim, voices=(subject.told[0].claim.voices[0], moved))
    told = replace(subject.told[0], claim=claim)
    subject = replace(subject, told=(told,), events=(replace(subject.events[0], claims=(claim.id,), sides=()),))
    hidden = row_facts(subject, subject.events[0], settings(coarsen=Coarsen.WITHHOLD))
    assert hidden.voices == ("in […]",)


def test_a_headline_tells_no_private_name_and_no_withheld_place():
    subject = incident(Told(text=TEXT))
    lookup = next(iter(subject.lookups.values()))
    document = replace(lookup.reading.document, title="Tovik Marel mourns in Dorvo")
    titled = Lookup(replace(lookup.reading, document=document))
    known = row_facts(subject, subject.events[0], settings()).place
    assert shown_title(titled, known, settings()) == ""
    assert shown_title(titled, known, settings(names=True)) == "Tovik Marel mourns in Dorvo"
    withheld = row_facts(subject, subject.events[0], settings(coarsen=Coarsen.TEN_KM)).place
    assert shown_title(titled, withheld, settings()) == ""


def _on_no_map(coarsen: Coarsen = Coarsen.NONE) -> RowFacts:
    """A row whose report names a place that was not found."""
    subject = incident(Told())
    (lookup,) = subject.lookups.values()
    kept = tuple(one for one in lookup.reading.resolutions if not isinstance(one.target, PlaceTarget))
    blind = Lookup(replace(lookup.reading, resolutions=kept))
    return row_facts(replace(subject, lookups={lookup.reading.document.id: blind}), subject.events[0], settings(coarsen=coarsen))


def test_a_place_that_is_on_no_map_keeps_its_name_and_no_point():
    place = _on_no_map().place
    assert (place.name, place.country, place.lat, place.lon, place.precision) == ("Dorvo", "SD", None, None, None)
    assert "place: place as written: on no map" in _on_no_map().rules


@pytest.mark.parametrize("coarsen", [Coarsen.ADMIN1, Coarsen.WITHHOLD])
def test_a_place_that_is_on_no_map_is_withheld_as_others_are(coarsen):
    assert _on_no_map(coarsen).place.name is None


def test_the_dead_go_to_the_side_that_their_noun_tells():
    soldiers = replace(killed(4, 4), group="soldiers")
    row = facts(Told(recipient=ARMY, figures=(soldiers,)), policy="range")
    assert (ucdp_deaths(row).deaths_a, ucdp_deaths(row).deaths_b, ucdp_deaths(row).deaths_unknown) == (0, 4, 0)
    both = facts(Told(actor=ARMY, recipient=ARMY, figures=(soldiers,)), policy="range")
    assert ucdp_deaths(both).best == 4


def test_of_one_sided_violence_the_dead_of_whom_nothing_is_told_are_civilians():
    told = ucdp_deaths(facts(Told(figures=(killed(5, 5),)), policy="range"))
    assert told.deaths_unknown == 5
    made = one_sided(told)
    assert (made.deaths_civilians, made.deaths_unknown, made.best) == (5, 0, 5)
    assert made.rules[-1] == "ucdp one-sided violence: the dead are civilians"
    assert one_sided(made) == made
