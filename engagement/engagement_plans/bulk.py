"""Starting the engagement plans of several schools from a template, as something to do in the list of schools."""

from collections.abc import Mapping, Sequence
from typing import Any

from engagement.actions import engagement_plans as actions
from engagement.forms.engagement_plans import ChooseTemplateForm
from engagement.models import EngagementPlan, EngagementPlanNote, EngagementPlanTemplate
from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.access import today
from schools.bulk.kinds import BulkKind, State
from schools.models import Hub, School


class StartPlans(BulkKind):
    """A school that has a plan keeps it. Undoing takes back those that nobody has reviewed or changed since."""

    key, label = "engagement-plan", "Start engagement plans"
    heading = "From which template do these schools get a plan?"

    def form(self, data: Any, *, hub: Hub, user: User) -> Any:
        return ChooseTemplateForm(data, templates=list(EngagementPlanTemplate.objects.offered().filter(hub=hub)))

    def details(self, form: Any) -> dict[str, Any]:
        template = form.templates[form.cleaned_data["template"]]
        return {"template": str(template.uuid), "name": template.name}

    def words(self, details: Mapping[str, Any]) -> str:
        return f"Engagement plan from “{details['name']}”"

    def now(self, *, hub: Hub, schools: Sequence[School], details: Mapping[str, Any]) -> dict[int, State]:
        rows = EngagementPlan.objects.standing().filter(hub=hub, school__in=schools)
        touched = set(EngagementPlanNote.objects.filter(plan__in=rows).values_list("plan", flat=True))
        found = {
            row.school_id: State(
                {"plan": str(row.uuid), "is_touched": row.pk in touched}, f"{row.aim} (by {long_date(row.due_on)})"
            )
            for row in rows
        }
        return {each.pk: found.get(each.pk, State(None, "no plan")) for each in schools}

    def after(self, details: Mapping[str, Any]) -> Any:
        return {"template": details["template"]}

    def refusals(
        self, *, hub: Hub, schools: Sequence[School], details: Mapping[str, Any], by: User
    ) -> Mapping[int, str]:
        template = self._template(hub, details["template"])
        if template is None or template.due_on <= today():
            why = "The template is not offered any more" if template is None else "The template’s day has passed"
            return {each.pk: why for each in schools}
        now = self.now(hub=hub, schools=schools, details=details)
        return {pk: "Has a plan already" for pk, state in now.items() if state.value is not None}

    def put(self, *, hub: Hub, values: Mapping[School, Any], by: User) -> Mapping[int, Any]:
        now = self.now(hub=hub, schools=list(values), details={})
        back = {school.pk: now[school.pk].value["plan"] for school, value in values.items() if value is None}
        actions.take_back(hub=hub, plans=back)
        new: dict[str, list[School]] = {}
        for school, value in values.items():
            if value is not None:
                new.setdefault(value["template"], []).append(school)
        found: dict[int, Any] = dict.fromkeys(back)
        for uuid, schools in new.items():
            template = EngagementPlanTemplate.objects.get(hub=hub, uuid=uuid)
            made = actions.start_from(template=template, schools=schools, by=by)
            found |= {pk: {"plan": str(each.uuid), "is_touched": False} for pk, each in made.items()}
        return found

    @staticmethod
    def _template(hub: Hub, uuid: str) -> EngagementPlanTemplate | None:
        return EngagementPlanTemplate.objects.offered().filter(hub=hub, uuid=uuid).first()
