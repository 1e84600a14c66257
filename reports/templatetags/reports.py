"""Words on documents."""

from django import template

register = template.Library()


@register.filter
def sentence(heading: str) -> str:
    """A heading that runs into its text ends like a sentence."""
    heading = heading.strip()
    return heading if heading.endswith((".", "!", "?", ":", "…")) else f"{heading}."
