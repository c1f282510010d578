"""`sayso export`, and the export formats of `sayso read`. All reports are invented."""

import csv
import io
import json

import pytest

from sayso.cli.export_options import EXPORTS

CODED = ("acled", "ucdp", "rows", "hxl")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", [name for name in EXPORTS if name != "parquet"])
def test_every_format_is_written_from_a_ledger(sayso, store, name):
    out, err = sayso.told("export", "--format", name)
    assert out
    assert f"in the layout {name!r}" in err
    assert "Head of the ledger: " in err


def test_rows_tell_the_strike_by_both_sides_and_a_reprint_adds_no_voice(sayso, store):
    sayso("link")
    told = [row for row in rows(sayso("export", "--format", "rows", "--place", "Kassala")) if "Delta News" in row["sources"]]
    assert len(told) == 1
    assert "Ministry of Defence" in told[0]["sources"]
    assert (told[0]["n_reports"], told[0]["n_independent_voices"]) == ("3", "3")  # the Front, residents, the ministry: the reprint adds none
    assert (told[0]["reported_killed_people_min"], told[0]["location"]) == ("43", "Kassala")


def test_filters_and_types_choose_rows(sayso, store):
    every = rows(sayso("export", "--format", "acled"))
    assert {row["sub_event_type"] for row in every} >= {"Air/drone strike", "Protest with intervention"}
    protests = rows(sayso("export", "--format", "acled", "--type", "protest with intervention"))
    assert {row["sub_event_type"] for row in protests} == {"Protest with intervention"}
    assert rows(sayso("export", "--format", "acled", "--since", "2031-01-01")) == []
    assert {row["iso"] for row in rows(sayso("export", "--format", "acled", "--country", "sd"))} == {"729"}
    acts = {row["value"].split("/")[0] for row in rows(sayso("export", "--format", "claims", "--type", "coerce")) if row["prop"] == "act"}
    assert "COERCE" in acts
    assert "is no type of acled: use " in sayso.told("export", "--format", "acled", "--type", "fracas", code=2)[1]


def test_status_leaves_reviewed_claims_alone(sayso, store):
    assert rows(sayso("export", "--format", "claims", "--status", "accepted")) == []
    for row in sayso.json("find", "--source", "Coast Wire")["rows"]:
        sayso("review", str(row["number"]), "reject", "--by", "ada", "--reason", "another town")
    assert "Coast Wire" not in {row["source"] for row in rows(sayso("export", "--format", "acled", "--type", "Protest with intervention"))}
    assert {row["status"] for row in rows(sayso("export", "--format", "claims", "--status", "rejected"))} == {"rejected"}


def test_a_file_is_written_whole_and_parquet_has_types(sayso, store, tmp_path):
    import pyarrow.parquet as pq

    path = tmp_path / "rows.parquet"
    sayso.told("export", "--format", "parquet", "--output", str(path))
    table = pq.read_table(path)
    assert {name: str(table.schema.field(name).type) for name in ("date_from", "latitude", "sources", "reported_killed_people_min", "n_reports")} == {
        "date_from": "date32[day]", "latitude": "double", "sources": "list<element: string>", "reported_killed_people_min": "int64", "n_reports": "int64",
    }  # fmt: skip
    assert table.num_rows > 1
    assert table.schema.metadata[b"ledger_head"]


def test_places_are_coarsened_as_asked(sayso, store):
    told = json.loads(sayso("export", "--format", "geojson", "--coarsen", "withhold"))
    assert told["features"]
    assert {str(one["geometry"]) for one in told["features"]} == {"None"}
    assert "Kassala" not in json.dumps(told["features"])
    assert any(one["geometry"] for one in json.loads(sayso("export", "--format", "geojson", "--coarsen", "none"))["features"])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--format", "acled", "--codebook", "ucdp"), "holds rows of the codebook 'acled' alone"),
        (("--format", "claims", "--codebook", "acled"), "tells claims, and codes nothing"),
        (("--format", "rows", "--codebook", "nowhere.yaml"), "no codebook 'nowhere.yaml'"),
        (("--format", "rows", "--codebook", "plover"), "kind"),
        (("--format", "rows", "--policy", "mean"), "mean"),
        (("--format", "xml"), "xml"),
        ((), "--format"),
    ],
)
def test_what_is_not_understood(sayso, store, words, why):
    assert why in sayso.told("export", *words, code=2)[1]
