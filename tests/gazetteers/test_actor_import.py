"""Lists of actors from elsewhere: their forms, what the shipped list knows already, and the user's own list. All rows are invented but for well-known names."""

import json
from pathlib import Path

import pytest

from sayso.errors import DataError, InputError
from sayso.gazetteers.actor_data import load_actor_data
from sayso.gazetteers.actor_import import read_actor_file
from sayso.gazetteers.actor_own import join, merged, own_list_path, read_own_list, with_own_list, write_own_list
from sayso.gazetteers.actors import ActorContext, ActorList
from sayso.model.words import ActorKind

UCDP = Path(__file__).parents[3] / "shared" / "gold" / "ucdp" / "ucdp-actor-221.csv"
HEADER = """
ActorId NameData NameOrig NameOrigFull NameOrigFullEng NameChange NewName NewNameFullMotherTongue NewNameFullEng Org ConflictId DyadId PrimaryParty OSID
OSCoalition OSCoalitionID NSID NSCoalition NSCoalitionID Splinter NamePrev ActorIdPrev SplitTemp NameSplitTemp ActorIdSplitTemp Alliance NameAlliance
ActorIdAlliance JoinGroup GroupName ActorIdGroup Location GWNOLoc Region Version
"""
COLUMNS = HEADER.split()
FULL = "Clear Water Front of the Hills"
ROWS = [
    {"ActorId": "9001", "NameData": "QRFZ", "NameOrigFull": "Frente Água Clara", "NameOrigFullEng": FULL, "Org": "1", "Location": "Mali, Niger"},
    {"ActorId": "9002", "NameData": "Zarrim", "NameOrigFull": "n/a", "NameOrigFullEng": "Zarrim", "Org": "3", "Location": "Kenya"},
    {"ActorId": "9003", "NameData": "Government of Kenya", "NameOrigFull": "n/a", "Org": "4", "Location": "Kenya, Somalia"},
    {"ActorId": "9004", "NameData": "Hamas", "NameOrigFull": "Hamas al-Invented Name", "NameOrigFullEng": "n/a", "Org": "1", "Location": "Israel"},
    {"ActorId": "9005", "NameData": "Kingdom of Qorvath", "NameOrigFull": "n/a", "Org": "4", "Location": "Atlantis"},
    {"ActorId": "9006", "NameData": "Supporters of the Lamp", "NameOrigFull": "n/a", "Org": "2", "Location": "Ghana"},
]
CODES = {"Mali": "ML", "Niger": "NE", "Kenya": "KE", "Somalia": "SO", "Israel": "IL", "Ghana": "GH", "Sudan": "SD"}


@pytest.fixture(name="shipped", scope="module")
def shipped_list() -> ActorList:
    return ActorList(load_actor_data())


def ucdp_file(folder: Path, encoding: str) -> Path:
    path = folder / "actors.csv"
    lines = [",".join(COLUMNS)]
    lines += [",".join(f'"{row.get(column, "")}"' for column in COLUMNS) for row in ROWS]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_ucdp_rows_become_actors(tmp_path: Path, encoding: str) -> None:
    read = read_actor_file(ucdp_file(tmp_path, encoding), CODES.get)
    assert read.form == "ucdp"
    front, clan, _, _, kingdom, followers = read.actors
    assert (front.id, front.name, front.kind) == ("ucdp:9001", FULL, ActorKind.REBEL_GROUP)
    assert (front.country, front.countries) == ("ML", ("NE",))
    assert {alias.text: alias.weak for alias in front.aliases} == {"QRFZ": False, "Frente Água Clara": False, "Clear Water Front of the Hills": False}
    assert (clan.kind, [alias.weak for alias in clan.aliases]) == (ActorKind.IDENTITY_MILITIA, [True])
    assert (kingdom.kind, kingdom.country) == (ActorKind.STATE_FORCE, None)
    assert followers.kind is ActorKind.RIOTERS


def test_known_actors_only_get_spellings(tmp_path: Path, shipped: ActorList) -> None:
    joined = join(read_actor_file(ucdp_file(tmp_path, "utf-8"), CODES.get).actors, shipped)
    assert joined.known == 1  # "Government of Kenya" needs no line
    wanted = {"ucdp:9001": None, "ucdp:9002": None, "ucdp:9004": "hamas", "ucdp:9005": None, "ucdp:9006": None}
    assert {line.actor.id: line.same_as for line in joined.lines} == wanted
    assert [alias.text for line in joined.lines for alias in line.actor.aliases if line.same_as] == ["Hamas al-Invented Name"]


def test_a_name_that_is_taken_becomes_weak(tmp_path: Path, shipped: ActorList) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,kind,country,aliases\nBrotherhood of Imre,rebel_group,FJ,Hamas|Imre Brothers\n")
    line = join(read_actor_file(path, CODES.get).actors, shipped).lines[0]
    assert {alias.text: alias.weak for alias in line.actor.aliases} == {"Brotherhood of Imre": False, "Hamas": True, "Imre Brothers": False}
    data = with_own_list(load_actor_data(), write_own_list([line], tmp_path / "list.csv"))
    found = ActorList(data).lookup("Hamas", ActorContext(()))
    assert found[0].target.name == "Hamas"
    assert found[0].score > 0.8


def test_ftm_entities_become_actors(tmp_path: Path) -> None:
    guards = {"name": ["River Guards"], "alias": ["Gardes du Fleuve"], "weakAlias": ["Guards"], "country": ["ml"], "topics": ["mil"]}
    entities = [
        {"id": "x1", "schema": "Organization", "properties": guards},
        {"id": "x2", "schema": "Company", "properties": {"name": ["Imre Drilling"], "jurisdiction": ["sd"], "incorporationDate": ["1999-02-01"]}},
        {"id": "x3", "schema": "Person", "properties": {"name": ["Somebody"]}},
    ]
    path = tmp_path / "entities.ftm.json"
    path.write_text("\n".join(map(json.dumps, entities)) + "\n\n", encoding="utf-8")
    read = read_actor_file(path, CODES.get)
    assert read.form == "ftm"
    assert [(actor.id, actor.kind, actor.country, actor.valid_from) for actor in read.actors] == [
        ("ftm:x1", ActorKind.STATE_FORCE, "ML", None), ("ftm:x2", ActorKind.COMPANY, "SD", "1999-02-01")
    ]  # fmt: skip
    assert {alias.text: alias.weak for alias in read.actors[0].aliases} == {"River Guards": False, "Gardes du Fleuve": False, "Guards": True}
    assert read.passed_over == ("1 of schema 'Person': persons are kept as roles, not as actors",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "is no list of actors"),
        ("name,kind\nX,heroes\n", "csv:2: kind 'heroes' is none of"),
        ("name,kind\n,ngo\n", "csv:2: name is empty"),
        ("name,kind,country\nX,ngo,Sudan\n", "csv:2: country 'Sudan' is no ISO"),
        ("name,kind\n", "holds no actor"),
        ('{"id": "x"}\n', "csv:1: is no FollowTheMoney entity"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=message.replace("(", r"\(")):
        read_actor_file(path, CODES.get)


def test_the_own_list_is_joined_with_the_shipped_one(tmp_path: Path, shipped: ActorList) -> None:
    path = tmp_path / "deep" / "list.csv"
    lines = join(read_actor_file(ucdp_file(tmp_path, "utf-8"), CODES.get).actors, shipped).lines
    assert write_own_list(lines, path) == path
    assert read_own_list(path) == lines
    own = ActorList(with_own_list(load_actor_data(), path))
    assert own.lookup("QRFZ")[0].target.name == "Clear Water Front of the Hills"
    assert own.lookup("Hamas al-Invented Name")[0].target.id == "hamas"
    assert own.lookup("Zarrim")[0].score < 0.5 < own.lookup("Zarrim", ActorContext(("KE",)))[0].score
    assert not shipped.lookup("QRFZ")


def test_a_second_import_replaces_lines_of_the_same_id(tmp_path: Path, shipped: ActorList) -> None:
    lines = join(read_actor_file(ucdp_file(tmp_path, "utf-8"), CODES.get).actors, shipped).lines
    assert merged(lines, lines) == lines


def test_no_list_is_no_change_and_a_broken_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_ACTORS", str(tmp_path / "none.csv"))
    assert own_list_path() == tmp_path / "none.csv"
    assert with_own_list(load_actor_data()) is load_actor_data()
    (tmp_path / "none.csv").write_text("name,kind\nX,heroes\n")
    with pytest.raises(DataError, match=r"none\.csv:2"):
        with_own_list(load_actor_data())


@pytest.mark.skipif(not UCDP.is_file(), reason="the folder 'shared' is not beside this checkout")
def test_the_whole_ucdp_list_is_read(shipped: ActorList) -> None:
    def country_of(name: str) -> str | None:
        found = shipped.lookup(name)
        return found[0].target.country if found else None

    read = read_actor_file(UCDP, country_of)
    assert len(read.actors) == 1725
    assert sum(actor.country is None for actor in read.actors) < 10
    joined = join(read.actors, shipped)
    assert joined.known + len(joined.lines) == 1725
    assert sum(line.same_as is not None for line in joined.lines) > 150
