"""How a meeting is said: "Tuesday 1 December, 2:30pm", and what stands about it in the record and the emails."""

from datetime import datetime

from engagement.models import Meeting
from hubportal.kit.wording import clock, local, long_date, short_date
from schools.access import today


def moment(at: datetime) -> str:
    """Tuesday 1 December 2026, 2:30pm."""
    return f"{local(at):%A} {long_date(at)}, {clock(at)}"


def short_moment(at: datetime) -> str:
    """Tuesday 1 December, 2:30pm; with its year where that is another academic year."""
    return f"{local(at):%A} {short_date(at, today())}, {clock(at)}"


def where(meeting: Meeting) -> str:
    """How and where: "Visit, at the school hall"."""
    return ", ".join(filter(None, [meeting.get_how_display(), meeting.place]))


def state(meeting: Meeting) -> str:
    """How it stands, in a few words."""
    if meeting.is_in_diary and meeting.is_logged:
        return "Written up"
    if meeting.to_log:
        return "To write up"
    return meeting.get_state_display()
