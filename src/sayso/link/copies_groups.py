"""Groups of documents that count as one voice: folded from copies, and from what people judged of documents."""

from collections import defaultdict
from collections.abc import Iterable

from sayso.model.incident import Link
from sayso.model.ledger import Copy
from sayso.model.words import CopyKind, Judgement

MAKER = "sayso copies "  # begins the name under which copies are found, whichever way of comparing


def copy_groups(copies: Iterable[Copy], links: Iterable[Link] = ()) -> dict[str, str]:
    """The group of each document that is part of one: the id of the report that the others reprint.

    Whole reprints join their originals, and an excerpt joins the one report that it is taken from, or that it is wrapped around. A report that holds parts
    of several unrelated ones is a round-up: it is no more one voice with any of them than they are with each other, and joins none.
    People's links of documents bind, the last on each pair: those judged different are in no group together, those judged the same are in one.
    """
    told = sorted(copies, key=lambda one: (one.document, one.original))
    people = _people(links)
    groups = _Groups({pair for pair, judged in people.items() if judged is Judgement.DIFFERENT})
    for (first, second), judged in sorted(people.items()):
        if judged is Judgement.SAME:
            groups.join(second, first)
    excerpts: dict[str, list[str]] = defaultdict(list)
    for one in told:
        if people.get(_pair(one.document, one.original)) is Judgement.DIFFERENT:
            continue
        if one.kind is CopyKind.EXCERPT:
            excerpts[one.document].append(one.original)
        else:
            groups.join(one.document, one.original)
    joined = True
    while joined:  # joining two originals may make one of what an excerpt is taken from
        joined = False
        for document, originals in excerpts.items():
            tops = {groups.top(original) for original in originals}
            if len(tops) == 1 and groups.join(document, tops.pop()):
                joined = True
    return groups.all()


def _people(links: Iterable[Link]) -> dict[tuple[str, str], Judgement]:
    """What was last judged of each pair of documents; what was taken back is left out."""
    last = {_pair(one.first, one.second): one.judgement for one in sorted(links, key=lambda one: (one.at or "", one.id)) if one.of_documents}
    return {pair: judged for pair, judged in last.items() if judged is not Judgement.UNSURE}


def _pair(first: str, second: str) -> tuple[str, str]:
    return min(first, second), max(first, second)


class _Groups:
    """Documents in groups, of which some pairs may not be in one."""

    def __init__(self, apart: Iterable[tuple[str, str]]) -> None:
        self._leader: dict[str, str] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)  # by the top of a group, the documents that it may not hold
        for first, second in apart:
            self._apart[first].add(second)
            self._apart[second].add(first)

    def top(self, name: str) -> str:
        """The document that stands for the group of this one."""
        while self._leader.setdefault(name, name) != name:
            self._leader[name] = self._leader[self._leader[name]]
            name = self._leader[name]
        return name

    def join(self, document: str, original: str) -> bool:
        """Whether two groups became one, which the original's top stands for; False where they are one, or are kept asunder."""
        under, over = self.top(document), self.top(original)
        if under == over or any(self.top(name) == over for name in self._apart.get(under, ())):
            return False
        self._leader[under] = over
        if under in self._apart:
            self._apart[over] |= self._apart.pop(under)
        return True

    def all(self) -> dict[str, str]:
        """The top of each document that is not alone."""
        members: dict[str, list[str]] = defaultdict(list)
        for name in list(self._leader):
            members[self.top(name)].append(name)
        return {name: group for group, names in members.items() if len(names) > 1 for name in sorted(names)}
