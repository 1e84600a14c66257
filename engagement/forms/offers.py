"""The form of an offer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q

from engagement.forms.sharing import SAFE_WORDS
from engagement.models import Criterion, Offer, Strand
from engagement.offering import PHASES
from hubportal.accounts.models import User
from hubportal.kit.forms import DateBoxesField, GovForm, LongTextField
from schools.access import today
from schools.models import Hub, Partner, School

SMALL = {"class": "govuk-checkboxes--small choices--columns"}


class OfferForm(GovForm, forms.Form):
    """What the hub offers, for whom, and what it answers. Another hub's partners and criteria are no choices."""

    title = forms.CharField(
        label="Title",
        max_length=120,
        help_text="As schools know it, such as: Whole-class brass.",
        error_messages={"required": "Enter a title"},
    )
    strand: "forms.ModelChoiceField[Strand]" = forms.ModelChoiceField(
        label="Kind of support",
        queryset=None,
        empty_label="Choose one",
        help_text="One of the ten kinds in the Arts Council’s guidance.",
        error_messages={"required": "Choose the kind of support"},
    )
    description = LongTextField(label="What schools get", max_length=2000, rows=5, required=False)
    for_whom = forms.CharField(
        label="For whom", max_length=200, required=False, help_text="Such as: primary schools, music leads."
    )
    phases = forms.MultipleChoiceField(
        label="Which phases is it for?",
        choices=PHASES,
        required=False,
        help_text="Tick none if it is for every phase. Special schools go by their pupils’ ages.",
        widget=forms.CheckboxSelectMultiple(attrs=SMALL),
    )
    criteria_codes = forms.MultipleChoiceField(
        label="What does it answer?",
        required=False,
        help_text="A school whose report names one of these to develop is told of the offer, and why.",
        widget=forms.CheckboxSelectMultiple(attrs=SMALL),
    )
    partner: "forms.ModelChoiceField[Partner]" = forms.ModelChoiceField(
        label="Which partner delivers it?",
        queryset=None,
        required=False,
        empty_label="No partner: the hub itself",
    )
    organisation: "forms.ModelChoiceField[School]" = forms.ModelChoiceField(
        label="Or which other organisation?",
        queryset=None,
        to_field_name="urn",
        required=False,
        empty_label="None",
        help_text="Such as a cathedral’s music foundation: it stands on the hub’s list of other organisations.",
        error_messages={"invalid_choice": "Choose an organisation from the list"},
    )
    delivered_by = forms.CharField(
        label="Who delivers it, in words", max_length=120, required=False, help_text="Such as: a tutor of Ashby Brass."
    )
    cost = forms.CharField(
        label="Cost", max_length=120, required=False, help_text="In words, such as: £0 for schools in the hub."
    )
    when = forms.CharField(
        label="When, in words",
        max_length=120,
        required=False,
        help_text="Such as: Thursday afternoons in the spring term. Schools see it beside the days, if you give any.",
    )
    begins_on = DateBoxesField(label="First day", required=False)
    ends_on = DateBoxesField(label="Last day", required=False)
    link = forms.URLField(
        label="Link",
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text="A page where a school can read more or book, such as: https://www.example.org/brass",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": "Enter a web address, such as https://www.example.org/brass"},
    )

    def __init__(
        self,
        *args: Any,
        user: User,
        hub: Hub,
        criteria: Sequence[Criterion],
        offer: Offer | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        self.fields["description"].help_text = f"{SAFE_WORDS}: schools read this."
        self.fields["strand"].queryset = Strand.objects.visible_to(user)
        self.fields["partner"].queryset = Partner.objects.visible_to(user).filter(hub=hub)
        organisations = School.objects.visible_to(user).organisations().in_hubs({hub.pk}, today()).order_by("name_key")
        present = Q(pk=offer.organisation_id) if offer else Q()
        self.fields["organisation"].queryset = organisations.filter(Q(status__in=School.OPEN_STATUSES) | present)
        if not self.fields["organisation"].queryset.exists():
            del self.fields["organisation"]
        self.fields["criteria_codes"].choices = [(each.code, each.title) for each in criteria]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("partner") and said.get("organisation"):
            self.add_error("organisation", "Choose a partner or an organisation, not both")
        if said.get("begins_on") and said.get("ends_on") and said["ends_on"] < said["begins_on"]:
            self.add_error("ends_on", "The last day must be the first one or later")
        return {"organisation": None, **said}

    def clean_criteria_codes(self) -> list[str]:
        """The ticks, and what the offer answered in an older version of the framework, which has no box here."""
        ticked = self.cleaned_data["criteria_codes"]
        shown = {code for code, _ in self.fields["criteria_codes"].choices}
        kept = [code for code in (self.offer.criteria_codes if self.offer else []) if code not in shown]
        return [*ticked, *kept]
