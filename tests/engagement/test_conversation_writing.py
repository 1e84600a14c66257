"""Drafts: nothing lost between forms, people, pages and schools; logging again keeps what stands."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from engagement.actions import conversations as actions
from engagement.actions import promises, sharing
from engagement.actions.entries import ActionEntry, Entry, FindingEntry, JudgementEntry, PartEntry, Person
from engagement.addressees import addressees_at
from engagement.forms.conversations import Book, first_values, values_of
from engagement.models import ActionNote, AgreedAction, Conversation, ConversationPart
from hubportal.kit import drafts
from hubportal.kit.models import Draft
from schools.access import today
from schools.models import Relationship, TimelineEntry
from tests.engagement.factories import criterion, full_part, make_conversation, make_draft, make_officer, part_of
from tests.factories import make_contact, make_hub, make_school, make_trust

pytestmark = pytest.mark.django_db
TODAY = today()


@pytest.fixture
def hub():
    return make_hub("Exampleshire Music Hub")


@pytest.fixture
def school(hub):
    return make_school("Millbrook Junior School", hub=hub)


@pytest.fixture
def officer(hub):
    return make_officer(hub)


def url_of(name, conversation, **query):
    return reverse(f"engagement:{name}", args=[conversation.uuid], query=query or None)


def sent(conversation, user, **values):
    """A post from a page made of the draft as it stands."""
    draft = actions.draft_of(conversation)
    return {"draft_revision": draft.revision, "draft_person": user.pk, "draft_writer": "tab", **values}


def words(conversation):
    return actions.draft_of(conversation).values


def boxes(name, on):
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


def test_get_makes_nothing(client, school, officer):
    client.force_login(officer)
    client.get(reverse("engagement:conversation-create", query={"school": school.urn, "form": "quick"}))
    logged = make_conversation(school, by=officer)
    before = Draft.objects.count()
    page = client.get(url_of("conversation-edit", logged))
    assert (Conversation.objects.count(), Draft.objects.count()) == (1, before)
    assert "Change this conversation?" in page.content.decode()


def test_autosave_keeps_even_what_is_wrong(client, school, officer):
    conversation = make_draft(school, by=officer, form="quick", values=first_values(by=officer, form="quick"))
    part = part_of(conversation)
    client.force_login(officer)
    typed = {"minutes": "an hour", "date_0": "32", f"part-{part.uuid}-summary": "They <sing>"}
    response = client.post(
        url_of("conversation-draft", conversation, form="quick"), sent(conversation, officer, **typed)
    )
    assert response.status_code == 200
    assert {name: words(conversation)[name] for name in typed} == typed
    assert words(conversation)["ours-0-name"] == "Amira Okafor"  # the quick page does not show it, and does not wipe it
    page = client.get(url_of("conversation-edit", conversation)).content.decode()
    assert "They &lt;sing&gt;" in page
    assert 'value="an hour"' in page
    assert "There is a problem" not in page


def test_two_people_in_one_draft_lose_nothing(client, hub, school, officer):
    other = make_officer(hub, "Ruth Okoye")
    conversation = make_draft(school, by=officer)
    name = f"part-{part_of(conversation).uuid}-summary"
    mine = sent(conversation, officer, **{name: "Amira’s words"})
    theirs = {**sent(conversation, other, **{name: "Ruth’s words"}), "draft_writer": "another tab"}
    client.force_login(officer)
    assert client.post(url_of("conversation-draft", conversation, form="quick"), mine).json()["conflicts"] == []
    client.force_login(other)
    answer = client.post(url_of("conversation-draft", conversation, form="quick"), theirs).json()
    assert [(each["field"], each["mine"], each["theirs"]) for each in answer["conflicts"]] == [
        (name, "Ruth’s words", "Amira’s words")
    ]
    # ... and it cannot be logged before they have chosen.
    refused = client.post(url_of("conversation-edit", conversation), sent(conversation, other, log="1", how="call"))
    assert refused.status_code == 400
    sentence, place = refused.context["sentences"][0]
    assert sentence.startswith("The same answer was written in two places")
    assert f'id="{place}"' in refused.content.decode()
    assert f'href="#{place}"' in refused.content.decode()
    assert Conversation.objects.get().state == "draft"


def test_quick_opens_into_full_with_nothing_lost(client, hub, school, officer):
    contact = make_contact("Ruth Pell", hub=hub, school=school, job_title="Head")
    conversation = make_draft(school, by=officer, values=first_values(by=officer, form="quick"))
    prefix = f"part-{part_of(conversation).uuid}"
    typed = {
        "how": "video",
        "kind": "first_meeting",
        "minutes": "15",
        "private_notes": "Tired.",
        **boxes("date", TODAY),
        f"{prefix}-contacts": str(contact.uuid),
        f"{prefix}-summary": "They sing.",
        f"{prefix}-actions-TOTAL_FORMS": "1",
        f"{prefix}-actions-0-what": "Ring back",
        f"{prefix}-actions-0-side": "hub",
        **boxes(f"{prefix}-next_on", TODAY + timedelta(days=30)),
    }
    client.force_login(officer)
    response = client.post(url_of("conversation-open-full", conversation), sent(conversation, officer, **typed))
    assert (response.status_code, response.url) == (302, url_of("conversation-edit", conversation))
    conversation.refresh_from_db()
    assert conversation.form == "full"
    assert {name: words(conversation)[name] for name in typed} == typed
    page = client.get(url_of("conversation-edit", conversation))
    assert page.templates[0].name == "engagement/conversation_edit.html"
    assert "Ring back" in page.content.decode()


def test_stale_quick_page_does_not_wipe_the_full_form(client, school, officer):
    conversation = make_draft(school, by=officer, form="full")
    prefix = f"part-{part_of(conversation).uuid}"
    client.force_login(officer)
    client.post(
        url_of("conversation-draft", conversation, form="full"),
        sent(conversation, officer, **{f"{prefix}-answer": "Nothing."}),
    )
    client.post(
        url_of("conversation-draft", conversation, form="quick"),
        sent(conversation, officer, **{f"{prefix}-summary": "x"}),
    )
    assert (words(conversation)[f"{prefix}-answer"], words(conversation)[f"{prefix}-summary"]) == ("Nothing.", "x")


def test_add_another_row_without_javascript(client, school, officer):
    conversation = make_draft(school, by=officer)
    prefix = f"part-{part_of(conversation).uuid}-actions"
    client.force_login(officer)
    typed = {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-0-what": "Ring", "add_row": prefix}
    response = client.post(url_of("conversation-edit", conversation), sent(conversation, officer, **typed))
    assert response.url == f"{url_of('conversation-edit', conversation)}#{prefix}"
    page = client.get(response.url).content.decode()
    assert page.count(f'name="{prefix}-0-what"') == page.count(f'name="{prefix}-1-what"') == 1
    assert words(conversation)[f"{prefix}-0-what"] == "Ring"


def test_take_out_a_row_without_javascript(client, school, officer):
    conversation = make_draft(school, by=officer)
    prefix = f"part-{part_of(conversation).uuid}-actions"
    client.force_login(officer)
    typed = {f"{prefix}-TOTAL_FORMS": "2", f"{prefix}-0-what": "Ring", f"{prefix}-1-what": "Write"}
    typed |= {f"{prefix}-0-row": "kept", "take_out": f"{prefix}-0"}
    response = client.post(url_of("conversation-edit", conversation), sent(conversation, officer, **typed))
    assert response.url == f"{url_of('conversation-edit', conversation)}#{prefix}"
    kept = words(conversation)
    assert (kept.get(f"{prefix}-0-what", ""), kept[f"{prefix}-1-what"]) == ("", "Write")
    assert kept[f"{prefix}-0-row"] == "kept", "which record it was of, so that this is taken out"
    assert client.get(response.url).text.count(f'name="take_out" value="{prefix}-') == 3, "two rows and the next one’s"


def test_yesterday_without_javascript(client, school, officer):
    conversation = make_draft(school, by=officer)
    client.force_login(officer)
    on = TODAY - timedelta(days=1)
    client.post(url_of("conversation-edit", conversation), sent(conversation, officer, set_date=on.isoformat()))
    assert {name: words(conversation)[name] for name in boxes("date", on)} == boxes("date", on)


def test_findings_from_the_judgements(client, school, officer):
    conversation = make_draft(school, by=officer, form="full")
    prefix = f"part-{part_of(conversation).uuid}"
    client.force_login(officer)
    typed = {
        f"{prefix}-c-singing-agreed_level": "4",
        f"{prefix}-c-singing-evidence": "Heard in assembly.",
        f"{prefix}-c-weekly-hour-hub_level": "1",
        f"{prefix}-c-weekly-hour-next_step": "Find the hour.",
        f"{prefix}-develop-TOTAL_FORMS": "1",
        "from_judgements": "1",
    }
    for _ in range(2):  # the second press adds nothing
        client.post(
            url_of("conversation-edit", conversation), {**words(conversation), **sent(conversation, officer, **typed)}
        )
    held = words(conversation)
    assert [held[f"{prefix}-covered-0-{name}"] for name in ("heading", "text", "criterion")] == [
        "Singing every week",
        "Heard in assembly.",
        "singing",
    ]
    assert [held[f"{prefix}-develop-0-{name}"] for name in ("heading", "next_step", "criterion")] == [
        "One hour a week of curriculum music",
        "Find the hour.",
        "weekly-hour",
    ]
    assert (held[f"{prefix}-covered-TOTAL_FORMS"], held[f"{prefix}-develop-TOTAL_FORMS"]) == ("1", "1")


def test_record_and_draft_hold_the_same(hub, school, officer):
    """What was logged, taken up again and logged once more unchanged, is what it was; and every row is the same row."""
    conversation = make_conversation(
        school, by=officer, form="full", minutes=70, private_notes="Kept.", parts={school: full_part(hub)}
    )
    part = part_of(conversation)
    ids = lambda: [  # noqa: E731
        list(rows.order_by("pk").values_list("pk", flat=True))
        for rows in (part.judgements, part.findings, part.agreed_actions, conversation.participants)
    ]
    before, values = ids(), values_of(conversation, [part])
    draft = actions.take_up(conversation=conversation, values=values, by=officer)
    book = Book(
        conversation=conversation, user=officer, data=drafts.as_data(draft.values), every_part=[part], quiet=False
    )
    assert book.is_valid(), book.problems()
    actions.log(conversation=conversation, entry=book.entry(), by=officer)
    assert ids() == before
    assert values_of(Conversation.objects.get(), [ConversationPart.objects.get()]) == values
    assert actions.draft_of(conversation) is None


def test_logging_again_keeps_an_actions_state_and_notes(hub, school, officer):
    conversation = make_conversation(
        school,
        by=officer,
        parts={
            school: PartEntry(summary="x", actions=[ActionEntry("Ring"), ActionEntry("Write"), ActionEntry("Visit")])
        },
    )
    part = part_of(conversation)
    ring, write, visit = part.agreed_actions.order_by("position")
    promises.change(action=ring, state="in_progress", note="Rang twice", by=officer, at=conversation.logged_at)
    promises.change(action=write, note="Letter is ready", by=officer, at=conversation.logged_at)
    entry = PartEntry(summary="x", actions=[ActionEntry("Ring on Monday", row=ring.uuid)])
    actions.log(conversation=conversation, entry=Entry(TODAY, parts={part.uuid: entry}), by=officer)
    found = [(each.what, each.state, each.dropped_reason) for each in part.agreed_actions.order_by("pk")]
    assert found == [
        ("Ring on Monday", "in_progress", ""),
        ("Write", "dropped", "Taken out of the record of the conversation."),
    ]
    assert [note.text for note in ActionNote.objects.order_by("pk")] == ["Rang twice", "Letter is ready"]
    assert not AgreedAction.objects.filter(pk=visit.pk).exists()


def test_open_actions_from_before_come_first_and_are_carried_on(client, school, officer):
    make_conversation(
        school, by=officer, parts={school: PartEntry(summary="x", actions=[ActionEntry("Ring"), ActionEntry("Write")])}
    )
    ring, write = AgreedAction.objects.order_by("position")
    conversation = make_draft(school, by=officer, form="full", values=first_values(by=officer, form="full"))
    prefix = f"part-{part_of(conversation).uuid}"
    client.force_login(officer)
    page = client.get(url_of("conversation-edit", conversation))
    assert [each.action for each in page.context["chapter"].carried] == [ring, write]
    typed = {
        **words(conversation),
        f"{prefix}-summary": "We met.",
        f"{prefix}-open-{ring.uuid}-state": "done",
        f"{prefix}-open-{ring.uuid}-note": "Rang on Monday.",
        f"{prefix}-open-{write.uuid}-state": "dropped",
        f"{prefix}-open-{write.uuid}-reason": "Nobody reads letters.",
    }
    response = client.post(url_of("conversation-edit", conversation), sent(conversation, officer, log="1", **typed))
    assert response.status_code == 302, response.context["sentences"]
    ring.refresh_from_db()
    write.refresh_from_db()
    assert (ring.state, ring.closed_by_name, [note.text for note in ring.notes.all()]) == (
        "done",
        "Amira Okafor",
        ["Rang on Monday."],
    )
    assert (write.state, write.dropped_reason) == ("dropped", "Nobody reads letters.")


def test_conversation_with_several_schools(client, hub, officer):
    schools = [make_school(name, hub=hub) for name in ("Ashby School", "Bexley School", "Corby School")]
    make_trust("Ashby Trust", tuple(schools))
    client.force_login(officer)
    response = client.post(
        reverse("engagement:conversation-create"),
        {"choose": "1", "school": [each.urn for each in schools], "form": "full"},
    )
    conversation = Conversation.objects.get()
    assert response.url == url_of("conversation-edit", conversation)
    ashby, bexley, corby = conversation.parts.select_related("school").order_by("school__name_key")
    first = sent(
        conversation, officer, next_page="1", **{**words(conversation), "common_summary": "The plan for the year."}
    )
    response = client.post(url_of("conversation-edit", conversation), first)
    assert response.url == url_of("conversation-edit", conversation, part=ashby.uuid)
    for part, said in ((ashby, "Ashby sings."), (bexley, "Bexley plays.")):
        page = url_of("conversation-edit", conversation, part=part.uuid)
        text = client.get(page).content.decode()
        assert "Corby sings" not in text
        client.post(page, sent(conversation, officer, draft_save="1", **{f"part-{part.uuid}-summary": said}))
    response = client.post(
        url_of("conversation-edit", conversation, part=corby.uuid), sent(conversation, officer, log="1")
    )
    assert response.status_code == 302, response.context["sentences"]
    assert [
        (each.school.name, each.summary, each.is_filled) for each in conversation.parts.order_by("school__name_key")
    ] == [
        ("Ashby School", "Ashby sings.", True),
        ("Bexley School", "Bexley plays.", True),
        ("Corby School", "", False),
    ]
    assert Conversation.objects.get().common_summary == "The plan for the year."
    spoke = {each.school.name: each.last_conversation_on for each in Relationship.objects.select_related("school")}
    assert spoke == {"Ashby School": TODAY, "Bexley School": TODAY, "Corby School": None}
    headings = dict(TimelineEntry.objects.values_list("school__name", "heading"))
    assert headings == {
        "Ashby School": "Challenging conversation",
        "Bexley School": "Challenging conversation",
        "Corby School": "Challenging conversation: nothing noted for this school",
    }


def test_problem_on_another_page_is_named_with_its_address(client, hub, officer):
    schools = [make_school(name, hub=hub) for name in ("Ashby School", "Bexley School")]
    conversation = make_draft(*schools, by=officer, form="full", values=first_values(by=officer, form="full"))
    ashby, bexley = conversation.parts.order_by("school__name_key")
    client.force_login(officer)
    page = url_of("conversation-edit", conversation, part=ashby.uuid)
    on = TODAY - timedelta(days=3)
    client.post(page, sent(conversation, officer, draft_save="1", **boxes(f"part-{ashby.uuid}-next_on", on)))
    response = client.post(
        url_of("conversation-edit", conversation, part=bexley.uuid),
        sent(conversation, officer, log="1", **{f"part-{bexley.uuid}-summary": "x"}),
    )
    address = url_of("conversation-edit", conversation, part=ashby.uuid, check="1")
    assert (response.status_code, response.context["elsewhere"]) == (400, [("Ashby School: 1 thing to mend", address)])
    assert "The next conversation must be on or after" in client.get(address).content.decode()


def test_trust_meeting_ticks_its_schools_in_the_area(client, hub, officer):
    near = make_school("Near School", hub=hub)
    far = make_school("Far School", hub=make_hub("Samplefolk Music Hub"))
    trust = make_trust("Ashby Trust", (near, far))
    client.force_login(officer)
    url = reverse("engagement:conversation-create", query={"trust": trust.group_uid})
    page = client.get(url)
    assert page.context["trust_schools"] == [near]
    assert "Far School" not in page.content.decode()
    client.post(url, {"choose": "1", "school": near.urn, "form": "full"})
    conversation = Conversation.objects.get()
    assert (conversation.trust, words(conversation)["kind"]) == (trust, "trust_meeting")


def test_nobody_chosen_is_said_with_the_way_to_choose(client, hub, school, officer):
    trust = make_trust("Larkrise Learning Trust")
    trust.trust_schools.create(school=school, joined_on=TODAY - timedelta(days=9))
    url = reverse("engagement:conversation-create")
    client.force_login(officer)
    for address, control in ((url, "q"), (f"{url}?trust={trust.group_uid}", f"school-{school.urn}")):
        page = client.post(address, {"choose": "1", "form": "full"})
        assert page.context["sentences"] == [("Choose at least one school.", control)]
        assert f'id="{control}"' in page.content.decode()


def test_move_a_draft_to_another_school(client, hub, school, officer):
    ruth = make_contact("Ruth Pell", hub=hub, school=school)
    other = make_school("Fenwick Road", hub=hub)
    conversation = make_draft(school, by=officer)
    part = part_of(conversation)
    client.force_login(officer)
    typed = {f"part-{part.uuid}-summary": "Kept.", f"part-{part.uuid}-contacts": str(ruth.uuid)}
    client.post(url_of("conversation-edit", conversation), sent(conversation, officer, **typed))
    found = client.get(url_of("conversation-move", conversation, q="fenwick"))
    assert found.context["found"] == [other]
    response = client.post(url_of("conversation-move", conversation, part=part.uuid), {"school": other.urn})
    assert response.status_code == 302
    part.refresh_from_db()
    assert part.school == other
    assert (words(conversation)[f"part-{part.uuid}-summary"], words(conversation)[f"part-{part.uuid}-contacts"]) == (
        "Kept.",
        "",
    )
    assert list(TimelineEntry.objects.values_list("school__name", "heading")) == [
        ("Fenwick Road", "Draft conversation")
    ]


def test_logged_conversation_that_nobody_was_given_moves_with_its_actions(client, hub, school, officer):
    """The wrong school was picked and noticed after logging: there is nothing to withdraw, and it must not stay."""
    ruth = make_contact("Ruth Pell", hub=hub, school=school)
    other = make_school("Fenwick Road", hub=hub)
    said = PartEntry(
        people=[Person(contact=ruth), Person(name="Ann Other", job_title="Cook")],
        summary="About the choir.",
        actions=[ActionEntry("Lend two cellos", AgreedAction.Side.SCHOOL, "Ruth Pell"), ActionEntry("Ring them")],
    )
    conversation = make_conversation(school, by=officer, parts={school: said})
    lend, ring = AgreedAction.objects.order_by("position")
    promises.change(action=ring, state="done", by=officer, at=timezone.now())
    client.force_login(officer)
    here = url_of("conversation-move", conversation, part=part_of(conversation).uuid)
    assert f'href="{here}"' in client.get(conversation.get_absolute_url()).content.decode()
    assert "Go back to the conversation" in client.get(here).content.decode()
    response = client.post(here, {"school": other.urn}, follow=True)
    assert response.redirect_chain == [(conversation.get_absolute_url(), 302)]
    assert "Moved to Fenwick Road." in response.content.decode()
    part = part_of(conversation)
    assert (part.school, part.summary, [each.name for each in part.participants.all()]) == (
        other, "About the choir.", ["Ann Other"]
    )  # fmt: skip
    lend.refresh_from_db()
    assert (lend.school, lend.owner_name, lend.contact) == (other, "Ruth Pell", None)
    assert {(each.school, each.heading) for each in TimelineEntry.objects.all()} == {
        (other, "Catch-up"), (other, "Done: Ring them")
    }  # fmt: skip
    dates = Relationship.objects.values_list("school__name", "last_conversation_on")
    assert dict(dates) == {"Millbrook Junior School": None, "Fenwick Road": TODAY}


def test_logged_conversation_cannot_move_to_a_school_that_was_not_open_then(client, hub, school, officer):
    new = make_school("Fenwick Road", hub=hub, open_date=TODAY)
    conversation = make_conversation(school, by=officer, on=TODAY - timedelta(days=3))
    client.force_login(officer)
    response = client.post(url_of("conversation-move", conversation), {"school": new.urn})
    assert response.status_code == 400
    assert "Fenwick Road opened on" in response.content.decode()
    assert part_of(conversation).school == school


def test_shared_conversation_is_withdrawn_and_never_moved(client, hub, school, officer):
    conversation = make_conversation(school, by=officer)
    make_contact("Ruth Pell", hub=hub, school=school, email="ruth@millbrook.example", is_leader=True)
    sharing.share(part=part_of(conversation), recipients=addressees_at(school=school, hub=hub), by=officer)
    client.force_login(officer)
    assert client.get(url_of("conversation-move", conversation)).status_code == 403
    assert "Wrong school?" not in client.get(conversation.get_absolute_url()).content.decode()
    with pytest.raises(ValidationError, match="Withdraw it from the school"):
        actions.move(part=part_of(conversation), to=make_school(hub=hub), by=officer)
    sharing.withdraw(part=part_of(conversation), reason="The wrong school", by=officer)
    assert client.get(url_of("conversation-move", conversation)).status_code == 403


def test_each_school_of_a_meetings_draft_can_be_moved_from_its_own_page(client, hub, school, officer):
    other, third = make_school("Fenwick Road", hub=hub), make_school("Ashby Mere", hub=hub)
    conversation = make_draft(school, other, by=officer, form="full")
    wrong = part_of(conversation, other)
    client.force_login(officer)
    here = url_of("conversation-move", conversation, part=wrong.uuid)
    page = client.get(url_of("conversation-edit", conversation, part=wrong.uuid))
    assert f'href="{here}"' in page.content.decode()
    client.post(here, {"school": third.urn})
    assert {part.school for part in conversation.parts.all()} == {school, third}


def test_draft_cannot_be_moved_to_another_hubs_school(client, school, officer):
    far = make_school(hub=make_hub("Samplefolk Music Hub"))
    conversation = make_draft(school, by=officer)
    client.force_login(officer)
    assert client.post(url_of("conversation-move", conversation), {"school": far.urn}).status_code == 404


def test_discard_a_draft(client, school, officer):
    conversation = make_draft(school, by=officer)
    client.force_login(officer)
    assert client.get(url_of("conversation-discard", conversation)).status_code == 200
    assert Conversation.objects.count() == 1
    response = client.post(url_of("conversation-discard", conversation))
    assert response.url == school.get_absolute_url()
    assert (Conversation.objects.count(), TimelineEntry.objects.count()) == (0, 0)
    assert Draft.objects.get().closed_at is not None


def test_discard_changes_to_a_record(client, school, officer):
    conversation = make_conversation(school, by=officer, summary="As logged.")
    client.force_login(officer)
    client.post(url_of("conversation-edit", conversation), {"take_up": "1"})
    client.post(
        url_of("conversation-edit", conversation),
        sent(conversation, officer, **{f"part-{part_of(conversation).uuid}-summary": "Changed."}),
    )
    client.post(url_of("conversation-discard", conversation))
    assert part_of(conversation).summary == "As logged."
    assert actions.draft_of(conversation) is None


def test_first_draft_untouched_is_taken_up_again(client, school, officer):
    client.force_login(officer)
    url = reverse("engagement:conversation-create", query={"school": school.urn, "form": "quick"})
    first, second = client.post(url).url, client.post(url).url
    assert first == second
    assert Conversation.objects.count() == 1


def test_first_draft_untouched_about_the_same_schools_is_taken_up_again(hub, school, officer):
    other = make_school("Fenwick Road", hub=hub)
    first = make_draft(school, other, by=officer, form="full")
    assert make_draft(other, school, by=officer, form="full") == first
    assert make_draft(school, by=officer, form="full") != first


def test_judgement_left_out_goes_and_the_last_one_is_shown_beside(client, hub, school, officer):
    on = TODAY - timedelta(days=300)
    make_conversation(
        school,
        by=officer,
        on=on,
        parts={school: PartEntry(summary="x", judgements=[JudgementEntry(criterion("singing"), hub_level=2)])},
    )
    conversation = make_draft(school, by=officer, form="full")
    client.force_login(officer)
    chapter = client.get(url_of("conversation-edit", conversation)).context["chapter"]
    last = {each.criterion.code: (each.last.words, each.last.on) for each in chapter.judgements if each.last}
    assert last == {"singing": ("Emerging", on)}
    part = part_of(conversation)
    said = PartEntry(
        summary="x", judgements=[JudgementEntry(criterion("singing"), 1), JudgementEntry(criterion("creating"), 2)]
    )
    actions.log(conversation=conversation, entry=Entry(TODAY, parts={part.uuid: said}), by=officer)
    said = PartEntry(summary="x", judgements=[JudgementEntry(criterion("creating"), 3)])
    actions.log(conversation=conversation, entry=Entry(TODAY, parts={part.uuid: said}), by=officer)
    assert [(each.criterion.code, each.school_level) for each in part.judgements.all()] == [("creating", 3)]


def test_contact_keeps_the_role_at_the_time(hub, school, officer):
    contact = make_contact("Ruth Pell", hub=hub, school=school, job_title="Deputy head")
    said = PartEntry(people=[Person(contact=contact)], summary="x", findings=[FindingEntry("covered", "Singing")])
    conversation = make_conversation(school, by=officer, parts={school: said})
    contact.job_title = "Head"
    contact.save()
    part = part_of(conversation)
    actions.log(conversation=conversation, entry=Entry(TODAY, parts={part.uuid: said}), by=officer)
    assert [(each.name, each.job_title) for each in part.participants.all()] == [("Ruth Pell", "Deputy head")]


def test_words_written_while_somebody_logs_are_not_passed_over(hub, school, officer):
    conversation = make_draft(school, by=officer)
    part = part_of(conversation)
    draft = actions.draft_of(conversation)
    drafts.save(draft=draft, base_revision=0, values={f"part-{part.uuid}-summary": "Late words"}, by=officer)
    entry = Entry(TODAY, parts={part.uuid: PartEntry(summary="x")})
    with pytest.raises(ValidationError, match="Somebody else has just written in this draft"):
        actions.log(conversation=conversation, entry=entry, by=officer, revision=0)
    assert part_of(conversation).summary == ""
    actions.log(conversation=conversation, entry=entry, by=officer, revision=1)
    assert part_of(conversation).summary == "x"
