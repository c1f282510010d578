"""Names of actors in a text, found before the engine reads it: what the veil hides and the resolver judges.

The finding itself stands with the list (`sayso.gazetteers.name_finder`), because resolving the words of a role needs it too.
"""

from collections.abc import Iterable

from sayso.gazetteers.name_finder import FoundName, find_names
from sayso.text.veil import NamedSpan


def named_spans(names: Iterable[FoundName]) -> tuple[NamedSpan, ...]:
    """The names as the veil takes them: place, shape and whose they are, and nothing of kind or country."""
    return tuple(name.named for name in names)


__all__ = ["FoundName", "find_names", "named_spans"]
