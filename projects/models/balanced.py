"""균형발전: phases, districts by fund group, the ladder of money, the call for projects (domain.md §6)."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import AppendOnly, Department, Role

from .shared import Demo, Source
from .work import Project


class BalancedPhase(models.Model):
    """기: one phase of a stage, with the window of both in years; 제1단계 3기 is 2018–2020."""

    stage = models.PositiveSmallIntegerField("단계")
    number = models.PositiveSmallIntegerField("기")
    starts = models.PositiveSmallIntegerField("기 시작(연도)")
    ends = models.PositiveSmallIntegerField("기 끝(연도)")
    stage_starts = models.PositiveSmallIntegerField("단계 시작(연도)")
    stage_ends = models.PositiveSmallIntegerField("단계 끝(연도)")
    source = models.CharField("출처", max_length=200, blank=True)
    programme = models.OneToOneField(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="phase",
        verbose_name="묶는 사업",
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "균형발전 기"
        ordering = ["stage", "number"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "number"], name="one_phase_per_number"),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="phase_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(starts__gte=F("stage_starts")) & Q(ends__lte=F("stage_ends")),
                name="phase_lies_in_its_stage",
            ),
        ]

    def __str__(self):
        return f"제{self.stage}단계 {self.number}기"


class OwnQuerySet(models.QuerySet):
    """Reading what belongs to a department: the office and managers see all of it."""

    department = "department"

    def visible_to(self, user):
        """Return what this person may read: the office and managers all, a department its own."""
        if user.role in (Role.STRATEGY, Role.EXECUTIVE):
            return self
        if user.role in (Role.WRITER, Role.HEAD) and user.department_id:
            return self.filter(**{self.department: user.department_id})
        return self.none()


class DistrictQuerySet(OwnQuerySet):
    """Reading districts, whose department is their project's."""

    department = "project__department"


class BalancedProject(models.Model):
    """지구: one project of a phase; 균특 has national money, 순도비 never (a trigger holds that)."""

    class Fund(models.TextChoices):
        SPECIAL_ACCOUNT = "special", "균특사업"
        PROVINCE_ONLY = "province", "순도비사업"

    project = models.OneToOneField(
        Project, models.PROTECT, related_name="balanced", verbose_name="사업"
    )
    phase = models.ForeignKey(
        BalancedPhase, models.PROTECT, related_name="districts", verbose_name="기"
    )
    number = models.PositiveSmallIntegerField("번호")
    fund_group = models.CharField("재원 구분", max_length=10, choices=Fund)

    objects = DistrictQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "균형발전 지구"
        ordering = ["phase", "number"]
        constraints = [
            models.UniqueConstraint(fields=["phase", "number"], name="one_district_per_number")
        ]

    def __str__(self):
        return self.project.title


class FundingStep(models.Model):
    """재원 단계: 백만원 of one district, year and source at one rung; unknown has no row."""

    class Step(models.TextChoices):
        PLANNED = "planned", "계획"
        APPLIED = "applied", "신청"
        NOTIFIED = "notified", "내시"
        BUDGETED = "budgeted", "예산편성"
        SPENT = "spent", "집행"

    district = models.ForeignKey(
        BalancedProject, models.CASCADE, related_name="ladder", verbose_name="지구"
    )
    year = models.PositiveSmallIntegerField(
        "연도", validators=[MinValueValidator(2008), MaxValueValidator(2100)]
    )
    source = models.CharField("재원", max_length=12, choices=Source)
    step = models.CharField("단계", max_length=10, choices=Step)
    amount = models.PositiveIntegerField("금액(백만원)")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "재원 단계"
        ordering = ["district", "year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "year", "source", "step"], name="one_amount_per_rung"
            )
        ]

    def __str__(self):
        return f"{self.year} {self.get_source_display()} {self.get_step_display()}"


class ProposalState(models.TextChoices):
    """Where a proposal stands on its way from 발굴 to 선정 or 탈락."""

    FOUND = "found", "발굴"
    WRITING = "writing", "제안서"
    SUBMITTED = "submitted", "제출"
    REVIEW = "review", "심의"
    SELECTED = "selected", "선정"
    FAILED = "failed", "탈락"


class Proposal(models.Model):
    """사업 제안: what a department brings to the call for projects of a phase."""

    class Menu(models.TextChoices):
        INCOME = "income", "주민소득증대"
        SERVICE = "service", "사회적서비스"
        POPULATION = "population", "인구증가시책"
        LONG_TERM = "long_term", "중장기발전계획 연계"

    State = ProposalState

    phase = models.ForeignKey(
        BalancedPhase, models.PROTECT, related_name="proposals", verbose_name="기"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="proposals", verbose_name="부서"
    )
    title = models.CharField("사업명", max_length=200)
    menu = models.CharField("분류", max_length=12, choices=Menu)
    summary = models.CharField("내용", max_length=500, blank=True)
    amount = models.PositiveIntegerField("사업비(백만원)", null=True, blank=True)
    state = models.CharField("상태", max_length=10, choices=ProposalState, default="found")
    demo = models.CharField("예시 여부", max_length=10, choices=Demo, default=Demo.NONE)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OwnQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "사업 제안"
        ordering = ["phase", "department__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "department", "title"], name="one_proposal_per_title"
            )
        ]

    def __str__(self):
        return self.title


class ProposalMove(AppendOnly):
    """One move of a proposal: who, when, from where to where, with what words."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="moves")
    source = models.CharField(max_length=10, choices=ProposalState)
    target = models.CharField(max_length=10, choices=ProposalState)
    comment = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "사업 제안의 진행"
        ordering = ["proposal", "pk"]
