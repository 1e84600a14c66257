"""Writing the hub's catalogue: an offer is made, changed, taken off, put back; never deleted, since reports name it."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from engagement.models import Criterion, Offer
from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.access import today
from schools.models import Hub, School

FIELDS = (
    *("title", "strand", "description", "for_whom", "phases", "criteria_codes"),
    *("delivered_by", "partner", "organisation", "cost", "when", "begins_on", "ends_on", "link"),
)


def create(*, hub: Hub, values: Mapping[str, Any], by: User) -> Offer:
    """Add an offer, on offer from now. `values` holds the fields in `FIELDS`. Raises ValidationError for a title that
    the hub has already, another hub's partner or organisation, both at once, a last day before the first, and an
    unknown phase or criterion. Four queries, and one more with an organisation."""
    return _write(Offer(hub=hub), values)


def edit(*, offer: Offer, values: Mapping[str, Any], by: User) -> Offer:
    """Rewrite an offer; reports that were shared keep the words they had. Raises as `create` does. Four queries."""
    return _write(offer, values)


def take_off(*, offer: Offer, by: User) -> bool:
    """Not on offer any more: schools no longer see it. Says whether this press did it. One statement."""
    return bool(Offer.objects.filter(pk=offer.pk, is_current=True).update(is_current=False))


def put_back(*, offer: Offer, by: User) -> bool:
    """On offer again. Says whether this press did it. One statement."""
    return bool(Offer.objects.filter(pk=offer.pk, is_current=False).update(is_current=True))


def _write(offer: Offer, values: Mapping[str, Any]) -> Offer:
    for name in FIELDS:
        setattr(offer, name, values[name])
    offer.title = " ".join(offer.title.split())
    if not offer.title:
        raise ValidationError({"title": "Enter the title"})
    if offer.partner and offer.partner.hub_id != offer.hub_id:
        raise ValidationError({"partner": f"{offer.partner} is not a partner of {offer.hub}."})
    _check_organisation(offer)
    if offer.begins_on and offer.ends_on and offer.ends_on < offer.begins_on:
        raise ValidationError({"ends_on": f"The last day must be {long_date(offer.begins_on)}, the first, or later"})
    _check_codes(offer.phases, School.Phase.values, "phases", "phase")
    known = Criterion.objects.filter(code__in=offer.criteria_codes).values_list("code", flat=True)
    _check_codes(offer.criteria_codes, set(known), "criteria_codes", "criterion")
    taken = Offer.objects.filter(hub=offer.hub, title__iexact=offer.title).exclude(pk=offer.pk)
    if taken.exists():
        raise ValidationError({"title": _taken(offer)})
    try:
        with transaction.atomic():
            offer.save()
    except IntegrityError as error:
        raise ValidationError({"title": _taken(offer)}) from error
    return offer


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
    return f"{offer.hub} has an offer called “{offer.title}” already. Choose another title, or change that one"
