"""An autosave of a plan's section beside a bare sign-in check, and beside a one-row UPDATE, in the same run.

The check is what every page behind the door pays before it does anything: who is this, and what do their memberships
open. The aim is three queries more.
Opening the section is counted with one saved state and with 200.
"""

import re
import statistics
import time
from collections.abc import Callable
from functools import partial

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    override_settings,
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)
from django.urls import include, path, reverse

from hubportal.demo import loading
from hubportal.kit import drafts
from hubportal.kit.models import Draft
from hubportal.services.prepare import collect_static
from schools.access import access_of
from schools.models import Membership
from schools.roles import Role
from smdp.models import Plan, PlanSection

KEY = "vision"
TIMES = 50
STATES = 200
MORE_QUERIES = 3  # than the check, at the most
CONTROL = re.compile(r"(^|; )(BEGIN|COMMIT|SAVEPOINT|RELEASE)\b")  # of transactions: they ask for nothing


def who(request: HttpRequest) -> HttpResponse:
    """The bare check: who is this, and what do their memberships open."""
    return HttpResponse(f"{request.user.pk} {access_of(request.user).school_ids}")


urlpatterns = [path("bench/who/", who), path("", include("hubportal.urls"))]


def measure() -> None:
    """Print the figures, on a plan of the demo."""
    collect_static()
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    try:
        loading.load()
        with override_settings(ROOT_URLCONF=__name__):
            _measure()
    finally:
        teardown_databases(kept, verbosity=0)
        teardown_test_environment()


def _measure() -> None:
    plan, client = _plan_and_writer()
    section = PlanSection.objects.get(plan=plan, key=KEY)
    opening = partial(_get, client, plan.section_url(KEY))
    few = _queries(opening)
    save = _saver(plan, section, client)
    check = partial(_get, client, "/bench/who/")
    update = partial(_update, section)
    for warm in (check, save, update):
        warm()
    checked, saved = _queries(check), _queries(save)
    more = saved - checked
    print(f"  sign-in check{checked:3} queries, autosave{saved:3}: {more} more (aim: at most {MORE_QUERIES})")
    triples = [(_seconds(save), _seconds(check), _seconds(update)) for _ in range(TIMES)]
    ours, bare, row = (statistics.median(times) * 1000 for times in zip(*triples, strict=True))
    print(f"  autosave {ours:.1f} ms, sign-in check {bare:.1f} ms, one-row UPDATE {row:.2f} ms, ratio {ours / row:.1f}")
    draft = section.draft
    draft.refresh_from_db()
    while draft.revision < STATES:
        save()
        draft.refresh_from_db()
    many = _queries(opening)
    print(f"  opening the section: {few} queries with few saved states, {many} with {draft.revision} (aim: the same)")


def _plan_and_writer() -> tuple[Plan, Client]:
    """A plan that is written, and the browser of its school's leader."""
    plan = Plan.objects.standing().filter(state=Plan.State.DRAFT).order_by("pk")[0]
    leader = Membership.objects.filter(school=plan.school, role=Role.SCHOOL_LEADER).order_by("pk")[0]
    client = Client()
    client.force_login(leader.user)
    return plan, client


def _saver(plan: Plan, section: PlanSection, client: Client) -> Callable[[], object]:
    """Types one word more into the section each time it is called, as the page's script sends it."""
    url = reverse("smdp:section-draft", args=[plan.uuid, KEY])
    words: list[str] = []
    page = {**drafts.as_data(section.draft.values).dict(), "draft_writer": "one-tab"}
    page["draft_revision"] = str(section.draft.revision)

    def save() -> None:
        words.append("word")
        answer = client.post(url, {**page, "vision": " ".join(words)})
        assert answer.status_code == 200, f"{url} answers {answer.status_code}: {answer.content!r}"
        page["draft_revision"] = str(answer.json()["revision"])

    return save


def _update(section: PlanSection) -> None:
    with transaction.atomic():
        Draft.objects.filter(pk=section.draft_id).update(conflicts_open=0)


def _get(client: Client, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200, f"{url} answers {answer.status_code}"


def _queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum(not CONTROL.search(each["sql"]) for each in queries)


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
