"""The lists from which a delivery names its instrument, ensemble, training or event: one model for all of them."""

import uuid

import pghistory
from django.db import models
from django.db.models import F, Q

from engagement.code_lists.querysets import CodeEntryQuerySet
from schools.models import Hub


@pghistory.track()
class CodeEntry(models.Model):
    """One entry of a list: national (without a hub), or one that a hub added for itself.

    A hub that calls a national entry otherwise, or does not use it, has a row of its own that says so (`national`).
    Records name the national one all the same, so that figures of several hubs stay comparable. Entries are retired and
    never deleted: records name them, and the database refuses."""

    class List(models.TextChoices):
        INSTRUMENT = "instrument", "Instruments"
        ENSEMBLE = "ensemble", "Types of ensemble"
        TRAINING = "training", "Kinds of training for staff"
        EVENT = "event", "Kinds of event"
        ETHNICITY = "ethnicity", "Ethnic groups"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code_list = models.CharField(max_length=12, choices=List)
    hub = models.ForeignKey(
        Hub,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="code_entries",
        help_text="None: for every hub.",
    )
    national = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="said_by_hubs",
        help_text="The national entry that the hub's words stand for.",
    )
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    is_offered = models.BooleanField("can be chosen", default=True)
    is_unverified = models.BooleanField(
        "unverified", default=False, help_text="No published list with this entry was found. Managers are told so."
    )

    objects = CodeEntryQuerySet.as_manager()

    class Meta:
        ordering = ["code_list", F("hub").asc(nulls_first=True), "position", "name", "pk"]
        verbose_name = "entry of a code list"
        verbose_name_plural = "code lists"
        constraints = [
            models.UniqueConstraint(
                fields=["code_list", "hub", "code"], nulls_distinct=False, name="codeentry_code_once"
            ),
            models.UniqueConstraint(fields=["hub", "national"], name="codeentry_said_once_a_hub"),
            models.CheckConstraint(
                condition=Q(national=None) | Q(hub__isnull=False), name="codeentry_hubs_words_are_a_hubs"
            ),
        ]

    def __str__(self) -> str:
        return self.name
