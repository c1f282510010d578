"""The default engine over plain sentences, loaded once."""

from collections.abc import Callable

import pytest
import spacy

from sayso.codebooks.codebook import load_codebook
from sayso.engines.engine import Hint, Proposals, Stretch, VeiledReport
from sayso.engines.rules.engine import RulesEngine
from sayso.engines.rules.parsing import load_parser
from sayso.languages.pack import load_pack
from sayso.model.words import MentionKind

SORTS = {"actor": "rebel_group", "place": "in"}
Propose = Callable[..., Proposals]


@pytest.fixture(scope="session")
def engine() -> RulesEngine:
    pack = load_pack("en")
    assert spacy.__version__
    return RulesEngine(load_parser(pack.model), pack, load_codebook("plover"))


@pytest.fixture(scope="session")
def propose(engine: RulesEngine) -> Propose:
    """Proposals for a text; keyword arguments are hints: kind=("words", …)."""

    def run(text: str, **hints: tuple[str, ...]) -> Proposals:
        found = []
        for kind, quotes in hints.items():
            for quote in quotes:
                start = text.index(quote)
                found.append(Hint(MentionKind(kind), Stretch(start, start + len(quote)), SORTS.get(kind, "")))
        return engine.propose(VeiledReport(text, tuple(found)))

    return run
