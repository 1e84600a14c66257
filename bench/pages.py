"""Pages of an officer whose hub covers every school of a register: of 400 rows, and of 49,514, in one run.

What must not grow is the number of queries. The times are printed beside each other; they have no aim of their own.
"""

import statistics
import tempfile
import time
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)
from django.urls import reverse

from bench import _register_files
from hubportal.accounts.models import User
from hubportal.services.prepare import collect_static
from schools.models import ChangeNotice, Hub, HubArea, LocalAuthority, Membership, School
from schools.register.importing import import_establishments
from schools.roles import Role

FEW = 400
TIMES = 9


def measure() -> None:
    """Print the figures. Says so in a sentence where the file is missing."""
    if (content := _register_files.received()) is None:
        return
    collect_static()
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    try:
        officer = _officer_of_everywhere()
        few = _measure(officer, _register_files.first_rows(content, FEW), 1)
        many = _measure(officer, content, 7)
    finally:
        teardown_databases(kept, verbosity=0)
        teardown_test_environment()
    for page, (queries, seconds) in few.items():
        queries_of_many, seconds_of_many = many[page]
        print(
            f"  {page:<24}{queries:3} queries and {queries_of_many:3} (aim: the same), {seconds * 1000:4.0f} ms and "
            f"{seconds_of_many * 1000:4.0f} ms, ratio {seconds_of_many / seconds:.2f}"
        )


def _officer_of_everywhere() -> User:
    hub = Hub.objects.create(name="Hub of everywhere", slug="everywhere")
    HubArea.objects.bulk_create(
        HubArea(hub=hub, authority=authority, starts_on="2020-09-01") for authority in LocalAuthority.objects.all()
    )
    officer = User.objects.create_user("officer@hub.example", name="Officer")
    Membership.objects.create(user=officer, hub=hub, role=Role.HUB_OFFICER, starts_on="2020-09-01")
    return officer


def _measure(officer: User, content: bytes, first_day: int) -> dict[str, tuple[int, float]]:
    """Queries and seconds of each page, once the register and a twentieth of changes have come."""
    with tempfile.TemporaryDirectory() as folder:
        files = _register_files.write(Path(folder), content, first_day)
        for name in ("first", "changed"):
            import_establishments(files[name], accepted_by=officer)
    seen = School.objects.visible_to(officer)
    notices = ChangeNotice.objects.visible_to(officer)
    print(f"  with {seen.count():,} schools and {notices.count():,} changes in the feed")
    school = seen.open().order_by("urn")[0]
    pages = {
        "the list of schools": reverse("schools:school-list"),
        "a search in it": reverse("schools:school-list") + "?q=church+primary",
        "a school's page": school.get_absolute_url(),
        "the feed of changes": reverse("schools:change-list"),
    }
    client = Client()
    client.force_login(officer)
    return {page: _of_page(client, address) for page, address in pages.items()}


def _of_page(client: Client, address: str) -> tuple[int, float]:
    _get(client, address)  # warm: templates
    with CaptureQueriesContext(connection) as queries:
        _get(client, address)
    return len(queries), statistics.median(_get(client, address) for _ in range(TIMES))


def _get(client: Client, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)
    assert answer.status_code == 200, f"{address} answers {answer.status_code}"
    return time.perf_counter() - started
