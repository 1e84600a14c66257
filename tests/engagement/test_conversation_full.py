"""The full form: everything the issue names, several schools, and what happens when it is logged again."""

import pytest
from django.urls import reverse

from engagement.actions import conversations as actions
from schools.access import today
from schools.models import TimelineEntry
from tests.engagement.factories import make_draft, make_officer, part_of, strand
from tests.factories import make_contact, make_hub, make_school

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


def edit_url(conversation, part=None):
    return reverse(
        "engagement:conversation-edit", args=[conversation.uuid], query={"part": part.uuid} if part else None
    )


def boxes(name, on):
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


def post_of(draft, user, **values):
    return {"draft_revision": str(draft.revision), "draft_person": str(user.pk), "draft_writer": "tab", **values}


def full_values(part, on, **more):
    p = f"part-{part.uuid}"
    return {
        "how": "visit",
        "kind": "challenging",
        "minutes": "70",
        "strands": [],
        "private_notes": "Kept here.",
        **boxes("date", on),
        "ours-TOTAL_FORMS": "1",
        "ours-0-name": "Amira Okafor",
        "ours-0-job_title": "Hub officer",
        "ours-0-side": "hub",
        f"{p}-people-TOTAL_FORMS": "1",
        f"{p}-people-0-name": "Ruth Pell",
        f"{p}-people-0-job_title": "Head",
        f"{p}-summary": "Singing is a strength.",
        f"{p}-challenge": "What follows whole-class brass?",
        f"{p}-answer": "Nothing yet.",
        f"{p}-help_offered": "A tutor.",
        f"{p}-could_offer": "Singing assemblies.",
        f"{p}-c-singing-school_level": "4",
        f"{p}-c-singing-agreed_level": "4",
        f"{p}-c-singing-evidence": "Heard in assembly.",
        f"{p}-covered-TOTAL_FORMS": "1",
        f"{p}-covered-0-criterion": "singing",
        f"{p}-develop-TOTAL_FORMS": "1",
        f"{p}-develop-0-heading": "After brass",
        f"{p}-develop-0-next_step": "A Year 5 band",
        f"{p}-actions-TOTAL_FORMS": "2",
        f"{p}-actions-0-what": "Find a tutor",
        f"{p}-actions-0-side": "hub",
        f"{p}-actions-1-what": "Release time",
        f"{p}-actions-1-side": "school",
        f"{p}-actions-1-owner_name": "Ruth Pell",
        **more,
    }


def test_conversation_edit_full_logs_every_field(client, hub, school, officer):
    contact = make_contact("Tom Adeyemi", hub=hub, school=school, job_title="Music lead")
    conversation = make_draft(school, by=officer, form="full")
    part, on = part_of(conversation), today()
    client.force_login(officer)
    assert client.get(edit_url(conversation)).status_code == 200
    draft = actions.draft_of(conversation)
    values = full_values(part, on, **{f"part-{part.uuid}-contacts": [str(contact.uuid)]})
    values["strands"] = [strand().code]
    response = client.post(edit_url(conversation), {**post_of(draft, officer, **values), "log": "1"})
    assert response.status_code == 302, response.context["sentences"]
    conversation.refresh_from_db()
    part.refresh_from_db()
    assert (conversation.state, conversation.how, conversation.kind, conversation.minutes) == (
        "logged",
        "visit",
        "challenging",
        70,
    )
    assert [(p.side, p.name, p.job_title) for p in conversation.participants.all()] == [
        ("hub", "Amira Okafor", "Hub officer"),
        ("school", "Tom Adeyemi", "Music lead"),
        ("school", "Ruth Pell", "Head"),
    ]
    assert conversation.participants.get(side="hub").user == officer
    assert [
        (j.criterion.code, j.school_level, j.hub_level, j.agreed_level, j.evidence) for j in part.judgements.all()
    ] == [("singing", 4, None, 4, "Heard in assembly.")]
    assert [(f.kind, f.heading, f.next_step) for f in part.findings.all()] == [
        ("covered", "Singing every week", ""),
        ("develop", "After brass", "A Year 5 band"),
    ]
    assert [(a.what, a.side, a.owner_name) for a in part.agreed_actions.order_by("position")] == [
        ("Find a tutor", "hub", "Amira Okafor"),
        ("Release time", "school", "Ruth Pell"),
    ]
    assert (part.challenge, part.answer, part.help_offered, part.could_offer) == (
        "What follows whole-class brass?",
        "Nothing yet.",
        "A tutor.",
        "Singing assemblies.",
    )
    assert TimelineEntry.objects.get().detail == "Visit, 70 minutes · Amira Okafor with Tom Adeyemi, Ruth Pell"
    assert client.get(conversation.get_absolute_url()).status_code == 200
