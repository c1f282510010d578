"""The whole way, with the real parser: an example to JSON and a page, and odd input past the rim."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from sayso.cli.main import sayso
from sayso.cli.place_table import ensure_place_table

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "harbour_strike.txt"


def run(*arguments):
    return CliRunner().invoke(sayso, ["read", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture(name="view", scope="module")
def view_of_example():
    ensure_place_table()  # on a new machine its first use says so on stderr
    result = run(EXAMPLE, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)[0]


def test_keeps_the_contract(view):
    schema = json.loads((ROOT / "docs" / "reading.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(view)


def test_two_voices_disagree(view):
    speakers = {claim["voices"][-1]["name"].lower() for claim in view["claims"]}
    assert any("front" in name for name in speakers)
    assert any("military" in name or "army" in name for name in speakers)
    assert {"actual", "denied", "planned"} <= {claim["modality"] for claim in view["claims"]}
    killed = [figure for figure in view["figures"] if figure["measure"] == "killed" and figure["low"] == 9]
    assert killed[0]["high"] is None
    assert "front" in killed[0]["voices"][-1]["name"].lower()


def test_every_span_is_in_the_text(view):
    text, spans = view["document"]["text"], []

    def walk(value):
        if isinstance(value, dict):
            if isinstance(value.get("quote"), str):
                spans.append(value)
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(view)
    assert len(spans) > 40
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in spans)


def test_the_page_shows_every_claim(view):
    html = run(EXAMPLE, "--format", "html").stdout
    assert html.count('<li class="card ') == len(view["claims"])


def test_odd_reports_are_read_or_refused_one_by_one(tmp_path):
    texts = {
        "quote": 'The army said: "We killed nine rebels in the town on Tuesday.\nIt denied that "civilians were hurt.',
        "marks": "The army \u202bkilled\u202c nine rebels\u200f in the \u2066town\u2069 on Tuesday, the ministry said.",
        "spaces": "The\u00a0army\tkilled  nine\u2009rebels\u2028in the town on Tuesday.",
        "shapes": "ﬁghters 𝐤𝐢𝐥𝐥𝐞𝐝 nine of the rebels in the town on Tuesday, the army said. 🙂 " + "e\u0301" * 50,
        "line": "The army said that the road to the town was closed. " * 200,
        "dashes": "- The army killed nine.\n\n* Police arrested three of the marchers.\n\n14:20 UPDATE: the army denied it.",
    }
    path = tmp_path / "odd.jsonl"
    path.write_text(
        "".join(json.dumps({"id": name, "text": text, "language": "en"}) + "\n" for name, text in texts.items()) + '{"id": "bad", "text": "\\u0000"}\n'
    )
    result = run(path, "--format", "jsonl")
    views = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [view["document"]["given_id"] for view in views] == [*texts, "bad"]
    assert [view["document"]["given_id"] for view in views if "error" in view] == ["bad"], result.stderr
    for view in views[:-1]:
        assert view["document"]["text"] == texts[view["document"]["given_id"]]
        assert any("date" in note for note in view["notes"])
        for claim in view["claims"]:
            trigger = claim["trigger"]
            assert view["document"]["text"][trigger["start"] : trigger["end"]] == trigger["quote"]


def test_swapping_file_order_swaps_readings_only(tmp_path):
    """What is read before changes nothing in what is read after."""
    first, second = ROOT / "examples" / "harbour_strike.txt", ROOT / "examples" / "square_march.txt"
    one = [json.loads(line) for line in run(first, second, "--format", "jsonl").stdout.splitlines()]
    other = [json.loads(line) for line in run(second, first, "--format", "jsonl").stdout.splitlines()]
    assert one == other[::-1]
