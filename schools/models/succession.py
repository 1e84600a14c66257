"""Which school follows which: the register's links as received, and what a person decided to move because of them."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from schools.models.hubs import Hub
from schools.models.register import RegisterFile, School
from schools.querysets import SuccessionQuerySet


class SchoolLink(models.Model):
    """A row of the register's links files: "A has the successor B". Both are URNs as received, since a file may name
    schools that the portal has not met. Never deleted: a link that a later file lacks keeps its last date."""

    urn = models.IntegerField("URN")
    link_urn = models.IntegerField("linked URN")
    link_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField("link type", max_length=100, help_text="In the register's words.")
    established_on = models.DateField(null=True, blank=True)
    first_file = models.ForeignKey(RegisterFile, on_delete=models.PROTECT, related_name="+", db_index=False)
    last_file = models.ForeignKey(RegisterFile, on_delete=models.PROTECT, related_name="+", db_index=False)
    first_seen = models.DateField()
    last_seen = models.DateField()

    class Meta:
        ordering = ["urn", "link_urn", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["urn", "link_urn", "kind"], name="schoollink_once_a_kind"),
        ]
        indexes = [models.Index(fields=["link_urn"])]

    def __str__(self) -> str:
        return f"{self.urn} {self.kind} {self.link_urn}"


@pghistory.track()
class Succession(models.Model):
    """That one hub's records of a school go over to another: proposed from a link or a likeness, decided by a person.

    `moved` says which rows were moved or copied, so that it can be undone without touching what came later.
    """

    class Basis(models.TextChoices):
        SUCCESSOR = "successor", "The register names one successor"
        SEVERAL = "several", "The register names several successors"
        MERGED = "merged", "The register says the schools merged"
        SPLIT = "split", "The register says the school was split"
        SIXTH_FORM = "sixth_form", "The register links a sixth form centre"
        BOTH_OPEN = "both_open", "The register links them, and both are open"
        PROPOSED = "proposed", "The register names a successor that has not opened"
        CYCLE = "cycle", "The register's links lead round in a circle"
        ONE_WAY = "one_way", "Only one of the two schools names the other"
        SAME_NUMBER = "same_number", "The same authority and school number"
        SAME_POSTCODE = "same_postcode", "The same postcode, and one opened as the other closed"
        PERSON = "person", "A person said so"

    class State(models.TextChoices):
        PROPOSED = "proposed", "To decide"
        APPLIED = "applied", "Applied"
        UNDONE = "undone", "Undone"
        DISMISSED = "dismissed", "Dismissed"

    class How(models.TextChoices):
        MOVE = "move", "Move"
        COPY = "copy", "Copy"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="successions")
    predecessor = models.ForeignKey(School, on_delete=models.PROTECT, related_name="successions_from")
    successor = models.ForeignKey(School, on_delete=models.PROTECT, related_name="successions_to")
    basis = models.CharField(max_length=16, choices=Basis)
    is_preticked = models.BooleanField(default=False, help_text="One open successor: nothing else to choose from.")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    how = models.CharField(max_length=5, choices=How, blank=True)
    note = models.CharField(max_length=300, blank=True)
    moved = models.JSONField(default=list, blank=True)
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "predecessor", "successor"], name="succession_once_a_pair"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_two_schools"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="succession_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=(Q(state="applied") & ~Q(how="")) | ~Q(state="applied"), name="succession_applied_says_how"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} to {self.successor}"
