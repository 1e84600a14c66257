"""The published figures on a school's page: whose they are, which year's, and what is unknown."""

from decimal import Decimal

import pytest
from django.urls import reverse

from schools.models import SchoolFigures
from schools.roles import Role
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db


def page_of(here: Town, as_, role: Role) -> str:
    response = as_(here[role]).get(reverse("schools:school-detail", args=[here.schools[0].urn]))
    return " ".join(response.content.decode().split())


@pytest.fixture
def published(here: Town) -> SchoolFigures:
    school = here.schools[0]
    SchoolFigures.objects.create(school=here.schools[1], year=2025, headcount=987)
    SchoolFigures.objects.create(school=school, year=2023, headcount=201, pupil_premium=Decimal("49.50"))
    return SchoolFigures.objects.create(
        school=school, year=2024, headcount=1211, girls=0, by_year_group={"1": 30, "R": 29, "7": 0}
    )


@pytest.mark.parametrize("role", [Role.HUB_OFFICER, Role.PARTNER_OFFICER, Role.SCHOOL_VIEWER])
def test_figures_are_shown_with_their_years(here: Town, as_, published: SchoolFigures, role: Role) -> None:
    page = page_of(here, as_, role)
    assert "School census, 2024 to 2025" in page and "<dd>1,211</dd>" in page
    assert "Pupil Premium, April 2023 to March 2024" in page and "<dd>49.5</dd>" in page
    assert "<dd>201</dd>" not in page and "<dd>987</dd>" not in page, "neither the year before nor another school's"


def test_unknown_is_left_out_and_zero_is_said(here: Town, as_, published: SchoolFigures) -> None:
    page = page_of(here, as_, Role.HUB_OFFICER)
    assert "<dt>Girls</dt><dd>0</dd>" in page
    assert "<dt>Boys</dt>" not in page
    assert page.index("Reception") < page.index("Year 1")
    assert "Year 7" not in page, "a year group without pupils is not taught there"


def test_partner_staff_see_no_figures(here: Town, as_, published: SchoolFigures) -> None:
    assert "as published" not in page_of(here, as_, Role.PARTNER_STAFF)


def test_a_school_without_figures_has_no_panel(here: Town, as_) -> None:
    assert "as published" not in page_of(here, as_, Role.HUB_OFFICER)
