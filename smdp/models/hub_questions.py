"""What a hub asks its schools in their plans, beside the questions of the specification."""

import uuid
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from schools.models import Hub
from smdp.models.plans import person
from smdp.querysets.hub_questions import HubQuestionQuerySet


@pghistory.track()
class HubQuestion(models.Model):
    """A question of a hub's own. Plans that are begun while it stands carry it, in its words of then."""

    MOST = 10  # standing at a time

    class Kind(models.TextChoices):
        TEXT = "text", "In words"
        CHOICE = "choice", "Yes, partly or not yet"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="plan_questions")
    label = models.CharField("question", max_length=200)
    hint = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.TEXT)
    settings = ArrayField(
        models.CharField(max_length=10), default=list, blank=True, help_text="The kinds of school; none for every one."
    )
    made_by = person()
    made_at = models.DateTimeField()
    retired_by = person(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True, help_text="When new plans ceased to carry it.")

    objects = HubQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(retired_at=None, retired_by=None) | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="hubquestion_retired_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def name(self) -> str:
        """What its answers are kept under."""
        return f"q{self.uuid.hex[:12]}"

    @property
    def carried(self) -> dict[str, Any]:
        """The question as a plan carries it (see `smdp.sections.own`)."""
        said = {"label": self.label, "hint": self.hint, "kind": str(self.kind), "settings": list(self.settings)}
        return {"name": self.name, **said}
