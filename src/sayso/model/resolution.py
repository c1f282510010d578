"""Resolution: a judgement that a mention is this actor, this place, this interval. A record of its own."""

from dataclasses import dataclass

from sayso.model.ids import content_id
from sayso.model.words import ActorKind, PlacePrecision, TimeBasis, TimePrecision


@dataclass(frozen=True, slots=True)
class ActorTarget:
    """A neutral actor of the list, or a role ("a doctor at the hospital") without a listed id."""

    id: str | None
    name: str
    kind: ActorKind
    country: str | None = None  # ISO 3166 alpha-2


@dataclass(frozen=True, slots=True)
class PlaceTarget:
    """A located place: WGS84 degrees; `country` is the gazetteer's code, never read off a base map."""

    name: str
    lat: float | None
    lon: float | None
    precision: PlacePrecision
    id: str | None = None
    country: str | None = None
    admin1: str | None = None

    def __post_init__(self) -> None:
        if self.lat is not None and not -90 <= self.lat <= 90:
            raise ValueError(f"latitude {self.lat!r} is outside -90..90")
        if self.lon is not None and not -180 <= self.lon <= 180:
            raise ValueError(f"longitude {self.lon!r} is outside -180..180")


@dataclass(frozen=True, slots=True)
class Interval:
    """Inclusive ISO dates; None at an end that is open or cannot be told without a publication date."""

    start: str | None
    end: str | None
    precision: TimePrecision
    basis: TimeBasis = TimeBasis.STATED

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"interval starts {self.start} after its end {self.end}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One answer that was considered."""

    target: ActorTarget | PlaceTarget | Interval
    score: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention was judged to be: target None is a refusal to guess, with the reason."""

    mention: str
    target: ActorTarget | PlaceTarget | Interval | None
    score: float
    reason: str
    method: str
    candidates: tuple[Candidate, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.score <= 1:
            raise ValueError(f"score {self.score!r} is outside 0..1")

    @property
    def id(self) -> str:
        """The content-hash id over mention, method and target."""
        return content_id("res", self.mention, self.method, repr(self.target))
