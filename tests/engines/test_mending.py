"""Trees that the parser gets wrong again and again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.engines.rules.mending import mend
from sayso.engines.rules.tokens import PlainToken
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


# Words that mending looks at, with the tags and dependencies that it asks for.
_WORDS = st.sampled_from(
    (
        ("May", "MD", "aux"), ("May", "NNP", "compound"), ("6", "CD", "pobj"), ("6", "CD", "nummod"), ("7", "CD", "conj"), ("on", "IN", "prep"),
        ("in", "IN", "prep"), ("police", "NN", "pobj"), ("firing", "VBG", "acl"), ("gunmen", "NNS", "pobj"), ("gunmen", "NNS", "nsubj"),
        ("killed", "VBD", "relcl"), ("shot", "VBD", "ccomp"), ("accused", "VBD", "conj"), ("said", "VBD", "ROOT"),
    )
)  # fmt: skip


@st.composite
def _trees(draw: st.DrawFn) -> list[PlainToken]:
    """Any words in any tree: a parser may give each."""
    words = draw(st.lists(_WORDS, min_size=3, max_size=6))
    made = [PlainToken(None, at, at, word) for at, (word, _, _) in enumerate(words)]  # type: ignore[arg-type]
    order = draw(st.permutations(range(len(made))))
    for place, at in enumerate(order):
        _, made[at].tag_, made[at].dep_ = words[at]
        made[at].head = made[order[draw(st.integers(0, place - 1))]] if place else made[at]
    return made


@settings(max_examples=600)
@given(_trees())
def test_a_mended_tree_is_a_tree(tokens):
    mend(tokens)
    for one in tokens:
        seen = set()
        while one.head is not one:
            assert one.i not in seen, [f"{other}->{other.head}" for other in tokens]
            seen.add(one.i)
            one = one.head
