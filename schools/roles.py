"""The roles a membership can give, what each is for, and the kind of organisation it is held in."""

from django.db import models


class Role(models.TextChoices):
    HUB_MANAGER = "hub_manager", "Hub manager"
    HUB_OFFICER = "hub_officer", "Hub officer"
    HUB_VIEWER = "hub_viewer", "Hub viewer"
    PARTNER_OFFICER = "partner_officer", "Partner officer"
    PARTNER_STAFF = "partner_staff", "Partner staff"
    SCHOOL_LEADER = "school_leader", "School leader"
    SCHOOL_EDITOR = "school_editor", "School editor"
    SCHOOL_VIEWER = "school_viewer", "School viewer"
    TRUST_LEADER = "trust_leader", "Trust leader"
    RELATIONSHIP_MANAGER = "relationship_manager", "Relationship manager"

    @property
    def description(self) -> str:
        """What the role is for, in a sentence for the person who gives it."""
        return DESCRIPTIONS[self]

    @property
    def noun(self) -> str:
        """One who holds the role, for a sentence: "a hub officer", "a member of partner staff"."""
        return "member of partner staff" if self is Role.PARTNER_STAFF else str(self.label).lower()

    @property
    def scope(self) -> str:
        """The membership's field that names the organisation: hub, partner, school or trust."""
        return SCOPES[self]


HUB_STAFF = (Role.HUB_MANAGER, Role.HUB_OFFICER, Role.HUB_VIEWER)
SCHOOL_PEOPLE = (Role.SCHOOL_LEADER, Role.SCHOOL_EDITOR, Role.SCHOOL_VIEWER)
PARTNER_PEOPLE = (Role.PARTNER_OFFICER, Role.PARTNER_STAFF)

DESCRIPTIONS = {
    Role.HUB_MANAGER: "Sees and does everything in the hub, invites people and gives them schools.",
    Role.HUB_OFFICER: "Talks to schools, logs conversations, agrees actions and sends reports.",
    Role.HUB_VIEWER: "Reads what the hub holds; changes nothing.",
    Role.PARTNER_OFFICER: "Does a hub officer's work for the schools entrusted to the partner, invites its colleagues.",
    Role.PARTNER_STAFF: "Sees the partner's schools, its commissions and its own actions; no judgement, plan or note.",
    Role.SCHOOL_LEADER: (
        "Reads and answers what the hub shares, releases it to governors and trust, invites colleagues."
    ),
    Role.SCHOOL_EDITOR: "Reads what the hub shares, writes, requests and answers, as a music lead does.",
    Role.SCHOOL_VIEWER: "Reads what a school leader has released, as a governor does.",
    Role.TRUST_LEADER: "Sees the trust's schools and what their leaders have released.",
    Role.RELATIONSHIP_MANAGER: "Looks after hubs for the funder: reads released documents and figures only.",
}

SCOPES = {
    **dict.fromkeys(HUB_STAFF, "hub"),
    **dict.fromkeys(PARTNER_PEOPLE, "partner"),
    **dict.fromkeys(SCHOOL_PEOPLE, "school"),
    Role.TRUST_LEADER: "trust",
    Role.RELATIONSHIP_MANAGER: "hub",
}
