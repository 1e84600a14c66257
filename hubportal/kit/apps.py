from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "hubportal.kit"
    label = "kit"
    verbose_name = "What every room uses"

    def ready(self) -> None:
        from hubportal.kit import lookups  # noqa: F401 - a filter of every field from here on
