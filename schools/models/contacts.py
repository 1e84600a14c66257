"""What happens to contacts as rows: two that were one person's, two that are not, and a file of staff read in."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from schools.models.hubs import Hub
from schools.models.people import Contact
from schools.querysets import ContactImportQuerySet, ContactMergeQuerySet


class ContactMerge(models.Model):
    """Two contacts at one school who turned out to be one: a person's decision, which can be undone.

    The merged row stays as it was, with its history; `before` and `after` hold what the kept one took over from it, and
    `moved` which rows of other rooms went over, by model and field (schools/contact_references.py)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="contact_merges")
    kept = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="merged_by")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ContactMergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="contactmerge_into_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="contactmerge_of_two"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="contactmerge_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged} into {self.kept}"


class ContactsApart(models.Model):
    """Two contacts of whom somebody said that they are not the same person: never asked again."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="contactsapart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="contactsapart_the_older_first"),
        ]

    def __str__(self) -> str:
        return f"{self.first} is not {self.second}"


class ContactImport(models.Model):
    """A file of staff as it was received, looked at by the person who brought it, and then taken over or left."""

    class Kind(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel (XLSX)"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="contact_imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    name = models.CharField("name of the file", max_length=120)
    kind = models.CharField(max_length=4, choices=Kind)
    header = models.JSONField(help_text="The names of the columns as received.")
    rows = models.JSONField(
        help_text="Line numbers and cells; once it is applied, those that failed, with reason and name."
    )
    applied_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, help_text="Rows by outcome, once it is applied.")

    objects = ContactImportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name
