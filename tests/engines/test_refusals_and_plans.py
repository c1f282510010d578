"""Refusals, plans told afterwards, and fixed words that only say when."""

import pytest

from sayso.model import Document, Source
from sayso.model.words import Modality
from sayso.pipeline import Reader


@pytest.mark.parametrize(
    ("text", "kind", "modality"),
    [
        ("Norland will not release the prisoners.", "REJECT", Modality.ACTUAL),
        ("The union said it will not end the strike.", "REJECT", Modality.ACTUAL),
        ("The regime said it would recognise the breakaway republic.", "SUPPORT", Modality.PLANNED),
        ("The governor announced that the army would withdraw from the village.", "RETREAT", Modality.PLANNED),
        ("Rebel leaders said the fighters will lay down their arms on Sunday.", "RETREAT", Modality.PLANNED),
        ("The ministry said the shelling would have killed dozens.", "ASSAULT", Modality.HYPOTHETICAL),
        ("The minister said the army must leave the camp.", "REQUEST", Modality.ACTUAL),
    ],
)
def test_what_will_and_would_tell(reader: Reader, text: str, kind: str, modality: Modality) -> None:
    claims = reader.read_one(Document(text, Source("Outlet"), language="en")).claims
    assert (kind, modality) in [(claim.act.type, claim.modality) for claim in claims]


def test_a_day_is_no_object_of_a_call(reader: Reader) -> None:
    claims = reader.read_one(Document("The emperor called the king on Sunday to thank him.", Source("Outlet"), language="en")).claims
    assert "REQUEST" not in [claim.act.type for claim in claims]
    claims = reader.read_one(Document("The emperor called on the king to free the poet.", Source("Outlet"), language="en")).claims
    assert "REQUEST" in [claim.act.type for claim in claims]
