"""Markdown gives its words without marks, block for block; no link is followed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.taking import REPORT, failure, named, only

from sayso.intake.markdown import extracted_markdown, plain

FILE = """---
published: 2024-05-04
source: Delta News
---

# Nine killed in *Imre* #

**The army** said on _Tuesday_ that [nine people](https://news.invalid/a_(b) "title") had been
killed in the `town`.[^1]

<!-- not
shown -->
> Two witnesses denied it.

- The ministry \\*denied\\* it
- [x] An aid group confirmed it

| Place | Killed |
|:------|-------:|
| Imre  | 9      |

```
as * it * is
```

Reaction
--------

![a picture of the road](x.png) Tom &amp; others <b>left</b> the snake_case_town.

[^1]: By its own count.
[ref]: https://news.invalid/x
"""


def test_marks_go_and_blocks_map_to_lines():
    taken = only(FILE.encode(), "a.md")
    assert named(taken) == {
        "line 6": "Nine killed in Imre",
        "lines 8-9": "The army said on Tuesday that nine people had been\nkilled in the town.",
        "line 13": "Two witnesses denied it.",
        "line 15": "The ministry *denied* it",
        "line 16": "An aid group confirmed it",
        "line 18": "Place | Killed",
        "line 20": "Imre | 9",
        "line 23": "as * it * is",
        "line 26": "Reaction",
        "line 29": "a picture of the road Tom & others left the snake_case_town.",
        "line 31": "By its own count.",
    }
    assert (taken.item.title, taken.item.published, taken.item.source.name) == ("Nine killed in Imre", "2024-05-04", "Delta News")
    assert taken.item.text == "\n\n".join(named(taken).values())
    assert "news.invalid" not in taken.item.text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("killed 5* of 10*", "killed 5* of 10*"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("***both***", "both"),
        ("[sic] and [a](b)", "[sic] and a"),
        ("[![alt](a.png)](b)", "alt"),
        ("<https://news.invalid/a>", "https://news.invalid/a"),
        ("a < b > c", "a < b > c"),
        ("~~old~~ new", "old new"),
        (r"\_kept\_", "_kept_"),
    ],
)
def test_plain(line, words):
    assert plain(line) == words


def test_nothing_but_marks():
    assert failure(b"---\n***\n", "a.md").kind == "EmptyReport"
    assert failure(b"", "a.md").kind == "EmptyReport"


@pytest.mark.parametrize("unit", ["<!--", "[", "[a](", "**a ", "*a _b ", "`", "|", "# " + " " * 400, "<a ", "\\*", "> "])
def test_runs_of_marks_take_no_long_time(unit):
    start = time.monotonic()
    only((REPORT + "\n\n" + unit * (200_000 // len(unit))).encode(), "a.md")
    assert time.monotonic() - start < 5


@given(st.text(alphabet="ab *_`[]()<>#|-\n\\!~&;^:", min_size=1, max_size=80))
def test_pieces_cover_the_text_in_order(text):
    raw = ("Words. " + text).encode()
    found = extracted_markdown(raw)
    assert found.text == "\n\n".join(found.text[piece.start : piece.end] for piece in found.pieces)
