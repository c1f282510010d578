"""The conformance suite: what every store does. All texts are invented."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.store.made import FIRST, SECOND, at, clock, document, read, with_raw

from sayso.errors import DataError, InputError
from sayso.model import (
    Act,
    Claim,
    Copy,
    Document,
    Extraction,
    Failure,
    Interval,
    Link,
    Mention,
    Origin,
    Reading,
    RegisteredSource,
    Resolution,
    Review,
    Roles,
    Source,
    Voice,
    sha256_bytes,
)
from sayso.model.words import CopyKind, Judgement, MentionKind, SourceKind, TimePrecision, Verdict, VoiceKind
from sayso.store import finding
from sayso.store.batch import GENESIS, Batch, Head
from sayso.store.ledger import open_ledger
from sayso.store.query import FoundFigure, Query


def test_an_empty_ledger_is_sound_and_holds_nothing(store: str) -> None:
    with open_ledger(store) as ledger:
        assert ledger.head() == Head(0, GENESIS)
        assert ledger.verify().sound
        assert not list(ledger.documents())
        assert ledger.find(Query(words="anything")).rows == ()
        assert ledger.counts() == {"claims": 0, "incidents": 0, "superseded": 0, "raw": 0, "raw_bytes": 0}


def test_what_goes_in_comes_out_equal(store: str) -> None:
    made, raw = with_raw(1)
    reading = read(made)
    extraction = Extraction(made.id, "html", "trafilatura 2", "text/html", made.raw_sha256)
    source = RegisteredSource("Delta News", SourceKind.PRESS, country="SD", aliases=("DN",), set_by="ada", reason="its imprint", at="2024-05-05")
    review = Review(reading.claims[0].id, Verdict.ACCEPT, "ada", "2024-05-06")
    link = Link(reading.claims[0].id, reading.claims[1].id, Judgement.DIFFERENT, "ada", "another day")
    other = document(2)
    copy = Copy(other.id, made.id, CopyKind.EXACT, 1.0, "test")
    batch = Batch((made, other), (extraction,), (raw,), (reading,), ((other.id, Failure("i002", "EmptyReport", "no words")),), (review,), (), (link,), (copy,),
                  (source,), FIRST)  # fmt: skip
    with open_ledger(store, clock=clock()) as ledger:
        done = ledger.append(batch)
        assert len(done.new) == 9
        assert done.head == ledger.head() == Head(9, done.head.hash)
    with open_ledger(store, create=False) as ledger:
        assert list(ledger.documents()) == [made, other]
        assert ledger.document(made.id) == made
        assert ledger.raw(made.raw_sha256 or "") == raw
        assert ledger.extraction(made.id) == extraction
        assert ledger.reading(reading.id) == ledger.current_reading(made.id) == reading
        assert ledger.readings_of(made.id) == (reading,)
        assert list(ledger.readings()) == [reading]
        assert (list(ledger.reviews()), list(ledger.links()), list(ledger.copies()), list(ledger.sources())) == ([review], [link], [copy], [source])
        assert [(one.document, one.failure.kind, one.origin) for one in ledger.failures()] == [(other.id, "EmptyReport", FIRST)]
        assert ledger.has(review.id)
        assert not ledger.has("rev_none")
        assert ledger.counts()["claims"] == len(reading.claims)
        assert ledger.verify().problems == ()


def test_adding_twice_changes_nothing(store: str) -> None:
    made, raw = with_raw(1)
    batch = Batch(documents=(made, made), raws=(raw,), readings=(read(made),))
    with open_ledger(store) as ledger:
        first = ledger.append(batch)
        again = ledger.append(batch)
        assert again.new == ()
        assert set(again.known) == {made.id, read(made).id}
        assert again.head == first.head


def test_all_or_nothing(store: str) -> None:
    with open_ledger(store) as ledger:
        with pytest.raises(InputError, match="is not in the ledger"):
            ledger.append(Batch(documents=(document(1),), readings=(read(document(2)),)))
        assert ledger.head().seq == 0
        assert not list(ledger.documents())


def test_raw_bytes_must_be_those_named(store: str) -> None:
    made, raw = with_raw(1)
    with open_ledger(store) as ledger:
        with pytest.raises(DataError) as told:
            ledger.append(Batch(documents=(made,), raws=(raw + b"!",)))
        assert sha256_bytes(raw + b"!") in str(told.value)
        assert str(made.raw_sha256) in str(told.value)
        assert ledger.counts()["raw"] == 0


def test_a_reading_of_other_words_is_refused(store: str) -> None:
    made = document(1)
    reading = read(made)
    trigger = reading.claims[0].trigger
    broken = replace(reading, claims=(replace(reading.claims[0], trigger=replace(trigger, quote="x" * len(trigger.quote))),), figures=())
    with open_ledger(store) as ledger, pytest.raises(DataError, match="words that do not stand"):
        ledger.append(Batch(documents=(made,), readings=(broken,)))


def test_the_reading_appended_last_is_current(store: str) -> None:
    made = document(1)
    first, second = read(made), read(made, SECOND, {"shelled": "ASSAULT"})
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=(made,), readings=(first,)))
        numbers = ledger.claim_numbers(claim.id for claim in first.claims)
        ledger.append(Batch(readings=(second,)))
        ledger.append(Batch(readings=(first,)))  # known: the second stays current
        assert ledger.current_reading(made.id) == second
        assert ledger.readings_of(made.id) == (first, second)
        assert [row.number for row in ledger.find(Query()).rows] == [numbers[first.claims[0].id]]
        assert ledger.claim_numbers(claim.id for claim in first.claims) == numbers
        assert ledger.verify().problems == ()


def test_what_an_origin_has_not_read_yet(store: str) -> None:
    documents = tuple(document(number) for number in range(1, 5))
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=documents))
        assert list(ledger.unread(FIRST)) == list(documents)
        ledger.append(Batch(readings=(read(documents[0]),)))
        ledger.append(Batch(failures=((documents[1].id, Failure("i002", "Crash", "a fault")),), origin=replace(FIRST, run="another run")))
        assert list(ledger.unread(FIRST)) == list(documents[2:])
        assert list(ledger.unread(SECOND)) == list(documents)


def test_versions_of_an_article(store: str) -> None:
    old = document(1)
    new = document(1, old.text.replace("9 people", "11 people"), supersedes=old.id)
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=(old,), readings=(read(old),)))
        assert ledger.documents_at("invalid:report/1") == (old,)
        ledger.append(Batch(documents=(new,), readings=(read(new),)))
        assert ledger.documents_at("invalid:report/1") == ledger.documents_given("Delta News", "i001") == (old, new)
        assert ledger.superseded_by(old.id) == new.id
        assert {row.document for row in ledger.find(Query()).rows} == {new.id}
        assert {row.document for row in ledger.find(Query(superseded=True)).rows} == {new.id, old.id}
        assert ledger.counts()["superseded"] == 1


def test_a_found_claim_tells_what_a_table_shows(store: str) -> None:
    made = document(1)
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=(made,), readings=(read(made),)))
        row = ledger.find(Query(actor="red hills")).rows[0]
    assert (row.number, row.source, row.title, row.published) == (1, "Delta News", "Two accounts", "2024-05-05")
    assert (row.type, row.modality, row.voices) == ("ASSAULT", "actual", ("Delta News",))
    assert (row.actor, row.place, row.country, row.admin1, row.lat) == (("Red Hills Column",), "Wad Hassan", "SD", "Gezira", 14.1)
    assert (row.date_from, row.date_to, row.status, row.incident) == ("2024-05-03", "2024-05-03", "unreviewed", None)
    assert row.figures == (FoundFigure("killed", 9, 9),)
    assert row.quote == "The Red Column shelled herders in Wad Hassan on 3 May, killing 9 people."


@pytest.mark.parametrize(
    ("query", "acts"),
    [
        (Query(), {"shelled", "arrested", "closed"}),
        (Query(actor="the red column"), {"shelled"}),
        (Query(actor="Column"), {"shelled"}),
        (Query(actor="Col"), set()),
        (Query(actor="Delta police"), {"arrested"}),
        (Query(place="Suakin"), {"arrested"}),
        (Query(place="gezira"), {"shelled"}),
        (Query(country="sd"), {"shelled", "arrested"}),
        (Query(since="2024-05-04"), {"arrested", "closed"}),  # no day told: the report's day
        (Query(until="2024-05-03"), {"shelled"}),
        (Query(since="2024-05-04", until="2024-05-04"), {"arrested"}),
        (Query(place="Suakin", since="2024-05-05"), set()),
        (Query(type="COERCE"), {"arrested", "closed"}),
        (Query(voice="delta news"), {"shelled", "arrested", "closed"}),
        (Query(source="Delta"), {"shelled", "arrested", "closed"}),
        (Query(source="Delta%"), {"shelled", "arrested", "closed"}),
        (Query(source="%"), set()),
        (Query(status="accepted"), set()),
        (Query(modality="denied"), set()),
        (Query(words="spokesman"), {"closed"}),
        (Query(words="herders suakin"), set()),
        (Query(words="TEACHERS suakin", type="COERCE", place="suakin"), {"arrested"}),
    ],
)
def test_filters(shared: str, query: Query, acts: set[str]) -> None:
    with open_ledger(shared, create=False) as ledger:
        rows = ledger.find(query).rows
    assert {next(word for word in ("shelled", "arrested", "closed") if word in row.quote) for row in rows} == acts


@pytest.fixture(params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, new_store: Callable[[str], str], kept_stores: dict[tuple[str, str], str]) -> str:
    """A store with one reading, made once a kind."""
    key = (__name__, request.param)
    if key not in kept_stores:
        where = new_store(request.param)
        with open_ledger(where) as ledger:
            ledger.append(Batch(documents=(document(1),), readings=(read(document(1)),)))
        kept_stores[key] = where
    return kept_stores[key]


def test_pages_follow_one_another(store: str) -> None:
    documents = tuple(document(number) for number in range(1, 8))
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=documents, readings=tuple(map(read, documents))))
        seen: list[int] = []
        after = None
        while True:
            page = ledger.find(Query(words="herders", limit=3, after=after))
            seen += [row.number for row in page.rows]
            after = page.next
            if after is None:
                break
        assert seen == sorted(seen, reverse=True)
        assert len(seen) == 7


HOSTILE = (
    '"', "'", "al-", "OR", "NOT", "AND", "a OR b", "(", "NEAR(", "*", "x:y", "^", "%", "\\", "--", ";", "\x00", "\ud800", "!!!", "& |", "<->",
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_users_are_data(shared: str, words: str) -> None:
    with open_ledger(shared, create=False) as ledger:
        assert ledger.find(Query(words=words, actor=words, place=words, voice=words, source=words, type=words, country=words)).rows == ()
        assert ledger.find(Query(words=words)).rows == ()
        assert ledger.documents_with(words) == ()


def test_a_long_search_is_answered_and_a_senseless_one_refused(shared: str) -> None:
    with open_ledger(shared, create=False) as ledger:
        assert ledger.find(Query(words=" ".join(f"word{number}" for number in range(100)))).rows == ()
        assert len(ledger.find(Query(words="herders " * 100)).rows) == 1
        assert ledger.find(Query(words="-".join("ab" * 49))).rows == ()
        with pytest.raises(InputError, match="at most 100"):
            ledger.find(Query(words="word " * 101))
        with pytest.raises(InputError, match="is no day"):
            ledger.find(Query(since="last week"))


SCRIPTS = {
    "Al-Qaïda's men shelled Nyala": ("al-qaida", "Al-Qaïda's", "NYALA"),
    "Ополчение Красной колонны shelled Харьков": ("харьков", "Красной колонны"),
    "قوات الدعم shelled الخرطوم": ("الخرطوم", "قوات"),
    "红色纵队 shelled 苏阿金市场": ("苏阿金", "市场"),
    "सेना ने shelled खार्तूम": ("खार्तूम", "सेना"),
    "Two ordinary OR rare NOT words shelled them": ("ordinary OR rare", "NOT"),
    "He said: 'it\"s a shelled wall": ('it"s', "wall"),
}


@pytest.mark.parametrize("text", SCRIPTS)
def test_words_of_all_scripts_are_found(store: str, text: str) -> None:
    made = document(1, text, title=None)
    other = document(2, "Others shelled elsewhere", title=None)
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=(made, other), readings=(read(made), read(other))))
        for words in SCRIPTS[text]:
            assert [row.document for row in ledger.find(Query(words=words)).rows] == [made.id], words
            assert ledger.documents_with(words) == (made,)


def test_hostile_text_goes_in_and_comes_out(store: str) -> None:
    text = "The\x00 Red Column\ud800 shelled '); DROP TABLE entries; -- in Suakin\u202e"
    made = Document(text, Source("Zürich\x00News"), "i\x00d", "t\ud800", "not a date", "invalid:\x00")
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=(made,), readings=(read(made),)))
        assert ledger.document(made.id) == made
        assert list(ledger.readings()) == [read(made)]
        assert ledger.documents_at("invalid:\x00") == (made,)
        assert len(ledger.find(Query(words="drop table entries")).rows) == 1
        assert ledger.verify().problems == ()


def test_incidents_are_folded_and_summed_up(store: str) -> None:
    documents = tuple(document(number) for number in range(1, 4))
    readings = tuple(map(read, documents))
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=documents, readings=readings))
        shelled = tuple(reading.claims[0].id for reading in readings)
        arrested = tuple(reading.claims[1].id for reading in readings)
        numbers = ledger.claim_numbers((*shelled, *arrested))
        ledger.set_incidents([(numbers[shelled[0]], shelled), (numbers[arrested[0]], arrested[:2])])
        one, two = ledger.incidents(Query()).rows
        assert (one.number, one.claims, one.documents, one.types, one.places) == (numbers[arrested[0]], 2, 2, ("COERCE",), ("Suakin",))
        assert (two.country, two.date_from, two.date_to, two.sources) == ("SD", "2024-05-03", "2024-05-03", ("Delta News",))
        assert [row.id for row in ledger.incident(two.number)] == list(shelled)
        assert ledger.incidents(Query(limit=1, after=one.number)).rows == (two,)
        assert ledger.incidents(Query(limit=1)).next == one.number
        assert [row.number for row in ledger.incidents(Query(place="wad hassan")).rows] == [two.number]
        assert {row.id for row in ledger.find(Query(incident=two.number)).rows} == set(shelled)
        ledger.set_incidents([(numbers[shelled[0]], shelled[:1])])
        assert [row.claims for row in ledger.incidents(Query()).rows] == [1]
        ledger.rebuild()
        assert [row.claims for row in ledger.incidents(Query()).rows] == [1]
        with pytest.raises(InputError, match="two incidents"):
            ledger.set_incidents([(1, shelled), (2, shelled)])
        with pytest.raises(InputError, match="is not in the ledger"):
            ledger.set_incidents([(1, ("clm_none",))])


@pytest.mark.parametrize("rare", [1, 4_000])
def test_pages_of_incidents_whichever_way_they_are_found(store: str, rare: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_RARE_OF_INCIDENTS", rare)
    monkeypatch.setattr(finding, "_FIRST_STEP", 3)
    readings = [read(document(number)) for number in range(1, 21)]
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=tuple(one.document for one in readings), readings=tuple(readings)))
        claims = [claim.id for reading in readings for claim in reading.claims]
        numbers = ledger.claim_numbers(claims)
        chance = random.Random(3)
        groups: dict[int, list[str]] = {}
        for claim in chance.sample(claims, len(claims) * 3 // 4):  # some are in none
            groups.setdefault(chance.randrange(25), []).append(claim)
        folded = {min(numbers[claim] for claim in group): group for group in groups.values()}
        ledger.set_incidents((number, tuple(group)) for number, group in folded.items())
        for query in (Query(words="herders"), Query(type="ASSAULT"), Query(words="herders", type="ASSAULT", country="SD"), Query(), Query(words="nowhere")):
            wanted = {claim.id for claim in ledger.find(replace(query, limit=1000)).rows}
            expected = sorted((number for number, group in folded.items() if wanted & set(group)), reverse=True)
            found: list[int] = []
            after = None
            for _ in range(40):
                page = ledger.incidents(replace(query, limit=4, after=after))
                found += [row.number for row in page.rows]
                after = page.next
                if after is None:
                    break
            assert found == expected, query


def test_rebuilding_gives_the_same(store: str) -> None:
    old, other = document(1), document(2)
    new = document(1, old.text.replace("9 people", "11 people"), supersedes=old.id)
    first = read(other)
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=(old, other, new), readings=(read(old), first, read(new), read(other, SECOND, {"shelled": "COERCE"}))))
        ledger.append(Batch(reviews=(Review(read(new).claims[0].id, Verdict.REJECT, "ada", "2024-05-06", "wrong place"),)))
        before = ledger.find(Query(superseded=True)).rows, ledger.claim_numbers(claim.id for claim in first.claims), ledger.documents_with("herders")
        ledger.rebuild()
        after = ledger.find(Query(superseded=True)).rows, ledger.claim_numbers(claim.id for claim in first.claims), ledger.documents_with("herders")
        assert before == after
        assert ledger.verify().problems == ()


def test_appending_between_two_records_of_a_stream(store: str) -> None:
    documents = tuple(document(number) for number in range(1, 131))
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=documents))
        for made in ledger.unread(FIRST):
            ledger.append(Batch(failures=((made.id, Failure("x", "Crash", "a fault")),), origin=FIRST))
            if ledger.head().seq >= 135:
                break
        assert len(list(ledger.unread(FIRST))) == 130 - 5
        assert len(list(ledger.documents())) == 130
        assert list(ledger.unread(Origin()))


def test_a_claim_by_number_its_document_and_incident(store: str) -> None:
    made = document(1)
    first, second = read(made), read(made, SECOND, {"shelled": "COERCE"})
    old, gone = first.claims[0].id, first.claims[1].id
    with open_ledger(store) as ledger:
        assert not ledger.is_read(made.id)
        ledger.append(Batch(documents=(made,), readings=(first,)))
        assert ledger.is_read(made.id)
        ledger.set_incidents([(1, (old, gone))])
        found = ledger.claim(1)
        assert found is not None
        assert (found.id, found.incident, ledger.incident_of(1), ledger.incident_of(3)) == (old, 1, 1, None)
        ledger.append(Batch(readings=(second,)))
        assert ledger.claim(1) is None  # no longer of the current reading; its number and document are still known
        assert ledger.document_of_claim(gone) == made.id
        assert ledger.document_of_claim("clm_none") is None
        assert ledger.incident(1) == ()


_SPANS = ((0, 0), (3, 3), (2, 9), (10, 40), (10, 41), (10, 42), (0, 400), (40, 75), (200, 200), (390, 400), (None, 30), (30, None))


def _days(number: int | None) -> str | None:
    return None if number is None else (date(2024, 1, 1) + timedelta(days=number)).isoformat()


def test_claims_are_found_by_every_day_of_theirs(store: str) -> None:
    made = document(1, " ".join(f"Crowds shelled{number} it then{number}." for number in range(len(_SPANS))), published="2024-01-06")
    voice = (Voice("Delta News", VoiceKind.OUTLET),)
    mentions = [Mention(MentionKind.TIME, at(made, f"then{number}.")) for number in range(len(_SPANS))]
    claims = tuple(Claim(at(made, f"shelled{number} "), Act("ASSAULT"), voice, roles=Roles(time=one.span)) for number, one in enumerate(mentions))
    told = [Interval(_days(first), _days(last), TimePrecision.DAY) for first, last in _SPANS]
    resolutions = tuple(Resolution(one.id, interval, 0.9, "told", "test") for one, interval in zip(mentions, told, strict=True))
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=(made,), readings=(Reading(made, tuple(mentions), claims, resolutions=resolutions),)))
        for since in (None, 0, 3, 10, 41, 42, 76, 199, 300, 401):
            for until in (None, 0, 3, 9, 10, 41, 200, 401):
                wanted = {
                    number + 1
                    for number, (first, last) in enumerate(_SPANS)
                    if (since is None or (first if last is None else last) >= since) and (until is None or (last if first is None else first) <= until)
                }
                found = {row.number for row in ledger.find(Query(since=_days(since), until=_days(until))).rows}
                assert found == wanted, (since, until)


def test_what_was_judged_of_some_records(store: str) -> None:
    made = [document(number) for number in range(1, 6)]
    readings = [read(one) for one in made]
    claims = [reading.claims[0].id for reading in readings]
    chain = [Copy(made[number + 1].id, made[number].id, CopyKind.REPRINT, 1.0, "sayso copies 1") for number in range(3)]
    apart = Link(made[3].id, made[4].id, Judgement.DIFFERENT, "ada", "two reports", 1.0, "2024-06-01")
    same = Link(claims[0], claims[4], Judgement.SAME, "ada", "one market", 1.0, "2024-06-01")
    verdict = Review(claims[2], Verdict.ACCEPT, "ada", "2024-06-01")
    with open_ledger(store, clock=clock()) as ledger:
        ledger.append(Batch(documents=tuple(made), readings=tuple(readings), copies=tuple(chain), links=(apart, same), reviews=(verdict,)))
        assert ledger.copies_of([made[1].id]) == (tuple(chain), (apart,)), "all that hangs together"
        assert ledger.copies_of(["doc_none"]) == ((), ())
        assert ledger.links_of([made[0].id]) == (same,)
        assert ledger.links_of([made[4].id]) == (apart, same)
        assert ledger.reviews_of(claims[:3]) == (verdict,)
        assert ledger.reviews_of(claims[3:]) == ()
        withdrawn = Review(chain[1].id, Verdict.REJECT, "sayso copies", "2024-06-02", "found no more")
        ledger.append(Batch(reviews=(withdrawn,)))
        for _ in range(2):
            assert ledger.copies_of([made[1].id]) == ((chain[0],), ())
            assert list(ledger.copies(standing=True)) == [chain[0], chain[2]]
            assert list(ledger.copies()) == chain
            ledger.rebuild()
        ledger.append(Batch(reviews=(replace(withdrawn, verdict=Verdict.ACCEPT, at="2024-06-03"),)))
        assert list(ledger.copies(standing=True)) == chain
        newer = read(made[2], SECOND)
        ledger.append(Batch(readings=(newer,)))
        assert [one.record for one in ledger.reviews_of(claim.id for claim in newer.claims)] == [
            one.record for one in ledger.carried() if one.outcome.value != "conflict"
        ]
        assert ledger.verify().problems == ()
