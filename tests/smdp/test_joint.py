"""Two schools write one plan: offered, accepted, the same words in both, adopted by each, and apart again."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from engagement.actions import sharing
from engagement.actions.entries import JudgementEntry, PartEntry
from engagement.addressees import addressees_at
from engagement.models import ConversationPart
from hubportal.kit import drafts
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.roles import Role
from smdp import writing
from smdp.actions import guests, joint, plans
from smdp.models import JointOffer, Plan, Side
from tests import factories as make
from tests.engagement.factories import criterion, make_conversation, part_of
from tests.smdp.factories import FEATURES, fill, make_plan, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def infants(hub):
    return make.make_school("Millbrook Infant School", hub=hub)


@pytest.fixture
def dora(infants):
    return make.make_person(Role.SCHOOL_LEADER, infants, "Dora Finch")


@pytest.fixture
def doras(dora, client_of):
    """Her browser."""
    return client_of(dora)


def together(plan: Plan) -> str:
    return reverse("smdp:plan-together", args=[plan.uuid])


def answer(client, offer: JointOffer, how: str = "accept"):
    return client.post(reverse("smdp:joint-answer", args=[offer.uuid]), {how: "1"}, follow=True)


@pytest.fixture
def offer(plan, infants, dora, head) -> JointOffer:
    return joint.offer(plan=plan, school=infants, by=head)


@pytest.fixture
def twin(offer, dora) -> Plan:
    """The infants' plan."""
    return joint.accept(offer=offer, by=dora)


def said(plan: Plan, key: str) -> dict:
    return writing.drafts_of(plan)[key].values


def test_offered_accepted_and_written_by_both(
    plan, head, infants, dora, client, doras, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(together(plan), {"urn": f" {infants.urn} "}, follow=True).content.decode()
    assert "Offered. The leaders of Millbrook Infant School have an email" in page
    assert mailoutbox[-1].to == [dora.email] and "Every child sings" not in mailoutbox[-1].body
    home = doras.get("/", follow=True).content.decode()
    assert "offer of Millbrook Junior School to write one plan together" in home
    listed = doras.get(reverse("smdp:plan-list")).content.decode()
    assert "Accept" in listed and "Every child sings" not in listed
    with django_capture_on_commit_callbacks(execute=True):
        page = answer(doras, JointOffer.objects.get()).content.decode()
    assert "You write one plan with Millbrook Junior School from now on" in page
    assert mailoutbox[-1].to == [head.email]
    twin = infants.plans.get()
    assert "Every child sings vision" in doras.get(twin.section_url("vision")).content.decode()
    draft = writing.drafts_of(twin)["vision"]
    typed = {"draft_revision": str(draft.revision), "draft_writer": "tab", "vision": "Both sing", "draft_save": "1"}
    doras.post(twin.section_url("vision"), typed)
    assert "Both sing" in client.get(plan.section_url("vision")).content.decode()
    assert "Written together with Millbrook Infant School" in client.get(plan.get_absolute_url()).content.decode()


def test_overview_and_features_are_each_schools_own(plan, twin, dora):
    write(twin, "features", by=dora, hour="yes")
    assert said(plan, "features")["hour"] == "partly"
    assert said(twin, "overview") == {"hub": "Exampleshire Music Hub"}


def test_the_page_of_readers_names_the_other_school(plan, twin, client):
    pages = {key: client.get(reverse("smdp:guest-list", args=[plan.uuid, key])) for key in ("vision", "overview")}
    named = {key: "together with Millbrook Infant School" in page.content.decode() for key, page in pages.items()}
    assert named == {"vision": True, "overview": False}


def test_neither_opens_the_others_plan(plan, twin, client, doras):
    assert client.get(twin.get_absolute_url()).status_code == 404
    assert doras.get(plan.get_absolute_url()).status_code == 404


def test_each_shares_and_adopts_for_itself(plan, twin, head, dora, officer, client_of):
    write(twin, "overview", by=dora, music_lead="Tom")
    write(twin, "features", by=dora, **dict.fromkeys(FEATURES, "yes"))
    plans.adopt(plan=plan, presented_on=today(), by=head)
    twin.refresh_from_db()
    assert twin.state == "draft" and not twin.versions.exists()
    plans.share(plan=twin, by=dora)
    page = client_of(officer).get(twin.versions.get().get_absolute_url()).content.decode()
    assert "Every child sings vision" in page


def test_one_going_on_to_next_year_leaves_the_other_its_words(school, infants, head, dora):
    last = fill(make_plan(school, by=head, year=academic_year(today()) - 1), by=head)
    twin = joint.accept(offer=joint.offer(plan=last, school=infants, by=head), by=dora)
    plans.adopt(plan=fill(make_plan(school, by=head), by=head), presented_on=today(), by=head)
    last.refresh_from_db()
    assert not last.is_standing
    write(twin, "vision", by=dora, vision="Still ours")
    assert said(twin, "vision")["vision"] == "Still ours"


def started_from_a_talk(hub, school, head, officer) -> tuple[ConversationPart, dict[str, str]]:
    """A conversation that came to a confidential judgement, shared; and what the button of its page posts."""
    judged = [JudgementEntry(criterion("singing"), 2, 2, 2, evidence="Two classes refuse.", next_step="A choir")]
    parts = {school: PartEntry(summary="We spoke.", judgements=judged)}
    spoken = make_conversation(school, by=officer, form="full", parts=parts)
    part = part_of(spoken)
    sharing.share(part=part, recipients=addressees_at(school=school, hub=hub), by=officer)
    return part, {"origin": f"judgement:{part.uuid}:singing"}


def test_confidential_words_go_to_the_other_school_only_after_a_second_press(
    plan, twin, hub, school, head, officer, client, doras
):
    part, press = started_from_a_talk(hub, school, head, officer)
    start = reverse("smdp:priority-start", args=[plan.uuid])
    assert "You write the plan together with Millbrook Infant School" in client.get(part.get_absolute_url()).text
    page = client.post(start, press).text
    assert "Millbrook Infant School will read these words" in page and "Two classes refuse." in page
    assert said(twin, "priorities") == {}, "nothing is carried by the first press"
    told = press | {"read_by": str(twin.school.urn)}
    assert client.post(start, told).url == plan.section_url("priorities")
    assert "Two classes refuse." in doras.get(twin.section_url("priorities")).text
    assert client.post(start, press, follow=True).status_code == 200, "what is one already asks nothing"


def test_press_of_a_page_made_before_a_third_school_came_asks_again(plan, twin, hub, school, head, officer, client):
    _part, press = started_from_a_talk(hub, school, head, officer)
    told = press | {"read_by": str(twin.school.urn)}
    third = make.make_school("Millbrook Nursery School", hub=hub)
    leader = make.make_person(Role.SCHOOL_LEADER, third, "Nell Third")
    joint.accept(offer=joint.offer(plan=plan, school=third, by=head), by=leader)
    page = client.post(reverse("smdp:priority-start", args=[plan.uuid]), told).text
    assert "Millbrook Nursery School" in page and said(twin, "priorities") == {}


def test_offering_a_plan_says_that_it_holds_words_of_a_conversation(plan, hub, school, head, officer, client):
    assert "in confidence" not in client.get(together(plan)).text
    _part, press = started_from_a_talk(hub, school, head, officer)
    assert client.post(reverse("smdp:priority-start", args=[plan.uuid]), press).status_code == 302
    assert "1 priority of this plan was started from a conversation" in client.get(together(plan)).text


def test_whoever_went_on_reads_no_more_of_what_the_other_writes(school, infants, head, dora, client, doras):
    last = fill(make_plan(school, by=head, year=academic_year(today()) - 1), by=head)
    twin = joint.accept(offer=joint.offer(plan=last, school=infants, by=head), by=dora)
    plans.adopt(plan=fill(make_plan(school, by=head), by=head), presented_on=today(), by=head)
    write(twin, "vision", by=dora, vision="Infants alone")
    for name in ("smdp:plan-detail", "smdp:plan-print"):
        page = client.get(reverse(name, args=[last.uuid])).content.decode()
        assert "Infants alone" not in page and "Written together" not in page
    assert "Every child sings vision" in client.get(reverse("smdp:plan-print", args=[last.uuid])).content.decode()
    assert "Written together" not in doras.get(twin.get_absolute_url()).content.decode()
    assert writing.drafts_of(last) == {}


def test_next_years_plan_is_offered_to_the_same_school_with_one_press(
    school, infants, head, lead, dora, client, doras, client_of
):
    last = fill(make_plan(school, by=head, year=academic_year(today()) - 1), by=head)
    joint.accept(offer=joint.offer(plan=last, school=infants, by=head), by=dora)
    begun = {"year": academic_year(today()), "years": 1, "carry": "yes"}
    page = client.post(reverse("smdp:plan-begin", args=[school.urn]), begun, follow=True).text
    plan = Plan.objects.get(school=school, year=last.year + 1)
    offered = "Offer it to Millbrook Infant School again"
    assert offered in page and f'name="urn" value="{infants.urn}"' in page
    assert offered not in client_of(lead).get(plan.get_absolute_url()).text, "leaders offer"
    assert offered not in client.get(last.get_absolute_url()).text
    client.post(together(plan), {"urn": infants.urn})
    assert offered not in client.get(plan.get_absolute_url()).text
    begin = doras.get(reverse("smdp:plan-begin", args=[infants.urn])).text
    assert "Accept" in begin and "Millbrook Junior School" in begin
    answer(doras, JointOffer.objects.open().get(plan=plan))
    twin = infants.plans.get(year=plan.year)
    assert said(twin, "vision") == said(plan, "vision") != {}
    assert offered not in client.get(plan.get_absolute_url()).text


def test_next_years_plan_of_one_school_alone_offers_nothing(school, infants, head, dora, client):
    last = fill(make_plan(school, by=head, year=academic_year(today()) - 1), by=head)
    joint.accept(offer=joint.offer(plan=last, school=infants, by=head), by=dora)
    joint.write_apart(plan=last)
    assert "Offer it to" not in client.get(make_plan(school, by=head).get_absolute_url()).text


@pytest.mark.parametrize("whose", ["offered", "accepted"])
def test_apart_again_both_keep_every_word(whose, plan, twin, head, dora, client, doras):
    write(twin, "vision", by=dora, vision="Both sing")
    one, browser = (plan, client) if whose == "offered" else (twin, doras)
    page = browser.post(reverse("smdp:plan-apart", args=[one.uuid]), follow=True).content.decode()
    assert "goes on by itself" in page and "Written together" not in page
    write(plan, "vision", by=head, vision="Juniors sing")
    write(twin, "vision", by=dora, vision="Infants sing")
    assert (said(plan, "vision")["vision"], said(twin, "vision")["vision"]) == ("Juniors sing", "Infants sing")
    assert said(plan, "inclusion") == said(twin, "inclusion") != {}


def test_apart_again_the_saved_states_and_open_choices_go_along(plan, twin, head, dora, client):
    written = writing.drafts_of(plan)["vision"]
    drafts.save(draft=written, base_revision=written.revision, values={"vision": "Juniors"}, by=head, writer="one")
    drafts.save(draft=written, base_revision=written.revision - 1, values={"vision": "Infants"}, by=dora, writer="two")
    joint.write_apart(plan=plan)
    ours, theirs = (writing.drafts_of(each)["vision"] for each in (plan, twin))
    assert ours.pk != theirs.pk and ours.revision == theirs.revision == written.revision
    for each in (ours, theirs):
        assert drafts.state_at(each, each.revision - 1)["vision"] == "Every child sings vision"
        assert [(one.mine, one.theirs) for one in drafts.open_conflicts(each)] == [("Infants", "Juniors")]
    drafts.resolve(conflict=drafts.open_conflicts(ours)[0], choice="mine", by=head)
    assert (said(plan, "vision")["vision"], said(twin, "vision")["vision"]) == ("Infants", "Juniors")
    page = client.get(reverse("smdp:section-history", args=[plan.uuid, "vision"])).content.decode()
    assert str(head) in page and str(dora) not in page


def test_apart_again_a_page_made_before_overwrites_nothing(plan, twin, head):
    old = writing.drafts_of(plan)["vision"].revision
    joint.write_apart(plan=plan)
    write(plan, "vision", by=head, vision="Newer words")
    draft = writing.drafts_of(plan)["vision"]
    values = {"vision": "Every child sings vision"}
    drafts.save(draft=draft, base_revision=old, values=values, by=head, writer="old")
    assert said(plan, "vision")["vision"] == "Newer words"


def test_apart_again_a_browser_finds_what_it_kept_offline(plan, twin, client):
    def kept_under() -> str:
        return re.search(r'data-draft-key="([^"]+)"', client.get(plan.section_url("vision")).content.decode())[1]

    before = kept_under()
    joint.write_apart(plan=plan)
    assert kept_under() == before


def test_three_schools_and_one_leaves(plan, twin, hub, head, dora):
    third = make.make_school("Millbrook Nursery School", hub=hub)
    leader = make.make_person(Role.SCHOOL_LEADER, third, "Nell Third")
    more = joint.accept(offer=joint.offer(plan=plan, school=third, by=head), by=leader)
    joint.write_apart(plan=plan)
    write(twin, "vision", by=dora, vision="The two of us")
    assert said(more, "vision")["vision"] == "The two of us" != said(plan, "vision")["vision"]


def test_declined_and_withdrawn(plan, offer, infants, head, dora, client, doras):
    assert "Declined" in answer(doras, offer, "decline").content.decode()
    assert "answered or withdrawn meanwhile" in answer(doras, offer).content.decode()
    again = joint.offer(plan=plan, school=infants, by=head)
    assert "Taken back" in client.post(reverse("smdp:joint-withdraw", args=[again.uuid]), follow=True).content.decode()
    assert "answered or withdrawn meanwhile" in answer(doras, again).content.decode()
    assert not infants.plans.exists()


def test_offered_twice_is_one_offer(plan, offer, infants, head):
    assert joint.offer(plan=plan, school=infants, by=head) == offer


@pytest.mark.parametrize(
    ("whom", "sentence"),
    [
        ("itself", "This is your own school"),
        ("nobody", "No open school has this URN"),
        ("silent", "no leader of it has an account yet, or it has a plan"),
        ("with a plan", "no leader of it has an account yet, or it has a plan"),
        ("independent", "is neither a state-funded school nor a college"),
    ],
)
def test_whom_it_cannot_be_offered_to(whom, sentence, plan, school, infants, hub, dora, client):
    urn = infants.urn
    if whom == "itself":
        urn = school.urn
    elif whom == "nobody":
        urn = 999999
    elif whom == "silent":
        urn = make.make_school("Silent School", hub=hub).urn
    elif whom == "with a plan":
        make_plan(infants, by=dora)
    else:
        infants.type = make.make_type("90", "Other independent school", is_state_funded=False)
        infants.save()
    page = client.post(together(plan), {"urn": str(urn)})
    assert page.status_code == 400 and sentence in page.content.decode()
    assert f'value="{urn}"' in page.content.decode()
    assert not JointOffer.objects.exists()


def test_accepting_too_late_changes_nothing(plan, offer, infants, dora, doras):
    make_plan(infants, by=dora)
    assert "cannot become one" in answer(doras, offer).content.decode()
    assert infants.plans.count() == 1
    offer.refresh_from_db()
    assert offer.answer == ""


def test_editors_neither_offer_nor_accept(plan, offer, lead, infants, client_of):
    editor = make.make_person(Role.SCHOOL_EDITOR, infants, "Only Writes")
    assert client_of(lead).get(together(plan)).status_code == 403
    assert answer(client_of(editor), offer).status_code == 403
    assert "Accept" not in client_of(editor).get(reverse("smdp:plan-list")).content.decode()


def test_an_ended_membership_ends_the_reading(twin, dora, doras):
    dora.memberships.update(ends_on=today() - timedelta(days=1))
    assert doras.get(twin.section_url("vision")).status_code == 404


def test_what_the_hub_writes_for_one_waits_for_both(plan, twin, head, dora, officer, client_of):
    guests.invite(section=plan.sections.get(key="vision"), side=Side.HUB, may_write=True, by=head)
    draft = writing.drafts_of(plan)["vision"]
    said = {"draft_revision": str(draft.revision), "draft_writer": "tab", "vision": "Said by the hub"}
    client_of(officer).post(plan.section_url("vision"), said | {"draft_save": "1"})
    assert set(writing.to_confirm(plan)) == set(writing.to_confirm(twin)) == {"vision"}
    plans.confirm(section=plan.sections.get(key="vision"), by=head)
    assert writing.to_confirm(plan) == {} and set(writing.to_confirm(twin)) == {"vision"}
