"""What hangs on a project: lines, people, money, revisions, relations, partners; 백만원, NULL unknown."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from .shared import Source
from .work import Project


class ProjectLine(models.Model):
    """사업내용: one line, or a detail of the line before it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="lines", verbose_name="사업")
    order = models.PositiveSmallIntegerField("순서")
    is_detail = models.BooleanField("앞 줄의 세부", default=False)
    text = models.CharField("내용", max_length=300)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "사업내용"
        ordering = ["project", "order"]
        constraints = [
            models.UniqueConstraint(fields=["project", "order"], name="one_project_line_per_place")
        ]

    def __str__(self):
        return self.text


class ProjectOfficer(models.Model):
    """담당자: who is in charge, from when to when; history stays when an officer moves."""

    class Duty(models.TextChoices):
        OFFICER = "officer", "담당자"
        LEADER = "leader", "팀장"
        HEAD = "head", "부서장"

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="officers", verbose_name="사업"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="projects", verbose_name="사람"
    )
    duty = models.CharField("역할", max_length=10, choices=Duty, default=Duty.OFFICER)
    starts_on = models.DateField("부터")
    ends_on = models.DateField("까지", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "담당자"
        ordering = ["project", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="officer_ends_after_starting",
            ),
            models.UniqueConstraint(
                fields=["project", "duty"],
                condition=Q(ends_on=None),
                name="one_present_officer_per_duty",
            ),
        ]

    def __str__(self):
        return f"{self.get_duty_display()} {self.person}"


class Funding(models.Model):
    """재원: one source in one year, or over the whole period (`year` NULL); 백만원, NULL unknown, 0 none.

    계획(협약) / 확보(예산편성) / 집행; 집행 of a year with reports comes from the reports (snapshots.py).
    """

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="funding", verbose_name="사업"
    )
    source = models.CharField("재원", max_length=12, choices=Source)
    year = models.PositiveSmallIntegerField(
        "연도", null=True, blank=True, help_text="비우면 기간 전체(연도별 나눔을 모름)"
    )
    planned = models.PositiveIntegerField("계획(백만원)", null=True, blank=True)
    secured = models.PositiveIntegerField("확보(백만원)", null=True, blank=True)
    spent = models.PositiveIntegerField("집행(백만원)", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "재원"
        ordering = ["project", "year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "source", "year"], name="one_funding_line_per_source_and_year"
            ),
            models.UniqueConstraint(
                fields=["project", "source"],
                condition=Q(year=None),
                name="one_funding_line_per_source_over_all",
            ),
        ]

    def __str__(self):
        return f"{self.year or '전체'} {self.get_source_display()}"

    def clean(self):
        """Refuse national money for a 순도비 project (domain.md §6); the database refuses it as well."""
        district = getattr(self.project, "balanced", None) if self.project_id else None
        money = self.planned or self.secured or self.spent
        province_only = district and district.fund_group == district.Fund.PROVINCE_ONLY
        if province_only and self.source == Source.NATIONAL and money:
            raise ValidationError({"source": "순도비사업에는 국비를 넣을 수 없습니다."})


class Revision(models.Model):
    """계획 변경 (차수): what the plan was, what it became, why and when; domain.md §6 (당초/변경)."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="revisions", verbose_name="사업"
    )
    number = models.PositiveSmallIntegerField("차수")
    decided_on = models.DateField("변경일")
    reason = models.TextField("사유")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "계획 변경"
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_revision_per_number"),
            models.CheckConstraint(condition=~Q(reason=""), name="revision_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.number}차 변경"


class RevisionLine(models.Model):
    """당초 → 변경 of one field, as people read it."""

    revision = models.ForeignKey(
        Revision, models.CASCADE, related_name="lines", verbose_name="계획 변경"
    )
    label = models.CharField("항목", max_length=40)
    before = models.CharField("당초", max_length=300, blank=True)
    after = models.CharField("변경", max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "당초·변경"
        ordering = ["revision", "pk"]

    def __str__(self):
        return self.label


class ProjectRelation(models.Model):
    """A typed link between two projects; pledges and indicators link from their own floor."""

    class Kind(models.TextChoices):
        BEFORE = "before", "선행"
        WITH = "with", "연계"
        FROM_STUDY = "from_study", "용역 결과 반영"

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="relations", verbose_name="사업"
    )
    other = models.ForeignKey(
        Project, models.PROTECT, related_name="related_by", verbose_name="관련 사업"
    )
    kind = models.CharField("관계", max_length=12, choices=Kind)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "관련 사업"
        ordering = ["project", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "other", "kind"], name="one_relation_of_a_kind"
            ),
            models.CheckConstraint(
                condition=~Q(project=F("other")), name="project_is_not_related_to_itself"
            ),
        ]


class Partner(models.Model):
    """대상 시·군: a city or county that takes part in a project, in the order of the papers."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="partners", verbose_name="사업"
    )
    order = models.PositiveSmallIntegerField("순서")
    name = models.CharField("시·군", max_length=20, help_text="예: 공주")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "대상 시·군"
        ordering = ["project", "order"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="one_partner_per_name")
        ]

    def __str__(self):
        return self.name
