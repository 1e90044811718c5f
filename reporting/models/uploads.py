"""Workbooks that departments brought back: what is in them, and what became of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Department

from .periods import Period


def upload_path(upload, filename):
    """Return where a workbook lies: by its key, never by the name a person gave."""
    return f"uploads/{upload.key}"


class UploadQuerySet(models.QuerySet):
    """Reading uploads in the words of the desk."""

    def visible_to(self, user):
        """Return what this person brought for the department they still belong to; nobody else sees it."""
        if not user.department_id:
            return self.none()
        return self.filter(by=user, department=user.department_id)

    def with_file(self):
        """Return those whose file and texts are still kept."""
        return self.filter(purged_at=None)


class Upload(models.Model):
    """One workbook brought back by one person; drafts are written only when they confirm it.

    File and texts are thrown away a day after confirmation, or seven days after it came.
    """

    key = models.UUIDField("열쇠", unique=True, default=uuid.uuid4, editable=False)
    file = models.FileField("파일", upload_to=upload_path, blank=True)
    name = models.CharField("파일 이름", max_length=200)
    size = models.PositiveIntegerField("크기(바이트)")
    sha256 = models.CharField("해시", max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads", verbose_name="올린 사람"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="uploads", verbose_name="부서"
    )
    period = models.ForeignKey(
        Period, models.PROTECT, related_name="uploads", verbose_name="보고기간"
    )
    created_at = models.DateTimeField("올린 시각", auto_now_add=True)
    found = models.JSONField("읽은 것", default=dict)
    written = models.JSONField("반영한 칸", default=dict, help_text="제출 항목 → 칸 이름")
    applied_at = models.DateTimeField("반영한 시각", null=True, blank=True)
    purged_at = models.DateTimeField("비운 시각", null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "올린 엑셀"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purged_at=None) | Q(file="", found={}),
                name="purged_upload_keeps_neither_file_nor_text",
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=False) | Q(written={}),
                name="upload_writes_nothing_before_it_is_confirmed",
            ),
        ]

    def __str__(self):
        return self.name
