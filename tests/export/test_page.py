"""The page stands alone, shows every claim's evidence, and runs nothing of a report's."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.export.hand import make_document, make_failure, make_reading, span

from sayso.export.marked import Mark, marked_lines
from sayso.export.page import reading_page
from sayso.gazetteers.places_around import Town
from sayso.model import (
    Act,
    ActorTarget,
    Candidate,
    Claim,
    Document,
    Failure,
    Figure,
    LoadedWord,
    Mention,
    PlaceTarget,
    Reading,
    Refusal,
    Resolution,
    Roles,
    Source,
    Voice,
)
from sayso.model.words import ActorKind, LoadedClass, Measure, MentionKind, PlacePrecision, VoiceKind

EVIL = '<script>alert(1)</script><img src="https://invalid.example/x" onerror=alert(2)>"\' </style></script><!-- &lt; javascript:alert(3)'


class Page(HTMLParser):
    """Tags with their attributes, and the text of the page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words, self._raw = [], [], None
        self.raw = {}
        self.feed(html)
        self.text = "".join(self.words)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self._raw = tag if tag in ("style", "script") else None

    def handle_endtag(self, tag):
        self._raw = None

    def handle_data(self, data):
        if self._raw:
            self.raw.setdefault(self._raw, []).append(data)
        else:
            self.words.append(data)


def evil_reading():
    document = Document(f"The army killed two in Imre. {EVIL} \u202eturned\u202c \x1b[31m", Source(EVIL, side=EVIL), EVIL, EVIL, "2024-05-04", EVIL, "en")
    voice = Voice(EVIL, VoiceKind.PERSON, span=span(document, "The army"), cue=span(document, EVIL))
    place, actor = Mention(MentionKind.PLACE, span(document, "Imre")), Mention(MentionKind.ACTOR, span(document, "The army"))
    roles = Roles(actor=(actor.span,), place=(place.span,))
    there, here = PlaceTarget(EVIL + "\u202e", 1.0, 2.0, PlacePrecision.SETTLEMENT, None, "SD", EVIL), PlaceTarget(EVIL, 50.0, 60.0, PlacePrecision.ADMIN1)
    judged = (
        Resolution(place.id, there, 0.5, EVIL, "m", (Candidate(there, 0.5, EVIL), Candidate(here, 0.1, EVIL))),
        Resolution(actor.id, ActorTarget("x", EVIL, ActorKind.STATE_FORCE), 0.5, EVIL, "m"),
    )
    claim = Claim(span(document, "killed"), Act(EVIL, EVIL), (voice,), roles=roles, reason=EVIL)
    figure = Figure(span(document, "two"), Measure.KILLED, 2, 2, (voice,), group=EVIL, since=EVIL, claim=claim.id)
    word = LoadedWord(span(document, EVIL), LoadedClass.VILIFYING, EVIL, (voice,))
    refused = (Refusal(EVIL, EVIL),)
    return Reading(document, (place, actor), (claim,), (figure,), loaded=(word,), resolutions=judged, refusals=refused, notes=(EVIL,))


@pytest.mark.parametrize("results", [[make_reading()], [evil_reading()], [make_reading(), evil_reading(), Failure(EVIL, EVIL, EVIL)], []])
def test_makes_no_request_and_runs_only_its_own_script(results):
    html = reading_page(results)
    page = Page(html)
    loading = [
        (tag, name)
        for tag, named in page.tags
        for name in named
        if name in ("src", "srcset", "action", "style", "poster", "data", "ping") or name.startswith("on")
    ]
    assert not loading
    links = [named["href"] for _, named in page.tags if "href" in named]
    assert all(link == "data:," or link.startswith("#") for link in links)
    assert {tag for tag, _ in page.tags} & {"img", "iframe", "object", "embed", "form", "base", "use", "image", "foreignobject", "animate"} == set()
    drawing = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert all(set(re.findall(r"<([a-z]+)", one)) <= {"svg", "title", "path", "circle", "text"} for one in drawing)
    style, script = page.raw["style"], page.raw["script"]
    assert len(style) == len(script) == 1
    assert "@import" not in style[0]
    assert "url(" not in style[0]
    assert not re.search(r"https?:|fetch|XMLHttp|import\(|eval|innerHTML", style[0] + script[0])


def test_policy_allows_exactly_this_style_and_script():
    page = Page(reading_page([make_reading()]))
    policy = next(named["content"] for tag, named in page.tags if named.get("http-equiv") == "Content-Security-Policy")
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.raw[kind][0].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_characters_that_steer_are_shown():
    html = reading_page([evil_reading()])
    assert "\u202e" not in html
    assert "\x1b" not in html
    assert "U+202E" in html
    assert EVIL in Page(html).text


def test_shows_every_claims_evidence():
    reading = make_reading()
    html = reading_page([reading])
    cards = re.findall(r'<li class="card.*?</button></li>', html, re.DOTALL)
    assert len(cards) == len(reading.claims)
    for number, (claim, card) in enumerate(zip(reading.claims, cards, strict=True), 1):
        words = Page(card).text
        spans = [claim.trigger, *claim.roles.actor, *claim.roles.recipient, *claim.roles.instrument, *claim.roles.place]
        spans += [claim.roles.time] if claim.roles.time else []
        spans += [part for voice in claim.voices for part in (voice.span, voice.cue) if part]
        assert all(part.quote in words for part in spans)
        assert all(voice.name in words for voice in claim.voices)
        assert f'id="r1-c{number}-at"' in html
        marked = re.findall(rf'data-m="[^"]*\bc{number}:trigger\b', html)
        assert marked
    assert "9 or more herders killed" in Page(cards[0]).text
    assert "Explosions/Remote violence" in Page(cards[0]).text
    assert "2024-05-03" in Page(cards[0]).text


def test_tells_what_was_not_read_and_what_was_left_out():
    text = Page(reading_page([make_reading(), make_failure()])).text
    for words in (
        "reports.jsonl:3",
        "NUL byte at 4",
        "1 input not read",
        "act at 'pilots'",
        "those said to have killed",
        "responds to",
        "the Red Hills Column",
    ):
        assert words in text


def test_ids_of_several_reports_do_not_clash():
    page = Page(reading_page([make_reading(), make_reading(), evil_reading()]))
    ids = [named["id"] for _, named in page.tags if "id" in named]
    assert len(ids) == len(set(ids)) > 10
    targets = {named["href"][1:] for tag, named in page.tags if tag == "a"}
    assert targets <= set(ids)


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=60), st.lists(st.tuples(st.integers(0, 59), st.integers(1, 30)), max_size=8))
def test_marked_text_is_the_text(text, places):
    """Whatever overlaps whatever: all words are there once, in order, and every mark covers its own words."""
    marks = [Mark(start, min(len(text), start + length), f"c{number}:trigger") for number, (start, length) in enumerate(places) if start < len(text)]
    lines = list(marked_lines(text, marks, "r1"))
    plain = [re.sub(r"<[^>]*>", "", line) for line in lines]
    kept = [line for line in text.split("\n") if line.strip()]
    assert len(plain) == len(kept)
    html = "".join(lines)
    for one in marks:
        pieces = re.findall(rf'data-m="[^"]*\b{one.token}\b[^"]*"[^>]*>(.*?)</span>(?!</span>)', html)
        if text[one.start : one.end].strip():
            assert pieces


def test_marked_words_cover_their_quote():
    document = make_document()
    reading = make_reading()
    html = reading_page([reading])
    body = html[html.index('<section class="text"') : html.index("</section>")]
    pieces = re.findall(r'<span data-m="([^"]*)"[^>]*>([^<]*)</span>', body)
    for token, words in (("c1:actor", "army aircraft"), ("f1:figure", "at least nine herders"), ("c1:instrument", "aircraft"), ("l1:loaded", "butchers")):
        assert "".join(text for tokens, text in pieces if token in tokens.split()) == words
    assert document.text.split("\n")[0] in Page(body).text


def test_names_reasons_and_rivals_of_resolutions_are_in_the_card():
    card = Page(reading_page([make_reading()])).text
    for words in (
        "near Wad Hassan, Kassala, Sudan",
        "15.40, 36.10",
        "in the state of the dateline",
        "Wad Hassan, Sennar, Sudan (settlement) · 0.30: 300 km away",
        "Military Forces of Sudan, state force",
        "country of the dateline",
        "a day before Saturday",
        "2024-05-02 · 0.10",
    ):
        assert words in card


def test_map_shows_located_claims_and_their_credit():
    towns = (Town("Kassala", 14.9, 36.9, 400_000), Town("Imre <b>", 15.9, 36.9, 900))
    html = reading_page([make_reading()], lambda extent, most: towns if extent[0] < 15.4 < extent[2] else ())
    drawing = re.search(r"<svg.*?</svg>", html, re.DOTALL)[0]
    assert 'data-claims="c1 c2"' in drawing
    assert ">near Wad Hassan</text>" in drawing
    assert ">Kassala</text>" in drawing
    assert "Imre &lt;b&gt;" in drawing
    assert drawing.count('class="town"') == 2
    assert re.search(r"\d+ km</text>", drawing)
    page = Page(html)
    assert page.text.count("© GeoNames, CC BY 4.0") == 2  # under the map and at the foot
    assert "No borders are drawn" in page.text


def test_no_place_no_map_and_no_credit():
    document = make_document()
    claim = Claim(span(document, "killed"), Act("ASSAULT"), (Voice("Delta News", VoiceKind.OUTLET),))
    html = reading_page([Reading(document, claims=(claim,))])
    assert "<svg" not in html
    assert "GeoNames" not in html


def test_far_places_and_countries_stand_beside_the_map():
    document = make_document("They met in Imre, in Bellmare and in Sudan.")
    mentions = [Mention(MentionKind.PLACE, span(document, name)) for name in ("Imre", "Bellmare", "Sudan")]
    targets = [
        PlaceTarget("Imre", 15.4, 36.4, PlacePrecision.SETTLEMENT, None, "SD"),
        PlaceTarget("Bellmare", 48.0, 2.0, PlacePrecision.SETTLEMENT, None, "FR"),
        PlaceTarget("Sudan", 15.0, 30.0, PlacePrecision.COUNTRY, None, "SD"),
    ]
    judged = tuple(Resolution(mention.id, target, 0.9, "listed", "m") for mention, target in zip(mentions, targets, strict=True))
    outlet = (Voice("Delta News", VoiceKind.OUTLET),)
    first = Claim(span(document, "met"), Act("CONSULT"), outlet, roles=Roles(place=tuple(mention.span for mention in mentions)))
    second = Claim(span(document, "They"), Act("CONSULT"), outlet, roles=Roles(place=(mentions[0].span,)))
    html = reading_page([Reading(document, tuple(mentions), (first, second), resolutions=judged)])
    drawing = re.search(r"<svg.*?</svg>", html, re.DOTALL)[0]
    assert ">Imre</text>" in drawing
    assert "Bellmare" not in drawing
    assert "Not on the map: Bellmare, France (c1), Sudan (c1)." in Page(html).text


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(list(PlacePrecision))), min_size=1, max_size=7))
def test_any_points_can_be_drawn(points):
    document = make_document()
    mention = Mention(MentionKind.PLACE, span(document, "SUAKIN"))
    spots = [document.span(number, number + 1) for number in range(len(points))]
    mentions = [Mention(MentionKind.PLACE, one) for one in spots]
    judged = tuple(
        Resolution(one.id, PlaceTarget(f"P{number}", lat, lon, precision), 0.5, "", "m")
        for number, (one, (lat, lon, precision)) in enumerate(zip(mentions, points, strict=True))
    )
    claim = Claim(span(document, "killed"), Act("ASSAULT"), (Voice("Delta News", VoiceKind.OUTLET),), roles=Roles(place=tuple(spots)))
    html = reading_page([Reading(document, (*mentions, mention), (claim,), resolutions=judged)])
    numbers = re.findall(r' c?[xyr]="([^"]+)"', re.search(r"<svg.*?</svg>", html, re.DOTALL)[0])
    assert all(abs(float(number)) < 10_000 for number in numbers)
