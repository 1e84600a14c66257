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
from hubportal.kit.models import Draft
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


def first_values(answer: SectionAnswer, base_revision: int | None = None) -> Values:
    """What their page says before they have written: what the section said in that state, or says now, and who they
    are. No query for what it says now."""
    section = answer.section.draft
    said = section.values if base_revision is None else drafts.state_at(section, base_revision)
    return {**said, f"{SectionAnswer.WHO}-name": answer.writer}


@transaction.atomic
def begin_writing(*, answer: SectionAnswer, base_revision: int) -> Draft:
    """The draft in which they write. It begins as their page did, which was made from the section's state
    `base_revision`. Raises DraftClosed where it is not begun and the school has settled it already. No query
    where it is begun, some seven where not."""
    if answer.draft:
        return answer.draft
    row = _open(answer)
    if row.draft is None:
        row.draft = drafts.begin(
            kind=SectionAnswer.KIND,
            target=row.uuid,
            by=row.link.created_by,
            values=first_values(row, base_revision),
        )
        row.base_revision = base_revision
        row.save(update_fields=["draft", "base_revision"])
    answer.draft, answer.base_revision = row.draft, row.base_revision
    return row.draft


@transaction.atomic
def give(*, answer: SectionAnswer, name: str, job_title: str, at: datetime | None = None) -> None:
    """Give what is kept to the school, under the writer's name and role; the leader who asked gets an email, the first
    time, or the others where that one leads the school no more. Giving again, as long as the school has not settled
    it, gives what is kept now. Raises ValidationError once it has, where nothing was written, and while words of two
    windows wait for a choice. Two statements."""
    row = _open(answer)
    if row.draft is None:
        raise ValidationError("Write your answers first.")
    if row.draft.conflicts_open:
        raise ValidationError("You wrote the same answer in two windows. Choose which words to keep, then send them.")
    is_first = row.sent_at is None
    row.name, row.job_title, row.sent_at, row.given = name, job_title, at or timezone.now(), row.values
    row.save(update_fields=["name", "job_title", "sent_at", "given"])
    if is_first:
        transaction.on_commit(partial(_email_given, row))


@transaction.atomic
def take_over(
    *, answer: SectionAnswer, shape: drafts.Shape | None, by: "User", at: datetime | None = None
) -> drafts.SaveResult:
    """Write the answers into the section, as the writer's words that `by` takes over. What the school has changed there
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
        words_of=row.writer,
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
    _end_with(row, Outcome.ENDED, by, at or timezone.now())
    links.revoke(link=row.link, by=by, reason="The school ended it.", at=at)


def _locked(answer: SectionAnswer) -> SectionAnswer:
    rows = SectionAnswer.objects.select_for_update(of=("self",))
    along = ("link__created_by", "section__plan__school__type", "section__draft", "draft")
    return rows.select_related(*along).get(pk=answer.pk)


def _open(answer: SectionAnswer) -> SectionAnswer:
    row = _locked(answer)
    if row.outcome:
        raise drafts.DraftClosed("The school has settled this already, so nothing was changed.")
    return row


def _settle(answer: SectionAnswer, outcome: str, by: "User", at: datetime | None) -> SectionAnswer:
    row = _open(answer)
    if row.sent_at is None:
        raise ValidationError("These answers have not been given to the school yet.")
    _end_with(row, outcome, by, at or timezone.now())
    return row


def _end_with(row: SectionAnswer, outcome: str, by: "User", at: datetime) -> None:
    """Nothing more is written from now on: what is being saved comes before, or is refused."""
    row.outcome, row.settled_by, row.settled_at = outcome, by, at
    row.save(update_fields=["outcome", "settled_by", "settled_at"])
    if row.draft:
        drafts.close(draft=row.draft, by=by, at=at)


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
