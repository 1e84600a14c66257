"""Who reads what of a conversation, the list, and what stands on the school's page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from engagement.actions import sharing
from engagement.actions.entries import ActionEntry, JudgementEntry, PartEntry
from engagement.addressees import addressees_at
from engagement.models import Conversation, Offer
from schools.access import today
from schools.roles import Role
from tests.engagement.factories import (
    criterion,
    full_part,
    make_conversation,
    make_draft,
    make_officer,
    make_typed_draft,
    part_of,
    strand,
)
from tests.factories import (
    make_commission,
    make_contact,
    make_hub,
    make_partner,
    make_person,
    make_school,
    make_trust,
)

pytestmark = pytest.mark.django_db
TODAY = today()
SECRET = "The head is leaving at Easter."
PAGES = ("conversation-detail", "conversation-edit", "conversation-move", "conversation-discard")
POSTS = (
    "conversation-edit",
    "conversation-draft",
    "conversation-open-full",
    "conversation-move",
    "conversation-discard",
)


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


def statuses(client, user, conversation):
    client.force_login(user)
    found = {f"GET {name}": client.get(url_of(name, conversation)).status_code for name in PAGES}
    return found | {f"POST {name}": client.post(url_of(name, conversation)).status_code for name in POSTS}


def all_of(status):
    return {**{f"GET {name}": status for name in PAGES}, **{f"POST {name}": status for name in POSTS}}


def outsiders(hub, school):
    """Everybody who must never learn that the hub's record is there."""
    other = make_hub("Samplefolk Music Hub")
    theirs = make_school("Samplefolk School", hub=other)
    make_conversation(theirs, by=make_officer(other, "Sam Folk"))
    partner = make_partner("Unentrusted Brass", hub=hub)
    trust = make_trust("Ashby Trust", (school,))
    return {
        "manager of another hub": make_person(Role.HUB_MANAGER, other),
        "relationship manager": make_person(Role.RELATIONSHIP_MANAGER, hub),
        "partner without a commission": make_person(Role.PARTNER_OFFICER, partner),
        "partner staff": make_person(Role.PARTNER_STAFF, partner),
        "head": make_person(Role.SCHOOL_LEADER, school),
        "music lead": make_person(Role.SCHOOL_EDITOR, school),
        "governor": make_person(Role.SCHOOL_VIEWER, school),
        "trust leader": make_person(Role.TRUST_LEADER, trust),
    }


def test_conversation_of_the_hub_is_not_there_for_anybody_else(client, hub, school, officer):
    conversation = make_typed_draft(school, by=officer)
    for who, user in outsiders(hub, school).items():
        assert statuses(client, user, conversation) == all_of(404), who


def test_logged_conversation_is_not_there_for_anybody_else(client, hub, school, officer):
    conversation = make_conversation(school, by=officer, private_notes=SECRET)
    for who, user in outsiders(hub, school).items():
        assert statuses(client, user, conversation) == all_of(404), who


def test_hub_viewer_reads_and_writes_nothing(client, hub, school, officer):
    conversation = make_typed_draft(school, by=officer)
    expected = {**all_of(403), "GET conversation-detail": 200}
    assert statuses(client, make_person(Role.HUB_VIEWER, hub), conversation) == expected
    assert client.get(reverse("engagement:conversation-create")).status_code == 403
    assert client.post(reverse("engagement:conversation-create", query={"school": school.urn})).status_code == 403


def test_partner_officer_works_for_entrusted_schools_alone(client, hub, school, officer):
    partner = make_partner("Exampleshire Brass", hub=hub)
    make_commission(partner=partner, school=school)
    other = make_school("Other School", hub=hub)
    pat = make_person(Role.PARTNER_OFFICER, partner, "Pat Green")
    client.force_login(pat)
    url = reverse("engagement:conversation-create", query={"school": school.urn, "form": "quick"})
    assert client.post(url).status_code == 302
    own = Conversation.objects.get()
    assert (own.partner, own.hub) == (partner, hub)
    assert client.get(url_of("conversation-edit", own)).status_code == 200
    assert client.post(reverse("engagement:conversation-create", query={"school": other.urn})).status_code == 404
    # The hub sees and mends the partner's draft; the partner does not see the hub's, and reads what the hub logged.
    client.force_login(officer)
    assert client.get(url_of("conversation-edit", own)).status_code == 200
    client.force_login(pat)
    assert client.get(url_of("conversation-edit", make_draft(school, by=officer))).status_code == 404
    logged = make_conversation(school, by=officer, private_notes=SECRET)
    page = client.get(logged.get_absolute_url())
    assert (page.status_code, client.get(url_of("conversation-edit", logged)).status_code) == (200, 403)
    assert SECRET not in page.content.decode()


def in_context(response, words):
    """Whether the words stand anywhere in what the template was given, a row's loaded columns included."""
    seen = []

    def walk(value, depth=0):
        if isinstance(value, str):
            return words in value
        if isinstance(value, dict):
            return any(walk(each, depth + 1) for each in value.values())
        if isinstance(value, list | tuple):
            return any(walk(each, depth + 1) for each in value)
        if hasattr(value, "_meta") and id(value) not in seen:
            seen.append(id(value))
            return any(walk(each, depth + 1) for key, each in vars(value).items() if key != "_state")
        return False

    return any(walk(each) for context in response.context for each in context.dicts)


def test_private_notes_stay_with_the_partner_who_wrote_them_and_the_hub(client, hub, school, officer):
    first, second = (make_partner(name, hub=hub) for name in ("First Brass", "Second Strings"))
    for partner in (first, second):
        make_commission(partner=partner, school=school)
    pat, sue = (make_person(Role.PARTNER_OFFICER, partner) for partner in (first, second))
    conversation = make_conversation(school, by=pat, private_notes=SECRET)
    assert conversation.partner == first
    for user, sees in ((pat, True), (officer, True), (make_person(Role.HUB_VIEWER, hub), True), (sue, False)):
        client.force_login(user)
        page = client.get(conversation.get_absolute_url())
        assert page.status_code == 200
        assert (SECRET in page.content.decode(), in_context(page, SECRET)) == (sees, sees), user
        listed = client.get(reverse("engagement:conversation-list"))
        assert not in_context(listed, SECRET)
        found = client.get(reverse("engagement:conversation-list", query={"q": "leaving"}))
        assert found.context["matching"] == 0
    client.force_login(sue)
    assert client.get(url_of("conversation-edit", conversation)).status_code == 403


def test_conversation_detail_shows_everything_that_was_logged(client, hub, school, officer):
    conversation = make_conversation(
        school, by=officer, kind="challenging", how="visit", minutes=70, parts={school: full_part(hub)}
    )
    client.force_login(officer)
    page = client.get(conversation.get_absolute_url())
    text = page.content.decode()
    said = full_part(hub)
    for words in (said.summary, said.challenge, said.answer, said.help_offered, said.could_offer, "Heard in assembly."):
        assert words in text
    for words in ("Ruth Pell, Head", "After whole-class brass", "Tutor for a Year 5 band", "Embedded", "70 minutes"):
        assert words in text
    assert page.context["parts"][0]["state"].code == "not_shared"
    assert reverse("engagement:part-share", args=[part_of(conversation).uuid]) in text


def test_reason_of_a_withdrawal_is_stated_once(client, hub, school, officer):
    make_contact("Ruth Pell", hub=hub, school=school, is_leader=True, email="ruth@millbrook.example")
    conversation = make_conversation(school, by=officer)
    part = part_of(conversation)
    sharing.share(part=part, recipients=addressees_at(school=school, hub=hub), by=officer)
    sharing.withdraw(part=part, reason="It was with the other Millbrook.", by=officer)
    client.force_login(officer)
    html = client.get(conversation.get_absolute_url()).content.decode()
    assert html.count("It was with the other Millbrook.") == 1


def test_two_schools_of_one_name_are_told_apart(client, hub, officer):
    here = make_school("St Mary's School", hub=hub, town="Ashby", urn=700101)
    there = make_school("St Mary's School", hub=hub, town="Corby", urn=700102)
    client.force_login(officer)
    for address in (
        make_conversation(here, there, by=officer).get_absolute_url(),
        url_of("conversation-edit", draft := make_typed_draft(here, there, by=officer, form="full")),
        url_of("conversation-edit", draft, part=part_of(draft, there).uuid),
        url_of("conversation-move", draft),
        url_of("conversation-discard", draft),
        reverse("engagement:conversation-list"),
        reverse("engagement:today"),
    ):
        text = client.get(address).content.decode()
        assert "Ashby, URN 700101" in text
        assert "Corby, URN 700102" in text


def test_conversation_list_asks_as_much_for_one_as_for_three(client, hub, school, officer, django_assert_num_queries):
    client.force_login(officer)
    url = reverse("engagement:conversation-list")
    make_conversation(school, by=officer)
    client.get(url)
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get(url).context["matching"] == 1
    for name in ("Ashby", "Bexley"):
        make_conversation(make_school(name, hub=hub), school, by=make_officer(hub, name))
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get(url).context["matching"] == 3


LIST_QUERIES = 7  # session, person, memberships, saved views, who wrote, count, conversations and their parts


def test_conversation_list_does_not_guess_what_a_draft_is(client, hub, school, officer):
    make_typed_draft(school, by=officer)
    client.force_login(officer)
    page = client.get(reverse("engagement:conversation-list")).content.decode()
    row = page.split("<tbody", 1)[1]
    assert 'data-label="Kind"></td>' in row
    assert 'data-label="How"></td>' in row
    assert ">Draft</strong>" in row


def test_conversation_list_filters_and_never_shows_another_hubs(client, hub, school, officer):
    other = make_hub("Samplefolk Music Hub")
    make_conversation(
        make_school("Samplefolk School", hub=other), by=make_officer(other, "Sam Folk"), summary="They sing."
    )
    second = make_officer(hub, "Ruth Okoye")
    ashby = make_school("Ashby School", hub=hub)
    sang = make_conversation(school, by=officer, on=TODAY - timedelta(days=9), how="visit", summary="They sing.")
    played = make_conversation(ashby, by=second, kind="first_meeting", summary="They play.")
    draft = make_typed_draft(ashby, by=officer)
    client.force_login(officer)

    def found(**query):
        page = client.get(reverse("engagement:conversation-list", query=query or None))
        return [row.record for row in page.context["table"].paginated_rows]

    assert found(sort="date") == [sang, played, draft]
    assert sorted(each.pk for each in found()) == [sang.pk, played.pk, draft.pk]
    assert found(q="sing") == found(how="visit") == found(school=school.urn) == [sang]
    assert found(kind="first_meeting") == found(author=second.pk) == [played]
    assert found(state="draft") == [draft]
    assert found(state="not_shared", sort="date") == [sang, played]
    assert (
        found(state="shared")
        == found(state="disputed")
        == found(state="acknowledged")
        == found(state="withdrawn")
        == []
    )
    authors = client.get(reverse("engagement:conversation-list")).context["filters"].form.fields["author"].choices
    assert "Sam Folk" not in [words for _, words in authors]


def test_school_page_says_the_next_thing_where_music_stands_and_what_is_open(client, hub, school, officer):
    judged = [JudgementEntry(criterion("singing"), hub_level=4), JudgementEntry(criterion("creating"), agreed_level=2)]
    earlier = [JudgementEntry(criterion("singing"), agreed_level=2)]
    make_conversation(
        school, by=officer, on=TODAY - timedelta(days=90), parts={school: PartEntry(summary="x", judgements=earlier)}
    )
    make_conversation(
        school,
        by=officer,
        parts={
            school: PartEntry(
                summary="x", judgements=judged, actions=[ActionEntry("Find a tutor")], next_on=TODAY + timedelta(days=3)
            )
        },
    )
    Offer.objects.create(hub=hub, title="Composing in class", strand=strand(), criteria_codes=["creating"])
    Offer.objects.create(
        hub=make_hub("Samplefolk Music Hub"), title="Samplefolk composing", strand=strand(), criteria_codes=["creating"]
    )
    client.force_login(officer)
    text = client.get(school.get_absolute_url()).content.decode()
    assert "as agreed. Last spoke" in text
    assert "Where music stands" in text
    assert "Find a tutor" in text
    assert "because “Composing and improvising” is emerging" in text
    assert "Samplefolk composing" not in text
    for button in ("Log a call", "Log a conversation", "I called", "I emailed", "I visited", "I wrote a letter"):
        assert button in text


@pytest.mark.parametrize("role", [Role.SCHOOL_LEADER, Role.PARTNER_STAFF, Role.TRUST_LEADER])
def test_school_page_keeps_the_hubs_own_panels_from_others(client, hub, school, officer, role):
    make_conversation(school, by=officer, parts={school: full_part(hub)})
    partner = make_partner(hub=hub)
    make_commission(partner=partner, school=school)
    place = {"school": school, "partner": partner, "trust": make_trust("Trust", (school,))}[role.scope]
    client.force_login(make_person(role, place))
    text = client.get(school.get_absolute_url()).content.decode()
    for words in ("Where music stands", "Agreed, not done yet", "Log a call", "No answer", "Tutor for a Year 5 band"):
        assert words not in text
