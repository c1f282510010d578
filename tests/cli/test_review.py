"""`sayso review` and `sayso judge`: people's verdicts, under a name and with a reason. All reports are invented."""

import pytest
from tests.cli.conftest import harmless
from tests.cli.test_incidents import number_of


def test_a_verdict(sayso, store):
    number = number_of(sayso, "market")
    out = sayso("review", number, "accept", "--by", "ada")
    assert f"Claim {number}: accept by ada." in out
    assert "Head of the ledger: " in out
    told = sayso.json("review", number, "reject", "--by", "ada", "--reason", "another day")
    assert set(told) == {"review", "head"}
    assert told["review"]["id"].startswith("rev_")
    assert (told["review"]["verdict"], told["review"]["reason"], told["review"]["reviewer"]) == ("reject", "another day", "ada")
    assert [row["number"] for row in sayso.json("find", "--status", "rejected")["rows"]] == [number]
    assert sayso.json("verify", "--head", told["head"]["hash"])["sound"]


def test_the_user_logged_in_decides(sayso, store, monkeypatch):
    monkeypatch.setenv("LOGNAME", "grace")
    assert sayso.json("review", number_of(sayso, "market"), "accept")["review"]["reviewer"] == "grace"

    def nobody():
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert "nobody is logged in: say who decides" in sayso.told("review", 1, "accept", code=2)[1]


def test_an_amendment_is_weighed(sayso, store):
    number = number_of(sayso, "market")
    sayso("review", number, "amend", "--by", "ada", "--reason", "a plan only", "--set", '{"modality": "planned"}')
    view = sayso.json("incident", number)
    rows = [row for tally in view["weighed"]["tallies"] for row in tally["rows"] if tally["measure"] == "killed" and tally["population"] == "people"]
    assert all("Delta" not in row["voice"] or row["low"] != 43 for row in rows)
    assert next(claim for claim in view["claims"] if claim["number"] == number)["status"] == "amended"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("accept", "--set", '{"type": "PROTEST"}'), 2, "--set is for `amend`"),
        (("amend", "--reason", "x"), 2, "needs --set"),
        (("amend", "--reason", "x", "--set", "{"), 1, "no JSON"),
        (("amend", "--reason", "x", "--set", '{"voices": "y"}'), 1, "'voices' cannot be amended; known are type, mode"),
        (("amend", "--reason", "x", "--set", '{"modality": "maybe"}'), 1, "'maybe' is none of actual"),
        (("amend", "--set", '{"type": "PROTEST"}'), 1, "needs a reason: give it with --reason"),
        (("reject",), 1, "needs a reason: give it with --reason"),
        (("reject", "--reason", "x", "--by", "sayso link 1"), 1, "no person's name"),
        (("praise",), 2, "accept"),
    ],
)
def test_what_is_refused_is_not_entered(sayso, store, arguments, code, words):
    head = sayso.json("verify")["head"]
    assert words in sayso.told("review", 1, *arguments, *(() if "--by" in arguments else ("--by", "ada")), code=code)[1]
    assert sayso.json("verify")["head"] == head


def test_a_number_that_is_no_claims(sayso, store):
    assert "claim 999 is in no current reading: `sayso find`" in sayso.told("review", 999, "accept", "--by", "ada", code=1)[1]
    assert "Invalid value" in sayso.told("review", "9" * 30, "accept", code=2)[1]


def test_a_judgement_parts_and_is_taken_back(sayso, store):
    front, ministry = number_of(sayso, "aircraft"), number_of(sayso, "fighters")
    before = sayso.json("incident", front)["number"]
    assert sayso.json("incident", ministry)["number"] == before
    told = sayso.json("judge", front, ministry, "different", "--by", "ada", "--reason", "another market")
    assert told["link"]["id"].startswith("lnk_")
    assert (told["link"]["judgement"], told["link"]["by"]) == ("different", "ada")
    assert "1 judged" in sayso("link")
    assert sayso.json("incident", front)["number"] != sayso.json("incident", ministry)["number"]
    assert "ada judged different: another market" in sayso("incident", front, "--explain")
    assert "`sayso link` folds the incidents anew" in sayso("judge", front, ministry, "unsure", "--by", "ada")
    sayso("link")
    assert sayso.json("incident", front)["number"] == sayso.json("incident", ministry)["number"] == before


def test_documents_are_judged_by_their_ids(sayso, store):
    view = sayso.json("incident", number_of(sayso, "aircraft"))
    first, second = sorted({claim["document"] for claim in view["claims"]})[:2]
    told = sayso.json("judge", first, second, "different", "--by", "ada", "--reason", "two reporters")
    assert {told["link"]["first"], told["link"]["second"]} == {first, second}
    assert f"Documents {first} and {second}: unsure, by ada." in sayso("judge", first, second, "unsure", "--by", "ada")
    assert "a claim and a document: name two claims or two documents" in sayso.told("judge", first, 1, "same", "--by", "ada", code=2)[1]
    assert "there is no document 'doc_x'" in sayso.told("judge", first, "doc_x", "same", "--by", "ada", code=1)[1]
    assert "judgements of people wait" not in sayso("link")


def test_judgements_that_are_refused(sayso, store):
    assert "are one claim: name two" in sayso.told("judge", 1, 1, "same", "--by", "ada", code=1)[1]
    assert "claim 999" in sayso.told("judge", 1, 999, "same", "--by", "ada", code=1)[1]
    assert "different" in sayso.told("judge", 1, 2, "alike", "--by", "ada", code=2)[1]


def test_nothing_steers_the_terminal(sayso, hostile):
    assert harmless(sayso("review", 1, "accept", "--by", "a\x1b[31mda"))
    assert harmless(sayso("judge", 1, 2, "same", "--by", "a\x1b[31mda"))
    assert harmless(sayso("judge", 1, 2, "same", "--by", "a\x1b[31mda", "--json"))
