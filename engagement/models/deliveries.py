"""What was delivered at a school in an academic year: counts, and never a name of a pupil."""

import uuid
from functools import reduce
from operator import add
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from engagement.deliveries import kinds
from engagement.deliveries.querysets import DeliveryQuerySet
from engagement.models.code_lists import CodeEntry
from engagement.models.offers import Offer
from hubportal.kit.models import person
from schools.models import Hub, Partner, Received, School


def number(verbose_name: str) -> models.IntegerField:
    """A whole number; null is "not known", which is not zero."""
    return models.PositiveIntegerField(verbose_name, null=True, blank=True, validators=[MinValueValidator(0)])


def entry(code_list: str) -> models.ForeignKey:
    return models.ForeignKey(
        CodeEntry,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"code_list": code_list},
    )


def together(*names: str) -> Any:
    """The sum of what is known of these."""
    return reduce(add, (Coalesce(F(name), 0) for name in names))


def pair(name: str) -> models.CheckConstraint:
    """When and by whom, both or neither."""
    at, by = f"{name}_at", f"{name}_by"
    neither = Q(**{at: None, by: None})
    both = Q(**{f"{at}__isnull": False, f"{by}__isnull": False})
    return models.CheckConstraint(condition=neither | both, name=f"delivery_{name}_at_and_by")


SEND = F("send_ehcp") + F("sen_support")


@pghistory.track()
class Delivery(Received):
    """One thing that was delivered at one school in one academic year. All kinds stand in one table, so that sums stay
    plain; which columns a kind has, `engagement.deliveries.kinds` says.

    A number that is null is not known. What can never hold, the database refuses: a part above its whole (parts that
    are not known are left out of it), both Pupil Premium and SEND above either."""

    class Kind(models.TextChoices):
        WHOLE_CLASS = kinds.WHOLE_CLASS, "Whole-class programme"
        TUITION = kinds.TUITION, "Tuition"
        ENSEMBLE = kinds.ENSEMBLE, "Ensemble"
        SINGING = kinds.SINGING, "Singing"
        LOAN = kinds.LOAN, "Instrument loan"
        ADAPTED = kinds.ADAPTED, "Adapted instruments"
        TRAINING = kinds.TRAINING, "Training for staff (CPD)"
        EVENT = kinds.EVENT, "Event"

    class By(models.TextChoices):
        HUB = "hub", "The hub itself"
        PARTNER = "partner", "A partner of the hub"
        SCHOOL = "school", "The school itself"
        OTHER = "other", "Somebody else"

    class SupportedBy(models.TextChoices):
        NOT_KNOWN = "", "Not known"
        NOBODY = "nobody", "Nobody else"
        HUB = "hub", "The hub"
        PARTNER = "partner", "A partner of the hub"
        SCHOOL = "school", "The school"
        OTHER = "other", "Somebody else"

    class Turn(models.TextChoices):
        NOT_KNOWN = "", "Not known"
        FIRST = "first", "For the first time"
        CONTINUING = "continuing", "Continuing from an earlier year"

    class GroupSize(models.TextChoices):
        NOT_KNOWN = "", "Not known"
        INDIVIDUAL = "individual", "Individual"
        SMALL = "small", "Small group"
        LARGE = "large", "Large group"

    class KeyStage(models.TextChoices):
        NOT_KNOWN = "", "Not known"
        EARLY = "early", "Early years"
        KS1 = "1", "Key Stage 1"
        KS2 = "2", "Key Stage 2"
        KS3 = "3", "Key Stage 3"
        KS4 = "4", "Key Stage 4"
        KS5 = "5", "Key Stage 5"
        UNGRADED = "ungraded", "Ungraded"

    class Organiser(models.TextChoices):
        NOT_KNOWN = "", "Not known"
        SCHOOL = "school", "The school alone"
        TOGETHER = "together", "The school with the hub or a partner"
        AREA = "area", "The hub or a partner, for the area"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="deliveries")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="deliveries")
    year = models.PositiveSmallIntegerField(help_text="The year in which the academic year begins.")
    kind = models.CharField(max_length=12, choices=Kind)
    offer = models.ForeignKey(Offer, null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries")

    delivered_by = models.CharField(max_length=8, choices=By)
    deliverer = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="delivered")
    deliverer_name = models.CharField(max_length=120, blank=True)
    supported_by = models.CharField(max_length=8, choices=SupportedBy, blank=True)
    supporter = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="supported")
    supporter_name = models.CharField(max_length=120, blank=True)

    class_name = models.CharField("class, group, ensemble or event", max_length=80, blank=True)
    year_groups = ArrayField(
        models.SmallIntegerField(), default=list, blank=True, help_text="-1 nursery, 0 reception. None: not known."
    )
    instrument = entry(CodeEntry.List.INSTRUMENT)
    in_autumn = models.BooleanField(default=False, help_text="No term at all: not known.")
    in_spring = models.BooleanField(default=False)
    in_summer = models.BooleanField(default=False)
    turn = models.CharField("first time or continuing", max_length=10, choices=Turn, blank=True)
    group_size = models.CharField(max_length=10, choices=GroupSize, blank=True)
    key_stage = models.CharField(max_length=8, choices=KeyStage, blank=True)
    ensemble = entry(CodeEntry.List.ENSEMBLE)
    organiser = models.CharField(max_length=8, choices=Organiser, blank=True)
    training = entry(CodeEntry.List.TRAINING)
    event = entry(CodeEntry.List.EVENT)
    on = models.DateField("day", null=True, blank=True)
    starts_on = models.DateField(help_text="The day from which it counts: its own, or the first of its term.")
    thing = models.CharField(max_length=200, blank=True, help_text="What makes two records possibly the same thing.")

    pupils = number("pupils")
    pupil_premium = number("of them Pupil Premium")
    send_ehcp = number("of them with an EHC plan")
    sen_support = number("of them with SEN support")
    pp_and_send = number("of them both Pupil Premium and SEND")
    boys = number("boys")
    girls = number("girls")
    gender_not_stated = number("neither stated")
    ethnicity = models.JSONField(default=dict, blank=True, help_text="Pupils by the codes of the list, where known.")
    remission = number("fees remitted")
    continued = number("continued after whole-class")
    standard_entry = number("reached entry level")
    standard_foundation = number("reached foundation level")
    standard_intermediate = number("reached intermediate level")
    standard_advanced = number("reached advanced level")
    loaned = number("instruments")
    attendees_specialist = number("music specialists")
    attendees_other = number("not music specialists")

    is_estimate = models.BooleanField("the figures are estimates", default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = person(null=True)
    warnings = models.JSONField(default=list, blank=True, help_text="Sentences that somebody read and said: it is so.")
    warned_at = models.DateTimeField(null=True, blank=True)
    warned_by = person(null=True)
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried", help_text="Last year's."
    )
    counted_with = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="counts_for",
        help_text="The other half of a joint project, which is counted; this one is not.",
    )
    note = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = person(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    by = person()
    created_at = models.DateTimeField(auto_now_add=True)
    changed_by = person(null=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "school__name_key", "kind", "pk"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["hub", "year", "kind"]),
            models.Index(fields=["school", "hub", "year"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["hub", "received_origin"], name="delivery_received_once"),
            models.CheckConstraint(
                condition=(Q(delivered_by="partner") & Q(deliverer__isnull=False))
                | (~Q(delivered_by="partner") & Q(deliverer=None)),
                name="delivery_by_a_partner_names_it",
            ),
            models.CheckConstraint(
                condition=Q(delivered_by="other") ^ Q(deliverer_name=""), name="delivery_by_somebody_names_them"
            ),
            models.CheckConstraint(
                condition=(Q(supported_by="partner") & Q(supporter__isnull=False))
                | (~Q(supported_by="partner") & Q(supporter=None)),
                name="delivery_supported_by_a_partner_names_it",
            ),
            models.CheckConstraint(
                condition=Q(supported_by="other") ^ Q(supporter_name=""), name="delivery_supported_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(pp_and_send__lte=F("pupil_premium")), name="delivery_both_within_pupil_premium"
            ),
            models.CheckConstraint(condition=Q(pp_and_send__lte=SEND), name="delivery_both_within_send"),
            models.CheckConstraint(condition=Q(pp_and_send__lte=F("pupils")), name="delivery_both_within_pupils"),
            models.CheckConstraint(
                condition=Q(pupils__gte=F("pupil_premium") + SEND - F("pp_and_send")),
                name="delivery_premium_or_send_within_pupils",
            ),
            *(
                models.CheckConstraint(condition=Q(pupils__gte=together(*names)), name=f"delivery_{what}_within_pupils")
                for what, names in (
                    ("premium", ["pupil_premium"]),
                    ("send", ["send_ehcp", "sen_support"]),
                    ("gender", ["boys", "girls", "gender_not_stated"]),
                    ("remission", ["remission"]),
                    ("continued", ["continued"]),
                    ("standards", list(kinds.STANDARDS)),
                )
            ),
            models.CheckConstraint(condition=~Q(counted_with=F("pk")), name="delivery_not_counted_with_itself"),
            pair("confirmed"),
            pair("withdrawn"),
            pair("warned"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{f', {self.class_name}' if self.class_name else ''}"

    def get_absolute_url(self) -> str:
        return reverse("engagement:delivery-detail", args=[self.uuid])

    @property
    def timeline_source(self) -> str:
        return f"delivery:{self.uuid}"

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None

    @property
    def is_own(self) -> bool:
        """Not received from another hub."""
        return self.received_from_id is None

    @property
    def year_words(self) -> str:
        """ "2026 to 2027"."""
        return f"{self.year} to {self.year + 1}"

    @property
    def term_words(self) -> str:
        """ "Autumn and Spring"; "" where none is known."""
        names = [words for name, words in kinds.TERMS.items() if getattr(self, name)]
        return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))

    @property
    def deliverer_words(self) -> str:
        """Who delivered it; the partner comes with it."""
        return self.deliverer_name or str(self.deliverer or self.get_delivered_by_display())

    @property
    def by_words(self) -> str:
        """The same in the middle of a sentence: "the hub itself"."""
        words = self.deliverer_words
        return words if self.delivered_by in (self.By.PARTNER, self.By.OTHER) else f"{words[0].lower()}{words[1:]}"

    @property
    def supporter_words(self) -> str:
        return self.supporter_name or str(self.supporter or self.get_supported_by_display())


class DeliveriesApart(models.Model):
    """Two records that look like one thing, and somebody decided that they are two."""

    one = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="+")
    by = person()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "deliveries apart"
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="deliveriesapart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="deliveriesapart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"
