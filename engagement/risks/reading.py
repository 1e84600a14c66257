"""What a page of engagement risks shows: the records that can be named, who may take one on, how the list is headed."""

from django.db.models import Q, QuerySet

from engagement.models import Risk
from hubportal.accounts.models import User
from hubportal.kit.wording import count, short_date
from schools import timeline
from schools.access import today
from schools.models import Hub, Membership, School, TimelineEntry, TrustSchool
from schools.roles import Role

NAMED = 25  # entries of the timeline that a risk may name


def records_of(user: User, hub: Hub, school: School) -> list[tuple[TimelineEntry, str]]:
    """The newest entries of a school's timeline, each in words: "12 November: Challenging conversation". Risks do not
    show risks. One query."""
    entries = TimelineEntry.objects.visible_to(user).filter(school=school, hub=hub)
    rows = entries.exclude(kind=TimelineEntry.Kind.RISK)[:NAMED]
    return [(each, f"{short_date(each.at, today())}: {each.heading}") for each in rows]


def record_of(user: User, risk: Risk) -> tuple[str, str]:
    """The words and the address of the record that a risk names; no address where it is gone, or its page is not this
    person's. Three queries at the most."""
    if not risk.record_source:
        return "", ""
    rows = TimelineEntry.objects.visible_to(user).filter(
        hub=risk.hub_id, school=risk.school_id, source=risk.record_source
    )
    entry = rows.first()
    if entry is None or entry.source in timeline.closed_to(user, [entry]):
        return risk.record_words, ""
    return risk.record_words, entry.url


def managers_of(hub_id: int, *, but: User) -> QuerySet[Membership]:
    """Memberships of the hub's managers today, by name, without the person who asks. One query."""
    rows = Membership.objects.current(today()).filter(hub=hub_id, role=Role.HUB_MANAGER, user__is_active=True)
    return rows.exclude(user=but).select_related("user").order_by("user__name", "pk")


def trust_stay(school: School) -> TrustSchool | None:
    """The school's time in the trust that it is in today. One query."""
    on = today()
    rows = TrustSchool.objects.filter(Q(left_on=None) | Q(left_on__gt=on), school=school, joined_on__lte=on)
    return rows.select_related("trust").order_by("-joined_on").first()


def finding(matching: int, escalated: int, *, stands: bool) -> str:
    """ "3 engagement risks stand, 1 of them escalated"; "2 risks" of those that are resolved."""
    if not (stands and matching):
        return count(matching, "engagement risk")
    verb = "stands" if matching == 1 else "stand"
    return f"{count(matching, 'engagement risk')} {verb}{f', {escalated} of them escalated' if escalated else ''}"
