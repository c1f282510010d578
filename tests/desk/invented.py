"""Invented reports for linking, weighing and tolls: rivals of one strike, copies, a corrected version, tolls. No such thing happened."""

from sayso.model import Document, Source
from sayso.model.words import SourceKind

_FRONT = (
    "KASSALA, 4 May (Delta News) - The Eastern Front said on Saturday that army aircraft had killed 43 people in an air strike on a market in Kassala "
    "a day earlier. The army denied it. Residents said that the market was crowded when the bombs fell, and that the wounded were taken to the hospital. "
    "The Front called the government a terrorist regime."
)
_MINISTRY = (
    "KHARTOUM, 5 May 2024 - The Ministry of Defence said that the air force struck fighters of the Eastern Front at the market in Kassala on Friday. "
    "No civilian was killed in the air strike, the ministry said."
)
_ARREST = (
    "PORT SUDAN, 6 May (Coast Wire) - Police arrested nine teachers in Port Sudan on Sunday during a protest over unpaid wages, witnesses said. "
    "The teachers were held at a police station near the harbour overnight and no charge was read to them."
)
_CORRECTED = _ARREST.replace("nine teachers", "seven teachers") + " This report corrects the number of teachers."
_TOLL = "GEDAREF, {} May (Coast Wire) - The Health Ministry said on {} that the death toll from the fighting in Gedaref since April had risen to {}."


def _report(name: str, source: Source, text: str, published: str, title: str) -> tuple[str, Document]:
    url = f"https://example.org/{name.split('-')[0]}"
    return name, Document(text, source, given_id=name, title=title, published=published, url=url, language="en")


_DELTA = Source("Delta News", SourceKind.AGENCY)
_HILL = Source("Hill Paper", SourceKind.PRESS)
_COAST = Source("Coast Wire", SourceKind.PRESS)
REPORTS: dict[str, Document] = dict(
    (
        _report("front", _DELTA, _FRONT, "2024-05-04", "Front: 43 killed in Kassala market"),
        _report("ministry", Source("Ministry of Defence", SourceKind.STATE), _MINISTRY, "2024-05-05", "Statement on the operation in Kassala"),
        _report("reprint", _HILL, _FRONT, "2024-05-05", "Front: 43 killed in Kassala market"),
        _report("arrest", _COAST, _ARREST, "2024-05-06", "Teachers arrested in Port Sudan"),
        _report("arrest-corrected", _COAST, _CORRECTED, "2024-05-06T12:00:00", "CORRECTED: Teachers arrested in Port Sudan"),
        _report("toll1", _COAST, _TOLL.format(7, "Tuesday", 96), "2024-05-07", "Toll in Gedaref"),
        _report("toll2", _COAST, _TOLL.format(9, "Thursday", 112), "2024-05-09", "Toll in Gedaref"),
    )
)  # fmt: skip
_TOWNS = ("Kassala", "Gedaref", "Port Sudan", "Wad Madani", "El Obeid", "Nyala", "El Fasher", "Zalingei")
_ACTS = (
    "Gunmen killed {count} farmers in {town} on {day}, residents said. Their bodies were found beside the road in the morning.",
    "Police arrested {count} students in {town} on {day} after a march, a lawyer said. They were released without a charge.",
    "Army aircraft bombed a camp in {town} on {day}, killing {count} people, the rebels said. The army made no comment.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def many(count: int) -> list[Document]:
    """Short reports of several papers, of which some tell one happening, some reprint one and some correct one."""
    found: list[Document] = []
    for number in range(count):
        if number % 10 == 9:  # another paper reprints what stands four reports before
            old = found[number - 4]
            found.append(Document(old.text, _HILL, f"m{number}", old.title, old.published, f"https://example.net/{number}", "en"))
            continue
        if number % 10 == 8:
            old = found[number - 2]
            text = old.text + " The number was corrected by the paper."
            found.append(Document(text, old.source, f"c{number}", f"CORRECTED: {old.title}", old.published, old.url, "en"))
            continue
        act, town = _ACTS[number // 2 % 3], _TOWNS[number // 2 % len(_TOWNS)]
        text = act.format(count=3 + number % 7, town=town, day=_DAYS[number // 2 % 5])
        source = Source(("Delta News", "Coast Wire")[number % 2], SourceKind.PRESS)
        found.append(Document(text, source, f"m{number}", f"News from {town} {number}", "2024-05-11", f"https://example.org/m{number}", "en"))
    return found
