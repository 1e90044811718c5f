"""조정 (domain.md §1.7, §1.8): what a department asks for and how it moves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.models import AppendOnly, Department, Role

from .cards import Pledge
from .jury import JurySession


class Kind(models.TextChoices):
    """조정유형."""

    MERGE = "merge", "통합"
    SPLIT = "split", "분리"
    EXCLUDE = "exclude", "제외"
    RENAME = "rename", "명칭변경"
    CONTENT = "content", "내용변경"


class Verdict(models.TextChoices):
    """What the citizen jury found."""

    RIGHT = "right", "조정 타당"
    WRONG = "wrong", "조정 부당"


class AdjustmentState(models.TextChoices):
    """How far an adjustment is; the moves between them are in `changes/workflow.py`."""

    DRAFT = "draft", "작성 중"
    REQUESTED = "requested", "요청"
    RETURNED = "returned", "보완 요구"
    AGENDA = "agenda", "안건 채택"
    JUDGED = "judged", "배심원단 의결"
    DECIDED = "decided", "시장 승인"
    APPLIED = "applied", "반영·공개"
    WITHDRAWN = "withdrawn", "철회"
    REJECTED = "rejected", "채택 안 함"


OVER = (AdjustmentState.APPLIED, AdjustmentState.WITHDRAWN, AdjustmentState.REJECTED)


class AdjustmentQuerySet(models.QuerySet):
    """Reading adjustments in the words of the office."""

    def visible_to(self, user):
        """Return what this person may read: the office all, managers what was sent, a department its own."""
        if user.role == Role.STRATEGY:
            return self
        if user.role == Role.EXECUTIVE:
            return self.exclude(state=AdjustmentState.DRAFT)
        if user.role in (Role.WRITER, Role.HEAD) and user.department_id:
            return self.filter(self._of(user.department_id)).distinct()
        return self.none()

    @staticmethod
    def _of(department):
        touched = Q(absorbed__lead_department=department) & ~Q(state=AdjustmentState.DRAFT)
        return Q(department=department) | touched

    def open(self):
        """Return what is still on its way."""
        return self.exclude(state__in=OVER)


class Adjustment(models.Model):
    """공약 조정: one request with the wording before and after as plain JSON (`changes/wording.py`)."""

    Kind, State = Kind, AdjustmentState

    kind = models.CharField("조정유형", max_length=10, choices=Kind)
    pledge = models.ForeignKey(
        Pledge, models.PROTECT, related_name="adjustments", verbose_name="공약"
    )
    absorbed = models.ManyToManyField(
        Pledge, related_name="absorbing_adjustments", blank=True, verbose_name="통합될 공약"
    )
    before = models.JSONField("당초", default=dict)
    after = models.JSONField("변경", default=dict)
    reason = models.TextField("사유", blank=True)
    evidence = models.TextField("근거", blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="adjustments", verbose_name="요청 부서"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="adjustments",
        verbose_name="요청한 사람",
    )
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="authored_adjustments", verbose_name="쓴 사람"
    )
    state = models.CharField(
        "상태", max_length=10, choices=AdjustmentState, default=AdjustmentState.DRAFT
    )
    requested_on = models.DateField("요청일", null=True, blank=True)
    session = models.ForeignKey(
        JurySession,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name="배심원단 회의",
    )
    verdict = models.CharField("배심원단 의결", max_length=5, choices=Verdict, blank=True)
    votes_for = models.PositiveSmallIntegerField("찬성", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("반대", null=True, blank=True)
    votes_abstain = models.PositiveSmallIntegerField("기권", null=True, blank=True)
    decided_on = models.DateField("시장 결정일", null=True, blank=True)
    decided_as = models.CharField("결재 문서", max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AdjustmentQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "공약 조정"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pledge"],
                condition=~Q(state__in=["applied", "withdrawn", "rejected"]),
                name="one_open_adjustment_per_pledge",
            ),
            models.CheckConstraint(
                condition=Q(votes_for=None, votes_against=None, votes_abstain=None, verdict="")
                | Q(
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    votes_abstain__isnull=False,
                    verdict__in=["right", "wrong"],
                ),
                name="jury_verdict_has_its_totals",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "applied"])
                | Q(verdict="right", decided_on__isnull=False),
                name="mayor_decides_on_what_the_jury_found_right",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.before.get('number', '')} {self.title}".strip()

    @property
    def title(self):
        """Return the name of the pledge as it stood when the request was written."""
        return self.before.get("title", "")

    @property
    def is_editable_state(self):
        """Say whether the department still has the text in its hands."""
        return self.state in (AdjustmentState.DRAFT, AdjustmentState.RETURNED)


class AdjustmentMove(AppendOnly):
    """One move of an adjustment: who, when, from, to, with which words and totals; only ever added."""

    adjustment = models.ForeignKey(Adjustment, models.PROTECT, related_name="moves")
    move = models.CharField("이동", max_length=10)
    source = models.CharField("이전 상태", max_length=10, choices=AdjustmentState)
    target = models.CharField("이후 상태", max_length=10, choices=AdjustmentState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    comment = models.TextField("의견", blank=True)
    facts = models.CharField("내용", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "조정 이동 기록"
        ordering = ["at", "pk"]
