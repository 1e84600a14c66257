"""Who may do what with the record of the relationship. Each docstring says it in words; rows were scoped before."""

from datetime import date

from engagement.models import (
    AgreedAction,
    Attempt,
    Conversation,
    ConversationPart,
    Hold,
    IntroductionSide,
    StepApproval,
    Target,
)
from engagement.models.readiness import OfColleague
from engagement.querysets import entrusted
from hubportal.accounts.models import User
from schools.access import access_of, today
from schools.models import Hub, Membership, School
from schools.querysets import HubQuerySet
from schools.roles import Role


def can_write_for(user: User, school: School, on: date | None = None) -> bool:
    """Managers and officers of the hub whose area holds the school now, and officers of a partner entrusted with it.

    Two queries at the most (memberships once a request, and the school).
    """
    return School.objects.writable_by(user, on or today()).filter(pk=school.pk).exists()


def can_start_conversations(user: User) -> bool:
    """Hub managers and officers, and partner officers; whether for a given school, `can_write_for` says."""
    access = access_of(user)
    return bool(access.writing_hub_ids or access.officer_partner_ids)


def can_list_conversations(user: User) -> bool:
    """Staff of a hub and partner officers. Schools and trusts have the list of what was shared with them."""
    access = access_of(user)
    return bool(access.hub_ids or access.officer_partner_ids)


def can_edit_conversation(user: User, conversation: Conversation) -> bool:
    """Managers and officers of the hub that made it; where a partner's officer made it, that partner's officers
    too, as long as every school of it is entrusted to the partner. Nobody changes what came from another hub with a
    school. One query at the most, for partner officers."""
    if conversation.received_from_id is not None:
        return False
    return conversation.hub_id in access_of(user).writing_hub_ids or _is_partners_own(user, conversation)


def can_see_private_notes(user: User, conversation: Conversation) -> bool:
    """All staff of the hub that made it; where a partner's officer made it, that partner's officers, as long as every
    school of it is entrusted to the partner. No other partner. One query at the most, for partner officers."""
    return conversation.hub_id in access_of(user).hub_ids or _is_partners_own(user, conversation)


def _is_partners_own(user: User, conversation: Conversation) -> bool:
    """Made by officers of the person's partner, and about no school but those entrusted to it now."""
    partners = access_of(user).officer_partner_ids
    if conversation.partner_id not in partners:
        return False
    return not conversation.parts.exclude(school__in=entrusted(partners, today())).exists()


def can_discard_conversation(user: User, conversation: Conversation) -> bool:
    """Whoever may write in the draft."""
    return can_edit_conversation(user, conversation)


def can_move_part(user: User, part: ConversationPart) -> bool:
    """Whoever may write in the conversation, as long as the school was given nothing: a shared part is withdrawn from
    it, with a reason. One query, and those of `can_edit_conversation`."""
    return can_edit_conversation(user, part.conversation) and not part.versions.exists()


def can_share_part(user: User, part: ConversationPart) -> bool:
    """Whoever may edit the conversation, once it is logged and there is something for the school to read: its own part,
    or the common one, which does not make the meeting a conversation with the school. Of what was brought in from a
    spreadsheet there is nothing to read before somebody has written it."""
    conversation = part.conversation
    return (
        conversation.state == Conversation.State.LOGGED
        and part.has_words
        and part.withdrawn_at is None
        and can_edit_conversation(user, conversation)
    )


def can_withdraw_part(user: User, part: ConversationPart) -> bool:
    """Whoever may edit the conversation; only what has been shared can be withdrawn (the action looks)."""
    return part.withdrawn_at is None and can_edit_conversation(user, part.conversation)


def _memberships_at(user: User, school_id: int) -> list[Membership]:
    return [each for each in access_of(user).memberships if each.school_id == school_id]


def can_respond(user: User, part: ConversationPart) -> bool:
    """The school's leaders and its editors (music leads): say what is not accurate. Only while it is shared."""
    return part.withdrawn_at is None and part.school_id in access_of(user).writing_school_ids


def can_acknowledge(user: User, part: ConversationPart) -> bool:
    """Say for the school that it is accurate, or that it was read: its leaders, and an editor where a leader lets them.
    Only while it is shared."""
    if part.withdrawn_at is not None:
        return False
    return any(
        each.role == Role.SCHOOL_LEADER or (each.role == Role.SCHOOL_EDITOR and each.may_acknowledge)
        for each in _memberships_at(user, part.school_id)
    )


def can_release(user: User, part: ConversationPart) -> bool:
    """The school's leaders: release to its viewers (governors) and its trust."""
    return part.withdrawn_at is None and part.school_id in access_of(user).led_school_ids


def can_close_action(user: User, action: AgreedAction, on: date | None = None) -> bool:
    """Either side: the hub's managers and officers, officers of a partner entrusted with the school now, the people
    of the partner whose action it is (while its commission lasts, where there is one), and the school's leaders and
    editors once it is shared. One query."""
    return AgreedAction.objects.closable_by(user, on).filter(pk=action.pk).exists()


def can_edit_action(user: User, action: AgreedAction, on: date | None = None) -> bool:
    """Owner and due date: the hub's managers and officers, and officers of a partner entrusted with the school now.
    One query."""
    return AgreedAction.objects.editable_by(user, on).filter(pk=action.pk).exists()


def can_list_actions(user: User) -> bool:
    """Staff of a hub, people of a partner, leaders and editors of a school. No query of its own."""
    access = access_of(user)
    return bool(access.hub_ids or access.partner_ids or access.writing_school_ids)


def can_list_offers(user: User) -> bool:
    """Staff of a hub, people of a partner, a school or a trust; not the funder. No query of its own."""
    access = access_of(user)
    return bool(access.hub_ids or access.partner_ids or access.school_ids or access.trust_ids)


def can_edit_offer(user: User, hub_id: int | None = None) -> bool:
    """The hub's managers and officers; without a hub, whether the person may in any."""
    writing = access_of(user).writing_hub_ids
    return hub_id in writing if hub_id is not None else bool(writing)


def can_read_coverage(user: User) -> bool:
    """Staff of a hub. No query of its own."""
    return bool(access_of(user).hub_ids)


def can_set_targets(user: User) -> bool:
    """Managers of a hub. No query of its own."""
    return bool(access_of(user).managed_hub_ids)


def can_change_target(user: User, target: Target) -> bool:
    """Managers of its hub. No query of its own."""
    return target.hub_id in access_of(user).managed_hub_ids


def can_read_contact_rules(user: User, hub_id: int) -> bool:
    """Staff of the hub, and officers of its partners."""
    access = access_of(user)
    return hub_id in access.hub_ids | access.served_hub_ids


def can_edit_contact_rules(user: User, hub_id: int) -> bool:
    """Managers of the hub."""
    return hub_id in access_of(user).managed_hub_ids


def can_log_attempt(user: User, school: School, on: date | None = None) -> bool:
    """Whoever may log a conversation with the school. As many queries as `can_write_for`."""
    return can_write_for(user, school, on)


def can_hold_school(user: User, school: School) -> bool:
    """Pause a school, or write down that it declined: whoever may log a conversation with it. As many queries."""
    return can_write_for(user, school)


def can_end_hold(user: User, hold: Hold) -> bool:
    """As for making one, while it stands. As many queries."""
    return hold.ended_at is None and can_hold_school(user, hold.school)


def can_decide_approval(user: User, approval: StepApproval) -> bool:
    """Managers of the hub, once."""
    return approval.decided_at is None and approval.hub_id in access_of(user).managed_hub_ids


def can_edit_attempt(user: User, attempt: Attempt, on: date | None = None) -> bool:
    """As for logging one at its school; nobody changes what came from another hub. As many queries."""
    return attempt.received_from_id is None and can_log_attempt(user, attempt.school, on)


def can_list_risks(user: User) -> bool:
    """Staff of a hub, and officers of its partners. No query of its own."""
    access = access_of(user)
    return bool(access.hub_ids or access.officer_partner_ids)


def can_read_diary(user: User) -> bool:
    """Staff of a hub, and officers of its partners. No query of its own."""
    access = access_of(user)
    return bool(access.hub_ids or access.officer_partner_ids)


def can_raise_risk(user: User, school: School) -> bool:
    """Whoever may log a conversation with the school. As many queries."""
    return can_write_for(user, school)


def can_take_risk_to_trust(user: User, hub_id: int) -> bool:
    """Managers of the hub: a trust is written to only with a manager's word, as on the ladder."""
    return hub_id in access_of(user).managed_hub_ids


def hubs_to_bring_for(user: User) -> HubQuerySet:
    """The hubs whose past a person may bring in: those that they manage. No query until it is read."""
    return Hub.objects.filter(pk__in=access_of(user).managed_hub_ids)


def can_bring_past(user: User) -> bool:
    """Managers of a hub. No query of its own."""
    return bool(access_of(user).managed_hub_ids)


def can_read_mailings(user: User) -> bool:
    """Staff of a hub. No query of its own."""
    return bool(access_of(user).hub_ids)


def can_write_mailings(user: User, hub_id: int | None = None) -> bool:
    """Managers and officers of a hub; without one, whether of any. No query of its own."""
    writing = access_of(user).writing_hub_ids
    return hub_id in writing if hub_id is not None else bool(writing)


def can_list_engagement_plans(user: User) -> bool:
    """Staff of a hub, and officers of its partners. No query of its own."""
    return can_list_risks(user)


def can_write_engagement_plan(user: User, school: School) -> bool:
    """Start, review, change and end it: whoever may log a conversation with the school. As many queries."""
    return can_write_for(user, school)


def can_set_plan_templates(user: User) -> bool:
    """Managers of a hub. No query of its own."""
    return can_set_targets(user)


def can_introduce(user: User, hub_id: int | None = None) -> bool:
    """Managers and officers of the hub; without one, whether of any. No query of its own."""
    writing = access_of(user).writing_hub_ids
    return hub_id in writing if hub_id is not None else bool(writing)


def can_answer_introduction(user: User, side: IntroductionSide) -> bool:
    """The school's leaders and editors, while it waits for them. The side comes with its introduction."""
    waits = side.asked_at is not None and side.is_agreed is None and side.introduction.stands
    return waits and side.school_id in access_of(user).writing_school_ids


def can_keep_named_for(user: User, school: School) -> bool:
    """The school's leaders and editors: it is the school's own list. No query of its own."""
    return school.pk in access_of(user).writing_school_ids


def can_read_named_for(user: User, school: School) -> bool:
    """Those who keep it, and staff of the hub whose area holds the school. One query at the most."""
    if can_keep_named_for(user, school):
        return True
    return School.objects.filter(pk=school.pk).in_hubs(access_of(user).hub_ids, today()).exists()


def can_read_about_colleagues(user: User, hub_id: int) -> bool:
    """How everybody spends their time, and how ready they are: managers of the hub. No query of its own."""
    return hub_id in access_of(user).managed_hub_ids


def can_read_about_colleague(user: User, held: Membership, hub_id: int) -> bool:
    """The same of one person: managers of the hub, and the person. No query of its own."""
    return held.user_id == user.pk or can_read_about_colleagues(user, hub_id)


def can_set_colleague_rules(user: User, hub_id: int) -> bool:
    """How time is reckoned, and what the hub asks of its people: its managers. No query of its own."""
    return can_edit_contact_rules(user, hub_id)


def can_change_record_of_colleague(user: User, record: OfColleague) -> bool:
    """Managers of the hub; the person, what they entered themselves. No query of its own."""
    if can_read_about_colleagues(user, record.hub_id):
        return True
    return record.person_id == user.pk and record.entered_by_id == user.pk


def can_read_consultations(user: User) -> bool:
    """Staff of a hub. No query of its own."""
    return can_read_mailings(user)


def can_send_consultations(user: User, hub_id: int | None = None) -> bool:
    """Write, send, close and answer for: managers of a hub; without one, whether of any. No query of its own."""
    managed = access_of(user).managed_hub_ids
    return hub_id in managed if hub_id is not None else bool(managed)


def can_edit_code_lists(user: User, hub_id: int) -> bool:
    """The hub's own words and entries: its managers. No query of its own."""
    return can_edit_contact_rules(user, hub_id)


def can_list_deliveries(user: User) -> bool:
    """Staff of a hub, and officers of its partners. No query of its own."""
    return can_list_risks(user)


def can_record_delivery(user: User, school: School) -> bool:
    """Record, change and withdraw: whoever may log a conversation with the school. As many queries."""
    return can_write_for(user, school)
