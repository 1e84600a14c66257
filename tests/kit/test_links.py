"""Signed links: what opens, what never spends them, and how a code is guarded."""

import re
import smtplib
import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import timezone

from hubportal.accounts.models import User
from hubportal.kit import links
from hubportal.kit.links import CodeResult
from hubportal.kit.models import LinkCode, LinkOpening, SignedLink

TARGET = uuid.UUID(int=1)


@pytest.fixture
def ann(db):
    return User.objects.create_user("ann@people.example", name="Ann Archer")


@pytest.fixture
def made(ann):
    return links.make(
        purpose="read", target=TARGET, email="office@school.example", name="Sam Ray", by=ann, expires_at=in_days(30)
    )


@pytest.fixture
def link(made):
    return made[0]


@pytest.fixture(autouse=True)
def templates(settings):
    said = {"s.txt": "Your code\nfor {{ what }}", "b.txt": "{{ code }} for {{ link.name }}, {{ minutes }} minutes"}
    engine = {**settings.TEMPLATES[0], "APP_DIRS": False, "DIRS": []}
    engine["OPTIONS"] = {"loaders": [("django.template.loaders.locmem.Loader", said)]}
    settings.TEMPLATES = [engine]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def in_days(days):
    return timezone.now() + timedelta(days=days)


def send(link, at=None):
    return links.send_code(
        link=link, subject_template="s.txt", body_template="b.txt", context={"what": "a report"}, at=at
    )


def sent_digits():
    return re.match(r"\d{6}", mail.outbox[-1].body).group()


def request():
    made = RequestFactory().get("/")
    made.session = SessionStore()
    return made


def test_make_keeps_only_a_hash_of_the_token(made):
    link, token = made
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    kept = [str(value) for value in SignedLink.objects.values_list().get(pk=link.pk)]
    assert not any(token in value for value in kept)


def test_make_that_has_expired_already_is_refused(ann):
    with pytest.raises(ValidationError):
        links.make(purpose="read", target=TARGET, email="a@b.example", by=ann, expires_at=in_days(-1))


def test_find_a_living_link_in_one_query(made, django_assert_num_queries):
    link, token = made
    with django_assert_num_queries(1):
        assert links.find(token, "read") == link


@pytest.mark.parametrize("token", ["", "x", "é" * 43, "\ud800", "a" * 5000])
def test_look_up_of_an_unknown_token(link, token):
    assert links.look_up(token=token, purpose="read") == links.LookUp(None, "unknown")


def test_look_up_for_another_purpose_is_unknown(made):
    assert links.look_up(token=made[1], purpose="write").problem == "unknown"


def test_look_up_of_an_expired_link(made):
    link, token = made
    assert links.look_up(token=token, purpose="read", at=link.expires_at).problem == "expired"
    assert links.find(token, "read", at=link.expires_at - timedelta(seconds=1)) == link


def test_look_up_of_a_revoked_link_even_when_expired(made, ann):
    link, token = made
    assert links.revoke(link=link, by=ann, reason="Wrong school")
    assert links.look_up(token=token, purpose="read").problem == "revoked"
    assert links.look_up(token=token, purpose="read", at=in_days(60)).problem == "revoked"
    assert set(links.PROBLEMS) == {"unknown", "expired", "revoked"}


def test_revoke_twice_keeps_the_first_reason(link, ann):
    assert links.revoke(link=link, by=ann, reason="First")
    assert not links.revoke(link=link, by=ann, reason="Second")
    link.refresh_from_db()
    assert (link.revoked_reason, link.revoked_by) == ("First", ann)


def test_revoke_all_ends_the_links_of_one_target_only(made, ann):
    other, _ = links.make(purpose="read", target=uuid.UUID(int=2), email="a@b.example", by=ann, expires_at=in_days(1))
    links.make(purpose="read", target=TARGET, email="c@b.example", by=ann, expires_at=in_days(1))
    assert links.revoke_all(purpose="read", target=TARGET, by=ann, reason="Withdrawn") == 2
    assert list(SignedLink.objects.alive(timezone.now())) == [other]


def test_move_end_lets_the_links_of_its_targets_open_until_another_day(made, ann):
    link, _ = made
    other, _ = links.make(purpose="read", target=uuid.UUID(int=2), email="a@b.example", by=ann, expires_at=in_days(1))
    gone, _ = links.make(purpose="read", target=TARGET, email="c@b.example", by=ann, expires_at=in_days(1))
    links.revoke(link=gone, by=ann, reason="Left")
    end = in_days(9)
    assert links.move_end(purpose="read", targets=[TARGET], expires_at=end) == 1
    ends = dict(SignedLink.objects.values_list("pk", "expires_at"))
    assert ends == {link.pk: end, other.pk: other.expires_at, gone.pk: gone.expires_at}
    with pytest.raises(ValidationError, match="expire in the future"):
        links.move_end(purpose="read", targets=[TARGET], expires_at=in_days(-1))


def test_record_opening_spends_nothing(made):
    link, token = made
    for _ in range(3):
        links.record_opening(link=links.find(token, "read"))
    seen = links.openings(link)
    assert seen.count == 3
    assert seen.first <= seen.last
    assert links.find(token, "read") == link
    assert LinkOpening.objects.count() == 3


def test_openings_of_a_link_never_opened(link):
    assert links.openings(link) == links.Openings(0, None, None)


def test_send_code_goes_to_the_link_s_own_address(link):
    send(link)
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["office@school.example"], "Your code for a report")
    assert re.fullmatch(r"\d{6} for Sam Ray, 15 minutes", message.body)
    assert sent_digits() not in LinkCode.objects.get().code_hash


def test_send_code_six_times_in_an_hour_is_refused(link):
    now = timezone.now()
    for minute in range(5):
        send(link, at=now + timedelta(minutes=minute))
    with pytest.raises(ValidationError, match="We have sent 5 codes in the last hour"):
        send(link, at=now + timedelta(minutes=59))
    send(link, at=now + timedelta(minutes=61))
    assert len(mail.outbox) == 6


def test_send_code_for_a_dead_link_is_refused(link, ann):
    links.revoke(link=link, by=ann, reason="Wrong school")
    with pytest.raises(ValidationError, match="withdrawn"):
        send(link)
    assert mail.outbox == []


def test_send_code_when_mail_fails_says_so_and_does_not_count(link, monkeypatch):
    def fail(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(links, "send_mail", fail)
    with pytest.raises(ValidationError, match="could not be sent"):
        send(link)
    assert LinkCode.objects.count() == 0


def test_check_code_accepts_it_once(link):
    send(link)
    digits = sent_digits()
    assert links.check_code(link=link, code=f" {digits[:3]}-{digits[3:]} ") is CodeResult.ACCEPTED
    assert links.check_code(link=link, code=digits) is CodeResult.NONE_SENT


def test_check_code_before_any_was_sent(link):
    assert links.check_code(link=link, code="000000") is CodeResult.NONE_SENT


def test_check_code_wrong_five_times_ends_it_even_for_the_right_one(link):
    send(link)
    wrong = f"{(int(sent_digits()) + 1) % 1_000_000:06}"
    assert [links.check_code(link=link, code=wrong) for _ in range(5)] == [CodeResult.WRONG] * 5
    assert links.check_code(link=link, code=sent_digits()) is CodeResult.TOO_MANY
    send(link)
    assert links.check_code(link=link, code=sent_digits()).accepted


def test_check_code_after_fifteen_minutes(link):
    code = send(link)
    assert (
        links.check_code(link=link, code=sent_digits(), at=code.sent_at + timedelta(minutes=15)) is CodeResult.EXPIRED
    )
    assert links.check_code(link=link, code=sent_digits(), at=code.sent_at + timedelta(minutes=14)).accepted


def test_check_code_of_an_earlier_email_or_another_link(link, ann):
    send(link)
    first = sent_digits()
    other, _ = links.make(purpose="read", target=TARGET, email="c@b.example", by=ann, expires_at=in_days(1))
    send(other)
    assert links.check_code(link=link, code=sent_digits()) is (
        CodeResult.ACCEPTED if first == sent_digits() else CodeResult.WRONG
    )


@pytest.mark.parametrize("code", ["", "abc", "١٢٣٤٥٦", "0" * 4000, "\0"])
def test_check_code_of_nonsense_is_wrong(link, code):
    send(link)
    assert links.check_code(link=link, code=code).words.startswith("That is not the code")


def test_granted_for_twelve_hours_to_this_session_only(link):
    now = timezone.now()
    visitor, stranger = request(), request()
    assert not links.granted(visitor, link)
    links.grant(visitor, link, at=now)
    assert links.granted(visitor, link, at=now + timedelta(hours=11, minutes=59))
    assert not links.granted(visitor, link, at=now + timedelta(hours=12))
    assert not links.granted(stranger, link)


def test_granted_ends_when_the_link_does(link, ann):
    visitor = request()
    links.grant(visitor, link)
    assert links.granted(visitor, link)
    links.revoke(link=link, by=ann, reason="Wrong school")
    link.refresh_from_db()
    assert not links.granted(visitor, link)


def test_grant_changes_the_session_s_key(link):
    visitor = request()
    visitor.session.create()
    before = visitor.session.session_key
    links.grant(visitor, link)
    assert visitor.session.session_key != before
