from pathlib import Path

import pytest

from sayso.errors import DataError
from sayso.evaluate.calibration import Sure, SureDocument, apart, calibration, reliability_table, risk_line, score_calibration
from sayso.evaluate.verdicts import Known, KnownAct, KnownFigure, claim_verdict, figure_verdict, places, read_known
from sayso.model import Claim, Document, Figure, Source
from sayso.model.claim import Act, Voice
from sayso.model.words import Measure, Modality, VoiceKind
from sayso.pipeline import Reader

ROOT = Path(__file__).parents[2]
OUTLET = (Voice("Outlet", VoiceKind.OUTLET),)
TEXT = "Raiders burned Oldmill, killing three people. They may leave today, and traders left."
REPORT = """
id: r1
source: {name: "Outlet", kind: press}
published: "2024-05-15"
text: "Raiders burned Oldmill, killing three people. Guards did not flee; two men fell."
events:
  - {id: e1, anchor: "burned", type: ASSAULT, modality: actual, voice: narrator}
  - {id: e2, anchor: "flee", type: CONCEDE, modality: "denied|actual", voice: narrator, optional: true}
figures:
  - {quote: "three people", low: 3, high: 3, measure: "killed|casualties"}
also: ["killing"]
also_figures: ["two men"]
"""


def sure(*told: tuple[float, bool]) -> SureDocument:
    return SureDocument(tuple(Sure(*one) for one in told))


def document() -> Document:
    return Document(TEXT, Source("Outlet"), language="en")


def claim(quote: str, kind: str, modality: Modality = Modality.ACTUAL) -> Claim:
    made = document()
    start = TEXT.index(quote)
    return Claim(made.span(start, start + len(quote)), Act(kind), OUTLET, modality)


KNOWN = Known(
    document(),
    (
        KnownAct((8, 14), frozenset({"ASSAULT", "COERCE"}), frozenset({"actual"})),
        KnownAct((55, 60), frozenset({"RETREAT"}), frozenset({"hypothetical"})),
        KnownAct((78, 84), frozenset({"RETREAT"}), frozenset({"actual"}), optional=True),
    ),
    (KnownFigure((32, 44), 3, 3, frozenset({"killed"}), None),),
    also=((24, 31),),
)


@pytest.mark.parametrize(
    ("told", "right"),
    [
        (claim("burned", "COERCE"), True),
        (claim("burned", "PROTEST"), False),
        (claim("burned", "ASSAULT", Modality.DENIED), False),
        (claim("leave", "RETREAT", Modality.HYPOTHETICAL), True),
        (claim("leave", "RETREAT"), False),
        (claim("killing", "ASSAULT"), None),
        (claim("left", "RETREAT"), None),
        (claim("today", "AID"), False),
    ],
)
def test_claims_are_right_in_type_and_modality(told: Claim, right: bool | None) -> None:
    assert claim_verdict(KNOWN, told) is right


@pytest.mark.parametrize(("low", "high", "measure", "right"), [(3, 3, "killed", True), (3, None, "killed", False), (3, 3, "injured", False)])
def test_figures_are_right_in_bounds_and_measure(low: int, high: int | None, measure: str, right: bool) -> None:
    figure = Figure(document().span(32, 44), Measure(measure), low, high, OUTLET)
    assert figure_verdict(KNOWN, figure) is right


def test_gold_reports_become_known(tmp_path: Path) -> None:
    path = tmp_path / "r1.yaml"
    path.write_text(REPORT, encoding="utf-8")
    (known,) = read_known(tmp_path)
    assert known.document.given_id == "r1"
    assert [known.document.text[slice(*act.span)] for act in known.acts] == ["burned", "flee"]
    assert known.acts[1].types == {"CONCEDE", "RETREAT"}
    assert known.acts[1].modalities == {"denied", "actual"}
    assert known.figures[0].measures == {"killed", "casualties"}
    assert [known.document.text[slice(*at)] for at in (*known.also, *known.also_figures)] == ["killing", "two men"]
    path.write_text(REPORT.replace('anchor: "burned"', 'anchor: "sank"'), encoding="utf-8")
    with pytest.raises(DataError, match=r"r1\.yaml.*'sank' stands 0 times"):
        read_known(path)


TAUGHT = """id: t1
source: Delta News | agency |
published: 2024-05-15
title: A day

{A1:Raiders} [1 ASSAULT/destroy:burned] {R1:the mill}.

{F killed 3..3:Three guards} died; they blamed {V2:the sea}, which [2 ASSAULT?:shook].
"""


def test_teaching_reports_become_known(tmp_path: Path) -> None:
    path = tmp_path / "t1.txt"
    path.write_text(TAUGHT, encoding="utf-8")
    (known,) = read_known(tmp_path)
    made = known.document
    assert (made.given_id, made.title, made.source.name, made.source.kind, made.source.side) == ("t1", "A day", "Delta News", "agency", None)
    assert made.text.startswith("Raiders burned the mill.\n\nThree guards died")
    assert [made.text[slice(*act.span)] for act in known.acts] == ["burned", "shook"]
    path.write_text(TAUGHT.replace("agency", "agentur"), encoding="utf-8")
    with pytest.raises(DataError, match="'agentur' is no kind of source"):
        read_known(path)
    path.write_text(TAUGHT.replace("title", "headline"), encoding="utf-8")
    with pytest.raises(DataError, match=r"t1\.txt:4: 'headline: A day' is no line of a head"):
        read_known(path)
    path.write_text(TAUGHT.replace("published: 2024-05-15\n", ""), encoding="utf-8")
    with pytest.raises(DataError, match="does not tell published"):
        read_known(path)


def test_of_taught_texts_what_meets_no_mark_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "LOT.txt"
    path.write_text("{A:Raiders} [ASSAULT:burned] {R:Oldmill}, killing three people.\n~ Raiders burned Oldmill, killing three people.\n", encoding="utf-8")
    told, contrast = read_known(path)
    start = told.document.text.index("killing")
    verdicts = []
    for known in (told, contrast):
        at = known.document
        verdicts.append(claim_verdict(known, Claim(at.span(start, start + 7), Act("ASSAULT"), OUTLET)))
        verdicts.append(figure_verdict(known, Figure(at.span(start + 8, start + 20), Measure.KILLED, 3, 3, OUTLET)))
    assert verdicts == [False, False, False, False]
    assert claim_verdict(told, Claim(told.document.span(8, 14), Act("PROTEST"), OUTLET)) is False


def test_places_are_whole_words() -> None:
    assert places("The men met them; the men left.", "men") == [(4, 7), (22, 25)]


def test_error_and_risk_of_a_hand_made_case() -> None:
    """Ten pairs of equal confidence, .95 to .05, of which always one is right: each bin is as far off as its confidence is from a half."""
    pairs = [[(0.95 - step / 10, True), (0.95 - step / 10, False)] for step in range(10)]
    found = calibration([sure(*(one for pair in pairs[:4] for one in pair)), sure(*(one for pair in pairs[4:] for one in pair))]).values()
    assert found["ece"] == 0.25
    assert (found["share right"], found["mean confidence"]) == (0.5, 0.5)
    assert (found["risk at coverage 0.5"], found["risk at coverage 1.0"]) == (0.5, 0.5)
    assert calibration([sure(*[(0.9, False)] * 20)]).values()["ece"] == 0.9
    assert calibration([sure()]).values()["ece"] is None
    split = calibration([sure(*[(0.9, True)] * 9, (0.9, False), *[(0.4, True)] * 4, *[(0.4, False)] * 6)]).values()
    assert (split["risk at coverage 0.5"], split["risk at coverage 1.0"]) == (0.1, 0.35)


def test_equally_sure_of_all_tells_nothing_apart() -> None:
    scored = calibration([sure(*[(0.5, False)] * 10, *[(0.95, True)] * 30)])
    assert scored.values()["risk at coverage 0.5"] == 0
    assert scored.values("equally sure of all")["risk at coverage 0.5"] == pytest.approx(0.25, abs=0.15)
    assert scored.values("equally sure of all")["risk at coverage 1.0"] == 0.25


def test_the_line_and_the_table_hold_what_was_counted() -> None:
    told = [(0.95, True)] * 30 + [(0.5, False)] * 10
    line = risk_line([Sure(*one) for one in told])
    assert [point["risk"] for point in line if point["coverage"] in (0.5, 0.75, 1.0)] == [0, 0, 0.25]
    assert line[-1]["least confidence"] == 0.5
    table = reliability_table(calibration([sure(*told)]))
    assert "| 4 | 0.95 | 1.00 | ████████████████████ |" in table
    assert "| wrong | 0.0% |" in table
    assert "figures" not in table


def test_every_other_report_is_checked(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.yaml").write_text("")
    assert [path.stem for path in apart(tmp_path, checked=True)] == ["b"]
    assert [path.stem for path in apart(tmp_path, checked=False)] == ["a", "c"]


# Highest calibration error on texts that confidence was not learned from. Raising one needs a reason here.
# The risks were .1 and .16 while claims that meet no marked act were not judged; since a second annotator marked what had been left, they count as wrong.
CEILINGS = {"ece": 0.06, "figure ece": 0.06, "risk at coverage 0.5": 0.14, "risk at coverage 0.8": 0.19}
APART = ("teaching/sentences/test", "teaching/reports/test", "tests/gold/test")


@pytest.mark.skipif(not (ROOT / "teaching").is_dir(), reason="the teaching sentences are not in this checkout")
def test_confidence_means_what_it_says(reader: Reader) -> None:
    scored = score_calibration([*(ROOT / part for part in APART if (ROOT / part).is_dir()), *apart(ROOT / "tests/gold/dev", checked=True)], reader)
    found = scored.values()
    assert {name: value for name, ceiling in CEILINGS.items() if (value := found[name]) is None or value > ceiling} == {}
    assert (found["risk at coverage 0.5"] or 0) < 0.75 * (found["risk at coverage 1.0"] or 0)
