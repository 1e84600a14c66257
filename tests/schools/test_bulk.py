"""Doing the same with several schools at once: what the preview says is what happens, and undoing restores it."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse

from engagement.models import Hold, PlannedContact
from schools.access import today
from schools.actions import relationships
from schools.models import BulkChange, ListExport, Membership, Relationship, School, SchoolTag, Tag, TimelineEntry
from schools.roles import Role
from tests import factories as make
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db

CREATE = reverse("schools:bulk-create")


def ask(client, kind: str, *schools: School, query: str = ""):
    which = {"which": "ticked", "schools": [each.urn for each in schools]} if schools else {"which": "all"}
    return client.post(CREATE, {"kind": kind, "query": query, **which})


def preview(client, asked, **said):
    return client.post(CREATE, {"chosen": asked.context["chosen"], "asked": "yes", **said})


def names(rows) -> list[str]:
    return [each.school.name.removeprefix("Exampleshire ") for each in rows]


def key_of(town: Town, role: str) -> str:
    return str(Membership.objects.get(user=town[role]).uuid)


def owners(town: Town) -> list[int | None]:
    rows = dict(Relationship.objects.filter(hub=town.hub).values_list("school", "owner"))
    return [rows[each.pk] for each in town.schools]


def test_what_the_preview_says_is_what_happens_and_undo_restores_it(both: Town, as_) -> None:
    manager, officer = both[Role.HUB_MANAGER], both[Role.HUB_OFFICER]
    client = as_(manager)
    relationships.set_owner(hub=both.hub, school=both.second, owner=manager, by=manager)
    School.objects.filter(pk=both.third.pk).update(status=School.Status.CLOSED, close_date=date(2026, 8, 31))
    before = owners(both)
    asked = ask(client, "owner", query="status=all")
    shown = preview(client, asked, owner=key_of(both, Role.HUB_MANAGER))
    left = {each.school.name: each.why_not for each in shown.context["left"]}
    assert names(shown.context["changes"]) == ["First School"]
    assert left["Exampleshire Second School"] == "Is so already"
    assert left["Exampleshire Third School"] == "Closed on 31 August 2026"
    assert owners(both) == before, "a preview changes nothing"
    plan = {"plan": shown.context["plan"]}
    done = client.post(CREATE, plan)
    change = BulkChange.objects.get()
    assert done["Location"] == change.get_absolute_url()
    assert owners(both) == [manager.pk, manager.pk, officer.pk]
    assert TimelineEntry.objects.filter(school=both.first, heading__contains="looks after").exists()
    # The same press sent twice does nothing more.
    assert client.post(CREATE, plan)["Location"] == done["Location"]
    assert BulkChange.objects.count() == 1
    page = client.get(done["Location"]).content.decode()
    assert "Closed on 31 August 2026" in page and "Undo for all of these" in page
    client.post(reverse("schools:bulk-undo", args=[change.uuid]))
    assert owners(both) == before
    change.refresh_from_db()
    assert change.undone_by == manager
    client.post(reverse("schools:bulk-undo", args=[change.uuid]))
    assert "has undone this already" in client.get(done["Location"]).content.decode()


def test_of_two_managers_the_second_is_told_by_name_what_the_first_changed(both: Town, as_) -> None:
    manager = both[Role.HUB_MANAGER]
    client = as_(manager)
    shown = preview(client, ask(client, "owner", both.first, both.second), owner="nobody")
    relationships.set_owner(hub=both.hub, school=both.first, owner=manager, by=manager)
    client.post(CREATE, {"plan": shown.context["plan"]})
    row = BulkChange.objects.get().rows.get(school=both.first)
    assert row.left_because == "Somebody changed it meanwhile: Exampleshire Hub manager"
    assert owners(both)[:2] == [manager.pk, None]


def test_undo_leaves_what_was_changed_since_and_names_it(both: Town, as_) -> None:
    manager, officer = both[Role.HUB_MANAGER], both[Role.HUB_OFFICER]
    client = as_(manager)
    shown = preview(client, ask(client, "owner", both.first, both.second), owner="nobody")
    client.post(CREATE, {"plan": shown.context["plan"]})
    relationships.set_owner(hub=both.hub, school=both.first, owner=manager, by=officer)
    change = BulkChange.objects.get()
    response = client.post(reverse("schools:bulk-undo", args=[change.uuid]), follow=True)
    assert owners(both)[:2] == [manager.pk, officer.pk]
    page = response.content.decode()
    assert "Not undone" in page and "Changed since: Exampleshire Hub manager" in page


def test_a_school_that_a_partner_looks_after_stays_with_it(both: Town, as_) -> None:
    partner, client = both[Role.PARTNER_OFFICER], as_(both[Role.HUB_MANAGER])
    relationships.set_owner(hub=both.hub, school=both.first, owner=partner, by=partner)
    shown = preview(client, ask(client, "owner"), owner=key_of(both, Role.HUB_MANAGER))
    assert {each.school: each.why_not for each in shown.context["left"]} == {
        both.first: "Exampleshire Partner officer of Exampleshire Brass looks after it"
    }
    shown = preview(client, ask(client, "owner"), owner=key_of(both, Role.PARTNER_OFFICER))
    assert {each.school: each.why_not for each in shown.context["left"]} == {
        both.first: "Is so already",
        both.second: "Not entrusted to Exampleshire Brass",
        both.third: "Not entrusted to Exampleshire Brass",
    }


def test_tags_are_the_hubs_and_filter_the_list(both: Town, there: Town, as_) -> None:
    client = as_(both[Role.HUB_OFFICER])
    shown = preview(client, ask(client, "tag", both.first, both.second), tag="  Summer   festival ")
    client.post(CREATE, {"plan": shown.context["plan"]})
    tag = Tag.objects.get()
    assert (tag.hub, tag.name) == (both.hub, "Summer festival")
    found = client.get(reverse("schools:school-list"), {"tag": tag.pk, "columns": ["tags"]})
    rows = found.context["table"].page.object_list
    assert [(row.record.name, row.record.tags) for row in rows] == [
        ("Exampleshire First School", "Summer festival"),
        ("Exampleshire Second School", "Summer festival"),
    ]
    assert "Summer festival" in client.get(both.first.get_absolute_url()).content.decode()
    # The same tag in other letters is the same tag.
    shown = preview(client, ask(client, "tag", both.first, both.third), tag="SUMMER FESTIVAL")
    assert names(shown.context["changes"]) == ["Third School"]
    shown = preview(client, ask(client, "untag", both.first), tag="Summer festival")
    client.post(CREATE, {"plan": shown.context["plan"]})
    assert set(SchoolTag.objects.values_list("school", flat=True)) == {both.second.pk}
    client.post(reverse("schools:bulk-undo", args=[BulkChange.objects.first().uuid]))
    assert set(SchoolTag.objects.values_list("school", flat=True)) == {both.first.pk, both.second.pk}
    client = as_(there[Role.HUB_MANAGER])
    assert "Summer festival" not in client.get(reverse("schools:school-list")).content.decode()


def test_the_next_contact_is_set_with_a_reason_and_taken_back(both: Town, as_) -> None:
    client, on = as_(both[Role.HUB_MANAGER]), today() + timedelta(days=40)
    Hold.objects.create(
        hub=both.hub, school=both.second, kind="declined", reason="time", decided_by="Head", decided_on=today(),
        until=today() + timedelta(days=90), recorded_by=both[Role.HUB_MANAGER],
    )  # fmt: skip
    day = {"on_0": on.day, "on_1": on.month, "on_2": on.year}
    shown = preview(client, ask(client, "next"), reason="Festival places", **day)
    assert names(shown.context["changes"]) == ["First School", "Third School"]
    assert [each.why_not[:14] for each in shown.context["left"]] == ["Declined until"]
    client.post(CREATE, {"plan": shown.context["plan"]})
    kept = Relationship.objects.get(hub=both.hub, school=both.first)
    assert (kept.due_on, kept.due_because, kept.next_conversation_on) == (on, "set", on)
    assert "Festival places" in kept.due_reason and "Exampleshire Hub manager" in kept.due_reason
    client.post(reverse("schools:bulk-undo", args=[BulkChange.objects.get().uuid]))
    kept.refresh_from_db()
    assert (kept.due_because, kept.next_conversation_on) == ("", None)
    assert not PlannedContact.objects.standing().exists()


@pytest.mark.parametrize(
    ("kind", "said", "problem"),
    [
        ("owner", {}, "Answer “Who looks after them?”"),
        ("tag", {"tag": "…"}, "at least one letter or number"),
        ("tag", {"tag": "x" * 41}, "40 characters or fewer"),
        ("untag", {"tag": "Unknown"}, "Select a valid choice"),
        ("next", {"on_0": "1", "on_1": "1", "on_2": "2020", "reason": "x"}, "must be today"),
        ("next", {"on_0": "31", "on_1": "2", "on_2": "2027", "reason": "x"}, "must be a real date"),
    ],
)
def test_bad_answers_keep_what_was_typed_and_change_nothing(both: Town, as_, kind, said, problem) -> None:
    client = as_(both[Role.HUB_MANAGER])
    response = preview(client, ask(client, kind), **said)
    assert response.status_code == 400
    assert problem in response.content.decode()
    assert not BulkChange.objects.exists()


def test_nothing_ticked_and_forged_plans_change_nothing(both: Town, as_) -> None:
    client = as_(both[Role.HUB_MANAGER])
    response = client.post(CREATE, {"kind": "owner", "which": "ticked", "query": "phase=2"}, follow=True)
    assert "Choose at least one school" in response.content.decode()
    assert response.redirect_chain[0][0].endswith("?phase=2")
    response = client.post(CREATE, {"plan": "forged"}, follow=True)
    assert "did not come along" in response.content.decode()
    assert not BulkChange.objects.exists()


def test_a_partners_officer_changes_only_what_is_entrusted(both: Town, as_) -> None:
    client = as_(both[Role.PARTNER_OFFICER])
    asked = ask(client, "tag", *both.schools)
    assert [each.name for each in asked.context["schools"]] == ["Exampleshire First School"]
    assert as_(both[Role.HUB_VIEWER]).post(CREATE, {"kind": "tag", "which": "all"}).status_code == 403
    assert 'name="schools"' not in as_(both[Role.HUB_VIEWER]).get(reverse("schools:school-list")).content.decode()


def test_another_hubs_schools_cannot_be_ticked(both: Town, there: Town, as_) -> None:
    client = as_(both[Role.HUB_MANAGER])
    response = ask(client, "tag", there.first)
    assert response.status_code == 302
    assert [each.name for each in ask(client, "tag", both.first, there.first).context["schools"]] == [
        "Exampleshire First School"
    ]


def test_the_ticked_ones_are_taken_away_as_a_file(both: Town, as_) -> None:
    response = ask(as_(both[Role.HUB_MANAGER]), "export", both.first, both.third)
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [sheet.cell(row, 2).value for row in (2, 3)] == ["Exampleshire First School", "Exampleshire Third School"]
    assert (sheet.max_row, ListExport.objects.get().rows) == (3, 2)


def test_doing_costs_the_same_for_three_and_thirty(both: Town, as_, django_assert_max_num_queries) -> None:
    client = as_(both[Role.HUB_MANAGER])
    for number in range(30):
        make.make_school(f"Exampleshire More {number}", hub=both.hub)
    shown = preview(client, ask(client, "owner"), owner=key_of(both, Role.HUB_MANAGER))
    assert len(shown.context["changes"]) == 33
    with django_assert_max_num_queries(40):
        client.post(CREATE, {"plan": shown.context["plan"]})
    assert set(Relationship.objects.filter(hub=both.hub).values_list("owner", flat=True)) == {both[Role.HUB_MANAGER].pk}
