from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.evaluate.places import read_articles, score_places, score_toponyms
from sayso.gazetteers.places import PlaceRow

GEOVIRUS = """<articles><article><source>https://example.org/1</source>
<text>Two cows fell ill in Zhogmar. A vet from Qanzahar came to Zhogmar, and then drove on to Velqo.</text>
<locations>
<location><name>Zhogmar</name><start>22</start><end>29</end><lat>14.0</lat><lon>-4.0</lon><page>x</page></location>
<location><name>Qanzahar</name><start>42</start><end>50</end><lat>31.6</lat><lon>35.1</lon><page>x</page></location>
<location><name>Zhogmar</name><start>59</start><end>66</end><lat>14.0</lat><lon>-4.0</lon><page>x</page></location>
<location><name>Velqo</name><start>89</start><end>94</end><lat>50.0</lat><lon>10.0</lon><page>x</page></location>
</locations></article></articles>"""

LGL = """<?xml version="1.0" encoding="utf-8"?>
<articles><article docid="1"><title>A fire</title><text><![CDATA[A barn burned in Zhogmar & Qanzahar. Nobody at Oldtown Hall was hurt.]]></text>
<toponyms count="3">
<toponym><start>17</start><end>24</end><phrase>Zhogmar</phrase><gaztag geonameid="1"><name>Zhogmar</name><lat>14.1</lat><lon>-4.1</lon></gaztag></toponym>
<toponym><start>27</start><end>35</end><phrase>Qanzahar</phrase><gaztag geonameid="2"><name>Qanzahar</name><lat>-20.0</lat><lon>100.0</lon></gaztag></toponym>
<toponym><start>47</start><end>54</end><phrase>Oldtown</phrase></toponym>
</toponyms></article></articles>"""


class Small:
    """Two places, and nothing else."""

    def __init__(self) -> None:
        told = (("Zhogmar", "ML", 14.0, -4.0), ("Qanzahar", "PS", 31.6, 35.1))
        self._rows = {
            name: (PlaceRow(number, name, country, None, lat, lon, "settlement", "town", 60_000, ref=str(number)),)
            for number, (name, country, lat, lon) in enumerate(told, 1)
        }

    def lookup(self, name: str) -> tuple[PlaceRow, ...]:
        return self._rows.get(name, ())


@pytest.fixture
def geovirus(tmp_path: Path) -> Path:
    path = tmp_path / "geovirus.xml"
    path.write_text(GEOVIRUS, encoding="utf-8")
    return path


@pytest.fixture
def lgl(tmp_path: Path) -> Path:
    path = tmp_path / "lgl.xml"
    path.write_text(LGL, encoding="utf-8")
    return path


def test_geovirus_counts_from_one(geovirus: Path) -> None:
    (article,) = read_articles(geovirus, "geovirus")
    assert [(gold.start, article.text[gold.start : gold.end]) for gold in article.places] == [(21, "Zhogmar"), (41, "Qanzahar"), (58, "Zhogmar"), (88, "Velqo")]
    assert article.places[0].point == (14.0, -4.0)


def test_lgl_counts_from_zero_and_may_give_no_point(lgl: Path) -> None:
    (article,) = read_articles(lgl, "lgl")
    assert [(gold.name, article.text[gold.start : gold.end], gold.point) for gold in article.places] == [
        ("Zhogmar", "Zhogmar", (14.1, -4.1)),
        ("Qanzahar", "Qanzahar", (-20.0, 100.0)),
        ("Oldtown", "Oldtown", None),
    ]


def test_offsets_that_are_a_little_off_follow_the_words(tmp_path: Path) -> None:
    path = tmp_path / "shifted.xml"
    path.write_text(LGL.replace("<start>17</start>", "<start>19</start>"), encoding="utf-8")
    (article,) = read_articles(path, "lgl")
    assert article.places[0].start == 17


def test_all_names_count_with_the_names_given(geovirus: Path) -> None:
    """Three of four are where they should be; the one that is not known counts as missed, and not among the answered."""
    scores = score_places(geovirus, "geovirus", Small())
    given, counted = scores.values(), scores.documents[0]
    assert (counted["given names"], counted["given answered"], given["given acc161"], given["given acc161 of answered"]) == (4, 3, 0.75, 1.0)
    assert (given["given mean km of answered"], given["given mean km"]) == (0.0, 5009.5)
    assert [(miss["name"], miss["km"]) for miss in scores.details["misses"]] == [("Velqo", 20038)]


def test_a_name_without_a_point_is_not_judged_and_a_far_answer_is_wrong(lgl: Path) -> None:
    scores = score_places(lgl, "lgl", Small())
    counted = scores.documents[0]
    assert (len(scores.documents), counted["given names"], counted["given answered"], scores.values()["given acc161"]) == (1, 2, 2, 0.5)
    (miss,) = scores.details["misses"]
    assert miss["name"] == "Qanzahar"
    assert miss["km"] > 8_000


def test_from_raw_text_finding_and_locating_are_told_apart(geovirus: Path, lgl: Path) -> None:
    raw = score_places(geovirus, "geovirus", Small()).values()
    assert raw["raw precision"] == 1.0
    assert raw["raw recall"] is not None
    assert raw["raw recall"] >= 0.75
    assert raw["raw f1"] == pytest.approx(2 * raw["raw recall"] / (1 + raw["raw recall"]), abs=1e-3)
    assert score_places(lgl, "lgl", Small()).values()["raw acc161 of recognised"] == 0.5


@pytest.mark.parametrize(("text", "message"), [("<articles><artic", "as XML"), ("<articles></articles>", "no <article>")])
def test_a_file_that_is_no_corpus_is_told(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "corpus.xml"
    path.write_text(text)
    with pytest.raises(InputError, match=message):
        read_articles(path, "lgl")
    with pytest.raises(InputError, match="as XML"):
        read_articles(tmp_path / "none.xml", "lgl")
    with pytest.raises(InputError, match="'csv' is none of"):
        read_articles(path, "csv")  # type: ignore[arg-type]


def test_lists_of_names_are_judged_by_place_and_by_spelling(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text(
        "label,country,lat,lon,within_km,spellings\n"
        "Zhogmar,ML,14.1,-4.1,50,Zhogmar|Jogmar\n"
        "Qanzahar,PS,10,10,50,Qanzahar\n"
        "Great Qanzahar,PS,31,36,300,Qanzahar|Greater Qanzahar\n",
        encoding="utf-8",
    )
    scores = score_toponyms(path, Small())
    values = scores.values()
    assert (values["places"], values["regions"], values["spellings"]) == (0.5, 1.0, 0.4)
    assert values["first"] == pytest.approx(2 / 3, abs=1e-3)
    assert scores.details["missed spellings"] == ["Jogmar", "Qanzahar", "Greater Qanzahar"]
