"""The columns of the three worksheets; limits and cleaning are those of the entry form's fields."""

from reporting.cells import DateColumn, Fact, FigureColumn, Table, TextColumn

from ..forms import TEXTS, WorkReportForm, spent_field, step_field

REPORT, STEPS, SPENDING = "report", "steps", "spending"
FIELDS = WorkReportForm.base_fields
COLUMNS = tuple(
    TextColumn(name, FIELDS[name].label, FIELDS[name], width=44 if name == "done" else 32)
    for name in TEXTS
)
STEP = DateColumn("actual", "완료", step_field("완료"), width=16)
SPENT = FigureColumn("amount", "올해 집행", spent_field("올해 집행"), unit="백만원", width=18)
NAMED = Fact("번호", 11), Fact("순서", 6), Fact("업무·사업", 30)
FACTS = Fact("번호", 11), Fact("업무·사업", 30), Fact("제출상태", 10)
STEP_FACTS = *NAMED, Fact("일정", 34), Fact("계획", 22)
SPENDING_FACTS = *NAMED, Fact("재원", 10), Fact("올해 예산(백만원)", 22)


def tables(period):
    """Return the three worksheets of a period."""
    return [
        Table(REPORT, "추진상황", FACTS, COLUMNS),
        Table(STEPS, "추진일정", STEP_FACTS, (STEP,), ids=2),
        Table(SPENDING, "집행", SPENDING_FACTS, (SPENT,), ids=2),
    ]
