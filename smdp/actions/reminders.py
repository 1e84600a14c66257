"""The emails that remind schools and hubs: each of one thing once, whoever runs this how often."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from engagement.homes import hub_contact_of
from hubportal.kit import letters
from schools.models import Membership, School
from schools.roles import Role
from smdp import reminding
from smdp.models import Plan, PlanElsewhere, Reminder, Summary
from smdp.reminding import Reason


def send_due(*, on: date) -> int:
    """Send what is due on a day and was not sent; how many emails went.

    Who has no address, or no account, is asked again the next day: what nobody got is not written down as sent. That a
    reminder goes is written down before it does, so that a worker that is killed sends none twice."""
    return _summaries(on) + _kept_elsewhere(on) + _check_ins(on)


def _summaries(on: date) -> int:
    """To the leaders of each school whose public summary is to be renewed and, in one email each, to those who look
    after the schools at their hubs. Four queries a school, and five statements for each thing that is new."""
    sent = 0
    of_hubs: dict[str, list[Reason]] = {}
    for reason in (
        reminding.of_summary(each, on) for each in Summary.objects.to_renew(on).order_by("school__name_key")
    ):
        sent += _to_school("smdp/email/summary_due.txt", reason, on, _summary_path(reason.school))
        contact = hub_contact_of(reason.school, on)
        for address in contact.to if contact else []:
            of_hubs.setdefault(address, []).append(reason)
    for address, reasons in of_hubs.items():
        sent += _to_hub(address, reasons)
    return sent


def _kept_elsewhere(on: date) -> int:
    """To the leaders of each school whose plan, kept elsewhere, is to be gone through. One query, and six statements
    for each plan."""
    rows = PlanElsewhere.objects.standing().filter(review_on__lte=on, school__status__in=School.OPEN_STATUSES)
    sent = 0
    for plan in rows.select_related("school").order_by("school__name_key", "pk"):
        if reason := reminding.of_kept(plan, on):
            sent += _to_school("smdp/email/elsewhere_due.txt", reason, on, plan.get_absolute_url())
    return sent


def _check_ins(on: date) -> int:
    """To the leaders of each school whose plan in force is to be reviewed, or has a priority of which nothing was noted
    this term: once a term. Three queries for each hundred schools that were not sent it yet, and six statements for
    each of those that are to get it."""
    told = Reminder.objects.filter(school=OuterRef("school"), to=Reminder.To.SCHOOL, about=reminding.check_in_about(on))
    rows = Plan.objects.in_force(on).filter(~Exists(told)).select_related("school")
    rows = rows.order_by("school_id", "-year", "-begun_at").distinct("school_id")
    rows = rows.prefetch_related("versions__notes")
    sent = 0
    for plan in rows.iterator(chunk_size=100):
        versions = list(plan.versions.all())
        notes = [note for each in versions for note in each.notes.all()]
        if reason := reminding.of_check_in(plan, versions, notes, on):
            sent += _to_school("smdp/email/check_in_due.txt", reason, on, versions[0].check_in_url)
    return sent


def _to_school(letter: str, reason: Reason, on: date, path: str) -> int:
    leaders = leaders_of(reason.school, on)
    if not leaders or not _new(Reminder.To.SCHOOL, [reason]):
        return 0
    context = {"reason": reason, "school": reason.school, "url": settings.BASE_URL + path}
    letters.send(letter, to=leaders, context=context)
    return len(leaders)


def _to_hub(address: str, reasons: list[Reason]) -> int:
    new = _new(Reminder.To.HUB, reasons)
    if not new:
        return 0
    rows = [(each, settings.BASE_URL + _summary_path(each.school)) for each in new]
    letters.send("smdp/email/summaries_due.txt", to=[address], context={"rows": rows, "first": rows[0]})
    return 1


def _summary_path(school: School) -> str:
    return reverse("smdp:summary-detail", args=[school.urn])


@transaction.atomic
def _new(to: str, reasons: Iterable[Reason]) -> list[Reason]:
    """Of these the ones that were not sent yet, written down as sent now. Two statements each."""
    at = timezone.now()
    return [
        each
        for each in reasons
        if Reminder.objects.get_or_create(school=each.school, to=to, about=each.about, defaults={"sent_at": at})[1]
    ]


def leaders_of(school: School, on: date) -> list[str]:
    """The addresses of a school's leaders who can sign in. One query."""
    rows = Membership.objects.current(on).filter(school=school, role=Role.SCHOOL_LEADER, user__is_active=True)
    return sorted(set(rows.values_list("user__email", flat=True)))
