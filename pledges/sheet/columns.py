"""The columns of the two worksheets; limits and cleaning are those of the entry form's fields."""

from reporting.cells import ChoiceColumn, DateColumn, Fact, FigureColumn, Table, TextColumn

from ..forms import MET, PledgeReportForm, spent_field, step_field
from ..models import Source, Status

REPORT, STEPS = "report", "steps"
FIELDS = PledgeReportForm.base_fields
SPENT = "spent_"
COLUMNS = (
    ChoiceColumn(
        "status", "이행상태", FIELDS["status"], labels=tuple(Status.choices), also=(("", ""),)
    ),
    TextColumn("status_reason", "상태 사유", FIELDS["status_reason"], width=32),
    FigureColumn("progress_pct", "추진율", FIELDS["progress_pct"], unit="%", width=11),
    ChoiceColumn(
        "target_met",
        "올해 목표 달성",
        FIELDS["target_met"],
        labels=((True, "이룸"), (False, "아직")),
        also=((MET[0][1], None), ("", None)),
        last=False,
        width=11,
    ),
    TextColumn("done", "추진실적", FIELDS["done"]),
    TextColumn("problems", "문제점", FIELDS["problems"], width=32),
    TextColumn("countermeasures", "대책", FIELDS["countermeasures"], width=32),
    TextColumn("next_plans", "향후계획", FIELDS["next_plans"], width=32),
    *(
        FigureColumn(
            f"{SPENT}{source}", f"올해 집행 {label}", spent_field(label), unit="백만원", width=16
        )
        for source, label in Source.choices
    ),
)
OWN = [column.name for column in COLUMNS if not column.name.startswith(SPENT)]
STEP = DateColumn("actual", "완료", step_field("완료"), width=16)
FACTS = Fact("번호", 9), Fact("공약명", 30), Fact("제출상태", 10)
STEP_FACTS = (
    Fact("번호", 9),
    Fact("순서", 6),
    Fact("공약명", 30),
    Fact("절차", 34),
    Fact("계획", 13),
)


def tables(period):
    """Return the two worksheets of a period."""
    return [
        Table(REPORT, "공약", FACTS, COLUMNS),
        Table(STEPS, "이행절차", STEP_FACTS, (STEP,), ids=2),
    ]
