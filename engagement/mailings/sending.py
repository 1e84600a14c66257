"""Sends mailings, so many a minute, each email once. A worker that is killed leaves its row as it was, and the next one
takes it up after LEASE."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from engagement.consultations import inviting
from engagement.mailings.letter import SALT, SOURCE, letter
from engagement.models import Mailing, MailingRecipient, MailingStop
from hubportal.kit import letters
from schools import timeline
from schools.models import Hub, TimelineEntry

State = MailingRecipient.State
LEASE = timedelta(minutes=15)  # above the task's time limit: how long a row is left to the worker that took it up
MINUTE = timedelta(minutes=1)
MOST_TRIES = 12  # three hours of a mail server that is away
LOCK = 0x6D61696C  # "mail": the key of the advisory lock under which workers share out a minute


def send_some(*, at: datetime | None = None) -> int:
    """Send what may still go in this minute; how many were tried. Each costs some eight statements."""
    at = at or timezone.now()
    taken = _take(at)
    for number, pk in enumerate(taken):
        try:
            deliver(recipient_id=pk, at=at)
        except letters.MailServerAway:
            _put_back(taken[number + 1 :])
            return number + 1
    return len(taken)


def _take(at: datetime) -> list[int]:
    """Take up as many rows as the minute has room for. Only one worker at a time looks, so that together they keep to
    it; the rows are written down as taken before anything is sent."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        room = settings.MAILINGS_PER_MINUTE - MailingRecipient.objects.filter(tried_at__gt=at - MINUTE).count()
        if room <= 0:
            return []
        MailingRecipient.objects.to_do(at - LEASE).filter(tries__gte=MOST_TRIES).update(
            state=State.REFUSED, words=letters.MAIL_SERVER_AWAY
        )
        found = list(MailingRecipient.objects.to_do(at - LEASE).values_list("pk", flat=True)[:room])
        MailingRecipient.objects.filter(pk__in=found).update(tries=F("tries") + 1, tried_at=at)
    return found


def _put_back(pks: list[int]) -> None:
    """Those that were taken and not tried: the mail server is away."""
    waiting = MailingRecipient.objects.filter(pk__in=pks, state=State.WAITING)
    waiting.update(tries=F("tries") - 1, tried_at=None)


def deliver(*, recipient_id: int, at: datetime) -> None:
    """Send one, unless it was, its mailing was stopped, or they have unsubscribed. The row is held until the mail
    server has answered: a worker that is killed before that leaves it waiting, and a second try has the same
    Message-ID. Raises MailServerAway, and it waits."""
    ways = inviting.ways_for(recipient_id)
    with transaction.atomic():
        rows = MailingRecipient.objects.select_for_update(of=("self",)).select_related(
            "mailing__hub", "mailing__by", "mailing__consultation", "school"
        )
        row = rows.filter(pk=recipient_id, state=State.WAITING, mailing__state=Mailing.State.SENDING).first()
        if row is None:
            return
        if has_stopped(row.mailing.hub, row.email):
            row.state = State.UNSUBSCRIBED
        else:
            row.words = letters.post(letter(row, ways=ways))
            row.state = State.REFUSED
        if row.words or row.state == State.UNSUBSCRIBED:
            row.save(update_fields=["state", "words"])
        else:
            note_sent(row, at=at)


def note_sent(row: MailingRecipient, *, at: datetime) -> None:
    """Write down that one went, in its row and in the school's timeline. Four statements."""
    row.state, row.sent_at, row.tried_at = State.SENT, at, at
    row.save(update_fields=["state", "words", "sent_at", "tried_at"])
    _write_timeline(row)


def has_stopped(hub: Hub, email: str) -> bool:
    """Whether this address wants no mailings of this hub. One query."""
    return MailingStop.objects.filter(hub=hub, email=email.lower()).standing().exists()


def _write_timeline(row: MailingRecipient) -> None:
    """One entry a school and mailing, that names all to whom it went. It is no conversation and no attempt: nothing is
    counted by it. Three statements a school, and one."""
    sent = MailingRecipient.objects.filter(mailing=row.mailing, sent_at__isnull=False).order_by("name", "pk")
    for school in row.schools:
        there = sent.filter(Q(school=school) | Q(also_at=school)).distinct()
        timeline.write(
            hub=row.mailing.hub,
            school=school,
            source=f"{SOURCE}:{row.mailing.uuid}",
            kind=TimelineEntry.Kind.MAILING,
            audience=TimelineEntry.Audience.HUB,
            at=row.mailing.confirmed_at or timezone.now(),
            heading=f"Mailing: {row.subject}",
            detail=f"{row.mailing.by} to {', '.join(each.name for each in there)}",
            url=row.mailing.get_absolute_url(),
        )


def recipient_behind(token: str) -> MailingRecipient | None:
    """Whose link it is; None for any other words. One query."""
    try:
        uuid = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return MailingRecipient.objects.filter(uuid=uuid).select_related("mailing__hub").first()
