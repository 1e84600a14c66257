"""The worklist of an officer and a manager, and the lists of a team: of 30, 300 and 1,800 schools, most of them due.

The queries must be as many at each size. Beside each page stands the time of the bare SQL that it rests on: the same
statements, asked again without Django.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.test.utils import (
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)

from bench._pages import AIM, measured
from hubportal.accounts.models import User
from hubportal.services.prepare import collect_static
from schools.access import today
from schools.models import EstablishmentType, Hub, HubArea, LocalAuthority, Membership, Relationship, School
from schools.roles import Role

SIZES = (30, 300, 1800)
PAGES = {"officer": "/today/", "manager": "/today/", "team": "/today/team/"}


def measure() -> None:
    """Print the figures of each page at each size."""
    collect_static()
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    try:
        for size in SIZES:
            with transaction.atomic():
                people = _hub_of(size)
                print(f"  {size:,} schools, five in six due ({AIM})")
                for page, address in PAGES.items():
                    person = people["officer" if page == "officer" else "manager"]
                    print(f"    {page:<10}{measured(address, person)}")
                transaction.set_rollback(True)
    finally:
        teardown_databases(kept, verbosity=0)
        teardown_test_environment()


def _hub_of(size: int) -> dict[str, User]:
    """A hub with so many schools and ten officers, each with a tenth of them."""
    hub = Hub.objects.create(name=f"Hub of {size}", slug=f"hub-{size}")
    authority = LocalAuthority.objects.order_by("pk").first() or LocalAuthority.objects.create(code="301", name="Bench")
    HubArea.objects.create(hub=hub, authority=authority, starts_on="2020-09-01")
    people = {"manager": _person(hub, Role.HUB_MANAGER, 0)}
    officers = [_person(hub, Role.HUB_OFFICER, number) for number in range(1, 11)]
    kind = EstablishmentType.objects.filter(is_state_funded=True).order_by("pk")[0]
    schools = School.objects.bulk_create(
        School(urn=900000 + number, name=f"School {number}", authority=authority, type=kind, status="1")
        for number in range(size)
    )
    Relationship.objects.bulk_create(
        Relationship(
            hub=hub,
            school=school,
            owner=officers[number % 10],
            due_on=today() - timedelta(days=number % 200) if number % 6 else None,
            due_because="cadence" if number % 6 else "",
            due_reason="Once a term.",
        )
        for number, school in enumerate(schools)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return people | {"officer": officers[0]}


def _person(hub: Hub, role: str, number: int) -> User:
    person = User.objects.create_user(f"{hub.slug}.{number}@hub.example", name=f"Person {number}")
    Membership.objects.create(user=person, hub=hub, role=role, starts_on="2020-09-01")
    return person
