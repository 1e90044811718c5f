"""The year's work plan (주요업무): goals, strategies, tasks and the outline of each task.

Nothing is one block of text: every line is a row, and a number in a line is a `{key}` that stands for a
`PlanFigure` or for a figure of another floor (`projects.wording`).
"""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.models import Department


class Plan(models.Model):
    """주요업무 추진상황 of one year; `as_of` is the day up to which the document speaks."""

    year = models.PositiveSmallIntegerField("연도", unique=True)
    title = models.CharField("제목", max_length=200)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="plans", verbose_name="부서"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "주요업무 계획"
        ordering = ["-year"]

    def __str__(self):
        return self.title


class PlanLine(models.Model):
    """One line of the plan's first part, in its place."""

    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name="계획")
    order = models.PositiveSmallIntegerField("순서")
    text = models.CharField("내용", max_length=400)
    follows = models.CharField("⇒ 이어지는 말", max_length=400, blank=True)

    class Meta:
        abstract = True
        ordering = ["plan", "order"]

    def __str__(self):
        return self.text


class Goal(PlanLine):
    """추진목표."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals", verbose_name="계획")
    history = HistoricalRecords()

    class Meta(PlanLine.Meta):
        verbose_name = verbose_name_plural = "추진목표"
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="one_goal_per_place")]


class Strategy(PlanLine):
    """추진전략."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="strategies", verbose_name="계획")
    history = HistoricalRecords()

    class Meta(PlanLine.Meta):
        verbose_name = verbose_name_plural = "추진전략"
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="one_strategy_per_place")
        ]


class PlanFigure(models.Model):
    """A number that the plan states and nothing else in the system counts, e.g. 104 지표 = 74 + 30.

    The parts of a figure (`parent`) add up to it; `projects.checks` says where they do not.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="figures", verbose_name="계획")
    key = models.SlugField("열쇠", max_length=40)
    label = models.CharField("이름", max_length=80)
    value = models.IntegerField("값")
    unit = models.CharField("단위", max_length=20, blank=True)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="parts", verbose_name="합계"
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "계획의 수"
        ordering = ["plan", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="one_figure_per_key")]

    def __str__(self):
        return f"{self.label} {self.value}{self.unit}"


class TaskQuerySet(models.QuerySet):
    """Reading tasks in the words of the office."""

    def visible_to(self, user):
        """Return the tasks this person may read: a plan is known to everybody who works for the city."""
        return self if user.role else self.none()


class Task(models.Model):
    """주요업무 1–11: one task of the plan with its department and outline."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks", verbose_name="계획")
    number = models.PositiveSmallIntegerField("번호")
    title = models.CharField("업무명", max_length=200)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="tasks", verbose_name="부서"
    )
    strategies = models.ManyToManyField(
        Strategy, related_name="tasks", blank=True, verbose_name="추진전략"
    )
    is_active = models.BooleanField("관리 대상", default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TaskQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["version"], m2m_fields=[strategies])

    class Meta:
        verbose_name = verbose_name_plural = "주요업무"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_task_per_number")
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"


class TaskAim(models.Model):
    """◇ one sentence: what the task is for."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="aims", verbose_name="주요업무")
    order = models.PositiveSmallIntegerField("순서")
    text = models.CharField("목표", max_length=400)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "업무 목표(◇)"
        ordering = ["task", "order"]
        constraints = [models.UniqueConstraint(fields=["task", "order"], name="one_aim_per_place")]

    def __str__(self):
        return self.text


class Section(models.Model):
    """□ a heading of a task and what stands under it: rows, milestones, or a table of other rows."""

    class Kind(models.TextChoices):
        ROWS = "rows", "내용"  # 추진배경, 사업개요, 기대효과 …
        DONE = "done", "그동안 추진상황"
        PLANNED = "planned", "앞으로 추진계획"

    task = models.ForeignKey(Task, models.CASCADE, related_name="sections", verbose_name="주요업무")
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="sections",
        verbose_name="위 제목",
    )
    order = models.PositiveSmallIntegerField("순서")
    kind = models.CharField("종류", max_length=10, choices=Kind, default=Kind.ROWS)
    mark = models.CharField("앞의 표시", max_length=8, blank=True, help_text="□가 아닐 때. 예: [1]")
    title = models.CharField("제목", max_length=120)
    project = models.ForeignKey(
        "projects.Project",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sections",
        verbose_name="사업",
        help_text="기간·사업비처럼 이 사업에서 가져오는 줄이 있을 때",
    )
    insert = models.CharField(
        "가져오는 표", max_length=40, blank=True, help_text="다른 자료에서 만드는 표의 이름"
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "제목(□)"
        ordering = ["task", "order"]
        constraints = [
            models.UniqueConstraint(fields=["task", "order"], name="one_section_per_place"),
            models.CheckConstraint(
                condition=Q(kind__in=["rows", "done", "planned"]), name="section_kind_is_known"
            ),
        ]

    def __str__(self):
        return self.title


class OutlineRow(models.Model):
    """○ - ※: one line under a heading; `fact` lines are printed from the project, never typed."""

    class Level(models.TextChoices):
        ITEM = "item", "○"
        DETAIL = "detail", "-"
        NOTE = "note", "※"

    class Fact(models.TextChoices):
        PERIOD = "period", "기간"
        COST = "cost", "사업비와 재원"
        PARTS = "parts", "아래 사업 이름 ①②"
        PARTNERS = "partners", "대상 시·군"

    section = models.ForeignKey(
        Section, models.CASCADE, related_name="rows", verbose_name="제목(□)"
    )
    order = models.PositiveSmallIntegerField("순서")
    level = models.CharField("수준", max_length=8, choices=Level, default=Level.ITEM)
    label = models.CharField("이름", max_length=60, blank=True, help_text="예: 사업내용")
    text = models.CharField("내용", max_length=400, blank=True, help_text="수는 {열쇠}로 적습니다.")
    fact = models.CharField("사업에서 가져옴", max_length=10, choices=Fact, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "개요 줄"
        ordering = ["section", "order"]
        constraints = [
            models.UniqueConstraint(fields=["section", "order"], name="one_outline_row_per_place"),
            models.CheckConstraint(
                condition=Q(fact="") | Q(text=""), name="a_fact_is_printed_not_typed"
            ),
        ]

    def __str__(self):
        return f"{self.label}: {self.text}" if self.label else self.text
