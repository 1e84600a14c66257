"""Agreed actions between conversations: who sees which, who brings it on, what is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagement.actions import agreed
from engagement.models import AgreedAction
from engagement.permissions import can_close_action, can_edit_action
from hubportal.kit.wording import long_date
from schools.access import today
from schools.models import TimelineEntry
from schools.roles import Role
from tests.engagement.shared_world import make_world
from tests.factories import make_commission, make_partner, make_person, make_school

pytestmark = pytest.mark.django_db

LIST = reverse("engagement:action-list")


@pytest.fixture
def here():
    return make_world()


@pytest.fixture
def there():
    return make_world("Samplefolk Music Hub", "Samplefolk School")


def make_action(world, what="Send options", *, shared=True, side="hub", **fields) -> AgreedAction:
    fields.setdefault("school", world.school)
    fields.setdefault("owner_name", "Amira Okafor")
    return AgreedAction.objects.create(
        hub=world.hub, what=what, side=side, shared_at=world.part.conversation.logged_at if shared else None, **fields
    )


def detail(action) -> str:
    return reverse("engagement:action-detail", args=[action.uuid])


def post(client, action, state, note="", seen="", **more):
    return client.post(detail(action), {"state": state, "note": note, "seen": seen or action.state, **more})


def shown(response) -> list[str]:
    return [row.record.what for row in response.context["table"].page.object_list]


@pytest.fixture
def clear(here, there):
    """Without the actions that came with the conversations."""
    AgreedAction.objects.all().delete()
    return here, there


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("officer", ["Hub shared", "Hub alone", "Partner does", "School does", "Elsewhere"]),
        ("partner_officer", ["Hub shared", "Hub alone", "Partner does", "School does"]),
        ("partner_staff", ["Partner does"]),
        ("head", ["School does", "Hub shared", "Partner does"]),
        ("music_lead", ["School does", "Hub shared", "Partner does"]),
    ],
)
def test_action_list_shows_each_person_their_own(client, clear, who, expected):
    here, there = clear
    elsewhere = make_school("Elsewhere School", hub=here.hub)
    make_action(here, "Hub shared")
    make_action(here, "Hub alone", shared=False)
    make_action(here, "Partner does", side="partner", partner=here.partner)
    make_action(here, "School does", side="school", owner_name="Ruth Pell")
    make_action(here, "Elsewhere", school=elsewhere)
    make_action(there, "LEAK", side="school")
    client.force_login(getattr(here, who))
    response = client.get(LIST)
    assert (response.status_code, shown(response)) == (200, expected)
    assert b"LEAK" not in response.content


@pytest.mark.parametrize("who", ["governor", "trust_leader", "funder"])
def test_action_list_is_for_those_who_have_actions(client, here, who):
    client.force_login(getattr(here, who))
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("who", ["officer", "head", "partner_officer", "partner_staff", "funder", "governor"])
def test_another_hubs_action_is_not_found(client, here, there, who):
    action = make_action(there, side="partner", partner=there.partner)
    client.force_login(getattr(here, who))
    addresses = [
        detail(action),
        reverse("engagement:action-edit", args=[action.uuid]),
        reverse("engagement:action-done", args=[action.uuid]),
    ]
    assert [client.post(each, {"state": "done"}).status_code for each in addresses] == [404, 404, 404]
    assert [client.get(each).status_code for each in addresses] == [404, 404, 405]
    action.refresh_from_db()
    assert action.state == "to_do"


@pytest.mark.parametrize("who", ["officer", "head", "partner_staff"])
def test_action_list_costs_the_same_for_one_row_and_three(client, clear, who):
    here, _ = clear
    counts = []
    client.force_login(getattr(here, who))
    client.get(LIST)
    for number in (1, 2):
        for each in range(number):
            make_action(here, f"Action {number} {each}", side="partner", partner=here.partner, owner=here.officer)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def test_action_list_says_how_many_are_overdue(client, clear):
    here, _ = clear
    on = today()
    make_action(here, "Late", due_on=on - timedelta(days=3))
    make_action(here, "Soon", due_on=on + timedelta(days=7))
    make_action(here, "Later", due_on=on + timedelta(days=8))
    make_action(here, "Whenever")
    make_action(here, "Done", due_on=on - timedelta(days=9), state="done")
    client.force_login(here.officer)
    response = client.get(LIST)
    assert response.context["finding"] == "4 actions are open, 1 overdue"
    assert shown(response) == ["Late", "Soon", "Later", "Whenever"]
    assert "3 days overdue" in response.content.decode()
    found = {each: shown(client.get(LIST, {"due": each})) for each in ("overdue", "week", "later", "none")}
    assert found == {"overdue": ["Late"], "week": ["Soon"], "later": ["Later"], "none": ["Whenever"]}
    done = client.get(LIST, {"state": "done"})
    assert (shown(done), done.context["finding"]) == (["Done"], "1 action done")
    some = client.get(LIST, {"q": "soon"})
    assert (shown(some), some.context["finding"]) == (["Soon"], "1 of 4 open actions matches")


def test_action_list_filters_by_side_owner_and_school(client, clear):
    here, _ = clear
    make_action(here, "Ours", owner=here.officer)
    make_action(here, "Theirs", side="school")
    make_action(here, "Far", school=make_school("Far School", hub=here.hub))
    client.force_login(here.officer)
    assert shown(client.get(LIST, {"side": "school"})) == ["Theirs"]
    assert shown(client.get(LIST, {"owner": str(here.officer.pk)})) == ["Ours"]
    assert shown(client.get(LIST, {"owner": "nobody"})) == ["Theirs", "Far"]
    assert shown(client.get(LIST, {"q": "far school"})) == ["Far"]
    assert shown(client.get(LIST, {"sort": "-school"})) == ["Ours", "Theirs", "Far"]


def test_action_list_is_empty_in_words(client, clear):
    here, _ = clear
    client.force_login(here.head)
    response = client.get(LIST)
    assert response.context["finding"] == "No action is open"
    assert "Nothing is open" in response.content.decode()


# What becomes of it


@pytest.mark.parametrize(
    ("who", "signed"),
    [
        ("officer", "Amira Okafor"),
        ("head", "{name}, Millbrook Junior School"),
        ("partner_officer", "{name}, Exampleshire Music Hub Brass"),
    ],
)
def test_either_side_can_close_and_the_other_sees_who(client, here, who, signed):
    action = make_action(here)
    person = getattr(here, who)
    client.force_login(person)
    assert post(client, action, "done", "The options went out.").status_code == 302
    action.refresh_from_db()
    signed = signed.format(name=person.name)
    assert (action.state, action.closed_by_name) == ("done", signed)
    assert [(each.text, each.by_name) for each in action.notes.all()] == [("The options went out.", signed)]
    entry = TimelineEntry.objects.get(source=f"action:{action.uuid}")
    assert (entry.kind, entry.audience, entry.heading) == ("action", "school", "Done: Send options")
    client.force_login(here.head if who == "officer" else here.officer)
    assert f"Done: {signed}" in client.get(detail(action)).content.decode()


def test_an_action_not_shared_stays_in_the_hubs_timeline(here):
    action = make_action(here, shared=False)
    agreed.mark_done(action=action, by=here.officer)
    assert TimelineEntry.objects.get(source=f"action:{action.uuid}").audience == "hub"


def test_sharing_shows_the_school_what_was_done_before(here):
    action = here.part.agreed_actions.first()
    agreed.mark_done(action=action, by=here.officer)
    entry = TimelineEntry.objects.filter(source=f"action:{action.uuid}")
    assert entry.get().audience == "hub"
    here.share()
    assert entry.get().audience == "school"


def test_dropping_needs_a_reason_and_opening_again_a_note(client, here):
    action = make_action(here)
    client.force_login(here.head)
    response = post(client, action, "dropped")
    assert (response.status_code, response.context["form"].errors) == (
        400,
        {"reason": ["Say why it is dropped"]},
    )
    assert post(client, action, "dropped", reason="We bought our own.").status_code == 302
    action.refresh_from_db()
    assert (action.state, action.dropped_reason) == ("dropped", "We bought our own.")
    assert TimelineEntry.objects.get(source=f"action:{action.uuid}").text == "We bought our own."
    response = post(client, action, "to_do")
    assert (response.status_code, response.context["form"].errors) == (400, {"note": ["Say why it is open again"]})
    assert post(client, action, "in_progress", "They broke.").status_code == 302
    action.refresh_from_db()
    assert (action.state, action.dropped_reason, action.closed_at, action.closed_by_name) == (
        "in_progress",
        "",
        None,
        "",
    )
    assert not TimelineEntry.objects.filter(source=f"action:{action.uuid}").exists()


def test_a_note_alone_and_nothing_at_all(client, here):
    action = make_action(here)
    client.force_login(here.officer)
    assert post(client, action, "to_do", "Rang them.").status_code == 302
    assert [each.text for each in action.notes.all()] == ["Rang them."]
    response = post(client, action, "to_do")
    assert (response.status_code, response.context["form"].errors) == (
        400,
        {"state": ["Choose what has changed, or write a note"]},
    )


def test_pressing_twice_changes_nothing_twice(client, here):
    action = make_action(here)
    client.force_login(here.officer)
    for _ in range(2):
        assert post(client, action, "done", "Sent.", seen="to_do").status_code == 302
    first = AgreedAction.objects.get(pk=action.pk)
    assert [each.text for each in first.notes.all()] == ["Sent."]
    done = reverse("engagement:action-done", args=[action.uuid])
    assert client.post(done, {"back": LIST}).url == LIST
    again = AgreedAction.objects.get(pk=action.pk)
    assert (again.closed_at, again.closed_by_name) == (first.closed_at, first.closed_by_name)
    assert TimelineEntry.objects.filter(source=f"action:{action.uuid}").count() == 1


def test_a_page_that_is_out_of_date_does_not_open_again_what_another_closed(client, here):
    action = make_action(here)
    agreed.mark_done(action=AgreedAction.objects.get(pk=action.pk), by=here.head)
    client.force_login(here.officer)
    # The officer's page still said "to do"; the officer only adds a note.
    assert post(client, action, "to_do", "Rang them.", seen="to_do").status_code == 302
    response = post(client, action, "dropped", "On it.", seen="to_do", reason="No need.")
    assert (response.status_code, response.context["form"].initial["note"]) == (409, "No need.\nOn it.")
    assert f"This was marked done by {here.head}, Millbrook Junior School" in response.content.decode()
    action.refresh_from_db()
    assert (action.state, [each.text for each in action.notes.all()]) == ("done", ["Rang them."])


def test_mark_done_refuses_what_was_dropped(client, here):
    action = make_action(here, state="dropped", dropped_reason="No need.", closed_at=here.part.conversation.logged_at)
    client.force_login(here.officer)
    response = client.post(reverse("engagement:action-done", args=[action.uuid]), {"back": "https://evil.example/"})
    assert (response.status_code, response.url) == (302, detail(action))
    action.refresh_from_db()
    assert action.state == "dropped"


def test_mark_done_goes_back_only_within_the_portal(client, here):
    action = make_action(here)
    client.force_login(here.officer)
    response = client.post(reverse("engagement:action-done", args=[action.uuid]), {"back": "https://evil.example/"})
    assert response.url == detail(action)


# Owner and due date


def boxes(day) -> dict[str, str]:
    return {"due_on_0": str(day.day), "due_on_1": str(day.month), "due_on_2": str(day.year)}


def test_action_edit_keeps_what_it_was_as_a_note(client, here):
    action = make_action(here, part=here.part, due_on=today())
    client.force_login(here.officer)
    later = today() + timedelta(days=10)
    address = reverse("engagement:action-edit", args=[action.uuid])
    assert client.get(address).status_code == 200
    for _ in range(2):
        data = {"whose": "hub", "owner_name": "Ruth Pell", "note": "Half-term.", **boxes(later)}
        assert client.post(address, data).url == detail(action)
    action.refresh_from_db()
    assert (action.owner_name, action.due_on) == ("Ruth Pell", later)
    note = action.notes.get()
    assert note.text.startswith("Given to Ruth Pell; it was Amira Okafor. Due ")
    assert note.text.endswith(" Half-term.")


def test_action_edit_refuses_a_date_before_the_conversation(client, here):
    action = make_action(here, part=here.part)
    client.force_login(here.officer)
    early = here.on - timedelta(days=1)
    response = client.post(
        reverse("engagement:action-edit", args=[action.uuid]),
        {"whose": "hub", "owner_name": "Ruth Pell", **boxes(early)},
    )
    assert response.status_code == 400
    form = response.context["form"]
    sentence = f"The action must be due on or after {long_date(here.on)}, the date of the conversation"
    assert form.errors == {"due_on": [sentence]}
    html = response.content.decode()
    assert f'<a href="#id_due_on_0">{sentence}</a>' in html
    assert (form["owner_name"].value(), form["due_on"].value()) == (
        "Ruth Pell",
        [str(each) for each in (early.day, early.month, early.year)],
    )
    with pytest.raises(ValidationError, match="on or after"):
        agreed.edit(action=action, owner_name="Ruth Pell", due_on=early, by=here.officer)
    assert not action.notes.exists()


def test_action_edit_refuses_a_closed_action(here):
    action = make_action(here)
    agreed.mark_done(action=action, by=here.officer)
    with pytest.raises(ValidationError, match="Open it again first"):
        agreed.edit(action=action, owner_name="Somebody", due_on=None, by=here.officer)


@pytest.mark.parametrize(("who", "status"), [("officer", 200), ("partner_officer", 200), ("head", 403)])
def test_action_edit_is_for_the_hubs_writers(client, here, who, status):
    action = make_action(here)
    client.force_login(getattr(here, who))
    assert client.get(reverse("engagement:action-edit", args=[action.uuid])).status_code == status


def test_action_of_a_partner_who_is_no_longer_there_is_given_to_somebody_else(client, here):
    action = make_action(
        here, "Lend ten cornets", part=here.part, side="partner", partner=here.partner, owner_name="Lewis Garside"
    )
    words = f"{here.partner} is no longer there for this school"
    client.force_login(here.officer)
    assert words not in client.get(detail(action)).content.decode()
    here.partner.commissions.update(ends_on=today())
    page = client.get(detail(action)).content.decode()
    edit = reverse("engagement:action-edit", args=[action.uuid])
    assert words in page
    assert edit in page
    assert "No longer there for the school" in client.get(LIST).content.decode()
    today_page = client.get(reverse("engagement:today")).content.decode()
    assert f"{here.partner} agreed: Lend ten cornets. It is no longer there for this school." in today_page
    assert edit in today_page
    answer = client.post(edit, {"whose": "hub", "owner_name": "Amira Okafor", **boxes(today())})
    assert answer.url == detail(action)
    action.refresh_from_db()
    assert (action.side, action.partner, action.owner) == ("hub", None, here.officer)
    assert action.notes.get().text.startswith(f"Given to Amira Okafor, the hub; it was Lewis Garside, {here.partner}.")
    assert words not in client.get(detail(action)).content.decode()
    assert "It is no longer there" not in client.get(reverse("engagement:today")).content.decode()


def test_action_is_given_to_no_partner_of_another_hub(client, here, there):
    action = make_action(here)
    client.force_login(here.officer)
    edit = reverse("engagement:action-edit", args=[action.uuid])
    answer = client.post(edit, {"whose": f"partner:{there.partner.uuid}", "owner_name": "Somebody"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["whose"])
    with pytest.raises(ValidationError, match="is not a partner of"):
        agreed.edit(
            action=action, owner_name="Somebody", due_on=None, side="partner", partner=there.partner, by=here.officer
        )


# Permissions, true in themselves


def test_can_close_action_of_an_officer_whose_partner_has_other_schools(here, there):
    """An officer of some partner may not close what is at a school that is not entrusted to it."""
    elsewhere = make_school("Elsewhere School", hub=here.hub)
    action = make_action(here, school=elsewhere)
    assert can_close_action(here.partner_officer, action) is False
    assert can_close_action(there.partner_officer, make_action(here)) is False
    assert can_close_action(here.partner_officer, make_action(here)) is True
    make_commission(partner=here.partner, school=elsewhere, starts_on=today())
    assert can_close_action(here.partner_officer, action) is True


def test_can_close_and_edit_by_role(here, there):
    shared, alone = make_action(here), make_action(here, shared=False)
    partners = make_action(here, side="partner", partner=here.partner)
    others = make_action(here, side="partner", partner=make_partner("Strings", hub=here.hub))
    viewer = make_person(Role.HUB_VIEWER, here.hub)
    rows = (shared, alone, partners, others)
    people = {
        "officer": here.officer,
        "viewer": viewer,
        "head": here.head,
        "staff": here.partner_staff,
        "governor": here.governor,
        "other hub": there.officer,
    }
    assert {name: tuple(can_close_action(person, row) for row in rows) for name, person in people.items()} == {
        "officer": (True, True, True, True),
        "viewer": (False, False, False, False),
        "head": (True, False, True, True),
        "staff": (False, False, True, False),
        "governor": (False, False, False, False),
        "other hub": (False, False, False, False),
    }
    assert {name: can_edit_action(person, partners) for name, person in people.items()} == {
        name: name == "officer" for name in people
    }


def test_a_hub_viewer_reads_but_has_no_button(client, here):
    action = make_action(here)
    viewer = make_person(Role.HUB_VIEWER, here.hub)
    client.force_login(viewer)
    assert "What has become of it?" not in client.get(detail(action)).content.decode()
    assert "Mark done" not in client.get(LIST).content.decode()
    assert post(client, action, "done").status_code == 403
    assert client.post(reverse("engagement:action-done", args=[action.uuid])).status_code == 403


def test_action_detail_links_the_conversation_each_may_read(client, here):
    action = make_action(here, part=here.part, side="partner", partner=here.partner)
    here.share()
    links = {}
    for who in ("officer", "partner_officer", "head", "partner_staff"):
        client.force_login(getattr(here, who))
        facts = {each["label"]: each for each in client.get(detail(action)).context["facts"]}
        links[who] = facts["Agreed in"]["href"]
    of_hub = here.conversation.get_absolute_url()
    assert links == {
        "officer": of_hub,
        "partner_officer": of_hub,
        "head": here.part.get_absolute_url(),
        "partner_staff": "",
    }
