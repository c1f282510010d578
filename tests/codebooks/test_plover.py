"""The PLOVER book: complete, broad, in our own words; its own examples are read as it says."""

import re
from functools import cache

import pytest

from sayso.codebooks.codebook import PLOVER_MODES, load_codebook
from sayso.engines.engine import VeiledReport
from sayso.engines.rules.engine import RulesEngine
from sayso.engines.rules.parsing import load_parser
from sayso.languages.pack import load_pack

BOOK = load_codebook("plover")
QUADS = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3}

# Sentences of ours, in the manner of wires, ministries, communiques, agencies and channels, with the type that has to be among what is read.
TOLD = [
    ("ASSAULT", "Two policemen were gunned down outside a bakery."),
    ("ASSAULT", "Warplanes levelled a school in the northern suburb."),
    ("ASSAULT", "Our brigades liquidated a sniper position and burned two armoured vehicles."),
    ("ASSAULT", "The air defence forces downed eleven drones overnight."),
    ("ASSAULT", "A convoy of traders came under attack on the northern road."),
    ("ASSAULT", "Clan militias traded fire for six hours."),
    ("ASSAULT", "Herders hacked three farmers to death."),
    ("ASSAULT", "A landmine went off under a minibus."),
    ("ASSAULT", "Unknown men abducted the mayor's brother."),
    ("ASSAULT", "At least nine villagers lost their lives in the shelling."),
    ("ASSAULT", "Police fired tear gas and rubber bullets at the marchers."),
    ("ASSAULT", "The enemy's attempt to advance was repelled."),
    ("ASSAULT", "Troops recaptured the hill."),
    ("COERCE", "Security forces rounded up dozens of students."),
    ("COERCE", "The authorities cut the internet in the region."),
    ("COERCE", "The governor imposed a dusk-to-dawn curfew."),
    ("COERCE", "Border guards turned back a convoy of lorries."),
    ("COERCE", "The army prevented aid workers from entering the enclave."),
    ("PROTEST", "Thousands took to the streets against fuel prices."),
    ("PROTEST", "Residents blocked the bridge with burning tyres."),
    ("PROTEST", "Dockers downed tools for a second day."),
    ("MOBILIZE", "The government sent reinforcements to the border."),
    ("MOBILIZE", "The president called up reservists."),
    ("THREATEN", "The group warned that it would strike the port again."),
    ("THREATEN", "The general vowed revenge."),
    ("SANCTION", "The kingdom recalled its ambassador."),
    ("SANCTION", "A military court sentenced four men to death."),
    ("REJECT", "The rebels turned down the truce offer."),
    ("REJECT", "The ministry denied that its aircraft were involved."),
    ("ACCUSE", "The government blamed the rebels for the blast."),
    ("ACCUSE", "The bishop voiced alarm at the killings."),
    ("REQUEST", "Relief agencies urged both sides to open a corridor."),
    ("COOPERATE", "The two police forces shared intelligence on the gang."),
    ("AID", "The kingdom supplied the militia with drones."),
    ("AID", "A helicopter evacuated the wounded."),
    ("RETREAT", "The troops pulled out of the valley."),
    ("RETREAT", "The kidnappers freed two nurses."),
    ("RETREAT", "The sides declared a three-day truce."),
    ("CONCEDE", "The government lifted the ban on rallies."),
    ("SUPPORT", "The president praised the border guards."),
    ("AGREE", "The neighbours signed a border pact."),
    ("CONSULT", "The two presidents spoke by phone."),
]
SILENT = [
    "Shares in the airline crashed after the warning.",
    "The striker shot wide and the captain fired home the rebound.",
    "The band rocked the stadium and stormed the charts.",
    "The flood killed twelve people in the valley.",
    "The team attacked down the left and beat the champions.",
    "The court heard that the river had burst its banks.",
    "Prices hit a record high in March.",
    "A cyclone destroyed two hundred houses.",
    "He lost his life in a car crash.",
    "A fare war wounds discount airlines.",
]
MODES = [
    ("Warplanes bombed the market, killing six people.", "aerial"),
    ("Drones struck a fuel depot.", "drone"),
    ("Artillery pounded the village.", "heavy-weapons"),
    ("A suicide bomber blew himself up at a checkpoint.", "suicide-attack"),
    ("A roadside bomb exploded under a bus.", "explosives"),
    ("Three settlers were stabbed at a bus stop.", "primitive"),
    ("Soldiers raped women in the camp.", "sexual"),
    ("A former governor was assassinated on his doorstep.", "targeted"),
    ("The militia abducted nine traders.", "abduct"),
]


@cache
def engine() -> RulesEngine:
    pack = load_pack("en")
    return RulesEngine(load_parser(pack.model), pack, BOOK)


def told(sentence: str) -> list[tuple[str, str | None]]:
    return [(act.type, act.mode) for act in engine().propose(VeiledReport(sentence)).acts]


def test_it_holds_the_sixteen_types_with_quads_and_modes() -> None:
    assert {found.name for found in BOOK.types} == set(PLOVER_MODES)
    assert set(BOOK.precedence) == set(PLOVER_MODES)
    for found in BOOK.types:
        assert found.quad == QUADS.get(found.name, 4)
        assert {mode.name for mode in found.modes} == PLOVER_MODES[found.name]
        assert found.recipient_required == (found.name in {"COOPERATE", "AID", "SANCTION"})


def test_it_is_broad() -> None:
    triggers = BOOK.triggers()
    assert len(triggers) >= 3000
    for found in BOOK.types:
        own = [trigger for trigger in triggers if trigger.type == found.name]
        assert len(own) >= 80, found.name
        assert {trigger.pos for trigger in own} == {"verb", "noun"}, found.name


def test_every_mode_can_be_told_by_a_trigger_of_its_own_or_by_words() -> None:
    reached = {(trigger.type, trigger.mode) for trigger in BOOK.triggers()}
    assert all(mode.words or (found.name, mode.name) in reached for found in BOOK.types for mode in found.modes)


def test_the_classes_that_engines_rely_on_are_there() -> None:
    assert {"conflict", "armed", "weapons", "sport", "business", "entertainment"} <= set(BOOK.classes)
    peaceful = BOOK.classes["sport"] | BOOK.classes["business"] | BOOK.classes["entertainment"]
    assert not peaceful & BOOK.classes["conflict"]


def test_pure_speech_tells_nothing() -> None:
    bare = {head for head, group in BOOK.verbs.items() if any(not trigger.objects and not trigger.rest for trigger in group)}
    assert not {"say", "announce", "tell", "state", "report", "add"} & bare


def test_violence_comes_first_where_two_types_fit() -> None:
    assert BOOK.precedence[0] == "ASSAULT"


@pytest.mark.parametrize(("name", "sentence"), TOLD)
def test_a_sentence_tells_its_type(name: str, sentence: str) -> None:
    assert name in [found for found, _ in told(sentence)]


@pytest.mark.parametrize("sentence", SILENT)
def test_sport_business_and_disaster_tell_no_act(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize(("sentence", "mode"), MODES)
def test_a_sentence_tells_its_mode(sentence: str, mode: str) -> None:
    assert ("ASSAULT", mode) in told(sentence)


@pytest.mark.parametrize("name", sorted(PLOVER_MODES))
def test_the_examples_of_a_type_are_read_as_it_says(name: str) -> None:
    found = BOOK.type(name)
    for sentence in found.examples_yes:
        assert name in [one for one, _ in told(sentence)], sentence
    for sentence in found.examples_no:
        words, hint = re.fullmatch(r"(.*?)(?: \(([^)]*)\))?", sentence).groups()  # type: ignore[union-attr]
        read = [one for one, _ in told(words)]
        assert name not in read, sentence
        if hint in PLOVER_MODES:
            assert hint in read, sentence
