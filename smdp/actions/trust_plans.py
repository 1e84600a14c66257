"""What happens to a trust's plan: it is begun, shared with its schools, confirmed by them; priorities are lifted into
it. What is written in it, the kit's drafts keep."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hubportal.kit import drafts, letters
from hubportal.kit.wording import academic_year, as_date
from schools.access import today
from schools.models import Membership, School, Trust
from schools.roles import Role
from smdp import priorities
from smdp.models import (
    LiftedPriority,
    Plan,
    PlanElsewhere,
    PlanVersion,
    TrustConfirmation,
    TrustPlan,
    TrustPlanSection,
    TrustPlanVersion,
)
from smdp.sections import Setting, newest
from smdp.trusts import writing as trust_writing
from smdp.trusts.asking import settings_of_trust, trust_sections
from smdp.trusts.mirroring import mirror_of

if TYPE_CHECKING:
    from hubportal.accounts.models import User

FOLLOWED = "The plan of a later year has followed this one. Nothing was changed."
LIFTED_COLUMNS = ("what", "why", "measure", "baseline", "target", "by_0", "by_1", "by_2", "resources")


@transaction.atomic
def begin(*, trust: Trust, year: int, years: int = 1, by: "User", at: datetime | None = None) -> TrustPlan:
    """A new plan for the academic years from `year` on, under the newest specification, with an empty draft for each
    section.

    Raises ValidationError where the trust has a plan that begins in that year, or has shared one of a later year, and
    for years that cannot be planned. Some twenty statements."""
    at = at or timezone.now()
    Trust.objects.select_for_update(of=("self",)).get(pk=trust.pk)
    this_year = academic_year(as_date(at))
    if not this_year - 1 <= year <= this_year + 1:
        raise ValidationError("Choose last, this or the next academic year.")
    if not 1 <= years <= TrustPlan.LONGEST:
        raise ValidationError(f"A plan covers one to {TrustPlan.LONGEST} academic years.")
    there = TrustPlan.objects.of_trust(trust)
    if there.filter(year=year).exists():
        raise ValidationError(f"Your trust has a plan that begins in {year} already. Go on with that one.")
    if there.filter(year__gt=year, versions__isnull=False).exists():
        raise ValidationError("Your trust has shared a plan of a later year, so none can be begun for that one.")
    plan = TrustPlan.objects.create(
        trust=trust, year=year, years=years, specification=newest(), begun_by=by, begun_at=at
    )
    for section in trust_sections(plan.specification, Setting):  # schools of other kinds may join
        row = TrustPlanSection(plan=plan, key=section.key)
        row.draft = drafts.begin(kind=trust_writing.KIND, target=row.uuid, by=by)
        row.save()
    return plan


@transaction.atomic
def share(*, plan: TrustPlan, asks: bool, with_hubs: bool, by: "User", at: datetime | None = None) -> TrustPlanVersion:
    """Freeze what is written as a version that the trust's schools see above their own words, with the request to
    confirm it where `asks`; the hubs of its schools read it too where `with_hubs`. Writing goes on, and may be shared
    again; the plan of an earlier year ends.

    Raises ValidationError where one of a later year has followed, where two people's words wait for a choice, where
    nothing is written, and where nothing has changed. The schools' leaders get an email. About fifteen statements, and
    three for each section of an earlier plan that is still open."""
    at = at or timezone.now()
    plan = TrustPlan.objects.select_for_update(of=("self",)).select_related("trust").get(pk=plan.pk)
    if not plan.is_standing:
        raise ValidationError(FOLLOWED)
    rows = trust_writing.drafts_of(plan)
    if any(row.conflicts_open for row in rows.values()):
        raise ValidationError(
            "Two people wrote the same answer. Choose in its section whose words to keep, then go on."
        )
    answers = {key: dict(row.values) for key, row in rows.items() if any(row.values.values())}
    if not answers:
        raise ValidationError("Nothing is written yet, so there is nothing to share.")
    last = plan.versions.first()
    if last and (last.answers, last.asks, last.with_hubs) == (answers, asks, with_hubs):
        raise ValidationError(f"Nothing has changed since version {last.number}, so there is nothing new to share.")
    version = TrustPlanVersion.objects.create(
        plan=plan,
        number=last.number + 1 if last else 1,
        trust_name=plan.trust.name,
        specification=plan.specification,
        settings=settings_of_trust(plan.trust),
        answers=answers,
        asks=asks,
        with_hubs=with_hubs,
        made_by=by,
        made_at=at,
    )
    for earlier in TrustPlan.objects.of_trust(plan.trust).standing().filter(year__lt=plan.year):
        for row in trust_writing.drafts_of(earlier).values():
            drafts.close(draft=row, by=by, at=at)
        TrustPlan.objects.filter(pk=earlier.pk).update(superseded_at=at)
    transaction.on_commit(partial(_email_schools, version))
    return version


def _email_schools(version: TrustPlanVersion) -> None:
    """To the leaders of each open school that is in the trust now."""
    trust = version.plan.trust
    schools = School.objects.in_trusts({trust.pk}, today()).open().values("pk")
    leaders = Membership.objects.current(today()).filter(school__in=schools, role=Role.SCHOOL_LEADER)
    letters.send(
        "smdp/email/trust_plan_shared.txt",
        to=sorted(set(leaders.filter(user__is_active=True).values_list("user__email", flat=True))),
        context={
            "plan": version.plan,
            "trust": trust,
            "version": version,
            "by": version.made_by,
            "url": settings.BASE_URL + version.get_absolute_url(),
        },
        reply_to=version.made_by.email,
    )


@transaction.atomic
def confirm(*, plan: Plan, key: str, seen: str, by: "User", at: datetime | None = None) -> None:
    """A school confirms what its trust's version (`seen` is its uuid) says in a section of the school's plan: it holds
    there too, and counts as answered. Confirming again changes nothing.

    Raises ValidationError where the trust says nothing there, or says something newer than what was read. Six
    statements."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("school__type").get(pk=plan.pk)
    mirror = mirror_of(plan)
    if mirror is None or key not in mirror.chapters:
        raise ValidationError("Your trust says nothing here any more, so there is nothing to confirm.")
    if str(mirror.version.uuid) != seen:
        raise ValidationError("Your trust has shared a newer version. Read it, then confirm it.")
    if key not in mirror.confirmed:
        TrustConfirmation.objects.create(plan=plan, version=mirror.version, key=key, by=by, at=at or timezone.now())


@transaction.atomic
def lift(
    *,
    plan: TrustPlan,
    source: PlanVersion | PlanElsewhere,
    row: int,
    words: str = "",
    by: "User",
    at: datetime | None = None,
) -> LiftedPriority:
    """Carry one priority that a school adopted into the trust's plan, as another row of its priorities; where it came
    from is kept. Not carried: who leads it at the school, how it goes there, and the notes. A plan kept elsewhere may
    be recorded anew meanwhile: `words` are those that were read in the row.

    Raises ValidationError where the plan has ended, where there is no such priority, where it was lifted before, and
    where the plan has no room. Eight statements."""
    at = at or timezone.now()
    plan = TrustPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if not plan.is_standing:
        raise ValidationError(FOLLOWED)
    given = _adopted_rows(source)
    if not 0 <= row < len(given) or words not in ("", priorities.words_of(given[row])):
        raise ValidationError("That priority is not in the school’s adopted plan any more.")
    words = priorities.words_of(given[row])
    before, came_from = _same_source(source)
    if plan.lifted.filter(before, words=words).exists():
        raise ValidationError("It is in the trust’s plan already.")
    draft = trust_writing.drafts_of(plan)[priorities.SECTION]
    rows = priorities.rows_in(draft.values)
    if len(rows) >= priorities.MOST:
        raise ValidationError(
            f"The trust’s plan has {priorities.MOST} priorities, and takes no more. Take one out first."
        )
    carried = {name: given[row][name] for name in LIFTED_COLUMNS if given[row].get(name)}
    drafts.save(
        draft=draft,
        base_revision=draft.revision,
        values=priorities.values_of([*rows, carried], instead_of=draft.values),
        by=by,
        at=at,
    )
    return LiftedPriority.objects.create(plan=plan, row=row, words=words, by=by, at=at, **came_from)


def _same_source(source: PlanVersion | PlanElsewhere) -> tuple[Q, dict[str, Any]]:
    """Which priorities were lifted from the same plan of a school, and how a new one says that it was."""
    if isinstance(source, PlanVersion):
        return Q(version__plan=source.plan_id), {"version": source}
    return Q(kept=source), {"kept": source}


def _adopted_rows(source: PlanVersion | PlanElsewhere) -> list[priorities.PriorityRow]:
    """The priorities that a school adopted there; none where it has not adopted it."""
    if isinstance(source, PlanVersion):
        is_adopted, values = source.why == PlanVersion.Why.ADOPTED, source.answers.get(priorities.SECTION, {})
    else:
        is_adopted, values = source.is_standing and source.adopted_on is not None, source.priorities
    return priorities.rows_in(values) if is_adopted else []
