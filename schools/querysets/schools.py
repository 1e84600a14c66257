"""Who sees which schools and trusts, and the rules that everything else is built on."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.postgres.aggregates import StringAgg
from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate

from hubportal.kit.wording import academic_year
from schools.access import access_of, today
from schools.register.keys import is_urn, search_words

if TYPE_CHECKING:
    from hubportal.accounts.models import User
    from schools.models import TrustSchool


def holds_on(on: date, prefix: str = "") -> Q:
    """Rows with `starts_on` and `ends_on` that hold on a date."""
    return Q(**{f"{prefix}starts_on__lte": on}) & (Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gt": on}))


def authorities_of_hubs(hub_ids: set[int], on: date) -> QuerySet:
    """Ids of the authorities that these hubs cover on a date, as a subquery."""
    areas = apps.get_model("schools", "HubArea")._default_manager
    return areas.filter(holds_on(on), hub_id__in=hub_ids).values("authority_id")


def commissioned_schools(partner_ids: set[int], on: date) -> Q:
    """Schools entrusted to one of these partners on a date and still in the area of that partner's hub."""
    commissions = apps.get_model("schools", "Commission")._default_manager.filter(holds_on(on))
    areas = apps.get_model("schools", "HubArea")._default_manager.filter(holds_on(on))
    rule = Q(pk__in=[])
    for each in sorted(partner_ids):
        given, area = commissions.filter(partner_id=each), areas.filter(hub__partners=each).values("authority_id")
        rule |= Q(authority_id__in=area) & (
            Q(pk__in=given.filter(school__isnull=False).values("school_id"))
            | Q(authority_id__in=given.filter(authority__isnull=False).values("authority_id"))
        )
    return rule


def at_entrusted(partner_ids: set[int], on: date, *, school: str = "school") -> Q:
    """Rows with a `hub` and a school (at the path `school`): of each of these partners those of its own hub, at the
    schools entrusted to it on a date; none for no partner. No joins, and no further query."""
    partners = apps.get_model("schools", "Partner")._default_manager
    schools = apps.get_model("schools", "School")._default_manager
    rule = Q(pk__in=[])
    for each in sorted(partner_ids):
        hub = partners.filter(pk=each).values("hub_id")
        rule |= Q(**{"hub__in": hub, f"{school}__in": schools.filter(commissioned_schools({each}, on)).values("pk")})
    return rule


def outer_day(path: str) -> TruncDate:
    """The day in England of a moment of the row outside a subquery."""
    return TruncDate(ExpressionWrapper(OuterRef(path), output_field=models.DateTimeField()))


def stays_that_open(
    trust_ids: set[int], on: date, *, school: Any, day: Any, given_to: Any = None, given_on: Any = None
) -> QuerySet["TrustSchool"]:
    """The stays that open a record to a trust's leaders, for `Exists`: a record of an open school that is in one of
    these trusts on a date, from the day it joined, or one that was given to that very trust since it joined. `day` is
    the record's, `given_to` and `given_on` are the trust it was given to and when (None for records that are given to
    none); all of the row outside. A school that leaves and comes back begins again."""
    times = apps.get_model("schools", "TrustSchool")._default_manager
    opens = Q(joined_on__lte=day)
    if given_to is not None:
        opens |= Q(trust=given_to, joined_on__lte=given_on)
    return times.filter(
        Q(left_on=None) | Q(left_on__gt=on),
        opens,
        trust_id__in=trust_ids,
        joined_on__lte=on,
        school=school,
        school__status__in=apps.get_model("schools", "School").OPEN_STATUSES,
    )


def _told(user: "User", on: date) -> Q:
    """Schools of which the person sees how they are engaged: as staff of the hub, or as an officer of its partner."""
    access = access_of(user)
    rule = Q(authority_id__in=authorities_of_hubs(access.hub_ids, on))
    if access.officer_partner_ids:
        rule |= commissioned_schools(access.officer_partner_ids, on)
    return rule


def _of_covering_hub(on: date) -> Q:
    """What the hub that covers a school on a date wrote down about it, in a subquery of schools."""
    return holds_on(on, "hub__areas__") & Q(school=OuterRef("pk"), hub__areas__authority=OuterRef("authority"))


class SchoolQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Schools whose page a person may open: hub staff those in the hub's area now, partner people those entrusted
        to the partner, school people their own, trust leaders the open schools in the trust now. Nobody else any."""
        on = on or today()
        access = access_of(user)
        rule = Q(pk__in=access.school_ids)
        if access.hub_ids:
            rule |= Q(authority_id__in=authorities_of_hubs(access.hub_ids, on))
        if access.partner_ids:
            rule |= commissioned_schools(access.partner_ids, on)
        if access.trust_ids:
            schools = apps.get_model("schools", "School")._default_manager
            rule |= Q(pk__in=schools.in_trusts(access.trust_ids, on).open().values("pk"))
        return self.filter(rule)

    def writable_by(self, user: "User", on: date | None = None) -> Self:
        """Schools for which a person does an officer's work: hub managers and officers, and partner officers."""
        on = on or today()
        access = access_of(user)
        rule = Q(authority_id__in=authorities_of_hubs(access.writing_hub_ids, on))
        if access.officer_partner_ids:
            rule |= commissioned_schools(access.officer_partner_ids, on)
        return self.filter(rule)

    def with_engagement(self, user: "User", on: date | None = None, *, as_at: date | None = None) -> Self:
        """Adds, for schools that the person sees as the hub's staff or as a partner's officer, what the hub that covers
        the school now wrote down: owner_id, owner_name, last_conversation_on, last_attempt_on, attempts_since,
        next_conversation_on, declined_until, and `engagement`, how the two stand in the academic year
        (`EngagementYear`): "several" (engaged in two or more ways so far), "engaged" (in one), "declined" (until a day
        to come), "attempted" (tried, no answer), "lapsed" (engaged in an earlier year) or "never". All are None for
        other schools, and another hub's figures are never read. `as_at` asks how they stood on another day, for the
        schools that the hub covers on `on`. No further query."""
        on = on or today()
        kept = (
            apps.get_model("schools", "Relationship")
            ._default_manager.visible_to(user, on)
            .filter(_of_covering_hub(on))
            .order_by()
        )
        years = (
            apps.get_model("schools", "EngagementYear")
            ._default_manager.visible_to(user, on)
            .filter(_of_covering_hub(on))
            .order_by()
        )
        day = as_at or on
        year = academic_year(day)
        this = years.filter(year=year)
        return self.annotate(
            _engaged_on=Subquery(this.values("engaged_on")[:1]),
            _several_on=Subquery(this.values("several_on")[:1]),
            owner_id=Subquery(kept.values("owner_id")[:1]),
            owner_name=Subquery(kept.values("owner__name")[:1]),
            last_conversation_on=Subquery(kept.values("last_conversation_on")[:1]),
            last_attempt_on=Subquery(kept.values("last_attempt_on")[:1]),
            attempts_since=Subquery(kept.values("attempts_since")[:1]),
            next_conversation_on=Subquery(kept.values("next_conversation_on")[:1]),
            declined_until=Subquery(kept.values("declined_until")[:1]),
            engagement=Case(
                When(~_told(user, on), then=Value(None)),
                When(_several_on__lte=day, then=Value("several")),
                When(_engaged_on__lte=day, then=Value("engaged")),
                When(declined_until__gt=day, then=Value("declined")),
                When(Exists(this.filter(attempts__gt=0)), then=Value("attempted")),
                When(Exists(years.filter(year__lt=year, engaged_on__isnull=False)), then=Value("lapsed")),
                default=Value("never"),
                output_field=models.CharField(),
            ),
        )

    def disengaged(self, user: "User", day: date, on: date | None = None) -> Self:
        """Those historically disengaged on a day, of schools of which the person sees how they are engaged: never
        engaged, or in none of the last completed academic years (as many as the hub that covers the school now says,
        `Hub.disengaged_years`) nor in that one so far. No further query."""
        on = on or today()
        year = academic_year(day)
        engaged = (
            apps.get_model("schools", "EngagementYear")
            ._default_manager.visible_to(user, on)
            .filter(_of_covering_hub(on))
            .filter(year__gte=year - F("hub__disengaged_years"), engaged_on__lte=day)
        )
        return self.filter(_told(user, on)).exclude(Exists(engaged))

    def with_music(self, user: "User", on: date | None = None) -> Self:
        """Adds what the hub that covers the school now recorded and what holds on a date, as far as the person sees it:
        `lead_school`, `artsmark`, `music_mark` and `teaching` (names joined by commas, or None) and `artsmark_until`,
        the first day on which the award no longer holds. No further query."""
        on = on or today()
        facts = apps.get_model("schools", "DatedFact")._default_manager.visible_to(user, on).of_covering_hubs(on)
        facts = facts.current(on).filter(school=OuterRef("pk")).order_by()

        order = ("-value__is_award", "value__position")

        def names(kind: str) -> Subquery:
            held = facts.filter(value__kind=kind).values("school")
            joined = held.annotate(words=StringAgg("value__name", ", ", order_by=order))
            return Subquery(joined.values("words"), output_field=models.TextField())

        award = facts.filter(value__kind="artsmark", value__is_award=True)
        return self.annotate(
            lead_school=names("lead-school"),
            artsmark=names("artsmark"),
            artsmark_until=Subquery(award.values("ends_on")[:1]),
            music_mark=names("music-mark"),
            teaching=names("teaching"),
        )

    def with_tags(self, user: "User", on: date | None = None) -> Self:
        """Adds `tags`: those that the hub which covers the school now gave it, as far as the person sees them, joined
        by commas. No further query."""
        on = on or today()
        rows = apps.get_model("schools", "SchoolTag")._default_manager.visible_to(user, on)
        rows = rows.filter(_of_covering_hub(on))
        joined = rows.order_by().values("school").annotate(words=StringAgg("tag__name", ", ", order_by="tag__name"))
        return self.annotate(tags=Subquery(joined.values("words"), output_field=models.TextField()))

    def with_commission(self, user: "User", on: date | None = None) -> Self:
        """Adds `commission`: what the person's own partners are there for today, joined by commas. No further query."""
        on = on or today()
        held = apps.get_model("schools", "Commission")._default_manager.filter(
            Q(school=OuterRef("pk")) | Q(authority=OuterRef("authority_id")),
            holds_on(on),
            partner_id__in=access_of(user).partner_ids,
        )
        joined = held.order_by().values("partner__hub").annotate(words=StringAgg("purpose", ", ", order_by="purpose"))
        return self.annotate(commission=Subquery(joined.values("words")[:1], output_field=models.TextField()))

    def with_trust(self, on: date | None = None) -> Self:
        """Adds `trust_name` and `trust_uid` of the trust that the school is in on a date. No further query."""
        on = on or today()
        times = apps.get_model("schools", "TrustSchool")._default_manager.filter(
            Q(left_on=None) | Q(left_on__gt=on), school=OuterRef("pk"), joined_on__lte=on
        )
        newest = times.order_by("-joined_on")
        return self.annotate(
            trust_name=Subquery(newest.values("trust__name")[:1]),
            trust_uid=Subquery(newest.values("trust__group_uid")[:1]),
        )

    def with_facts_date(self) -> Self:
        """Adds `facts_as_at`, the date of what is stored of the school: that of the last register applied while the
        school stands in it. No further query."""
        files = apps.get_model("schools", "RegisterFile")
        schools = apps.get_model("schools", "School")
        last = {
            kind: Subquery(files._default_manager.last_applied_first(kind).values("as_at")[:1])
            for kind in (files.Kind.ESTABLISHMENTS, files.Kind.CHILDRENS_CENTRES)
        }
        of_the_register = Case(
            When(source=schools.Source.CENTRES, then=last[files.Kind.CHILDRENS_CENTRES]),
            default=last[files.Kind.ESTABLISHMENTS],
        )
        return self.annotate(facts_as_at=Coalesce("as_at", of_the_register))

    def in_hubs(self, hub_ids: set[int], on: date) -> Self:
        return self.filter(authority_id__in=authorities_of_hubs(hub_ids, on))

    def in_trusts(self, trust_ids: set[int], on: date) -> Self:
        """Schools in one of these trusts on a date."""
        times = apps.get_model("schools", "TrustSchool")._default_manager.filter(
            Q(left_on=None) | Q(left_on__gt=on),
            trust_id__in=trust_ids,
            joined_on__lte=on,
        )
        return self.filter(pk__in=times.values("school_id"))

    def open(self) -> Self:
        return self.filter(status__in=apps.get_model("schools", "School").OPEN_STATUSES)

    def schools(self) -> Self:
        """Without organisations that are no schools: they stand in no count of schools."""
        return self.filter(type__is_organisation=False)

    def organisations(self) -> Self:
        return self.filter(type__is_organisation=True)

    def state_funded(self) -> Self:
        return self.filter(type__is_state_funded=True)

    def with_colleges(self) -> Self:
        """Those that write a music development plan: state-funded schools, and colleges, which the funder counts among
        "all state-funded educational establishments" ("Working with Schools", Arts Council England, 2023)."""
        return self.filter(Q(type__is_state_funded=True) | Q(type__is_college=True))

    def known_by(self, urn: int) -> Self:
        """The school of this URN, and those that have had it or carry its school's records now. Adds `is_others`: the
        URN is still that of another school."""
        schools = apps.get_model("schools", "School")._default_manager
        identifiers = apps.get_model("schools", "SchoolIdentifier")._default_manager
        ids = schools.filter(urn=urn).values("pk").union(identifiers.filter(urn=urn).values("school_id"))
        others = schools.filter(urn=urn).exclude(pk=OuterRef("pk"))
        return self.filter(pk__in=ids).annotate(is_others=Exists(others))

    def matching(self, words: str) -> Self:
        """Schools whose name, URN, postcode or town holds every one of the words; a URN of former days counts too."""
        rule = Q()
        for word in search_words(words):
            rule &= Q(search_text__contains=word)
        if is_urn(words):
            rule |= Q(identifiers__urn=int(words.strip()[:9]))
            return self.filter(rule).distinct()
        return self.filter(rule)

    def with_former_urn(self, urn: int) -> Self:
        """Adds `former_urn`: this URN, where the school had it or carries the records of the school that has it; else
        None. No further query."""
        identifiers = apps.get_model("schools", "SchoolIdentifier")._default_manager.filter(urn=urn)
        had = ~Q(urn=urn) & Q(pk__in=identifiers.values("school_id"))
        return self.annotate(former_urn=Case(When(had, then=Value(str(urn))), output_field=models.CharField()))


class TrustQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Trusts with a school that the person may see, and those the person leads."""
        on = on or today()
        schools = apps.get_model("schools", "School")._default_manager.visible_to(user, on)
        times = apps.get_model("schools", "TrustSchool")._default_manager.filter(
            Q(left_on=None) | Q(left_on__gt=on), school__in=schools.values("pk")
        )
        return self.filter(Q(pk__in=access_of(user).trust_ids) | Q(pk__in=times.values("trust_id")))

    def with_school_in(self, hub_ids: set[int], on: date) -> Self:
        """Trusts with a school in the area of one of these hubs on a date."""
        times = apps.get_model("schools", "TrustSchool")._default_manager.filter(
            Q(left_on=None) | Q(left_on__gt=on),
            joined_on__lte=on,
            school__authority_id__in=authorities_of_hubs(hub_ids, on),
        )
        return self.filter(pk__in=times.values("trust_id"))

    def with_counts(self, user: "User", on: date | None = None) -> Self:
        """Adds `schools_seen`, how many open schools of the trust the person may see on a date, and
        `schools_elsewhere`, how many more it has. No further query."""
        on = on or today()
        times = (
            apps.get_model("schools", "TrustSchool")
            ._default_manager.filter(
                Q(left_on=None) | Q(left_on__gt=on),
                trust=OuterRef("pk"),
                joined_on__lte=on,
                school__status__in=apps.get_model("schools", "School").OPEN_STATUSES,
            )
            .order_by()
            .values("trust")
        )
        seen = apps.get_model("schools", "School")._default_manager.visible_to(user, on).values("pk")
        number = models.Count("pk")
        return self.annotate(
            schools_seen=Coalesce(Subquery(times.filter(school__in=seen).annotate(n=number).values("n")), 0),
            schools_elsewhere=Coalesce(Subquery(times.exclude(school__in=seen).annotate(n=number).values("n")), 0),
        )

    def matching(self, words: str) -> Self:
        """Trusts whose name holds every one of the words, or whose group number it is."""
        rule = Q()
        for word in search_words(words):
            rule &= Q(name_key__contains=word)
        return self.filter(rule | Q(group_uid=words.strip()))
