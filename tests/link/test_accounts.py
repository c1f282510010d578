"""Accounts of invented reports: what one report tells of one happening."""

import json

from tests.link.linked import readings

from sayso.link.accounts import Account, accounts_of
from sayso.link.distinctive import cue_words, hashed, hours_told, lines_of, names_of, skeleton, words_of
from sayso.model import from_json, to_json
from sayso.model.words import Measure, Modality


def chief(name: str) -> Account:
    (found,) = [one for one in accounts_of(readings()[name]) if one.chief]
    return found


def test_a_report_tells_its_happening_in_many_sentences() -> None:
    found = chief("wire")
    assert found.type == "ASSAULT"
    assert {place.name for place in found.places} >= {"Kassala"}
    assert found.days[0].start == "2024-05-03"
    assert any(one.measure is Measure.KILLED and one.low == 43 for one in found.figures)
    assert len(found.parts) > 1
    assert Modality.DENIED in found.modalities or len(found.claims) > 2


def test_no_civilian_is_a_figure_of_civilians() -> None:
    zeros = [one for one in chief("ministry").figures if one.high == 0]
    assert zeros
    assert all(one.status == "civilian" for one in zeros)


def test_another_act_is_another_account() -> None:
    types = sorted(one.type for one in accounts_of(readings()["ministry"]))
    assert {"ASSAULT", "COERCE"} <= set(types)
    assert types.count("COERCE") == 1


def test_plans_are_no_happening() -> None:
    assert all(one.spoken for one in accounts_of(readings()["plans"]))
    told = {claim for one in accounts_of(readings()["next"]) for claim in one.claims}
    planned = {claim.id for claim in readings()["next"].claims if claim.modality is not Modality.ACTUAL}
    assert planned
    assert not told & planned


def test_each_claim_is_in_one_account_and_the_id_follows_from_the_claims() -> None:
    for reading in readings().values():
        found = accounts_of(reading)
        claims = [claim for one in found for claim in one.claims]
        assert len(claims) == len(set(claims))
        assert [one.id for one in found] == [one.id for one in accounts_of(reading)]


def test_as_json_and_back() -> None:
    for one in accounts_of(readings()["wire"]):
        assert from_json(Account, json.loads(json.dumps(to_json(one)))) == one


def test_no_word_with_a_capital_is_kept_but_places_and_listed_actors() -> None:
    for reading in readings().values():
        for one in accounts_of(reading):
            assert all(noun.islower() for party in (*one.actors, *one.recipients) for noun in party.nouns)
            assert all(isinstance(word, int) for word in (*one.words, *one.names, *one.scene, *one.title))


def test_spellings_of_one_name_share_a_form() -> None:
    assert skeleton("Dubbin") == skeleton("Dibbin") == skeleton("Dibin")
    assert skeleton("Quneitra") == skeleton("Kuneitra")
    assert hashed("market") == hashed("market") != hashed("mosque")


def test_words_and_names() -> None:
    empty = cue_words().empty
    assert words_of("The markets said 43", empty) == words_of("a market, 43", empty) == {"marke", "43"}
    assert names_of("In the 3100 block of Lagrange, 12 people", empty) == {"3100", skeleton("Lagrange"), "12"}


def test_names_written_in_one_or_in_several_words_meet() -> None:
    empty = cue_words().empty
    one, other = names_of("in the village of Kani Sark on", empty), names_of("the outskirts of Kanisark", empty)
    assert one & other
    assert names_of("Halgan-Yar base", empty) & names_of("at Xalgan-yar", empty)


def test_lines_that_are_long_enough_are_known_again() -> None:
    line = "Sign up here for our letter and read it with your coffee every morning."
    assert lines_of(f"Short.\n{line}") == lines_of(line.upper()) != set()


def test_a_report_that_only_speaks_of_a_happening_has_an_account() -> None:
    (found,) = accounts_of(readings()["spoken"])
    assert found.spoken
    assert found.chief


def test_hours_by_the_clock_and_by_the_part_of_day() -> None:
    cues = cue_words()
    (clock,) = hours_told("at 1:15 a.m.", cues)
    assert (clock.low, clock.clock) == (75, True)
    assert hours_told("14:20 first salvo", cues)[0].low == 14 * 60 + 20
    (dawn,) = hours_told("at dawn", cues)
    assert not dawn.clock
    assert hours_told("13 p.m. is no hour", cues) == ()
