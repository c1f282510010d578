"""The registry of sources: a table is entered whole or not at all, and what is wrong is named with its line."""

import json

import pytest

from sayso.desk.registry import Registry, read_sources
from sayso.errors import InputError
from sayso.model import RegisteredSource, Source
from sayso.model.words import SourceKind

AT = "2024-05-06T00:00:00Z"
TABLE = (
    '\ufeffName,kind,side,country,aliases,agency,reason\nDelta News,agency,,sd,"Delta; DN ;",,its masthead\n\n"The Hill, Paper",press,the hills,,,Delta News,\n'
)


def read(text: str | bytes) -> tuple[RegisteredSource, ...]:
    return read_sources(text.encode() if isinstance(text, str) else text, "sources.csv", "ada", AT)


def test_a_csv_is_read() -> None:
    delta, hill = read(TABLE)
    assert delta == RegisteredSource("Delta News", SourceKind.AGENCY, None, "SD", ("Delta", "DN"), None, "ada", "its masthead", AT)
    assert hill == RegisteredSource("The Hill, Paper", SourceKind.PRESS, "the hills", None, (), "Delta News", "ada", "imported from sources.csv", AT)


def test_json_lines_are_read() -> None:
    rows = [{"name": "Delta\u2028News", "kind": "agency", "aliases": ["Delta", "DN"], "country": None}, {"name": "Hill", "aliases": "H;The Hill"}]
    told = "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    delta, hill = read(told)
    assert (delta.name, delta.kind, delta.aliases, delta.country) == ("Delta\u2028News", SourceKind.AGENCY, ("Delta", "DN"), None)
    assert (hill.kind, hill.aliases) == (SourceKind.UNKNOWN, ("H", "The Hill"))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("", "no source in it: a row is name, kind"),
        ("name\n", "no source in it"),
        ("kind,side\npress,x\n", "sources.csv:1: no column 'name'; known are name, kind"),
        ("name,rank\nDelta,1\n", "sources.csv:1: unknown column 'rank'; known are"),
        ("name,name\nDelta,Delta\n", "sources.csv:1: column 'name' twice"),
        ("name,kind\nDelta,press\nHill,paper\n", "sources.csv:3: kind 'paper' is none of agency, press"),
        ("name,country\nDelta,Sudan\n", "sources.csv:2: country 'Sudan' is no code of two letters"),
        ("name,country\nDelta,ѕԁ\n", "is no code of two letters"),
        ("name,kind\nDelta,press,SD\n", "sources.csv:2: more cells than columns: quote"),
        ("name,kind\n ,press\n", "sources.csv:2: a source without a name"),
        ('name,reason\nDelta,"' + "x" * 200_000 + '"\n', "no CSV: field larger"),
        ('{"name": "Delta"}\n{"name": 5}\n', "sources.csv:2: 'name' is no string"),
        ('{"name": "Delta"}\n{"name": \n', "sources.csv:2: no JSON"),
        ('{"name": "Delta"}\n[1]\n', "sources.csv:2: no object"),
        ('{"name": "Delta", "aliases": [1]}', "sources.csv:1: 'aliases' is no string"),
        ('{"name": "Delta", "colour": "red"}', "sources.csv:1: unknown column 'colour'"),
        ('{"kind": "press"}', "sources.csv:1: no column 'name'"),
        ('{"name": null}', "sources.csv:1: a source without a name"),
        ("name\nDelta".encode("utf-16"), "sources.csv: not UTF-8 at byte 0: save the table as UTF-8"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(told: str | bytes, words: str) -> None:
    with pytest.raises(InputError) as wrong:
        read(told)
    assert words in str(wrong.value)


def test_a_table_beyond_the_cap_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.desk.registry._MOST", 2)
    with pytest.raises(InputError, match="3 rows, more than 2: split it"):
        read("name\na\nb\nc\n")


def test_names_and_aliases() -> None:
    older, newer = RegisteredSource("Delta News", SourceKind.PRESS, aliases=("DN",)), RegisteredSource("DELTA  news", SourceKind.AGENCY, "the delta", "SD")
    other = RegisteredSource("Hill", SourceKind.NGO, aliases=("Delta News", "HP"))
    registry = Registry.of((older, other, newer))
    assert registry.get(" delta News ") == newer  # a name goes before an alias, a later record before an earlier one
    assert registry.get("DN") is None  # the later record has no alias
    assert registry.get("hp") == other
    assert registry.completed(Source("Nobody")) == Source("Nobody")
    assert registry.completed(Source("delta news")) == Source("delta news", SourceKind.AGENCY, "the delta", "SD")
    assert registry.completed(Source("delta news", SourceKind.PARTY, "x", "ER")) == Source("delta news", SourceKind.PARTY, "x", "ER")
