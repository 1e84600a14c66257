"""Meetings and questions before them go over to the school that follows. Plain rows: see `schools.succession`."""

from django.db.models import QuerySet

from engagement.models import Meeting, SchoolHalf
from schools.succession import Holding


class Meetings(Holding):
    """Asked for and agreed: whoever was to meet meets the school that follows."""

    key, label, noun = "meetings", "Meetings", "meeting"
    position = 56

    def rows(self) -> QuerySet:
        return Meeting.objects.all()


class Halves(Holding):
    """What the school was asked before a meeting, and answered. Links that were sent go on opening."""

    key, label, noun = "halves", "Questions before a meeting", "set of questions,sets of questions"
    position = 57

    def rows(self) -> QuerySet:
        return SchoolHalf.objects.all()
