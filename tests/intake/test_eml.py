"""A message gives its text and its attached reports; no person's name or address gets into a field."""

import io
from email.message import EmailMessage

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.intake.taking import REPORT, SECOND, SETTINGS, failure, named, only, taken_of

from sayso.intake.settings import Caps, IntakeSettings
from sayso.model import Document


def mail(text=REPORT, sender="Jane Invented <jane.invented@ministry.invalid>", subject="Nine killed – Imre", date="Sat, 04 May 2024 10:00:00 +0200"):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Date"], made["Message-ID"] = sender, "b@desk.invalid", subject, date, "<1@ministry.invalid>"
    if text is not None:
        made.set_content(text)
    return made


def pdf(text):
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(50, 700, text)
    canvas.save()
    return out.getvalue()


def test_subject_date_and_the_domain_become_fields_and_no_person_does():
    taken = only(mail(f"{REPORT} Café\n").as_bytes(), "a.eml")
    document = taken.item
    assert (document.text, document.title, document.published) == (f"{REPORT} Café", "Nine killed – Imre", "2024-05-04T10:00:00+02:00")
    assert document.source.name == "ministry.invalid"
    assert "jane" not in repr((document, taken.notes, taken.extraction)).lower()
    assert named(taken) == {"text/plain part": document.text}


def test_a_personal_mailbox_is_no_source():
    taken = only(mail(sender="Jane Invented <jane@gmail.com>").as_bytes(), "a.eml", IntakeSettings(source="Delta News"))
    assert taken.item.source.name == "Delta News"
    assert any("personal mailbox" in note for note in taken.notes)
    assert only(mail(sender="Jane <jane@gmail.com>").as_bytes(), "a.eml").item.source.name == "unknown"


def test_plain_text_is_preferred_and_html_is_read_where_there_is_none():
    both = mail()
    both.add_alternative(f"<p>{SECOND}</p>", subtype="html")
    assert only(both.as_bytes(), "a.eml").item.text == REPORT
    page = mail(None)
    page.set_content(f"<html><body><p>{REPORT}</p><p>Two</p><script>x()</script></body></html>", subtype="html")
    taken = only(page.as_bytes(), "a.eml")
    assert taken.item.text == f"{REPORT}\n\nTwo"
    assert list(named(taken).values()) == [REPORT, "Two"]


def test_attached_reports_are_documents_of_their_own_and_others_are_noted():
    made = mail()
    made.add_attachment(pdf(SECOND), maintype="application", subtype="pdf", filename="statement.pdf")
    made.add_attachment(b"\x89PNG....", maintype="image", subtype="png", filename="map.png")
    inner = mail("An older message said that three people had died in the town.", subject="Older")
    made.add_attachment(inner)
    first, second, third = taken_of(made.as_bytes(), "a.eml")
    assert any("map.png (image/png)" in note for note in first.notes)
    assert (second.item.given_id, second.item.text) == ("a.eml!statement.pdf", SECOND)
    assert (second.item.published, second.item.source.name) == ("2024-05-04T10:00:00+02:00", "ministry.invalid")
    assert third.item.title == "Older"


def test_messages_in_messages_end_at_the_cap():
    made = mail("The innermost message is never reached by the reader of these messages.")
    for _ in range(4):
        outer = mail()
        outer.add_attachment(made)
        made = outer
    items = [taken.item for taken in taken_of(made.as_bytes(), "a.eml")]
    assert [isinstance(item, Document) for item in items] == [True, True, False]
    assert (items[2].kind, "nested" in items[2].reason) == ("Refused", True)


def test_a_mailbox_gives_each_message_and_a_broken_one_loses_no_other():
    messages = [mail().as_bytes(), mail("").as_bytes(), mail(SECOND + "\nFrom here on it was quiet.").as_bytes().replace(b"\nFrom here", b"\n>From here")]
    raw = b"\n".join(b"From x@y.invalid Sat May  4 10:00:00 2024\n" + one for one in messages)
    first, broken, third = taken_of(raw, "a.mbox")
    assert first.item.given_id == "a.mbox:1"
    assert (broken.item.what, broken.item.kind) == ("a.mbox:2", "EmptyReport")
    assert third.item.text.startswith(SECOND)
    assert first.raw in raw


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (mail("").as_bytes(), "EmptyReport"),
        (b"Subject: x\nMessage-ID: <a>\n\n", "EmptyReport"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\n\n" * 200, "TooLarge"),
        (b"".join(b"Content-Type: multipart/mixed; boundary=b%d\nMIME-Version: 1.0\n\n--b%d\n" % (one, one) for one in range(1_200)), "Refused"),
    ],
)
def test_reasons(raw, kind):
    assert failure(raw, "a.eml", IntakeSettings(caps=Caps(members=100))).kind == kind


@pytest.mark.parametrize(
    "headers",
    [
        b"Subject: =?utf-8?b?////?= =?nonsense?q?x?=\n",
        b"Subject: =?utf-8?q?" + b"=FF" * 2_000 + b"?=\n",
        b"Date: the day before\nFrom: <<>>@,;\n",
        b'From: "' + b"(" * 5_000 + b"\n",
        b"Content-Type: text/plain; charset=nonsense\n",
        b'Content-Type: text/plain; charset="' + b"\xff" * 50 + b'"\n',
        b"Content-Transfer-Encoding: base64\nContent-Type: text/plain\n",
        b"Content-Disposition: attachment; filename*=utf-8''%FF%00.pdf\n",
    ],
)
def test_broken_headers_do_not_raise(headers):
    for name in ("a.eml", "b.txt"):
        assert taken_of(b"MIME-Version: 1.0\n" + headers + b"\n" + REPORT.encode(), name)


def test_size_cap():
    assert failure(mail().as_bytes(), "a.eml", IntakeSettings(limit=100)).kind == "TooLarge"
    assert SETTINGS.caps == Caps()
