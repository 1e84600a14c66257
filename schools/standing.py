"""How a person meets one school: as its hub, as the partner entrusted with it, as the school itself, as its trust.

Pages of a school ask this once a request; permissions read it. `standing_of` fetches, everything else only compares.
"""

from dataclasses import dataclass

from hubportal.accounts.models import User
from schools.access import access_of, today
from schools.actions.relationships import may_own
from schools.models import Hub, Relationship, School
from schools.querysets import commissioned_schools
from schools.roles import Role


@dataclass(frozen=True, slots=True)
class Standing:
    """`hub` is the hub that covers the school's authority today, whoever asks (None where no hub does)."""

    hub: Hub | None
    is_hub_manager: bool = False
    is_hub_officer: bool = False
    is_hub_viewer: bool = False
    is_partner_officer: bool = False
    is_partner_staff: bool = False
    is_school_leader: bool = False
    is_school_editor: bool = False
    is_school_viewer: bool = False
    is_trust_leader: bool = False

    @property
    def is_hub_staff(self) -> bool:
        return self.is_hub_manager or self.is_hub_officer or self.is_hub_viewer

    @property
    def sees_engagement(self) -> bool:
        """What the hub says about the school: for its own staff, and for the officers of the partner entrusted."""
        return self.is_hub_staff or self.is_partner_officer

    @property
    def writes(self) -> bool:
        """Does an officer's work for this school: hub managers and officers, officers of the partner entrusted."""
        return self.is_hub_manager or self.is_hub_officer or self.is_partner_officer

    @property
    def is_school_person(self) -> bool:
        return self.is_school_leader or self.is_school_editor or self.is_school_viewer

    @property
    def sees_facts(self) -> bool:
        """All the register's facts. Partner staff see name and address alone."""
        return self.sees_engagement or self.is_school_person or self.is_trust_leader


def standing_of(user: User, school: School) -> Standing:
    """How `user` meets `school` today. Kept on the user for the rest of the request. At most four queries the first
    time (the hub; partner people two more, trust leaders one), none after it."""
    kept = user.__dict__.setdefault("_standings", {})
    if school.pk not in kept:
        kept[school.pk] = _read(user, school)
    return kept[school.pk]


def _read(user: User, school: School) -> Standing:
    access, on = access_of(user), today()
    hub = Hub.objects.covering(school.authority_id, on).first()
    roles = {m.role for m in access.memberships if hub is not None and m.hub_id == hub.pk}
    roles |= {m.role for m in access.memberships if m.school_id == school.pk}
    schools = School.objects.filter(pk=school.pk)
    officers, staff = access.officer_partner_ids, access.partner_ids
    return Standing(
        hub=hub,
        is_hub_manager=Role.HUB_MANAGER in roles,
        is_hub_officer=Role.HUB_OFFICER in roles,
        is_hub_viewer=Role.HUB_VIEWER in roles,
        is_partner_officer=bool(officers) and schools.filter(commissioned_schools(officers, on)).exists(),
        is_partner_staff=bool(staff) and schools.filter(commissioned_schools(staff, on)).exists(),
        is_school_leader=Role.SCHOOL_LEADER in roles,
        is_school_editor=Role.SCHOOL_EDITOR in roles,
        is_school_viewer=Role.SCHOOL_VIEWER in roles,
        is_trust_leader=bool(access.trust_ids) and school.is_open and schools.in_trusts(access.trust_ids, on).exists(),
    )


@dataclass(frozen=True, slots=True)
class HubContact:
    """Whom a school, or its trust, turns to at the hub."""

    hub: Hub
    name: str
    email: str
    phone: str


def owner_of(hub: Hub, school: School) -> User | None:
    """The person whose school it is in the hub, as long as they may own it: who has left the hub, or can no longer sign
    in, is not whom a school is led or written to. One query."""
    people = may_own(hub=hub).values("user")
    kept = Relationship.objects.filter(hub=hub, school=school, owner__in=people).select_related("owner").first()
    return kept.owner if kept else None


def hub_contact_of(school: School, hub: Hub | None) -> HubContact | None:
    """The person at the hub whose school it is, else the hub itself: what a school may know of the relationship. One
    query. `hub` is the one that covers the school now (`standing_of(...).hub`)."""
    if hub is None:
        return None
    owner = owner_of(hub, school)
    return HubContact(
        hub=hub, name=owner.name if owner else "", email=owner.email if owner else hub.email, phone=hub.phone
    )
