"""For whom a person speaks about a section of a school's plan, who else can read it, and whom a comment can name."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from hubportal.accounts.models import User
from schools.access import access_of, today
from schools.models import Hub, Membership, School, Trust
from schools.roles import Role
from schools.standing import standing_of
from smdp.models import Plan, PlanSection, PlanVersion, SectionGuest, Side

PEOPLE = {
    Side.SCHOOL: (Role.SCHOOL_LEADER, Role.SCHOOL_EDITOR),
    Side.HUB: (Role.HUB_MANAGER, Role.HUB_OFFICER),
    Side.TRUST: (Role.TRUST_LEADER,),
}


def side_of(user: User, school: School) -> Side | None:
    """For whom the person writes about a plan of the school: its leaders and editors; managers and officers of its hub,
    and officers of the partner entrusted with it; leaders of its trust. None for everybody else. At most four
    queries, none after `standing_of`."""
    if school.pk in access_of(user).writing_school_ids:
        return Side.SCHOOL
    standing = standing_of(user, school)
    if standing.writes:
        return Side.HUB
    return Side.TRUST if standing.is_trust_leader else None


def writers_of(school: School) -> QuerySet:
    """The memberships by which people write the school's plan today. No query."""
    rows = Membership.objects.current(today()).filter(school=school, role__in=PEOPLE[Side.SCHOOL])
    return rows.filter(user__is_active=True)


def hub_of(school: School) -> Hub | None:
    """The hub that has the school now. One query."""
    return Hub.objects.covering(school.authority_id, today()).first()


def trust_of(school: School) -> Trust | None:
    """The trust that the school is in now. One query."""
    if not school.is_open:
        return None
    stays = school.trust_schools.filter(Q(left_on=None) | Q(left_on__gt=today()), joined_on__lte=today())
    return Trust.objects.filter(pk__in=stays.values("trust")).first()


def outside(school: School) -> dict[Side, str]:
    """{hub, trust: its name}, as far as the school has one. Two queries."""
    found = {Side.HUB: hub_of(school), Side.TRUST: trust_of(school)}
    return {side: str(each) for side, each in found.items() if each is not None}


def readers(section: PlanSection) -> set[Side]:
    """Who besides the school can read the section: whoever was asked in, and both once the plan was shared or
    adopted. Two queries."""
    if PlanVersion.objects.filter(plan=section.plan).exists():
        return {Side.HUB, Side.TRUST}
    return {Side(each.side) for each in SectionGuest.objects.standing().filter(section=section)}


def people(plan: Plan, sides: Iterable[Side], *, but: User) -> dict[User, Side]:
    """Whom a comment on the plan can name, by side and name. One query for each side, and one or two to find the hub
    and the trust."""
    found: dict[User, Side] = {}
    for side in Side:
        if side in sides:
            rows = _memberships(plan.school, side).filter(role__in=PEOPLE[side], user__is_active=True)
            users = (each.user for each in rows.select_related("user").order_by("user__name", "pk"))
            found |= {user: side for user in users if user != but and user not in found}
    return found


def _memberships(school: School, side: Side) -> QuerySet:
    rows = Membership.objects.current(today())
    if side == Side.SCHOOL:
        return rows.filter(school=school)
    return rows.filter(hub=hub_of(school)) if side == Side.HUB else rows.filter(trust=trust_of(school))
