"""How often a hub wants to talk with each school, which contacts count as talking, and what is urgent to it."""

import pghistory
from django.db import models

from engagement.models.conversations import Conversation
from engagement.querysets import HubRulesQuerySet
from engagement.reference import read
from schools.models import Hub


def usual_kinds() -> list[str]:
    return [each.value for each in Conversation.Kind if each != Conversation.Kind.OTHER]


def usual_roles() -> list[str]:
    """Lead Schools of any kind are one role; the others are those of the administrator's list."""
    return ["lead-school", "board", "network-host", "venue"]


def usual_support() -> list[str]:
    """The ten kinds of support of the funder's guidance, but information that goes to every school alike."""
    return [each["code"] for each in read("strands.json")["strands"] if each["code"] != "information"]


def usual_ways() -> list[str]:
    """Being at the same event is not yet a conversation."""
    return [each.value for each in Conversation.How if each != Conversation.How.EVENT]


@pghistory.track()
class ContactRules(models.Model):
    """The rules of one hub, or of every hub that has none of its own, from an academic year on and until the next ones.
    The funder's idea of engagement changes, so a contact is judged by the rules of its own year."""

    class Cadence(models.IntegerChoices):
        """In school weeks; 39 make a year of 195 days, of which five are for training."""

        HALF_TERM = 6, "Once every half-term"
        TERM = 13, "Once a term"
        TWICE = 19, "Twice a year"
        YEAR = 39, "Once a year"

    hub = models.ForeignKey(
        Hub,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contact_rules",
        help_text="None: for every hub without its own.",
    )
    year = models.PositiveSmallIntegerField("from the academic year", help_text="The year in which it begins.")
    school_weeks = models.PositiveSmallIntegerField("how often", choices=Cadence, default=Cadence.TERM)
    kinds = models.JSONField(default=usual_kinds, help_text="Codes of the kinds of conversation that count.")
    ways = models.JSONField(default=usual_ways, help_text="Codes of the ways of talking that count.")
    roles = models.JSONField(
        default=usual_roles, help_text="Codes of what a school does in the hub that count as a way of being engaged."
    )
    support = models.JSONField(
        default=usual_support, help_text="Codes of the kinds of support given that count as a way of being engaged."
    )

    objects = HubRulesQuerySet.as_manager()

    class Meta:
        ordering = ["hub", "-year"]
        verbose_name_plural = "contact rules"
        constraints = [
            models.UniqueConstraint(fields=["hub", "year"], nulls_distinct=False, name="contactrules_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.hub or 'Every hub'}, from {self.year_words}"

    @property
    def year_words(self) -> str:
        """ "2026 to 2027"."""
        return f"{self.year} to {self.year + 1}"

    def counts(self, kind: str, how: str) -> bool:
        """Whether such a contact counts as talking with a school."""
        return kind in self.kinds and how in self.ways

    @property
    def kind_words(self) -> list[str]:
        return [str(label) for code, label in Conversation.Kind.choices if code in self.kinds]

    @property
    def way_words(self) -> list[str]:
        return [str(label) for code, label in Conversation.How.choices if code in self.ways]


@pghistory.track()
class ScorePoints(models.Model):
    """How much each reason weighs on a hub's worklists, where it weighs it otherwise than is usual."""

    hub = models.OneToOneField(Hub, on_delete=models.PROTECT, related_name="score_points")
    points = models.JSONField(default=dict, help_text="By the codes of `engagement.scoring.RULES`.")

    objects = HubRulesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "score points"

    def __str__(self) -> str:
        return f"{self.hub}: {len(self.points)} of its own"
