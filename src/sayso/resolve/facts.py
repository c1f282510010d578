"""Facts for coding: what a claim's words and resolutions say of kinds and common nouns. Names do not pass."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from sayso.codebooks.coding import CodingFacts
from sayso.model import ActorTarget, Claim, Figure, Span
from sayso.model.words import ActorKind, Measure

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


class FactFinder:
    """Turns claims into facts; `lemmas` gives the dictionary forms a word may have, `names` the stretches that name actors."""

    def __init__(
        self, lemmas: Callable[[str], frozenset[str]], names: Sequence[tuple[int, int]], targets: Mapping[tuple[int, int], ActorTarget | None]
    ) -> None:
        self._lemmas = lemmas
        self._names = names
        self._targets = targets

    def facts(self, claim: Claim, figures: Iterable[Figure], country: str | None) -> CodingFacts:
        """The facts of one claim; `country` is that of its place."""
        roles = claim.roles
        actors = [self._targets.get((span.start, span.end)) for span in roles.actor]
        harm = any(one.claim == claim.id and one.measure in (Measure.KILLED, Measure.INJURED, Measure.CASUALTIES) and one.high != 0 for one in figures)
        known = {target.country for target in actors if target is not None and target.country}
        return CodingFacts(
            claim=claim.id,
            type=claim.act.type,
            mode=claim.act.mode,
            modality=claim.modality,
            certainty=claim.certainty,
            actor_kinds=tuple(target.kind if target else ActorKind.UNKNOWN for target in actors),
            recipient_kinds=tuple(target.kind if (target := self._targets.get((span.start, span.end))) else ActorKind.UNKNOWN for span in roles.recipient),
            actor_words=self._words(roles.actor),
            recipient_words=self._words(roles.recipient),
            instrument_words=self._words(roles.instrument),
            trigger_words=self._words((claim.trigger,)),
            victim_status=claim.victim_status,
            country_home=country in known if country and known else None,
            harm=harm,
        )

    def _words(self, spans: Iterable[Span]) -> frozenset[str]:
        """The dictionary forms of the common words in the spans: what names an actor is left out."""
        found: set[str] = set()
        for span in spans:
            for match in _WORD.finditer(span.quote):
                at = span.start + match.start()
                if not any(start <= at < end for start, end in self._names):
                    found |= self._lemmas(match.group())
        return frozenset(found)
