"""Origin and Review: what made a record, and what a person decided about it."""

from dataclasses import dataclass

from sayso.model.ids import content_id
from sayso.model.words import Verdict


@dataclass(frozen=True, slots=True)
class Origin:
    """What made a record: engine, version, digests of codebook and language pack, run."""

    engine: str = "unknown"
    version: str = "0"
    codebook: str | None = None
    language: str | None = None
    run: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A person's verdict on any record: append-only, with a reason."""

    record: str
    verdict: Verdict
    reviewer: str
    at: str
    reason: str = ""
    amendment: str | None = None  # JSON of the fields that the reviewer changes
    key: str = ""  # of the deed that it is a part of: a client's retry is the same deed, and a deed is undone as a whole
    assignment: str = ""  # the double coding that it settles

    def __post_init__(self) -> None:
        if self.verdict is not Verdict.ACCEPT and not self.reason:
            raise ValueError(f"a verdict {self.verdict.value!r} needs a reason")

    @property
    def id(self) -> str:
        """The content-hash id."""
        return content_id("rev", self.record, self.verdict, self.reviewer, self.at, self.reason, self.amendment)
