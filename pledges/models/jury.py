"""주민배심원단 (domain.md §1.8): panel, jurors under a number, their personal data apart, sessions, questions."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.models import AppendOnly, Role

from .cards import Pledge
from .terms import Term


class JuryPanel(models.Model):
    """A year's panel with its rule: more than so many % present, more than so many % in favour."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="panels", verbose_name="임기")
    year = models.PositiveSmallIntegerField("연도")
    name = models.CharField("이름", max_length=80, help_text="예: 2019년 주민배심원단")
    recruited_by = models.CharField(
        "모집", max_length=120, blank=True, help_text="예: ARS 무작위 추출(성별·연령·지역 비례)"
    )
    seats = models.PositiveSmallIntegerField("정원")
    quorum_above = models.PositiveSmallIntegerField(
        "성원(%)", default=50, help_text="배심원의 몇 %를 넘게 나와야 회의가 되는지"
    )
    majority_above = models.PositiveSmallIntegerField(
        "의결(%)", default=50, help_text="출석한 배심원의 몇 %를 넘게 찬성해야 '조정 타당'인지"
    )
    is_public = models.BooleanField("시민에게 공개", default=False)
    is_demo = models.BooleanField("예시", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "주민배심원단"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["term", "year", "name"], name="one_panel_per_name"),
            models.CheckConstraint(
                condition=Q(quorum_above__lt=100, majority_above__lt=100),
                name="jury_rule_can_be_met",
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="panel_has_seats"),
        ]

    def __str__(self):
        return self.name


class Juror(models.Model):
    """A juror as everybody in the office sees them: a number, sex, age band, district; no name."""

    class Sex(models.TextChoices):
        FEMALE = "f", "여"
        MALE = "m", "남"

    class Age(models.TextChoices):
        A18 = "18", "18~29세"
        A30 = "30", "30대"
        A40 = "40", "40대"
        A50 = "50", "50대"
        A60 = "60", "60세 이상"

    panel = models.ForeignKey(JuryPanel, models.PROTECT, related_name="jurors")
    number = models.PositiveSmallIntegerField("번호")
    sex = models.CharField("성별", max_length=1, choices=Sex)
    age = models.CharField("나이대", max_length=2, choices=Age)
    district = models.CharField("지역", max_length=40, help_text="읍·면·동")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="juror",
        verbose_name="로그인 계정",
        limit_choices_to={"role": Role.JUROR},
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "배심원"
        ordering = ["panel", "number"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="one_juror_per_number")
        ]

    def __str__(self):
        return f"배심원 {self.number}"


class JurorPerson(models.Model):
    """개인정보: who a juror is; kept apart, shown masked, destroyed after `keep_until`; no history."""

    juror = models.OneToOneField(Juror, models.PROTECT, related_name="person")
    name = models.CharField("성명", max_length=40)
    phone = models.CharField("전화", max_length=20)
    consent_on = models.DateField("동의일")
    keep_until = models.DateField("보유기한", help_text="이날이 지나면 파기합니다.")

    class Meta:
        verbose_name = verbose_name_plural = "배심원 개인정보"
        constraints = [
            models.CheckConstraint(
                condition=Q(keep_until__gte=models.F("consent_on")),
                name="juror_data_is_kept_after_consent",
            )
        ]

    def __str__(self):
        return str(self.juror)


class JurySession(models.Model):
    """One meeting: when, about what, how many came, what was said."""

    panel = models.ForeignKey(JuryPanel, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField("차수")
    held_on = models.DateField("날짜")
    agenda = models.TextField("안건")
    attendance = models.PositiveSmallIntegerField("출석(명)", null=True, blank=True)
    minutes = models.TextField("회의 결과", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "배심원단 회의"
        ordering = ["panel", "number"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="one_session_per_number")
        ]

    def __str__(self):
        return f"{self.panel} {self.number}차 회의"


class JuryQuestionQuerySet(models.QuerySet):
    """Reading what jurors wrote, in the words of the office."""

    def visible_to(self, user):
        """Return what this person may read: a juror their own, a department its pledges', the office all."""
        if user.role == Role.STRATEGY:
            return self
        if user.role == Role.JUROR:
            return self.filter(juror__user=user)
        if user.role in (Role.WRITER, Role.HEAD) and user.department_id:
            return self.filter(pledge__lead_department=user.department_id)
        return self.none()


class JuryQuestion(AppendOnly):
    """What a juror asked or thinks about a pledge; `key` comes with the form, so it is taken once."""

    class Kind(models.TextChoices):
        QUESTION = "question", "질의"
        OPINION = "opinion", "의견"

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="questions")
    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="jury_questions")
    kind = models.CharField("종류", max_length=10, choices=Kind)
    text = models.TextField("내용")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = JuryQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "배심원 질의·의견"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.juror} {self.get_kind_display()}"


class JuryReply(AppendOnly):
    """The answer to a juror: reflected or not and why; a later one stands in the place of an earlier.

    `summary` is the office's own words of the juror's point; only with it citizens read the answer.
    """

    class Reflected(models.TextChoices):
        YES = "yes", "반영"
        PARTLY = "partly", "일부 반영"
        NO = "no", "반영 안 함"
        NONE = "none", "해당 없음(질의 답변)"

    question = models.ForeignKey(JuryQuestion, models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField("차례")
    text = models.TextField("답변")
    reflected = models.CharField("반영 여부", max_length=6, choices=Reflected)
    why = models.TextField("사유", blank=True)
    summary = models.CharField("공개할 요지", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    department_name = models.CharField("답한 부서", max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "배심원에게 한 답"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="one_reply_per_place"),
            models.CheckConstraint(
                condition=Q(reflected="none") | ~Q(why=""), name="reflection_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.question} 답변 {self.number}"
