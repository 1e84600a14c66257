"""Drawing what stands in a section beside the school's own words: what its trust says, what its hub offers."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from smdp.partnership import SECTION, Group
from smdp.trusts.mirroring import Mirror

register = template.Library()


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
