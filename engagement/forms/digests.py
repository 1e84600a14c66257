"""How often somebody wants to hear what is due."""

from django import forms

from engagement.models import DigestWish
from hubportal.kit.forms import GovForm, HintedRadioSelect


class DigestWishForm(GovForm, forms.Form):
    how = forms.ChoiceField(
        label="How often do you want an email with what is due?",
        choices=DigestWish.How.choices,
        widget=HintedRadioSelect(
            hints={
                DigestWish.How.DAILY: "Monday to Friday, from 7 in the morning.",
                DigestWish.How.WEEKLY: "The usual. From 7 in the morning.",
                DigestWish.How.NEVER: "Reports, invitations and answers that are meant for you still come.",
            }
        ),
    )
