"""The people who do an officer's work for a hub: its managers and officers, and its partners' officers; and the pages
about them, which managers read of everybody and everybody of themselves."""

from django.urls import reverse

from hubportal.accounts.models import User
from schools.access import access_of
from schools.actions.relationships import may_own
from schools.models import Hub, Membership
from schools.roles import Role

# Of each kind of page: its words and the name of its URL for a manager (the team) and for an officer (themselves).
PAGES = (
    (("Time well spent", "engagement:time-spent-team"), ("Your time with schools", "engagement:time-spent-person")),
    (("Our readiness", "engagement:readiness-list"), ("Your training and joint visits", "engagement:readiness-detail")),
)


def members_of(hub: Hub) -> list[Membership]:
    """Each person once, by name, with their partner. One query."""
    found: dict[int, Membership] = {}
    for held in may_own(hub=hub).select_related("user", "partner", "hub").order_by("user__name", "pk"):
        found.setdefault(held.user_id, held)
    return list(found.values())


def pages_of(user: User) -> list[tuple[str, str]]:
    """Words and address of what a person may open: for each hub that they manage the team's pages, for others that they
    work for as officers their own. No query beyond the memberships."""
    held: dict[Hub, Membership] = {}
    for each in sorted(access_of(user).memberships, key=lambda each: each.pk):
        hub = each.partner.hub if each.role == Role.PARTNER_OFFICER else each.hub
        if each.role in (Role.HUB_MANAGER, Role.HUB_OFFICER, Role.PARTNER_OFFICER):
            held.setdefault(hub, each)
    found = []
    for hub, mine in sorted(held.items(), key=lambda pair: pair[0].name):
        leads = hub.pk in access_of(user).managed_hub_ids
        for team, own in PAGES:
            words, name = team if leads else own
            address = reverse(name, args=[hub.slug] if leads else [hub.slug, mine.uuid])
            found.append((f"{words}: {hub}" if len(held) > 1 else words, address))
    return found
