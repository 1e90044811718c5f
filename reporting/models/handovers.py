"""A person's items go over to a successor on a day, with a document of what is open."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Department, Role


class HandoverQuerySet(models.QuerySet):
    """Reading hand-overs in the words of the office."""

    def visible_to(self, user):
        """Return what this person may read: the office all, a head their department's, others their own."""
        if user.role == Role.STRATEGY:
            return self
        own = Q(from_person=user) | Q(successor=user)
        if user.role == Role.HEAD and user.department_id:
            own |= Q(department=user.department_id)
        return self.filter(own)

    def pending(self):
        """Return what is neither done nor cancelled."""
        return self.filter(applied_at=None, cancelled_at=None)

    def effective(self, today):
        """Return what is to be done today: pending, and its day has come."""
        return self.pending().filter(effective_on__lte=today)


class Handover(models.Model):
    """업무 인계: what one person is in charge of in a department, to be somebody else's from a day on."""

    department = models.ForeignKey(
        Department, models.PROTECT, related_name="handovers", verbose_name="부서"
    )
    from_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="handed_over",
        verbose_name="넘기는 사람",
    )
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="taken_over",
        verbose_name="넘겨받는 사람",
    )
    effective_on = models.DateField("넘기는 날")
    note = models.TextField("남기는 말", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="handovers_made",
        verbose_name="올린 사람",
    )
    at = models.DateTimeField("올린 시각", auto_now_add=True)
    applied_at = models.DateTimeField("넘긴 시각", null=True, blank=True)
    cancelled_at = models.DateTimeField("취소한 시각", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handovers_cancelled",
        verbose_name="취소한 사람",
    )
    content = models.JSONField("인계서", null=True, help_text="넘긴 때의 내용 그대로")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "업무 인계"
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_person=F("successor")),
                name="nobody_hands_over_to_themselves",
                violation_error_message="넘기는 사람과 넘겨받는 사람이 같습니다.",
            ),
            models.CheckConstraint(
                condition=Q(applied_at=None, content__isnull=True)
                | Q(applied_at__isnull=False, content__isnull=False),
                name="applied_handover_keeps_its_document",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False, applied_at=None),
                name="cancelled_handover_was_not_applied",
            ),
            models.UniqueConstraint(
                fields=["from_person", "department"],
                condition=Q(applied_at=None, cancelled_at=None),
                name="one_pending_handover_per_person_and_department",
            ),
        ]

    def __str__(self):
        return f"{self.from_person} → {self.successor}"

    @property
    def state(self):
        """Return the code of where it stands: waiting, applied or cancelled."""
        if self.applied_at:
            return "applied"
        return "cancelled" if self.cancelled_at else "waiting"

    @property
    def state_label(self):
        """Return where it stands, in words."""
        return {"applied": "넘김", "cancelled": "취소", "waiting": "예정"}[self.state]
