"""Groups: what a number counts, or the one person that a noun phrase tells of. Whether they were harmed is asked later."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.engines.rules.grammar import phrase_end, phrase_start
from sayso.engines.rules.parsed import Parsed
from sayso.engines.rules.quantities import Quantity
from sayso.languages.harm import Harm
from sayso.languages.numbers import Numbers
from sayso.text.sentence import LineKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from sayso.languages.inflect import Inflector

_MODIFIERS = ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "POS", "HYPH", "``", "''", "AFX", "CD")
_NOUNS = ("NN", "NNS", "NNP", "NNPS")
_QUOTES = "\"'“”‘’«»"
_DAYS = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:january|february|march|april|may|june|july|august|september|october|november|december)$", re.IGNORECASE
)
_PRONOUNS = ("them", "us", "whom", "these", "those", "ours", "theirs", "you", "which")
_LONGEST_PHRASE = 90


@dataclass(slots=True)
class Group:
    """A counted group, a number that stands for one, or a single person."""

    parsed: Parsed
    head: "Token"  # the noun, or the number itself where it has none
    first: int  # tokens of the phrase, the bound included
    last: int
    span: tuple[int, int]
    low: int | None
    high: int | None
    point: int | None = None
    operator: str | None = None
    approximate: bool = False
    term: str | None = None
    bare: bool = False  # a number without a noun
    single: bool = False  # one person told by a noun phrase without a number
    pronoun: bool = False  # "five of whom", "two of them"
    definite: bool = False
    role: "Token | None" = None  # the token whose place in the sentence tells the harm: "a network" of nine spies
    words: tuple[int, int] | None = None  # the group's words without the number, in the veiled text
    also: list["Token"] = field(default_factory=list)  # further nouns of one number: "eleven women and children"

    @property
    def place(self) -> "Token":
        """The token whose place in the sentence tells the harm."""
        return self.role or self.head


class Grouping:
    """Finds the groups of a sentence with the words of one language."""

    def __init__(self, numbers: Numbers, harm: Harm, inflector: "Inflector") -> None:
        self.harm, self.inflector = harm, inflector
        self._doc: Doc | None = None
        self._text = ""
        self._tokens: list[Token] = []
        self.counted = {word for words in harm.measures.values() for word in words.counted}
        self.harming = {entry.split("+")[0] for words in harm.measures.values() for entry in words.object}
        self.zero = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, numbers.context['zero']), key=len, reverse=True))})\b", re.IGNORECASE)
        self.changes = frozenset(numbers.context["changes"])
        self.unknown = re.compile(rf"(?:{'|'.join(map(re.escape, numbers.context['unknown']))})\b", re.IGNORECASE)

    def text(self, doc: "Doc") -> str:
        """The sentence's text; kept, since spaCy puts it together anew at every call."""
        self._keep(doc)
        return self._text

    def tokens(self, doc: "Doc") -> "list[Token]":
        """The sentence's tokens; kept likewise."""
        self._keep(doc)
        return self._tokens

    def _keep(self, doc: "Doc") -> None:
        if doc is not self._doc:
            self._doc, self._text, self._tokens = doc, doc.text, list(doc)

    def lemma(self, token: "Token") -> str:
        """The dictionary form, read as a noun where the tagger saw an adjective or participle."""
        return str(self.inflector.lemma(token.text, token.tag_))

    def is_person(self, token: "Token") -> bool:
        """Whether the noun is a known word for people."""
        lemma = self.lemma(token)
        return lemma in self.harm.status or token.lower_ in self.harm.status or lemma.rsplit("-", 1)[-1] in self.harm.status

    def is_thing(self, token: "Token") -> bool:
        """Whether the noun is a known word for what is not people."""
        return self.lemma(token) in self.harm.things and not self.is_person(token)

    def groups(self, parsed: Parsed, found: Iterable[Quantity]) -> list[Group]:
        """The groups of one sentence in the order of the text; none overlapping a counted one."""
        counted = _outermost([group for quantity in found if (group := self._counted(parsed, quantity))])
        zeros = [group for group in self._zeros(parsed) if not _covered(group, counted)]
        alone = list(self._singles(parsed))
        nested = [
            one for one in alone if any(other.first < one.first and one.last <= other.last for other in alone)
        ]  # "the guard" in "a commander of the guard"
        singles = [group for group in alone if not any(group is one for one in nested) and not _covered(group, counted + zeros)]
        return sorted(counted + zeros + singles, key=lambda group: (group.span[0], group.span[1]))

    def _counted(self, parsed: Parsed, quantity: Quantity) -> Group | None:
        doc, offset = parsed.doc, parsed.offset
        tokens = [token for token in self.tokens(doc) if token.idx < quantity.end - offset and quantity.start - offset < token.idx + len(token)]
        digits = [token for token in tokens if token.idx < quantity.number[1] - offset and quantity.number[0] - offset < token.idx + len(token)]
        if not digits or not all(isinstance(value, int) for value in (quantity.low, quantity.high) if value is not None):
            return None
        if quantity.kind != "count":
            return None
        low, high, point = _ints(quantity)
        if quantity.last is not None and (quantity.operator or "").startswith("from") and tokens[0].i and doc[tokens[0].i - 1].lower_ in self.changes:
            low = high = point = int(quantity.last)  # "rose from 21 to 29" tells 29
        if tokens[0].i > 1 and doc[tokens[0].i - 1].lower_ == "of" and doc[tokens[0].i - 2].tag_ == "NN" and self._aged(doc[tokens[0].i - 2], digits[-1]):
            return None
        group = Group(parsed, digits[-1], tokens[0].i, tokens[-1].i, (0, 0), low, high, point, quantity.operator, quantity.approximate, quantity.term)
        self._attach(group, digits[-1])
        end = parsed.offset + doc[group.last].idx + len(doc[group.last])
        group.span = (min(quantity.start, parsed.offset + doc[group.first].idx), max(end, quantity.end))
        before = doc[group.first - 1].lower_ if group.first else ""
        group.definite = before in ("the", "these", "those", "both")
        if not group.bare:
            start = parsed.offset + doc[min(tokens[-1].i + 1, group.last)].idx
            group.words = group.words or ((start, group.span[1]) if start < group.span[1] else None)
        return group

    def _aged_one(self, parsed: Parsed, old: "Token") -> Group | None:
        """ "A 12-year-old" without a noun."""
        doc = parsed.doc
        if old.i < 5 or doc[old.i - 1].text != "-" or doc[old.i - 5].lower_ not in ("a", "an", "the", "another", "his", "her"):
            return None
        following = doc[old.i + 1] if old.i + 1 < len(doc) else None
        if following is not None and following.tag_ in (*_NOUNS, "JJ", "HYPH"):
            return None
        first = doc[old.i - 5]
        span = (parsed.at(first)[0], parsed.at(old)[1])
        group = Group(parsed, old, first.i, old.i, span, 1, 1, 1, single=True, definite=first.lower_ == "the")
        group.words = (parsed.at(doc[old.i - 4])[0], span[1])
        return group

    def _aged(self, noun: "Token", number: "Token") -> bool:
        """Whether "a boy of sixteen" tells an age."""
        following = number.doc[number.i + 1] if number.i + 1 < len(number.doc) else None
        return self.is_person(noun) and self.lemma(noun) not in self.harm.groups and (following is None or following.tag_ not in (*_NOUNS, "JJ", "VBN"))

    def _attach(self, group: Group, number: "Token") -> None:
        """Sets the head, the last token and the role of a counted group."""
        doc = group.parsed.doc
        following = doc[group.last + 1] if group.last + 1 < len(doc) else None
        if following is not None and following.lower_ == "of" and group.last + 2 < len(doc):
            self._of_phrase(group, doc[group.last + 2 :])
            return
        if number.text.lower().endswith("-strong") or following is None:
            self._bare(group)
            return
        sequence = self._sequence(doc[group.last + 1 :])
        head = self._head(sequence, number)
        if head is None:
            self._bare(group)
            return
        group.head, group.last = head, head.i
        self._extend(group)

    def _sequence(self, behind: "Span") -> list["Token"]:
        """The tokens behind a number that may belong to its noun phrase."""
        sequence: list[Token] = []
        for token in behind:
            if token.lower_ in ("more", "other", "additional", "further", "less") and not sequence:
                sequence.append(token)
                continue
            degree = token.tag_ == "RB" and token.dep_ == "advmod" and token.head.tag_ in ("JJ", "VBN") and token.head.i == token.i + 1
            if token.tag_ not in _MODIFIERS and token.text not in _QUOTES and token.text != "-" and not degree:
                break
            if token.tag_ in _NOUNS and _DAYS.search(token.text):
                break
            if token.tag_ == "CD" and sequence and sequence[-1].tag_ in _NOUNS:
                break
            if token.tag_ in ("VBN", "VBG") and sequence and sequence[-1].lower_ in ("more", "other", "others"):
                break
            if token.tag_ in ("VBN", "VBG") and sequence and sequence[-1].tag_ in ("NNS", "NNPS"):
                break
            sequence.append(token)
        return sequence

    def _head(self, sequence: list["Token"], number: "Token") -> "Token | None":
        nouns = [token for token in sequence if token.tag_ in _NOUNS]
        while len(nouns) > 1 and nouns[-1].lower_ in ("hostage", "captive", "prisoner", "prisoners", "hostages") and nouns[-2].tag_ == "NNS":
            return nouns[-2]
        plurals = [token for token in nouns if token.tag_ in ("NNS", "NNPS") or self.lemma(token) in ("people", "personnel", "police", "staff", "crew")]
        if sequence and sequence[0].tag_ == "VBN" and not plurals and self.lemma(sequence[0]) in self.harming:
            return None
        named = number.head if number.dep_ in ("nummod", "amod", "det", "quantmod", "compound", "nmod", "poss") and number.head in nouns else None
        if named is not None and named.dep_ == "compound" and named.head in nouns:
            named = named.head
        if named is not None and (named.i + 1 >= len(named.doc) or named.doc[named.i + 1].text not in ("'s", "’s", "'", "’")):
            return named
        for token in plurals:
            if token.dep_ != "compound" and self.is_person(token) and not _possessive(token):
                return token
        if plurals:
            return plurals[-1]
        if named is not None:
            return named
        if nouns:
            return nouns[-1]
        last = sequence[-1] if sequence else None
        if last is not None and self.lemma(last) in self.counted | {"other"} | set(self.harm.status) and last.tag_ in ("JJ", "VBN"):
            return None
        return None

    def _bare(self, group: Group) -> None:
        group.bare = True
        doc = group.parsed.doc
        if group.last + 1 < len(doc) and doc[group.last + 1].lower_ in ("more", "others", "other"):
            group.last += 1
        self._container(group, group.head)

    def _of_phrase(self, group: Group, behind: "Span") -> None:
        """ "Sixty-four of the enemy", "dozens of people", "13 of its members", "five of whom"."""
        doc = group.parsed.doc
        first = behind[0]
        if first.lower_ in _PRONOUNS:
            group.pronoun = group.bare = first.lower_ not in ("ours", "theirs")
            group.last = first.i
            if not group.pronoun:
                group.head, group.role = first, group.head
            return
        at = first.i
        while at < len(doc) and doc[at].tag_ in ("DT", "PRP$", "PDT"):
            at += 1
        sequence = self._sequence(doc[at:])
        nouns = [token for token in sequence if token.tag_ in _NOUNS]
        plural = next((token for token in nouns if token.tag_ in ("NNS", "NNPS") and not _possessive(token)), None)
        head = plural or (nouns[-1] if nouns else None)
        if head is None and sequence and sequence[-1].tag_ in ("VBN", "JJ"):
            head = sequence[-1]
        if head is None:
            self._bare(group)
            return
        number = group.head
        group.head, group.last = head, head.i
        inner = number if head.is_ancestor(number) is False and number.is_ancestor(head) else None
        group.role = inner
        self._extend(group)

    def _extend(self, group: Group) -> None:
        """Takes in what follows the head: coordinated nouns under the same number, and a short of-phrase."""
        doc = group.parsed.doc
        head = group.head
        at = head.i
        while (
            at + 2 < len(doc)
            and doc[at + 1].lower_ in ("and", "or")
            and doc[at + 2].tag_ in ("NNS", "NNPS")
            and self.is_person(doc[at + 2])
            and self.is_person(head)
        ):
            if at + 3 < len(doc) and doc[at + 3].tag_ in ("NNS", "NN") and doc[at + 2].dep_ == "compound":
                break
            at += 2
            group.also.append(doc[at])
        group.last = max(group.last, at)
        if group.last + 1 < len(doc) and doc[group.last + 1].text in _QUOTES:
            group.last += 1
        end = phrase_end(head)
        if group.last < end.i and (end.idx + len(end) - doc[group.first].idx) <= _LONGEST_PHRASE:
            group.last = end.i
        self._container(group, group.role or head)

    def _container(self, group: Group, token: "Token") -> None:
        """ "A network of nine spies", "a family of three": the container's place in the sentence tells the harm."""
        prep = token.head
        if token.dep_ != "pobj" or prep.lower_ != "of" or prep.i >= group.first:
            return
        holder = prep.head
        if self.lemma(holder) in self.harm.groups and holder.i < prep.i and holder.tag_ in ("NN", "NNS"):
            group.role = holder
            if group.bare:
                group.first = min(group.first, phrase_start(holder).i)
                group.words = (group.parsed.at(holder)[0], group.parsed.at(holder)[1])
                group.bare = False
                group.head = holder

    def _zeros(self, parsed: Parsed) -> Iterator[Group]:
        """ "No casualties", "nobody", "not a single civilian": a stated nought."""
        doc = parsed.doc
        for match in self.zero.finditer(self.text(doc)):
            tokens = [token for token in self.tokens(doc) if token.idx < match.end() and match.start() < token.idx + len(token)]
            if not tokens:
                continue
            word = match[0].lower()
            head: Token | None = tokens[-1]
            lacking = word.startswith("without")
            if (lacking or word in ("no", "zero", "not a single", "nil", "not one", "none", "no one", "no-one")) and tokens[-1].i + 1 < len(doc):
                sequence = self._sequence(doc[tokens[-1].i + 1 :])
                nouns = [token for token in sequence if token.tag_ in _NOUNS and not _possessive(token)]
                if lacking or word in ("no", "zero", "not a single", "not one", "nil"):
                    head = nouns[-1] if nouns else None
                if lacking and (head is None or self.lemma(head) not in self.counted):
                    continue
            following = doc[tokens[-1].i + 1].lower_ if tokens[-1].i + 1 < len(doc) else ""
            if head is None and following == "of" and word in ("not one", "not a single"):
                head = tokens[-1]
            if head is None:
                continue
            last = head
            if head.i + 2 < len(doc) and doc[head.i + 1].lower_ == "of" and self.lemma(head) in ("loss", "member"):
                last = doc[head.i + 2]
            bare = head is tokens[-1]
            group = Group(parsed, head, tokens[0].i, last.i, (parsed.at(tokens[0])[0], parsed.at(last)[1]), 0, 0, 0, term=None, bare=bare)
            group.words = None if bare else (parsed.at(doc[tokens[-1].i + 1])[0], parsed.at(last)[1])
            yield group

    def _singles(self, parsed: Parsed) -> Iterator[Group]:
        """One person told by a noun phrase: "a street vendor", "her uncle"; in headlines also without an article."""
        doc = parsed.doc
        headline = parsed.sentence.kind is not LineKind.PROSE
        for token in self.tokens(doc):
            tag = token.tag_
            if tag not in ("NN", "NNP", "DT", "JJ"):
                continue
            if tag == "DT" and token.lower_ == "another" and token.dep_ in ("nsubj", "nsubjpass", "dobj", "conj"):
                yield Group(parsed, token, token.i, token.i, parsed.at(token), 1, 1, 1, single=True)
            if token.lower_ == "old" and (aged := self._aged_one(parsed, token)):
                yield aged
            named = tag == "NNP" and token.i > 0 and any(child.lower_ in ("a", "an", "another") for child in token.lefts)
            if (tag != "NN" and not named) or not self.is_person(token) or token.dep_ == "compound" or _possessive(token):
                continue
            if self.lemma(token) in self.harm.lists["beside_not_single"]:
                continue
            following = doc[token.i + 1] if token.i + 1 < len(doc) else None
            hyphen = following is not None and following.text == "-" and doc[token.i + 1 : token.i + 3].text != "-by"
            if following is not None and (following.tag_ == "NNP" or hyphen or (following.tag_ in ("NN", "NNS") and token.dep_ == "compound")):
                continue
            start = phrase_start(token)
            determiner = next((child for child in token.lefts if child.tag_ in ("DT", "PRP$", "WP$")), None)
            if determiner is None and start.i > 0 and doc[start.i - 1].tag_ in ("DT", "PRP$") and doc[start.i - 1].head.i >= start.i:
                determiner = doc[start.i - 1]
            poss = any(child.dep_ == "poss" for child in token.lefts)
            word = determiner.lower_ if determiner is not None else ("'s" if poss else "")
            after_verb = start.i > 0 and doc[start.i - 1].tag_.startswith("V") and str(self.inflector.lemma(doc[start.i - 1].text, "VBZ")) in self.harming
            if word not in ("a", "an", "the", "another", "his", "her", "their", "our", "my", "its", "'s") and not (
                headline and not word and (start.i == 0 or after_verb)
            ):
                continue
            first = min(start.i, determiner.i if determiner is not None else start.i)
            end = phrase_end(token)
            last = end if end.idx + len(end) - doc[first].idx <= _LONGEST_PHRASE else token
            group = Group(parsed, token, first, last.i, (parsed.at(doc[first])[0], parsed.at(last)[1]), 1, 1, 1, single=True)
            if self.lemma(token) == "couple":
                group.low = group.high = group.point = 2
            group.definite = word in ("the", "his", "her", "their", "our", "my", "its", "'s", "")
            group.words = (parsed.at(doc[min(first + (1 if word else 0), token.i)])[0], parsed.at(last)[1])
            yield group


def _possessive(token: "Token") -> bool:
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return following is not None and following.tag_ == "POS"


def _outermost(groups: list[Group]) -> list[Group]:
    """The groups without those told inside another: "four of the 11 hostages" is four, "one of 276 girls" is 276."""
    dropped: list[Group] = []
    for outer in groups:
        for inner in groups:
            if outer.last + 2 == inner.first - 1 and outer.bare and outer.parsed.doc[outer.last + 1 : inner.first].text.lower() == "out of":
                dropped.append(inner)
                outer.head, outer.role, outer.bare, outer.last = inner.head, outer.head, False, inner.last
                outer.span = (outer.span[0], inner.span[1])
            elif inner is not outer and outer.first < inner.first <= outer.last and outer.head.i == inner.head.i:
                dropped.append(outer if outer.low == 1 and not inner.definite else inner)
    return [group for group in groups if not any(group is one for one in dropped)]


def _covered(group: Group, others: Iterable[Group]) -> bool:
    return any(group.head.i == other.head.i or (other.first <= group.first and group.last <= other.last) or group.head in other.also for other in others)


def _ints(quantity: Quantity) -> tuple[int | None, int | None, int | None]:
    low, high, point = (None if value is None else int(value) for value in (quantity.low, quantity.high, quantity.point))
    return low, high, point
