"""A school lets its hub or its trust into one section of a plan that it has not shared, and takes that back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hubportal.kit import drafts
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import HubArea
from schools.roles import Role
from smdp import writing
from smdp.actions import guests, plans
from smdp.models import SectionGuest, Side
from tests import factories as make
from tests.smdp.factories import attach_picture, fill, make_plan, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust(school):
    return make.make_trust("Larkrise Trust", schools=(school,), joined_on=today() - timedelta(days=90))


@pytest.fixture
def marcus(trust):
    return make.make_person(Role.TRUST_LEADER, trust, "Marcus Thwaite")


def readers(plan, key: str = "vision") -> str:
    return reverse("smdp:guest-list", args=[plan.uuid, key])


def comments(plan, key: str = "vision") -> str:
    return reverse("smdp:comment-list", args=[plan.uuid, key])


def ask(client, plan, side: str = "hub", **more):
    return client.post(readers(plan), {"side": side, **more}, follow=True)


def asked(plan, side: Side = Side.HUB, *, by, may_write: bool = False) -> SectionGuest:
    return guests.invite(section=plan.sections.get(key="vision"), side=side, may_write=may_write, by=by)


def typed(plan, **words: str) -> dict[str, str]:
    """A section's form as a browser posts it."""
    draft = writing.drafts_of(plan)["vision"]
    return {"draft_revision": str(draft.revision), "draft_writer": "tab", **words}


def test_the_hub_reads_the_section_it_was_asked_into_and_no_other(
    plan, head, officer, client, client_of, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = ask(client, plan).content.decode()
    assert "Exampleshire Music Hub" in page and "Stop" in page
    (letter,) = mailoutbox
    assert "Millbrook Junior School" in letter.subject and "Every child sings" not in letter.body
    hub = client_of(officer)
    assert "Every child sings vision" in hub.get(comments(plan)).content.decode()
    assert hub.get(comments(plan, "inclusion")).status_code == 403
    assert hub.get(plan.section_url("vision")).status_code == 403
    mine = hub.get(plan.get_absolute_url()).content.decode()
    assert comments(plan) in mine and comments(plan, "inclusion") not in mine


def test_a_guest_gets_the_files_of_the_section_too(plan, head, officer, client_of):
    file = attach_picture(plan, "Choir", by=head)
    assert client_of(officer).get(file.get_absolute_url()).status_code == 404
    guests.invite(section=file.section, side=Side.HUB, may_write=False, by=head)
    assert client_of(officer).get(file.get_absolute_url()).status_code == 200


def test_stop_ends_it_at_once(plan, head, officer, client, client_of):
    guest = asked(plan, by=head, may_write=True)
    assert client_of(officer).get(plan.section_url("vision")).status_code == 200
    client.post(reverse("smdp:guest-end", args=[plan.uuid, "vision", guest.uuid]))
    assert client_of(officer).get(comments(plan)).status_code == 403
    assert client_of(officer).get(plan.section_url("vision")).status_code == 403
    assert "Nobody outside your school" in client.get(readers(plan)).content.decode()


def test_what_the_hub_writes_for_the_school_is_marked_until_the_school_confirms_it(
    plan, head, officer, client, client_of
):
    asked(plan, by=head, may_write=True)
    hub, address = client_of(officer), plan.section_url("vision")
    page = hub.get(address).content.decode()
    assert "You write here for Millbrook Junior School" in page
    for hidden in ("Earlier states", "Add a picture or document", plan.section_url("inclusion")):
        assert hidden not in page
    hub.post(reverse("smdp:section-draft", args=[plan.uuid, "vision"]), typed(plan, vision="Said by the hub"))
    assert writing.drafts_of(plan)["vision"].values["vision"] == "Said by the hub"
    page = client.get(address).content.decode()
    assert "Written for you by Priya Nair" in page and "Confirm and return" in page
    assert "Written for you by Priya Nair" in client.get(plan.get_absolute_url()).content.decode()
    assert "somebody wrote for you" in client.get(reverse("smdp:plan-share", args=[plan.uuid])).content.decode()
    client.post(address, {**typed(plan, vision="Said by the hub"), "done": "1"})
    assert "Written for you" not in client.get(address).content.decode()
    assert writing.to_confirm(plan) == {}


def test_a_guest_who_changes_nothing_marks_nothing(plan, head, officer, client_of):
    asked(plan, by=head, may_write=True)
    current = writing.drafts_of(plan)["vision"].values
    client_of(officer).post(plan.section_url("vision"), typed(plan, **current, draft_save="1"))
    assert writing.to_confirm(plan) == {}


def test_a_school_that_goes_on_writing_has_not_confirmed(plan, head, officer, client_of, client):
    asked(plan, by=head, may_write=True)
    draft = reverse("smdp:section-draft", args=[plan.uuid, "vision"])
    client_of(officer).post(draft, typed(plan, vision="Said by the hub"))
    client.post(draft, typed(plan, now="Our own"))
    assert "vision" in writing.to_confirm(plan)


def test_the_trust_is_asked_as_the_hub_is(
    plan, head, marcus, client, client_of, mailoutbox, django_capture_on_commit_callbacks
):
    assert client_of(marcus).get(comments(plan)).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, plan, "trust", may_write="on")
    assert [letter.to for letter in mailoutbox] == [[marcus.email]]
    assert "Every child sings vision" in client_of(marcus).get(comments(plan)).content.decode()
    assert client_of(marcus).get(plan.section_url("vision")).status_code == 200


def test_it_is_the_hub_that_has_the_school_now(plan, head, officer, client_of, hub):
    asked(plan, by=head)
    HubArea.objects.filter(hub=hub).update(ends_on=today())
    other = make.make_hub("Borderland Music Hub", authority=plan.school.authority, since=today())
    newcomer = make.make_person(Role.HUB_OFFICER, other, "Nia Rees")
    assert client_of(officer).get(comments(plan)).status_code == 404
    assert client_of(newcomer).get(comments(plan)).status_code == 200


def test_asking_again_changes_the_terms_and_keeps_both_in_the_records(plan, head):
    first = asked(plan, by=head)
    assert asked(plan, by=head) == first
    assert asked(plan, by=head, may_write=True).may_write
    assert list(SectionGuest.objects.values_list("may_write", "ended_by")) == [(False, head.pk), (True, None)]


@pytest.mark.parametrize("said", [{}, {"side": "trust"}, {"side": "everybody"}], ids=["none", "no trust", "made up"])
def test_nobody_is_asked_without_a_choice_that_there_is(plan, client, said):
    answer = client.post(readers(plan), said)
    assert answer.status_code == 400
    assert "Select" in answer.content.decode()
    assert not SectionGuest.objects.exists()


def test_editors_ask_nobody_in(plan, lead, client_of):
    assert client_of(lead).get(readers(plan)).status_code == 403
    assert "Who reads this section" not in client_of(lead).get(plan.section_url("vision")).content.decode()


def test_nothing_is_open_any_more_once_a_later_plan_was_adopted(plan, head, officer, client_of):
    asked(plan, by=head, may_write=True)
    later = plans.begin(school=plan.school, year=plan.year + 1, carry=True, by=head)
    plans.adopt(plan=later, presented_on=today(), by=head)
    assert client_of(officer).get(comments(plan)).status_code == 403
    assert client_of(officer).get(plan.section_url("vision")).status_code == 403


def test_two_people_of_school_and_hub_in_one_section_lose_no_word(plan, head, officer, client_of, client):
    asked(plan, by=head, may_write=True)
    draft = reverse("smdp:section-draft", args=[plan.uuid, "vision"])
    base = typed(plan)
    client.post(draft, {**base, "draft_writer": "hers", "vision": "Hers"})
    answer = client_of(officer).post(draft, {**base, "draft_writer": "his", "vision": "His"})
    assert answer.json()["conflicts"]
    kept = drafts.open_conflicts(writing.drafts_of(plan)["vision"])
    assert [(each.mine, each.theirs) for each in kept] == [("His", "Hers")]


def test_files_and_words_of_other_sections_stay_the_schools(plan, head, officer, client_of):
    write(plan, "inclusion", by=head, send="Only ours")
    asked(plan, by=head)
    hub = client_of(officer)
    for key in ("inclusion", "curriculum"):
        assert hub.get(comments(plan, key)).status_code == 403


# --- A plan that the hub begins for a school -----------------------------------------------------------------------


@pytest.fixture
def silent(hub):
    """A school at which nobody has an account."""
    return make.make_school("Silent Primary School", hub=hub)


def begin_url(school) -> str:
    return reverse("smdp:plan-begin", args=[school.urn])


def begin(client, school):
    return client.post(begin_url(school), {"year": academic_year(today()), "years": 1}, follow=True)


def test_the_hub_begins_a_plan_where_nobody_can_and_the_school_confirms_it(silent, officer, client_of):
    hub = client_of(officer)
    assert "Begin one for the school" in hub.get(silent.get_absolute_url()).content.decode()
    page = begin(hub, silent).content.decode()
    assert "The plan of Silent Primary School is begun" in page
    (plan,) = silent.plans.all()
    assert plan.section_url("vision") in page and plan.section_url("staffing") in page
    said = typed(plan, vision="They sing at four", done="1")
    assert hub.post(plan.section_url("vision"), said).status_code == 302
    head = make.make_person(Role.SCHOOL_LEADER, silent, "Newly Here")
    mine = client_of(head).get(plan.section_url("vision")).content.decode()
    assert "They sing at four" in mine and "Confirm or change it" in mine and "Priya Nair" in mine


def test_the_hub_neither_shares_nor_adopts_what_it_began(silent, officer, client_of):
    hub = client_of(officer)
    begin(hub, silent)
    (plan,) = silent.plans.all()
    for name in ("plan-share", "plan-adopt"):
        assert hub.post(reverse(f"smdp:{name}", args=[plan.uuid])).status_code == 403


@pytest.mark.parametrize("was_shared", [True, False])
def test_the_hub_starts_from_nothing_that_the_school_had_not_shared(was_shared, silent, officer, client_of):
    head = make.make_person(Role.SCHOOL_LEADER, silent, "Gone Since")
    last = fill(make_plan(silent, by=head, year=academic_year(today()) - 1), by=head)
    if was_shared:
        plans.share(plan=last, by=head)
    write(last, "vision", by=head, vision="Never shown to anybody")
    last.unplaced = "Nor this"
    last.save()
    head.memberships.update(ends_on=today(), ended_by=head)
    hub = client_of(officer)
    assert ("Start from its plan" in hub.get(begin_url(silent)).content.decode()) == was_shared
    hub.post(begin_url(silent), {"year": academic_year(today()), "years": 1, "carry": "yes"})
    plan = silent.plans.get(year=academic_year(today()))
    page = hub.get(plan.section_url("vision")).content.decode()
    assert "Never shown to anybody" not in page and plan.unplaced == ""
    assert ("Every child sings vision" in page) == was_shared
    assert ("Every child sings send" in hub.get(plan.section_url("inclusion")).content.decode()) == was_shared


@pytest.mark.parametrize("role", [Role.SCHOOL_LEADER, Role.SCHOOL_EDITOR])
def test_the_hub_begins_none_where_somebody_can(role, silent, officer, client_of):
    make.make_person(role, silent, "Somebody")
    hub = client_of(officer)
    assert "Begin one for the school" not in hub.get(silent.get_absolute_url()).content.decode()
    assert hub.get(begin_url(silent)).status_code == 403 and begin(hub, silent).status_code == 403
    assert not silent.plans.exists()


def test_a_viewer_of_the_hub_and_another_hub_begin_none(hub, silent, client_of):
    viewer = make.make_person(Role.HUB_VIEWER, hub, "Only Looks")
    other = make.make_person(Role.HUB_OFFICER, make.make_hub("Other Hub"), "From Afar")
    assert begin(client_of(viewer), silent).status_code == 403
    assert begin(client_of(other), silent).status_code == 404
