"""Who can be sent a shared report at a school, and who at the hub is told of its answer."""

from dataclasses import dataclass
from datetime import date

from engagement.models import ConversationPart, PartVersion
from hubportal.accounts.models import User
from schools.access import today
from schools.models import Contact, Hub, Membership, Relationship, School
from schools.roles import Role

# A viewer (governor) reads once a leader has released it, so nobody sends it to one before.
READERS = (Role.SCHOOL_LEADER, Role.SCHOOL_EDITOR)


@dataclass(frozen=True)
class Addressee:
    """Somebody at a school with an email address: a contact of the hub's, a person with an account, or both."""

    key: str
    name: str
    email: str
    job_title: str
    is_leader: bool
    contact: Contact | None = None
    user: User | None = None

    @property
    def label(self) -> str:
        return f"{self.name}, {self.job_title}" if self.job_title else self.name

    @property
    def hint(self) -> str:
        """Address, and what kind of person: for the choice on the page."""
        words = [self.email, "school leader" if self.is_leader else "", "has an account" if self.user else ""]
        return " · ".join(word for word in words if word)


def addressees_at(*, school: School, hub: Hub, on: date | None = None) -> list[Addressee]:
    """The hub's current contacts at the school that have an address, and the school's leaders and editors, each person
    once; leaders first. Two queries."""
    on = on or today()
    memberships = (
        Membership.objects.current(on)
        .filter(school=school, role__in=READERS, user__is_active=True)
        .select_related("user")
        .order_by("user__name", "pk")
    )
    people: dict[str, tuple[User, set[str]]] = {}
    for membership in memberships:
        people.setdefault(membership.user.email.lower(), (membership.user, set()))[1].add(membership.role)
    found: dict[str, Addressee] = {}
    contacts = Contact.objects.current(on).filter(hub=hub, school=school).exclude(email="").select_related("user")
    for contact in contacts:
        email = contact.email.lower()
        if email in found and not contact.is_leader:
            continue
        user, roles = people.get(email, (None, set()))
        found[email] = Addressee(
            key=str(contact.uuid),
            name=contact.name,
            email=contact.email,
            job_title=contact.job_title,
            is_leader=contact.is_leader or Role.SCHOOL_LEADER in roles,
            contact=contact,
            user=user,
        )
    for email, (user, roles) in people.items():
        if email not in found:
            is_leader = Role.SCHOOL_LEADER in roles
            title = str((Role.SCHOOL_LEADER if is_leader else Role.SCHOOL_EDITOR).label)
            found[email] = Addressee(f"user-{user.pk}", user.name, user.email, title, is_leader, user=user)
    return sorted(found.values(), key=lambda each: (not each.is_leader, each.name.lower(), each.email))


def hub_people_of(part: ConversationPart, version: PartVersion | None = None) -> list[User]:
    """Whom the hub's side tells about a part: who shared it, whose school it is, who had the conversation; only those
    who may still see the part. May be nobody: then write to the hub's own address. Some four queries a
    person."""
    relationship = (
        Relationship.objects.filter(hub=part.conversation.hub, school=part.school).select_related("owner").first()
    )
    asked = [
        version.shared_by if version else None,
        relationship.owner if relationship else None,
        part.conversation.author,
    ]
    people = {person.pk: person for person in asked if person is not None and person.is_active}
    seeing = [
        person for person in people.values() if ConversationPart.objects.of_hub_for(person).filter(pk=part.pk).exists()
    ]
    return seeing[:2]
