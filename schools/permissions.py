"""Who may do what with schools and people. Each asks about rows the person can already see; a No is a 403."""

from django.db.models import Q, QuerySet

from hubportal.accounts.models import User
from schools.access import access_of, today
from schools.models import (
    BulkChange,
    ChangeNotice,
    Contact,
    DatedFact,
    DatedFactValue,
    Handover,
    Hub,
    Invitation,
    Membership,
    Partner,
    SavedView,
    School,
    Succession,
    Trust,
)
from schools.querysets import SchoolQuerySet, TrustQuerySet, commissioned_schools
from schools.roles import HUB_STAFF, PARTNER_PEOPLE, SCHOOL_PEOPLE, Role
from schools.standing import standing_of


def can_list_schools(user: User) -> bool:
    """Whoever works for a hub or a partner, leads a trust, or belongs to a school. Relationship managers do not."""
    access = access_of(user)
    return bool(access.hub_ids or access.partner_ids or access.trust_ids or access.school_ids)


def can_add_school(user: User) -> bool:
    """Managers and officers of a hub add schools that the register lacks, and organisations that are no schools."""
    return bool(access_of(user).writing_hub_ids)


def can_edit_school(user: User, school: School) -> bool:
    """Managers and officers of the hub that covers it now, where somebody added it by hand. What the register says,
    nobody changes here."""
    standing = standing_of(user, school)
    return school.source == School.Source.MANUAL and (standing.is_hub_manager or standing.is_hub_officer)


def can_list_organisations(user: User) -> bool:
    """Staff of a hub, and officers of a partner for those entrusted to them."""
    access = access_of(user)
    return bool(access.hub_ids or access.officer_partner_ids)


def can_read_trusts(user: User) -> bool:
    """Staff of a hub, officers of a partner, and leaders of a trust; each for the trusts that they may see."""
    access = access_of(user)
    return bool(access.hub_ids or access.officer_partner_ids or access.trust_ids)


def can_read_area(user: User, hub: Hub) -> bool:
    """The hub's own staff. What the area is, the platform administrator decides."""
    return hub.pk in access_of(user).hub_ids


def can_hand_over(user: User) -> bool:
    """Managers of a hub: they offer schools that have left their area, and answer what is offered to them."""
    return bool(access_of(user).managed_hub_ids)


def can_answer_handover(user: User, handover: Handover) -> bool:
    """Managers of the hub it is offered to, while it is open."""
    return handover.is_open and handover.receiver_id in access_of(user).managed_hub_ids


def can_withdraw_handover(user: User, handover: Handover) -> bool:
    """Managers of the hub that offers it, while it is open."""
    return handover.is_open and handover.giver_id in access_of(user).managed_hub_ids


def can_read_term_dates(user: User) -> bool:
    """The list of a hub's term dates: its staff, and officers of its partners."""
    access = access_of(user)
    return bool(access.hub_ids or access.officer_partner_ids)


def can_edit_authority_terms(user: User, hub_id: int) -> bool:
    """Managers and officers of the hub that covers the authority now."""
    return hub_id in access_of(user).writing_hub_ids


def can_edit_trust_terms(user: User, trust: Trust) -> bool:
    """Leaders of the trust, and managers and officers of hubs with a school of it in their area now. One query at the
    most."""
    access = access_of(user)
    if trust.pk in access.trust_ids:
        return True
    hubs = access.writing_hub_ids
    return bool(hubs) and Trust.objects.with_school_in(hubs, today()).filter(pk=trust.pk).exists()


def can_edit_school_terms(user: User, school: School) -> bool:
    """Leaders of the school, managers and officers of the hub that covers it now, and officers of the partner entrusted
    with it; of schools, not of organisations."""
    standing = standing_of(user, school)
    return not school.type.is_organisation and (standing.writes or standing.is_school_leader)


def can_import_register(user: User) -> bool:
    """Platform administrators upload the national school register and accept its held files, and nobody else. No
    queries."""
    return user.is_platform_administrator


def can_edit_contacts(user: User, school: School) -> bool:
    """Managers and officers of the hub that covers the school now, and officers of the partner entrusted with it."""
    return standing_of(user, school).writes


def can_edit_contact(user: User, contact: Contact) -> bool:
    """As for the school's contacts, and only those of the hub that covers the school now."""
    standing = standing_of(user, contact.school)
    return standing.writes and standing.hub is not None and contact.hub_id == standing.hub.pk


def can_read_dated_facts(user: User, school: School) -> bool:
    """The history of what is recorded, with how it is known: hub staff, officers of the partner entrusted, and the
    school's own people; of schools, not of organisations."""
    standing = standing_of(user, school)
    return not school.type.is_organisation and (standing.sees_engagement or standing.is_school_person)


def can_see_dated_facts(user: User, school: School) -> bool:
    """Whoever may read their history, and leaders of the school's trust: those see what holds and what ran out, and not
    who said so or how it is known."""
    return can_read_dated_facts(user, school) or (
        not school.type.is_organisation and standing_of(user, school).is_trust_leader
    )


def can_record_dated_fact(user: User, school: School, kind: str) -> bool:
    """Managers and officers of the hub that covers the school now, and officers of the partner entrusted with it. Who
    teaches music, the school's leaders and editors say too."""
    standing = standing_of(user, school)
    if standing.hub is None or school.type.is_organisation:
        return False
    writes_for_school = standing.is_school_leader or standing.is_school_editor
    return standing.writes or (writes_for_school and kind == DatedFactValue.Kind.TEACHING)


def can_change_dated_fact(user: User, fact: DatedFact) -> bool:
    """Whoever may record such a fact, of the hub that covers the school now, unless it is struck out; the school's
    people only what the school itself said."""
    standing = standing_of(user, fact.school)
    is_theirs = standing.hub is not None and fact.hub_id == standing.hub.pk
    may = fact.struck_at is None and (standing.writes or fact.said_by_school)
    return is_theirs and may and can_record_dated_fact(user, fact.school, fact.value.kind)


def can_tidy_contacts(user: User) -> bool:
    """Managers and officers of a hub find the contacts that stand there twice."""
    return bool(access_of(user).writing_hub_ids)


def can_merge_contact(user: User, contact: Contact) -> bool:
    """Managers and officers of the hub that covers the contact's school now. Partner officers change contacts; who is
    who is the hub's to say."""
    standing = standing_of(user, contact.school)
    is_ours = standing.hub is not None and contact.hub_id == standing.hub.pk
    return is_ours and (standing.is_hub_manager or standing.is_hub_officer)


def can_import_contacts(user: User) -> bool:
    """Managers and officers of a hub, and officers of its partners for the schools entrusted to them."""
    return bool(access_of(user).served_hub_ids)


def can_change_owner(user: User, school: School) -> bool:
    """Managers and officers of the hub that covers the school now, and officers of the partner entrusted with it."""
    return standing_of(user, school).writes


def roles_to_give(user: User) -> list[Role]:
    """The roles that a person may give to somebody, in the order of `Role`.

    Hub managers: every role of the hub, of its partners, of schools and trusts in its area. Hub officers: school roles.
    Partner officers: partner staff, and school roles at the schools entrusted to the partner, where they do an
    officer's work. School leaders: school roles. Trust leaders: trust leader. Relationship managers are made by the
    platform administrator."""
    access = access_of(user)
    may: set[Role] = set()
    if access.managed_hub_ids:
        may |= {*HUB_STAFF, *PARTNER_PEOPLE, *SCHOOL_PEOPLE, Role.TRUST_LEADER}
    if access.has(Role.HUB_OFFICER, Role.SCHOOL_LEADER):
        may |= set(SCHOOL_PEOPLE)
    if access.officer_partner_ids:
        may |= {Role.PARTNER_STAFF, *SCHOOL_PEOPLE}
    if access.trust_ids:
        may.add(Role.TRUST_LEADER)
    return [role for role in Role if role in may]


def can_invite(user: User) -> bool:
    """Whoever may give at least one role."""
    return bool(roles_to_give(user))


def schools_to_give(user: User) -> SchoolQuerySet:
    """Schools whose roles a person may give: a hub's managers and officers those in its area, a partner's officers
    those entrusted to it, leaders their own."""
    access, on = access_of(user), today()
    schools = School.objects.visible_to(user)
    own = Q(pk__in=access.led_school_ids) | commissioned_schools(access.officer_partner_ids, on)
    return schools.in_hubs(access.writing_hub_ids, on) | schools.filter(own)


def trusts_to_give(user: User) -> TrustQuerySet:
    """Trusts whose leaders a person may name: a hub's managers those with a school in its area, trust leaders their
    own."""
    access = access_of(user)
    trusts = Trust.objects.visible_to(user)
    return trusts.with_school_in(access.managed_hub_ids, today()) | trusts.filter(pk__in=access.trust_ids)


def organisations_to_give(user: User, role: str) -> QuerySet:
    """The hubs, partners, schools or trusts in which a person may give a role. No query until it is read."""
    role = Role(role)
    access = access_of(user)
    if role not in roles_to_give(user):
        return Hub.objects.none()
    match role.scope:
        case "hub":
            return Hub.objects.visible_to(user).filter(pk__in=access.managed_hub_ids)
        case "partner":
            own = access.officer_partner_ids if role == Role.PARTNER_STAFF else set()
            return Partner.objects.visible_to(user).filter(Q(hub_id__in=access.managed_hub_ids) | Q(pk__in=own))
        case "school":
            return schools_to_give(user)
        case _:
            return trusts_to_give(user)


def can_give(user: User, role: str, organisation: Hub | Partner | School | Trust) -> bool:
    """Whether the person may give (and end) this role in this organisation; see `roles_to_give`. The platform
    administrator may give any. Schools and trusts must be in the area of the giver's hub today. One query."""
    if user.is_platform_administrator:
        return True
    return organisations_to_give(user, role).filter(pk=organisation.pk).exists()


def rows_to_give(user: User) -> Q:
    """`can_give` for lists: the memberships or invitations whose role the person may give (and end). No query."""
    rule = Q(pk__in=[])
    for role in roles_to_give(user):
        rule |= Q(role=role, **{f"{role.scope}__in": organisations_to_give(user, role).order_by().values("pk")})
    return rule


def can_end_membership(user: User, membership: Membership) -> bool:
    """Whoever could give the role."""
    return can_give(user, membership.role, membership.organisation)


def can_let_acknowledge(user: User, membership: Membership) -> bool:
    """A leader of the school lets its editors acknowledge reports."""
    return membership.role == Role.SCHOOL_EDITOR and membership.school_id in access_of(user).led_school_ids


def can_manage_invitation(user: User, invitation: Invitation) -> bool:
    """Whoever could give the role may send the invitation again and withdraw it."""
    return can_give(user, invitation.role, invitation.organisation)


def can_list_successions(user: User) -> bool:
    """Staff of a hub: managers, officers and viewers."""
    return bool(access_of(user).hub_ids)


def can_decide_succession(user: User, succession: Succession) -> bool:
    """Managers and officers of the hub whose records they are: apply, undo, dismiss, choose another school."""
    return succession.hub_id in access_of(user).writing_hub_ids


def can_begin_succession(user: User, school: School) -> bool:
    """Managers and officers of the hub that covers the school now may say that it became another school."""
    standing = standing_of(user, school)
    return standing.is_hub_manager or standing.is_hub_officer


def can_save_views(user: User) -> bool:
    """Whoever works for a hub or for one of its partners may save views of lists."""
    return bool(access_of(user).worked_hub_ids)


def can_share_views(user: User) -> bool:
    """Managers and officers of a hub, and officers of its partners, share views in the hub."""
    return bool(access_of(user).served_hub_ids)


def can_change_view(user: User, view: SavedView) -> bool:
    """Its owner; and the hub's managers where it is shared."""
    return view.owner_id == user.pk or (view.is_shared and view.hub_id in access_of(user).managed_hub_ids)


def can_list_exports(user: User) -> bool:
    """Managers see who took which list away as a file."""
    return bool(access_of(user).managed_hub_ids)


def can_change_several(user: User) -> bool:
    """Who does an officer's work may do the same with several schools: managers and officers of a hub, officers of its
    partners with the schools entrusted to them."""
    return bool(access_of(user).served_hub_ids)


def can_undo(user: User, change: BulkChange) -> bool:
    """Who did it, and the hub's managers."""
    return change.by_id == user.pk or change.hub_id in access_of(user).managed_hub_ids


def can_list_changes(user: User) -> bool:
    """Hub staff, and officers of partners for the schools entrusted to them."""
    access = access_of(user)
    return bool(access.hub_ids or access.officer_partner_ids)


def can_settle_notice(user: User, notice: ChangeNotice) -> bool:
    """The hub's managers and officers; officers of its partners for the schools entrusted to them. One query at the
    most."""
    access = access_of(user)
    if notice.hub_id in access.writing_hub_ids:
        return True
    partners = {m.partner_id for m in access.memberships if m.partner and m.partner.hub_id == notice.hub_id}
    entrusted = commissioned_schools(partners & access.officer_partner_ids, today())
    return bool(partners) and School.objects.filter(entrusted, pk=notice.change.school_id).exists()
