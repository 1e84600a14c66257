"""The school's right of reply, and the hub's word that it has been read."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.actions.sharing import PURPOSE, audience_of, day_of
from engagement.addressees import hub_people_of
from engagement.models import ConversationPart, PartVersion, Response
from engagement.permissions import can_acknowledge
from hubportal.accounts.models import User
from hubportal.kit import letters
from hubportal.kit.models import SignedLink
from hubportal.kit.wording import long_date
from schools import timeline
from schools.access import access_of
from schools.models import TimelineEntry
from schools.roles import Role

HEADINGS = {
    Response.Kind.ACKNOWLEDGED: "Report read, nothing to add",
    Response.Kind.ACCURATE: "Report answered: accurate",
    Response.Kind.ADD: "Report answered: accurate, and more to say",
    Response.Kind.NOT_ACCURATE: "Report answered: not accurate",
}
# The audiences of the timeline, the narrowest first.
WIDTH: list[str] = [TimelineEntry.Audience.HUB, TimelineEntry.Audience.SCHOOL, TimelineEntry.Audience.RELEASED]


@transaction.atomic
def respond(
    *,
    version: PartVersion,
    kind: str,
    text: str = "",
    by: User | None = None,
    link: SignedLink | None = None,
    name: str = "",
    job_title: str = "",
) -> Response:
    """Add an answer to the newest version: by somebody signed in (`by`) or by link (`link`, with name and role).

    Every answer stays; the same one pressed twice is kept once. The hub's people are told by email, without its words.
    Raises ValidationError for a version that was withdrawn or is not the newest, for "add" and "not accurate" without
    words, for a link without name and role, for a person or a link of another school's part, and for an editor who
    acknowledges without a leader's leave.
    """
    kind = Response.Kind(kind)
    text = text.strip()
    part = (
        ConversationPart.objects.select_for_update(of=("self",)).select_related("conversation").get(pk=version.part_id)
    )
    if part.withdrawn_at is not None:
        raise ValidationError("The hub has withdrawn this, so it can no longer be answered.")
    if part.versions.filter(number__gt=version.number).exists():
        raise ValidationError("The hub has shared a newer version. Read it, then answer that one.")
    if kind in Response.WITH_WORDS and not text:
        raise ValidationError({"text": _missing_words(kind)})
    if kind not in Response.WITH_WORDS:
        text = ""
    name, job_title = _who(part, by, link, name.strip(), job_title.strip())
    if by is not None and kind in Response.ACKNOWLEDGING and not can_acknowledge(by, part):
        raise ValidationError("A leader of your school says whether it is accurate, or lets you say so.")
    same = {"version": version, "kind": kind, "text": text, "user": by, "link": link, "name": name}
    before = version.responses.order_by("-at", "-pk").first()
    if before is not None and all(getattr(before, key) == value for key, value in same.items()):
        return before
    response = Response.objects.create(**same, job_title=job_title)
    write_timeline(part, response)
    transaction.on_commit(partial(_email_hub, response.pk))
    return response


def _missing_words(kind: str) -> str:
    return "Say what you would add." if kind == Response.Kind.ADD else "Say what is not accurate, and why."


def _who(
    part: ConversationPart, by: User | None, link: SignedLink | None, name: str, job_title: str
) -> tuple[str, str]:
    """Name and role as they are kept; ValidationError for somebody of another school."""
    if by is not None:
        mine = [each for each in access_of(by).memberships if each.school_id == part.school_id]
        if not mine:
            raise ValidationError("Only the school can answer its report.")
        return str(by), Role(mine[0].role).label
    if link is None or link.purpose != PURPOSE or link.target != part.uuid:
        raise ValidationError("This link does not belong to this report.")
    if not name or not job_title:
        raise ValidationError("Enter your name and your role at the school.")
    return name, job_title


def write_timeline(part: ConversationPart, response: Response) -> None:
    """Write the timeline's entry of an answer to a part, for as many as may read the part, but never for those beyond
    the school's leaders and editors. Two or three statements."""
    timeline.write(
        hub=part.conversation.hub,
        school=part.school,
        source=response.timeline_source,
        kind=TimelineEntry.Kind.RESPONSE,
        audience=min(audience_of(part), TimelineEntry.Audience.SCHOOL, key=lambda each: WIDTH.index(each)),
        at=response.at,
        heading=HEADINGS[Response.Kind(response.kind)],
        detail=f"{response.name}, {response.job_title}"
        + (f" · by {response.link.name}’s link" if response.link else ""),
        text=response.text,
        url=part.get_absolute_url(),
    )


def _email_hub(response_id: int) -> None:
    response = Response.objects.select_related(
        "version__shared_by", "version__part__school", "version__part__conversation__hub", "link"
    ).get(pk=response_id)
    part = response.version.part
    people = hub_people_of(part, response.version)
    hub = part.conversation.hub
    context = {
        "response": response,
        "answer": Response.Kind(response.kind).label.lower(),
        "school": part.school,
        "date": long_date(day_of(part)),
        "hub": hub,
        "url": settings.BASE_URL + part.conversation.get_absolute_url(),
    }
    letters.send(
        "engagement/email/response_given.txt", to=[person.email for person in people] or [hub.email], context=context
    )


@transaction.atomic
def note(*, response: Response, by: User, at: datetime | None = None) -> None:
    """Say that the hub has read an answer and done what it asks: it leaves the worklist. Noting twice changes
    nothing."""
    Response.objects.filter(pk=response.pk, noted_at=None).update(noted_at=at or timezone.now(), noted_by=by)
