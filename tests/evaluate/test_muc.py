"""MUC-4's measures, on invented messages: how entities are matched, how keys are read, what is answered, and how slots are counted."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.evaluate.muc import aligned, count_entities, near_triggers, score_muc
from sayso.evaluate.muc_keys import MANY, bounds, read_entities, read_keys, read_texts
from sayso.evaluate.muc_phrases import bare, core, folded, fullest, head, is_in, person_name, singular, unnumbered, weapons_in
from sayso.evaluate.muc_roles import Report, fillers
from sayso.evaluate.muc_slots import told_blame, told_effect, told_number
from sayso.model import Document, Source
from sayso.pipeline import Reader

TEXT = """DEV-MUC3-9001 (MADE UP)

   LIMA, 12 MAR 89 (XYZ) -- [TEXT] A BOMB EXPLODED TODAY IN FRONT OF THE
QUELLO BANK IN LIMA, KILLING TWO GUARDS.  THE POLICE SAID THAT TERRORISTS
PLANTED THE BOMB.

   LAST NIGHT TWO HOODED MEN KIDNAPPED MAYOR ANSELMO QUEBRADA IN AYACUCHO.


DEV-MUC3-9002 (MADE UP)

   LIMA, 13 MAR 89 (XYZ) -- [TEXT] THE MINISTER OF TRADE SIGNED AN AGREEMENT ON
COFFEE PRICES.
"""

KEY = """0.  MESSAGE: ID                     DEV-MUC3-9001 (MADE UP)
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  12 MAR 89
3.  INCIDENT: LOCATION              PERU: LIMA (CITY)
4.  INCIDENT: TYPE                  BOMBING
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED
6.  INCIDENT: INSTRUMENT ID         "BOMB"
9.  PERP: INDIVIDUAL ID             "TERRORISTS"
10. PERP: ORGANIZATION ID           -
11. PERP: ORGANIZATION CONFIDENCE   -
12. PHYS TGT: ID                    "QUELLO BANK" / "BANK"
18. HUM TGT: NAME                   -
19. HUM TGT: DESCRIPTION            "GUARDS"
21. HUM TGT: NUMBER                 2: "GUARDS"
23. HUM TGT: EFFECT OF INCIDENT     DEATH: "GUARDS"
24. HUM TGT: TOTAL NUMBER           -

;;; a remark
0.  MESSAGE: ID                     DEV-MUC3-9001 (MADE UP)
1.  MESSAGE: TEMPLATE               2
2.  INCIDENT: DATE                  - 11 MAR 89 / 10 MAR 89 - 11 MAR 89
3.  INCIDENT: LOCATION              PERU: AYACUCHO (CITY)
4.  INCIDENT: TYPE                  KIDNAPPING
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED / ATTEMPTED
9.  PERP: INDIVIDUAL ID             "MEN"
11. PERP: ORGANIZATION CONFIDENCE   POSSIBLE / REPORTED AS FACT: "FRONT \\"X\\"" / "FRONT"
18. HUM TGT: NAME                   "ANSELMO QUEBRADA"
                                    ? "OTHER"
21. HUM TGT: NUMBER                 1: "ANSELMO QUEBRADA"
                                    ? 1: "OTHER"
23. HUM TGT: EFFECT OF INCIDENT     -

0.  MESSAGE: ID                     DEV-MUC3-9001 (MADE UP)
1.  MESSAGE: TEMPLATE               3 (OPTIONAL)
2.  INCIDENT: DATE                  -

0.  MESSAGE: ID                     DEV-MUC3-9002 (MADE UP)
1.  MESSAGE: TEMPLATE               *
2.  INCIDENT: DATE                  *
"""

ENTITIES = {
    "PerpInd": [[["terrorists", 10]], [["hooded men", 20], ["two hooded men", 20]]],
    "PerpOrg": [],
    "Target": [[["quello bank", 30], ["bank", 37]]],
    "Victim": [[["anselmo quebrada", 90]]],
    "Weapon": [[["bomb", 2], ["a bomb", 0]]],
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    raw = tmp_path / "dev" / "raw"
    raw.mkdir(parents=True)
    (raw / "texts-made-up").write_text(TEXT, encoding="latin-1")
    (raw / "key-made-up").write_text(KEY, encoding="latin-1")
    rows = [{"docid": "DEV-MUC3-9001", "doctext": "", "extracts": ENTITIES}]
    rows += [{"docid": "DEV-MUC3-9002", "doctext": "", "extracts": {role: [] for role in ENTITIES}}]
    (tmp_path / "dev" / "grit_dev.json").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def test_an_answer_has_one_entity_and_an_entity_one_answer() -> None:
    entities = [["rebels", "the guerrillas"], ["guerrillas"], ["soldiers"]]
    assert aligned(["Guerrillas", "rebels"], entities) == {0: 1, 1: 0}
    assert len(aligned(["the guerrillas", "guerrillas", "A guerrillas"], entities)) == 2
    assert aligned(["armed rebels"], entities) == {}


def test_counts_go_to_the_role_and_to_all_roles() -> None:
    tally: Counter[str] = Counter()
    count_entities(tally, {"Weapon": ["a bomb", "knife"]}, {"Weapon": [["bomb"]], "Victim": [["x"]]})
    assert (tally["Weapon hit"], tally["Weapon told"], tally["Weapon gold"]) == (1, 2, 1)
    assert (tally["ceaf-ree micro hit"], tally["ceaf-ree micro told"], tally["ceaf-ree micro gold"]) == (1, 2, 2)


def test_texts_have_their_head_cut_off(corpus: Path) -> None:
    texts = read_texts(corpus, "dev")
    assert [(one.place, one.published) for one in texts.values()] == [("LIMA", "1989-03-12"), ("LIMA", "1989-03-13")]
    assert texts["DEV-MUC3-9001"].text.startswith("A BOMB EXPLODED")
    assert read_entities(corpus, "dev")["DEV-MUC3-9001"]["Target"] == [["quello bank", "bank"]]


def test_keys_are_read_with_their_alternatives(corpus: Path) -> None:
    keys = read_keys(corpus, "dev")
    bombing, kidnapping = keys["DEV-MUC3-9001"]
    assert keys["DEV-MUC3-9002"] == []
    assert bombing.dates == ((date(1989, 3, 12), date(1989, 3, 12)),)
    assert bombing.countries == ("PERU",)
    assert bombing.strings == ("BOMB", "TERRORISTS", "QUELLO BANK", "BANK", "GUARDS")
    assert kidnapping.dates == ((date(1989, 1, 10), date(1989, 3, 11)), (date(1989, 3, 10), date(1989, 3, 11)))
    assert kidnapping.stages == ("ACCOMPLISHED", "ATTEMPTED")
    assert kidnapping.blame[0].labels == ("POSSIBLE", "REPORTED AS FACT")
    assert kidnapping.blame[0].strings == ('FRONT "X"', "FRONT")
    assert [one.strings for one in kidnapping.numbers] == [("ANSELMO QUEBRADA",)]


@pytest.mark.parametrize(
    ("told", "limits"), [("6", (6, 6)), ("PLURAL", (2, MANY)), ("~30", (27, 34)), ("16-", (16, MANY)), ("-26", (1, 26)), ("5 - 8", (5, 8)), ("SOME", None)]
)
def test_numbers_of_a_key(told: str, limits: tuple[int, int] | None) -> None:
    assert bounds(told) == limits


def test_phrases() -> None:
    assert folded("The  car-bomb, a") == "carbomb"
    assert [singular(one) for one in ("men", "bodies", "buses", "crosses", "rebels", "glass")] == ["man", "body", "buse", "cross", "rebel", "glass"]
    assert core('the office of Quill, which was "new"') == "the office of Quill"
    assert core("two men on a motorcycle") == "two men"
    assert bare("the other rebels") == "rebels"
    assert unnumbered("at least 20 buses") == "buses"
    assert head("members of the Front") == "members"
    assert person_name("Interior Minister Anselmo de la Quebrada") == "Anselmo de la Quebrada"
    assert person_name("the two ministers") == ""
    assert fullest("Quebrada", ["Anselmo Quebrada", "Quebrada Honda"]) == "Anselmo Quebrada"
    assert is_in("weapons", "Grenades")


def test_weapons_keep_the_words_that_are_part_of_their_name() -> None:
    text = "A car bomb, two dynamite charges and hand grenades; the charge was read, and the bomb squad came."
    assert [one.text for one in weapons_in(text, 0, len(text))] == ["car bomb", "dynamite charges", "hand grenades"]


def report(reader: Reader, text: str) -> Report:
    return Report(reader.read_one(Document(text, Source("Outlet"), language="en", published="2024-05-15")))


def test_roles_of_an_attack(reader: Reader) -> None:
    told = fillers(
        report(reader, "Unidentified men kidnapped Mayor Anselmo Quebrada on Tuesday. A bomb exploded in front of the national bank, wounding two guards.")
    )
    assert told["PerpInd"] == ["Unidentified men"]
    assert told["Victim"] == ["Anselmo Quebrada"]
    assert told["Target"] == ["national bank"]
    assert told["Weapon"] == ["bomb"]


def test_a_victim_told_by_surname_has_the_full_name(reader: Reader) -> None:
    told = fillers(report(reader, "Anselmo Quebrada was a judge in Huaraz. Gunmen shot Judge Quebrada dead on Tuesday."))
    assert told["Victim"] == ["Anselmo Quebrada"]


def test_a_fight_among_fighters_fills_nothing(reader: Reader) -> None:
    told = fillers(report(reader, "Soldiers clashed with guerrillas near Huaraz on Tuesday. The army killed three rebels."))
    assert not any(told.values())


def test_a_report_without_attacks_fills_nothing(reader: Reader) -> None:
    assert not any(fillers(report(reader, "The ministers met on Tuesday to discuss the price of grain.")).values())


def test_number_effect_and_blame(reader: Reader) -> None:
    found = report(
        reader, "Shining Path guerrillas killed three farmers near Huaraz on Tuesday. The attack also wounded a nurse. The army was in its barracks."
    )
    assert told_number(found, ["FARMERS"]) == (3, 3)
    assert told_effect(found, ["FARMERS"]) == "DEATH"
    assert told_effect(found, ["NURSE"]) == "INJURY"
    assert told_effect(found, ["TEACHERS"]) is None
    assert told_blame(found, ["SHINING PATH"]) == "REPORTED AS FACT"
    assert told_blame(found, ["ARMY"]) == "POSSIBLE"
    assert told_blame(found, ["NAVY"]) is None


def test_a_claim_of_responsibility_and_a_suspicion(reader: Reader) -> None:
    claimed = report(reader, "A car bomb killed a judge in Lima on Tuesday. The Shining Path claimed responsibility for the attack.")
    assert told_blame(claimed, ["SHINING PATH"]) == "CLAIMED OR ADMITTED"
    accused = report(reader, "The minister accused the Shining Path of killing a judge in Lima on Tuesday.")
    assert told_blame(accused, ["SHINING PATH"]) == "SUSPECTED OR ACCUSED"


def test_the_whole_is_scored_beside_its_baselines(corpus: Path) -> None:
    scored = score_muc(corpus, "dev")
    values = scored.values()
    assert len(scored.documents) == 2
    assert values["weapon f1"] == values["victim f1"] == values["target f1"] == 1.0
    assert values["date"] == values["country"] == values["effect"] == 1.0
    assert scored.values("nothing")["ceaf-ree micro recall"] == 0.0
    assert scored.values("names near a trigger")["stage"] == 1.0
    assert ("DEV-MUC3-9001", "Weapon", "bomb") not in scored.details["missed"]


def test_the_baseline_takes_what_stands_near_a_trigger() -> None:
    told = near_triggers("Guerrillas attacked a bank with grenades and killed Anselmo Quebrada.")
    assert told["PerpInd"] == ["Guerrillas"]
    assert told["Target"] == ["bank"]
    assert told["Victim"] == ["Anselmo Quebrada"]
    assert told["Weapon"] == ["grenades"]


def test_missing_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no texts under"):
        read_texts(tmp_path, "dev")
    with pytest.raises(InputError, match=r"grit_dev\.json is missing"):
        read_entities(tmp_path, "dev")
