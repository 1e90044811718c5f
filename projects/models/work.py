"""사업: a project with its money, people, places and revisions; amounts in 백만원, NULL is unknown."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from simple_history.models import HistoricalRecords

from accounts.models import Department
from reporting.fields import PartialDateField

from .plan import Task
from .shared import Demo, Source


class ProjectQuerySet(models.QuerySet):
    """Reading projects in the words of the office."""

    def visible_to(self, user):
        """Return the projects this person may read: everybody's who works for the city."""
        return self if user.role else self.none()

    def active(self):
        """Return the projects that are reported on."""
        return self.filter(is_active=True)

    def in_order(self):
        """Return them by task and place in it, programmes before their parts."""
        return self.order_by("task__plan__year", "task__number", "order", "pk")


class Project(models.Model):
    """One 사업, or a programme of several (`parts`); what is special to a kind has a model of its own."""

    class Kind(models.TextChoices):
        GENERAL = "general", "일반사업"
        SOC = "soc", "생활SOC 복합화"
        BALANCED = "balanced", "균형발전"
        STUDY = "study", "연구용역"
        YOUTH = "youth", "청년"

    slug = models.SlugField("열쇠", max_length=40, unique=True)
    task = models.ForeignKey(
        Task,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name="주요업무",
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name="묶는 사업",
    )
    order = models.PositiveSmallIntegerField("순서", default=0)
    kind = models.CharField("종류", max_length=10, choices=Kind, default=Kind.GENERAL)
    title = models.CharField("사업명", max_length=200)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="projects", verbose_name="부서"
    )
    starts = PartialDateField("시작", help_text="예: 2019. 2.")
    ends = PartialDateField("끝", help_text="예: 2019. 12.")
    location = models.CharField("위치", max_length=200, blank=True)
    latitude = models.DecimalField("위도", max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField("경도", max_digits=8, decimal_places=5, null=True, blank=True)
    scope = models.CharField("규모·대상", max_length=300, blank=True)
    total_cost = models.PositiveIntegerField("총사업비(백만원)", null=True, blank=True)
    expected_effect = models.TextField("기대효과", blank=True)
    reports = models.BooleanField(
        "보고 대상", default=True, help_text="끄면 부서가 이 사업의 추진상황을 따로 내지 않습니다."
    )
    is_active = models.BooleanField("관리 대상", default=True)
    demo = models.CharField("예시 여부", max_length=10, choices=Demo, default=Demo.NONE)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProjectQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "사업"
        ordering = ["task", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts="") | Q(ends="") | Q(ends__gte=Left("starts", 4)),
                name="project_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(33, 39), longitude__range=(124, 132)),
                name="project_position_is_whole_and_in_korea",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("pk")), name="project_is_not_its_own_part"
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        """Refuse an end before the start, as far as both are known (partial dates)."""
        known = min(len(self.starts), len(self.ends))
        if known and self.ends[:known] < self.starts[:known]:
            raise ValidationError({"ends": "끝이 시작보다 빠릅니다."})


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


class Milestone(models.Model):
    """추진일정: one step of a task or a project; known to the year, month or day, a span, or open at its end.

    Whether it is done comes from reports (`StepReport`), or from `done_before` for what was finished
    before the first report of this system; never from a heading.
    """

    task = models.ForeignKey(
        Task,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name="주요업무",
    )
    project = models.ForeignKey(
        Project,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name="사업",
    )
    order = models.PositiveSmallIntegerField("순서")
    title = models.CharField("할 일", max_length=300)
    starts = PartialDateField("언제(부터)", blank=False, help_text="예: 2019. 4.")
    ends = PartialDateField("언제까지", help_text="기간일 때만. 예: 2019. 5.")
    is_open = models.BooleanField("계속", default=False, help_text="2019. 1. ~ 처럼 끝이 없을 때")
    done_before = PartialDateField(
        "보고 전 완료", help_text="이 시스템의 첫 보고기간보다 먼저 끝난 때만 적습니다."
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "추진일정"
        ordering = ["starts", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(task=None, project__isnull=False) | Q(task__isnull=False, project=None),
                name="milestone_belongs_to_one",
            ),
            models.CheckConstraint(
                condition=Q(ends="") | Q(is_open=False), name="an_open_milestone_has_no_end"
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        """Refuse an end before the start, as far as both are known (partial dates)."""
        known = min(len(self.starts), len(self.ends))
        if known and self.ends[:known] < self.starts[:known]:
            raise ValidationError({"ends": "끝이 시작보다 빠릅니다."})


class MilestoneNote(models.Model):
    """A line under a milestone: detail or note; numbers as `{key}`."""

    class Mark(models.TextChoices):
        DETAIL = "detail", "-"
        NOTE = "note", "※"

    milestone = models.ForeignKey(
        Milestone, models.CASCADE, related_name="notes", verbose_name="추진일정"
    )
    order = models.PositiveSmallIntegerField("순서")
    mark = models.CharField("표시", max_length=8, choices=Mark, default=Mark.DETAIL)
    text = models.CharField("내용", max_length=300)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "일정의 세부"
        ordering = ["milestone", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "order"], name="one_milestone_note_per_place"
            )
        ]

    def __str__(self):
        return self.text
