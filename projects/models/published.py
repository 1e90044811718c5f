"""Snapshots: what citizens read. Written once by a publication, never joined to the living tables."""

from django.db import models

from accounts.models import AppendOnly, Department
from reporting.models import Publication

from .. import formats
from .plan import Plan, Task
from .shared import Demo
from .work import Project


class PublishedQuerySet(models.QuerySet):
    """Reading what was published; every row is for everybody."""

    def visible_to(self, user):
        """Return all: a snapshot is public."""
        return self


class PublishedPlan(AppendOnly):
    """The plan's first part as published; `data` is {goals, strategies} (`snapshots.py`)."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="plans")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="published")
    year = models.PositiveSmallIntegerField("연도")
    title = models.CharField("제목", max_length=200)
    department_name = models.CharField("부서", max_length=100)
    data = models.JSONField(default=dict)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "공표된 계획"
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "plan"], name="one_published_plan_per_publication"
            )
        ]

    def __str__(self):
        return self.title


class PublishedTask(AppendOnly):
    """One task as published; also built unsaved for previews. `data` is written by `snapshots.py`."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="tasks")
    task = models.ForeignKey(Task, models.PROTECT, related_name="published")
    year = models.PositiveSmallIntegerField("연도")
    number = models.PositiveSmallIntegerField("번호")
    title = models.CharField("업무명", max_length=200)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    department_name = models.CharField("부서", max_length=100)
    reported = models.BooleanField("이번 기간 보고", default=True)
    reported_in = models.CharField("보고한 기간", max_length=40, blank=True)
    done = models.TextField("추진실적", blank=True)
    problems = models.TextField("문제점", blank=True)
    countermeasures = models.TextField("대책", blank=True)
    next_plans = models.TextField("향후계획", blank=True)
    data = models.JSONField(default=dict)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "공표된 주요업무"
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "task"], name="one_published_task_per_publication"
            )
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"


class PublishedProject(AppendOnly):
    """One project as published; also built unsaved for previews. `data` is written by `snapshots.py`."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="projects")
    project = models.ForeignKey(Project, models.PROTECT, related_name="published")
    parent = models.ForeignKey(Project, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField("연도", null=True)
    task_number = models.PositiveSmallIntegerField("주요업무 번호", null=True)
    order = models.PositiveIntegerField("순서")
    kind = models.CharField("종류", max_length=10, choices=Project.Kind)
    title = models.CharField("사업명", max_length=200)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    department_name = models.CharField("부서", max_length=100)
    starts = models.CharField("시작", max_length=10, blank=True)
    ends = models.CharField("끝", max_length=10, blank=True)
    location = models.CharField("위치", max_length=200, blank=True)
    latitude = models.DecimalField("위도", max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField("경도", max_digits=8, decimal_places=5, null=True)
    total_cost = models.PositiveIntegerField("총사업비(백만원)", null=True)
    planned = models.PositiveIntegerField("올해 계획(백만원)", null=True)
    secured = models.PositiveIntegerField("올해 확보(백만원)", null=True)
    spent = models.PositiveIntegerField("올해 집행(백만원)", null=True)
    reported = models.BooleanField("이번 기간 보고", default=True)
    reported_in = models.CharField("보고한 기간", max_length=40, blank=True)
    done = models.TextField("추진실적", blank=True)
    problems = models.TextField("문제점", blank=True)
    countermeasures = models.TextField("대책", blank=True)
    next_plans = models.TextField("향후계획", blank=True)
    data = models.JSONField(default=dict)
    search = models.TextField(default="", help_text="검색용: NFC, 소문자, 빈칸 없음")
    demo = models.CharField("예시 여부", max_length=10, choices=Demo, default=Demo.NONE)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "공표된 사업"
        ordering = ["year", "task_number", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "project"], name="one_published_project_per_publication"
            )
        ]
        indexes = [models.Index(fields=["publication", "task_number", "order"])]

    def __str__(self):
        return self.title

    @property
    def span(self):
        """Return the period as papers print it."""
        return formats.period(self.starts, self.ends)

    @property
    def programme(self):
        """Return the title of the programme that it is part of; blank for none."""
        return self.data["parent"]
