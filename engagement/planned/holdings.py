"""How what a hub planned for a school goes over to the school that follows it."""

from django.db.models import Exists, OuterRef, QuerySet

from engagement.models import PlannedContact, TargetSchool
from schools.models import School
from schools.succession import Holding


class Planned(Holding):
    """The day that the hub set for the next contact. One stands at a time."""

    key, label, noun = "planned", "Next contact, as the hub set it", "day set for the next contact,days set"
    stays_because = "the other school has one that stands"
    position = 54

    def rows(self) -> QuerySet:
        return PlannedContact.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = PlannedContact.objects.standing().filter(hub=OuterRef("hub"), school=at)
        return rows.filter(Exists(there), ended_at=None)


class TargetSchools(Holding):
    """That it is one of the schools of a target."""

    key, label, noun, name = "targets", "Targets", "target", "target__name"
    stays_because = "the other school is one of its schools already"
    position = 55

    def rows(self) -> QuerySet:
        return TargetSchool.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = TargetSchool.objects.filter(target=OuterRef("target"), school=at)
        return rows.filter(Exists(there))
