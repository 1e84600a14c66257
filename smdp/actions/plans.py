"""What happens to a plan: it is begun, shared with the hub, adopted. What is written in it, the kit's drafts keep."""

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from engagement.homes import hub_contact_of
from hubportal.kit import drafts, letters
from hubportal.kit.wording import academic_year, as_date, long_date
from schools import timeline
from schools.access import today
from schools.models import Contact, Hub, School, TimelineEntry, TrustSchool
from smdp import filing, partnership, writing
from smdp.actions import joint, review_days
from smdp.actions.hub_questions import carried_by_new_plans
from smdp.asking import asked_in, settings_of
from smdp.carrying import carried, plan_before
from smdp.models import Plan, PlanFile, PlanSection, PlanVersion
from smdp.progress import progress_of
from smdp.sections import newest
from smdp.trusts.mirroring import mirror_of

if TYPE_CHECKING:
    from hubportal.accounts.models import User


@transaction.atomic
def begin(
    *,
    school: School,
    year: int,
    years: int = 1,
    carry: bool = False,
    as_shared: bool = False,
    by: "User",
    at: datetime | None = None,
) -> Plan:
    """A new plan for the academic years from `year` on, under the newest specification, with a draft for each section
    and the names that are known filled in. With `carry` it starts from the school's last plan that began earlier, where
    there is one: what that says stands in it, to be confirmed section by section, and words that were brought
    in and stand in no section yet go over too. `as_shared` carries no word that the school had not shared.

    Raises ValidationError where the school has a plan that begins in that year, where it has closed, and for years that
    cannot be planned. Some thirty statements, and three for each section that is carried."""
    at = at or timezone.now()
    School.objects.select_for_update(of=("self",)).get(pk=school.pk)
    if not school.is_open:
        raise ValidationError(f"{school} has closed, so no plan can be begun for it.")
    this_year = academic_year(as_date(at))
    if not this_year - 1 <= year <= this_year + 1:
        raise ValidationError("Choose last, this or the next academic year.")
    if not 1 <= years <= Plan.LONGEST:
        raise ValidationError(f"A plan covers one to {Plan.LONGEST} academic years.")
    if Plan.objects.standing().filter(school=school, year=year).exists():
        raise ValidationError(f"There is a plan that begins in {year} already. Go on with that one.")
    hub = Hub.objects.covering(school.authority_id, today()).first()
    earlier = plan_before(school, year) if carry else None
    plan = Plan.objects.create(
        school=school,
        year=year,
        years=years,
        specification=newest(),
        own_questions=carried_by_new_plans(hub),
        unplaced=earlier.unplaced if earlier and not as_shared else "",
        begun_by=by,
        begun_at=at,
    )
    before = carried(earlier, as_shared=as_shared) if earlier else {}
    asked = [section.key for section in asked_in(plan)]
    known = _known(school, hub)
    for key in [*asked, *(key for key in before if key not in asked)]:
        row = PlanSection(plan=plan, key=key, carried_from=earlier if key in before else None)
        values = known if key == "overview" else {}
        row.draft = drafts.begin(kind=writing.KIND, target=row.uuid, by=by, values=values)
        row.save()
        if said := {name: value for name, value in before.get(key, {}).items() if value}:
            drafts.save(draft=row.draft, base_revision=0, values=said, by=by, at=at)
    return plan


@transaction.atomic
def confirm(*, section: PlanSection, by: "User", at: datetime | None = None) -> None:
    """What an earlier plan said, or what somebody wrote for the school, holds as it stands now. Of a section with
    nothing of the kind nothing changes. Two statements."""
    at, rows = at or timezone.now(), PlanSection.objects.filter(pk=section.pk)
    rows.filter(carried_from__isnull=False, confirmed_at=None).update(confirmed_by=by, confirmed_at=at)
    rows.filter(entered_at__isnull=False).update(entered_by=None, entered_at=None)


def note_entered(*, section: PlanSection, by: "User", at: datetime | None = None) -> None:
    """Somebody who is not of the school wrote in it: it waits for the school to confirm it, and for each school that
    writes the plan with it. One statement."""
    PlanSection.objects.filter(draft=section.draft_id).update(entered_by=by, entered_at=at or timezone.now())


def _known(school: School, hub: Hub | None) -> dict[str, str]:
    """What the overview can say of itself: the hub, the music lead as the hub knows them, the trust."""
    name = trust_name(school)
    known = {"trust": name} if name else {}
    if hub is None:
        return known
    lead = Contact.objects.filter(hub=hub, school=school, is_music_lead=True).current().first()
    return known | {"hub": hub.name, "music_lead": lead.name if lead else ""}


def trust_name(school: School) -> str:
    """The trust that the school belongs to by the register, "" where it belongs to none. One query."""
    on = today()
    rows = TrustSchool.objects.filter(Q(left_on=None) | Q(left_on__gt=on), school=school, joined_on__lte=on)
    found = rows.select_related("trust").first()
    return found.trust.name if found else ""


@transaction.atomic
def share(*, plan: Plan, by: "User", at: datetime | None = None) -> PlanVersion:
    """Freeze what is written as a version that the hub and the trust read. Writing goes on, and may be shared again.

    Raises ValidationError where a question that must be answered is not, and where nothing has changed since the last
    version; what the hub offers is frozen along, and is no change by itself. The hub’s contact gets an email. Some
    fifteen statements."""
    version = _freeze(plan, PlanVersion.Why.SHARED, by=by, at=at or timezone.now())
    transaction.on_commit(partial(_email_hub, version))
    return version


def _email_hub(version: PlanVersion) -> None:
    """To whoever looks after the school, else to the hub; to nobody where no hub covers it."""
    plan, by = version.plan, version.made_by
    if contact := hub_contact_of(plan.school):
        letters.send(
            "smdp/email/plan_shared.txt",
            to=contact.to,
            context={
                "plan": plan,
                "school": plan.school,
                "version": version,
                "by": by,
                "url": settings.BASE_URL + version.get_absolute_url(),
            },
            reply_to=by.email,
        )


@transaction.atomic
def adopt(*, plan: Plan, presented_on: date, by: "User", at: datetime | None = None) -> PlanVersion:
    """Freeze what is written as the plan that the head approves and that was presented to governors on a day. Earlier
    plans of the school are superseded: their writing ends, their versions stay. One that was written together with
    another school is written apart before, so that it says no more of what the other goes on to write.

    Raises ValidationError as `share` does (an unchanged plan can be adopted), and for a day in the future or before the
    academic year that came before the plan. Some 25 statements, and three for each section of an earlier plan."""
    at = at or timezone.now()
    if presented_on > as_date(at):
        raise ValidationError({"presented_on": "The day on which governors saw it must be today or earlier."})
    if presented_on < date(plan.year - 1, 9, 1):
        earliest = long_date(date(plan.year - 1, 9, 1))
        raise ValidationError({"presented_on": f"The day on which governors saw it must be {earliest} or later."})
    version = _freeze(plan, PlanVersion.Why.ADOPTED, by=by, at=at, presented_on=presented_on)
    for earlier in Plan.objects.standing().filter(school=plan.school, year__lt=plan.year):
        joint.write_apart(plan=earlier)
        for row in writing.drafts_of(earlier).values():
            drafts.close(draft=row, by=by, at=at)
        Plan.objects.filter(pk=earlier.pk).update(superseded_at=at)
    return version


def _freeze(plan: Plan, why: str, *, by: "User", at: datetime, presented_on: date | None = None) -> PlanVersion:
    plan = Plan.objects.select_for_update(of=("self",)).select_related("school__type").get(pk=plan.pk)
    if not plan.is_standing:
        raise ValidationError("A later plan has followed this one. Nothing was changed.")
    rows = writing.drafts_of(plan)
    if any(row.conflicts_open for row in rows.values()):
        raise ValidationError(
            "Two people wrote the same answer. Choose in its section whose words to keep, then go on."
        )
    mirror = mirror_of(plan)
    theirs, counted = (mirror.version, mirror.counted) if mirror else (None, {})
    if lacking := progress_of(asked_in(plan), rows, mirrored=counted).missing:
        section, field = lacking[0]
        raise ValidationError(f"Answer “{field.label}” in {section.title} first.")
    answers, last = writing.answers_of(rows), plan.versions.first()
    has_news = not last or filing.has_news(plan, [last], answers) or last.trust_version != theirs
    if why == PlanVersion.Why.SHARED and last and not has_news:
        raise ValidationError(f"Nothing has changed since version {last.number}, so there is nothing new to share.")
    version = PlanVersion.objects.create(
        plan=plan,
        number=last.number + 1 if last else 1,
        why=why,
        specification=plan.specification,
        settings=settings_of(plan.school),
        own_questions=plan.own_questions,
        answers=answers,
        partnership=partnership.freeze(partnership.lines_for(by, plan, answers)),
        presented_on=presented_on,
        trust_version=theirs,
        made_by=by,
        made_at=at,
    )
    version.files.set(PlanFile.objects.standing().of_plan(plan))
    if why == PlanVersion.Why.ADOPTED or plan.state in (Plan.State.DRAFT, Plan.State.REVIEWED):
        plan.state = Plan.State(why)
        plan.save(update_fields=["state"])
    review_days.keep(plan)
    _write_timeline(version)
    return version


def _write_timeline(version: PlanVersion) -> None:
    """An entry for the hub that covers the school now. Three statements at the most."""
    plan = version.plan
    hub = Hub.objects.covering(plan.school.authority_id, today()).first()
    if hub is None:
        return
    is_adopted = version.why == PlanVersion.Why.ADOPTED
    timeline.write(
        hub=hub,
        school=plan.school,
        source=version.timeline_source,
        kind=TimelineEntry.Kind.PLAN,
        audience=TimelineEntry.Audience.RELEASED if is_adopted else TimelineEntry.Audience.SCHOOL,
        at=version.made_at,
        heading=f"{plan}: {'adopted' if is_adopted else 'shared with the hub'}",
        detail=f"Version {version.number}, {version.made_by}",
        url=version.get_absolute_url(),
    )
