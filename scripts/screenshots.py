"""Pictures of every page of the workbench, over invented reports: `python scripts/screenshots.py FOLDER`."""

import sys
import tempfile
import threading
import time
from pathlib import Path
from shutil import which

import uvicorn
import yaml
from playwright.sync_api import sync_playwright

from sayso.desk.adding import add
from sayso.desk.linking import link_all
from sayso.intake.settings import Taken
from sayso.model import Document, Source
from sayso.model.words import SourceKind
from sayso.pipeline import Reader
from sayso.store.ledger import Ledger, open_ledger
from sayso.web.app import create_app
from sayso.web.settings import WebSettings

HOME = Path(__file__).parents[1]


def documents() -> list[Document]:
    """The invented reports of our gold."""
    found = []
    for path in sorted((HOME / "tests" / "gold" / "dev").glob("*.yaml")):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        source = told.get("source") or {}
        made = Source(source.get("name", "unknown"), SourceKind(source.get("kind", "unknown")))
        published = str(told["published"]) if told.get("published") else None
        found.append(Document(told["text"], made, title=told.get("title"), published=published, language="en"))
    return found


def serve(ledger: Ledger, reader: Reader) -> tuple[uvicorn.Server, str]:
    """A server on a free port, and its address."""
    config = uvicorn.Config(create_app(ledger, WebSettings(ledger.where, by="Ada Coder"), reader), host="127.0.0.1", port=0, log_level="error", ws="none")
    server, socket = uvicorn.Server(config), config.bind_socket()
    threading.Thread(target=server.run, args=([socket],), daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return server, f"http://127.0.0.1:{socket.getsockname()[1]}"


def take(at: str, folder: Path) -> None:
    """A picture of each page, light, dark and as a phone shows it."""
    chromium = next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as played:
        browser = played.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"])
        for look, options in {
            "light": {"viewport": {"width": 1360, "height": 860}},
            "dark": {"viewport": {"width": 1360, "height": 860}, "color_scheme": "dark"},
            "phone": {"viewport": {"width": 390, "height": 800}},
        }.items():
            page = browser.new_context(**options).new_page()
            page.goto(f"{at}/reports")
            report = page.locator("table a").nth(3).get_attribute("href")
            pages = {"incidents": "/", "incident": "/incidents/1", "queue": "/queue", "reports": "/reports", "report": report, "veiled": f"{report}?veil=1"}
            pages |= {"toll": "/toll", "network": "/network", "assignments": "/assignments"}
            for name, path in (pages | {"codebook": "/codebooks/acled", "people": "/people", "audit": "/audit"}).items():
                page.goto(at + path)
                if name == "incidents":
                    page.wait_for_selector("#map[data-ready=yes]")
                    page.wait_for_timeout(2500)
                page.wait_for_timeout(500)
                page.screenshot(path=folder / f"{name}-{look}.png")
        browser.close()


def main() -> None:
    """Read, link, serve, look."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    reader = Reader()
    with tempfile.TemporaryDirectory() as made, open_ledger(f"{made}/desk.sqlite") as ledger:
        for _ in add([Taken(one) for one in documents()], ledger, reader):
            pass
        link_all(ledger)
        server, at = serve(ledger, reader)
        take(at, folder)
        server.should_exit = True
        time.sleep(0.5)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main()
