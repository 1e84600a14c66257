"""What people keep of lists: views that they saved, which of them they start with, and the log of files taken."""

import uuid

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from hubportal.kit.saved import Described
from schools.models.hubs import Hub
from schools.querysets import ListExportQuerySet, SavedViewQuerySet


def no_columns() -> list[str]:
    """The usual ones. (In the class below `list` is a column.)"""
    return []


@pghistory.track()
class SavedView(models.Model):
    """The filters, the order and the columns of a list, by a name; its owner's alone, or shared in the hub. `words`
    says each as it was called when it was saved."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="saved_views")
    list = models.CharField("name of the list's address", max_length=80)
    name = models.CharField(max_length=60)
    query = models.JSONField("filters", default=dict)
    sort = models.CharField(max_length=60, blank=True)
    columns = ArrayField(models.CharField(max_length=60), default=no_columns, blank=True)
    words = models.JSONField(default=dict)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_views")
    is_shared = models.BooleanField("shared in the hub", default=False)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["list", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "list", "owner", "name"], name="savedview_name_once_a_person"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The list, opened so."""
        return reverse(self.list) + self.described.address(str(self.uuid))

    @property
    def described(self) -> Described:
        return Described(self.list, self.query, self.sort, self.columns, self.words)

    @property
    def in_words(self) -> str:
        """Its filters, else that there are none."""
        return self.described.in_words or "No filters"


class SavedViewStart(models.Model):
    """With which view a list opens for a person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    list = models.CharField(max_length=80)
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="starts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "list"], name="savedviewstart_one_a_list")]

    def __str__(self) -> str:
        return f"{self.user} starts with {self.view}"


class ListExport(models.Model):
    """A file of a list that somebody took: a receipt, never changed."""

    hub = models.ForeignKey(
        Hub, null=True, on_delete=models.PROTECT, related_name="+", help_text="None: of a school's or a trust's people."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField("what it was of", max_length=80)
    words = models.TextField("filters in words", blank=True)
    address = models.TextField("where the same list stands", blank=True)
    rows = models.PositiveIntegerField()

    objects = ListExportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["hub", "-at"])]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="listexport_has_a_name")]

    def __str__(self) -> str:
        return f"{self.name}, {self.rows} rows"
