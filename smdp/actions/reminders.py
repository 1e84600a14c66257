"""The emails that remind schools and hubs: each of one thing once, whoever runs this how often."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from engagement.homes import hub_contact_of
from hubportal.kit import letters
from schools.models import Membership, School
from schools.roles import Role
from smdp import reminding
from smdp.models import Reminder, Summary
from smdp.reminding import Reason


def send_due(*, on: date) -> int:
    """Send what is due on a day and was not sent, to the leaders of each school and, in one email each, to those who
    look after the schools at their hubs; how many emails went. Four queries a school, and five statements for each
    thing that is new.

    Who has no address, or no account, is asked again the next day: what nobody got is not written down as sent. That a
    reminder goes is written down before it does, so that a worker that is killed sends none twice."""
    sent = 0
    of_hubs: dict[str, list[Reason]] = {}
    for reason in (
        reminding.of_summary(each, on) for each in Summary.objects.to_renew(on).order_by("school__name_key")
    ):
        sent += _to_school(reason, on)
        contact = hub_contact_of(reason.school, on)
        for address in contact.to if contact else []:
            of_hubs.setdefault(address, []).append(reason)
    for address, reasons in of_hubs.items():
        sent += _to_hub(address, reasons)
    return sent


def _to_school(reason: Reason, on: date) -> int:
    leaders = leaders_of(reason.school, on)
    if not leaders or not _new(Reminder.To.SCHOOL, [reason]):
        return 0
    letters.send("smdp/email/summary_due.txt", to=leaders, context=_context([reason]) | {"school": reason.school})
    return len(leaders)


def _to_hub(address: str, reasons: list[Reason]) -> int:
    new = _new(Reminder.To.HUB, reasons)
    if not new:
        return 0
    letters.send("smdp/email/summaries_due.txt", to=[address], context=_context(new))
    return 1


@transaction.atomic
def _new(to: str, reasons: Iterable[Reason]) -> list[Reason]:
    """Of these the ones that were not sent yet, written down as sent now. Two statements each."""
    at = timezone.now()
    return [
        each
        for each in reasons
        if Reminder.objects.get_or_create(school=each.school, to=to, about=each.about, defaults={"sent_at": at})[1]
    ]


def _context(reasons: list[Reason]) -> dict:
    rows = [(each, settings.BASE_URL + reverse("smdp:summary-detail", args=[each.school.urn])) for each in reasons]
    return {"rows": rows, "first": rows[0]}


def leaders_of(school: School, on: date) -> list[str]:
    """The addresses of a school's leaders who can sign in. One query."""
    rows = Membership.objects.current(on).filter(school=school, role=Role.SCHOOL_LEADER, user__is_active=True)
    return sorted(set(rows.values_list("user__email", flat=True)))
