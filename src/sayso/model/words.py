"""The closed vocabularies of the records (design: `reading.md`). A value outside its vocabulary is an error."""

from enum import StrEnum


class SourceKind(StrEnum):
    """Who publishes."""

    AGENCY = "agency"
    PRESS = "press"
    STATE = "state"
    PARTY = "party"
    NGO = "ngo"
    IGO = "igo"
    SOCIAL = "social"
    ACADEMIC = "academic"
    UNKNOWN = "unknown"


class VoiceKind(StrEnum):
    """What sort of speaker a voice is."""

    OUTLET = "outlet"
    AGENCY = "agency"
    STATE = "state"
    ARMED_GROUP = "armed_group"
    OFFICIAL = "official"
    MEDIC = "medic"
    WITNESS = "witness"
    NGO = "ngo"
    IGO = "igo"
    PARTY = "party"
    EXPERT = "expert"
    DOCUMENT = "document"
    PERSON = "person"
    UNNAMED = "unnamed"


class VoiceRelation(StrEnum):
    """How a speaker stands to the act."""

    ACCUSED_SIDE = "accused_side"
    VICTIMS_SIDE = "victims_side"
    THIRD_PARTY = "third_party"
    UNKNOWN = "unknown"


class Stance(StrEnum):
    """What a speaker does with the content: the attitude of the cue word."""

    SAID = "said"
    DENIED = "denied"
    ACCUSED = "accused"
    CLAIMED_RESPONSIBILITY = "claimed_responsibility"
    WARNED = "warned"
    URGED = "urged"
    ORDERED = "ordered"
    ASKED = "asked"
    BELIEVED = "believed"
    CONFIRMED = "confirmed"
    REPORTED = "reported"
    PLANNED = "planned"
    CONDEMNED = "condemned"


class Modality(StrEnum):
    """Whether the voice presents the act as done, as not done, as possible, or as intended."""

    ACTUAL = "actual"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"
    PLANNED = "planned"


class Certainty(StrEnum):
    """How sure the voice is."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class ResponsibilityStatus(StrEnum):
    """How firmly somebody is said to have done it."""

    CLAIMED = "claimed"
    ADMITTED = "admitted"
    ACCUSED = "accused"
    SUSPECTED = "suspected"
    DENIED = "denied"
    STATED = "stated"
    UNKNOWN = "unknown"


class VictimStatus(StrEnum):
    """Who the harmed are said to be."""

    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    CONTESTED = "contested"
    UNKNOWN = "unknown"


class Measure(StrEnum):
    """What a figure counts."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    DETAINED = "detained"
    ABDUCTED = "abducted"
    DISPLACED = "displaced"
    CASUALTIES = "casualties"


class Scope(StrEnum):
    """What a figure covers: one act, or everything since a date."""

    ACT = "act"
    TOTAL = "total"


class Change(StrEnum):
    """Whether a figure is the whole or what was added to it."""

    TOTAL = "total"
    INCREMENT = "increment"


class ActorKind(StrEnum):
    """What sort of actor (design: `standards.md` 8.2)."""

    GOVERNMENT = "government"
    STATE = "state"
    STATE_FORCE = "state_force"
    REBEL_GROUP = "rebel_group"
    POLITICAL_MILITIA = "political_militia"
    IDENTITY_MILITIA = "identity_militia"
    RIOTERS = "rioters"
    PROTESTERS = "protesters"
    CIVILIANS = "civilians"
    INTERGOVERNMENTAL = "intergovernmental"
    NGO = "ngo"
    MEDIA = "media"
    COMPANY = "company"
    EXTERNAL_OTHER = "external_other"
    UNKNOWN = "unknown"


class MentionKind(StrEnum):
    """What a stretch of text is read as."""

    ACTOR = "actor"
    PLACE = "place"
    TIME = "time"
    FIGURE = "figure"
    INSTRUMENT = "instrument"


class PlacePrecision(StrEnum):
    """How closely words locate something (design: `standards.md` 8.3)."""

    SITE = "site"
    SETTLEMENT = "settlement"
    NEAR = "near"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    REGION = "region"
    COUNTRY = "country"
    SEA = "sea"


class TimePrecision(StrEnum):
    """How closely words date something."""

    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    OPEN = "open"


class TimeBasis(StrEnum):
    """What an interval rests on."""

    STATED = "stated"
    INFERRED = "inferred"
    PUBLICATION = "publication"


class LoadedClass(StrEnum):
    """How a word takes a side."""

    VILIFYING = "vilifying"
    GLORIFYING = "glorifying"
    EUPHEMISM = "euphemism"
    CONTESTED_LEGAL = "contested_legal"


class Verdict(StrEnum):
    """What a person decided about a record."""

    ACCEPT = "accept"
    REJECT = "reject"
    AMEND = "amend"


class Role(StrEnum):
    """What a person may do at the desk; each may do what those before it may."""

    VIEWER = "viewer"  # reads, with coarse places and no victims' names
    CODER = "coder"  # reviews and codes
    ADJUDICATOR = "adjudicator"  # assigns reports and decides between coders
    OWNER = "owner"  # people, exports with names, takedowns

    @property
    def rank(self) -> int:
        """How much the role may: 0 for a viewer."""
        return list(Role).index(self)


class Judgement(StrEnum):
    """Whether two claims tell of one happening."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class CopyKind(StrEnum):
    """How a document reprints another one."""

    EXACT = "exact"  # the same words but for case, space and marks
    REPRINT = "reprint"  # nearly the same words: another headline, dateline, a few changes
    EXCERPT = "excerpt"  # a part of the other, cut or wrapped in words of its own


class CarryOutcome(StrEnum):
    """What became of a review when its document was read anew."""

    KEPT = "kept"
    MOVED = "moved"
    CONFLICT = "conflict"


class RelationKind(StrEnum):
    """How one claim is said to bear on another."""

    RESPONDS_TO = "responds_to"


class Grounding(StrEnum):
    """How a quote was found in the text."""

    EXACT = "exact"
    FOLDED = "folded"
    AMBIGUOUS = "ambiguous"
    ABSENT = "absent"
