from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SchoolsConfig(AppConfig):
    name = "schools"
    label = "schools"
    verbose_name = "Schools, hubs and people"

    def ready(self) -> None:
        from schools.reference import load_reference

        post_migrate.connect(load_reference, sender=self, dispatch_uid="schools.reference")
