"""What happens to a self-evaluation: it is begun, and submitted. What is written in it, the kit's drafts keep."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.models import ConversationPart, Framework, PartVersion
from hubportal.kit import drafts
from hubportal.kit.wording import academic_year, as_date
from schools import timeline
from schools.access import today
from schools.models import Hub, School, TimelineEntry
from smdp.evaluations import evaluating
from smdp.models import SelfEvaluation, SelfEvaluationVersion

if TYPE_CHECKING:
    from hubportal.accounts.models import User


@transaction.atomic
def begin(*, school: School, year: int, by: "User", at: datetime | None = None) -> SelfEvaluation:
    """A new self-evaluation for an academic year, under the framework in force at the school's hub, with an empty
    draft. The levels of the last conversation that was shared with the school, and judged something, are suggested.

    Raises ValidationError where the school has one for that year or a later one submitted, where it has closed, for
    years too far away, and where there is no framework. About fifteen statements."""
    at = at or timezone.now()
    School.objects.select_for_update(of=("self",)).get(pk=school.pk)
    if not school.is_open:
        raise ValidationError(f"{school} has closed, so no self-evaluation can be begun for it.")
    this_year = academic_year(as_date(at))
    if not this_year - 1 <= year <= this_year + 1:
        raise ValidationError("Choose last, this or the next academic year.")
    there = SelfEvaluation.objects.of_school(school)
    if there.filter(year=year).exists():
        raise ValidationError(f"Your school has a self-evaluation for {year} to {year + 1} already. Go on with that.")
    if there.filter(year__gt=year, state=SelfEvaluation.State.SUBMITTED).exists():
        raise ValidationError("Your school has submitted one for a later year, so none can be begun for that one.")
    hub = Hub.objects.covering(school.authority_id, today()).first()
    framework = Framework.objects.current_for_hub(hub.pk if hub else 0, today()).first()
    if framework is None:
        raise ValidationError("There is no framework of criteria yet. Ask the platform’s administrator to publish one.")
    evaluation = SelfEvaluation.objects.create(
        school=school,
        framework=framework,
        year=year,
        seeded_from=_last_judged(school, as_date(at)),
        begun_by=by,
        begun_at=at,
    )
    drafts.begin(kind=evaluating.KIND, target=evaluation.uuid, by=by)
    return evaluation


def _last_judged(school: School, on: date) -> PartVersion | None:
    """What the school has been given of the last conversation until that day that judged anything."""
    parts = ConversationPart.objects.given().filter(school=school, judgements__isnull=False, conversation__date__lte=on)
    rows = PartVersion.objects.filter(part__in=parts.order_by().values("pk")).exclude(content__judgements=[])
    return rows.order_by("-part__conversation__date", "-part__conversation__logged_at", "-number").first()


@transaction.atomic
def submit(*, evaluation: SelfEvaluation, by: "User", at: datetime | None = None) -> SelfEvaluationVersion:
    """Freeze what is written as a version that the hub, the school's governors and its trust's leaders read. Writing
    goes on, and may be submitted again; that of an earlier year ends.

    Raises ValidationError where a later year's was submitted, where no criterion has a level, where two people's words
    wait for a choice, where an evidence is too long, and where nothing has changed since the last version. About
    fifteen statements, and three for each earlier year that is still open."""
    at = at or timezone.now()
    row = SelfEvaluation.objects.select_for_update(of=("self",)).select_related("framework", "school")
    evaluation = row.get(pk=evaluation.pk)
    draft = evaluating.draft_of(evaluation)
    if not evaluation.is_standing or draft is None:
        raise ValidationError("A later year’s self-evaluation has followed this one. Nothing was changed.")
    if draft.conflicts_open:
        raise ValidationError("Two people wrote the same answer. Choose whose words to keep, then go on.")
    frame = evaluating.frame_of(evaluation.framework)
    answers = evaluating.answers_in(draft.values, frame)
    if not evaluating.answered(answers):
        raise ValidationError("Choose a level for at least one criterion first.")
    for each in frame.criteria:
        if len(answers.get(each.code, {}).get("evidence", "")) > evaluating.LONGEST_EVIDENCE:
            raise ValidationError(
                f"Shorten the evidence of “{each.title}” to {evaluating.LONGEST_EVIDENCE:,} characters."
            )
    last = evaluation.versions.first()
    if last and last.answers == answers:
        raise ValidationError(f"Nothing has changed since version {last.number}, so there is nothing new to submit.")
    version = SelfEvaluationVersion.objects.create(
        evaluation=evaluation, number=last.number + 1 if last else 1, answers=answers, made_by=by, made_at=at
    )
    SelfEvaluation.objects.filter(pk=evaluation.pk).update(state=SelfEvaluation.State.SUBMITTED)
    _end_earlier(evaluation, by=by, at=at)
    _write_timeline(version)
    return version


def _end_earlier(evaluation: SelfEvaluation, *, by: "User", at: datetime) -> None:
    earlier = SelfEvaluation.objects.of_school(evaluation.school)
    for each in earlier.filter(year__lt=evaluation.year, superseded_at=None):
        if draft := evaluating.draft_of(each):
            drafts.close(draft=draft, by=by, at=at)
        SelfEvaluation.objects.filter(pk=each.pk).update(superseded_at=at)


def _write_timeline(version: SelfEvaluationVersion) -> None:
    """An entry, without a word of it, for the hub that covers the school now. Three statements at the most."""
    evaluation = version.evaluation
    hub = Hub.objects.covering(evaluation.school.authority_id, today()).first()
    if hub is None:
        return
    timeline.write(
        hub=hub,
        school=evaluation.school,
        source=version.timeline_source,
        kind=TimelineEntry.Kind.PLAN,
        audience=TimelineEntry.Audience.RELEASED,
        at=version.made_at,
        heading=f"{evaluation}: submitted",
        detail=f"Version {version.number}, {version.made_by}",
        url=version.get_absolute_url(),
    )
