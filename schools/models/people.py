"""People: who may act for which organisation, whom a hub knows at a school, and whose school it is in the hub."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from schools.models.hubs import Hub, Partner
from schools.models.register import School
from schools.models.trusts import Trust
from schools.querysets import (
    ContactQuerySet,
    InvitationQuerySet,
    MembershipQuerySet,
    RelationshipQuerySet,
)
from schools.roles import SCOPES, Role


def exactly_the_roles_scope() -> Q:
    """A role is held in one organisation, and in the right kind of organisation."""
    scopes = ("hub", "partner", "school", "trust")
    condition = Q()
    for scope in scopes:
        roles = [role.value for role in Role if SCOPES[role] == scope]
        held = {f"{other}__isnull": other != scope for other in scopes}
        condition |= Q(role__in=roles, **held)
    return condition


class Scoped(models.Model):
    """A role in one organisation: what a membership is, and what an invitation promises."""

    role = models.CharField(max_length=24, choices=Role)
    hub = models.ForeignKey(Hub, null=True, blank=True, on_delete=models.PROTECT)
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT)
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT)
    trust = models.ForeignKey(Trust, null=True, blank=True, on_delete=models.PROTECT)
    may_acknowledge = models.BooleanField(
        "may acknowledge reports",
        default=False,
        help_text="A school editor whom a leader lets acknowledge reports.",
    )

    class Meta:
        abstract = True

    @property
    def organisation(self):
        """The hub, partner, school or trust. Costs a query unless selected with the row."""
        return getattr(self, Role(self.role).scope)


@pghistory.track()
class Membership(Scoped):
    """A person's role in one organisation, from a date to a date."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        default_related_name = "memberships"
        constraints = [
            models.CheckConstraint(
                condition=exactly_the_roles_scope(),
                name="membership_scope_fits_its_role",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "hub", "partner", "school", "trust"],
                condition=Q(ends_on=None),
                nulls_distinct=False,
                name="membership_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organisation}"


class Invitation(Scoped):
    """A role offered to an email address; its single-use link is a kit `SignedLink` whose target is this uuid."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField()
    name = models.CharField("full name", max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        default_related_name = "invitations"
        constraints = [
            models.CheckConstraint(
                condition=exactly_the_roles_scope(),
                name="invitation_scope_fits_its_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}"


class Person(models.Model):
    """Somebody with several posts: an executive head, a music lead of two schools. Made when a second post is known;
    the contacts that name it are the posts."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.uuid)


class StandingContacts(models.Manager.from_queryset(ContactQuerySet)):  # type: ignore[misc]
    """Contacts that stand for themselves: one that was merged into another is met through that one."""

    def get_queryset(self) -> ContactQuerySet:
        return super().get_queryset().filter(merged_into=None)


@pghistory.track()
class Contact(models.Model):
    """A person whom a hub knows at a school. One who leaves is ended, never deleted."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="contacts")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="contacts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contacts",
    )
    name = models.CharField(max_length=120)
    job_title = models.CharField("role", max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_music_lead = models.BooleanField("music lead", default=False)
    is_leader = models.BooleanField(
        "school leader",
        default=False,
        help_text="Head, or a senior leader who answers for the school.",
    )
    shared_with_partners = models.BooleanField(
        "marked for partners",
        default=False,
        help_text="Partner staff commissioned for this school see this contact.",
    )
    left_on = models.DateField(null=True, blank=True)
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="posts",
        help_text="Where this is one of several posts of the same person.",
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_contacts"
    )

    objects = StandingContacts()
    with_merged = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["left_on", "-is_leader", "-is_music_lead", "name"]
        indexes = [models.Index(fields=["school", "hub"])]
        constraints = [
            models.UniqueConstraint(
                "hub",
                "school",
                Lower("email"),
                "name",
                condition=~Q(email="") & Q(left_on=None, merged_into=None),
                name="contact_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.job_title}" if self.job_title else self.name

    def get_absolute_url(self) -> str:
        return reverse("schools:contact-edit", args=[self.uuid])

    @property
    def standing(self) -> "Contact":
        """The contact that stands for this one: itself, or the one it was merged into. A query for each merge."""
        contact = self
        while contact.merged_into is not None:
            contact = contact.merged_into
        return contact


class Relationship(models.Model):
    """What a hub holds together about one school: who owns the relationship, and when they last spoke.

    The dates are written down here by `engagement` whenever a conversation or an attempt is logged, so that a list of
    schools needs no look-up in a higher room.
    """

    class Because(models.TextChoices):
        NOTHING = "", "Nothing is due"
        AGREED = "agreed", "Agreed with the school"
        SET = "set", "Set by the hub"
        CADENCE = "cadence", "The hub's cadence"
        STEP = "step", "The next step where there is no answer"
        PAUSED = "paused", "Paused until then"
        DECLINED = "declined", "Declined until then"

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="relationships")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="relationships")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="relationships",
    )
    last_conversation_on = models.DateField(null=True, blank=True)
    last_counted_on = models.DateField(
        "last conversation that counts", null=True, blank=True, help_text="By the hub's rules of its academic year."
    )
    last_attempt_on = models.DateField(null=True, blank=True)
    attempts_since = models.PositiveIntegerField("attempts since the last conversation that counts", default=0)
    next_conversation_on = models.DateField("next conversation, as agreed", null=True, blank=True)
    due_on = models.DateField("to talk by", null=True, blank=True)
    due_because = models.CharField(max_length=10, choices=Because, blank=True, default="")
    due_reason = models.TextField("why then, in words", blank=True)
    next_step = models.CharField(max_length=80, blank=True, help_text="Where the school does not answer.")
    next_how = models.CharField("next step taken by", max_length=8, blank=True)
    declined_until = models.DateField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "school"], name="relationship_once_a_hub")]

    def __str__(self) -> str:
        return f"{self.hub} and {self.school}"
