"""Views of lists that are saved: what opens, who has them, what no longer exists; and the log of files."""

import csv
import io

import pytest
from django.urls import reverse

from hubportal.kit.saved import Described
from schools.actions import saved_views
from schools.models import ListExport, SavedView, School
from schools.roles import Role
from tests import factories as make
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db

LIST = reverse("schools:school-list")
VIEWS = reverse("schools:saved-view-list")
KEY = "schools:school-list"


@pytest.fixture(autouse=True)
def _one_secondary(both: Town) -> None:
    School.objects.filter(pk=both.third.pk).update(phase=School.Phase.SECONDARY)


def names(response) -> list[str]:
    return [row.record.name for row in response.context["table"].page.object_list]


def headers(response) -> list[str]:
    return [str(column.header) for column in response.context["table"].columns]


def save(client, query: str = "?phase=4&sort=-town&columns=town&columns=postcode", **said) -> SavedView:
    strip = client.get(LIST + query).context["saved_views"]
    response = client.post(
        reverse("schools:saved-view-create"), {"shown": strip.payload, "name": "Secondaries", **said}
    )
    assert response.status_code == 302, response.context["form"].errors
    return SavedView.objects.latest("pk")


def test_a_view_keeps_filters_order_and_columns(both: Town, as_) -> None:
    client = as_(both[Role.HUB_OFFICER])
    view = save(client)
    assert (view.query, view.sort, view.columns) == ({"phase": "4"}, "-town", ["town", "postcode"])
    assert (view.hub, view.owner, view.is_shared) == (both.hub, both[Role.HUB_OFFICER], False)
    response = client.get(f"{LIST}?view={view.uuid}", follow=True)
    assert names(response) == ["Exampleshire Third School"]
    assert headers(response) == ["School", "Town", "Postcode"]
    assert response.context["saved_views"].current == view
    assert not response.context["saved_views"].is_changed
    assert [each.label for each in response.context["filters"].chosen] == ["Phase"]
    changed = client.get(view.get_absolute_url() + "&q=third")
    assert changed.context["saved_views"].is_changed
    file = client.get(reverse("schools:school-export", args=["csv"]) + response.context["query"])
    assert list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))[0] == ["URN", "School", "Town", "Postcode"]


def test_a_list_opens_with_ones_start_and_plain_when_asked(both: Town, as_) -> None:
    client = as_(both[Role.HUB_OFFICER])
    view = save(client, is_start="on")
    response = client.get(LIST)
    assert response["Location"] == view.get_absolute_url()
    assert len(names(client.get(f"{LIST}?view="))) == 3
    assert len(names(client.get(f"{LIST}?q=school"))) == 3, "an address that says something is taken at its word"
    client.post(reverse("schools:saved-view-start", args=[view.uuid]), {"start": "no"})
    assert client.get(LIST).status_code == 200
    client.post(reverse("schools:saved-view-start", args=[view.uuid]), {"start": "yes"})
    assert as_(both[Role.HUB_MANAGER]).get(LIST).status_code == 200, "a start is one person's"


def test_a_shared_view_says_by_whom_and_stays_in_its_hub(both: Town, there: Town, as_) -> None:
    view = save(as_(both[Role.HUB_OFFICER]), is_shared="on")
    for role in (Role.HUB_MANAGER, Role.HUB_VIEWER, Role.PARTNER_OFFICER):
        page = as_(both[role]).get(VIEWS).content.decode()
        assert "Exampleshire Hub officer" in page and "Secondaries" in page
        assert as_(both[role]).get(f"{LIST}?view={view.uuid}")["Location"] == view.get_absolute_url()
    assert "Secondaries" not in as_(both[Role.PARTNER_STAFF]).get(VIEWS).content.decode()
    client = as_(there[Role.HUB_MANAGER])
    assert client.get(f"{LIST}?view={view.uuid}")["Location"] == f"{LIST}?view="
    assert "has been deleted, or is not shared" in client.get(f"{LIST}?view=").content.decode()
    assert client.get(reverse("schools:saved-view-edit", args=[view.uuid])).status_code == 404


def test_what_is_private_is_ones_own(both: Town, as_) -> None:
    view = save(as_(both[Role.HUB_OFFICER]))
    client = as_(both[Role.HUB_MANAGER])
    client.get(LIST)  # says what was saved before somebody else signed in here
    assert "Secondaries" not in client.get(VIEWS).content.decode()
    assert client.get(reverse("schools:saved-view-delete", args=[view.uuid])).status_code == 404


def test_a_view_that_is_shared_no_longer_opens_no_list_of_others(both: Town, as_) -> None:
    view = save(as_(both[Role.HUB_OFFICER]), is_shared="on")
    saved_views.set_start(view=view, is_start=True, by=both[Role.HUB_MANAGER])
    assert as_(both[Role.HUB_MANAGER]).get(LIST).status_code == 302
    edit = reverse("schools:saved-view-edit", args=[view.uuid])
    assert as_(both[Role.HUB_OFFICER]).post(edit, {"name": "Older ones"}).status_code == 302
    view.refresh_from_db()
    assert (view.name, view.is_shared) == ("Older ones", False)
    assert as_(both[Role.HUB_MANAGER]).get(LIST).status_code == 200


def test_deleting_a_view_leaves_plain_lists_and_its_history(both: Town, as_) -> None:
    client = as_(both[Role.HUB_OFFICER])
    view = save(client, is_start="on")
    assert (
        "No school and no record is touched"
        in client.get(reverse("schools:saved-view-delete", args=[view.uuid])).content.decode()
    )
    client.post(reverse("schools:saved-view-delete", args=[view.uuid]))
    assert client.get(LIST).status_code == 200
    assert not SavedView.objects.exists()
    assert SavedView.pgh_event_model.objects.filter(pgh_obj_id=view.pk).exists()


def test_what_no_longer_exists_is_told_and_left_out(both: Town, as_) -> None:
    manager = both[Role.HUB_MANAGER]
    words = {
        "owner": "Whose school: Priya Shah",
        "colour": "Colour: blue",
        "columns.choir": "The column “Choir”",
        "phase": "Phase: Secondary",
    }
    shown = Described(KEY, {"owner": "99999", "colour": "blue", "phase": "4"}, "", ["choir", "town"], words)
    view = saved_views.save(hub=both.hub, shown=shown, name="Old", is_shared=False, is_start=False, by=manager)
    response = as_(manager).get(view.get_absolute_url())
    assert response.context["left_out"] == [
        "Whose school: Priya Shah",
        "Colour: blue",
        "The column “Choir”",
    ]
    assert names(response) == ["Exampleshire Third School"]
    assert "Left out: Whose school: Priya Shah; Colour: blue" in response.content.decode()
    # Kept again as it stands, it is whole.
    payload = response.context["saved_views"].payload
    client = as_(manager)
    client.post(reverse("schools:saved-view-edit", args=[view.uuid]), {"shown": payload})
    view.refresh_from_db()
    assert (view.query, view.columns) == ({"phase": "4"}, ["town"])
    assert client.get(view.get_absolute_url()).context["left_out"] == []


def test_bad_names_and_forged_lists_keep_what_was_typed(both: Town, as_) -> None:
    client = as_(both[Role.HUB_OFFICER])
    save(client)
    create, shown = reverse("schools:saved-view-create"), client.get(LIST).context["saved_views"].payload
    for name, said in (
        ("", "Answer “What do you call it?”"),
        ("…", "at least one letter or number"),
        (" secondaries ", "You have a view called “Secondaries” already"),
        ("x" * 61, "60 characters or fewer"),
    ):
        response = client.post(create, {"shown": shown, "name": name})
        assert response.status_code == 400
        assert said in response.content.decode()
        assert response.context["form"]["name"].value() == name
    assert client.post(create, {"shown": "forged", "name": "Forged"}).status_code == 302
    assert SavedView.objects.count() == 1
    # The same sent twice is kept once.
    first = SavedView.objects.get()
    client.post(create, {"shown": first.described.signed, "name": "Secondaries"})
    assert SavedView.objects.count() == 1


def test_people_of_schools_save_no_views(both: Town, as_) -> None:
    client = as_(both[Role.SCHOOL_LEADER])
    assert client.get(LIST).context["saved_views"] is None
    assert client.get(VIEWS).status_code == 403


@pytest.mark.parametrize(
    "key",
    [
        *("schools:organisation-list", "schools:trust-list", "schools:change-list", "schools:people-list"),
        *("engagement:conversation-list", "engagement:action-list", "engagement:offer-list", "smdp:plan-list"),
    ],
)
def test_every_list_can_be_saved(both: Town, as_, key: str) -> None:
    client = as_(both[Role.HUB_MANAGER])
    make.make_manual("Cathedral", hub=both.hub)
    response = client.get(reverse(key) + "?q=x")
    strip = response.context["saved_views"]
    client.post(reverse("schools:saved-view-create"), {"shown": strip.payload, "name": "Mine", "is_start": "on"})
    view = SavedView.objects.get()
    assert view.list == key
    assert client.get(reverse(key))["Location"] == view.get_absolute_url()
    response = client.get(view.get_absolute_url())
    assert response.context["saved_views"].current == view
    assert response.context["left_out"] == []


def test_a_file_is_logged_with_as_many_rows_as_the_screen_says(both: Town, there: Town, as_) -> None:
    client = as_(both[Role.HUB_OFFICER])
    query = "?phase=2&sort=-name"
    said = client.get(LIST + query).context["matching"]
    file = client.get(reverse("schools:school-export", args=["csv"]) + query)
    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    row = ListExport.objects.get()
    assert len(lines) - 1 == said == row.rows
    assert (row.hub, row.by, row.name, row.words) == (both.hub, both[Role.HUB_OFFICER], "Schools", "Phase: Primary")
    page = as_(both[Role.HUB_MANAGER]).get(reverse("schools:export-list"))
    assert "Exampleshire Hub officer" in page.content.decode() and "Phase: Primary" in page.content.decode()
    assert as_(both[Role.HUB_OFFICER]).get(reverse("schools:export-list")).status_code == 403
    assert "Exampleshire" not in as_(there[Role.HUB_MANAGER]).get(reverse("schools:export-list")).content.decode()


@pytest.mark.parametrize("role", [Role.TRUST_LEADER, Role.PARTNER_STAFF, Role.SCHOOL_LEADER])
def test_files_of_others_are_logged_too(both: Town, as_, role: Role) -> None:
    as_(both[role]).get(reverse("schools:school-export", args=["xlsx"]))
    row = ListExport.objects.get()
    assert (row.by, row.rows) == (both[role], 1)
    assert row.hub == (both.hub if role == Role.PARTNER_STAFF else None)
