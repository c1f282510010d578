"""Actors as PLOVER codes them: a country or supranational code and a sector (design: `standards.md` 3.2, 8.2); a private person is a sector."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.export.lookup import Lookup
from sayso.export.row_actors import RowActor, actor_of
from sayso.export.subject import ExportSettings
from sayso.gazetteers.actors import actor_list
from sayso.gazetteers.country_codes import country_codes
from sayso.model import Claim, Span
from sayso.model.words import ActorKind

Json = dict[str, str | None]
_UNKNOWN = "UNK"
_SECTORS = {
    ActorKind.STATE: "GOV", ActorKind.GOVERNMENT: "GOV", ActorKind.STATE_FORCE: "MIL", ActorKind.REBEL_GROUP: "REB", ActorKind.POLITICAL_MILITIA: "PRM",
    ActorKind.IDENTITY_MILITIA: "PRM", ActorKind.RIOTERS: "CVL", ActorKind.PROTESTERS: "CVL", ActorKind.CIVILIANS: "CVL", ActorKind.MEDIA: "JRN",
    ActorKind.COMPANY: "BUS", ActorKind.EXTERNAL_OTHER: "PRM", ActorKind.INTERGOVERNMENTAL: None, ActorKind.NGO: None, ActorKind.UNKNOWN: _UNKNOWN,
}  # fmt: skip
# Of people whose work is told: their sector instead of CVL.
_WORK = {
    "MED": ("doctor", "doctors", "nurse", "nurses", "medic", "medics", "paramedic", "paramedics", "surgeon", "surgeons", "midwife", "midwives"),
    "JRN": ("journalist", "journalists", "reporter", "reporters", "photographer", "photographers", "correspondent", "correspondents"),
    "REF": ("refugee", "refugees", "displaced"),
    "EDU": ("teacher", "teachers", "student", "students", "pupil", "pupils", "schoolchildren"),
    "AGR": ("farmer", "farmers", "herder", "herders", "peasant", "peasants", "shepherd", "shepherds"),
    "LAB": ("worker", "workers", "miner", "miners", "labourer", "labourers", "laborer", "laborers"),
    "JUD": ("judge", "judges", "prosecutor", "prosecutors"),
    "LEG": ("lawmaker", "lawmakers", "legislator", "legislators", "senator", "senators"),
    "REL": ("priest", "priests", "imam", "imams", "monk", "monks", "nun", "nuns", "pastor", "pastors"),
}  # fmt: skip
_SECTOR_OF = {word: sector for sector, words in _WORK.items() for word in words}
_NOT_DISPUTED = frozenset(("HK", "MO", "PS", "XK", "AQ"))  # names of their own in PLOVER, with all that is counted with them
_UN = ("un", "unsc", "unga")
_PRONOUNS = frozenset(("it", "this", "that", "himself", "herself", "itself", "themselves", "they", "them", "he", "him", "she", "her", "which", "who", "whom"))


@dataclass(frozen=True, slots=True)
class Entity:
    """One actor or recipient."""

    code: str | None
    sector: str | None
    name: str | None  # neutral, of the list
    id: str | None
    span: Span  # the words of the report

    @property
    def key(self) -> tuple[str | None, ...]:
        """What makes two mentions one: the listed actor, else code and sector."""
        return (self.id,) if self.id is not None else (self.code, self.sector)


def entities_of(lookup: Lookup, claim: Claim, spans: Sequence[Span], settings: ExportSettings) -> tuple[Entity, ...]:
    """Who the words of a role stand for, each once; pronouns that were not resolved are nobody."""
    found: dict[tuple[str | None, ...], Entity] = {}
    for entity in _entities(lookup, claim, spans, settings):
        found.setdefault(entity.key, entity)
    return tuple(found.values())


def entity_json(entity: Entity, words: str) -> Json:
    """The entity, told in these words, with all keys of the layout; religion, ethnicity, office, gender and age of people are not coded."""
    return {
        "code": entity.code,
        "sector": entity.sector,
        "entity_text": words,
        "identifier_id": entity.id,
        "identifier_text": entity.name,
        "religion": None,
        "ethnicity": None,
        "office": None,
        "gender": None,
        "age": None,
    }


def _entities(lookup: Lookup, claim: Claim, spans: Sequence[Span], settings: ExportSettings) -> Iterator[Entity]:
    for span in spans:
        actor = actor_of(lookup, claim, span, settings)
        if actor.id is not None or actor.kind is not ActorKind.UNKNOWN or span.quote.casefold() not in _PRONOUNS:
            yield Entity(_code(actor), _sector(actor), actor.name if actor.id else None, actor.id, span)


def _code(actor: RowActor) -> str | None:
    """ISO 3166 alpha-3 of the actor's country; IGO, UNO or NGO for those that are no country's."""
    if actor.kind is ActorKind.INTERGOVERNMENTAL:
        return "UNO" if (actor.id or "").startswith(_UN) else "IGO"
    if actor.kind is ActorKind.NGO and actor.country is None:
        return "NGO"
    if actor.kind is ActorKind.EXTERNAL_OTHER and actor.country is None:
        return "IGO"
    codes = country_codes(actor.country)
    return "KOS" if actor.country == "XK" else codes.iso3 if codes else None


def _sector(actor: RowActor) -> str | None:
    root, _, organ = (actor.id or "").partition(".")
    state = actor_list().state(root)
    if state is not None and not state.recognised and root not in _NOT_DISPUTED and state.code != state.country and state.country not in _NOT_DISPUTED:
        return "PRE"
    if organ == "police":
        return "COP"
    if actor.id is None and actor.kind is ActorKind.POLITICAL_MILITIA:
        return "UAF"
    if actor.kind is ActorKind.EXTERNAL_OTHER and actor.country is None:
        return "MIL"
    if actor.kind in (ActorKind.CIVILIANS, ActorKind.UNKNOWN):
        words = (word.strip(".,'’").casefold() for word in actor.as_written[0].split())
        return next((_SECTOR_OF[word] for word in words if word in _SECTOR_OF), _SECTORS[actor.kind])
    return _SECTORS[actor.kind]
