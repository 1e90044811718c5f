"""The name of the pledges' floor for people."""

from django.apps import AppConfig


class PledgesConfig(AppConfig):
    """공약."""

    name = "pledges"
    verbose_name = "공약 기준정보"
