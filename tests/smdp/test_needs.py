"""What schools judge low is counted for the hub; a trust's view is expected, or worked out from its schools'."""

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import School
from schools.roles import Role
from smdp.actions import evaluations, trust_evaluations
from smdp.models import TrustEvaluation
from tests import factories as make
from tests.engagement.factories import criterion
from tests.smdp.factories import answer, make_evaluation

pytestmark = pytest.mark.django_db

YEAR = academic_year(today())


def school_with(hub, name, levels, *, year=YEAR, submit=True, **more) -> School:
    """A school that submitted these levels."""
    school = make.make_school(name, hub=hub, **more)
    head = make.make_person(Role.SCHOOL_LEADER, school, f"Head of {name}")
    row = make_evaluation(school, by=head, year=year)
    for code, level in levels.items():
        answer(row, code, level, f"{name} says so", by=head)
    if submit:
        evaluations.submit(evaluation=row, by=head)
    return school


def counts(page) -> dict[str, tuple[int, int, int]]:
    rows = page.context["table"].data
    return {row.code: (row.first, row.second, row.answered) for row in rows if row.answered}


def test_criteria_are_counted_over_the_newest_that_each_school_submitted(hub, client_of):
    manager = make.make_person(Role.HUB_MANAGER, hub, "Jo Marsh")
    school_with(hub, "Ashby School", {"singing": 1, "choir": 2})
    school_with(hub, "Birch School", {"singing": 2, "choir": 4})
    school_with(hub, "Cedar School", {"singing": 1}, submit=False)
    other = make.make_hub("Samplefolk Music Hub")
    school_with(other, "Elsewhere School", {"singing": 1})
    page = client_of(manager).get(reverse("smdp:need-list"))
    assert counts(page) == {"singing": (1, 1, 2), "choir": (0, 1, 2)}
    words = page.content.decode()
    assert "2 open schools submitted a self-evaluation" in words
    assert "Not yet in place" in words
    assert page.context["table"].data[0].code == "singing"
    assert f"{criterion('singing').title} (2), {criterion('choir').title} (1)" in words


def test_a_special_school_stands_under_what_it_is(hub, client_of):
    manager = make.make_person(Role.HUB_MANAGER, hub, "Jo Marsh")
    kind = make.make_type("7", "Community special school")
    school_with(hub, "Alder School", {"singing": 1}, type=kind, phase=School.Phase.NOT_APPLICABLE)
    browser = client_of(manager)
    page = browser.get(reverse("smdp:need-list")).text
    assert "Special, alternative, independent and other" in page and "Not applicable" not in page
    page = browser.get(reverse("smdp:need-detail", args=["singing"])).text
    assert "Community special school" in page and "Not applicable" not in page


def test_a_phase_counts_its_own_schools(hub, client_of):
    manager = make.make_person(Role.HUB_MANAGER, hub, "Jo Marsh")
    school_with(hub, "Ashby School", {"singing": 1}, phase=School.Phase.SECONDARY)
    school_with(hub, "Birch School", {"choir": 1})
    page = client_of(manager).get(reverse("smdp:need-list"), {"phase": School.Phase.SECONDARY.value})
    assert counts(page) == {"singing": (1, 0, 1)}
    address = reverse("smdp:need-detail", args=["singing"])
    assert f'href="{address}?phase={School.Phase.SECONDARY.value}"' in page.content.decode()


def test_the_schools_behind_a_count_the_lowest_first(hub, client_of):
    officer = make.make_person(Role.HUB_OFFICER, hub, "Amira Okafor")
    school_with(hub, "Ashby School", {"singing": 2})
    school_with(hub, "Birch School", {"singing": 1})
    school_with(hub, "Cedar School", {"singing": 4})
    client, address = client_of(officer), reverse("smdp:need-detail", args=["singing"])
    page = client.get(address)
    assert [row.name for row in page.context["table"].data] == ["Birch School", "Ashby School"]
    assert "Birch School says so" in page.content.decode()
    assert "your hub’s own staff" in page.content.decode() and "at your school" not in page.content.decode()
    every = client.get(address, {"level": "any"})
    assert len(every.context["table"].data) == 3
    file = client.get(reverse("smdp:need-detail-export", args=["singing", "csv"])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    assert [(row["School"], row["Level"]) for row in rows] == [
        ("Birch School", "Not yet in place"),
        ("Ashby School", "Emerging"),
    ]


def test_no_self_evaluation_yet(hub, client_of):
    manager = make.make_person(Role.HUB_MANAGER, hub, "Jo Marsh")
    make.make_school("Ashby School", hub=hub)
    page = client_of(manager).get(reverse("smdp:need-list")).content.decode()
    assert "No self-evaluation to count" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_needs_cost_the_same_for_one_school_and_for_three(hub, client_of, number):
    manager = make.make_person(Role.HUB_MANAGER, hub, "Jo Marsh")
    for at in range(number):
        school_with(hub, f"School {at}", {"singing": 1})
    client = client_of(manager)
    client.get(reverse("smdp:need-list"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("smdp:need-list"))
    assert len(queries) == COST


COST = 9

# --- A trust's view ------------------------------------------------------------------------------------------------


@pytest.fixture
def trust(hub):
    schools = [
        school_with(hub, "Ashby School", {"singing": 1, "choir": 2}),
        school_with(hub, "Birch School", {"singing": 4}),
    ]
    return make.make_trust("Larkrise", schools=schools)


@pytest.fixture
def leader(trust):
    return make.make_person(Role.TRUST_LEADER, trust, "Marcus Thwaite")


def levels(page) -> dict[str, tuple[str, str]]:
    return {
        row.title: (row.words, row.because)
        for _area, rows in page.context["areas"]
        for row in rows
        if row.words != "Not answered"
    }


@pytest.mark.parametrize(
    ("basis", "singing"),
    [
        ("average", ("Established", "2.5 on average of 2 schools")),
        ("minimum", ("Not yet in place", "At this level: Ashby School")),
    ],
)
def test_a_trusts_view_is_worked_out(trust, leader, client_of, basis, singing):
    client, address = client_of(leader), reverse("smdp:trust-evaluation-detail", args=[trust.group_uid])
    assert "No basis recorded this year" in client.get(address).content.decode()
    edit = reverse("smdp:trust-evaluation-edit", args=[trust.group_uid])
    page = client.post(edit, {"basis": basis, "singing": "3"}, follow=True)
    assert levels(page)[criterion("singing").title] == singing
    row = TrustEvaluation.objects.get()
    assert (row.basis, row.levels, row.set_by) == (basis, {}, leader)


def test_what_a_trust_expects_is_its_own(trust, leader, client_of):
    edit = reverse("smdp:trust-evaluation-edit", args=[trust.group_uid])
    client = client_of(leader)
    page = client.post(edit, {"basis": "expectation"})
    assert "Choose the level that you expect for at least one criterion" in page.content.decode()
    assert not TrustEvaluation.objects.exists()
    page = client.post(edit, {"basis": "expectation", "singing": "3"}, follow=True)
    assert levels(page) == {criterion("singing").title: ("Established", "Below it: Ashby School")}
    assert 'value="3" selected' in client.get(edit).content.decode()


def test_without_a_basis_the_form_says_so(trust, leader, client_of):
    page = client_of(leader).post(reverse("smdp:trust-evaluation-edit", args=[trust.group_uid]), {"singing": "3"})
    assert "Answer “What is it based on?”" in page.content.decode()


def test_a_hub_reads_it_over_its_own_schools_alone(hub, trust, leader, client_of):
    other = make.make_hub("Samplefolk Music Hub")
    far = school_with(other, "Far School", {"singing": 1})
    trust.trust_schools.create(school=far, joined_on=today())
    trust_evaluations.record(trust=trust, basis="minimum", levels={}, by=leader)
    address = reverse("smdp:trust-evaluation-detail", args=[trust.group_uid])
    officer = make.make_person(Role.HUB_OFFICER, hub, "Amira Okafor")
    title = criterion("singing").title
    assert levels(client_of(leader).get(address))[title][1] == "At this level: Ashby School, Far School"
    assert levels(client_of(officer).get(address))[title][1] == "At this level: Ashby School"
    assert "Basis: the lowest of its schools" in client_of(officer).get(trust.get_absolute_url()).content.decode()
    with pytest.raises(ValidationError, match="at least one criterion"):
        trust_evaluations.record(trust=trust, basis="expectation", levels={}, by=leader)
