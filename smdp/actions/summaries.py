"""What happens to a school's public summary: it is begun from a plan, published, taken back, or kept elsewhere."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from hubportal.kit import drafts
from hubportal.kit.drafts.merge import Values
from hubportal.kit.models import Draft
from hubportal.kit.wording import as_date, long_date
from schools import timeline
from schools.access import today
from schools.models import Hub, School, TimelineEntry
from smdp import answers, writing
from smdp.asking import sections_of
from smdp.models import Plan, Summary, SummaryVersion
from smdp.summaries import shape, years
from smdp.summaries.publishing import when_published
from smdp.summaries.writing import KIND, draft_of
from smdp.trusts.mirroring import Mirror, mirror_of

if TYPE_CHECKING:
    from hubportal.accounts.models import User

FIRST = date(2024, 9, 1)  # summaries are expected since then
LONGEST = 18  # months until a review


@transaction.atomic
def begin(*, plan: Plan, by: "User", at: datetime | None = None) -> Summary:
    """The school's summary, filled from the public answers of a plan. Filling it again brings what stood there into
    its history. Some fifteen statements.

    Raises ValidationError where the school has closed, or a later plan has followed."""
    School.objects.select_for_update(of=("self",)).get(pk=plan.school_id)
    if not plan.school.is_open:
        raise ValidationError(f"{plan.school} has closed, so it publishes no summary.")
    if not plan.is_standing:
        raise ValidationError("A later plan has followed this one. Make the summary from that one.")
    summary, _ = Summary.objects.get_or_create(school=plan.school)
    values = prefill(plan, as_date(at or timezone.now()))
    draft = draft_of(summary)
    if draft is None:
        drafts.begin(kind=KIND, target=summary.uuid, by=by, values=values)
    else:
        drafts.save(draft=draft, base_revision=draft.revision, values=values, by=by, at=at)
    summary.plan = plan
    summary.save(update_fields=["plan"])
    return summary


def prefill(plan: Plan, on: date | None = None) -> Values:
    """What a plan's public answers say, as they are written now, with those of its trust that the school confirmed
    where it gave none; for the academic year to come on a day (today). What the trust wrote under a question that was
    not public to it stays out. Five queries at the most."""
    written, mirror = writing.answers_of(writing.drafts_of(plan)), mirror_of(plan)
    sections, theirs = sections_of(plan.specification, plan.school), _public_of_trust(mirror) if mirror else {}
    said = {
        each.key: answers.with_theirs(each, written.get(each.key, {}), theirs.get(each.key, {})) for each in sections
    }
    return shape.prefill(sections, said, year=years.words_of(plan, on or today()))


def _public_of_trust(mirror: Mirror) -> dict[str, Values]:
    return {key: shape.public_of(mirror.chapters[key].section, values) for key, values in mirror.counted.items()}


@transaction.atomic
def publish(*, summary: Summary, by: "User", at: datetime | None = None) -> SummaryVersion:
    """Freeze what is written as the version that everybody reads from now on, at the school's one public address.

    Raises ValidationError where a row or a part is missing or wrong, where two people's words wait for a choice, and
    where nothing has changed since the version that stands. About fifteen statements."""
    at = at or timezone.now()
    summary = Summary.objects.select_for_update(of=("self",)).select_related("school", "plan").get(pk=summary.pk)
    draft = draft_of(summary)
    if draft is None or summary.plan is None:
        raise ValidationError("Begin the summary from your plan first.")
    if not summary.school.is_open:
        raise ValidationError(f"{summary.school} has closed, so it publishes no summary.")
    review_on = _checked(draft, as_date(at))
    content = shape.frozen(draft.values, school=summary.school.name, published_on=as_date(at))
    last, standing = summary.versions.first(), summary.current
    if standing and _said(standing.content) == _said(content):
        raise ValidationError(f"Nothing has changed since version {standing.number}, which everybody reads.")
    version = SummaryVersion.objects.create(
        summary=summary,
        number=last.number + 1 if last else 1,
        urn=summary.school.urn,
        plan=summary.plan,
        ends_year=years.ends_year(answers.said(shape.YEAR, draft.values), summary.plan, as_date(at)),
        content=content,
        published_on=as_date(at),
        review_on=review_on,
        made_by=by,
        made_at=at,
    )
    summary.current = version
    summary.save(update_fields=["current"])
    _write_timeline(version)
    when_published.tell(version)
    return version


def preview(draft: Draft, school: School) -> dict[str, Any]:
    """What would be published today. No queries."""
    return shape.frozen(draft.values, school=school.name, published_on=today())


def _checked(draft: Draft, on: date) -> date:
    """The review date of a summary that can be published. Raises ValidationError for one that cannot."""
    if draft.conflicts_open:
        raise ValidationError("Two people wrote the same words. Choose whose to keep, then publish.")
    if lacking := shape.lacking(draft.values):
        raise ValidationError(f"Fill in “{lacking[0].label}” first.")
    if long := shape.too_long(draft.values):
        raise ValidationError(f"“{long[0].label}” must be {long[0].most:,} characters or fewer.")
    review_on = shape.review_on(draft.values)
    if review_on is None:
        raise ValidationError("The date of the review must be a real date, for example 12 6 2027.")
    if review_on <= on:
        raise ValidationError(f"The date of the review must be after today, {long_date(on)}.")
    if (review_on.year - on.year) * 12 + review_on.month - on.month > LONGEST:
        raise ValidationError("Look at the summary again within eighteen months: it is for one academic year.")
    return review_on


def _said(content: dict) -> tuple:
    """All of it but the day on which it was published."""
    rows = [row for row in content["rows"] if row[0] != shape.PUBLISHED_ON]
    return content["title"], rows, content["parts"]


@transaction.atomic
def withdraw(*, summary: Summary, by: "User", at: datetime | None = None) -> SummaryVersion:
    """Take the version that stands back: its public address says that there is none. Raises ValidationError where
    there is none. Six statements."""
    summary = Summary.objects.select_for_update(of=("self",)).get(pk=summary.pk)
    version = summary.current
    if version is None:
        raise ValidationError("No summary is published here, so there is nothing to withdraw.")
    SummaryVersion.objects.filter(pk=version.pk).update(withdrawn_by=by, withdrawn_at=at or timezone.now())
    summary.current = None
    summary.save(update_fields=["current"])
    if hub := Hub.objects.covering(summary.school.authority_id, today()).first():
        timeline.remove(hub=hub, school=summary.school, source=version.timeline_source)
    return version


@transaction.atomic
def record_elsewhere(*, school: School, url: str, on: date | None, now: date | None = None) -> Summary:
    """Write down where on another website the school publishes its summary, and since when; two empty values take it
    back.

    Raises ValidationError for what is no address of a website, and for a day in the future or before summaries were
    expected. Four statements."""
    if url:
        URLValidator(schemes=["https", "http"])(url)
        if on is None:
            raise ValidationError({"on": "Enter when it was published or last changed"})
        if on > (now or today()):
            raise ValidationError({"on": "The date must be today or earlier"})
        if on < FIRST:
            raise ValidationError({"on": f"The date must be {long_date(FIRST)} or later"})
    summary, _ = Summary.objects.get_or_create(school=school)
    summary.elsewhere_url, summary.elsewhere_on = url, on if url else None
    summary.save(update_fields=["elsewhere_url", "elsewhere_on"])
    return summary


def _write_timeline(version: SummaryVersion) -> None:
    """An entry for the hub that covers the school now. Three statements at the most."""
    school = version.summary.school
    hub = Hub.objects.covering(school.authority_id, today()).first()
    if hub is None:
        return
    timeline.write(
        hub=hub,
        school=school,
        source=version.timeline_source,
        kind=TimelineEntry.Kind.PLAN,
        audience=TimelineEntry.Audience.RELEASED,
        at=version.made_at,
        heading="Public summary of the plan published",
        detail=f"Version {version.number}, {version.made_by}",
        url=version.get_absolute_url(),
    )
