"""What is spoken and agreed with an organisation that is no school: its pages call it what it is."""

import pytest
from django.urls import reverse

from engagement.actions import conversations, sharing
from engagement.actions.entries import Entry
from engagement.addressees import addressees_at
from engagement.models import AgreedAction, Judgement
from schools.access import today
from tests.engagement.factories import criterion, full_part, make_conversation, make_draft, make_officer, part_of
from tests.factories import make_contact, make_hub, make_manual

pytestmark = pytest.mark.django_db

OF_SCHOOLS_ALONE = ("the school", "The school", "this school", "school’s", "No URN yet", "Wrong school?")


@pytest.fixture
def hub():
    return make_hub("Exampleshire Music Hub")


@pytest.fixture
def university(hub):
    return make_manual("University of Exampleshire", hub=hub, is_organisation=True)


@pytest.fixture
def officer(hub):
    return make_officer(hub)


def said_to(university, hub):
    return {university: full_part(hub, summary="A choir for students.", judgements=[], findings=[])}


def main_of(response) -> str:
    """What stands on the page itself, without navigation and foot, and without the strand that is called so."""
    page = " ".join(response.content.decode().split()).split("<main")[1].split("</main>")[0]
    return page.replace("The school&#x27;s music development plan", "")


def calls_it_a_school(page: str) -> list[str]:
    return [
        page[max(0, page.index(words) - 60) : page.index(words) + 30] for words in OF_SCHOOLS_ALONE if words in page
    ]


@pytest.mark.parametrize("form", ["quick", "full"])
def test_the_form_of_a_conversation_asks_of_the_organisation(client, university, officer, form):
    draft = make_draft(university, by=officer, form=form)
    client.force_login(officer)
    page = main_of(client.get(reverse("engagement:conversation-edit", args=[draft.uuid])))
    assert calls_it_a_school(page) == []
    assert "Wrong organisation?" in page and "The organisation reads this once you share it" in page
    assert ("What the organisation could offer others" in page) == (form == "full")
    assert "Where music stands" not in page, "the framework judges schools"


def test_what_was_said_and_agreed_is_with_the_organisation(client, hub, university, officer):
    conversation = make_conversation(university, by=officer, parts=said_to(university, hub))
    AgreedAction.objects.filter(side="school").update(owner_name="The organisation")
    client.force_login(officer)
    page = main_of(client.get(conversation.get_absolute_url()))
    assert calls_it_a_school(page) == []
    assert "What the organisation could offer others" in page and "Share with the organisation" in page
    for action in AgreedAction.objects.filter(school=university):
        shown = main_of(client.get(action.get_absolute_url()))
        assert calls_it_a_school(shown) == []
        assert "The organisation sees it once the conversation is shared with it" in shown
        asked = main_of(client.get(reverse("engagement:action-edit", args=[action.uuid])))
        assert calls_it_a_school(asked) == []
        assert "The organisation, University of Exampleshire" in asked


def test_it_is_shared_with_the_organisation(client, hub, university, officer):
    part = part_of(make_conversation(university, by=officer, parts=said_to(university, hub)))
    share = reverse("engagement:part-share", args=[part.uuid])
    client.force_login(officer)
    page = main_of(client.get(share))
    assert "Nobody with an email address is known at this organisation" in page and "Add whoever leads it" in page
    make_contact("Ravi Menon", hub=hub, school=university, email="ravi@example.org", is_leader=True)
    page = main_of(client.get(share))
    assert "Exactly what the organisation will read" in page and "Share with the organisation" in page
    assert calls_it_a_school(page) == []


def test_the_version_and_the_email_call_it_what_it_is(
    client, hub, university, officer, mailoutbox, django_capture_on_commit_callbacks
):
    make_contact("Ravi Menon", hub=hub, school=university, email="ravi@example.org", is_leader=True)
    part = part_of(make_conversation(university, by=officer, parts=said_to(university, hub)))
    with django_capture_on_commit_callbacks(execute=True):
        version = sharing.share(part=part, recipients=addressees_at(school=university, hub=hub), by=officer).version
    client.force_login(officer)
    page = main_of(client.get(reverse("engagement:version-detail", args=[part.uuid, version.number])))
    assert calls_it_a_school(page) == [] and "This is what the organisation reads." in page
    [letter] = mailoutbox
    assert "school" not in letter.body and "only your organisation reads it" in letter.body


def test_what_was_judged_before_it_was_known_as_an_organisation_stays(hub, university, officer):
    conversation = make_conversation(university, by=officer, parts=said_to(university, hub))
    part = part_of(conversation)
    Judgement.objects.create(part=part, criterion=criterion(), hub_level=3)
    entry = full_part(hub, summary="Mended.", judgements=[], findings=[])
    conversations.log(conversation=conversation, entry=Entry(today(), parts={part.uuid: entry}), by=officer)
    assert part_of(conversation).summary == "Mended."
    assert [each.hub_level for each in part.judgements.all()] == [3]
