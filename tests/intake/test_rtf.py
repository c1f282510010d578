"""RTF gives its text in its code page; binary runs and deep groups do no harm."""

import pytest
from tests.intake.taking import REPORT, failure, named, only

HEAD = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Helvetica;}}\\f0 "


def rtf(body, head=HEAD):
    return (head + body + "}").encode("latin-1")


def test_text_with_escapes_is_one_piece():
    taken = only(rtf(f"{REPORT}\\par Caf\\'e9 \\u1048?\\{{x\\}}\\par"), "a.rtf")
    assert taken.item.text == f"{REPORT}\nCafé И{{x}}"
    assert named(taken) == {"whole": taken.item.text}
    assert taken.extraction.version.startswith("striprtf ")


def test_code_pages():
    assert only(rtf(f"{REPORT} \\'c8\\'ec\\'f0\\'e5", HEAD.replace("1252", "1251")), "a.rtf").item.text.endswith("Имре")
    taken = only(rtf(f"{REPORT} \\'e9", HEAD.replace("1252", "9999")), "a.rtf")
    assert taken.item.text.endswith("é")
    assert "9999" in taken.notes[0]


def test_binary_runs_are_cut_away():
    raw = rtf(REPORT[:20])[:-1] + b"{\\pict\\bin9 }}}\\par{{}" + REPORT[20:].encode() + b"}"
    assert only(raw, "a.rtf").item.text == REPORT
    assert only(rtf(REPORT + "{\\pict\\bin4000000000 }"), "a.rtf").item.text == REPORT


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (rtf("{" * 100_000), "TooLarge"),
        (rtf("\\par\\par "), "EmptyReport"),
        (b"{\\rtf", "EmptyReport"),
        (b"plain \0 binary", "NotText"),
    ],
)
def test_reasons(raw, kind):
    assert failure(raw, "a.rtf").kind == kind


def test_half_pairs_and_wild_numbers_do_not_raise():
    assert "\ud83d" not in only(rtf(REPORT + "\\u-10179?\\u-9999999999? \\u55357?"), "a.rtf").item.__repr__()
