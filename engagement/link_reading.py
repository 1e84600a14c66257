"""What a living link leads to. The link itself is the permission: its target is one part, and it reads that and no
more."""

from typing import Any

from engagement import reading, written
from engagement.addressees import READERS
from engagement.models import ConversationPart, PartVersion, Recipient, Response
from hubportal.kit.models import SignedLink
from schools.access import today
from schools.models import Hub, Membership


def shared_by(link: SignedLink) -> PartVersion | None:
    """The newest version of the part that the link was made for; None where it was withdrawn, or whoever it was sent to
    has left. Two or three queries."""
    if has_left(link):
        return None
    versions = PartVersion.objects.filter(part__uuid=link.target, part__withdrawn_at=None)
    found = versions.select_related("part__school", "part__conversation__hub", "shared_by")
    return found.defer("content", *written.of_both("part__")).order_by("-number").first()


def has_left(link: SignedLink) -> bool:
    """Whether the school no longer has the person at the address that the link was sent to: the contact has left or has
    another address now, or the role in which they read it has ended. One or two queries."""
    sent = Recipient.objects.filter(link=link).select_related("contact", "version__part").first()
    if sent is None:
        return False
    contact = sent.contact
    if contact and (contact.email.lower() != link.email.lower() or (contact.left_on and contact.left_on <= today())):
        return True
    here = Membership.objects.current(today()).filter(school=sent.version.part.school_id, role__in=READERS)
    return sent.user_id is not None and not here.filter(user=sent.user_id).exists()


def hub_of(link: SignedLink) -> Hub | None:
    """The hub to ask about a link that no longer opens. One query."""
    parts = ConversationPart.objects.filter(uuid=link.target).select_related("conversation__hub")
    part = parts.defer(*written.of_both()).first()
    return part.conversation.hub if part else None


def page_of(version: PartVersion) -> dict[str, Any]:
    """The content and every answer to it so far. Two queries."""
    answers = Response.objects.filter(version__part=version.part).select_related("version", "link")
    return {**reading.page_of(version, None), "answers": list(answers.order_by("at", "pk"))}
