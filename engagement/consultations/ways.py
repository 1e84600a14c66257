"""From the list of schools to a consultation: "ask these"."""

from engagement.permissions import can_send_consultations
from schools.bulk.kinds import BulkWay

CONSULTATION = BulkWay(
    "consultation", "Ask them: a consultation", "engagement:consultation-create", can_send_consultations
)
