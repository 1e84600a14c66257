from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "hubportal.kit"
    label = "kit"
    verbose_name = "What every room uses"
