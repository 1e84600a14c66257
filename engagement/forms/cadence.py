"""What counts as talking with a school, how often a hub wants to, and what weighs on its worklists."""

from typing import Any

from django import forms

from engagement import scoring
from engagement.models import ContactRules, Conversation, Strand
from hubportal.accounts.models import User
from hubportal.kit.forms import GovForm
from schools.dated_facts import roles_in_words


class ContactRulesForm(GovForm, forms.Form):
    school_weeks = forms.TypedChoiceField(
        label="How often do we want to talk with each school?",
        choices=[(weeks, f"{words}: every {weeks} school weeks") for weeks, words in ContactRules.Cadence.choices],
        coerce=int,
        widget=forms.RadioSelect,
        help_text="Holidays do not count. A day agreed with a school goes before this.",
    )
    kinds = forms.MultipleChoiceField(
        label="Which kinds of conversation count?",
        choices=Conversation.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one kind of conversation that counts"},
    )
    ways = forms.MultipleChoiceField(
        label="Which ways of talking count?",
        choices=Conversation.How.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="A mailing to many schools never counts.",
        error_messages={"required": "Choose at least one way of talking that counts"},
    )
    roles = forms.MultipleChoiceField(
        label="What else counts as a way of being engaged?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="What a school does in the hub, recorded on its page with dates. A conversation always counts.",
    )

    support = forms.MultipleChoiceField(
        label="Which kinds of support count, once a school has had them?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each kind is a way of its own, however often it was given in the year.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["support"].choices = list(Strand.objects.visible_to(user).values_list("code", "name"))
        self.fields["roles"].choices = list(roles_in_words().items())


class ScorePointsForm(GovForm, forms.Form):
    """A number for each rule, by its code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, rule in scoring.RULES.items():
            each = f"For each {rule.noun}, up to {rule.times}. " if rule.noun else ""
            self.fields[code] = forms.IntegerField(
                label=rule.label,
                min_value=scoring.FEWEST,
                max_value=scoring.MOST,
                help_text=f"{each}Usually {rule.points}.",
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
                error_messages={"required": f"Enter points for “{rule.label}”, or 0 for none"},
            )

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        found: list[tuple[str, list[forms.BoundField]]] = []
        for field in self:
            if heading := scoring.HEADINGS.get(field.name):
                found.append((heading, []))
            found[-1][1].append(field)
        return found
