"""How the invented hubs mean to engage their schools: templates, a plan for most schools, what became of some; and two
targets over saved views."""

from datetime import timedelta

from engagement.actions import engagement_plans as actions
from engagement.models import EngagementPlan, EngagementPlanNote, EngagementPlanTemplate, Target, TargetSchool
from engagement.targets.measures import measures
from hubportal.demo.world import Place, World
from hubportal.kit.wording import academic_year
from schools.models import EngagementYear, Relationship, SavedView, School
from schools.segments import MEALS

# Name, aim, measure, target, the first step, and for which schools: those engaged this year or not.
TEMPLATES = (
    (
        "Not engaged this year",
        "A first conversation this year about what pupils are missing",
        "engaged",
        "Engaged in at least one way by the summer",
        "Ring the head and ask for twenty minutes",
        False,
    ),
    (
        "From one way to two",
        "Something lasting beside what the school takes now",
        "several",
        "Engaged in two or more ways by the summer",
        "Send the three offers that fit its plan best",
        True,
    ),
)
WITHOUT = 7  # every so many schools have no plan yet
SAID = (
    (
        "The head has changed and asks what it costs. She will talk to governors.",
        "Send the costs for last year’s choir",
    ),
    ("They would come to the festival if a coach were paid.", "Ask the partner whether two schools can share one"),
    ("No answer to two calls; the office says mornings are better.", "Ring on a Tuesday before nine"),
)


def load(place: Place, world: World) -> None:
    """Two templates, and plans from them for six schools of seven; three were reviewed, one was reached, one is over;
    and two targets. Some sixty statements."""
    summer = world.on.replace(month=7, day=20)
    due = summer if summer > world.on + timedelta(days=60) else summer.replace(year=summer.year + 1)
    word = f" {place.sentinel}".rstrip()
    templates = {}
    for name, aim, measure, target, step, engaged in TEMPLATES:
        templates[engaged] = EngagementPlanTemplate.objects.create(
            hub=place.hub,
            name=f"{name}{word}",
            aim=f"{aim}{word}",
            measure=measure,
            target=f"{target}{word}",
            due_on=due,
            next_step=f"{step}{word}",
            step_weeks=2,
            made_by=place.manager,
        )
    rows = Relationship.objects.filter(hub=place.hub, school__status=School.Status.OPEN).select_related("school__type")
    schools = [each.school for each in rows.order_by("school__urn") if not each.school.is_organisation]
    chosen = [school for number, school in enumerate(schools, start=1) if number % WITHOUT]
    years = EngagementYear.objects.filter(hub=place.hub, engaged_on__isnull=False, year=academic_year(world.on))
    keys = set(years.values_list("school", flat=True))
    for is_engaged, template in templates.items():
        alike = [each for each in chosen if (each.pk in keys) == is_engaged]
        actions.start_from(template=template, schools=alike, by=place.manager)
    _age(place, world)
    _tell(place, world, word)
    _set_targets(place, world)


def _age(place: Place, world: World) -> None:
    """They were started at the beginning of term; the first steps come one after the other."""
    plans = list(EngagementPlan.objects.filter(hub=place.hub).order_by("school__urn"))
    for number, plan in enumerate(plans):
        plan.made_at = plan.reviewed_at = world.at(world.on - timedelta(days=1), 10, 0)
        plan.next_step_on = min(world.on + timedelta(days=number % 40 + 1), plan.due_on)
    EngagementPlan.objects.bulk_update(plans, ["made_at", "reviewed_at", "next_step_on"], batch_size=1000)


def _tell(place: Place, world: World, word: str) -> None:
    """What became of the first few: reviews, a step that is due, one that was reached, one whose day has passed."""
    plans = list(EngagementPlan.objects.filter(hub=place.hub).select_related("owner").order_by("school__urn")[:6])
    for days, plan, (words, step) in zip((12, 6, 2), plans, SAID, strict=False):
        EngagementPlanNote.objects.create(
            plan=plan,
            what=EngagementPlanNote.What.REVIEW,
            at=world.at(world.on - timedelta(days=days), 11, 15),
            by=plan.owner,
            words=f"{words}{word}",
        )
        plan.next_step = f"{step}{word}"
        plan.next_step_on = world.on - timedelta(days=2) if days == 12 else world.on + timedelta(days=days)
        plan.save(update_fields=["next_step", "next_step_on"])
    if len(plans) > 4:
        plans[3].due_on = world.on - timedelta(days=3)
        plans[3].next_step_on = plans[3].due_on
        plans[3].save(update_fields=["due_on", "next_step_on"])
        actions.end(
            plan=plans[4],
            is_reached=True,
            outcome=f"The school takes whole-class brass from January.{word}",
            by=plans[4].owner,
        )


# Name, measure, filter of the saved view in figures and in words, how it is called, goal in per cent, what is done.
TARGETS = (
    (
        "Two of three schools with most free school meals are engaged",
        "engaged",
        ("meals", "40", "Pupils with free school meals: 40% or more"),
        "Most free school meals",
        66,
        "Pay the coach to the first concert, and ask whom the school would like to hear from about music.",
    ),
    (
        "A conversation with every third school that was never engaged",
        "conversation",
        ("engagement", "never", "Engagement in the academic year: Never"),
        "Never engaged",
        33,
        "Each officer rings two a week, and takes the list to the partners’ meeting.",
    ),
)


def _set_targets(place: Place, world: World) -> None:
    """Two shared views of the list of schools, and a target for each. Their schools are fixed as they stood two months
    ago, so that some have been reached since. Some twenty statements."""
    since = world.on - timedelta(days=60)
    for name, measure, (key, value, in_words), called, goal, done in TARGETS:
        word = f" {place.sentinel}".rstrip()
        seen = School.objects.visible_to(place.manager, world.on).in_hubs({place.hub.pk}, world.on).schools().open()
        then = seen.state_funded().with_engagement(place.manager, world.on, as_at=since)
        schools = list(then.filter(engagement=value) if key == "engagement" else MEALS.only(then, value))
        if not schools:
            continue
        everyone = School.objects.filter(pk__in=[each.pk for each in schools])
        met = measures()[measure].meeting(hub=place.hub, user=place.manager, schools=everyone, on=since)
        view = SavedView.objects.create(
            hub=place.hub,
            owner=place.manager,
            list="schools:school-list",
            name=f"{called}{word}",
            is_shared=True,
            query={"state_funded": "yes", key: value},
            words={"state_funded": "Funding: State-funded", key: in_words},
        )
        target = Target.objects.create(
            hub=place.hub,
            name=f"{name}{word}",
            measure=measure,
            segment=view,
            segment_query=view.query,
            segment_words=view.in_words,
            baseline_on=since,
            unit=Target.Unit.SHARE,
            goal=goal,
            due_on=world.on + timedelta(days=200),
            owner=place.officers[0] if place.officers else place.manager,
            actions=f"{done}{word}",
            created_by=place.manager,
            created_at=world.at(since, 15, 0),
        )
        TargetSchool.objects.bulk_create(
            TargetSchool(target=target, hub=place.hub, school=each, met_at_baseline=each.pk in met) for each in schools
        )
