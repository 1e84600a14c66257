"""Drawing what rooms above add to a school's page."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from schools.panels import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def school_panel(context: dict[str, Any], panel: Panel) -> SafeString:
    """A panel, drawn with its own context and the request; it sees nothing else of the page's context."""
    return render_to_string(panel.template, dict(panel.context), request=context["request"])
