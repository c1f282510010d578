"""Incidents: a map and a timeline that brush each other, a list by the same filters, one incident with its accounts, the toll, who against whom."""

from collections import Counter
from dataclasses import replace
from datetime import date
from math import floor
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from sayso.codebooks.codebook import PLOVER_MODES
from sayso.desk.finding import every_claim
from sayso.desk.incident import incident_view
from sayso.desk.tolls import toll_of
from sayso.export.formats import FORMATS
from sayso.export.wording import country_name
from sayso.link.weigh_policies import load_policy
from sayso.model.words import ActorKind, Measure, PlacePrecision, Role
from sayso.store.query import FoundClaim
from sayso.store.query import Query as Asked
from sayso.store.viewing import Cluster, IncidentFilter, IncidentRow, clusters, incident_rows, timeline
from sayso.web.asking import Refusal, TheLedger, Viewer
from sayso.web.pages import page
from sayso.web.settings import Asker

router = APIRouter(tags=["incidents"])
Number = Annotated[int, Path(ge=1, le=2**53)]
_CELL = 0.1  # degrees: some ten kilometres, as closely as viewers see where anything was
_DAY = Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")]
_NAME = Annotated[str | None, Query(max_length=200)]
_NODES = frozenset(kind.value for kind in ActorKind) - {ActorKind.CIVILIANS.value, ActorKind.PROTESTERS.value, ActorKind.RIOTERS.value, ActorKind.UNKNOWN.value}
_MOST_CLAIMS = 20_000  # that a network is made from
_MOST_EDGES = 60
_AGAINST = frozenset(("ASSAULT", "COERCE", "THREATEN", "SANCTION"))  # unless another type is asked for
_MEASURES = ("killed", "injured", "missing", "detained", "abducted", "displaced")
_POLICIES = ("range", "conservative", "graded")


class Where(BaseModel):
    """A place as the asker may see it."""

    name: str | None
    country: str | None
    lon: float | None
    lat: float | None
    precision: str | None


class Item(BaseModel):
    """An incident of the list."""

    id: int
    title: str
    type: str
    mode: str | None
    since: str
    until: str
    dated: bool
    place: Where
    claims: int
    reports: int
    voices: int
    killed_low: int | None
    killed_high: int | None
    disputed: bool


class Items(BaseModel):
    """Some incidents, the highest number first."""

    items: list[Item]
    next: int | None
    total: int


class Spot(BaseModel):
    """Incidents that lie together on the map."""

    lon: float
    lat: float
    count: int
    disputed: int
    areas: int
    ids: list[int]
    bbox: tuple[float, float, float, float]
    place: str | None


class Spots(BaseModel):
    """The map: clusters, and how many incidents are on no map."""

    clusters: list[Spot]
    unplaced: int


class Bar(BaseModel):
    """Incidents of a day, month or year."""

    start: str
    count: int
    disputed: int


class Bars(BaseModel):
    """The timeline."""

    bin: str
    bins: list[Bar]
    undated: int


class Edge(BaseModel):
    """Who is said to act against whom, how often, and by whose account."""

    source: str
    target: str
    type: str
    claims: int
    voices: list[str]


class Network(BaseModel):
    """Who is said to act against whom. Persons are never among them."""

    actors: list[dict[str, str]]
    edges: list[Edge]
    left_out: int


def asked(
    type: Annotated[str | None, Query(max_length=40)] = None,  # noqa: A002 the filter's name in every address
    country: Annotated[str | None, Query(pattern="^[A-Za-z]{2}$")] = None,
    since: _DAY = None,
    until: _DAY = None,
    actor: _NAME = None,
    place: _NAME = None,
    voice: _NAME = None,
    side: _NAME = None,
    source: _NAME = None,
    status: Annotated[str | None, Query(pattern="^(unreviewed|accepted|rejected|amended|conflict)$")] = None,
    disputed: bool | None = None,
    q: _NAME = None,
    bbox: Annotated[str | None, Query(max_length=120)] = None,
) -> IncidentFilter:
    """The filter that an address tells, the same for list, map, timeline, network, toll and exports."""
    for day in filter(None, (since, until)):
        try:
            date.fromisoformat(day)
        except ValueError:
            raise Refusal(422, "day", f"{day!r} is no day: write it as 2024-05-04") from None
    told = [value.strip() or None if value else None for value in (type, actor, place, voice, source, q, side)]
    return IncidentFilter(
        type=told[0].upper() if told[0] else None,
        country=country.upper() if country else None,
        since=since,
        until=until,
        actor=told[1],
        place=told[2],
        voice=told[3],
        source=told[4],
        status=status,
        disputed=disputed,
        words=told[5],
        side=told[6],
        bbox=_box(bbox),
    )


Filter = Annotated[IncidentFilter, Depends(asked)]


def _box(told: str | None) -> tuple[float, float, float, float] | None:
    if not told:
        return None
    try:
        west, south, east, north = (float(part) for part in told.split(","))
    except ValueError:
        raise Refusal(422, "bbox", f"{told!r} is no box: write west,south,east,north in degrees") from None
    if not all(-360 <= one <= 360 for one in (west, south, east, north)):
        raise Refusal(422, "bbox", f"{told!r} lies outside the world")
    return west, south, east, north


@router.get("/", include_in_schema=False)
def incidents_page(request: Request, asker: Viewer) -> Response:
    """Map, timeline and list."""
    statuses = ("unreviewed", "accepted", "rejected", "amended", "conflict")
    return page(request, "incidents.html", asker, types=list(PLOVER_MODES), statuses=statuses, formats=FORMATS)


@router.get("/network", include_in_schema=False)
def network_page(request: Request, asker: Viewer) -> Response:
    """Who is said to act against whom."""
    return page(request, "network.html", asker)


@router.get("/toll", include_in_schema=False)
def toll_page(request: Request, asker: Viewer) -> Response:
    """What each voice told of a toll over time."""
    return page(request, "toll.html", asker, measures=_MEASURES)


@router.get("/incidents/{number}", include_in_schema=False)
def incident_page(request: Request, number: Number, asker: Viewer, ledger: TheLedger, policy: Annotated[str, Query(max_length=40)] = "range") -> Response:
    """One incident: accounts side by side, figures as each voice tells them, who is said to have done it, why the claims belong together."""
    if policy not in _POLICIES:
        raise Refusal(404, "no-policy", f"there is no policy {policy!r}: {', '.join(_POLICIES)}")
    view = incident_view(ledger, number, load_policy(policy))
    row = row_of(ledger, view.number, asker)
    people = {one.number: _people(one, asker) for one in view.claims}
    return page(request, "incident.html", asker, view=view, people=people, closely=asker.may(Role.CODER), policy=policy, policies=_POLICIES, row=row)


@router.get("/api/incidents")
def incidents(
    asker: Viewer,
    ledger: TheLedger,
    told: Filter,
    after: Annotated[int | None, Query(ge=0, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Items:
    """The incidents that meet the filter, the highest number first."""
    with ledger.view() as connection:
        found = incident_rows(connection, _seen_by(told, asker), after, limit)
    return Items(items=[item_of(one, asker) for one in found.rows], next=found.next, total=found.total)


@router.get("/api/incidents/clusters")
def spots(asker: Viewer, ledger: TheLedger, told: Filter, zoom: Annotated[float, Query(ge=0, le=18)] = 1) -> Spots:
    """The incidents on a map of that closeness; viewers see no closer than some ten kilometres."""
    with ledger.view() as connection:
        found, unplaced = clusters(connection, _seen_by(told, asker), zoom if asker.may(Role.CODER) else min(zoom, 9.0))
    return Spots(clusters=[_spot(one, asker) for one in found], unplaced=unplaced)


@router.get("/api/incidents/timeline")
def bars(_asker: Viewer, ledger: TheLedger, told: Filter) -> Bars:
    """How many incidents there were by day, month or year."""
    with ledger.view() as connection:
        name, bins, undated = timeline(connection, told)
    return Bars(bin=name, bins=[Bar(start=one.start, count=one.count, disputed=one.disputed) for one in bins], undated=undated)


@router.get("/api/incidents/{number}")
def incident(number: Number, asker: Viewer, ledger: TheLedger) -> dict[str, Any]:
    """One incident's row, and its claims side by side."""
    row = row_of(ledger, number, asker)
    claims = [claim_of(one) for one in ledger.incident(number)]
    return (row.model_dump() if row else {"id": number}) | {"told": claims}


@router.get("/api/network")
def network(_asker: Viewer, ledger: TheLedger, told: Filter) -> Network:
    """Armed and state actors, and who of them is said to act against whom, by whose account. Persons and civilians are never nodes."""
    edges: dict[tuple[str, str, str], Counter[str]] = {}
    kinds: dict[str, str] = {}
    for one in _pairs(ledger, told):
        kinds |= one[2]
        edges.setdefault(one[0], Counter())[one[1]] += 1
    ordered = sorted(edges.items(), key=lambda edge: (-edge[1].total(), edge[0]))
    kept = ordered[:_MOST_EDGES]
    names = dict.fromkeys(name for (source, target, _), _ in kept for name in (source, target))
    drawn = [
        Edge(source=source, target=target, type=kind, claims=voices.total(), voices=[name for name, _ in voices.most_common(8)])
        for (source, target, kind), voices in kept
    ]
    return Network(actors=[{"name": name, "kind": kinds[name]} for name in names], edges=drawn, left_out=len(ordered) - len(kept))


@router.get("/api/toll")
def toll(
    _asker: Viewer, ledger: TheLedger, told: Filter, measure: Annotated[str, Query(pattern=f"^({'|'.join(_MEASURES)})$")] = "killed"
) -> dict[str, Any]:
    """What each voice told over time: totals and figures of single acts, never mixed."""
    since = date.fromisoformat(told.since) if told.since else None
    found = toll_of(ledger, query_of(replace(told, since=None)), since, Measure(measure))
    lots = {"totals": found.totals, "acts": found.acts, "undated": found.undated}
    return {"measure": measure, "since": found.since, "earlier": found.earlier} | {
        name: [
            {
                "voice": one.voice,
                "population": one.population.value,
                "side": one.side,
                "since": one.since,
                "points": [{"day": point.as_of, "low": point.low, "high": point.high, "revision": point.revision} for point in one.points],
            }
            for one in series
        ]
        for name, series in lots.items()
    }


def query_of(told: IncidentFilter) -> Asked:
    """The same filter as one of claims; it knows no box and no dispute."""
    same = {name: getattr(told, name) for name in ("words", "actor", "place", "country", "since", "until", "type", "voice", "side", "source", "status")}
    return Asked(**same)


def _pairs(ledger: TheLedger, told: IncidentFilter) -> "list[tuple[tuple[str, str, str], str, dict[str, str]]]":
    """Of each claim told as done: who acts against whom and how, the voice, and the kinds of both."""
    found = []
    for number, claim in enumerate(every_claim(ledger, replace(query_of(told), modality="actual"))):
        if number >= _MOST_CLAIMS:
            break
        if told.type is None and claim.type not in _AGAINST:
            continue
        acting, suffering = (dict(zip(names, kinds, strict=False)) for names, kinds in zip((claim.actor, claim.recipient), claim.kinds, strict=True))
        for source, kind in acting.items():
            for target, other in suffering.items():
                if kind in _NODES and other in _NODES and source != target:
                    found.append(((source, target, claim.type), claim.voices[-1], {source: kind, target: other}))
    return found


def _people(one: FoundClaim, asker: Asker) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who acts and who is acted on, as the asker may see it: of whom nothing is known but their words, these may name a private person."""
    if asker.may(Role.CODER):
        return one.actor, one.recipient
    known = [
        tuple(name for name, kind in zip(names, kinds, strict=False) if kind != ActorKind.UNKNOWN.value)
        for names, kinds in zip((one.actor, one.recipient), one.kinds, strict=True)
    ]
    return known[0], known[1]


def _seen_by(told: IncidentFilter, asker: Asker) -> IncidentFilter:
    """The filter with a box no closer than the asker may see: else its edge would tell where a place lies."""
    if told.bbox is None or asker.may(Role.CODER):
        return told
    west, south, east, north = (floor(edge / _CELL) * _CELL for edge in told.bbox)
    return replace(told, bbox=(west, south, east + _CELL, north + _CELL))


def _coarse(value: float, asker: Asker) -> float:
    return value if asker.may(Role.CODER) else round((floor(value / _CELL) + 0.5) * _CELL, 2)


def row_of(ledger: TheLedger, number: int, asker: Asker) -> Item | None:
    """The incident of that number as the asker may see it; None where there is none."""
    with ledger.view() as connection:
        found = incident_rows(connection, IncidentFilter(), number + 1, 1).rows
    return item_of(found[0], asker) if found and found[0].number == number else None


def item_of(one: IncidentRow, asker: Asker) -> Item:
    """An incident as the asker may see it."""
    act = " · ".join(word.lower().replace("-", " ") for word in (one.type, one.mode) if word)
    close = asker.may(Role.CODER) or one.precision != PlacePrecision.SITE.value
    name = one.place if close else one.admin1 or country_name(one.country)
    where = ", ".join(filter(None, (name, country_name(one.country) if one.country and name != country_name(one.country) else "")))
    place = Where(
        name=name,
        country=one.country,
        lon=_coarse(one.lon, asker) if one.lon is not None else None,
        lat=_coarse(one.lat, asker) if one.lat is not None else None,
        precision=one.precision if asker.may(Role.CODER) or one.precision not in ("site", "settlement") else "near",
    )
    return Item(
        id=one.number,
        title=f"{act}{f' in {where}' if where else ''}",
        type=one.type,
        mode=one.mode,
        since=one.first_day,
        until=one.last_day,
        dated=one.dated,
        place=place,
        claims=one.claims,
        reports=one.reports,
        voices=one.voices,
        killed_low=one.killed_low,
        killed_high=one.killed_high,
        disputed=one.disputed,
    )


def _spot(one: Cluster, asker: Asker) -> Spot:
    west, south, east, north = (_coarse(value, asker) for value in one.bbox)
    return Spot(
        lon=_coarse(one.lon, asker),
        lat=_coarse(one.lat, asker),
        count=one.count,
        disputed=one.disputed,
        areas=one.areas,
        ids=list(one.ids),
        bbox=(west, south, east, north),
        place=one.place if asker.may(Role.CODER) else None,
    )


def claim_of(one: FoundClaim) -> dict[str, Any]:
    """A claim without its words: what is told, by whom."""
    named = ("measure", "low", "high", "status", "modality")
    figures = [{name: getattr(figure, name) for name in named} for figure in one.figures]
    told = {"number": one.number, "document": one.document, "source": one.source, "voices": one.voices, "type": one.type, "mode": one.mode}
    return told | {"modality": one.modality, "since": one.date_from, "until": one.date_to, "status": one.status, "figures": figures}


