"""What the office put before the public, once and for all."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import AppendOnly

from .periods import Period


class PublicationQuerySet(models.QuerySet):
    """Reading publications in the words of the office."""

    def current(self):
        """Return the last revision of every period that is not withdrawn, the latest span first."""
        newer = Publication.objects.filter(
            period=models.OuterRef("period"),
            revision__gt=models.OuterRef("revision"),
            withdrawal=None,
        )
        return (
            self.filter(~models.Exists(newer), withdrawal=None)
            .select_related("period")
            .order_by("-period__year", "-period__number", "-pk")
        )


class Publication(AppendOnly):
    """공표: one revision of one period's approved figures, which alone feed the public pages."""

    period = models.ForeignKey(
        Period, models.PROTECT, related_name="publications", verbose_name="보고기간"
    )
    revision = models.PositiveSmallIntegerField("판")
    reason = models.TextField("바꾼 내용과 사유", blank=True, help_text="누구나 봅니다.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="publications")
    at = models.DateTimeField("공표 시각", auto_now_add=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "공표"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "revision"], name="one_publication_per_revision"
            ),
            models.CheckConstraint(
                condition=Q(revision=1) | ~Q(reason=""), name="correction_has_a_public_reason"
            ),
        ]

    def __str__(self):
        return f"{self.period} 제{self.revision}판"
