"""Whether the scheduler (beat) and a worker are at work. Each minute the scheduler sends a task, and writes down that
it sent it; whoever does the task writes that down too. In the database, so that an emptied Redis takes nothing away."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections, connection
from django.utils import timezone

from hubportal.kit.models import Heartbeat
from hubportal.kit.wording import clock, long_date

QUIET = timedelta(minutes=10)
WHAT = {
    Heartbeat.Who.SCHEDULER: (
        "The scheduler",
        "Nothing that has its time is done: no reminders, digests or nightly work. Start beat again.",
    ),
    Heartbeat.Who.WORKER: (
        "The worker",
        "Emails, documents and imports wait until it runs. Start a worker again.",
    ),
}
NO_WORK = "It is the scheduler that gives it something to do each minute, so start the scheduler first."


@dataclass(frozen=True)
class Silence:
    """Somebody who was not seen for QUIET. `last` is None where they never were."""

    who: str
    last: datetime | None
    then: str

    def words(self, at: datetime) -> str:
        """ "The scheduler has not been seen since 14:03. ..."; with the day where that was not today."""
        name = WHAT[Heartbeat.Who(self.who)][0]
        if self.last is None:
            return f"{name} has never been seen. {self.then}"
        day = "" if timezone.localdate(self.last) == timezone.localdate(at) else f" on {long_date(self.last)}"
        return f"{name} has not been seen since {clock(self.last)}{day}. {self.then}"


def silences(at: datetime | None = None) -> list[Silence]:
    """Who was not seen for ten minutes, the scheduler first. One query."""
    at = at or timezone.now()
    seen = dict(Heartbeat.objects.values_list("who", "at"))
    found: list[Silence] = []
    for who, (_, then) in WHAT.items():
        last = seen.get(who)
        if last is None or last <= at - QUIET:
            found.append(Silence(who, last, NO_WORK if found else then))
    return found


def warnings(at: datetime | None = None) -> list[str]:
    """The same, a sentence each. One query."""
    at = at or timezone.now()
    return [each.words(at) for each in silences(at)]


def stamp(who: str, at: datetime | None = None) -> None:
    """Write down that one of the two is at work. One statement, two the first time."""
    Heartbeat.objects.update_or_create(who=Heartbeat.Who(who), defaults={"at": at or timezone.now()})


def stamp_alone(who: str) -> None:
    """The same for a process that has no request or task around it: on a connection that is fresh and not kept."""
    if connection.in_atomic_block:  # somebody else's connection, who goes on with it
        return stamp(who)
    close_old_connections()
    try:
        return stamp(who)
    finally:
        connection.close()
