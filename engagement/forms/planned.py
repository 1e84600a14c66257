"""The next contact, as the hub sets it."""

from django import forms
from django.core.exceptions import ValidationError

from hubportal.kit.forms import DateBoxesField, GovForm
from hubportal.kit.wording import long_date
from schools.access import today

MOST_YEARS = 2


class NextContactForm(GovForm, forms.Form):
    on = DateBoxesField(label="On which day?")
    reason = forms.CharField(label="Why then?", max_length=200, help_text="Colleagues read it beside the school.")

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on < today():
            raise ValidationError(f"The day must be today, {long_date(today())}, or later")
        if on.year > today().year + MOST_YEARS:
            raise ValidationError(f"The day must be within {MOST_YEARS} years")
        return on
