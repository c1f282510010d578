"""Hostile reports are text in every view. They are invented."""

import re
from urllib.parse import quote

import pytest
from lxml import html

from sayso.desk.linking import link_all
from sayso.model.words import Role
from sayso.store.viewing import IncidentFilter, incident_rows

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)><animate onbegin=alert(1)></svg>",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus=alert(1) '",
    "<a href='javascript:alert(1)'>the army</a>",
    "</section></article><h1>owned</h1>",
    "{{ 7*7 }} {% for x in y %}",
    "\u202egnilehs\u202c",
    "\u2066hidden\u2069\x07",
]
SCRIPTS = ("desk", "page", "report", "incidents", "incident", "queue", "network", "toll", "doubling")
SAFE_ATTRIBUTES = re.compile(r"on[a-z]+|style|srcdoc|formaction")


def check(page: str) -> None:
    """Nothing in a page but its own scripts runs, and no character steers."""
    tree = html.document_fromstring(page)
    assert {one.get("src") for one in tree.iter("script")} <= {f"/static/{name}.js" for name in SCRIPTS}
    assert all(not (one.text or "").strip() for one in tree.iter("script"))
    assert not [one.tag for one in tree.iter("img", "iframe", "object", "embed", "animate", "base")]
    for one in tree.iter():
        assert not [name for name in one.attrib if SAFE_ATTRIBUTES.fullmatch(name)], html.tostring(one)
        for name in ("href", "src", "action"):
            assert not one.get(name, "").strip().lower().startswith(("javascript:", "data:text", "vbscript:"))
    shown = "".join((*tree.itertext(), *(one.get(name, "") for one in tree.iter() for name in ("title", "aria-label", "alt", "placeholder"))))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x07]", shown)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_words(client, hostile):
    text = f"The army {hostile} said that rebels {hostile} shelled the town of Dorna {hostile} on 3 May 2024, killing three civilians. {hostile}"
    made = client.post("/api/reports", json={"text": text, "title": hostile, "source": hostile, "side": hostile})
    assert made.status_code == 201, made.text
    document = made.json()["document"]
    ledger = client.app.state.desk.ledger
    link_all(ledger)
    client.post("/api/claims/1/decisions", json={"verdict": "reject", "reason": hostile})
    with ledger.view() as connection:
        numbers = [one.number for one in incident_rows(connection, IncidentFilter()).rows]
    views = ("/", "/queue", "/network", "/toll", "/assignments", *(f"/incidents/{one}" for one in numbers))
    for path in (*views, "/reports", f"/reports/{document}", f"/reports/{document}?veil=1", "/reports?q=army", "/audit"):
        answered = client.get(path)
        assert answered.status_code == 200
        check(answered.text)
    assert client.get(f"/api/reports/{document}").headers["content-type"] == "application/json"


def test_addresses_of_reports_lead_nowhere(client):
    assert client.post("/api/reports", json={"text": "Shelling killed three in Dorna.", "url": "javascript:alert(1)"}).status_code == 422
    made = client.post("/api/reports", json={"text": "Shelling killed three in Dorna.", "url": 'https://example.org/"><script>'})
    check(client.get(f"/reports/{made.json()['document']}").text)


def test_a_paragraph_of_five_megabytes_is_shown_and_read_in_time(client):
    long = "The army said it shelled Dorna. " + "a" * 5_000_000
    made = client.post("/api/reports", json={"text": long})
    assert made.status_code in (201, 422)
    for one in client.get("/api/reports").json()["items"]:
        assert client.get(f"/reports/{one['id']}").status_code == 200


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_addresses_and_searches(client, hostile):
    for path in ("/reports/", "/codebooks/", "/claims/", "/static/", "/static/../", "/api/reports/"):
        answered = client.get(path + quote(hostile, safe=""))
        assert answered.status_code in (404, 422, 405), path
        if "html" in answered.headers["content-type"]:
            check(answered.text)
    check(client.get("/reports", params={"q": hostile}).text)


def test_files_outside_are_not_sent(client):
    for path in ("/static/..%2f..%2fapp.py", "/static/%2e%2e/app.py", "/codebooks/..%2f..%2fetc%2fpasswd", "/codebooks/%2fetc%2fpasswd"):
        assert client.get(path).status_code in (404, 422)


def test_a_form_again_with_a_hostile_name(team):
    answered = team.post("/login", data={"name": '"><script>alert(1)</script>', "password": "wrong wrong"})
    check(answered.text)


def test_viewers_see_no_private_names(team, token):
    text = "A teacher, Oren Taliv, was killed in shelling in Dorna on 3 May 2024, the army said. Taliv's brother blamed the army."
    made = team.post("/api/reports", json={"text": text, "title": "Oren Taliv killed"}, headers=token(Role.CODER)).json()
    seen = team.get(f"/reports/{made['document']}", headers=token(Role.VIEWER)).text
    assert "Taliv" not in seen
    assert "▇▇▇" in seen
    assert "Taliv" in team.get(f"/reports/{made['document']}", headers=token(Role.CODER)).text
    assert team.get(f"/api/reports/{made['document']}", headers=token(Role.VIEWER)).status_code == 403
    assert "Taliv" not in team.get("/reports", headers=token(Role.VIEWER)).text
    ledger = team.app.state.desk.ledger
    link_all(ledger)
    for claim in ledger.current_reading(made["document"]).claims:
        number = ledger.incident_of(ledger.claim_numbers([claim.id])[claim.id])
        assert "Taliv" not in team.get(f"/incidents/{number}", headers=token(Role.VIEWER)).text
        assert "Taliv" not in team.get(f"/api/incidents/{number}", headers=token(Role.VIEWER)).text
    assert "Taliv" not in team.get("/api/network", headers=token(Role.VIEWER)).text
    assert "Taliv" not in team.get("/api/toll", headers=token(Role.VIEWER)).text
    for name in ("claims", "acled", "geojson"):
        assert "Taliv" not in team.get(f"/api/export/{name}", headers=token(Role.VIEWER)).text
    assert "Taliv" in team.get("/api/export/claims?names=true", headers=token(Role.OWNER)).text
    assert team.get("/api/export/claims?names=true", headers=token(Role.CODER)).status_code == 403


@pytest.mark.parametrize(
    ("text", "covered"), [("Charred bodies lay in Dorna after the strike, residents said.", True), ("Shelling killed three people in Dorna.", False)]
)
def test_what_describes_violence_in_detail_is_covered_for_viewers(team, token, text, covered):
    made = team.post("/api/reports", json={"text": text}, headers=token(Role.CODER)).json()
    seen = {role: team.get(f"/reports/{made['document']}", headers=token(role)).text for role in (Role.VIEWER, Role.CODER)}
    assert ('<details class="cover">' in seen[Role.VIEWER]) is covered
    assert ('<details class="cover" open>' in seen[Role.CODER]) is covered
