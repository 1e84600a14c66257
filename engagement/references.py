"""Where this room's rows name a contact of a school: (model, field, the word for what it is, what counts as one)."""

from engagement.models import AgreedAction, Attempt, Participant, Recipient

CONTACTS = (
    (Participant, "contact", "conversation", "conversation"),
    (Attempt, "contact", "attempt", "pk"),
    (AgreedAction, "contact", "agreed action", "pk"),
    (Recipient, "contact", "report sent,reports sent", "version__part"),
)
