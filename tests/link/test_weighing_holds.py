"""What holds for weighing whatever is told (hypothesis): the words of the design, as properties."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.link.telling import ARMY, FRONT, Number, Telling, tell

from sayso.link.voices_apart import voices_apart
from sayso.link.weigh import Weighed, weigh
from sayso.link.weigh_policies import Policy, Rule, load_policy
from sayso.link.weigh_rows import Standing
from sayso.model import Document
from sayso.model.words import Change, Measure, Modality, Scope, VictimStatus, VoiceKind, VoiceRelation

POLICIES = [
    *map(load_policy, ("conservative", "range", "graded")),
    Policy("own", "1", "t", ("s",), (("low", Rule.LOWEST), ("best", Rule.MEDIAN), ("high", Rule.HIGHEST))),
]
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def numbers(draw: st.DrawFn) -> Number:
    low = draw(st.one_of(st.none(), st.integers(0, 60)))
    more = draw(st.one_of(st.none(), st.integers(0, 20)))
    high = None if more is None else (low or 0) + more
    point = draw(st.one_of(st.none(), st.integers(0, 80)))
    term = draw(st.sampled_from([None, None, "dozens"])) if low is not None and point is None else None
    group = draw(st.sampled_from([None, "people", "women", "women and children"]))
    status = draw(st.sampled_from([VictimStatus.UNKNOWN, VictimStatus.CIVILIAN, VictimStatus.COMBATANT]))
    scope = draw(st.sampled_from([Scope.ACT, Scope.ACT, Scope.ACT, Scope.TOTAL]))
    change = draw(st.sampled_from([Change.TOTAL, Change.TOTAL, Change.INCREMENT]))
    return Number(f"number {low} {high} {point} {term} {group}", low, high, point, term, group, status, Measure.KILLED, scope, change)


@st.composite
def tellings(draw: st.DrawFn) -> Telling:
    kind, voice, side = draw(
        st.sampled_from(
            [
                (VoiceKind.WITNESS, "residents", None),
                (VoiceKind.STATE, "the Health Ministry", None),
                (VoiceKind.STATE, "the army", ARMY.name),
                (VoiceKind.ARMED_GROUP, FRONT.name, FRONT.name),
                (VoiceKind.NGO, "River Council", None),
                (VoiceKind.OUTLET, None, None),
            ]
        )
    )
    return Telling(
        tuple(draw(st.lists(numbers(), max_size=2, unique_by=lambda one: one.words))),
        voice,
        kind,
        side=side,
        outlet=draw(st.sampled_from(["Delta News (invented)", "Hill Radio (invented)", "unknown"])),
        published=draw(st.sampled_from(["2024-05-04", "2024-05-05", "2024-05-06T08:00:00Z", None])),
        given=str(draw(st.integers(0, 999))),
        modality=draw(st.sampled_from([Modality.ACTUAL, Modality.ACTUAL, Modality.ACTUAL, Modality.DENIED, Modality.PLANNED])),
        actor=draw(st.sampled_from([None, ARMY, FRONT])),
        recipient=draw(st.sampled_from([None, None, ARMY, FRONT])),
        victims=draw(st.sampled_from([VictimStatus.UNKNOWN, VictimStatus.CIVILIAN, VictimStatus.COMBATANT])),
    )


incidents = st.lists(tellings(), min_size=1, max_size=7, unique_by=lambda one: one.given)
policies = st.sampled_from(POLICIES)


def given_numbers(weighed: Weighed) -> dict[object, int | None]:
    return {(tally.measure, tally.population, tally.side, one.name): one.value for tally in weighed.tallies for one in tally.numbers}


@quick
@given(incidents, policies, st.randoms())
def test_order_does_not_matter(incident, policy, chance):
    told = [tell(one) for one in incident]
    wanted = weigh(told, policy)
    chance.shuffle(told)
    assert weigh(told, policy) == wanted


@quick
@given(incidents, policies)
def test_low_best_high_are_in_order_and_rest_on_figures(incident, policy):
    weighed = weigh([tell(one) for one in incident], policy)
    for tally in weighed.tallies:
        values = [value for name in ("low", "best", "high") if (value := tally.number(name)) is not None]
        assert values == sorted(values)
        known = {figure for row in (*weighed.left_out, *(row for one in weighed.tallies for row in (*one.rows, *one.beside))) for figure in row.figures}
        for number in tally.numbers:
            assert number.rule
            assert number.policy == policy.label
            assert number.value is None or (number.figures and set(number.figures) <= known)


@quick
@given(incidents, policies)
def test_zero_is_given_only_where_zero_is_told_or_status_contested(incident, policy):
    weighed = weigh([tell(one) for one in incident], policy)
    for tally in weighed.tallies:
        for number in tally.numbers:
            if number.value == 0 and number.rule != "contested_status_minimum_zero":
                # Bounds of 0 were told in so many words by one of the figures it rests on.
                assert any(0 in (row.low, row.high) for row in tally.rows if set(row.figures) & set(number.figures))


@quick
@given(incidents, policies, st.data())
def test_copy_changes_no_number_and_no_count_of_voices(incident, policy, data):
    told = [tell(one) for one in incident]
    index = data.draw(st.integers(0, len(told) - 1))
    copied = incident[index]
    late = None if copied.published is None else "2024-05-09"
    copy = tell(copied, outlet="Slow Weekly (invented)", published=late, copy_of=told[index].report.document)
    before, after = weigh(told, policy), weigh([*told, copy], policy)
    assert given_numbers(after) == given_numbers(before)
    assert after.voices.n_independent == before.voices.n_independent
    assert [tally.n_independent for tally in after.tallies] == [tally.n_independent for tally in before.tallies]


@quick
@given(incidents, policies, st.sampled_from([ARMY, FRONT]), st.booleans())
def test_denial_changes_no_figure(incident, policy, denier, with_number):
    told = [tell(one) for one in incident]
    words = (Number("nine herders", 9, 9, 9, modality=Modality.DENIED),) if with_number else ()
    denial = Telling(words, denier.name, VoiceKind.STATE, side=denier.name, actor=denier, given="denial", modality=Modality.DENIED)
    before, after = given_numbers(weigh(told, policy)), given_numbers(weigh([*told, tell(denial)], policy))
    assert {key: value for key, value in after.items() if key in before} == before
    assert {value for key, value in after.items() if key not in before} <= {None}
    assert voices_apart([*told, tell(denial)]).n_independent == voices_apart(told).n_independent


@quick
@given(incidents, policies, st.integers(0, 12), st.sampled_from(list(VictimStatus)), st.sampled_from(["2024-05-03", "2024-05-09", None]))
def test_lower_word_of_the_accused_lowers_neither_low_nor_best(incident, policy, number, status, published):
    accusation = tell(Telling((Number("14 people", 14, 14, 14),), "Wad Hassan Hospital", VoiceKind.MEDIC, actor=ARMY, given="accusation"))
    told = [*(tell(one) for one in incident), accusation]
    words = (Number(f"only {number}", number, number, number, status=status),)
    less = Telling(words, "the army", VoiceKind.STATE, side=ARMY.name, actor=ARMY, relation=VoiceRelation.ACCUSED_SIDE, given="less", published=published)
    before, after = given_numbers(weigh(told, policy)), given_numbers(weigh([*told, tell(less)], policy))
    for key, value in before.items():
        if key[-1] in ("low", "best", "value") and value is not None:
            assert after[key] is not None
            assert after[key] >= value


def swapped(telling: Telling) -> Telling:
    names = {ARMY.name: FRONT.name, FRONT.name: ARMY.name, "the army": "the front", None: None}
    kinds = {ARMY: replace(FRONT, kind=ARMY.kind), FRONT: replace(ARMY, kind=FRONT.kind), None: None}
    return replace(
        telling,
        voice=names.get(telling.voice, telling.voice),
        side=names.get(telling.side, telling.side),
        actor=kinds[telling.actor],
        recipient=kinds[telling.recipient],
    )


@quick
@given(incidents, policies)
def test_swapped_names_change_no_figure(incident, policy):
    def sides(weighed):
        names = {ARMY.name: FRONT.name, FRONT.name: ARMY.name}
        return {(measure, population, names.get(side, side), name): value for (measure, population, side, name), value in given_numbers(weighed).items()}

    before = weigh([tell(one) for one in incident], policy)
    after = weigh([tell(swapped(one)) for one in incident], policy)
    assert given_numbers(after) == sides(before)
    assert after.voices.n_independent == before.voices.n_independent
    assert after.graded.grade == before.graded.grade


@quick
@given(incidents)
def test_no_figure_is_lost(incident):
    told = [tell(one) for one in incident]
    weighed = weigh(told, POLICIES[1])
    rows = [*weighed.totals, *weighed.left_out, *(row for one in weighed.tallies for row in (*one.rows, *one.beside))]
    assert {figure.id for one in told for figure in one.figures} == {figure for row in rows for figure in row.figures}
    assert all(row.reason for row in rows if row.standing is not Standing.WEIGHED)


def test_documents_of_the_cases_are_marked_as_invented():
    assert all("(invented)" in tell(Telling(given=str(number))).report.outlet.name for number in range(2))
    assert isinstance(Telling().document(), Document)
