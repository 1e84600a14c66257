"""One server and one browser for all journeys, one worker for a module's; people and schools anew for each."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from playwright.sync_api import Browser, sync_playwright

from engagement.models import Offer
from hubportal.accounts.models import User
from schools.models import Contact, Hub, School
from schools.roles import Role
from tests import factories as make
from tests.engagement.factories import strand
from tests.journeys.serving import Server
from tests.journeys.visitor import DESK, Visitor
from tests.worker import worker


@pytest.fixture(scope="package")
def server(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("web"))
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def real_worker(server: Server) -> Iterator[None]:
    with worker(BASE_URL=server.url, EMAIL_URL=server.email_url):
        yield


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Rows are made and tables flushed in the thread in which Playwright's loop runs.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Town:
    """Who and what a journey needs. Everybody signs in with the factories' password."""

    hub: Hub
    school: School
    officer: User
    head: User
    clerk: Contact
    funder: User
    other_manager: User


@pytest.fixture
def town(transactional_db) -> Town:
    hub = make.make_hub("Exampleshire Music Hub", accent_colour="#4b2067")
    school = make.make_school("Millbrook Junior School", hub=hub, urn=700001)
    make.make_school("Ashby High School", hub=hub, urn=700002)

    def person(role: str, place: object, name: str) -> User:
        return make.make_person(role, place, name, password=make.PASSWORD)

    head = person(Role.SCHOOL_LEADER, school, "Ruth Pell")
    make.make_contact(
        "Ruth Pell", hub=hub, school=school, user=head, email=head.email, job_title="Head", is_leader=True
    )
    Offer.objects.create(
        hub=hub, title="Choirs together", strand=strand(), criteria_codes=["singing"], cost="£0 for schools in the hub"
    )
    other = make.make_hub("Samplefolk Music Hub")
    make.make_school("Sample Primary School", hub=other)
    officer = person(Role.HUB_OFFICER, hub, "Amira Okafor")
    make.make_relationship(hub=hub, school=school, owner=officer)
    return Town(
        hub=hub,
        school=school,
        officer=officer,
        head=head,
        clerk=make.make_contact("Ines Clerk", hub=hub, school=school, email="clerk@millbrook.example", is_leader=True),
        funder=person(Role.RELATIONSHIP_MANAGER, hub, "Fay Funder"),
        other_manager=person(Role.HUB_MANAGER, other, "Olga Other"),
    )


@pytest.fixture
def visitor(town: Town, chromium: Browser, server: Server) -> Iterator[Callable[..., Visitor]]:
    """`visitor(user)` has signed in; `visitor()` has not. `size=PHONE`, `scripts=False`. No letters lie about."""
    shutil.rmtree(server.mail, ignore_errors=True)
    made: list[Visitor] = []

    def arrive(user: User | None = None, *, size: dict = DESK, scripts: bool = True) -> Visitor:
        made.append(Visitor(chromium, server.url, size=size, scripts=scripts))
        if user is not None:
            made[-1].sign_in(user)
        return made[-1]

    yield arrive
    for each in made:
        each.close()
    connection.close()
