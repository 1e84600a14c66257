"""Drawing what higher rooms add to a page: `{% load panels %}{% draw_panel panel %}`."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def draw_panel(context: template.Context, panel: Any) -> SafeString:
    """A panel (`template` and `context`) drawn with its own context and the page's request. Costs what it draws."""
    return render_to_string(panel.template, dict(panel.context), request=context["request"])
