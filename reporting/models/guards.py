"""What stands between a closed period and the public: scanned files, overruled findings, withdrawals."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import AppendOnly

from .periods import Period
from .publications import Publication


class FileScan(models.Model):
    """What one reading of a file's content found: masked, with a keyed digest, never the number itself."""

    sha256 = models.CharField("해시", max_length=64)
    reader = models.CharField("읽은 방법", max_length=20, help_text="종류와 읽는 법의 판")
    found = models.JSONField("찾은 것", default=list, help_text="[[종류, 가린 값, 열쇠 해시]]")
    unread = models.CharField("읽지 못한 까닭", max_length=200, blank=True)
    at = models.DateTimeField("읽은 시각", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "파일 점검"
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "reader"], name="one_scan_per_content_and_reader"
            )
        ]


class ScanOverride(AppendOnly):
    """Exactly these findings of a period may be published: who says so, and why."""

    period = models.ForeignKey(
        Period, models.PROTECT, related_name="scan_overrides", verbose_name="보고기간"
    )
    digest = models.CharField("찾은 것의 해시", max_length=64)
    findings = models.JSONField("찾은 것", default=list, help_text="가린 값과 자리, 그때 그대로")
    reason = models.TextField("사유")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="scan_overrides")
    at = models.DateTimeField("시각", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "개인정보 점검 확인"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "digest"], name="one_override_per_period_and_findings"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="scan_override_has_a_reason"),
        ]


class Withdrawal(AppendOnly):
    """거두어들임: a publication that citizens no longer read, with the reason they do read."""

    publication = models.OneToOneField(
        Publication, models.PROTECT, related_name="withdrawal", verbose_name="공표"
    )
    reason = models.TextField("사유", help_text="누구나 봅니다.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="withdrawals")
    at = models.DateTimeField("시각", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "공표 철회"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_a_public_reason")
        ]

    def __str__(self):
        return f"{self.publication} 거두어들임"
