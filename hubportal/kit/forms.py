"""Forms of the house: plain messages, three-box dates, long texts, hinted choices; drawn by templates/govuk/."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from hubportal.kit import kept_forms

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
RICH = "data-rich"  # the attribute of a box that may hold headings, lists, bold and links
_CHOOSING = (forms.ChoiceField, forms.ModelChoiceField, forms.MultipleChoiceField)


class GovForm:
    """Goes first among a form's bases. Gives it plain messages for what is empty or too long, "(optional)" labels and a
    layout helper.

    The template writes `<form>`, `{% csrf_token %}` and the button; `{% crispy form %}` draws the fields only.
    """

    mark_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        for name, field in self.fields.items():
            stock = type(field).default_error_messages.get("required", forms.Field.default_error_messages["required"])
            if field.required and field.error_messages.get("required") == stock:
                field.error_messages["required"] = _required_message(field, _label(name, field))

    def full_clean(self) -> None:
        """A form that comes back after a new sign-in is drawn with its words, and acts only on the next press."""
        for name, field in self.fields.items():
            field.validators = [_saying_what_to_do(each, _label(name, field)) for each in field.validators]
        super().full_clean()  # type: ignore[misc]  # a form is among the other bases
        if self.is_bound and kept_forms.AGAIN in self.data:  # type: ignore[attr-defined]
            self.add_error(None, kept_forms.NOT_SENT)  # type: ignore[attr-defined]


def _label(name: str, field: forms.Field) -> str:
    return str(field.label or name.replace("_", " ")).strip()


def _required_message(field: forms.Field, label: str) -> str:
    """The sentence for an empty field: "Enter your email address", "Choose a school", "Answer “What did you see?”"."""
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}”"
    if label.endswith("?"):
        return f"Answer “{label}”"
    if len(label) > 1 and label[1].islower():
        label = label[0].lower() + label[1:]
    return f"Choose {label}" if isinstance(field, _CHOOSING) else f"Enter {label}"


def _saying_what_to_do(validator: Any, label: str) -> Any:
    """Where a text is too long, how much of it has to go; any other check as it is."""
    if not isinstance(validator, MaxLengthValidator):
        return validator
    most = int(validator.limit_value)

    def short_enough(value: str) -> None:
        if len(value) > most:
            sentence = f"Shorten “{label}” to {most:,} characters or fewer. It has {len(value):,}"
            raise ValidationError(sentence, code="max_length")

    return short_enough


class DateBoxesWidget(forms.MultiWidget):
    """Three boxes: day, month, year, posted as <name>_0, _1, _2."""

    use_fieldset = True
    boxes = (("Day", 2), ("Month", 2), ("Year", 4))

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__([forms.TextInput() for _ in self.boxes], attrs)

    def decompress(self, value: dt.date | str | None) -> list[str]:
        """A date as its three boxes; also an ISO text, as drafts keep it. Anything else leaves them empty."""
        if isinstance(value, str):
            try:
                value = dt.date.fromisoformat(value[:10])
            except ValueError:
                value = None
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class DateBoxesField(forms.MultiValueField):
    """A date in three boxes. Cleans to `datetime.date` or None; takes "November", "nov", a two-digit year, and
    "12/11/2026" typed whole into the first box. What was typed stays in the boxes when it is wrong."""

    widget = DateBoxesWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "For example, 12 11 2026")
        boxes = [forms.CharField(required=False, max_length=30) for _ in range(3)]
        super().__init__(fields=boxes, require_all_fields=False, **kwargs)

    def _named(self) -> str:
        """The label as the start of a sentence; a question becomes "The date"."""
        label = str(self.label or "").strip()
        return "The date" if not label or label.endswith("?") else label

    def clean(self, value: Any) -> dt.date | None:
        parts = [str(part or "").strip() for part in (value or ["", "", ""])]
        if parts[0] and not parts[1] and not parts[2]:
            parts = (re.split(r"[\s/.\-]+", parts[0], maxsplit=2) + ["", ""])[:3]
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        missing = [box.lower() for (box, _), part in zip(DateBoxesWidget.boxes, parts, strict=True) if not part]
        if missing:
            raise ValidationError(f"{self._named()} must include a {' and a '.join(missing)}", code="incomplete")
        date = self.compress(parts)
        self.validate(date)
        self.run_validators(date)
        return date

    def compress(self, data_list: list[str]) -> dt.date | None:
        if not data_list:
            return None
        day, month, year = data_list
        short = month[:3].lower()
        try:
            number = MONTHS.index(short) + 1 if short in MONTHS else int(month)
            full_year = int(year) + 2000 if len(year) == 2 else int(year)
            if not 1900 <= full_year <= 2100:
                raise ValueError(year)
            return dt.date(full_year, number, int(day))
        except (ValueError, OverflowError) as error:
            raise ValidationError(
                f"{self._named()} must be a real date, for example 12 11 2026", code="invalid"
            ) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.clean(data) != (initial or None)
        except ValidationError:
            return True


class ClockField(forms.CharField):
    """A time of day as people write it: "2:30pm", "14.30", "9 am", "midday". Cleans to `datetime.time` or None; a
    number that could be morning or afternoon is asked about."""

    PATTERN = re.compile(r"(\d{1,2})(?:[:. ]?([0-5]\d))?\s*([ap])?\.?\s*m?\.?", re.ASCII)
    WORDS: ClassVar = {"midday": dt.time(12), "noon": dt.time(12)}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "For example, 2:30pm or 14:30")
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-5"}))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> dt.time | None:  # type: ignore[override]
        text = " ".join(str(super().clean(value) or "").lower().split())
        if not text or text in self.WORDS:
            return self.WORDS.get(text)
        found = self.PATTERN.fullmatch(text)
        hour = int(found[1]) if found else 24
        if not found or hour > 23 or (found[3] and not 1 <= hour <= 12):
            raise ValidationError("Enter a time, for example 2:30pm or 14:30", code="invalid")
        if not found[3] and 1 <= hour < 7 and len(found[1]) == 1:
            raise ValidationError(f"Say whether {text} is in the morning or the afternoon: {text}pm", code="am_pm")
        if found[3]:
            hour = hour % 12 + (12 if found[3] == "p" else 0)
        return dt.time(hour, int(found[2] or 0))


class LongTextField(forms.CharField):
    """A longer text with a character count. A line break counts as one character, as the count on the page has it. A
    rich one may hold headings, lists, bold and links: its page loads `kit/_rich_text.html`."""

    def __init__(self, *, max_length: int = 4000, rows: int = 6, is_rich: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows} | ({RICH: ""} if is_rich else {})))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class _Hinted:
    """Adds a sentence below a choice. `hints` maps a choice's value to its words."""

    def __init__(self, *args: Any, hints: Mapping[Any, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = {str(value): words for value, words in (hints or {}).items()}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict:
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        return option


class HintedRadioSelect(_Hinted, forms.RadioSelect):
    """Radios, each with a sentence below it."""


class HintedCheckboxes(_Hinted, forms.CheckboxSelectMultiple):
    """Checkboxes, each with a sentence below it."""


def wants_row(data: Mapping[str, Any], prefix: str) -> bool:
    """True when the "Add another" button of the formset `prefix` was pressed in a browser without JavaScript."""
    return data.get("add_row") == prefix


def with_another_row(data: QueryDict, prefix: str) -> QueryDict:
    """The posted data with one more empty row in the formset `prefix`; what was typed is kept."""
    more = data.copy()
    name = f"{prefix}-TOTAL_FORMS"
    count = more.get(name) or ""
    more[name] = str(int(count) + 1 if count.isdecimal() and len(count) < 6 else 1)
    return more


def path_back(request: HttpRequest) -> str:
    """The page that a button's hidden field `back` asks to return to: a path of this portal, else "". A name or a path
    without its slash is not one; it would be looked up as an address's name."""
    back = request.POST.get("back", "")
    return back if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else ""
