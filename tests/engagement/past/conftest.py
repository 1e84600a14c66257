from datetime import timedelta

import pytest

from engagement.past import work
from hubportal.accounts.models import User
from schools.models import Hub, School
from schools.roles import Role
from tests.engagement.factories import make_contact_rules
from tests.factories import make_hub, make_person, make_school


@pytest.fixture(autouse=True)
def folder_of_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def nobody_looks_on(monkeypatch):
    """These tests stand in one transaction: the thread that tells how far it is would find no row in its own, and take
    the work for lost after half a second. The real worker, in `test_killed`, tells it."""
    monkeypatch.setattr(work, "REPORTS_EVERY", timedelta(minutes=5))


@pytest.fixture
def hub(db) -> Hub:
    hub = make_hub("Exampleshire Music Hub")
    make_contact_rules(hub)
    return hub


@pytest.fixture
def manager(hub: Hub) -> User:
    return make_person(Role.HUB_MANAGER, hub, "Mona Reid")


@pytest.fixture
def millbrook(hub: Hub) -> School:
    return make_school("Millbrook Junior School", hub=hub)


@pytest.fixture
def ashby(hub: Hub) -> School:
    return make_school("Ashby High School", hub=hub)
