"""What a school has been given to read: frozen versions, who received and read them, and the right of reply."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from engagement.models.conversations import ConversationPart
from engagement.querysets import PartVersionQuerySet, ResponseQuerySet
from hubportal.kit.models import SignedLink
from hubportal.kit.wording import long_date
from schools.models import Contact


class PartVersion(models.Model):
    """What a school was given to read, frozen. The school's pages and the report show this, never the draft.

    `content` is what `engagement.content.freeze` makes; it holds nothing private.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    part = models.ForeignKey(ConversationPart, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PartVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["part", "number"], name="partversion_number_once")]

    def __str__(self) -> str:
        return f"{self.part}, version {self.number}"


class Recipient(models.Model):
    """Somebody at the school who was sent a version, with the link in their email."""

    version = models.ForeignKey(PartVersion, on_delete=models.PROTECT, related_name="recipients")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = models.CharField(max_length=120)
    email = models.EmailField()
    is_leader = models.BooleanField(default=False)
    link = models.OneToOneField(SignedLink, on_delete=models.PROTECT, related_name="+")
    emailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


class Reading(models.Model):
    """A receipt: somebody opened a version, signed in or by link. Append-only; all that a GET writes."""

    version = models.ForeignKey(PartVersion, on_delete=models.PROTECT, related_name="readings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link = models.ForeignKey(SignedLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.name}, {long_date(self.at)}"


class Response(models.Model):
    """The school's right of reply. Every one stays in the history."""

    class Kind(models.TextChoices):
        ACKNOWLEDGED = "acknowledged", "Read, nothing to add"
        ACCURATE = "accurate", "Accurate"
        ADD = "add", "Accurate, and we would add"
        NOT_ACCURATE = "not_accurate", "Not accurate, because"

    WITH_WORDS = (Kind.ADD, Kind.NOT_ACCURATE)
    ACKNOWLEDGING = (Kind.ACKNOWLEDGED, Kind.ACCURATE, Kind.ADD)  # they say that it was read and is accurate

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(PartVersion, on_delete=models.PROTECT, related_name="responses")
    kind = models.CharField(max_length=14, choices=Kind)
    text = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link = models.ForeignKey(SignedLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    job_title = models.CharField("role", max_length=120, blank=True)
    noted_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When somebody at the hub read it and did what it asks.",
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["acknowledged", "accurate"]) | ~Q(text=""),
                name="response_with_more_to_say_says_it",
            ),
            models.CheckConstraint(
                condition=Q(noted_at=None, noted_by=None) | Q(noted_at__isnull=False, noted_by__isnull=False),
                name="response_noted_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def timeline_source(self) -> str:
        """The name under which it stands in the timeline."""
        return f"response:{self.uuid}"
