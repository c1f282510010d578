"""`sayso queue`, the deeds of `sayso review`, and double coding on the command line. All reports are invented."""

import csv
import io

import pytest
from tests.cli.conftest import harmless
from tests.cli.test_incidents import number_of


def by(name, reason=""):
    return ("--by", name, *(("--reason", reason) if reason else ()))


def test_the_queue(sayso, store):
    told = sayso.json("queue", "--by", "ada")
    numbers = [one["claim"]["number"] for one in told["rows"]]
    assert told["waiting"] == len(numbers) > 2
    assert [one["urgency"] for one in told["rows"] if not one["disputed"]] == sorted((o["urgency"] for o in told["rows"] if not o["disputed"]), reverse=True)
    first = sayso.json("queue", "--limit", 1, "--by", "ada")
    assert [one["claim"]["number"] for one in first["rows"]] == numbers[:1]
    place = sayso("queue", "--limit", 1, "--by", "ada").rsplit("--after ", 1)[1].strip()
    assert sayso.json("queue", "--limit", 1, "--after", place, "--by", "ada")["rows"][0]["claim"]["number"] == numbers[1]
    assert "no place in the queue" in sayso.told("queue", "--after", "x", code=2)[1]
    assert "leave --status" in sayso.told("queue", "--status", "accepted", code=2)[1]
    sayso("review", numbers[0], "skip", "--by", "ada")
    assert sayso.json("queue", "--by", "ada")["rows"][0]["claim"]["number"] == numbers[1]
    assert sayso.json("queue", "--by", "ben")["rows"][0]["claim"]["number"] == numbers[0]
    sayso("review", numbers[0], "undo", "--by", "ada")
    assert sayso.json("queue", "--by", "ada")["rows"][0]["claim"]["number"] == numbers[0]
    assert sayso("queue", "nobodysaidthis", "--by", "ada") == "No claim waits.\n"


def test_split_merge_and_undo(sayso, store):
    number = number_of(sayso, "market")
    out = sayso("review", number, "split", "--set", '{"type": "PROTEST"}', *by("ada", "two acts"))
    other = int(out.split(" and ", 1)[1].split(" ", 1)[0])
    assert f"Claim {number}: split into {number} and {other} by ada." in out
    key = out.split("Key of the deed: ", 1)[1].split()[0]
    merged = sayso.json("review", number, "merge", "--with", other, "--by", "ada", "--key", "m1")["deed"]
    assert sayso.json("review", number, "merge", "--with", other, "--by", "ada", "--key", "m1")["deed"]["entries"] == merged["entries"]
    assert [row["number"] for row in sayso.json("find", "--status", "rejected")["rows"]] == [other]
    sayso("review", number, "undo", "--deed", "m1", "--by", "ada")
    sayso("review", number, "undo", "--deed", key, "--by", "ada")
    assert [row["number"] for row in sayso.json("find", "--status", "rejected")["rows"]] == [other]  # the split is undone: its claim counts no more
    assert sayso.json("verify")["sound"]


def test_a_decision_on_what_was_decided_since(sayso, store):
    number = number_of(sayso, "market")
    seen = sayso.json("review", number, "accept", "--by", "ada")["review"]["id"]
    sayso("review", number, "reject", "--seen", seen, *by("ben", "another day"))
    assert "was decided on since it was shown" in sayso.told("review", number, "accept", "--seen", seen, *by("ada", "it is"), code=1)[1]
    assert "overriding that needs a reason" in sayso.told("review", number, "accept", "--by", "ada", code=1)[1]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("split",), 2, "needs --set"),
        (("split", "--set", "{"), 2, "is no JSON"),
        (("split", "--set", "[]"), 2, "no object with fields"),
        (("split", "--set", '{"colour": 1}'), 1, "cannot be amended"),
        (("merge",), 2, "needs --with"),
        (("merge", "--with", "1"), 1, "are one claim"),
        (("accept", "--with", "2"), 2, "--with is for `merge`"),
        (("accept", "--deed", "x"), 2, "--deed is for `undo`"),
        (("undo", "--deed", "x"), 1, "there is no deed 'x'"),
        (("undo",), 1, "no decision of 'ada' on claim 1"),
        (("skip", "--key", "k" * 101), 1, "no key of a deed"),
    ],
)
def test_deeds_that_are_refused(sayso, store, arguments, code, words):
    head = sayso.json("verify")["head"]
    assert words in sayso.told("review", 1, *arguments, "--by", "ada", code=code)[1]
    assert sayso.json("verify")["head"] == head


def test_double_coding(sayso, store, tmp_path):
    assert sayso("assigned", "--by", "dora") == "Nothing is assigned.\n"
    rows = sayso.json("find")["rows"]
    numbers = sorted(row["number"] for row in rows)[:3]
    out = sayso("assign", *numbers, "--coder", "ada", "--coder", "ben", "--name", "trial", "--by", "cy")
    given = out.split(":", 1)[0]
    assert out == f"{given}: 3 claims for ada, ben.\n"
    assert "trial 3 claims: ada 0" in sayso("assigned", "--by", "ada")
    assert "ada 0, ben 0" in sayso("assigned", "--by", "dora")  # without accounts everybody is an owner, who sees how far they are
    assert "is not assigned to" in sayso.told("assigned", given, "--by", "dora", code=1)[1]
    assert str(numbers[0]) in sayso("assigned", given, "--by", "ada")
    assert "is being coded in" in sayso.told("review", numbers[0], "accept", "--by", "dora", code=1)[1]
    sayso("code", given, numbers[0], "amend", "--set", '{"modality": "denied"}', *by("ada", "it is denied"))
    sayso("code", given, numbers[0], "undo", "--by", "ada")
    assert [item["mine"] for item in sayso.json("assigned", given, "--by", "ada")] == [None, None, None]
    for name in ("ada", "ben"):
        assert "are not coded yet" in sayso.told("code", given, "--done", "--by", name, code=1)[1]
        for number in numbers:
            verdict = ("reject",) if (name, number) == ("ben", numbers[0]) else ("accept",)
            assert "under seal" in sayso("code", given, number, *verdict, *by(name, "so it reads"))
        assert "under seal" in sayso.told("adjudicate", given, "--by", "cy", code=1)[1]
        assert f"handed in for {name}" in sayso("code", given, "--done", "--by", name)
    assert sayso.json("assigned", "--by", "ada")[0]["open"] is False
    shown = sayso("adjudicate", given, "--by", "cy")
    assert f"claim {numbers[0]}" in shown
    assert "rejected" in shown
    assert [one["number"] for one in sayso.json("adjudicate", given, "--all", "--by", "cy")] == numbers
    assert "2 claims on which all agree are final" in sayso("adjudicate", given, "--agreed", "--by", "cy")
    assert "final, by cy" in sayso("adjudicate", given, numbers[0], "accept", *by("cy", "ada is right"))
    assert {row["status"] for row in sayso.json("find")["rows"] if row["number"] in numbers} == {"accepted"}
    assert "κ" in sayso("agreement", given, "--by", "cy")
    (claim, *_) = csv.DictReader(io.StringIO(sayso("agreement", given, "--csv", "-", "--by", "cy")))
    assert (claim["field"], claim["percent"], claim["units"]) == ("claim", "0.6667", "3")
    sayso("agreement", given, "--csv", tmp_path / "agreement.csv", "--by", "cy")
    assert (tmp_path / "agreement.csv").read_text(encoding="utf-8").startswith("field,level,units,percent")
    assert sayso.json("agreement", given, "--by", "cy")[0]["field"] == "claim"
    assert sayso.json("verify")["sound"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("assign", "1", "--coder", "ada"), 1, "two or more different coders"),
        (("assign", "x", "--coder", "ada", "--coder", "ben"), 1, "neither a report nor a claim"),
        (("assigned", "asg_x"), 1, "there is no assignment"),
        (("code", "asg_x"), 2, "or --done"),
        (("code", "asg_x", "1", "amend"), 2, "needs --set"),
        (("code", "asg_x", "1", "accept", "--done"), 2, "or --done"),
        (("adjudicate", "asg_x", "1"), 2, "or --agreed"),
        (("adjudicate", "asg_x"), 1, "there is no assignment"),
        (("agreement", "asg_x"), 1, "there is no assignment"),
    ],
)
def test_double_coding_that_is_refused(sayso, store, arguments, code, words):
    assert words in sayso.told(*arguments, "--by", "ada", code=code)[1]


def test_names_and_reasons_steer_no_terminal(sayso, store):
    out = sayso("assign", 1, "--coder", "a\x1b[2Jb", "--coder", "ben", "--name", "\x1b[2J", "--by", "cy") + sayso("assigned", "--by", "cy")
    assert harmless(out)
