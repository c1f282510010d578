"""What readings tell, as weighing sees it: copies as one voice, sources as registered, people's reviews and amendments in force."""

from collections.abc import Collection, Sequence

from sayso.desk.amending import amended
from sayso.desk.reviewing import current_reviews
from sayso.link.copies import copy_groups
from sayso.link.told import Told, ToldFigure, loose_figures, sources_by_name, told_of
from sayso.model import Reading, Review
from sayso.store.ledger import Ledger


class Teller:
    """What a ledger knows beside its readings, read once for any number of them; or only what it knows of those at hand."""

    def __init__(self, ledger: Ledger, readings: Sequence[Reading] | None = None) -> None:
        judged = (ledger.copies(standing=True), ledger.links()) if readings is None else ledger.copies_of(one.document.id for one in readings)
        self.copies = copy_groups(*judged)  # the original by the id of each document of a group
        self._sources = sources_by_name(ledger.sources())
        records = None if readings is None else (record for reading in readings for record in _records(reading))
        self._reviews = current_reviews(ledger, records)

    def amended(self, reading: Reading) -> Reading:
        """The reading as reviewers amended it."""
        return amended(reading, self._of(reading))

    def told(self, reading: Reading, claims: Collection[str]) -> tuple[Told, ...]:
        """Of the claims of those ids the ones that the reading holds."""
        wanted = [claim.id for claim in reading.claims if claim.id in claims]
        return told_of(self.amended(reading), wanted, self.copies, self._sources, self._of(reading))

    def loose(self, reading: Reading) -> tuple[ToldFigure, ...]:
        """The reading's figures that hang on no claim."""
        return loose_figures(self.amended(reading), self.copies, self._sources, self._of(reading))

    def _of(self, reading: Reading) -> list[Review]:
        return [review for identity in _records(reading) for review in self._reviews.get(identity, ())] if self._reviews else []


def _records(reading: Reading) -> list[str]:
    """What reviews speak of: claims and figures."""
    return [*(claim.id for claim in reading.claims), *(figure.id for figure in reading.figures)]
