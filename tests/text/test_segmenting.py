"""Sentences: where they end, what kind of line they stand in, and what is cut off before them."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text.segmenting import LONGEST, sentence_at, sentences
from sayso.text.sentence import LineKind


def words(text: str) -> list[str]:
    return [" ".join(text[found.start : found.end].split()) for found in sentences(text)]


def labels(text: str) -> list[str | None]:
    return [text[slice(*found.label)] if found.label else None for found in sentences(text)]


def datelines(text: str) -> list[str | None]:
    return [text[slice(*found.dateline)] if found.dateline else None for found in sentences(text)]


def kinds(text: str) -> list[LineKind]:
    return [found.kind for found in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. A. B. Musa met Lt. Col. Idris near St. James church.",
        "The U.N. Security Council met envoys of the U.S. State Department.",
        "It fell at 5 a.m. Monday, about 3.5 km from Hafir.",
        "Brigade No. 5 left in Jan. 2024, e.g. by lorry.",
        '"Why?" he asked. '.strip(),
        "See Fig. 3 and Art. 12 of the accord.",
        "Troops of Delta Corp. guarded the U.N.-run camp at www.example.org today.",
        "The council … said nothing.",
        "Rebels took Wad Hassan, i.e. the crossing, vs. 40 soldiers of Dr. Osman.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert words(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He fled to the U.S. The army stayed.", ["He fled to the U.S.", "The army stayed."]),
        ("It began at 5 a.m. Soldiers came.", ["It began at 5 a.m.", "Soldiers came."]),
        ('"We are here." He left.', ['"We are here."', "He left."]),
        ("“We won.” “They lost.”", ["“We won.”", "“They lost.”"]),
        ("Shots rang out... Then it was quiet.", ["Shots rang out...", "Then it was quiet."]),
        ("The town fell.The army fled.", ["The town fell.", "The army fled."]),
        ("(He said so.) They left!", ["(He said so.)", "They left!"]),
        ("Three died in 2023. Four died in 2024.", ["Three died in 2023.", "Four died in 2024."]),
        ("He said no. They left.", ["He said no.", "They left."]),
        ("Police beat them twice!! several hurt", ["Police beat them twice!!", "several hurt"]),
        ("Nine died.[12] Two fled.", ["Nine died.[12]", "Two fled."]),
        ("The camp burned. al-Nur fighters left.", ["The camp burned.", "al-Nur fighters left."]),
    ],
)
def test_sentences_end(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_hard_wrapped_lines_are_joined_and_paragraphs_are_not() -> None:
    text = "The army of the north said that Gen.\nMusa had been killed near the town of Hafir by a\nmine. The rebels denied\nit.\n\nHe was 50"
    assert words(text) == ["The army of the north said that Gen. Musa had been killed near the town of Hafir by a mine.", "The rebels denied it.", "He was 50"]
    assert [found.paragraph for found in sentences(text)] == [0, 0, 1]


def test_headings_begin_sections() -> None:
    text = (
        "Convoy hit near Hafir, nine dead\n\nRebels hit a convoy.\n\nBackground and Impetus\n\nThe war began in May.\n\n"
        "What came next\nThe army bombed the market of the town, according to people who live in it. It denied this."
    )
    heading = LineKind.HEADING
    prose = LineKind.PROSE
    assert kinds(text) == [heading, prose, heading, prose, heading, prose, prose]
    assert [found.section for found in sentences(text)] == [0, 0, 1, 1, 2, 2, 2]


def test_a_single_line_is_prose() -> None:
    assert kinds("Police killed two men") == [LineKind.PROSE]


def test_an_hour_alone_in_its_line_heads_what_follows() -> None:
    text = "2:40 p.m.\n\nGuns fired.\n\n4 May 2024\n\nThey fell silent."
    assert kinds(text) == [LineKind.HEADING, LineKind.PROSE] * 2
    assert [found.section for found in sentences(text)] == [0, 0, 1, 1]


def test_a_feed_of_posts_is_no_row_of_headings() -> None:
    text = "\n\n".join(f"jets over the town again, {count} houses hit" for count in range(6)) + "\n\nThat was the day."
    assert set(kinds(text)) == {LineKind.PROSE}


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("KASSALA, 4 May (Delta News) — The army left.", "KASSALA, 4 May (Delta News) —"),
        ("GUSAU, Nigeria - Gunmen came.", "GUSAU, Nigeria -"),
        ("SRINAGAR: Two soldiers were hurt.", "SRINAGAR:"),
        ("(AP) — Troops moved.", "(AP) —"),
        ("KYIV (Reuters) – Shells fell.", "KYIV (Reuters) –"),
        ("Beirut, 12 March 2024 — A bomb went off.", "Beirut, 12 March 2024 —"),
        ("KHARKIV, Ukraine, May 14 - A bomb fell.", "KHARKIV, Ukraine, May 14 -"),
        ("Port-au-Prince, April 3 (DNA).- Gangs came.", "Port-au-Prince, April 3 (DNA).-"),
        ("N'DJAMENA, Chad (AP) — Rebels left.", "N'DJAMENA, Chad (AP) —"),
        ("JERUSALEM—The army left.", "JERUSALEM—"),
        ("NEW DELHI, 4 May: The army left.", "NEW DELHI, 4 May:"),
        ("GENEVA/KHARTOUM, 3 May 2024 (OCHA) –\nAid came.", "GENEVA/KHARTOUM, 3 May 2024 (OCHA) –"),
    ],
)
def test_datelines_are_cut_off(text: str, dateline: str) -> None:
    first = sentences(text)[0]
    assert first.dateline is not None
    assert text[slice(*first.dateline)] == dateline
    assert text[first.start].isupper()
    assert not any(found.dateline for found in sentences(text)[1:])


@pytest.mark.parametrize(
    "text",
    [
        "The army - which denied it - left.",
        "Soldiers left; the town — all of it — burned.",
        "HAMAS: we did it.",
        "Ministry: nine dead.",
        "On 4 May: nothing.",
        "A truce (of sorts) - the third - held.",
        "NATO: no comment.",
    ],
)
def test_other_openings_are_no_dateline(text: str) -> None:
    assert set(datelines(text)) == {None}


def test_bulletin_lines_stand_alone_with_their_labels() -> None:
    text = "#Idlib 20 Feb\n13:05 regime guns pounding Nayrab\nUPDATE 14:00: two hurt\n[14:20] calm. Jets left\n14h30 – silence\n17 Aug: shells again"
    text += "\n18:00 end"
    assert labels(text) == [None, "13:05", "UPDATE 14:00:", "[14:20]", None, "14h30 –", "17 Aug:", "18:00"]
    assert words(text)[1:] == ["regime guns pounding Nayrab", "two hurt", "calm.", "Jets left", "silence", "shells again", "end"]
    assert kinds(text) == [LineKind.HEADING] + [LineKind.BULLETIN] * 7


def test_bullets_stand_alone_with_their_labels() -> None:
    text = "We found that:\n- six women were hurt\n- two men fled. They came back\n\n(a) first;\n(b) second\n\n"
    text += "1. At dawn guns fired.\n2. They stopped\n\n🔴 Jets over town\n🔴 Two dead"
    assert labels(text) == [None, "-", "-", None, "(a)", "(b)", "1.", "2.", "🔴", "🔴"]
    assert kinds(text)[1:] == [LineKind.BULLET] * 9


def test_days_may_be_labels() -> None:
    text = "– Saturday, 19 November. Guns fired.\n– Sunday. They fell silent.\n\nMonday: nothing"
    assert labels(text) == ["– Saturday, 19 November.", "– Sunday.", "Monday:"]


def test_a_number_in_wrapped_prose_is_no_label() -> None:
    text = "The guns of the northern brigade fell silent at last shortly before\n"
    text += "13:05 on Monday, and the people of the town said that only the\n4. Brigade was left"
    assert set(kinds(text)) == {LineKind.PROSE}
    assert len(words(text)) <= 2


def test_sentence_at_finds_by_position() -> None:
    text = "One came. Two left."
    found = sentences(text)
    assert sentence_at(found, text.index("Two") + 1) == found[1]
    assert sentence_at(found, text.index(" Two")) is None
    assert sentence_at((), 0) is None


def test_a_very_long_sentence_is_cut_at_clauses() -> None:
    text = "men came, " * 1000
    found = sentences(text)
    assert all(one.end - one.start <= LONGEST for one in found)
    assert "".join(text[one.start : one.end] for one in found).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("unit", ["The army left at 3.5 km. ", "a. ", ".", " ", "a\n", '."', "- A b\n", "1"])
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        sentences(text)
        return time.process_time() - start

    seconds(1000)
    small, large = min(seconds(20_000) for _ in range(3)), seconds(160_000)
    assert large < max(small, 0.002) * 8 * 6  # a quadratic rule would take 64 times as long


_MARKS = ["\n", "\n\n", "\r\n", " ", ". ", "Gen.", "U.S.", "14:20 ", "- ", "(a) ", "“", '"', "KYIV (X) — ", "é", "🔴", "\u2029", "\u200b", "\x85", "#T", "1. "]
_SNIPPETS = st.sampled_from(_MARKS)


@given(st.lists(_SNIPPETS | st.text(max_size=6), max_size=25).map("".join))
def test_any_text_gives_ordered_sentences_inside_it(text: str) -> None:
    last = 0
    for found in sentences(text):
        for cut in (found.label, found.dateline):
            assert cut is None or last <= cut[0] < cut[1] <= found.start
        assert last <= found.start < found.end <= len(text)
        quote = text[found.start : found.end]
        assert quote == quote.strip()
        assert found.end - found.start <= LONGEST
        assert all(line.strip() for line in re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", quote))
        last = found.end


@given(st.lists(_SNIPPETS | st.text(max_size=6), max_size=25).map("".join))
def test_no_letter_is_lost(text: str) -> None:
    covered = {at for found in sentences(text) for span in ((found.start, found.end), found.label, found.dateline) if span for at in range(*span)}
    assert {at for at, char in enumerate(text) if char.isalnum()} <= covered
