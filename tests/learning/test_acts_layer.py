"""What the learned layer of acts learns from; training itself needs more than the tests install."""

from pathlib import Path

import pytest

from sayso.learning.marked import MarkedAct, MarkedHarm, taught_sentences
from sayso.model.words import Measure, Modality

LINES = """{A:Guards} [COERCE/arrest,denied:arrested] {R:{F detained 4..4:four marchers}} in Bellmare on Sunday, {V:a witness} said.
{A:The ministry} [AGREE|CONCEDE?:gave way].
{A:Raiders} [RETREAT:let go] {R:{F released 2..2:two nurses}}.
~ The champions burned off their rivals in the final lap.
"""


@pytest.fixture(name="home")
def teaching(tmp_path: Path) -> Path:
    for name in ("train", "broad", "held", "test"):
        (tmp_path / "sentences" / name).mkdir(parents=True)
        (tmp_path / "sentences" / name / "LOT.txt").write_text(LINES, encoding="utf-8")
    (tmp_path / "reports" / "train").mkdir(parents=True)
    report = "id: r1\nsource: Outlet | agency |\npublished: 2024-05-04\n\nIt was quiet. {A:Guards} [ASSAULT:shelled] {R:the mill}.\n"
    (tmp_path / "reports" / "train" / "r1.txt").write_text(report, encoding="utf-8")
    return tmp_path


def test_what_is_held_apart_teaches_nothing(home: Path) -> None:
    found = list(taught_sentences(home))
    assert len(found) == 2 * 4 + 2
    arrested = found[0]
    assert arrested.text[slice(arrested.acts[0].start, arrested.acts[0].end)] == "arrested"
    assert (arrested.acts[0].types, arrested.acts[0].modality) == (("COERCE",), Modality.DENIED)
    assert arrested.harms == (MarkedHarm(arrested.text.index("four"), arrested.text.index("four") + len("four marchers"), Measure.DETAINED),)
    assert found[1].acts == (MarkedAct(found[1].text.index("gave"), found[1].text.index("gave") + 8, ("AGREE", "CONCEDE"), True, Modality.ACTUAL),)
    assert found[2].harms == ()  # set free: no harm
    assert [one.acts for one in found if "champions" in one.text] == [(), ()]
    assert (found[-2].text, found[-2].acts) == ("It was quiet.", ())


def test_harm_is_taught_where_everybody_harmed_is_marked(home: Path) -> None:
    broad, train = (list(taught_sentences(home))[at] for at in (1, 5))
    assert (broad.text, train.text) == ("The ministry gave way.",) * 2
    assert {broad.counted, train.counted} == {True, False}
