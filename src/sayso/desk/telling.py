"""What readings tell, as weighing sees it: copies as one voice, sources as registered, people's reviews and amendments in force."""

from collections.abc import Collection

from sayso.desk.amending import amended
from sayso.desk.reviewing import current_reviews
from sayso.link.copies import copy_groups
from sayso.link.told import Told, ToldFigure, loose_figures, sources_by_name, told_of
from sayso.model import Reading, Review
from sayso.store.ledger import Ledger


class Teller:
    """What a ledger knows beside its readings, read once for any number of them."""

    def __init__(self, ledger: Ledger) -> None:
        self.copies = copy_groups(ledger.copies())  # the original by the id of each document of a group
        self._sources = sources_by_name(ledger.sources())
        self._reviews = current_reviews(ledger)

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
        ids = [claim.id for claim in reading.claims] + [figure.id for figure in reading.figures] if self._reviews else []
        return [review for identity in ids for review in self._reviews.get(identity, ())]
