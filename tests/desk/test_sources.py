"""Sources side by side: what each alone tells, and whose words take a side. All reports are invented."""

from dataclasses import replace

from tests.desk.invented import REPORTS
from tests.desk.scripted import Replayed

from sayso.desk.adding import add
from sayso.desk.linking import link_all
from sayso.desk.sources import SourceRow, source_rows
from sayso.intake.settings import Taken
from sayso.model import LoadedWord, RegisteredSource, Voice
from sayso.model.words import LoadedClass, SourceKind, VoiceKind
from sayso.store.batch import Batch
from sayso.store.ledger import Ledger


def rows(ledger: Ledger) -> dict[str, SourceRow]:
    return {row.name: row for row in source_rows(ledger)}


def filled(ledger: Ledger, replayed: Replayed, *names: str) -> None:
    list(add([Taken(REPORTS[name]) for name in names], ledger, replayed))
    link_all(ledger)


def test_an_empty_ledger_has_no_sources(ledger: Ledger) -> None:
    assert source_rows(ledger) == ()


def test_who_stands_alone(ledger: Ledger, replayed: Replayed) -> None:
    filled(ledger, replayed, "front", "ministry", "arrest")
    found = rows(ledger)
    assert list(found) == ["Coast Wire", "Delta News", "Ministry of Defence"]
    coast, delta = found["Coast Wire"], found["Delta News"]
    assert (coast.documents, coast.registered, coast.kind) == (1, None, SourceKind.PRESS)
    assert coast.incidents == len(coast.alone) > 0
    shared = {ledger.incident_of(number) for number in coast.alone}
    assert shared == set(coast.alone)
    assert set(delta.alone) & set(found["Ministry of Defence"].alone) == set()
    assert delta.incidents - len(delta.alone) == found["Ministry of Defence"].incidents - len(found["Ministry of Defence"].alone) == 1


def test_loaded_words_of_its_own_and_of_others(ledger: Ledger, replayed: Replayed) -> None:
    document = REPORTS["front"]
    reading = replayed.readings[document.id]
    start = document.text.index("terrorist")
    span = document.span(start, start + len("terrorist"))
    front, outlet = (Voice(name, kind) for name, kind in (("The Front", VoiceKind.ARMED_GROUP), ("Delta News", VoiceKind.OUTLET)))
    chains = ((outlet, front), (outlet,), ())
    words = tuple(LoadedWord(span, kind, "group", chain) for kind, chain in zip(LoadedClass, chains, strict=False))
    filled(ledger, Replayed({document.id: replace(reading, loaded=words)}, replayed.origin), "front")
    delta = rows(ledger)["Delta News"]
    assert delta.quoted == ((words[0].loaded_class.value, 1),)
    assert delta.loaded == tuple(sorted((word.loaded_class.value, 1) for word in words[1:]))


def test_the_real_reader_tells_whose_words_they_are(ledger: Ledger, replayed: Replayed) -> None:
    filled(ledger, replayed, "front")
    delta = rows(ledger)["Delta News"]
    assert (delta.loaded, delta.quoted) == ((), (("vilifying", 2),))


def test_aliases_count_under_the_registered_name(ledger: Ledger, replayed: Replayed) -> None:
    filled(ledger, replayed, "front", "reprint")
    assert [row.alone for row in source_rows(ledger)] == [(), ()]
    known = RegisteredSource("The Delta Group", SourceKind.AGENCY, "the delta", "SD", ("hill paper", "Delta  News"), set_by="ada", reason="one owner")
    lone = RegisteredSource("Never Heard", SourceKind.NGO, set_by="ada", reason="a plan")
    ledger.append(Batch(sources=(known, lone)))
    lonely, group = source_rows(ledger)
    assert (group.name, group.registered, group.documents, group.side, group.country) == ("The Delta Group", known, 2, "the delta", "SD")
    assert group.incidents == len(group.alone) > 0  # two names of one source do not bear each other out
    assert (lonely.name, lonely.registered, lonely.documents, lonely.incidents) == ("Never Heard", lone, 0, 0)


def test_a_replaced_report_is_not_counted_twice(ledger: Ledger, replayed: Replayed) -> None:
    filled(ledger, replayed, "arrest", "arrest-corrected")
    (coast,) = source_rows(ledger)
    assert coast.documents == 1
    assert coast.claims == len(replayed.readings[REPORTS["arrest-corrected"].id].claims)
