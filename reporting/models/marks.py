"""The number that names everything the public pages can say now."""

from django.db import models
from django.db.models import Q


class PublicMark(models.Model):
    """One row: a number that grows with every change of what citizens read (`reporting.marks`)."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "공개 화면의 판"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="public_mark_is_one_row")]

    def __str__(self):
        return str(self.number)
