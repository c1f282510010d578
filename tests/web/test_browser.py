"""The workbench in a real Chromium, on this machine's loopback: what a person does there, by mouse and by keys. Reports and people are invented."""

import json
import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from tests.web.conftest import PASSWORD

from sayso.desk.adding import add
from sayso.desk.linking import link_all
from sayso.desk.people import add_person
from sayso.intake.settings import Taken
from sayso.model import Document, Source
from sayso.model.words import Role
from sayso.pipeline import Reader
from sayso.store.ledger import Ledger, open_ledger
from sayso.web.app import create_app
from sayso.web.settings import WebSettings

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
if CHROMIUM is None and not os.environ.get("CI"):
    pytest.skip("there is no Chromium: `make test` installs one where it can", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api")

TEXTS = (
    ("Delta Wire", "2024-05-04", "Rebel shelling killed three civilians in Kassala on 3 May 2024, the army said. The rebels denied it."),
    ("Coast Wire", "2024-05-05", "Soldiers shelled the town of Kassala on Friday and killed five people, residents said."),
    ("Delta Wire", "2024-06-11", "Gunmen abducted two teachers near Goma on 10 June 2024, police said."),
    ("Coast Wire", "2024-07-02", "Police fired tear gas at hundreds of protesters in Nairobi on 1 July 2024."),
    ("Delta Wire", "2024-07-20", "An air strike hit a market in Idlib on 19 July 2024, killing at least nine people. <img src=x onerror=alert(1)>"),
)

# Maps are drawn by software; of all names and addresses but this machine's own none is found: the network is cut.
_FLAGS = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--proxy-server=direct://")


class Served:
    """A workbench on a free port, in a thread of its own."""

    def __init__(self, ledger: Ledger, settings: WebSettings, reader: Reader) -> None:
        config = uvicorn.Config(create_app(ledger, settings, reader), host="127.0.0.1", port=0, log_level="error", ws="none")
        self.server = uvicorn.Server(config)
        self.socket = config.bind_socket()
        self.at = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self.server.run, args=([self.socket],), daemon=True)

    def __enter__(self) -> str:
        self.thread.start()
        for _ in range(200):
            if self.server.started:
                break
            time.sleep(0.05)
        return self.at

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, one_reader: Reader) -> Path:
    """A ledger of invented reports, read and linked."""
    path = tmp_path_factory.mktemp("desk") / "desk.sqlite"
    with open_ledger(str(path)) as ledger:
        documents = [Document(text, Source(source), published=day, language="en") for source, day, text in TEXTS]
        assert all(step.failure is None for step in add([Taken(one) for one in documents], ledger, one_reader))
        link_all(ledger)
    return path


@pytest.fixture
def book(filled: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of it, for one test."""
    path = tmp_path / "desk.sqlite"
    shutil.copy(filled, path)
    with open_ledger(str(path)) as ledger:
        yield ledger


@pytest.fixture
def served(book: Ledger, one_reader: Reader) -> Iterator[str]:
    """The address of a laptop's workbench."""
    with Served(book, WebSettings(book.where, by="Coder One"), one_reader) as at:
        yield at


@pytest.fixture(scope="module")
def browser():
    """Chromium without a screen; maps are drawn by software."""
    with sync_api.sync_playwright() as played:
        made = played.chromium.launch(executable_path=CHROMIUM, args=[*_FLAGS, "--no-sandbox"])
        yield made
        made.close()


class Watched:
    """Pages of one context: what they ask for elsewhere, errors of their scripts, and dialogs that a script of a report would open."""

    def __init__(self, browser, at: str, **more) -> None:
        self.at, self.outside, self.wrong = at, [], []
        self.context = browser.new_context(viewport={"width": 1300, "height": 850}, **more)
        self.context.set_default_timeout(15_000)

    def page(self, path: str):
        page = self.context.new_page()
        page.on("request", lambda one: self.outside.append(one.url) if not one.url.startswith((self.at, "data:", "blob:")) else None)
        page.on("pageerror", lambda one: self.wrong.append(str(one)))
        page.on("console", lambda one: self.wrong.append(one.text) if one.type == "error" and "status of 4" not in one.text else None)
        page.on("dialog", lambda one: (self.wrong.append(f"dialog {one.message}"), one.dismiss()))
        page.goto(self.at + path)
        return page

    def check(self) -> None:
        assert self.outside == []
        assert self.wrong == []


@pytest.fixture
def seen(browser, served: str) -> Iterator[Watched]:
    """A context on the laptop's workbench; in the end nothing was asked of anybody else, and no script failed."""
    made = Watched(browser, served)
    yield made
    made.check()
    made.context.close()


def test_a_report_is_pasted_read_and_its_words_lead_to_its_claims(seen, book):
    page = seen.page("/reports/new")
    page.get_by_label("Paste the report's text").fill("M23 fighters burned the market of Bunia on 9 May 2024 and killed four traders, a nurse said.")
    page.get_by_label("Title").fill("Market burned")
    page.get_by_role("button", name="Add and read").first.click()
    page.wait_for_url("**/reports/doc_*")
    page.wait_for_selector(".card .judge")
    page.locator(".text .is-trigger").first.click()
    assert page.locator(".card[aria-current=true]").count() == 1
    page.locator(".card").last.click()
    assert page.locator(".text .on-trigger").count() >= 1
    page.locator(".text").focus()  # roles without a mouse: from word to word, Shift selects, Enter goes on
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_selector("#pick")
    chosen = page.evaluate("getSelection().toString().trim()")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.locator("#asking input[name=reason]").fill("they did it")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card .judge .status:has-text('amended')")
    (review,) = book.reviews()
    (start, end), *_ = json.loads(review.amendment)["actor"]
    assert next(iter(book.documents_with("Bunia"))).text[start:end].strip() == chosen
    page.get_by_role("link", name="Code blind").click()
    page.wait_for_selector(".veiled")
    assert "M23" not in page.inner_text(".veiled .text")


def shown_after(page, number: int) -> int:
    """The number of the claim that is shown next."""
    chosen = f'#waiting [aria-current=true]:not([data-number="{number}"])'
    page.wait_for_selector(chosen)
    found = int(page.locator(chosen).get_attribute("data-number"))
    page.wait_for_selector(f'#one:has-text("claim {found} ")')
    return found


def test_claims_are_reviewed_by_keys_alone(seen, book):
    page = seen.page("/queue")
    page.wait_for_selector("#one [data-status]")
    first = shown_after(page, 0)
    page.keyboard.press("a")
    second = shown_after(page, first)
    assert book.claim(first).status == "accepted"
    page.keyboard.press("r")
    page.locator("#asking input[name=reason]").fill("a rumour")
    page.keyboard.press("Enter")
    third = shown_after(page, second)
    assert book.claim(second).status == "rejected"
    page.keyboard.press("e")
    page.locator("#amending select[name=modality]").select_option("planned")
    page.locator("#amending input[name=reason]").fill("it is announced")
    page.keyboard.press("Enter")
    shown_after(page, third)
    assert (book.claim(third).status, book.claim(third).modality) == ("amended", "planned")
    page.keyboard.press("u")
    page.wait_for_selector(f'#one:has-text("claim {third} · unreviewed")')
    assert (book.claim(third).status, book.claim(third).modality) != ("amended", "planned")
    assert [one.verdict.value for one in book.reviews()] == ["accept", "reject", "amend", "reject"]  # nothing is erased
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    assert book.verify().sound


def test_what_another_window_decided_is_shown_and_not_written_over(seen, book):
    one, other = seen.page("/queue"), seen.page("/queue")
    for page in (one, other):
        page.wait_for_selector("#one [data-status]")
    number = int(one.locator("#waiting [aria-current=true]").get_attribute("data-number"))
    one.keyboard.press("a")
    one.wait_for_selector(f'#waiting [data-number="{number}"].done')
    other.keyboard.press("r")
    other.locator("#asking input[name=reason]").fill("not so")
    other.keyboard.press("Enter")
    other.wait_for_selector('#one [data-status="accepted"]')
    assert "somebody decided" in other.inner_text("#told")
    assert book.claim(number).status == "accepted"


def test_map_timeline_and_list_brush_one_another_and_the_address_tells_all(seen):
    page = seen.page("/")
    page.wait_for_selector("#map[data-ready=yes]")
    page.wait_for_selector("#list li")
    count = lambda: int(re.sub(r"\D", "", page.inner_text("#count")))  # noqa: E731
    every = count()
    handle = page.locator("[data-handle=from]")
    handle.focus()
    page.keyboard.press("End")
    page.wait_for_url("**since=2024-07**")
    page.wait_for_function("n => Number(document.querySelector('#count').textContent.replace(/\\D/g, '')) < n", arg=every)
    later = count()
    page.get_by_label("Type").select_option("ASSAULT")
    page.wait_for_url("**type=ASSAULT**")
    page.reload()
    page.wait_for_selector("#map[data-ready=yes]")
    assert page.get_by_label("Type").input_value() == "ASSAULT"
    page.go_back()
    page.wait_for_function("() => !location.search.includes('type')")
    page.wait_for_function("n => Number(document.querySelector('#count').textContent.replace(/\\D/g, '')) === n", arg=later)
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function("n => Number(document.querySelector('#count').textContent.replace(/\\D/g, '')) === n", arg=every)
    box = page.locator("#timeline svg").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 20, steps=4)
    page.mouse.up()
    page.wait_for_url("**until=**")
    clusters = int(page.locator("#map").get_attribute("data-clusters"))
    assert clusters >= 1
    with page.expect_download() as got:
        page.locator("[data-export=claims]").click()
    assert got.value.suggested_filename == "sayso-claims.csv"
    assert "Kassala" in Path(got.value.path()).read_text(encoding="utf-8")


def test_an_incident_has_its_accounts_side_by_side(seen):
    page = seen.page("/?q=Kassala")
    page.locator("#list a").first.click()
    page.wait_for_selector("h2")
    assert "Accounts, side by side" in page.inner_text("main")
    page.goto(seen.at + "/network")
    page.wait_for_selector("#network svg, #network .nothing")
    page.goto(seen.at + "/toll")
    page.wait_for_selector("#toll svg")
    assert "residents" in page.inner_text("#points")


def test_people_log_in_and_see_what_their_role_allows(browser, book, one_reader):
    for role in (Role.VIEWER, Role.OWNER):
        add_person(book, role.value, role, PASSWORD)
    with Served(book, WebSettings(book.where, auth=True), one_reader) as at:
        seen = Watched(browser, at)
        page = seen.page("/")
        assert page.url.endswith("/login")
        page.get_by_label("Name").fill("viewer")
        page.get_by_label("Password").fill("not this one")
        page.get_by_role("button", name="Log in").click()
        assert "Name or password is wrong" in page.inner_text("main")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_selector("#list li")
        menu = page.inner_text("header nav")
        assert "Reports" in menu
        assert "Review" not in menu
        page.goto(at + "/queue")
        assert "needs the role" in page.inner_text("main")
        page.get_by_role("button", name="Log out").click()
        page.wait_for_url("**/login")
        seen.check()
        seen.context.close()


def test_pages_have_no_serious_fault_that_axe_finds(browser, served):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    seen = Watched(browser, served, bypass_csp=True)  # the checker is a script of its own
    report = seen.page("/reports").locator("table a").first.get_attribute("href")
    views = ("/", "/queue", "/incidents/1", "/network", "/toll")
    for path in (*views, "/reports", "/reports/new", report, f"{report}?veil=1", "/codebooks/acled", "/people", "/audit"):
        page = seen.page(path)
        page.wait_for_timeout(600)
        found = [one for one in axe.run(page).response["violations"] if one["impact"] in ("serious", "critical")]
        told = [(one["id"], [node["html"][:120] for node in one["nodes"]][:2]) for one in found]
        assert not told, (path, told)
        page.close()
    seen.context.close()


def test_a_phone_reads_and_right_to_left_text_runs_so(browser, served):
    seen = Watched(browser, served)
    page = seen.page("/reports/new")
    page.set_viewport_size({"width": 390, "height": 800})
    for path in ("/", "/queue", "/reports"):
        page.goto(seen.at + path)
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= 400, path
    page.goto(seen.at + "/reports/new")
    page.get_by_label("Paste the report's text").fill("قصف الجيش البلدة وقتل ثلاثة مدنيين.")
    page.get_by_role("button", name="Add and read").first.click()
    page.wait_for_selector(".text p, .wrong:not([hidden])")
    if page.locator(".text p").count():
        assert page.evaluate("getComputedStyle(document.querySelector('.text p')).direction") == "rtl"
    seen.check()
    seen.context.close()


def logged_in(browser, at: str, name: str) -> Watched:
    """A context in which that person is logged in."""
    seen = Watched(browser, at)
    page = seen.page("/login")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_selector("header nav")
    page.close()
    return seen


def code_all(seen: Watched, first: str) -> None:
    """Code every claim of the one assignment by keys, the first of them by `first`, and hand in."""
    page = seen.page("/assignments")
    page.get_by_role("link", name="Code", exact=True).click()
    page.wait_for_selector("#one [data-status]")
    assert "confidence" not in page.inner_text("#one")
    number = shown_after(page, 0)
    if first == "r":
        page.keyboard.press("r")
        page.locator("#asking input[name=reason]").fill("no such act")
        page.keyboard.press("Enter")
    else:
        page.keyboard.press("a")
    told = "document.querySelector('#one').textContent"
    while True:
        page.wait_for_function(f"n => {told}.includes('All seen') || (/claim \\d+ /.test({told}) && !{told}.includes(`claim ${{n}} `))", arg=number)
        if "All seen" in page.inner_text("#one"):
            break
        number = int(page.locator("#waiting [aria-current=true]").get_attribute("data-number"))
        page.keyboard.press("a")
    page.goto(seen.at + "/assignments")
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_selector("#assignments button.hand-in", state="detached")
    page.close()


def test_two_code_blind_and_a_third_settles(browser, book, one_reader):
    for name, role in (("Ann", Role.CODER), ("Ben", Role.CODER), ("Judy", Role.ADJUDICATOR)):
        add_person(book, name, role, PASSWORD)
    with Served(book, WebSettings(book.where, auth=True), one_reader) as at:
        ann, ben, judy = (logged_in(browser, at, name) for name in ("Ann", "Ben", "Judy"))
        page = judy.page("/assignments")
        page.locator("#new-assignment select[name=records]").select_option(index=1)
        page.locator("#new-assignment select[name=a]").select_option("Ann")
        page.locator("#new-assignment select[name=b]").select_option("Ben")
        page.locator("#new-assignment input[name=name]").fill("first lot")
        page.get_by_role("button", name="Assign").click()
        identity = page.locator("#assignments tr[data-id]").get_attribute("data-id")
        code_all(ann, "a")
        reading = ben.page("/reports/" + book.document_of_claim(book.coded.assignments()[0].claims[0]))
        assert reading.locator(".veiled").count() == 1
        assert "confidence" not in reading.inner_text("main")
        reading.close()
        sealed = ben.page(f"/assignments/{identity}")
        assert "handed in" in sealed.inner_text("main")
        sealed.close()
        code_all(ben, "r")
        page.goto(f"{at}/assignments/{identity}")
        page.wait_for_selector("#scores")
        assert page.locator(".beside").count() == 1  # what they agree on is left out
        assert "rejected" in page.inner_text(".beside")
        page.locator("button.settle", has_text="Ben").click()
        page.locator("#asking input[name=reason]").fill("Ben is right")
        page.keyboard.press("Enter")
        page.wait_for_selector(".beside .settled")
        number = int(page.locator(".beside").get_attribute("data-number"))
        assert book.claim(number).status == "rejected"
        with page.expect_download() as got:
            page.get_by_role("link", name="as CSV").click()
        assert Path(got.value.path()).read_text(encoding="utf-8").startswith("field,level,units,percent,kappa,alpha")
        for seen in (ann, ben, judy):
            seen.check()
            seen.context.close()
    assert book.verify().sound


def test_claims_are_split_merged_and_left_for_later_by_keys(seen, book):
    page = seen.page("/queue")
    page.wait_for_selector("#one [data-status]")
    first = shown_after(page, 0)
    page.keyboard.press("s")
    second = shown_after(page, first)
    assert book.coded.skip_of(book.claim(first).id, "Coder One") is not None
    page.keyboard.press("m")
    page.locator("#asking input[name=number]").fill(str(first))
    page.locator("#asking input[name=reason]").fill("one happening")
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => document.querySelector('#told').textContent.includes('{second} and {first}')")
    assert {one.judgement.value for one in book.links()} == {"same"}
    count = len(book.current_reading(book.claim(second).document).claims)
    page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.querySelector('#one blockquote'), NodeFilter.SHOW_TEXT);
            const node = walker.nextNode();
            getSelection().setBaseAndExtent(node, 0, node, Math.min(6, node.length));
        }"""
    )
    page.keyboard.press("x")
    page.locator("#amending select[name=type]").select_option("THREATEN")
    page.locator("#amending input[name=reason]").fill("two acts")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#told').textContent.includes('is two now')")
    assert len(book.current_reading(book.claim(second).document).claims) == count + 1
    assert book.verify().sound
