from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "hubportal.demo"
    label = "demo"
    verbose_name = "The demo"
