"""Bringing in what a hub has from before: the file, its columns, and what has to be asked about it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from engagement.models import Conversation, PastImport, Strand
from engagement.past import columns, dates, words
from engagement.past.reading import MOST_BYTES, MOST_ROWS
from engagement.permissions import hubs_to_bring_for
from hubportal.accounts.models import User
from hubportal.kit.forms import GovForm
from hubportal.kit.wording import count
from schools.models import Hub

MOST_MB = MOST_BYTES // 1024 // 1024
NOTHING = ("", "Leave this column out")
LONGEST_SAMPLE = 40  # characters


class PastImportForm(GovForm, forms.Form):
    """The file; and whose it is, for those who may bring one in for several hubs."""

    file = forms.FileField(
        label="Your file",
        help_text=f"A CSV or Excel file (.xlsx), up to {MOST_MB} MB and {MOST_ROWS:,} rows.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another"},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hubs = hubs_to_bring_for(user)
        found = list(hubs[:2])
        self.only = found[0] if len(found) == 1 else None
        if self.only is None:
            field = forms.ModelChoiceField(
                label="For which hub?",
                queryset=hubs,
                to_field_name="slug",
                empty_label="Choose one",
                error_messages={"required": "Choose which hub"},
            )
            self.fields = {"hub": field, **self.fields}

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(f"The file is larger than {MOST_MB} MB. Cut it into several")
        return file

    @property
    def chosen_hub(self) -> Hub:
        return self.only or self.cleaned_data["hub"]

    def name_chosen(self) -> None:
        """Of a form that comes back: say which file was chosen. A browser does not keep it."""
        if file := self.files.get("file"):
            self["file"].help_text = f"You chose {file.name}. Choose it again, or another"


class PastSheetForm(GovForm, forms.Form):
    """Which sheet of a workbook holds the rows."""

    sheet = forms.TypedChoiceField(
        label="Which sheet do you want to bring in?",
        coerce=int,
        widget=forms.RadioSelect,
        help_text="One at a time: upload the file again for another.",
    )

    def __init__(self, *args: Any, imported: PastImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [
            (at, f"{each['name']}: {', '.join(each['header'][:5])}{' …' if len(each['header']) > 5 else ''}")
            for at, each in enumerate(imported.sheets)
        ]


class PastColumnsForm(GovForm, forms.Form):
    """What the file and each of its columns hold, and what holds where a row says nothing."""

    mark_optional = False

    def __init__(self, *args: Any, imported: PastImport, **kwargs: Any) -> None:
        self.imported = imported
        settings = imported.settings
        held = {at: field for field, at in settings.get("columns", {}).items()}
        initial = {name: settings.get(name, "") for name in ("kind", "how", "talk", "plan_date")}
        initial |= {"save_as": settings.get("mapping", "")}
        initial |= {f"column_{at}": field for at, field in held.items()}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.fields["kind"] = forms.ChoiceField(
            label="What are the rows of this file?",
            choices=[*columns.KINDS.items(), (columns.BY_COLUMN, "Several of these: a column says which")],
            widget=forms.RadioSelect,
        )
        choices = [NOTHING, *((code, label) for code, label, _ in columns.FIELDS)]
        samples = imported.sheets[imported.sheet or 0]["samples"]
        for at, heading in enumerate(imported.header):
            told = [cells[at][:LONGEST_SAMPLE] for cells in samples if cells[at]]
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=heading,
                choices=choices,
                required=False,
                help_text=f"Such as: {' · '.join(told)}" if told else "Empty in the first rows.",
            )
        self.fields["how"] = forms.ChoiceField(
            label="Contacts that do not say how you were in touch",
            choices=[("", "Reject them"), *words.choices_of("how", {})],
            required=False,
        )
        self.fields["talk"] = forms.ChoiceField(
            label="Contacts that do not say what kind of conversation it was", choices=Conversation.Kind.choices
        )
        self.fields["plan_date"] = forms.ChoiceField(
            label="The date of a plan is the day on which",
            choices=[("adopted", "the school adopted it"), ("seen", "the hub saw it")],
            widget=forms.RadioSelect,
        )
        self.fields["save_as"] = forms.CharField(
            label="Name under which to keep this way of reading (if you want to)",
            max_length=80,
            required=False,
            help_text="The next file with the same headings is read the same way, and its words are asked for once.",
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        seen: dict[str, str] = {}
        for at, heading in enumerate(self.imported.header):
            field = said.get(f"column_{at}")
            if field and field in seen:
                self.add_error(f"column_{at}", f"“{seen[field]}” holds “{columns.WORDS[field]}” already. Choose one")
            elif field:
                seen[field] = heading
        return said

    @property
    def settings(self) -> dict[str, Any]:
        """As `actions.past.tell` takes them."""
        said = self.cleaned_data
        held = {said[f"column_{at}"]: str(at) for at in range(len(self.imported.header)) if said[f"column_{at}"]}
        return {name: said[name] for name in ("kind", "how", "talk", "plan_date")} | {"columns": held}


class PastQuestionsForm(GovForm, forms.Form):
    """What a file leaves open: words that we do not know, dates that can be meant in two ways, schools to confirm."""

    mark_optional = False

    def __init__(self, *args: Any, imported: PastImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.imported, self.asks = imported, imported.asks
        self._words: dict[str, tuple[str, str]] = {}
        self._columns: dict[str, tuple[str, str]] = {}
        strands = dict(Strand.objects.visible_to(imported.by).values_list("code", "name"))
        for field, found in self.asks.get("words", {}).items():
            for number, (key, written, rows) in enumerate(found):
                name = f"word_{field}_{number}"
                self._words[name] = (field, key)
                self.fields[name] = forms.ChoiceField(
                    label=f"“{written}” ({words.ASKED[field].lower()}, {count(rows, 'row')})",
                    choices=[("", "Choose"), *words.choices_of(field, strands), (words.LEAVE, "Leave these rows out")],
                    error_messages={"required": f"Choose what “{written}” is"},
                )
        for place, found in self.asks.get("columns", {}).items():
            orders = found.get("orders", {})
            for what in (dates.ORDER, dates.MONTH, dates.YEAR):
                if what in found:
                    self._ask_of_column(place, what, found[what][0], found[what][1], orders)
        if places := self.asks.get("places"):
            self._ask_of_places(places)

    def _ask_of_column(self, place: str, what: str, rows: int, example: str, orders: dict[str, int]) -> None:
        heading, name = self.imported.header[int(place)], f"column_{place}_{what}"
        self._columns[name] = (place, what)
        said = {
            dates.ORDER: f"{count(rows, 'date')} such as “{example}” can be meant in two ways.",
            dates.MONTH: f"{count(rows, 'date')} such as “{example}” name a month and no day.",
            dates.YEAR: f"{count(rows, 'row')} such as “{example}” name one year of the two.",
        }[what]
        if what == dates.ORDER:
            sure = [f"{orders[order]:,} only {order} first" for order in ("day", "month") if orders.get(order)]
            said += f" Of the others, {' and '.join(sure)}." if sure else ""
        self.fields[name] = forms.ChoiceField(
            label=f"How are the values of “{heading}” meant?",
            help_text=said,
            choices=[*dates.ANSWERS[what], (words.LEAVE, "Leave those rows out")],
            widget=forms.RadioSelect,
            error_messages={"required": f"Say how the values of “{heading}” are meant"},
        )

    def _ask_of_places(self, places: list[list[Any]]) -> None:
        self.fields["which"] = forms.ChoiceField(
            label="The file gives no URN for some rows. Are these the schools that are meant?",
            choices=[("all", "All of them are right"), ("some", "Those that I tick"), ("none", "None of them")],
            widget=forms.RadioSelect,
            error_messages={"required": "Say whether these are the schools that are meant"},
        )
        self.fields["places"] = forms.MultipleChoiceField(
            label="The file says, and we found",
            choices=[
                (str(number), f"{told} is {school} ({count(rows, 'row')})")
                for number, (_key, told, rows, _pk, school) in enumerate(places)
            ],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text="Rows of a school that is not right are left out.",
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("which") == "some" and not said.get("places"):
            self.add_error("places", "Tick the schools that are right")
        return said

    @property
    def answers(self) -> dict[str, Any]:
        """As `actions.past.answer` takes them."""
        said = self.cleaned_data
        found: dict[str, dict[Any, Any]] = {"words": {}, "columns": {}, "places": {}}
        for name, (field, key) in self._words.items():
            found["words"].setdefault(field, {})[key] = said[name]
        for name, (place, what) in self._columns.items():
            found["columns"].setdefault(place, {})[what] = said[name]
        for number, (key, _told, _rows, pk, _school) in enumerate(self.asks.get("places", [])):
            is_right = said["which"] == "all" or (said["which"] == "some" and str(number) in said["places"])
            found["places"][key] = pk if is_right else 0
        return found
