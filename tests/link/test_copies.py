"""Copies are found, look-alikes are not; all texts are invented."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.evaluate.perturbed import boilerplate, invented_text
from sayso.link.copies import copy_groups, find_copies, index_copies
from sayso.model import Document, Link, Source
from sayso.model.ledger import Copy
from sayso.model.words import CopyKind, Judgement

WIRE = """Shells fell on the cotton market of Tall Amin on Tuesday, killing nine traders and a porter, the hospital in Imre said. Carts
burned for an hour before
two water lorries reached the square.

The Eastern Front said that it had aimed at a barracks behind the market and regretted nothing. The governor called the shelling a crime
and asked the observers to
count the craters. "We had sold half of the bales when the first one came down," a clerk of the weighing house said.

Tall Amin lies on the only paved road between the coast and the uplands. It was last shelled in the spring, when its mill was hit. The
market will stay closed until
the end of the week, and buyers were told to go to Suakin."""
OTHER = """The river police towed eleven boats to Port Lessing after a night of searches along the delta. Nobody was arrested, a lieutenant said, but four
engines were kept. Fishermen gathered at the customs shed and demanded their nets.

The searches follow a raid on a fuel barge last month. The harbour office said that it would publish a list of the boats, and that owners
could come on Friday."""
BACKGROUND = """The valley was divided after the drought, when families from the uplands moved to its lower villages and the courts gave
them the fields beside the
canal. Three agreements have been signed since, the last of them in the school at Karo, and none was kept for more than a harvest."""


def report(text: str, source: str = "Delta Wire", day: int = 4, title: str | None = None) -> Document:
    return Document(text, Source(source), title=title, published=f"2031-05-{day:02d}")


def unrelated(count: int = 30) -> list[Document]:
    chance = random.Random(3)
    return [report(invented_text(chance, chance.randint(4, 9)), f"Outlet {number % 7}") for number in range(count)]


def found(*documents: Document) -> tuple[Copy, ...]:
    own = {document.id for document in documents}
    return tuple(copy for copy in find_copies([*unrelated(), *documents]) if copy.document in own)


def test_nothing_is_found_among_unrelated_reports() -> None:
    assert find_copies(unrelated()) == ()


def test_no_documents_no_copies() -> None:
    assert find_copies([]) == ()
    assert find_copies([report(""), report("", "Other")]) == ()


def test_other_case_space_and_marks_are_exact() -> None:
    first, second = report(WIRE), report(WIRE.upper().replace('"', "”").replace("\n\n", "\n"), "Morning Post", 5)
    (copy,) = found(second, first)
    assert (copy.document, copy.original, copy.kind, copy.contained) == (second.id, first.id, CopyKind.EXACT, 1.0)


def test_decomposed_letters_are_the_same_words() -> None:
    text = WIRE.replace("Imre", "Ímré")
    (copy,) = found(report(text), report(text.replace("Í", "I\u0301").replace("é", "e\u0301"), "Morning Post", 5))
    assert copy.kind is CopyKind.EXACT


def test_headline_and_dateline_replaced() -> None:
    first = report(f"Ten killed in market\n\nTALL AMIN, 4 May (Delta Wire) — {WIRE}", title="Ten killed in market")
    second = report(f"Traders die under shells\n\nBy Our Correspondent\n\nIMRE, 5 May (Coast Agency) — {WIRE}", "Morning Post", 5, "Traders die under shells")
    (copy,) = found(first, second)
    assert copy.kind is CopyKind.REPRINT
    assert copy.original == first.id
    assert "headline" in copy.reason


@pytest.mark.parametrize("half", [WIRE[: len(WIRE) // 2], WIRE[len(WIRE) // 2 :]])
def test_half_cut(half: str) -> None:
    first, second = report(WIRE), report(half, "Morning Post", 5)
    (copy,) = found(first, second)
    assert (copy.document, copy.original, copy.kind) == (second.id, first.id, CopyKind.EXCERPT)


def test_wrapped_in_another_article() -> None:
    first, second = report(WIRE), report(f"{OTHER}\n\n{WIRE}\n\n{BACKGROUND}", "Morning Post", 5)
    (copy,) = found(first, second)
    assert (copy.document, copy.original, copy.kind) == (second.id, first.id, CopyKind.EXCERPT)
    assert "stand in it" in copy.reason


def test_one_word_in_ten_changed() -> None:
    words = WIRE.split(" ")
    words[4::10] = ["another"] * len(words[4::10])
    (copy,) = found(report(WIRE), report(" ".join(words), "Morning Post", 5))
    assert copy.kind is CopyKind.REPRINT
    assert 0.8 < copy.contained < 0.95


def test_the_earliest_is_the_original_whatever_the_order() -> None:
    late, early = report(WIRE, "Morning Post", 9), report(WIRE, "Delta Wire", 2)
    undated = Document(WIRE, Source("Coast Radio"))
    assert {copy.original for copy in found(undated, late, early)} == {early.id}


def test_boilerplate_of_200_words_joins_nothing() -> None:
    foot = boilerplate(random.Random(1))
    few = [report(f"{text}\n\n{foot}", source) for text, source in ((WIRE, "A"), (OTHER, "B"), (BACKGROUND, "C"))]
    assert found(*few[:2]) == ()
    assert found(*few) == ()
    assert find_copies([replace(one, text=f"{one.text}\n\n{foot}") for one in unrelated()]) == ()


def test_a_copy_is_found_below_boilerplate() -> None:
    foot, own = boilerplate(random.Random(1)), boilerplate(random.Random(2))
    carriers = [replace(one, text=f"{one.text}\n\n{foot}") for one in unrelated()]
    first, second = report(f"{WIRE}\n\n{foot}"), report(f"{WIRE[:400]}\n\n{own}", "Morning Post", 5)
    assert {(copy.document, copy.original) for copy in find_copies([*carriers, first, second])} == {(second.id, first.id)}


def test_two_reports_around_one_statement_are_two() -> None:
    quote = (
        '"Our forces struck a depot in the hills at dawn, all of the launchers were destroyed, and no house was touched. Whoever says otherwise was not there."'
    )
    first = report(f"{WIRE}\n\n{quote}, the ministry said.")
    second = report(f"{OTHER}\n\n{quote}, the ministry said in the evening.", "Morning Post")
    assert found(first, second) == ()


def test_a_sources_own_background_is_no_copy() -> None:
    assert found(report(f"{WIRE}\n\n{BACKGROUND}"), report(f"{OTHER}\n\n{BACKGROUND}", day=6)) == ()


def test_bulletins_of_one_form_are_two_reports() -> None:
    form = (
        "The ministry reported {} attacks in the last 24 hours, {} of them near {}. It said in its daily bulletin that {} people were wounded and that the road"
        " to the coast was closed for lorries. Residents of {} were asked to stay in their cellars after dusk."
    )
    first = report(form.format(12, 7, "Karo", 31, "Imre"))
    second = report(form.format(9, 4, "Suakin", 18, "Bellmare"), "Morning Post", 5)
    assert found(first, second) == ()


def test_a_reworded_report_is_no_copy() -> None:
    own = """At least ten people died when the market at Tall Amin came under fire this Tuesday. Doctors in Imre counted nine merchants
    among the dead, and a porter.
    Flames spread through the carts until lorries with water arrived. A barracks was the target, according to the Eastern Front, while the
    governor spoke of a crime."""
    assert found(report(WIRE), report(own, "Morning Post")) == ()


def test_sign_in_forms_under_unlike_headlines_are_no_copies() -> None:
    form = "Just one more thing. We have sent you a verification message. Please follow the link in it to open your profile, or look among the unwanted ones."
    first = report(form, "Morning Post", 2, "Shells fall on cotton market of Tall Amin")
    second = report(form, "Morning Post", 20, "Harbour of Port Lessing opens again")
    assert found(first, second) == ()


def test_a_short_standing_sentence_of_one_source_on_another_day() -> None:
    text = "No incident was reported in the northern district during the last 24 hours, the observers said."
    assert found(report(text, day=2), report(text, day=3)) == ()
    assert len(found(report(text, day=2), report(text, "Morning Post", 2))) == 1


def test_a_round_up_is_no_voice_of_what_it_quotes() -> None:
    first, second = report(WIRE), report(OTHER, "Coast Agency")
    digest = report(f"{OTHER}\n\n{WIRE}", "The Digest")
    reprint = report(WIRE + " It rained.", "Morning Post", 5)
    for order in ([digest, first, second, reprint], [first, second, digest, reprint]):
        copies = found(*order)
        assert {copy.original for copy in copies if copy.document == digest.id} == {first.id, second.id}
        assert copy_groups(copies) == {first.id: first.id, reprint.id: first.id}


def test_groups_join_excerpts_of_one_and_reprints() -> None:
    def copy(document: str, original: str, kind: CopyKind) -> Copy:
        return Copy(document, original, kind, 1.0, "a person")

    told = [copy("b", "a", CopyKind.REPRINT), copy("c", "b", CopyKind.EXCERPT), copy("e", "d", CopyKind.EXACT)]
    assert copy_groups(told) == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "d"}
    mixed = [*told, copy("f", "a", CopyKind.EXCERPT), copy("f", "d", CopyKind.EXCERPT)]
    assert copy_groups(mixed) == copy_groups(told)
    assert copy_groups(list(reversed(mixed))) == copy_groups(mixed)
    parts = [*told, copy("f", "a", CopyKind.EXCERPT), copy("f", "b", CopyKind.EXCERPT)]
    assert copy_groups(parts)["f"] == "a"


def test_one_by_one_finds_what_all_at_once_finds() -> None:
    index = index_copies([*unrelated(), report(WIRE)])
    assert index.add(report(OTHER)) is None
    half = index.add(report(WIRE[: len(WIRE) // 2], "Morning Post", 5))
    assert half is not None
    assert (half.original, half.kind) == (report(WIRE).id, CopyKind.EXCERPT)
    same = index.add(report(OTHER, "Coast Radio", 5))
    assert same is not None
    assert (same.original, same.kind) == (report(OTHER).id, CopyKind.EXACT)
    earlier = report(f"{WIRE} It rained.", "Coast Radio", 1)
    copy = index.add(earlier)
    assert copy is not None
    assert (copy.document, copy.original) == (report(WIRE).id, earlier.id)
    assert index.add(report(WIRE)) is None
    empty = index_copies([])
    assert empty.add(report(WIRE)) is None
    later = empty.add(report(WIRE, "Morning Post", 5))
    assert later is not None
    assert later.original == report(WIRE).id


def test_texts_may_come_once_and_are_given_twice_without_harm() -> None:
    documents = [*unrelated(), report(WIRE), report(WIRE), report(WIRE[:500], "Morning Post", 5)]
    assert find_copies(iter(documents)) == find_copies(documents)
    assert len(find_copies(documents)) == 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=120), max_size=6), st.randoms(use_true_random=False))
def test_any_texts_in_any_order_give_sound_records(texts: list[str], chance: random.Random) -> None:
    documents = [report(text, f"Outlet {number}", 1 + number) for number, text in enumerate(texts)]
    known = {document.id: document for document in documents}
    copies = find_copies(documents)
    for copy in copies:
        assert str(known[copy.original].published) <= str(known[copy.document].published)
    mixed = list(documents)
    chance.shuffle(mixed)
    assert set(find_copies(mixed)) == set(copies)


def test_a_text_of_one_word_a_million_times_ends() -> None:
    flood = report("attack " * 300_000)
    assert found(flood, replace(flood, source=Source("Morning Post")))[0].kind is CopyKind.EXACT


def _link(first: str, second: str, judgement: Judgement, at: str = "2031-05-04") -> Link:
    return Link(first, second, judgement, "ada", "two reports", 1.0, at)


def test_people_s_judgements_on_documents_bind() -> None:
    names = ("doc_a", "doc_b", "doc_c")
    told = [Copy(copy, original, CopyKind.REPRINT, 1.0, "sayso copies 1") for copy, original in (("doc_b", "doc_a"), ("doc_c", "doc_a"), ("doc_c", "doc_b"))]
    assert copy_groups(told) == dict.fromkeys(names, "doc_a")
    apart = _link("doc_a", "doc_b", Judgement.DIFFERENT)
    found = copy_groups(told, [apart])
    assert found.get("doc_a", "doc_a") != found.get("doc_b", "doc_b"), "not through the third either"
    assert copy_groups(list(reversed(told)), [apart]) == found
    assert copy_groups(told, [apart, _link("doc_b", "doc_a", Judgement.UNSURE, "2031-05-05")]) == dict.fromkeys(names, "doc_a")
    excerpt = [Copy("doc_b", "doc_a", CopyKind.EXCERPT, 1.0, "sayso copies 1")]
    assert copy_groups(excerpt, [apart]) == {}
    assert copy_groups([], [_link("doc_a", "doc_b", Judgement.SAME)]) == {"doc_a": "doc_a", "doc_b": "doc_a"}
    assert copy_groups([], [_link("clm_a", "clm_b", Judgement.SAME)]) == {}, "claims are no documents"


FORM = (
    "Armed men attacked the village of {place} on {day} evening, killing {count} farmers and burning three houses, the district council said. "
    "Soldiers reached the village after dark and found the road empty. Relatives buried the dead in the morning, and the council asked for tents and water."
)
_ENDS = ("amin", "ford", "istan", "owen", "ela", "undu", "aba", "okos", "im", "ur")
_PLACES = [f"{first}{last}" for first in ("Kar", "Bel", "Tor", "Imr", "Sua", "Vol") for last in _ENDS]


def test_sixty_reports_of_one_form_differ_by_their_town() -> None:
    told = [report(FORM.format(place=place, day="Tuesday", count=9), f"Outlet {number % 7}") for number, place in enumerate(_PLACES)]
    assert len(told) == 60
    assert find_copies(told) == ()
    assert find_copies([*told, *unrelated()]) == ()
    (copy,) = find_copies([*told, report(FORM.format(place="Karamin", day="Tuesday", count=9), "The Digest", 5)])
    assert copy.original == told[0].id, "one that says the same is a copy all the same"


@pytest.mark.parametrize("changed", [{"place": "Suakin"}, {"day": "Thursday"}, {"count": "eleven"}])
@pytest.mark.parametrize("several", [2, 5, 12])
def test_few_reports_of_one_form_differ_by_where_when_or_how_many(changed: dict[str, str], several: int) -> None:
    facts = {"place": "Karo", "day": "Tuesday", "count": "9"}
    first, second = report(FORM.format(**facts)), report(FORM.format(**facts | changed), "Morning Post")
    others = [report(FORM.format(**facts | {"place": place}), f"Outlet {place}") for place in _PLACES[: several - 2]]
    assert find_copies([first, second, *others]) == ()


@pytest.mark.parametrize("changed", [{"day": "yesterday"}, {"count": "nine"}])
def test_the_style_of_a_house_makes_no_other_report(changed: dict[str, str]) -> None:
    text = FORM.replace("on {day} evening", "{day}")
    facts = {"place": "Karo", "day": "Tuesday", "count": "9"}
    (copy,) = found(report(text.format(**facts)), report(text.format(**facts | changed), "Morning Post"))
    assert copy.kind is CopyKind.REPRINT


def test_one_number_in_a_long_report_is_a_correction() -> None:
    text = f"{WIRE} {OTHER}"
    (copy,) = found(report(text), report(text.replace("nine traders", "eleven traders"), "Morning Post"))
    assert copy.kind is CopyKind.REPRINT
