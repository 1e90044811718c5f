"""What a department reports of one task or one project for one period."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from reporting.fields import PartialDateField
from reporting.models import Submission

from .milestones import Milestone
from .plan import Task
from .shared import Source
from .work import Project


class WorkReportQuerySet(models.QuerySet):
    """Reading reports in the words of the office."""

    def visible_to(self, user):
        """Return the reports whose submission this person may read."""
        return self.filter(submission__in=Submission.objects.visible_to(user))

    def in_period(self, period):
        """Return the reports of one period."""
        return self.filter(submission__period=period)

    def for_saving(self):
        """Lock the reports, with the rows that the form compares what is typed with."""
        locked = self.select_for_update(of=("self",)).select_related("task", "project")
        return locked.prefetch_related("spending", "steps")

    def approved(self):
        """Return what the office has approved."""
        return self.filter(submission__state=Submission.State.APPROVED)


class WorkReport(models.Model):
    """추진상황: which steps were done, in texts and figures; blank until the department writes it."""

    submission = models.OneToOneField(
        Submission, models.PROTECT, related_name="work_report", verbose_name="제출 항목"
    )
    task = models.ForeignKey(
        Task,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_reports",
        verbose_name="주요업무",
    )
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_reports",
        verbose_name="사업",
    )
    done = models.TextField("추진실적", blank=True)
    problems = models.TextField("문제점", blank=True)
    countermeasures = models.TextField("대책", blank=True)
    next_plans = models.TextField("향후계획", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = WorkReportQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "업무 추진상황"
        constraints = [
            models.CheckConstraint(
                condition=Q(task=None, project__isnull=False) | Q(task__isnull=False, project=None),
                name="work_report_is_about_one",
            ),
        ]

    def __str__(self):
        return str(self.submission)

    def validate_constraints(self, exclude=None):
        """Leave them to the database: the form writes only what it was made for."""


class StepReport(models.Model):
    """When a step was done, as reported in this period; blank takes an earlier report's word."""

    report = models.ForeignKey(WorkReport, models.CASCADE, related_name="steps")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="reports")
    actual = PartialDateField("완료")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "추진일정 실적"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "milestone"], name="one_actual_per_step_and_report"
            )
        ]


class WorkSpending(models.Model):
    """집행: what was spent from one source from January to the as-of date; 백만원, NULL is unknown."""

    report = models.ForeignKey(WorkReport, models.CASCADE, related_name="spending")
    source = models.CharField("재원", max_length=12, choices=Source)
    amount = models.PositiveIntegerField("올해 집행(백만원)", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "업무 집행"
        ordering = ["report", "source"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "source"], name="one_work_spending_row_per_source"
            )
        ]


def evidence_path(evidence, filename):
    """Return where an evidence file lies: by submission and digest, never by the name a person gave."""
    return f"evidence/{evidence.report.submission_id}/{evidence.sha256}"


class WorkEvidence(models.Model):
    """증빙: a file handed in with a report; served only to those who may read the report."""

    report = models.ForeignKey(WorkReport, models.PROTECT, related_name="evidence")
    file = models.FileField("파일", upload_to=evidence_path)
    name = models.CharField("파일 이름", max_length=200)
    size = models.PositiveIntegerField("크기(바이트)")
    sha256 = models.CharField("해시", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="work_evidence")
    at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "업무 증빙"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "sha256"], name="one_work_evidence_per_report_and_content"
            )
        ]

    def __str__(self):
        return self.name
