"""Which projects carry a pledge out, or are linked with it."""

from django.db import models
from simple_history.models import HistoricalRecords

from projects.models import Project

from .cards import Pledge


class PledgeProjectManager(models.Manager):
    """Links come with their pledge: whoever shows one names it."""

    def get_queryset(self):
        """Return the links with the pledge of each."""
        return super().get_queryset().select_related("pledge")


class PledgeProject(models.Model):
    """A typed link of a pledge to a project; a pledge and a project have one at most."""

    class Kind(models.TextChoices):
        BY = "by", "이 사업으로 이행"
        WITH = "with", "연계"

    pledge = models.ForeignKey(
        Pledge, models.CASCADE, related_name="project_links", verbose_name="공약"
    )
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="pledge_links", verbose_name="사업"
    )
    kind = models.CharField("관계", max_length=8, choices=Kind)

    objects = PledgeProjectManager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "이행 사업"
        ordering = ["pledge", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "project"], name="one_link_per_pledge_and_project"
            )
        ]

    def __str__(self):
        return str(self.project)
