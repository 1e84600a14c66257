"""Writing in a section of a trust's plan, by the views of a school's."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from hubportal.accounts.models import User
from smdp import priorities
from smdp.models import LiftedPriority, TrustPlanSection
from smdp.permissions import can_write_trust_plan
from smdp.sections import Section
from smdp.trusts.asking import sections_of_trust
from smdp.views.sections import SectionDraft, SectionEdit, SectionHistory, SectionRestore, WrittenSection


class TrustSectionPage(WrittenSection):
    """A section of a trust's plan."""

    urls = "smdp:trust-section"

    def rows(self, user: User) -> QuerySet:
        return TrustPlanSection.objects.visible_to(user).with_draft()

    def check(self, user: User) -> None:
        if not can_write_trust_plan(user, self.plan):
            raise PermissionDenied("The plan of a later year has followed, and nothing is written in this one now.")

    def sections(self) -> tuple[Section, ...]:
        """One query."""
        return sections_of_trust(self.plan.specification, self.plan.trust)

    def context(self, user: User) -> dict[str, Any]:
        if self.section.key != priorities.SECTION:
            return {}
        lifted = LiftedPriority.objects.visible_to(user).filter(plan=self.plan)
        return {"lifted": lifted.select_related("version__plan__school", "kept__school", "by")}


class TrustSectionEdit(SectionEdit):
    page_class = TrustSectionPage
    template_name = "smdp/trust_section_edit.html"


class TrustSectionDraft(SectionDraft):
    page_class = TrustSectionPage


class TrustSectionHistory(SectionHistory):
    page_class = TrustSectionPage
    template_name = "smdp/trust_section_history.html"


class TrustSectionRestore(SectionRestore):
    page_class = TrustSectionPage
