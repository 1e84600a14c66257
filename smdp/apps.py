from django.apps import AppConfig


class SmdpConfig(AppConfig):
    name = "smdp"
    label = "smdp"
    verbose_name = "School Music Development Plans"

    def ready(self) -> None:
        from schools import panels, succession, timeline
        from smdp.holdings import Plans
        from smdp.opening import versions_open_to
        from smdp.panels import plan_of_school

        panels.register(plan_of_school)
        succession.register(Plans())
        timeline.register_opener("plan-version", versions_open_to)
