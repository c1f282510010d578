"""Double coding: claims given to several coders, what each of them decided under seal, that a coder handed in; and claims left for later."""

from dataclasses import dataclass

from sayso.model.ids import content_id
from sayso.model.words import Verdict


@dataclass(frozen=True, slots=True)
class Assignment:
    """Claims that several people code, each without seeing what the others decide."""

    claims: tuple[str, ...]
    coders: tuple[str, ...]
    by: str
    at: str
    adjudicator: str | None = None  # who decides where they differ; None: any adjudicator who is none of them
    name: str = ""
    key: str = ""  # of the deed: a client's retry is the same deed

    def __post_init__(self) -> None:
        if len(self.coders) < 2 or len(set(self.coders)) < len(self.coders):
            raise ValueError("claims are assigned to two or more different coders")
        if not self.claims or len(set(self.claims)) < len(self.claims):
            raise ValueError("an assignment names one or more claims, each once")

    @property
    def id(self) -> str:
        """The content-hash id."""
        return content_id("asg", sorted(self.claims), sorted(self.coders), self.by, self.at)


@dataclass(frozen=True, slots=True)
class Coding:
    """What one coder decided on a claim of an assignment: append-only, and under seal until all have handed in."""

    assignment: str
    claim: str
    coder: str
    verdict: Verdict | None  # None: taken back, not coded any more
    at: str
    reason: str = ""
    amendment: str | None = None  # as of a review
    before: str | None = None  # the coder's coding that it takes the place of: the version that was seen
    key: str = ""

    def __post_init__(self) -> None:
        if (self.verdict is Verdict.AMEND) != (self.amendment is not None):
            raise ValueError("an amendment goes with the verdict 'amend', and that verdict with an amendment")
        if self.verdict in (Verdict.REJECT, Verdict.AMEND) and not self.reason:
            raise ValueError(f"a verdict {self.verdict.value!r} needs a reason")

    @property
    def id(self) -> str:
        """The content-hash id."""
        return content_id("cod", self.assignment, self.claim, self.coder, self.verdict, self.at, self.reason, self.amendment, self.before)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A coder's codings of an assignment are final; when all have handed in, the seal is off."""

    assignment: str
    coder: str
    by: str  # the coder, or an adjudicator who closes what is not going to be coded
    at: str
    reason: str = ""

    @property
    def id(self) -> str:
        """The content-hash id: each coder hands in once."""
        return content_id("hnd", self.assignment, self.coder)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A claim that somebody leaves for later; others still find it in their queue."""

    claim: str
    person: str
    at: str
    key: str = ""

    @property
    def id(self) -> str:
        """The content-hash id."""
        return content_id("skp", self.claim, self.person, self.at)
