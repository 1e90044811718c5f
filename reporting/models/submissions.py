"""Which department owes what for a period, how it moved, and what is being typed."""

from django.conf import settings
from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When

from accounts.models import AppendOnly, Department, Role

from .periods import Period


class SubmissionQuerySet(models.QuerySet):
    """Reading submissions in the words of the office."""

    def visible_to(self, user):
        """Return what this person may read: the office and managers all, a department its own."""
        if user.role in (Role.STRATEGY, Role.EXECUTIVE):
            return self
        if user.role in (Role.WRITER, Role.HEAD) and user.department_id:
            return self.filter(department=user.department_id)
        return self.none()

    def owed_by(self, department_id):
        """Return the department's items of periods that are or were open."""
        return self.filter(department=department_id).exclude(period__state=Period.State.PREPARED)

    def unfinished(self):
        """Return what the department still has to hand in."""
        return self.filter(state__in=[Submission.State.DRAFT, Submission.State.RETURNED])

    def waiting(self):
        """Return what waits for the office's decision."""
        return self.filter(state=Submission.State.SUBMITTED)

    def overdue(self, today):
        """Return what is still owed after its day."""
        return self.unfinished().filter(due_on__lt=today)

    def still_owed(self):
        """Return what a department can be asked for: open periods' unfinished items, returned ones of any."""
        returned = Q(state=Submission.State.RETURNED)
        return self.unfinished().filter(Q(period__state=Period.State.OPEN) | returned)

    def by_urgency(self):
        """Return returned ones first, then by deadline, then by the subject's order."""
        first = Case(
            When(state=Submission.State.RETURNED, then=Value(0)),
            When(state=Submission.State.DRAFT, then=Value(1)),
            When(state=Submission.State.SUBMITTED, then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        )
        return self.order_by(first, "due_on", "order", "pk")


class Submission(models.Model):
    """What one department owes for one subject in one period; the subject's own row hangs on it."""

    class State(models.TextChoices):
        DRAFT = "draft", "작성 중"
        SUBMITTED = "submitted", "제출"
        RETURNED = "returned", "반려"
        APPROVED = "approved", "승인"

    period = models.ForeignKey(
        Period, models.PROTECT, related_name="submissions", verbose_name="보고기간"
    )
    kind = models.CharField("종류", max_length=20, help_text="settings.SUBJECTS의 kind")
    key = models.CharField("대상", max_length=40, help_text="대상의 바뀌지 않는 열쇠")
    code = models.CharField("번호", max_length=20, blank=True)
    title = models.CharField("이름", max_length=200)
    order = models.PositiveIntegerField("순서", default=0)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="submissions", verbose_name="부서"
    )
    state = models.CharField("상태", max_length=10, choices=State, default=State.DRAFT)
    due_on = models.DateField("제출 기한")
    submitted_at = models.DateTimeField("제출 시각", null=True, blank=True)
    decided_at = models.DateTimeField("결정 시각", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="결정자",
    )
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="authored", verbose_name="쓴 사람"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "제출 항목"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "kind", "key"], name="one_submission_per_period_and_subject"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="submission_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_at__isnull=False),
                name="approved_submission_was_decided",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "returned", "approved"]),
                name="submission_state_is_known",
            ),
        ]
        indexes = [models.Index(fields=["department", "state"]), models.Index(fields=["state"])]

    def __str__(self):
        return f"{self.code} {self.title}".strip()

    @property
    def is_editable_state(self):
        """Say whether the department still has the text in its hands."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)


class Transition(AppendOnly):
    """One move of a submission: who, when, from, to, with which words; only ever added."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="transitions")
    move = models.CharField("이동", max_length=10)
    source = models.CharField("이전 상태", max_length=10, choices=Submission.State)
    target = models.CharField("이후 상태", max_length=10, choices=Submission.State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="transitions")
    at = models.DateTimeField(auto_now_add=True)
    comment = models.TextField("의견", blank=True)
    due_on = models.DateField("다시 낼 기한", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "이동 기록"
        ordering = ["at", "pk"]


class Autosave(models.Model):
    """What one person has typed into one entry form and not yet saved; never read by anyone else."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="autosaves")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="autosaves")
    fields = models.JSONField("입력값", help_text="칸 이름 → 적은 글 그대로")
    version = models.PositiveIntegerField("쓰기 시작한 판")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "자동 저장"
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "user"], name="one_autosave_per_person_and_item"
            )
        ]
