"""`sayso compare` and `sayso validate`. Rows are made for the tests."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.export.rows_made import acled, ged

from sayso.cli.main import sayso
from sayso.export.columns import GED_COLUMNS


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    made = {
        "ours": acled({}, {"event_id_cnty": "TST2", "event_date": "2024-06-01"}),
        "theirs": acled({"fatalities": "9"}, {"event_id_cnty": "X3", "event_date": "2024-07-01"}),
        "ged": ged({}, {"id": "2", "low": "7"}),
        "headless": ged().split(b"\n", 1)[1],
        "short": ged(columns=tuple(name for name in GED_COLUMNS if name != "dyad_name")),
        "cut": acled({}, {}) + b"cut,off\n",
        "other": b"a,b\n1,2\n",
    }
    for name, raw in made.items():
        (tmp_path / f"{name}.csv").write_bytes(raw)
    return {name: str(tmp_path / f"{name}.csv") for name in made}


def run(*words, code=0):
    done = CliRunner().invoke(sayso, words)
    assert done.exit_code == code, (done.output, done.exception)
    return done


def counted(out: str) -> dict[str, str]:
    """The counts that the first table shows."""
    lines = [re.split(r"  +", line.strip()) for line in out.splitlines()[1:5]]
    return {cells[0]: cells[1] for cells in lines}


def test_compare_tells_what_agrees_and_differs(files):
    out = run("compare", files["ours"], files["theirs"]).stdout
    assert counted(out) == {"agreed": "0", "differing": "1", "only in ours.csv": "1", "only in theirs.csv": "1"}
    assert "Differing: 1 row in deaths." in out
    assert "deaths" in out
    assert "5 apart" in out


def test_compare_writes_json_and_a_page(files, tmp_path):
    page = tmp_path / "page.html"
    told = json.loads(run("compare", files["ours"], files["theirs"], "--json", "--page", str(page)).stdout)
    assert told["rows"] == {"ours": 2, "theirs": 2}
    assert told["counts"] == {"agreed": 0, "differing": 1, "only_ours": 1, "only_theirs": 1}
    assert told["shares"]["differing"] == {"ours": 0.5, "theirs": 0.5}
    assert told["shares"]["only_ours"] == {"ours": 0.5}
    assert told["fields"] == {"deaths": 1}
    assert [one["fields"][0]["field"] for one in told["differing"]] == ["deaths"]
    assert [one["id"] for one in told["only_theirs"]] == ["X3"]
    assert "Only in theirs.csv" in page.read_text(encoding="utf-8")


def test_days_widen_what_is_matched(files):
    assert counted(run("compare", files["ours"], files["theirs"], "--days", "0").stdout)["differing"] == "1"
    assert counted(run("compare", files["ours"], files["theirs"], "--days", "30").stdout)["differing"] == "2"


def test_layouts_may_differ(files):
    assert "differing" in run("compare", files["ours"], files["ged"]).stdout


def test_a_row_that_cannot_be_read_is_listed_and_the_exit_code_says_so(files):
    done = run("compare", files["cut"], files["ours"], code=1)
    assert "cut.csv: line 4: 2 cells where the header has 31" in done.stderr
    assert "agreed" in done.stdout
    assert "cut.csv: line 4" in run("validate", files["cut"], code=1).stderr


def test_validate_prints_the_share_of_each_rule(files):
    out = run("validate", files["ged"]).stdout
    assert "ged.csv: 2 rows in the layout of ucdp, of which 1 (50.0 %) break a rule" in out
    assert "50.0 %" in out
    assert "line 3: low 7 is above best 4" in out
    told = json.loads(run("validate", files["ours"], files["ged"], "--json").stdout)
    assert [one["rows"] for one in told] == [2, 2]
    assert next(rule for rule in told[1]["rules"] if rule["rule"] == "ged-low-best")["share"] == 0.5


def test_validate_says_what_it_could_not_try_and_how_a_file_was_taken(files):
    assert "short.csv: not tried: ged-dyad, since the file has no column 'dyad_name'" in run("validate", files["short"]).stdout
    assert "headless.csv: no line of column names: taken for the 49 columns of GED" in run("validate", files["headless"]).stderr
    told = json.loads(run("validate", files["short"], files["headless"], "--json").stdout)
    assert told[0]["not_tried"] == {"ged-dyad": "dyad_name"}
    assert told[1]["notes"]
    assert "ours: no line of column names" in run("compare", files["headless"], files["ged"]).stderr


def test_what_is_in_no_layout_is_refused(files):
    done = CliRunner().invoke(sayso, ["validate", files["other"]])
    assert "in no layout that is known here" in str(done.exception)
    assert "'type_of_violence' of ucdp is missing" in str(CliRunner().invoke(sayso, ["validate", files["ours"], "--layout", "ucdp"]).exception)
    assert "No such option" in run("compare", files["ours"], files["ours"], "--nothing", code=2).stderr
