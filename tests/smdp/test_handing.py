"""A school is handed over to another hub: with the history the new hub reads what the old one said of its plans."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hubportal.kit.wording import academic_year
from schools.access import today
from schools.actions import handovers
from schools.handing import in_words
from schools.models import Handover, Hub, HubArea, School, TimelineEntry
from schools.roles import Role
from smdp.actions import elsewhere, plans, reviews
from smdp.models import PlanElsewhere, PlanElsewhereLook, PlanReview, PlanVersion
from tests import factories as make
from tests.smdp.factories import PDF, review_words, write

pytestmark = pytest.mark.django_db

WORDS = ("Singing every day", "Say how you will know", "A strong band")


@pytest.fixture
def version(plan, head, officer) -> PlanVersion:
    """The hub has returned its review of it."""
    version = plans.share(plan=plan, by=head)
    review = reviews.begin(version=version, by=officer)
    review_words(review, by=officer, strengths=WORDS[0], on_vision=WORDS[1])
    reviews.give_back(review=review, by=officer)
    return version


@pytest.fixture
def kept(school, head, officer, settings, tmp_path) -> PlanElsewhere:
    """The hub has given its advice on it."""
    settings.MEDIA_ROOT = tmp_path
    year = academic_year(today())
    said = elsewhere.Said(year=year, years=1, review_on=date(year + 1, 7, 1), adopted_on=None, url="", priorities={})
    plan = elsewhere.record(school=school, said=said, file=SimpleUploadedFile("plan.pdf", PDF), by=head)
    elsewhere.advise(plan=plan, strengths=WORDS[2], suggestions="", by=officer)
    return plan


def moves(school: School, to: Hub) -> None:
    """The school's authority goes over to another hub: a month ago or, where it has gone over before, today."""
    area = HubArea.objects.get(authority=school.authority, ends_on=None)
    on = today() if area.starts_on > make.LONG_AGO else today() - timedelta(days=30)
    HubArea.objects.filter(pk=area.pk).update(ends_on=on)
    HubArea.objects.create(hub=to, authority=school.authority, starts_on=on)


def hand_over(school, giver: Hub, to: Hub, *, with_history: bool = True) -> Handover:
    moves(school, to)
    by, accepts = (make.make_person(Role.HUB_MANAGER, each) for each in (giver, to))
    row = handovers.offer(school=school, giver=giver, by=by, with_history=with_history)
    return handovers.accept(handover=row, by=accepts)


@pytest.fixture
def there() -> Hub:
    return make.make_hub("Samplefolk Music Hub")


@pytest.fixture
def nia(there, client_of):
    """An officer of the new hub."""
    return client_of(make.make_person(Role.HUB_OFFICER, there, "Nia Newcomer"))


def read(browser, version, kept) -> str:
    places = (version.plan, version, kept, version.plan.school)
    return " ".join(browser.get(each.get_absolute_url()).text for each in places)


def test_with_the_history_the_new_hub_reads_the_old_ones_reviews(school, hub, there, version, kept, nia):
    row = hand_over(school, hub, there)
    assert row.copied == row.counts
    assert in_words(row.copied[-2:]) == "1 review of a plan, 1 look at a plan kept elsewhere"
    page = read(nia, version, kept)
    assert all(words in page for words in WORDS)
    assert "What Exampleshire Music Hub says" in page and "What Samplefolk Music Hub says" not in page
    entries = TimelineEntry.objects.filter(hub=there, source__startswith="plan-review")
    assert {(each.audience, each.received_from) for each in entries} == {("hub", hub)}
    assert entries.get().url == version.get_absolute_url()


def test_without_the_history_it_reads_no_word_of_them(school, hub, there, version, kept, nia):
    hand_over(school, hub, there, with_history=False)
    page = read(nia, version, kept)
    assert "Every child sings vision" in page, "the plan is the school's"
    assert not [words for words in WORDS if words in page]
    for model in (PlanReview, PlanElsewhereLook):
        assert not model.objects.filter(hub=there).exists()


def test_before_both_consent_it_reads_no_word_of_them(school, hub, there, version, kept, nia):
    moves(school, there)
    manager = make.make_person(Role.HUB_MANAGER, hub)
    handovers.offer(school=school, giver=hub, by=manager, with_history=True)
    assert not [words for words in WORDS if words in read(nia, version, kept)]


def test_nobody_else_reads_the_copies_and_the_school_reads_each_once(
    school, hub, there, version, kept, client, client_of
):
    def seen(user) -> tuple[int, int]:
        models = (PlanReview, PlanElsewhereLook)
        return tuple(model.objects.visible_to(user).count() for model in models)

    head = school.memberships.get().user
    before = seen(head), TimelineEntry.objects.visible_to(head).count()
    hand_over(school, hub, there)
    assert (seen(head), TimelineEntry.objects.visible_to(head).count()) == before
    assert client.get(version.get_absolute_url()).text.count(WORDS[0]) == 1
    third = make.make_person(Role.HUB_MANAGER, make.make_hub("Third Hub"))
    other = make.make_person(Role.PARTNER_OFFICER, make.make_partner("Not Entrusted", hub=there))
    assert seen(third) == seen(other) == (0, 0)
    assert seen(make.make_person(Role.HUB_MANAGER, hub)) == (1, 1), "the old hub keeps its own"


def test_what_was_still_being_written_does_not_go(school, plan, hub, there, version, kept, head, officer, nia):
    write(plan, "vision", by=head, now="Changed since")
    later = plans.share(plan=plan, by=head)
    review_words(reviews.begin(version=later, by=officer), by=officer, strengths="Half a thought")
    hand_over(school, hub, there)
    assert "Half a thought" not in read(nia, later, kept)
    assert PlanReview.objects.filter(hub=there).count() == 1


def test_new_hub_reviews_the_same_version_itself(school, hub, there, version, kept, nia, client):
    hand_over(school, hub, there)
    assert "Review this version" in nia.get(version.get_absolute_url()).text
    begin = reverse("smdp:review-begin", args=[version.plan.uuid, version.number])
    page = nia.get(nia.post(begin).url)
    assert page.status_code == 200
    post = {"on_vision": "From the new hub", "return": "1"}
    nia.post(PlanReview.objects.own().get(hub=there).get_absolute_url(), post)
    for browser in (nia, client):
        text = browser.get(version.get_absolute_url()).text
        assert "From the new hub" in text and WORDS[0] in text and "Samplefolk Music Hub says" in text


def test_going_back_brings_nothing_twice(school, hub, there, version, kept):
    hand_over(school, hub, there)
    hand_over(school, there, hub)
    for model in (PlanReview, PlanElsewhereLook):
        assert model.objects.filter(hub=hub).count() == model.objects.filter(hub=there).count() == 1
