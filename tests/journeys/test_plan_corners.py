"""The quieter pages of plans, on a narrow phone, each by whom they are for: files, notes, paper, newer questions, a
plan kept elsewhere, a year beside the last; a hub's needs and its own questions; a trust's self-evaluation."""

import re

import pytest
from playwright.sync_api import expect

from engagement.actions import sharing
from engagement.actions.entries import ActionEntry, PartEntry
from engagement.addressees import addressees_at
from engagement.models import ConversationPart
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import School
from schools.roles import Role
from smdp.actions import evaluations
from smdp.actions import plans as actions
from smdp.models import HubQuestion, Plan, PlanElsewhere, PlanFile, SelfEvaluation
from tests import factories as make
from tests.engagement.factories import criterion, make_conversation, part_of
from tests.journeys.visitor import NARROW, Visitor
from tests.smdp.factories import (
    answer,
    attach_picture,
    fill,
    keep_elsewhere,
    make_evaluation,
    make_plan,
    make_summary,
    picture,
    priority,
    write,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PLAN = re.compile("^Music development plan 20")
KEPT = re.compile("^Plan kept elsewhere")
CHOIR = "A choir that meets all year"
YEAR = academic_year(today())


@pytest.fixture
def head(town, visitor) -> Visitor:
    return visitor(town.head, size=NARROW)


def adopted(school: School, *, by) -> Plan:
    """With one priority, and a picture that the version is frozen with."""
    plan = fill(make_plan(school, by=by), by=by)
    write(plan, "priorities", by=by, **priority(CHOIR, ask="Somebody to lead it"))
    attach_picture(plan, "The choir in the hall", by=by)
    actions.adopt(plan=plan, presented_on=today(), by=by)
    return plan


def submitted(school: School, level: int, *, by, year: int = YEAR) -> SelfEvaluation:
    found = answer(make_evaluation(school, by=by, year=year), "singing", level, f"As heard in {year}", by=by)
    evaluations.submit(evaluation=found, by=by)
    return found


def dates(who: Visitor, question: str) -> None:
    group = who.page.get_by_role("group", name=question)
    for box, value in zip(("Day", "Month", "Year"), (today().day, today().month, today().year), strict=True):
        group.get_by_label(box).fill(str(value))


# --- The school ----------------------------------------------------------------------------------------------------


def test_head_adds_files_and_removes_them(town, head, tmp_path):
    plan = adopted(town.school, by=town.head)
    frozen = PlanFile.objects.get()
    photo = tmp_path / "band.jpg"
    photo.write_bytes(picture(size=(60, 40)))
    head.go(plan.section_url("vision"))
    head.link("Add a picture or document").press("Enter")
    head.look("Add a picture or document")
    head.button("Add it").press("Enter")
    head.sees("Say in a few words what it shows")
    head.look("Add a picture or document")
    head.page.get_by_label("Picture or document").set_input_files(photo)
    head.box("What does it show, or say?").fill("The band on stage")
    head.page.get_by_label("Nobody can be recognised in it").check()
    head.button("Add it").press("Enter")
    head.look("Vision")
    head.sees("band.jpg stands in this section now.")
    added = PlanFile.objects.get(name="band.jpg")

    # No version holds it: it is deleted at once. The other one a version was frozen with.
    head.link(f"Remove {added.name_out}").press("Enter")
    head.look(f"Remove {added.name_out}?")
    head.sees("it is deleted at once")
    head.button("Remove it").press("Enter")
    head.look("Vision")
    head.does_not_see("The band on stage")
    head.link(f"Remove {frozen.name_out}").press("Enter")
    head.look(f"Remove {frozen.name_out}?")
    head.button("Remove it").press("Enter")
    expect(head.page).to_have_title(re.compile("^Error"))
    head.look(f"Remove {frozen.name_out}?")
    head.page.get_by_label("Delete it everywhere, now").check()
    head.button("Remove it").press("Enter")
    head.look("Vision")
    head.go(f"{plan.get_absolute_url()}versions/1/")
    head.look(PLAN)
    head.sees("The choir in the hall (JPEG picture): deleted on")


def test_head_notes_how_it_goes_prints_and_moves_to_newer_questions(town, head):
    plan = adopted(town.school, by=town.head)
    Plan.objects.filter(pk=plan.pk).update(specification=2)
    head.go(plan.get_absolute_url())
    head.look(PLAN)
    head.link("Note how it goes").press("Enter")
    head.look(CHOIR)
    head.button("Add the note").press("Enter")
    head.sees("Choose how it goes")
    head.look(CHOIR)
    head.page.get_by_label("Some way to go").check()
    head.box("What has happened").fill("Nine came")
    head.button("Add the note").press("Enter")
    head.look(PLAN)
    head.sees("Nine came")
    head.way("Check in on all of them").press("Enter")
    head.look("Check in on the plan")
    head.button("Keep this check-in").press("Enter")
    expect(head.page).to_have_title(re.compile("^Error"))
    head.look("Check in on the plan")
    head.page.get_by_label("On track").check()
    head.box("What help do you need from your hub?").fill("A loan of cellos")
    head.button("Keep this check-in").press("Enter")
    head.look(re.compile("^Check-in of"))
    head.sees("A loan of cellos")

    # On paper: with its answers, blank, and as a printer has it.
    head.go(plan.get_absolute_url())
    head.link("Print the plan with its answers").press("Enter")
    head.look(PLAN)
    head.sees("Every child sings vision")
    head.page.emulate_media(media="print")
    head.look(PLAN)
    head.page.emulate_media(media="screen")
    head.link("Print it blank instead").press("Enter")
    head.look(PLAN)
    head.does_not_see("Every child sings vision")
    head.go(f"/schools/{town.school.urn}/plan/print/")
    head.look(re.compile("Music development plan"))

    # The questions of version 3.
    head.go(plan.get_absolute_url())
    head.link("See what is new, and move the plan").press("Enter")
    head.look("Move your plan to newer questions?")
    head.sees("Curriculum music: Key stage 2: what do pupils learn?")
    head.button("Move the plan").press("Enter")
    head.look(PLAN)
    head.sees("Every answer was kept")
    head.go(f"{plan.get_absolute_url()}move/")
    head.look("Your plan answers the newest questions")


def test_head_compares_years_publishes_elsewhere_and_takes_a_plan_out(town, head, visitor):
    first, second = (
        submitted(town.school, level, by=town.head, year=year) for level, year in ((2, YEAR - 1), (4, YEAR))
    )
    head.go(f"{first.get_absolute_url()}years/")
    head.look("What has moved")
    head.sees("Next year’s self-evaluation will stand here beside this one.")
    head.go(second.get_absolute_url())
    head.link(f"Beside {first.when}: what has moved").press("Enter")
    head.look("What has moved")
    head.sees("1 up")
    head.page.locator("summary").first.press("Enter")
    head.look("What has moved")
    head.sees(f"As heard in {YEAR - 1}")

    # The summary stands on the school's own website; later it is published here, and shown in a frame there.
    head.go(f"/schools/{town.school.urn}/summary/")
    head.look("Public summary")
    head.link("It is published elsewhere").press("Enter")
    head.look("Where is the summary published?")
    head.box("Address of the page").fill("our website")
    head.button("Save", exact=True).press("Enter")
    expect(head.page).to_have_title(re.compile("^Error"))
    head.look("Where is the summary published?")
    head.box("Address of the page").fill(
        "https://school.example/music-at-a-very-long-address-that-must-not-widen-the-page"
    )
    dates(head, "When was it published there, or last changed?")
    head.button("Save", exact=True).press("Enter")
    head.look("Public summary")
    plan = fill(make_plan(town.school, by=town.head), by=town.head)
    actions.share(plan=plan, by=town.head)
    write(plan, "vision", by=town.head, vision="Every child sings and plays")
    actions.share(plan=plan, by=town.head)
    head.go(plan.get_absolute_url())
    head.link("What changed between versions").press("Enter")
    head.look("1 change from version 1 to version 2")
    summary = make_summary(plan, by=town.head)
    reader = visitor(size=NARROW)
    assert reader.go(f"{summary.public_url}embed/") == 200
    reader.look("Music development plan summary: Millbrook Junior School")
    head.go(f"{summary.get_absolute_url()}history/")
    head.look(re.compile("^Earlier states"))

    # What the hub recorded for the school is confirmed, and taken out.
    keep_elsewhere(town.school, "Word", by=town.officer)
    head.go(PlanElsewhere.objects.get().get_absolute_url())
    head.look(KEPT)
    head.sees("Recorded by the hub, not confirmed by the school")
    head.button("It is right").press("Enter")
    head.look(KEPT)
    head.does_not_see("not confirmed by the school")
    head.link("Take it out").press("Enter")
    head.look("Take this plan out?")
    head.button("Take it out").press("Enter")
    head.go(PlanElsewhere.objects.get().get_absolute_url())
    head.look(KEPT)
    head.sees("It does not count as the school’s plan any more")


@pytest.fixture
def told(town) -> ConversationPart:
    """A conversation with an agreed action, shared with the school."""
    said = {town.school: PartEntry(summary="We spoke.", actions=[ActionEntry("Send the choir leaflet")])}
    part = part_of(make_conversation(town.school, by=town.officer, form="full", parts=said))
    sharing.share(part=part, recipients=addressees_at(school=town.school, hub=town.hub), by=town.officer)
    return part


def test_heads_of_two_schools_offer_withdraw_and_confirm_one_plan(town, head, visitor, told):
    plan = fill(make_plan(town.school, by=town.head), by=town.head)
    infants = make.make_school("Millbrook Infant School", hub=town.hub)
    dora = visitor(make.make_person(Role.SCHOOL_LEADER, infants, "Dora Finch", password=make.PASSWORD), size=NARROW)
    head.go(f"{plan.get_absolute_url()}together/")
    for is_again in (False, True):  # taken back, and offered again
        head.look("Write it with another school")
        head.box("URN of the other school").fill("1")
        head.button("Offer to write together").press("Enter")
        head.sees("No open school has this URN")
        head.look("Write it with another school")
        head.box("URN of the other school").fill(str(infants.urn))
        head.button("Offer to write together").press("Enter")
        head.sees("Offered, and not answered yet")
        head.look("Write it with another school")
        if not is_again:
            head.button("Take it back").press("Enter")
            head.sees("is not asked any more")
    dora.go("/plans/")
    dora.look("Music development plan")
    dora.button("Accept the offer of Millbrook Junior School").press("Enter")
    dora.look(PLAN)
    twin = Plan.objects.get(school=infants)
    dora.go(twin.section_url("vision"))
    dora.look("Vision")
    dora.go(f"{twin.get_absolute_url()}together/")
    dora.look("Write it with another school")
    dora.sees("You write it with")

    # What the hub said to one school in confidence, the other reads after a second press alone.
    head.go(told.get_absolute_url())
    head.button("Make it a priority").press("Enter")
    head.look("Millbrook Infant School will read these words")
    head.sees("Send the choir leaflet")
    head.button("Make it a priority that we all read").press("Enter")
    head.look("Priorities")
    head.sees("It is a priority of your plan now.")


# --- The hub -------------------------------------------------------------------------------------------------------


def test_manager_asks_questions_of_her_own_and_reads_what_schools_need(town, visitor):
    jo = visitor(make.make_person(Role.HUB_MANAGER, town.hub, "Jo Marsh", password=make.PASSWORD), size=NARROW)
    jo.go("/plans/")
    jo.link("Your own questions").press("Enter")
    jo.look("Your own questions")
    jo.sees("You ask nothing of your own yet.")
    jo.way("Add a question").press("Enter")
    jo.look("Add a question")
    jo.button("Add the question").press("Enter")
    jo.sees("Enter your question")
    jo.look("Add a question")
    jo.box("Your question").fill("Who joins our groups on Saturdays?")
    jo.button("Add the question").press("Enter")
    jo.look("Your own questions")
    question = HubQuestion.objects.get()
    jo.link("Answers to").press("Enter")
    jo.look("Who joins our groups on Saturdays?")
    jo.sees("No school has shared a plan that asks it yet.")

    # A school answers it, and says where it is low.
    plan = make_plan(town.school, by=town.head)
    write(plan, "hub-questions", by=town.head, **{question.name: "Nine of ours"})
    write(plan, "priorities", by=town.head, **priority(CHOIR, ask="Somebody to lead it"))
    actions.share(plan=fill(plan, by=town.head), by=town.head)
    submitted(town.school, 1, by=town.head)
    jo.page.reload()
    jo.look("Who joins our groups on Saturdays?")
    jo.sees("Nine of ours")
    jo.go("/plans/questions/")
    jo.link("Change").press("Enter")
    jo.look("Change a question")
    jo.box("Help for whoever answers").fill("About how many.")
    jo.button("Save", exact=True).press("Enter")
    jo.look("Your own questions")
    jo.button("Ask it no more").press("Enter")
    jo.look("Your own questions")
    jo.page.locator("summary", has_text="asked no more").press("Enter")
    jo.look("Your own questions")

    jo.go("/plans/needs/")
    jo.look("Needs, by schools’ own account")
    jo.link(criterion("singing").title).press("Enter")
    jo.look(criterion("singing").title)
    jo.sees("Millbrook Junior School")
    jo.sees(f"As heard in {YEAR}")
    jo.go("/plans/needs/priorities/")
    jo.look("Priorities and requests")
    jo.sees("Somebody to lead it")
    jo.go(f"{plan.get_absolute_url()}print/")
    jo.look(PLAN)


# --- The trust -----------------------------------------------------------------------------------------------------


def test_trusts_leader_says_where_music_stands(town, visitor):
    trust = make.make_trust("Larkrise", schools=(town.school,))
    marcus = visitor(make.make_person(Role.TRUST_LEADER, trust, "Marcus Thwaite", password=make.PASSWORD), size=NARROW)
    address = f"/trusts/{trust.group_uid}/self-evaluation/"
    marcus.go(address)
    marcus.look("Where music stands in the trust")
    marcus.sees("None this year or last")
    submitted(town.school, 2, by=town.head)
    adopted(town.school, by=town.head)
    marcus.go(address)
    marcus.look("Where music stands in the trust")
    marcus.way("Record the basis").press("Enter")
    marcus.look("On what is your self-evaluation based?")
    marcus.button("Record it").press("Enter")
    expect(marcus.page).to_have_title(re.compile("^Error"))
    marcus.look("On what is your self-evaluation based?")
    for basis in ("minimum", "expectation"):
        if basis == "expectation":
            marcus.page.locator("[name=singing]").select_option("3")
        marcus.page.locator(f"[name=basis][value={basis}]").check()
        marcus.button("Record it").press("Enter")
        marcus.look("Where music stands in the trust")
        marcus.sees("Millbrook Junior School")
        if basis == "minimum":
            marcus.way("Change the basis").press("Enter")
            marcus.look("On what is your self-evaluation based?")
    marcus.sees("Below it: Millbrook Junior School")
    marcus.link("Millbrook Junior School").press("Enter")
    marcus.look(re.compile("^Self-evaluation 20"))
    marcus.go(f"/trusts/{trust.group_uid}/priorities/")
    marcus.look("1 priority of your schools")
