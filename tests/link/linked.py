"""Invented accounts and reports for the tests of linking. No such thing happened, and no person here exists."""

from dataclasses import replace
from functools import cache

from sayso.link.accounts import Account, Count, Party, When, Where
from sayso.link.distinctive import hashed
from sayso.model import Document, Link, Reading, Source
from sayso.model.words import (
    ActorKind,
    Change,
    Judgement,
    Measure,
    Modality,
    PlacePrecision,
    Scope,
    SourceKind,
    TimePrecision,
    VictimStatus,
    VoiceKind,
)

KASSALA = Where("Kassala", "SD", "Kassala", 15.45, 36.4, PlacePrecision.SETTLEMENT)
GEDAREF = Where("Gedaref", "SD", "Gedaref", 14.04, 35.39, PlacePrecision.SETTLEMENT)
WORDS = tuple(sorted(hashed(f"word{number}") for number in range(20)))

WIRE = (
    "KASSALA, 4 May (Delta News) - An air strike killed at least 43 people at a market in Kassala on Friday, a medical official told the agency. "
    "The wounded were taken to the hospital. An army spokesman denied that civilians had been targeted, saying that aircraft had struck fighters at the market."
)
MINISTRY = (
    "The air force on 3 May 2024 carried out a precision strike on terrorists who had gathered at the market in Kassala. "
    "No civilian was harmed in the operation. The army has arrested 11 people in Port Sudan."
)
NEXT_DAY = (
    "KASSALA, 6 May (Delta News) - Gunmen on motorcycles shot dead two traders on a road near Gedaref on Sunday, police said. "
    "The police will arrest the gunmen."
)
PLANS = "KHARTOUM, 6 May 2024 - The army said that it would bomb the positions of the Front if the talks failed."


SPOKEN = "The Front on 5 May 2024 condemned the crime at the market in Kassala and blamed the government for it."


def account(number: int, **changed: object) -> Account:
    """An account of its own report, of an air strike on Kassala on 3 May 2024, but for what is changed."""
    made = Account(
        parts=((f"clm_{number}",),),
        document=f"doc_{number}",
        source=f"source {number}",
        published="2024-05-04",
        acts=(("ASSAULT", "aerial"),),
        modalities=(Modality.ACTUAL,),
        places=(KASSALA,),
        days=(day("2024-05-03"),),
        hours=(),
        actors=(Party("sd_army", ActorKind.STATE_FORCE, "SD"),),
        recipients=(Party(None, ActorKind.CIVILIANS, None, ("traders",)),),
        instruments=(),
        figures=(killed(43),),
        voices=(VoiceKind.OUTLET,),
        historical=False,
        chief=True,
        apart=False,
        words=WORDS,
        names=WORDS[:5],
        scene=WORDS[:1],
        title=WORDS[5:9],
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def day(iso: str) -> When:
    return When(iso, iso, TimePrecision.DAY)


def killed(low: int, high: int | None = None, status: VictimStatus = VictimStatus.UNKNOWN) -> Count:
    return Count(Measure.KILLED, low, low if high is None else high, status, Scope.ACT, Change.TOTAL)


def judged(first: int, second: int, judgement: Judgement, at: str = "2024-06-01") -> Link:
    return Link(f"clm_{first}", f"clm_{second}", judgement, "ada", "looked at both", at=at)


def machine(first: int, second: int, score: float) -> Link:
    judgement = Judgement.SAME if score >= 0.5 else Judgement.UNSURE
    return Link(f"clm_{first}", f"clm_{second}", judgement, "sayso link 1", "for: same day", score)


@cache
def readings() -> dict[str, Reading]:
    """The invented reports as they are read."""
    from sayso.pipeline import Reader

    texts = {"wire": (WIRE, "2024-05-04", SourceKind.AGENCY), "ministry": (MINISTRY, "2024-05-05", SourceKind.STATE)}
    texts |= {"next": (NEXT_DAY, "2024-05-06", SourceKind.AGENCY), "plans": (PLANS, "2024-05-06", SourceKind.PRESS)}
    texts["spoken"] = (SPOKEN, "2024-05-05", SourceKind.PARTY)
    documents = [Document(text, Source(name, kind), given_id=name, published=published, language="en") for name, (text, published, kind) in texts.items()]
    read = Reader().read(documents)
    return {name: one for name, one in zip(texts, read, strict=True) if isinstance(one, Reading)}
