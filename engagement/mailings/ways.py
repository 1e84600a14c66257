"""From the list of schools to a mailing: "write to these"."""

from engagement.permissions import can_write_mailings
from schools.bulk.kinds import BulkWay

MAILING = BulkWay("mailing", "Write to them: a mailing", "engagement:mailing-create", can_write_mailings)
