"""`sayso link`, `incidents`, `incident`: reports of one happening side by side. All reports are invented."""

import pytest
from tests.cli.conftest import harmless


def number_of(sayso, words, kind="assault"):
    """The number of the first claim that meets the words."""
    return min(row["number"] for row in sayso.json("find", words, "--type", kind, "--modality", "actual")["rows"])


def test_link_tells_what_it_found(sayso, store):
    out, err = sayso.told("link")
    assert err == ""  # nothing of progress where nobody watches
    assert "1 told by several reports" in out
    assert "2 copies (0 new)" in out
    run = sayso.json("link")
    told = {"documents", "copies", "new_copies", "withdrawn_copies", "accounts", "same", "unsure", "judged", "incidents", "several"}
    assert told | {"contradictions", "notes", "head"} == set(run)
    assert f"Head of the ledger: {run['head']['seq']} {run['head']['hash']}" in out


def test_link_of_an_empty_ledger(sayso, tmp_path):
    path = tmp_path / "empty.sqlite"
    source = tmp_path / "sources.csv"
    source.write_text("name\nDelta\n")
    sayso("sources", "import", source, "--by", "ada", "--store", path)
    assert sayso.json("link", "--store", path)["incidents"] == 0
    assert sayso.json("incidents", "--store", path) == {"rows": [], "next": None}


def test_incidents(sayso, store):
    out = sayso("incidents", "market")
    assert all(words in out for words in ("Kassala", "2024-05-03", "Delta News, ", "Ministry of Defence"))
    (row,) = sayso.json("incidents", "market")["rows"]
    assert set(row) == {"number", "claims", "documents", "types", "places", "country", "date_from", "date_to", "sources"}
    assert (row["documents"], row["country"]) == (3, "SD")
    assert sayso.json("incidents", "--source", "Nobody")["rows"] == []
    page = sayso.json("incidents", "--limit", 1)
    assert f"There are more: --after {page['next']}" in sayso("incidents", "--limit", 1)
    assert sayso.json("incidents", "--limit", 1, "--after", page["next"])["rows"] != page["rows"]


def test_one_incident_for_people(sayso, store):
    number = number_of(sayso, "market")
    out = sayso("incident", number, "--explain")
    assert f"Incident {number}: " in out
    assert "in 3 reports" in out
    assert "people killed: low 43" in out
    assert "The Eastern Front" in out
    assert "No civilian" in out
    assert "their voices count once" in out
    assert "Speaks against" in out
    assert "same day" in out
    assert "Speaks for" not in sayso("incident", number)


def test_one_incident_for_programs(sayso, store):
    number = number_of(sayso, "market")
    view = sayso.json("incident", number)
    assert set(view) == {"number", "claims", "weighed", "explained", "copies"}
    people = next(one for one in view["weighed"]["tallies"] if (one["measure"], one["population"]) == ("killed", "people"))
    assert {one["name"]: one["value"] for one in people["numbers"]} == {"low": 43, "best": 43, "high": 43}
    assert all(one["claims"] for one in people["numbers"])
    assert view["explained"]["pairs"][0]["speaks_for"][0]["meaning"]
    assert {sayso.json("incident", claim["number"])["number"] for claim in view["claims"]} == {view["number"]}


@pytest.mark.parametrize("policy", ["conservative", "range", "graded"])
def test_policies(sayso, store, policy):
    assert f"policy {policy}" in sayso("incident", number_of(sayso, "market"), "--policy", policy)


def test_errors_name_the_next_step(sayso, store):
    assert "there is no incident 999: `sayso incidents` lists them" in sayso.told("incident", 999, code=1)[1]
    assert "no policy 'fair': use one of conservative" in sayso.told("incident", 1, "--policy", "fair", code=2)[1]
    for wrong in ("0", "-1", "x", "9" * 30):
        sayso.told("incident", "--", wrong, code=2)


def test_nothing_steers_the_terminal(sayso, hostile):
    sayso("link")
    for command in (("incidents",), ("incidents", "--json"), ("link",), ("link", "--json")):
        assert harmless(sayso(*command))
