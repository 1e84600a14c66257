"""What a school was asked in consultations goes over to the school that follows it: see `schools.succession`."""

from django.db.models import Exists, OuterRef, QuerySet

from engagement.models import ConsultationSchool
from schools.models import School
from schools.succession import Going, Holding


class Consultations(Holding):
    """That it was asked, with its answers. Links that were sent go on opening."""

    key, label, noun, name = "consultations", "Consultations", "consultation", "consultation__title"
    stays_because = "the other school was asked in it too"
    position = 58

    def rows(self) -> QuerySet:
        return ConsultationSchool.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = ConsultationSchool.objects.filter(consultation=OuterRef("consultation"), school=at)
        return rows.filter(Exists(there))

    def stay(self, rows: QuerySet, going: Going) -> None:
        going.kept_back.update(each.timeline_source for each in rows)
