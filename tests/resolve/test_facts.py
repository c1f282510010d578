from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from sayso.codebooks.coding import CodingFacts
from sayso.gazetteers.actors import actor_list
from sayso.gazetteers.name_finder import find_names
from sayso.model import Act, ActorTarget, Claim, Document, Roles, Source, Span, Voice
from sayso.model.words import ActorKind, VoiceKind
from sayso.resolve.actors import actor_context, resolve_actor, widened
from sayso.resolve.facts import FactFinder
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
