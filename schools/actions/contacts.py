"""Whom a hub knows at a school: made, changed, ended with a date; never deleted. The history keeps what changed."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools import newcomers, timeline
from schools.access import today
from schools.actions import persons
from schools.formerly import carried_since, first_day
from schools.models import Contact, Hub, School, TimelineEntry
from schools.roles import Role

PERSONAL = ("name", "email", "phone")  # what belongs to the person, whatever the post
FIELDS = ("name", "job_title", "email", "phone", "is_music_lead", "is_leader", "shared_with_partners")


@transaction.atomic
def create(*, hub: Hub, school: School, by: User, **values: Any) -> Contact:
    """Add a person whom the hub knows at the school. `values` are those of FIELDS. Three or four statements.

    Raises ValidationError when the hub does not cover the school, or knows a person of this name and email there.
    """
    if not Hub.objects.covering(school.authority_id, today()).filter(pk=hub.pk).exists():
        raise ValidationError(f"{school} is not in the area of {hub}.")
    contact = _saved(Contact(hub=hub, school=school, **_only(values)))
    newcomers.people_changed(hub, school)
    return contact


@transaction.atomic
def edit(*, contact: Contact, by: User, other_posts: Iterable[Contact] = (), **values: Any) -> Contact:
    """Change a contact. A new name, email address or telephone goes to the person's `other_posts` too, where they held
    the same as this one, or nothing. Raises ValidationError when somebody else there has the same name and email, or
    when another post is somebody else's."""
    before = {name: getattr(contact, name) for name in PERSONAL}
    for name, value in _only(values).items():
        setattr(contact, name, value)
    _saved(contact)
    for post in other_posts:
        if post.person_id is None or post.person_id != contact.person_id:
            raise ValidationError(f"{post.name} at {post.school} is not a post of the same person.")
        held = {name: getattr(post, name) for name in PERSONAL}
        for name in PERSONAL:
            if held[name] in (before[name], ""):
                setattr(post, name, getattr(contact, name))
        if held != {name: getattr(post, name) for name in PERSONAL}:
            _saved(post)
    newcomers.people_changed(contact.hub, contact.school)
    return contact


@transaction.atomic
def add_post(*, contact: Contact, school: School, by: User, **values: Any) -> Contact:
    """Add a post of the same person at another school: the same name, email address and telephone. `values` are the
    others of FIELDS. About eight statements.

    Raises ValidationError as `create` does, and where the person has a post at the school already."""
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    posts = Contact.objects.current(today()).filter(hub=contact.hub_id, school=school)
    if posts.filter(Q(pk=contact.pk) | Q(person__isnull=False, person=contact.person_id)).exists():
        raise ValidationError({"school": f"{contact.name} is a contact at {school} already."})
    own = {name: getattr(contact, name) for name in PERSONAL}
    post = create(hub=contact.hub, school=school, by=by, **own, **values)
    persons.join(contact, post)
    return post


@transaction.atomic
def end(*, contact: Contact, left_on: date, by: User) -> Contact:
    """Note that the person left the school. The timeline says so to the hub.

    Raises ValidationError when the date lies in the future or before the school opened."""
    if left_on > today():
        raise ValidationError({"left_on": "The date they left must be today or in the past"})
    opened = first_day(contact.school, carried_since([contact.school]))
    if opened and left_on < opened:
        raise ValidationError(
            {"left_on": f"The date they left must be after {contact.school} opened, on {long_date(opened)}"}
        )
    contact.left_on = left_on
    contact.save(update_fields=["left_on"])
    timeline.write(
        hub=contact.hub,
        school=contact.school,
        source=f"contact-left:{contact.uuid}",
        kind=TimelineEntry.Kind.PEOPLE,
        audience=TimelineEntry.Audience.HUB,
        at=timezone.make_aware(datetime.combine(left_on, time.min)),
        is_whole_day=True,
        heading=f"{contact.name} left",
        detail=contact.job_title,
    )
    newcomers.people_changed(contact.hub, contact.school)
    return contact


def missing_after(contact: Contact) -> list[str]:
    """What the hub knows nobody for at the school, now that this contact has left, in sentences. One query."""
    there = Contact.objects.current(today()).filter(hub=contact.hub_id, school=contact.school_id)
    marks = {name for row in there.values("is_music_lead", "is_leader") for name, is_marked in row.items() if is_marked}
    said = {
        "is_music_lead": "Nobody is noted as leading music there now.",
        "is_leader": "Nobody is noted as its leader now.",
    }
    return [words for name, words in said.items() if getattr(contact, name) and name not in marks]


@transaction.atomic
def not_left(*, contact: Contact, by: User) -> Contact:
    """Take back that the person left: it was a mistake. The timeline says it no more; the history keeps both. Five
    statements at the most.

    Raises ValidationError when somebody at the school has the name and email address by now."""
    contact.left_on = None
    _saved(contact)
    timeline.remove(hub=contact.hub, school=contact.school, source=f"contact-left:{contact.uuid}")
    return contact


def meet_member(*, hub: Hub, school: School, user: User, role: str) -> Contact:
    """The hub's contact at the school who is this account: the one with the same email is linked, else one is made.
    Called when somebody accepts a role at the school. Two or three statements."""
    with_email = Contact.objects.current(today()).filter(hub=hub, school=school, email__iexact=user.email)
    known = Contact.objects.current(today()).filter(hub=hub, school=school, user=user).first() or with_email.first()
    if known is not None:
        if known.user_id is None:
            known.user = user
            known.save(update_fields=["user"])
        return known
    contact = Contact.objects.create(
        hub=hub, school=school, user=user, name=user.name, email=user.email, is_leader=role == Role.SCHOOL_LEADER
    )
    newcomers.people_changed(hub, school)
    return contact


def _only(values: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A contact has no {', '.join(sorted(unknown))}")
    return values


def _saved(contact: Contact) -> Contact:
    try:
        with transaction.atomic():
            contact.save()
    except IntegrityError as error:
        raise ValidationError(
            {"email": f"{contact.name} with this email address is already a contact at {contact.school}"}
        ) from error
    return contact
