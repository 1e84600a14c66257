"""The main job, end to end: a call, a challenging conversation, the school's report, its answer; and who sees none."""

import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from engagement.models import Conversation, ConversationPart
from reports.models import Document
from tests.journeys.visitor import PHONE, Visitor

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_worker"),
]
CALL = "They sing in every assembly, and would like a brass tutor."
SUMMARY = "Singing is a strength the school would share with others."
PRIVATE = "The head is leaving in July; nobody else knows."
REPLY = "The Year 5 band begins in January."


def log_a_call(officer: Visitor) -> None:
    """From Today to the timeline, on a phone."""
    officer.look(re.compile("Good (morning|afternoon|evening), Amira"))
    officer.go("/schools/?q=millbrook")
    officer.look(re.compile("chool"))
    officer.link("Millbrook Junior School").click()
    officer.look("Millbrook Junior School")
    officer.button("Log a call").click()
    officer.look("Log a call")
    officer.page.get_by_label("Ruth Pell").check()
    officer.box("What was said").fill(CALL)
    officer.saved()
    officer.button("Log it").click()
    officer.look(re.compile("^Catch-up with Millbrook Junior School$"))
    officer.sees("Logged. It stands in the timeline now.")
    officer.sees(CALL)
    officer.go("/schools/700001/")
    officer.look("Millbrook Junior School")
    officer.sees(CALL)


def log_a_conversation(officer: Visitor) -> None:
    """A challenging conversation, with a level, a finding, an action and words for the hub alone."""
    page = officer.page
    officer.go("/schools/700001/")
    officer.button("Log a conversation").click()
    officer.look("Millbrook Junior School")
    officer.page.get_by_label("Ruth Pell").check()
    officer.box("What was said").fill(SUMMARY)
    officer.box("The question we put").fill("What happens to pupils who leave whole-class brass?")
    officer.box("The school’s answer").fill("Six of 58 go on.")
    singing = page.locator("details.talk-criterion").filter(has_text=re.compile("sing", re.I)).first
    singing.locator("summary").first.click()
    singing.get_by_label("Agreed level").select_option(index=2)
    officer.button("Fill them in from the levels above").click()
    officer.saved()
    officer.box("What was agreed").fill("A tutor for a Year 5 band")
    officer.box("Private notes").fill(PRIVATE)
    officer.saved()
    officer.look("Millbrook Junior School")
    officer.button("Log it").click()
    officer.look("Challenging conversation with Millbrook Junior School")
    officer.sees(SUMMARY)
    officer.sees(PRIVATE)


def share(officer: Visitor) -> None:
    officer.way("Share with the school").click()
    officer.look("Share this with Millbrook Junior School")
    officer.sees(SUMMARY)
    officer.does_not_see(PRIVATE)
    officer.page.get_by_label(re.compile("^Ines Clerk")).uncheck()
    officer.button("Share with the school").click()
    officer.look("Challenging conversation with Millbrook Junior School")
    officer.sees("Version 1 is shared with Millbrook Junior School: 1 email sent.")


def build_the_report(officer: Visitor) -> None:
    """The page follows the worker by itself: what a script put into it is still there when the report is ready."""
    page = officer.page
    page.evaluate("window.neverLoadedAgain = true")
    officer.button("Build the development report").click()
    expect(
        page.get_by_role("button", name=re.compile("Development report"))
        .or_(page.get_by_role("link", name=re.compile("Development report")))
        .first
    ).to_be_visible(timeout=60_000)
    officer.sees("ready.")
    assert page.evaluate("window.neverLoadedAgain") is True
    officer.look("Challenging conversation with Millbrook Junior School")


def read_and_answer(head: Visitor) -> str:
    """Sign-in, home, the report on screen, the file, the answer. The words of the file."""
    page = head.page
    head.look("Music at Millbrook Junior School")
    head.sees("Not answered yet")
    head.sees("Amira Okafor")
    head.link("Challenging conversation").click()
    head.look("Music at Millbrook Junior School")
    head.sees(SUMMARY)
    head.does_not_see(PRIVATE)
    with page.expect_download() as download:
        page.locator("a[href*='/download/']").first.click()
    file = pypdfium2.PdfDocument(download.value.path())
    words = "\n".join(sheet.get_textpage().get_text_range() for sheet in file)
    assert 2 <= len(file) <= 4
    file.close()
    head.way("Answer").click()
    head.look(re.compile("."))
    page.get_by_label("Accurate, and we would add …").check()
    head.box("What you would add, or what is not accurate and why").fill(REPLY)
    page.locator("main form button").last.click()
    head.look("Music at Millbrook Junior School")
    head.sees("Your answer stands beside the report, and Exampleshire Music Hub has been told.")
    head.sees(REPLY)
    return words


def addresses_of_it() -> list[str]:
    """Every address at which the conversation, its report or its file stands."""
    conversation = Conversation.objects.get(form="full")
    part = ConversationPart.objects.get(conversation=conversation)
    document = Document.objects.get()
    action = part.agreed_actions.get()
    return [
        "/schools/700001/",
        conversation.get_absolute_url(),
        f"{conversation.get_absolute_url()}edit/",
        f"/conversations/parts/{part.uuid}/share/",
        part.get_absolute_url(),
        f"{part.get_absolute_url()}versions/1/",
        f"{part.get_absolute_url()}respond/",
        f"/reports/parts/{part.uuid}/",
        f"/reports/documents/{document.uuid}/status/",
        document.get_absolute_url(),
        action.get_absolute_url(),
    ]


def test_main_job(town, visitor):
    phone = visitor(town.officer, size=PHONE)
    log_a_call(phone)
    phone.sign_out()

    officer = visitor(town.officer)
    log_a_conversation(officer)
    share(officer)
    build_the_report(officer)

    words = read_and_answer(visitor(town.head))
    squeezed = " ".join(words.split())
    assert "Millbrook Junior School" in squeezed and SUMMARY in squeezed and "Year 5 band" in squeezed
    assert PRIVATE not in squeezed and "July" not in squeezed

    officer.go("/")
    officer.look(re.compile("Good (morning|afternoon|evening), Amira"))
    officer.sees("Millbrook Junior School")
    officer.sees("accurate")
    officer.go(Conversation.objects.get(form="full").get_absolute_url())
    officer.sees(REPLY)

    stranger = visitor(town.other_manager)
    assert {address: stranger.go(address) for address in addresses_of_it()} == dict.fromkeys(addresses_of_it(), 404)
    stranger.look(re.compile("."))

    funder = visitor(town.funder)
    funder.look("Exampleshire Music Hub has released nothing yet")
    funder.does_not_see("Millbrook")
    assert {address: funder.go(address) for address in addresses_of_it()} == dict.fromkeys(addresses_of_it(), 404)
    for address in ("/schools/", "/conversations/", "/shared/", "/actions/", "/offers/", "/today/", "/our-school/"):
        assert funder.go(address) == 403, address
        funder.does_not_see("Millbrook")
    assert funder.go("/people/") == 200
    funder.does_not_see("Millbrook")
