from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    label = "reports"
    verbose_name = "What leaves the house"

    def ready(self) -> None:
        from engagement.panels import part_panels
        from reports.actions import request_summary
        from reports.panels import development_report
        from smdp.summaries.publishing import when_published

        part_panels.register(development_report)
        when_published.register(request_summary)
