"""Likely duplicates, the merge of two contacts, and taking it back."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from schools import duplicates
from schools.access import today
from schools.actions import contact_merging, persons
from schools.actions.contact_merging import CHOICES
from schools.models import Contact, ContactMerge
from schools.roles import Role
from tests import factories as make
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db

LIST = reverse("schools:contact-duplicates")


def found(town: Town) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(pair.first.name, pair.second.name, pair.reasons) for pair in duplicates.likely(town[Role.HUB_OFFICER])]


@pytest.fixture
def twice(here: Town) -> list[Contact]:
    own = {"hub": here.hub, "school": here.first}
    return [
        make.make_contact("Tom Adeyemi", **own, email="tom.adeyemi@first.example", job_title="Year 5 teacher"),
        make.make_contact(
            "Mr T Adeyemi", **own, email="TOM.ADEYEMI@first.example", phone="01632 960 111", is_music_lead=True
        ),
    ]


def compare(contacts: list[Contact]) -> str:
    return reverse("schools:contact-compare", args=[contacts[0].uuid, contacts[1].uuid])


# --- finding ---------------------------------------------------------------------------------------------------------


def test_a_personal_address_is_evidence(here: Town, twice) -> None:
    assert found(here) == [
        ("Tom Adeyemi", "Mr T Adeyemi", ("Both have the email address tom.adeyemi@first.example.",)),
    ]


@pytest.mark.parametrize(
    "email", ["office@first.example", "Head.Millbrook@first.example", "admin3012@first.example", "music@first.example"]
)
def test_a_shared_address_is_never_evidence(here: Town, email: str) -> None:
    for school in (here.first, here.second):
        make.make_contact("Tom Adeyemi", hub=here.hub, school=school, email=email)
    assert found(here) == []


def test_an_address_under_different_names_is_never_evidence(here: Town, twice) -> None:
    make.make_contact("Carol Dunmore", hub=here.hub, school=here.second, email="tom.adeyemi@first.example")
    assert found(here) == []


def test_the_same_name_at_one_school_is_evidence_and_at_two_is_none(here: Town) -> None:
    for school in (here.first, here.first, here.second):
        make.make_contact("Zoë  O’Neill", hub=here.hub, school=school)
    make.make_contact("Mrs Zoe O'Neill", hub=here.hub, school=here.third)
    assert found(here) == [("Zoë  O’Neill", "Zoë  O’Neill", ("Both are called Zoë  O’Neill at the same school.",))]


def test_two_who_have_both_left_are_left_alone(here: Town, twice) -> None:
    Contact.objects.filter(pk__in=[each.pk for each in twice]).update(left_on=today())
    assert found(here) == []


def test_the_other_hubs_contacts_are_held_against_nobody(here: Town, there: Town, twice) -> None:
    make.make_contact("Tom Adeyemi", hub=there.hub, school=there.first, email="tom.adeyemi@first.example")
    make.make_contact("Carol Dunmore", hub=there.hub, school=there.second, email="tom.adeyemi@first.example")
    assert len(found(here)) == 1
    assert found(there) == []


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Tom Adeyemi", "T. Adeyemi", True),
        ("Mr Adeyemi", "Tom Adeyemi", True),
        ("Tom Adeyemi", "Tim Adeyemi", False),
        ("Tom Adeyemi", "Tom Adeyemi-Hall", False),
        ("", "Tom", False),
    ],
)
def test_names_agree(one: str, other: str, agree: bool) -> None:
    assert duplicates.names_agree(one, other) is agree


def test_the_list_gives_the_reason_and_is_as_long_as_it_is(here: Town, as_, twice, django_assert_num_queries) -> None:
    client = as_(here[Role.HUB_OFFICER])
    client.get(LIST)
    with django_assert_num_queries(4):
        body = client.get(LIST).content.decode()
    assert "Both have the email address tom.adeyemi@first.example." in body
    assert compare(twice) in body
    for name in ("Ann Lee", "Bo Reed"):
        for _ in range(2):
            make.make_contact(name, hub=here.hub, school=here.first)
    with django_assert_num_queries(4):
        assert client.get(LIST).context["pairs"].paginator.count == 3


def test_the_list_says_what_it_looks_for_when_it_is_empty(here: Town, as_) -> None:
    assert "No duplicates that we can tell" in as_(here[Role.HUB_MANAGER]).get(LIST).content.decode()


def test_not_the_same_person_is_remembered(here: Town, as_, twice) -> None:
    address = reverse("schools:contact-apart", args=[twice[1].uuid, twice[0].uuid])
    as_(here[Role.HUB_OFFICER]).post(address)
    assert found(here) == []
    as_(here[Role.HUB_OFFICER]).post(address)  # pressed twice
    assert found(here) == []


def test_at_two_schools_they_become_posts_of_one_person(here: Town, as_) -> None:
    heads = [
        make.make_contact("Priya Nair", hub=here.hub, school=school, email="priya@heads.example")
        for school in (here.first, here.second)
    ]
    client = as_(here[Role.HUB_OFFICER])
    assert "as two posts of one person" in client.get(compare(heads)).content.decode()
    client.post(compare(heads))
    people = set(Contact.objects.filter(name="Priya Nair").values_list("person", flat=True))
    assert len(people) == 1 and people != {None}
    assert found(here) == []


# --- merging ---------------------------------------------------------------------------------------------------------


def test_the_two_stand_side_by_side_and_differences_ask(here: Town, as_, twice) -> None:
    response = as_(here[Role.HUB_OFFICER]).get(compare(twice))
    assert list(response.context["form"].fields) == ["name", "job_title", "phone", "is_music_lead"]
    body = response.content.decode()
    assert "Year 5 teacher" in body and "01632 960 111" in body
    assert response.context["form"].fields["phone"].initial == "second"  # the only one that there is


def test_a_mark_that_one_of_them_has_is_kept_unless_somebody_says_otherwise(here: Town, as_, twice) -> None:
    for urls in (compare(twice), compare(twice[::-1])):
        form = as_(here[Role.HUB_OFFICER]).get(urls).context["form"]
        assert form.fields["is_music_lead"].choices == [("first", "No"), ("second", "Yes")]
        assert form.fields["is_music_lead"].initial == "second"
        assert form.fields["phone"].choices == [("first", "Nothing"), ("second", "01632 960 111")]


def test_schools_of_one_name_are_told_apart(here: Town, as_, twice) -> None:
    other = make.make_school(here.first.name, hub=here.hub)
    third = make.make_contact("Tom Adeyemi", hub=here.hub, school=other, email=twice[0].email)
    titles = sorted(pair.title for pair in duplicates.likely(here[Role.HUB_OFFICER]))
    both = f"{here.first.name}, {here.first.told_by} and {other.name}, {other.told_by}"
    assert titles == [
        f"Mr T Adeyemi and Tom Adeyemi, {both}",
        f"Tom Adeyemi and Mr T Adeyemi, {here.first.name}",
        f"Tom Adeyemi, {both}",
    ]
    body = as_(here[Role.HUB_OFFICER]).get(compare([twice[0], third])).content.decode()
    assert here.first.told_by in body and other.told_by in body


def test_merge_keeps_what_was_chosen_and_one_contact(here: Town, as_, twice) -> None:
    choice = dict.fromkeys(CHOICES, "first") | {"phone": "second", "is_music_lead": "second"}
    response = as_(here[Role.HUB_OFFICER]).post(compare(twice), choice)
    assert response["Location"] == twice[0].get_absolute_url()
    kept = Contact.objects.get(school=here.first, name__contains="Adeyemi")
    assert (kept.pk, kept.name, kept.job_title) == (twice[0].pk, "Tom Adeyemi", "Year 5 teacher")
    assert (kept.phone, kept.is_music_lead) == ("01632 960 111", True)
    merge = ContactMerge.objects.get()
    assert (merge.kept, merge.merged_id, merge.by) == (kept, twice[1].pk, here[Role.HUB_OFFICER])
    assert Contact.with_merged.get(pk=twice[1].pk).name == "Mr T Adeyemi"
    body = as_(here[Role.HUB_OFFICER]).get(here.first.get_absolute_url()).content.decode()
    assert (body.count("Tom Adeyemi</b>"), body.count("Mr T Adeyemi</b>")) == (1, 0)


def test_merge_asks_for_every_difference(here: Town, as_, twice) -> None:
    response = as_(here[Role.HUB_OFFICER]).post(compare(twice), {"name": "first"})
    assert response.context["form"].errors["phone"] == ["Choose which to keep: telephone"]
    assert ContactMerge.objects.count() == 0


def test_the_page_of_the_merged_one_leads_on_and_both_histories_stand(here: Town, as_, twice) -> None:
    contact_merging.merge(kept=twice[0], merged=twice[1], take=["phone"], by=here[Role.HUB_OFFICER])
    client = as_(here[Role.HUB_OFFICER])
    assert client.get(twice[1].get_absolute_url())["Location"] == twice[0].get_absolute_url()
    response = client.get(twice[0].get_absolute_url())
    lines = [(each.heading, each.words) for each in response.context["history"]]
    assert sorted(lines) == [
        ("Added", "Tom Adeyemi and tom.adeyemi@first.example"),
        ("Added (as Mr T Adeyemi, merged since)", "Mr T Adeyemi and TOM.ADEYEMI@first.example"),
        ("Changed", "Telephone: nothing → 01632 960 111"),
        ("Merged with Mr T Adeyemi", "TOM.ADEYEMI@first.example"),
    ]
    assert str(here[Role.HUB_OFFICER]) in response.content.decode()


def test_undo_gives_back_what_nobody_has_changed_since(here: Town, as_, twice) -> None:
    take = ["name", "phone"]
    merge = contact_merging.merge(kept=twice[0], merged=twice[1], take=take, by=here[Role.HUB_OFFICER])
    Contact.objects.filter(pk=twice[0].pk).update(phone="01632 960 999")
    address = reverse("schools:contact-merge-undo", args=[merge.uuid])
    client = as_(here[Role.HUB_MANAGER])
    assert client.get(address).status_code == 200
    assert client.post(address)["Location"] == twice[0].get_absolute_url()
    rows = list(Contact.objects.filter(school=here.first, name__contains="Adeyemi").order_by("pk"))
    assert [(row.name, row.phone) for row in rows] == [
        ("Tom Adeyemi", "01632 960 999"),
        ("Mr T Adeyemi", "01632 960 111"),
    ]
    merge.refresh_from_db()
    assert merge.undone_by == here[Role.HUB_MANAGER]
    assert client.post(address).status_code == 404
    for mine, other in (rows, rows[::-1]):  # what was done and undone stays in both histories
        lines = {
            (each.heading, each.words, each.who) for each in client.get(mine.get_absolute_url()).context["history"]
        }
        assert {
            (f"Merged with {other.name}", "This was undone later.", str(here[Role.HUB_OFFICER])),
            (
                f"Merge with {other.name} undone",
                f"{other.name} is a contact of their own again.",
                str(here[Role.HUB_MANAGER]),
            ),
        } <= lines


def test_merges_one_after_the_other_are_undone_the_last_first(here: Town, twice) -> None:
    by, third = here[Role.HUB_OFFICER], make.make_contact("Tom A", hub=here.hub, school=here.first)
    first = contact_merging.merge(kept=twice[0], merged=twice[1], take=(), by=by)
    second = contact_merging.merge(kept=third, merged=twice[0], take=["name", "email"], by=by)
    assert Contact.with_merged.get(pk=twice[1].pk).standing == third
    with pytest.raises(ValidationError, match="Undo that first"):
        contact_merging.undo(merge=first, by=by)
    contact_merging.undo(merge=second, by=by)
    contact_merging.undo(merge=first, by=by)
    assert set(Contact.objects.filter(pk__in=[third.pk, twice[0].pk, twice[1].pk])) == {third, *twice}


def test_undo_is_refused_where_somebody_else_has_the_name_by_now(here: Town, twice) -> None:
    by = here[Role.HUB_OFFICER]
    merge = contact_merging.merge(kept=twice[0], merged=twice[1], take=(), by=by)
    make.make_contact("Mr T Adeyemi", hub=here.hub, school=here.first, email="tom.adeyemi@first.example")
    with pytest.raises(ValidationError, match="already another contact"):
        contact_merging.undo(merge=merge, by=by)
    merge.refresh_from_db()
    assert merge.undone_at is None


def test_a_merge_joins_the_posts_of_both_and_undoing_parts_them(here: Town, twice) -> None:
    by = here[Role.HUB_OFFICER]
    elsewhere = [make.make_contact(name, hub=here.hub, school=here.second) for name in ("Tom A", "T Adeyemi")]
    for one, other in zip(twice, elsewhere, strict=True):
        persons.join(one, other)
    merge = contact_merging.merge(kept=twice[0], merged=twice[1], take=(), by=by)
    rows = Contact.objects.in_bulk([twice[0].pk, *(each.pk for each in elsewhere)])
    assert len({row.person_id for row in rows.values()}) == 1
    contact_merging.undo(merge=merge, by=by)
    rows = Contact.objects.in_bulk([each.pk for each in [*twice, *elsewhere]])
    for one, other in zip(twice, elsewhere, strict=True):
        assert rows[one.pk].person_id == rows[other.pk].person_id
    assert rows[twice[0].pk].person_id != rows[twice[1].pk].person_id


def test_merge_of_different_schools_hubs_or_one_is_refused(here: Town, there: Town, twice) -> None:
    by = here[Role.HUB_OFFICER]
    for other in (Contact.objects.get(school=here.second), Contact.objects.get(school=there.first), twice[0]):
        with pytest.raises(ValidationError):
            contact_merging.merge(kept=twice[0], merged=other, take=(), by=by)
    assert ContactMerge.objects.count() == 0


@pytest.mark.parametrize("role", list(Role))
def test_another_hubs_contacts_do_not_exist(here: Town, there: Town, as_, role: Role) -> None:
    own = {"hub": there.hub, "school": there.first}
    theirs = [make.make_contact("Samplefolk Tom", **own), make.make_contact("Samplefolk Tim", **own)]
    merge = contact_merging.merge(kept=theirs[0], merged=theirs[1], take=(), by=there[Role.HUB_OFFICER])
    third = Contact.objects.get(school=there.second)
    mine = Contact.objects.get(school=here.first)
    client = as_(here[role])
    for name in ("contact-compare", "contact-apart"):
        for pair in ((theirs[0], third), (mine, theirs[0])):
            assert client.post(reverse(f"schools:{name}", args=[each.uuid for each in pair])).status_code == 404
    assert client.post(reverse("schools:contact-merge-undo", args=[merge.uuid])).status_code == 404
    assert client.get(theirs[1].get_absolute_url()).status_code == 404
