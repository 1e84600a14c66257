"""Where a page of plans stands; and what stands in a section beside the school's own words: what its trust says, what
its hub offers."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from schools.models import School
from smdp.partnership import SECTION, Group
from smdp.permissions import can_see_summary
from smdp.trusts.mirroring import Mirror

register = template.Library()
WHOSE = ("plan", "evaluation", "school")  # what a page is about, by the name it has in the page's context


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def plan_breadcrumbs(context: template.Context, *parts: Any) -> dict[str, Any]:
    """Words and addresses in turn, below the list of plans as the person's navigation names it. Whoever has the plans
    of many schools finds the school between the list and its plan, where it is theirs to see: a plan that schools write
    together may be another's. No query where it is known how they meet the school."""
    list_url = reverse("smdp:plan-list")
    label = next((item.label for item in context["portal"].items if item.url == list_url), "Plan")
    crumbs = [(label, list_url)]
    about = next((context[name] for name in WHOSE if context.get(name)), None)
    school = getattr(about, "school", about)
    user = context["request"].user
    if label != "Plan" and isinstance(school, School) and can_see_summary(user, school):
        crumbs.append((school.name, school.get_absolute_url()))
    rest = [(str(parts[at]), parts[at + 1] if at + 1 < len(parts) else "") for at in range(0, len(parts), 2)]
    return {"crumbs": crumbs + rest}


@register.simple_tag
def trust_says(mirror: Mirror | None, key: str, *, writing: bool = False) -> SafeString | str:
    """What the trust says in a section, read-only; with the button to confirm it where the school is `writing`. ""
    where it says nothing there."""
    if mirror is None or key not in mirror.chapters:
        return ""
    context = {
        "version": mirror.version,
        "chapter": mirror.chapters[key],
        "confirmation": mirror.confirmed.get(key),
        "writing": writing,
    }
    return render_to_string("smdp/_trust_says.html", context)


@register.simple_tag
def on_offer(groups: list[Group], key: str, *, is_live: bool = False, is_on_paper: bool = False) -> SafeString | str:
    """What the partnership section says of itself; "" in every other section, and where a frozen one says nothing."""
    if key != SECTION or not (groups or is_live):
        return ""
    return render_to_string(
        "smdp/_partnership.html", {"groups": groups, "is_live": is_live, "is_on_paper": is_on_paper}
    )
