"""Writing the hub's catalogue: an offer is made, changed, taken off, put back, carried into another year; never
deleted, since reports name it."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from engagement.models import Criterion, Guide, MetRole, Offer
from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.access import today
from schools.models import Hub, School

FIELDS = (
    *("year", "title", "strand", "description", "for_whom", "phases", "types", "fewest_pupils", "most_pupils"),
    *("roles", "staff", "criteria_codes", "comes_after", "comes_before", "school_improvement"),
    *("access_notes", "adapted_instruments", "pupil_premium", "signposts"),
    *("delivered_by", "partner", "organisation", "capacity", "cost", "is_charged", "remission"),
    *("when", "begins_on", "ends_on", "link"),
)
# Money other than nothing: "£0 this year" asks for none, "£0 with Pupil Premium; otherwise £12" does.
AMOUNT = re.compile(r"£\s*(?!0+(?:\.0+)?(?![\d.,]))\d", re.ASCII)


CARRIED_MEANWHILE = "Some of these have been carried over meanwhile, so nothing was carried now. Look at the list again"


def asks_for_money(cost: str) -> bool:
    """Whether the words of a cost name an amount."""
    return bool(AMOUNT.search(cost))


def create(*, hub: Hub, values: Mapping[str, Any], by: User, opens: bool = True) -> Offer:
    """Add an offer, on offer from now unless it is kept back. `values` holds fields in `FIELDS`, the usual for those it
    leaves out. Raises ValidationError for a title that the hub has in that year already, another hub's partner or
    organisation, both at once, a last day before the first, and an unknown phase, kind, role, page or criterion. Six
    queries at the most."""
    return _write(Offer(hub=hub, is_current=opens, opened_on=today() if opens else None), values)


def edit(*, offer: Offer, values: Mapping[str, Any], by: User) -> Offer:
    """Rewrite an offer; reports that were shared keep the words they had. Raises as `create` does. Six queries at the
    most."""
    return _write(offer, values)


def take_off(*, offer: Offer, by: User) -> bool:
    """Not on offer any more: schools no longer see it. Says whether this press did it. One statement."""
    return bool(Offer.objects.filter(pk=offer.pk, is_current=True).update(is_current=False))


def put_back(*, offer: Offer, by: User) -> bool:
    """On offer again. Says whether this press did it. One statement."""
    opened = Coalesce(F("opened_on"), today())
    return bool(Offer.objects.filter(pk=offer.pk, is_current=False).update(is_current=True, opened_on=opened))


def open_year(*, hub: Hub, year: int, by: User) -> int:
    """Put on offer all of a year that is still being prepared; what was taken off stays off. Says how many. One
    statement."""
    rows = Offer.objects.filter(hub=hub, year=year, is_current=False, opened_on=None)
    return rows.update(is_current=True, opened_on=today())


def carry(*, hub: Hub, offers: Collection[Offer], into: int, by: User, opens: bool = False) -> list[Offer]:
    """Make these offers of the hub's again for another academic year, with their words and terms, but without their
    days, which are another year's. Not on offer before somebody puts them there, unless `opens`. Raises ValidationError
    for another hub's, and where one has been carried already or the year has its title. Three queries."""
    if any(each.hub_id != hub.pk or each.year >= into for each in offers):
        raise ValidationError("Choose offers of an earlier year of this hub.")
    there = {title.casefold() for title in Offer.objects.filter(hub=hub, year=into).values_list("title", flat=True)}
    if any(each.title.casefold() in there for each in offers):
        raise ValidationError(CARRIED_MEANWHILE)
    kept = [name for name in FIELDS if name not in ("year", "begins_on", "ends_on")]
    rows = [
        Offer(
            hub=hub,
            year=into,
            carried_from=each,
            is_current=opens,
            opened_on=today() if opens else None,
            **{name: getattr(each, name) for name in kept},
        )
        for each in offers
    ]
    try:
        with transaction.atomic():
            return Offer.objects.bulk_create(rows)
    except IntegrityError as error:
        raise ValidationError(CARRIED_MEANWHILE) from error


def _write(offer: Offer, values: Mapping[str, Any]) -> Offer:
    for name in FIELDS:
        if name in values:
            setattr(offer, name, values[name])
    offer.title = " ".join(offer.title.split())
    if not offer.title:
        raise ValidationError({"title": "Enter the title"})
    if offer.partner and offer.partner.hub_id != offer.hub_id:
        raise ValidationError({"partner": f"{offer.partner} is not a partner of {offer.hub}."})
    _check_organisation(offer)
    if offer.begins_on and offer.ends_on and offer.ends_on < offer.begins_on:
        raise ValidationError({"ends_on": f"The last day must be {long_date(offer.begins_on)}, the first, or later"})
    _check_terms(offer)
    _check_codes(offer.phases, School.Phase.values, "phases", "phase")
    _check_codes(offer.types, Offer.Type.values, "types", "kind of school")
    _check_codes(offer.signposts, Guide.Code.values, "signposts", "page")
    if offer.roles:
        roles = MetRole.objects.filter(code__in=offer.roles).values_list("code", flat=True)
        _check_codes(offer.roles, set(roles), "roles", "role")
    known = Criterion.objects.filter(code__in=offer.criteria_codes).values_list("code", flat=True)
    _check_codes(offer.criteria_codes, set(known), "criteria_codes", "criterion")
    taken = Offer.objects.filter(hub=offer.hub, year=offer.year, title__iexact=offer.title).exclude(pk=offer.pk)
    if taken.exists():
        raise ValidationError({"title": _taken(offer)})
    try:
        with transaction.atomic():
            offer.save()
    except IntegrityError as error:
        raise ValidationError({"title": _taken(offer)}) from error
    return offer


def _check_terms(offer: Offer) -> None:
    if offer.capacity == 0:
        raise ValidationError({"capacity": "Enter 1 or more, or leave it empty for as many as want it"})
    if offer.fewest_pupils and offer.most_pupils and offer.most_pupils < offer.fewest_pupils:
        raise ValidationError({"most_pupils": f"Enter {offer.fewest_pupils}, the fewest, or more"})
    if offer.is_charged and not offer.cost:
        raise ValidationError({"cost": "Say what schools pay"})
    if not offer.is_charged and asks_for_money(offer.cost):
        raise ValidationError({"is_charged": "The cost names an amount: tick this, or take the amount out"})


def _check_organisation(offer: Offer) -> None:
    if offer.organisation is None:
        return
    if offer.partner:
        raise ValidationError({"organisation": "Choose a partner or an organisation, not both"})
    if not School.objects.organisations().in_hubs({offer.hub_id}, today()).filter(pk=offer.organisation.pk).exists():
        raise ValidationError({"organisation": f"{offer.organisation} is not an organisation of {offer.hub}."})


def _check_codes(codes: list[str], known: Collection[str], field: str, noun: str) -> None:
    if unknown := [code for code in codes if code not in known]:
        raise ValidationError({field: f"There is no {noun} “{unknown[0]}”."})


def _taken(offer: Offer) -> str:
    return (
        f"{offer.hub} has an offer called “{offer.title}” in {offer.year_words} already. "
        "Choose another title, or change that one"
    )
