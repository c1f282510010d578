"""The page in a real browser, where one is installed: its script runs under its policy, a report's does not, and nothing is asked for."""

import re
import shutil
import subprocess
from urllib.parse import urlsplit

import pytest
from tests.export.hand import make_reading
from tests.export.test_page import evil_reading

from sayso.export.page import reading_page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-domain-reliability", "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=2000",
)  # fmt: skip


@pytest.fixture(name="opened", scope="module")
def opened_page(tmp_path_factory):
    """The page's document after its script ran, and the addresses that were asked for."""
    if not CHROMIUM:
        pytest.skip("no Chromium here: the page's markup is tested without it in test_page.py")
    folder = tmp_path_factory.mktemp("browser")
    page, log = folder / "page.html", folder / "net.json"
    page.write_text(reading_page([make_reading(), evil_reading()]), encoding="utf-8")
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    asked = set(re.findall(r'"url":"([^"]+)"', log.read_text(encoding="utf-8", errors="replace"))) if log.exists() else set()
    return done.stdout, asked


def test_its_script_runs(opened):
    assert re.search(r'<html[^>]*class="script"', opened[0])


def test_a_reports_script_does_not(opened):
    assert "alert(1)" in opened[0]
    assert not re.search(r"<img|<script>alert", opened[0])


def test_it_asks_for_nothing(opened):
    """The browser tries errands of its own (updates), which its flags let lead nowhere; no other address is asked for."""
    hosts = {urlsplit(address).hostname or "" for address in opened[1] if address.startswith(("http:", "https:", "ws:", "wss:"))}
    assert not [host for host in hosts if not host.endswith((".google.com", ".googleapis.com", ".gvt1.com"))]
