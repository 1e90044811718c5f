"""Who of the office confirmed that a pledge is fulfilled, and on which text."""

from django.conf import settings
from django.db import models

from accounts.models import AppendOnly

from .cards import Pledge
from .reports import PledgeReport


class Completion(AppendOnly):
    """완료 확정: the department claimed it, somebody of the office who did not write it confirmed it."""

    pledge = models.ForeignKey(
        Pledge, models.PROTECT, related_name="completions", verbose_name="공약"
    )
    report = models.ForeignKey(
        PledgeReport, models.PROTECT, related_name="completions", verbose_name="추진상황"
    )
    version = models.PositiveIntegerField("확정한 글의 판")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="completions", verbose_name="확정자"
    )
    at = models.DateTimeField("확정 시각", auto_now_add=True)
    note = models.TextField("의견", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "완료 확정"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "version"], name="one_completion_per_report_and_version"
            )
        ]

    def __str__(self):
        return f"{self.pledge} 완료 확정"
