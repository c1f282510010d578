"""Surest: a reading without the claims and figures that it is less sure of than somebody asks, which are counted in its notes."""

from dataclasses import replace

from sayso.model import Event, Figure, Incident, Reading


def surest(reading: Reading, least: float) -> Reading:
    """The reading with what has at least that confidence, and what rests on it; the same reading where nothing has less."""
    kept = {claim.id for claim in reading.claims if claim.confidence >= least}
    counted = {figure.id for figure in reading.figures if figure.confidence >= least}
    unsure = len(reading.claims) - sum(claim.id in kept for claim in reading.claims)
    uncounted = len(reading.figures) - sum(figure.id in counted for figure in reading.figures)
    if not unsure and not uncounted:
        return reading
    incidents = [_incident(incident, kept) for incident in reading.incidents]
    renamed = {old.id: new.id for old, new in zip(reading.incidents, incidents, strict=True) if new is not None}
    told = " and ".join(f"{number} {noun}{'s' * (number > 1)}" for number, noun in ((unsure, "claim"), (uncounted, "figure")) if number)
    return replace(
        reading,
        claims=tuple(claim for claim in reading.claims if claim.id in kept),
        figures=tuple(_figure(figure, kept, counted) for figure in reading.figures if figure.id in counted),
        relations=tuple(one for one in reading.relations if {one.source, one.target} <= kept),
        incidents=tuple(one for one in incidents if one is not None),
        events=tuple(_event(event, kept, renamed) for event in reading.events if not kept.isdisjoint(event.claims)),
        notes=(*reading.notes, f"{told} under the least confidence of {least:g} not shown"),
    )


def _figure(figure: Figure, kept: set[str], counted: set[str]) -> Figure:
    """The figure without the claim or the whole that is left out."""
    claim = figure.claim if figure.claim in kept else None
    return replace(figure, claim=claim, part_of=figure.part_of if figure.part_of in counted else None)


def _incident(incident: Incident, kept: set[str]) -> Incident | None:
    claims = tuple(name for name in incident.claims if name in kept)
    return replace(incident, claims=claims) if claims else None


def _event(event: Event, kept: set[str], renamed: dict[str, str]) -> Event:
    """The row with the claims that are left; its incident has another id where it lost one."""
    return replace(event, claims=tuple(name for name in event.claims if name in kept), incident=renamed.get(event.incident, event.incident))
