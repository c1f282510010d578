import pytest

from sayso.extract.names import find_names
from sayso.gazetteers.actors import ActorContext, actor_list
from sayso.model import ActorTarget, Document, Resolution, Source
from sayso.model.words import ActorKind, SourceKind
from sayso.resolve.actors import ResolvedActor, actor_context, resolve_actor

ACTORS = actor_list()


def of(words: str, *countries: str, **more: str | None) -> ResolvedActor:
    return resolve_actor(words, ActorContext(countries, **more), ACTORS)


@pytest.mark.parametrize(
    ("words", "id_", "kind", "country"),
    [
        ("Israeli forces", "IL.military", "state_force", "IL"),
        ("two Tajik border guards", "TJ.military", "state_force", "TJ"),
        ("Russian jets", "RU.military", "state_force", "RU"),
        ("a British submarine", "GB.military", "state_force", "GB"),
        ("Mali's general staff", "ML.military", "state_force", "ML"),
        ("the Ministry of Defence of Azerbaijan", "AZ.government", "government", "AZ"),
        ("soldiers of the Rwandan army", "RW.military", "state_force", "RW"),
        ("ADF fighters who crossed at night", "adf", "rebel_group", "UG"),
        ("Gunmen from two rival factions of the Sinaloa Cartel", "sinaloa", "political_militia", "MX"),
        ("Basij volunteers", "ir_basij", "state_force", "IR"),
        ("the Saudis", "SA", "state", "SA"),
        ("Tigrayan forces", "tigrayans", "identity_militia", "ET"),
        ("Ankara", "TR.government", "government", "TR"),
        ("Ethiopia", "ET", "state", "ET"),
        ("President Vladimir Putin", "RU.government", "government", "RU"),
    ],
)
def test_names_with_roles(words: str, id_: str, kind: str, country: str) -> None:
    target = of(words, "CD", "TJ").target
    assert target is not None
    assert (target.id, target.kind.value, target.country) == (id_, kind, country)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("at least 43 people", ActorKind.CIVILIANS),
        ("a doctor at the hospital", ActorKind.CIVILIANS),
        ("villagers", ActorKind.CIVILIANS),
        ("three herders", ActorKind.CIVILIANS),
        ("thousands of protesters", ActorKind.PROTESTERS),
        ("Rioters", ActorKind.RIOTERS),
        ("gunmen on motorbikes", ActorKind.POLITICAL_MILITIA),
        ("Gambian fishermen", ActorKind.CIVILIANS),
        ("Kurdish demonstrators", ActorKind.PROTESTERS),
    ],
)
def test_roles_without_a_name(words: str, kind: ActorKind) -> None:
    found = of(words, "ML")
    assert found.target is not None
    assert (found.target.id, found.target.kind) == (None, kind)


def test_unknown_gunmen_are_an_unidentified_group_of_the_country() -> None:
    assert of("gunmen", "ML").target == ActorTarget(None, "Unidentified armed group (Mali)", ActorKind.POLITICAL_MILITIA, "ML")


def test_the_army_is_that_of_the_country_of_the_report() -> None:
    assert of("the army", "ML").target.id == "ML.military"
    assert of("the army", source_country="NG").target.id == "NG.military"
    assert of("police", "KE").target.id == "KE.police"
    assert of("the agriculture ministry", "KE").target.id == "KE.government"
    refused = of("the army")
    assert refused.target is None
    assert "nothing tells which" in refused.reason


def test_our_forces_are_those_of_the_voice_before_those_of_the_source() -> None:
    assert of("our forces", "SD", source_side="Rapid Support Forces").target.id == "rsf"
    assert of("our forces", "SD", source_side="Sudan").target.id == "SD.military"
    assert of("our forces", "SD", source_side="Sudan", voice="Rapid Support Forces").target.id == "rsf"
    assert of("We", "MM", source_side="Arakan Army").target.id == "arakan_army"
    assert of("our troops", "SD").target is None


def test_the_enemy_is_the_only_other_party() -> None:
    army, rsf = ACTORS.target("SD.military"), ACTORS.target("rsf")
    assert army is not None
    assert rsf is not None
    told = ActorContext(("SD",), (rsf, army), source_side="Sudan")
    assert resolve_actor("the enemy", told, ACTORS).target == rsf
    several = ActorContext(("SD",), (rsf, army, ACTORS.target("jem")), source_side="Sudan")
    assert resolve_actor("the enemy", several, ACTORS).target is None
    nobody = resolve_actor("the enemy", ActorContext(("SD",), (rsf, army)), ACTORS)
    assert nobody.target is None
    assert "whose words" in nobody.reason


def test_the_same_words_mean_different_sides_to_different_speakers() -> None:
    ours = [of("our fighters", "YE", source_side=side).target for side in ("Ansar Allah", "Southern Transitional Council")]
    assert [target.id for target in ours] == ["houthis", "stc"]


def test_private_persons_resolve_to_roles() -> None:
    assert of("Dr Alina Vetrova, a surgeon", "UA").target is None
    officer = of("Colonel Petru Ionas", "MD").target
    assert officer == ActorTarget("MD.military", "Military Forces of Moldova", ActorKind.STATE_FORCE, "MD")
    governor = of("Governor Tomas Ibarra", "MX").target
    assert governor.id == "MX.government"


def test_an_unknown_name_is_refused_with_its_reason() -> None:
    found = of("Zorblax Dignity Front", "ML")
    assert found.target is None
    assert "not on the actor list" in found.reason
    assert of("  ").target is None


def test_ambiguous_acronyms_are_refused_and_kept_as_candidates() -> None:
    found = of("SDF")
    assert found.target is None
    assert {candidate.target.id for candidate in found.candidates} == {"sdf", "jp_sdf"}
    assert of("SDF fighters", "SY").target.id == "sdf"


def test_the_record() -> None:
    record = of("Hamas").of("m1")
    assert isinstance(record, Resolution)
    assert record.mention == "m1"
    assert record.target.id == "hamas"
    assert record.method == "listed name"
    assert record.candidates[0].target == record.target


def test_the_context_of_a_report() -> None:
    document = Document(
        "Malian soldiers fought JNIM in Mali; Algeria denied it. Mali's army withdrew.", Source("A", SourceKind.AGENCY), published="2024-05-01T10:00:00"
    )
    context = actor_context(document, find_names(document.text, ACTORS), ("ML",))
    assert context.countries[:2] == ("ML", "DZ") or context.countries[0] == "ML"
    assert context.date == "2024-05-01"
    assert ACTORS.target("jnim") in context.parties
    assert resolve_actor("the army", context, ACTORS).target.id == "ML.military"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Hezbollah said it fired rockets at Haifa.", "it", "Hezbollah"),
        ("Hezbollah said on Sunday that it had fired rockets at Haifa.", "it", "Hezbollah"),
        ("Hezbollah said its men killed two soldiers near Haifa.", "its men", "Hezbollah"),
        ("Hezbollah said its fighters killed two soldiers near Haifa.", "its fighters", "Hezbollah"),
        ("The army said it killed 12 rebels near Goma.", "it", "Military Forces of Democratic Republic of the Congo"),
        ("Residents said they attacked the gate in Goma.", "they", None),  # who they are is not told by who speaks
        ("Hezbollah said the drone flew on and that it killed five in Haifa.", "it", None),  # the drone
    ],
)
def test_a_pronoun_behind_the_speaker_is_the_speaker(reader, text, words, name):
    reading = reader.read_one(Document(text, Source("Delta Wire"), language="en", published="2024-05-12"))
    told = {mention.id: mention.as_written for mention in reading.mentions}
    found = [one.target for one in reading.resolutions if told[one.mention] == words and one.method != "place"]
    assert [target.name if target else None for target in found] == [name]


def test_some_of_ones_own():
    target = of("two of our men", voice="Hamas").target
    assert target is not None
    assert target.name == "Hamas"
    assert of("at least three of its fighters", "PS", voice="Hamas").target == target
