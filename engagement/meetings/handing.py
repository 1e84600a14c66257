"""How meetings to come, and what schools answered before meetings, go over to the hub that takes a school over: see
`schools.handing`."""

from django.db.models import QuerySet
from django.utils import timezone

from engagement.actions import diary, halves
from engagement.meetings import words
from engagement.models import HalfAnswer, Meeting, SchoolHalf
from schools.handing import Copied, Handing, Kind, Passing, mark_of

ASKER = ("via", "name", "job_title", "email", "phone", "message", "school_words", "made_at", "made_by")


class Meetings(Kind):
    """Wishes to meet that nobody answered, and meetings to come. The other hub has them as wishes, each with the time
    that was agreed, for its own diary; the giver's own is called off, and everybody invited is told."""

    noun = "meeting to come,meetings to come"
    sources = ("meeting",)

    def held(self, passing: Passing) -> QuerySet[Meeting]:
        rows = Meeting.objects.filter(hub=passing.giver, school=passing.school)
        rows = rows.asked() | rows.to_come(timezone.now())
        return rows.exclude(received_from=passing.receiver)

    def copy(self, handing: Handing) -> Copied:
        """Some twenty statements for each."""
        found = Copied()
        for row in self.held(handing).select_related("hub", "officer", "made_by").order_by("pk"):
            mark = mark_of(row, handing)
            values = {name: getattr(row, name) for name in ASKER}
            values["wanted"] = self._wanted(row)
            guest = None if row.name else row.guests.first()
            if guest is not None:  # whom the giver was to meet is whom the receiver answers
                values |= {"name": guest.name, "job_title": guest.job_title, "email": guest.email}
            like, is_new = Meeting.objects.get_or_create(
                hub=handing.receiver,
                received_origin=mark["received_origin"],
                defaults={**mark, **values, "school": handing.school},
            )
            if is_new:
                diary.note_asked(like, None, handing.at)
                found.number += 1
            found.written.add(like.timeline_source)
            reason = f"{handing.receiver} looks after the school from now on, and will be in touch."
            diary.cancel(meeting=row, reason=reason, by=handing.by, at=handing.at)
        return found

    @staticmethod
    def _wanted(row: Meeting) -> str:
        if row.starts_at is None:
            return row.wanted
        return f"Agreed with {row.hub} for {words.moment(row.starts_at)}: {words.where(row)}"[:300]


class Halves(Kind):
    """What the school answered before meetings, with whose words they are. Questions that nobody answered stay: their
    links go on leading to the hub that asked."""

    noun = "set of a school’s answers,sets of a school’s answers"
    sources = ("half",)
    FIELDS = (
        "framework_id",
        "questions",
        "note",
        "asked_by_id",
        "asked_at",
        "expires_at",
        "answered_at",
        "read_at",
        "read_by_id",
    )
    ANSWER = ("values", "name", "job_title", "at", "user_id", "entered_by_id", "said_on")

    def held(self, passing: Passing) -> QuerySet[SchoolHalf]:
        rows = SchoolHalf.objects.standing().filter(hub=passing.giver, school=passing.school, answers__isnull=False)
        return rows.exclude(received_from=passing.receiver).distinct()

    def copy(self, handing: Handing) -> Copied:
        """Half a dozen statements for each."""
        found = Copied()
        for row in self.held(handing).order_by("pk"):
            mark = mark_of(row, handing)
            like, is_new = SchoolHalf.objects.get_or_create(
                hub=handing.receiver,
                received_origin=mark["received_origin"],
                defaults={**mark, **{name: getattr(row, name) for name in self.FIELDS}, "school": handing.school},
            )
            if is_new:
                HalfAnswer.objects.bulk_create(
                    HalfAnswer(half=like, **{name: getattr(each, name) for name in self.ANSWER})
                    for each in row.answers.order_by("at", "pk")
                )
                found.number += 1
            halves.write_timeline(like)
            found.written.add(like.timeline_source)
        return found
