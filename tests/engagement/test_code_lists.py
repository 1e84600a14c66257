"""The code lists: national, a hub's own, called otherwise, retired, never deleted."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from engagement.actions import code_lists
from engagement.code_lists.reading import lists_of
from engagement.models import CodeEntry
from engagement.reference import load_reference, read
from schools.roles import Role
from tests.factories import make_hub, make_person

pytestmark = pytest.mark.django_db

INSTRUMENT = CodeEntry.List.INSTRUMENT


@pytest.fixture
def hub():
    return make_hub("Exampleshire Music Hub")


@pytest.fixture
def manager(hub):
    return make_person(Role.HUB_MANAGER, hub, "Mo Manager")


def national(code: str = "violin") -> CodeEntry:
    return CodeEntry.objects.get(hub=None, code_list=INSTRUMENT, code=code)


def names(hub, *, offered: bool = True) -> list[str]:
    return [entry.name for entry in lists_of(hub)[INSTRUMENT] if entry.is_offered or not offered]


def test_every_list_has_national_entries_and_loading_again_adds_none(hub):
    assert load_reference() == []
    shipped = read("code_lists.json")["lists"]
    assert {key: len(entries) for key, entries in lists_of(hub).items()} == {
        key: len(rows) for key, rows in shipped.items()
    }
    assert national().is_unverified
    assert not CodeEntry.objects.get(code="woodwind-ensemble").is_unverified


def test_what_a_platform_administrator_edited_stays(hub):
    CodeEntry.objects.filter(pk=national().pk).update(name="Fiddle", is_unverified=False)
    CodeEntry.objects.filter(code="viola", hub=None).delete()
    assert load_reference() == ["code list, instrument: Viola"]
    assert "Fiddle" in names(hub)


def test_a_hub_adds_an_entry_that_no_other_hub_has(hub, manager):
    code_lists.add(hub=hub, code_list=INSTRUMENT, name="  Northumbrian   pipes ", by=manager)
    assert names(hub)[-1] == "Northumbrian pipes"
    assert "Northumbrian pipes" not in names(make_hub("Samplefolk Music Hub"), offered=False)


def test_a_hub_calls_a_national_entry_otherwise_and_retires_it_for_itself_alone(hub, manager):
    other = make_hub("Samplefolk Music Hub")
    code_lists.change(hub=hub, entry=national(), name="Fiddle", is_offered=True, by=manager)
    assert "Fiddle" in names(hub) and "Violin" not in names(hub) and "Violin" in names(other)
    entry = next(each for each in lists_of(hub)[INSTRUMENT] if each.row == national())
    assert (entry.usual, entry.is_own) == ("Violin", False)
    code_lists.change(hub=hub, entry=national(), name="Violin", is_offered=False, by=manager)
    assert "Violin" not in names(hub) and "Violin" in names(hub, offered=False) and "Violin" in names(other)
    assert CodeEntry.objects.filter(hub=hub).count() == 1


@pytest.mark.parametrize("name", ["violin", " VIOLIN "])
def test_a_name_stands_once_on_a_list(hub, manager, name):
    with pytest.raises(ValidationError, match="“Violin” is on this list already"):
        code_lists.add(hub=hub, code_list=INSTRUMENT, name=name, by=manager)


def test_an_entry_of_another_hub_is_not_changed(hub, manager):
    theirs = code_lists.add(hub=make_hub("Samplefolk Music Hub"), code_list=INSTRUMENT, name="Pipes", by=manager)
    with pytest.raises(ValidationError, match="not of your hub"):
        code_lists.change(hub=hub, entry=theirs, name="Ours", is_offered=True, by=manager)


def test_the_database_lets_only_a_hub_say_a_national_entry_otherwise():
    with pytest.raises(IntegrityError), transaction.atomic():
        CodeEntry.objects.create(code_list=INSTRUMENT, code="fiddle", name="Fiddle", national=national())


def test_a_manager_adds_renames_and_retires_on_the_pages(client, hub, manager):
    client.force_login(manager)
    page = client.get(reverse("engagement:code-list-detail", args=[hub.slug])).content.decode()
    assert "Violin" in page and "Unverified" in page
    add = reverse("engagement:code-entry-create", args=[hub.slug, "instrument"])
    refused = client.post(add, {"name": "Viola"})
    assert refused.status_code == 400
    assert refused.context["form"].errors == {"name": ["“Viola” is on this list already"]}
    assert 'value="Viola"' in refused.content.decode()
    page = client.post(add, {"name": "Crumhorn"}, follow=True).content.decode()
    assert "Added: Crumhorn." in page and "Our own" in page
    edit = reverse("engagement:code-entry-edit", args=[hub.slug, national().uuid])
    assert "No published list with this entry was found" in client.get(edit).content.decode()
    page = client.post(edit, {"name": "Fiddle"}, follow=True).content.decode()
    assert "Saved: Fiddle, retired." in page and "nationally: Violin" in page
    assert client.get(reverse("engagement:code-entry-create", args=[hub.slug, "nothing"])).status_code == 404


def test_an_officer_reads_the_lists_and_is_not_told_what_is_unverified(client, hub):
    client.force_login(make_person(Role.HUB_OFFICER, hub))
    page = client.get(reverse("engagement:code-list-detail", args=[hub.slug])).content.decode()
    assert "Violin" in page and "Unverified" not in page and "Add to" not in page
    assert client.get(reverse("engagement:code-entry-create", args=[hub.slug, "instrument"])).status_code == 403


def test_another_hubs_lists_do_not_exist(client, hub, manager):
    other = make_hub("Samplefolk Music Hub")
    theirs = code_lists.add(hub=other, code_list=INSTRUMENT, name="Pipes", by=manager)
    client.force_login(manager)
    assert client.get(reverse("engagement:code-list-detail", args=[other.slug])).status_code == 404
    assert client.get(reverse("engagement:code-entry-edit", args=[hub.slug, theirs.uuid])).status_code == 404
