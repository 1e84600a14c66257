"""What the register changed about a school, and what each hub makes of it."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from schools.models.hubs import Hub
from schools.models.register import LocalAuthority, RegisterFile, School
from schools.querysets import ChangeNoticeQuerySet


class RegisterChange(models.Model):
    """One thing that the register said differently from before. A fact: written once, never changed.

    The first file ever makes none: everything in it would be new. `before` and `after` are what the register said, in
    words to show: names of schools, authorities, trusts and heads, numbers of pupils, "31 August 2027", "Open"; empty
    where it said nothing.
    """

    class Kind(models.TextChoices):
        PROPOSED = "proposed", "Proposed to open"
        OPENED = "opened", "Opened"
        CLOSING = "closing", "Plans to close"
        NOT_CLOSING = "not_closing", "No longer plans to close"
        CLOSED = "closed", "Closed"
        REOPENED = "reopened", "Open again"
        CONVERTED = "converted", "Became another school"
        RENAMED = "renamed", "Renamed"
        AUTHORITY = "authority", "Changed authority"
        JOINED_TRUST = "joined_trust", "Joined a trust"
        LEFT_TRUST = "left_trust", "Left a trust"
        TRUST_RENAMED = "trust_renamed", "Trust renamed"
        HEAD = "head", "New head"
        PUPILS_UP = "pupils_up", "A fifth more pupils"
        PUPILS_DOWN = "pupils_down", "A fifth fewer pupils"
        VANISHED = "vanished", "No longer in the register"
        REAPPEARED = "reappeared", "In the register again"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(  # the index on school and day finds a school's
        School, on_delete=models.PROTECT, related_name="register_changes", db_index=False
    )
    other_school = models.ForeignKey(
        School,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="For one that became another school: the other.",
    )
    authority_before = models.ForeignKey(
        LocalAuthority,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="For one that changed authority: the old one, whose hub is told too.",
    )
    file = models.ForeignKey(
        RegisterFile, null=True, blank=True, on_delete=models.PROTECT, related_name="changes", db_index=False
    )
    kind = models.CharField(max_length=16, choices=Kind)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    happens_on = models.DateField(null=True, blank=True, help_text="Where the register gives a date of its own.")
    noticed_on = models.DateField(help_text="The date of the register that first said so.")

    class Meta:
        ordering = ["-noticed_on", "-pk"]
        indexes = [models.Index(fields=["school", "-noticed_on"])]

    def __str__(self) -> str:
        return f"{self.school}: {self.get_kind_display()}"


@pghistory.track()
class ChangeNotice(models.Model):
    """A change as it stands in one hub's feed: new, somebody's, done or dismissed. The hub that covered the school
    before and the one that covers it after each have their own."""

    class State(models.TextChoices):
        NEW = "new", "New"
        ASSIGNED = "assigned", "Assigned"
        DONE = "done", "Done"
        DISMISSED = "dismissed", "Dismissed"

    OPEN_STATES = (State.NEW, State.ASSIGNED)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="change_notices")
    change = models.ForeignKey(RegisterChange, on_delete=models.PROTECT, related_name="notices")
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="change_notices"
    )
    note = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ChangeNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-change__noticed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "change"], name="changenotice_once_a_hub"),
            models.CheckConstraint(
                condition=(Q(state="assigned") & Q(assigned_to__isnull=False)) | ~Q(state="assigned"),
                name="changenotice_assigned_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="changenotice_decided_at_and_by",
            ),
        ]
        indexes = [models.Index(fields=["hub", "state"])]

    def __str__(self) -> str:
        return f"{self.hub}, {self.change}"

    def get_absolute_url(self) -> str:
        return reverse("schools:change-detail", args=[self.uuid])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES
