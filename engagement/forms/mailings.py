"""Writing a mailing: to which schools, whom there, what."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from engagement.mailings.merging import FIELDS
from engagement.models import Mailing
from engagement.models.mailings import LONGEST_SUBJECT, LONGEST_TEXT
from hubportal.kit.forms import GovForm, HintedRadioSelect, LongTextField
from schools.models import SavedView

OWN, ALL = "own", "all"  # beside the saved views: the list that was brought along, and every school
NAMED = "Fields are filled for each: " + ", ".join(f"{{{name}}}" for name in FIELDS) + "."


class ToWhomForm(GovForm, forms.Form):
    """To which schools, and to whom there. `query` travels along: the list that the page was opened from."""

    which = forms.ChoiceField(label="To which schools?", error_messages={"required": "Choose the schools"})
    whom = forms.ChoiceField(
        label="To whom at each school?",
        choices=Mailing.Whom.choices,
        initial=Mailing.Whom.MUSIC_LEAD,
        widget=HintedRadioSelect(
            hints={Mailing.Whom.ALL: "Every contact of yours with an email address who has not left."}
        ),
    )
    query = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, views: Sequence[SavedView], own: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.views = {str(each.uuid): each for each in views}
        choices = [(OWN, own)] if own else []
        choices += [(key, f"The saved view “{each.name}”") for key, each in self.views.items()]
        cast(forms.ChoiceField, self.fields["which"]).choices = [*choices, (ALL, "All our open schools")]

    @property
    def schools_query(self) -> str:
        """The list of the schools that were chosen, as its address says it."""
        said = self.cleaned_data
        if said["which"] in self.views:
            return self.views[said["which"]].described.address().lstrip("?")
        return said["query"] if said["which"] == OWN else ""


class MailingForm(ToWhomForm):
    """A letter to them."""

    subject = forms.CharField(label="Subject", max_length=LONGEST_SUBJECT, help_text="Fields may stand in it too.")
    text = LongTextField(
        label="Text",
        max_length=LONGEST_TEXT,
        rows=14,
        help_text=f"{NAMED} Plain text, as it goes out. No pupil names, no safeguarding matters.",
    )

    @property
    def facts(self) -> dict[str, str]:
        """What the action takes, but for the words of the list."""
        said = self.cleaned_data
        return {
            "subject": said["subject"],
            "text": said["text"],
            "whom": said["whom"],
            "query": self.schools_query,
        }
