from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SchoolsConfig(AppConfig):
    name = "schools"
    label = "schools"
    verbose_name = "Schools, hubs and people"

    def ready(self) -> None:
        from hubportal.kit import saved
        from schools import handing, panels, succession, timeline
        from schools.bulk import kinds
        from schools.dated_facts_panel import music_at_the_school
        from schools.figures_panel import published_figures
        from schools.formerly_panel import known_as
        from schools.holdings import HOLDINGS, SOURCE
        from schools.lists.keeping import ViewKeeper
        from schools.opening import successions
        from schools.reference import load_reference
        from schools.term_dates_panel import terms_at_the_school, terms_of_the_trust

        saved.keep_with(ViewKeeper())
        for kind in kinds.KINDS:
            kinds.register(kind)
        post_migrate.connect(load_reference, sender=self, dispatch_uid="schools.reference")
        for holding in HOLDINGS:
            succession.register(holding)
        panels.register(known_as)
        panels.register(published_figures)
        panels.register(music_at_the_school)
        panels.register(terms_at_the_school)
        panels.trust_panels.register(terms_of_the_trust)
        timeline.register_opener(SOURCE, successions)
        timeline.register_opener("handover", handing.open_to)
