"""What a department reports of one pledge for one period."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from reporting.fields import PartialDateField
from reporting.models import Submission

from .cards import Milestone, Pledge, Source


class Status(models.TextChoices):
    """이행상태: the six codes of domain.md §1.2."""

    COMPLETED = "completed", "종료(완료)"
    COMPLETED_ONGOING = "completed_ongoing", "이행후 계속추진"
    ON_TRACK = "on_track", "정상추진"
    PARTIAL = "partial", "일부추진"
    ON_HOLD = "on_hold", "보류"
    SCRAPPED = "scrapped", "폐기"


class SentencesField(models.JSONField):
    """A list of sentences; history tells them one per line."""

    def in_words(self, value):
        """Return the sentences as the history shows them."""
        return "\n".join(value)


class PledgeReportQuerySet(models.QuerySet):
    """Reading reports in the words of the office."""

    def visible_to(self, user):
        """Return the reports whose submission this person may read."""
        return self.filter(submission__in=Submission.objects.visible_to(user))

    def in_period(self, period):
        """Return the reports of one period."""
        return self.filter(submission__period=period)

    def for_saving(self):
        """Lock the reports, with the rows that the form compares what is typed with."""
        locked = self.select_for_update(of=("self",)).select_related("pledge")
        return locked.prefetch_related("spending", "milestones", "pledge__milestones")

    def approved(self):
        """Return what the office has approved."""
        return self.filter(submission__state=Submission.State.APPROVED)


class PledgeReport(models.Model):
    """분기 추진상황: status, progress, texts; blank until the department writes it."""

    submission = models.OneToOneField(
        Submission, models.PROTECT, related_name="pledge_report", verbose_name="제출 항목"
    )
    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="reports", verbose_name="공약")
    status = models.CharField("이행상태", max_length=20, choices=Status, blank=True)
    status_raw = models.CharField("이행상태(적힌 그대로)", max_length=40, blank=True)
    progress_pct = models.PositiveSmallIntegerField("추진율(%)", null=True, blank=True)
    target_met = models.BooleanField("올해 목표 달성", null=True, blank=True)
    done = models.TextField("추진실적", blank=True)
    problems = models.TextField("문제점", blank=True)
    countermeasures = models.TextField("대책", blank=True)
    next_plans = models.TextField("향후계획", blank=True)
    status_reason = models.TextField("상태 사유", blank=True)
    acknowledged = SentencesField("확인하고 낸 점", default=list, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PledgeReportQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "분기 추진상황"
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "submission"], name="one_report_per_pledge_and_submission"
            ),
            models.CheckConstraint(
                condition=Q(progress_pct=None) | Q(progress_pct__lte=100),
                name="progress_is_at_most_100",
            ),
            models.CheckConstraint(
                condition=Q(status="") | Q(status__in=Status.values), name="report_status_is_known"
            ),
        ]

    def __str__(self):
        return str(self.submission)

    def validate_constraints(self, exclude=None):
        """Leave them to the database: the form refuses the same in better words, without six statements."""


class Spending(models.Model):
    """집행: what was spent from one source from January to the as-of date; 백만원, NULL is unknown."""

    report = models.ForeignKey(PledgeReport, models.CASCADE, related_name="spending")
    source = models.CharField("재원", max_length=12, choices=Source)
    amount = models.PositiveIntegerField("올해 집행(백만원)", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "집행"
        ordering = ["report", "source"]
        constraints = [
            models.UniqueConstraint(fields=["report", "source"], name="one_spending_row_per_source")
        ]


class MilestoneReport(models.Model):
    """When a step of the pledge was done, as reported in this period."""

    report = models.ForeignKey(PledgeReport, models.CASCADE, related_name="milestones")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="reports")
    actual = PartialDateField("완료")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "이행절차 실적"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "milestone"], name="one_actual_per_milestone_and_report"
            )
        ]


def evidence_path(evidence, filename):
    """Return where an evidence file lies: by submission and digest, never by the name a person gave."""
    return f"evidence/{evidence.report.submission_id}/{evidence.sha256}"


class Evidence(models.Model):
    """증빙: a file handed in with a report; served only to those who may read the report."""

    report = models.ForeignKey(PledgeReport, models.PROTECT, related_name="evidence")
    file = models.FileField("파일", upload_to=evidence_path)
    name = models.CharField("파일 이름", max_length=200)
    size = models.PositiveIntegerField("크기(바이트)")
    sha256 = models.CharField("해시", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="evidence")
    at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "증빙"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "sha256"], name="one_evidence_per_report_and_content"
            )
        ]

    def __str__(self):
        return self.name
