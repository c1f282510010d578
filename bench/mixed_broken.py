"""Writers of files that are broken in known ways, each with the name of the part that fails and the kind of Failure that it must become."""

import gzip
import io
import json
import random
import struct
import zipfile
from collections.abc import Callable

from bench.mixed_formats import docx, invent, jsonl, message, pdf, pdf_of, rss, text, zip_of

_BOMB = 30_000_000


def cut_pdf(chance: random.Random, number: int) -> bytes:
    raw = pdf(chance, number)
    return raw[: len(raw) // 8]


def locked_pdf(chance: random.Random, number: int) -> bytes:
    return pdf_of(list(invent(chance, number).paragraphs), password="invented")  # noqa: S106 - a file made to be refused


def scan(_chance: random.Random, number: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.rect(50 + number % 50, 50, 400, 600, fill=1)
    canvas.save()
    return out.getvalue()


def long_pdf(_chance: random.Random, number: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in range(1_000):
        canvas.drawString(70, 700, f"Page {page} of invented report {number}.")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def bomb(_chance: random.Random, number: int) -> bytes:
    return zip_of({"bomb.txt": b"a" * (_BOMB + number)})


def gz_bomb(_chance: random.Random, number: int) -> bytes:
    return gzip.compress(b"a" * (_BOMB + number), mtime=0)


def traversal(chance: random.Random, number: int) -> bytes:
    return zip_of({"../outside.txt": text(chance, number)})


def locked_zip(chance: random.Random, number: int) -> bytes:
    raw = bytearray(zip_of({"locked.txt": text(chance, number)}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.index(mark) + offset
        struct.pack_into("<H", raw, at, struct.unpack_from("<H", raw, at)[0] | 1)
    return bytes(raw)


def cut_zip(chance: random.Random, number: int) -> bytes:
    return zip_of({"one.txt": text(chance, number)})[:-30]


def cut_gz(chance: random.Random, number: int) -> bytes:
    return gzip.compress(text(chance, number), mtime=0)[:60]


def entity_docx(chance: random.Random, number: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(chance, number))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            raw = old.read(info)
            if info.filename == "word/document.xml":
                start = raw.index(b"<w:document")
                raw = raw[:start] + b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>' + raw[start:]
            new.writestr(info, raw)
    return out.getvalue()


def cut_docx(chance: random.Random, number: int) -> bytes:
    raw = docx(chance, number)
    return raw[: len(raw) // 2]


def program(chance: random.Random, _number: int) -> bytes:
    return b"MZ\x90\0" + chance.randbytes(400)


def deep_html(_chance: random.Random, number: int) -> bytes:
    return b"<!DOCTYPE html><html><body>" + b"<div>" * (5_000 + number) + b"deep"


def links(_chance: random.Random, number: int) -> bytes:
    return b"<!DOCTYPE html><html><head><title>Invented</title></head><body><script>" + b"x();" * (10 + number % 50) + b"</script></body></html>"


def deep_rtf(_chance: random.Random, number: int) -> bytes:
    return b"{\\rtf1 " + b"{" * (5_000 + number)


def empty(_chance: random.Random, _number: int) -> bytes:
    return b""


def blank(_chance: random.Random, number: int) -> bytes:
    return b" \n" * (1 + number)


def cyrillic(_chance: random.Random, number: int) -> bytes:
    return f"Армия заявила, что в городе погибли {number} человек, дорога закрыта.".encode("cp1251")


def half_utf16(chance: random.Random, number: int) -> bytes:
    return invent(chance, number).text.encode("utf-16-le")


def other_language(_chance: random.Random, number: int) -> bytes:
    return f"Армия заявила во вторник, что в вымышленном городе погибли {number} человек, дорога была закрыта до вечера.".encode()


def no_mail(chance: random.Random, number: int) -> bytes:
    mail = message(invent(chance, number))
    mail.set_content("")
    return mail.as_bytes()


def bad_line(chance: random.Random, number: int) -> bytes:
    return jsonl(chance, number) + b'{"text": "cut of\n'


def bad_date(chance: random.Random, number: int) -> bytes:
    return json.dumps({"id": f"bad-{number}", "text": invent(chance, number).text, "published": "2024-02-31"}).encode()


def cyclic_feed(chance: random.Random, number: int) -> bytes:
    head, rest = rss(chance, number).split(b"?>\n", 1)
    return head + b'?>\n<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>\n' + rest.replace(b"<description>", b"<description>&a;", 1)


def gdelt(chance: random.Random, number: int) -> bytes:
    rows = []
    for part in range(3):
        one = invent(chance, number * 10 + part)
        cells = [""] * 61
        cells[0], cells[1], cells[59], cells[60] = f"11{one.number:08}", one.date.replace("-", ""), one.date.replace("-", "") + "101500", one.url
        rows.append("\t".join(cells))
    return ("\n".join(rows) + "\n").encode()


Writer = Callable[[random.Random, int], bytes]

# The file's name, what follows it in the name of the part that fails, the kind of Failure, why, and who writes it.
BROKEN: tuple[tuple[str, str, str, str, Writer], ...] = (
    ("cut.pdf", "", "InputError", "a PDF cut in its middle", cut_pdf),
    ("bomb.zip", "!bomb.txt", "Refused", "a ZIP bomb", bomb),
    ("bad.jsonl", ":4", "InputError", "a cut line among good ones", bad_line),
    ("cyrillic.txt", "", "NotText", "Windows-1251", cyrillic),
    ("empty.txt", "", "EmptyReport", "no byte", empty),
    ("locked.pdf", "", "Refused", "a PDF with a password", locked_pdf),
    ("program.pdf", "", "NotText", "a program named as a PDF", program),
    ("deep.html", "", "TooLarge", "elements nested thousands deep", deep_html),
    ("cyclic.rss", "", "InputError", "a feed whose entities name each other", cyclic_feed),
    ("gdelt.export.csv", "", "InputError", "a list of GDELT: addresses, which are not fetched unasked", gdelt),
    ("scan.pdf", "", "EmptyReport", "a PDF without a text layer", scan),
    ("entities.docx", "", "Refused", "a Word document that declares entities", entity_docx),
    ("outside.zip", "!../outside.txt", "Refused", "a member that leads out of its archive", traversal),
    ("locked.zip", "!locked.txt", "Refused", "an encrypted member", locked_zip),
    ("cut.zip", "", "InputError", "an archive without its end", cut_zip),
    ("bomb.txt.gz", "", "Refused", "a gzip bomb", gz_bomb),
    ("cut.txt.gz", "", "InputError", "a gzip file cut in its middle", cut_gz),
    ("cut.docx", "", "InputError", "a Word document cut in its middle", cut_docx),
    ("deep.rtf", "", "TooLarge", "groups nested thousands deep", deep_rtf),
    ("scripts.html", "", "EmptyReport", "a page without an article", links),
    ("blank.md", "", "EmptyReport", "blanks only", blank),
    ("utf16.txt", "", "NotText", "UTF-16 without its mark", half_utf16),
    ("russian.txt", "", "NoLanguagePack", "a language that no pack covers", other_language),
    ("silent.eml", "", "EmptyReport", "a message without text", no_mail),
    ("date.json", ":1", "InputError", "a date that does not exist", bad_date),
    ("program.txt", "", "NotText", "a program named as a text", program),
    ("long.pdf", "", "TooLarge", "a thousand pages", long_pdf),
)
