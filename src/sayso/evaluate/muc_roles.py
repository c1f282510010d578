"""Who did it, to whom, to what and with what, as MUC asks for it: the roles of a reading's claims as short phrases."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sayso.evaluate.muc_phrases import bare, core, folded, full_names, fullest, head, is_in, person_name, unnumbered, weapons_in, words_in
from sayso.model import Claim, Reading, Span
from sayso.model.resolution import ActorTarget
from sayso.model.words import ActorKind, MentionKind, Modality

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")

_ARMED = frozenset((ActorKind.REBEL_GROUP, ActorKind.STATE_FORCE, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA))
_OWNERS = frozenset((*_ARMED, ActorKind.GOVERNMENT))
_OFFICIAL = frozenset(("national", "army", "union", "democratic", "police"))  # before a person's name, and in an organisation's too
_OUT = frozenset(("crowd-control",))
_NATIONALITY = re.compile(r"[A-Z]\w+(?:an|ans|ese|ish|i|eans?)")
_PLACE = re.compile(r"^(?:La|El|Los|Las|San|Santa|Santo|North|South|East|West|United|Many|Two|Several) |(?:Stream|Coast|Street|Avenue|River|States|Road|City)$")
_NAME = r"(?:[A-Z][\w'’]*(?: [A-Z]\.)?|[a-z]{2,12})?(?: ?[A-Z][\w'’]+)+(?: (?:(?:de|del|la|y) )*[A-Z][\w'’]+)*"
_GOES_ON = re.compile(
    rf"\s*(?:,? and (?:of )?|[,:;] (?:and )?| -- )(?:(?:the|an?|his|her) )?(?P<name>{_NAME})(?P<then>,? (?:said|says|added|reported|told|has|had|who said)\b)?"
)
_ASIDE = re.compile(r", (?:an?|the|\d\d|who|one|former|editor|leader|president|member|director|his|her) ?[^,;.:]{0,70}(?=[,;])")
_IDENTIFIED = re.compile(
    r"\b(?:identified|named|known) (?:as|by)\b"
    r"|\b(?:victims?|dead|killed|injured|wounded|hostages?|priests|slain)\b[^.:]{0,40}(?: (?:is|are|was|were)\b|:)"
)
_AT = re.compile(
    r"\b(?:at|in front of|outside|inside|against|near|under|next to|on|in|of)"
    r" (?P<site>(?:the|an?|his|her|their|its|one|two|three|several|some) (?:[\w'’.-]+ ){0,5}?[\w'’-]+?)"
    r"(?=[,.;:]| (?:in|on|at|of|and|that|which|where|this|yesterday|today|last|belonging|located|by|with|causing|killing|wounding)\b)"
)
_ABOUT = re.compile(
    r"^(?:(?:at least|more than|less than|over|about|almost|nearly|approximately|some|around|up to) (?:\w+ )??|suspected |presumed )?(?:\d[\d,]* )?(?=\w)",
    re.IGNORECASE,
)
_GATHERED = re.compile(r"\b(?:group|groups|band|bands|column|columns|gang|squad|number|dozens|hundreds|scores)$", re.IGNORECASE)
_LISTED = 12  # names of one list at most


@dataclass(slots=True)
class Report:
    """A reading with what its roles are told by."""

    reading: Reading
    text: str = ""
    actors: list[tuple[int, int, ActorTarget]] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    names: Sequence[str] = ()
    told: list[Claim] = field(default_factory=list)  # the claims that count

    def __post_init__(self) -> None:
        self.text = self.reading.document.text
        mentions = {mention.id: mention for mention in self.reading.mentions}
        for one in self.reading.resolutions:
            mention = mentions.get(one.mention)
            if mention is not None and isinstance(one.target, ActorTarget):
                self.actors.append((mention.span.start, mention.span.end, one.target))
        self.places = [(one.span.start, one.span.end) for one in mentions.values() if one.kind is MentionKind.PLACE]
        self.names = list(full_names(self.text))
        self.told = [claim for claim in self.reading.claims if self._counts(claim)]

    def words(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span.start : span.end]

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence around a place of the text, roughly: from full stop to full stop."""
        start = max(self.text.rfind(". ", 0, at), self.text.rfind("\n", 0, at)) + 1
        ends = [end for mark in (". ", "\n") if (end := self.text.find(mark, at)) >= 0]
        return start, min(ends, default=len(self.text))

    def is_place(self, span: Span) -> bool:
        """Whether the words of the span are a place, or part of one."""
        return any(start <= span.start and span.end <= end for start, end in self.places)

    def armed(self, start: int, end: int) -> Iterator[tuple[int, int, ActorTarget]]:
        """The organisations named between two places that may be behind an act."""
        for first, last, target in self.actors:
            if start <= first and last <= end and target.kind in _OWNERS and target.id is not None and _is_name(self.text[first:last]):
                yield first, last, target

    def about(self) -> bool:
        """Whether the text is a report of attacks, rather than one that mentions some in passing."""
        if not self.told:
            return False
        attacks = sum(claim.act.type == "ASSAULT" for claim in self.reading.claims)
        dense, early = 1000 * len(self.told) / len(self.text), self.told[0].trigger.start < 400
        return len(self.told) >= 0.5 * attacks and (dense >= 3 or (early and dense >= 1.5) or (early and any(claim.roles.recipient for claim in self.told)))

    def _counts(self, claim: Claim) -> bool:
        """Whether a claim tells of an attack on somebody or something other than fighters, and as news."""
        if claim.act.type != "ASSAULT" or claim.act.mode in _OUT or claim.historical or claim.modality is not Modality.ACTUAL:
            return False
        recipients = [self.words(span) for span in claim.roles.recipient]
        if recipients:
            return not all(_fighter(one) for one in recipients)
        trigger = [word.lower() for _, _, word in words_in(self.words(claim.trigger))]
        return not any(is_in("clashes", re.sub(r"(?:ed|ing|es)$", "", word)) or is_in("clashes", word) for word in trigger)


class Fillers:
    """The answers a role, each once."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {role: [] for role in ROLES}

    def add(self, role: str, phrase: str) -> None:
        """Nothing; the phrase is an answer unless it is one already."""
        phrase = bare(phrase)
        if folded(phrase) and all(folded(phrase) != folded(other) for other in self.found[role]):
            self.found[role].append(phrase)


def fillers(report: Report) -> dict[str, list[str]]:
    """The phrases of each role."""
    found = Fillers()
    for claim in report.told:
        for span in claim.roles.recipient:
            _recipient(report, span, found)
        for span in claim.roles.actor:
            if _is_owner(report, claim, span):
                _recipient(report, span, found)
            else:
                _actor(report, claim, span, found)
    for claim in report.reading.claims:
        if claim.act.type == "ACCUSE" and claim.act.mode in (None, "allege") and _tells_of_harm(report, claim):
            for span in claim.roles.recipient:
                _blamed_one(report, span, found)
    _identified(report, found)
    _blamed(report, found)
    _weapons(report, found)
    _sites(report, found)
    _own_group(report, found)
    _tidy(report, found)
    if not (found.found["Victim"] or found.found["Target"] or report.about()):
        return {role: [] for role in ROLES}
    return found.found


def _is_name(phrase: str) -> bool:
    """Whether the words are an organisation's name, rather than a phrase with it ("members of the Front"), a nationality or an officer."""
    if not phrase[0].isupper() or _NATIONALITY.fullmatch(phrase) or phrase.endswith(("'s", "s'")):
        return False
    words = [word for _, _, word in words_in(phrase) if word.lower() not in _OFFICIAL]
    return not is_in("persons", head(phrase)) and not any(is_in("offices", word) for word in words)


def _fighter(phrase: str) -> bool:
    return is_in("fighters", head(core(phrase)))


def _is_owner(report: Report, claim: Claim, span: Span) -> bool:
    """Whether "Perez's" of "Perez's murder" stands as actor: it is the victim."""
    after = report.text[span.end : claim.trigger.start]
    close = re.fullmatch(r"['’]s? ", after) is not None or (after == " " and report.words(span).endswith(("'s", "s'", "'", "’s")))
    trigger = report.words(claim.trigger).lower()
    return close and any(is_in("harm", word) for word in trigger.split()) and bool(person_name(report.words(span))) and not trigger.endswith(("ed", "attack"))


def _recipient(report: Report, span: Span, found: Fillers) -> None:
    phrase = report.words(span)
    if is_in("pronouns", phrase):
        return
    noun = head(core(phrase))
    if is_in("things", noun):
        found.add("Target", unnumbered(core(phrase)))
        return
    if _person_stands(report, span, phrase):
        found.add("Victim", fullest(person_name(phrase), report.names))
    for name in _names_after(report, span.end):
        found.add("Victim", name)


def _person_stands(report: Report, span: Span, phrase: str) -> bool:
    name = person_name(phrase)
    if not name or name.isupper() or head(core(phrase)).islower() or _NATIONALITY.fullmatch(name) or _PLACE.search(name):
        return False
    titled = any(is_in("offices", word) for _, _, word in words_in(core(phrase)))
    if len(fullest(name, report.names).split()) == 1 and not titled:
        return False  # "Fenastras", "West": one word alone is as often a place or an organisation
    if report.is_place(span):
        return False
    return not any(span.start <= start and end <= span.end and end - start >= len(name) for start, end, _ in report.armed(span.start, span.end))


def _names_after(report: Report, at: int) -> Iterator[str]:
    """The names that go on from a recipient: in apposition ("his brother, Juan Perez") or in a list."""
    text = report.text
    for _ in range(_LISTED):
        aside = _ASIDE.match(text, at)
        if aside is not None:
            at = aside.end()
        match = _GOES_ON.match(text, at)
        if match is None or match["then"]:
            return
        name = person_name(match["name"])
        if len(name.split()) < 2 or _PLACE.search(name) or any(start <= match.start("name") and match.end("name") <= end + 1 for start, end in report.places):
            return
        yield fullest(name, report.names)
        at = match.end("name")


def _identified(report: Report, found: Fillers) -> None:
    """Adds the names of victims who are told apart from the act: "the victims were identified as …"."""
    if not report.told:
        return
    for match in _IDENTIFIED.finditer(report.text):
        start, _ = report.sentence(match.start())
        if any(is_in("harm", word) for _, _, word in words_in(report.text[start : match.end()])):
            first = re.compile(rf"(?:[^.;:\n]{{0,40}}? )??(?P<name>{_NAME})").match(report.text, match.end())
            name = person_name(first["name"]) if first else ""
            if first and len(name.split()) > 1:
                found.add("Victim", fullest(name, report.names))
                for other in _names_after(report, first.end("name")):
                    found.add("Victim", other)


def _actor(report: Report, claim: Claim, span: Span, found: Fillers) -> None:
    phrase = report.words(span)
    if is_in("pronouns", phrase) or (is_in("persons", phrase) and claim.trigger.start - span.end == 1 and not phrase.endswith(("s", "men"))):
        return  # the second: "terrorist" of "terrorist attack"
    named = [one for one in report.armed(span.start, span.end) if one[2].kind is ActorKind.REBEL_GROUP or _upon_others(report, claim)]
    noun = head(core(phrase))
    if is_in("persons", noun):
        if not (is_in("vague", noun) and folded(bare(core(phrase))) == noun.lower()):
            found.add("PerpInd", _people(core(phrase)))
    elif named:
        pass
    elif (noun.isupper() or is_in("organisations", noun)) and _upon_others(report, claim):
        if not is_in("vague", bare(core(phrase))):
            found.add("PerpOrg", core(phrase))
    elif "responsib" in report.words(claim.trigger) and noun[:1].isupper():
        found.add("PerpOrg", core(phrase))
    elif len((name := person_name(phrase)).split()) > 1 and not _PLACE.search(name) and not report.is_place(span):
        found.add("PerpInd", fullest(name, report.names))
    for start, end, _ in named:
        found.add("PerpOrg", report.text[start:end])
    owner = core(phrase.partition(" of ")[2])
    if is_in("persons", noun) and not named and owner and (is_in("organisations", head(owner)) or head(owner).isupper()) and _upon_others(report, claim):
        found.add("PerpOrg", owner)  # "members of the Workers Front"


def _people(phrase: str) -> str:
    """The people of a phrase: "rebels" of "a group of rebels", "guerrillas" of "guerrillas of the Front", "soldiers" of "at least 100 soldiers"."""
    first, _, rest = _ABOUT.sub("", phrase).partition(" of ")
    if rest and _GATHERED.search(first) and is_in("persons", head(rest)):
        return rest
    return first if rest and not is_in("vague", head(first)) else _ABOUT.sub("", phrase)


def _tells_of_harm(report: Report, claim: Claim) -> bool:
    start, end = report.sentence(claim.trigger.start)
    return any(start <= one.trigger.start < end for one in report.told) or any(is_in("harm", word) for _, _, word in words_in(report.text[start:end]))


def _blamed_one(report: Report, span: Span, found: Fillers) -> None:
    """Adds whom somebody blames."""
    phrase = report.words(span)
    noun = head(core(phrase))
    named = list(report.armed(span.start, span.end))
    for start, end, _ in named:
        found.add("PerpOrg", report.text[start:end])
    if is_in("persons", noun) and not is_in("vague", bare(core(phrase))):
        found.add("PerpInd", core(phrase))
    elif not named and is_in("organisations", noun) and not is_in("vague", bare(core(phrase))):
        found.add("PerpOrg", core(phrase))
    elif not named and len((name := person_name(phrase)).split()) > 1:
        found.add("PerpInd", fullest(name, report.names))


def _upon_others(report: Report, claim: Claim) -> bool:
    """Whether the claim names whom or what the act harmed."""
    phrases = [report.words(span) for span in claim.roles.recipient]
    return any(not is_in("pronouns", one) for one in phrases)


def _blamed(report: Report, found: Fillers) -> None:
    """Adds the organisations named in a sentence that tells of an attack and of who is blamed for it."""
    seen = set()
    for claim in report.told:
        start, end = report.sentence(claim.trigger.start)
        if start in seen:
            continue
        seen.add(start)
        if any(is_in("blame", word) for _, _, word in words_in(report.text[start:end])):
            for first, last, target in report.armed(start, end):
                if target.kind in _ARMED:
                    found.add("PerpOrg", report.text[first:last])


def _weapons(report: Report, found: Fillers) -> None:
    seen = set()
    for claim in report.told:
        start, end = report.sentence(claim.trigger.start)
        if start not in seen:
            seen.add(start)
            for one in weapons_in(report.text, start, end):
                found.add("Weapon", one.text)


def _sites(report: Report, found: Fillers) -> None:
    """Adds what an explosion is told to have hit: "a bomb went off in front of the bank"."""
    seen = set()
    for claim in report.told:
        start, end = report.sentence(claim.trigger.start)
        if start in seen or claim.act.mode not in ("explosives", "destroy", "heavy-weapons"):
            continue
        seen.add(start)
        for match in _AT.finditer(report.text, claim.trigger.start, end):
            phrase = unnumbered(core(match["site"]))
            noun = head(phrase)
            if is_in("things", noun) and not is_in("no_sites", noun):
                found.add("Target", phrase)


def _own_group(report: Report, found: Fillers) -> None:
    """Adds the one rebel group of a report whose guerrillas did it: "the guerrillas" are its people."""
    if found.found["PerpOrg"] or not any(is_in("guerrillas", head(one)) for one in found.found["PerpInd"]):
        return
    groups = {target.id: (start, end) for start, end, target in report.armed(0, len(report.text)) if target.kind is ActorKind.REBEL_GROUP}
    if len(groups) == 1:
        start, end = next(iter(groups.values()))
        found.add("PerpOrg", report.text[start:end])


def _tidy(report: Report, found: Fillers) -> None:
    """One name for each organisation and person, one phrase for the same unnamed people."""
    targets = {folded(bare(report.text[start:end])): target.id for start, end, target in report.actors if target.id}
    kept: dict[str, str] = {}
    for phrase in found.found["PerpOrg"]:
        kept.setdefault(targets.get(folded(phrase)) or folded(phrase), phrase)
    found.found["PerpOrg"] = list(kept.values())
    people = found.found["PerpInd"]
    generic = [one for one in people if is_in("generic", head(one)) and len(words_in(one)) < 3]
    found.found["PerpInd"] = [one for one in people if one not in generic[1:]]
