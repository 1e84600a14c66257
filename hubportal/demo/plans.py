"""Development plans of the schools whose leaders have an account: last year's, and this year's as far as it is; and the
public summaries made from them."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import QuerySet

from hubportal.accounts.models import User
from hubportal.demo import schooldays
from hubportal.demo.county import MILLBROOK
from hubportal.demo.paper import one_page
from hubportal.demo.people import leaders_at
from hubportal.demo.picture import tune
from hubportal.demo.talk import SPECIAL_STORIES
from hubportal.demo.words import plans as words
from hubportal.demo.words import stages
from hubportal.demo.world import Place, World
from hubportal.kit import drafts
from hubportal.kit.models import Draft
from hubportal.kit.wording import academic_year
from schools.models import Membership, School
from schools.roles import Role
from smdp import writing
from smdp.actions import comments, files, guests, hub_questions, joint, reviews, section_answers, summaries
from smdp.actions import plans as actions
from smdp.asking import asked_in
from smdp.models import Plan, PlanFile, PlanSection, PlanVersion, Side
from smdp.summaries.writing import draft_of

OTHER_KINDS = (  # no challenging conversation gave these an account: one school each, and how far its plan is
    ("secondary", "adopted"),
    ("special", "shared"),
    ("college", "shared"),
    ("unit", "begun"),
    ("nursery", "begun"),
)
EARLIER_QUESTIONS = 2  # the version under which last year's plans, and some of this year's, were begun


class Plans:
    """Called last: its dice are its own, so that the rest of the county stays as it is."""

    def __init__(self, place: Place, world: World) -> None:
        self.place, self.world = place, world
        self.rng = Random(f"plans {place.hub.slug} {world.seed}")
        self.year = academic_year(world.on)
        self.shared = self.begun = 0
        self.adopted: list[Plan] = []

    def load(self) -> None:
        """Some hundred statements a plan."""
        for question in words.HUB_QUESTIONS:
            hub_questions.ask(hub=self.place.hub, by=self.place.manager, at=self._day(120), **question)
        leaders = Membership.objects.filter(role=Role.SCHOOL_LEADER, school__in=self.place.schools.values())
        for each in leaders.select_related("user", "school__type").order_by("school__urn", "pk"):
            if not each.school.is_open or each.school.urn == MILLBROOK:
                continue
            fate = self.rng.choices(("none", "begun", "shared", "adopted"), (3, 3, 2, 4))[0]
            if fate != "none":
                self._plan(each.school, each.user, fate)
        if MILLBROOK in self.place.schools:
            self._millbrook(self.place.schools[MILLBROOK])
        self._summaries()
        self._two_schools(leaders)
        self._for_a_school()

    def of_other_kinds(self, since: date) -> None:
        """The leader of a school of each kind that is asked other questions gets an account, and writes a plan. Called
        when all else stands, which it leaves as it is."""
        self.rng = Random(f"plans of other kinds {self.world.seed}")
        led = set(Membership.objects.filter(school__isnull=False).values_list("school__urn", flat=True))
        for kind, fate in OTHER_KINDS:
            found = (
                each
                for each in self.place.sketches
                if each.kind == kind and each.is_open and not each.trust and each.urn not in led | SPECIAL_STORIES
            )
            if sketch := next(found, None):
                school = School.objects.select_related("type").get(pk=self.place.schools[sketch.urn].pk)
                leaders_at(self.place, [school], since)
                plan = self._plan(school, self.place.leaders[school.pk], fate)
                if fate == "adopted":
                    self._summary(plan, self._day(6), review_on=date(self.year + 1, 7, 1))

    def _plan(self, school: School, head: User, fate: str) -> Plan:
        begun = self._day(self.rng.randint(40, 75))
        plan = actions.begin(school=school, year=self.year, by=head, at=begun)
        said = words.of_a_school(self.rng, self.place.sentinel)
        if fate == "begun":
            self.begun += 1
        if fate == "begun" and self.begun % 3 == 1:
            self._asked_earlier(plan)
        else:
            for key, more in stages.of_a_school(school, Random(f"stages {school.urn}")).items():
                said[key] = said.get(key, {}) | more
        if not writing.drafts_of(plan)["overview"].values.get("music_lead"):  # the hub knows of none
            said.setdefault("overview", {})["music_lead"] = head.name
        said |= words.to_the_hub(plan, Random(f"own {school.urn}"))
        if fate == "begun":
            said = {key: said[key] for key in self.rng.sample(sorted(said), 4)}
        self._write(plan, self._asked(plan, said), by=head, at=begun + timedelta(days=1))
        if fate in ("shared", "adopted"):
            version = actions.share(plan=plan, by=head, at=begun + timedelta(days=9))
            self.shared += 1
            if fate == "adopted" or self.shared % 2 == 0:
                self._review(version, at=begun + timedelta(days=15))
        if fate == "adopted":
            day = begun + timedelta(days=21)
            actions.adopt(plan=plan, presented_on=day.date(), by=head, at=day)
            self.adopted.append(plan)
        return plan

    def _asked_earlier(self, plan: Plan) -> None:
        """The plan was begun before the questions changed; it has the same sections."""
        plan.specification = EARLIER_QUESTIONS
        plan.save(update_fields=["specification"])

    def _asked(self, plan: Plan, said: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        """Of these answers those to questions that the school is asked."""
        names = {
            section.key: tuple(part.name for fieldset in section.fieldsets for part in fieldset.parts)
            for section in asked_in(plan)
        }
        return {
            key: {
                name: value
                for name, value in values.items()
                if name in names[key] or name.startswith(tuple(f"{each}-" for each in names[key]))
            }
            for key, values in said.items()
            if key in names
        }

    def _millbrook(self, school: School) -> None:
        """Last year's plan, adopted and followed by nothing yet; this year's, which starts from it and is half confirmed by head and music lead."""
        people = {
            each.role: each.user
            for each in Membership.objects.filter(school=school).select_related("user").order_by("pk")
        }
        head, lead = people[Role.SCHOOL_LEADER], people[Role.SCHOOL_EDITOR]
        then = self.world.at(
            schooldays.on_or_after(schooldays.last_years_start(self.world.on) + timedelta(days=20)), 15
        )
        last = actions.begin(school=school, year=self.year - 1, by=head, at=then)
        self._asked_earlier(last)
        said = words.millbrook(last_year=True)
        self._write(last, said, by=lead, at=then + timedelta(days=3))
        self._attach(last, by=lead, at=then + timedelta(days=4))
        version = actions.share(plan=last, by=head, at=then + timedelta(days=10))
        self._review(version, at=then + timedelta(days=16))
        said["vision"]["now"] += " " + words.ADDED
        self._write(last, {"vision": said["vision"]}, by=head, at=then + timedelta(days=20))
        day = then + timedelta(days=30)
        actions.adopt(plan=last, presented_on=day.date(), by=head, at=day)
        self._summary(last, day + timedelta(days=7), review_on=date(self.year, 7, 1))
        begun = self._day(18)
        plan = actions.begin(school=school, year=self.year, carry=True, by=head, at=begun)
        for at, (key, values) in enumerate(words.millbrook(last_year=False).items()):
            by, when = lead if at % 2 else head, begun + timedelta(days=at, hours=1)
            self._write(plan, {key: values}, by=by, at=when)
            actions.confirm(section=plan.sections.get(key=key), by=by, at=when)
        self._attach(plan, by=lead, at=begun + timedelta(days=5))
        section = plan.sections.get(key="curriculum")
        comments.say(section=section, text=words.COMMENT, by=head, at=begun + timedelta(days=6))
        guests.invite(section=section, side=Side.HUB, may_write=False, by=head, at=begun + timedelta(days=7))
        asked = begun + timedelta(days=7, hours=1)
        comments.say(section=section, text=words.TO_THE_HUB, by=head, readers=[Side.HUB], at=asked)
        self._answer_by_link(plan.sections.get(key="events"), by=head, at=asked)

    def _attach(self, plan: Plan, *, by: User, at: datetime) -> None:
        """A drawing on which nobody can be recognised, and a document."""
        name, description = words.PICTURE
        files.attach(
            section=plan.sections.get(key="events"),
            file=ContentFile(tune(), name=name),
            description=description,
            consent=PlanFile.Consent.NOBODY,
            by=by,
            at=at,
        )
        name, description = words.DOCUMENT
        paper = ContentFile(one_page(*words.DOCUMENT_LINES), name=name)
        section = plan.sections.get(key="lessons")
        files.attach(section=section, file=paper, description=description, by=by, at=at)

    def _answer_by_link(self, section: PlanSection, *, by: User, at: datetime) -> None:
        """Whoever leads the choir has no account: asked, and answered, and not taken over yet."""
        answer, _token = section_answers.ask(section=section, by=by, at=at, **words.CHOIR_LEADER)
        name, given = words.CHOIR_LEADER["name"], at + timedelta(days=1)
        draft = section_answers.begin_writing(answer=answer, base_revision=section.draft.revision)
        drafts.save(draft=draft, base_revision=0, values=words.BY_LINK, by=by, words_of=name, at=given)
        section_answers.give(answer=answer, name=name, job_title="Choir leader", at=given)

    def _summaries(self) -> None:
        """Of the schools that have adopted this year's plan: most publish their summary, one of them on its own website."""
        for at, plan in enumerate(self.adopted):
            on = self._day(8)
            if at % 4 == 1:
                url = f"https://school{plan.school.urn}.example/music"
                summaries.record_elsewhere(school=plan.school, url=url, on=on.date(), now=self.world.on)
            elif at % 4 != 3:
                self._summary(plan, on, review_on=date(self.year + 1, 7, 1))

    def _two_schools(self, leaders: QuerySet[Membership]) -> None:
        """An infant school and a junior school without a plan of its own write one."""
        plan = Plan.objects.filter(
            school__in=self.place.schools.values(), school__name__endswith="Infant School"
        ).first()
        juniors = leaders.filter(school__name__endswith="Junior School", school__plans=None).first()
        if plan and juniors and juniors.school:
            offer = joint.offer(plan=plan, school=juniors.school, by=plan.begun_by, at=self._day(20))
            joint.accept(offer=offer, by=juniors.user, at=self._day(19))

    def _for_a_school(self) -> None:
        """The hub begins one where nobody has an account, after a visit."""
        led = Membership.objects.filter(school__isnull=False).values("school")
        schools = School.objects.filter(
            pk__in=[each.pk for each in self.place.schools.values()], type__is_state_funded=True
        )
        school = schools.open().exclude(pk__in=led).filter(phase=School.Phase.PRIMARY).order_by("urn").first()
        if school:
            by, at = self.place.owners.get(school.pk, self.place.officers[0]), self._day(12)
            plan = guests.begin_for(school=school, year=self.year, by=by, at=at)
            self._write(plan, {"vision": words.AFTER_A_VISIT}, by=by, at=at)
            actions.note_entered(section=plan.sections.get(key="vision"), by=by, at=at)

    def _summary(self, plan: Plan, at: datetime, *, review_on: date) -> None:
        """Made from the plan by whoever began it, with what the plan does not say, and published."""
        summary = summaries.begin(plan=plan, by=plan.begun_by, at=at)
        draft = draft_of(summary)
        assert draft is not None
        boxes = zip(range(3), (review_on.day, review_on.month, review_on.year), strict=True)
        said = {each: value for each, value in words.SUMMARY.items() if not str(draft.values.get(each, "")).strip()}
        said |= {f"review_on_{box}": str(value) for box, value in boxes}
        drafts.save(draft=draft, base_revision=draft.revision, values=said, by=plan.begun_by, at=at)
        summaries.publish(summary=summary, by=plan.begun_by, at=at)

    def _review(self, version: PlanVersion, *, at: datetime) -> None:
        """By whoever has the school, or the first officer."""
        school = version.plan.school_id
        by = self.place.owners.get(school, self.place.officers[0])
        review = reviews.begin(version=version, by=by, at=at - timedelta(hours=1))
        draft = writing.review_draft_of(review)
        drafts.save(
            draft=draft, base_revision=draft.revision, values=words.of_a_review(self.place.sentinel), by=by, at=at
        )
        reviews.give_back(review=review, by=by, at=at)

    def _day(self, ago: int) -> datetime:
        return self.world.at(schooldays.on_or_before(self.world.on - timedelta(days=ago)), 10)

    def _write(self, plan: Plan, said: dict[str, dict[str, Any]], *, by: User, at: datetime) -> None:
        """As the sections' pages would."""
        rows: dict[str, Draft] = writing.drafts_of(plan)
        for key, values in said.items():
            if key in rows:
                drafts.save(draft=rows[key], base_revision=rows[key].revision, values=values, by=by, at=at)
