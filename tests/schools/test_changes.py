"""The feed of what the register changed: who sees it, what it says, and what becomes of it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from schools import changes
from schools.access import today
from schools.actions import notices
from schools.models import ChangeNotice, Hub, RegisterChange, School
from schools.roles import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
Kind, State = RegisterChange.Kind, ChangeNotice.State
ON = date(2026, 11, 25)
LIST = reverse("schools:change-list")


@pytest.fixture
def hub() -> Hub:
    return make.make_hub("Exampleshire Music Hub")


@pytest.fixture
def school(hub: Hub) -> School:
    return make.make_school("St Mary's Primary School", hub=hub)


@pytest.fixture
def officer(hub: Hub):
    return make.make_person(Role.HUB_OFFICER, hub, "Amira Okafor")


def test_said_of_a_conversion_asks_to_move_the_relationship(hub: Hub, school: School) -> None:
    academies = make.make_type("34", "Academy converter", group_name="Academies")
    academy = make.make_school("St Mary's Primary School", hub=hub, type=academies)
    change = make.make_change(school, Kind.CONVERTED, other_school=academy, happens_on=date(2027, 9, 1))
    said = changes.said(change, ON)
    assert said.title == "St Mary's Primary School becomes an academy on 1 September 2027."
    assert said.meaning == f"It has a new URN, {academy.urn}. Move its relationship there?"


@pytest.mark.parametrize(
    ("kind", "facts", "title"),
    [
        (Kind.PROPOSED, {"happens_on": date(2027, 9, 1)}, "{s} is planned to open on 1 September 2027."),
        (Kind.OPENED, {"happens_on": date(2026, 9, 1)}, "{s} opened on 1 September."),
        (Kind.CLOSING, {"happens_on": date(2027, 8, 31)}, "{s} plans to close on 31 August 2027."),
        (Kind.NOT_CLOSING, {"before": "31 August 2027"}, "{s} no longer plans to close."),
        (Kind.CLOSED, {"happens_on": date(2026, 8, 31)}, "{s} closed on 31 August 2026."),
        (Kind.CLOSED, {}, "{s} closed."),
        (Kind.REOPENED, {}, "{s} is open again."),
        (Kind.RENAMED, {"before": "Old Name", "after": "New Name"}, "Old Name is called New Name now."),
        (Kind.AUTHORITY, {"before": "Cumbria", "after": "Cumberland"}, "{s} moved from Cumbria to Cumberland."),
        (Kind.JOINED_TRUST, {"after": "Oak Trust"}, "{s} joined Oak Trust."),
        (
            Kind.JOINED_TRUST,
            {"after": "Oak Trust", "happens_on": date(2026, 9, 1)},
            "{s} joined Oak Trust on 1 September.",
        ),
        (Kind.LEFT_TRUST, {"before": "Oak Trust"}, "{s} left Oak Trust."),
        (Kind.TRUST_RENAMED, {"before": "Oak", "after": "Oak Learning"}, "The trust Oak is called Oak Learning now."),
        (Kind.HEAD, {"before": "Jane Hollis", "after": "Samir Wren"}, "{s} has a new head, Samir Wren."),
        (Kind.PUPILS_UP, {"before": "1000", "after": "1250"}, "{s} has 1,250 pupils, more than the 1,000 before."),
        (Kind.PUPILS_DOWN, {"before": "200", "after": "150"}, "{s} has 150 pupils, fewer than the 200 before."),
        (Kind.VANISHED, {}, "{s} is no longer in the register."),
        (Kind.REAPPEARED, {}, "{s} is in the register again."),
    ],
)
def test_said_of_each_kind(school: School, kind: str, facts: dict, title: str) -> None:
    assert changes.said(make.make_change(school, kind, **facts), ON).title == title.format(s=school)


def test_every_kind_has_words(school: School) -> None:
    for kind in Kind:
        said = changes.said(make.make_change(school, kind, before="12", after="15"), ON)
        assert said.title.endswith(".") and said.meaning


def test_list_shows_the_hubs_open_changes_newest_first(client: Client, hub: Hub, school: School, officer) -> None:
    other = make.make_hub("Samplefolk Music Hub")
    make.make_notice(hub=other, school=make.make_school("Quillfeather School", hub=other))
    old = make.make_change(school, Kind.HEAD, on=ON - timedelta(days=9), after="Samir Wren")
    make.make_notice(hub=hub, school=school, change=old)
    make.make_notice(hub=hub, school=school, change=make.make_change(school, Kind.CLOSING, on=ON))
    done = make.make_notice(hub=hub, school=school, change=make.make_change(school, Kind.REOPENED, on=ON))
    notices.finish(notice=done, by=officer)
    client.force_login(officer)
    page = client.get(LIST)
    assert [changes.said(each.change, ON).title for each in page.context["table"].data] == [
        "St Mary's Primary School plans to close.",
        "St Mary's Primary School has a new head, Samir Wren.",
    ]
    assert "Quillfeather" not in page.content.decode()
    assert client.get(LIST, {"state": "done"}).context["matching"] == 1
    assert client.get(LIST, {"kind": "head"}).context["matching"] == 1
    assert client.get(LIST, {"q": "wren"}).context["matching"] == 1


def test_list_finds_a_school_that_has_left_the_area(client: Client, hub: Hub, officer) -> None:
    gone = make.make_school("Quillfeather School", hub=make.make_hub("Samplefolk Music Hub"))
    moved = make.make_change(gone, Kind.AUTHORITY, on=ON, before="Exampleshire", after="Samplefolk")
    make.make_notice(hub=hub, school=gone, change=moved)
    client.force_login(officer)
    assert client.get(LIST, {"q": "feather quill"}).context["matching"] == 1
    assert client.get(LIST, {"q": "feather oak"}).context["matching"] == 0


def test_change_detail_leads_to_the_records_of_a_school_that_has_left(client: Client, hub: Hub, officer) -> None:
    gone = make.make_school("Quillfeather School", hub=make.make_hub("Samplefolk Music Hub"))
    notice = make.make_notice(hub=hub, school=gone, change=make.make_change(gone, Kind.AUTHORITY))
    client.force_login(officer)
    link = f'href="{gone.get_absolute_url()}"'
    assert link not in client.get(notice.get_absolute_url()).content.decode()
    make.make_relationship(hub=hub, school=gone)
    assert link in client.get(notice.get_absolute_url()).content.decode()


def test_list_tells_once_that_a_trust_was_renamed(client: Client, hub: Hub, school: School, officer) -> None:
    """Each of its schools is told; a person is told about the first that they see."""
    other = make.make_hub("Samplefolk Music Hub")
    second = make.make_school("Second School", hub=hub)
    partner = make.make_partner(hub=hub)
    make.make_commission(partner=partner, school=second)
    facts = {"before": "Oak Trust", "after": "Oak Learning", "file": make.make_register_file()}
    for there, each in ((other, make.make_school("Quillfeather School", hub=other)), (hub, school), (hub, second)):
        make.make_notice(hub=there, school=each, change=make.make_change(each, Kind.TRUST_RENAMED, **facts))
    elm = make.make_change(second, Kind.TRUST_RENAMED, **facts | {"before": "Elm Trust"})
    make.make_notice(hub=hub, school=second, change=elm)
    client.force_login(officer)
    assert [each.change for each in client.get(LIST).context["table"].data] == [elm, school.register_changes.get()]
    client.force_login(make.make_person(Role.PARTNER_OFFICER, partner))
    page = client.get(LIST)
    assert [each.change for each in page.context["table"].data] == [
        elm,
        second.register_changes.exclude(pk=elm.pk).get(),
    ]
    first = page.context["table"].data[1]
    detail = client.get(first.get_absolute_url()).content.decode()
    assert "The trust Oak Trust is called Oak Learning now." in detail
    assert "One of its schools" in detail and "Second School, URN" in detail


def test_trust_renamed_is_mine_where_any_of_its_schools_is(client: Client, hub: Hub, school: School, officer) -> None:
    """It is told of the first of its schools, which another looks after."""
    second, third = (make.make_school(f"{name} School", hub=hub) for name in ("Second", "Third"))
    facts = {"before": "Oak Trust", "after": "Oak Learning", "file": make.make_register_file()}
    for each in (school, second):
        make.make_notice(hub=hub, school=each, change=make.make_change(each, Kind.TRUST_RENAMED, **facts))
    elm = make.make_change(third, Kind.TRUST_RENAMED, **facts | {"before": "Elm Trust"})
    make.make_notice(hub=hub, school=third, change=elm)
    make.make_relationship(hub=hub, school=second, owner=officer)
    client.force_login(officer)
    told = client.get(LIST, {"whose": "mine"}).context["table"].data
    assert [each.change for each in told] == [school.register_changes.get()]
    notices.assign(notice=told[0], to=make.make_person(Role.HUB_OFFICER, hub), by=officer)
    assert client.get(LIST, {"whose": "mine"}).context["matching"] == 0


def test_list_does_not_tell_a_conversion_three_times(client: Client, hub: Hub, school: School, officer) -> None:
    academy = make.make_school("St Mary's Academy", hub=hub)
    for each, kind in ((school, Kind.CLOSED), (academy, Kind.OPENED)):
        make.make_notice(hub=hub, school=each, change=make.make_change(each, kind))
    became = make.make_change(school, Kind.CONVERTED, other_school=academy)
    make.make_notice(hub=hub, school=school, change=became)
    client.force_login(officer)
    assert [each.change for each in client.get(LIST).context["table"].data] == [became]


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_one_change_and_three(
    client: Client, hub: Hub, officer, number: int, django_assert_num_queries
) -> None:
    for each in range(number):
        make.make_notice(hub=hub, school=make.make_school(f"School {each}", hub=hub))
    client.force_login(officer)
    with django_assert_num_queries(5):  # one of them for the saved views
        assert client.get(LIST).context["matching"] == number


def test_empty_list_says_what_will_stand_there(client: Client, officer) -> None:
    client.force_login(officer)
    assert "changed nothing that is open" in client.get(LIST).content.decode()


def test_change_is_given_to_a_colleague_and_stands_on_their_today(
    client: Client, hub: Hub, school: School, officer
) -> None:
    colleague = make.make_person(Role.HUB_OFFICER, hub, "Gareth Lowe")
    notice = make.make_notice(hub=hub, school=school, change=make.make_change(school, Kind.HEAD, after="Samir Wren"))
    client.force_login(officer)
    who = str(colleague.memberships.get().uuid)
    page = client.post(notice.get_absolute_url(), {"state": "assigned", "who": who, "note": "Say hello?"})
    assert page.status_code == 302
    notice.refresh_from_db()
    assert (notice.state, notice.assigned_to, notice.note, notice.decided_by) == (
        State.ASSIGNED,
        colleague,
        "Say hello?",
        officer,
    )
    client.force_login(colleague)
    assert "has a new head, Samir Wren" in client.get(reverse("engagement:today")).content.decode()
    client.force_login(officer)
    assert "Samir Wren" not in client.get(reverse("engagement:today")).content.decode()


def test_change_detail_shows_who_has_it_and_chooses_nothing_of_a_new_one(
    client: Client, hub: Hub, school: School, officer
) -> None:
    colleague = make.make_person(Role.HUB_OFFICER, hub, "Gareth Lowe")
    notice = make.make_notice(hub=hub, school=school)
    client.force_login(officer)

    def chosen() -> dict:
        form = client.get(notice.get_absolute_url()).context["form"]
        return {name: form[name].value() or "" for name in ("state", "who", "note")}

    assert chosen() == {"state": "", "who": "", "note": ""}
    notices.assign(notice=notice, to=colleague, by=officer, note="Say hello?")
    given = {"state": "assigned", "who": str(colleague.memberships.get().uuid), "note": "Say hello?"}
    assert chosen() == given
    colleague.memberships.update(ends_on=today())
    assert chosen() == given | {"who": ""}, "whoever has left the hub is nobody to choose"


def test_change_detail_keeps_what_was_typed_when_nobody_was_chosen(
    client: Client, hub: Hub, school: School, officer
) -> None:
    notice = make.make_notice(hub=hub, school=school)
    client.force_login(officer)
    page = client.post(notice.get_absolute_url(), {"state": "assigned", "note": "Ask the trust"})
    assert page.context["form"].errors == {"who": ["Choose who should see to it"]}
    assert "Ask the trust" in page.content.decode()
    notice.refresh_from_db()
    assert notice.state == State.NEW


def test_done_at_a_press_keeps_the_note_that_was_written(client: Client, hub: Hub, school: School, officer) -> None:
    notice = make.make_notice(hub=hub, school=school)
    notices.assign(notice=notice, to=officer, by=officer, note="Told the trust on Monday")
    client.force_login(officer)
    client.post(reverse("schools:change-done", args=[notice.uuid]))
    shown = client.get(notice.get_absolute_url()).content.decode()
    assert f"Done by Amira Okafor, {today():%-d %B %Y}: Told the trust on Monday" in shown


def test_change_is_dismissed_with_a_note_and_put_back(client: Client, hub: Hub, school: School, officer) -> None:
    notice = make.make_notice(hub=hub, school=school)
    client.force_login(officer)
    client.post(notice.get_absolute_url(), {"state": "dismissed", "note": "A spelling only"})
    shown = client.get(notice.get_absolute_url()).content.decode()
    assert f"Dismissed by Amira Okafor, {today():%-d %B %Y}: A spelling only" in shown
    client.post(reverse("schools:change-reopen", args=[notice.uuid]))
    notice.refresh_from_db()
    assert (notice.state, notice.note) == (State.NEW, "A spelling only")
    assert client.get(notice.get_absolute_url()).context["form"]["note"].value() == "A spelling only"


def test_assign_refuses_somebody_of_another_hub(hub: Hub, school: School, officer) -> None:
    stranger = make.make_person(Role.HUB_OFFICER, make.make_hub("Samplefolk Music Hub"), "Colin Beck")
    notice = make.make_notice(hub=hub, school=school)
    with pytest.raises(notices.ValidationError, match="Colin Beck is not a manager or officer of Exampleshire"):
        notices.assign(notice=notice, to=stranger, by=officer)


def test_partner_officer_sees_and_settles_only_what_concerns_entrusted_schools(
    client: Client, hub: Hub, school: School
) -> None:
    partner = make.make_partner("Exampleshire Brass", hub=hub)
    make.make_commission(partner=partner, school=school)
    theirs = make.make_notice(hub=hub, school=school)
    others = make.make_notice(hub=hub, school=make.make_school("Ashby High School", hub=hub))
    client.force_login(make.make_person(Role.PARTNER_OFFICER, partner, "Nia Brass"))
    assert [each.pk for each in client.get(LIST).context["table"].data] == [theirs.pk]
    assert client.post(reverse("schools:change-done", args=[theirs.uuid])).status_code == 302
    assert client.post(reverse("schools:change-done", args=[others.uuid])).status_code == 404
