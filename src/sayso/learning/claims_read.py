"""Claims and figures of coded texts with their signs and whether they are right: what a confidence is learned from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.codebooks.codebook import load_codebook
from sayso.engines.engine import Proposals, Signs, VeiledReport
from sayso.engines.rules.engine import RulesEngine
from sayso.engines.rules.parsing import load_parser
from sayso.evaluate.verdicts import Known, claim_verdict, figure_verdict
from sayso.extract.finding import find, hints
from sayso.extract.ground import Grounder
from sayso.extract.names import named_spans
from sayso.gazetteers.actors import actor_list
from sayso.gazetteers.places import places
from sayso.languages.pack import load_pack
from sayso.model import Origin
from sayso.text.veil import veil

ACT, FIGURE = "act", "figure"


@dataclass(frozen=True, slots=True)
class Judged:
    """One claim or figure that could be judged: of which text, with which signs, and whether it is right."""

    text: str  # id of the text
    kind: str
    signs: Signs
    right: bool


def read_judged(known: Sequence[Known]) -> list[Judged]:
    """Every claim and figure that the default engine reads in coded texts and that can be judged."""
    pack, book = load_pack("en"), load_codebook("plover")
    engine = RulesEngine(load_parser(pack.model), pack, book)
    actors, table = actor_list(), places()
    prepared = []
    for one in known:
        document = one.document
        found = find(document.text, actors, table, pack)
        veiled = veil(document.text, named_spans(found.names))
        report = VeiledReport(veiled.text, hints(found, veiled), document.title, document.published)
        prepared.append((one, Grounder(document, veiled.to_source, Origin()), report))
    proposed = engine.propose_all([report for _, _, report in prepared])
    return [
        judged
        for (one, grounder, _), proposals in zip(prepared, proposed, strict=True)
        for judged in (*_acts(one, grounder, proposals), *_figures(one, grounder, proposals))
    ]


def _acts(known: Known, grounder: Grounder, proposals: Proposals) -> list[Judged]:
    found: dict[str, Judged] = {}
    for act in proposals.acts:
        for claim in grounder.ground(Proposals(acts=(act,))).claims:
            right = claim_verdict(known, claim)
            if right is not None:
                found.setdefault(claim.id, Judged(_name(known), ACT, act.signs, right))
    return list(found.values())


def _figures(known: Known, grounder: Grounder, proposals: Proposals) -> list[Judged]:
    found: dict[str, Judged] = {}
    for one in proposals.figures:
        for figure in grounder.ground(Proposals(figures=(replace(one, part_of=None, act=None),))).figures:
            right = figure_verdict(known, figure)
            if right is not None:
                found.setdefault(figure.id, Judged(_name(known), FIGURE, one.signs, right))
    return list(found.values())


def _name(known: Known) -> str:
    return known.document.given_id or known.document.id
