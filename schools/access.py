"""What a person's current memberships open. Read once a request: `request.user` is a new object each time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from hubportal.accounts.models import User
from schools.roles import HUB_STAFF, PARTNER_PEOPLE, SCHOOL_PEOPLE, Role


@dataclass(frozen=True)
class Access:
    """The current memberships of one person, by role."""

    memberships: tuple

    def ids(self, scope: str, roles: Iterable[str]) -> set[int]:
        """Ids of organisations of kind `scope` (hub, partner, school, trust) where the person holds one of `roles`."""
        wanted = set(roles)
        return {getattr(m, f"{scope}_id") for m in self.memberships if m.role in wanted}

    def has(self, *roles: str) -> bool:
        return any(m.role in roles for m in self.memberships)

    @property
    def hub_ids(self) -> set[int]:
        """Hubs whose staff the person is."""
        return self.ids("hub", HUB_STAFF)

    @property
    def hubs(self) -> list[Any]:
        """The same hubs, by name. No query."""
        return sorted({m.hub for m in self.memberships if m.hub_id in self.hub_ids}, key=lambda hub: hub.name)

    @property
    def writing_hub_ids(self) -> set[int]:
        """Hubs in which the person may write: managers and officers, not viewers."""
        return self.ids("hub", (Role.HUB_MANAGER, Role.HUB_OFFICER))

    @property
    def served_hub_ids(self) -> set[int]:
        """Hubs for which the person does an officer's work: their own, and those of the partners they are officers
        of."""
        officers = {m.partner.hub_id for m in self.memberships if m.role == Role.PARTNER_OFFICER}
        return self.writing_hub_ids | officers

    @property
    def worked_hub_ids(self) -> set[int]:
        """Hubs for which the person works: as their staff, or for one of their partners."""
        return self.hub_ids | {m.partner.hub_id for m in self.memberships if m.partner}

    @property
    def managed_hub_ids(self) -> set[int]:
        return self.ids("hub", (Role.HUB_MANAGER,))

    @property
    def funded_hub_ids(self) -> set[int]:
        """Hubs that the person looks after for the funder."""
        return self.ids("hub", (Role.RELATIONSHIP_MANAGER,))

    @property
    def partner_ids(self) -> set[int]:
        """Partners for which the person works, as officer or staff."""
        return self.ids("partner", PARTNER_PEOPLE)

    @property
    def officer_partner_ids(self) -> set[int]:
        return self.ids("partner", (Role.PARTNER_OFFICER,))

    @property
    def school_ids(self) -> set[int]:
        """Schools whose leader, editor or viewer the person is."""
        return self.ids("school", SCHOOL_PEOPLE)

    @property
    def writing_school_ids(self) -> set[int]:
        """Schools whose leader or editor the person is."""
        return self.ids("school", (Role.SCHOOL_LEADER, Role.SCHOOL_EDITOR))

    @property
    def led_school_ids(self) -> set[int]:
        return self.ids("school", (Role.SCHOOL_LEADER,))

    @property
    def viewed_school_ids(self) -> set[int]:
        """Schools whose viewer (governor) the person is."""
        return self.ids("school", (Role.SCHOOL_VIEWER,))

    @property
    def trust_ids(self) -> set[int]:
        return self.ids("trust", (Role.TRUST_LEADER,))


NO_ACCESS = Access(memberships=())


def today() -> date:
    """The date in England."""
    return timezone.localdate()


def access_of(user: User | AnonymousUser) -> Access:
    """The person's memberships that hold today, with their organisations. One query the first time, none after it."""
    if not user.is_authenticated or not user.is_active:
        return NO_ACCESS
    if "_access" not in user.__dict__:
        user.__dict__["_access"] = Access(memberships=tuple(user.memberships.current(today()).with_organisations()))
    return user.__dict__["_access"]
