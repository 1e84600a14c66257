"""A manager writes to many schools: sees it as each does, sends it once; one refuses it, one wants no more."""

import re
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail.backends.filebased import EmailBackend
from playwright.sync_api import expect

from engagement.mailings import sending
from schools.models import School
from schools.roles import Role
from tests import factories as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

GONE = "gone@millbrook.example"


class OneRefused(EmailBackend):
    """Takes every letter but those to one address, as a mail server does that knows it is gone."""

    def send_messages(self, messages):
        for message in messages:
            if message.to == [GONE]:
                raise SMTPRecipientsRefused({GONE: (550, b"5.1.1 No such mailbox here")})
        return super().send_messages(messages)


@pytest.fixture
def post_office(server, settings):
    """What the worker does each minute, here and now."""
    server.mail.mkdir(exist_ok=True)
    settings.EMAIL_BACKEND = f"{__name__}.OneRefused"
    settings.EMAIL_FILE_PATH = server.mail
    settings.BASE_URL = server.url
    return sending.send_some


def test_mailing_and_the_way_out_of_it(town, visitor, server, post_office):
    ashby = School.objects.get(urn=700002)
    make.make_contact("Ada Ashby", hub=town.hub, school=ashby, email="ada@ashby.example", is_music_lead=True)
    make.make_contact("Tom Reed", hub=town.hub, school=town.school, email=GONE, is_music_lead=True)
    mo = make.make_person(Role.HUB_MANAGER, town.hub, "Mo Manager", password=make.PASSWORD)
    manager = visitor(mo)
    page = manager.page
    server.mail.mkdir(exist_ok=True)

    # From the list of schools, all that match; a field that there is not is refused, and nothing typed is lost.
    manager.link("Schools", exact=True).click()
    page.get_by_label("all 2 that match").check()
    page.locator("#bulk-kind").select_option("mailing")
    manager.button("Continue").click()
    manager.look("Write a mailing")
    manager.box("Subject").fill("Singing at {school}")
    manager.box("Text").fill("Dear {frist name}, come and sing.")
    manager.button("See it as they do").click()
    manager.look("Write a mailing")
    manager.sees("“{frist name}” is no field. Did you mean {first name}?")
    expect(manager.typed("Subject")).to_have_value("Singing at {school}")
    manager.box("Text").fill("Dear {first name}, come and sing.")
    manager.button("See it as they do").click()

    # As each gets it; to oneself first.
    manager.look("Singing at {school}")
    manager.sees("To 2 people. The list finds 2 schools. Nothing has been sent.")
    manager.sees("Singing at Ashby High School")
    manager.sees("Dear Ada, come and sing.")
    manager.link("The next").click()
    manager.sees("Dear Tom, come and sing.")
    manager.button("Test to me").click()
    manager.sees("as Ada Ashby would get it")
    (test,) = server.letters_to(mo.email, least=1)
    assert test.startswith("Test: Singing at Ashby High School\n")
    assert server.letters_to("ada@ashby.example") == []

    # It goes; one address is refused, which stands at the contact.
    manager.button("Send to 2 people").click()
    manager.look(re.compile("Singing at {school}: 2 recipients"))
    post_office()
    page.reload()
    manager.sees("5.1.1 No such mailbox here")
    (letter,) = server.letters_to("ada@ashby.example", least=1)
    manager.go(town.school.get_absolute_url())
    manager.look("Millbrook Junior School")
    manager.sees("Email refused")
    manager.go(ashby.get_absolute_url())
    manager.sees("Mailing: Singing at Ashby High School")

    # She wants no more, without an account. Opening the link changes nothing.
    link = re.search(r"https?://\S+?(/emails/mailings/\S+/)", letter)[1]
    ada = visitor()
    ada.go(link)
    ada.go(link)
    ada.look("Mailings from Exampleshire Music Hub")
    ada.sees("Shall a•••@ashby.example get no more of them?")
    ada.button("No more mailings").click()
    ada.look("Mailings from Exampleshire Music Hub")
    ada.sees("gets no more of them")

    # The second one leaves her out, and says so.
    manager.go("/mailings/")
    manager.look("1 mailing")
    manager.button("Write a mailing").click()
    manager.look("Write a mailing")
    manager.box("Subject").fill("Strings")
    manager.box("Text").fill("Dear {name}, come and play.")
    manager.button("See it as they do").click()
    manager.look("Strings")
    manager.sees("To 1 person. The list finds 2 schools.")
    manager.sees("Want no mailings: 1")
    manager.sees("The last email was refused or came back: 1")
    manager.button("Send to 1 person").click()
    manager.look(re.compile("Strings: 1 recipient"))
    post_office()
    assert len(server.letters_to("ada@ashby.example")) == 1
