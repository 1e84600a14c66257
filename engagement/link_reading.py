"""What a living link leads to. The link itself is the permission: its target is one part, and it reads that and no
more."""

from typing import Any

from engagement import reading
from engagement.models import ConversationPart, PartVersion, Response
from hubportal.kit.models import SignedLink
from schools.models import Hub


def shared_by(link: SignedLink) -> PartVersion | None:
    """The newest version of the part that the link was made for; None where it was withdrawn. One query."""
    versions = PartVersion.objects.filter(part__uuid=link.target, part__withdrawn_at=None)
    return versions.select_related("part__school", "part__conversation__hub", "shared_by").order_by("-number").first()


def hub_of(link: SignedLink | None) -> Hub | None:
    """The hub to ask about a link that no longer opens. One query."""
    part = (
        ConversationPart.objects.filter(uuid=link.target).select_related("conversation__hub").first() if link else None
    )
    return part.conversation.hub if part else None


def page_of(version: PartVersion) -> dict[str, Any]:
    """The content and every answer to it so far. Two queries."""
    answers = Response.objects.filter(version__part=version.part).select_related("version", "link")
    return {**reading.page_of(version, None), "answers": list(answers.order_by("at", "pk"))}


def masked(email: str) -> str:
    """ "r•••@millbrook.example": enough to know whose it is, too little to learn it."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"
