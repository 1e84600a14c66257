"""What this room holds for a school, and how it goes over to the school that follows it. Nothing of it is copied: a
conversation was had once, with the school it was had with, and the copied timeline leads to it."""

from django.db.models import Exists, OuterRef, QuerySet

from engagement.actions import contact_dates
from engagement.actions.sharing import release_source
from engagement.consultations.holdings import Consultations
from engagement.deliveries.holdings import Deliveries
from engagement.engagement_plans.holdings import EngagementPlans
from engagement.meetings.holdings import Halves, Meetings
from engagement.models import (
    AgreedAction,
    Attempt,
    ConversationPart,
    Hold,
    Response,
    Snooze,
    StepApproval,
    SupportGiven,
    WorkHandover,
)
from engagement.planned.holdings import Planned, TargetSchools
from engagement.risks.holdings import Newcomers, Risks, Watches
from engagement.school_to_school.holdings import Introductions, NamedFors
from engagement.worklist import talk_key
from schools import succession
from schools.models import Hub, School
from schools.succession import Going, Holding, Record


class Conversations(Holding):
    """The school's part of each conversation, with everything in it: versions, answers and links follow the part. A
    meeting at which both schools were has a part for each already."""

    key, label, noun = "conversations", "Conversations", "conversation"
    hub = "conversation__hub"
    stays_because = "both schools were at the meeting"
    position = 50

    def rows(self) -> QuerySet:
        return ConversationPart.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = ConversationPart.objects.filter(conversation=OuterRef("conversation"), school=at)
        return rows.filter(Exists(there))

    def stay(self, rows: QuerySet, going: Going) -> None:
        """What the timeline says of a part stays with it."""
        for part in rows:
            going.kept_back.update((part.timeline_source, release_source(part)))
        answers = Response.objects.filter(version__part__in=rows).only("uuid")
        actions = AgreedAction.objects.filter(part__in=rows).only("uuid")
        going.kept_back.update(each.timeline_source for each in answers)
        going.kept_back.update(each.timeline_source for each in actions)


class Actions(Holding):
    """Agreed actions. One that was agreed at a meeting of both schools stays with its part."""

    key, label, noun = "actions", "Agreed actions", "agreed action"
    stays_because = "they were agreed at a meeting of both schools"
    position = 49  # before the parts: where those stay, these do

    def rows(self) -> QuerySet:
        return AgreedAction.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = ConversationPart.objects.filter(conversation=OuterRef("part__conversation"), school=at)
        return rows.filter(Exists(there))


class Attempts(Holding):
    """Attempts that got no answer."""

    key, label, noun = "attempts", "Attempts without an answer", "attempt"
    position = 51

    def rows(self) -> QuerySet:
        return Attempt.objects.all()


class Support(Holding):
    """Kinds of support that the school was given."""

    key, label, noun = "support", "Support given", "kind of support,kinds of support"
    position = 54

    def rows(self) -> QuerySet:
        return SupportGiven.objects.all()


class Holds(Holding):
    """Until when the school is left in peace. Of a kind, one stands at a time."""

    key, label, noun = "holds", "Pauses and declines", "pause or decline,pauses and declines"
    stays_because = "the other school has one that stands"
    position = 52

    def rows(self) -> QuerySet:
        return Hold.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = Hold.objects.standing().filter(hub=OuterRef("hub"), kind=OuterRef("kind"), school=at)
        return rows.filter(Exists(there), ended_at=None)

    def stay(self, rows: QuerySet, going: Going) -> None:
        going.kept_back.update(each.timeline_source for each in rows)


class Approvals(Holding):
    """A manager's word on a step. One is asked for at a time."""

    key, label, noun = "approvals", "Approvals of a step", "approval"
    stays_because = "the other school has one that waits"
    position = 53

    def rows(self) -> QuerySet:
        return StepApproval.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = StepApproval.objects.open().filter(hub=OuterRef("hub"), how=OuterRef("how"), school=at)
        return rows.filter(Exists(there), is_approved=None)

    def stay(self, rows: QuerySet, going: Going) -> None:
        going.kept_back.update(each.timeline_source for each in rows)


class OnWorklists(Holding):
    """What people did with the things on their worklists. "Talk to this school" is then to talk to the other one; every
    other thing is a record's, and is called as before."""

    same: tuple[str, ...] = ("hub",)  # beside the thing itself, of what one stands at a time

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = self.rows().filter(ended_at=None, key=talk_key(at), **{each: OuterRef(each) for each in self.same})
        return rows.filter(Exists(there), ended_at=None, key__startswith="talk:")

    def move(self, going: Going) -> list[Record]:
        did = super().move(going)
        self._call(self.held(going.hub, [going.successor]), going.predecessor, going.successor)
        return did

    def _bring_back(self, pks: list[int], going: Going) -> list[Record]:
        stayed = super()._bring_back(pks, going)
        self._call(self.held(going.hub, [going.predecessor]), going.successor, going.predecessor)
        return stayed

    def _call(self, rows: QuerySet, before: School, now: School) -> None:
        rows.filter(key=talk_key(before)).update(key=talk_key(now))


class Snoozes(OnWorklists):
    """What somebody put off."""

    key, label, noun = "snoozes", "Put off on a worklist", "thing put off,things put off"
    stays_because = "they have put off talking to the other school already"
    position = 59
    same = ("hub", "user")

    def rows(self) -> QuerySet:
        return Snooze.objects.all()


class WorkHandovers(OnWorklists):
    """What somebody handed to a colleague."""

    key, label, noun = "work-handovers", "Handed to a colleague", "thing handed on,things handed on"
    stays_because = "talking to the other school is handed to a colleague already"
    position = 59

    def rows(self) -> QuerySet:
        return WorkHandover.objects.all()


HOLDINGS = (
    Conversations(),
    Actions(),
    Attempts(),
    Holds(),
    Approvals(),
    Support(),
    Deliveries(),
    Risks(),
    Watches(),
    Snoozes(),
    WorkHandovers(),
    Newcomers(),
    Meetings(),
    Halves(),
    Consultations(),
    Planned(),
    EngagementPlans(),
    TargetSchools(),
    Introductions(),
    NamedFors(),
)


def work_out(hub: Hub, school: School) -> None:
    """When the hub and the school last spoke."""
    contact_dates.refresh(hub=hub, school=school)


def register() -> None:
    for holding in HOLDINGS:
        succession.register(holding)
    succession.register_refresh(work_out)
