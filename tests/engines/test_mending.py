"""Trees that the parser gets wrong again and again."""

from sayso.model import Claim, Document, Source
from sayso.model.words import Modality
from sayso.pipeline import Reader


def claims(reader: Reader, text: str) -> dict[str, Claim]:
    """The claims by type, the last of each."""
    return {claim.act.type: claim for claim in reader.read_one(Document(text, Source("Outlet"), language="en")).claims}


def test_who_denies_goes_on_to_accuse(reader: Reader) -> None:
    told = claims(reader, "The ministry denied that its jets bombed the hospital and accused the rebels of looting.")
    assert told["ACCUSE"].modality is Modality.ACTUAL
    assert [span.quote for span in told["ACCUSE"].roles.actor] == ["The ministry"]
    assert told["ASSAULT"].modality is not Modality.ACTUAL or told["ASSAULT"].trigger.quote != "bombed"


def test_what_is_said_may_go_on(reader: Reader) -> None:
    text = "He said soldiers entered the town and burned houses."
    found = [claim for claim in reader.read_one(Document(text, Source("Outlet"), language="en")).claims if claim.trigger.quote == "burned"]
    assert [[span.quote for span in claim.roles.actor] for claim in found] == [["soldiers"]]
    assert found[0].voices[-1].name == "He"


def test_a_force_before_a_participle_is_no_doer_of_its_clause(reader: Reader) -> None:
    found = reader.read_one(Document("Two farmers were killed in army shelling near the canal.", Source("Outlet"), language="en")).claims
    assert "Two farmers" in {span.quote for claim in found for span in claim.roles.recipient}
    assert {span.quote for claim in found for span in claim.roles.actor} == {"army"}
