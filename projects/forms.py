"""The half-year entry form of a task or a project: texts, steps with the day of their end, money, files."""

from functools import cached_property

from django import forms

from reporting.fields import (
    CleanTextField,
    EvidenceField,
    FigureField,
    PartialDateFormField,
    digest,
)
from reporting.formats import partial
from reporting.history import keep, keep_version

from . import guard
from .formats import span
from .models import Source, StepReport, WorkEvidence, WorkReport, WorkSpending

TEXTS = ("done", "problems", "countermeasures", "next_plans")


def step_field(label):
    """Return the field of the day on which a step was done."""
    return PartialDateFormField(label=label, required=False, max_length=20)


def spent_field(label):
    """Return the field of one source's spending (백만원)."""
    return FigureField(label=label, min_value=0, max_value=2_000_000_000, required=False)


class WorkReportForm(forms.ModelForm):
    """추진실적, 문제점, 대책, 향후계획, 일정 완료, 재원별 집행, 증빙; blank is allowed until handed in."""

    reason = ""  # why, in the history; blank for ordinary entry

    done = CleanTextField(label="추진실적", required=False, max_length=4000)
    problems = CleanTextField(label="문제점", required=False, max_length=2000)
    countermeasures = CleanTextField(label="대책", required=False, max_length=2000)
    next_plans = CleanTextField(label="향후계획", required=False, max_length=2000)
    evidence = EvidenceField()

    class Meta:
        model = WorkReport
        fields = TEXTS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.facts = guard.facts_of([self.instance])[self.instance.pk]
        for milestone in self.facts.milestones:
            name = f"step_{milestone.pk}"
            self.fields[name] = step_field(f"{self.facts.title(milestone)} 완료")
            self.initial.setdefault(name, self.facts.done_now.get(milestone.pk, ""))
        for source in self.facts.sources:
            name = f"spent_{source}"
            self.fields[name] = spent_field(f"{Source(source).label} (백만원)")
            self.initial.setdefault(name, self.facts.this_year.get(source))

    @property
    def spending_fields(self):
        """Return the bound fields of the sources, for the template."""
        return [self[f"spent_{source}"] for source in self.facts.sources]

    @property
    def step_rows(self):
        """Return (title, planned, done before, bound field) of every step, for the template."""
        before = self.facts.done_before
        return [
            (
                self.facts.title(m),
                span(m.starts, m.ends, m.is_open),
                partial(before.get(m.pk, "")),
                self[f"step_{m.pk}"],
            )
            for m in self.facts.milestones
        ]

    @cached_property
    def is_new_file(self):
        """Say whether the evidence sent is not among the report's files yet."""
        upload = self.cleaned_data.get("evidence")
        return bool(upload) and not self.instance.evidence.filter(sha256=digest(upload)).exists()

    @property
    def is_news(self):
        """Say whether a valid form says anything that is not stored already."""
        return self.is_new_file or any(name != "evidence" for name in self.changed_data)

    def save(self, by):
        """Write what is new with history; raises `Stale` on a lost race. Nothing new writes nothing."""
        report = self.instance
        if not self.is_news:
            return report
        keep_version(report, report.version, by=by, reason=self.reason)
        spent = {row.source: row for row in WorkSpending.objects.filter(report=report)}
        for source in self.facts.sources:
            row = spent.get(source) or WorkSpending(report=report, source=source)
            self._keep_row(row, "amount", f"spent_{source}", by)
        done = {row.milestone_id: row for row in StepReport.objects.filter(report=report)}
        for milestone in self.facts.milestones:
            row = done.get(milestone.pk) or StepReport(report=report, milestone=milestone)
            self._keep_row(row, "actual", f"step_{milestone.pk}", by)
        self._keep_evidence(by)
        # What was read beside the locked row is older than what is written now.
        getattr(report, "_prefetched_objects_cache", {}).clear()
        return report

    def _keep_row(self, row, field, name, by):
        """Write one row only where it changed, so that history tells changes only."""
        value = self.cleaned_data[name]
        if (row.pk is None and value in (None, "")) or (row.pk and getattr(row, field) == value):
            return
        setattr(row, field, value)
        keep(row, by=by, reason=self.reason)

    def _keep_evidence(self, by):
        if not self.is_new_file:
            return
        upload = self.cleaned_data["evidence"]
        row = WorkEvidence(
            report=self.instance,
            name=upload.name[-200:],
            size=upload.size,
            sha256=digest(upload),
            by=by,
        )
        row.file = upload
        keep(row, by=by)
