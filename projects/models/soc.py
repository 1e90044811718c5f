"""생활SOC 복합화: facility types by date, rates, complexes with their way to the agreement (domain.md §5)."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import AppendOnly, Role

from .work import Project


class DatedQuerySet(models.QuerySet):
    """Rows that hold from a day to a day, or without an end."""

    def valid_on(self, day):
        """Return the rows that hold on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class FacilityType(models.Model):
    """시설유형: nine from 2019-06-12, 가족센터 from October 2019; a list with dates, never a constant."""

    code = models.SlugField("열쇠", max_length=30, unique=True)
    name = models.CharField("시설유형", max_length=40)
    ministry = models.CharField("소관부처", max_length=40, blank=True)
    valid_from = models.DateField("부터")
    valid_to = models.DateField("까지", null=True, blank=True)
    source = models.CharField("출처", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "생활SOC 시설유형"
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="facility_type_ends_after_it_begins",
            )
        ]

    def __str__(self):
        return self.name


class SubsidyRate(models.Model):
    """기본 보조율: percent of one facility type in one year; a rate that is not known has no row."""

    facility_type = models.ForeignKey(
        FacilityType, models.PROTECT, related_name="rates", verbose_name="시설유형"
    )
    year = models.PositiveSmallIntegerField(
        "연도", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    base_rate = models.PositiveSmallIntegerField(
        "기본 보조율(%)", validators=[MaxValueValidator(100)]
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "생활SOC 기본 보조율"
        ordering = ["year", "facility_type"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility_type", "year"], name="one_base_rate_per_type_and_year"
            ),
            models.CheckConstraint(
                condition=Q(base_rate__lte=100), name="base_rate_is_at_most_all"
            ),
        ]

    def __str__(self):
        return f"{self.year}년 {self.facility_type} {self.base_rate}%"


class SubsidyUplift(models.Model):
    """보조율 인상: percentage points added while the row holds; 10 %p for three years (domain.md §5.2)."""

    valid_from = models.DateField("부터", unique=True)
    valid_to = models.DateField("까지")
    points = models.PositiveSmallIntegerField("인상(%p)", validators=[MaxValueValidator(100)])
    source = models.CharField("출처", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "생활SOC 보조율 인상"
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="uplift_ends_after_it_begins"
            )
        ]

    def __str__(self):
        return f"{self.points}%p 인상"


class ComplexQuerySet(models.QuerySet):
    """Reading complexes in the words of the office."""

    def visible_to(self, user):
        """Return what this person may read: the office and managers all, a department its own."""
        if user.role in (Role.STRATEGY, Role.EXECUTIVE):
            return self
        if user.role in (Role.WRITER, Role.HEAD) and user.department_id:
            return self.filter(project__department=user.department_id)
        return self.none()


class LivingSocComplex(models.Model):
    """복합시설: two or more facility types on one site, run by somebody; cost a year in 백만원."""

    class Platform(models.TextChoices):
        CARE = "care", "돌봄"
        SPORT = "sport", "체육"
        CULTURE = "culture", "문화"
        MIXED = "mixed", "복합"

    project = models.OneToOneField(Project, models.PROTECT, related_name="soc", verbose_name="사업")
    platform = models.CharField("플랫폼 유형", max_length=10, choices=Platform, blank=True)
    operator = models.CharField("운영주체", max_length=100, blank=True)
    operating_cost = models.PositiveIntegerField("연간 운영비(백만원)", null=True, blank=True)
    site_secured_on = models.DateField("부지 확보일", null=True, blank=True)
    applied_on = models.DateField("신청일", null=True, blank=True)
    opened_on = models.DateField("개관일", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ComplexQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "생활SOC 복합시설"
        ordering = ["project__order", "pk"]

    def __str__(self):
        return self.project.title


class SocFacility(models.Model):
    """시설 구성: one facility type of a complex and its floor area in ㎡ (NULL unknown)."""

    complex = models.ForeignKey(
        LivingSocComplex, models.CASCADE, related_name="facilities", verbose_name="복합시설"
    )
    facility_type = models.ForeignKey(FacilityType, models.PROTECT, verbose_name="시설유형")
    area = models.DecimalField("면적(㎡)", max_digits=9, decimal_places=2, null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "시설 구성"
        ordering = ["complex", "facility_type__valid_from", "facility_type_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["complex", "facility_type"], name="a_complex_has_each_type_once"
            ),
            models.CheckConstraint(
                condition=Q(area=None) | Q(area__gt=0), name="facility_area_is_more_than_none"
            ),
        ]

    def __str__(self):
        return str(self.facility_type)


class SocStep(AppendOnly):
    """신청 단계: that a complex passed, skipped or failed a stage; only ever added, the latest row counts."""

    class Stage(models.TextChoices):
        DEMAND = "demand", "수요조사"
        FINDING = "finding", "사업 발굴"
        PLAN = "plan", "기본계획"
        CITY = "city", "사업계획서 제출(市)"
        PROVINCE = "province", "도(道) 제출"
        COMMITTEE = "committee", "균형위 심사"
        SELECTED = "selected", "선정"
        AGREEMENT = "agreement", "지역발전투자협약"

    class Outcome(models.TextChoices):
        DONE = "done", "마침"
        SKIPPED = "skipped", "건너뜀"
        FAILED = "failed", "탈락·반려"

    complex = models.ForeignKey(
        LivingSocComplex, models.PROTECT, related_name="steps", verbose_name="복합시설"
    )
    number = models.PositiveIntegerField("순번")
    stage = models.CharField("단계", max_length=12, choices=Stage)
    on = models.DateField("일자")
    outcome = models.CharField("결과", max_length=8, choices=Outcome)
    document = models.CharField("문서", max_length=200, blank=True)
    note = models.CharField("사유·내용", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "생활SOC 신청 단계"
        ordering = ["complex", "number"]
        constraints = [
            models.UniqueConstraint(fields=["complex", "number"], name="one_soc_step_per_number"),
            models.CheckConstraint(
                condition=Q(outcome="done") | ~Q(note=""),
                name="a_stage_not_passed_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.get_stage_display()} {self.get_outcome_display()}"


class InvestmentAgreement(models.Model):
    """지역발전투자협약: when it was signed, by whom, from when to when it holds."""

    complex = models.OneToOneField(
        LivingSocComplex, models.CASCADE, related_name="agreement", verbose_name="복합시설"
    )
    signed_on = models.DateField("체결일")
    starts_on = models.DateField("협약기간 시작")
    ends_on = models.DateField("협약기간 끝")
    parties = models.CharField("협약 당사자", max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "지역발전투자협약"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="agreement_ends_after_it_begins"
            )
        ]

    def __str__(self):
        return f"{self.complex} 협약"


class SocChange(AppendOnly):
    """협약 변경: cost (백만원), floor area (㎡) and length (개월) before and after; whether major is computed."""

    complex = models.ForeignKey(
        LivingSocComplex, models.PROTECT, related_name="changes", verbose_name="복합시설"
    )
    number = models.PositiveIntegerField("차수")
    decided_on = models.DateField("변경일")
    cost_before = models.PositiveIntegerField("총사업비 당초(백만원)", null=True, blank=True)
    cost_after = models.PositiveIntegerField("총사업비 변경(백만원)", null=True, blank=True)
    area_before = models.DecimalField(
        "연면적 당초(㎡)", max_digits=9, decimal_places=2, null=True, blank=True
    )
    area_after = models.DecimalField(
        "연면적 변경(㎡)", max_digits=9, decimal_places=2, null=True, blank=True
    )
    months_before = models.PositiveSmallIntegerField("사업기간 당초(개월)", null=True, blank=True)
    months_after = models.PositiveSmallIntegerField("사업기간 변경(개월)", null=True, blank=True)
    reason = models.CharField("사유", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "생활SOC 협약 변경"
        ordering = ["complex", "number"]
        constraints = [
            models.UniqueConstraint(fields=["complex", "number"], name="one_soc_change_per_number"),
            models.CheckConstraint(condition=~Q(reason=""), name="soc_change_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.number}차 변경"


class SocUsage(models.Model):
    """이용자: how many people used the complex in one month after it opened."""

    complex = models.ForeignKey(
        LivingSocComplex, models.CASCADE, related_name="usage", verbose_name="복합시설"
    )
    year = models.PositiveSmallIntegerField(
        "연도", validators=[MinValueValidator(2019), MaxValueValidator(2100)]
    )
    month = models.PositiveSmallIntegerField(
        "월", validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    users = models.PositiveIntegerField("이용자(명)")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "생활SOC 이용자"
        ordering = ["complex", "year", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["complex", "year", "month"], name="one_soc_usage_per_month"
            ),
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="usage_is_of_a_month"),
        ]

    def __str__(self):
        return f"{self.year}. {self.month}."
