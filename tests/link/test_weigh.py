import random

import pytest
from tests.link.telling import ARMY, FRONT, GUARD, Number, Telling, at_least, exactly, tell

from sayso.link.weigh import Derived, weigh
from sayso.link.weigh_policies import Policy, Rule, load_policy
from sayso.link.weigh_rows import Category, Population, Standing
from sayso.model import RegisteredSource, to_json
from sayso.model.words import Change, Measure, Modality, ResponsibilityStatus, Scope, SourceKind, VictimStatus, VoiceKind, VoiceRelation

RANGE, CONSERVATIVE, GRADED = (load_policy(name) for name in ("range", "conservative", "graded"))
CIVILIAN, COMBATANT = VictimStatus.CIVILIAN, VictimStatus.COMBATANT
THE_FRONT = Telling((at_least(9),), voice=FRONT.name, kind=VoiceKind.ARMED_GROUP, side=FRONT.name, actor=ARMY)
THE_ARMY = Telling(voice="the army", kind=VoiceKind.STATE, side=ARMY.name, relation=VoiceRelation.ACCUSED_SIDE, actor=ARMY, given="army")
HOSPITAL = Telling((exactly(12),), voice="Wad Hassan Hospital", kind=VoiceKind.MEDIC, given="hospital")
MINISTRY = Telling(voice="the Health Ministry", kind=VoiceKind.STATE, given="ministry")


def numbers(weighed, population=Population.PEOPLE, measure=Measure.KILLED, side=""):
    tally = weighed.tally(measure, population, side)
    return None if tally is None else {one.name: one.value for one in tally.numbers}


# The sentence of the tour, through the house.


def tour(*more):
    herders = Number("at least nine herders", 9, None, 9, group="herders", status=CIVILIAN)
    front = tell(THE_FRONT, numbers=(herders,), victims=CIVILIAN)
    denial = tell(THE_ARMY, modality=Modality.DENIED, blame=ResponsibilityStatus.DENIED)
    return [front, denial, *more]


def test_tour_nine_or_more_by_the_front_alone_and_the_denial_is_no_figure():
    weighed = weigh(tour(), RANGE)
    for population in (Population.PEOPLE, Population.CIVILIANS):
        tally = weighed.tally(Measure.KILLED, population)
        assert numbers(weighed, population) == {"low": 9, "best": 9, "high": None}
        assert [row.voice for row in tally.rows] == [FRONT.name]
        assert (tally.n_independent, tally.corroboration) == (1, "uncorroborated")
    assert weighed.voices.n_independent == 1
    assert [one.voice for one in weighed.voices.denying] == ["the army"]
    assert (weighed.graded.corroboration, weighed.graded.grade) == ("uncorroborated", "weak")


def test_tour_own_account_of_the_next_day_admits_the_strike_and_contests_the_status_but_lowers_nothing():
    bulletin = tell(THE_ARMY, victims=COMBATANT, given="bulletin", published="2024-05-05", outlet="Ministry bulletin (invented)")
    weighed = weigh(tour(bulletin), GRADED)
    assert numbers(weighed) == {"low": 9, "high": None}
    assert numbers(weighed, Population.CIVILIANS) == {"low": 9, "high": None}
    assert weighed.who.status is VictimStatus.CONTESTED
    assert not weighed.who.contested_by_others
    army = [(one.status, one.of_own_side) for one in weighed.who.blames if one.voice == "the army"]
    assert army == [("claimed", True), ("denied", True)]
    assert weighed.tally(Measure.KILLED).corroboration == "uncorroborated"


def test_forty_three_killed_beside_no_civilian_is_not_zero_killed():
    none = Number("no civilian", 0, 0, 0, group="civilian", status=CIVILIAN)
    told = [tell(HOSPITAL, numbers=(exactly(43),), actor=ARMY), tell(THE_ARMY, numbers=(none,), modality=Modality.DENIED)]
    for policy in (RANGE, CONSERVATIVE, GRADED):
        weighed = weigh(told, policy)
        assert set(numbers(weighed).values()) == {43}
        assert set(numbers(weighed, Population.CIVILIANS).values()) == {None}
        civilians = weighed.tally(Measure.KILLED, Population.CIVILIANS)
        assert civilians.rows == ()
        assert [(row.category, row.standing, row.high) for row in civilians.beside] == [(Category.DENIED, Standing.DENIED, 0)]


def test_nobody_killed_in_the_word_of_others_is_a_zero_that_counts():
    none = Number("nobody", 0, 0, 0)
    assert numbers(weigh([tell(HOSPITAL, numbers=(none,))], RANGE)) == {"low": 0, "best": 0, "high": 0}


def test_wire_reprinted_by_five_outlets_is_one_row():
    wire = Telling((exactly(9),), voice="residents", outlet="Coast Wire (invented)")
    original = tell(wire)
    copies = [tell(wire, outlet=f"Paper {number} (invented)", copy_of=original.report.document, published="2024-05-06") for number in range(5)]
    weighed = weigh([*copies, original, tell(HOSPITAL)], RANGE)
    tally = weighed.tally(Measure.KILLED)
    assert [(row.low, len(row.documents), row.as_of) for row in tally.rows] == [(12, 1, "2024-05-04"), (9, 6, "2024-05-04")]
    assert tally.n_independent == weighed.voices.n_independent == 2
    assert numbers(weighed) == {"low": 9, "best": 9, "high": 12}


def test_ministry_and_its_own_agency_do_not_outvote_a_hospital_and_a_witness_group():
    sources = (RegisteredSource("NPA", SourceKind.AGENCY, agency="Health Ministry"),)
    told = [
        tell(MINISTRY, numbers=(exactly(5),), sources=sources),
        tell(Telling((exactly(5),), voice=None, outlet="NPA", sources=sources)),
        tell(HOSPITAL, sources=sources),
        tell(Telling((exactly(12),), outlet="Hill Radio (invented)", sources=sources)),
    ]
    weighed = weigh(told, RANGE)
    assert weighed.voices.n_independent == 3
    assert numbers(weighed) == {"low": 5, "best": 12, "high": 12}


def test_growing_toll_of_one_voice_replaces_and_is_kept():
    told = [tell(MINISTRY, numbers=(exactly(number),), published=f"2024-05-0{day}", given=str(day)) for day, number in ((4, 9), (5, 12), (6, 14))]
    weighed = weigh(told, RANGE)
    tally = weighed.tally(Measure.KILLED)
    assert [row.low for row in tally.rows] == [14]
    assert [(row.low, row.standing) for row in tally.beside] == [(9, Standing.REPLACED), (12, Standing.REPLACED)]
    assert tally.beside[0].reason == "the Health Ministry told '12 people' later (2024-05-05)"
    assert numbers(weighed) == {"low": 14, "best": 14, "high": 14}


def test_late_reprint_of_an_early_figure_replaces_nothing():
    first = tell(MINISTRY, numbers=(exactly(9),), published="2024-05-04", given="1")
    second = tell(MINISTRY, numbers=(exactly(12),), published="2024-05-05", given="2")
    reprint = tell(MINISTRY, numbers=(exactly(9),), published="2024-05-07", given="3", outlet="Slow Weekly (invented)", copy_of=first.report.document)
    assert numbers(weigh([first, second, reprint], RANGE)) == {"low": 12, "best": 12, "high": 12}


def test_later_vague_word_does_not_replace_a_number_it_holds():
    told = [
        tell(MINISTRY, numbers=(exactly(43),), published="2024-05-04"),
        tell(MINISTRY, numbers=(Number("dozens", 24, term="dozens"),), published="2024-05-06", given="2"),
    ]
    weighed = weigh(told, CONSERVATIVE)
    assert numbers(weighed) == {"value": 43}
    assert [row.standing for row in weighed.tally(Measure.KILLED).beside] == [Standing.CLOSER]


def test_figures_without_a_date_stand_side_by_side():
    told = [tell(MINISTRY, numbers=(exactly(number),), published=None, given=str(number)) for number in (9, 12)]
    assert numbers(weigh(told, RANGE)) == {"low": 9, "best": 9, "high": 12}


def test_increment_adds_to_the_same_voice_only_and_once():
    five = Number("another five", 5, 5, 5, change=Change.INCREMENT)
    total = tell(MINISTRY, numbers=(exactly(9),), published="2024-05-04", given="1")
    more = tell(MINISTRY, numbers=(five,), published="2024-05-05", given="2")
    again = tell(MINISTRY, numbers=(five,), published="2024-05-06", given="3", outlet="Hill Radio (invented)")
    weighed = weigh([again, total, more], RANGE)
    tally = weighed.tally(Measure.KILLED)
    assert numbers(weighed) == {"low": 14, "best": 14, "high": 14}
    assert len(tally.rows[0].figures) == 2
    assert tally.rows[0].basis == "summed"
    assert [row.reason for row in tally.beside if row.standing is Standing.APART] == [
        "may tell the same people again: the same increment of the same voice is added once"
    ]


def test_increment_of_another_voice_or_without_an_earlier_total_is_kept_apart():
    five = Number("another five", 5, 5, 5, change=Change.INCREMENT)
    told = [tell(MINISTRY, numbers=(exactly(9),)), tell(HOSPITAL, numbers=(five,), published="2024-05-05")]
    weighed = weigh(told, RANGE)
    assert numbers(weighed) == {"low": 9, "best": 9, "high": 9}
    assert [row.reason for row in weighed.tally(Measure.KILLED).beside] == ["Wad Hassan Hospital gives no earlier total to add it to"]
    later = weigh([tell(MINISTRY, numbers=(five,)), tell(MINISTRY, numbers=(exactly(14),), published="2024-05-06", given="2")], RANGE)
    assert numbers(later) == {"low": 14, "best": 14, "high": 14}
    assert "may count them already" in later.tally(Measure.KILLED).beside[0].reason


def test_parts_are_never_summed_with_wholes():
    women = Number("34 women", 34, 34, 34, group="women", part=True)
    family = Number("five of one family", 5, 5, 5, group="of one family", part=True)
    weighed = weigh([tell(HOSPITAL, numbers=(exactly(43), women, family))], RANGE)
    assert numbers(weighed) == {"low": 43, "best": 43, "high": 43}
    assert numbers(weighed, Population.WOMEN) == {"low": 34, "best": 34, "high": 34}
    assert [row.reason for row in weighed.left_out] == ["a part of another figure, never added to it"]


def test_classes_of_one_voice_add_up_where_it_tells_no_number_of_people():
    civilians, soldiers = exactly(12, status=CIVILIAN, group="people"), Number("5 soldiers", 5, 5, 5, group="soldiers", status=COMBATANT)
    weighed = weigh([tell(HOSPITAL, numbers=(civilians, soldiers))], RANGE)
    assert numbers(weighed) == {"low": 17, "best": 17, "high": 17}
    assert weighed.tally(Measure.KILLED).rows[0].classes == ("civilians", "combatants")
    with_total = weigh([tell(HOSPITAL, numbers=(civilians, soldiers)), tell(MINISTRY, numbers=(exactly(20),))], RANGE)
    assert numbers(with_total)["low"] == 20


def test_part_of_a_class_is_not_added_to_people():
    women = Number("3 women", 3, 3, 3, group="women", part=True)
    family = Number("5 of one family", 5, 5, 5, group="of one family", status=COMBATANT, part=True)
    weighed = weigh([tell(HOSPITAL, numbers=(exactly(12, status=CIVILIAN, group="people"), women, family))], RANGE)
    assert numbers(weighed) == {"low": 12, "best": 12, "high": 12}


def test_concession_of_people_stands_above_a_mere_class_of_them():
    civilians = exactly(9, status=CIVILIAN)
    told = [tell(HOSPITAL, numbers=(civilians,), actor=ARMY), tell(THE_ARMY, numbers=(exactly(20),))]
    assert numbers(weigh(told, RANGE)) == {"low": 20, "best": 20, "high": 20}


def test_lower_word_of_the_accused_on_a_class_lowers_not_what_it_concedes_of_people():
    first, less = (tell(THE_ARMY, numbers=(exactly(number, status=CIVILIAN),), given=str(number)) for number in (12, 5))
    assert numbers(weigh([first, less], RANGE)) == {"low": 12, "best": 12, "high": 12}


def test_women_and_children_are_no_class_of_their_own_but_are_people():
    weighed = weigh([tell(HOSPITAL, numbers=(Number("7 women and children", 7, 7, 7, group="women and children"),))], RANGE)
    assert numbers(weighed) == {"low": 7, "best": 7, "high": 7}
    assert weighed.tally(Measure.KILLED, Population.WOMEN) is None
    assert weighed.left_out[0].reason.startswith("a group that is no class")


def test_totals_are_never_mixed_with_figures_of_the_act():
    total = Number("1,200 people", 1200, 1200, 1200, scope=Scope.TOTAL, since="2023-10-01")
    weighed = weigh([tell(HOSPITAL), tell(MINISTRY, numbers=(total,))], RANGE)
    assert numbers(weighed) == {"low": 12, "best": 12, "high": 12}
    assert [row.reason for row in weighed.totals] == ["a total since 2023-10-01: it may cover more than this act"]


@pytest.mark.parametrize("modality", [Modality.HYPOTHETICAL, Modality.PLANNED])
def test_what_may_happen_or_is_planned_counts_nobody(modality):
    weighed = weigh([tell(HOSPITAL), tell(MINISTRY, numbers=(exactly(50),), modality=modality)], RANGE)
    assert numbers(weighed) == {"low": 12, "best": 12, "high": 12}
    only = weigh([tell(MINISTRY, numbers=(exactly(50),), modality=modality)], RANGE)
    assert set(numbers(only).values()) == {None}
    assert only.graded.corroboration == "pending"


def test_number_within_a_denial_is_none():
    told = [tell(HOSPITAL, actor=ARMY), tell(THE_ARMY, numbers=(exactly(9, modality=Modality.DENIED),), modality=Modality.DENIED)]
    assert numbers(weigh(told, RANGE)) == {"low": 12, "best": 12, "high": 12}


def test_unknown_is_not_zero():
    unknown = Number("an unknown number", None, None)
    weighed = weigh([tell(MINISTRY, numbers=(unknown,))], CONSERVATIVE)
    assert numbers(weighed) == {"value": None}
    assert weighed.tally(Measure.KILLED).beside[0].reason == "no number is told: that is unknown, not zero"
    assert weigh([tell(MINISTRY)], RANGE).tallies == ()


def test_up_to_fifty_tells_no_lower_bound():
    assert numbers(weigh([tell(MINISTRY, numbers=(Number("up to 50", None, 50, 50),))], RANGE)) == {"low": None, "best": None, "high": 50}


def test_word_of_the_accused_lowers_nothing_and_is_shown():
    weighed = weigh([tell(HOSPITAL, actor=ARMY), tell(THE_ARMY, numbers=(exactly(3),))], RANGE)
    assert numbers(weighed) == {"low": 12, "best": 12, "high": 12}
    assert [(row.voice, row.category) for row in weighed.tally(Measure.KILLED).rows if row.low == 3] == [("the army", Category.CONCEDED)]
    assert weighed.graded.grade == "confirmed"


def test_accused_is_known_from_the_other_report():
    ministry = Telling((exactly(3),), voice="the Defence Ministry", kind=VoiceKind.STATE, side=ARMY.name, given="d")
    assert numbers(weigh([tell(HOSPITAL, actor=ARMY), tell(ministry)], RANGE))["low"] == 12
    assert numbers(weigh([tell(HOSPITAL), tell(ministry)], RANGE))["low"] == 3


def test_concession_stands_where_nobody_else_tells_and_cannot_be_taken_back():
    first = tell(THE_ARMY, numbers=(exactly(12),), published="2024-05-04")
    less = tell(THE_ARMY, numbers=(exactly(5),), published="2024-05-06", given="less")
    assert numbers(weigh([first], RANGE)) == {"low": 12, "best": 12, "high": 12}
    assert numbers(weigh([first, less], RANGE)) == {"low": 12, "best": 12, "high": 12}


def losses(number):
    return Number(f"{number} fighters", number, number, number, group="fighters", status=COMBATANT)


def test_losses_of_two_armies_are_counted_apart():
    front = Telling(voice=FRONT.name, kind=VoiceKind.ARMED_GROUP, side=FRONT.name)
    army = Telling(voice="the army", kind=VoiceKind.STATE, side=ARMY.name)
    told = [
        tell(army, numbers=(losses(60),), actor=ARMY, recipient=FRONT, given="1"),
        tell(army, numbers=(losses(5),), actor=FRONT, recipient=ARMY, given="2"),
        tell(front, numbers=(losses(40),), actor=FRONT, recipient=ARMY, given="3"),
        tell(front, numbers=(losses(10),), actor=ARMY, recipient=FRONT, given="4"),
    ]
    weighed = weigh(told, RANGE)
    assert numbers(weighed, Population.COMBATANTS, side=FRONT.name) == {"low": 10, "best": 10, "high": 60}
    assert numbers(weighed, Population.COMBATANTS, side=ARMY.name) == {"low": 5, "best": 5, "high": 40}
    categories = {(row.voice, row.low): row.category for row in weighed.tally(Measure.KILLED, Population.COMBATANTS, FRONT.name).rows}
    assert categories == {("the army", 60): Category.CONCEDED, (FRONT.name, 10): Category.REPORTED}
    assert weighed.who.competing == ()
    assert weighed.graded.grade == "fair"


def test_the_dead_of_sides_that_fought_each_other_are_added():
    army = Telling((losses(12),), voice="the army", kind=VoiceKind.STATE, side=ARMY.name, actor=ARMY, recipient=FRONT, given="1")
    front = Telling((losses(9),), voice=FRONT.name, kind=VoiceKind.ARMED_GROUP, side=FRONT.name, actor=FRONT, recipient=ARMY, given="2")
    weighed = weigh([tell(army), tell(front)], CONSERVATIVE)
    (lowest,) = weighed.tally(Measure.KILLED).numbers
    assert (lowest.value, lowest.rule) == (21, "lowest, sides added")
    assert "sides that fought each other" in lowest.reason
    assert len(lowest.claims) == len(lowest.figures) == 2
    all_told = weigh([tell(army), tell(front), tell(HOSPITAL, numbers=(exactly(15),))], CONSERVATIVE)
    assert list(numbers(all_told).values()) == [15]  # who counts all people sets the number


def test_the_dead_of_sides_that_are_not_told_to_have_fought_are_not_added():
    first = Telling((losses(12),), voice="the army", kind=VoiceKind.STATE, side=ARMY.name, actor=GUARD, recipient=FRONT, given="1")
    other = Telling((losses(9),), voice=FRONT.name, kind=VoiceKind.ARMED_GROUP, side=FRONT.name, actor=GUARD, recipient=ARMY, given="2")
    assert list(numbers(weigh([tell(first), tell(other)], CONSERVATIVE)).values()) == [12]


def test_vague_words_by_the_table_of_the_policy():
    told = [tell(MINISTRY, numbers=(Number("dozens", 24, term="dozens"),))]
    conservative = weigh(told, CONSERVATIVE).tally(Measure.KILLED).numbers[0]
    assert (conservative.value, conservative.rule, conservative.policy) == (12, "lowest", "conservative 1")
    assert "'dozens' counted by the table 'acled'" in conservative.reason
    assert numbers(weigh(told, RANGE)) == {"low": 24, "best": 24, "high": None}


def test_bound_above_which_a_voice_tells_more_is_no_high():
    told = [tell(HOSPITAL), tell(MINISTRY, numbers=(at_least(20),))]
    assert numbers(weigh(told, RANGE)) == {"low": 12, "best": 12, "high": None}
    assert numbers(weigh([tell(HOSPITAL), tell(MINISTRY, numbers=(at_least(9),))], RANGE)) == {"low": 9, "best": 9, "high": 12}


def test_status_contested_by_others_has_a_minimum_of_zero_in_both_classes():
    civilians = exactly(9, status=CIVILIAN)
    told = [tell(HOSPITAL, numbers=(civilians,), victims=CIVILIAN), tell(MINISTRY, victims=COMBATANT)]
    weighed = weigh(told, GRADED)
    for population in (Population.CIVILIANS, Population.COMBATANTS):
        assert numbers(weighed, population) == {"low": 0, "high": 9}
        assert {one.rule for one in weighed.tally(Measure.KILLED, population).numbers} <= {
            "contested_status_minimum_zero",
            "highest",
            "highest_of_contested",
        }
    assert numbers(weighed) == {"low": 9, "high": 9}
    assert (weighed.graded.grade, weighed.graded.corroboration) == ("contested", "contested")
    assert numbers(weigh(told, RANGE), Population.CIVILIANS)["low"] == 9


def test_grades_and_ladder():
    assert weigh([tell(HOSPITAL), tell(MINISTRY)], GRADED).graded.grade == "fair"
    assert weigh([tell(HOSPITAL), tell(MINISTRY)], GRADED).graded.corroboration == "corroborated"
    blames = [tell(HOSPITAL, actor=ARMY), tell(MINISTRY, actor=GUARD)]
    contested = weigh(blames, GRADED)
    assert contested.graded.grade == "contested"
    assert contested.who.competing == ((ARMY.name, GUARD.name),)
    accepted = weigh([tell(HOSPITAL, reviews=(("accept", "ann", "2024-05-05"),))], GRADED)
    assert (accepted.graded.grade, accepted.graded.corroboration) == ("confirmed", "confirmed-by-reviewer")
    rejected = weigh([tell(HOSPITAL, reviews=(("reject", "ann", "2024-05-05"),))], GRADED)
    assert (rejected.graded.grade, rejected.graded.corroboration) == ("discounted", "rejected")
    assert set(numbers(rejected).values()) == {None}
    differ = weigh([tell(HOSPITAL, reviews=(("reject", "ann", "2024-05-05"), ("accept", "bo", "2024-05-06")))], GRADED)
    assert differ.graded.corroboration == "pending"
    changed = weigh([tell(HOSPITAL, reviews=(("reject", "ann", "2024-05-05"), ("accept", "ann", "2024-05-06")))], GRADED)
    assert changed.graded.grade == "confirmed"


def test_boast_over_killed_fighters_confirms_no_harm_to_civilians():
    boast = tell(THE_ARMY, numbers=(Number("60 fighters", 60, 60, 60, status=COMBATANT),), victims=COMBATANT)
    assert weigh([boast], GRADED).graded.grade == "weak"


def test_responsibility_side_by_side():
    told = [
        tell(THE_FRONT, blame=ResponsibilityStatus.ACCUSED),
        tell(HOSPITAL, blame=ResponsibilityStatus.UNKNOWN),
        tell(THE_ARMY, modality=Modality.DENIED, blame=ResponsibilityStatus.DENIED),
    ]
    blames = {one.voice: (one.status.value, one.who, one.of_own_side) for one in weigh(told, RANGE).who.blames}
    assert blames == {
        FRONT.name: ("accused", (ARMY.name,), False),
        "Wad Hassan Hospital": ("unknown", (), False),
        "the army": ("denied", (ARMY.name,), True),
    }


def test_own_rules():
    told = [tell(HOSPITAL), tell(MINISTRY, numbers=(exactly(5),)), tell(Telling((exactly(30),), outlet="Hill Radio (invented)"))]
    preferred = Policy("own", "1", "t", ("s",), (("value", Rule.PREFERRED),), preferred=("Nobody", "health ministry"))
    assert weigh(told, preferred).tally(Measure.KILLED).numbers[0].reason == "the Health Ministry is the first preferred voice that tells a number"
    assert numbers(weigh(told, preferred)) == {"value": 5}
    assert numbers(weigh(told[:1], preferred)) == {"value": None}
    assert numbers(weigh(told, Policy("own", "1", "t", ("s",), (("value", Rule.MEDIAN),)))) == {"value": 12}


def test_derived_number_rests_on_a_figure():
    with pytest.raises(ValueError, match="rests on no figure"):
        Derived("low", 3, "lowest", "own 1", "", (), ())


def test_weighed_becomes_json():
    assert to_json(weigh(tour(), RANGE))["$record"] == "Weighed"


def test_shuffled_claims_weigh_the_same():
    told = [*tour(), tell(HOSPITAL), tell(MINISTRY, numbers=(exactly(5),)), tell(THE_ARMY, numbers=(exactly(2),), given="x")]
    wanted = weigh(told, GRADED)
    random.Random(3).shuffle(told)
    assert weigh(told, GRADED) == wanted
