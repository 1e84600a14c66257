"""The form by which a school is asked to write one plan together."""

from django import forms
from django.core.exceptions import ValidationError

from hubportal.kit.forms import GovForm
from schools.models import School
from smdp.joint import school_to_ask

UNKNOWN = "No open school has this URN. Check the number, such as 123456"


class JointOfferForm(GovForm, forms.Form):
    urn = forms.CharField(
        label="URN of the other school",
        max_length=10,
        help_text="The number of six digits that the school has in the register, Get Information about Schools.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
        error_messages={"required": "Enter the URN of the other school", "max_length": UNKNOWN},
    )

    def clean_urn(self) -> School:
        text = "".join(self.cleaned_data["urn"].split())
        school = school_to_ask(text) if text.isdecimal() else None
        if school is None:
            raise ValidationError(UNKNOWN)
        return school
