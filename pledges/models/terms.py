"""A mayor's term and the dated rule by which its rates are rounded."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords


class Term(models.Model):
    """민선 몇 기: several live side by side, each with its fields and pledges."""

    no = models.PositiveSmallIntegerField("민선 기수", unique=True)
    name = models.CharField("이름", max_length=40, help_text="예: 민선7기")
    programme = models.CharField(
        "공약 이름", max_length=60, blank=True, help_text="예: 시민과의 약속"
    )
    starts_on = models.DateField("임기 시작")
    ends_on = models.DateField("임기 끝")
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "임기"
        ordering = ["-no"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="term_ends_after_it_starts"
            )
        ]

    def __str__(self):
        return self.name


class RatePolicy(models.Model):
    """How a term's rates are rounded from a day on (domain.md §1.3); the arithmetic is in `rates.py`."""

    class Mode(models.TextChoices):
        TRUNC_COMPLEMENT = "trunc_complement", "버림, 추진중은 나머지(논산 2019)"
        HALF_UP = "half_up", "반올림"

    term = models.ForeignKey(
        Term, models.CASCADE, related_name="rate_policies", verbose_name="임기"
    )
    valid_from = models.DateField(
        "적용 시작일", help_text="기준일이 이날이거나 뒤인 기간부터 씁니다."
    )
    mode = models.CharField("방식", max_length=20, choices=Mode, default=Mode.TRUNC_COMPLEMENT)
    places = models.PositiveSmallIntegerField("소수 자릿수", default=1)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "이행률 산정 방식"
        ordering = ["term", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "valid_from"], name="one_rate_policy_per_term_and_day"
            ),
            models.CheckConstraint(
                condition=Q(places__lte=4), name="rate_policy_has_at_most_four_places"
            ),
        ]

    def __str__(self):
        return f"{self.get_mode_display()} {self.places}자리"
