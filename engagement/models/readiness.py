"""Whether our own people are ready for these conversations: training, joint visits, conversations read again."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from engagement.models.conversations import Conversation
from engagement.models.reference import Strand
from engagement.querysets import HubRulesQuerySet
from engagement.readiness.querysets import OfColleaguesQuerySet, TrainingTopicQuerySet
from engagement.reference import read
from schools.models import Hub


def usual_topics() -> list[str]:
    """What is asked of everybody, unless a hub says otherwise."""
    return [each["code"] for each in read("readiness.json")["topics"] if each["is_needed"]]


class TrainingTopic(models.Model):
    """What training is about: a list that the platform administrator keeps, each under the strand of the hub's work
    that it serves, where it serves one."""

    code = models.SlugField(max_length=24, unique=True)
    name = models.CharField(max_length=60)
    strand = models.ForeignKey(Strand, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    is_offered = models.BooleanField("can be chosen", default=True)

    objects = TrainingTopicQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class ReadinessRules(models.Model):
    """What a hub, or every hub that has no rules of its own, asks of its people; what is missing of it is a gap."""

    hub = models.ForeignKey(
        Hub,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="readiness_rules",
        help_text="None: for every hub without its own.",
    )
    topics = models.JSONField(default=usual_topics, help_text="Codes of the training that everybody needs.")
    months = models.PositiveSmallIntegerField(default=12, help_text="How old the last moderated conversation may be.")

    objects = HubRulesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "readiness rules"
        constraints = [
            models.UniqueConstraint(fields=["hub"], nulls_distinct=False, name="readinessrules_once"),
        ]

    def __str__(self) -> str:
        return f"{self.hub or 'Every hub'}"


class OfColleague(models.Model):
    """A record about one of the hub's people. What was entered by mistake is struck out, never deleted."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    struck_at = models.DateTimeField(null=True, blank=True)

    objects = OfColleaguesQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_own(self) -> bool:
        """Entered by the person whom it is about."""
        return self.entered_by_id == self.person_id


class Training(OfColleague):
    """Training that one of our people had."""

    topic = models.ForeignKey(TrainingTopic, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    provider = models.CharField(max_length=120)
    expires_on = models.DateField(null=True, blank=True, help_text="The first day on which it no longer counts.")

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gt=F("on")), name="training_expires_after_it_was"
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None) | Q(struck_at__isnull=False, struck_by__isnull=False),
                name="training_struck_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.person}"


class ColleagueReview(OfColleague):
    """A colleague came along to a conversation, or read its judgements again afterwards."""

    class Kind(models.TextChoices):
        JOINT = "joint", "Joint visit"
        MODERATED = "moderated", "Moderated conversation"

    class Outcome(models.TextChoices):
        AGREED = "agreed", "They saw it the same way"
        CHANGED = "changed", "Something was changed"
        TO_TALK = "to-talk", "To talk over again"

    kind = models.CharField(max_length=10, choices=Kind)
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.PROTECT, related_name="colleague_reviews"
    )
    outcome = models.CharField(max_length=8, choices=Outcome)
    note = models.CharField("what we learned", max_length=300, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(colleague=F("person")), name="colleaguereview_by_somebody_else"),
            models.CheckConstraint(
                condition=Q(kind="joint") | Q(conversation__isnull=False), name="colleaguereview_of_a_conversation"
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None) | Q(struck_at__isnull=False, struck_by__isnull=False),
                name="colleaguereview_struck_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person} with {self.colleague}"
