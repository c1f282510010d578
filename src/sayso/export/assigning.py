"""The best one-to-one assignment: which of ours belongs to which of theirs, so that the sum of scores is highest."""

from collections.abc import Callable, Mapping

Pair = tuple[int, int]
_EXACT = 400  # rows of the smaller side up to which the best assignment is found; above, the best pairs are taken first


def assign(scores: Mapping[Pair, float]) -> list[Pair]:
    """The pairs of the best assignment, each side used once, in order. Groups of rows that share no possible pair are told apart first.

    Each group is solved exactly by the Hungarian method (Kuhn 1955; the O(n³) form with potentials); where both its sides are larger than 400 rows, greedily.
    """
    chosen: list[Pair] = []
    for group in _groups(scores):
        ours, theirs = sorted({pair[0] for pair in group}), sorted({pair[1] for pair in group})
        if len(group) == 1:
            chosen += group
        elif min(len(ours), len(theirs)) > _EXACT:
            chosen += _greedy(group, scores)
        else:
            chosen += _hungarian(ours, theirs, scores)
    return sorted(chosen)


def _groups(scores: Mapping[Pair, float]) -> list[list[Pair]]:
    """The pairs, those together that are joined through rows that they share."""
    home: dict[tuple[bool, int], int] = {}
    groups: dict[int, list[Pair]] = {}
    parent: list[int] = []

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for pair in sorted(scores):
        number = len(parent)
        parent.append(number)
        for key in ((False, pair[0]), (True, pair[1])):
            if key in home:
                parent[root(home[key])] = root(number)
            home[key] = number
    for number, pair in enumerate(sorted(scores)):
        groups.setdefault(root(number), []).append(pair)
    return list(groups.values())


def _greedy(group: list[Pair], scores: Mapping[Pair, float]) -> list[Pair]:
    used: tuple[set[int], set[int]] = (set(), set())
    found = []
    for pair in sorted(group, key=lambda pair: (-scores[pair], pair)):
        if pair[0] not in used[0] and pair[1] not in used[1]:
            used[0].add(pair[0])
            used[1].add(pair[1])
            found.append(pair)
    return found


def _hungarian(ours: list[int], theirs: list[int], scores: Mapping[Pair, float]) -> list[Pair]:
    """The best assignment of one group; a pair without a score counts nothing, and is not in it."""
    turned = len(ours) > len(theirs)
    rows, columns = (theirs, ours) if turned else (ours, theirs)

    def cost(row: int, column: int) -> float:
        pair = (columns[column - 1], rows[row - 1]) if turned else (rows[row - 1], columns[column - 1])
        return -scores.get(pair, 0.0)

    width = len(columns)
    of_row, of_column = [0.0] * (len(rows) + 1), [0.0] * (width + 1)
    taken = [0] * (width + 1)  # by column, the row that it is assigned to
    for row in range(1, len(rows) + 1):
        _augment(row, cost, (of_row, of_column), taken)
    pairs = ((rows[taken[column] - 1], columns[column - 1]) for column in range(1, width + 1) if taken[column])
    found = ((column, row) if turned else (row, column) for row, column in pairs)
    return [pair for pair in found if pair in scores]


def _augment(row: int, cost: Callable[[int, int], float], potentials: tuple[list[float], list[float]], taken: list[int]) -> None:
    """Nothing; one more row is assigned, along the cheapest path of changes."""
    of_row, of_column = potentials
    width = len(taken) - 1
    way, least, done = [0] * (width + 1), [float("inf")] * (width + 1), [False] * (width + 1)
    taken[0], column = row, 0
    while taken[column]:
        done[column] = True
        current, step, following = taken[column], float("inf"), 0
        for other in range(1, width + 1):
            if done[other]:
                continue
            reduced = cost(current, other) - of_row[current] - of_column[other]
            if reduced < least[other]:
                least[other], way[other] = reduced, column
            if least[other] < step:
                step, following = least[other], other
        for other in range(width + 1):
            if done[other]:
                of_row[taken[other]] += step
                of_column[other] -= step
            else:
                least[other] -= step
        column = following
    while column:
        taken[column] = taken[way[column]]
        column = way[column]
