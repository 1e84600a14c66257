"""The list of schools and its files, and a school's page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.generic import TemplateView

from hubportal.kit.tables import Filters, ListTable, TableExport, TableView
from schools import facts, handing, panels, timeline
from schools.access import access_of, today
from schools.bulk import kinds
from schools.contact_marks import marks_of
from schools.filters import SchoolEngagementFilters, SchoolFactFilters, SchoolFilters
from schools.models import Commission, Contact, School, TimelineEntry
from schools.permissions import (
    can_add_school,
    can_begin_succession,
    can_change_owner,
    can_change_several,
    can_edit_contacts,
    can_edit_school,
    can_give,
    can_hand_over,
    can_list_changes,
    can_list_exports,
    can_list_organisations,
    can_list_schools,
    can_read_trusts,
)
from schools.posts import other_posts
from schools.roles import Role
from schools.standing import hub_contact_of, standing_of
from schools.tables import SchoolEngagementTable, SchoolFactTable, SchoolTable

TIMELINE_PAGE = 20


class SchoolList(TableView):
    """The schools one may see, with the columns that fit one's roles: those of the widest of them."""

    template_name = "schools/school_list.html"
    saved_as = "schools:school-list"
    noun = "school"
    picks = True  # rows can be ticked, and something done with them

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_list_schools(request.user):
            raise PermissionDenied("The list of schools is for hubs, partners, trusts and schools.")
        return super().dispatch(request, *args, **kwargs)

    @property
    def sees_engagement(self) -> bool:
        access = access_of(self.request.user)
        return bool(access.hub_ids or access.officer_partner_ids)

    @property
    def sees_facts(self) -> bool:
        access = access_of(self.request.user)
        return self.sees_engagement or bool(access.trust_ids or access.school_ids)

    def get_queryset(self) -> QuerySet:
        user = self.request.user
        schools = School.objects.visible_to(user).schools()
        if not self.sees_facts:
            return schools.with_commission(user)
        schools = schools.select_related("authority", "type").with_trust().with_facts_date()
        return schools.with_engagement(user).with_music(user).with_tags(user) if self.sees_engagement else schools

    def get_table_class(self) -> type[ListTable]:
        if self.sees_engagement:
            return SchoolEngagementTable
        return SchoolFactTable if self.sees_facts else SchoolTable

    def get_filters_class(self) -> type[Filters]:
        if self.sees_engagement:
            return SchoolEngagementFilters
        return SchoolFactFilters if self.sees_facts else SchoolFilters

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        picks = self.picks and self.sees_engagement and can_change_several(user)
        self.request.picks_schools = picks
        context = super().get_context_data(
            bulk_kinds=[*kinds.kinds(), *kinds.ways(user)] if picks else [],
            can_list_exports=can_list_exports(user),
            can_read_trusts=can_read_trusts(user),
            can_list_changes=can_list_changes(user),
            can_list_organisations=can_list_organisations(user),
            can_add_school=can_add_school(user),
            hubs=access_of(user).hubs,
            **kwargs,
        )
        asked = context["filters"].form.cleaned_data
        if not context["matching"] and asked.get("q") and asked.get("status") == SchoolFilters.defaults["status"]:
            context["wider_query"] = f"?{urlencode({**self.request.GET.dict(), 'status': 'all'})}"
        if not context["matching"] and asked.get("q") and can_list_organisations(user):
            others = School.objects.visible_to(user).organisations().matching(asked["q"])
            context["organisations_query"] = f"?{urlencode({'q': asked['q']})}" if others.exists() else ""
        if not context["matching"] and asked.get("q"):
            context["left"] = handing.remembered_like(user, asked["q"])
        return context


class SchoolExport(TableExport, SchoolList):
    """The list's rows as a file: exactly what is filtered, in the same order, all of them."""

    file_name = "schools"


class SchoolDetail(TemplateView):
    """A school's page: facts, what comes next, what happened, whom one knows there. A former URN leads to today's, and
    so does a school whose records went over to another, unless one asks for it as it was (`?former=1`). One that left
    the hub's area leads to what the hub recorded of it."""

    template_name = "schools/school_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visible = School.objects.visible_to(request.user).select_related("authority", "type").with_trust()
        visible = visible.with_engagement(request.user).with_tags(request.user).with_facts_date()
        known = list(visible.known_by(kwargs["urn"])[:3])
        school = next((each for each in known if each.urn == kwargs["urn"]), None)
        others = [each for each in known if each is not school]
        if len(others) == 1 and (school is None or "former" not in request.GET):
            # What went over to another school may come back; a URN that is nobody's any more does not.
            return redirect(others[0], permanent=not others[0].is_others)
        if school is None:
            if handing.remembered(request.user, kwargs["urn"]) is not None:
                return redirect("schools:school-records", urn=kwargs["urn"])
            raise Http404("No such school, or not one of yours.")
        self.school = school
        return super().get(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        if standing_of(self.request.user, self.school).sees_facts:
            return [self.template_name]
        return ["schools/school_detail_partner.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, school = self.request.user, self.school
        standing = standing_of(user, school)
        rows = Contact.objects.visible_to(user).filter(school=school).select_related("user")
        if standing.hub is not None:  # the hub before it may hold the same people still
            rows = rows.filter(hub=standing.hub)
        people = list(rows)
        now = [person for person in people if person.left_on is None or person.left_on > today()]
        posts, marks = other_posts(user, now), marks_of(user, now)
        for person in now:
            person.also_at, person.marks = posts.get(person.pk, []), marks.get(person.pk, [])
        context = {
            "school": school,
            "standing": standing,
            "contacts": now,
            "former_contacts": [person for person in people if person not in now],
            "address": ", ".join(school.address),
            "standing_words": facts.standing_words(school, today()),
            **kwargs,
        }
        if standing.sees_facts:
            context |= self.get_full_context(now)
        else:
            commissions = Commission.objects.visible_to(user).current(today()).of_school(school.pk, school.authority_id)
            context["commissions"] = commissions.select_related("partner")
        return super().get_context_data(**context)

    def get_full_context(self, contacts: list[Contact]) -> dict[str, Any]:
        """What everybody but partner staff sees besides the name, the address and the contacts."""
        user, school = self.request.user, self.school
        standing = standing_of(user, school)
        entries = TimelineEntry.objects.visible_to(user).filter(school=school).select_related("received_from")
        page = Paginator(entries, TIMELINE_PAGE).get_page(self.request.GET.get("page"))
        return {
            "facts": facts.key_facts(school, contacts, standing),
            "details": facts.details(school, opens_trust=can_read_trusts(user)),
            "source": facts.source_of(school),
            "engagement": school.engagement,
            "hub_contact": None if standing.sees_engagement else hub_contact_of(school, standing.hub),
            "timeline": page,
            "entries": self.get_entries(list(page)),
            "panels": panels.panels_for(self.request, school),
            "can_edit_contacts": can_edit_contacts(user, school),
            "can_change_owner": can_change_owner(user, school),
            "can_begin_succession": can_begin_succession(user, school),
            "can_edit_school": can_edit_school(user, school),
            "can_list_organisations": can_list_organisations(user),
            "can_invite": can_give(user, Role.SCHOOL_LEADER, school),
        }

    def get_entries(self, entries: list[TimelineEntry]) -> list[dict[str, Any]]:
        """The timeline's rows. Everything on it but handovers, which are the managers', opens for those who write for
        the hub, and for the school; others get no link to what they may only read here."""
        standing = standing_of(self.request.user, self.school)
        every = standing.is_hub_manager or standing.is_hub_officer or not standing.sees_engagement
        closed = timeline.closed_to(self.request.user, entries, only={"handover"} if every else None)
        return [facts.timeline_row(entry) | ({"url": ""} if entry.source in closed else {}) for entry in entries]


class SchoolRecords(TemplateView):
    """What one's hub recorded of a school that has left its area, to read: its timeline and whom it knew there. 404
    where the hub holds nothing, or still covers the school."""

    template_name = "schools/school_records.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, hubs = self.request.user, access_of(self.request.user).hub_ids
        school = handing.remembered(user, kwargs["urn"])
        if school is None:
            raise Http404("No such school, or your hub has no records of it, or it is in your hub’s area.")
        entries = TimelineEntry.objects.visible_to(user).filter(school=school, hub__in=hubs)
        page = Paginator(entries.select_related("received_from"), TIMELINE_PAGE).get_page(self.request.GET.get("page"))
        closed = timeline.closed_to(user, page)
        return super().get_context_data(
            school=school,
            hub=standing_of(user, school).hub,
            address=", ".join(school.address),
            contacts=Contact.objects.visible_to(user).filter(school=school, hub__in=hubs),
            timeline=page,
            entries=[facts.timeline_row(entry) | ({"url": ""} if entry.source in closed else {}) for entry in page],
            can_hand_over=can_hand_over(user),
            **kwargs,
        )
