"""Between forms and stored values: which names a form has, which belong together, and how a stored value is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.safestring import SafeString

from hubportal.kit import rich
from hubportal.kit.drafts.merge import COUNTER, Value, Values
from hubportal.kit.forms import RICH

BETWEEN_PARAGRAPHS = "\n\n"
BETWEEN_LINES = " / "


@dataclass(frozen=True)
class Shape:
    """What a draft's forms look like. `joints` says what to put between two texts of a field when both are kept."""

    names: frozenset[str] = frozenset()
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    joints: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    fields: dict[str, forms.Field] = field(default_factory=dict)

    def label(self, name: str) -> str:
        """The field's label as people read it; its name where it has none."""
        return self.labels.get(name, name)

    def words(self, name: str, value: Value) -> str:
        """A stored value as people read it: a choice by its label.

        Costs a query only for choices that come from the database.
        """
        values = [value] if isinstance(value, str) else list(value)
        choices = getattr(self.fields.get(name), "choices", None)
        if choices is not None:
            labels = dict(_flat_choices(choices))
            return ", ".join(labels.get(each, each) for each in values if each)
        return (" " if name in self.groups else ", ").join(each for each in values if each)

    def html(self, name: str, value: Value) -> SafeString:
        """What a rich field says, safe to show on a page, with its headings, lists, bold and links; "" for any other
        field, and where it says nothing."""
        field_ = self.fields.get(name)
        is_rich = field_ is not None and RICH in field_.widget.attrs
        return rich.html(self.words(name, value)) if is_rich else SafeString()


def shape_of(*parts: forms.BaseForm | BaseFormSet) -> Shape:
    """The shape of one page's forms and formsets together.

    A formset that people add rows to must be bound to what was posted.
    """
    names: set[str] = set()
    groups: dict[str, tuple[str, ...]] = {}
    joints: dict[str, str] = {}
    labels: dict[str, str] = {}
    fields: dict[str, forms.Field] = {}
    for part in parts:
        if isinstance(part, BaseFormSet):
            names.add(part.management_form.add_prefix("TOTAL_FORMS"))
        for form in part.forms if isinstance(part, BaseFormSet) else [part]:
            for bound in form:
                unit, boxes = bound.html_name, _boxes(bound)
                if not boxes:
                    continue
                names.update(boxes)
                labels[unit] = str(bound.label)
                labels.update(dict.fromkeys(boxes, str(bound.label)))
                fields[unit] = bound.field
                if boxes != (unit,):
                    groups[unit] = boxes
                elif joint := _joint(bound.field):
                    joints[unit] = joint
    return Shape(frozenset(names), groups, joints, labels, fields)


def values_from(post: QueryDict, shape: Shape) -> Values:
    """What a form post says for each name of the shape: "" for a box that was not ticked, a list for several."""
    values: Values = {}
    for name in sorted(shape.names):
        given = post.getlist(name)
        if name.endswith(COUNTER) and not given:
            continue
        values[name] = given if len(given) > 1 else (given[0] if given else "")
    return values


def as_data(values: Mapping[str, Value]) -> QueryDict:
    """Stored values as a form's `data`, to bind and validate.

    Empty ones are left out, as a browser leaves out unticked boxes.
    """
    data = QueryDict(mutable=True)
    for name, value in values.items():
        kept = [value] if isinstance(value, str) else list(value)
        if any(kept):
            data.setlist(name, kept)
        if name.endswith(COUNTER):
            data.setdefault(name.removesuffix(COUNTER) + "-INITIAL_FORMS", "0")
    return data


def initial_for(form: forms.BaseForm, values: Mapping[str, Value]) -> dict[str, object]:
    """A form's `initial` from stored values, each through its own widget; fields the draft never held are left to the
    form."""
    data = as_data(values)
    initial: dict[str, object] = {}
    for name, field_ in form.fields.items():
        bound = form[name]
        if any(box in values for box in _boxes(bound)):
            initial[name] = field_.widget.value_from_datadict(data, {}, bound.html_name)
    return initial


def _boxes(bound: forms.BoundField) -> tuple[str, ...]:
    """The names under which one field is posted: none for files, passwords and fields that nobody can change."""
    widget, name = bound.field.widget, bound.html_name
    if bound.field.disabled or isinstance(widget, forms.FileInput | forms.PasswordInput):
        return ()
    if isinstance(widget, forms.MultiWidget):
        return tuple(name + suffix for suffix in widget.widgets_names)  # type: ignore[attr-defined]  # not in the stubs
    if isinstance(widget, forms.SelectDateWidget):
        return tuple(pattern % name for pattern in (widget.day_field, widget.month_field, widget.year_field))
    return (name,)


def _joint(field_: forms.Field) -> str:
    """What joins two texts of this field, or "" where it holds no free text."""
    if isinstance(field_.widget, forms.Textarea):
        return BETWEEN_PARAGRAPHS
    if type(field_) is forms.CharField and isinstance(field_.widget, forms.TextInput):
        return BETWEEN_LINES
    return ""


def _flat_choices(choices) -> list[tuple[str, str]]:
    """Choices with their groups opened, as (value, label) texts."""
    flat: list[tuple[str, str]] = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            flat.extend((str(each), str(words)) for each, words in label)
        else:
            flat.append((str(value), str(label)))
    return flat
