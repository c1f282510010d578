"""How fast the workbench answers over fifty thousand incidents, and under twenty coders: `python bench/workbench.py [--incidents N] [--where FOLDER]`.

The ledger is synthetic, as that of `bench/ledger.py`. Told are the median and the slowest of twenty requests of each kind by the server's own time (no
network between); when a browser has shown the page; the bytes that the page and all that it loads come to, packed; and, over the loopback, the waiting
times of twenty coders who decide at once, with a count of decisions that were lost. The aims: 200 ms, 3 s, 1.5 MB, 300 ms at the 95th percentile, none
lost.
"""

import argparse
import random
import statistics
import tempfile
import threading
import time
from pathlib import Path
from shutil import which

import httpx
import uvicorn
from fastapi.testclient import TestClient

from ledger import World, fill
from sayso.desk.adding import add
from sayso.desk.people import add_person, make_token
from sayso.intake.settings import Taken
from sayso.model import Document, Source
from sayso.model.words import Role
from sayso.pipeline import Reader
from sayso.store import opening
from sayso.store.incident_rows import summarise
from sayso.store.ledger import Ledger, open_ledger
from sayso.web.app import create_app
from sayso.web.settings import WebSettings

_CLAIMS = 7  # of one incident
_TIMES, _CODERS, _EACH = 20, 20, 15


def questions(world: World, chance: random.Random) -> dict[str, list[str]]:
    """Addresses by what they ask for, each with words of its own."""
    few = range(_TIMES)
    days = [f"since={2014 + chance.randint(0, 8)}-03-01&until=2023-{chance.randint(1, 9):02}-01" for _ in few]
    boxes = [f"bbox={west},{south},{west + 30},{south + 20}" for west, south in ((chance.randint(-18, 90), chance.randint(-35, 30)) for _ in few)]
    return {
        "list": ["/api/incidents"] * _TIMES,
        "list by type": [f"/api/incidents?type={chance.choice(('ASSAULT', 'PROTEST', 'COERCE'))}" for _ in few],
        "list by days": [f"/api/incidents?{one}" for one in days],
        "list by place": [f"/api/incidents?place={chance.choice(world.places[:400])}" for _ in few],
        "list by actor": [f"/api/incidents?actor={chance.choice(world.actors[:400])}" for _ in few],
        "list by words": [f"/api/incidents?q={chance.choice(world.words[:4000])}" for _ in few],
        "list by box": [f"/api/incidents?{one}" for one in boxes],
        "clusters, world": ["/api/incidents/clusters?zoom=1"] * _TIMES,
        "clusters, region": [f"/api/incidents/clusters?zoom=5&{one}" for one in boxes],
        "clusters, actor": [f"/api/incidents/clusters?zoom=3&actor={chance.choice(world.actors[:400])}" for _ in few],
        "timeline": ["/api/incidents/timeline"] * _TIMES,
        "timeline by days": [f"/api/incidents/timeline?{one}" for one in days],
        "queue": ["/api/queue"] * _TIMES,
    }


def server_times(ledger: Ledger, world: World) -> None:
    """Print how long each kind of request takes."""
    app = create_app(ledger, WebSettings(ledger.where, hosts=("testserver",), by="bench"))
    with TestClient(app) as client:
        client.get("/api/incidents")
        for name, addresses in questions(world, random.Random(3)).items():
            times = []
            for address in addresses:
                began = time.perf_counter()
                answered = client.get(address)
                times.append((time.perf_counter() - began) * 1000)
                answered.raise_for_status()
            print(f"  {name:18} median {statistics.median(times):6.1f} ms   slowest {max(times):6.1f} ms")


def served(ledger: Ledger, settings: WebSettings) -> tuple[uvicorn.Server, str]:
    """A server on a free port of the loopback, and its address."""
    config = uvicorn.Config(create_app(ledger, settings), host="127.0.0.1", port=0, log_level="error", ws="none")
    server, socket = uvicorn.Server(config), config.bind_socket()
    threading.Thread(target=server.run, args=([socket],), daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return server, f"http://127.0.0.1:{socket.getsockname()[1]}"


def opening_times(ledger: Ledger) -> None:
    """Print when a browser without a screen, which draws by software, has shown the list and the clusters of the map, three times."""
    chromium = next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if chromium is None:
        print("opening was not timed: it needs Chromium and playwright (`make test` installs both)")
        return
    server, at = served(ledger, WebSettings(ledger.where, by="bench"))
    with sync_playwright() as played:
        browser = played.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"])
        for _ in range(3):
            page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
            began = time.perf_counter()
            page.goto(f"{at}/", wait_until="commit")
            page.wait_for_selector("#list li")
            listed = time.perf_counter() - began
            page.wait_for_selector("#map[data-ready=yes]")
            print(f"opened: list after {listed:.1f} s, clusters after {time.perf_counter() - began:.1f} s (aim 3)")
            page.context.close()
        browser.close()
    server.should_exit = True


def page_weight() -> None:
    """Print what the page of incidents weighs, packed."""
    static = Path(create_app.__code__.co_filename).parent / "static"
    files = [path for path in static.rglob("*.gz") if path.name.split(".")[0] in ("desk", "incidents", "views") or path.parent.name == "assets"]
    print(f"page of incidents and all that it loads: {sum(path.stat().st_size for path in files) / 1e6:.2f} MB packed (aim 1.5)")


def read_into(ledger: Ledger, claims: int) -> None:
    """Enough invented reports, read, for so many claims."""
    towns = ("Goma", "Kassala", "Idlib", "Bunia", "Kandahar", "Mopti")
    reader, number = Reader(), 0
    while ledger.counts()["claims"] < claims:
        few = []
        for _ in range(16):
            number += 1
            text = f"Gunmen shelled a market in {towns[number % 6]} on {number % 28 + 1} May 2024 and killed {number} people, police said. The army denied it."
            few.append(Taken(Document(text, Source("Bench Wire"), given_id=str(number), published="2024-06-01", language="en")))
        for _ in add(few, ledger, reader):
            pass


def coders(ledger: Ledger) -> None:
    """Print how long twenty coders wait who decide at once, and what was lost."""
    names = [f"Coder {number}" for number in range(_CODERS)]
    for name in names:
        add_person(ledger, name, Role.CODER, None)
    tokens = {name: make_token(ledger, name, "bench") for name in names}
    server, at = served(ledger, WebSettings(ledger.where, auth=True, writes=10**6))
    waited: list[float] = []
    told: list[tuple[str, int, int]] = []

    def work(name: str, first: int) -> None:
        with httpx.Client(base_url=at, headers={"authorization": f"Bearer {tokens[name]}"}, timeout=30) as client:
            for number in range(first, first + _EACH):
                began = time.perf_counter()
                answered = client.post(f"/api/claims/{number}/decisions", json={"verdict": "reject", "reason": f"by {name}", "seen": ""})
                waited.append((time.perf_counter() - began) * 1000)
                told.append((name, number, answered.status_code))
                time.sleep(0.4)  # a quick coder; a person takes seconds

    # Half of them work on the same claims as another: one of two is told of the other's decision, and nothing is written over.
    threads = [threading.Thread(target=work, args=(name, 1 + (index // 2 if index < 10 else index) * _EACH)) for index, name in enumerate(names)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    server.should_exit = True
    entered = {(one.reviewer, ledger.claim_numbers([one.record])[one.record]) for one in ledger.reviews()}
    accepted = {(name, number) for name, number, status in told if status == 201}
    refused = sum(status == 409 for _, _, status in told)
    waited.sort()
    lost, others = len(accepted - entered), sum(status not in (201, 409) for _, _, status in told)
    told_wait = f"median {statistics.median(waited):.0f} ms, 95th percentile {waited[int(len(waited) * 0.95)]:.0f} ms (aim 300)"
    print(f"{_CODERS} coders, {len(told)} decisions: {told_wait}; {lost} lost, {refused} conflicts shown, {others} failed")


def main() -> None:
    """Fill, ask, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=50_000)
    parser.add_argument("--where")
    given = parser.parse_args()
    chance = random.Random(1)
    world = World.made(chance)
    with tempfile.TemporaryDirectory(dir=given.where) as folder:
        where = f"{folder}/ledger.sqlite"
        began = time.perf_counter()
        fill(where, world, chance, given.incidents * _CLAIMS)
        with opening.writing(opening.connect(where, create=False), where) as connection:
            summarise(connection)
        print(f"{given.incidents:,} incidents of {given.incidents * _CLAIMS:,} claims, made in {time.perf_counter() - began:.0f} s")
        with open_ledger(where) as ledger:
            server_times(ledger, world)
            opening_times(ledger)
        page_weight()
    with tempfile.TemporaryDirectory(dir=given.where) as folder, open_ledger(f"{folder}/ledger.sqlite") as ledger:
        read_into(ledger, _CODERS * _EACH)
        coders(ledger)


if __name__ == "__main__":
    main()
