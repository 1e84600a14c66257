"""Agreed actions: what hub, school and partner promised each other."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from engagement.models.conversations import ConversationPart
from engagement.querysets import AgreedActionQuerySet
from hubportal.kit.addresses import address_of
from schools.models import Contact, Hub, Partner, Received, School


@pghistory.track()
class AgreedAction(Received):
    """A promise with an owner (a person or a role, on either side) and a due date. Either side can close it."""

    class State(models.TextChoices):
        TO_DO = "to_do", "To do"
        IN_PROGRESS = "in_progress", "In progress"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"

    class Side(models.TextChoices):
        HUB = "hub", "Hub"
        SCHOOL = "school", "School"
        PARTNER = "partner", "Partner"

    OPEN_STATES = (State.TO_DO, State.IN_PROGRESS)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="agreed_actions")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="agreed_actions")
    part = models.ForeignKey(
        ConversationPart,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agreed_actions",
    )
    what = models.CharField(max_length=300)
    side = models.CharField("whose", max_length=8, choices=Side)
    owner_name = models.CharField("who", max_length=120, help_text="A person or a role.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agreed_actions",
    )
    contact = models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agreed_actions",
    )
    partner = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreed_actions",
    )
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.TO_DO)
    dropped_reason = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=120, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True, help_text="When the school first saw it.")
    position = models.PositiveSmallIntegerField(default=0)

    objects = AgreedActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(dropped_reason=""),
                name="agreedaction_dropped_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(side="partner", partner__isnull=False) | (~Q(side="partner") & Q(partner=None)),
                name="agreedaction_of_a_partner_names_it",
            ),
        ]
        indexes = [models.Index(fields=["hub", "state", "due_on"])]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return address_of("engagement:action-detail", str(self.uuid))

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES

    @property
    def timeline_source(self) -> str:
        """The name under which it stands in the timeline."""
        return f"action:{self.uuid}"


class ActionNote(models.Model):
    action = models.ForeignKey(AgreedAction, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return self.text
