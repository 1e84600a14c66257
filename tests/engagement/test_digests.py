"""One email with what is due: to whom, when, what it says, and that it comes once."""

from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from engagement.digests import reading, sending
from engagement.digests.letter import token_of
from engagement.models import Digest, DigestWish
from schools.access import today
from tests.cast import WORDS, Cast

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
How, State = DigestWish.How, Digest.State


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"No such mailbox\nhere")})


class Away(EmailBackend):
    def send_messages(self, messages):
        raise SMTPServerDisconnected("gone")


class Killed(EmailBackend):
    """The worker dies while it talks to the mail server."""

    def send_messages(self, messages):
        raise KeyboardInterrupt


def _backend(settings, backend: type) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"


def _only(cast: Cast, who: str, on: date = MONDAY) -> Digest:
    """The row of one person alone."""
    return Digest.objects.create(user=cast[who], day=on)


@pytest.mark.parametrize(
    ("how", "on", "day"),
    [
        (How.DAILY, WEDNESDAY, WEDNESDAY),
        (How.DAILY, MONDAY + timedelta(days=5), None),
        (How.WEEKLY, MONDAY, MONDAY),
        (How.WEEKLY, TUESDAY, MONDAY),
        (How.WEEKLY, WEDNESDAY, None),
        (How.NEVER, MONDAY, None),
    ],
)
def test_day_of(how, on, day):
    assert sending.day_of(how, on) == day


def test_who_hears_on_a_monday(cast):
    sending.wish(user=cast["hub_manager"], how=How.NEVER)
    sending.write_down(on=today() + timedelta(days=7 - today().weekday()))
    heard = set(Digest.objects.values_list("user__email", flat=True))
    wanted = ("hub_officer", "partner_officer", "school_leader", "acknowledging_editor", "other_hub_manager")
    assert {cast[who].email for who in wanted} <= heard
    assert heard.isdisjoint(
        cast[who].email for who in ("hub_manager", "hub_viewer", "relationship_manager", "nobody", "former_person")
    )


def test_writing_down_twice_changes_nothing_and_weekly_is_one_a_week(cast):
    sending.write_down(on=MONDAY)
    number = Digest.objects.count()
    assert sending.write_down(on=MONDAY) == 0
    assert sending.write_down(on=TUESDAY) == 0
    assert Digest.objects.count() == number


def test_on_a_wednesday_only_who_wants_it_daily(cast):
    sending.wish(user=cast["hub_officer"], how=How.DAILY)
    sending.write_down(on=WEDNESDAY)
    assert list(Digest.objects.values_list("user", "day")) == [(cast["hub_officer"].pk, WEDNESDAY)]


def test_one_that_did_not_go_on_its_day_gives_way_to_the_next(cast):
    sending.wish(user=cast["hub_officer"], how=How.DAILY)
    row = _only(cast, "hub_officer", TUESDAY)
    sending.write_down(on=WEDNESDAY)
    row.refresh_from_db()
    assert (row.state, row.words) == (State.REFUSED, sending.TOO_LATE)
    assert Digest.objects.get(user=cast["hub_officer"], state=State.WAITING).day == WEDNESDAY


def test_officer_gets_one_email_with_what_today_says(cast):
    on = today()
    row = _only(cast, "hub_officer", on)
    found = reading.chapters(cast["hub_officer"], on)
    assert sending.send_chunk(on=on, at=AT) is False
    row.refresh_from_db()
    assert (row.state, row.sent_at, row.things) == (State.SENT, AT, reading.number_of(found))
    [letter] = mail.outbox
    assert letter.to == [cast["hub_officer"].email]
    assert letter.subject == f"{row.things} things wait for you"
    assert "Read and answer (" in letter.body and "- Millbrook" in letter.body
    stop = reverse("engagement:digest-stop", args=[token_of(cast["hub_officer"])])
    assert letter.body.count(stop) == 1
    assert letter.extra_headers["List-Unsubscribe"].endswith(f"{stop}>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_it_says_no_word_of_a_record_and_nothing_of_another_hub(cast):
    on = today()
    for who in ("hub_officer", "hub_manager", "school_leader", "partner_officer"):
        _only(cast, who, on)
    sending.send_chunk(on=on, at=AT)
    assert mail.outbox
    words = WORDS if isinstance(WORDS, (list, tuple, set)) else list(WORDS)
    for letter in mail.outbox:
        for word in words:
            assert str(word) not in letter.body
        assert cast.other_school.name not in letter.body


def test_school_leader_is_told_of_the_report(cast):
    on = today()
    [chapter] = reading.chapters(cast["school_leader"], on)
    assert chapter.heading == cast.millbrook.name
    assert chapter.path == reverse("engagement:school-home", query={"school": cast.millbrook.urn})


def test_nothing_due_sends_nothing(cast):
    row = _only(cast, "former_person")
    sending.send_chunk(on=MONDAY, at=AT)
    row.refresh_from_db()
    assert (row.state, row.sent_at, mail.outbox) == (State.NOTHING, None, [])


def test_who_turned_it_off_meanwhile_gets_none(cast):
    row = _only(cast, "hub_officer", today())
    sending.wish(user=cast["hub_officer"], how=How.NEVER)
    sending.send_chunk(on=today(), at=AT)
    row.refresh_from_db()
    assert (row.state, mail.outbox) == (State.NOTHING, [])


def test_refusal_is_kept_with_the_servers_words_and_not_tried_again(cast, settings):
    _backend(settings, Refusing)
    row = _only(cast, "hub_officer", today())
    sending.send_chunk(on=today(), at=AT)
    row.refresh_from_db()
    assert (row.state, row.words, row.sent_at) == (State.REFUSED, "550 No such mailbox here", None)
    assert not Digest.objects.to_do(AT + timedelta(days=1)).exists()


@pytest.mark.parametrize("backend", [Away, Killed])
def test_what_did_not_go_goes_later_and_once(cast, settings, backend):
    usual = settings.EMAIL_BACKEND
    _backend(settings, backend)
    row = _only(cast, "hub_officer", today())
    if backend is Killed:
        with pytest.raises(KeyboardInterrupt):
            sending.send_chunk(on=today(), at=AT)
    else:
        sending.send_chunk(on=today(), at=AT)
    row.refresh_from_db()
    assert (row.state, row.tries) == (State.WAITING, 1)
    settings.EMAIL_BACKEND = usual
    sending.send_chunk(on=today(), at=AT + sending.LEASE / 2)  # still the first worker's
    assert mail.outbox == []
    for _ in range(2):
        sending.send_chunk(on=today(), at=AT + sending.LEASE * 2)
    assert len(mail.outbox) == 1


def test_a_mail_server_away_for_good_is_said(cast):
    row = _only(cast, "hub_officer", today())
    Digest.objects.update(tries=sending.MOST_TRIES)
    sending.send_chunk(on=today(), at=AT)
    row.refresh_from_db()
    assert row.state == State.REFUSED
    assert row.words.startswith("The mail server could not be reached")


def test_own_setting_on_the_account_page(cast, client):
    client.force_login(cast["school_leader"])
    assert "Once a week, on Monday" in client.get("/account/").content.decode()
    assert client.post("/account/emails/", {"how": "hourly"}).status_code == 200
    client.post("/account/emails/", {"how": "daily"})
    assert sending.wish_of(cast["school_leader"]) == How.DAILY
    assert "Every working day" in client.get("/account/").content.decode()


def test_link_turns_off_only_by_a_press(cast, client):
    address = reverse("engagement:digest-stop", args=[token_of(cast["hub_officer"])])
    assert "Turn them off" in client.get(address).content.decode()
    assert sending.wish_of(cast["hub_officer"]) == How.WEEKLY
    client.post(address, {"List-Unsubscribe": "One-Click"})
    assert sending.wish_of(cast["hub_officer"]) == How.NEVER
    assert "Turn them on again" in client.get(address).content.decode()
    client.post(address, {"again": "yes"})
    assert sending.wish_of(cast["hub_officer"]) == How.WEEKLY
