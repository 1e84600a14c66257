"""The pictures and documents of a plan, as pages show them."""

from collections.abc import Sequence

from smdp.asking import said_in
from smdp.models import Plan, PlanFile, PlanSection, PlanVersion


def of_section(section: PlanSection) -> list[PlanFile]:
    """Those that stand in a section now. One query."""
    return list(PlanFile._base_manager.filter(section=section, removed_at=None).select_related("added_by"))


def of_version(version: PlanVersion) -> dict[str, list[PlanFile]]:
    """Those that a version was frozen with, by the section's key. One query."""
    found: dict[str, list[PlanFile]] = {}
    for each in version.files.select_related("section", "added_by", "erased_by"):
        found.setdefault(each.section.key, []).append(each)
    return found


def has_changed(plan: Plan, version: PlanVersion) -> bool:
    """Whether a file came or went since a version was frozen. Two queries."""
    now = PlanFile._base_manager.filter(section__plan=plan, removed_at=None).values_list("pk", flat=True)
    return set(now) != set(version.files.values_list("pk", flat=True))


def has_news(plan: Plan, versions: Sequence[PlanVersion], written: dict) -> bool:
    """Whether the plan says more than its last version. At most two queries."""
    return not versions or versions[0].answers != written or has_changed(plan, versions[0])


def lines(version: PlanVersion) -> dict[str, str]:
    """{what a comparison calls it: the names}. One query."""
    files = of_version(version)
    titles = {each.key: each.title for each in said_in(version)}
    found = {}
    for key, rows in files.items():
        words = "\n".join(f"{each.name}: {each.description}" for each in rows)
        found[f"{titles.get(key, key)}: pictures and documents"] = words
    return found
