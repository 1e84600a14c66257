"""What is asked of a plan that is kept elsewhere."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator

from engagement.forms.conversations.fields import NO_NAMES
from hubportal.kit.forms import DateBoxesField, GovForm, LongTextField
from hubportal.kit.wording import academic_year
from schools.access import today
from smdp.models import Plan, PlanElsewhere

_MOST = settings.ATTACHED_MOST_BYTES // 1024**2
FILE_HINT = f"A PDF or a Word document (.docx), up to {_MOST} MB. No pupils’ names in it."
YEARS = ("One", "Two", "Three", "Four", "Five")


class ElsewhereForm(GovForm, forms.Form):
    """Where it is, which years it is for, and its dates."""

    url = forms.URLField(
        label="Address of the plan",
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        help_text="If it is on a website or a shared drive that your hub can open. Copy it from your browser.",
        error_messages={"invalid": "Enter the whole address, such as https://www.school.example/plan"},
    )
    file = forms.FileField(
        label="Or the plan as a file",
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
        help_text=FILE_HINT,
        error_messages={
            "empty": "The file is empty. Choose another",
            "max_length": "The file’s name is longer than 200 characters. Give it a shorter one",
        },
    )
    seen_on = DateBoxesField(
        label="When did you see it?",
        required=False,
        help_text="Enough if you have neither address nor file. For example, 12 11 2026",
    )
    year = forms.TypedChoiceField(label="Which academic year does it begin in?", coerce=int)
    years = forms.TypedChoiceField(
        label="How many academic years does it cover?", coerce=int, choices=list(enumerate(YEARS, start=1)), initial=1
    )
    adopted_on = DateBoxesField(
        label="When was it adopted?",
        required=False,
        help_text="By the head and governors. Leave it empty if it is not adopted yet. For example, 12 11 2026",
    )
    review_on = DateBoxesField(
        label="When is it to be reviewed next?",
        required=False,
        help_text="At least once a year, also where it covers several. Empty, it is 1 July. For example, 12 7 2027",
    )

    def __init__(self, *args: Any, plan: PlanElsewhere | None = None, by_hub: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if plan or not by_hub:
            del self.fields["seen_on"]
        this_year = academic_year(today())
        known = [plan.year] if plan else []
        years = sorted({*range(this_year - Plan.LONGEST + 1, this_year + 2), *known}, reverse=True)
        self.fields["year"].choices = [
            (year, f"{year} to {year + 1}{' (this year)' if year == this_year else ''}") for year in years
        ]
        self.fields["year"].initial = this_year
        if plan and plan.file:
            self.fields["file"].help_text = (
                f"{plan.name_out} is here now. A file that you choose takes its place, and the old one is deleted. "
                f"{FILE_HINT}"
            )

    def name_chosen(self) -> None:
        """Of a form that comes back: say which file was chosen. A browser does not keep it."""
        if file := self.files.get("file"):
            self["file"].help_text = f"You chose {file.name}. Choose it again, or another. {FILE_HINT}"


class SeenForm(GovForm, forms.Form):
    """When an officer saw the plan."""

    seen_on = DateBoxesField(label="When did you see it?")


class AdviceForm(GovForm, forms.Form):
    """What the hub says about it."""

    mark_optional = False

    strengths = LongTextField(label="What is strong in this plan", rows=5, required=False, help_text=NO_NAMES)
    suggestions = LongTextField(label="What you suggest", rows=5, required=False, help_text=NO_NAMES)


class AgainForm(GovForm, forms.Form):
    """The school went through its plan again."""

    on = DateBoxesField(label="When did you go through it?")
    review_on = DateBoxesField(
        label="When is it to be reviewed next?",
        required=False,
        help_text="At least once a year. Leave it empty for the next 1 July",
    )
