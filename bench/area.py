"""The pages of a working day in a large hub: alone, and as one of forty-three.

The hub has 1,800 schools and 30,000 records both times; then come 42 hubs with 22,200 schools and 370,000 records. The
statements must be as many, and nothing that belongs to other hubs may slow them down.
"""

import time
from itertools import islice

from django.test.utils import (
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)
from django.urls import reverse

from bench._area import Made, analyse, make_hub
from bench._pages import AIM, Measured, measured
from hubportal.accounts.models import User
from hubportal.services.prepare import collect_static
from schools.models import LocalAuthority, School

SCHOOLS, RECORDS = 1_800, 30_000
OTHER_HUBS, OTHER_SCHOOLS, OTHER_RECORDS = 42, 22_200, 370_000


def measure() -> None:
    """Print the figures of each page at both sizes."""
    collect_static()
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    try:
        authorities = LocalAuthority.objects.order_by("pk").iterator()
        started = time.monotonic()
        made = make_hub(schools=SCHOOLS, records=RECORDS, authority=next(authorities))
        alone = _of_all(made, f"1 hub, {SCHOOLS:,} schools, {RECORDS:,} records", started)
        for authority in islice(authorities, OTHER_HUBS):
            make_hub(schools=OTHER_SCHOOLS // OTHER_HUBS, records=OTHER_RECORDS // OTHER_HUBS, authority=authority)
        many = f"{1 + OTHER_HUBS} hubs, {SCHOOLS + OTHER_SCHOOLS:,} schools, {RECORDS + OTHER_RECORDS:,} records"
        among = _of_all(made, many, started)
    finally:
        teardown_databases(kept, verbosity=0)
        teardown_test_environment()
    same = all(alone[page].queries == among[page].queries for page in alone)
    print(f"  the same queries at both sizes: {'yes' if same else 'NO'}")


def _of_all(made: Made, size: str, started: float) -> dict[str, Measured]:
    analyse()
    print(f"  {size} (made {time.monotonic() - started:.0f} s after the start; {AIM})", flush=True)
    found = {}
    for page, (address, person) in pages_of(made).items():
        found[page] = measured(address, person)
        print(f"    {page:<20}{found[page]}", flush=True)
    return found


def pages_of(made: Made) -> dict[str, tuple[str, User]]:
    """The pages by name: the address of each, and who opens it."""
    school = School.objects.filter(relationships__hub=made.hub).order_by("pk")[7]
    officer, manager = made.officers[0], made.manager
    return {
        "worklist": (reverse("engagement:today"), officer),
        "manager’s worklist": (reverse("engagement:today"), manager),
        "list of schools": (reverse("schools:school-list"), officer),
        "a school": (school.get_absolute_url(), officer),
        "dashboard": (reverse("engagement:coverage-detail"), manager),
        "map": (reverse("engagement:coverage-map"), manager),
    }
