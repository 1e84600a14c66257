"""Where each person lands: what needs them, and nothing of anybody else's."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from engagement import desk, home_pages, homes, worklist
from engagement.actions import diary, responses, sharing
from engagement.actions.entries import ActionEntry
from engagement.models import AgreedAction, Meeting, Offer, PartVersion
from hubportal.accounts.models import User
from hubportal.kit.wording import short_date
from schools.access import today
from schools.models import DatedFact, EstablishmentType, Relationship, School, TimelineEntry
from schools.roles import Role
from tests.engagement.factories import full_part, make_conversation, make_typed_draft, part_of, strand
from tests.engagement.shared_world import OTHER_WORDS, leaks, make_other_world, make_world, stranger
from tests.factories import (
    make_area,
    make_authority,
    make_commission,
    make_dated_fact,
    make_hub,
    make_membership,
    make_person,
    make_relationship,
    make_school,
)

pytestmark = pytest.mark.django_db

HOMES = ("today", "school-home", "trust-home", "funder-home")
PEOPLE = (
    "manager", "officer", "partner_officer", "partner_staff",
    "head", "music_lead", "governor", "trust_leader", "funder",
)  # fmt: skip


@pytest.fixture
def world():
    return make_world()


def url(name: str, *args) -> str:
    return reverse(f"engagement:{name}", args=args)


def open_as(client, person, address):
    client.force_login(person)
    return client.get(address)


def items(user) -> list[tuple[str, str]]:
    """What needs the person, as (group, school)."""
    return [(group.code, item.title) for group in desk.groups_for(user, today()) for item in group.items]


def test_each_home_opens_for_its_own_people(client, world):
    own = {
        "today": {"manager", "officer", "partner_officer", "partner_staff"},
        "school-home": {"head", "music_lead", "governor"},
        "trust-home": {"trust_leader"},
        "funder-home": {"funder"},
    }
    seen = {
        name: {person for person in PEOPLE if open_as(client, getattr(world, person), url(name)).status_code == 200}
        for name in HOMES
    }
    assert seen == own
    assert [open_as(client, stranger(), url(name)).status_code for name in HOMES] == [403] * 4


def test_homes_never_show_private_notes_or_the_other_hub(client, world):
    other = make_other_world()
    version = other.share().version
    responses.respond(version=version, kind="not_accurate", text="OTHER-ANSWER", by=other.head)
    sharing.release(part=other.part, by=other.head)
    world.share()
    for person in PEOPLE:
        name = next(name for name in HOMES if open_as(client, getattr(world, person), url(name)).status_code == 200)
        page = client.get(url(name))
        text = page.content.decode() + str([each.flatten() for each in page.context])
        assert leaks(text) == [], person
        for words in (other.school.name, OTHER_WORDS, "OTHER-ANSWER", other.hub.name):
            assert words not in text, (person, words)


def agreed_for(day: date) -> dict[str, Any]:
    """The columns of a relationship in which the next conversation was agreed for a day."""
    return {"next_conversation_on": day, "due_on": day, "due_because": Relationship.Because.AGREED}


# --- today ---------------------------------------------------------------------------------------------------------


def test_today_lists_what_needs_the_officer(client, world):
    version = world.share().version
    responses.respond(version=version, kind="not_accurate", text="We do have a choir, since May.", by=world.head)
    make_typed_draft(world.school, by=world.officer)
    Relationship.objects.update(**agreed_for(today() - timedelta(days=3)))
    AgreedAction.objects.update(due_on=today() - timedelta(days=1))
    assert items(world.officer) == [
        (group, "Millbrook Junior School") for group in ("read", "talk", "promise", "finish")
    ]
    text = open_as(client, world.officer, url("today")).content.decode()
    assert "Four things need you." in text
    assert "says the report of" in text
    assert "We do have a choir, since May." in text
    assert "Due yesterday." in text
    assert "3 days ago" in text


def test_today_of_a_viewer_has_the_same_without_buttons(client, world):
    version = world.share().version
    responses.respond(version=version, kind="accurate", by=world.head)
    viewer = make_person(Role.HUB_VIEWER, world.hub, "Vi Viewer")
    assert items(viewer) == items(world.manager)
    text = open_as(client, viewer, url("today")).content.decode()
    assert ("Mark as read" in text, "Log a conversation" in text) == (False, False)
    number = sum(len(group.items) for group in desk.groups_for(viewer, today()))
    assert number > 0
    assert (home_pages.needs(number, "the hub") in text, home_pages.needs(number) in text) == (True, False)
    assert "Mark as read" in open_as(client, world.manager, url("today")).content.decode()


def test_today_when_nothing_waits(client, world):
    world.share()
    page = open_as(client, world.officer, url("today")).content.decode()
    assert "Nothing needs you today." in page
    assert "Nothing waits for you" in page


def test_today_of_an_officer_leaves_out_a_colleagues_schools(world):
    colleague = make_person(Role.HUB_OFFICER, world.hub, "Cal Colleague")
    Relationship.objects.update(**agreed_for(today()))
    world.share(at=timezone.now() - timedelta(days=8))
    assert items(world.officer) == [("talk", "Millbrook Junior School"), ("wait", "Millbrook Junior School")]
    assert items(colleague) == []
    talk, wait = items(world.officer)
    assert items(world.manager) == [talk, ("music", "Lead Schools"), wait]


def test_today_full_conversation_not_yet_shared_is_to_finish(world):
    assert items(world.officer) == [("finish", "Millbrook Junior School")]
    world.share()
    assert items(world.officer) == []


def test_today_the_next_step_where_a_school_does_not_answer(world):
    """Once it is due, and not before."""
    world.share()
    step = {"due_because": Relationship.Because.STEP, "next_step": "Letter to the head", "due_reason": "No answer."}
    Relationship.objects.update(due_on=today() + timedelta(days=1), **step)
    assert items(world.officer) == []
    Relationship.objects.update(due_on=today())
    (group,) = desk.groups_for(world.officer, today())
    day = short_date(today(), today())
    assert group.items[0].reason == f"Letter to the head: due by {day}. No answer."


def test_today_of_a_partner_officer_holds_the_entrusted_schools_alone(world):
    neighbour = make_school("Ashby Mere Primary School", hub=world.hub)
    make_relationship(hub=world.hub, school=neighbour, **agreed_for(today()))
    Relationship.objects.filter(school=world.school).update(**agreed_for(today()), owner=world.partner_officer)
    assert items(world.partner_officer) == [("talk", "Millbrook Junior School")]
    assert items(world.more["other_partner_officer"]) == []


def music(user: User) -> list[tuple[str, str, str]]:
    groups = {group.code: group.items for group in desk.groups_for(User.objects.get(pk=user.pk), today())}
    return [(item.title, item.reason, item.href) for item in groups.get("music", [])]


def test_today_says_which_authorities_lack_a_lead_school_in_one_line(client, world):
    home = world.school.authority
    where = f"{world.hub.get_area_url()}#lead-schools"
    assert music(world.manager) == [("Lead Schools", f"None yet in {home}.", where)]
    by = world.officer
    make_dated_fact("lead-school primary", hub=world.hub, school=world.school, by=by)
    for name in ("Ashby", "Barton", "Corby"):
        make_area(hub=world.hub, authority=make_authority(f"{home.name} {name}"))
    (line,) = music(world.manager)
    some = f"{home.name} (secondary, SEND or alternative provision), {home.name} Ashby, {home.name} Barton"
    assert line[1] == f"None yet in {some} and 1 more authority."
    assert music(world.officer) == []
    text = open_as(client, world.manager, url("today")).content.decode()
    assert "Music at your schools" in text and f'href="{where}"' in text


def test_today_says_which_awards_run_out_in_one_line_a_kind(client, world):
    for code in ("primary", "secondary", "send-ap"):
        make_dated_fact(f"lead-school {code}", hub=world.hub, school=world.school, by=world.officer)
    other = make_hub("Quillfeather Music Hub")
    theirs = make_school("Quillfeather School", hub=other)
    make_dated_fact(hub=other, school=theirs, by=world.manager, ends_on=today() + timedelta(days=9))

    def award(words: str, days: int, school: School = world.school, **more) -> DatedFact:
        more |= {"ends_on": today() + timedelta(days=days + 1), "starts_on": today() - timedelta(days=400)}
        return make_dated_fact(words, hub=world.hub, school=school, by=world.officer, **more)

    award("artsmark gold", 91)
    assert music(world.manager) == []
    DatedFact.objects.filter(value__code="gold", hub=world.hub).update(ends_on=today() + timedelta(days=91))
    day = short_date(today() + timedelta(days=90), today())
    history = reverse("schools:dated-fact-list", args=[world.school.urn])
    assert music(world.manager) == [("Artsmark", f"Expires soon at {world.school} ({day}).", history)]
    schools = [make_school(f"School {number}", hub=world.hub) for number in range(5)]
    for number, school in enumerate(schools):
        award("artsmark silver", number, school)
    gone = make_school("Gone School", hub=world.hub)
    over = award("artsmark platinum", -5, gone)
    award("artsmark platinum", -91, make_school("Forgotten School", hub=world.hub))
    award("artsmark gold", -5, make_school("Closed School", hub=world.hub, status="2"))
    award("music-mark member", 10, gone)
    artsmark, mark = music(world.manager)
    listed = reverse("schools:school-list", query={"music": "artsmark:ends"})
    assert artsmark == (
        "Artsmark",
        f"Has expired at Gone School ({short_date(over.last_day, today())}). Expires soon at 6 schools, first at "
        f"School 0 ({short_date(today(), today())}).",
        listed,
    )
    assert mark[0] == "Music Mark"
    assert music(world.officer) == []
    page = open_as(client, world.manager, listed)
    names = sorted([world.school.name, gone.name, *(each.name for each in schools)])
    assert sorted(row.record.name for row in page.context["table"].page.object_list) == names
    make_dated_fact("artsmark gold", hub=world.hub, school=gone, by=world.officer, starts_on=today())
    assert "Gone School" not in music(world.manager)[0][1]
    DatedFact.objects.filter(school__in=schools).update(ends_on=today() - timedelta(days=3))
    assert music(world.manager)[0][1] == f"Has expired at 5 schools. Expires soon at {world.school} ({day})."


def test_today_costs_the_same_for_one_and_for_three(client, world):
    def cost() -> int:
        client.force_login(world.officer)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("today")).status_code == 200
        return len(queries)

    def add() -> None:
        school = make_school(hub=world.hub)
        make_relationship(hub=world.hub, school=school, owner=world.officer)
        actions = [ActionEntry("Send options", "hub", "Amira Okafor", today())]
        make_conversation(school, by=world.officer, parts={school: full_part(world.hub, actions=actions)}, form="full")
        Relationship.objects.update(**agreed_for(today()))
        make_typed_draft(school, by=world.officer)

    world.share(at=timezone.now() - timedelta(days=9))
    add()
    one = cost()
    add()
    add()
    assert cost() == one


def test_partner_officer_is_sent_to_no_page_that_is_closed(client, world):
    other = make_school("Ashby High School", hub=world.hub)
    commission = make_commission(partner=world.partner_officer.memberships.get().partner, school=other)
    both = {school: full_part(world.hub) for school in (world.school, other)}
    conversation = make_conversation(*both, by=world.partner_officer, parts=both)
    shares = url("part-share", part_of(conversation, world.school).uuid)
    assert shares in open_as(client, world.partner_officer, url("today")).content.decode()
    commission.ends_on = today()
    commission.save()
    text = open_as(client, world.partner_officer, url("today")).content.decode()
    assert shares not in text
    assert "The hub can share it: a school of it is no longer entrusted to your organisation." in text
    assert client.get(shares).status_code == 403


def test_year_counts_the_officers_own_schools(world):
    make_school("Nobody's School", hub=world.hub)
    officers = home_pages.today_page(world.officer, today())["year"]
    managers = home_pages.today_page(world.manager, today())["year"]
    assert (officers["title"], officers["spoken"], officers["total"]) == ("Your schools this academic year", 1, 1)
    assert (managers["spoken"], managers["total"]) == (1, 2)


def test_year_of_a_partner_officer_is_of_the_schools_entrusted(client, world):
    text = open_as(client, world.partner_officer, url("today")).content.decode()
    assert ("Schools entrusted to you this academic year" in text, "The hub’s schools" in text) == (True, False)


def test_year_figures_find_as_many_schools_in_the_list(client, world):
    """Each link of the year leads to the schools it counts: not to independent or closed ones beside them."""
    private = EstablishmentType.objects.filter(is_state_funded=False).first()
    for fields in ({}, {}, {"type": private}, {"status": School.Status.CLOSED}):
        make_school(hub=world.hub, **fields)
    for person in (world.manager, world.officer):
        year = open_as(client, person, url("today")).context["year"]
        links = [(f"{year['spoken']} school", year["href"]), *year["links"]]
        for words, address in links:
            assert client.get(address).context["matching"] == int(words.split()[0]), (person, words)
    assert year["href"].endswith(f"engagement=any&state_funded=yes&owner={world.officer.pk}")


@pytest.mark.parametrize(
    ("hour", "words"), [(8, "Good morning, Amira"), (13, "Good afternoon, Amira"), (20, "Good evening, Amira")]
)
def test_greeting_by_the_clock(world, hour, words):
    assert home_pages.greeting(datetime(2026, 11, 22, hour), world.officer) == words


def test_worklist_takes_a_higher_rooms_items(world, monkeypatch):
    monkeypatch.setattr(worklist, "_providers", [])

    def plans(user, on):
        return [worklist.WorkItem("read", "Northgate Academy", "/x/", "Submitted on Monday.", on)]

    worklist.register(plans)
    worklist.register(plans)
    assert items(world.officer) == [("read", "Northgate Academy")]
    with pytest.raises(ValueError, match="one of the groups"):
        worklist.WorkItem("dance", "X", "/x/", "", today())


# --- partner, school, trust, funder ----------------------------------------------------------------------------------


def test_partner_staff_see_their_own_actions_and_commissions(client, world):
    AgreedAction.objects.update(side="partner", partner=world.partner)
    page = open_as(client, world.partner_staff, url("today"))
    text = page.content.decode()
    assert "Tutor for a Year 5 band" in text
    assert "Whole-class brass" in text
    for words in ("Singing is a strength", "Skilled and joyful", "Six of 58"):
        assert words not in text


def test_school_home_leads_to_the_report_then_to_the_release(client, world):
    version = world.share().version
    text = open_as(client, world.head, url("school-home")).content.decode()
    assert "say whether it is accurate" in text
    assert world.part.get_absolute_url() in text
    assert "A school leader answers it" in open_as(client, world.music_lead, url("school-home")).content.decode()
    responses.respond(version=version, kind="accurate", by=world.head)
    assert "decide whether governors" in open_as(client, world.head, url("school-home")).content.decode()


def test_school_home_shows_the_hub_contact(client, world):
    text = open_as(client, world.head, url("school-home")).content.decode()
    for words in ("Your hub contact", "Amira Okafor", world.hub.phone, world.officer.email, "Ask to meet"):
        assert words in text
    Relationship.objects.update(owner=None)
    text = open_as(client, world.head, url("school-home")).content.decode()
    assert world.hub.email in text


def test_school_home_of_a_governor_holds_what_was_released(client, world):
    world.share()
    text = open_as(client, world.governor, url("school-home")).content.decode()
    for words in ("Tutor for a Year 5 band", "Ask to meet", world.part.get_absolute_url()):
        assert words not in text
    sharing.release(part=world.part, by=world.head)
    text = open_as(client, world.governor, url("school-home")).content.decode()
    assert world.part.get_absolute_url() in text
    assert "read the report from" in text
    client.get(world.part.get_absolute_url())
    assert "nothing new to read" in client.get(url("school-home")).content.decode()


def test_school_home_of_a_music_lead_asks_once_to_read_what_a_leader_answers(client, world):
    world.share()
    assert "A school leader answers it" in open_as(client, world.music_lead, url("school-home")).content.decode()
    client.get(world.part.get_absolute_url())
    assert "A school leader answers it" not in client.get(url("school-home")).content.decode()


def test_school_home_leads_to_the_offers_of_the_school_that_it_is_about(client, world):
    second = make_school("Ashby Mere Primary School", hub=world.hub)
    make_membership(world.head, Role.SCHOOL_EDITOR, second)
    Offer.objects.create(hub=world.hub, title="Whole-class brass", strand=strand())
    page = open_as(client, world.head, url("school-home") + f"?school={second.urn}")
    address = url("offer-list") + f"?school={second.urn}"
    assert f'href="{address}"' in page.content.decode()
    assert client.get(address).context["school"] == second


def test_school_home_of_two_schools_goes_from_one_to_the_other(client, world):
    second = make_school("Ashby Mere Primary School", hub=world.hub)
    make_membership(world.head, Role.SCHOOL_EDITOR, second)
    page = open_as(client, world.head, url("school-home") + f"?school={second.urn}")
    assert page.context["school"] == second
    assert "Millbrook Junior School" in page.content.decode()


def test_meeting_ask_by_post_emails_the_contact_and_stands_on_today(client, world, django_capture_on_commit_callbacks):
    client.force_login(world.head)
    address = url("meeting-ask", world.school.urn)
    assert client.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            client.post(address, {"when": "Tuesday after 3.30", "message": "A choir."})
    assert {tuple(letter.to) for letter in mail.outbox} == {(world.officer.email,)}
    entry = TimelineEntry.objects.get(source__startswith="meeting:")
    assert (entry.heading, entry.text, entry.audience) == ("Asked to meet", "Tuesday after 3.30\nA choir.", "school")
    world.share()
    assert items(world.officer) == [("read", "Millbrook Junior School")]
    diary.decline(meeting=Meeting.objects.get(), reason="We spoke by phone", by=world.officer)
    assert items(world.officer) == []


def test_meeting_ask_is_for_leaders_and_editors_of_the_school(client, world):
    other = make_other_world()
    address = url("meeting-ask", world.school.urn)
    seen = {person: open_as(client, getattr(world, person), address).status_code for person in PEOPLE}
    assert seen == {
        "manager": 403,
        "officer": 403,
        "partner_officer": 403,
        "partner_staff": 403,
        "head": 200,
        "music_lead": 200,
        "governor": 403,
        "trust_leader": 403,
        "funder": 404,
    }
    assert [open_as(client, each, address).status_code for each in (other.head, other.officer)] == [404, 404]
    client.force_login(world.head)
    assert "Say when would suit you" in client.post(address, {"when": ""}).content.decode()


def test_trust_home_shows_what_was_released_and_nothing_else(client, world):
    world.share()
    page = open_as(client, world.trust_leader, url("trust-home"))
    assert "Nothing released yet" in page.content.decode()
    assert world.part.get_absolute_url() not in page.content.decode()
    sharing.release(part=world.part, by=world.head)
    page = open_as(client, world.trust_leader, url("trust-home"))
    assert world.part.get_absolute_url() in page.content.decode()
    assert "1 of 1 school has released a report to you" in page.content.decode()
    assert "that Millbrook Junior School released" in page.content.decode()
    client.get(world.part.get_absolute_url())
    assert "nothing new to read" in client.get(url("trust-home")).content.decode()


def test_trust_home_costs_the_same_for_one_and_for_three(client, world):
    def cost() -> int:
        client.force_login(world.trust_leader)
        with CaptureQueriesContext(connection) as queries:
            client.get(url("trust-home"))
        return len(queries)

    world.share()
    sharing.release(part=world.part, by=world.head)
    one = cost()
    for _ in range(2):
        school = make_school(hub=world.hub)
        world.trust.trust_schools.create(school=school, joined_on=today() - timedelta(days=400))
        part = part_of(make_conversation(school, by=world.officer))
        PartVersion.objects.create(
            part=part,
            number=1,
            content=world.part.versions.get().content,
            shared_at=timezone.now(),
            shared_by=world.officer,
        )
        sharing.release(part=part, by=world.head)
    assert cost() == one


def test_funder_home_names_the_hubs_and_no_school(client, world):
    world.share()
    sharing.release(part=world.part, by=world.head)
    text = open_as(client, world.funder, url("funder-home")).content.decode()
    assert "Exampleshire Music Hub has released nothing yet" in text
    for words in ("Millbrook", "Singing", "1 of"):
        assert words not in text


def test_several_roles_link_the_homes(client, world):
    make_membership(world.trust_leader, Role.SCHOOL_LEADER, world.school)
    assert homes.other_homes(world.trust_leader, "engagement:trust-home") == [("Your school", url("school-home"))]
    text = open_as(client, world.trust_leader, url("trust-home")).content.decode()
    assert f'href="{url("school-home")}"' in text


def test_next_thing_is_what_the_school_promised_where_it_comes_before_the_next_talk():
    on, user = date(2026, 11, 22), User()
    by_hub = AgreedAction(side="hub", what="Visit the band", owner_name="Amira Okafor", due_on=date(2026, 11, 30))
    by_school = AgreedAction(side="school", what="Release time", owner_name="Ruth Pell", due_on=date(2026, 12, 4))
    said = home_pages.next_thing([], [by_hub, by_school], user, date(2026, 12, 8), on)
    assert said["words"] == "“Release time”, agreed for 4 December (Ruth Pell)."
    assert said["href"] == by_school.get_absolute_url()
    assert (
        home_pages.next_thing([], [by_school], user, date(2026, 12, 1), on)["words"]
        == "we talk again on 1 December 2026."
    )
    assert home_pages.next_thing([], [by_hub], user, None, on)["href"] == ""
