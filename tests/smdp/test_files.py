"""Pictures and documents in a section: what is taken and what is not, who reads them, and how they go."""

import io
import re
import struct
import tracemalloc
import zipfile
import zlib

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from schools.models import School
from smdp.actions import files, plans
from smdp.models import PlanFile
from tests.smdp.factories import attach_picture, make_summary, picture

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TOO_LARGE = "The file is larger than 10 MB. Make it smaller, or put it into several"
NOT_ONE = "This is not a PDF, a Word document (.docx) or a JPEG, PNG or WebP picture"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def word_file(**parts: bytes) -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(f"word/{name}.bin", data)
    return out.getvalue()


def huge_png(side: int) -> bytes:
    """A picture that says it has so many pixels a side, in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def send(user, plan, data: bytes, *, name: str = "choir.jpg", words: str = "Our choir", consent: str = "agreed"):
    address = reverse("smdp:file-add", args=[plan.uuid, "vision"])
    post = {"file": SimpleUploadedFile(name, data), "description": words, "consent": consent}
    return signed_in(user).post(address, post)


def on_disk(folder) -> list:
    return [each for each in folder.rglob("*") if each.is_file()]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("choir.jpg", picture("JPEG"), "jpeg"),
        ("choir.png", picture("PNG"), "png"),
        ("choir.webp", picture("WEBP"), "webp"),
        ("policy.pdf", PDF, "pdf"),
        ("policy.docx", word_file(), "docx"),
        ("policy.exe", PDF, "pdf"),
        ("no ending", picture("JPEG"), "jpeg"),
    ],
)
def test_file_is_kept_by_what_its_bytes_are_and_handed_out_as_that(plan, lead, name, data, kind):
    assert send(lead, plan, data, name=name).status_code == 302
    file = PlanFile.objects.get()
    assert (file.kind, file.added_by) == (kind, lead)
    response = signed_in(lead).get(file.get_absolute_url())
    assert response["Content-Type"] == file.content_type
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Disposition"].rstrip('"').endswith(f".{kind}")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content)
    page = signed_in(lead).get(plan.section_url("vision")).text
    assert file.name_out in page


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("policy.pdf", b"MZ\x90\x00" + b"\0" * 300, NOT_ONE),
        ("choir.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", NOT_ONE),
        ("choir.gif", picture("GIF"), NOT_ONE),
        ("policy.pdf", b"Only words", NOT_ONE),
        ("policy.pdf", b"", "The file is empty. Choose another"),
        ("policy.pdf", PDF[:30], "This PDF is damaged or not whole"),
        ("policy.pdf", PDF + word_file() + PDF, "a PDF and something else at once"),
        ("choir.jpg", picture()[:200], "This picture is damaged"),
        ("choir.png", huge_png(30_000), "more than 60 million pixels"),
        ("choir.png", huge_png(8_000), "more than 60 million pixels"),
        ("bomb.docx", word_file(a=b"\0" * 101 * 1024**2), "unpacks to more than 100 MB"),
        ("macros.docx", word_file(vbaProject=b"1"), "This Word document has macros"),
        ("policy.docx", word_file()[:-200], "damaged"),
        (f"{'a' * 296}.pdf", PDF, "The file’s name is longer than 200 characters"),
    ],
)
def test_file_that_is_not_taken_is_told_in_one_sentence_and_the_words_stay(plan, lead, folder, name, data, sentence):
    response = send(lead, plan, data, name=name, words="Our choir in the hall")
    assert response.status_code == 400
    assert sentence in response.text
    assert response.text.count("govuk-error-message") == 1
    assert "Our choir in the hall" in response.text
    assert not PlanFile.objects.exists()
    assert not on_disk(folder)


class Sending(io.RawIOBase):
    """What a browser sends, of which the middle is so many zeros that nobody has made."""

    def __init__(self, head: bytes, zeros: int, tail: bytes) -> None:
        self.head, self.zeros, self.tail = io.BytesIO(head), zeros, io.BytesIO(tail)

    def read(self, size: int = -1) -> bytes:
        if data := self.head.read(size):
            return data
        if self.zeros:
            size = min(self.zeros, 64 * 1024 if size < 0 else size)
            self.zeros -= size
            return b"\0" * size
        return self.tail.read(size)


def test_attachment_of_200_mb_never_lies_in_memory_and_is_told_as_too_large(plan, lead, folder):
    head = (
        b'--edge\r\nContent-Disposition: form-data; name="description"\r\n\r\nOur choir\r\n'
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="film.pdf"\r\n\r\n'
    )
    size, tail = 200 * 1024**2, b"\r\n--edge--\r\n"
    sent = {
        "wsgi.input": Sending(head, size, tail),
        "CONTENT_LENGTH": len(head) + size + len(tail),
        "CONTENT_TYPE": "multipart/form-data; boundary=edge",
    }
    client, address = signed_in(lead), reverse("smdp:file-add", args=[plan.uuid, "vision"])
    tracemalloc.start()
    try:
        response = client.generic("POST", address, **sent)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert response.status_code == 400
    assert re.findall("The file [^<]*", response.text)[:1] == [TOO_LARGE], re.findall("govuk-error.*", response.text)
    assert "Our choir" in response.text
    assert most < 30 * 1024**2
    assert not on_disk(folder)


def test_name_with_a_path_is_only_a_name(plan, lead, folder):
    send(lead, plan, PDF, name="..\\..\\windows/../etc/policy.pdf")
    assert PlanFile.objects.get().name == "policy.pdf"
    (kept,) = on_disk(folder)
    assert kept.name == f"{PlanFile.objects.get().uuid}.pdf"


def test_picture_is_kept_without_where_it_was_taken_or_anything_behind_it(plan, lead, folder):
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0)})
    data = picture(exif=exif, comment=b"Pupil's name", size=(60, 20)) + word_file(secret=b"hidden")
    assert send(lead, plan, data).status_code == 302
    (kept,) = on_disk(folder)
    with Image.open(kept) as shown:
        assert shown.size == (20, 60)
        assert not dict(shown.getexif())
        assert "comment" not in shown.info
    assert not zipfile.is_zipfile(kept)
    assert b"name" not in kept.read_bytes()


def test_large_picture_is_made_smaller(plan, lead, folder):
    send(lead, plan, picture(size=(4000, 1000)))
    with Image.open(on_disk(folder)[0]) as shown:
        assert shown.size == (2560, 640)


def test_picture_asks_for_consent_and_a_document_does_not(plan, lead):
    response = send(lead, plan, picture(), consent="")
    assert response.status_code == 400
    assert "Say whether the people in this picture have agreed" in response.text
    assert "You chose choir.jpg. Choose it again" in response.text
    send(lead, plan, picture(), consent="agreed")
    send(lead, plan, PDF, name="policy.pdf", consent="agreed")
    rows = {each.kind: each for each in PlanFile.objects.all()}
    assert (rows["jpeg"].consent, rows["jpeg"].added_by, rows["pdf"].consent) == ("agreed", lead, "")
    assert "or a parent or carer, has agreed" in signed_in(lead).get(plan.section_url("vision")).text


def test_same_file_sent_twice_is_kept_once(plan, lead, folder):
    for _ in range(2):
        send(lead, plan, PDF, name="policy.pdf")
    assert PlanFile.objects.count() == len(on_disk(folder)) == 1


def test_plan_without_room_says_so(plan, lead, settings):
    settings.ATTACHED_MOST_A_PLAN = 1
    send(lead, plan, PDF, name="policy.pdf")
    assert "The plan has 1 file already. Remove one first" in send(lead, plan, picture()).text
    settings.ATTACHED_MOST_A_PLAN, settings.ATTACHED_MOST_BYTES_A_PLAN = 9, 100
    assert "Remove one first" in send(lead, plan, picture()).text


def test_closed_school_takes_no_file(plan, lead, school):
    School.objects.filter(pk=school.pk).update(status=School.Status.CLOSED)
    assert send(lead, plan, PDF).status_code == 403
    assert not PlanFile.objects.exists()


def test_hub_reads_a_file_once_it_is_shared_and_the_version_keeps_it(plan, head, lead, officer, folder):
    file = attach_picture(plan, "Our choir", by=lead)
    assert signed_in(officer).get(file.get_absolute_url()).status_code == 404
    version = plans.share(plan=plan, by=head)
    files.remove(file=file, by=lead)
    page = signed_in(officer).get(version.get_absolute_url()).text
    assert 'alt="Our choir"' in page
    assert signed_in(officer).get(file.get_absolute_url()).status_code == 200
    assert "Our choir" not in signed_in(lead).get(plan.section_url("vision")).text
    assert on_disk(folder)


def test_file_alone_is_something_new_to_share(plan, head, lead):
    plans.share(plan=plan, by=head)
    attach_picture(plan, "Our choir", by=lead)
    version = plans.share(plan=plan, by=head)
    assert version.number == 2
    changes = signed_in(head).get(reverse("smdp:version-compare", args=[plan.uuid])).text
    assert "Vision: pictures and documents" in changes


def test_removed_before_it_was_shared_is_gone_at_once(plan, lead, folder, django_capture_on_commit_callbacks):
    file = attach_picture(plan, "Our choir", by=lead)
    with django_capture_on_commit_callbacks(execute=True):
        response = signed_in(lead).post(reverse("smdp:file-remove", args=[file.uuid]), follow=True)
    assert "choir.jpg is deleted" in response.text
    assert not on_disk(folder)
    file.refresh_from_db()
    assert (file.removed_by, file.erased_by) == (lead, lead)
    assert signed_in(lead).get(file.get_absolute_url()).status_code == 404


def test_leader_deletes_it_from_versions_too_and_they_say_so(
    plan, head, lead, officer, folder, django_capture_on_commit_callbacks
):
    file = attach_picture(plan, "Our choir", by=lead)
    version = plans.share(plan=plan, by=head)
    remove = reverse("smdp:file-remove", args=[file.uuid])
    assert "Delete it everywhere" not in signed_in(lead).get(remove).text
    assert signed_in(head).post(remove, {}).status_code == 400
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in(head).post(remove, {"where": "everywhere"}).status_code == 302
    assert not on_disk(folder)
    page = signed_in(officer).get(version.get_absolute_url()).text
    assert "deleted on" in page and "by Ruth Pell" in page and "<img" not in page
    assert signed_in(head).get(remove).status_code == 403


def test_no_file_reaches_the_public_summary(plan, head, lead):
    for section in plan.sections.all():
        attach_picture(plan, f"Picture in {section.key}", by=lead, key=section.key)
    plans.adopt(plan=plan, presented_on=plan.begun_at.date(), by=head)
    make_summary(plan, by=head)
    names = [str(each.uuid) for each in PlanFile.objects.all()]
    assert len(names) > 9
    for address in ("smdp:summary-public", "smdp:summary-embed"):
        page = Client().get(reverse(address, args=[plan.school.urn])).text
        assert "Picture in" not in page and "choir.j" not in page
        assert not [each for each in names if each in page]
    for each in PlanFile.objects.all():
        assert Client().get(each.get_absolute_url()).status_code == 302


def test_section_with_many_files_costs_what_one_costs(plan, lead):
    client, counts = signed_in(lead), []
    for number in (1, 5):
        for at in range(number):
            attach_picture(plan, f"Choir {number} {at}", by=lead)
        client.get(plan.section_url("vision"))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(plan.section_url("vision"))
        counts.append(len(seen))
    assert counts[0] == counts[1]
