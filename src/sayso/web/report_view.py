"""What a report's page shows: its text with marks and claims; or the text under the veil."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from sayso.export.cards import claim_marks, evidence
from sayso.export.lookup import Lookup
from sayso.export.marked import Mark, marked_lines
from sayso.export.page import article
from sayso.export.wording import act_words, bounds_words, figure_words, how_sure
from sayso.model import Claim, Document, Reading, Span

if TYPE_CHECKING:
    from sayso.gazetteers.places_around import TownsWithin
    from sayso.text.veil import Veiled

PREFIX = "r"


@dataclass(frozen=True, slots=True)
class VeiledClaim:
    """A claim without names: what was done, in the veiled words of each role."""

    number: str
    act: str
    sure: str
    roles: tuple[tuple[str, str], ...]  # (role, words under the veil)
    figures: tuple[str, ...]


def article_of(document: Document, lookup: Lookup | None, towns: "TownsWithin | None") -> Markup:
    """The report as one article of HTML; of one that was not read, its text alone."""
    if lookup is None:
        return Markup("".join(marked_lines(document.text, (), PREFIX)))  # noqa: S704 escaped there
    return Markup(article(lookup, PREFIX, towns))  # noqa: S704 escaped there


def veiled_text(veiled: "Veiled", reading: Reading) -> tuple[Markup, tuple[VeiledClaim, ...]]:
    """The veiled text with the words of each claim marked, and the claims."""
    lookup = Lookup(reading)
    marks = [_moved(veiled, one) for claim in reading.claims for one in claim_marks(lookup, claim)]
    text = Markup("".join(marked_lines(veiled.text, marks, PREFIX)))  # noqa: S704 escaped there
    return text, tuple(_claim(veiled, lookup, claim) for claim in reading.claims)


def _moved(veiled: "Veiled", one: Mark) -> Mark:
    start, end = veiled.from_source(one.start, one.end)
    return Mark(start, end, one.token)


def _claim(veiled: "Veiled", lookup: Lookup, claim: Claim) -> VeiledClaim:
    def words(span: Span) -> str:
        start, end = veiled.from_source(span.start, span.end)
        return veiled.text[start:end]

    figures = tuple(f"{bounds_words(one)} {figure_words(one)}" for one in lookup.figures_of.get(claim.id, ()))
    told = dict.fromkeys(evidence(claim))  # who speaks may also be who is blamed: told once
    roles = (("words", words(claim.trigger)), *((role, words(span)) for role, span in told))
    return VeiledClaim(lookup.claims[claim.id], act_words(claim), how_sure(claim), roles, figures)
