"""사업: a project with its money, people, places and revisions; amounts in 백만원, NULL is unknown."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from simple_history.models import HistoricalRecords

from accounts.models import Department, Role
from reporting.fields import PartialDateField

from .plan import Task
from .shared import Demo

READERS = (Role.WRITER, Role.HEAD, Role.STRATEGY, Role.EXECUTIVE)  # who works for the city


class ProjectQuerySet(models.QuerySet):
    """Reading projects in the words of the office."""

    def visible_to(self, user):
        """Return the projects this person may read: everybody's who works for the city."""
        return self if user.role in READERS else self.none()

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
