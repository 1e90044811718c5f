"""Snapshots: what citizens read. Written once by a publication, never joined to the living tables."""

from django.db import models

from accounts.models import AppendOnly, Department
from reporting.models import Publication

from .cards import Demo, Pledge
from .reports import Status
from .terms import RatePolicy


class PublishedTerm(AppendOnly):
    """A term as it stood at a publication, with the rounding that was in force."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="terms")
    no = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    programme = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    rate_mode = models.CharField(max_length=20, choices=RatePolicy.Mode)
    rate_places = models.PositiveSmallIntegerField()
    fields = models.JSONField(help_text="[{order, name, full_name}]")

    class Meta:
        verbose_name = verbose_name_plural = "공표된 임기"
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "no"], name="one_published_term_per_publication"
            )
        ]

    def __str__(self):
        return self.name


class PublishedPledgeQuerySet(models.QuerySet):
    """Reading what was published; every row is for everybody."""

    def visible_to(self, user):
        """Return all: a snapshot is public."""
        return self


class PublishedPledge(AppendOnly):
    """One pledge's card and quarter as published; also built unsaved for previews (`snapshots.py`)."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="pledges")
    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="published")
    term_no = models.PositiveSmallIntegerField("민선 기수")
    number = models.CharField("관리번호", max_length=20)
    order = models.PositiveIntegerField("순서")
    title = models.CharField("공약명", max_length=200)
    is_core = models.BooleanField("핵심공약", default=False)
    field_order = models.PositiveSmallIntegerField("분야 순서")
    field_name = models.CharField("분야", max_length=40)
    field_full_name = models.CharField("분야 전체 이름", max_length=80, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name="주관부서(열쇠)"
    )
    department_name = models.CharField("주관부서", max_length=100)
    department_phone = models.CharField("전화", max_length=40, blank=True)
    cooperating = models.CharField("협조부서", max_length=300, blank=True)
    status = models.CharField("이행상태", max_length=20, choices=Status, blank=True)
    status_raw = models.CharField("이행상태(적힌 그대로)", max_length=40, blank=True)
    reported = models.BooleanField("이번 기간 보고", default=True)
    reported_in = models.CharField("보고한 기간", max_length=40, blank=True)
    progress_pct = models.PositiveSmallIntegerField("추진율(%)", null=True)
    target_met = models.BooleanField("올해 목표 달성", null=True)
    done = models.TextField("추진실적", blank=True)
    problems = models.TextField("문제점", blank=True)
    countermeasures = models.TextField("대책", blank=True)
    next_plans = models.TextField("향후계획", blank=True)
    completes_in = models.PositiveSmallIntegerField("완료(예정) 연도", null=True)
    planned = models.PositiveIntegerField("총사업비(백만원)", null=True)
    planned_in_term = models.PositiveIntegerField("임기 내 계획(백만원)", null=True)
    secured = models.PositiveIntegerField("확보(백만원)", null=True)
    spent = models.PositiveIntegerField("집행(백만원)", null=True)
    card = models.JSONField(
        "관리카드", default=dict, help_text="나머지 카드 내용; snapshots.py가 쓴다"
    )
    search = models.TextField(default="", help_text="검색용: NFC, 소문자, 빈칸 없음")
    demo = models.CharField("예시 여부", max_length=10, choices=Demo, default=Demo.NONE)

    objects = PublishedPledgeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "공표된 공약"
        ordering = ["term_no", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "pledge"], name="one_snapshot_per_publication_and_pledge"
            )
        ]
        indexes = [models.Index(fields=["publication", "term_no", "order"])]

    def __str__(self):
        return f"{self.number} {self.title}"
