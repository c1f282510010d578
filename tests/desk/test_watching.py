"""Feeds watched in rounds: what is new is handed on once, whatever breaks. All feeds are invented, and served by this machine."""

import json
import os

import pytest
from tests.intake.loopback import answer, fetcher

from sayso.desk import watching
from sayso.desk.watching import Watching, WatchSettings, seconds_of
from sayso.errors import InputError, Unwritable
from sayso.intake.opml import Listed
from sayso.intake.settings import IntakeSettings
from sayso.model import Document, Failure

TEXT = "The army said on Tuesday that {} people had been killed in the town."


def item(number, link="", words=None):
    told = words or TEXT.format(number)
    return f"<item><title>Report {number}</title><guid>g{number}</guid><link>{link}</link><description>{told}</description></item>"


def rss(*items):
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Invented Paper</title>{"".join(items)}</channel></rss>'


class Desk:
    """A watch with a store that keeps what it is given."""

    def __init__(self, site, state, *paths, **config):
        feeds = [Listed(site.url(path)) for path in paths or ("/feed",)]
        self.watching = Watching(feeds, state, fetcher(site), IntakeSettings(), WatchSettings(**{"every": 60.0, "rounds": 1, **config}))
        self.taken, self.waits, self.stop = [], [], False

    def add(self, taken):
        self.taken.extend(taken)

    def run(self, add=None):
        return list(self.watching.rounds(add or self.add, lambda: self.stop, self.waits.append, lambda: 0.0))

    @property
    def texts(self):
        return [one.item.text for one in self.taken if isinstance(one.item, Document)]


def test_what_is_new_is_handed_on_once(site, tmp_path):
    site.add("/feed", rss(item(1), item(2)))
    first = Desk(site, tmp_path / "state")
    (told,) = first.run()
    assert (told.new, told.title, told.failures) == (2, "The Invented Paper", ())
    assert first.texts == [TEXT.format(1), TEXT.format(2)]
    site.add("/feed", rss(item(3), item(1), item(2, words="A correction: the army said that nobody had been killed in the town.")))
    second = Desk(site, tmp_path / "state")  # a new process
    (told,) = second.run()
    assert told.new == 2  # a new one, and one whose words changed
    assert second.texts[0] == TEXT.format(3)
    assert second.texts[1].startswith("A correction")
    assert Desk(site, tmp_path / "state").run()[0].new == 0


def test_a_feed_that_did_not_change_is_not_sent_again(site, tmp_path):
    def feed(request):
        same = request.headers.get("if-none-match") == '"1"' and request.headers.get("if-modified-since") == "Sat, 04 May 2024 10:00:00 GMT"
        answer(request, 304 if same else 200, b"" if same else rss(item(1)).encode(), {"etag": '"1"', "last-modified": "Sat, 04 May 2024 10:00:00 GMT"})

    site.pages["/feed"] = feed
    desk = Desk(site, tmp_path, rounds=3)
    assert [one.unchanged for one in desk.run()] == [False, True, True]
    assert len(desk.taken) == 1
    assert desk.waits == [60.0, 60.0]


def test_one_bad_feed_does_not_stop_the_others(site, tmp_path):
    site.add("/broken", "nothing of the kind")
    site.add("/gone", "", 410)
    site.add("/evil", '<!DOCTYPE r [<!ENTITY a "b">]><rss/>')
    site.add("/feed", rss(item(1), "<item><title>Only a title</title></item>"))
    desk = Desk(site, tmp_path, "/broken", "/gone", "/evil", "/feed")
    told = desk.run()
    assert [len(one.failures) for one in told] == [1, 1, 1, 1]
    assert [one.failures[0].kind for one in told] == ["InputError", "NotFetched", "InputError", "EmptyReport"]
    assert desk.texts == [TEXT.format(1)]


def test_more_entries_than_a_round_takes_wait_for_the_next(site, tmp_path):
    site.add("/feed", rss(*(item(number) for number in range(5))), etag='"1"')
    desk = Desk(site, tmp_path, rounds=3, entries=2)
    told = desk.run()
    assert [(one.new, one.waiting) for one in told] == [(2, 3), (2, 1), (1, 0)]
    assert len(set(desk.texts)) == 5
    assert not any("if-none-match" in headers for _, headers in site.asked)  # else the rest would never come


def test_a_kill_between_adding_and_keeping_costs_nothing_but_the_same_again(site, tmp_path):
    site.add("/feed", rss(item(1)))
    desk = Desk(site, tmp_path)

    def killed(taken):
        desk.add(taken)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.run(killed)
    again = Desk(site, tmp_path)
    again.run()
    assert [one.item.id for one in again.taken] == [one.item.id for one in desk.taken]


def test_a_stop_keeps_what_was_done_and_leaves_the_rest(site, tmp_path):
    site.add("/feed", rss(item(1), item(2), item(3)))
    desk = Desk(site, tmp_path, "/feed", "/never")

    def stopping(taken):
        for one in taken:
            desk.taken.append(one)
            desk.stop = True

    (told,) = desk.run(stopping)
    assert (told.new, told.waiting) == (1, 2)
    assert "/never" not in site.paths()
    again = Desk(site, tmp_path)
    again.run()
    assert again.texts == [TEXT.format(2), TEXT.format(3)]


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"seen": 5}', '{"etag": 1, "modified": null, "seen": null}'])
def test_a_broken_state_is_told_and_all_is_new(site, tmp_path, broken):
    site.add("/feed", rss(item(1)))
    Desk(site, tmp_path).run()
    (path,) = tmp_path.iterdir()
    path.write_text(broken)
    (told,) = Desk(site, tmp_path).run()
    assert told.new == 1
    assert "could not be read" in told.notes[0]
    assert json.loads(path.read_text())["seen"]


def test_a_state_that_cannot_be_kept_ends_with_the_reason(site, tmp_path):
    site.add("/feed", rss(item(1)))
    (tmp_path / "file").write_text("x")
    with pytest.raises(Unwritable, match="--state"):
        Desk(site, tmp_path / "file").run()
    assert os.listdir(tmp_path) == ["file"]


def test_the_state_stays_small(site, tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "_REMEMBERED", 30)
    for number in range(4):
        site.add("/feed", rss(*(item(f"{number}-{entry}") for entry in range(20))))
        Desk(site, tmp_path).run(lambda taken: sum(1 for _ in taken))
    (path,) = tmp_path.iterdir()
    assert len(json.loads(path.read_text())["seen"]) == 20 + 30


PAGE = "<html><body><article><p>{}</p><p>It said that the road to the town was closed to all on that day.</p></article></body></html>"


def test_pages_are_fetched_where_that_is_wanted(site, tmp_path):
    site.add("/a", PAGE.format(TEXT.format(9)))
    site.add("/feed", rss(item(9, site.url("/a")), item(2, site.url("/nothing")), item(3)))
    desk = Desk(site, tmp_path, fetch_articles=True)
    desk.run()
    one, two, three = desk.taken
    assert "the road to the town" in one.item.text
    assert one.raw == PAGE.format(TEXT.format(9)).encode()
    assert (one.item.url, one.item.source.name) == (site.url("/a"), "The Invented Paper") or one.item.source.name.startswith("127.0.0.1")
    assert two.item.text == TEXT.format(2)
    assert any("404" in note for note in two.notes)
    assert three.item.text == TEXT.format(3)


def test_feeds_that_lead_to_each_other_are_not_followed(site, tmp_path):
    site.add("/one", rss(item(1, site.url("/two"))))
    site.add("/two", rss(item(2, site.url("/one")), item(3, site.url("/three"))))
    site.add("/three", rss(item(4, site.url("/three"))))
    desk = Desk(site, tmp_path, "/one", "/two", fetch_articles=True)
    desk.run()
    assert desk.texts == [TEXT.format(number) for number in (1, 2, 3)]
    assert [path for path in site.paths() if path != "/robots.txt"] == ["/one", "/two", "/three"]
    assert any("a feed itself" in note for one in desk.taken for note in one.notes)


def test_the_bytes_of_a_round_are_capped(site, tmp_path):
    site.add("/feed", rss(item(1, site.url("/a")), item(2)))
    site.add("/a", PAGE)
    desk = Desk(site, tmp_path, "/feed", "/more", fetch_articles=True, most_bytes=100)
    first, second = desk.run()
    assert first.new == 2
    assert "waits for the next" in second.notes[0]
    assert "/a" not in site.paths()
    assert "/more" not in site.paths()


@pytest.mark.parametrize(("told", "seconds"), [("30s", 30), ("15m", 900), ("2h", 7_200), ("1d", 86_400), (" 15M ", 900)])
def test_times(told, seconds):
    assert seconds_of(told) == seconds


@pytest.mark.parametrize("told", ["", "15", "m", "-5m", "1.5h", "0s", "1s", "99d", "15 m", "١٥m", "99999999m"])
def test_times_that_are_none(told):
    with pytest.raises(InputError, match="time"):
        seconds_of(told)


def test_failures_name_the_feed_without_its_password(site, tmp_path):
    watched = Watching([Listed("http://me:secret@paper.example/feed")], tmp_path, fetcher(site), IntakeSettings(), WatchSettings(rounds=1))
    (told,) = watched.rounds(list, lambda: False, lambda _: None, lambda: 0.0)
    assert isinstance(told.failures[0], Failure)
    assert "secret" not in repr(told.failures)


def test_the_date_that_a_feed_tells_goes_before_the_one_that_was_given(site, tmp_path):
    dated = item(9, site.url("/a")).replace("<guid>", "<pubDate>Sat, 04 May 2024 10:00:00 GMT</pubDate><guid>")
    site.add("/a", PAGE.format(TEXT.format(9)))
    site.add("/b", PAGE.format(TEXT.format(8)))
    site.add("/feed", rss(dated, item(8, site.url("/b"))))
    taken = []
    settings = IntakeSettings(published="2020-01-01")
    watching = Watching([Listed(site.url("/feed"))], tmp_path, fetcher(site), settings, WatchSettings(every=60.0, rounds=1, fetch_articles=True))
    list(watching.rounds(taken.extend, lambda: False, lambda _: None, lambda: 0.0))
    assert [one.item.published[:10] for one in taken] == ["2024-05-04", "2020-01-01"]


def flaky(pages, failing):
    """An answer that fails so often before it comes."""
    asked = []

    def page(request):
        asked.append(1)
        broken = len(asked) <= failing
        answer(request, 503 if broken else 200, b"" if broken else pages.encode(), {})

    return page, asked


def test_a_page_that_failed_is_tried_again_in_later_rounds(site, tmp_path):
    site.pages["/a"], asked = flaky(PAGE.format(TEXT.format(9)), failing=2)
    site.add("/feed", rss(item(9, site.url("/a")), item(3)), etag='"1"')
    first = Desk(site, tmp_path, fetch_articles=True)
    (told,) = first.run()
    assert first.texts == [TEXT.format(9), TEXT.format(3)]
    assert any("/a" in note and "503" in note and "tried again in the next round (try 1 of 5 failed)" in note for note in told.notes)
    second = Desk(site, tmp_path, fetch_articles=True, rounds=4)  # a new process
    rounds = second.run()
    assert len(asked) == 3
    assert [[one.reason for one in told.failures] for told in rounds][1:] == [[], [], []]
    (failure,) = rounds[0].failures
    assert "503" in failure.reason
    assert "tried again in 2 rounds (try 2 of 5 failed)" in failure.reason
    assert [one.fetched_later for one in rounds] == [0, 0, 1, 0]
    assert "the road to the town" in second.texts[-1]


def test_a_page_that_always_fails_is_given_up(site, tmp_path):
    site.pages["/a"], asked = flaky("", failing=99)
    site.add("/feed", rss(f"<item><title>Only a title</title><guid>g</guid><link>{site.url('/a')}</link></item>"))
    rounds = Desk(site, tmp_path, fetch_articles=True, rounds=30).run()
    assert len(asked) == 5
    reasons = [failure.reason for one in rounds for failure in one.failures]
    assert len(reasons) == 5
    assert reasons[-1].endswith("given up after 5 tries")
    assert [one.round for one in rounds if one.failures] == [1, 2, 4, 8, 16]
    (path,) = tmp_path.iterdir()
    assert json.loads(path.read_text())["waiting"] == []


def test_what_no_later_try_would_bring_is_not_tried_again(site, tmp_path):
    site.add("/feed", rss(item(1, "ftp://paper.example/a"), item(2, site.url("/feed")), item(3, "http://me:secret@paper.example/a")))
    Desk(site, tmp_path, fetch_articles=True).run()
    (path,) = tmp_path.iterdir()
    assert json.loads(path.read_text())["waiting"] == []
    assert "secret" not in path.read_text()


def test_pages_wait_on_while_the_feed_itself_fails_or_did_not_change(site, tmp_path):
    site.pages["/a"], asked = flaky(PAGE.format(TEXT.format(9)), failing=1)
    site.add("/feed", rss(item(9, site.url("/a"))))
    Desk(site, tmp_path, fetch_articles=True).run()
    site.add("/feed", "", 500)
    desk = Desk(site, tmp_path, fetch_articles=True)
    (told,) = desk.run()
    assert (told.fetched_later, len(told.failures), len(asked)) == (1, 1, 2)
    assert "the road to the town" in desk.texts[0]
