"""Forms about whom a hub knows at a school."""

from django import forms

from hubportal.kit.forms import DateBoxesField, GovForm
from schools.models import Contact


class ContactForm(GovForm, forms.ModelForm):
    """A person at a school."""

    class Meta:
        model = Contact
        fields = ["name", "job_title", "email", "phone", "is_music_lead", "is_leader", "shared_with_partners"]
        labels = {
            "name": "Full name",
            "job_title": "Role at the school",
            "is_music_lead": "Leads music",
            "is_leader": "Head, or a senior leader who answers for the school",
            "shared_with_partners": "Partners who work at this school may see this contact",
        }
        help_texts = {
            "job_title": "For example, head of music",
            "is_leader": "Every conversation that is shared goes to a leader.",
            "shared_with_partners": "",
        }
        widgets = {
            "phone": forms.TextInput(attrs={"class": "govuk-input--width-20", "type": "tel", "autocomplete": "off"}),
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        }
        error_messages = {
            "email": {"invalid": "Enter an email address in the right form, like name@example.com"},
        }

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class ContactEndForm(GovForm, forms.Form):
    """The day on which somebody left a school."""

    left_on = DateBoxesField(label="When did they leave?")
