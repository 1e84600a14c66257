"""A trust reads a school's records from the day it joined; earlier ones if a leader gives them; none once it left."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from engagement.actions import giving, sharing
from engagement.models import ConversationPart, PartVersion
from hubportal.accounts.models import User
from schools.access import today
from schools.models import School, TimelineEntry, TrustSchool
from tests import factories as make
from tests.engagement.shared_world import World, make_other_world, make_world

pytestmark = pytest.mark.django_db

JOINED = timedelta(days=5)  # ago; the report is from ten days ago


@pytest.fixture
def world() -> World:
    """The report is released, and is from before the school joined its trust."""
    made = make_world()
    made.share()
    sharing.release(part=made.part, by=made.head)
    joins(made.school, today() - JOINED)
    return made


def joins(school: School, on: date, **fields) -> None:
    TrustSchool.objects.filter(school=school, left_on=None).update(joined_on=on, **fields)


def leaves(school: School, on: date | None = None) -> None:
    TrustSchool.objects.filter(school=school, left_on=None).update(left_on=on or today())


def reads(user: User, part: ConversationPart) -> dict[str, bool]:
    """Where the person finds the part: every rule must say the same."""
    user = User.objects.get(pk=user.pk)  # as the next request meets them
    found = {
        "part": ConversationPart.objects.visible_to(user).filter(pk=part.pk).exists(),
        "version": PartVersion.objects.visible_to(user).filter(part=part).exists(),
        "timeline": TimelineEntry.objects.visible_to(user).filter(source=part.timeline_source).exists(),
    }
    client = Client()
    client.force_login(user)
    found["page"] = client.get(part.get_absolute_url()).status_code == 200
    return found


NOWHERE = dict.fromkeys(("part", "version", "timeline", "page"), False)
EVERYWHERE = dict.fromkeys(NOWHERE, True)


def page_of(user: User, name: str, part: ConversationPart, **data):
    client = Client()
    client.force_login(user)
    address = reverse(f"engagement:{name}", args=[part.uuid])
    return client.post(address, data, follow=True) if data else client.get(address)


def test_earlier_report_is_the_trusts_only_once_given(world: World) -> None:
    assert reads(world.trust_leader, world.part) == NOWHERE
    giving.give(part=world.part, by=world.head)
    assert reads(world.trust_leader, world.part) == EVERYWHERE
    giving.take_back(part=world.part, by=world.head)
    assert reads(world.trust_leader, world.part) == NOWHERE
    assert reads(world.governor, world.part) == EVERYWHERE


def test_report_of_the_day_it_joined_is_the_trusts(world: World) -> None:
    joins(world.school, world.on)
    assert reads(world.trust_leader, world.part) == EVERYWHERE


def test_given_report_ends_when_the_school_leaves(world: World) -> None:
    giving.give(part=world.part, by=world.head)
    leaves(world.school, today() + timedelta(days=1))
    assert reads(world.trust_leader, world.part) == EVERYWHERE
    TrustSchool.objects.filter(school=world.school).update(left_on=today())
    assert reads(world.trust_leader, world.part) == NOWHERE


def test_report_since_joining_ends_when_the_school_leaves(world: World) -> None:
    joins(world.school, world.on)
    leaves(world.school)
    assert reads(world.trust_leader, world.part) == NOWHERE


def test_given_report_is_not_the_next_trusts(world: World) -> None:
    giving.give(part=world.part, by=world.head)
    leaves(world.school)
    other = make.make_trust("Next Trust", schools=(world.school,), joined_on=today())
    leader = make.make_person("trust_leader", other, "Nell Next")
    assert reads(leader, world.part) == NOWHERE
    giving.give(part=world.part, by=world.head)
    assert reads(leader, world.part) == EVERYWHERE
    assert reads(world.trust_leader, world.part) == NOWHERE


def test_school_that_comes_back_begins_again(world: World) -> None:
    giving.give(part=world.part, by=world.head)
    ConversationPart.objects.update(given_to_trust_at=world.part.given_to_trust_at - timedelta(days=4))
    sharing.write_timeline(world.part)
    leaves(world.school, today() - timedelta(days=3))
    TrustSchool.objects.create(trust=world.trust, school=world.school, joined_on=today() - timedelta(days=1))
    assert reads(world.trust_leader, world.part) == NOWHERE
    giving.give(part=world.part, by=world.head)
    assert reads(world.trust_leader, world.part) == EVERYWHERE


def test_given_report_of_a_closed_school_is_not_read(world: World) -> None:
    giving.give(part=world.part, by=world.head)
    School.objects.filter(pk=world.school.pk).update(status=School.Status.CLOSED)
    assert reads(world.trust_leader, world.part) == NOWHERE


def test_taking_the_release_back_ends_the_giving(world: World) -> None:
    giving.give(part=world.part, by=world.head)
    sharing.take_back(part=world.part, by=world.head)
    sharing.release(part=world.part, by=world.head)
    assert reads(world.trust_leader, world.part) == NOWHERE
    assert reads(world.governor, world.part) == EVERYWHERE


def test_trust_reads_what_was_released_and_not_the_version_after(world: World) -> None:
    giving.give(part=world.part, by=world.head)
    part = world.part
    part.summary = "Words after the release"
    part.save()
    world.share(at=part.released_at + timedelta(seconds=1))
    trust = User.objects.get(pk=world.trust_leader.pk)
    assert [version.number for version in PartVersion.objects.visible_to(trust)] == [1]
    entry = TimelineEntry.objects.visible_to(trust).get(source=part.timeline_source)
    assert "after the release" not in entry.text


def test_give_is_refused_for_what_is_not_released_or_not_earlier(world: World) -> None:
    joins(world.school, world.on)
    with pytest.raises(ValidationError, match="reads it already"):
        giving.give(part=world.part, by=world.head)
    sharing.take_back(part=world.part, by=world.head)
    with pytest.raises(ValidationError, match="Release it first"):
        giving.give(part=world.part, by=world.head)
    sharing.release(part=world.part, by=world.head)
    leaves(world.school)
    with pytest.raises(ValidationError, match="in no trust"):
        giving.give(part=world.part, by=world.head)
    with pytest.raises(ValidationError, match="nothing to take back"):
        giving.take_back(part=world.part, by=world.head)


def test_leader_gives_an_earlier_report_and_takes_it_back_on_its_page(world: World) -> None:
    name = world.trust.name
    page = page_of(world.head, "part-detail", world.part).content.decode()
    assert f"before your school joined {name}" in page and "Let the trust read it" in page
    question = page_of(world.head, "part-trust", world.part).content.decode()
    assert "so its leaders do not see it unless you say so" in question
    given = page_of(world.head, "part-trust", world.part, do="give").content.decode()
    assert f"The leaders of {name} can read it now." in given and "Take it back from the trust" in given
    assert reads(world.trust_leader, world.part) == EVERYWHERE
    back = page_of(world.head, "part-trust", world.part, do="take_back").content.decode()
    assert f"The leaders of {name} can no longer read it." in back
    assert reads(world.trust_leader, world.part) == NOWHERE


def test_release_does_not_promise_an_earlier_report_to_the_trust(world: World) -> None:
    sharing.take_back(part=world.part, by=world.head)
    page = page_of(world.head, "part-release", world.part).content.decode()
    assert f"<li>the leaders of {world.trust.name}</li>" not in page
    assert "the trust’s leaders do not read it" in page
    said = page_of(world.head, "part-release", world.part, do="release").content.decode()
    assert "Released. Your school’s viewers can read it now." in said


def test_only_a_leader_of_the_school_gives(world: World) -> None:
    other = make_other_world()
    assert page_of(world.music_lead, "part-trust", world.part).status_code == 403
    assert page_of(world.governor, "part-trust", world.part).status_code == 403
    assert page_of(world.officer, "part-trust", world.part).status_code == 403
    assert page_of(world.trust_leader, "part-trust", world.part).status_code == 404
    assert page_of(other.head, "part-trust", world.part).status_code == 404
