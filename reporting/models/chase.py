"""What was done so that departments report in time: reminders, and one department's later deadline."""

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Q

from accounts.models import AppendOnly, Department

from ..stages import CHOICES, MANUAL
from .mails import Mail
from .periods import Period


class Reminder(AppendOnly):
    """독촉: one person was reminded of one department's items of one deadline, at one stage.

    The database refuses the same stage of the same deadline to the same person a second time.
    """

    NO_ADDRESS, NOBODY = "주소 없음", "받을 사람 없음"

    period = models.ForeignKey(
        Period, models.PROTECT, related_name="reminders", verbose_name="보고기간"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="reminders", verbose_name="부서"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="reminders",
        verbose_name="받는 사람",
    )
    stage = models.CharField("단계", max_length=10, choices=CHOICES)
    due_on = models.DateField("제출 기한")
    day = models.DateField("알린 날", help_text="업무 기준일")
    items = models.JSONField("항목", help_text="그때 내지 않은 것: 번호, 이름, 상태, 기한")
    mail = models.ForeignKey(
        Mail, models.PROTECT, null=True, related_name="reminders", verbose_name="메일"
    )
    why_not = models.CharField("보내지 못한 까닭", max_length=20, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="reminders_sent",
        verbose_name="보낸 사람",
        help_text="비어 있으면 저절로",
    )
    at = models.DateTimeField("적은 시각", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "독촉 이력"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "department", "person", "stage", "due_on"],
                condition=~Q(stage=MANUAL),
                name="one_reminder_per_person_stage_and_deadline",
            ),
            models.UniqueConstraint(
                fields=["period", "department", "stage", "due_on"],
                condition=Q(person=None) & ~Q(stage=MANUAL),
                name="nobody_to_remind_is_noted_once_per_stage",
            ),
            models.UniqueConstraint(
                fields=["person", "day"],
                condition=Q(stage=MANUAL),
                name="one_manual_reminder_per_person_and_day",
            ),
            models.CheckConstraint(
                condition=Q(mail__isnull=False, person__isnull=False, why_not="")
                | Q(mail=None) & ~Q(why_not=""),
                name="reminder_has_a_mail_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=Q(stage=MANUAL, by__isnull=False) | ~Q(stage=MANUAL) & Q(by=None),
                name="only_a_manual_reminder_has_a_sender",
            ),
        ]

    def __str__(self):
        return f"{self.period} {self.department} {self.get_stage_display()}"


class ExtensionQuerySet(models.QuerySet):
    """Reading extensions in the words of the office."""

    def deadlines(self, period):
        """Return {department pk: the latest day it was given} of one period; one query."""
        rows = self.filter(period=period).order_by().values("department")
        return dict(rows.annotate(day=Max("new_due")).values_list("department", "day"))


class Extension(AppendOnly):
    """기한 연장: one department of one period may hand in later, and why."""

    period = models.ForeignKey(
        Period, models.PROTECT, related_name="extensions", verbose_name="보고기간"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="extensions", verbose_name="부서"
    )
    old_due = models.DateField("당초 기한")
    new_due = models.DateField("연장한 기한")
    reason = models.CharField("사유", max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="extensions",
        verbose_name="연장한 사람",
    )
    at = models.DateTimeField("연장한 시각", auto_now_add=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "기한 연장"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(new_due__gt=F("old_due")), name="extension_gives_a_later_day"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason"),
            models.UniqueConstraint(
                fields=["period", "department", "new_due"],
                name="one_extension_per_department_and_day",
            ),
        ]

    def __str__(self):
        return f"{self.period} {self.department} {self.old_due} → {self.new_due}"
