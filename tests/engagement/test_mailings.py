"""Mailings: whom they reach, that they go once, what became of each, and the way out of them."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from engagement.actions import mailings as actions
from engagement.mailings import bounces, merging, sending
from engagement.mailings.letter import token_of
from engagement.models import Attempt, Conversation, Mailing, MailingRecipient, MailingStop
from schools.models import Contact, Relationship, TimelineEntry
from tests import factories as make
from tests.cast import Cast
from tests.engagement.mailbox import mailbox

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
State = MailingRecipient.State
TEXT = "Dear {first name},\n\nYour contact for {school} is {contact}."


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"5.1.1 No such mailbox")})


class Spam(EmailBackend):
    def send_messages(self, messages):
        raise SMTPDataError(554, b"Looks like spam")


class Later(EmailBackend):
    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (451, b"Try later")})


class Away(EmailBackend):
    def send_messages(self, messages):
        raise SMTPServerDisconnected("gone")


class Killed(EmailBackend):
    def send_messages(self, messages):
        raise KeyboardInterrupt


def _backend(settings, backend: type) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """Without the mailings that it has for the walk through every page."""
    Mailing.objects.all().delete()
    MailingStop.objects.all().delete()
    TimelineEntry.objects.filter(kind="mailing").delete()
    return cast


@pytest.fixture
def lead(cast: Cast) -> Contact:
    return make.make_contact(
        "Ada Ashby", hub=cast.hub, school=cast.ashby, email="Ada@ashby.example", is_music_lead=True, is_leader=False
    )


@pytest.fixture
def mailing(cast: Cast, lead: Contact) -> Mailing:
    """A draft to the music leads of the hub's schools."""
    return actions.begin(
        hub=cast.hub, by=cast["hub_officer"], subject="Singing at {school}", text=TEXT, whom="music-lead", query="",
        words="All our schools",
    )  # fmt: skip


@pytest.fixture
def officer(cast: Cast, client):
    client.force_login(cast["hub_officer"])
    return client


def _page(client, mailing: Mailing):
    return client.get(mailing.get_absolute_url())


def _confirm(client, mailing: Mailing, number: int | None = None):
    if number is None:
        number = len(_page(client, mailing).context["reach"].people)
    return client.post(reverse("engagement:mailing-confirm", args=[mailing.uuid]), {"number": number}, follow=True)


def _of(lead: Contact) -> MailingRecipient:
    return MailingRecipient.objects.get(contact=lead)


# --- Fields ----------------------------------------------------------------------------------------------------------


def test_merge_fills_every_field_once():
    assert merging.merge("{School}: { first  name }", {"school": "{hub}", "first name": "Ada"}) == "{hub}: Ada"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dear {frist name}", "“{frist name}” is no field. Did you mean {first name}?"),
        ("Dear {pet}", "“{pet}” is no field. The fields are {school}"),
        ("Dear {school", "A { or } stands alone."),
    ],
)
def test_unknown_field_is_refused(text, words):
    with pytest.raises(ValidationError) as problem:
        merging.check(text)
    assert problem.value.messages[0].startswith(words)


def test_unknown_field_is_said_beside_the_text_and_keeps_what_was_typed(officer):
    said = {"which": "all", "whom": "all", "subject": "Hello", "text": "Dear {pet}, we sing."}
    page = officer.post(reverse("engagement:mailing-create"), said)
    assert page.status_code == 400
    html = page.content.decode()
    assert "is no field" in html and "Dear {pet}, we sing." in html
    assert not Mailing.objects.exists()


# --- Whom ------------------------------------------------------------------------------------------------------------


def test_preview_shows_it_as_each_gets_it(officer, cast, mailing, lead):
    page = _page(officer, mailing)
    people = [each.contact.name for each in page.context["reach"].people]
    number = people.index("Ada Ashby") + 1
    page = officer.get(mailing.get_absolute_url(), {"as": number})
    subject, text = page.context["letter"]
    assert "As Ada Ashby gets it" in page.content.decode() and subject in page.content.decode()
    assert subject == f"Singing at {cast.ashby.name}" and text.startswith("Dear Ada,\n\nYour contact for ")
    assert mail.outbox == []


def test_it_reaches_nobody_of_another_hub(officer, cast, mailing):
    make.make_contact("Sam Sample", hub=cast.other_hub, school=cast.other_school, email="sam@sample.example",
                      is_music_lead=True)  # fmt: skip
    mailing.whom = "all"
    mailing.save()
    reach = _page(officer, mailing).context["reach"]
    assert {each.contact.hub_id for each in (*reach.people, *reach.stopped)} == {cast.hub.pk}
    assert cast.other_school not in reach.nobody


def test_who_left_or_has_no_address_gets_none(officer, cast, mailing, lead):
    Contact.objects.filter(pk=lead.pk).update(left_on=AT.date() - timedelta(days=400))
    make.make_contact("No Address", hub=cast.hub, school=cast.ashby, email="", is_music_lead=True)
    names = [each.contact.name for each in _page(officer, mailing).context["reach"].people]
    assert "Ada Ashby" not in names and "No Address" not in names


def test_each_address_once(officer, cast, mailing, lead):
    make.make_contact("Ada A", hub=cast.hub, school=cast.ashby, email="ada@ASHBY.example", is_music_lead=True)
    emails = [each.contact.email.lower() for each in _page(officer, mailing).context["reach"].people]
    assert emails.count("ada@ashby.example") == 1


def test_whoever_is_at_two_schools_gets_one_that_names_both(officer, cast, mailing, lead):
    make.make_contact("Ada Ashby", hub=cast.hub, school=cast.millbrook, email="ada@ashby.example", is_music_lead=True)
    both = "Ashby High School and Millbrook Junior School"
    [person] = [each for each in _page(officer, mailing).context["reach"].people if each.contact == lead]
    assert person.places == both
    assert not {cast.ashby, cast.millbrook} & set(_page(officer, mailing).context["reach"].nobody)
    _confirm(officer, mailing)
    sending.send_some(at=AT)
    [letter] = [each for each in mail.outbox if each.to[0].lower() == "ada@ashby.example"]
    assert letter.subject == f"Singing at {both}"
    for school in (cast.ashby, cast.millbrook):
        [entry] = TimelineEntry.objects.filter(school=school, kind="mailing")
        assert "Ada Ashby" in entry.detail
    for school in (cast.ashby, cast.millbrook):
        assert lead.email in officer.get(mailing.get_absolute_url(), {"q": school.name}).content.decode()


def test_a_refusal_is_shown_at_each_school_of_the_address(officer, cast, mailing, lead, settings):
    there = make.make_contact("Ada A", hub=cast.hub, school=cast.millbrook, email="ada@ashby.example",
                              is_music_lead=True)  # fmt: skip
    _confirm(officer, mailing)
    _backend(settings, Refusing)
    sending.send_some(at=AT)
    for page in (lead.get_absolute_url(), there.get_absolute_url()):
        assert "No such mailbox" in officer.get(page).content.decode()


def test_a_filter_that_is_gone_reaches_nobody_rather_than_everybody(officer, mailing):
    Mailing.objects.update(query="tag=999999")
    page = officer.get(mailing.get_absolute_url())
    assert page.context["reach"].people == []
    assert "asks for something that there is not any more" in page.content.decode()


def test_from_the_list_of_schools_with_what_is_ticked(officer, cast, lead):
    ticked = {"kind": "mailing", "which": "ticked", "schools": [cast.ashby.urn]}
    page = officer.post(reverse("schools:bulk-create"), ticked)
    assert page.url == f"{reverse('engagement:mailing-create')}?urn={cast.ashby.urn}"
    html = officer.get(page.url).content.decode()
    assert "Schools ticked one by one" in html
    said = {"which": "own", "whom": "music-lead", "subject": "S", "text": "T", "query": f"urn={cast.ashby.urn}"}
    officer.post(reverse("engagement:mailing-create"), said)
    reach = _page(officer, Mailing.objects.get()).context["reach"]
    assert [each.contact for each in reach.people] == [lead]


def test_to_a_saved_view(officer, cast, lead):
    view = cast.saved_views["shared"]
    said = {"which": str(view.uuid), "whom": "all", "subject": "S", "text": "T"}
    officer.post(reverse("engagement:mailing-create"), said)
    assert Mailing.objects.get().query == view.described.address().lstrip("?")


# --- Sending ---------------------------------------------------------------------------------------------------------


def test_a_double_click_sends_once(officer, mailing, lead, django_capture_on_commit_callbacks):
    number = len(_page(officer, mailing).context["reach"].people)
    first = _confirm(officer, mailing, number)
    second = _confirm(officer, mailing, number)
    assert "On its way to" in first.content.decode()
    assert "sent already" in second.content.decode()
    assert MailingRecipient.objects.count() == number
    for _ in range(3):
        sending.send_some(at=AT)
    assert len(mail.outbox) == number
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == number


def test_confirm_with_another_number_sends_nothing(officer, mailing, lead):
    page = _confirm(officer, mailing, 999)
    assert "has changed" in page.content.decode()
    assert not MailingRecipient.objects.exists()


def test_letter_is_answered_to_its_sender_and_leads_out(officer, cast, mailing, lead):
    _confirm(officer, mailing)
    sending.send_some(at=AT)
    [letter] = [each for each in mail.outbox if each.to == [lead.email]]
    address = reverse("engagement:mailing-unsubscribe", args=[token_of(_of(lead))])
    assert letter.subject == f"Singing at {cast.ashby.name}"
    assert letter.body.startswith("Dear Ada,")
    assert letter.reply_to == [cast["hub_officer"].email]
    assert letter.body.count(address) == 1
    assert letter.extra_headers["List-Unsubscribe"].endswith(f"{address}>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_so_many_a_minute(officer, cast, mailing, lead, settings):
    settings.MAILINGS_PER_MINUTE = 2
    for number in range(4):
        make.make_contact(f"Lead {number}", hub=cast.hub, school=cast.ashby, email=f"l{number}@ashby.example",
                          is_music_lead=True)  # fmt: skip
    _confirm(officer, mailing)
    assert sending.send_some(at=AT) == 2
    assert sending.send_some(at=AT + timedelta(seconds=59)) == 0
    assert sending.send_some(at=AT + timedelta(seconds=61)) == 2


def test_stands_in_the_timeline_and_is_no_contact(officer, cast, mailing, lead):
    before = list(Relationship.objects.order_by("pk").values())
    counts = Conversation.objects.count(), Attempt.objects.count()
    _confirm(officer, mailing)
    sending.send_some(at=AT)
    [entry] = TimelineEntry.objects.filter(school=cast.ashby, kind="mailing")
    assert (entry.heading, entry.hub) == (f"Mailing: Singing at {cast.ashby.name}", cast.hub)
    assert entry.detail == f"{cast['hub_officer']} to Ada Ashby"
    assert list(Relationship.objects.order_by("pk").values()) == before
    assert (Conversation.objects.count(), Attempt.objects.count()) == counts


@pytest.mark.parametrize(("backend", "words"), [(Refusing, "550 5.1.1 No such mailbox"), (Spam, "554 Looks like spam")])
def test_refusal_is_kept_in_the_servers_words_and_shown_at_the_contact(
    officer, cast, mailing, lead, settings, backend, words
):
    _confirm(officer, mailing)
    _backend(settings, backend)
    sending.send_some(at=AT)
    assert (_of(lead).state, _of(lead).words) == (State.REFUSED, words)
    assert not MailingRecipient.objects.to_do(AT + timedelta(days=1)).exists()
    words = words.split(" ", 2)[-1]  # without the numbers, in which lines may break
    for page in (cast.ashby.get_absolute_url(), lead.get_absolute_url(), mailing.get_absolute_url()):
        assert words in officer.get(page).content.decode()
    assert not TimelineEntry.objects.filter(kind="mailing").exists()
    lead.email = "new@ashby.example"  # another address has no history
    lead.save()
    assert words not in officer.get(cast.ashby.get_absolute_url()).content.decode()


@pytest.mark.parametrize("backend", [Later, Away, Killed])
def test_what_did_not_go_goes_later_and_once(officer, mailing, lead, settings, backend):
    usual = settings.EMAIL_BACKEND
    _confirm(officer, mailing)
    _backend(settings, backend)
    if backend is Killed:
        with pytest.raises(KeyboardInterrupt):
            sending.send_some(at=AT)
    else:
        sending.send_some(at=AT)
    assert set(MailingRecipient.objects.values_list("state", flat=True)) == {State.WAITING}
    settings.EMAIL_BACKEND = usual
    for hours in (1, 2):
        sending.send_some(at=AT + timedelta(hours=hours))
    assert sorted(letter.to for letter in mail.outbox) == sorted(
        [each] for each in MailingRecipient.objects.values_list("email", flat=True)
    )


def test_stopped_half_way(officer, mailing, lead, settings):
    settings.MAILINGS_PER_MINUTE = 1
    _confirm(officer, mailing)
    officer.post(reverse("engagement:mailing-halt", args=[mailing.uuid]))
    assert sending.send_some(at=AT) == 0
    assert mail.outbox == []


def test_to_oneself_first(officer, cast, mailing, lead):
    officer.post(reverse("engagement:mailing-test", args=[mailing.uuid]))
    [letter] = mail.outbox
    assert letter.to == [cast["hub_officer"].email]
    assert letter.subject.startswith("Test: Singing at ")
    assert not MailingRecipient.objects.exists()


def test_a_mailing_that_was_sent_is_not_changed(officer, mailing, lead):
    _confirm(officer, mailing)
    said = {"which": "all", "whom": "all", "subject": "Other", "text": "Other"}
    page = officer.post(reverse("engagement:mailing-edit", args=[mailing.uuid]), said)
    assert page.status_code == 400 and "sent already" in page.content.decode()
    assert officer.post(reverse("engagement:mailing-discard", args=[mailing.uuid]), follow=True).status_code == 200
    mailing.refresh_from_db()
    assert mailing.subject == "Singing at {school}"


# --- The way out -----------------------------------------------------------------------------------------------------


def test_unsubscribing_by_the_link(officer, client, cast, mailing, lead):
    _confirm(officer, mailing)
    sending.send_some(at=AT)
    address = reverse("engagement:mailing-unsubscribe", args=[token_of(_of(lead))])
    client.logout()
    assert client.get(address).status_code == 200
    assert not MailingStop.objects.exists(), "opening the link spends nothing"
    for _ in range(2):
        client.post(address, {"List-Unsubscribe": "One-Click"})
    assert MailingStop.objects.get().email == "ada@ashby.example"

    client.force_login(cast["hub_officer"])
    again = actions.begin(hub=cast.hub, by=cast["hub_officer"], subject="S", text="T", whom="all", query="", words="")
    reach = _page(client, again).context["reach"]
    assert [each.contact for each in reach.stopped] == [lead]
    assert lead not in [each.contact for each in reach.people]
    assert "No mailings" in client.get(cast.ashby.get_absolute_url()).content.decode()
    assert "ada@ashby.example" in client.get(reverse("engagement:mailing-stop-list")).content.decode()

    client.logout()
    client.post(address, {"again": "yes"})
    assert not MailingStop.objects.standing().exists()


def test_unsubscribing_stops_what_waits_and_another_hub_may_still_write(officer, cast, mailing, lead):
    _confirm(officer, mailing)
    actions.unsubscribe(hub=cast.hub, email="ADA@ashby.example")
    sending.send_some(at=AT)
    assert _of(lead).state == State.UNSUBSCRIBED
    assert [lead.email] not in [letter.to for letter in mail.outbox]
    assert sending.has_stopped(cast.hub, lead.email) and not sending.has_stopped(cast.other_hub, lead.email)


# --- What came back --------------------------------------------------------------------------------------------------

REPORT = """\
From: MAILER-DAEMON@mail.example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; ada@ashby.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User
    unknown

--b
Content-Type: {kind}

Message-ID: {message_id}
Subject: Singing

--b--
"""


def _report(message_id: str, action: str = "failed", kind: str = "text/rfc822-headers") -> bytes:
    return REPORT.format(message_id=message_id, action=action, kind=kind).encode()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_delivery_report_is_noted_at_the_contact(officer, cast, mailing, lead, kind):
    _confirm(officer, mailing)
    sending.send_some(at=AT)
    [letter] = [each for each in mail.outbox if each.to == [lead.email]]
    report = bounces.read_report(_report(letter.extra_headers["Message-ID"], kind=kind))
    assert report is not None and report.words == "550 5.1.1 User unknown"
    assert bounces.note(report) is True
    assert bounces.note(report) is False, "a report that comes twice changes nothing"
    assert _of(lead).state == State.BOUNCED
    assert "Email came back" in officer.get(cast.ashby.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Subject: Out of office\n\nI am away.",
        b"\xff\xfe\x00 not an email",
        _report("<somebody.else@example.org>"),
        _report("<mailing.not-a-uuid-but-thirty-six-characters@x>"),
        _report("<mailing.7d9a0f46-4bd6-4c70-9a2b-0d6f4c3a1e11@x>", action="delayed"),
    ],
)
def test_what_is_no_report_of_ours_is_passed_over(raw):
    assert bounces.read_report(raw) is None


def test_the_mailbox_is_read_once(officer, mailing, lead, settings):
    _confirm(officer, mailing)
    sending.send_some(at=AT)
    [letter] = [each for each in mail.outbox if each.to == [lead.email]]
    emails = [b"Subject: Out of office\n\nAway.", _report(letter.extra_headers["Message-ID"])]
    with mailbox(emails) as box:
        settings.BOUNCES_URL = box.url
        assert [bounces.read_mailbox(), bounces.read_mailbox()] == [1, 0]
        assert box.read == [1, 2]
    assert _of(lead).state == State.BOUNCED


def test_a_mailbox_that_does_not_answer_is_logged_without_its_password(settings, caplog):
    with mailbox([]) as box:
        settings.BOUNCES_URL = box.url.replace("quiet-word", "loud-word")
        assert bounces.read_mailbox() == 0
    settings.BOUNCES_URL = "imap://portal:loud-word@127.0.0.1:1/INBOX"
    assert bounces.read_mailbox() == 0
    assert caplog.text.count("could not be read") == 2
    assert "loud-word" not in caplog.text


def test_without_a_mailbox_nothing_is_read(settings):
    settings.BOUNCES_URL = ""
    assert bounces.read_mailbox() == 0


def test_list_costs_the_same_for_any_number(officer, cast, mailing, lead, django_assert_num_queries):
    address = reverse("engagement:mailing-list")
    officer.get(address)
    with django_assert_num_queries(6):
        officer.get(address)
    for _ in range(2):
        actions.begin(hub=cast.hub, by=cast["hub_manager"], subject="S", text="T", whom="all", query="", words="")
    with django_assert_num_queries(6):
        officer.get(address)
