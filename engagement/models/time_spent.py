"""What the hub's people spend their time on: what stands for how long a talk took, whom they met, their hours."""

from decimal import Decimal

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from engagement.models.conversations import Conversation
from engagement.querysets import HubRulesQuerySet
from engagement.reference import read
from engagement.time_spent.querysets import MetRoleQuerySet, TermHoursQuerySet
from hubportal.kit.terms import TERMS
from schools.models import Hub

MOST_HOURS = Decimal(60)  # a week


def usual_minutes() -> dict[str, int]:
    """How long each kind of conversation usually takes, where nobody wrote it down."""
    return dict(read("time_spent.json")["minutes"])


def usual_leaders() -> list[str]:
    return [each["code"] for each in read("time_spent.json")["roles"] if each["leads"]]


class MetRole(models.Model):
    """A role of people at schools and trusts, told by the words of their job titles: a list that the platform
    administrator keeps. The order is that of seniority."""

    code = models.SlugField(max_length=24, unique=True)
    name = models.CharField(max_length=60)
    titles = models.JSONField(
        default=list, help_text="Beginnings of words in a job title. The longest that fits decides: “deputy head”."
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = MetRoleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class TimeRules(models.Model):
    """How one hub, or every hub that has no rules of its own, reckons time: from an academic year on, until the next
    ones."""

    hub = models.ForeignKey(
        Hub,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="time_rules",
        help_text="None: for every hub without its own.",
    )
    year = models.PositiveSmallIntegerField("from the academic year", help_text="The year in which it begins.")
    minutes = models.JSONField(default=usual_minutes, help_text="For each kind of conversation.")
    email_minutes = models.PositiveSmallIntegerField(default=15, help_text="A conversation by email, of any kind.")
    attempt_minutes = models.PositiveSmallIntegerField(default=5, help_text="An attempt that got no answer.")
    leaders = models.JSONField(default=usual_leaders, help_text="Codes of the roles that are leaders.")

    objects = HubRulesQuerySet.as_manager()

    class Meta:
        ordering = ["hub", "-year"]
        verbose_name_plural = "time rules"
        constraints = [
            models.UniqueConstraint(fields=["hub", "year"], nulls_distinct=False, name="timerules_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.hub or 'Every hub'}, from {self.year} to {self.year + 1}"

    def minutes_for(self, kind: str, how: str) -> int:
        """How long such a conversation is taken to have lasted, in minutes."""
        if how == Conversation.How.EMAIL:
            return self.email_minutes
        return self.minutes.get(kind) or usual_minutes()[kind]


class TermHours(models.Model):
    """The hours a week for which a person is employed by the hub or its partner in one term, and those of them in which
    they teach pupils."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="term_hours")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="term_hours")
    year = models.PositiveSmallIntegerField("academic year", help_text="The year in which it begins.")
    term = models.CharField(max_length=6, choices=[(name, f"{name.capitalize()} term") for name in TERMS])
    employed = models.DecimalField(max_digits=4, decimal_places=1, validators=[MaxValueValidator(MOST_HOURS)])
    teaching = models.DecimalField(max_digits=4, decimal_places=1)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    objects = TermHoursQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "term"]
        verbose_name_plural = "term hours"
        constraints = [
            models.UniqueConstraint(fields=["hub", "person", "year", "term"], name="termhours_once_a_term"),
            models.CheckConstraint(
                condition=Q(teaching__gte=0, teaching__lte=F("employed"), employed__lte=MOST_HOURS),
                name="termhours_teaching_within_employed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.term} term of {self.year} to {self.year + 1}"
