"""How many pupils a school had in a year, as published: the census, and the Pupil Premium."""

from django.db import models

from schools.models.register import RegisterFile, School


class SchoolFigures(models.Model):
    """What was published of one school for one year. What was not published, or only as a marker, is unknown and never
    zero. Written by the import only; a school of another URN has figures of its own."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="figures")
    year = models.PositiveSmallIntegerField(help_text="The one it began in: 2022 for 2022 to 2023.")
    headcount = models.PositiveIntegerField("pupils", null=True, blank=True)
    girls = models.PositiveIntegerField(null=True, blank=True)
    boys = models.PositiveIntegerField(null=True, blank=True)
    by_year_group = models.JSONField(
        default=dict, blank=True, help_text="Pupils by year group: R, 1 to 14. One that is not there is unknown."
    )
    fsm_eligible = models.PositiveIntegerField("eligible for free school meals", null=True, blank=True)
    fsm_percentage = models.DecimalField("free school meals, %", max_digits=5, decimal_places=1, null=True, blank=True)
    other_language = models.PositiveIntegerField("first language other than English", null=True, blank=True)
    pupil_premium = models.DecimalField(
        "pupils with Pupil Premium", max_digits=8, decimal_places=2, null=True, blank=True, help_text="Part-time: 0.5."
    )
    pupil_premium_of = models.DecimalField(
        "pupils on roll for the Pupil Premium", max_digits=8, decimal_places=2, null=True, blank=True
    )
    census_file = models.ForeignKey(
        RegisterFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    pupil_premium_file = models.ForeignKey(
        RegisterFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        verbose_name_plural = "school figures"
        ordering = ["school", "-year"]
        constraints = [models.UniqueConstraint(fields=["school", "year"], name="schoolfigures_once_a_year")]

    def __str__(self) -> str:
        return f"{self.school}, {self.year_words}"

    @property
    def year_words(self) -> str:
        """ "2022 to 2023"."""
        return f"{self.year} to {self.year + 1}"
