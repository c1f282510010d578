"""Writers of invented reports in every format that intake takes: each gives the bytes of one file. Written from the formats' descriptions."""

import csv
import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape

from bench.reports import reports

_OUTLETS = ("Delta Invented News", "Invented Wire", "Radio Karo (invented)", "The Imre Invented Post", "Coast Invented Agency")
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_STAMP = (2024, 5, 4, 10, 0, 0)  # of members of archives, so that a seed always gives the same bytes


@dataclass(frozen=True, slots=True)
class Report:
    """One invented report."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    outlet: str
    day: int
    month: int

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def date(self) -> str:
        return f"2024-{self.month:02}-{self.day:02}"

    @property
    def url(self) -> str:
        return f"https://news.invalid/{self.date}/{self.number}.html"


def invent(chance: random.Random, number: int) -> Report:
    """An invented report, another for every state of chance."""
    text = next(reports(1, chance.randrange(1 << 40)))
    text += f"\n\nReport {number} of {chance.randrange(10_000_000)} was invented for tests."  # no two are alike
    first = text.split(".")[0]
    return Report(number, first[:90], tuple(text.split("\n\n")), chance.choice(_OUTLETS), chance.randint(1, 28), chance.randint(1, 12))


def text(chance: random.Random, number: int) -> bytes:
    one = invent(chance, number)
    if chance.random() < 0.5:
        return one.text.encode()
    return f"---\ntitle: {one.title}\npublished: {one.date}\nsource: {one.outlet}\n---\n\n{one.text}\n".encode(chance.choice(("utf-8", "utf-8-sig", "utf-16")))


def markdown(chance: random.Random, number: int) -> bytes:
    one = invent(chance, number)
    first, *rest = one.paragraphs
    rest = [f"> {part}" if chance.random() < 0.2 else part for part in rest]
    body = "\n\n".join((f"**{first.split(' ')[0]}** {' '.join(first.split(' ')[1:])}", *rest))
    table = "| Place | Reported |\n|---|---:|\n| Imre | 4 |\n"
    return f"# {one.title}\n\n{body}\n\n## Figures\n\n{table}\n[The invented outlet]({one.url}) printed it.\n".encode()


def html_page(one: Report, encoding: str = "utf-8") -> bytes:
    """A page with a menu, an article and a foot."""
    paragraphs = "\n".join(f"<p>{escape(part)}</p>" for part in one.paragraphs)
    page = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="{encoding}"><title>{escape(one.title)} - {escape(one.outlet)}</title>
<meta property="og:site_name" content="{escape(one.outlet)}"><meta property="article:published_time" content="{one.date}T08:30:00Z">
<link rel="canonical" href="{one.url}"><script>var menu = "<div>";</script></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><main><article><h1>{escape(one.title)}</h1>
{paragraphs}
</article></main><footer>Copyright 2019 invented for tests</footer></body></html>"""
    return page.encode(encoding)


def html(chance: random.Random, number: int) -> bytes:
    return html_page(invent(chance, number), chance.choice(("utf-8", "utf-8", "windows-1252")))


def pdf(chance: random.Random, number: int) -> bytes:
    return pdf_of(list(invent(chance, number).paragraphs))


def pdf_of(paragraphs: list[str], password: str | None = None) -> bytes:
    """A PDF of the paragraphs, set in lines, with a text layer."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, encrypt=StandardEncryption(password, strength=40) if password else None)
    y = 800
    for paragraph in paragraphs:
        for line in simpleSplit(paragraph, "Helvetica", 11, 450):
            if y < 60:
                canvas.showPage()
                y = 800
            canvas.setFont("Helvetica", 11)
            canvas.drawString(70, y, line)
            y -= 14
        y -= 10
    canvas.save()
    return out.getvalue()


def docx(chance: random.Random, number: int) -> bytes:
    import docx as word

    one = invent(chance, number)
    document = word.Document()
    document.add_heading(one.title, 1)
    for part in one.paragraphs:
        document.add_paragraph(part)
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip((cell for row in table.rows for cell in row.cells), ("Place", "Killed", "Imre", "4"), strict=True):
        cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rtf_of(words: str) -> bytes:
    """An RTF document of the words."""
    escaped = "".join(f"\\u{ord(one)}?" if ord(one) > 126 else f"\\{one}" if one in "{}\\" else "\\par\n" if one == "\n" else one for one in words)
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Helvetica;}}\\f0\\fs22 " + escaped + "\\par}").encode("ascii")


def rtf(chance: random.Random, number: int) -> bytes:
    return rtf_of(invent(chance, number).text)


def message(one: Report) -> EmailMessage:
    """A message of an invented outlet's press office."""
    mail = EmailMessage()
    mail["From"] = "Press desk <press@outlet.invalid>"
    mail["To"] = "desk@sayso.invalid"
    mail["Subject"] = f"{one.title} – update"
    mail["Date"] = f"{one.day:02} {_MONTHS[one.month - 1][:3]} 2024 09:15:00 +0000"
    mail["Message-ID"] = f"<{one.number}@outlet.invalid>"
    mail.set_content(one.text)
    return mail


def _bytes(mail: EmailMessage, number: int) -> bytes:
    if mail.is_multipart():
        mail.set_boundary(f"=====part{number}=====")
        for part in mail.iter_parts():
            if part.is_multipart():
                part.set_boundary(f"=====inner{number}=====")
    return mail.as_bytes()


def eml(chance: random.Random, number: int) -> bytes:
    mail = message(invent(chance, number))
    if chance.random() < 0.4:
        mail.add_alternative(html_page(invent(chance, number)).decode(), subtype="html")
    if chance.random() < 0.3:
        mail.add_attachment(pdf(chance, number), maintype="application", subtype="pdf", filename=f"statement-{number}.pdf")
    return _bytes(mail, number)


def mbox(chance: random.Random, number: int) -> bytes:
    mails = [_bytes(message(invent(chance, number * 10 + part)), number) for part in range(3)]
    return b"\n".join(b"From press@outlet.invalid Sat May  4 09:15:00 2024\n" + mail.replace(b"\nFrom ", b"\n>From ") for mail in mails)


def _line(chance: random.Random, number: int) -> dict[str, object]:
    one = invent(chance, number)
    return {
        "id": f"line-{number}",
        "title": one.title,
        "text": one.text,
        "published": one.date,
        "url": one.url,
        "source": {"name": one.outlet, "kind": "press"},
    }


def jsonl(chance: random.Random, number: int) -> bytes:
    return b"".join(json.dumps(_line(chance, number * 10 + part)).encode() + b"\n" for part in range(3))


def json_list(chance: random.Random, number: int) -> bytes:
    return json.dumps([_line(chance, number * 10 + part) for part in range(2)], indent=1).encode()


def jsonl_gz(chance: random.Random, number: int) -> bytes:
    return gzip.compress(jsonl(chance, number), mtime=0)


def zip_of(members: dict[str, bytes]) -> bytes:
    """A ZIP archive of the members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), raw, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def archive(chance: random.Random, number: int) -> bytes:
    return zip_of({"a/one.txt": text(chance, number), "two.html": html(chance, number), "three.pdf": pdf(chance, number)})


def rss(chance: random.Random, number: int) -> bytes:
    items = ""
    for part in range(3):
        one = invent(chance, number * 10 + part)
        body = "".join(f"<p>{escape(line)}</p>" for line in one.paragraphs)
        items += (
            f"<item><title>{escape(one.title)}</title><link>{one.url}</link><guid>{one.url}</guid>"
            f"<pubDate>{one.day:02} {_MONTHS[one.month - 1][:3]} 2024 08:00:00 GMT</pubDate><description>{escape(one.paragraphs[0])}</description>"
            f"<content:encoded><![CDATA[{body}]]></content:encoded></item>\n"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Invented Wire</title><link>https://news.invalid/</link><description>invented</description>{items}</channel></rss>"
    ).encode()


def atom(chance: random.Random, number: int) -> bytes:
    entries = ""
    for part in range(2):
        one = invent(chance, number * 10 + part)
        body = escape("".join(f"<p>{line}</p>" for line in one.paragraphs))
        entries += (
            f"<entry><title>{escape(one.title)}</title><id>{one.url}</id><link href='{one.url}'/><published>{one.date}T07:00:00Z</published>"
            f"<updated>{one.date}T07:30:00Z</updated><content type='html'>{body}</content></entry>"
        )
    return (
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Invented Wire</title>"
        f"<id>https://news.invalid/feed</id><updated>2024-05-04T00:00:00Z</updated>{entries}</feed>"
    ).encode()


def _warc_record(kind: str, url: str, body: bytes, number: int) -> bytes:
    content = {"response": "application/http; msgtype=response", "warcinfo": "application/warc-fields"}[kind]
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\nWARC-Date: 2024-05-05T10:00:00Z\r\n"
    head += (f"WARC-Target-URI: {url}\r\n" if url else "") + f"Content-Type: {content}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def _warc_records(chance: random.Random, number: int) -> list[bytes]:
    records = [_warc_record("warcinfo", "", b"software: invented\r\n", number * 10)]
    for part in range(1, 3):
        one = invent(chance, number * 10 + part)
        page = html_page(one)
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n".encode() + page
        records.append(_warc_record("response", one.url, answer, number * 10 + part))
    return records


def warc(chance: random.Random, number: int) -> bytes:
    return b"".join(_warc_records(chance, number))


def warc_gz(chance: random.Random, number: int) -> bytes:
    return b"".join(gzip.compress(record, mtime=0) for record in _warc_records(chance, number))


def csv_table(chance: random.Random, number: int) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("id", "title", "text", "published", "url", "source"))
    for part in range(3):
        one = invent(chance, number * 10 + part)
        writer.writerow((f"row-{one.number}", one.title, one.text, one.date, one.url, one.outlet))
    return out.getvalue().encode()


def telegram(chance: random.Random, number: int) -> bytes:
    messages: list[dict[str, object]] = [
        {"id": 1, "type": "service", "date": "2024-05-01T08:00:00", "date_unixtime": "1714550400", "action": "create_channel", "text": "", "text_entities": []}
    ]
    for part in range(3):
        one = invent(chance, number * 10 + part)
        words: list[object] = [{"type": "bold", "text": one.paragraphs[0]}, "\n\n" + "\n\n".join(one.paragraphs[1:])]
        messages.append(
            {"id": part + 2, "type": "message", "date": f"{one.date}T08:00:00", "from": "Invented Channel", "from_id": f"channel{number}", "text": words}
        )
    return json.dumps({"name": "Invented Channel", "type": "public_channel", "id": 1_000_000 + number, "messages": messages}, indent=1).encode()


def reliefweb(chance: random.Random, number: int) -> bytes:
    data = []
    for part in range(2):
        one = invent(chance, number * 10 + part)
        fields = {
            "id": one.number,
            "title": one.title,
            "body": one.text,
            "body-html": "".join(f"<p>{escape(line)}</p>" for line in one.paragraphs),
            "date": {"original": f"{one.date}T00:00:00+00:00", "created": f"{one.date}T10:00:00+00:00"},
            "source": [{"name": one.outlet, "shortname": "II", "type": {"name": "Non-governmental Organization"}}],
            "language": [{"name": "English", "code": "en"}],
            "url": f"https://reliefweb.invalid/node/{one.number}",
        }
        data.append({"id": str(one.number), "score": 1, "fields": fields, "href": f"https://api.reliefweb.int/v1/reports/{one.number}"})
    return json.dumps({"time": 5, "href": "https://api.reliefweb.int/v1/reports", "totalCount": 2, "count": 2, "data": data}).encode()


def factiva_text(chance: random.Random, number: int) -> str:
    """A text export of Factiva in its full-article layout with field codes."""
    parts = []
    for part in range(2):
        one = invent(chance, number * 10 + part)
        lead, *rest = one.paragraphs
        date = f"{one.day} {_MONTHS[one.month - 1]} 2024"
        body = "\n\n".join(rest)
        parts.append(
            f"HD\n{one.title}\n\nWC\n{len(one.text.split())} words\n\nPD\n{date}\n\nET\n08:00\n\nSN\n{one.outlet}\n\nSC\nINVNT\n\nLA\nEnglish\n\n"
            f"CY\n(c) 2024, invented for tests\n\nLP\n{lead}\n\nTD\n{body}\n\nAN\nDocument INVNT00020240504ek54{one.number:05}\n"
        )
    return "\n\n".join(parts)


def factiva(chance: random.Random, number: int) -> bytes:
    return factiva_text(chance, number).encode()


def factiva_rtf(chance: random.Random, number: int) -> bytes:
    return rtf_of(factiva_text(chance, number))


def nexis(chance: random.Random, number: int) -> bytes:
    parts = []
    for part in range(2):
        one = invent(chance, number * 10 + part)
        date = f"{_MONTHS[one.month - 1]} {one.day}, 2024 Saturday"
        body = "\n\n".join(one.paragraphs)
        parts.append(
            f"{part + 1} of 2 DOCUMENTS\n\n\n{one.outlet}\n\n{date}\n\n{one.title}\n\nLENGTH: {len(body.split())} words\n\nDATELINE: IMRE\n\n{body}\n\n"
            f"LOAD-DATE: {_MONTHS[one.month - 1]} {one.day}, 2024\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n"
            f"Copyright 2024 invented\nAll Rights Reserved\n\n"
        )
    return "".join(parts).encode()


Writer = Callable[[random.Random, int], bytes]

FORMATS: tuple[tuple[str, Writer], ...] = (
    ("report.txt", text), ("report.md", markdown), ("page.html", html), ("paper.pdf", pdf), ("statement.docx", docx), ("letter.rtf", rtf),
    ("mail.eml", eml), ("box.mbox", mbox), ("lines.jsonl", jsonl), ("list.json", json_list), ("lines.jsonl.gz", jsonl_gz), ("pack.zip", archive),
    ("feed.rss", rss), ("feed.atom", atom), ("crawl.warc", warc), ("crawl.warc.gz", warc_gz), ("table.csv", csv_table), ("telegram.json", telegram),
    ("reliefweb.json", reliefweb), ("factiva.txt", factiva), ("factiva.rtf", factiva_rtf), ("nexis.txt", nexis),
)  # fmt: skip
