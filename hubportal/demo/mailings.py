"""What a hub has written to many schools: a letter that went three weeks ago, with what became of each, and one that its
officer is writing."""

from datetime import timedelta

from engagement.actions import mailings
from engagement.mailings import sending
from engagement.mailings.whom import Person
from engagement.models import Mailing, MailingRecipient
from hubportal.demo import schooldays
from hubportal.demo.world import Place, World
from schools.models import SavedView

MOST = 40  # music leads of one letter
SUBJECT = "Singing together: {school} is invited"
TEXT = """Dear {first name},

on a Thursday in March our schools sing together in the town hall. We would be glad to have {school} with us: a class, a choir, or everybody.

Tell {contact} until half-term whether you come, and how many. Songs, recordings and a rehearsal at your school come from us.

{sender}
{hub}"""
NEXT = "What would help {school} most next term?"
NEXT_TEXT = """Dear {first name},

we are planning next term. Which one thing would help music at {school} most? Two lines are enough: answer this email, and it comes to me.

{sender}
{hub}"""
State = MailingRecipient.State
# Of the recipients, by their place in the list.
FAILED = {
    4: (State.REFUSED, "550 5.1.1 The email account that you tried to reach does not exist"),
    11: (State.BOUNCED, "552 5.2.2 Mailbox full"),
    17: (State.BOUNCED, "550 5.4.1 Recipient address rejected: Access denied"),
}
STOPPED = 8


def write_to_schools(place: Place, world: World) -> None:
    """Some two hundred statements. No email goes: every row is written down as sent, refused or come back."""
    at = world.at(schooldays.on_or_before(world.on - timedelta(days=21)), 10)
    people = [
        Person(contact, school, str(place.owners.get(school.pk, "")))
        for school in sorted(place.schools.values(), key=lambda each: each.urn)
        for contact in place.current_contacts(school)
        if contact.is_music_lead and contact.email
    ][:MOST]
    end = f" {place.sentinel}" if place.sentinel else ""
    common = {"hub": place.hub, "whom": Mailing.Whom.MUSIC_LEAD, "query": "", "words": "All our schools"}
    letter = mailings.begin(by=place.manager, subject=SUBJECT + end, text=TEXT + end, **common)
    mailings.confirm(mailing=letter, people=people, by=place.manager, at=at)
    for number, row in enumerate(letter.recipients.select_related("mailing__hub", "mailing__by", "school")):
        sending.note_sent(row, at=at + timedelta(seconds=number))
        if number in FAILED:
            row.state, row.words = FAILED[number]
            row.sent_at = row.sent_at if row.state == State.BOUNCED else None
            row.save(update_fields=["state", "words", "sent_at"])
        elif number == STOPPED:
            mailings.unsubscribe(hub=place.hub, email=row.email)
    Mailing.objects.filter(pk=letter.pk).update(begun_at=at - timedelta(hours=1))
    officer = place.officers[0]
    view = SavedView.objects.filter(hub=place.hub, list="schools:school-list").order_by("pk").first()
    if view is not None:
        common |= {"query": view.described.address().lstrip("?"), "words": view.in_words}
    mailings.begin(by=officer, subject=NEXT + end, text=NEXT_TEXT + end, **common)
