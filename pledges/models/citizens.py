"""What citizens leave here: opinions with their answers, addresses that follow a pledge, counts for the limits."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models import AppendOnly, Role
from reporting.models import Publication

from .cards import Pledge

LATE_AFTER = 14  # days within which the office means to have an opinion read and answered


class OpinionQuerySet(models.QuerySet):
    """Reading opinions in the words of the office."""

    def visible_to(self, user):
        """Return all for the office and the managers, else those on pledges that this department leads."""
        if user.role in (Role.STRATEGY, Role.EXECUTIVE):
            return self
        if user.role in (Role.WRITER, Role.HEAD) and user.department_id:
            return self.filter(pledge__lead_department=user.department_id)
        return self.none()

    def shown(self):
        """Return what everybody may read, newest first, with its answer."""
        return self.filter(state=Opinion.State.SHOWN).select_related("answer").order_by("-pk")

    def unread(self):
        """Return what nobody has decided on."""
        return self.filter(state=Opinion.State.NEW)

    def unanswered(self):
        """Return what is shown without an answer."""
        return self.filter(state=Opinion.State.SHOWN, answer=None)

    def unhandled(self):
        """Return what still waits for the office or for the department."""
        return self.filter(Q(state=Opinion.State.NEW) | Q(state=Opinion.State.SHOWN, answer=None))

    def written_before(self, days):
        """Return what was written more than so many days ago."""
        return self.filter(written_at__lt=timezone.now() - datetime.timedelta(days=days))


class Opinion(models.Model):
    """시민 의견 on one pledge; of its writer nothing is kept but the words and a name chosen freely."""

    class State(models.TextChoices):
        NEW = "new", "확인 전"
        SHOWN = "shown", "공개"
        HIDDEN = "hidden", "비공개"
        ERASED = "erased", "지움"

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="opinions", verbose_name="공약")
    form_key = models.CharField(max_length=32, unique=True, editable=False)
    receipt = models.CharField("접수번호", max_length=14, unique=True, editable=False)
    text = models.TextField("의견", blank=True)
    nickname = models.CharField("별명", max_length=20, blank=True)
    written_at = models.DateTimeField("쓴 시각", default=timezone.now, editable=False)
    state = models.CharField("상태", max_length=10, choices=State, default=State.NEW)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "시민 의견"
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "pledge"], name="opinions_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["new", "shown", "hidden", "erased"]),
                name="opinion_state_is_known",
            ),
            models.CheckConstraint(
                condition=(Q(state="erased") & Q(text="", nickname=""))
                | (~Q(state="erased") & ~Q(text="")),
                name="erased_opinion_keeps_no_text",
            ),
        ]

    def __str__(self):
        return f"의견 {self.pk}"

    @property
    def age(self):
        """Return the days since it was written."""
        return (timezone.localdate() - timezone.localdate(self.written_at)).days

    @property
    def written_on(self):
        """Return the day on which it was written."""
        return timezone.localdate(self.written_at)

    @property
    def answered_on(self):
        """Return the day on which it was answered first, None before."""
        return timezone.localdate(self.answered_at) if self.answered_at else None

    @property
    def standing(self):
        """Say how far it is, in the words of the queue."""
        if self.state == self.State.SHOWN:
            return "답변함" if self.answered_at else "답변 기다림"
        return self.get_state_display()

    @property
    def handled(self):
        """Say whether neither the office nor the department has anything left to do."""
        if self.state == self.State.SHOWN:
            return self.answered_at is not None
        return self.state != self.State.NEW

    @property
    def is_late(self):
        """Say whether it waits longer than it should."""
        return not self.handled and self.age > LATE_AFTER

    @property
    def answered_at(self):
        """Return when it was answered first, None before."""
        answer = getattr(self, "answer", None)
        return answer.at if answer else None


class OpinionDecision(AppendOnly):
    """One decision of the office: shown, or hidden for a reason that its writer can read."""

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="decisions")
    shown = models.BooleanField("공개")
    reason = models.CharField("사유", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("시각", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "의견 공개 결정"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown=True) | ~Q(reason=""), name="hiding_an_opinion_has_a_reason"
            )
        ]

    def __str__(self):
        return f"{self.opinion} {'공개' if self.shown else '비공개'}"


class OpinionAnswer(models.Model):
    """답변: the department's words, public as long as the opinion is; corrections stay in the history."""

    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="answer")
    text = models.TextField("답변")
    department_name = models.CharField("답변 부서", max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("답변 시각", default=timezone.now, editable=False)
    corrected_at = models.DateTimeField("고친 시각", null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "의견 답변"

    def __str__(self):
        return f"{self.opinion} 답변"


class FollowerQuerySet(models.QuerySet):
    """Reading followers."""

    def confirmed(self):
        """Return those who proved that the address is theirs."""
        return self.filter(confirmed_at__isnull=False)


class Follower(models.Model):
    """One address that wants to hear of one pledge; the row goes when its owner leaves."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="followers")
    email = models.CharField("전자우편", max_length=254)
    token = models.CharField(max_length=43, unique=True, editable=False)
    asked_at = models.DateTimeField("신청 시각", default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField("확인 시각", null=True, editable=False)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "소식 받는 시민"
        constraints = [
            models.UniqueConstraint(
                "pledge", Lower("email"), name="one_follower_per_pledge_and_address"
            )
        ]

    def __str__(self):
        return f"소식 받기 {self.pk}"


class FollowerTold(models.Model):
    """That a follower was written to about a publication, so that nobody gets it twice."""

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="told")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "publication"], name="follower_is_told_once_per_publication"
            )
        ]


class Quota(models.Model):
    """How often something was done in one hour or day; the key holds a digest, never an address."""

    key = models.CharField(max_length=120, unique=True)
    used = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "횟수 제한"
