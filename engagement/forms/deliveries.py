"""The form of a delivery: it asks what its kind has, and keeps "not known" apart from zero."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from engagement.code_lists.reading import Entry
from engagement.deliveries import checks, kinds
from engagement.models import CodeEntry, Delivery, Offer
from hubportal.kit.forms import DateBoxesField, GovForm
from schools.models import Partner

SMALL = {"class": "govuk-checkboxes--small choices--columns"}
MOST = 100_000
PARTNER = "partner:"
NO_NAMES = "Never a pupil’s name."
ETHNIC = "ethnicity_"
FIGURES = re.compile(r"\d{1,3}(?:[, ]\d{3})+|\d+", re.ASCII)


class NumberField(forms.CharField):
    """A whole number of people or things, or nothing where it is not known. Cleans to `int` or None; "1,200" is
    taken. What was typed stays in the box when it is wrong."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        widget = forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Any) -> int | None:  # type: ignore[override]
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        label = str(self.label)
        if re.fullmatch(r"[-−–]\s*[\d., ]+", text):
            raise ValidationError(f"“{label}” must be 0 or more", code="negative")
        if not FIGURES.fullmatch(text):
            said = text if len(text) <= 40 else f"{text[:39]}…"
            raise ValidationError(
                f"Enter “{label}” in figures, as a whole number: “{said}” is none. Leave it empty if you do not know",
                code="invalid",
            )
        number = int(re.sub(r"[, ]", "", text))
        if number > MOST:
            raise ValidationError(f"“{label}” must be {MOST:,} or fewer", code="max_value")
        return number


@dataclass(frozen=True)
class Choices:
    """What the form lets a person choose from: all of one hub, and seen by the person."""

    partners: Iterable[Partner]
    offers: Iterable[Offer]
    lists: Mapping[str, list[Entry]]
    years: Iterable[int]
    census: checks.Census = field(default_factory=lambda: checks.Census(""))


@dataclass(frozen=True)
class Group:
    """Fields that stand together on the page under a heading."""

    title: str
    lede: str
    names: list[str]
    is_folded: bool = False


def _choose(label: str, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, **kwargs)


class DeliveryForm(GovForm, forms.Form):
    """`kind` says what is asked, `row` is the record that is changed. `values` is what the action takes."""

    mark_optional = False  # almost nothing is required: the page says to leave empty what is not known

    year = forms.TypedChoiceField(label="In which academic year?", coerce=int)
    offer = _choose("Is it one of our offers?", ())
    delivered_by = forms.ChoiceField(label="Who delivered it?", error_messages={"required": "Choose who delivered it"})
    deliverer_name = forms.CharField(
        label="If somebody else delivered it, who?", max_length=120, required=False, help_text="Such as a company."
    )
    supported_by = _choose("Who supported it, if anybody?", (), help_text="With money, instruments, staff or planning.")
    supporter_name = forms.CharField(label="If somebody else supported it, who?", max_length=120, required=False)

    class_name = forms.CharField(max_length=80, required=False)
    year_groups = forms.TypedMultipleChoiceField(
        label="Which year groups?",
        choices=list(kinds.YEAR_GROUPS.items()),
        coerce=int,
        required=False,
        help_text="Tick several for a mixed-age class; none if you do not know.",
        widget=forms.CheckboxSelectMultiple(attrs=SMALL),
    )
    instrument = _choose("Which instrument?", ())
    terms = forms.MultipleChoiceField(
        label="In which terms?",
        choices=list(kinds.TERMS.items()),
        required=False,
        help_text="None if you do not know.",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    turn = _choose("Is it the class’s first time, or does it continue?", Delivery.Turn.choices)
    group_size = _choose("How large were the groups?", Delivery.GroupSize.choices)
    key_stage = _choose("Which key stage?", Delivery.KeyStage.choices)
    ensemble = _choose("Which type of ensemble?", ())
    organiser = _choose("Who organises it?", Delivery.Organiser.choices)
    training = _choose("What was the training about?", ())
    event = _choose("What kind of event?", ())
    on = DateBoxesField(label="On which day?", required=False)

    is_estimate = forms.BooleanField(label="Some of these figures are estimates", required=False)
    is_confirmed = forms.BooleanField(
        label="The figures are confirmed",
        required=False,
        help_text="Without the tick the record is kept, and counted in no sum yet.",
    )
    note = forms.CharField(label="Note", max_length=300, required=False, help_text=f"For the hub. {NO_NAMES}")
    warnings = forms.MultipleChoiceField(
        label="Is this right all the same?",
        required=False,
        help_text="Tick each that you have checked. It stays on the record who said so.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, kind: kinds.Kind, choices: Choices, row: Delivery | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.choices, self.row = kind, choices, row
        for name in {ask for each in kinds.KINDS.values() for ask in each.asks} - set(kind.asks):
            del self.fields[name]
        if "class_name" in self.fields:
            self.fields["class_name"].label = kind.name_label
            self.fields["class_name"].help_text = NO_NAMES
        self._choose_from(choices)
        for name in kind.numbers:
            self.fields[name] = NumberField(label=kinds.MEASURES[name])
        for entry in choices.lists[CodeEntry.List.ETHNICITY] if kind.has_ethnicity else ():
            if entry.is_offered or (row and entry.row.code in row.ethnicity):
                self.fields[f"{ETHNIC}{entry.row.code}"] = NumberField(label=entry.name)
        if row and row.warnings and not self.is_bound:
            self.fields["warnings"].choices = [(each, each) for each in row.warnings]
            self.initial["warnings"] = row.warnings
        self.groups = self._groups()

    def _choose_from(self, choices: Choices) -> None:
        self.fields["year"].choices = [(each, f"{each} to {each + 1}") for each in choices.years]
        self.offers = {str(each.uuid): each for each in choices.offers}
        self.fields["offer"].choices = [("", "No, or not known"), *((key, str(it)) for key, it in self.offers.items())]
        if not self.offers:
            del self.fields["offer"]
        self.partners = {f"{PARTNER}{each.uuid}": each for each in choices.partners}
        partners = [(key, str(each)) for key, each in self.partners.items()]
        delivered = [(key, words) for key, words in Delivery.By.choices if key != Delivery.By.PARTNER]
        supported = [(key, words) for key, words in Delivery.SupportedBy.choices if key != Delivery.SupportedBy.PARTNER]
        self.fields["delivered_by"].choices = [("", "Choose"), delivered[0], *partners, *delivered[1:]]
        self.fields["supported_by"].choices = [*supported[:3], *partners, *supported[3:]]
        self.entries: dict[str, dict[str, CodeEntry]] = {}
        for name in {"instrument", "ensemble", "training", "event"} & set(self.fields):
            held = getattr(self.row, f"{name}_id") if self.row else None
            shown = [each for each in choices.lists[name] if each.is_offered or each.row.pk == held]
            self.entries[name] = {str(each.row.uuid): each.row for each in shown}
            self.fields[name].choices = [("", "Not known"), *((str(each.row.uuid), each.name) for each in shown)]

    def _groups(self) -> list[Group]:
        asks = [name for name in ("year", *self.kind.asks, "offer") if name in self.fields]
        ethnic = [name for name in self.fields if name.startswith(ETHNIC)]
        who = ["delivered_by", "deliverer_name", "supported_by", "supporter_name"]
        unknown = "Leave empty what you do not know: empty is not zero."
        return [
            Group("What it was", "", asks),
            Group("Who", "Who supported it is asked apart: the funder counts both.", who),
            Group("How many", f"{unknown} Numbers only, never names.", list(self.kind.numbers)),
            *([Group("Ethnic groups, where known", unknown, ethnic, is_folded=True)] if ethnic else []),
            Group("How sure", "", ["warnings", "is_estimate", "is_confirmed", "note"]),
        ]

    def fields_of(self, group: Group) -> list[Any]:
        asked = [name for name in group.names if name in self.fields]
        return [self[name] for name in asked if name != "warnings" or self.fields[name].choices]

    def drawn(self) -> list[tuple[Group, list[Any], bool]]:
        """Each group with its fields, and whether a folded one is to be open."""
        found = []
        for group in self.groups:
            fields = self.fields_of(group)
            if fields:
                found.append((group, fields, any(each.errors or each.value() not in (None, "") for each in fields)))
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.values = self._values(said)
        for prefix, word in (("deliver", "delivered"), ("support", "supported")):
            if self.values.get(f"{word}_by") == "other" and not self.values[f"{prefix}er_name"]:
                self.add_error(f"{prefix}er_name", f"Enter who {word} it")
        for name, words in checks.problems(self.kind.code, self.values).items():
            first = next((each for each in self.fields if each.startswith(name)), None)
            self.add_error(name if name in self.fields else first, words)
        self._warn(said)
        return said

    def _values(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """What was said, by the names of the model."""
        plain = ("class_name", "year_groups", "turn", "group_size", "key_stage", "organiser", "on", "note")
        values = {name: said[name] for name in (*plain, *self.kind.numbers) if name in said}
        values |= {name: name in said.get("terms", []) for name in kinds.TERMS}
        values |= {name: rows.get(said.get(name, "")) for name, rows in self.entries.items()}
        values["offer"] = self.offers.get(said.get("offer", ""))
        counts = {name.removeprefix(ETHNIC): said.get(name) for name in self.fields if name.startswith(ETHNIC)}
        values["ethnicity"] = {code: number for code, number in counts.items() if number is not None}
        for prefix, word in (("deliver", "delivered"), ("support", "supported")):
            chosen = said.get(f"{word}_by", "")
            partner = self.partners.get(chosen)
            values[f"{word}_by"] = "partner" if partner else chosen
            values[f"{prefix}er"] = partner
            values[f"{prefix}er_name"] = said.get(f"{prefix}er_name", "") if chosen == "other" else ""
        values["is_estimate"], values["is_confirmed"] = said.get("is_estimate", False), said.get("is_confirmed", False)
        return values

    def _warn(self, said: dict[str, Any]) -> None:
        """What is hardly so is asked about: each sentence is a box to tick."""
        found = checks.warnings(self.values, self.choices.census)
        field = self.fields["warnings"]
        if not found:
            del self.fields["warnings"]
            self.values["warnings"] = []
            return
        field.choices = [(each, each) for each in found]
        ticked = self.data.getlist(self.add_prefix("warnings")) if hasattr(self.data, "getlist") else []
        self.values["warnings"] = [each for each in found if each in ticked]
        self.errors.pop("warnings", None)
        if len(self.values["warnings"]) < len(found):
            self.add_error("warnings", "Check the number of pupils, or tick that it is right all the same")


def initial_of(row: Delivery) -> dict[str, Any]:
    """What the form says of a record."""
    names = ("year", "class_name", "year_groups", "turn", "group_size", "key_stage", "organiser", "on", "note")
    found = {name: getattr(row, name) for name in (*names, "is_estimate", "deliverer_name", "supporter_name")}
    found |= {name: getattr(row, name) for name in kinds.NUMBERS}
    found |= {f"{ETHNIC}{code}": number for code, number in row.ethnicity.items()}
    for name in ("instrument", "ensemble", "training", "event", "offer"):
        found[name] = str(named.uuid) if (named := getattr(row, name)) else ""
    found["terms"] = [name for name in kinds.TERMS if getattr(row, name)]
    found["delivered_by"] = f"{PARTNER}{row.deliverer.uuid}" if row.deliverer else row.delivered_by
    found["supported_by"] = f"{PARTNER}{row.supporter.uuid}" if row.supporter else row.supported_by
    found["is_confirmed"] = row.confirmed_at is not None
    return found


class WithdrawForm(GovForm, forms.Form):
    why = forms.CharField(
        label="Why is it withdrawn?",
        max_length=300,
        help_text="Such as: entered twice; it did not take place.",
        error_messages={"required": "Say why it is withdrawn"},
    )


class CarryForm(GovForm, forms.Form):
    """Which of last year's go on."""

    deliveries = forms.MultipleChoiceField(
        label="Which of them go on?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one"},
    )

    def __init__(self, *args: Any, rows: Mapping[str, tuple[Delivery, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.fields["deliveries"].choices = [(key, words) for key, (_, words) in rows.items()]

    def clean_deliveries(self) -> list[Delivery]:
        return [self.rows[key][0] for key in self.cleaned_data["deliveries"]]
