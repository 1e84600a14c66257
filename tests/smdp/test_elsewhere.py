"""A plan kept elsewhere counts as a plan: recorded by the school or for it, seen, reviewed, gone through, taken out."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from engagement.desk import groups_for
from engagement.worklist import things_for
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import School, TimelineEntry
from schools.roles import Role
from smdp import priorities
from smdp.actions import elsewhere, plans
from smdp.models import PlanElsewhere, PlanElsewhereLook
from smdp.querysets import with_plan
from tests import factories as make
from tests.smdp.factories import PDF, fill, keep_elsewhere, make_plan, picture

pytestmark = pytest.mark.django_db

YEAR = academic_year(today())


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def day(name: str, when: date) -> dict:
    return {f"{name}_0": when.day, f"{name}_1": when.month, f"{name}_2": when.year}


def said(**more) -> dict:
    """As a browser sends it."""
    rows = {"priorities-TOTAL_FORMS": "1", "priorities-INITIAL_FORMS": "0", "priorities-0-what": "A choir"}
    return {"year": YEAR, "years": 3, "url": "https://school.example/plan", **rows} | day(
        "review_on", date(YEAR + 1, 7, 1)
    ) | more  # fmt: skip


def add(client, school, **more):
    return client.post(reverse("smdp:elsewhere-create", args=[school.urn]), said(**more))


def place_of(school, user) -> str:
    return with_plan(School.objects.filter(pk=school.pk), user).get().plan_place


def test_leader_records_a_link_and_it_counts(client, school, head, officer, hub, mailoutbox, client_of):
    make.make_relationship(hub=hub, school=school, owner=officer)
    assert place_of(school, officer) == "none"
    answer = add(client, school, **day("adopted_on", date(YEAR, 9, 10)))
    plan = PlanElsewhere.objects.get()
    assert answer.url == plan.get_absolute_url()
    assert (plan.when, plan.recorded_for, plan.is_to_confirm) == (f"{YEAR} to {YEAR + 3}", None, False)
    assert [row["what"] for row in priorities.rows_in(plan.priorities)] == ["A choir"]
    assert place_of(school, officer) == "elsewhere"
    listed = client_of(officer).get(reverse("smdp:plan-list"), {"plan": "elsewhere"}).text
    assert school.name in listed and plan.get_absolute_url() in listed and "Kept elsewhere" in listed
    assert school.name not in client_of(officer).get(reverse("smdp:plan-list"), {"plan": "none"}).text
    export = client_of(officer).get(reverse("smdp:plan-export", args=["csv"])).content.decode("utf-8-sig")
    assert f"Kept elsewhere,{YEAR} to {YEAR + 3}" in export
    entry = TimelineEntry.objects.get(source=plan.timeline_source)
    assert (entry.heading, entry.audience) == (f"{plan}: adopted", "released")
    page = client_of(officer).get(school.get_absolute_url()).text
    assert f'href="{plan.get_absolute_url()}"' in page
    assert str(plan) in client.get(reverse("smdp:plan-list")).text


def test_hubs_contact_is_told_without_what_it_says(
    client, school, officer, hub, mailoutbox, django_capture_on_commit_callbacks
):
    make.make_relationship(hub=hub, school=school, owner=officer)
    with django_capture_on_commit_callbacks(execute=True):
        add(client, school)
    (letter,) = mailoutbox
    assert letter.to == [officer.email] and "A choir" not in letter.body


def test_file_is_told_by_its_bytes_and_served_to_be_kept(client, school, officer, client_of, lead):
    add(client, school, url="", file=SimpleUploadedFile("../Our plan.exe", PDF))
    plan = PlanElsewhere.objects.get()
    assert plan.name_out == "Our plan.pdf"
    answer = client_of(officer).get(reverse("smdp:elsewhere-download", args=[plan.uuid]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="Our plan.pdf"'
    other = make.make_person(Role.HUB_MANAGER, make.make_hub("Samplefolk Music Hub"), "Olga Other")
    assert client_of(other).get(plan.get_absolute_url()).status_code == 404
    assert client_of(other).get(reverse("smdp:elsewhere-download", args=[plan.uuid])).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"url": ""}, "Give the address of the plan or choose its file"),
        ({"url": "javascript:alert(1)"}, "Enter the whole address"),
        ({"file": SimpleUploadedFile("plan.pdf", b"MZ\x90\x00 program")}, "This is not a PDF"),
        ({"file": SimpleUploadedFile("plan.pdf", picture("PNG"))}, "This is a picture"),
        (day("review_on", date(YEAR - 4, 7, 1)), "The next review must be between"),
        (day("review_on", date(YEAR + 9, 7, 1)), "The next review must be between"),
        (day("adopted_on", date(YEAR + 2, 7, 1)), "The day on which it was adopted must be today or earlier"),
        (day("adopted_on", date(YEAR - 5, 7, 1)), "It must have been adopted on"),
        ({"priorities-0-what": "x" * 201}, "200"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, school, wrong, words):
    answer = add(client, school, **{"priorities-0-ask": "A band leader on Fridays", **wrong})
    assert answer.status_code == 400 and words in answer.text
    assert "A band leader on Fridays" in answer.text
    assert not PlanElsewhere.objects.exists()


def test_file_too_large_is_refused(client, school, settings):
    settings.ATTACHED_MOST_BYTES = 20
    answer = add(client, school, file=SimpleUploadedFile("plan.pdf", PDF))
    assert (
        answer.status_code == 400 and "The file is larger than" in answer.text and "You chose plan.pdf" in answer.text
    )


def test_without_scripts_a_row_is_added_and_nothing_is_kept_yet(client, school):
    answer = add(client, school, add_row="priorities", url="not an address")
    assert answer.status_code == 200 and "There is a problem" not in answer.text
    assert 'name="priorities-1-what"' in answer.text and "A choir" in answer.text
    assert not PlanElsewhere.objects.exists()


def test_without_scripts_a_row_is_taken_out_and_what_else_is_typed_stays(client, school):
    rows = {"priorities-TOTAL_FORMS": "2", "priorities-1-what": "A band"}
    answer = add(client, school, take_out="priorities-0", url="not an address", **rows)
    assert answer.status_code == 200 and "There is a problem" not in answer.text
    assert "A choir" not in answer.text and "A band" in answer.text and "not an address" in answer.text


def test_ten_priorities_and_no_eleventh(client, school):
    rows = {f"priorities-{at}-what": f"Priority {at}" for at in range(11)} | {"priorities-TOTAL_FORMS": "11"}
    answer = add(client, school, **rows)
    assert answer.status_code == 400 and "10 priorities at most" in answer.text and "Priority 10" in answer.text


def test_second_one_of_the_same_year_is_refused(client, school):
    add(client, school)
    answer = add(client, school)
    assert answer.status_code == 400 and "is recorded already" in answer.text
    assert PlanElsewhere.objects.count() == 1


def test_hub_records_it_for_the_school_which_confirms(
    school, head, lead, officer, client_of, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        add(client_of(officer), school, url="", **day("seen_on", today()))
    plan = PlanElsewhere.objects.get()
    assert plan.is_to_confirm and place_of(school, officer) == "elsewhere"
    assert [each.kind for each in plan.looks.all()] == ["seen"]
    (letter,) = mailoutbox
    assert letter.to == [head.email]
    assert "not confirmed" in TimelineEntry.objects.get(source=plan.timeline_source).detail
    assert "A leader says whether it is right" in str([each.reason for each in things_for(head, school, today())])
    page = client_of(head).get(plan.get_absolute_url()).text
    assert "Recorded by the hub, not confirmed by the school" in page and "It is right" in page
    confirm = reverse("smdp:elsewhere-confirm", args=[plan.uuid])
    assert client_of(lead).post(confirm).status_code == 403
    client_of(head).post(confirm)
    plan.refresh_from_db()
    assert not plan.is_to_confirm and plan.confirmed_by == head
    assert "not confirmed" not in client_of(officer).get(plan.get_absolute_url()).text
    assert client_of(officer).get(reverse("smdp:elsewhere-edit", args=[plan.uuid])).status_code == 403


def test_hub_needs_a_link_a_file_or_to_have_seen_it(school, officer, client_of):
    answer = add(client_of(officer), school, url="")
    assert answer.status_code == 400 and "or say when you saw it" in answer.text


def test_hub_sees_and_reviews_it_and_the_school_reads_that(
    client, school, head, lead, officer, client_of, mailoutbox, django_capture_on_commit_callbacks
):
    add(client, school, **day("adopted_on", date(YEAR, 9, 10)))
    plan = PlanElsewhere.objects.get()

    def waiting() -> list[str]:
        return [
            item.reason for group in groups_for(officer, today()) for item in group.items if "elsewhere" in item.reason
        ]

    assert len(waiting()) == 1
    theirs = client_of(officer)
    theirs.post(reverse("smdp:elsewhere-seen", args=[plan.uuid]), day("seen_on", today()))
    assert not waiting()
    review = reverse("smdp:elsewhere-review", args=[plan.uuid])
    assert theirs.post(review, {}).status_code == 400
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            theirs.post(review, {"strengths": "Every class sings", "suggestions": "Say who leads"})
    assert PlanElsewhereLook.objects.filter(kind="advice").count() == 1
    assert [letter.to for letter in mailoutbox] == [[head.email]] and "Every class sings" not in mailoutbox[0].body
    for user in (head, lead, officer):
        assert "Every class sings" in client_of(user).get(plan.get_absolute_url()).text
    governor = make.make_person(Role.SCHOOL_VIEWER, school, "Gail Governor")
    page = client_of(governor).get(plan.get_absolute_url())
    assert page.status_code == 200 and "Every class sings" not in page.text
    headings = list(TimelineEntry.objects.filter(kind="plan").values_list("heading", flat=True))
    assert {f"{plan}: reviewed by the hub", f"{plan}: seen by the hub"} <= set(headings)


def test_day_of_seeing_must_be_a_day_that_was(client, school, officer):
    add(client, school)
    plan = PlanElsewhere.objects.get()
    for on in (date(YEAR + 5, 1, 1), date(YEAR - 3, 1, 1)):
        with pytest.raises(ValidationError):
            elsewhere.see(plan=plan, on=on, by=officer)


def test_yearly_review_and_out_of_date(client, school, head, officer, client_of):
    plan = keep_elsewhere(school, "Ours", by=head)
    PlanElsewhere.objects.update(review_on=today())
    assert place_of(school, officer) == "out-of-date"
    assert "Out of date" in client.get(plan.get_absolute_url()).text
    assert "was to be reviewed" in str([each.reason for each in things_for(head, school, today())])
    again = reverse("smdp:elsewhere-again", args=[plan.uuid])
    assert client.post(again, day("on", today()) | day("review_on", today())).status_code == 400
    client.post(again, day("on", today()) | day("review_on", date(YEAR + 1, 10, 1)))
    plan.refresh_from_db()
    assert plan.review_on == date(YEAR + 1, 10, 1) and place_of(school, officer) == "elsewhere"
    assert "Reviewed by the school" in client_of(officer).get(plan.get_absolute_url()).text
    PlanElsewhere.objects.update(year=YEAR - 2)
    assert place_of(school, officer) == "out-of-date"


def test_plan_that_is_written_here_and_shared_comes_first(school, head, officer):
    keep_elsewhere(school, "Ours", by=head)
    plan = fill(make_plan(school, by=head), by=head)
    assert place_of(school, officer) == "elsewhere"
    plans.share(plan=plan, by=head)
    assert place_of(school, officer) == "shared"
    type(plan).objects.update(year=YEAR - 1)
    assert place_of(school, officer) == "elsewhere"
    PlanElsewhere.objects.update(year=YEAR - 3)
    assert place_of(school, officer) == "out-of-date"


def test_new_file_takes_the_place_of_the_old_one_which_goes(client, school, head, django_capture_on_commit_callbacks):
    plan = keep_elsewhere(school, "Ours", by=head)
    old = plan.file.name
    edit = reverse("smdp:elsewhere-edit", args=[plan.uuid])
    assert "Ours.pdf is here now" in client.get(edit).text
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(edit, said(file=SimpleUploadedFile("New.pdf", PDF + b"\n"), year=YEAR - 1))
    assert answer.status_code == 302
    plan.refresh_from_db()
    assert plan.name_out == "New.pdf" and not default_storage.exists(old) and default_storage.exists(plan.file.name)


def test_taken_out_it_counts_no_more_and_its_file_goes(
    client, school, head, officer, django_capture_on_commit_callbacks
):
    plan = keep_elsewhere(school, "Ours", by=head)
    name = plan.file.name
    assert "Take this plan out?" in client.get(reverse("smdp:elsewhere-remove", args=[plan.uuid])).text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("smdp:elsewhere-remove", args=[plan.uuid]))
    assert place_of(school, officer) == "none" and not default_storage.exists(name)
    assert client.get(reverse("smdp:elsewhere-download", args=[plan.uuid])).status_code == 404
    assert "Taken out on" in client.get(plan.get_absolute_url()).text
    with pytest.raises(ValidationError, match="taken out meanwhile"):
        elsewhere.see(plan=plan, on=today(), by=officer)
    assert add(client, school, year=YEAR - 1).status_code == 302


def test_closed_school_keeps_what_is_there(client, school, head):
    plan = keep_elsewhere(school, "Ours", by=head)
    School.objects.update(status=School.Status.CLOSED)
    assert client.get(plan.get_absolute_url()).status_code == 200
    for name in ("edit", "again", "remove"):
        assert client.get(reverse(f"smdp:elsewhere-{name}", args=[plan.uuid])).status_code == 403


def test_list_costs_the_same_for_few_and_many(officer, hub, head, school, client_of, django_assert_max_num_queries):
    for at in range(4):
        other = make.make_school(f"School {at}", hub=hub)
        keep_elsewhere(other, "Theirs", by=make.make_person(Role.SCHOOL_LEADER, other, f"Head {at}"))
    browser = client_of(officer)
    browser.get(reverse("smdp:plan-list"))
    with django_assert_max_num_queries(14):
        browser.get(reverse("smdp:plan-list"))
