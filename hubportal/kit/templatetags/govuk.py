"""What the crispy template pack `govuk` needs: the control with its GOV.UK class, and what kind of control it is."""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

register = template.Library()

_KINDS: tuple[tuple[type, str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.SplitDateTimeWidget, "input"),
    (forms.MultiWidget, "date"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.Select, "select"),
)


@register.filter
def control_kind(field: BoundField) -> str:
    """What draws this field: input, password, textarea, select, radios, checkboxes, checkbox, date, file, hidden."""
    if field.is_hidden:
        return "hidden"
    if isinstance(field.field.widget, forms.PasswordInput):
        return "password"
    return next((kind for widget, kind in _KINDS if isinstance(field.field.widget, widget)), "input")


@register.filter
def counted(field: BoundField) -> int | None:
    """The character limit to count down from, for textareas that have one."""
    return getattr(field.field, "max_length", None)


@register.simple_tag
def control(field: BoundField, css: str, info: str = "") -> SafeString:
    """The bare control: GOV.UK's class, the field's own classes, Django's described-by plus `info`.

    `maxlength` is left off: a long paste is not cut silently, and the form says what to shorten.
    """
    own = field.field.widget.attrs.get("class", "")
    attrs: dict[str, Any] = {"class": " ".join(filter(None, [css, f"{css}--error" if field.errors else "", own]))}
    if info:
        attrs["aria-describedby"] = " ".join(filter(None, [field.aria_describedby, info]))
    attrs["maxlength"] = False
    return field.as_widget(attrs=attrs)


@register.simple_tag
def date_boxes(field: BoundField) -> list[dict[str, Any]]:
    """The boxes of a three-box date: label, name, id, what was typed, width, and whether it is wrong."""
    widget = field.field.widget
    value = field.value()
    values = value if isinstance(value, (list, tuple)) else widget.decompress(value)
    labels = getattr(widget, "boxes", ())
    return [
        {
            "label": label,
            "name": f"{field.html_name}_{index}",
            "id": f"{field.auto_id}_{index}",
            "value": values[index] or "",
            "width": width,
            "wrong": bool(field.errors),
        }
        for index, (label, width) in enumerate(labels)
    ]


@register.filter
def thousands(number: int) -> str:
    """A whole number with commas: 4,000."""
    return f"{number:,}"
