"""What a page shows of an introduction: to the hub both sides, to a school its own and, once both have agreed, the
other."""

from dataclasses import dataclass
from typing import Any

from engagement.models import Introduction, IntroductionSide, NamedFor
from engagement.permissions import can_introduce
from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.models import School

State = Introduction.State


@dataclass(frozen=True)
class Other:
    """The other school, for the school that reads: by name only because both have agreed."""

    school: School
    contact: str
    role: str
    email: str
    named_for: list[str]


def other_of(side: IntroductionSide) -> Other | None:
    """The school on the other side, its contact, and what it is happy to be named for and has not taken out since; None
    before both have agreed. Two queries, none before that. The side comes with its introduction."""
    if not side.introduction.is_named:
        return None
    there = IntroductionSide.objects.filter(introduction=side.introduction_id).exclude(pk=side.pk)
    other = there.select_related("school__type").get()
    named = NamedFor.objects.standing().filter(pk__in=other.named_for.values("pk"))
    return Other(
        other.school, other.contact_name, other.contact_role, other.contact_email, [each.words for each in named]
    )


def state_for_school(side: IntroductionSide) -> str:
    """How it stands, in a sentence that says nothing of the other school. No query."""
    state = side.introduction.state
    if side.introduction.is_named:
        return "Both schools have agreed: you can get in touch."
    if state == State.DECLINED:
        return "This introduction goes no further."
    if side.is_agreed:
        return "You have agreed. Your hub asks the other school now, and you learn its name once it agrees too."
    return ""


@dataclass
class SideOfHub:
    """One side as the hub's page shows it, and what an officer can do about it now."""

    side: IntroductionSide
    facts: list[dict[str, Any]]
    may_ask: bool
    may_record: bool


def sides_for_hub(introduction: Introduction, user: User) -> list[SideOfHub]:
    """Both, who would be helped first. Three queries."""
    rows = IntroductionSide.objects.visible_to(user).filter(introduction=introduction)
    rows = rows.select_related("school__type", "asked_by", "answered_by").prefetch_related("named_for")
    sides = list(rows.order_by("role"))
    writes = introduction.stands and can_introduce(user, introduction.hub_id)
    waits = any(each.asked_at and each.is_agreed is None for each in sides)
    return [
        SideOfHub(
            each,
            _facts(each),
            may_ask=writes and not each.asked_at and not waits and not introduction.is_named,
            may_record=writes and bool(each.asked_at) and each.is_agreed is None,
        )
        for each in sides
    ]


def _facts(side: IntroductionSide) -> list[dict[str, Any]]:
    rows = [("Asked", f"{long_date(side.asked_at)} by {side.asked_by}" if side.asked_at else "Not yet")]
    if side.note:
        rows.append(("What we wrote", side.note))
    if side.answered_at:
        answer = "Agreed" if side.is_agreed else "Declined"
        said = f", as {side.said_by} said on {long_date(side.said_on)}" if side.said_on else ""
        rows.append(("Answer", f"{answer} on {long_date(side.answered_at)}, {side.answered_by}{said}"))
    if side.reason:
        rows.append(("Why not", side.reason))
    if side.contact_name:
        rows.append(("Contact", ", ".join(filter(None, [side.contact_name, side.contact_role, side.contact_email]))))
    if side.is_helper and side.is_agreed:
        kept = [each.words for each in side.named_for.all() if each.taken_out_at is None]
        rows.append(("Named for", "; ".join(kept) or "Nothing: the school has taken it off its list"))
    return [{"label": label, "value": value} for label, value in rows]
