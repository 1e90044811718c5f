"""The quarterly entry form of a pledge: one page, one save, figures as people type them."""

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
from .models import Evidence, MilestoneReport, PledgeReport, Source, Spending, Status

TEXTS = ("done", "problems", "countermeasures", "next_plans")
MET = [("", "아직 판단하지 않음(또는 올해 목표 없음)"), ("true", "이룸"), ("false", "아직")]


def spent_field(label):
    """Return the field of one source's spending of the year (백만원)."""
    return FigureField(label=label, min_value=0, max_value=2_000_000_000, required=False)


def step_field(label, **more):
    """Return the field of the day, month or year in which a step was done."""
    return PartialDateFormField(label=label, required=False, max_length=20, **more)


class Checkbox(forms.CheckboxInput):
    """A tick that says which sentences stood beside it: its value is their marks (`guard.marks`)."""

    def __init__(self, covers):
        super().__init__()
        self.covers = covers  # () -> the marks of today's sentences; asked only when it is drawn

    def get_context(self, name, value, attrs):
        """Draw the tick set only where what was ticked covers all that stands beside it now."""
        covers = self.covers()
        is_set = bool(covers) and set(covers.split()) <= set((value or "").split())
        context = super().get_context(name, is_set, attrs)
        context["widget"]["value"] = covers
        return context

    def value_from_datadict(self, data, files, name):
        """Return the marks as sent; a page without the tick sends none."""
        return data.get(name, "")


class PledgeReportForm(forms.ModelForm):
    """이행상태, 추진율, 글, 재원별 집행, 이행절차 완료, 증빙; blank is allowed until it is handed in."""

    reason = ""  # why, in the history; blank for ordinary entry

    status = forms.ChoiceField(
        label="이행상태", choices=[("", "고르세요"), *Status.choices], required=False
    )
    status_reason = CleanTextField(
        label="상태 사유",
        required=False,
        max_length=2000,
        help_text="완료로 본 근거, 늦어진 까닭 따위. 검토하는 사람이 읽으며 시민에게는 보이지 않습니다.",
    )
    progress_pct = FigureField(
        label="추진율(%)",
        min_value=0,
        max_value=100,
        required=False,
    )
    target_met = forms.TypedChoiceField(
        label="올해 목표 달성",
        choices=MET,
        required=False,
        coerce={"true": True, "false": False}.get,
        empty_value=None,
    )
    done = CleanTextField(label="추진실적", required=False, max_length=4000)
    problems = CleanTextField(label="문제점", required=False, max_length=2000)
    countermeasures = CleanTextField(label="대책", required=False, max_length=2000)
    next_plans = CleanTextField(label="향후계획", required=False, max_length=2000)
    evidence = EvidenceField()
    acknowledge = forms.CharField(
        label="살펴볼 점을 확인했으며 그대로 냅니다",
        required=False,
        max_length=500,
        widget=forms.HiddenInput,
    )

    class Meta:
        model = PledgeReport
        fields = ["status", "status_reason", "progress_pct", "target_met", *TEXTS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "target_met" not in (kwargs.get("initial") or {}):
            met = {True: "true", False: "false", None: ""}
            self.initial["target_met"] = met[self.instance.target_met]
        self._add_spending()
        self._add_milestones()
        self._add_tick()

    def _add_spending(self):
        amounts = {s.source: s.amount for s in self.instance.spending.all()}
        for source, label in Source.choices:
            name = f"spent_{source}"
            self.fields[name] = spent_field(f"{label} (백만원)")
            self.initial.setdefault(name, amounts.get(source))

    def _add_milestones(self):
        self.steps = list(self.instance.pledge.milestones.all())
        actual = {m.milestone_id: m.actual for m in self.instance.milestones.all()}
        for step in self.steps:
            name = f"step_{step.pk}"
            planned = f"계획 {partial(step.planned)}" if step.planned else ""
            self.fields[name] = step_field(step.title, help_text=planned)
            self.initial.setdefault(name, actual.get(step.pk, ""))

    def _add_tick(self):
        """Show the tick as it is stored; which sentences it has to cover is asked when it is drawn."""
        self.initial.setdefault("acknowledge", guard.marks(self.instance.acknowledged))
        sent = self.data.get("acknowledge", "") if self.is_bound else ""
        field = self.fields["acknowledge"]
        field.widget = Checkbox(lambda: guard.marks(self.warnings))
        field.choices = [(t, "확인함") for t in (self.initial["acknowledge"], sent) if t]

    @cached_property
    def warnings(self):
        """Return the sentences that the tick must cover, as the report is stored now."""
        return guard.look([self.instance])[self.instance.pk].warnings

    def raw_label(self):
        """Return the label of the choice; a form filled from a paper keeps the paper's words."""
        return self.instance.get_status_display() if self.instance.status else ""

    @property
    def spending_fields(self):
        """Return the bound fields of the sources, for the template."""
        return [self[f"spent_{source}"] for source in Source.values]

    @property
    def milestone_fields(self):
        """Return (step, bound field) pairs, for the template."""
        return [(step, self[f"step_{step.pk}"]) for step in self.steps]

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
        report.status_raw = self.raw_label()
        keep_version(report, report.version, by=by, reason=self.reason)
        spent = {row.source: row for row in report.spending.all()}
        for source in Source.values:
            row = spent.get(source) or Spending(report=report, source=source)
            self._keep_row(row, "amount", f"spent_{source}", by)
        done = {row.milestone_id: row for row in report.milestones.all()}
        for step in self.steps:
            row = done.get(step.pk) or MilestoneReport(report=report, milestone=step)
            self._keep_row(row, "actual", f"step_{step.pk}", by)
        self._keep_evidence(by)
        # What was read beside the locked row is older than what is written now.
        getattr(report, "_prefetched_objects_cache", {}).clear()
        self._keep_tick(by)
        return report

    def _keep_row(self, row, field, name, by):
        """Write one row of figures only where it changed, so that history tells changes only."""
        value = self.cleaned_data[name]
        if (row.pk is None and value in (None, "")) or (row.pk and getattr(row, field) == value):
            return
        setattr(row, field, value)
        keep(row, by=by, reason=self.reason)

    def _keep_evidence(self, by):
        if not self.is_new_file:
            return
        upload = self.cleaned_data["evidence"]
        row = Evidence(
            report=self.instance,
            name=upload.name[-200:],
            size=upload.size,
            sha256=digest(upload),
            by=by,
        )
        row.file = upload
        keep(row, by=by)

    def _keep_tick(self, by):
        """Write which of the warnings, as they stand after this save, the tick covers."""
        report, sent = self.instance, self.cleaned_data["acknowledge"]
        warnings = guard.look([report])[report.pk].warnings if sent else ()
        kept = guard.ticked(warnings, sent)
        if kept != report.acknowledged:
            report.acknowledged = kept
            keep(report, by=by, reason=self.reason)
