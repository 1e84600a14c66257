"""What is said beside a contact: that the last email to this address was refused or came back, that it wants no
mailings."""

from collections.abc import Mapping, Sequence

from django.db.models.functions import Lower

from engagement.models import MailingRecipient, MailingStop
from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.access import access_of
from schools.contact_marks import Mark
from schools.models import Contact

State = MailingRecipient.State
FAILED = {State.REFUSED: "Email refused", State.BOUNCED: "Email came back"}


def marks_of_contacts(user: User, contacts: Sequence[Contact]) -> Mapping[int, Sequence[Mark]]:
    """For the hub's own staff: two queries. For others none, and no query."""
    if not access_of(user).hub_ids:
        return {}
    addresses: dict[tuple[int, str], list[Mark]] = {}
    for each in contacts:
        addresses.setdefault((each.hub_id, each.email.lower()), [])
    stops = MailingStop.objects.visible_to(user).standing().filter(email__in={email for _, email in addresses})
    for stop in stops:
        mark = Mark("No mailings", f"Unsubscribed on {long_date(stop.at)}. Reports and invitations still go.")
        addresses.get((stop.hub_id, stop.email), []).append(mark)
    for failed in last_failures(user, contacts):
        when = long_date(failed.tried_at) if failed.tried_at else ""
        mark = Mark(FAILED[State(failed.state)], f"{when}: {failed.words}", "bad")
        addresses.get((failed.mailing.hub_id, failed.email.lower()), []).append(mark)
    return {each.pk: addresses[each.hub_id, each.email.lower()] for each in contacts if each.email}


def last_failures(user: User, contacts: Sequence[Contact]) -> list[MailingRecipient]:
    """Of the last mailing of each hub to the addresses of these contacts, those that were refused or came back. One
    query."""
    rows = MailingRecipient.objects.visible_to(user).annotate(address=Lower("email"))
    rows = rows.filter(address__in={each.email.lower() for each in contacts if each.email}, tried_at__isnull=False)
    rows = rows.exclude(state=State.WAITING).select_related("mailing")
    newest = rows.order_by("mailing__hub_id", "address", "-tried_at", "-pk").distinct("mailing__hub_id", "address")
    return [each for each in newest if each.state in FAILED]
