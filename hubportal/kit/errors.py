"""The problems of a form as sentences, each with the id of the control that it is about."""

from collections.abc import Iterator

from django.forms import BaseForm, RadioSelect
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.forms.widgets import CheckboxSelectMultiple, MultiWidget


def target(field: BoundField) -> str:
    """The id of the first control of a field: a group of choices and a three-box date have one for each part."""
    if isinstance(field.field.widget, (RadioSelect, CheckboxSelectMultiple, MultiWidget)):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


def summary_entries(form: BaseForm | BaseFormSet) -> Iterator[tuple[str, str]]:
    """(sentence, id to jump to or "") for each problem of a form or of every form of a formset, in the page's order."""
    if isinstance(form, BaseFormSet):
        if form.is_bound:
            yield from ((str(sentence), "") for sentence in form.non_form_errors())
            for each in form.forms:
                yield from summary_entries(each)
        return
    if not form.is_bound:
        return
    yield from ((str(sentence), "") for sentence in form.non_field_errors())
    for name in form.fields:
        field = form[name]
        yield from ((str(sentence), "" if field.is_hidden else target(field)) for sentence in field.errors)
