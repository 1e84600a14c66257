"""Who sees which record of the relationship. Each rule is one filter; see `schools.querysets` for the schools."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from hubportal.kit.lookups import AmongOnce
from hubportal.kit.models import Draft
from hubportal.kit.wording import academic_year
from schools.access import access_of, today
from schools.models import Hub, Partner, School
from schools.querysets import at_entrusted, commissioned_schools, outer_day, stays_that_open

if TYPE_CHECKING:
    from hubportal.accounts.models import User


DRAFT = "conversation"  # the kind of its drafts


def entrusted(partner_ids: set[int], on: date) -> models.QuerySet:
    """Schools entrusted to these partners on a date, as a subquery."""
    return School.objects.filter(commissioned_schools(partner_ids, on)).values("pk")


class StrandQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Reference data: the same for everybody."""
        return self


class FrameworkQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Frameworks for every hub, and those of the hubs one works for."""
        return self.filter(Q(hub=None) | Q(hub_id__in=access_of(user).hub_ids))

    def current_for_hub(self, hub_id: int, on: date) -> Self:
        """The newest published for this hub, else for every hub; the first row is the one in force."""
        return self.filter(Q(hub=None) | Q(hub_id=hub_id), published_on__lte=on).order_by(
            F("hub_id").asc(nulls_last=True), "-published_on", "-number"
        )


class HubRulesQuerySet(models.QuerySet):
    """Rules of one hub, beside those (without a hub) that hold for every hub that has none of its own."""

    def visible_to(self, user: "User") -> Self:
        """Staff of a hub, and the officers of its partners: the hub's, and those of every hub."""
        access = access_of(user)
        hubs = access.hub_ids | access.served_hub_ids
        return self.filter(Q(hub=None) | Q(hub_id__in=hubs)) if hubs else self.none()

    def for_hub(self, hub: Hub) -> Self:
        """The hub's own, and those of every hub."""
        return self.filter(Q(hub=None) | Q(hub=hub))


class ConversationQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """The hub's own record, for hub staff and for partner officers.

        Hub staff: all of their hub's. Partner officers: what was logged with a school that is entrusted to the partner
        now (of a meeting of several schools, the parts of those schools: see `hub_parts`), and their partner's own
        drafts where every school is. School people read parts, never this.
        """
        on = on or today()
        access = access_of(user)
        rule = Q(hub_id__in=access.hub_ids)
        if access.officer_partner_ids:
            # A draft is one page of every school's words, so every school of it must be entrusted.
            # Lists of ids, each worked out once, rather than EXISTS for each row: that took minutes without statistics.
            parts = apps.get_model("engagement", "ConversationPart")._base_manager
            schools = entrusted(access.officer_partner_ids, on)
            rule |= (
                Q(hub__in=_hubs_of(access.officer_partner_ids))
                & Q(pk__in=parts.filter(school__in=schools).values("conversation"))
                & (
                    Q(state="logged")
                    | Q(partner_id__in=access.officer_partner_ids)
                    & ~Q(pk__in=parts.exclude(school__in=schools).values("conversation"))
                )
            )
        return self.filter(rule)

    def logged(self) -> Self:
        return self.filter(state="logged")

    def begun(self) -> Self:
        """Logged, or a draft in which somebody has typed: a form that was opened and left is nobody's business."""
        return self.filter(Q(state="logged") | Q(uuid__in=Draft.objects.touched(DRAFT).values("target")))

    def with_part(self, parts: "ConversationPartQuerySet") -> Self:
        """With one of these parts."""
        return self.filter(pk__in=parts.order_by().values("conversation"))

    def without_part(self, parts: "ConversationPartQuerySet") -> Self:
        return self.exclude(pk__in=parts.order_by().values("conversation"))

    def editable_by(self, user: "User", on: date | None = None) -> Self:
        """Those that a person may edit and share: as `permissions.can_edit_conversation` says of one."""
        access = access_of(user)
        rule = Q(hub_id__in=access.writing_hub_ids)
        if partners := access.officer_partner_ids:
            parts = apps.get_model("engagement", "ConversationPart")._base_manager
            others = parts.exclude(school__in=entrusted(partners, on or today()))
            rule |= Q(partner_id__in=partners) & ~Q(pk__in=others.values("conversation"))
        return self.own().filter(rule)

    def own(self) -> Self:
        """What the hub's own people did, and not what it received from another hub with a school: the only kind that a
        figure counts as its work."""
        return self.filter(received_from=None)

    def drafts(self) -> Self:
        """Those in which somebody has typed, and that are not logged yet."""
        return self.begun().filter(state="draft")


def _hubs_of(partner_ids: set[int]) -> models.QuerySet:
    return Partner.objects.filter(pk__in=partner_ids).values("hub_id")


def hub_parts(user: "User", on: date, prefix: str = "") -> Q:
    """Parts that a person reads as one of the hub, as a rule on a row that has `prefix` before the part: hub staff all
    of their hub's; partner officers those of the schools entrusted to the partner now, of what was logged and of their
    partner's own drafts, as `ConversationQuerySet.visible_to` says. It follows single keys only: no row comes twice."""
    access = access_of(user)
    talk = f"{prefix}conversation"
    rule = Q(**{f"{talk}__hub_id__in": access.hub_ids})
    if partners := access.officer_partner_ids:
        schools = entrusted(partners, on)
        parts = apps.get_model("engagement", "ConversationPart")._base_manager
        others = parts.filter(conversation__partner_id__in=partners).exclude(AmongOnce("school_id", schools))
        own = Q(**{f"{talk}__partner_id__in": partners}) & ~Q(**{f"{talk}__in": others.values("conversation")})
        hubs = {each.partner.hub_id for each in access.memberships if each.partner_id in partners}
        there = Q(AmongOnce(f"{prefix}school_id", schools), **{f"{talk}__hub_id__in": hubs})
        rule |= there & (Q(**{f"{talk}__state": "logged"}) | own)
    return rule


def reads_as_school(user: "User") -> bool:
    """Whether the person is one of a school or a trust, and so reads what was shared with it. No query beyond the
    memberships."""
    access = access_of(user)
    return bool(access.writing_school_ids or access.viewed_school_ids or access.trust_ids)


def shared_parts(user: "User", on: date, prefix: str = "") -> Q:
    """Parts that a person reads as one of the school or its trust, as a rule on a row that has `prefix` before the
    part.

    Leaders and editors: shared and not withdrawn. Viewers and trust leaders: released too; a trust's leaders only
    what was about a school that is in the trust now and open, and dated since it joined, or given to that trust by a
    leader of the school since.
    """
    access = access_of(user)
    shared = Q(**{f"{prefix}versions__isnull": False, f"{prefix}withdrawn_at": None})
    rule = Q(**{f"{prefix}school_id__in": access.writing_school_ids}) | Q(
        **{
            f"{prefix}school_id__in": access.viewed_school_ids,
            f"{prefix}released_at__isnull": False,
        }
    )
    if access.trust_ids:
        times = stays_that_open(
            access.trust_ids,
            on,
            school=OuterRef(f"{prefix}school_id"),
            day=OuterRef(f"{prefix}conversation__date"),
            given_to=OuterRef(f"{prefix}given_to_trust_id"),
            given_on=outer_day(f"{prefix}given_to_trust_at"),
        )
        rule |= Q(Q(**{f"{prefix}released_at__isnull": False}), Exists(times))
    return shared & rule


class ConversationPartQuerySet(models.QuerySet):
    def with_sharing(self) -> Self:
        """Adds `version_number`, that of the newest version given to the school, and `answer_kind`, the kind of the
        school's last answer to that version; both None where there is none. No further query."""
        versions = apps.get_model("engagement", "PartVersion")._base_manager.filter(part=OuterRef("pk"))
        answers = apps.get_model("engagement", "Response")._base_manager.filter(
            version__part=OuterRef("pk"), version__number=OuterRef("version_number")
        )
        return self.annotate(
            version_number=models.Subquery(versions.order_by("-number").values("number")[:1])
        ).annotate(answer_kind=models.Subquery(answers.order_by("-at", "-pk").values("kind")[:1]))

    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Parts a person may read: what the hub's own people see of conversations, and what is shared with the
        school."""
        on = on or today()
        if not reads_as_school(user):
            return self.of_hub_for(user, on)
        ids = self.model._base_manager.filter(hub_parts(user, on) | shared_parts(user, on)).values("pk")
        return self.filter(pk__in=ids)

    def of_hub_for(self, user: "User", on: date | None = None) -> Self:
        """Parts a person reads as one of the hub, and not as one of the school. A rule on the row itself: a list of
        keys, joined, took minutes without statistics."""
        return self.filter(hub_parts(user, on or today()))

    def given(self) -> Self:
        """Given to the school, and not withdrawn; with `with_sharing()`."""
        return self.with_sharing().filter(withdrawn_at=None, version_number__isnull=False)

    def shared_with(self, user: "User", on: date | None = None) -> Self:
        """Parts a person reads as one of the school or its trust, and not as one of the hub."""
        ids = self.model._base_manager.filter(shared_parts(user, on or today())).values("pk")
        return self.filter(pk__in=ids)


class PartVersionQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Every version of a part that the person may read; viewers and trust leaders only those that a leader
        released: a version shared after the release waits for another."""
        on = on or today()
        if not reads_as_school(user):
            return self.filter(hub_parts(user, on, "part__"))
        return self.filter(pk__in=_versions(user, on))

    def shared_with(self, user: "User", on: date | None = None) -> Self:
        """Versions a person reads as one of the school or its trust, and not as one of the hub."""
        ids = self.model._base_manager.filter(shared_versions(user, on or today())).values("pk")
        return self.filter(pk__in=ids)


def shared_versions(user: "User", on: date) -> Q:
    """Versions that a person reads as one of the school or its trust."""
    mine = Q(part__school_id__in=access_of(user).writing_school_ids)
    return shared_parts(user, on, "part__") & (mine | Q(shared_at__lte=F("part__released_at")))


def _versions(user: "User", on: date) -> models.QuerySet:
    rule = hub_parts(user, on, "part__") | shared_versions(user, on)
    return apps.get_model("engagement", "PartVersion")._base_manager.filter(rule).values("pk")


class ResponseQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Answers to the versions that the person may read."""
        on = on or today()
        if not reads_as_school(user):
            return self.filter(hub_parts(user, on, "version__part__"))
        return self.filter(version__in=_versions(user, on))


class OfHubAndSchoolQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Hub staff: their hub's. Partner officers: those at the schools entrusted to the partner now."""
        on = on or today()
        access = access_of(user)
        rule = Q(hub_id__in=access.hub_ids)
        return self.filter(rule | at_entrusted(access.officer_partner_ids, on))


class HoldQuerySet(OfHubAndSchoolQuerySet):
    def standing(self) -> Self:
        """Those that nobody has ended; the day until which they hold may have come."""
        return self.filter(ended_at=None)


class PlannedContactQuerySet(OfHubAndSchoolQuerySet):
    def standing(self) -> Self:
        """Those that no other has taken the place of."""
        return self.filter(ended_at=None)


class StepApprovalQuerySet(OfHubAndSchoolQuerySet):
    def open(self) -> Self:
        """Asked for, and not decided."""
        return self.filter(is_approved=None)


class AttemptQuerySet(OfHubAndSchoolQuerySet):
    def own(self) -> Self:
        """Those of the hub's own people: see `ConversationQuerySet.own`."""
        return self.filter(received_from=None)


def _left_behind(on: date) -> Q:
    """A partner's actions that were given before a commission of the school (or its authority) to the partner that has
    ended since, and no other holds."""
    held = apps.get_model("schools", "Commission")._default_manager.filter(
        Q(school=OuterRef("school_id")) | Q(authority=OuterRef("school__authority_id")), partner=OuterRef("partner_id")
    )
    ended = held.filter(ends_on__lte=on, ends_on__gt=OuterRef("part__conversation__date"))
    return Exists(ended) & ~Exists(held.current(on))


def _partners_own(partner_ids: set[int], on: date) -> Q:
    """Actions that were given to one of these partners and are still the partner's to do."""
    return Q(partner_id__in=partner_ids) & ~_left_behind(on)


def _shared_actions() -> Q:
    """Actions that their school was told of: shared, and not withdrawn with the part they were agreed in."""
    return Q(shared_at__isnull=False) & (Q(part=None) | Q(part__withdrawn_at=None))


class AgreedActionQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Hub staff: their hub's. Partner officers: those at their schools. Partner people: their partner's own, until
        the commission under which they were given ends. School leaders and editors: what was shared with their school
        and not withdrawn."""
        on = on or today()
        access = access_of(user)
        rule = (
            Q(hub_id__in=access.hub_ids)
            | _partners_own(access.partner_ids, on)
            | (Q(school_id__in=access.writing_school_ids) & _shared_actions())
        )
        return self.filter(rule | at_entrusted(access.officer_partner_ids, on))

    def editable_by(self, user: "User", on: date | None = None) -> Self:
        """Actions whose owner and due date the person may change: the hub's managers and officers, and officers of a
        partner entrusted with the school now."""
        return self.filter(self._written_by(user, on or today()))

    def closable_by(self, user: "User", on: date | None = None) -> Self:
        """Actions that the person may bring to another state or write a note to: those who may edit them, the people
        of the partner whose action it is, and the school's leaders and editors once it is shared."""
        on = on or today()
        access = access_of(user)
        return self.filter(
            self._written_by(user, on)
            | _partners_own(access.partner_ids, on)
            | (Q(school_id__in=access.writing_school_ids) & _shared_actions())
        )

    def _written_by(self, user: "User", on: date) -> Q:
        access = access_of(user)
        return Q(hub_id__in=access.writing_hub_ids) | at_entrusted(access.officer_partner_ids, on)

    def for_list(self, user: "User", on: date) -> Self:
        """With school, hub and partner, and adds `may_close`, `sees_school`, `is_ours` (the person's own school is to
        do it) and `is_left_behind` (see that). No further query."""
        closable = type(self)(self.model).closable_by(user, on).filter(pk=OuterRef("pk"))
        schools = School.objects.visible_to(user, on).filter(pk=OuterRef("school_id"))
        ours = Q(side="school", school_id__in=access_of(user).writing_school_ids)
        return self.select_related("school", "hub", "partner").annotate(
            may_close=Exists(closable),
            sees_school=Exists(schools),
            is_ours=models.ExpressionWrapper(ours, output_field=models.BooleanField()),
            is_left_behind=models.ExpressionWrapper(_left_behind(on), output_field=models.BooleanField()),
        )

    def left_behind(self, on: date) -> Self:
        """Open, and given to a partner who is no longer there for the school: nobody does it until the hub gives it to
        somebody else."""
        return self.open().filter(_left_behind(on), side="partner")

    def overdue(self, on: date) -> Self:
        """Open, and due before this day."""
        return self.open().filter(due_on__lt=on)

    def open(self) -> Self:
        return self.filter(state__in=apps.get_model("engagement", "AgreedAction").OPEN_STATES)


class OfferQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Hub staff and partner people: their hub's. School and trust people: what their hub has on offer, and what it
        had on offer in an earlier year."""
        access = access_of(user)
        hubs = Hub.objects.visible_to(user, on).exclude(pk__in=access.funded_hub_ids - access.hub_ids).values("pk")
        return self.filter(Q(hub_id__in=access.hub_ids) | Q(hub__in=hubs, is_current=True))

    def current(self, on: date | None = None) -> Self:
        """On offer in the academic year of a day, or for a later one already."""
        return self.filter(is_current=True, year__gte=academic_year(on or today()))

    def to_suggest(self, on: date | None = None) -> Self:
        """The same, each once: of one that stands for the next year as well, this year's."""
        year = academic_year(on or today())
        return self.current(on).exclude(carried_from__is_current=True, carried_from__year__gte=year)


class DeskQuerySet(models.QuerySet):
    """What people put off or handed on: hub staff see their hub's, partner officers those at their schools."""

    def visible_to(self, user: "User", on: date | None = None) -> Self:
        access = access_of(user)
        return self.filter(Q(hub_id__in=access.hub_ids) | at_entrusted(access.officer_partner_ids, on or today()))

    def standing(self) -> Self:
        return self.filter(ended_at=None)
