"""The quick form, from the school's page to the timeline."""

import pytest
from django.urls import reverse

from engagement.actions import conversations as actions
from engagement.actions.entries import ActionEntry, PartEntry
from engagement.forms.conversations import first_values
from engagement.models import AgreedAction, Conversation
from schools.access import today
from schools.models import Relationship, TimelineEntry
from schools.roles import Role
from tests.engagement.factories import make_conversation, make_draft, make_officer, part_of
from tests.factories import make_commission, make_hub, make_partner, make_person, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return make_hub("Exampleshire Music Hub")


@pytest.fixture
def school(hub):
    return make_school("Millbrook Junior School", hub=hub, urn=700001)


@pytest.fixture
def officer(hub):
    return make_officer(hub)


def test_conversation_create_by_post_makes_a_draft_and_opens_it(client, school, officer):
    client.force_login(officer)
    response = client.post(f"{reverse('engagement:conversation-create')}?school=700001&form=quick")
    conversation = Conversation.objects.get()
    assert response.status_code == 302
    assert response.url == reverse("engagement:conversation-edit", args=[conversation.uuid])
    assert (conversation.state, conversation.form, conversation.author) == ("draft", "quick", officer)


@pytest.mark.parametrize("by_script", [False, True])
def test_draft_is_seen_by_nobody_before_its_first_words(client, school, officer, by_script):
    conversation = make_draft(school, by=officer)
    client.force_login(officer)
    places = [reverse("engagement:conversation-list"), reverse("engagement:today"), school.get_absolute_url()]
    opened = reverse("engagement:conversation-edit", args=[conversation.uuid])

    def mentions() -> list[bool]:
        return [str(conversation.uuid) in client.get(place).content.decode() for place in places]

    assert client.get(opened).status_code == 200
    assert (mentions(), TimelineEntry.objects.count()) == ([False] * 3, 0)
    words = {"draft_revision": "0", "draft_person": str(officer.pk), "draft_writer": "tab", "minutes": "12"}
    if by_script:
        client.post(reverse("engagement:conversation-draft", args=[conversation.uuid], query={"form": "quick"}), words)
    else:
        client.post(opened, {**words, "draft_save": "1"})
    entry = TimelineEntry.objects.get()
    assert (entry.heading, entry.audience, entry.text) == ("Draft conversation", "hub", "")
    assert mentions() == [True] * 3


def test_conversation_edit_quick_logs_and_stands_in_the_timeline(client, school, officer):
    conversation = make_draft(school, by=officer)
    part = part_of(conversation)
    client.force_login(officer)
    url = reverse("engagement:conversation-edit", args=[conversation.uuid])
    page = client.get(url)
    assert page.status_code == 200
    on = today()
    response = client.post(
        url,
        {
            "draft_revision": "0",
            "draft_person": str(officer.pk),
            "draft_writer": "tab",
            "how": "call",
            "kind": "catch_up",
            "minutes": "12",
            "date_0": str(on.day),
            "date_1": str(on.month),
            "date_2": str(on.year),
            f"part-{part.uuid}-summary": "They sing every day.",
            "private_notes": "The head is leaving.",
            f"part-{part.uuid}-actions-TOTAL_FORMS": "1",
            f"part-{part.uuid}-actions-0-what": "Send whole-class options",
            f"part-{part.uuid}-actions-0-side": "hub",
            "log": "1",
        },
    )
    conversation.refresh_from_db()
    assert (response.status_code, response.url) == (302, conversation.get_absolute_url())
    assert (conversation.state, conversation.date, conversation.minutes) == ("logged", on, 12)
    assert conversation.private_notes == "The head is leaving."
    part.refresh_from_db()
    assert (part.summary, part.is_filled) == ("They sing every day.", True)
    assert [(each.what, each.owner_name) for each in part.agreed_actions.all()] == [
        ("Send whole-class options", "Amira Okafor")
    ]
    entry = TimelineEntry.objects.get()
    assert (entry.heading, entry.text, entry.audience) == ("Catch-up", "They sing every day.", "hub")
    assert Relationship.objects.get().last_conversation_on == on
    assert client.get(conversation.get_absolute_url()).status_code == 200


def test_quick_form_opens_with_what_is_still_open_and_says_how_it_is_now(client, school, officer):
    said = PartEntry(summary="x", actions=[ActionEntry("Ring them"), ActionEntry("Write to them")])
    make_conversation(school, by=officer, parts={school: said})
    ring, write = AgreedAction.objects.order_by("position")
    conversation = make_draft(school, by=officer, values=first_values(by=officer, form="quick"))
    prefix = f"part-{part_of(conversation).uuid}"
    client.force_login(officer)
    url = reverse("engagement:conversation-edit", args=[conversation.uuid])
    text = client.get(url).content.decode()
    places = [text.index(words) for words in ("Open from before", "Ring them", "Write to them", "How did you talk?")]
    assert places == sorted(places)
    typed = {
        **actions.draft_of(conversation).values,
        "draft_revision": "0",
        "draft_person": str(officer.pk),
        "draft_writer": "tab",
        f"{prefix}-summary": "They rang first.",
        f"{prefix}-open-{ring.uuid}-state": "done",
        f"{prefix}-open-{write.uuid}-state": "dropped",
    }
    response = client.post(url, {**typed, "log": "1"})
    assert (response.status_code, "Say why the action was dropped" in response.content.decode()) == (400, True)
    typed |= {"draft_revision": str(actions.draft_of(conversation).revision)}
    response = client.post(url, {**typed, f"{prefix}-open-{write.uuid}-reason": "They rang.", "log": "1"})
    assert response.status_code == 302
    states = AgreedAction.objects.order_by("position").values_list("state", "dropped_reason")
    assert list(states) == [("done", ""), ("dropped", "They rang.")]


def test_partner_officer_is_told_who_reads_the_notes_and_owns_what_the_partner_promises(client, hub, school):
    brass = make_partner(hub=hub, name="Exampleshire Brass")
    make_commission(partner=brass, school=school)
    lewis = make_person(Role.PARTNER_OFFICER, brass, "Lewis Garside")
    conversation = make_draft(school, by=lewis, values=first_values(by=lewis, form="quick"))
    prefix = f"part-{part_of(conversation).uuid}"
    client.force_login(lewis)
    url = reverse("engagement:conversation-edit", args=[conversation.uuid])
    page = client.get(url)
    assert "Only Exampleshire Brass’s officers and the hub’s people see these." in page.content.decode()
    sides = [words for _, words in page.context["chapter"].actions.forms[0].fields["side"].choices]
    assert sides == ["Exampleshire Brass", "The hub", "The school"]
    promised = [("Bring a horn", f"partner:{brass.uuid}"), ("Pay for it", "hub"), ("Find a room", "school")]
    typed = {
        **actions.draft_of(conversation).values,
        "draft_revision": "0",
        "draft_person": str(lewis.pk),
        "draft_writer": "tab",
        f"{prefix}-summary": "They want a band.",
        f"{prefix}-actions-TOTAL_FORMS": "3",
    }
    for at, (what, side) in enumerate(promised):
        typed |= {f"{prefix}-actions-{at}-what": what, f"{prefix}-actions-{at}-side": side}
    assert client.post(url, {**typed, "log": "1"}).status_code == 302
    kept = AgreedAction.objects.order_by("position").values_list("what", "owner_name", "owner__name")
    assert list(kept) == [
        ("Bring a horn", "Lewis Garside", "Lewis Garside"),
        ("Pay for it", "Exampleshire Music Hub", None),
        ("Find a room", "The school", None),
    ]
