"""RulesEngine: the default engine. Gate, parse, triggers, roles, modality, voices, figures, relations, in that order."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.codebooks.codebook import Codebook
from sayso.engines.engine import ActProposal, FigureProposal, Proposals, RelationProposal, Stretch, VeiledReport
from sayso.engines.rules.assembling import Assembler, Settings, one_place, settings, spread, voice_of
from sayso.engines.rules.causes import answers
from sayso.engines.rules.confidence import Confidence, load_confidence
from sayso.engines.rules.denials import pointing_denials
from sayso.engines.rules.drafts import VIOLENT, Draft, Merger, worth_telling
from sayso.engines.rules.figure_groups import Group
from sayso.engines.rules.figures import ProposedFigure, figures
from sayso.engines.rules.gate import Gate
from sayso.engines.rules.grammar import View
from sayso.engines.rules.modality import Moods
from sayso.engines.rules.no_force import NoForce
from sayso.engines.rules.parsed import Parsed
from sayso.engines.rules.parsing import keep_whole, parse, plain_case
from sayso.engines.rules.relations import memberships, responses
from sayso.engines.rules.roles import RoleFinder
from sayso.engines.rules.signs import figure_signs
from sayso.engines.rules.tagging import Tagged, Tagger, load_tagger
from sayso.engines.rules.theming import Metaphor, Theming
from sayso.engines.rules.triggering import Hit, Triggering
from sayso.engines.rules.voices import Attribution, attributions, further_sentences, speaking
from sayso.languages.inflect import Inflector
from sayso.languages.pack import LanguagePack
from sayso.model.words import Measure, MentionKind, Modality
from sayso.text.segmenting import sentences as segment
from sayso.text.sentence import Sentence

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One parsed sentence with what was found in it."""

    view: View
    settings: Settings
    hits: list[Hit]
    drafts: list[Draft]
    tagged: list[Tagged]  # what the learned layer sees in it: one, or none where it was not asked


@dataclass(frozen=True, slots=True)
class _Job:
    """One report on its way: its lines, those that are metaphors, and the sentences to parse as the parser gets them."""

    report: VeiledReport
    lines: tuple[Sentence, ...]
    metaphors: Mapping[int, Metaphor]
    wanted: list[tuple[int, Sentence, str]]


class RulesEngine:
    """Proposes acts, roles, voices, modality, figures and relations by rules over a dependency parse."""

    name = "rules"
    version = "1"

    def __init__(self, nlp: "Language", pack: LanguagePack, book: Codebook) -> None:
        if nlp.path is None:
            raise ValueError("the parser has no folder: its lemma tables cannot be read")
        self.pack = pack
        self.book = book
        self._nlp = nlp
        keep_whole(nlp, book.hyphenated)
        self._inflector = Inflector.from_model(nlp.path)
        self._gate = Gate(book, self._inflector, pack.harm.heads())
        self._triggering = Triggering(book, pack.cases)
        armed, weapons, persons = (book.classes.get(name, frozenset()) for name in ("armed", "weapons", "persons"))
        self._roles = RoleFinder(pack.cases, armed, weapons - book.classes.get("fighters", frozenset()), persons | armed)
        self._no_force = NoForce(
            book.classes.get("nature", frozenset()), book.classes.get("policies", frozenset()), persons | armed, pack.cases.unreal.staged
        )  # fmt: skip
        self._moods = Moods(pack.cases)
        self._merger = Merger(book, pack.cases)
        self._theming = Theming(pack.themes, armed, weapons, self._inflector)
        self.confidence: Confidence = load_confidence()
        self._assembler = Assembler(book, pack.cases, self.confidence.acts)
        self.tagger: Tagger | None = load_tagger()

    def lemmas(self, word: str) -> frozenset[str]:
        """The dictionary forms that a word may have, as noun or verb."""
        return self._inflector.candidates(word)

    def propose(self, report: VeiledReport) -> Proposals:
        """What the report claims. The same text gives the same proposals, in every run."""
        return next(iter(self.propose_all([report])))

    def propose_all(self, reports: Sequence[VeiledReport]) -> list[Proposals]:
        """What each of several reports claims, their sentences parsed together: the same as one by one, and quicker."""
        jobs = [self._job(report) for report in reports]
        parsed = parse(self._nlp, [sentence for job in jobs for sentence in job.wanted])
        proposals, at = [], 0
        for job in jobs:
            until = at + len(job.wanted)
            proposals.append(self._proposals(job, parsed[at:until]))
            at = until
        return proposals

    def _job(self, report: VeiledReport) -> "_Job":
        """The sentences of a report that are worth a parse."""
        text = report.text
        lines = segment(text)
        names = [hint.at for hint in report.hints if hint.kind is MentionKind.ACTOR]
        metaphors = self._theming.metaphors(text, lines)
        passed = [index for index in self._gate.passes(text, lines) if metaphors.get(index) is not Metaphor.ALL]
        wanted = sorted({*passed, *further_sentences(text, lines, passed, self.pack.cues)})
        return _Job(report, lines, metaphors, [(index, lines[index], plain_case(text, lines[index], names)) for index in wanted])

    def _proposals(self, job: "_Job", parsed: Sequence[Parsed]) -> Proposals:
        report, lines, metaphors = job.report, job.lines, job.metaphors
        text = report.text
        names = [hint.at for hint in report.hints if hint.kind is MentionKind.ACTOR]
        places = [hint.at for hint in report.hints if hint.kind is MentionKind.PLACE]
        found = tuple(self._surely_named(text, one, names) for one in attributions(parsed, text, self.pack.cues, self._inflector, places))
        read = self._sentences(parsed, report)
        for one in read:
            if one.view.parsed.index in metaphors:
                one.drafts[:] = [draft for draft in one.drafts if draft.type not in VIOLENT]
        acts = self._acts(read, found)
        denied = pointing_denials(text, lines, acts, found, self.pack.cases)
        acts += [replace(act, confidence=self.confidence.acts.share(act.signs)) for act in denied]
        acts.sort(key=lambda act: act.trigger)
        counted = self._figures(read, text, found, acts, lines)
        return Proposals(
            tuple(acts),
            counted,
            self._relations(text, lines, acts, read),
            memberships(text, lines, report.hints, self.pack.cases),
            tuple(tuple(voice_of(one) for one in speaking(found, position)) for position in report.asked),
        )

    def _surely_named(self, text: str, one: Attribution, names: Sequence[Stretch]) -> Attribution:
        """The attribution; without the fuller name of its "it" or "they" where that names nobody who can speak ("a helicopter")."""
        before = text[max(0, one.cue[0] - 12) : one.cue[0]].lower().split()
        if before and before[-1] in ("neither", "nor"):  # "neither confirmed nor denied"
            one = replace(one, negated=True)
        if not one.carried or one.named is None or one.source is None or text[one.source[0] : one.source[1]].lower() not in ("it", "they", "its", "their"):
            return one
        head = text[one.named[0] : one.named[1]].split(" of ")[0].split()[-1].lower()
        speaks = head in self.pack.cues.speakers or any(name.start < one.named[1] <= name.end for name in names)
        return one if speaks else replace(one, named=None)

    def _relations(self, text: str, lines: Sequence[Sentence], acts: Sequence[ActProposal], read: Sequence[_Sentence]) -> tuple[RelationProposal, ...]:
        """The acts told as answers: by phrases that say so, and by what a sentence tells as the cause of what."""
        found = responses(text, lines, acts, self.pack.cases)
        known = {(one.source, one.target) for one in found} | {(one.target, one.source) for one in found}
        told = [act.trigger.start for act in acts]
        for one in read:
            sentence = one.view.parsed.sentence
            here = range(bisect_left(told, sentence.start), bisect_left(told, sentence.end))
            more = answers(one.view, [(number, acts[number]) for number in here], self.pack.causes)
            found += tuple(relation for relation in more if (relation.source, relation.target) not in known)
        return found

    def _sentences(self, parsed: Sequence[Parsed], report: VeiledReport) -> list[_Sentence]:
        read, before, last = [], frozenset[str](), -2
        hints = sorted(report.hints, key=lambda hint: hint.at)
        begins = [hint.at.start for hint in hints]
        reach = max((hint.at.end - hint.at.start for hint in hints), default=0)
        for one in parsed:
            view = View(one, self._inflector)
            start = one.sentence.label[0] if one.sentence.label else one.sentence.start
            near = hints[bisect_left(begins, start - reach) : bisect_left(begins, one.sentence.end)]
            where = settings(view, [hint for hint in near if hint.at.end > start])
            hits = self._triggering.hits(view, where.kinds, where.time_tokens, before if one.index == last + 1 else frozenset())
            read.append(_Sentence(view, where, hits, [], []))
            before, last = self._triggering.company(view, where.kinds), one.index
        self._tag(read)
        for sentence in read:
            drafts = []
            for hit in sentence.hits:
                parts, carrier = self._roles.parts(hit, sentence.settings.kinds, sentence.settings.time_tokens)
                draft = Draft(hit, parts, carrier)
                if self._no_force.by_nature(draft, sentence.settings.kinds) or self._no_force.in_words(draft, sentence.settings.kinds):
                    continue
                draft.mood = self._moods.of(sentence.view, draft.anchor)
                draft.mood = self._no_force.mood(draft)
                drafts.append(draft)
            sentence.drafts[:] = self._merger.merge(drafts)
        return read

    def _tag(self, read: Sequence[_Sentence]) -> None:
        """Nothing; sentences in which no entry tells an act are given what the learned layer finds there."""
        silent = [one for one in read if not one.hits]
        if self.tagger is None or not silent:
            return
        for one, tagged in zip(silent, self.tagger.read([one.view.doc.text for one in silent]), strict=True):
            one.hits[:] = self._triggering.tagged(one.view, tagged, one.settings.kinds, one.settings.time_tokens)
            one.tagged[:] = [tagged]

    def _acts(self, read: Sequence[_Sentence], found: Sequence[Attribution]) -> list[ActProposal]:
        acts: list[ActProposal] = []
        for one in read:
            places = spread(one.drafts, one.settings.places, one.view)
            one_place(one.drafts, places)
            times = spread(one.drafts, one.settings.times, one.view)
            loose = spread(one.drafts, one.settings.loose_times, one.view)
            for number, found_times in times.items():
                times[number] = found_times or list(one.settings.labels) or loose[number]
            for number, draft in enumerate(one.drafts):
                if not worth_telling(draft, bool(places[number] or times[number]), self.pack.cases):
                    continue
                act = self._assembler.proposal(draft, one.drafts, found, places[number], times[number])
                if act is not None:
                    acts.append(act)
        return acts

    def _figures(
        self, read: Sequence[_Sentence], text: str, found: Sequence[Attribution], acts: Sequence[ActProposal], lines: Sequence[Sentence]
    ) -> tuple[FigureProposal, ...]:
        seen = {one.view.parsed.index: tagged for one in read for tagged in one.tagged}

        def layer(group: Group) -> tuple[Measure | None, float] | None:
            tagged, offset = seen.get(group.parsed.index), group.parsed.offset
            return tagged.harm(group.span[0] - offset, group.span[1] - offset) if tagged is not None else None

        counted = figures([one.view.parsed for one in read], text, self.pack.numbers, self.pack.harm, self._inflector, layer)
        kept = {number: place for place, number in enumerate(number for number, figure in enumerate(counted) if not figure.hypothetical)}
        harmful = _Harmful(acts, lines)
        return tuple(self._figure(counted[number], kept, found, harmful) for number in kept)

    def _figure(self, one: ProposedFigure, kept: Mapping[int, int], found: Sequence[Attribution], harmful: "_Harmful") -> FigureProposal:
        act = harmful.counted(one)
        voices = tuple(voice_of(voice) for voice in speaking(found, one.harm[0]) or speaking(found, one.span[0]))
        denied = one.denied or (one.high != 0 and act is not None and harmful.is_denied(act))
        signs = figure_signs(one, act is not None, voices)
        return FigureProposal(
            at=Stretch(*one.span),
            measure=one.measure,
            low=one.low,
            high=one.high,
            point=one.point,
            operator=one.operator,
            approximate=one.approximate,
            term=one.term,
            group=Stretch(*one.group_span) if one.group_span else None,
            status=one.status,
            scope=one.scope,
            change=one.change,
            since=Stretch(*one.since) if one.since else None,
            part_of=kept.get(one.part_of) if one.part_of is not None else None,
            modality=Modality.DENIED if denied else Modality.ACTUAL,
            voices=voices,
            act=act,
            confidence=self.confidence.figures.share(signs),
            signs=signs,
        )


class _Harmful:
    """The acts whose harm figures may count, by where they are told."""

    def __init__(self, acts: Sequence[ActProposal], lines: Sequence[Sentence]) -> None:
        self._acts, self._lines = acts, lines
        self._told = [act.trigger.start for act in acts]
        self._starts = [line.start for line in lines]

    def is_denied(self, number: int) -> bool:
        """Whether the act is told as not done: so is the harm that a figure counts of it."""
        return self._acts[number].modality is Modality.DENIED

    def counted(self, figure: ProposedFigure) -> int | None:
        """The act told by a figure's word of harm, or with it as recipient, else the nearest deed of its sentence; None where there is none."""
        at = bisect_right(self._starts, figure.span[0]) - 1
        if at < 0:
            return None
        line = self._lines[at]
        here = range(bisect_left(self._told, line.start), bisect_left(self._told, line.end))
        for number in here:
            act = self._acts[number]
            if act.trigger.overlaps(figure.harm) or any(one.overlaps(figure.span) for one in act.recipient):
                return number
        near = [number for number in here if self._acts[number].type in ("ASSAULT", "COERCE")]
        return min(near, key=lambda number: abs(self._told[number] - figure.harm[0]), default=None)
