"""The other posts of a contact's person, as far as somebody may see them."""

from collections.abc import Iterable

from hubportal.accounts.models import User
from schools.access import today
from schools.models import Contact, School


def other_posts(user: User, contacts: Iterable[Contact]) -> dict[int, list[Contact]]:
    """For each contact (by primary key) of somebody with several posts: the current ones at other schools whose page
    the user may open. One query, none where nobody has several."""
    known = [contact for contact in contacts if contact.person_id]
    if not known:
        return {}
    posts = (
        Contact.objects.visible_to(user)
        .current(today())
        .filter(
            person__in={contact.person_id for contact in known}, school__in=School.objects.visible_to(user).values("pk")
        )
    )
    rows = list(posts.select_related("school").order_by("school__name_key", "pk"))
    return {
        contact.pk: [post for post in rows if post.person_id == contact.person_id and post.pk != contact.pk]
        for contact in known
    }


def posts_to_change(user: User, contact: Contact) -> list[Contact]:
    """The other current posts of the same person that the user may change along with this one. One query at most."""
    if contact.person_id is None:
        return []
    posts = (
        Contact.objects.visible_to(user)
        .current(today())
        .filter(hub=contact.hub_id, person=contact.person_id, school__in=School.objects.writable_by(user).values("pk"))
    )
    return list(posts.exclude(pk=contact.pk).select_related("school").order_by("school__name_key", "pk"))
