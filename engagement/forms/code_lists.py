"""An entry of a code list."""

from django import forms

from hubportal.kit.forms import GovForm


class CodeEntryCreateForm(GovForm, forms.Form):
    name = forms.CharField(
        label="What is it called?",
        max_length=80,
        help_text="As it is to stand in forms and figures. Never a person’s name.",
        error_messages={"required": "Enter a name"},
    )


class CodeEntryForm(CodeEntryCreateForm):
    is_offered = forms.BooleanField(
        label="It can be chosen for new records",
        required=False,
        help_text="Without the tick it is retired: records that name it keep it.",
    )
