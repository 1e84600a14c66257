"""What the managers of a hub are to see to in its catalogue, for the Today page."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from engagement.models import Guide, Offer
from engagement.models.guides import GOOD_FOR
from engagement.worklist import WorkItem
from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year, count
from schools.access import access_of

NEXT_YEAR_FROM = (6, 1)  # month and day from which the next year's catalogue is asked for


def pages_to_check(user: User, on: date) -> Iterable[WorkItem]:
    """The hub's own pages for schools that nobody has compared with their source for a year. Those that it never
    checked the list of pages names. One query, none for others."""
    managed = access_of(user).managed_hub_ids
    if not managed:
        return
    rows = Guide.objects.visible_to(user).filter(hub__in=managed, checked_on__lt=on - GOOD_FOR)
    old: dict[int, list[date]] = {}
    for hub_id, checked_on in rows.order_by("checked_on").values_list("hub_id", "checked_on"):
        old.setdefault(hub_id, []).append(checked_on or on)
    for hub_id, days in old.items():
        yield WorkItem(
            group="music",
            title="Pages for schools",
            href=reverse("engagement:guide-list"),
            reason=f"{count(len(days), 'page')} {'was' if len(days) == 1 else 'were'} last checked over a year ago.",
            since=days[0] + GOOD_FOR,
            action="See which",
            action_href=reverse("engagement:guide-list"),
            key=f"guides:{hub_id}",
            hub_id=hub_id,
            is_managers=True,
            matter=str(len(days)),
        )


def catalogue_to_carry(user: User, on: date) -> Iterable[WorkItem]:
    """A year without a single offer, while the year before has some: this year, and from June the next. One query, none
    for others."""
    managed = access_of(user).managed_hub_ids
    if not managed:
        return
    year = academic_year(on)
    years = [year, year + 1] if on >= date(year + 1, *NEXT_YEAR_FROM) else [year]
    rows = Offer.objects.visible_to(user).filter(hub__in=managed, year__gte=year - 1).order_by("hub__name", "year")
    had: dict[tuple[int, str], set[int]] = {}
    for hub_id, slug, of_year in rows.values_list("hub_id", "hub__slug", "year").distinct():
        had.setdefault((hub_id, slug), set()).add(of_year)
    for (hub_id, slug), found in had.items():
        empty = [each for each in years if each not in found and each - 1 in found]
        if empty:
            address = reverse("engagement:offer-carry", query={"hub": slug, "into": empty[0]})
            yield WorkItem(
                group="music",
                title="The catalogue of offers",
                href=address,
                reason=f"It holds nothing for {empty[0]} to {empty[0] + 1} yet. Carry over what you offer again.",
                since=min(date(empty[0], 9, 1), on),
                action="Carry over",
                action_href=address,
                key=f"catalogue:{hub_id}",
                hub_id=hub_id,
                is_managers=True,
                matter=str(empty[0]),
            )


PROVIDERS = (pages_to_check, catalogue_to_carry)
