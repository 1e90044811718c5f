"""What the site wrote to people by mail, and whether it arrived at the mail server."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class MailQuerySet(models.QuerySet):
    """Reading mails in the words of the operator."""

    def waiting(self):
        """Return what is not sent yet."""
        return self.filter(sent_at=None)


class Mail(models.Model):
    """One mail, written in the transaction of what it tells of and sent by the worker (`reporting.mail`).

    Once it is sent, nothing of a citizen's is kept: neither the address nor the text.
    """

    kind = models.CharField("종류", max_length=20)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name="받는 직원",
        help_text="비어 있으면 시민",
    )
    to = models.CharField("받는 주소", max_length=254, blank=True)
    subject = models.CharField("제목", max_length=200)
    body = models.TextField("내용", blank=True)
    headers = models.JSONField("머리글", default=dict)
    written_at = models.DateTimeField("쓴 시각", auto_now_add=True)
    sent_at = models.DateTimeField("보낸 시각", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("시도", default=0)
    error = models.CharField("마지막 오류", max_length=300, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "메일"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(person__isnull=False) | Q(to="", body=""),
                name="sent_mail_keeps_nothing_of_a_citizen",
            )
        ]

    def __str__(self):
        return self.subject
