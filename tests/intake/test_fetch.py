"""Pages come from public addresses only, within caps, as robots.txt allows; servers here listen on loopback, which only tests can let through."""

import gzip
import socket
import time
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.loopback import BOMB, answer, endlessly, fetcher, many_headers, slowly

from sayso.errors import NotFetched
from sayso.intake.addresses import checked_addresses, refusal, within
from sayso.intake.fetch import Fetcher, FetchSettings, Outside, Validators, checked_url

PAGE = "<html><p>The army said on Tuesday that nine people had been killed in the town.</p></html>"


def refused(url, match, **more):
    with pytest.raises(NotFetched, match=match):
        fetcher(**more).get(url)


def test_a_page_comes_as_it_was_sent_with_when_and_whence(site):
    url = site.add("/a?b=1#c", PAGE, etag='"1"', Last_Modified="Sat, 04 May 2024 10:00:00 GMT", Set_Cookie="who=me")
    site.pages["/a?b=1"] = site.pages.pop("/a?b=1#c")
    got = fetcher(outside=Outside(clock=lambda: datetime(2024, 5, 4, 10, tzinfo=UTC))).get(url)
    assert (got.status, got.media_type, got.body, got.retrieved) == (200, "text/html", PAGE.encode(), "2024-05-04T10:00:00Z")
    assert got.header("ETag") == '"1"'
    assert got.header("set-cookie") is None
    path, headers = site.asked[-1]
    assert path == "/a?b=1"
    assert headers["user-agent"].startswith("sayso/")
    assert headers["host"] == f"127.0.0.1:{site.port}"
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}


def test_nothing_is_fetched_unless_it_is_allowed(site):
    url = site.add("/a", PAGE)
    with pytest.raises(NotFetched, match="--fetch"):
        Fetcher(FetchSettings(allow_networks=("127.0.0.0/8",))).get(url)
    assert site.asked == []


def test_no_cookie_and_no_proxy_of_the_environment(site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    url = site.add("/a", PAGE, Set_Cookie="who=me")
    one = fetcher()
    one.get(url)
    one.get(url)
    assert all("cookie" not in headers for _, headers in site.asked)


@pytest.mark.parametrize(
    ("url", "match"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.org/a", "only http and https"),
        ("gopher://example.org/", "only http and https"),
        ("example.org/a", "only http and https"),
        ("//example.org/a", "only http and https"),
        ("http://", "names no host"),
        ("http:///a", "names no host"),
        ("http://me:secret@example.org/", "credentials are never sent"),
        ("http://example.org:25/", "port 25"),
        ("http://example.org:99999/", "port 99999"),
        ("http://[::1/", "no URL"),
        ("http://exa mple.org/", "names no host"),
        ("http://a\r\nHost: b/", "no URL"),
        ("http://example.org/" + "a" * 5_000, "at most"),
    ],
)
def test_what_is_no_web_address_is_refused(url, match):
    refused(url, match, outside=Outside(resolver=lambda *_: ()))


def test_a_secret_in_a_url_is_not_repeated():
    for url in ("http://me:secret@example.org/", "ftp://me:secret@example.org/", "http://me:secret@[::1/"):
        with pytest.raises(NotFetched) as told:
            fetcher().get(url)
        assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "192.88.99.1",
        "198.18.0.1",
        "203.0.113.7",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::1",
        "2001:0:1::1",
        "2001:db8::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "2606:4700::5efe:7f00:1",
        "nonsense",
    ],
)
def test_addresses_that_are_not_public_are_refused(address):
    assert refusal(address)
    with pytest.raises(NotFetched, match=r"is refused"):
        checked_addresses("example.org", 80, lambda *_: (address,))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001:800::200e"])
def test_public_addresses_are_not(address):
    assert refusal(address) is None
    assert checked_addresses("example.org", 80, lambda *_: (address, address)) == (address,)


def test_a_host_with_one_private_address_among_public_ones_is_refused():
    with pytest.raises(NotFetched, match=r"10\.0\.0\.1"):
        checked_addresses("example.org", 80, lambda *_: ("8.8.8.8", "10.0.0.1"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_loopback_is_refused_however_it_is_written(site, host):
    site.add("/a", PAGE)
    refused(site.url("/a", host), "is refused|cannot be found|no URL", allow_networks=())
    assert site.asked == []


def test_a_redirect_to_loopback_is_refused(site):
    # The first host is one that the tests let through, the second is not.
    site.add("/start", "", 302, location=site.url("/inside", "127.0.0.2"))
    refused(site.url("/start"), "127.0.0.2", allow_networks=("127.0.0.1/32",))
    assert "/inside" not in site.paths()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://me:secret@127.0.0.1/", "http://[::1/"])
def test_a_redirect_out_of_the_web_is_refused(site, target):
    site.add("/start", "", 302, location=target)
    refused(site.url("/start"), "only http|credentials|no URL")


def test_a_name_that_changes_its_answer_gains_nothing(site):
    site.add("/robots.txt", "", 404)
    site.add("/a", PAGE)
    answers = iter([("127.0.0.1",), ("127.0.0.1",), ("127.0.0.2",), ("127.0.0.2",)])
    asked = []

    def resolver(host, port):
        asked.append(host)
        return next(answers)

    one = fetcher(outside=Outside(resolver=resolver), allow_networks=("127.0.0.1/32",))
    assert one.get(site.url("/a", "rebinding.example")).status == 200
    assert asked == ["rebinding.example"] * 2  # once for robots.txt, once for the page: what was checked is what was connected to
    with pytest.raises(NotFetched, match=r"127\.0\.0\.2 is not a public address"):
        one.get(site.url("/a", "rebinding.example"))


def test_the_name_is_sent_though_the_address_is_connected_to(site):
    site.add("/a", PAGE)
    fetcher(outside=Outside(resolver=lambda *_: ("127.0.0.1",))).get(site.url("/a", "paper.example"))
    assert site.asked[-1][1]["host"] == f"paper.example:{site.port}"


def test_redirects_are_followed_and_counted(site):
    for number in range(5):
        site.add(f"/{number}", "", 301, location=f"/{number + 1}")
    site.add("/5", PAGE)
    got = fetcher().get(site.url("/0"))
    assert (got.url, got.final_url) == (site.url("/0"), site.url("/5"))
    site.add("/loop", "", 302, location="/loop")
    refused(site.url("/loop"), "more than 5 redirects")


def test_robots_are_respected_also_after_a_redirect(site):
    site.add("/robots.txt", "User-agent: *\nDisallow: /closed\n")
    site.add("/open", PAGE)
    site.add("/closed/a", PAGE)
    site.add("/start", "", 302, location="/closed/a")
    one = fetcher()
    assert one.get(site.url("/open")).status == 200
    for path in ("/closed/a", "/start"):
        with pytest.raises(NotFetched, match=r"robots\.txt"):
            one.get(site.url(path))
    assert site.paths() == ["/robots.txt", "/open", "/start"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
def test_robots_that_are_not_there_allow_and_robots_that_fail_do_not(site, status, allowed):
    site.add("/robots.txt", "x", status)
    url = site.add("/a", PAGE)
    if allowed:
        assert fetcher().get(url).status == 200
    else:
        refused(url, rf"answered {status}")
        assert "/a" not in site.paths()


def test_hosts_are_asked_politely(site):
    site.add("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
    url = site.add("/a", PAGE)
    now, slept = [1000.0], []

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    one = fetcher(outside=Outside(monotonic=lambda: now[0], sleep=sleep), delay=1.0)
    for _ in range(3):
        one.get(url)
    assert slept == [7.0, 7.0]


def test_gzip_is_undone_and_a_bomb_is_not(site):
    url = site.add("/a", gzip.compress(PAGE.encode()), Content_Encoding="gzip")
    assert fetcher().get(url).body == PAGE.encode()
    url = site.add("/z", zlib.compress(PAGE.encode()), Content_Encoding="deflate")
    assert fetcher().get(url).body == PAGE.encode()
    url = site.add("/bomb", BOMB, Content_Encoding="gzip")
    refused(url, "bomb")
    refused(url, "larger than 50,000 bytes when decompressed", limit=50_000)
    refused(site.add("/nested", gzip.compress(BOMB), Content_Encoding="gzip, gzip"), "not known")
    refused(site.add("/broken", b"\x1f\x8bnonsense", Content_Encoding="gzip"), "broken")
    refused(site.add("/cut", gzip.compress(PAGE.encode())[:-9], Content_Encoding="gzip"), "cut short")


def test_slow_endless_and_bloated_answers_are_given_up(site):
    site.pages["/slow"] = slowly
    started = time.monotonic()
    refused(site.url("/slow"), "within", seconds=0.4)
    assert time.monotonic() - started < 3
    site.pages["/endless"] = endlessly
    refused(site.url("/endless"), "larger than 100,000 bytes", limit=100_000)
    site.pages["/headers"] = many_headers
    refused(site.url("/headers"), "headers of|too long")
    site.pages["/long"] = lambda request: request.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n")
    refused(site.url("/long"), "larger than")
    site.pages["/nothing"] = lambda request: request.wfile.write(b"\x16\x03\x01 no HTTP at all\r\n\r\n")
    refused(site.url("/nothing"), "could not be fetched")
    site.pages["/short"] = lambda request: request.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nshort")
    refused(site.url("/short"), "could not be fetched")


def test_a_name_server_that_never_answers_is_given_up():
    def never(host, port):
        time.sleep(1.5)
        return ()

    with pytest.raises(TimeoutError, match="name server"):
        within(0.1, never)("example.org", 80)
    refused("http://example.org/", "cannot be found", outside=Outside(resolver=never), seconds=0.2)


def test_closed_ports_and_unknown_hosts_are_told():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    refused(f"http://127.0.0.1:{port}/", "could not be fetched")

    def unknown(host, port):
        raise socket.gaierror(-2, "Name or service not known")

    refused("http://nowhere.example/", "cannot be found", outside=Outside(resolver=unknown))


def test_a_page_that_did_not_change_is_told_so(site):
    def page(request):
        same = request.headers.get("if-none-match") == '"1"'
        answer(request, 304 if same else 200, b"" if same else PAGE.encode(), {"etag": '"1"'})

    site.pages["/feed"] = page
    first = fetcher().get(site.url("/feed"))
    again = fetcher().get(site.url("/feed"), Validators(first.header("etag")))
    assert (first.status, again.status, again.body) == (200, 304, b"")
    refused(site.add("/odd", "", 304), "answered 304")
    refused(site.add("/gone", "", 410), "answered 410")
    with pytest.raises(NotFetched):
        fetcher().get(site.url("/feed"), Validators("a\r\nX-Evil: 1"))


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), st.from_regex(r"https?://[^ ]{0,40}", fullmatch=True)))
def test_any_string_is_a_url_or_refused(text):
    try:
        parts = checked_url(text)
    except NotFetched:
        return
    assert parts.scheme in ("http", "https")
    assert parts.raw_host
    assert not parts.userinfo
