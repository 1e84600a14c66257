"""What is done with several schools at once, and the tags of a hub."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from schools.models.hubs import Hub
from schools.models.register import School
from schools.querysets import BulkChangeQuerySet, SchoolTagQuerySet, TagQuerySet


class Tag(models.Model):
    """A word by which a hub groups schools."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="tags")
    name = models.CharField(max_length=40)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("hub", Lower("name"), name="tag_once_a_hub")]

    def __str__(self) -> str:
        return self.name


class SchoolTag(models.Model):
    """A school that has a tag of its hub. Who gave it when, the bulk change says."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+", db_index=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="school_tags")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="school_tags")

    objects = SchoolTagQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "tag"], name="schooltag_once")]

    def __str__(self) -> str:
        return f"{self.school}: {self.tag}"


class BulkChange(models.Model):
    """One press that changed several schools. Its uuid was given with the preview: pressed twice, it is done once."""

    uuid = models.UUIDField(unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="bulk_changes")
    kind = models.CharField(max_length=20)
    words = models.CharField("what was done", max_length=300)
    filters = models.TextField("which schools, in words", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = BulkChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None) | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="bulkchange_undone_at_and_by",
            )
        ]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        return reverse("schools:bulk-detail", args=[self.uuid])


class BulkChangeRow(models.Model):
    """One school of it: what it was before and after, or why it was left as it is; and what undoing did."""

    change = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="rows")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    before = models.JSONField(null=True)
    before_words = models.CharField(max_length=300, blank=True)
    after = models.JSONField(null=True)
    left_because = models.CharField("why it was left as it is", max_length=300, blank=True)
    is_undone = models.BooleanField(default=False)
    kept_because = models.CharField("why undoing left it", max_length=300, blank=True)

    class Meta:
        ordering = ["school__name_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["change", "school"], name="bulkchangerow_once")]

    def __str__(self) -> str:
        return f"{self.school}: {self.change}"
