"""What a hub makes of a change in the register."""

from typing import Any

from django import forms

from hubportal.accounts.models import User
from hubportal.kit.forms import GovForm
from schools.models import ChangeNotice

State = ChangeNotice.State


class NoticeForm(GovForm, forms.Form):
    """Done, for a colleague, or nothing to do; with a note. `people` are those of `people_who_may_own`. What stands is
    chosen: somebody who has it already, and the note that was written before; of a new one nothing."""

    state = forms.ChoiceField(
        label="What do you make of it?",
        widget=forms.RadioSelect,
        choices=[
            (State.DONE, "It is done"),
            (State.ASSIGNED, "Somebody should see to it"),
            (State.DISMISSED, "Nothing to do"),
        ],
    )
    who = forms.ChoiceField(label="Who", required=False, help_text="Only where somebody should see to it.")
    note = forms.CharField(
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Your hub reads this. No pupil names, no safeguarding matters.",
    )

    def __init__(self, *args: Any, people: list[User], notice: ChangeNotice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.membership_uuid): person for person in people}  # type: ignore[attr-defined]  # annotated
        names = [(key, str(person)) for key, person in self.people.items()]
        self.fields["who"].choices = [("", "Choose a colleague"), *names]  # type: ignore[attr-defined]  # a ChoiceField
        self.initial = {"note": notice.note, **self.initial}
        if notice.state == State.ASSIGNED:
            theirs = (key for key, person in self.people.items() if person.pk == notice.assigned_to_id)
            self.initial = {"state": State.ASSIGNED, "who": next(theirs, ""), **self.initial}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("state") == State.ASSIGNED and not given.get("who") and "who" not in self.errors:
            self.add_error("who", "Choose who should see to it")
        return given

    @property
    def colleague(self) -> User | None:
        return self.people.get(self.cleaned_data.get("who") or "")
