"""A span of time for which departments report."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords


class PeriodQuerySet(models.QuerySet):
    """Reading periods in the words of the office."""

    def open(self):
        """Return the periods that take entries now."""
        return self.filter(state=Period.State.OPEN)

    def newest_first(self):
        """Return all, the latest span first."""
        return self.order_by("-year", "-number", "-pk")

    def offered(self, code="", many=24):
        """Return a list to choose from, the latest first: the newest, and those around the one chosen.

        It does not grow with the years; whoever wants to go further back chooses twice.
        """
        ordered = self.newest_first()
        found = {period.pk: period for period in ordered[:many]}
        chosen = ordered.filter(code=code).first() if code else None
        if chosen and chosen.pk not in found:
            sooner = Q(year__lt=chosen.year) | Q(year=chosen.year, number__lt=chosen.number)
            older = list(ordered.filter(sooner)[: many // 2])
            newer = ordered.exclude(sooner).order_by("year", "number", "pk")[: many // 2 + 1]
            found |= {period.pk: period for period in [*newer, *older, chosen]}
        return sorted(found.values(), key=lambda p: (p.year, p.number, p.pk), reverse=True)


class Period(models.Model):
    """보고기간, e.g. 2019년 1분기 as of 2019. 4. 30.; its state decides whether entries are taken."""

    class Cadence(models.TextChoices):
        MONTH = "m", "월"
        QUARTER = "q", "분기"
        HALF = "h", "반기"
        AD_HOC = "x", "수시"

    class State(models.TextChoices):
        PREPARED = "prepared", "준비"
        OPEN = "open", "입력 중"
        CLOSED = "closed", "마감"
        PUBLISHED = "published", "공표"

    code = models.CharField("코드", max_length=12, unique=True, editable=False)
    cadence = models.CharField("주기", max_length=1, choices=Cadence, default=Cadence.QUARTER)
    year = models.PositiveSmallIntegerField("연도")
    number = models.PositiveSmallIntegerField("차수", help_text="월 1–12, 분기 1–4, 반기 1–2")
    opens_on = models.DateField("입력 시작일")
    due_on = models.DateField("제출 기한", help_text="이날 24시까지 낼 수 있습니다.")
    as_of = models.DateField("기준일", help_text="실적을 센 날 (예: 2019. 4. 30. 현재)")
    note = models.CharField("비고", max_length=200, blank=True)
    state = models.CharField("상태", max_length=10, choices=State, default=State.PREPARED)
    closed_at = models.DateTimeField("마감 시각", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PeriodQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "보고기간"
        ordering = ["-year", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cadence", "year", "number"], name="one_period_per_span"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")), name="period_is_due_after_it_opens"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """Return `2019년 1분기`, `2019년 4월`, `2019년 상반기`, `2019년 수시 1차`."""
        span = {
            "m": f"{self.number}월",
            "q": f"{self.number}분기",
            "h": "상반기" if self.number == 1 else "하반기",
            "x": f"수시 {self.number}차",
        }[self.cadence]
        return f"{self.year}년 {span}"

    @staticmethod
    def code_of(cadence, year, number):
        """Return the code used in addresses, e.g. `2019-q1`."""
        return f"{year}-{cadence}{number}"

    def previous(self):
        """Return the period before this one in the same cadence, or None."""
        return (
            Period.objects.filter(cadence=self.cadence)
            .filter(Q(year__lt=self.year) | Q(year=self.year, number__lt=self.number))
            .newest_first()
            .first()
        )
