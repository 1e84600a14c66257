"""A section of a plan is answered by an emailed link: asked for, kept, given to the school, taken over, laid aside."""

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hubportal.kit import drafts, letters, links
from hubportal.kit.drafts.merge import Values
from hubportal.kit.wording import long_date
from schools.access import today
from schools.models import Membership
from schools.roles import Role
from smdp import writing
from smdp.actions.reminders import leaders_of
from smdp.asking import title_of
from smdp.models import PlanSection, SectionAnswer

if TYPE_CHECKING:
    from hubportal.accounts.models import User

PURPOSE = "plan-section"  # of the signed links; their target is the section's uuid
LINK_LASTS = timedelta(days=28)
Outcome = SectionAnswer.Outcome


@transaction.atomic
def ask(
    *, section: PlanSection, name: str, email: str, by: "User", at: datetime | None = None
) -> tuple[SectionAnswer, str]:
    """Ask somebody without an account to answer a section, by a link that opens for four weeks. The answer still to
    come, and the link's token, which goes into an email at once (`email_asked`).

    Raises ValidationError, by the name of the field, where they were asked already and have not answered, and where
    they write this plan by their account. About eight statements."""
    at = at or timezone.now()
    PlanSection.objects.select_for_update().get(pk=section.pk)
    asked = SectionAnswer.objects.filter(section=section, outcome="", link__email__iexact=email)
    if asked.filter(link__expires_at__gt=at).exists():
        raise ValidationError({"email": "They have been asked already. End that link first to send another"})
    writers = Membership.objects.current(today()).filter(
        school=section.plan.school, role__in=(Role.SCHOOL_LEADER, Role.SCHOOL_EDITOR), user__email__iexact=email
    )
    if writers.exists():
        raise ValidationError({"email": "They have an account, and write in this plan already"})
    link, token = links.make(
        purpose=PURPOSE, target=section.uuid, email=email.lower(), name=name, by=by, expires_at=at + LINK_LASTS, at=at
    )
    answer = SectionAnswer.objects.create(section=section, link=link)
    return answer, token


class KeptMeanwhile(ValidationError):
    """Other words were kept after the page was made, as from another window."""


def keep(
    *, answer: SectionAnswer, values: Values, base_revision: int, seen: str = "", at: datetime | None = None
) -> None:
    """Keep what they have written so far. `base_revision` is that of the section as their page was made from; the first
    one stands. `seen` is the `SectionAnswer.kept_as` that their page was made from.

    Raises ValidationError once the school has settled it, and KeptMeanwhile rather than put these words in the place of
    others that the page did not show. Two statements."""
    with transaction.atomic():
        row = _open(answer)
        if row.values != values and row.kept_as not in ("", seen):
            raise KeptMeanwhile("Other words were kept meanwhile, so nothing was changed.")
        row.values = values
        if row.base_revision is None:
            row.base_revision = base_revision
        row.saved_at = at or timezone.now()
        row.save(update_fields=["values", "base_revision", "saved_at"])
    answer.values, answer.base_revision, answer.saved_at = row.values, row.base_revision, row.saved_at


@transaction.atomic
def give(*, answer: SectionAnswer, name: str, job_title: str, at: datetime | None = None) -> None:
    """Give what is kept to the school, under the writer's name and role; the leader who asked gets an email, the first
    time, or the others where that one leads the school no more. Giving again, as long as the school has not settled
    it, gives what is kept now. Raises ValidationError once it has, and where nothing was written. Two statements."""
    row = _open(answer)
    if row.saved_at is None:
        raise ValidationError("Write your answers first.")
    is_first = row.sent_at is None
    row.name, row.job_title, row.sent_at, row.given = name, job_title, at or timezone.now(), row.values
    row.save(update_fields=["name", "job_title", "sent_at", "given"])
    if is_first:
        transaction.on_commit(partial(_email_given, row))


@transaction.atomic
def take_over(
    *, answer: SectionAnswer, shape: drafts.Shape | None, by: "User", at: datetime | None = None
) -> drafts.SaveResult:
    """Write the answers into the section, as the words of whoever takes them over. What the school has changed there
    since the writer began is kept as well: where both wrote the same answer, the section asks which stands. `shape` is
    that of the section's page. Raises ValidationError where nothing waits. About ten statements."""
    row = _settle(answer, Outcome.TAKEN, by, at)
    section = writing.held(PlanSection.objects.filter(pk=row.section_id).select_related("draft"))
    return drafts.save(
        draft=section.draft,
        base_revision=row.base_revision,
        values=row.given,
        by=by,
        writer=f"link-{row.uuid.hex}",
        shape=shape,
        at=at,
        held=True,
    )


@transaction.atomic
def lay_aside(*, answer: SectionAnswer, by: "User", at: datetime | None = None) -> None:
    """The school does not take them over. They stay to be read. Raises ValidationError where nothing waits."""
    _settle(answer, Outcome.ASIDE, by, at)


@transaction.atomic
def end(*, answer: SectionAnswer, by: "User", at: datetime | None = None) -> None:
    """The link opens no more. Settled already, nothing changes. Four statements at the most."""
    row = _locked(answer)
    if row.outcome:
        return
    row.outcome, row.settled_by, row.settled_at = Outcome.ENDED, by, at or timezone.now()
    row.save(update_fields=["outcome", "settled_by", "settled_at"])
    links.revoke(link=row.link, by=by, reason="The school ended it.", at=at)


def _locked(answer: SectionAnswer) -> SectionAnswer:
    rows = SectionAnswer.objects.select_for_update(of=("self",))
    return rows.select_related("link__created_by", "section__plan__school__type", "section__draft").get(pk=answer.pk)


def _open(answer: SectionAnswer) -> SectionAnswer:
    row = _locked(answer)
    if row.outcome:
        raise ValidationError("The school has settled this already, so nothing was changed.")
    return row


def _settle(answer: SectionAnswer, outcome: str, by: "User", at: datetime | None) -> SectionAnswer:
    row = _open(answer)
    if row.sent_at is None:
        raise ValidationError("These answers have not been given to the school yet.")
    row.outcome, row.settled_by, row.settled_at = outcome, by, at or timezone.now()
    row.save(update_fields=["outcome", "settled_by", "settled_at"])
    return row


def _context(answer: SectionAnswer) -> dict[str, object]:
    plan = answer.section.plan
    titled = {"title": title_of(answer.section), "by": answer.link.created_by}
    return {"answer": answer, "plan": plan, "school": plan.school, **titled}


def email_asked(answer: SectionAnswer, token: str) -> bool:
    """Send the link to whom it was made for. False where the email could not be sent: nobody has the link then."""
    url = settings.BASE_URL + reverse("smdp:section-link-open", args=[token])
    context = _context(answer) | {"url": url, "expires": long_date(answer.link.expires_at)}
    by = answer.link.created_by
    return letters.send("smdp/email/section_asked.txt", to=[answer.link.email], context=context, reply_to=by.email)


def _email_given(answer: SectionAnswer) -> None:
    context = _context(answer) | {"url": settings.BASE_URL + answer.get_absolute_url()}
    asker, leaders = answer.link.created_by.email, leaders_of(answer.section.plan.school, today())
    to = [asker] if asker in leaders else leaders
    letters.send("smdp/email/section_answered.txt", to=to, context=context, reply_to=answer.link.email)
