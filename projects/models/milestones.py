"""추진일정: the steps of a task or a project, as planned."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from reporting.fields import PartialDateField

from .plan import Task
from .work import Project


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
    starts = PartialDateField("언제(부터)", help_text="예: 2019. 4. 정해지지 않았으면 비웁니다.")
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
