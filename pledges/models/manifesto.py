"""What the Manifesto center publishes of its yearly evaluation: items, lines, our grade (domain.md §1.5)."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords


class ManifestoKind(models.TextChoices):
    """The two kinds of evaluation; the first comes in the first year of a term."""

    PLAN = "plan", "공약실천계획서 평가"
    FULFILMENT = "fulfilment", "공약이행 및 정보공개 평가"


class ManifestoItem(models.Model):
    """One published item of a year's evaluation; without points it is passed or failed."""

    year = models.PositiveSmallIntegerField("평가연도")
    kind = models.CharField("평가", max_length=12, choices=ManifestoKind)
    order = models.PositiveSmallIntegerField("순서")
    name = models.CharField("항목", max_length=60)
    points = models.PositiveSmallIntegerField(
        "배점", null=True, blank=True, help_text="비우면 통과 여부(P/F)만 봅니다."
    )
    source = models.CharField("출처", max_length=200)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "매니페스토 평가항목"
        ordering = ["-year", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "kind", "order"], name="one_manifesto_item_per_place"
            )
        ]

    def __str__(self):
        return f"{self.year} {self.name}"


class ManifestoGradeScale(models.Model):
    """The lowest score (of 100) of a grade in one year; the lines move every year."""

    year = models.PositiveSmallIntegerField("평가연도")
    kind = models.CharField("평가", max_length=12, choices=ManifestoKind)
    grade = models.CharField("등급", max_length=4)
    min_score = models.DecimalField("이상", max_digits=5, decimal_places=2)
    source = models.CharField("출처", max_length=200)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "매니페스토 등급 기준"
        ordering = ["-year", "-min_score"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "kind", "grade"], name="one_line_per_year_and_grade"
            ),
            models.CheckConstraint(
                condition=Q(min_score__gte=0) & Q(min_score__lte=100),
                name="grade_line_is_a_score_of_100",
            ),
        ]

    def __str__(self):
        return f"{self.year} {self.grade}"


class ManifestoResult(models.Model):
    """The grade that the city was given in one year, as announced."""

    year = models.PositiveSmallIntegerField("평가연도")
    kind = models.CharField("평가", max_length=12, choices=ManifestoKind)
    grade = models.CharField("등급", max_length=4)
    announced_on = models.DateField("발표일")
    source = models.CharField("출처", max_length=200)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "매니페스토 평가결과"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["year", "kind"], name="one_manifesto_result_per_year")
        ]

    def __str__(self):
        return f"{self.year} {self.grade}"
