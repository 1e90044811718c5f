"""Long documents made off the request: what is being made, how far it is, and the finished file."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .periods import Period
from .publications import Publication

NO_WORKER = datetime.timedelta(seconds=20)  # nobody took it so long: is a worker running?
LOST = datetime.timedelta(minutes=2)  # nothing heard of it so long: whoever made it is gone


class ReportFileQuerySet(models.QuerySet):
    """Reading report files in the words of the office."""

    def previews(self):
        """Return the files of periods that were not published when they were made."""
        return self.filter(publication=None)

    def lost(self):
        """Return what was begun or asked for and heard of no more."""
        return self.filter(state__in=ReportFile.UNDER_WAY, updated_at__lt=timezone.now() - LOST)


class ReportFile(models.Model):
    """One document of one publication (or of a period not yet published) in one form, made once."""

    class State(models.TextChoices):
        QUEUED = "queued", "차례를 기다림"
        RUNNING = "running", "만드는 중"
        DONE = "done", "다 됨"
        FAILED = "failed", "만들지 못함"

    UNDER_WAY = (State.QUEUED, State.RUNNING)

    name = models.CharField("보고서", max_length=50)
    kind = models.CharField("형식", max_length=10)
    period = models.ForeignKey(
        Period, models.PROTECT, related_name="files", verbose_name="보고기간"
    )
    publication = models.ForeignKey(
        Publication,
        models.PROTECT,
        null=True,
        related_name="files",
        verbose_name="공표",
        help_text="비어 있으면 공표 전 미리보기",
    )
    state = models.CharField("상태", max_length=10, choices=State, default=State.QUEUED)
    done = models.PositiveIntegerField("끝난 조각", default=0)
    total = models.PositiveIntegerField("모든 조각", default=0)
    doing = models.CharField("하는 일", max_length=200, blank=True)
    error = models.CharField("까닭", max_length=300, blank=True)
    attempts = models.PositiveIntegerField("시도", default=0)
    title = models.CharField("제목", max_length=200, blank=True)
    file = models.FileField("파일", upload_to="reports/%Y/", blank=True)
    size = models.PositiveBigIntegerField("크기", null=True, help_text="바이트")
    pages = models.PositiveIntegerField("쪽수", null=True)
    sha256 = models.CharField("파일의 지문", max_length=64, blank=True)
    content = models.CharField("내용의 지문", max_length=64, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="만든 이"
    )
    asked_at = models.DateTimeField("청한 시각", default=timezone.now)
    started_at = models.DateTimeField("시작한 시각", null=True)
    finished_at = models.DateTimeField("끝난 시각", null=True)
    updated_at = models.DateTimeField("마지막 소식", default=timezone.now)

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "보고서 파일"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "kind", "publication"], name="one_file_per_publication"
            ),
            models.UniqueConstraint(
                fields=["name", "kind", "period"],
                condition=Q(publication=None),
                name="one_preview_file_per_period",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | (~Q(file="") & ~Q(sha256="")),
                name="done_has_its_file",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error=""), name="failed_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.period} {self.kind}"

    @property
    def is_under_way(self):
        """Say whether it is waiting or being made, as far as anybody knows."""
        return self.state in self.UNDER_WAY

    @property
    def is_lost(self):
        """Say whether nothing was heard of it for so long that it may be made again."""
        return self.is_under_way and timezone.now() - self.updated_at > LOST

    @property
    def waits_for_worker(self):
        """Say whether it waits so long that the operator should look for the worker."""
        return self.state == self.State.QUEUED and timezone.now() - self.updated_at > NO_WORKER

    @property
    def seconds(self):
        """Return the whole seconds since it was asked for, or that it took once it is finished."""
        until = self.finished_at if not self.is_under_way else None
        return max(0, int(((until or timezone.now()) - self.asked_at).total_seconds()))
