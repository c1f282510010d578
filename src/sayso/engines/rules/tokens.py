"""Tokens of a parsed sentence as plain Python objects, under the names that spaCy gives its own: the rules ask each of them many questions.

spaCy makes a new object for each token that is touched, and looks each string up again; here that is done once a sentence.
"""

from collections.abc import Iterator, Sequence
from sys import intern
from typing import TYPE_CHECKING, overload

from sayso.engines.rules.mending import mend

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ASKED: list[int | str] = ["ORTH", "SPACY", "TAG", "DEP", "HEAD"]
_LABELS: dict[int, str] = {}  # tags and dependencies by their numbers: about a hundred, each the one string that rules compare with
_NEGATIVE, _TURN = 1 << 63, 1 << 64  # a head to the left is told as a distance below zero, in numbers without a sign


class PlainToken:
    """One token: its text, tag, dependency, head and children."""

    __slots__ = ("children", "dep_", "doc", "head", "i", "idx", "left_edge", "lefts", "lower_", "right_edge", "rights", "tag_", "text")

    def __init__(self, doc: "PlainDoc", i: int, idx: int, text: str) -> None:
        self.doc = doc
        self.i = i
        self.idx = idx
        self.text = text
        self.lower_ = text.lower()
        self.tag_ = self.dep_ = ""
        self.head = self.left_edge = self.right_edge = self
        # Most tokens are leaves: they share the empty tuple.
        self.lefts: Sequence[PlainToken] = ()
        self.rights: Sequence[PlainToken] = ()
        self.children: Sequence[PlainToken] = ()

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    def nbor(self, distance: int = 1) -> "PlainToken":
        """The token that many places further on; IndexError outside the sentence."""
        if self.i + distance < 0:
            raise IndexError(f"{self.text!r} is token {self.i}: none stands {-distance} before it")
        return self.doc.tokens[self.i + distance]

    @property
    def ancestors(self) -> "Iterator[PlainToken]":
        """The heads above, nearest first."""
        one = self
        while one.head is not one:
            one = one.head
            yield one

    @property
    def subtree(self) -> "Iterator[PlainToken]":
        """The token and all that hang on it."""
        for one in self.lefts:
            yield from one.subtree
        yield self
        for one in self.rights:
            yield from one.subtree

    def is_ancestor(self, other: "PlainToken") -> bool:
        """Whether the other hangs on this token, at any depth."""
        return any(one is self for one in other.ancestors)


class PlainSpan:
    """Tokens that stand together, in order."""

    __slots__ = ("tokens",)

    def __init__(self, tokens: tuple[PlainToken, ...]) -> None:
        self.tokens = tokens

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[PlainToken]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> PlainToken: ...
    @overload
    def __getitem__(self, at: slice) -> "PlainSpan": ...
    def __getitem__(self, at: int | slice) -> "PlainToken | PlainSpan":
        found = self.tokens[at]
        return PlainSpan(found) if isinstance(found, tuple) else found

    @property
    def text(self) -> str:
        """The words as written, without the blank behind the last."""
        if not self.tokens:
            return ""
        first, last = self.tokens[0], self.tokens[-1]
        return first.doc.text[first.idx : last.idx + len(last.text)]


class PlainDoc(PlainSpan):
    """All tokens of one sentence."""

    __slots__ = ("_written",)

    def __init__(self, doc: "Doc") -> None:
        rows = doc.to_array(_ASKED).tolist()
        strings = doc.vocab.strings
        made: list[PlainToken] = []
        parts: list[str] = []
        idx = 0
        for i, (orth, blank, tag, dep, _) in enumerate(rows):
            text = strings[orth]
            one = PlainToken(self, i, idx, text)
            one.tag_ = _LABELS.get(tag) or _LABELS.setdefault(tag, intern(strings[tag]))
            one.dep_ = _LABELS.get(dep) or _LABELS.setdefault(dep, intern(strings[dep]))
            made.append(one)
            parts += (text, " ") if blank else (text,)
            idx += len(text) + blank
        self._written = "".join(parts)
        super().__init__(tuple(made))
        for one, (_, _, _, _, head) in zip(made, rows, strict=True):
            one.head = made[one.i + (head if head < _NEGATIVE else head - _TURN)]
        mend(made)
        _hang(made)

    @property
    def text(self) -> str:
        """The sentence as written."""
        return self._written


def _hang(tokens: Sequence[PlainToken]) -> None:
    """Nothing; children and edges are set from the heads."""
    below: dict[int, tuple[list[PlainToken], list[PlainToken]]] = {}
    for one in tokens:
        head = one.head
        if head is not one:
            sides = below.setdefault(head.i, ([], []))
            sides[one.i > head.i].append(one)
            # Edges reach up through all heads, and the tree may cross itself.
            while head.right_edge.i < one.i:
                head.right_edge = one
                if head.head is head:
                    break
                head = head.head
    for one in reversed(tokens):
        head = one.head
        while head.left_edge.i > one.i:
            head.left_edge = one
            head = head.head
    for i, (lefts, rights) in below.items():
        one = tokens[i]
        one.lefts, one.rights = lefts, rights
        one.children = lefts + rights if lefts and rights else lefts or rights
