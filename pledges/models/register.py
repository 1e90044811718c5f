"""The public register of changes (변경 이력), the lineage of pledges in it, and how many there were when."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.models import AppendOnly
from reporting.fields import PartialDateField

from .cards import Pledge
from .changes import Adjustment, Kind
from .terms import Term


class ChangeRecordQuerySet(models.QuerySet):
    """Reading the register; every row is for everybody."""

    def visible_to(self, user):
        """Return all: the register is public."""
        return self


class ChangeRecord(AppendOnly):
    """One line of the public register of changes; everything the page shows is copied here.

    `effect` is by how much the number of pledges changed. Dates may be known to the month only.
    """

    term = models.ForeignKey(Term, models.PROTECT, related_name="changes")
    term_name = models.CharField("임기", max_length=40)
    number = models.PositiveIntegerField("연번")
    adjustment = models.OneToOneField(
        Adjustment, models.PROTECT, null=True, related_name="record", help_text="없으면 이관한 기록"
    )
    kind = models.CharField("조정유형", max_length=10, choices=Kind)
    pledge_numbers = models.CharField("관리번호", max_length=100)
    pledge_titles = models.TextField("공약명")
    lines = models.JSONField("당초→변경", help_text="[{label, before, after}]")
    before_text = models.TextField("당초", blank=True)
    after_text = models.TextField("변경", blank=True)
    reason = models.TextField("사유")
    department_name = models.CharField("요청 부서", max_length=100, blank=True)
    requested_on = PartialDateField("요청일")
    jury_name = models.CharField("배심원단", max_length=120, blank=True)
    jury_on = PartialDateField("배심원단 의결일")
    attendance = models.PositiveSmallIntegerField("출석", null=True)
    votes_for = models.PositiveSmallIntegerField("찬성", null=True)
    votes_against = models.PositiveSmallIntegerField("반대", null=True)
    votes_abstain = models.PositiveSmallIntegerField("기권", null=True)
    decided_on = PartialDateField("시장 결정일")
    decided_as = models.CharField("결재 문서", max_length=120, blank=True)
    changed_on = PartialDateField("변경일", blank=False)
    effect = models.SmallIntegerField("공약 수 증감", default=0)
    is_demo = models.BooleanField("예시", default=False)
    at = models.DateTimeField("공개 시각", auto_now_add=True)

    objects = ChangeRecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "공약 변경 이력"
        ordering = ["-term__no", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["term", "number"], name="one_change_per_term_number"),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="change_numbers_begin_with_one"
            ),
        ]

    def __str__(self):
        return f"{self.term_name} 변경 제{self.number}호"

    @property
    def procedure(self):
        """Return [(step, [text])] of how it was decided, as far as it is known."""
        return [(step, known) for step, texts in self._steps() if (known := [*filter(None, texts)])]

    def _steps(self):
        day = self._meta.get_field("requested_on").in_words
        yield "요청", [self.department_name, day(self.requested_on)]
        yield "배심원단", [self.jury_name, day(self.jury_on), *self._votes()]
        yield "시장 결정", [day(self.decided_on), self.decided_as]

    def _votes(self):
        if self.votes_for is None:
            return []
        totals = f"찬성 {self.votes_for}, 반대 {self.votes_against}, 기권 {self.votes_abstain}"
        return [f"출석 {self.attendance}명", totals]

    @property
    def change_text(self):
        """Return every difference as one text, for the sheet."""
        return "\n".join(
            f"{line['label']}: {line['before'] or '없음'} → {line['after'] or '없음'}"
            for line in self.lines
        )

    @property
    def procedure_text(self):
        """Return the procedure as one text, for the sheet."""
        return "\n".join(f"{step}: {' · '.join(texts)}" for step, texts in self.procedure)


class ChangedPledge(AppendOnly):
    """A pledge in a line of the register, with its part in it: this is also the lineage of pledges.

    `pledge` is blank for one that never stood in this system; the names are copies.
    """

    class Part(models.TextChoices):
        CHANGED = "changed", "변경됨"
        KEPT = "kept", "통합하여 남음"
        ABSORBED = "absorbed", "통합되어 없어짐"
        EXCLUDED = "excluded", "제외됨"
        DIVIDED = "divided", "분리됨"
        NEW = "new", "분리되어 생김"

    record = models.ForeignKey(ChangeRecord, models.PROTECT, related_name="pledges")
    pledge = models.ForeignKey(Pledge, models.PROTECT, null=True, related_name="change_parts")
    part = models.CharField("구실", max_length=10, choices=Part)
    number = models.CharField("관리번호", max_length=20, blank=True)
    title_before = models.CharField("당초 공약명", max_length=200, blank=True)
    title_after = models.CharField("변경 공약명", max_length=200, blank=True)
    election_wording = models.TextField("선거공보 문안", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "변경된 공약"
        ordering = ["pk"]


class PledgeCount(models.Model):
    """How many pledges there were on a day, as it was announced: 67, then 66 (domain.md §1.4)."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="counts", verbose_name="임기")
    on = PartialDateField("때", blank=False)
    label = models.CharField("이름", max_length=20, help_text="예: 발표, 확정")
    number = models.PositiveSmallIntegerField("공약 수")
    source = models.CharField("출처", max_length=200)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "공약 수의 변화"
        ordering = ["term", "on"]
        constraints = [
            models.UniqueConstraint(fields=["term", "on"], name="one_pledge_count_per_day")
        ]

    def __str__(self):
        return f"{self.label} {self.number}건"
