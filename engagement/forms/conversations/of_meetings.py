"""A meeting that was held as the first words of the conversation about it."""

from collections.abc import Sequence

from django.utils import timezone

from engagement.forms.conversations.book import prefix_of
from engagement.forms.conversations.values import Values, first_values
from engagement.models import Conversation, ConversationPart, Meeting, MeetingGuest
from hubportal.accounts.models import User


def of_meeting(meeting: Meeting, by: User) -> Values:
    """Its day, how and how long, and the officer in whose diary it stands. No query beyond the memberships."""
    day = timezone.localdate(meeting.starts_at)
    return first_values(by=meeting.officer or by, form=Conversation.Form.FULL) | {
        "how": meeting.how,
        "minutes": str(meeting.minutes),
        "date_0": str(day.day),
        "date_1": str(day.month),
        "date_2": str(day.year),
    }


def people_of_meeting(guests: Sequence[MeetingGuest], part: ConversationPart) -> Values:
    """Those who were invited: ticked where they are contacts of the hub, else by name. No query where the contacts were
    fetched along."""
    prefix = prefix_of(part)
    typed = [each for each in guests if each.contact is None]
    values: Values = {f"{prefix}-contacts": [str(each.contact.uuid) for each in guests if each.contact]}
    if typed:
        values[f"{prefix}-people-TOTAL_FORMS"] = str(len(typed))
    for number, each in enumerate(typed):
        values[f"{prefix}-people-{number}-name"] = each.name
        values[f"{prefix}-people-{number}-job_title"] = each.job_title
    return values
