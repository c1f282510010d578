"""`prov`: who said what where, and what was made of it, as W3C PROV-JSON.

Entities are reports, claims, figures, incidents and the words of each voice; agents are outlets, voices, the engine and reviewers; activities are the
reading and each review. A claim *was quoted from* its report and has as *primary source* the words of its innermost voice: attribution in two steps.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from sayso.export.json_out import json_bytes
from sayso.export.private import voice_name
from sayso.export.sharing import level_of, shown_title, shown_url
from sayso.export.statements import bounds
from sayso.export.subject import ExportSettings, Subject
from sayso.link.told import Told
from sayso.model import Document, Figure, Origin, Review, Voice, content_id

Json = dict[str, Any]
_PREFIXES = {"sayso": "urn:sayso:", "prov": "http://www.w3.org/ns/prov#", "xsd": "http://www.w3.org/2001/XMLSchema#"}


class Prov:
    """The format: one PROV-JSON document."""

    name = "prov"
    suffix = ".json"
    book = None
    any_book = False
    policy = "range"

    def write(self, subjects: Iterable[Subject], out: BinaryIO, settings: ExportSettings) -> int:
        """The number of claims told of. PROV-JSON groups by kind of record, so the whole is held before it is written."""
        made, claims = _Made(settings), 0
        for subject in subjects:
            made.incident(subject)
            claims += len(subject.told)
        out.write(json_bytes(made.whole(), indent=1) + b"\n")
        return claims


EXPORTER = Prov()


@dataclass(slots=True)
class _Made:
    """The records made so far, by kind and id."""

    settings: ExportSettings
    records: dict[str, dict[str, Json]] = field(default_factory=dict)

    def whole(self) -> Json:
        """The PROV-JSON document."""
        return {"prefix": {name: _PREFIXES[name] for name in ("sayso",)}, **{kind: self.records[kind] for kind in sorted(self.records)}}

    def incident(self, subject: Subject) -> None:
        """Nothing; an incident, derived from its claims, is recorded."""
        name = _name(content_id("inc", sorted(one.claim.id for one in subject.told)))
        number = {} if subject.number is None else {"sayso:number": subject.number}
        self._put("entity", name, {"prov:type": "sayso:Incident", **number})
        for told in subject.told:
            self._relate("wasDerivedFrom", {"prov:generatedEntity": name, "prov:usedEntity": self.claim(subject, told)})

    def claim(self, subject: Subject, told: Told) -> str:
        """The name of a claim, recorded with its report, voices, figures and reviews."""
        claim, document = told.claim, subject.lookup(told).reading.document
        name, report, run = _name(claim.id), self.document(subject, told), self.reading(document, claim.origin)
        act = f"{claim.act.type}/{claim.act.mode}" if claim.act.mode else claim.act.type
        where = {"sayso:start": claim.trigger.start, "sayso:end": claim.trigger.end}
        judged = {"sayso:act": act, "sayso:modality": claim.modality.value, "sayso:certainty": claim.certainty.value, "sayso:status": told.status.value}
        self._put("entity", name, {"prov:type": "sayso:Claim", **judged, **where})
        self._relate("wasGeneratedBy", {"prov:entity": name, "prov:activity": run})
        self._derived(name, report, "prov:Quotation")
        self._derived(name, self.words(subject, told, claim.voices), "prov:PrimarySource")
        for figure in told.figures:
            self.figure(subject, told, (figure, name))
        for review in told.reviews:
            self.review(review)
        return name

    def document(self, subject: Subject, told: Told) -> str:
        """The name of a report, recorded with its outlet and the version that it replaces."""
        lookup = subject.lookup(told)
        document, level = lookup.reading.document, level_of(subject, (told,), None, self.settings)[0]
        name, source, names = _name(document.id), document.source, self.settings.names
        outlet = _name(content_id("agt", source.name, source.kind))
        about = {"sayso:published": document.published, "sayso:url": shown_url(lookup, level, names), "prov:label": shown_title(lookup, level, names)}
        self._put("agent", outlet, {"prov:type": "prov:Organization", "prov:label": source.name, "sayso:kind": source.kind.value})
        self._put("entity", name, {"prov:type": "sayso:Document", "sayso:text_sha256": document.text_sha256, **_given(about)})
        self._relate("wasAttributedTo", {"prov:entity": name, "prov:agent": outlet})
        if document.supersedes:
            self._put("entity", _name(document.supersedes), {"prov:type": "sayso:Document"})
            self._derived(name, _name(document.supersedes), "prov:Revision")
        return name

    def reading(self, document: Document, origin: Origin) -> str:
        """The name of the reading that made records of a report, with the engine that did it."""
        name = _name(content_id("run", document.id, origin.engine, origin.version, origin.codebook, origin.language))
        engine = _name(content_id("agt", origin.engine, origin.version))
        made = {"sayso:codebook": origin.codebook, "sayso:language_pack": origin.language}
        self._put("agent", engine, {"prov:type": "prov:SoftwareAgent", "prov:label": f"{origin.engine} {origin.version}"})
        self._put("activity", name, {"prov:type": "sayso:Reading", **_given(made)})
        self._relate("used", {"prov:activity": name, "prov:entity": _name(document.id)})
        self._relate("wasAssociatedWith", {"prov:activity": name, "prov:agent": engine})
        return name

    def words(self, subject: Subject, told: Told, voices: tuple[Voice, ...]) -> str:
        """The name of what the innermost voice of a chain said, attributed to it; those who passed it on stand between."""
        lookup, document = subject.lookup(told), told.claim.document
        last, inner = None, ""
        for voice in reversed(voices):
            shown = voice.name if self.settings.names else voice_name(lookup, voice)
            agent = _name(content_id("agt", document, shown, voice.kind))
            where = [voice.span.start, voice.span.end] if voice.span else None
            said = _name(content_id("utt", document, shown, where, told.claim.trigger.start))
            kind = "prov:Organization" if voice.kind in ("outlet", "agency", "state", "armed_group", "ngo", "igo", "party") else "prov:Agent"
            self._put("agent", agent, {"prov:type": kind, "prov:label": shown, "sayso:kind": voice.kind.value})
            self._put("entity", said, {"prov:type": "sayso:Utterance", "sayso:stance": voice.stance.value, **_given({"sayso:spoke": voice.spoke})})
            self._relate("wasAttributedTo", {"prov:entity": said, "prov:agent": agent})
            if last is not None:
                self._derived(said, last, "prov:Quotation")
            last, inner = said, inner or said
        return inner

    def figure(self, subject: Subject, told: Told, of: tuple[Figure, str]) -> None:
        """Nothing; a figure of a claim is recorded with its own voices."""
        figure, claim = of
        name = _name(figure.id)
        counted = {"sayso:measure": figure.measure.value, "sayso:value": bounds(figure.low, figure.high), "sayso:victims": figure.status.value}
        self._put("entity", name, {"prov:type": "sayso:Figure", **counted})
        self._derived(name, claim, None)
        self._derived(name, self.words(subject, told, figure.voices), "prov:PrimarySource")

    def review(self, review: Review) -> None:
        """Nothing; a person's verdict is recorded. Who decided stands as a digest unless names were asked for."""
        who = review.reviewer if self.settings.names else content_id("rvr", review.reviewer)
        agent, name = _name(content_id("agt", who)), _name(review.id)
        self._put("agent", agent, {"prov:type": "prov:Person", "prov:label": who})
        self._put("activity", name, {"prov:type": "sayso:Review", "sayso:verdict": review.verdict.value, "prov:endTime": review.at})
        self._relate("used", {"prov:activity": name, "prov:entity": _name(review.record)})
        self._relate("wasAssociatedWith", {"prov:activity": name, "prov:agent": agent})

    def _derived(self, made: str, of: str, kind: str | None) -> None:
        typed = {"prov:type": {"$": kind, "type": "prov:QUALIFIED_NAME"}} if kind else {}
        self._relate("wasDerivedFrom", {"prov:generatedEntity": made, "prov:usedEntity": of, **typed})

    def _put(self, kind: str, name: str, told: Mapping[str, Any]) -> None:
        self.records.setdefault(kind, {}).setdefault(name, {}).update(told)

    def _relate(self, kind: str, told: Json) -> None:
        self.records.setdefault(kind, {})[f"_:{content_id('rel', kind, told)}"] = told


def _name(identity: str) -> str:
    """A record's id as a qualified name."""
    return f"sayso:{identity}"


def _given(told: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in told.items() if value}
