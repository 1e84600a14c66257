"""Time well spent: minutes by kind and by the role of those met, the share with leaders, hours, and who sees whose."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagement.actions import attempts
from engagement.actions import time_spent as actions
from engagement.actions.entries import PartEntry, Person
from engagement.models import Conversation, MetRole, TermHours, TimeRules
from engagement.time_spent import periods
from engagement.time_spent.figures import percent
from engagement.time_spent.periods import Period, term_at
from engagement.time_spent.reckoning import Met, Roles, time_spent
from engagement.time_spent.weeks import weeks_of
from hubportal.kit.terms import Span, usual_year
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.roles import Role
from tests.engagement.factories import make_conversation, make_officer
from tests.factories import (
    make_area,
    make_authority,
    make_commission,
    make_hub,
    make_membership,
    make_partner,
    make_person,
    make_school,
    make_term_calendar,
    make_user,
)

pytestmark = pytest.mark.django_db

TERM = term_at(today())


@pytest.fixture
def school(hub):
    return make_school("Fenwick Road Primary School", hub=hub)


def talk(school, by, job_title: str = "Headteacher", minutes: int | None = None, **fields) -> Conversation:
    """A conversation today with somebody of that job title."""
    people = [Person(name="Ruth Pell", job_title=job_title)] if job_title else []
    fields = {"kind": "challenging", "how": "visit", "minutes": minutes} | fields
    return make_conversation(school, by=by, parts={school: PartEntry(people=people, summary="We spoke.")}, **fields)


def uuid_of(person) -> str:
    return str(person.memberships.first().uuid)


def team(hub) -> str:
    return reverse("engagement:time-spent-team", args=[hub.slug])


def page_of(hub, person) -> str:
    return reverse("engagement:time-spent-person", args=[hub.slug, uuid_of(person)])


def hours_url(hub, person, term: Period = TERM) -> str:
    return reverse("engagement:term-hours-edit", args=[hub.slug, uuid_of(person), term.year, term.term])


def enter(hub, person, employed: str, teaching: str, term: Period = TERM, by=None) -> TermHours:
    said = {"employed": Decimal(employed), "teaching": Decimal(teaching)}
    return actions.enter_hours(hub=hub, person=person, period=term, by=by or person, **said)


# --- terms and years ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "year", "term", "first", "last"),
    [
        (date(2025, 9, 1), 2025, "autumn", date(2025, 9, 1), date(2025, 12, 31)),
        (date(2026, 3, 31), 2025, "spring", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 8, 31), 2025, "summer", date(2026, 4, 1), date(2026, 8, 31)),
    ],
)
def test_a_term_of_a_return(day, year, term, first, last):
    found = term_at(day)
    assert (found.year, found.term, found.first, found.last) == (year, term, first, last)
    assert Period(year).first <= found.first and found.last <= Period(year).last


def test_school_weeks_leave_out_holidays_and_stop_today():
    year = date(2026, 8, 31)
    assert 38 <= Period(2025).school_weeks(year) <= 40
    assert sum(each.school_weeks(year) for each in Period(2025).terms) == Period(2025).school_weeks(year)
    autumn = Period(2025, "autumn")
    assert autumn.school_weeks(date(2025, 9, 12)) == Decimal("1.6")  # from Wednesday 3 September
    assert autumn.school_weeks(date(2025, 12, 31)) == autumn.school_weeks(date(2025, 12, 18))


def later(authority, days: int) -> None:
    """The authority's own dates: its year begins so many days after the usual one."""
    usual = usual_year(TERM.year)
    first = Span(usual.parts[0].first + timedelta(days), usual.parts[0].last)
    make_term_calendar(authority, TERM.year, parts=[first, *usual.parts[1:]])


def test_weeks_follow_the_authoritys_own_dates_and_of_several_the_mean(hub, school):
    year = Period(TERM.year)
    end = date(TERM.year + 1, 8, 31)
    usual = year.school_weeks(end)
    assert weeks_of(hub, year, end).of(year) == usual
    assert weeks_of(hub, year, end).words == "the usual school year, as there are no term dates of your area yet"
    later(school.authority, 14)
    assert weeks_of(hub, year, end).of(year) == usual - 2
    name = school.authority.name
    assert weeks_of(hub, year, end).words == f"the term dates of {name}"
    other = make_authority("Zedshire")
    make_area(hub=hub, authority=other)
    weeks = weeks_of(hub, year, end)
    assert weeks.of(year) == usual - 1
    assert weeks.words == (
        f"the mean of the term dates of {name} and, as there are none, the usual school year for Zedshire"
    )


def test_hours_are_counted_by_the_authoritys_dates(client, hub, school, officer):
    later(school.authority, 14)
    autumn = Period(TERM.year, "autumn")
    enter(hub, officer, "10", "0", autumn)
    client.force_login(officer)
    response = client.get(page_of(hub, officer), autumn.query)
    weeks = autumn.school_weeks(today(), weeks_of(hub, autumn, today()).times)
    assert response.context["share"].hours.employed == 10 * weeks
    assert f"by the term dates of {school.authority.name}" in response.content.decode()


def test_an_address_that_names_no_term_that_has_begun_shows_todays():
    on = date(2026, 2, 3)
    assert periods.asked({}, on) == Period(2025, "spring")
    for year, term in (("2025", "summer"), ("1999", ""), ("x", "autumn"), ("2026", "")):
        assert periods.asked({"year": year, "term": term}, on) == Period(2025, "spring")
    assert periods.asked({"year": "2025"}, on) == Period(2025)
    assert periods.asked({"year": "2024", "term": "autumn"}, on) == Period(2024, "autumn")


# --- whom one met ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Headteacher", "head"),
        ("Executive head", "head"),
        ("Deputy Head and music lead", "senior"),
        ("Head of Music", "music-lead"),
        ("Music lead and Year 4 teacher", "music-lead"),
        ("Chair of governors", "governor"),
        ("Chief executive", "trust"),
        ("Head of Year 7", "teacher"),
        ("PA to the Headteacher", "other"),
        ("Forehead painter", "other"),
    ],
)
def test_the_role_follows_from_the_job_title(title, code):
    assert Roles(list(MetRole.objects.all())).of(Met(title)) == code


def test_where_the_title_says_nothing_the_marks_of_the_contact_do():
    roles = Roles(list(MetRole.objects.all()))
    assert roles.of(Met("", is_leader=True)) == "senior"
    assert roles.of(Met("", is_music_lead=True)) == "music-lead"
    assert roles.of(Met("")) == "not-said"
    assert roles.most_senior(["music-lead", "governor"]) == "governor"


# --- what is reckoned -----------------------------------------------------------------------------------------------


def test_minutes_are_those_written_down_else_the_usual_ones_marked(hub, school, officer):
    TimeRules.objects.create(hub=hub, year=2020, email_minutes=7, attempt_minutes=4)
    talk(school, officer, minutes=70)
    talk(school, officer, kind="catch_up")
    talk(school, officer, how="email")
    attempts.log(school=school, how="call", note="", by=officer)
    found = {(each.kind, each.minutes, each.is_estimate) for each in time_spent(hub, officer, TERM).pieces}
    assert found == {
        ("challenging", 70, False),
        ("catch_up", 20, True),
        ("challenging", 7, True),
        ("attempt", 4, True),
    }


def test_strategic_is_what_counts_as_talking_with_a_leader_there(hub, school, officer):
    for title, fields in (
        ("Headteacher", {}),
        ("Chair of governors", {}),
        ("Music lead", {}),
        ("Headteacher", {"kind": "other"}),
        ("Headteacher", {"how": "event"}),
        ("", {}),
    ):
        talk(school, officer, title, minutes=30, **fields)
    found = sorted((each.met, each.kind, each.how, each.is_strategic) for each in time_spent(hub, officer, TERM).pieces)
    assert found == [
        ("governor", "challenging", "visit", True),
        ("head", "challenging", "event", False),
        ("head", "challenging", "visit", True),
        ("head", "other", "visit", False),
        ("music-lead", "challenging", "visit", False),
        ("not-said", "challenging", "visit", False),
    ]


def test_who_is_a_leader_is_the_hubs_to_say_and_each_year_has_its_rules(hub, school, officer):
    year = academic_year(today())
    actions.set_time_rules(
        hub=hub,
        year=year + 1,
        minutes=dict.fromkeys(Conversation.Kind.values, 10),
        email_minutes=10,
        attempt_minutes=5,
        leaders=["music-lead"],
        by=officer,
    )
    talk(school, officer, "Music lead")
    assert [(each.is_strategic, each.minutes) for each in time_spent(hub, officer, TERM).pieces] == [(False, 90)]
    TimeRules.objects.update(year=year)
    TimeRules.objects.filter(hub=None).update(year=2020)
    assert [(each.is_strategic, each.minutes) for each in time_spent(hub, officer, TERM).pieces] == [(True, 10)]


def test_each_of_ours_who_was_there_gave_the_time(hub, school, officer, manager):
    people = [Person(name=str(each), side="hub") for each in (officer, manager)]
    talk(school, officer, minutes=40, people=people)
    pieces = time_spent(hub, manager, TERM).pieces
    assert {(each.person_id, each.minutes) for each in pieces} == {(officer.pk, 40), (manager.pk, 40)}


def test_a_draft_and_what_another_hub_logged_do_not_count(hub, school, officer):
    other = make_hub("Samplefolk Music Hub")
    away = make_school("Quillfeather Primary School", hub=other)
    talk(away, make_officer(other, "Quillfeather Officer"), minutes=50)
    before = talk(school, officer, minutes=50)
    Conversation.objects.filter(pk=before.pk).update(received_from=other)
    assert time_spent(hub, officer, TERM).pieces == []


# --- the share ------------------------------------------------------------------------------------------------------


def test_without_hours_the_page_says_so_and_shows_no_share(client, hub, school, officer):
    talk(school, officer, minutes=60)
    client.force_login(officer)
    page = client.get(page_of(hub, officer)).content.decode()
    assert f"the hours of the {TERM.term} term are not entered" in page
    assert "of the hours employed" not in page


def test_the_share_rests_on_hours_employed_and_teaching(client, monkeypatch, hub, school, officer):
    monkeypatch.setattr(Period, "school_weeks", lambda self, on, times=(): Decimal(10))
    talk(school, officer, minutes=300)
    talk(school, officer, "Music lead", minutes=150)
    enter(hub, officer, "10", "5")
    client.force_login(officer)
    response = client.get(page_of(hub, officer))
    share = response.context["share"]
    assert (share.of_employed, share.besides_teaching) == ("5%", "10%")
    assert share.rest == (10 - 5) * 60 * 10 - 450
    assert "<b>5% of the hours employed</b>, and 10% of those without teaching," in response.content.decode()


def test_percent_says_where_there_is_little():
    assert (percent(0, 100), percent(1, 1000), percent(1, 2)) == ("0%", "less than 1%", "50%")


def test_more_logged_than_employed_is_said(client, hub, school, officer):
    talk(school, officer, minutes=600)
    enter(hub, officer, "0.5", "0")
    client.force_login(officer)
    assert "More is logged, with the teaching" in client.get(page_of(hub, officer)).content.decode()


def test_the_teams_share_leaves_out_whose_hours_are_missing(client, monkeypatch, hub, school, officer, manager):
    monkeypatch.setattr(Period, "school_weeks", lambda self, on, times=(): Decimal(10))
    talk(school, officer, minutes=300)
    talk(school, manager, minutes=60)
    enter(hub, officer, "5", "0")
    client.force_login(manager)
    response = client.get(team(hub))
    assert response.context["share"].of_employed == "10%"
    assert [row.name for row in response.context["missing"]] == ["Mo Manager"]
    page = response.content.decode()
    assert "Not in the share, because hours are missing" in page and hours_url(hub, manager) in page


# --- the figures, by plain SQL --------------------------------------------------------------------------------------

BY_KIND = """
    SELECT c.kind, sum(coalesce(c.minutes, CASE c.how WHEN 'email' THEN 15 ELSE
        CASE c.kind WHEN 'challenging' THEN 90 WHEN 'catch_up' THEN 20 WHEN 'strategic' THEN 60 END END)), count(*)
    FROM engagement_conversation c
    WHERE c.hub_id = %s AND c.state = 'logged' AND c.date BETWEEN %s AND %s
    GROUP BY c.kind
    UNION ALL
    SELECT 'attempt', 5 * count(*), count(*) FROM engagement_attempt a
    WHERE a.hub_id = %s AND (a.at AT TIME ZONE 'Europe/London')::date BETWEEN %s AND %s
"""
STRATEGIC = """
    SELECT sum(coalesce(c.minutes, CASE c.how WHEN 'email' THEN 15 END,
        CASE c.kind WHEN 'challenging' THEN 90 WHEN 'catch_up' THEN 20 ELSE 60 END))
    FROM engagement_conversation c
    WHERE c.hub_id = %s AND c.state = 'logged' AND c.date BETWEEN %s AND %s AND c.kind <> 'other' AND c.how <> 'event'
    AND EXISTS (SELECT 1 FROM engagement_participant p WHERE p.conversation_id = c.id AND p.side = 'school'
        AND lower(p.job_title) ~ '^(headteacher|chair of governors|deputy head)')
"""


def asked_of_the_database(sql: str, *params) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def test_every_figure_agrees_with_plain_sql_and_with_the_list_that_it_opens(client, hub, manager, officer):
    schools = [make_school(f"School {number}", hub=hub) for number in range(4)]
    titles = ("Headteacher", "Music lead", "Chair of governors", "", "Deputy head")
    hows, kinds = ("visit", "call", "event", "email"), ("challenging", "catch_up", "strategic")
    for number in range(24):
        talk(
            schools[number % 4],
            (officer, manager)[number % 2],
            titles[number % 5],
            minutes=None if number % 3 else 10 + number,
            how=hows[number // 6],
            kind=kinds[number % 3],
            on=today() - timedelta(days=number % 2),
        )
    for each in schools:
        attempts.log(school=each, how="call", note="", by=officer)
    client.force_login(manager)
    year = Period(academic_year(today()))
    context = client.get(team(hub), year.query).context
    span = (hub.pk, year.first, year.last)
    wanted = {kind: (int(minutes), number) for kind, minutes, number in asked_of_the_database(BY_KIND, *span, *span)}
    lines = {each.href.rsplit("kind=", 1)[1]: each for each in context["by_kind"]}
    assert {kind: (line.minutes, line.number) for kind, line in lines.items()} == wanted
    everything = sum(minutes for minutes, _ in wanted.values())
    assert context["by_sort"][0].minutes == asked_of_the_database(STRATEGIC, *span)[0][0]
    assert sum(line.minutes for line in context["by_sort"]) == everything
    assert sum(line.minutes for line in context["by_met"]) == everything - wanted["attempt"][0]
    assert sum(row.minutes for row in context["rows"]) == everything
    for line in (*context["by_sort"], *context["by_kind"], *context["by_met"]):
        behind = client.get(line.href).context
        assert (behind["minutes"], behind["number"]) == (line.minutes, line.number), line.label
    for row in context["rows"]:
        assert client.get(row.records).context["minutes"] == row.minutes


# --- hours ----------------------------------------------------------------------------------------------------------


def test_hours_are_entered_once_a_term_and_last_terms_are_offered(client, hub, officer):
    before = TERM.before
    enter(hub, officer, "30", "12.5", before)
    client.force_login(officer)
    form = client.get(hours_url(hub, officer))
    assert f"The hours of the {before} are filled in." in form.content.decode()
    assert (form.context["form"]["employed"].value(), form.context["form"]["teaching"].value()) == (30, Decimal("12.5"))
    response = client.post(hours_url(hub, officer), {"employed": "32", "teaching": "12.5"})
    assert response.url.startswith(page_of(hub, officer))
    row = TermHours.objects.get(year=TERM.year, term=TERM.term)
    assert (row.employed, row.teaching, row.entered_by) == (32, Decimal("12.5"), officer)
    client.post(hours_url(hub, officer), {"employed": "33", "teaching": "0"})
    assert TermHours.objects.filter(year=TERM.year, term=TERM.term).count() == 1


@pytest.mark.parametrize(
    ("employed", "teaching", "sentence"),
    [
        ("20", "21", "The hours teaching cannot be more than the 20 hours employed"),
        ("many", "1", "Enter the hours as a number from 0 to 60, such as 18.5"),
        ("61", "1", "Enter the hours as a number from 0 to 60, such as 18.5"),
        ("20", "1.25", "Enter the hours as a number from 0 to 60, such as 18.5"),
        ("", "1", "Enter hours employed a week"),
    ],
)
def test_hours_that_cannot_be_are_told_and_kept(client, hub, officer, employed, teaching, sentence):
    client.force_login(officer)
    page = client.post(hours_url(hub, officer), {"employed": employed, "teaching": teaching}).content.decode()
    assert sentence in page and f'value="{teaching}"' in page
    assert not TermHours.objects.exists()


def test_hours_of_a_term_to_come_or_of_a_stranger_are_refused(hub, officer):
    to_come = next(each for each in (*TERM.terms, *Period(TERM.year + 1).terms) if each.first > today())
    with pytest.raises(ValidationError, match="a term that has begun"):
        enter(hub, officer, "10", "0", to_come)
    with pytest.raises(ValidationError, match="does not work for"):
        enter(hub, make_officer(make_hub("Samplefolk Music Hub")), "10", "0")


# --- rules ----------------------------------------------------------------------------------------------------------


def test_a_manager_changes_how_time_is_reckoned(client, hub, school, manager, officer):
    talk(school, officer)
    client.force_login(manager)
    address = reverse("engagement:time-rules-edit", args=[hub.slug, academic_year(today())])
    form = client.get(address).context["form"]
    said = {name: form[name].value() for name in form.fields} | {"kind_challenging": "75", "leaders": ["music-lead"]}
    client.post(address, said)
    assert client.get(team(hub)).context["by_kind"][0].minutes == 75
    assert [line.label for line in client.get(team(hub)).context["by_sort"]] == ["Other conversations and attempts"]
    page = client.post(address, {**said, "kind_challenging": "0", "leaders": []}).content.decode()
    assert "Enter the minutes as a whole number from 1 to 600" in page and "Choose at least one role of leaders" in page


# --- who sees whose -------------------------------------------------------------------------------------------------


def test_an_officer_sees_their_own_time_and_nobody_elses(client, hub, school, officer, manager):
    talk(school, manager, minutes=45)
    client.force_login(officer)
    assert client.get(team(hub)).status_code == 403
    assert client.get(page_of(hub, manager)).status_code == 403
    own = client.get(reverse("engagement:today")).context["colleague_pages"]
    assert own[0] == ("Your time with schools", page_of(hub, officer))
    response = client.get(own[0][1])
    assert "Nothing is logged in this time" in response.content.decode()
    records = reverse("engagement:time-spent-records", args=[hub.slug])
    assert client.get(records, {"who": uuid_of(manager)}).status_code == 403


def test_a_partners_officer_sees_their_own_and_the_manager_sees_it_too(client, hub, school, manager):
    partner = make_partner("Brannoc Bay Music Service", hub=hub)
    make_commission(partner=partner, school=school)
    person = make_person(Role.PARTNER_OFFICER, partner, "Bea Partner")
    talk(school, person, minutes=45, people=[Person(name="Bea Partner", side="partner")])
    for reader in (person, manager):
        client.force_login(reader)
        assert client.get(page_of(hub, person)).context["row"].minutes == 45


def test_the_time_of_those_who_left_stands_together(client, hub, school, manager):
    gone = make_officer(hub, "Gwen Gone")
    talk(school, gone, minutes=45)
    gone.memberships.update(ends_on=today())
    client.force_login(manager)
    rows = client.get(team(hub)).context["rows"]
    assert [(row.name, row.minutes) for row in rows] == [("Mo Manager", 0), ("Colleagues who have left", 45)]
    assert client.get(rows[-1].records).context["minutes"] == 45


def test_the_pages_cost_the_same_with_more_rows(client, hub, school, manager, officer):
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    client.force_login(manager)
    records = reverse("engagement:time-spent-records", args=[hub.slug])
    talk(school, officer)
    attempts.log(school=school, how="call", note="", by=officer)
    addresses = (team(hub), page_of(hub, officer), records)
    first = [queries(address) for address in addresses]
    for number in range(3):
        person = make_officer(hub, f"Officer {number}")
        enter(hub, person, "20", "0")
        make_membership(person, Role.HUB_MANAGER, hub)
        away = make_school(f"School {number}", hub=hub)
        talk(away, person)
        attempts.log(school=away, how="call", note="", by=person)
    assert [queries(address) for address in addresses] == first


def test_the_administrator_says_which_job_titles_are_which_role(client) -> None:
    role = MetRole.objects.get(code="head")
    address = reverse("admin:engagement_metrole_change", args=[role.pk])
    client.force_login(make_user("Nadia Farouk", is_superuser=True))
    assert "headteacher" in client.get(address).text
    said = {"name": role.name, "position": role.position, "titles": "Headteacher\n\nPrincipal \nExecutive head"}
    assert client.post(address, said).status_code == 302
    role.refresh_from_db()
    assert (role.code, role.titles) == ("head", ["headteacher", "principal", "executive head"])
    assert client.post(reverse("admin:engagement_metrole_delete", args=[role.pk])).status_code == 403
