"""Pages that a hub keeps for its schools: what it points them to, with the source and the day it was last checked."""

import uuid
from datetime import date, timedelta

from django.db import models
from django.urls import reverse

from engagement.guides.querysets import GuideQuerySet
from schools.models import Hub

LONGEST_GUIDE = 6000
GOOD_FOR = timedelta(days=365)  # how long a page is taken to hold once somebody has checked it


class Guide(models.Model):
    """One page, in the words of a hub; without a hub, the words of every hub that has none of its own."""

    class Code(models.TextChoices):
        PUPIL_PREMIUM = "pupil-premium", "Pupil Premium"
        CURRICULUM = "model-music-curriculum", "Model Music Curriculum"
        OFSTED = "ofsted", "Ofsted"
        TEACHING_SCHOOL_HUB = "teaching-school-hub", "Teaching School Hub"
        ARTSMARK = "artsmark", "Artsmark"
        GOVERNOR_GUIDE = "governor-guide", "Governor Guide for Music"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(
        Hub,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="guides",
        help_text="None: for every hub without its own.",
    )
    code = models.CharField(max_length=24, choices=Code)
    title = models.CharField(max_length=120)
    text = models.TextField(help_text="Paragraphs, with an empty line between them.")
    source = models.CharField("where this comes from", max_length=200)
    source_url = models.URLField("link to the source", max_length=300, blank=True)
    checked_on = models.DateField(
        null=True, blank=True, help_text="The day on which the hub last compared it with its source."
    )

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = "page for schools"
        verbose_name_plural = "pages for schools"
        constraints = [models.UniqueConstraint(fields=["hub", "code"], nulls_distinct=False, name="guide_once_a_hub")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("engagement:guide-detail", args=[self.code])

    def is_old(self, on: date) -> bool:
        """Whether nobody at the hub has checked it, or not for a year."""
        return self.checked_on is None or self.checked_on + GOOD_FOR < on
