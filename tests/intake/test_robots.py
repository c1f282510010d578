"""What a site asks machines to leave alone. All sites are invented."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import NotFetched
from sayso.intake.robots import Robots, parsed

SITE = "https://paper.example"


class Site:
    """A site whose robots.txt says what a test says, and a clock that stands still."""

    def __init__(self, status=200, body=b"", error=None):
        self.status, self.body, self.error = status, body, error
        self.asked, self.now = [], 0.0

    def robots(self):
        return Robots("sayso/1 (invented)", self.ask, lambda: self.now)

    def ask(self, url):
        self.asked.append(url)
        if self.error:
            raise self.error
        return self.status, self.body


def test_rules_for_us_go_before_rules_for_all():
    site = Site(body=b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n\nUser-agent: sayso\nDisallow: /private\nAllow: /private/open\nCrawl-delay: 3\n")
    robots = site.robots()
    assert robots.refusal(f"{SITE}/a") is None
    assert "robots.txt of paper.example" in robots.refusal(f"{SITE}/private/a")
    assert robots.refusal(f"{SITE}/private/open/a") is None
    assert robots.delay(f"{SITE}/a") == 3
    assert site.asked == [f"{SITE}/robots.txt"]


def test_each_site_has_its_own_and_answers_are_kept_for_a_day():
    site = Site(body=b"User-agent: *\nDisallow: /a\n")
    robots = site.robots()
    for url in (f"{SITE}/a", f"{SITE}/b", "http://paper.example/a", "https://paper.example:8443/a"):
        robots.refusal(url)
    assert site.asked == [f"{SITE}/robots.txt", "http://paper.example/robots.txt", "https://paper.example:8443/robots.txt"]
    site.now, site.body = 86_401.0, b""
    assert robots.refusal(f"{SITE}/a") is None
    assert len(site.asked) == 4


@pytest.mark.parametrize(("status", "refused"), [(200, False), (404, False), (401, False), (302, False), (429, True), (500, True), (503, True)])
def test_no_rules_allow_all_and_a_fault_of_the_site_allows_nothing(status, refused):
    assert bool(Site(status=status).robots().refusal(f"{SITE}/a")) == refused


def test_a_failure_is_asked_again_soon():
    site = Site(error=NotFetched("no answer"))
    robots = site.robots()
    assert "no answer" in robots.refusal(f"{SITE}/a")
    site.error = None
    assert robots.refusal(f"{SITE}/a")
    site.now = 601.0
    assert robots.refusal(f"{SITE}/a") is None


def test_a_delay_of_a_year_is_a_minute():
    assert Site(body=b"User-agent: *\nCrawl-delay: 31536000\n").robots().delay(f"{SITE}/a") == 60


def test_rules_made_to_be_slow_are_not():
    started = time.monotonic()
    agents = b"".join(b"User-agent: a%d\n" % number for number in range(2_000)) + b"Disallow: /x\n" * 20_000
    stars = b"User-agent: *\n" + b"Disallow: /" + b"*a" * 900 + b"b$\n" + b"Disallow: /" + b"x" * 400_000 + b"\n"
    assert parsed(agents).can_fetch("https://paper.example/y", "sayso")
    assert parsed(stars).can_fetch("https://paper.example/" + "a" * 3_000, "sayso")
    assert time.monotonic() - started < 5


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text("*$/a%:\nUser-agent: Disallow", max_size=120).map(lambda text: b"User-agent: *\nDisallow: " + text.encode())))
def test_any_bytes_are_rules(raw):
    assert parsed(raw).can_fetch(f"{SITE}/a", "sayso") in (True, False)
