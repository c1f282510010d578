"""Work in the child ends in its result, or in an error that says why it was stopped; the next work is done all the same."""

import pytest

from sayso.errors import Refused, TooLarge
from sayso.intake.capped import run_capped
from sayso.intake.settings import Caps

JOBS = "tests.intake.capped_jobs"
QUICK = Caps(seconds=1)


def run(job, caps=QUICK, **told):
    return run_capped(f"{JOBS}:{job}", b"\0\xff", told, caps)


@pytest.mark.parametrize(
    ("job", "error", "words"),
    [
        ("loop", TooLarge, "longer than 1 seconds"),
        ("sleep", TooLarge, "longer than 1 seconds"),
        ("fill", TooLarge, "bytes of memory"),
        ("leave", Refused, "ended with 3"),
        ("fail", Refused, "ZeroDivisionError: invented fault"),
        ("descend", Refused, "nested deeper"),
    ],
)
def test_what_a_hostile_file_does_to_a_parser_is_an_error_with_its_reason(job, error, words):
    with pytest.raises(error, match=words):
        run(job)
    assert run("echo")["raw"] == b"\0\xff"


def test_bytes_and_values_go_in_and_out_and_the_environment_does_not(monkeypatch):
    monkeypatch.setenv("SAYSO_SECRET", "invented")
    result = run("echo", Caps(seconds=2), number=1, name="é")
    assert result == {"raw": b"\0\xff", "told": {"number": 1, "name": "é"}, "secret": None}


def test_the_child_writes_no_large_file(tmp_path):
    with pytest.raises(Refused, match="too large"):
        run("write", path=str(tmp_path / "x"))
    assert (tmp_path / "x").stat().st_size <= 1 << 20
