"""The veil: neutral names by shape and order alone, and every position mapped both ways."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text.veil import NamedSpan, Shape, Veiled, stem_of, veil

# Invented parties, three of each kind, as a writer would use them: no two of them may leave a trace under the veil.
_SHAPES = (Shape.NAME, Shape.ADJECTIVE, Shape.PEOPLE, Shape.COUNTRY, Shape.CAPITAL, Shape.PERSON)
PARTIES = {
    "a": dict(zip(_SHAPES, ("Eastern Front", "Zubrian", "Zubrians", "Zubria", "Zub", "Zorro"), strict=True)),
    "b": dict(zip(_SHAPES, ("Hamis", "Akkish", "Akks", "the U.A.K.", "Akk City", "Al-Akk"), strict=True)),
    "c": dict(zip(_SHAPES, ("the LPK", "Örn", "people of Örn", "The Örns", "Örnis", "de Örn"), strict=True)),
}
_SLOT = re.compile(r"\{(\w):(\w+)\}")


def written(template: str, cast: dict[str, str]) -> tuple[str, list[NamedSpan]]:
    """The template with the words of each party in the cast, and where they stand; articles suit the words."""
    parts: list[str] = []
    names: list[NamedSpan] = []
    at = length = 0
    for match in _SLOT.finditer(template):
        shape = Shape(match[2])
        words = PARTIES[cast[match[1]]][shape]
        before = template[at : match.start()]
        if re.search(r"\ba $", before) and words[0] in "AEIOUÖ":
            before = before[:-1] + "n "
        parts += (before, words)
        length += len(before)
        names.append(NamedSpan(length, length + len(words), shape, cast[match[1]]))
        length += len(words)
        at = match.end()
    parts.append(template[at:])
    return "".join(parts), names


TEMPLATES = [
    "{x:name} fired at a {y:adjective} post, and {y:country} denied it.",
    "A {x:adjective} jet hit two {y:people}; {y:capital}'s envoy and {x:person} met in {y:country}. They left.",
    "Men of {x:name} fled to {y:country}. The {y:adjective} army, said {z:name}, fell.",
    "{z:person} of {z:country} warned {x:country} of {y:country}'s plans.",
]


@given(st.sampled_from(TEMPLATES), st.permutations(sorted(PARTIES)))
def test_which_party_stands_where_leaves_no_trace(template: str, order: list[str]) -> None:
    straight = veil(*written(template, {"x": "a", "y": "b", "z": "c"}))
    other = veil(*written(template, dict(zip("xyz", order, strict=True))))
    assert other.text == straight.text


def test_headlines_in_capitals_leave_no_trace() -> None:
    first, second = "ZUBRIA BOMBS AN AKKISH PORT\n\nThe war", "AKK BOMBS A ZUBRIAN PORT\n\nThe war"
    one = veil(first, [NamedSpan(0, 6, Shape.COUNTRY, "z"), NamedSpan(16, 22, Shape.ADJECTIVE, "a")])
    other = veil(second, [NamedSpan(0, 3, Shape.COUNTRY, "a"), NamedSpan(12, 19, Shape.ADJECTIVE, "z")])
    assert one.text == other.text
    assert one.text.splitlines()[0].isupper()


def test_an_acronym_looks_like_any_name() -> None:
    assert veil("LPK said so.", [NamedSpan(0, 3, Shape.NAME, "l")]).text == veil("Hamis said so.", [NamedSpan(0, 5, Shape.NAME, "h")]).text


def test_a_bare_possessive_reads_like_a_full_one() -> None:
    bare = veil("We saw Hamis' men.", [NamedSpan(7, 12, Shape.NAME, "h")])
    full = veil("We saw LPK's men.", [NamedSpan(7, 10, Shape.NAME, "l")])
    assert bare.text == full.text
    quoted = veil("He said 'end Hamis' and left.", [NamedSpan(13, 18, Shape.NAME, "h")])
    assert quoted.text.endswith("' and left.")
    assert "'s" not in quoted.text


def test_one_identity_shares_a_stem_and_two_do_not() -> None:
    text, names = written("{x:country} and {x:adjective} and {x:name} and {y:country}", {"x": "a", "y": "b"})
    first, second, third, fourth = (re.split(" and ", veil(text, names).text))
    stem = stem_of(0)
    assert all(word.startswith(stem) for word in (first, second, third))
    assert fourth.startswith(stem_of(1))
    assert len({first, second, third}) == 3


def test_thousands_of_identities_have_stems_of_their_own() -> None:
    stems = [stem_of(number) for number in range(3000)]
    assert len(set(stems)) == len(stems)
    assert all(re.fullmatch(r"[A-Z][a-z]+", stem) for stem in stems)


def test_what_is_not_the_name_stays() -> None:
    text = 'The Zubrians\' chief told "Zubria\'s" allies in the U.A.K. They left.'
    at = text.index("Zubria's")
    uak = text.index("U.A.K.")
    veiled = veil(text, [NamedSpan(4, 12, Shape.PEOPLE, "z"), NamedSpan(at, at + 8, Shape.COUNTRY, "z"), NamedSpan(uak, uak + 6, Shape.COUNTRY, "u")])
    stem, other = stem_of(0), stem_of(1)
    assert veiled.text == f"The {stem}ians' chief told \"{stem}ia's\" allies in {other}ia. They left."


def test_a_span_that_cuts_a_name_covers_it() -> None:
    text = "The Eastern Front said so."
    veiled = veil(text, [NamedSpan(4, 17, Shape.NAME, "e")])
    length = len(veiled.text) - len(" said so.")
    assert veiled.to_source(1, 2) == (4, 17)
    assert veiled.to_source(0, length) == (4, 17)
    assert veiled.to_source(2, length + 5) == (4, 22)
    assert veiled.from_source(10, 19) == (0, length + 2)
    assert veiled.from_source(0, 17) == (0, length)


@pytest.mark.parametrize("spans", [[(0, 0)], [(3, 2)], [(-1, 2)], [(0, 99)], [(0, 4), (3, 6)]])
def test_wrong_spans_are_errors(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="name at"):
        veil("Zubria fell", [NamedSpan(start, end, Shape.NAME, "z") for start, end in spans])


def test_positions_outside_are_errors() -> None:
    veiled = veil("Zubria fell", [])
    assert veiled.text == veiled.source
    for start, end in ((-1, 2), (3, 2), (0, 12)):
        with pytest.raises(ValueError, match="outside"):
            veiled.to_source(start, end)
        with pytest.raises(ValueError, match="outside"):
            veiled.from_source(start, end)


@st.composite
def veiled_texts(draw: st.DrawFn) -> Veiled:
    """Any text with any spans of it named."""
    odd = st.sampled_from(["the ", "The\n", "a ", "AN ", "'s", "' x", ".", "U.S.", "Örn", "\u0301", "\n", "\u2029", "“", "🔴", "\u200f", " ", "s"])
    text = "".join(draw(st.lists(odd | st.text(max_size=4), max_size=15)))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=10)))
    named = [
        NamedSpan(start, end, draw(st.sampled_from(Shape)), draw(st.sampled_from("abc")))
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    ]
    return veil(text, named)


@given(veiled_texts())
def test_text_outside_names_is_untouched(veiled: Veiled) -> None:
    at = veiled_at = 0
    for piece in veiled.pieces:
        assert veiled.source[at : piece.start] == veiled.text[veiled_at : piece.veiled_start]
        assert at <= piece.start < piece.end
        at, veiled_at = piece.end, piece.veiled_end
        if piece.name is None:
            assert veiled.source[piece.start : piece.end].strip().lower() in {"the", "a", "an", "'", "’"}
    assert veiled.source[at:] == veiled.text[veiled_at:]


@given(veiled_texts(), st.data())
def test_spans_that_cut_nothing_come_back(veiled: Veiled, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(veiled.source)))
    end = data.draw(st.integers(start, len(veiled.source)))
    low, high = veiled.to_source(*veiled.from_source(start, end))
    dropped = [piece for piece in veiled.pieces if piece.veiled_start == piece.veiled_end]
    cut = [piece for piece in veiled.pieces if piece.start < start < piece.end or piece.start < end < piece.end]
    touched = [piece for piece in dropped if piece.start <= end and start <= piece.end]
    if not cut and not touched and start < end:
        assert (low, high) == (start, end)
    elif not touched and start < end:
        assert low <= start < end <= high


@given(veiled_texts(), st.data())
def test_veiled_spans_map_inside_the_source(veiled: Veiled, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(veiled.text)))
    end = data.draw(st.integers(start, len(veiled.text)))
    low, high = veiled.to_source(start, end)
    assert 0 <= low <= high <= len(veiled.source)
    assert start == end or veiled.from_source(low, high)[0] <= start
    assert start == end or veiled.from_source(low, high)[1] >= end
