"""The area of a hub: its page, no two hubs at once in one authority, an authority that is replaced by others."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from schools.access import today
from schools.actions.areas import Heir, preview_replacement, replace_authority
from schools.areas import Counts
from schools.models import Commission, DatedFactValue, HubArea, RegisterChange, School
from schools.roles import Role
from tests import factories as make
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db

SPRING = date(2030, 4, 1)
REPLACED = reverse("admin:schools_localauthority_replaced")


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(make.make_user("Nadia Farouk", is_superuser=True))
    return client


def page(client: Client, town: Town):
    return client.get(town.hub.get_area_url())


def counts(rows) -> list[tuple[str, int, int]]:
    return [(row.label, row.counts.funded, row.counts.other) for row in rows]


def test_hub_area_counts_open_schools_by_authority_phase_and_type(both: Town, as_) -> None:
    private = make.make_type("11", "Other independent school", is_state_funded=False)
    School.objects.filter(pk=both.third.pk).update(phase=School.Phase.SECONDARY, type=private)
    make.make_school("Closed School", hub=both.hub, status=School.Status.CLOSED)
    planned = make.make_school("Planned School", hub=both.hub, status=School.Status.PROPOSED, open_date=SPRING)
    area = page(as_(both[Role.HUB_VIEWER]), both).context["area"]
    (place,) = area.now
    assert place.area.authority == both.hub.authority
    assert place.counts == Counts(funded=2, other=1, proposed=1)
    assert counts(area.phases) == [("Primary", 2, 0), ("Secondary", 0, 1)]
    assert counts(area.types) == [("Community school", 2, 0), ("Other independent school", 0, 1)]
    assert area.total.total == 3
    assert area.proposed == [planned]


def test_hub_area_numbers_lead_to_as_many_schools(both: Town, as_) -> None:
    client = as_(both[Role.HUB_OFFICER])
    code = both.hub.authority.code
    said = page(client, both).content.decode()
    schools = reverse("schools:school-list")
    for query in (f"?authority={code}", f"?authority={code}&amp;state_funded=yes", "?phase=2", "?type=1"):
        assert f'href="{schools}{query}"' in said
        assert client.get(schools + query.replace("&amp;", "&")).context["matching"] == 3


def test_hub_area_tells_times_before_and_after(both: Town, there: Town, as_) -> None:
    lost, moved, coming = (make.make_authority(name) for name in ("Lost", "Moved", "Coming"))
    for authority in (lost, moved):
        make.make_area(hub=both.hub, authority=authority, ends_on=today())
    make.make_area(hub=there.hub, authority=moved, starts_on=today())
    make.make_area(hub=both.hub, authority=coming, starts_on=today() + timedelta(days=1))
    for name, authority in (("Ash School", lost), ("Birch School", lost), ("Cherry School", moved)):
        make.make_school(name, authority=authority)
    response = page(as_(both[Role.HUB_MANAGER]), both)
    area = response.context["area"]
    assert [place.area.authority.name for place in area.now] == [both.hub.authority.name]
    assert [place.area.authority.name for place in area.later] == ["Coming"]
    assert [place.area.authority.name for place in area.ended] == ["Lost", "Moved"]
    said = response.content.decode()
    assert "No hub covers it now: 2 open schools" in said
    assert "Ash School" in said and "Birch School" in said and "Cherry School" not in said
    assert there.hub.name not in said


def test_hub_area_tells_where_a_lead_school_is_missing(both: Town, there: Town, as_) -> None:
    other = make.make_authority("Northshire")
    make.make_area(hub=both.hub, authority=other)
    manager = both[Role.HUB_MANAGER]
    for school, code in ((both.first, "primary"), (both.second, "primary"), (both.second, "secondary")):
        make.make_dated_fact(f"lead-school {code}", hub=both.hub, school=school, by=manager)
    make.make_dated_fact("lead-school early-years", hub=both.hub, school=both.third, by=manager)
    ended, closed = both.third, make.make_school(hub=both.hub, status=School.Status.CLOSED)
    make.make_dated_fact("lead-school send-ap", hub=both.hub, school=ended, by=manager, ends_on=today())
    make.make_dated_fact("lead-school send-ap", hub=both.hub, school=closed, by=manager)
    make.make_dated_fact("lead-school send-ap", hub=there.hub, school=there.first, by=there[Role.HUB_MANAGER])
    response = page(as_(both[Role.HUB_VIEWER]), both)
    found = {
        place.area.authority.name: [(lead.value.name, [school.name for school in lead.schools]) for lead in place.leads]
        for place in response.context["area"].now
    }
    first, second = both.first.name, both.second.name
    send = "SEND or alternative provision"
    assert found == {
        both.hub.authority.name: [("Primary", [first, second]), ("Secondary", [second]), (send, [])],
        "Northshire": [("Primary", []), ("Secondary", []), (send, [])],
    }
    said = " ".join(response.content.decode().split())
    assert "In 2 of 2 authorities a Lead School is missing." in said
    assert f'href="{reverse("schools:dated-fact-list", args=[both.first.urn])}"' in said
    for phase in ("2", "4", "0"):
        assert f'?authority={other.code}&amp;phase={phase}">Look for one' in said
    make.make_dated_fact("lead-school send-ap", hub=both.hub, school=both.third, by=manager, starts_on=today())
    DatedFactValue.objects.filter(kind="lead-school").exclude(code="send-ap").update(is_expected=False)
    said = " ".join(page(as_(both[Role.HUB_VIEWER]), both).content.decode().split())
    assert "In 1 of 2 authorities a Lead School is missing." in said, "which are expected, the administrator decides"


def test_hub_area_is_for_the_hubs_own_staff(both: Town, there: Town, as_) -> None:
    for role in (Role.HUB_MANAGER, Role.HUB_OFFICER, Role.HUB_VIEWER):
        assert page(as_(both[role]), both).status_code == 200
    for role in (Role.PARTNER_OFFICER, Role.SCHOOL_LEADER, Role.TRUST_LEADER, Role.RELATIONSHIP_MANAGER):
        assert page(as_(both[role]), both).status_code == 403
    assert page(as_(there[Role.HUB_MANAGER]), both).status_code == 404


def test_hub_area_is_found_from_the_schools_and_from_today(both: Town, as_) -> None:
    address = both.hub.get_area_url()
    client = as_(both[Role.HUB_MANAGER])
    assert address in client.get(reverse("schools:school-list")).content.decode()
    assert address in client.get(reverse("engagement:today")).content.decode()
    assert address not in as_(both[Role.PARTNER_OFFICER]).get(reverse("schools:school-list")).content.decode()


def test_hub_area_costs_the_same_for_one_and_three(both: Town, as_, django_assert_num_queries) -> None:
    client = as_(both[Role.HUB_VIEWER])
    page(client, both)
    with django_assert_num_queries(7):
        page(client, both)
    for number in range(2):
        authority = make.make_authority()
        make.make_area(hub=both.hub, authority=authority)
        make.make_school(authority=authority, phase=str(number + 4))
    with django_assert_num_queries(7):
        assert len(page(client, both).context["area"].now) == 3


def test_one_hub_at_a_time_in_an_authority(both: Town, there: Town) -> None:
    authority = make.make_authority()
    make.make_area(hub=both.hub, authority=authority, starts_on=date(2020, 9, 1), ends_on=date(2023, 9, 1))
    make.make_area(hub=there.hub, authority=authority, starts_on=date(2023, 9, 1), ends_on=date(2025, 9, 1))
    make.make_area(hub=both.hub, authority=authority, starts_on=date(2025, 9, 1))
    for starts, ends in ((date(2023, 8, 31), date(2023, 9, 1)), (date(2024, 1, 1), None), (date(2019, 1, 1), None)):
        late = HubArea(hub=there.hub, authority=authority, starts_on=starts, ends_on=ends)
        with pytest.raises(ValidationError, match="A hub covers this authority on some of these days already"):
            late.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            late.save()
    earlier = HubArea(hub=there.hub, authority=authority, starts_on=date(2019, 1, 1), ends_on=date(2020, 9, 1))
    earlier.full_clean()


def hub_form(town: Town, *lines: dict[str, str]) -> dict[str, str]:
    """What the administration's page of a hub sends: its own area, and these lines beside it."""
    kept = town.hub.areas.get()
    values = {
        **{
            name: str(getattr(town.hub, name))
            for name in ("name", "slug", "accent_colour", "safeguarding_contact", "disengaged_years")
        },
        "areas-TOTAL_FORMS": str(len(lines) + 1),
        "areas-INITIAL_FORMS": "1",
        "areas-0-id": str(kept.pk),
        "areas-0-hub": str(town.hub.pk),
        "areas-0-authority": str(kept.authority_id),
        "areas-0-starts_on": str(kept.starts_on),
    }
    for number, line in enumerate(lines, start=1):
        values |= {f"areas-{number}-{name}": value for name, value in line.items()}
    return values


def test_admin_refuses_an_overlap_with_a_sentence(both: Town, there: Town, admin: Client) -> None:
    address = reverse("admin:schools_hub_change", args=[both.hub.pk])
    taken = {"authority": str(there.hub.authority.pk), "starts_on": "2024-09-01"}
    said = admin.post(address, hub_form(both, taken)).content.decode()
    assert "A hub covers this authority on some of these days already." in said
    free = make.make_authority("Free")
    twice = [{"authority": str(free.pk), "starts_on": day} for day in ("2024-09-01", "2025-09-01")]
    assert "Two lines cover Free on the same days." in admin.post(address, hub_form(both, *twice)).content.decode()
    assert admin.post(address, hub_form(both, twice[0])).status_code == 302
    assert both.hub.areas.count() == 2


@pytest.fixture
def halves(both: Town):
    """Two authorities that take the place of Exampleshire's, and the ways they may be covered."""
    return make.make_authority("East Exampleshire"), make.make_authority("West Exampleshire")


def test_authority_replaced_by_two_of_the_same_hub(both: Town, halves) -> None:
    old, (east, west) = both.hub.authority, halves
    make.make_commission(partner=both.partner, authority=old, purpose="Singing", ends_on=date(2031, 9, 1))
    by = make.make_user(is_superuser=True)
    replace_authority(old=old, heirs=[Heir(east, both.hub), Heir(west, both.hub)], on=SPRING, by=by)
    areas = HubArea.objects.filter(hub=both.hub).order_by("starts_on", "authority__name")
    assert [(area.authority, area.starts_on, area.ends_on) for area in areas] == [
        (old, make.LONG_AGO, SPRING),
        (east, SPRING, None),
        (west, SPRING, None),
    ]
    held = Commission.objects.filter(purpose="Singing").order_by("starts_on", "authority__name")
    assert [(each.authority, each.starts_on, each.ends_on) for each in held] == [
        (old, make.LONG_AGO, SPRING),
        (east, SPRING, date(2031, 9, 1)),
        (west, SPRING, date(2031, 9, 1)),
    ]


def test_authority_replaced_by_one_for_each_of_two_hubs(both: Town, there: Town, halves) -> None:
    old, (east, west) = both.hub.authority, halves
    make.make_commission(partner=both.partner, authority=old, purpose="Singing")
    replace_authority(old=old, heirs=[Heir(east, both.hub), Heir(west, there.hub)], on=today(), by=make.make_user())
    School.objects.filter(pk=both.first.pk).update(authority=east)
    School.objects.filter(pk=both.second.pk).update(authority=west)

    def seen(town: Town) -> list[str]:
        staff = type(town[Role.HUB_VIEWER]).objects.get(pk=town[Role.HUB_VIEWER].pk)
        return [school.name for school in School.objects.visible_to(staff)]

    assert seen(both) == ["Exampleshire First School"]
    assert "Exampleshire Second School" in seen(there)
    assert "Exampleshire Third School" not in seen(there), "the register has not moved it yet"
    assert [each.authority for each in Commission.objects.filter(purpose="Singing", starts_on=today())] == [east]


def test_two_authorities_become_one(both: Town, there: Town) -> None:
    other, new = make.make_authority("Other"), make.make_authority("New")
    make.make_area(hub=both.hub, authority=other)
    by = make.make_user()
    for old in (both.hub.authority, other):
        replace_authority(old=old, heirs=[Heir(new, both.hub)], on=SPRING, by=by)
    assert [area.starts_on for area in HubArea.objects.filter(authority=new)] == [SPRING]


def test_preview_counts_where_the_register_has_the_schools(both: Town, halves) -> None:
    old, (east, west) = both.hub.authority, halves
    School.objects.filter(pk=both.first.pk).update(authority=east)
    make.make_change(both.first, RegisterChange.Kind.AUTHORITY, authority_before=old)
    make.make_school("Always there", authority=east)
    found = preview_replacement(old=old, heirs=[Heir(east, both.hub), Heir(west, None)], on=SPRING)
    assert [(each.there, each.moved) for each in found.heirs] == [(2, 1), (0, 0)]
    assert (found.remaining, found.problems) == (2, [])
    assert HubArea.objects.filter(authority=east).count() == 0


def test_what_was_added_by_hand_is_named_and_given_its_new_authority(both: Town, halves, admin: Client) -> None:
    old, (east, _) = both.hub.authority, halves
    virtual = make.make_manual("Exampleshire Virtual School", hub=both.hub)
    register_school = both.first
    asked = {"old": old.pk, "on": today().isoformat(), "new_1": east.pk, "hub_1": both.hub.pk}
    shown = admin.post(REPLACED, {**asked, "preview": "1"})
    change = reverse("admin:schools_school_change", args=[virtual.pk])
    page = shown.content.decode()
    assert "The register has 3 open schools there today." in page
    assert f'<a href="{change}">Exampleshire Virtual School</a>.' in page
    admin.post(REPLACED, {**asked, "seen": shown.context["form"].key, "apply": "1"})
    assert admin.post(change, {"authority": east.pk, "name": "Another name"}).status_code == 302
    virtual.refresh_from_db()
    assert (virtual.authority, virtual.name) == (east, "Exampleshire Virtual School")
    officer = make.make_person(Role.HUB_OFFICER, both.hub, "Officer")
    assert virtual in School.objects.visible_to(officer)
    assert (
        admin.post(
            reverse("admin:schools_school_change", args=[register_school.pk]), {"authority": east.pk}
        ).status_code
        == 403
    )


def test_replacement_is_refused_with_all_that_stands_in_its_way(both: Town, there: Town, halves) -> None:
    old, taken = both.hub.authority, there.hub.authority
    nobodys = make.make_authority("Nobody’s")
    east = halves[0]
    cases = [
        (nobodys, [Heir(east, both.hub)], "No hub covers Nobody’s until 1 April 2030"),
        (old, [Heir(taken, both.hub)], "Samplefolk Music Hub covers"),
        (old, [Heir(old, both.hub)], "cannot take its own place"),
        (old, [Heir(east, both.hub), Heir(east, None)], "named twice"),
        (old, [], "at least one new authority"),
    ]
    for ends, heirs, said in cases:
        with pytest.raises(ValidationError, match=said):
            replace_authority(old=ends, heirs=heirs, on=SPRING, by=make.make_user())
    assert both.hub.areas.get().ends_on is None


def test_admin_replaces_an_authority_only_as_it_was_shown(both: Town, halves, admin: Client) -> None:
    old, (east, west) = both.hub.authority, halves
    asked = {"old": old.pk, "on": "2030-04-01", "new_1": east.pk, "hub_1": both.hub.pk, "new_2": west.pk}
    shown = admin.post(REPLACED, {**asked, "preview": "1"})
    assert "The register has 3 open schools there today." in shown.content.decode()
    seen = shown.context["form"].key
    changed = {**asked, "hub_2": both.hub.pk, "seen": seen, "apply": "1"}
    assert admin.post(REPLACED, changed).status_code == 200
    assert both.hub.areas.get().ends_on is None
    assert admin.post(REPLACED, {**asked, "seen": seen, "apply": "1"}).status_code == 302
    assert [area.authority for area in both.hub.areas.filter(starts_on=SPRING)] == [east]


def test_admin_keeps_what_was_typed_and_says_what_is_missing(both: Town, admin: Client) -> None:
    said = admin.post(REPLACED, {"on": "1st of April", "hub_2": both.hub.pk, "preview": "1"}).content.decode()
    assert "Choose the authority that this hub covers." in said and "1st of April" in said


def test_admin_lists_what_no_hub_covers(both: Town, admin: Client, as_) -> None:
    free = make.make_authority("Free")
    make.make_school(authority=free)
    make.make_school(authority=free, type=make.make_type("11", is_state_funded=False))
    make.make_school(authority=free, status=School.Status.CLOSED)
    response = admin.get(reverse("admin:schools_localauthority_uncovered"))
    found = [(each.authority.name, each.open_schools, each.funded_schools) for each in response.context["authorities"]]
    assert found == [("Free", 2, 1)]
    said = response.content.decode()
    assert "2 open schools in 1 authority." in said
    schools = admin.get(re.search(r'href="([^"]+status__in[^"]+)"', said)[1].replace("&amp;", "&"))
    assert {each.authority for each in schools.context["cl"].queryset} == {free}
    assert schools.context["cl"].queryset.count() == 2
