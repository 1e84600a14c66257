"""What the reading pages show of a version, beside its frozen content: how far the agreed actions are, answers,
release."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from engagement import content, written
from engagement.models import AgreedAction, ConversationPart, Offer, PartVersion, Reading, Response
from hubportal.accounts.models import User
from schools.access import access_of

VARIANTS = {
    AgreedAction.State.TO_DO: "quiet",
    AgreedAction.State.IN_PROGRESS: "plum",
    AgreedAction.State.DONE: "good",
    AgreedAction.State.DROPPED: "bad",
}


@dataclass(frozen=True)
class Release:
    """What a leader let governors and the trust read. `is_current`: the newest version is among it."""

    at: datetime | None
    by_name: str
    is_current: bool

    @property
    def is_released(self) -> bool:
        return self.at is not None


def reads_shared(user: User) -> bool:
    """Whether anything can be shared with this person: people of a school or a trust."""
    access = access_of(user)
    return bool(access.school_ids or access.trust_ids)


def newest_shared(user: User) -> QuerySet[PartVersion]:
    """The newest version of each part that the person reads as one of its school or trust, the newest conversation
    first; with `was_answered`, and `was_read` by the person. One query."""
    readable = PartVersion.objects.shared_with(user)
    newer = readable.filter(part=OuterRef("part"), number__gt=OuterRef("number"))
    return (
        readable.filter(~Exists(newer))
        .annotate(
            was_answered=Exists(Response.objects.filter(version=OuterRef("pk"))),
            was_read=Exists(Reading.objects.filter(version=OuterRef("pk"), user=user)),
        )
        .select_related("part__school", "part__conversation__hub", "shared_by")
        .defer("content", *written.of_both("part__"))
        .order_by("-part__conversation__date", "-shared_at", "-pk")
    )


def page_of(version: PartVersion, user: User | None) -> dict[str, Any]:
    """The context of the content template: the frozen words, with the state of each action and the address of each
    offer as far as this person may see them (nobody signed in sees the words alone). Two queries, or none."""
    page = content.thaw(version.content)
    states: dict[str, AgreedAction] = {}
    offers: set[str] = set()
    if user is not None:
        uuids = [each["uuid"] for each in page["actions"]]
        rows = AgreedAction.objects.visible_to(user).filter(uuid__in=uuids) if uuids else []
        states = {str(each.uuid): each for each in rows}
        named = {offer["uuid"] for each in page["develop"] for offer in each["offers"]}
        if named:
            known = Offer.objects.visible_to(user).filter(uuid__in=named, is_current=True)
            offers = {str(each) for each in known.values_list("uuid", flat=True)}
    for action in page["actions"]:
        row = states.get(action["uuid"])
        action["state"] = row.get_state_display() if row else ""
        action["variant"] = VARIANTS[AgreedAction.State(row.state)] if row else "quiet"
        action["href"] = row.get_absolute_url() if row else ""
    for finding in page["develop"]:
        for offer in finding["offers"]:
            offer["is_known"] = offer["uuid"] in offers
    return {"page": page, "version": version}


def answers_to(versions: list[PartVersion], user: User) -> list[Response]:
    """Every answer to these versions that the person may read, in the order they came. One query."""
    answers = Response.objects.visible_to(user).filter(version__in=versions)
    return list(answers.select_related("version", "link").order_by("at", "pk"))


def release_of(part: ConversationPart, versions: list[PartVersion]) -> Release:
    """How the part is released; `versions` newest first. One query at the most."""
    if part.released_at is None:
        return Release(None, "", False)
    return Release(part.released_at, str(part.released_by), versions[0].shared_at <= part.released_at)
