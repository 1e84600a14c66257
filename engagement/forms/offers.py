"""The form of an offer, in groups, and that of carrying offers into another year."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db.models import Q

from engagement.catalogue.carrying import Preview
from engagement.forms.sharing import SAFE_WORDS
from engagement.models import Criterion, Guide, MetRole, Offer, Strand
from engagement.offering import PHASES
from hubportal.accounts.models import User
from hubportal.kit.forms import DateBoxesField, GovForm, HintedCheckboxes, LongTextField
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import Hub, Partner, School

SMALL = {"class": "govuk-checkboxes--small choices--columns"}
NARROW = {"class": "govuk-input--width-5", "inputmode": "numeric"}
SOMEBODY_ELSE = "other"  # a role of those met that tells nobody whom an offer is for
GROUPS = (
    ("What it is", ("year", "title", "strand", "description", "link")),
    (
        "For whom",
        ("for_whom", "phases", "types", "fewest_pupils", "most_pupils", "roles", "staff"),
    ),
    ("So that everybody can take part", ("access_notes", "adapted_instruments")),
    (
        "What it answers",
        ("criteria_codes", "comes_after", "comes_before", "school_improvement", "signposts"),
    ),
    ("Who delivers it, and when", ("partner", "organisation", "delivered_by", "when", "begins_on", "ends_on")),
    ("Places and cost", ("capacity", "is_charged", "cost", "remission", "pupil_premium")),
)


def _ticks(label: str, help_text: str, choices: Any = ()) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple(attrs=SMALL)
    return forms.MultipleChoiceField(label=label, help_text=help_text, choices=choices, required=False, widget=widget)


def _number(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=1,
        max_value=20_000,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={
            "invalid": f"Enter “{label}” as a whole number, such as 12",
            "min_value": f"Enter 1 or more for “{label}”, or leave it empty",
            "max_value": f"Enter no more than 20,000 for “{label}”",
        },
    )


def _text(label: str, help_text: str = "", *, rows: int = 3) -> LongTextField:
    words = f"{help_text} {SAFE_WORDS}.".strip()
    return LongTextField(label=label, help_text=words, max_length=1000, rows=rows, required=False)


class OfferForm(GovForm, forms.Form):
    """What the hub offers, for whom, and what it answers. Another hub's partners and criteria are no choices."""

    year = forms.TypedChoiceField(
        label="Academic year",
        coerce=int,
        help_text="Schools see what is on offer this year and, once you put it on offer, next year.",
        error_messages={"required": "Choose the academic year", "invalid_choice": "Choose a year from the list"},
    )
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
    link = forms.URLField(
        label="Link",
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text="A page where a school can read more or book, such as: https://www.example.org/brass",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": "Enter a web address, such as https://www.example.org/brass"},
    )
    for_whom = forms.CharField(
        label="For whom", max_length=200, required=False, help_text="Such as: primary schools, music leads."
    )
    phases = _ticks(
        "Which phases is it for?",
        "Tick none if it is for every phase. Special schools go by their pupils’ ages.",
        PHASES,
    )
    types = _ticks("Which kinds of school is it for?", "Tick none if it is for every kind.", Offer.Type.choices)
    fewest_pupils = _number("Fewest pupils", "If it is only for schools of some size: how many pupils at least.")
    most_pupils = _number("Most pupils", "And how many at most.")
    roles = _ticks("Whom in the school is it for?", "Tick none if it is for pupils, or for everybody.")
    staff = forms.ChoiceField(
        label="If it is for staff, for which?",
        choices=[("", "It is not for staff"), *Offer.Staff.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    access_notes = _text(
        "Access", "Such as: step-free rooms, a signer on request, quiet space, how to say what you need."
    )
    criteria_codes = _ticks(
        "What does it answer?", "A school whose report names one of these to develop is told of the offer, and why."
    )
    comes_after = _text(
        "What comes before it in the curriculum",
        "If this names another of your offers, schools that had that one are told so.",
        rows=2,
    )
    comes_before = _text("What comes after it in the curriculum", rows=2)
    school_improvement = _text("How it helps a school improve", "In words that a head can put before governors.")
    signposts = _ticks("Which of your pages for schools does it point to?", "", Guide.Code.choices)
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
    when = forms.CharField(
        label="When, in words",
        max_length=120,
        required=False,
        help_text="Such as: Thursday afternoons in the spring term. Schools see it beside the days, if you give any.",
    )
    begins_on = DateBoxesField(label="First day", required=False)
    ends_on = DateBoxesField(label="Last day", required=False)
    capacity = _number("How many schools can take it?", "Leave it empty for as many as want it.")
    is_charged = forms.BooleanField(
        label="There is a charge",
        required=False,
        help_text="The school or its families pay something, if not all of them. A leader of the school agrees to it.",
    )
    cost = forms.CharField(
        label="Cost", max_length=120, required=False, help_text="In words, such as: £0 for schools in the hub."
    )
    remission = forms.CharField(
        label="Who pays less, or nothing",
        max_length=200,
        required=False,
        help_text="Such as: free for schools with more than 35% free school meals.",
    )
    pupil_premium = _text("How Pupil Premium can pay for it", "Advice in line with the government’s of now.")
    adapted_instruments = _text("Adapted instruments", "Which there are, and how a school asks for them.", rows=2)

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
        self.fields["description"].help_text = f"{SAFE_WORDS}: everybody can read this."
        self.fields["year"].choices = _years(offer)
        self.fields["year"].initial = academic_year(today())
        self.fields["strand"].queryset = Strand.objects.visible_to(user)
        self.fields["partner"].queryset = Partner.objects.visible_to(user).filter(hub=hub)
        roles = MetRole.objects.visible_to(user).exclude(code=SOMEBODY_ELSE)
        self.fields["roles"].choices = roles.values_list("code", "name")
        self._ask_for_organisation(user, hub)
        self.fields["criteria_codes"].choices = [(each.code, each.title) for each in criteria]
        self.helper.layout = Layout(
            *(Fieldset(title, *(name for name in names if name in self.fields)) for title, names in GROUPS)
        )

    def _ask_for_organisation(self, user: User, hub: Hub) -> None:
        """Which of the hub's other organisations delivers it; not asked where it has none."""
        organisations = School.objects.visible_to(user).organisations().in_hubs({hub.pk}, today()).order_by("name_key")
        present = Q(pk=self.offer.organisation_id) if self.offer else Q()
        self.fields["organisation"].queryset = organisations.filter(Q(status__in=School.OPEN_STATUSES) | present)
        if not self.fields["organisation"].queryset.exists():
            del self.fields["organisation"]

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


def _years(offer: Offer | None) -> list[tuple[int, str]]:
    """This academic year and the next; and that of the offer, where it is another."""
    year = academic_year(today())
    years = sorted({year, year + 1, *([offer.year] if offer else [])})
    return [(each, f"{each} to {each + 1}") for each in years]


class OfferCarryForm(GovForm, forms.Form):
    """Which offers of an earlier year are offered again, and when schools see them."""

    offers = forms.MultipleChoiceField(
        label="Which do you offer again?",
        error_messages={
            "required": "Tick at least one offer",
            "invalid_choice": "One of these can no longer be carried over. Look at the list again",
        },
        widget=HintedCheckboxes,
    )
    opens = forms.TypedChoiceField(
        label="When do schools see them?",
        choices=[
            ("no", "When we put them on offer, once they are right"),
            ("yes", "Now"),
        ],
        initial="no",
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, preview: Preview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = [each for each in preview.candidates if not each.obstacle]
        field = self.fields["offers"]
        field.choices = [(str(each.offer.uuid), each.offer.title) for each in possible]
        field.widget.hints = {
            str(each.offer.uuid): " ".join(filter(None, [f"{each.offer.strand}.", each.note])) for each in possible
        }
        field.initial = [str(each.offer.uuid) for each in possible if each.offer.is_current]
