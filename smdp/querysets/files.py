"""Who sees which picture or document of a plan."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from hubportal.accounts.models import User
    from smdp.models import Plan


class PlanFileQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Those in sections whose words the person reads as they are written, and those that a version was frozen with
        that the person reads."""
        sections = apps.get_model("smdp", "PlanSection")._default_manager.readable_by(user)
        versions = apps.get_model("smdp", "PlanVersion")._default_manager.visible_to(user, on)
        return self.filter(Q(section__in=sections.values("pk")) | Q(Exists(versions.filter(files=OuterRef("pk")))))

    def standing(self) -> Self:
        """Those that nobody has taken off their section."""
        return self.filter(removed_at=None)

    def of_plan(self, plan: "Plan") -> Self:
        return self.filter(section__plan=plan)
