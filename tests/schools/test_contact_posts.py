"""One person with several posts: seen, added, changed together, ended one by one, parted."""

import pytest
from django.urls import reverse

from schools.access import today
from schools.actions import contacts, persons
from schools.models import Contact
from schools.roles import Role
from schools.views.contacts import MOST_LISTED
from tests import factories as make
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def posts(here: Town) -> list[Contact]:
    """An executive head: at the first school (the partner's too) and at the second."""
    own = {"hub": here.hub, "email": "priya@heads.example", "job_title": "Executive head"}
    found = [make.make_contact("Priya Nair", school=school, **own) for school in (here.first, here.second)]
    persons.join(*found)
    for post in found:
        post.refresh_from_db()
    return found


def page_of(contact: Contact) -> str:
    return reverse("schools:contact-edit", args=[contact.uuid])


def typed(contact: Contact, **changed) -> dict[str, str]:
    return {name: getattr(contact, name) for name in ("name", "job_title", "email", "phone")} | changed


def test_each_post_says_where_the_others_are(here: Town, as_, posts) -> None:
    body = as_(here[Role.HUB_OFFICER]).get(here.first.get_absolute_url()).content.decode()
    assert f'Also at <a class="govuk-link" href="{here.second.get_absolute_url()}">{here.second.name}</a>' in body
    assert as_(here[Role.HUB_OFFICER]).get(page_of(posts[0])).context["posts"] == [posts[1]]


def test_a_post_elsewhere_is_no_business_of_who_may_not_see_that_school(here: Town, as_, posts) -> None:
    for role in (Role.PARTNER_OFFICER, Role.SCHOOL_LEADER):
        body = as_(here[role]).get(here.first.get_absolute_url()).content.decode()
        assert "Priya Nair" in body
        assert here.second.name not in body
    response = as_(here[Role.PARTNER_OFFICER]).get(page_of(posts[0]))
    assert (response.context["posts"], here.second.name in response.content.decode()) == ([], False)


def test_a_change_goes_to_all_posts_where_they_held_the_same(here: Town, as_, posts) -> None:
    Contact.objects.filter(pk=posts[1].pk).update(phone="01632 960 222")
    values = typed(
        posts[0], name="Priya Nair-Hall", email="priya@trust.example", phone="01632 960 111", job_title="CEO"
    )
    as_(here[Role.HUB_OFFICER]).post(page_of(posts[0]), {**values, "everywhere": "on"})
    posts[1].refresh_from_db()
    assert (posts[1].name, posts[1].email) == ("Priya Nair-Hall", "priya@trust.example")
    assert (posts[1].phone, posts[1].job_title) == ("01632 960 222", "Executive head")


def test_a_change_stays_with_one_post_where_asked(here: Town, as_, posts) -> None:
    as_(here[Role.HUB_OFFICER]).post(page_of(posts[0]), typed(posts[0], email="priya@first.example"))
    assert [post.email for post in Contact.objects.filter(name="Priya Nair").order_by("pk")] == [
        "priya@first.example",
        "priya@heads.example",
    ]


def test_a_partners_change_reaches_no_school_that_is_not_entrusted(here: Town, as_, posts) -> None:
    values = typed(posts[0], name="Priya Hall")
    as_(here[Role.PARTNER_OFFICER]).post(page_of(posts[0]), {**values, "everywhere": "on"})
    posts[1].refresh_from_db()
    assert posts[1].name == "Priya Nair"


def test_another_post_that_clashes_changes_neither(here: Town, as_, posts) -> None:
    make.make_contact("Priya Hall", hub=here.hub, school=here.second, email="priya@heads.example")
    response = as_(here[Role.HUB_OFFICER]).post(
        page_of(posts[0]), {**typed(posts[0], name="Priya Hall"), "everywhere": "on"}
    )
    assert f"is already a contact at {here.second}" in response.content.decode()
    posts[0].refresh_from_db()
    assert posts[0].name == "Priya Nair"


def test_ending_one_post_leaves_the_others(here: Town, as_, posts) -> None:
    address = reverse("schools:contact-end", args=[posts[0].uuid])
    client = as_(here[Role.HUB_OFFICER])
    assert f"They stay a contact at {here.second.name}." in client.get(address).content.decode()
    contacts.end(contact=posts[0], left_on=today(), by=here[Role.HUB_OFFICER])
    assert list(Contact.objects.current(today()).filter(name="Priya Nair")) == [posts[1]]
    assert client.get(page_of(posts[1])).context["posts"] == []


def test_add_a_post_at_another_school(here: Town, there: Town, as_) -> None:
    contact = Contact.objects.get(school=here.first)
    address = reverse("schools:contact-post-create", args=[contact.uuid])
    client = as_(here[Role.HUB_OFFICER])
    offered = list(client.get(address).context["form"].fields["school"].queryset)
    assert offered == [here.second, here.third]
    response = client.post(address, {"school": here.third.urn, "job_title": "Music lead", "is_music_lead": "on"})
    post = Contact.objects.get(school=here.third, name=contact.name)
    assert response["Location"] == post.get_absolute_url()
    assert (post.email, post.is_music_lead, post.shared_with_partners) == (contact.email, True, False)
    contact.refresh_from_db()
    assert post.person == contact.person is not None
    assert list(client.get(address).context["form"].fields["school"].queryset) == [here.second]
    refused = client.post(address, {"school": there.first.urn})
    assert refused.context["form"].errors == {"school": ["Choose a school from the list"]}


def test_of_many_schools_one_looks_for_the_right_one(here: Town, there: Town, as_) -> None:
    for number in range(MOST_LISTED):
        make.make_school(f"Exampleshire Small School {number:02}", hub=here.hub)
    contact = Contact.objects.get(school=here.first)
    address = reverse("schools:contact-post-create", args=[contact.uuid])
    client = as_(here[Role.HUB_OFFICER])
    body = client.get(address).content.decode()
    assert "Look for the school" in body and here.third.name not in body and "Add the post" not in body
    body = client.get(address, {"q": "third"}).content.decode()
    assert here.third.name in body and "Small School" not in body and here.second.name not in body
    assert "The first 20 are shown." in client.get(address, {"q": "small"}).content.decode()
    for words in (there.first.name, here.first.name):
        assert "No school matches" in client.get(address, {"q": words}).content.decode()
    page = client.post(address, {"q": "third", "job_title": "Music lead"})
    assert page.context["form"].errors == {"school": ["Choose which school"]}
    assert here.third.name in page.content.decode() and "Music lead" in page.content.decode()
    client.post(address, {"q": "third", "school": here.third.urn, "job_title": "Music lead"})
    assert Contact.objects.get(school=here.third, name=contact.name).job_title == "Music lead"


def test_posts_are_parted_again(here: Town, as_, posts) -> None:
    third = contacts.add_post(contact=posts[0], school=here.third, by=here[Role.HUB_OFFICER])
    client = as_(here[Role.HUB_OFFICER])
    client.post(reverse("schools:contact-apart", args=[third.uuid, posts[0].uuid]))
    assert client.get(page_of(posts[0])).context["posts"] == [posts[1]]
    client.post(reverse("schools:contact-apart", args=[posts[1].uuid, posts[0].uuid]))
    assert set(Contact.objects.filter(name="Priya Nair").values_list("person", flat=True)) == {None}


def test_the_schools_page_asks_once_for_all_posts(here: Town, as_, posts, django_assert_num_queries) -> None:
    client = as_(here[Role.HUB_OFFICER])

    def asked() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get(here.first.get_absolute_url())
        return len(queries)

    one = asked()
    for name in ("Ann Lee", "Bo Reed"):
        contact = make.make_contact(name, hub=here.hub, school=here.first)
        contacts.add_post(contact=contact, school=here.third, by=here[Role.HUB_OFFICER])
    assert asked() == one


def test_who_has_left_stands_apart_for_everybody_who_knew_them_and_for_nobody_else(
    here: Town, there: Town, as_
) -> None:
    contact = Contact.objects.get(school=here.first)
    contacts.end(contact=contact, left_on=today(), by=here[Role.HUB_OFFICER])
    for role in (Role.HUB_OFFICER, Role.PARTNER_OFFICER, Role.PARTNER_STAFF, Role.SCHOOL_LEADER):
        context = as_(here[role]).get(here.first.get_absolute_url()).context
        assert (context["contacts"], context["former_contacts"]) == ([], [contact])
    assert as_(here[Role.HUB_OFFICER]).get(page_of(contact)).status_code == 200
    assert as_(there[Role.HUB_MANAGER]).get(page_of(contact)).status_code == 404
