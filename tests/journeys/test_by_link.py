"""A school leader without an account: a link, a code, the report, its file, an answer."""

import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from engagement.actions import sharing
from engagement.addressees import addressees_at
from engagement.models import Reading, Response
from hubportal.kit.models import LinkOpening
from tests.engagement.factories import full_part, make_conversation, part_of

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_worker"),
]


@pytest.fixture
def part(town):
    conversation = make_conversation(
        town.school, by=town.officer, form="full", parts={town.school: full_part(town.hub)}, private_notes="Not a word"
    )
    return part_of(conversation)


@pytest.fixture
def link(town, part, mailoutbox, server) -> str:
    """The address in the clerk's email."""
    chosen = [each for each in addressees_at(school=town.school, hub=town.hub) if each.name == "Ines Clerk"]
    sharing.share(part=part, recipients=chosen, by=town.officer)
    (letter,) = mailoutbox
    assert letter.to == ["clerk@millbrook.example"] and "Singing is a strength" not in letter.body
    return re.search(r"https?://\S+?(/r/\S+/)", letter.body)[1]


def test_report_by_link(town, part, link, visitor, server):
    clerk = visitor()
    page = clerk.page
    clerk.go(link)
    clerk.go(link)  # as a mail filter does, again and again: opening spends nothing
    clerk.look("Exampleshire Music Hub has shared a report with Millbrook Junior School")
    clerk.does_not_see("Singing is a strength")
    clerk.button("Send me a code").click()
    clerk.look("Enter the code from our email")
    clerk.box("Code").fill("000000")
    clerk.button("Read the report").click()
    expect(page).to_have_title(re.compile("^Error"))
    clerk.look("Enter the code from our email")
    code = re.search(r"\b\d{3} ?\d{3}\b", server.letters_to("clerk@millbrook.example", least=1)[-1])[0]
    clerk.box("Code").fill(code)
    clerk.button("Read the report").click()
    clerk.look("Music at Millbrook Junior School")
    clerk.sees("Singing is a strength")
    clerk.does_not_see("Not a word")

    clerk.way("Download the report").click()
    clerk.look("Development report for Millbrook Junior School")
    clerk.button("Build the development report").click()
    ready = page.locator("a[href*='/report/file/']")
    expect(ready).to_be_visible(timeout=60_000)
    clerk.look("Development report for Millbrook Junior School")
    with page.expect_download() as download:
        ready.click()
    file = pypdfium2.PdfDocument(download.value.path())
    assert 2 <= len(file) <= 4
    file.close()

    clerk.go(link)
    clerk.look("Music at Millbrook Junior School")
    clerk.way("Answer").click()
    expect(page.get_by_label("Not accurate, because …")).to_be_visible()
    clerk.look(re.compile("."))
    page.get_by_label("Not accurate, because …").check()
    clerk.box("What you would add, or what is not accurate and why").fill("We have two choirs")
    page.locator("main form button").last.click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("name")  # who answers says who they are
    clerk.look(re.compile("."))
    clerk.box("Your name").fill("Ines Clerk")
    clerk.box("Your role at the school").fill("School business manager")
    page.locator("main form button").last.click()
    clerk.look("Music at Millbrook Junior School")
    clerk.sees("Thank you. Your answer stands beside the report, and the hub has been told.")

    answer = Response.objects.get()
    assert (answer.kind, answer.text) == ("not_accurate", "We have two choirs")
    assert (answer.name, answer.job_title, answer.user) == ("Ines Clerk", "School business manager", None)
    assert answer.link.email == "clerk@millbrook.example"
    assert Reading.objects.count() == 1 and LinkOpening.objects.count() >= 2
    assert any("millbrook" in each.lower() for each in server.letters_to(town.officer.email))

    officer = visitor(town.officer)
    officer.sees("Millbrook Junior School")
    sharing.withdraw(part=part, reason="Sent by mistake", by=town.officer)
    assert clerk.go(link) == 410
    clerk.look(re.compile("."))
    clerk.does_not_see("Singing is a strength")


def test_code_of_somebody_else_opens_nothing(link, visitor):
    passer_by = visitor()
    for address in (f"{link}read/", f"{link}respond/", f"/r/{link.split('/')[2]}/report/"):
        passer_by.go(address)
        passer_by.look("Exampleshire Music Hub has shared a report with Millbrook Junior School")
        passer_by.does_not_see("Singing is a strength")
    assert passer_by.go("/r/no-such-token/") == 404
    passer_by.look(re.compile("."))
