"""Forms bound to what a draft holds. They stay quiet until they are asked to check: a draft may hold anything."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict
from django.http import QueryDict

from hubportal.kit.forms import GovForm
from hubportal.kit.wording import count

MOST_ROWS = 60
ROWS_BEYOND = 40  # kept, and named by a check


class Typed(GovForm, forms.Form):
    """A form bound to a draft's values. `quiet`: shown as typed and not yet checked."""

    def __init__(self, *args: Any, quiet: bool = True, **kwargs: Any) -> None:
        self.quiet = quiet
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        if self.quiet:
            self._errors = ErrorDict()
            self.cleaned_data = {}
            return
        super().full_clean()

    def texts(self, *names: str) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) or "" for name in names}


class Row(Typed):
    """A row that people add. It counts once one of `content` is filled; an emptied row is a row taken out."""

    content: tuple[str, ...] = ()
    is_emptied = False  # a row without words above another one: it was taken out, and is not shown

    def has_changed(self) -> bool:
        values = (self[name].data for name in self.content if name in self.fields)
        return any(
            any(part for part in value if part) if isinstance(value, list | tuple) else bool(value and value.strip())
            for value in values
        )


class Rows(BaseFormSet):
    """Rows bound to a draft. `filled()` gives the checked rows that hold something; more of them than `most` is a
    problem that a check names, and until then every one is kept."""

    most = MOST_ROWS
    item = "row"

    def filled(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.forms if form.has_changed()]

    def clean(self) -> None:
        filled = sum(form.has_changed() for form in self.forms)
        if filled > self.most and not self.form_kwargs.get("quiet"):
            raise ValidationError(f"There are {filled} and may be {count(self.most, self.item)} at most: take some out")


def rows_of(form: type[Row], *, most: int = MOST_ROWS, item: str = "row") -> type[Rows]:
    """The formset of a row; `item` is the word for one. What is posted beyond `ROWS_BEYOND` above `most` is not
    taken."""
    name = f"{form.__name__}s"
    kind = type(name, (Rows,), {"most": most, "item": item})
    return formset_factory(form, formset=kind, extra=0, max_num=most, absolute_max=most + ROWS_BEYOND)  # type: ignore[return-value]  # the stubs forget the base


def rows_in(data: QueryDict, kind: type[Rows], prefix: str, **options: Any) -> Rows:
    """A formset over a draft's data, which is given its counters where they are missing; at least one row, so that
    there is somewhere to write. `options` go to the form of each row."""
    data.setdefault(f"{prefix}-INITIAL_FORMS", "0")
    if not str(data.get(f"{prefix}-TOTAL_FORMS", "")).isdecimal() or data[f"{prefix}-TOTAL_FORMS"] == "0":
        data[f"{prefix}-TOTAL_FORMS"] = "1"
    rows = kind(data=data, prefix=prefix, form_kwargs=options)
    for form in rows.forms[:-1]:
        form.is_emptied = not form.has_changed()
    return rows
