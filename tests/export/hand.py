"""Readings built by hand, for tests of what is written out."""

from sayso.model import (
    Act,
    ActorTarget,
    Candidate,
    Claim,
    Document,
    Event,
    Failure,
    Figure,
    Interval,
    LoadedWord,
    Membership,
    Mention,
    Origin,
    PlaceTarget,
    Reading,
    Refusal,
    Relation,
    Resolution,
    Responsibility,
    Roles,
    Source,
    Span,
    Voice,
)
from sayso.model.words import (
    ActorKind,
    Certainty,
    LoadedClass,
    Measure,
    MentionKind,
    Modality,
    PlacePrecision,
    RelationKind,
    ResponsibilityStatus,
    SourceKind,
    Stance,
    TimePrecision,
    VictimStatus,
    VoiceKind,
    VoiceRelation,
)

TEXT = (
    "SUAKIN, 4 May (Delta News) — The Eastern Front, comprising the Red Hills Column, said on Saturday that army aircraft had killed "
    "at least nine herders near Wad Hassan a day earlier; the army denied it.\n\n"
    "In retaliation for the raid, the Front may close the road, a spokesman said, calling the pilots butchers."
)
ORIGIN = Origin("rules", "0.1.0", "sha256:codebook", "sha256:language", "run")


def span(document: Document, words: str) -> Span:
    """The first occurrence of the words."""
    start = document.text.index(words)
    return document.span(start, start + len(words))


def make_document(text: str = TEXT, given_id: str = "h01") -> Document:
    source = Source("Delta News", SourceKind.AGENCY, None, "SD")
    return Document(text, source, given_id, "Two accounts", "2024-05-04", "invalid:report", "en")


def make_reading() -> Reading:
    document = make_document()

    def at(words: str) -> Span:
        return span(document, words)

    outlet = Voice("Delta News", VoiceKind.OUTLET)
    front = Voice(
        "The Eastern Front", VoiceKind.ARMED_GROUP, Stance.SAID, at("The Eastern Front"), at("said"), "Eastern Front", VoiceRelation.VICTIMS_SIDE, "2024-05-04"
    )
    army = Voice("the army", VoiceKind.STATE, Stance.DENIED, at("the army"), at("denied"), None, VoiceRelation.ACCUSED_SIDE)
    roles = Roles((at("army aircraft"),), (at("herders"),), (at("aircraft"),), (at("near Wad Hassan"),), at("a day earlier"))
    blame = Responsibility(ResponsibilityStatus.ACCUSED, (front,))
    done = Claim(at("killed"), Act("ASSAULT", "aerial"), (outlet, front), roles=roles, responsibility=blame, victim_status=VictimStatus.CIVILIAN,
                 confidence=0.8, reason="trigger 'killed' with aircraft as the means", origin=ORIGIN)  # fmt: skip
    denied = Claim(
        at("killed"), Act("ASSAULT", "aerial"), (outlet, army), Modality.DENIED, roles=roles, reason="'it' stands for the clause before", origin=ORIGIN
    )
    reject = Claim(at("denied"), Act("REJECT"), (outlet,), roles=Roles(actor=(at("the army"),)), origin=ORIGIN)
    close = Claim(
        at("close"), Act("COERCE", "restrict"), (outlet,), Modality.HYPOTHETICAL, Certainty.POSSIBLE, Roles(actor=(at("the Front"),)), historical=True
    )
    nine = Figure(
        at("at least nine herders"), Measure.KILLED, 9, None, (outlet, front), 9, "at least", group="herders", status=VictimStatus.CIVILIAN, claim=done.id
    )
    part = Figure(at("nine herders"), Measure.CASUALTIES, None, 9, (outlet,), part_of=nine.id, modality=Modality.DENIED, since="2024-01-01")
    actor, place, time = (
        Mention(MentionKind.ACTOR, at("army aircraft")),
        Mention(MentionKind.PLACE, at("near Wad Hassan")),
        Mention(MentionKind.TIME, at("a day earlier")),
    )
    member, coalition = Mention(MentionKind.ACTOR, at("the Red Hills Column")), Mention(MentionKind.ACTOR, at("The Eastern Front"))
    hassan = PlaceTarget("Wad Hassan", 15.4, 36.1, PlacePrecision.NEAR, "g1", "SD", "Kassala")
    other = PlaceTarget("Wad Hassan", 13.1, 33.2, PlacePrecision.SETTLEMENT, "g2", "SD", "Sennar")
    third = Interval("2024-05-03", "2024-05-03", TimePrecision.DAY)
    resolutions = (
        Resolution(actor.id, None, 0.2, "too vague", "old"),
        Resolution(actor.id, ActorTarget("sd-army", "Military Forces of Sudan", ActorKind.STATE_FORCE, "SD"), 0.9, "country of the dateline", "list"),
        Resolution(place.id, hassan, 0.7, "in the state of the dateline", "gazetteer", (Candidate(hassan, 0.7), Candidate(other, 0.3, "300 km away"))),
        Resolution(
            time.id,
            third,
            0.9,
            "a day before Saturday",
            "rules",
            (Candidate(third, 0.9), Candidate(Interval("2024-05-02", "2024-05-02", TimePrecision.DAY), 0.1)),
        ),
    )
    return Reading(
        document,
        (actor, place, time, member, coalition),
        (done, denied, reject, close),
        (nine, part),
        (Relation(RelationKind.RESPONDS_TO, close.id, done.id, at("In retaliation for")),),
        (Membership(coalition.id, member.id, at("comprising")),),
        (LoadedWord(at("butchers"), LoadedClass.VILIFYING, "those said to have killed", (outlet,)),),
        resolutions,
        (),
        (
            Event(
                "acled", "sha256:acled", "inc_1", (done.id,), (("event_type", "Explosions/Remote violence"), ("sub_event_type", "Air/drone strike")), "aerial"
            ),
        ),
        (Refusal("act at 'pilots'", "its words are not in the text"),),
        ("a note",),
    )


def make_failure() -> Failure:
    return Failure("reports.jsonl:3", "NotText", "NUL byte at 4: save it as UTF-8", "r3")
