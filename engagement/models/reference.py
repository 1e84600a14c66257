"""The words the relationship is written in: strands of the hub's work, and the framework of criteria and levels."""

from django.db import models

from engagement.querysets import FrameworkQuerySet, StrandQuerySet
from schools.models import Hub


class Strand(models.Model):
    """One of the ten kinds of support in the funder's guidance, tagged with the National Plan's aims and functions.

    Source: Arts Council England, "Music Education Hubs: Working with Schools" (12 May 2023), key features of a strong
    offer. The tags are the portal's reading of the National Plan (2022) and can be edited.
    """

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    aims = models.JSONField(default=list, help_text="Numbers of the Plan's three aims for hubs.")
    functions = models.JSONField(default=list, help_text="Names of the five strategic functions.")
    position = models.PositiveSmallIntegerField()

    objects = StrandQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Framework(models.Model):
    """A published version of the criteria. A conversation keeps the version it was made under."""

    hub = models.ForeignKey(
        Hub,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="frameworks",
        help_text="None: for every hub.",
    )
    name = models.CharField(max_length=120)
    number = models.PositiveSmallIntegerField("version")
    published_on = models.DateField()

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "number"],
                nulls_distinct=False,
                name="framework_version_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"


class Level(models.Model):
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="levels")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    meaning = models.TextField()

    class Meta:
        ordering = ["framework", "number"]
        constraints = [models.UniqueConstraint(fields=["framework", "number"], name="level_number_once")]

    def __str__(self) -> str:
        return self.name


class FrameworkArea(models.Model):
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="areas")
    code = models.SlugField()
    title = models.CharField(max_length=80)
    description = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["framework", "position"]
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="frameworkarea_code_once")]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """One thing that good provision has. It judges provision, never a named person or a graded lesson."""

    area = models.ForeignKey(FrameworkArea, on_delete=models.PROTECT, related_name="criteria")
    code = models.SlugField(help_text="Stays the same from version to version, so that levels can be compared.")
    title = models.CharField("short title", max_length=80)
    description = models.TextField()
    prompts = models.JSONField(default=list, help_text="Questions an inspector would ask.")
    governor_question = models.CharField(max_length=240, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["area__position", "position"]
        verbose_name_plural = "criteria"
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="criterion_code_once")]

    def __str__(self) -> str:
        return self.title
