"""The school asks its hub or its trust into a section of its plan, before it shares the whole."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from engagement.homes import hub_contact_of
from hubportal.kit import letters
from schools.access import today
from schools.models import Membership, School
from schools.roles import Role
from smdp import talking
from smdp.actions import plans
from smdp.asking import title_of
from smdp.models import Plan, PlanSection, SectionGuest, Side

if TYPE_CHECKING:
    from hubportal.accounts.models import User


@transaction.atomic
def invite(
    *, section: PlanSection, side: Side, may_write: bool, by: "User", at: datetime | None = None
) -> SectionGuest:
    """Let the school's hub or trust read a section as it is written, and write in it for the school where `may_write`.
    Whoever is a guest already becomes one on the new terms. Whoever looks after the school at the hub, or the trust's
    leaders, get an email, unless they wrote the invitation themselves. Raises ValidationError where the school has no
    such hub or trust. About eight statements."""
    at = at or timezone.now()
    PlanSection.objects.select_for_update().get(pk=section.pk)
    if side not in talking.outside(section.plan.school):
        raise ValidationError(f"Your school has no {side.label.lower()} in the portal now, so nobody can be asked.")
    standing = SectionGuest.objects.standing().filter(section=section, side=side).first()
    if standing and standing.may_write == may_write:
        return standing
    if standing:
        end(guest=standing, by=by, at=at)
    guest = SectionGuest.objects.create(section=section, side=side, may_write=may_write, invited_by=by, invited_at=at)
    transaction.on_commit(partial(_email_guest, guest))
    return guest


@transaction.atomic
def begin_for(
    *, school: School, year: int, years: int = 1, carry: bool = False, by: "User", at: datetime | None = None
) -> Plan:
    """The hub begins a plan on behalf of a school, and writes in every section of it, marked, until a leader of the
    school ends that. Of an earlier plan only what the school had shared goes over: the hub reads it here. Raises
    ValidationError and costs as `plans.begin`, and one statement more."""
    at = at or timezone.now()
    plan = plans.begin(school=school, year=year, years=years, carry=carry, as_shared=True, by=by, at=at)
    SectionGuest.objects.bulk_create(
        SectionGuest(section=each, side=Side.HUB, may_write=True, invited_by=by, invited_at=at)
        for each in plan.sections.all()
    )
    return plan


@transaction.atomic
def end(*, guest: SectionGuest, by: "User", at: datetime | None = None) -> None:
    """The guest reads and writes there no more. What it wrote and said stays. Ending twice changes nothing. One
    statement."""
    SectionGuest.objects.standing().filter(pk=guest.pk).update(ended_by=by, ended_at=at or timezone.now())


def _email_guest(guest: SectionGuest) -> None:
    section, plan = guest.section, guest.section.plan
    letters.send(
        "smdp/email/section_opened.txt",
        to=[each for each in _addresses(guest) if each != guest.invited_by.email],
        context={
            "guest": guest,
            "school": plan.school,
            "plan": plan,
            "side": "your hub" if guest.side == Side.HUB else "your trust",
            "title": title_of(section),
            "by": guest.invited_by,
            "url": settings.BASE_URL + reverse("smdp:comment-list", args=[plan.uuid, section.key]),
        },
        reply_to=guest.invited_by.email,
    )


def _addresses(guest: SectionGuest) -> list[str]:
    school = guest.section.plan.school
    if guest.side == Side.HUB:
        contact = hub_contact_of(school)
        return contact.to if contact else []
    leaders = Membership.objects.current(today()).filter(trust=talking.trust_of(school), role=Role.TRUST_LEADER)
    return sorted(set(leaders.filter(user__is_active=True).values_list("user__email", flat=True)))
