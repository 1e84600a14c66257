"""Risks, watches and what stands on worklists go over to the school that follows, and come back."""

from datetime import timedelta

import pytest

from engagement import desk
from engagement.actions import desk as actions
from engagement.actions import risks, watches
from engagement.models import Risk, RiskKind, Snooze, Watch, WorkHandover
from hubportal.accounts.models import User
from schools.access import today
from schools.actions import successions
from schools.models import Hub, Relationship, School, Succession
from schools.roles import Role
from tests.engagement.factories import make_contact_rules, make_conversation, make_officer
from tests.factories import make_hub, make_person, make_relationship, make_school, make_succession

pytestmark = pytest.mark.django_db
OPENED = today() - timedelta(days=2)


@pytest.fixture
def hub() -> Hub:
    hub = make_hub("Exampleshire Music Hub")
    make_contact_rules(hub, school_weeks=2)
    return hub


@pytest.fixture
def officer(hub: Hub) -> User:
    return make_officer(hub)


@pytest.fixture
def school(hub: Hub, officer: User) -> School:
    """It closed, and has been due for weeks."""
    school = make_school("Millbrook Junior School", hub=hub)
    make_relationship(hub=hub, school=school, owner=officer)
    make_conversation(school, by=officer, on=today() - timedelta(days=150))
    School.objects.filter(pk=school.pk).update(status=School.Status.CLOSED, close_date=OPENED - timedelta(days=1))
    return School.objects.get(pk=school.pk)


@pytest.fixture
def academy(hub: Hub) -> School:
    return make_school("Millbrook Academy", hub=hub, open_date=OPENED)


@pytest.fixture
def succession(hub: Hub, school: School, academy: School) -> Succession:
    return make_succession(hub=hub, predecessor=school, successor=academy)


def raised(school: School, by: User, what: str = "The choir may stop") -> Risk:
    return risks.raise_risk(
        school=school, kind=RiskKind.objects.get(code="new-head"), what=what, evidence="A word", by=by
    )


def put_off(school: School, by: User) -> Snooze:
    talk = talk_with(school, by)
    return actions.snooze(
        hub=Hub.objects.get(),
        school=school,
        key=talk.item.key,
        matter=talk.item.matter,
        until=today() + timedelta(days=7),
        reason="The head is away",
        by=by,
    )


def talk_with(school: School, user: User) -> desk.Entry:
    found = desk.desk_of(User.objects.get(pk=user.pk), today()).find(f"talk:{school.urn}")
    assert found is not None, f"{school} is on no list"
    return found


def at(model: type, school: School) -> list:
    return list(model.objects.filter(school=school).order_by("pk"))


def test_risks_and_watches_go_over_and_come_back(school, academy, succession, officer):
    risk = raised(school, officer)
    watches.watch(school=school, by=officer)
    (watch,) = at(Watch, school)
    successions.apply(succession=succession, how="move", by=officer)
    assert (at(Risk, academy), at(Watch, academy)) == ([risk], [watch])
    assert (at(Risk, school), at(Watch, school)) == ([], [])
    successions.undo(succession=succession, by=officer)
    assert (at(Risk, school), at(Watch, school)) == ([risk], [watch])
    assert (at(Risk, academy), at(Watch, academy)) == ([], [])


def test_of_two_that_are_the_same_each_stays_where_it_is(school, academy, succession, officer):
    for each in (school, academy):
        raised(each, officer)
        watches.watch(school=each, by=officer)
    late = raised(school, officer, "Lessons may stop")
    done = successions.apply(succession=succession, how="move", by=officer)
    stayed = {each["kind"]: len(each["rows"]) for each in done.moved if each["did"] == "stayed"}
    assert (stayed["risks"], stayed["watches"]) == (1, 1)
    assert late in at(Risk, academy)
    assert len(at(Watch, academy)) == len(at(Watch, school)) == 1


def test_what_is_put_off_stays_put_off_at_the_school_that_follows(school, academy, succession, officer):
    snooze = put_off(school, officer)
    assert talk_with(school, officer).snooze == snooze
    successions.apply(succession=succession, how="move", by=officer)
    assert talk_with(academy, officer).snooze == snooze
    snooze.refresh_from_db()
    assert (snooze.school, snooze.key) == (academy, f"talk:{academy.urn}")
    successions.undo(succession=succession, by=officer)
    snooze.refresh_from_db()
    assert (snooze.school, snooze.key) == (school, f"talk:{school.urn}")


def test_what_is_handed_on_stays_handed_on(hub, school, academy, succession, officer):
    colleague = make_person(Role.HUB_OFFICER, hub, "Ben Hart")
    given = actions.hand(
        hub=hub, school=school, key=f"talk:{school.urn}", to=colleague, note="You know them", by=officer, about="It"
    )
    successions.apply(succession=succession, how="move", by=officer)
    assert talk_with(academy, colleague).handed == given
    successions.undo(succession=succession, by=officer)
    given.refresh_from_db()
    assert (given.school, given.key) == (school, f"talk:{school.urn}")


def test_where_talking_to_both_is_put_off_each_stays(hub, school, academy, succession, officer):
    make_conversation(academy, by=officer, on=OPENED)
    Relationship.objects.filter(school=academy).update(due_on=today() - timedelta(days=1), owner=officer)
    there, here = put_off(academy, officer), put_off(school, officer)
    record = Snooze.objects.create(
        hub=hub, school=school, key="action:1", user=officer, until=today() + timedelta(days=7), reason="Later"
    )
    done = successions.apply(succession=succession, how="move", by=officer)
    assert [each["rows"] for each in done.moved if (each["kind"], each["did"]) == ("snoozes", "stayed")] == [[here.pk]]
    assert at(Snooze, academy) == [there, record]
    successions.undo(succession=succession, by=officer)
    assert at(Snooze, school) == [here, record]
    assert not WorkHandover.objects.exists()
