"""Each route by each role: who may what. A route that is not listed here fails the test."""

import pytest
from fastapi.routing import APIRoute
from tests.web.conftest import TEXT

from sayso.model.words import Role

# Method, path with an invented record in it, and the role that it needs; None: nobody has to be logged in.
ROUTES = {
    ("GET", "/login"): None,
    ("POST", "/login"): None,
    ("POST", "/api/logout"): Role.VIEWER,
    ("GET", "/reports"): Role.VIEWER,
    ("GET", "/reports/new"): Role.CODER,
    ("GET", "/reports/{identity}"): Role.VIEWER,
    ("GET", "/claims/{number}"): Role.VIEWER,
    ("GET", "/api/reports"): Role.VIEWER,
    ("GET", "/api/reports/{identity}"): Role.CODER,
    ("POST", "/api/reports"): Role.CODER,
    ("POST", "/api/reports/files"): Role.CODER,
    ("GET", "/"): Role.VIEWER,
    ("GET", "/toll"): Role.VIEWER,
    ("GET", "/network"): Role.VIEWER,
    ("GET", "/incidents/{number}"): Role.VIEWER,
    ("GET", "/api/incidents"): Role.VIEWER,
    ("GET", "/api/incidents/clusters"): Role.VIEWER,
    ("GET", "/api/incidents/timeline"): Role.VIEWER,
    ("GET", "/api/incidents/{number}"): Role.VIEWER,
    ("GET", "/api/network"): Role.VIEWER,
    ("GET", "/api/toll"): Role.VIEWER,
    ("GET", "/api/export/{format_name}"): Role.VIEWER,
    ("GET", "/queue"): Role.CODER,
    ("GET", "/api/queue"): Role.CODER,
    ("GET", "/api/claims/{number}"): Role.CODER,
    ("POST", "/api/claims/{number}/decisions"): Role.CODER,
    ("POST", "/api/links"): Role.CODER,
    ("GET", "/assignments"): Role.CODER,
    ("GET", "/assignments/{identity}"): Role.CODER,
    ("GET", "/api/assignments"): Role.CODER,
    ("POST", "/api/assignments"): Role.ADJUDICATOR,
    ("GET", "/api/assignments/{identity}/items"): Role.CODER,
    ("POST", "/api/assignments/{identity}/claims/{number}"): Role.CODER,
    ("POST", "/api/assignments/{identity}/hand-in"): Role.CODER,
    ("GET", "/api/assignments/{identity}/beside"): Role.CODER,
    ("POST", "/api/assignments/{identity}/settle/{number}"): Role.CODER,
    ("POST", "/api/assignments/{identity}/adopt"): Role.CODER,
    ("GET", "/api/assignments/{identity}/agreement"): Role.CODER,
    ("POST", "/api/claims/{number}/split"): Role.CODER,
    ("POST", "/api/merges"): Role.CODER,
    ("POST", "/api/claims/{number}/skip"): Role.CODER,
    ("GET", "/codebooks"): Role.VIEWER,
    ("GET", "/codebooks/{name}"): Role.VIEWER,
    ("GET", "/api/codebooks"): Role.VIEWER,
    ("GET", "/api/codebooks/{name}"): Role.VIEWER,
    ("GET", "/people"): Role.VIEWER,
    ("GET", "/api/me"): Role.VIEWER,
    ("GET", "/api/people"): Role.OWNER,
    ("POST", "/api/people"): Role.OWNER,
    ("PATCH", "/api/people/{name}"): Role.OWNER,
    ("GET", "/api/tokens"): Role.VIEWER,
    ("POST", "/api/tokens"): Role.VIEWER,
    ("DELETE", "/api/tokens/{key}"): Role.VIEWER,
    ("GET", "/audit"): Role.CODER,
    ("GET", "/api/audit"): Role.CODER,
}
GIVEN = {"identity": "doc_none", "number": "1", "name": "coder", "key": "none", "format_name": "claims"}


def routes_of(app) -> set[tuple[str, str]]:
    """Each method and path that the application answers, but for its own schema."""
    found = set()
    waiting = list(app.routes)
    while waiting:
        route = waiting.pop()
        waiting += list(getattr(route, "routes", None) or getattr(getattr(route, "original_router", None), "routes", None) or ())
        if isinstance(route, APIRoute):
            found |= {(method, route.path) for method in route.methods}
    return found


def test_every_route_is_listed(team):
    assert routes_of(team.app) == set(ROUTES)


@pytest.mark.parametrize(("method", "path"), sorted(ROUTES))
def test_who_may_not_is_turned_away(team, token, method, path):
    needed = ROUTES[method, path]
    address = path.format(**GIVEN)
    for role in Role:
        answered = team.request(method, address, headers=token(role), json={} if method in ("POST", "PATCH") else None)
        if needed is not None and role.rank < needed.rank:
            assert answered.status_code == 403, role
        else:
            assert answered.status_code not in (401, 403, 500), (role, answered.text)
    nobody = team.request(method, address)
    assert nobody.status_code in ((401, 303) if needed is not None else (200, 303, 422))


def test_only_changes_change(team, token, ledger):
    before = ledger.head()
    for method, path in ROUTES:
        if method == "GET":
            team.get(path.format(**GIVEN), headers=token(Role.OWNER))
            assert team.post(path.format(**GIVEN), headers=token(Role.OWNER)).status_code in (405, 422, 303, 400, 201, 401)
    assert ledger.head() == before


def test_tokens_of_others_are_out_of_reach(team, token, ledger):
    token(Role.CODER)
    (theirs,) = ledger.people.passes("coder", "token")
    assert team.delete(f"/api/tokens/{theirs.key}", headers=token(Role.OWNER)).status_code == 404
    assert ledger.people.passes("coder", "token") == (theirs,)


def test_coders_see_their_own_deeds_only(team, token):
    assert team.post("/api/reports", json={"text": TEXT}, headers=token(Role.CODER)).status_code == 201
    assert team.post("/api/reports", json={"text": TEXT + " Again."}, headers=token(Role.OWNER)).status_code == 201
    seen = {role: {one["person"] for one in team.get("/api/audit", headers=token(role)).json()["items"]} for role in (Role.CODER, Role.ADJUDICATOR)}
    assert seen == {Role.CODER: {"coder"}, Role.ADJUDICATOR: {"coder", "owner"}}


def test_an_owner_adds_and_changes_people(team, token, ledger):
    owner = token(Role.OWNER)
    assert team.post("/api/people", json={"name": "Fifth", "role": "coder", "password": "long enough words"}, headers=owner).status_code == 201
    assert team.patch("/api/people/Fifth", json={"role": "viewer"}, headers=owner).json()["role"] == "viewer"
    assert team.patch("/api/people/Nobody", json={"role": "viewer"}, headers=owner).status_code == 404
    deeds = team.get("/api/audit", headers=owner).json()["items"]
    assert [one["what"] for one in deeds[:2]] == ["person changed", "person added"]
    assert "long enough" not in str(deeds)
    assert ledger.people.get("Fifth").role is Role.VIEWER
