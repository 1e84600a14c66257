"""A form of every kind of field."""

from django import forms

from hubportal.kit.forms import DateBoxesField, GovForm, HintedCheckboxes, HintedRadioSelect, LongTextField

LEVELS = [("1", "Not yet in place"), ("2", "Emerging"), ("3", "Established"), ("4", "Embedded")]
HINTS = {
    "1": "Nothing regular happens.",
    "2": "Some classes, some weeks.",
    "3": "Every class, most weeks.",
    "4": "Every class, and it lasts.",
}
SUPPORT = [("singing", "Singing strategy"), ("whole_class", "Whole-class teaching"), ("loans", "Instruments on loan")]


class EveryField(GovForm, forms.Form):
    school = forms.CharField(label="School", max_length=120, help_text="Its name, URN, postcode or town.")
    how = forms.ChoiceField(
        label="How did you talk?",
        choices=[("visit", "Visit"), ("call", "Call"), ("video", "Video")],
        widget=forms.RadioSelect(attrs={"data-inline": "1"}),
    )
    held_on = DateBoxesField(label="Date of the conversation")
    minutes = forms.IntegerField(
        label="How long, in minutes?",
        required=False,
        min_value=1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )
    summary = LongTextField(
        label="What did you see together?", max_length=2000, help_text="The school reads this. No pupil names."
    )
    level = forms.ChoiceField(label="Singing", choices=LEVELS, widget=HintedRadioSelect(hints=HINTS))
    strands = forms.MultipleChoiceField(
        label="What was it about?", choices=SUPPORT, required=False, widget=HintedCheckboxes()
    )
    owner = forms.ChoiceField(
        label="Owner of the action", choices=[("", "Choose"), ("hub", "The hub"), ("school", "The school")]
    )
    plan = forms.FileField(label="The school’s plan", required=False, help_text="A PDF or Word file, up to 5 MB.")
    accurate = forms.BooleanField(label="I have checked this with the school")


class ActionRow(GovForm, forms.Form):
    what = forms.CharField(label="What was agreed?", max_length=200)
    due_on = DateBoxesField(label="Due", required=False)


Actions = forms.formset_factory(ActionRow, extra=1, max_num=10)
