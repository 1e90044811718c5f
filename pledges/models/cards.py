"""The pledge card (공약 관리카드), field by field as in domain.md §1.6."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from simple_history.models import HistoricalRecords

from accounts.models import Department
from projects.models import Demo, Source
from reporting.fields import PartialDateField

from .terms import Term


class YearSlot(models.TextChoices):
    """The columns of the funding plan and of the yearly targets; the last year ends in June."""

    BEFORE = "before", "기투자"
    Y2018 = "2018", "2018"
    Y2019 = "2019", "2019"
    Y2020 = "2020", "2020"
    Y2021 = "2021", "2021"
    Y2022 = "2022", "2022. 6."
    AFTER = "after", "임기 후"


class PledgeField(models.Model):
    """One of the term's fields (분야), e.g. 시민행복도시."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="fields", verbose_name="임기")
    order = models.PositiveSmallIntegerField("순서")
    name = models.CharField("이름", max_length=40)
    full_name = models.CharField("전체 이름", max_length=80, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "분야"
        ordering = ["term", "order"]
        constraints = [
            models.UniqueConstraint(fields=["term", "order"], name="one_field_per_place"),
            models.UniqueConstraint(fields=["term", "name"], name="one_field_per_name"),
        ]

    def __str__(self):
        return self.name


class PledgeQuerySet(models.QuerySet):
    """Reading pledges in the words of the office."""

    def active(self):
        """Return the pledges that are reported on."""
        return self.filter(is_active=True)

    def in_order(self):
        """Return them by field and serial, as the plan lists them."""
        return self.order_by("field__order", "serial", "pk")


class Pledge(models.Model):
    """세부공약: one promise with its whole card; `number` is unique in its term, e.g. 1-1."""

    class Newness(models.TextChoices):
        NEW = "new", "신규"
        CONTINUED = "continued", "계속"

    class Means(models.TextChoices):
        OWN = "own", "자체"
        SUBSIDY = "subsidy", "보조"
        PRIVATE = "private", "민자"
        NON_FINANCIAL = "non_financial", "비재정"

    class Span(models.TextChoices):
        WITHIN = "within", "임기 내"
        BEYOND = "beyond", "임기 후"

    term = models.ForeignKey(Term, models.PROTECT, related_name="pledges", verbose_name="임기")
    field = models.ForeignKey(
        PledgeField, models.PROTECT, related_name="pledges", verbose_name="분야"
    )
    serial = models.PositiveSmallIntegerField("분야 안 순번")
    number = models.CharField(
        "관리번호", max_length=20, help_text="예: 1-1. 임기 안에서 하나뿐입니다."
    )
    title = models.CharField("공약명", max_length=200)
    is_core = models.BooleanField("핵심공약", default=False)
    election_wording = models.TextField("선거공보 문안", blank=True)
    lead_department = models.ForeignKey(
        Department, models.PROTECT, related_name="led_pledges", verbose_name="주관부서"
    )
    cooperating_departments = models.ManyToManyField(
        Department, related_name="supported_pledges", blank=True, verbose_name="협조부서"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pledges",
        verbose_name="담당자",
    )
    newness = models.CharField("신규·계속", max_length=10, choices=Newness, blank=True)
    means = models.CharField("재원 구분", max_length=15, choices=Means, blank=True)
    span = models.CharField("완료 시기", max_length=10, choices=Span, blank=True)
    starts = PartialDateField("시작", help_text="예: 2018. 7.")
    ends = PartialDateField("완료(예정)", help_text="예: 2022. 6.")
    location = models.CharField("위치", max_length=200, blank=True)
    scope = models.CharField("규모·대상", max_length=300, blank=True)
    content = models.TextField("공약 내용", blank=True)
    final_goal = models.TextField("최종 목표", blank=True)
    expected_effect = models.TextField("기대효과", blank=True)
    is_active = models.BooleanField("관리 대상", default=True)
    # Which decided adjustment wrote the wording as it stands; the database lets no other way change it.
    wording_by = models.ForeignKey(
        "pledges.Adjustment",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="문안을 바꾼 조정",
    )
    demo = models.CharField("예시 여부", max_length=10, choices=Demo, default=Demo.NONE)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PledgeQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["version"], m2m_fields=[cooperating_departments])

    class Meta:
        verbose_name = verbose_name_plural = "공약"
        ordering = ["term", "field", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["term", "number"], name="one_pledge_per_number"),
            models.UniqueConstraint(fields=["field", "serial"], name="one_pledge_per_serial"),
            models.CheckConstraint(
                condition=Q(starts="") | Q(ends="") | Q(ends__gte=Left("starts", 4)),
                name="pledge_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def clean(self):
        """Refuse an end before the start, as far as both are known (partial dates)."""
        known = min(len(self.starts), len(self.ends))
        if known and self.ends[:known] < self.starts[:known]:
            raise ValidationError({"ends": "완료(예정)가 시작보다 빠릅니다."})


class AnnualTarget(models.Model):
    """연차별 이행목표: what is to be reached in one year of the term."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="targets", verbose_name="공약")
    year = models.CharField("연도", max_length=6, choices=YearSlot)
    text = models.TextField("목표")
    amount = models.DecimalField("수치", max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField("단위", max_length=20, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "연차별 목표"
        ordering = ["pledge", "year"]
        constraints = [
            models.UniqueConstraint(fields=["pledge", "year"], name="one_target_per_year")
        ]

    def __str__(self):
        return f"{self.get_year_display()} {self.text}"


class Milestone(models.Model):
    """이행절차: one step with the time it is planned for; when it was done is reported by quarter."""

    pledge = models.ForeignKey(
        Pledge, models.CASCADE, related_name="milestones", verbose_name="공약"
    )
    order = models.PositiveSmallIntegerField("순서")
    title = models.CharField("절차", max_length=200)
    planned = PartialDateField("계획")
    done_before = PartialDateField(
        "보고 전 완료", help_text="이 시스템의 첫 보고기간보다 먼저 끝난 때만 적습니다."
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "이행절차"
        ordering = ["pledge", "order"]
        constraints = [
            models.UniqueConstraint(fields=["pledge", "order"], name="one_milestone_per_place")
        ]

    def __str__(self):
        return self.title


class Funding(models.Model):
    """재정투자계획: one source in one year; 백만원; NULL is unknown, 0 is none.

    `spent` is for years without a report in this system; later years' spending comes from the reports.
    """

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="funding", verbose_name="공약")
    source = models.CharField("재원", max_length=12, choices=Source)
    year = models.CharField("연도", max_length=6, choices=YearSlot)
    planned = models.PositiveIntegerField("계획(백만원)", null=True, blank=True)
    secured = models.PositiveIntegerField("확보(백만원)", null=True, blank=True)
    spent = models.PositiveIntegerField("집행(백만원)", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "재정투자계획"
        ordering = ["pledge", "year", "source"]
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "source", "year"], name="one_funding_row_per_source_and_year"
            )
        ]

    def __str__(self):
        return f"{self.get_year_display()} {self.get_source_display()}"


class PledgeLink(models.Model):
    """관련 링크: an address where citizens find more."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="links", verbose_name="공약")
    label = models.CharField("이름", max_length=80)
    url = models.URLField("주소")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "관련 링크"
        ordering = ["pk"]

    def __str__(self):
        return self.label
