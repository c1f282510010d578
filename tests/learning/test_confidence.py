import random
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.engines.rules.confidence import load_confidence
from sayso.errors import DataError
from sayso.evaluate.verdicts import read_known
from sayso.learning.claims_read import ACT, FIGURE, Judged, read_judged
from sayso.learning.confidence import CARD, checked, main, trained
from sayso.learning.logistic import Example, learn
from sayso.pipeline import Reader

ROOT = Path(__file__).parents[2]
HELD = ROOT / "teaching" / "sentences" / "held"
LINES = """{A:Guards} [COERCE/arrest:arrested] {R:{F detained 4..4:four marchers}} in Bellmare on Sunday, {V:a witness} said.
{A:Raiders} [ASSAULT/destroy:burned] {R:the mill}.
~ The champions burned off their rivals in the final lap.
"""


def lot(size: int) -> list[Judged]:
    """Claims of which those with an actor are right nine times in ten, the others three times."""
    drawn = random.Random(7)
    made = []
    for number in range(size):
        actor = drawn.random() < 0.5
        signs = ((("actor", 1.0),) if actor else ()) + (("deep", round(drawn.random(), 2)),)
        made.append(Judged(f"t{number // 3}", drawn.choice((ACT, FIGURE)), signs, drawn.random() < (0.9 if actor else 0.3)))
    return made


def test_weights_say_the_shares_that_they_were_learned_from(tmp_path: Path) -> None:
    path = tmp_path / "weights.toml"
    rows = lot(4000)
    path.write_text(trained(rows), encoding="utf-8")
    acts = load_confidence(path).acts
    for known in ((("actor", 1.0),), ()):
        right = [one.right for one in rows if one.kind == ACT and (one.signs[:-1] == known)]
        assert acts.share((*known, ("deep", 0.5))) == pytest.approx(sum(right) / len(right), abs=0.04)
    assert acts.right == pytest.approx(0.6, abs=0.06)
    assert acts.share((("deep", 0.5), ("a sign of tomorrow", 1.0))) == acts.share((("deep", 0.5),))


def test_the_same_rows_in_any_order_give_the_same_file() -> None:
    rows = lot(400)
    mixed = random.Random(1).sample(rows, len(rows))
    assert trained(rows) == trained(mixed)


def test_signs_of_few_examples_are_left_out() -> None:
    examples = [Example(str(number), {"often": 1.0} if number % 2 else {"seldom": 1.0} if number == 2 else {}, number % 3 > 0) for number in range(60)]
    assert set(learn(examples, least=8).signs) == {"often"}


def test_a_larger_penalty_draws_weights_to_nought() -> None:
    examples = [Example(one.text, dict(one.signs), one.right) for one in lot(300)]
    small, large = (learn(examples, 8, (penalty,)).signs["actor"] for penalty in (1.0, 100.0))
    assert small > large > 0


def test_the_engine_shows_the_signs_of_what_it_read(tmp_path: Path) -> None:
    path = tmp_path / "LOT.txt"
    path.write_text(LINES, encoding="utf-8")
    judged = read_judged(read_known(path))
    told = {one.text: one for one in judged if one.kind == ACT}
    assert told["LOT.txt:1"].right
    assert {"actor", "recipient", "voice", "time", "type COERCE"} <= dict(told["LOT.txt:1"].signs).keys()
    assert "voice" not in dict(told["LOT.txt:2"].signs)
    assert [one.right for one in judged if one.kind == FIGURE] == [True]
    assert all(0 < value <= 1 for one in judged for _, value in one.signs)


def test_calibration_is_told_for_each_lot_and_for_all(tmp_path: Path, reader: Reader) -> None:
    for name in ("ONE", "TWO"):
        (tmp_path / f"{name}.txt").write_text(LINES, encoding="utf-8")
    told = checked({"ONE": [tmp_path / "ONE.txt"]}, {"TWO": [tmp_path / "TWO.txt"]}, reader)
    claims, figures = (re.findall(r"^\| (\S.*?) \| (\d+) \|", part, re.MULTILINE) for part in told.split("| all texts |")[0].split("| figures of |"))
    assert [name for name, _ in claims] == ["ONE", "TWO", "**texts on which no rule was written**", "**all**"]
    one, two, unseen, whole = (int(judged) for _, judged in claims)
    assert one == two == unseen >= 2
    assert whole == 2 * one
    assert [judged for _, judged in figures] == ["1", "1", "1", "2"]
    assert re.search(r"^\| risk at coverage 0.5 \| \d\.\d{3} \| \d.*–\d.* \| \d\.\d{3} \|$", told, re.MULTILINE)
    assert "| coverage | 10% |" in told


def test_the_card_keeps_what_stands_round_the_measures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("LOT.txt").write_text(LINES, encoding="utf-8")
    CARD.parent.mkdir(parents=True)
    CARD.write_text("before\n<!-- measured -->\nold\n<!-- end of what was measured -->\nafter\n", encoding="utf-8")
    for _ in range(2):
        done = CliRunner().invoke(main, ["check", "LOT.txt", "--card"])
        assert done.exit_code == 0, done.output
    lines = CARD.read_text(encoding="utf-8").splitlines()
    assert (lines[0], lines[-1]) == ("before", "after")
    assert "old" not in lines
    assert sum(line.startswith("| claims of |") for line in lines) == 1


def test_shipped_weights_know_the_signs_of_the_engine() -> None:
    rows = [one for one in read_judged(read_known(HELD / "SANCTION_1.txt", HELD / "ASSAULT_1.txt")) if one.kind == ACT]
    known = {name for one in rows for name, _ in one.signs}
    shipped = load_confidence()
    assert len(known & shipped.acts.signs.keys()) > 20
    assert shipped.acts.signs["noun"] < 0
    assert 0.5 < shipped.acts.right < 1


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[acts]\nbase = 1.0\n", "right needs a number, not None"),
        ("[acts]\nbase = true\nright = 0.5\n", "base needs a number, not True"),
        ('[acts]\nbase = 1.0\nright = 0.5\n[acts.signs]\n"deep" = "much"\n', "deep needs a number, not 'much'"),
        ("[acts]\nbase = 1.0\nright = 0.5\nbias = 2\n", "bias is not known here"),
    ],
)
def test_faults_of_the_data_file_are_told(tmp_path: Path, text: str, wrong: str) -> None:
    path = tmp_path / "weights.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=wrong):
        load_confidence(path)
