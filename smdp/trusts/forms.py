"""The form with which a trust shares its plan."""

from django import forms

from hubportal.kit.forms import GovForm


class TrustPlanShareForm(GovForm, forms.Form):
    """With whom, and whether the schools answer."""

    mark_optional = False

    asks = forms.BooleanField(
        label="Ask each school to confirm it",
        required=False,
        help_text="Section by section, and again where a later version says something else. You see who has.",
    )
    with_hubs = forms.BooleanField(
        label="Let the music hubs of our schools read it too",
        required=False,
        help_text="Without it a hub reads only what its schools’ own shared plans carry of it.",
    )
