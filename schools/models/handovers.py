"""Handing a school over from one hub to another, by both sides' consent; and the mark on what came that way."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from schools.models.hubs import Hub
from schools.models.register import School
from schools.querysets import HandoverQuerySet


class Received(models.Model):
    """A row that may have come from another hub: a copy, which its hub reads and never counts as its own work."""

    received_from = models.ForeignKey(
        Hub,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # few rows have one, and nothing asks by it alone
        help_text="The hub whose work it is, where that is not this hub.",
    )
    received_origin = models.UUIDField(
        null=True, blank=True, help_text="The uuid of that hub's own row: nothing is taken over twice."
    )

    class Meta:
        abstract = True


@pghistory.track()
class Handover(models.Model):
    """What one hub offers to give another of its records of a school. Nothing is copied before the other accepts, and
    nothing is taken from the giver. `counts` is what was offered, in words for its noun and a number, as it was then:
    all that the receiving hub learns before it accepts."""

    class State(models.TextChoices):
        OFFERED = "offered", "Offered"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="handovers")
    giver = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="handovers_given")
    receiver = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="handovers_received")
    with_history = models.BooleanField(default=True)
    with_private_notes = models.BooleanField(default=False)
    note = models.CharField("note to the other hub", max_length=500, blank=True)
    counts = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(auto_now_add=True)
    for_ended_hub = models.BooleanField(
        default=False, help_text="The giving hub had ended: the platform administrator consented in its place."
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField("why it was declined", max_length=500, blank=True)
    copied = models.JSONField(default=list, help_text="What came of it, as `counts`.")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "giver"], condition=Q(state="offered"), name="handover_one_open_offer_a_school"
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="handover_of_two_hubs"),
            models.CheckConstraint(
                condition=Q(with_history=True) | Q(with_private_notes=False), name="handover_notes_come_with_history"
            ),
            models.CheckConstraint(
                condition=Q(state="offered", decided_at=None, decided_by=None)
                | (~Q(state="offered") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="handover_decided_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.giver} to {self.receiver}"

    def get_absolute_url(self) -> str:
        return reverse("schools:handover-detail", args=[self.uuid])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OFFERED
