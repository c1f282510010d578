"""What is found of a place in a text before it is resolved. Stands with the gazetteer because finding and resolving both need it."""

from dataclasses import dataclass

from sayso.gazetteers.places import PlaceRow


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """[start, end) of a place name and how the text speaks of it. Holds candidates, no judgement."""

    start: int
    end: int
    name: str  # as written, with a noun that belongs to it: "Jenin refugee camp"
    spatial: str | None = None  # in, near, on, along, from, to, between, "west of" …; None where no place word stands by: the name of a party, mostly
    rows: tuple[PlaceRow, ...] = ()  # what the gazetteer knows under the name
    level: str | None = None  # the level that a noun beside the name tells: "province" admin1
    part: str | None = None  # "northern" in "northern Mali"
    containers: tuple[str, ...] = ()  # names that are said to hold it: "Texas" in "Paris, Texas"
    partner: str | None = None  # the other end of "between A and B"
    dateline: bool = False
    offset: tuple[float, str] | None = None  # kilometres and direction: (20, "west") in "20 km west of"; direction "" where none is told

    @property
    def locative(self) -> bool:
        """Whether the words say that something is or happens there."""
        return self.spatial is not None or self.dateline
