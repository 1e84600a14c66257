"""Two hubs, each with a school that was given a report: the second with data that could leak into the first's pages."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from engagement.actions import sharing
from engagement.addressees import addressees_at
from engagement.models import Conversation, ConversationPart, Offer
from hubportal.accounts.models import User
from schools.access import today
from schools.models import Hub, Partner, School, Trust
from schools.roles import Role
from tests.engagement.factories import full_part, make_conversation, make_officer, part_of, strand
from tests.factories import (
    make_commission,
    make_contact,
    make_hub,
    make_partner,
    make_person,
    make_relationship,
    make_school,
    make_trust,
    make_user,
)

SECRET = "PRIVATE-the head is on leave"
OTHER_SECRET = "OTHER-PRIVATE-budget dispute"
OTHER_WORDS = "OTHER-Drumming at Samplefolk"


@dataclass
class World:
    """One hub, its school, the school's people and one logged full conversation."""

    hub: Hub
    school: School
    trust: Trust
    partner: Partner
    officer: User
    manager: User
    head: User
    music_lead: User
    governor: User
    trust_leader: User
    partner_officer: User
    partner_staff: User
    funder: User
    conversation: Conversation
    on: date
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def part(self) -> ConversationPart:
        return part_of(self.conversation, self.school)

    def addressees(self, *names: str):
        """Those with these names; everybody without names."""
        found = addressees_at(school=self.school, hub=self.hub)
        return [each for each in found if not names or each.name in names]

    def share(self, *names: str, **fields: Any) -> sharing.Shared:
        return sharing.share(part=self.part, recipients=self.addressees(*names), by=self.officer, **fields)


def make_world(
    hub: str = "Exampleshire Music Hub",
    school: str = "Millbrook Junior School",
    secret: str = SECRET,
    summary: str = "Singing is a strength the school would share.",
    on: date | None = None,
) -> World:
    on = on or today() - timedelta(days=10)
    hub_row = make_hub(hub, website="https://hub.example")
    school_row = make_school(school, hub=hub_row)
    trust = make_trust(f"{school} Trust", schools=(school_row,))
    officer = make_officer(hub_row)
    partner = make_partner(f"{hub} Brass", hub=hub_row)
    other_partner = make_partner(f"{hub} Strings", hub=hub_row)
    make_commission(partner=partner, school=school_row)
    make_relationship(hub=hub_row, school=school_row, owner=officer)
    make_contact(
        "Ruth Pell",
        hub=hub_row,
        school=school_row,
        job_title="Head",
        is_leader=True,
        email="ruth.pell@millbrook.example",
    )
    make_contact("Tom Adeyemi", hub=hub_row, school=school_row, job_title="Music lead", is_music_lead=True)
    Offer.objects.create(
        hub=hub_row,
        title=f"Choirs together, {hub}",
        strand=strand(),
        criteria_codes=["singing"],
        cost="£0 for schools in the hub",
    )
    entry = full_part(hub_row, summary=summary)
    conversation = make_conversation(
        school_row,
        by=officer,
        on=on,
        parts={school_row: entry},
        private_notes=secret,
        form=Conversation.Form.FULL,
        kind=Conversation.Kind.CHALLENGING,
        how=Conversation.How.VISIT,
        minutes=70,
    )
    return World(
        hub=hub_row,
        school=school_row,
        trust=trust,
        partner=partner,
        officer=officer,
        manager=make_person(Role.HUB_MANAGER, hub_row, "Mo Manager"),
        head=make_person(Role.SCHOOL_LEADER, school_row, "Hetty Head"),
        music_lead=make_person(Role.SCHOOL_EDITOR, school_row, "Mia Musiclead"),
        governor=make_person(Role.SCHOOL_VIEWER, school_row, "Gus Governor"),
        trust_leader=make_person(Role.TRUST_LEADER, trust, "Tess Trust"),
        partner_officer=make_person(Role.PARTNER_OFFICER, partner, "Pat Partner"),
        partner_staff=make_person(Role.PARTNER_STAFF, partner, "Sam Staff"),
        funder=make_person(Role.RELATIONSHIP_MANAGER, hub_row, "Fay Funder"),
        conversation=conversation,
        on=on,
        more={"other_partner_officer": make_person(Role.PARTNER_OFFICER, other_partner, "Olly Other")},
    )


def make_other_world() -> World:
    """The second hub, with words that must never be seen by the first's people."""
    return make_world("Samplefolk Music Hub", "Sample Primary School", OTHER_SECRET, OTHER_WORDS)


def leaks(text: str) -> list[str]:
    """Which private words stand in a text."""
    return [each for each in (SECRET, OTHER_SECRET) if each in text or each.split("-", 1)[1] in text]


def stranger() -> User:
    """Signed in, and of no organisation."""
    return make_user("Sid Stranger")
