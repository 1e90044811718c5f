"""The name of the reporting floor for people."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """보고와 메일."""

    name = "reporting"
    verbose_name = "보고와 메일"
