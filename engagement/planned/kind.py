"""Setting the next contact of several schools, as something to do with them in the list of schools."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from engagement.actions import planned
from engagement.forms.planned import NextContactForm
from engagement.models import Hold, PlannedContact
from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.access import today
from schools.bulk.kinds import BulkKind, State
from schools.models import Hub, School


class NextContact(BulkKind):
    """A day and a reason. A school that declined for now, or is paused beyond that day, is left in peace."""

    key, label, heading = "next", "Set the next contact", "When do we talk with these schools next?"

    def form(self, data: Any, *, hub: Hub, user: User) -> Any:
        return NextContactForm(data)

    def details(self, form: Any) -> dict[str, Any]:
        return {"on": form.cleaned_data["on"].isoformat(), "reason": form.cleaned_data["reason"]}

    def words(self, details: Mapping[str, Any]) -> str:
        return f"Next contact: {long_date(date.fromisoformat(details['on']))}. {details['reason']}"

    def now(self, *, hub: Hub, schools: Sequence[School], details: Mapping[str, Any]) -> dict[int, State]:
        rows = PlannedContact.objects.standing().filter(hub=hub, school__in=schools)
        found = {
            row.school_id: State({"on": row.on.isoformat(), "reason": row.reason}, f"{long_date(row.on)}: {row.reason}")
            for row in rows
        }
        return {each.pk: found.get(each.pk, State(None, "no day set")) for each in schools}

    def after(self, details: Mapping[str, Any]) -> Any:
        return {"on": details["on"], "reason": details["reason"]}

    def refusals(
        self, *, hub: Hub, schools: Sequence[School], details: Mapping[str, Any], by: User
    ) -> Mapping[int, str]:
        on = max(date.fromisoformat(details["on"]), today())
        holds = Hold.objects.standing().filter(hub=hub, school__in=schools, until__gt=today())
        return {
            hold.school_id: f"{hold.get_kind_display()} until {long_date(hold.until)}"
            for hold in holds
            if hold.kind == Hold.Kind.DECLINED or hold.until > on
        }

    def put(self, *, hub: Hub, values: Mapping[School, Any], by: User) -> Mapping[int, Any]:
        planned.set_days(hub=hub, days=values, by=by)
        return {school.pk: value for school, value in values.items()}
