import re
import time
from collections import Counter
from pathlib import Path

import pytest

from sayso.errors import DataError
from sayso.gazetteers.actor_data import FOLDER, ActorData, load_actor_data
from sayso.gazetteers.actors import SURE, ActorContext, ActorList, actor_list
from sayso.gazetteers.name_tokens import fold_word, folded_key
from sayso.model import ActorTarget
from sayso.model.words import ActorKind

ARMED = {ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA}
OTHERS = {ActorKind.INTERGOVERNMENTAL, ActorKind.NGO, ActorKind.MEDIA, ActorKind.COMPANY, ActorKind.EXTERNAL_OTHER}
# Never in a canonical name, in whatever form: words that condemn.
CONDEMNING = re.compile(
    r"\b(terrorists?|terror|militants?|insurgents?|insurgency|rebels?|bandits?|regime|thugs?|extremists?|radicals?|jihadis?|jihadists?|occupiers?|"
    r"occupation|invaders?|aggressors?|infidels?|apostates?|orcs?|mercenar(y|ies)|fanatics?|criminals?|gangsters?|traitors?|puppets?|nazis?|fascists?|"
    r"separatists?|so-called|self-styled|self-proclaimed|outlawed|banned|proscribed)\b",
    re.IGNORECASE,
)
# Words that praise stand only in the name that a group gives itself ("Liberation" is in too many of those to list).
PRAISING = re.compile(r"\b(martyrs?|heroes|heroic|freedom fighters|liberators?|defenders of)\b", re.IGNORECASE)
OWN_NAMES_WITH_PRAISE = {"aqsa_brigades", "yarmouk_martyrs", "biff", "mlcj"}
# The formal names of courts, police units and groups that hold such a word without saying it of the actor.
FORMAL = {"ke_dci", "icc", "icty", "ictr", "far_gt", "upa_ua", "paff", "grapo", "fta_br"}


@pytest.fixture(scope="module")
def actors() -> ActorList:
    return actor_list()


@pytest.fixture(scope="module")
def data() -> ActorData:
    return load_actor_data()


def first(actors: ActorList, name: str, *countries: str) -> ActorTarget | None:
    found = actors.lookup(name, ActorContext(countries))
    if not found or found[0].score < SURE:
        return None
    assert isinstance(found[0].target, ActorTarget)
    return found[0].target


def test_every_un_member_and_observer_is_there(data: ActorData) -> None:
    codes = [state.code for state in data.states if state.recognised]
    assert len(codes) == len(set(codes)) >= 195
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)
    with_capital = [state for state in data.states if state.recognised and state.capitals]
    assert len(with_capital) > 170
    assert all(state.adjectives for state in data.states if state.code in {"FR", "NZ", "KG", "CD", "MM", "PS", "TW", "XK", "EH"})


def test_counts_and_spread_of_groups_and_organisations(data: ActorData) -> None:
    groups = [actor for actor in data.actors if actor.kind in ARMED]
    assert len(groups) >= 600
    assert len([actor for actor in data.actors if actor.kind in OTHERS]) >= 300
    assert len([actor for actor in data.actors if actor.kind is ActorKind.STATE_FORCE]) >= 250
    assert len(Counter(actor.country for actor in groups)) >= 75


def test_no_loaded_word_in_a_canonical_name(data: ActorData) -> None:
    names = {actor.id: actor.name for actor in data.actors} | {one.id: one.name for one in data.communities} | {one.code: one.name for one in data.states}
    assert {key for key, name in names.items() if CONDEMNING.search(name)} == FORMAL
    assert {key for key, name in names.items() if PRAISING.search(name)} <= OWN_NAMES_WITH_PRAISE


def test_parents_and_coalitions_are_on_the_list_and_years_are_years(data: ActorData, actors: ActorList) -> None:
    for actor in data.actors:
        for year in (actor.valid_from, actor.valid_to):
            assert year is None or re.fullmatch(r"(19|20)\d\d", year), actor.id
        if actor.valid_from and actor.valid_to:
            assert actor.valid_from <= actor.valid_to, actor.id
        for other in (actor.parent, *actor.coalitions):
            assert other is None or actors.target(other) is not None
    assert actors.actor("ypg").coalitions == ("sdf",)
    assert actors.actor("qassam").parent == "hamas"


def test_every_name_is_found_again(actors: ActorList) -> None:
    lost = [name.text for name in actors.names() if all(other.actor != name.actor for other in actors.listed(name.text))]
    assert lost == []


@pytest.mark.parametrize(
    ("name", "id_", "kind", "country"),
    [
        ("Government of Yemen (North Yemen)", "YE.government", "government", "YE"),
        ("Government of Myanmar (Burma)", "MM.government", "government", "MM"),
        ("Military Forces of Ukraine (2019-)", "UA.military", "state_force", "UA"),
        ("Malian army", "ML.military", "state_force", "ML"),
        ("Turkey's air force", "TR.military", "state_force", "TR"),
        ("Russia's Defence Ministry", "RU.government", "government", "RU"),
        ("the Ministry of Defence of Azerbaijan", "AZ.government", "government", "AZ"),
        ("Kenyan police", "KE.police", "state_force", "KE"),
        ("The United States military", "US.military", "state_force", "US"),
        ("U.S. officials", "US.government", "government", "US"),
        ("Kremlin", "RU.government", "government", "RU"),
        ("Downing Street", "GB.government", "government", "GB"),
        ("Erdoğan", "TR.government", "government", "TR"),
        ("Hizbullah", "hezbollah", "rebel_group", "LB"),
        ("Sendero Luminoso", "sendero", "rebel_group", "PE"),
        ("Farabundo Marti National Liberation Front", "fmln", "rebel_group", "SV"),
        ("Houthi fighters", "houthis", "rebel_group", "YE"),
        ("Al Shebab", "al_shabaab", "rebel_group", "SO"),
        ("Islamic Revolution Guards Corps", "ir_irgc", "state_force", "IR"),
        ("Médecins Sans Frontières", "msf", "ngo", None),
        ("Agence France-Presse", "afp", "media", "FR"),
        ("Republika Srpska", "XB", "state", "BA"),
    ],
)
def test_names_of_one_actor(actors: ActorList, name: str, id_: str, kind: str, country: str | None) -> None:
    target = first(actors, name)
    assert target is not None, actors.lookup(name)
    assert (target.id, target.kind.value, target.country) == (id_, kind, country)


@pytest.mark.parametrize(
    ("acronym", "answers"),
    [
        ("ELN", {"CO": "eln", "BO": "eln_bo"}),
        ("SDF", {"SY": "sdf", "JP": "jp_sdf"}),
        ("SNA", {"SY": "sna_sy", "SO": "so_sna"}),
        ("ADF", {"CD": "adf", "AU": "au_adf"}),
        ("UPC", {"CF": "upc_cf", "CD": "upc"}),
        ("FPR", {"RW": "rpf"}),
        ("PMF", {"IQ": "iq_pmf"}),
        ("IS", {"SY": "is", "IQ": "is"}),
        ("NDA", {"NG": "nda_ng", "SD": "nda_sd"}),
        ("Fano", {"ET": "fano"}),
    ],
)
def test_ambiguous_names_refuse_without_context(actors: ActorList, acronym: str, answers: dict[str, str]) -> None:
    assert first(actors, acronym) is None
    for country, wanted in answers.items():
        target = first(actors, acronym, country)
        assert target is not None
        assert target.id == wanted


def test_the_reason_says_why(actors: ActorList) -> None:
    assert "names 2 listed actors" in actors.lookup("SDF")[0].reason
    assert "the report is about SY" in actors.lookup("SDF", ActorContext(("SY",)))[0].reason
    assert "alone" in actors.lookup("Hamas")[0].reason
    assert actors.lookup("Zorblax Committee of Nowhere") == ()


def test_a_named_party_decides_between_two(actors: ActorList) -> None:
    party = actors.target("so_sna")
    assert party is not None
    found = actors.lookup("SNA", ActorContext(parties=(party,)))
    assert found[0].target == party


def test_congo_is_the_larger_one_unless_brazzaville_is_meant(actors: ActorList) -> None:
    assert first(actors, "Congolese army").id == "CD.military"
    assert first(actors, "Congolese army", "CG").id == "CG.military"


def test_supporters_and_splinters(actors: ActorList) -> None:
    crowd = first(actors, "Supporters of the Awami League")
    assert crowd == ActorTarget(None, "Supporters of Awami League", ActorKind.POLITICAL_MILITIA, "BD")
    part = actors.lookup("Hizbul Islam - northern wing")[0]
    assert part.target.id == "hizbul_islam"
    assert part.score < 0.8


def test_folding() -> None:
    assert fold_word("Türkiye") == "turkiye"
    assert fold_word("Yarʿa’at") == fold_word("Yar'a'at".replace("'", "")) or fold_word("Jama’at") == "jamaat"
    assert folded_key("The U.S.") == ("us",)
    assert folded_key("Hezbollah’s") == ("hezbollah",)


def test_the_list_loads_quickly(data: ActorData) -> None:
    started = time.process_time()
    ActorList(data)
    building = time.process_time() - started
    load_actor_data.cache_clear()
    started = time.process_time()
    load_actor_data()
    assert building + time.process_time() - started < 1.5  # 0.15 s on an idle core


def test_lookups_are_quick(actors: ActorList) -> None:
    names = [name.text for name in actors.names()[:2000]]
    started = time.process_time()
    for name in names:
        actors.lookup(name)
    assert (time.process_time() - started) / len(names) < 400e-6  # 20 µs on an idle core


@pytest.mark.parametrize(
    ("file", "line", "why"),
    [
        ("forces.toml", 'x_new = {names = ["X"], nickname = "Y"}', "nickname"),
        ("forces.toml", "x_new = []", "at least one name"),
        ("forces.toml", 'x_new = {names = ["Xy Army"], parent = "nobody"}', "not on the list"),
        ("forces.toml", 'hamas = ["Another"]', "given twice"),
    ],
)
def test_mistakes_in_the_data_are_told(tmp_path: Path, file: str, line: str, why: str) -> None:
    for path in FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    changed = tmp_path / file
    changed.write_text(changed.read_text(encoding="utf-8") + f"\n[AD.state_force]\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=why):
        load_actor_data(tmp_path)


def test_an_unknown_kind_is_told(tmp_path: Path) -> None:
    for path in FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "more.toml").write_text('[AD.army]\nx_new = ["X"]\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"more\.toml:1: .*army is no kind of actor"):
        load_actor_data(tmp_path)
