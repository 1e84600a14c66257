"""The sections of a plan as a task list. No queries."""

from collections.abc import Collection, Mapping
from typing import Any

from django.urls import reverse

from hubportal.kit.wording import count, listed, on_day
from schools.access import today
from smdp.models import Plan, PlanSection
from smdp.progress import Progress, SectionProgress


def tasks_of(
    plan: Plan,
    found: Progress,
    unconfirmed: Mapping[str, PlanSection],
    said: Mapping[str, int],
    *,
    writes: bool,
    written_for: Collection[str],
    talked_of: Collection[str],
) -> list[dict[str, Any]]:
    """Each section with its state and how many comments are open (`said`, by key). Who `writes` is led to its page, and
    told who wrote last; others are led to the page of the sections that they write for the school (`written_for`),
    and to the words and comments of those in `talked_of`."""
    return [
        {
            "title": each.section.title,
            "status": each.words,
            "variant": each.variant,
            "href": _address(plan, each.section.key, writes or each.section.key in written_for, talked_of),
            "hint": "; ".join(_hints(each, unconfirmed.get(each.section.key), said.get(each.section.key, 0), writes)),
        }
        for each in found.sections
    ]


def _address(plan: Plan, key: str, writes: bool, talked_of: Collection[str]) -> str:
    if writes:
        return plan.section_url(key)
    return reverse("smdp:comment-list", args=[plan.uuid, key]) if key in talked_of else ""


def _hints(each: SectionProgress, unconfirmed: PlanSection | None, comments: int, writes: bool) -> list[str]:
    """ "2 open comments", "Last written by Ann Archer today, 2:03pm", "still to answer: Music lead"."""
    found = [count(comments, "open comment")] if comments else []
    if not writes:
        return found
    if unconfirmed:
        found.append(f"{unconfirmed.from_where}. Confirm or change it")
    elif each.by and each.at:
        found.append(f"{'last' if found else 'Last'} written by {each.by} {on_day(each.at, today())}")
    if each.is_begun and each.missing:
        found.append(f"still to answer: {listed([field.label for field in each.missing])}")
    return found
