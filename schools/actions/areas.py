"""Local government reorganisation: an authority ends, others begin, and the hubs' areas follow on that day.

The schools themselves follow from the register, which says of each which authority it is in. What was added by hand
is in no register: a platform administrator gives it its new authority.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.models import Commission, Hub, HubArea, LocalAuthority, RegisterChange, School
from schools.querysets import HubAreaQuerySet, holds_on


@dataclass(frozen=True)
class Heir:
    """A new authority and the hub that covers it; None for no hub."""

    authority: LocalAuthority
    hub: Hub | None


@dataclass(frozen=True)
class HeirPreview:
    """What becomes of one new authority. `moved`: open schools that the register has moved there from the old one;
    `there`: all open schools there. `is_covered` already by that hub, so that nothing begins."""

    heir: Heir
    moved: int
    there: int
    is_covered: bool


@dataclass
class Replacement:
    """What would happen. `remaining`: open schools that the register still has under the old authority: from that day
    no hub sees them until the register has moved them. `by_hand`: open ones that the register
    never moves, since they were added by hand."""

    old: LocalAuthority
    on: date
    ends: HubArea | None = None
    heirs: list[HeirPreview] = field(default_factory=list)
    remaining: int = 0
    by_hand: list[School] = field(default_factory=list)
    commissions: list[Commission] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def preview_replacement(*, old: LocalAuthority, heirs: Sequence[Heir], on: date) -> Replacement:
    """What replacing an authority on a day would do, with everything that stands in its way. Changes nothing. Four
    queries, and four for each new authority."""
    found = Replacement(old, on)
    areas = HubArea.objects.select_related("hub", "authority")
    found.ends = areas.filter(Q(ends_on=None) | Q(ends_on__gte=on), authority=old, starts_on__lt=on).first()
    if found.ends is None:
        found.problems.append(f"No hub covers {old.name} until {long_date(on)}, so there is nothing to hand on.")
    if late := areas.filter(authority=old, starts_on__gte=on).first():
        found.problems.append(f"{late.hub} is to cover {old.name} from {long_date(late.starts_on)}. Change that first.")
    if len({heir.authority.pk for heir in heirs}) < len(heirs):
        found.problems.append("A new authority is named twice.")
    for heir in heirs:
        found.heirs.append(_preview_heir(found, heir, areas))
    there = School.objects.open().filter(authority=old)
    found.remaining = there.exclude(source=School.Source.MANUAL).count()
    found.by_hand = list(there.filter(source=School.Source.MANUAL).order_by("name_key", "urn"))
    if found.ends:
        held = Commission.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), authority=old, starts_on__lt=on)
        found.commissions = list(held.filter(partner__hub=found.ends.hub).select_related("partner"))
    return found


def _preview_heir(found: Replacement, heir: Heir, areas: HubAreaQuerySet) -> HeirPreview:
    authority, on = heir.authority, found.on
    if authority == found.old:
        found.problems.append(f"{authority.name} cannot take its own place.")
    now = areas.filter(holds_on(on), authority=authority).first()
    if now is not None and now.hub != heir.hub:
        found.problems.append(f"{now.hub} covers {authority.name} on {long_date(on)}. End that first.")
    later = areas.filter(authority=authority, starts_on__gt=on).first()
    if now is None and later is not None and heir.hub is not None:
        said = f"{later.hub} is to cover {authority.name} from {long_date(later.starts_on)}. Change that first."
        found.problems.append(said)
    open_there = School.objects.open().filter(authority=authority)
    came = RegisterChange.objects.filter(kind=RegisterChange.Kind.AUTHORITY, authority_before=found.old)
    return HeirPreview(
        heir=heir,
        moved=open_there.filter(pk__in=came.values("school")).count(),
        there=open_there.count(),
        is_covered=now is not None and now.hub == heir.hub,
    )


@transaction.atomic
def replace_authority(*, old: LocalAuthority, heirs: Sequence[Heir], on: date, by: User) -> Replacement:
    """End a hub's time in an authority on a day, and begin the times of the new authorities that day. What a partner of
    the hub was entrusted with in the whole of the old authority goes over to the new ones of the same hub. The tables'
    history keeps who did it. Raises ValidationError with everything that stands in its way."""
    list(LocalAuthority.objects.select_for_update().filter(pk__in={old.pk, *(heir.authority.pk for heir in heirs)}))
    found = preview_replacement(old=old, heirs=heirs, on=on)
    if not heirs:
        found.problems.append("Name at least one new authority.")
    if found.problems or found.ends is None:
        raise ValidationError(found.problems)
    if found.ends.ends_on is None or found.ends.ends_on > on:
        found.ends.ends_on = on
        found.ends.save(update_fields=["ends_on"])
    for each in found.heirs:
        if each.heir.hub is not None and not each.is_covered:
            HubArea.objects.create(hub=each.heir.hub, authority=each.heir.authority, starts_on=on)
    for commission in found.commissions:
        _hand_on(commission, [heir for heir in heirs if heir.hub == found.ends.hub], on)
    return found


def _hand_on(commission: Commission, heirs: Sequence[Heir], on: date) -> None:
    """End a commission of the whole old authority, and begin one for each new authority, with the same end."""
    ends_on, commission.ends_on = commission.ends_on, on
    commission.save(update_fields=["ends_on"])
    for heir in heirs:
        Commission.objects.create(
            partner_id=commission.partner_id,
            authority=heir.authority,
            purpose=commission.purpose,
            starts_on=on,
            ends_on=ends_on,
        )
