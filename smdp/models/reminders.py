"""Which reminders went out, so that none goes twice."""

from django.db import models

from schools.models import School


class Reminder(models.Model):
    """An email that reminded a school, or the hub of that school, of one thing."""

    class To(models.TextChoices):
        SCHOOL = "school", "The school"
        HUB = "hub", "Its hub"

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    to = models.CharField(max_length=6, choices=To)
    about = models.CharField(max_length=60, help_text="See `smdp.reminding.Reason.about`.")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "to", "about"], name="reminder_once")]

    def __str__(self) -> str:
        return self.about
