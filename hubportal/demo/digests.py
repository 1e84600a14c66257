"""What became of the last emails with what is due to those who work with the demo's accounts."""

from datetime import timedelta

from engagement.models import Digest, DigestWish
from hubportal.accounts.models import User
from hubportal.demo.world import World

SENT, NOTHING = Digest.State.SENT, Digest.State.NOTHING
WEEKS = ((1, SENT, 9), (2, SENT, 12), (3, NOTHING, 0))  # ago, what became of it, how many things


def send_what_was_due(accounts: dict[str, User], world: World) -> None:
    """Weekly to two of them, as usual; the manager has turned it off. No email goes. Two statements."""
    monday = world.on - timedelta(days=world.on.weekday())
    rows = []
    for local in ("officer", "head"):
        for ago, state, things in WEEKS:
            day = monday - timedelta(weeks=ago)
            at = world.at(day, 7, 2) if state == SENT else None
            rows.append(
                Digest(user=accounts[local], day=day, state=state, things=things, sent_at=at, uuid=world.uuid())
            )
    Digest.objects.bulk_create(rows)
    DigestWish.objects.create(user=accounts["manager"], how=DigestWish.How.NEVER, at=world.at(monday, 9))
