"""Schools and organisations that the register lacks."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from hubportal.kit.forms import DateBoxesField, GovForm
from schools.actions.manual import FIELDS
from schools.models import School


class LookFirstForm(GovForm, forms.Form):
    """What to look for before anything is added."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter the name"})
    postcode = forms.CharField(
        label="Postcode",
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )


class SchoolForm(GovForm, forms.ModelForm):
    """The facts that a person knows. `found` are those there already that it may be: then one says that it is none."""

    class Meta:
        model = School
        fields = FIELDS
        labels = {
            "type": "What is it?",
            "authority": "Local authority",
            "street": "Street",
            "website": "Website",
            "head_name": "Head, or who leads it",
            "pupils": "Pupils",
        }
        help_texts = {"pupils": "Leave it empty if you do not know."}
        widgets = {
            "postcode": forms.TextInput(attrs={"class": "govuk-input--width-10"}),
            "telephone": forms.TextInput(
                attrs={"class": "govuk-input--width-20", "type": "tel", "autocomplete": "off"}
            ),
            "pupils": forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        }
        error_messages = {
            "name": {"required": "Enter the name"},
            "pupils": {"invalid": "Pupils must be a whole number, like 85"},
        }

    def __init__(
        self,
        *args: Any,
        authorities: QuerySet,
        types: QuerySet,
        is_organisation: bool = False,
        found: list[School] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows, missing in (
            ("type", types, "Choose what it is"),
            ("authority", authorities, "Choose a local authority"),
        ):
            field = self.fields[name]
            field.queryset, field.empty_label = rows, "Choose one"
            field.to_field_name = "code"
            field.error_messages |= {"required": missing, "invalid_choice": f"{missing} from the list"}
            if self.instance.pk:
                self.initial[name] = getattr(self.instance, name).code
        if len(rows) == 1 and not self.instance.pk:
            self.initial.setdefault("authority", rows[0].code)
        if is_organisation:
            del self.fields["phase"], self.fields["pupils"]
            self.fields["head_name"].label = "Who leads it"
        if found:
            self.fields["is_none_of_these"] = forms.BooleanField(
                label="It is none of these",
                error_messages={"required": "Look at the list, and tick “It is none of these” if it is not there"},
            )
            self.order_fields(["is_none_of_these", *FIELDS])

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_postcode(self) -> str:
        return " ".join(self.cleaned_data["postcode"].upper().split())

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}


class SchoolCloseForm(GovForm, forms.Form):
    """The day on which it closed."""

    closed_on = DateBoxesField(label="When did it close?")
