"""Mailings to schools' contacts, whom they went to, and who wants no more of them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from engagement.mailings.querysets import MailingQuerySet, MailingStopQuerySet, OfMailingQuerySet
from schools.models import Contact, Hub, School

LONGEST_SUBJECT, LONGEST_TEXT = 150, 10_000


class Mailing(models.Model):
    """One letter to the contacts of many schools. Confirmed once; its recipients are fixed then."""

    class Whom(models.TextChoices):
        MUSIC_LEAD = "music-lead", "The music lead"
        LEADER = "leader", "The head, or whoever leads the school"
        BOTH = "both", "Music lead and head"
        ALL = "all", "Everybody that we know there"

    class State(models.TextChoices):
        DRAFT = "draft", "Being written"
        SENDING = "sending", "Sent, or on its way"
        STOPPED = "stopped", "Stopped"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    text = models.TextField(max_length=LONGEST_TEXT)
    whom = models.CharField(max_length=10, choices=Whom, default=Whom.MUSIC_LEAD)
    query = models.TextField(blank=True, help_text="The list of schools, as its address says it.")
    words = models.TextField(blank=True, help_text="The same in words.")
    consultation = models.ForeignKey(
        "Consultation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mailings",
        help_text="Whose questions it brings: each recipient gets a link to answer them.",
    )
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MailingQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", confirmed_at=None, confirmed_by=None)
                | (~Q(state="draft") & Q(confirmed_at__isnull=False, confirmed_by__isnull=False)),
                name="mailing_confirmed_by_somebody",
            )
        ]
        indexes = [models.Index(fields=["hub", "-begun_at"])]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("engagement:mailing-detail", args=[self.uuid])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class MailingRecipient(models.Model):
    """One contact at one school, and what became of the email to them. Whoever works at several of the schools gets
    one email: `also_at` are the others."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        REFUSED = "refused", "Refused"
        BOUNCED = "bounced", "Came back"
        UNSUBSCRIBED = "unsubscribed", "Wants no mailings"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="recipients")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    also_at = models.ManyToManyField(School, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    subject = models.TextField(help_text="As this one reads it.")
    text = models.TextField(help_text="As this one reads it.")
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    words = models.CharField("what the mail server said", max_length=500, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OfMailingQuerySet.as_manager()

    class Meta:
        ordering = ["school__name_key", "name", "pk"]
        constraints = [
            models.UniqueConstraint("mailing", "school", Lower("email"), name="mailingrecipient_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | ~Q(state__in=["sent", "bounced"]),
                name="mailingrecipient_sent_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["tries", "id"], condition=Q(state="waiting"), name="mailingrecipient_waiting"),
            models.Index(fields=["tried_at"], name="mailingrecipient_tried"),
            models.Index(Lower("email"), F("tried_at").desc(), name="mailingrecipient_of_address"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_state_display()}"

    @property
    def schools(self) -> list[School]:
        """Where they are a contact. One query, none where `also_at` was fetched."""
        return [self.school, *self.also_at.all()]


class MailingStop(models.Model):
    """An address that wants no mailings of a hub. It stops mailings, and nothing else."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(help_text="In small letters.")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When they asked for mailings again.")

    objects = MailingStopQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "email"], condition=Q(ended_at=None), name="mailingstop_one_stands")
        ]

    def __str__(self) -> str:
        return f"{self.email} wants no mailings"
