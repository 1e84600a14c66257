import pytest

from engagement.actions import sharing
from engagement.addressees import addressees_at
from engagement.models import PartVersion
from schools.roles import Role
from tests.engagement import factories as engagement_factories
from tests.factories import make_contact, make_hub, make_person, make_school


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Each test keeps its files in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def hub(db):
    return make_hub("Exampleshire Music Hub")


@pytest.fixture
def officer(hub):
    return make_person(Role.HUB_OFFICER, hub, "Amira Okafor")


@pytest.fixture
def school(hub):
    school = make_school("Millbrook Junior School", hub=hub)
    make_contact("Ruth Pell", hub=hub, school=school, is_leader=True, job_title="Head")
    return school


@pytest.fixture
def share(hub, officer):
    """Log a full conversation with a school and share it: the version that the school reads."""

    def share(school, **fields) -> PartVersion:
        part = engagement_factories.part_of(
            engagement_factories.make_conversation(
                school,
                by=officer,
                form="full",
                minutes=70,
                parts={school: engagement_factories.full_part(hub)},
                **fields,
            )
        )
        chosen = addressees_at(school=school, hub=hub)
        return sharing.share(part=part, recipients=chosen, by=officer).version

    return share


@pytest.fixture
def version(share, school) -> PartVersion:
    return share(school)
