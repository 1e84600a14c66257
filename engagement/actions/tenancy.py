"""Whose record it is: the hub, and the partner where a partner's officer makes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from engagement.querysets import entrusted
from hubportal.accounts.models import User
from schools.access import access_of, today
from schools.models import Hub, Partner, School


@dataclass(frozen=True)
class Place:
    """The hub a record belongs to; `partner` is None when the hub's own staff make it."""

    hub: Hub
    partner: Partner | None


def place_of(schools: Sequence[School], *, by: User, on: date | None = None) -> Place:
    """Where a record about these schools belongs when this person makes it today.

    Raises ValidationError when a school is in no hub's area or not this person's to write about, and when the
    schools are not all in one hub's area. At most two queries a school and two more.
    """
    on = on or today()
    if not schools:
        raise ValidationError("Choose at least one school.")
    hubs = {hub for school in schools if (hub := Hub.objects.covering(school.authority_id, on).first())}
    writable = set(
        School.objects.writable_by(by, on).filter(pk__in=[each.pk for each in schools]).values_list("pk", flat=True)
    )
    for school in schools:
        if school.pk not in writable:
            raise ValidationError(f"{school.name} is not in your hub’s area, or not one of your schools.")
    if len(hubs) != 1:
        raise ValidationError("These schools are in the areas of different hubs. Log one conversation for each hub.")
    hub = hubs.pop()
    if hub.pk in access_of(by).writing_hub_ids:
        return Place(hub, None)
    return Place(hub, _partner(hub, schools, by, on))


def _partner(hub: Hub, schools: Sequence[School], by: User, on: date) -> Partner:
    """The partner, one of those the person is an officer of, that is entrusted with every one of the schools."""
    wanted = {each.pk for each in schools}
    for partner in Partner.objects.filter(hub=hub, pk__in=access_of(by).officer_partner_ids).order_by("pk"):
        held = School.objects.filter(pk__in=entrusted({partner.pk}, on)).filter(pk__in=wanted)
        if held.count() == len(wanted):
            return partner
    raise ValidationError("These schools are not all entrusted to one of your partners.")
