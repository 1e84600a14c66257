"""The form of a hub's page for schools."""

from django import forms

from engagement.forms.sharing import SAFE_WORDS
from hubportal.kit.forms import GovForm, LongTextField

LONGEST = 6000


class GuideForm(GovForm, forms.Form):
    """The hub's own words. Saving says that they were compared with their source."""

    title = forms.CharField(label="Title", max_length=120, error_messages={"required": "Enter a title"})
    text = LongTextField(
        label="What schools read",
        max_length=LONGEST,
        rows=14,
        help_text=f"Leave an empty line between paragraphs. Say only what the source says. {SAFE_WORDS}.",
        error_messages={"required": "Enter what schools read"},
    )
    source = forms.CharField(
        label="Where this comes from",
        max_length=200,
        help_text="Such as: Department for Education, Pupil Premium guidance, September 2026.",
        error_messages={"required": "Enter where this comes from"},
    )
    source_url = forms.URLField(
        label="Link to the source",
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": "Enter a web address, such as https://www.gov.uk/guidance"},
    )
    is_checked = forms.BooleanField(
        label="I have compared these words with the source today",
        error_messages={"required": "Compare the words with the source, and tick that you have"},
    )
