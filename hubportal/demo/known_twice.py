"""Contacts that are more than one row: an executive head with two posts, and a music lead who was noted down twice."""

from random import Random
from uuid import UUID

from hubportal.demo.county import MILLBROOK
from hubportal.demo.world import Place, World
from schools.actions import persons
from schools.models import Contact, School


def know_twice(place: Place, world: World) -> None:
    """Called last: its dice are its own, so that the rest of the county stays as it is."""
    rng = Random(f"known twice {world.seed}")
    primaries = [
        place.schools[each.urn]
        for each in place.sketches
        if each.kind == "primary" and each.is_open and each.urn != MILLBROOK
    ]
    head, second = next(
        (contact, other)
        for school in primaries
        for other in primaries
        if other != school and other.town == school.town
        for contact in place.current_contacts(school)
        if contact.is_leader
    )
    post = _again(head, rng, school=second, job_title="Executive head")
    post.is_leader, head.job_title = True, "Executive head"
    head.save()
    post.save()
    persons.join(head, post)
    lead = next(
        contact
        for school in primaries
        for contact in place.current_contacts(school)
        if contact.is_music_lead and school not in (head.school, second)
    )
    initial, surname = lead.name[0], lead.name.split()[-1]
    _again(lead, rng, name=f"{initial} {surname}", phone="01632 960455", job_title="Choir and recorders").save()


def _again(contact: Contact, rng: Random, *, school: School | None = None, **facts: str) -> Contact:
    held = {"name": contact.name, "email": contact.email, "phone": contact.phone} | facts
    uuid = UUID(int=rng.getrandbits(128), version=4)
    return Contact(uuid=uuid, hub=contact.hub, school=school or contact.school, **held)
