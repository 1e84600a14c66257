"""Sends what is due: a row for each person and day first, then each once. A worker that is killed leaves its row as it
was, and the next one takes it up after LEASE."""

from datetime import date, datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from engagement.digests.letter import SALT, letter
from engagement.digests.reading import chapters, number_of
from engagement.models import Digest, DigestWish
from hubportal.accounts.models import User
from hubportal.kit import letters
from schools.models import Membership
from schools.roles import Role

How, State = DigestWish.How, Digest.State
LEASE = timedelta(minutes=5)  # how long a row is left to the worker that took it up
MOST_TRIES = 12  # an hour of a mail server that is away
TOO_LATE = "It could not be sent on its day, and the next day’s took its place."
CHUNK = 50  # rows that one task works at
# Who has something due here: those who work at Today, and a school's leaders and editors.
READERS = (Role.HUB_MANAGER, Role.HUB_OFFICER, Role.PARTNER_OFFICER, Role.SCHOOL_LEADER, Role.SCHOOL_EDITOR)


def day_of(how: str, on: date) -> date | None:
    """Of which day a digest is that goes on `on`; None where none goes. Daily from Monday to Friday; weekly on Monday,
    or on Tuesday where Monday was missed."""
    if how == How.DAILY and on.weekday() < 5:
        return on
    if how == How.WEEKLY and on.weekday() < 2:
        return on - timedelta(days=on.weekday())
    return None


def write_down(*, on: date) -> int:
    """A row for everybody who is to hear today and has none yet; how many. Five queries, whatever the number."""
    readers = Membership.objects.current(on).filter(role__in=READERS, user__is_active=True).values("user_id")
    users = set(User.objects.filter(pk__in=readers).exclude(email="").values_list("pk", flat=True))
    wishes = dict(DigestWish.objects.filter(user__in=users).values_list("user_id", "how"))
    days = {pk: day for pk in users if (day := day_of(wishes.get(pk, How.WEEKLY), on))}
    had = set(Digest.objects.filter(user__in=days, day__in=set(days.values())).values_list("user_id", "day"))
    rows = [Digest(user_id=pk, day=day) for pk, day in sorted(days.items()) if (pk, day) not in had]
    Digest.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)  # beside another worker: the row decides
    again = [each.user_id for each in rows if each.day == on]
    late = Digest.objects.filter(user__in=again, day__lt=on, state=State.WAITING)
    late.update(state=State.REFUSED, words=TOO_LATE)  # today's says what is due today: nobody gets two
    return len(rows)


def send_chunk(*, on: date, at: datetime | None = None) -> bool:
    """Send up to CHUNK of the rows that wait; whether more may wait. Each costs what Today costs, and a few
    statements."""
    for _ in range(CHUNK):
        now = at or timezone.now()
        pk = _take(now)
        if pk is None:
            return False
        try:
            deliver(digest_id=pk, on=on, at=now)
        except letters.MailServerAway:
            return False  # the others wait for the next run too
    return True


def _take(at: datetime) -> int | None:
    """Take up the row that was tried least. Written down before anything is done with it, so that one that breaks a
    worker does not keep the others waiting."""
    with transaction.atomic():
        row = Digest.objects.to_do(at - LEASE).select_for_update(of=("self",), skip_locked=True).first()
        if row is None:
            return None
        if row.tries >= MOST_TRIES:
            Digest.objects.filter(pk=row.pk).update(state=State.REFUSED, words=letters.MAIL_SERVER_AWAY)
        Digest.objects.filter(pk=row.pk).update(tries=F("tries") + 1, tried_at=at)
        return row.pk


def deliver(*, digest_id: int, on: date, at: datetime) -> None:
    """Work one out and send it, unless it was. The row is held until the mail server has answered: a worker that is
    killed before that leaves it waiting. Raises MailServerAway, and it waits."""
    with transaction.atomic():
        rows = Digest.objects.select_for_update(of=("self",)).filter(pk=digest_id, state=State.WAITING)
        row = rows.select_related("user").first()
        if row is None:
            return
        found = chapters(row.user, on) if _is_wanted(row.user, on) else []
        row.things, row.state = number_of(found), State.NOTHING
        if found:
            row.words = letters.post(letter(row, found))
            row.state = State.REFUSED if row.words else State.SENT
            row.sent_at = None if row.words else at
        row.save(update_fields=["things", "state", "words", "sent_at"])


def _is_wanted(user: User, on: date) -> bool:
    """Whether nobody has turned it off, or left, since the row was written."""
    is_off = DigestWish.objects.filter(user=user, how=How.NEVER).exists()
    return user.is_active and not is_off and Membership.objects.current(on).filter(user=user).exists()


def user_behind(token: str) -> User | None:
    """Whose link it is; None for any other words. One query."""
    try:
        return User.objects.filter(pk=signing.loads(token, salt=SALT)).first()
    except signing.BadSignature:
        return None


def wish(*, user: User, how: str) -> None:
    """Keep how often a person wants it. Two statements."""
    DigestWish.objects.update_or_create(user=user, defaults={"how": How(how), "at": timezone.now()})


def wish_of(user: User) -> str:
    """How often; weekly where they said nothing. One query."""
    return next(iter(DigestWish.objects.filter(user=user).values_list("how", flat=True)), How.WEEKLY)
