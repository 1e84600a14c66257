from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EngagementConfig(AppConfig):
    name = "engagement"
    label = "engagement"
    verbose_name = "The relationship"

    def ready(self) -> None:
        from engagement import (
            holdings,
            opening,
            school_panels,
            sharing_panel,
            today,
            today_music,
            today_reports,
            trust_panels,
            worklist,
        )
        from engagement.actions.contact_dates import refresh_known
        from engagement.briefing.half import half_in_brief
        from engagement.briefing.sections import briefing_sections
        from engagement.catalogue import today as catalogue_today
        from engagement.consultations import panels as consultation_panels
        from engagement.consultations import today as consultations_today
        from engagement.consultations.ways import CONSULTATION
        from engagement.deliveries import panels as delivery_panels
        from engagement.deliveries.handing import Deliveries
        from engagement.engagement_plans import panels as plan_panels
        from engagement.engagement_plans import today as plans_today
        from engagement.engagement_plans.bulk import StartPlans
        from engagement.handing import KINDS
        from engagement.mailings.marks import marks_of_contacts
        from engagement.mailings.ways import MAILING
        from engagement.meetings import panels as meeting_panels
        from engagement.meetings import today as meetings_today
        from engagement.meetings.handing import Halves, Meetings
        from engagement.newcomers import noticing
        from engagement.newcomers import today as newcomers_today
        from engagement.panels import part_panels
        from engagement.planned.kind import NextContact
        from engagement.reference import load_reference
        from engagement.references import CONTACTS
        from engagement.risks import panels as risk_panels
        from engagement.risks import today as risks_today
        from engagement.risks.handing import Risks
        from engagement.school_to_school import panels as introduction_panels
        from engagement.school_to_school import today as introductions_today
        from engagement.school_to_school.handing import Introductions
        from engagement.targets import measures
        from schools import contact_marks, contact_references, handing, newcomers, panels, term_dates, timeline
        from schools.bulk import kinds

        kinds.register(NextContact())
        kinds.register_way(MAILING)
        kinds.register_way(CONSULTATION)
        contact_marks.register(marks_of_contacts)
        kinds.register(StartPlans())
        for measure in measures.MEASURES:
            measures.register(measure)
        post_migrate.connect(load_reference, sender=self, dispatch_uid="engagement.reference")
        for list_work in (
            *today.PROVIDERS,
            *today_reports.PROVIDERS,
            *today_music.PROVIDERS,
            *catalogue_today.PROVIDERS,
            *risks_today.PROVIDERS,
            *newcomers_today.PROVIDERS,
            *meetings_today.PROVIDERS,
            *plans_today.PROVIDERS,
            *introductions_today.PROVIDERS,
        ):
            worklist.register(list_work)
        worklist.register_for_schools(meetings_today.halves_to_answer)
        worklist.register_for_schools(consultations_today.consultations_to_answer)
        worklist.register_for_schools(introductions_today.introductions_to_answer)
        part_panels.register(sharing_panel.shared_with_school)
        part_panels.register(meeting_panels.halves_of_part)
        part_panels.register(plan_panels.review_after)
        for show_panels in school_panels.PROVIDERS:
            panels.register(show_panels)
        panels.register(risk_panels.risks_of_school)
        panels.register(plan_panels.plan_of_school)
        panels.register(delivery_panels.deliveries_of_school)
        panels.register(introduction_panels.for_the_hub)
        panels.register(introduction_panels.for_the_school)
        panels.register(newcomers_today.newcomers_of_school)
        briefing_sections.register(half_in_brief)
        newcomers.register(noticing.of_people, noticing.of_register)
        panels.register(meeting_panels.meetings_of_school)
        panels.register(meeting_panels.halves_of_school)
        panels.register(consultation_panels.consultations_of_school)
        briefing_sections.register(consultation_panels.answers_in_brief)
        for kind in (*KINDS, Deliveries, Risks, Meetings, Halves, Introductions):
            handing.register(kind())
        panels.trust_panels.register(trust_panels.meetings)
        for source, opener in opening.OPENERS.items():
            timeline.register_opener(source, opener)
        for model, field, noun, once in CONTACTS:
            contact_references.register(model, field, noun, once=once)
        holdings.register()
        term_dates.register_refresh(refresh_known)
