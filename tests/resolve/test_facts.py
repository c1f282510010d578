from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from sayso.codebooks.coding import CodingFacts
from sayso.gazetteers.actors import actor_list
from sayso.gazetteers.name_finder import find_names
from sayso.model import Act, ActorTarget, Claim, Document, Figure, Interval, PlaceTarget, Roles, Source, Span, Voice
from sayso.model.words import ActorKind, Measure, PlacePrecision, TimePrecision, VoiceKind
from sayso.resolve.actors import actor_context, resolve_actor, widened
from sayso.resolve.facts import Across, FactFinder
from sayso.resolve.report import ResolvedReport


def lemmas(word: str) -> frozenset[str]:
    return frozenset({word.lower(), word.lower().removesuffix("s").removesuffix("ed")})


@dataclass
class Report:
    """A text in which claims are marked by their words."""

    text: str
    countries: Sequence[str] = ("ML",)

    def __post_init__(self) -> None:
        self.document = Document(self.text, Source("Outlet"), language="en")
        self.claims: list[Claim] = []
        self.targets: dict[tuple[int, int], ActorTarget | None] = {}

    def span(self, quote: str) -> Span:
        at = self.text.index(quote)
        return self.document.span(at, at + len(quote))

    def claim(self, trigger: str, act: Act, actor: str = "", recipient: str = "") -> Claim:
        roles = Roles(*(tuple(self.span(quote) for quote in (words,) if quote) for words in (actor, recipient)))
        context = actor_context(self.document, find_names(self.text, actor_list()), self.countries)
        for span in (*roles.actor, *roles.recipient):
            self.targets[span.start, span.end] = resolve_actor(span.quote, context).target
        made = Claim(self.span(trigger), act, (Voice("Outlet", VoiceKind.OUTLET),), roles=roles)
        self.claims.append(made)
        return made

    def facts(self, claim: Claim) -> CodingFacts:
        names = [(name.start, name.end) for name in find_names(self.text, actor_list())]
        return FactFinder(lemmas, self.document, names, ResolvedReport((), self.targets, {}, {}, tuple(self.claims), ())).facts(claim)


def test_no_name_passes_in_any_of_the_words() -> None:
    report = Report("Hezbollah fighters fired rockets at an Israeli airfield as Hamas looked on.")
    told = report.facts(report.claim("fired", Act("ASSAULT"), "Hezbollah fighters", "an Israeli airfield"))
    words = told.actor_words | told.recipient_words | told.trigger_words | told.instrument_words | told.context_words
    assert {"fighter", "airfield", "rocket"} <= words
    assert not words & {"hezbollah", "israeli", "hamas"}


def test_a_thing_of_a_state_is_not_the_state() -> None:
    report = Report("Jets hit an Israeli airfield and Israeli soldiers.")
    assert report.facts(report.claim("hit", Act("ASSAULT"), "Jets", "an Israeli airfield")).recipient_kinds == (ActorKind.UNKNOWN,)
    assert report.facts(report.claim("hit", Act("ASSAULT"), "Jets", "Israeli soldiers")).recipient_kinds == (ActorKind.STATE_FORCE,)


def test_men_who_act_are_anybody_and_men_who_suffer_are_civilians() -> None:
    report = Report("Three men killed two men.")
    told = report.facts(report.claim("killed", Act("ASSAULT"), "Three men", "two men"))
    assert (told.actor_kinds, told.recipient_kinds) == ((ActorKind.UNKNOWN,), (ActorKind.CIVILIANS,))


@pytest.mark.parametrize(("victims", "kind"), [("nine Dogon", ActorKind.CIVILIANS), ("nine Dogon militiamen", ActorKind.IDENTITY_MILITIA)])
def test_a_community_that_suffers_is_its_people(victims: str, kind: ActorKind) -> None:
    report = Report(f"Gunmen killed {victims}.")
    told = report.facts(report.claim("killed", Act("ASSAULT"), "Gunmen", victims))
    assert told.recipient_kinds == (kind,)


def test_soldiers_of_no_known_state_are_still_a_states_force() -> None:
    report = Report("Soldiers shot at a bakery.", countries=())
    assert report.facts(report.claim("shot", Act("ASSAULT"), "Soldiers", "a bakery")).actor_kinds == (ActorKind.STATE_FORCE,)


def test_acts_of_the_sentence_keep_company_and_those_of_the_paragraph_are_near() -> None:
    report = Report("Jets struck the quay, and a mine sank a barge. Six died.\n\nWorkers marched.")
    for trigger, act in (("struck", Act("ASSAULT", "aerial")), ("sank", Act("ASSAULT", "explosives")), ("marched", Act("PROTEST", "demo"))):
        report.claim(trigger, act)
    died = report.claim("died", Act("ASSAULT"))
    assert report.facts(report.claims[0]).company == {"ASSAULT/explosives"}
    assert report.facts(died).company == frozenset()
    assert report.facts(died).nearby == {"ASSAULT/aerial", "ASSAULT/explosives"}


def test_the_words_before_a_noun_tell_the_means() -> None:
    report = Report("A grenade attack hurt six.")
    assert "grenade" in report.facts(report.claim("attack", Act("ASSAULT"))).instrument_words


def test_a_named_place_passes_as_a_place() -> None:
    report = Report("Rebels took Zorbel at dawn.")
    told = report.facts(report.claim("took", Act("ASSAULT"), "Rebels", "Zorbel"))
    assert "locality" in told.recipient_words


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Israeli forces said", "Israeli", "Israeli forces"),
        ("Russia's Defence Ministry said", "Russia", "Russia's Defence Ministry"),
        ("the Ministry of Defence of Azerbaijan said", "Azerbaijan", "Ministry of Defence of Azerbaijan"),
        ("Kenya said", "Kenya", "Kenya"),
    ],
)
def test_a_name_is_read_with_the_role_words_beside_it(text: str, name: str, words: str) -> None:
    at = text.index(name)
    assert widened(text, at, at + len(name)) == words


def test_those_told_in_a_role_are_told_apart_without_names() -> None:
    report = Report("Hamas fighters and Israeli soldiers fought; later the Israeli soldiers shelled Hamas fighters.")
    fought = report.facts(report.claim("fought", Act("ASSAULT"), "Hamas fighters", "Israeli soldiers"))
    told = [*fought.actor_parts, *fought.recipient_parts]
    assert [part.number for part in told] == [0, 0]
    assert told[0].mark != told[1].mark
    assert "soldier" in told[1].words
    assert not any("israeli" in part.words or "hamas" in part.words for part in told)


def test_a_pronoun_is_nobody_and_keeps_the_places_of_the_others() -> None:
    report = Report("Jets struck it and a farmer.")
    claim = report.claim("struck", Act("ASSAULT"), "Jets", "it")
    both = Claim(claim.trigger, claim.act, claim.voices, roles=Roles(claim.roles.actor, (report.span("it"), report.span("a farmer"))))
    report.claims[:] = [both]
    report.targets[report.span("a farmer").start, report.span("a farmer").end] = ActorTarget(None, "farmer", ActorKind.CIVILIANS)
    told = report.facts(both)
    assert told.recipient_kinds == (ActorKind.CIVILIANS,)
    assert [part.number for part in told.recipient_parts] == [1]


def test_whose_a_thing_is_passes_as_a_kind() -> None:
    report = Report("Rockets hit an Israeli airfield.")
    told = report.facts(report.claim("hit", Act("ASSAULT"), "Rockets", "an Israeli airfield"))
    assert (told.recipient_kinds, told.recipient_parts[0].owner) == ((ActorKind.UNKNOWN,), ActorKind.STATE)


def test_home_is_where_the_country_of_the_place_is() -> None:
    report = Report("Kenyan soldiers shot at Ugandan soldiers in Busia.")
    claim = report.claim("shot", Act("ASSAULT"), "Kenyan soldiers", "Ugandan soldiers")
    placed = Claim(claim.trigger, claim.act, claim.voices, roles=Roles(claim.roles.actor, claim.roles.recipient, place=(report.span("Busia"),)))
    busia = report.span("Busia")
    place = PlaceTarget("Busia", 0.5, 34.1, PlacePrecision.SETTLEMENT, "1", "KE")
    resolved = ResolvedReport((), report.targets, {(busia.start, busia.end): place}, {}, (placed, claim), ())
    finder = FactFinder(lemmas, report.document, [], resolved)
    assert (finder.facts(placed).actor_homes, finder.facts(placed).recipient_homes) == ((True,), (False,))
    assert finder.facts(claim).actor_homes == (True,), "where all that is placed is, the rest is taken to be"
    nowhere = FactFinder(lemmas, report.document, [], ResolvedReport((), report.targets, {}, {}, (claim,), ()))
    assert nowhere.facts(claim).actor_homes == (None,)


@pytest.mark.parametrize(("low", "high", "killed"), [(3, 3, True), (None, None, True), (0, 0, False)])
def test_a_figure_of_the_dead_tells_whether_somebody_was_killed(low: int | None, high: int | None, killed: bool) -> None:
    report = Report("Gunmen killed three farmers.")
    claim = report.claim("killed", Act("ASSAULT"), "Gunmen", "three farmers")
    figure = Figure(report.span("three farmers"), Measure.KILLED, low, high, claim.voices, claim=claim.id)
    deadly = Across(frozenset({"kill"}))
    with_figure = FactFinder(lemmas, report.document, [], ResolvedReport((), report.targets, {}, {}, (claim,), (figure,)), deadly)
    assert with_figure.facts(claim).killed is killed
    without = ResolvedReport((), report.targets, {}, {}, (claim,), ())
    assert FactFinder(lemmas, report.document, [], without, deadly).facts(claim).killed
    assert not FactFinder(lemmas, report.document, [], without).facts(claim).killed


def test_the_day_of_a_claim_is_that_of_its_time() -> None:
    report = Report("Gunmen killed a farmer on Monday.")
    claim = report.claim("killed", Act("ASSAULT"), "Gunmen", "a farmer")
    monday = report.span("Monday")
    dated = Claim(claim.trigger, claim.act, claim.voices, roles=Roles(claim.roles.actor, claim.roles.recipient, time=monday))
    interval = Interval("2024-05-06", None, TimePrecision.DAY)
    told = FactFinder(lemmas, report.document, [], ResolvedReport((), report.targets, {}, {(monday.start, monday.end): interval}, (dated,), ())).facts(dated)
    assert (told.day_from, told.day_to, told.days) == ("2024-05-06", None, None)


def test_an_answer_is_the_same_act_of_the_sentence_with_the_roles_exchanged() -> None:
    report = Report("Soldiers shelled rebels and the rebels shelled the soldiers. Gunmen shelled farmers.")
    first = report.claim("shelled", Act("ASSAULT", "heavy-weapons"), "Soldiers", "rebels")
    second = report.claim("shelled the soldiers", Act("ASSAULT", "heavy-weapons"), "the rebels", "the soldiers")
    third = report.claim("shelled farmers", Act("ASSAULT", "heavy-weapons"), "Gunmen", "farmers")
    assert [report.facts(claim).answered for claim in (first, second, third)] == [True, True, False]


@pytest.mark.parametrize(("who", "few"), [("Two farmers", True), ("One farmer", True), ("Twenty farmers", False)])
def test_one_or_two_people_pass_as_a_word_as_numbers_do_not(who: str, few: bool) -> None:
    report = Report(f"{who} protested.")
    assert ("twosome" in report.facts(report.claim("protested", Act("PROTEST"), who)).actor_words) is few
