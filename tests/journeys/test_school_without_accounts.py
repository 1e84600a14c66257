"""A school in which nobody has an account answers its half, disputes a report and asks to meet, all by link."""

import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from engagement.models import HalfAnswer, HalfSend, Meeting, PartVersion, Response, SchoolHalf
from hubportal.kit.models import SignedLink
from schools.models import Contact
from tests.journeys.conftest import Town
from tests.journeys.serving import Server
from tests.journeys.visitor import DESK, NARROW, PHONE, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("real_worker")]
CLERK = "clerk@millbrook.example"
SINGS = "Every class sings on Fridays."
FORMULA = '=HYPERLINK("https://elsewhere.example","Our choir")'
DISPUTE = "We have two choirs, not one."
SAVED = re.compile(r"Saved at (\d|mid)|Saved\. The hub does not read it until somebody at your school sends it\.")
LEAST = 3_500  # milliseconds after which the public page believes that somebody typed


@pytest.fixture
def town(town: Town) -> Town:
    """The head has no account either: the clerk, who has none, is the school's only leader."""
    Contact.objects.filter(user=town.head).delete()
    town.head.memberships.all().delete()
    return town


def link_in(server: Server, address: str, kind: str = "q") -> str:
    """The address in the newest email that has one: of questions, or of a report ("r"), which the server may still be
    sending."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        found = [re.search(rf"https?://[^/\s]+(/{kind}/\S+/)", each) for each in server.letters_to(address)]
        if links := [each[1] for each in found if each]:
            return links[-1]
        time.sleep(0.2)
    raise AssertionError(f"no such link came to {address}")


def age(days: int) -> None:
    """As if the questions had been sent so many days before."""
    then = timezone.now() - timedelta(days=days)
    HalfSend.objects.update(at=then)
    SchoolHalf.objects.update(asked_at=then, expires_at=timezone.now() - timedelta(minutes=1))
    SignedLink.objects.update(created_at=then, expires_at=timezone.now() - timedelta(minutes=1))


def ask_for_the_half(officer: Visitor) -> None:
    officer.go("/schools/700001/questions/")
    officer.look("Ask Millbrook Junior School before you meet")
    for box in officer.page.get_by_role("group", name="What do you ask about?").get_by_role("checkbox").all():
        box.uncheck()
    officer.page.get_by_role("group", name="What do you ask about?").get_by_label("Singing").first.check()
    officer.page.get_by_label("Ines Clerk").check()
    officer.button("Send the questions").click()
    officer.look("The school’s half")
    officer.sees("Waiting for the school")


def begin_and_pass_on(clerk: Visitor, link: str) -> None:
    """Opening it twice spends nothing; what was begun is kept for whoever has the link."""
    for _ in range(2):
        clerk.go(link)
        clerk.look("Exampleshire Music Hub asks Millbrook Junior School")
    clerk.page.locator("[name='c-singing']").fill(SINGS)
    clerk.button("Save and go on later").last.click()
    clerk.look("Exampleshire Music Hub asks Millbrook Junior School")
    expect(clerk.page.locator("main")).to_contain_text(SAVED)


def send_a_new_link(officer: Visitor) -> None:
    officer.go(SchoolHalf.objects.get().get_absolute_url())
    officer.look("The school’s half")
    officer.sees("The links expired on")
    officer.does_not_see(SINGS)  # the hub reads nothing that was not sent
    officer.way("Send a new link").click()
    officer.look("Send Millbrook Junior School a new link")
    officer.page.get_by_label("Ines Clerk").check()
    officer.button("Send the link").click()
    officer.look("The school’s half")
    officer.sees("The link is on its way to Ines Clerk.")


def finish_and_send(colleague: Visitor, link: str) -> None:
    colleague.go(link)
    colleague.look("Exampleshire Music Hub asks Millbrook Junior School")
    expect(colleague.page.locator("[name='c-singing']")).to_have_value(SINGS)
    colleague.page.locator("[name='wants']").fill(FORMULA)
    colleague.button("Send to the hub").click()
    colleague.look("Exampleshire Music Hub asks Millbrook Junior School")
    expect(colleague.page.locator(".govuk-error-summary")).to_contain_text("Enter your name")
    expect(colleague.page.locator("[name='wants']")).to_have_value(FORMULA)
    colleague.box("Your name").fill("Rosa Field")
    colleague.box("Your role at the school").fill("Music lead")
    colleague.button("Send to the hub").click()
    colleague.look("Exampleshire Music Hub has your answers")


def meet(officer: Visitor) -> None:
    """The school's half stands beside the officer's; both go into the record, which is shared."""
    officer.go("/today/")
    officer.sees("The school answered your questions before you meet")
    officer.go(SchoolHalf.objects.get().get_absolute_url())
    officer.look("The school’s half")
    officer.sees("Rosa Field, Music lead, today")
    officer.sees("by the link that was sent to Ines Clerk.")
    officer.sees(FORMULA)
    officer.button("Write our half").click()
    officer.look("Millbrook Junior School")
    officer.sees(SINGS)
    officer.button("Take these words into the report").click()
    officer.look("Millbrook Junior School")
    officer.page.get_by_label("Ines Clerk").check()
    officer.box("What was said").fill("There is one choir.")
    officer.button("Log it").click()
    officer.look(re.compile("with Millbrook Junior School"))
    officer.sees(SINGS)
    share(officer)


def share(officer: Visitor) -> None:
    officer.way("Share").click()
    officer.look(re.compile("Share .*with Millbrook Junior School"))
    officer.button("Share with the school").click()
    officer.look(re.compile("with Millbrook Junior School"))


def read(clerk: Visitor, server: Server) -> None:
    """By the link in the email, with a code that goes to the same address."""
    clerk.go(link_in(server, CLERK, "r"))
    clerk.button("Send me a code").click()
    clerk.look("Enter the code from our email")
    clerk.box("Code").fill(re.search(r"\b\d{3} ?\d{3}\b", server.letters_to(CLERK, least=1)[-1])[0])
    clerk.button("Read the report").click()
    clerk.look("Music at Millbrook Junior School")


def dispute(clerk: Visitor) -> None:
    clerk.sees("There is one choir.")
    clerk.way("Answer").click()
    clerk.look(re.compile("^Is the report of .* accurate"))
    clerk.page.get_by_label("Not accurate, because …").check()
    clerk.box("What you would add, or what is not accurate and why").fill(DISPUTE)
    clerk.box("Your name").fill("Ines Clerk")
    clerk.button("Send our answer").click()
    clerk.look(re.compile("^Is the report of .* accurate"))
    expect(clerk.page.locator(".govuk-error-summary")).to_contain_text("role")
    expect(clerk.typed("What you would add, or what is not accurate and why")).to_have_value(DISPUTE)
    clerk.box("Your role at the school").fill("School business manager")
    clerk.button("Send our answer").click()
    clerk.look("Music at Millbrook Junior School")
    clerk.sees(DISPUTE)


def ask_to_meet(clerk: Visitor) -> None:
    clerk.link("Ask to meet us").click()
    clerk.look("Ask Exampleshire Music Hub to meet")
    expect(clerk.box("Your school")).to_have_value("Millbrook Junior School, URN 700001")
    clerk.box("Your name").fill("Ines Clerk")
    clerk.box("Your role at the school").fill("School business manager")
    clerk.box("Your work email address").fill(CLERK)
    clerk.box("When would suit you?").fill("Thursday after 3.30")
    clerk.page.wait_for_timeout(LEAST)
    clerk.button("Ask to meet").click()
    clerk.look("Exampleshire Music Hub has your wish to meet")


def correct(officer: Visitor) -> None:
    """The dispute is on Today; the record is corrected, and the dispute stays beside it."""
    officer.go("/today/")
    officer.sees("not accurate")
    officer.sees("Ines Clerk asks to meet: “Thursday after 3.30”")
    part = PartVersion.objects.get().part
    officer.go(part.conversation.get_absolute_url())
    officer.sees(DISPUTE)
    officer.sees("Ines Clerk, School business manager")
    officer.way("Change this record").click()
    officer.look("Millbrook Junior School")
    officer.box("What was said").fill("There are two choirs.")
    officer.button("Log the changes").click()
    officer.look(re.compile("with Millbrook Junior School"))
    officer.go(f"/conversations/parts/{part.uuid}/share/")
    officer.button("Share with the school").click()
    officer.look(re.compile("with Millbrook Junior School"))
    officer.sees("There are two choirs.")
    officer.sees(DISPUTE)
    officer.go(f"{part.get_absolute_url()}versions/1/")
    officer.sees("There is one choir.")


@pytest.mark.parametrize(("size", "scripts"), [(PHONE, True), (NARROW, False)])
def test_all_by_link(town: Town, visitor, server: Server, size: dict, scripts: bool) -> None:
    officer = visitor(town.officer, size=DESK)
    ask_for_the_half(officer)
    clerk, colleague = visitor(size=size, scripts=scripts), visitor(size=size, scripts=scripts)
    first = link_in(server, CLERK)
    begin_and_pass_on(clerk, first)

    age(days=70)
    assert colleague.go(first) == 410
    colleague.look("This link does not open")
    colleague.sees("This link has expired")
    colleague.does_not_see(SINGS)
    send_a_new_link(officer)
    second = link_in(server, CLERK)
    assert second != first
    finish_and_send(colleague, second)
    clerk.go(second)
    clerk.look("Exampleshire Music Hub has your answers")
    clerk.sees("Rosa Field, Music lead, sent them")
    clerk.does_not_see(SINGS)
    answer = HalfAnswer.objects.get()
    assert (answer.name, answer.job_title, answer.user) == ("Rosa Field", "Music lead", None)
    assert answer.values["wants"] == FORMULA and answer.link.email == CLERK

    meet(officer)
    read(clerk, server)
    dispute(clerk)
    ask_to_meet(clerk)
    correct(officer)
    read(clerk, server)
    clerk.sees("There are two choirs.")
    clerk.sees(DISPUTE)
    response, meeting = Response.objects.get(), Meeting.objects.get()
    assert (response.kind, response.text, response.name) == ("not_accurate", DISPUTE, "Ines Clerk")
    assert (meeting.school, meeting.via, meeting.email) == (town.school, "public", CLERK)
