"""Files of the open formats, read back by libraries made for them. Reports are invented."""

import csv
import io
import json

import pytest
from anchorpoint.textselectors import TextPositionSelector, TextQuoteSelector
from followthemoney import model
from prov.model import ProvActivity, ProvDocument, ProvEntity
from tests.export.invented_reports import ALL, STRIKE, settings, subjects

from sayso.errors import InputError
from sayso.export.claims import read_claims
from sayso.export.csv_out import write_csv
from sayso.export.formats import exporter
from sayso.export.statements import COLUMNS, Statement, all_statements
from sayso.export.wording import visible


def file_of(name: str) -> bytes:
    out = io.BytesIO()
    exporter(name).write(subjects(), out, settings())
    return out.getvalue()


def test_claims_come_back_as_the_same_rows():
    made = list(all_statements(subjects(), settings()))
    back = list(read_claims(io.StringIO(file_of("claims").decode(), newline="")))
    assert len(made) == len(back) > 50
    for one, again in zip(made, back, strict=True):
        assert {name: visible(getattr(one, name)) for name in COLUMNS} == {name: getattr(again, name) for name in COLUMNS}


def test_claims_read_back_are_written_again_byte_for_byte():
    file = file_of("claims")
    out = io.BytesIO()
    write_csv(out, COLUMNS, ({name: getattr(one, name) for name in COLUMNS} for one in read_claims(io.StringIO(file.decode(), newline=""))))
    assert out.getvalue() == file


def test_a_file_of_another_layout_is_no_claims_file():
    with pytest.raises(InputError, match="'claim_id' of the claims layout is missing"):
        list(read_claims(io.StringIO("id,other\n1,2\n")))


def test_a_claims_file_that_is_cut_off_names_line_and_column():
    head, first = file_of("claims").decode().splitlines()[:2]
    with pytest.raises(InputError, match="line 2: the row ends before the column"):
        list(read_claims(io.StringIO(f"{head}\n{first[:80]}")))


def test_every_value_of_a_claim_stands_with_its_voice_and_words():
    told = [one for one in all_statements(subjects(STRIKE), settings()) if one.prop == "killed"]
    assert [(one.value, one.low, one.high, one.voice, one.outlet) for one in told] == [("12..", "12", "", "the Kharkiv health department", "Delta Wire")]
    assert STRIKE.text[int(told[0].span_start) : int(told[0].span_end)] == told[0].quote


def test_a_denial_is_a_statement_of_its_own():
    acts = {(one.value, one.modality) for one in all_statements(subjects(STRIKE), settings()) if one.prop == "act"}
    assert {modality for _, modality in acts} >= {"actual", "denied"}


def test_ids_of_statements_are_content_hashes_and_differ():
    made: list[Statement] = list(all_statements(subjects(), settings()))
    assert len({one.id for one in made}) == len(made)
    assert [one.id for one in made] == [one.id for one in all_statements(subjects(), settings())]


def test_annotation_selectors_find_their_words_in_the_report():
    texts = {f"urn:sha256:{one.text_sha256.removeprefix('sha256:')}": one.text for one in ALL}
    page = json.loads(file_of("annotations"))
    assert page["type"] == "AnnotationPage"
    quoted = 0
    for one in page["items"]:
        assert one["type"] == "Annotation"
        text = texts[one["target"]["source"]]
        position, *quote = one["target"]["selector"]
        assert position["type"] == "TextPositionSelector"
        place = TextPositionSelector(start=position["start"], end=position["end"])
        for told in quote:
            selector = TextQuoteSelector(exact=told["exact"], prefix=told.get("prefix", ""), suffix=told.get("suffix", ""))
            assert text[place.start : place.end] == selector.exact
            assert selector.is_unique_in(text) or not told.get("prefix") or not told.get("suffix") or text.count(selector.exact) > 1
            quoted += 1
    assert quoted > 40


def test_prov_is_read_by_its_library_and_tells_both_steps_of_attribution():
    document = ProvDocument.deserialize(content=file_of("prov").decode(), format="json")
    entities, activities = list(document.get_records(ProvEntity)), list(document.get_records(ProvActivity))
    assert len(entities) > 30
    assert {str(kind) for one in activities for kind in one.get_asserted_types()} == {"sayso:Reading"}
    written = document.get_provn()
    assert "prov:PrimarySource" in written
    assert "prov:Quotation" in written
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert again == document


def test_follow_the_money_takes_every_value_of_every_entity():
    seen = set()
    for line in file_of("ftm").splitlines():
        told = json.loads(line)
        proxy = model.get_proxy(told, cleaned=False)  # cleans, and drops what its schema does not take
        seen.add(proxy.schema.name)
        for name, values in told["properties"].items():
            assert len(proxy.get(name)) == len(values), (told["schema"], name, values)
    assert seen == {"Event", "Article", "Organization", "PublicBody"}


def test_entities_point_at_entities_of_the_file():
    told = [json.loads(line) for line in file_of("ftm").splitlines()]
    known = {one["id"] for one in told}
    pointed = {name for one in told for prop in ("proof", "involved") for name in one["properties"].get(prop, ())}
    assert pointed
    assert pointed <= known


def test_the_columns_of_claims_are_the_fields_of_a_statement():
    assert next(csv.reader(io.StringIO(file_of("claims").decode()))) == list(COLUMNS)
