from django.apps import AppConfig


class SmdpConfig(AppConfig):
    name = "smdp"
    label = "smdp"
    verbose_name = "School Music Development Plans"
