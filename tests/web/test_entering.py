"""Log-ins, sessions, tokens, and what guards every request. People are invented."""

import pytest
from tests.web.conftest import PASSWORD, TEXT, csrf_of, log_in

from sayso.desk.people import add_person, change_person, make_token
from sayso.errors import InputError
from sayso.model.words import Role
from sayso.web.guard import HEADERS, Tries, host_name


def test_a_person_logs_in_and_out(team):
    assert team.get("/reports").headers["location"] == "/login"
    assert team.get("/api/reports").json()["error"]["code"] == "log-in"
    assert log_in(team, "coder") == 303
    assert team.get("/api/me").json() == {"name": "coder", "role": "coder"}
    kept = dict(team.cookies)
    assert team.post("/api/logout").status_code == 204
    team.cookies.update(kept)  # who kept the cookie has nothing of it
    assert team.get("/api/me").status_code == 401


def test_a_wrong_password_and_an_unknown_name_are_told_alike(team):
    answers = [team.post("/login", data={"name": name, "password": "not this one"}) for name in ("coder", "nobody")]
    assert [one.status_code for one in answers] == [401, 401]
    assert answers[0].text.replace("coder", "") == answers[1].text.replace("nobody", "")


def test_guessing_is_stopped(team):
    for _ in range(10):
        assert log_in(team, "coder", "wrong wrong") == 401
    assert log_in(team, "coder") == 429
    assert log_in(team, "owner") == 429  # the same address


def test_a_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(team):
    cookie = team.post("/login", data={"name": "coder", "password": PASSWORD}).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_change_needs_the_header_of_the_session(team):
    log_in(team, "coder")
    good = team.headers.pop("x-csrf-token")
    for header in ({}, {"x-csrf-token": "guess"}, {"x-csrf-token": "ü"}):
        raw = [(name.encode(), value.encode()) for name, value in header.items()]
        assert team.post("/api/reports", json={"text": TEXT}, headers=raw).json()["error"]["code"] == "csrf"
    assert team.post("/api/reports", json={"text": TEXT}, headers={"x-csrf-token": good}).status_code == 201


@pytest.mark.parametrize(
    "header", [{"origin": "https://elsewhere.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}]
)
def test_changes_from_other_sites_reach_nothing(client, header):
    assert client.post("/api/reports", json={"text": TEXT}, headers=header).json()["error"]["code"] == "other-site"


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "", "testserver.", "[::1"])
def test_another_name_is_not_answered(client, host):
    assert client.get("/reports", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(("host", "name"), [("LocalHost:80", "localhost"), ("[::1]:8400", "::1"), ("[::1]", "::1"), ("::1", "::1"), ("a", "a")])
def test_the_name_of_a_host(host, name):
    assert host_name(host) == name


def test_every_answer_has_the_headers(client):
    for path in ("/reports", "/nope", "/api/nope", "/api/reports", "/static/nope"):
        answered = client.get(path)
        assert {name: answered.headers[name] for name in HEADERS} == HEADERS, path
    assert "unsafe" not in HEADERS["content-security-policy"]


def test_a_request_too_large_is_refused(client):
    assert client.post("/api/reports", content=b"x" * 20_000_001).status_code == 413

    def stream():
        for _ in range(21):
            yield b"x" * 1_000_000

    assert client.post("/api/reports", content=stream()).status_code in (400, 413)  # no length told: cut off on the way


def test_a_token_acts_for_its_person(team, ledger):
    secret = make_token(ledger, "viewer", "script")
    header = {"authorization": f"Bearer {secret}"}
    assert team.get("/api/me", headers=header).json() == {"name": "viewer", "role": "viewer"}
    assert team.post("/api/reports", json={"text": TEXT}, headers=header).json()["error"]["code"] == "role"
    assert secret not in ledger.where
    (kept,) = ledger.people.passes("viewer", "token")
    assert secret != kept.key
    assert ledger.people.close(kept.key, "viewer")
    assert team.get("/api/me", headers=header).status_code == 401


def test_a_session_is_no_token_and_a_token_no_session(team, ledger):
    log_in(team, "coder")
    cookie = team.cookies["sayso_session"]
    token = make_token(ledger, "owner", "script")
    team.cookies.clear()
    assert team.get("/api/me", headers={"authorization": f"Bearer {cookie}"}).status_code == 401
    assert team.get("/api/me", headers={"cookie": f"sayso_session={token}"}).status_code == 401


def test_who_may_work_no_more_is_out_at_once(team, ledger):
    log_in(team, "coder")
    change_person(ledger, "coder", active=False)
    assert team.get("/api/me").status_code == 401
    assert log_in(team, "coder") == 401


def test_the_last_owner_stays(team, ledger):
    with pytest.raises(InputError, match="last active owner"):
        change_person(ledger, "owner", role=Role.CODER)
    assert ledger.people.get("owner").role is Role.OWNER


@pytest.mark.parametrize(
    ("name", "password"), [("", PASSWORD), ("sayso 1", PASSWORD), ("a\u202eb", PASSWORD), ("x" * 61, PASSWORD), ("new", "short"), ("Coder", PASSWORD)]
)
def test_people_that_will_not_do(team, ledger, name, password):
    with pytest.raises(InputError):
        add_person(ledger, name, Role.CODER, password)


def test_tries_are_forgotten_in_time():
    at = [0.0]
    tries = Tries(2, 10, lambda: at[0])
    tries.count("a")
    tries.count("a")
    assert tries.full("a")
    assert not tries.full("b")
    at[0] = 10.1
    assert not tries.full("a")


def test_the_laptops_person_needs_the_header_too(client):
    good = client.headers.pop("x-csrf-token")
    assert client.post("/api/reports", json={"text": TEXT}).status_code == 403
    assert good == csrf_of(client)


def test_what_has_not_changed_is_not_sent_again(client):
    first = client.get("/api/reports")
    tag = first.headers["etag"]
    again = client.get("/api/reports", headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.post("/api/reports", json={"text": TEXT}).status_code == 201
    assert client.get("/api/reports", headers={"if-none-match": tag}).status_code == 200
    assert "etag" not in client.get("/reports").headers
