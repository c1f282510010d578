"""`sayso evaluate`: each command over a tiny corpus of its form."""

import json

import pytest

TIMES = (
    "published,sentence,expression,from,to\n"
    "2024-05-04,They met on 2 May.,2 May,2024-05-02,2024-05-02\n2024-05-04,It fell yesterday.,yesterday,2024-05-01,2024-05-01\n"
)
MARKS = "T1\tSource 0 6\tMedics\nT2\tContent 12 28\tnine people died\nE1\tAttribution:T3 Content:T2 Source:T1\n"
GED = "side_a,side_b,country,country_id,gwnoa,gwnob\nGovernment of Sudan,Civilians,Sudan,625,625,\nGovernment of Sudan,Kzzkq,Sudan,625,625,\n"
LGL = (
    "<articles><article><text>Nine people died in Khartoum on Sunday.</text><toponyms><toponym><start>20</start><end>28</end><phrase>Khartoum</phrase>"
    "<gaztag><lat>15.55</lat><lon>32.53</lon></gaztag></toponym></toponyms></article></articles>"
)
TOPONYMS = "label,country,lat,lon,within_km,spellings\nKhartoum,SD,15.55,32.53,50,Khartoum|Khartum\nDarfur,SD,13,24.5,300,Darfur\n"
NEWSQUANT = [{"text": "At least 40 shops closed.", "quantities": [{"value": "40", "change": ">"}]}]
SENTENCE = {"text": "The terrorists left.", "label_bias": "Biased", "biased_words": "['terrorists']"}
SNIPPET = {"text": "An air strike killed nine people near Khartoum on Sunday.", "type": "AIR_STRIKE"}
NAMES = {"text": "Hezbollah said so in Beirut.", "entities": [{"begin": 0, "end": 9, "type": "Organisation"}, {"begin": 21, "end": 27, "type": "Location"}]}


@pytest.fixture(name="corpus")
def corpus_folder(tmp_path):
    (tmp_path / "times.csv").write_text(TIMES)
    (tmp_path / "ged.csv").write_text(GED)
    (tmp_path / "lgl.xml").write_text(LGL)
    (tmp_path / "names.csv").write_text(TOPONYMS)
    (tmp_path / "quant.json").write_text(json.dumps(NEWSQUANT))
    (tmp_path / "docs.jsonl").write_text(json.dumps(NAMES) + "\n")
    for folder in ("voices/text", "voices/attributions", "loaded/dev", "snippets/dev"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "voices/text/one.txt").write_text("Medics said nine people died.")
    (tmp_path / "voices/attributions/one_ab.ann").write_text(MARKS)
    (tmp_path / "loaded/dev/a.jsonl").write_text(json.dumps(SENTENCE) + "\n")
    (tmp_path / "taught").mkdir()
    (tmp_path / "taught/ASSAULT.txt").write_text("{A:Rebels} [ASSAULT/heavy-weapons:shelled] {R:the town}, {V:police} said.\n")
    (tmp_path / "snippets/dev/snippets.jsonl").write_text(json.dumps(SNIPPET) + "\n")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "measure", "wanted"),
    [
        ("places --data lgl.xml", "given acc161", 1.0),
        ("places --data names.csv --format list", "regions", 1.0),
        ("times --data times.csv", "exact", 0.5),
        ("actors --data ged.csv", "rows", 0.5),
        ("actors --data docs.jsonl --format names", "organisations", 1.0),
        ("attribution --data voices", "content with right source f1", 1.0),
        ("figures --data quant.json --split all", "value f1", 1.0),
        ("loaded --data loaded", "words f1", 1.0),
        ("acts --data snippets --format case2021", "weighted f1", 1.0),
        ("teaching --data taught", "claim type f1", 1.0),
    ],
)
def test_each_corpus_is_scored(run_for_real, corpus, monkeypatch, arguments, measure, wanted):
    monkeypatch.chdir(corpus)
    result = run_for_real("evaluate", *arguments.split(), "--json")
    assert result.exit_code == 0
    view = json.loads(result.stdout)
    assert view["what"] == arguments.split()[0]
    assert view["scores"]["documents"] >= 1
    assert view["scores"]["measures"][measure]["value"] == wanted


def test_the_table_tells_shares_with_their_interval(run_for_real, corpus):
    result = run_for_real("evaluate", "times", "--data", corpus / "times.csv")
    assert "times: times.csv (2 documents, split all)" in result.stdout
    line = next(line for line in result.stdout.splitlines() if line.strip().startswith("exact"))
    assert "0.500  [0.000, 1.000]" in line
    assert "dates with a month 0.500" in line


def test_a_split_that_a_corpus_does_not_have_is_named(run_for_real, corpus):
    result = run_for_real("evaluate", "loaded", "--data", corpus / "loaded", "--split", "train")
    assert result.exit_code == 2
    assert "it has dev" in result.stderr


def test_an_interval_holds_its_share():
    from sayso.evaluate.intervals import share_interval

    assert share_interval(0, 0) is None
    for right, of in ((0, 9), (5, 9), (9, 9)):
        low, high = share_interval(right, of)
        assert 0 <= low <= right / of <= high <= 1
