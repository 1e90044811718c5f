"""The name of floor 1 for people."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """사용자와 부서."""

    name = "accounts"
    verbose_name = "사용자와 부서"
