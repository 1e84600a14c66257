"""A plan is reviewed once a year, also where it covers several and nobody said when; past that day it is out of date.
Its summary is for one year at a time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse

from engagement.worklist import things_for
from schools.access import today
from schools.models import School
from smdp import yearly
from smdp.actions import elsewhere, notes, plan_reminders, plans, reminders, summaries
from smdp.bulk.preview import preview
from smdp.models import Plan, PlanElsewhere
from smdp.querysets import with_plan, with_summary
from smdp.summaries import years
from smdp.summaries.writing import draft_of
from tests.smdp.factories import SUMMARY, fill, keep_elsewhere, make_summary, write, write_summary

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("typed", "frozen_on", "checked_on", "day"),
    [
        (None, date(2026, 9, 10), None, date(2027, 7, 1)),
        (None, date(2026, 9, 10), date(2027, 6, 20), date(2028, 7, 1)),  # a check-in in June is the summer's review
        (None, date(2026, 9, 10), date(2027, 3, 1), date(2027, 7, 1)),  # one in March is not
        (None, date(2027, 6, 20), None, date(2028, 7, 1)),  # neither was it shared long before it
        (None, date(2028, 9, 1), None, None),  # its last year: the next plan follows
        (date(2029, 7, 1), date(2026, 9, 10), None, date(2027, 7, 1)),  # a day years away leaves no year out
        (date(2029, 7, 1), date(2028, 9, 10), None, date(2029, 7, 1)),
        (date(2027, 5, 20), date(2026, 9, 10), None, date(2027, 5, 20)),  # the school's own day, and no second one
        (date(2027, 5, 20), date(2026, 9, 10), date(2027, 5, 21), date(2028, 7, 1)),
        (date(2027, 9, 20), date(2026, 9, 10), None, date(2027, 9, 20)),
        (date(2026, 9, 20), date(2026, 9, 10), None, date(2026, 9, 20)),
        (date(2026, 3, 1), date(2026, 9, 10), None, date(2027, 7, 1)),  # a day before it was shared is no day
    ],
)  # fmt: skip
def test_plan_of_three_years_is_reviewed_each_summer(typed, frozen_on, checked_on, day):
    found = yearly.next_review(year=2026, years=3, typed=typed, frozen_on=frozen_on, checked_on=checked_on)
    assert found == day


def test_plan_of_one_year_is_reviewed_when_its_school_says():
    asked = {"year": 2026, "years": 1, "frozen_on": date(2026, 9, 10), "checked_on": None}
    assert yearly.next_review(typed=None, **asked) is None
    assert yearly.next_review(typed=date(2027, 5, 1), **asked) == date(2027, 5, 1)


@pytest.fixture
def three_years(school, head) -> Plan:
    """Adopted in September 2026; nobody typed when it is to be reviewed."""
    plan = plans.begin(school=school, year=2026, years=3, by=head, at=moment(date(2026, 9, 1)))
    plans.adopt(plan=fill(plan, by=head), presented_on=date(2026, 9, 1), by=head, at=moment(date(2026, 9, 1)))
    plan.refresh_from_db()
    return plan


def place_of(school, user, on) -> str:
    return with_plan(School.objects.filter(pk=school.pk), user, on).get().plan_place


def test_school_and_hub_see_that_the_yearly_review_is_due(school, head, officer, three_years):
    day = date(2027, 7, 1)
    assert three_years.review_on == day
    assert place_of(school, officer, day - timedelta(days=1)) == "adopted"
    assert place_of(school, officer, day) == "out-of-date"
    words = "Your plan for 2026 to 2029 was to be reviewed by 1 July 2027."
    assert words in [each.reason for each in things_for(head, school, day)]
    assert reminders.send_due(on=day) == 1 and words in mail.outbox[0].body
    assert [each.said for each in preview(officer, [school], "plan", day)] == [
        "Millbrook Junior School has a music development plan that is out of date: its years are over or its review is "
        "due."
    ]
    version = three_years.versions.get()
    notes.check_in(version=version, said=[], changed="All goes on.", by=head, at=moment(day))
    three_years.refresh_from_db()
    assert three_years.review_on == date(2028, 7, 1) and place_of(school, officer, day) == "adopted"


def test_plan_whose_review_has_passed_is_out_of_date_in_the_hubs_list(school, head, officer, plan, client_of):
    ago = today() - timedelta(days=40)
    day = today() - timedelta(days=3)
    write(plan, "leadership", by=head, review_on_0=str(day.day), review_on_1=str(day.month), review_on_2=str(day.year))
    plans.share(plan=plan, by=head, at=moment(ago))
    hub = client_of(officer)
    listed = hub.get(reverse("smdp:plan-list"), {"plan": "out-of-date"}).text
    assert school.name in listed and plan.get_absolute_url() in listed and "Out of date" in listed
    assert plan.get_absolute_url() not in hub.get(reverse("smdp:plan-list"), {"plan": "shared"}).text
    assert "Out of date" in hub.get(reverse("smdp:plan-export", args=["csv"])).content.decode("utf-8-sig")
    assert school.name in hub.get(reverse("smdp:plan-remind"), {"plan": "out-of-date"}).text
    (sent,) = plan_reminders.remind(schools=[school], about="plan", batch=plan.uuid, by=officer)
    assert "out of date" in sent.said
    page = client_of(head).get(plan.get_absolute_url()).text
    assert "was to be reviewed by" in page and "Out of date" in page and plan.versions.get().check_in_url in page
    assert "or share or adopt it anew" not in hub.get(plan.get_absolute_url()).text
    write(plan, "vision", by=head, vision="Every child sings, and plays.")
    plans.share(plan=plan, by=head)
    assert place_of(school, officer, today()) == "shared"


# --- Kept elsewhere ---------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("on", "year", "years_", "last", "usual"),
    [
        (date(2026, 11, 27), 2026, 5, date(2027, 12, 31), date(2027, 7, 1)),
        (date(2027, 6, 15), 2026, 5, date(2027, 12, 31), date(2028, 7, 1)),
        (date(2027, 6, 15), 2027, 5, date(2028, 12, 31), date(2028, 7, 1)),
        (date(2030, 11, 1), 2026, 5, date(2031, 12, 31), date(2031, 7, 1)),
        (date(2031, 6, 15), 2026, 5, date(2031, 12, 31), date(2031, 12, 31)),
        (date(2034, 1, 1), 2026, 1, date(2027, 12, 31), date(2027, 12, 31)),
    ],
)
def test_days_for_a_plan_kept_elsewhere(on, year, years_, last, usual):
    assert yearly.latest(on, year=year, years=years_) == last
    assert yearly.usual(on, year=year, years=years_) == usual


def test_nobody_need_say_when_a_plan_kept_elsewhere_is_reviewed(school, head, officer):
    plan = keep_elsewhere(school, "Ours", by=head, year=2026, years=5, review_on=None, adopted_on=None)
    assert plan.review_on == yearly.usual(today(), year=2026, years=5)
    elsewhere.go_through(plan=plan, on=today(), review_on=None, by=head)
    plan.refresh_from_db()
    assert plan.review_on == yearly.usual(today(), year=2026, years=5)


def test_form_takes_no_day_and_refuses_one_years_away(client, school):
    where = reverse("smdp:elsewhere-create", args=[school.urn])
    typed = {"year": 2026, "years": 5, "url": "https://school.example/plan", "priorities-TOTAL_FORMS": "0"}
    far = {"review_on_0": "1", "review_on_1": "7", "review_on_2": "2031"}
    refused = client.post(where, typed | far)
    assert refused.status_code == 400 and "it is once a year" in refused.text and "2031" in refused.text
    client.post(where, typed)
    assert PlanElsewhere.objects.get().review_on.month == 7


# --- The summary ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "on", "ends"),
    [
        ("", date(2026, 9, 10), 2027),  # the plan's first year
        ("2026 to 2029", date(2026, 9, 10), 2027),
        ("2026 to 2029", date(2027, 6, 10), 2028),  # renewed in June, for the year to come
        ("2026 to 2027", date(2027, 6, 10), 2027),  # not renewed: it still says last year
        ("2027/28", date(2027, 6, 10), 2028),
        ("September 2027 to July 2028", date(2027, 5, 10), 2028),
        ("2028-29", date(2029, 7, 1), 2029),
        ("2029 to 2030", date(2029, 7, 1), 2030),  # beyond the plan, as the school says
        ("Founded in 2003", date(2026, 9, 10), 2027),
    ],
)
def test_summary_is_for_one_year(three_years, words, on, ends):
    assert years.ends_year(words, three_years, on) == ends


def test_plan_of_several_years_has_its_summary_renewed_each_june(school, head, officer, three_years):
    summary = make_summary(three_years, by=head)
    filled = draft_of(summary)
    assert filled is not None and filled.values["year"] == years.words_of(three_years, today())
    for june, said in ((2027, "2027 to 2028"), (2028, "2028 to 2029")):
        on = date(june, 6, 1)
        type(summary.current).objects.update(review_on=date(june, 12, 1))
        reasons = [each.reason for each in things_for(head, school, on)]
        assert f"Your public summary is not for the academic year that begins in September {june} yet." in reasons
        assert with_summary(School.objects.all(), date(june, 9, 1)).get(pk=school.pk).summary_state == "due"
        write_summary(summary, by=head, review=(1, 6, june + 1), **SUMMARY | {"year": said})
        summaries.publish(summary=summary, by=head, at=moment(on))
        reasons = str([each.reason for each in things_for(head, school, on + timedelta(days=20))])
        assert "public summary" not in reasons
        assert with_summary(School.objects.all(), date(june, 9, 1)).get(pk=school.pk).summary_state == "current"


def test_leader_is_told_before_publishing_last_years_again(client, school, head, three_years):
    make_summary(three_years, by=head, year="2020 to 2021")
    page = client.get(reverse("smdp:summary-publish", args=[school.urn])).text
    assert "Its first row does not name the academic year" in page
    summary = school.summary
    write_summary(summary, by=head, year=years.words_of(three_years, today()))
    assert "Its first row does not name" not in client.get(reverse("smdp:summary-publish", args=[school.urn])).text
