"""Two schools that an officer introduces: asked one after the other, named once both agree, and what came of it."""

import re

import pytest
from django.urls import reverse

from engagement.models import Introduction
from schools.models import School
from schools.roles import Role
from tests import factories as make
from tests.engagement.factories import make_shared_levels
from tests.journeys.conftest import Town
from tests.journeys.visitor import DESK, NARROW

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("size", "scripts"), [(DESK, True), (NARROW, False)])
def test_two_schools_are_introduced(town: Town, visitor, size: dict, scripts: bool) -> None:
    ashby = School.objects.get(name="Ashby High School")
    make_shared_levels(town.school, by=town.officer, singing=1)
    make_shared_levels(ashby, by=town.officer, singing=4)
    lead = make.make_person(Role.SCHOOL_EDITOR, ashby, "Jo Hill", password=make.PASSWORD)

    officer = visitor(town.officer, size=size, scripts=scripts)
    officer.go(reverse("schools:school-list"))
    officer.way("school to school").click()
    officer.look("School to school")
    officer.sees("is embedded there")
    officer.way("Introduce them").click()
    officer.look("Introduce Millbrook Junior School to Ashby High School")
    officer.box("Why these two?").fill("Both sing on Fridays.")
    officer.way("Write it down").click()
    officer.look("Singing every week")
    officer.way("Ask this school").first.click()
    officer.look("Ask Millbrook Junior School")
    officer.way("Ask the school").click()
    officer.look("Singing every week")

    head = visitor(town.head, size=size, scripts=scripts)
    head.sees("Would you like to meet a school of our hub")
    head.way("Answer").click()
    question = re.compile("Would you like to meet a school of our hub")
    head.look(question)
    head.does_not_see("Ashby")
    head.page.get_by_label("Yes", exact=True).check()
    head.way("Answer").click()
    head.look(question)
    head.sees("Enter whom the other school gets in touch with")
    head.box("If yes, whom does the other school get in touch with?").fill("Ruth Pell")
    head.way("Answer").click()
    head.look(question)
    head.sees("You have agreed.")
    head.does_not_see("Ashby")

    officer.go("/today/")
    officer.way("Ask the other school").click()
    officer.look("Singing every week")
    officer.way("Ask this school").click()
    officer.look("Ask Ashby High School")
    officer.way("Ask the school").click()
    officer.look("Singing every week")

    other = visitor(lead, size=size, scripts=scripts)
    other.go(reverse("engagement:named-for-list", args=[ashby.urn]))
    other.look("What we are happy to be named for")
    other.box("What are you happy to be named for?").fill("Our Friday singing")
    other.way("Put it on the list").click()
    other.look("What we are happy to be named for")
    other.sees("Our Friday singing")
    other.go("/")
    other.does_not_see("Millbrook")
    other.way("Answer").click()
    other.look(re.compile("Would you help another school of our hub"))
    other.page.get_by_label("Yes", exact=True).check()
    other.box("If yes, whom does the other school get in touch with?").fill("Jo Hill")
    other.page.get_by_label("Our Friday singing").check()
    other.way("Answer").click()
    other.look(re.compile("Would you help another school of our hub"))
    other.sees("Millbrook Junior School")

    head.go(Introduction.objects.get().sides.get(school=town.school).get_absolute_url())
    head.look(question)
    head.sees("Ashby High School")
    head.sees("Our Friday singing")

    officer.go(Introduction.objects.get().get_absolute_url())
    officer.way("Record what came of it").click()
    officer.look("What came of it?")
    officer.page.get_by_label("One visited the other").check()
    officer.box("In your own words").fill("A good morning.")
    officer.way("Record it").click()
    officer.look("Singing every week")
    officer.sees("One visited the other")
    head.go(town.school.get_absolute_url())
    head.look("Millbrook Junior School")
    head.sees("Introduced to Ashby High School")
    head.sees("One visited the other")
    head.does_not_see("A good morning.")
