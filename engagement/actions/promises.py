"""The agreed actions of a conversation: written with it, and what became of those agreed before. Used by
`recording`."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError

from engagement.actions.entries import ActionChange, ActionEntry
from engagement.models import ActionNote, AgreedAction, ConversationPart
from hubportal.accounts.models import User
from schools import timeline
from schools.access import access_of, today
from schools.models import Contact, Hub, Membership, Partner, School, TimelineEntry

TAKEN_OUT = "Taken out of the record of the conversation."


def write(*, part: ConversationPart, entries: Iterable[ActionEntry], by: User, at: datetime) -> None:
    """The part's own actions. One that stood before is rewritten and keeps its state, notes and history; one that
    was taken out goes if nobody has seen or touched it, else it is dropped and says so. Raises ValidationError for
    another hub's partner."""
    hub = part.conversation.hub
    standing = {each.uuid: each for each in part.agreed_actions.all()}
    for position, entry in enumerate(entries):
        check_side(hub, entry.side, entry.partner)
        row = standing.pop(entry.row, None) if entry.row else None
        row = row or AgreedAction(hub=hub, school=part.school, part=part)
        row.what, row.side, row.partner = entry.what, entry.side, entry.partner
        row.owner_name, row.due_on, row.position = entry.owner_name, entry.due_on, position
        row.owner, row.contact = owner_of(row)
        row.save()
    for row in standing.values():
        if row.state == AgreedAction.State.TO_DO and row.shared_at is None and not row.notes.exists():
            row.delete()
        elif row.is_open:
            change(action=row, state=AgreedAction.State.DROPPED, reason=TAKEN_OUT, by=by, at=at)


def move(*, part: ConversationPart, before: School) -> None:
    """Take the part's actions along to the school that it is about now. Their owners at the former school are nobody's
    contact there: a name that means somebody at this one is found again."""
    for row in part.agreed_actions.select_related("hub", "part"):
        timeline.remove(hub=row.hub, school=before, source=row.timeline_source)
        row.school = part.school
        row.owner, row.contact = owner_of(row)
        row.save(update_fields=["school", "owner", "contact"])
        write_timeline(row)


def check_side(hub: Hub, side: str, partner: Partner | None) -> None:
    """Raises ValidationError where an action is a partner's and none is named, or another hub's partner is."""
    if (side == AgreedAction.Side.PARTNER) != (partner is not None):
        raise ValidationError("A partner’s action names the partner, and no other does.")
    if partner and partner.hub_id != hub.pk:
        raise ValidationError(f"{partner} is not a partner of {hub}.")


def carry_on(*, part: ConversationPart, changes: Iterable[ActionChange], by: User, at: datetime) -> None:
    """What became of actions agreed before, as told in this conversation. Raises ValidationError for another
    school's."""
    for each in changes:
        if (each.action.hub_id, each.action.school_id) != (part.conversation.hub_id, part.school_id):
            raise ValidationError("This action belongs to another school.")
        change(action=each.action, state=each.state, note=each.note, reason=each.reason, by=by, at=at)


def change(*, action: AgreedAction, state: str = "", note: str = "", reason: str = "", by: User, at: datetime) -> None:
    """Set an action's state, keep a note with it, and say in the timeline when it was done or dropped. Raises
    ValidationError when it is dropped without a reason."""
    if state and state != action.state:
        if state == AgreedAction.State.DROPPED and not reason.strip():
            raise ValidationError("Say why the action was dropped.")
        action.state = AgreedAction.State(state)
        action.dropped_reason = reason.strip() if state == AgreedAction.State.DROPPED else ""
        action.closed_at = None if action.is_open else at
        action.closed_by_name = "" if action.is_open else signature(by, action)
        action.save(update_fields=["state", "dropped_reason", "closed_at", "closed_by_name"])
        write_timeline(action)
    if note.strip():
        ActionNote.objects.create(action=action, text=note.strip(), by=by, by_name=signature(by, action))


def signature(by: User, action: AgreedAction) -> str:
    """The person's name; with their school or partner where they are not of the hub. No query beyond the
    memberships."""
    access = access_of(by)
    if action.hub_id in access.hub_ids:
        return str(by)
    places = [
        str(each.school or each.partner)
        for each in access.memberships
        if each.school_id == action.school_id or (each.partner and each.partner.hub_id == action.hub_id)
    ]
    return ", ".join([str(by), *places[:1]])[:120]


def write_timeline(action: AgreedAction) -> None:
    """The timeline's entry of an action that is done or dropped, for as many as see the action; none while it is
    open. Two to four statements."""
    if action.is_open or action.closed_at is None:
        timeline.remove(hub=action.hub, school=action.school, source=action.timeline_source)
        return
    is_shared = action.shared_at is not None and (action.part is None or action.part.withdrawn_at is None)
    timeline.write(
        hub=action.hub,
        school=action.school,
        source=action.timeline_source,
        kind=TimelineEntry.Kind.ACTION,
        audience=TimelineEntry.Audience.SCHOOL if is_shared else TimelineEntry.Audience.HUB,
        at=action.closed_at,
        heading=f"{action.get_state_display()}: {action.what}",
        detail=f"{action.owner_name} · {action.closed_by_name}",
        text=action.dropped_reason,
        url=action.get_absolute_url(),
    )


def write_timelines(part: ConversationPart) -> None:
    """The same for every closed action of a part: after it was shared or withdrawn. One query and those of each."""
    closed = AgreedAction.objects.filter(part=part, closed_at__isnull=False)
    for action in closed.select_related("hub", "school", "part"):
        write_timeline(action)


def owner_of(action: AgreedAction) -> tuple[User | None, Contact | None]:
    """Whom the owner's name means: one of the hub's or partner's people, or a contact at the school. None where it
    is a role, or where two people bear the name. One query."""
    name = action.owner_name.strip()
    if not name:
        return None, None
    if action.side == AgreedAction.Side.SCHOOL:
        contacts = list(
            Contact.objects.filter(hub=action.hub, school=action.school, left_on=None, name__iexact=name)[:2]
        )
        contact = contacts[0] if len(contacts) == 1 else None
        return (contact.user if contact else None), contact
    memberships = Membership.objects.current(today()).filter(user__name__iexact=name).select_related("user")
    if action.side == AgreedAction.Side.PARTNER:
        memberships = memberships.filter(partner=action.partner)
    else:
        memberships = memberships.filter(hub=action.hub)
    users = {each.user for each in memberships}
    return (users.pop() if len(users) == 1 else None), None
