"""Targets: what is refused and why, what is fixed, what is counted; and that plain SQL counts the same."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from engagement.models import Target, TargetSchool
from engagement.targets.measures import measures
from engagement.targets.progress import progress_of
from hubportal.kit.saved import Described
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.actions import saved_views
from schools.models import EngagementYear, Membership, SavedView, School
from schools.roles import Role
from tests import factories as make
from tests.engagement.factories import make_conversation

pytestmark = pytest.mark.django_db
CREATE = reverse("engagement:target-create")


@pytest.fixture
def hub():
    return make.make_hub("Exampleshire Music Hub")


@pytest.fixture
def manager(hub):
    return make.make_person(Role.HUB_MANAGER, hub, "Priya Shah")


@pytest.fixture
def schools(hub):
    return [make.make_school(f"School {number:02d}", hub=hub) for number in range(10)]


def save_view(hub, by, **query: str) -> SavedView:
    shown = Described("schools:school-list", query, "", [], {key: f"{key}: {value}" for key, value in query.items()})
    return saved_views.save(
        hub=hub, shown=shown, name=str(sorted(query.items())), is_shared=True, is_start=False, by=by
    )


def boxes(name: str, on: date) -> dict[str, int]:
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}


def said(view: SavedView, by, **other) -> dict:
    return {
        "name": "Half of the silent ones",
        "measure": "engaged",
        "segment": view.uuid,
        "unit": "share",
        "goal": "50",
        "owner": Membership.objects.get(user=by).uuid,
        "actions": "Call each head",
        **boxes("baseline_on", today()),
        **boxes("due_on", today() + timedelta(days=200)),
    } | other


def engage(hub, school, on: date | None = None, *, several: bool = False, year: int | None = None) -> None:
    on = on or today()
    EngagementYear.objects.update_or_create(
        hub=hub,
        school=school,
        year=academic_year(on) if year is None else year,
        defaults={"ways": ["conversation"], "engaged_on": on, "several_on": on if several else None},
    )


def test_a_target_fixes_its_schools_and_counts_them(hub, manager, schools, client) -> None:
    for school in schools[:2]:
        engage(hub, school)
    client.force_login(manager)
    view = save_view(hub, manager, engagement="never")
    response = client.post(CREATE, said(view, manager))
    target = Target.objects.get()
    assert response["Location"] == target.get_absolute_url()
    assert (target.rows.count(), target.rows.filter(met_at_baseline=True).count()) == (8, 0)
    assert target.segment_words == "engagement: never"
    client.post(CREATE, said(view, manager))
    assert Target.objects.count() == 1, "the same sent twice is one target"
    # Schools engage: the filter empties itself, the target does not.
    for school in schools[2:5]:
        engage(hub, school)
    School.objects.filter(pk=schools[9].pk).update(status=School.Status.CLOSED, close_date=today())
    later = make.make_school("Later School", hub=hub)
    (progress,) = progress_of(manager, [target])
    assert (progress.now, progress.counted, progress.needed, progress.fixed) == (3, 7, 4, 8)
    assert (progress.state, progress.is_reached) == ("1 school to go", False)
    page = client.get(target.get_absolute_url())
    shown = {row.record.name: row.record.target_state for row in page.context["table"].page.object_list}
    assert shown.pop("Later School") == "joined"
    assert shown.pop("School 09") == "closed"
    assert shown == {f"School {n:02d}": "met" if n < 5 else "not-met" for n in range(2, 9)}
    # Each figure opens just the schools that it counts.
    for state, number in (("met", 3), ("not-met", 4), ("closed", 1), ("joined", 1)):
        assert client.get(f"{target.get_absolute_url()}?state={state}").context["matching"] == number
    engage(hub, schools[5])
    (progress,) = progress_of(manager, [target])
    assert (progress.state, progress.is_reached) == ("Reached", True)
    assert later.pk not in set(target.rows.values_list("school", flat=True))
    coverage = client.get(reverse("engagement:coverage-detail")).content.decode()
    assert "Against targets" in coverage and "Half of the silent ones" in coverage
    assert client.get(reverse("engagement:target-list")).status_code == 200


@pytest.mark.parametrize(
    ("other", "field", "words"),
    [
        ({"goal": "0"}, "goal", "greater than or equal to 1"),
        ({"goal": "101"}, "goal", "from 1 to 100"),
        ({"goal": "many"}, "goal", "Enter the goal as a whole number"),
        ({"goal": "20"}, "goal", "At the baseline 2 of 10 schools did already. Aim higher"),
        ({"goal": "11", "unit": "number"}, "goal", "The segment has 10 schools"),
        (boxes("due_on", date(2020, 1, 1)), "due_on", "must be after today"),
        (boxes("baseline_on", date(2099, 1, 1)), "baseline_on", "or earlier"),
        (boxes("baseline_on", date(2019, 1, 1)), "baseline_on", "There are no records from before 1 January 2019"),
        ({"measure": "plan", **boxes("baseline_on", date(2026, 9, 1))}, "baseline_on", "an earlier day is not kept"),
        ({"name": ""}, "name", "Answer"),
        ({"owner": "somebody"}, "owner", "Select a valid choice"),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(hub, manager, schools, client, other, field, words) -> None:
    for school in schools[:2]:
        engage(hub, school)
    client.force_login(manager)
    view = save_view(hub, manager, status="open")
    response = client.post(CREATE, said(view, manager, **other))
    assert response.status_code == 400
    form = response.context["form"]
    assert words in " ".join(form.errors[field])
    assert form["actions"].value() == "Call each head"
    assert not Target.objects.exists()


def test_an_empty_segment_and_one_that_no_longer_exists_are_refused(hub, manager, schools, client) -> None:
    client.force_login(manager)
    for query, words in (
        ({"engagement": "several"}, "there is nothing to reach"),
        ({"owner": "99999"}, "Part of this view no longer exists: owner: 99999"),
    ):
        response = client.post(CREATE, said(save_view(hub, manager, **query), manager))
        assert response.status_code == 400
        assert words in " ".join(response.context["form"].errors["segment"])


def test_the_segment_is_as_it_stood_at_the_baseline(hub, manager, schools, client) -> None:
    year = academic_year(today())
    before = date(year, 9, 2)
    engage(hub, schools[0], date(year, 9, 1))
    for school in schools[1:4]:
        engage(hub, school, date(year, 9, 10))
    client.force_login(manager)
    view = save_view(hub, manager, engagement="never")
    client.post(CREATE, said(view, manager, **boxes("baseline_on", before)))
    target = Target.objects.get()
    assert target.rows.count() == 9, "those that engaged since the baseline are among its schools"
    assert progress_of(manager, [target])[0].now == 3


def test_what_is_changed_stays_readable_and_an_end_is_an_end(hub, manager, schools, client) -> None:
    client.force_login(manager)
    client.post(CREATE, said(save_view(hub, manager, status="open"), manager))
    target = Target.objects.get()
    edit = reverse("engagement:target-edit", args=[target.uuid])
    owner = Membership.objects.get(user=manager).uuid
    new = {"goal": "80", "owner": owner, "actions": "Visit each", **boxes("due_on", target.due_on)}
    assert client.post(edit, new)["Location"] == target.get_absolute_url()
    page = client.get(target.get_absolute_url()).content.decode()
    assert "The goal was 50%." in page and "Call each head" in page
    client.post(edit, new)
    assert target.notes.count() == 1
    end = reverse("engagement:target-end", args=[target.uuid])
    assert client.post(end, {"outcome": ""}).status_code == 400
    client.post(end, {"outcome": "Eight of ten"})
    assert "Eight of ten" in client.get(reverse("engagement:target-list")).content.decode()
    assert client.post(edit, new | {"goal": "90"}).status_code == 400


def test_historically_disengaged_is_never_or_lapsed_for_as_many_years_as_the_hub_says(
    hub, manager, schools, client
) -> None:
    this = academic_year(today())
    for school, year in zip(schools[:4], (this, this - 1, this - 2, this - 3), strict=True):
        engage(hub, school, date(year, 9, 1), year=year)
    client.force_login(manager)
    address = reverse("schools:school-list")

    def found() -> list[str]:
        rows = client.get(address, {"engagement": "disengaged"}).context["table"].page.object_list
        return [row.record.name for row in rows]

    assert found() == [each.name for each in schools[3:]]
    hub.disengaged_years = 3
    hub.save()
    assert found() == [each.name for each in schools[4:]]
    # On an earlier day, what came after does not count.
    rows = client.get(address, {"engagement": "disengaged", "as_at": f"{this - 1}-08-31"})
    assert rows.context["matching"] == len(schools) - 2


def test_another_hubs_target_does_not_exist(hub, manager, schools, client) -> None:
    client.force_login(manager)
    client.post(CREATE, said(save_view(hub, manager, status="open"), manager))
    there = make.make_hub("Samplefolk Music Hub")
    client.force_login(make.make_person(Role.HUB_MANAGER, there))
    assert client.get(Target.objects.get().get_absolute_url()).status_code == 404
    assert "Half of the silent" not in client.get(reverse("engagement:target-list")).content.decode()


SQL = """
SELECT count(*) FILTER (WHERE met), count(*) FROM (
    SELECT EXISTS (
        SELECT 1 FROM schools_engagementyear y
        WHERE y.school_id = s.id AND y.hub_id = t.hub_id AND y.year = %(year)s AND y.{column} <= %(on)s
    ) AS met
    FROM engagement_targetschool r
    JOIN engagement_target t ON t.id = r.target_id
    JOIN schools_school s ON s.id = r.school_id
    WHERE t.id = %(target)s AND s.status IN ('1', '3')
) counted
"""


@pytest.mark.parametrize("seed", range(5))
def test_plain_sql_counts_the_same_on_random_data(hub, manager, seed: int, client) -> None:
    chance = random.Random(seed)
    schools = [make.make_school(f"School {number}", hub=hub) for number in range(30)]
    year = academic_year(today())
    first = date(year, 9, 1)
    for school in schools:
        for back in range(3):
            if chance.random() < 0.4:
                on = first.replace(year=year - back) + timedelta(days=chance.randrange(300))
                engage(hub, school, on, several=chance.random() < 0.5, year=year - back)
    targets = {}
    for measure, column in (("engaged", "engaged_on"), ("several", "several_on")):
        targets[column] = target = Target.objects.create(
            hub=hub, name=measure, measure=measure, segment_words="Some", baseline_on=first, unit="share", goal=60,
            due_on=today() + timedelta(days=90), owner=manager, created_by=manager,
        )  # fmt: skip
        chosen = chance.sample(schools, 20)
        TargetSchool.objects.bulk_create(
            [TargetSchool(target=target, hub=hub, school=each, met_at_baseline=False) for each in chosen]
        )
    for school in chance.sample(schools, 4):
        School.objects.filter(pk=school.pk).update(status=School.Status.CLOSED)
    for column, target in targets.items():
        with connection.cursor() as cursor:
            cursor.execute(SQL.format(column=column), {"year": year, "on": today(), "target": target.pk})
            by_sql = cursor.fetchone()
        (progress,) = progress_of(manager, [target])
        assert (progress.now, progress.counted) == by_sql
        client.force_login(manager)
        assert client.get(f"{target.get_absolute_url()}?state=met").context["matching"] == by_sql[0]


def test_each_measure_has_words_and_asks_only_of_the_schools_given(hub, manager, schools) -> None:
    assert set(measures()) == {"engaged", "several", "conversation", "plan", "summary"}
    make_conversation(schools[0], by=manager)
    engage(hub, schools[1], several=True)
    some = School.objects.filter(pk__in=[each.pk for each in schools[:3]])
    for each in measures().values():
        assert each.label and each.met and each.not_met
        met = each.meeting(hub=hub, user=manager, schools=some, on=today())
        assert met <= {each.pk for each in schools[:3]}
    talked = measures()["conversation"].meeting(hub=hub, user=manager, schools=some, on=today())
    assert talked == {schools[0].pk}
