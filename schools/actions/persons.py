"""One person with several posts: put together, and parted again. The posts themselves stay as they are."""

from django.core.exceptions import ValidationError
from django.db import transaction

from hubportal.accounts.models import User
from schools.models import Contact, ContactsApart, Person


@transaction.atomic
def join(first: Contact, second: Contact) -> Person:
    """Make two contacts of one hub posts of the same person, together with the other posts of each. Six statements at
    the most. Raises ValidationError for contacts of two hubs."""
    first, second = locked(first, second)
    if first.person_id and first.person_id == second.person_id:
        return Person.objects.get(pk=first.person_id)
    kept = first.person or second.person or Person.objects.create(hub=first.hub)
    if first.person and second.person:
        Contact.with_merged.filter(person=second.person).update(person=kept)
    Contact.objects.filter(pk__in=[first.pk, second.pk]).update(person=kept)
    ContactsApart.objects.filter(first=first, second=second).delete()
    return kept


@transaction.atomic
def part(contact: Contact, other: Contact, *, by: User) -> None:
    """Remember that two contacts are not the same person. Where they were posts of one, the first stands alone again.
    Eight statements at the most. Raises ValidationError for contacts of two hubs."""
    first, second = locked(contact, other)
    ContactsApart.objects.get_or_create(first=first, second=second, defaults={"hub": first.hub, "by": by})
    person = first.person
    if person is None or second.person != person:
        return
    Contact.objects.filter(pk=contact.pk).update(person=None)
    rest = Contact.objects.filter(person=person)
    if rest.count() < 2:
        rest.update(person=None)


def locked(first: Contact, second: Contact) -> tuple[Contact, Contact]:
    """Two contacts as they are now, the older first, held until the transaction ends. One query.

    Raises ValidationError where they are one, of two hubs, or one of them was merged meanwhile."""
    rows = Contact.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk")
    found = list(rows.select_for_update(of=("self",)).select_related("person", "hub", "school"))
    if len(found) != 2:
        raise ValidationError("One of the two was merged meanwhile. Look at the list again.")
    older, younger = found
    if older.hub_id != younger.hub_id:
        raise ValidationError("The two are contacts of different hubs.")
    return older, younger
