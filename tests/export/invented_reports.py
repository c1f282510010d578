"""Invented reports for the export formats, and the incidents that the real Reader finds in them. No person, place of a family or event is real."""

from functools import cache

from sayso.export.subject import BookLabel, Coarsen, ExportSettings, MadeBy, Subject, subjects_of
from sayso.link.weigh_policies import load_policy
from sayso.model import Document, Reading, Source
from sayso.model.words import SourceKind
from sayso.pipeline import ReadConfig, Reader

MADE = MadeBy("0", "2024-05-20T06:00:00Z", "7 sha256:00")
VICTIM, DAUGHTER = "Oren Taliv", "Sabine"
STRIKE = Document(
    f"""A drone strike on the market in Kharkiv killed at least 12 people on Tuesday, the Kharkiv health department said.
Among the dead were a teacher, {VICTIM}, and his daughter {DAUGHTER}, relatives said. "No civilian was harmed," the Russian defence ministry said.
Ukrainian officials blamed Russian forces. Russia's defence ministry denied that its forces had struck the market.""",
    source=Source("Delta Wire", SourceKind.AGENCY),
    given_id="invented-1",
    title=f"Teacher {VICTIM} among the dead (invented)",
    published="2024-05-08",
    url="https://example.org/oren-taliv-killed",
    language="en",
)
CLINIC = Document(
    """Gunmen stormed a clinic in Goma on Friday, killed two nurses and abducted a third, the provincial governor said. Nobody has claimed the attack.""",
    source=Source("Lake Courier", SourceKind.PRESS),
    given_id="invented-2",
    title="Clinic raided (invented)",
    published="2024-05-18",
    url="https://example.org/invented-2",
    language="en",
)
UNDONE = Document(
    """The army denied that it had shelled Goma. Rebels threatened to attack Bukavu next week. Protesters plan to march in Kinshasa on Sunday.""",
    source=Source("Lake Courier", SourceKind.PRESS),
    given_id="invented-3",
    published="2024-05-18",
    language="en",
)
CLASH = Document(
    """Soldiers and fighters of Boko Haram exchanged fire near Maiduguri on 3 May 2024, leaving dozens dead, residents said.
Hundreds of people marched peacefully in Lagos on Saturday.""",
    source=Source("Savanna Post", SourceKind.PRESS),
    given_id="invented-4",
    published="2024-05-06",
    url="https://example.org/invented-4",
    language="en",
)
HOSTILE = Document(
    """=HYPERLINK("http://bad.example") <script>alert(1)</script> \x07 "quoted, comma" said +441 rebels shelled Goma on Friday, killing 3 people.""",
    source=Source('@SUM(1), "x"', SourceKind.SOCIAL),
    given_id="=1+1",
    title="-2+3 <b>bold</b>",
    published="2024-05-18",
    language="en",
)
ALL = (STRIKE, CLINIC, UNDONE, CLASH, HOSTILE)


@cache
def readings(events: tuple[str, ...] = ("acled",)) -> tuple[Reading, ...]:
    """The readings of all invented reports, in order, coded by these books of rows."""
    found = tuple(Reader(ReadConfig(events=events)).read(ALL))
    assert all(isinstance(one, Reading) for one in found), found
    return found  # type: ignore[return-value]


def subjects(*documents: Document, book: BookLabel | None = None, events: tuple[str, ...] = ("acled",)) -> list[Subject]:
    """The incidents of some of the reports, all of them where none is named."""
    wanted = {one.id for one in documents or ALL}
    return [subject for reading in readings(events) if reading.document.id in wanted for subject in subjects_of(reading, book)]


def settings(policy: str = "range", book: BookLabel | None = None, coarsen: Coarsen = Coarsen.AUTO, names: bool = False) -> ExportSettings:
    """Settings of an export made at a fixed time."""
    return ExportSettings(MADE, load_policy(policy), book, coarsen, names)
