from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    label = "reports"
    verbose_name = "What leaves the house"

    def ready(self) -> None:
        from engagement.panels import part_panels
        from reports.panels import development_report

        part_panels.register(development_report)
