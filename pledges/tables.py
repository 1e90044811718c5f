"""The columns of the citizens' pledge list and of its sheet."""

from reporting.tables import Column, Table

from .models import AdjustmentState, Status


class PledgeTable(Table):
    """Seven columns on the page; the sheet has the rest of the quarter, amounts in 백만원."""

    number = Column("번호", width=8, order_by="order")
    title = Column("공약명", width=36)
    field_name = Column("분야", width=16, order_by="field_order")
    department_name = Column("주관부서", width=18)
    status = Column(
        "이행상태", width=16, accessor="get_status_display", order_by="status", ranks=Status.values
    )
    progress_pct = Column("추진율(%)", "number", 9)
    completes_in = Column("완료(예정)", width=10)
    phone = Column("전화", accessor="department_phone", visible=False)
    cooperating = Column("협조부서", width=18, visible=False)
    is_core = Column("핵심공약", width=9, visible=False)
    planned = Column("총사업비(백만원)", "amount", visible=False)
    planned_in_term = Column("임기 내 계획(백만원)", "amount", visible=False)
    secured = Column("확보(백만원)", "amount", visible=False)
    spent = Column("집행(백만원)", "amount", visible=False)
    done = Column("추진실적", width=36, visible=False)
    problems = Column("문제점", width=24, visible=False)
    countermeasures = Column("대책", width=24, visible=False)
    next_plans = Column("향후계획", width=30, visible=False)
    reported_in = Column("보고한 기간", visible=False)
    demo = Column("예시 여부", width=16, accessor="get_demo_display", visible=False)
    as_of = Column("데이터기준일자", "date", accessor="publication__period__as_of", visible=False)


class ChangeTable(Table):
    """The public register of changes, with the columns of domain.md §1.7."""

    number = Column("연번", "number", 6)
    pledge_numbers = Column("관리번호", width=10)
    pledge_titles = Column("공약명", width=28)
    kind = Column("조정유형", width=10, accessor="get_kind_display", order_by="kind")
    change = Column("당초 → 변경", width=40, accessor="change_text", orderable=False)
    reason = Column("사유", width=28, orderable=False)
    procedure = Column("절차", width=30, accessor="procedure_text", orderable=False)
    changed_on = Column("변경일", width=12)
    before = Column("당초", width=30, accessor="before_text", visible=False)
    after = Column("변경", width=30, accessor="after_text", visible=False)
    term = Column("임기", accessor="term_name", visible=False)
    effect = Column("공약 수 증감", "number", 8, visible=False)
    is_demo = Column("예시", width=8, visible=False)


class AdjustmentTable(Table):
    """The adjustments as the office and departments follow them."""

    number = Column(
        "관리번호",
        width=8,
        accessor="pledge__number",
        order_by=("pledge__field__order", "pledge__serial"),
    )
    title = Column("공약명", width=36, orderable=False)
    kind = Column("조정유형", width=10, accessor="get_kind_display", order_by="kind")
    state = Column(
        "상태",
        width=12,
        accessor="get_state_display",
        order_by="state",
        ranks=AdjustmentState.values,
    )
    department = Column("요청 부서", width=18, accessor="department__name")
    requested_on = Column("요청일", "date", 11)
    reason = Column("사유", width=36, visible=False)
