"""Where this room's rows name a contact of a school: (model, field, the word for what it is, what counts as one)."""

from engagement.models import (
    AgreedAction,
    Attempt,
    HalfSend,
    MailingRecipient,
    MeetingGuest,
    Newcomer,
    Participant,
    Recipient,
)

CONTACTS = (
    (Participant, "contact", "conversation", "conversation"),
    (Attempt, "contact", "attempt", "pk"),
    (AgreedAction, "contact", "agreed action", "pk"),
    (MeetingGuest, "contact", "meeting", "meeting"),
    (HalfSend, "contact", "set of questions sent,sets of questions sent", "half"),
    (MailingRecipient, "contact", "mailing", "mailing"),
    (Newcomer, "contact", "handover to somebody new,handovers to somebody new", "pk"),
    (Recipient, "contact", "report sent,reports sent", "version__part"),
)
