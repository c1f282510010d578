"""Blind coding: who did it must not change how the act is read. Names are swapped throughout a report; every act, mode, modality and figure stays."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest

from sayso.gazetteers.actors import ActorList, actor_list
from sayso.gazetteers.name_finder import FoundName, find_names
from sayso.model import Reading
from sayso.pipeline import Reader
from sayso.text.veil import Shape
from tests.gold_reports import document, gold

REPORTS = gold("dev")
OTHERS = 2  # other actors of its kind tried for each actor of a report


def told(reading: Reading) -> tuple[object, ...]:
    """What must not move: acts, modes, modality, how many are in each role, who is harmed, figures, rows."""
    claims = [
        (claim.act, claim.modality, claim.certainty, len(claim.roles.actor), len(claim.roles.recipient), len(claim.voices), claim.victim_status)
        for claim in reading.claims
    ]
    figures = [(figure.measure, figure.low, figure.high, figure.modality, figure.status) for figure in reading.figures]
    return claims, figures, [relation.kind for relation in reading.relations]


def listed(text: str, actors: ActorList) -> dict[str, list[FoundName]]:
    found = defaultdict(list)
    for name in find_names(text, actors):
        if actors.target(name.identity) is not None:
            found[name.identity].append(name)
    return found


def forms(actors: ActorList) -> dict[tuple[str, Shape], str]:
    """One form of each actor and shape that means it wherever it stands: not "British" (adjective, people), nor a name that two actors have."""
    uses: dict[str, set[tuple[str, Shape]]] = defaultdict(set)
    for name in actors.names():
        uses[" ".join(name.key)].add((name.actor, name.shape))
    made: dict[tuple[str, Shape], str] = {}
    for name in actors.names():
        plain = not name.weak and len(name.text) > 4 and "(" not in name.text  # "Alliance (Sudan)" is a canonical name, no report writes it
        if plain and len(uses[" ".join(name.key)]) == 1:
            made.setdefault((name.identity, name.shape), name.text)
    return made


def replaced(text: str, new: dict[tuple[int, int], str]) -> str:
    parts, at = [], 0
    for (start, end), words in sorted(new.items()):
        parts += [text[at:start], words]
        at = end
    return "".join([*parts, text[at:]])


def swaps(report: dict[str, str], actors: ActorList) -> Iterator[tuple[str, str]]:
    """Texts with one actor put in place of another of its kind, or two of a kind exchanged, and what was done."""
    text, known = report["text"], forms(actors)
    named = listed(text, actors)
    kinds = {identity: target.kind for identity in named if (target := actors.target(identity)) is not None}
    chance = random.Random(report["id"])
    everybody = sorted({identity for identity, _ in known} - set(named))
    for identity, names in named.items():
        same = [one for one in everybody if (target := actors.target(one)) is not None and target.kind == kinds[identity] and _fits(one, names, known)]
        for other in chance.sample(same, min(OTHERS, len(same))):
            yield replaced(text, {(name.start, name.end): known[other, name.shape] for name in names}), f"{other} for {identity}"
    for first, second in combinations(named, 2):
        if kinds[first] == kinds[second] and _fits(first, named[second], known) and _fits(second, named[first], known):
            pairs = ((first, second), (second, first))
            new = {(name.start, name.end): known[other, name.shape] for one, other in pairs for name in named[one]}
            yield replaced(text, new), f"{first} and {second} exchanged"


def _fits(identity: str, names: Sequence[FoundName], known: dict[tuple[str, Shape], str]) -> bool:
    return all((identity, name.shape) in known for name in names)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["id"])
def test_swapping_actors_of_a_kind_moves_nothing(report: dict[str, str], reader: Reader) -> None:
    actors = actor_list()
    before = told(reader.read_one(document(report)))
    for text, what in swaps(report, actors):
        assert told(reader.read_one(document(report, text))) == before, what


def test_there_is_something_to_swap() -> None:
    assert sum(1 for report in REPORTS for _ in swaps(report, actor_list())) > 60
