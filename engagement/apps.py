from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EngagementConfig(AppConfig):
    name = "engagement"
    label = "engagement"
    verbose_name = "The relationship"

    def ready(self) -> None:
        from engagement.reference import load_reference

        post_migrate.connect(
            load_reference, sender=self, dispatch_uid="engagement.reference"
        )
