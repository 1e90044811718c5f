"""The columns of the citizens' list of projects and of its sheet."""

from reporting.tables import Column, Table


class ProjectTable(Table):
    """Seven columns on the page; the sheet has the rest of the period, amounts in 백만원."""

    title = Column("사업명", width=36)
    task_number = Column("주요업무", "number", 9)
    kind = Column("종류", width=14, accessor="get_kind_display", order_by="kind")
    department_name = Column("부서", width=18)
    starts = Column("기간", width=16, accessor="span", order_by=("starts", "ends"))
    total_cost = Column("총사업비(백만원)", "amount")
    planned = Column("올해 예산(백만원)", "amount")
    programme = Column("묶는 사업", width=28, accessor="programme", visible=False)
    secured = Column("올해 확보(백만원)", "amount", visible=False)
    spent = Column("올해 집행(백만원)", "amount", visible=False)
    location = Column("위치", width=18, visible=False)
    done = Column("추진실적", width=36, visible=False)
    problems = Column("문제점", width=24, visible=False)
    countermeasures = Column("대책", width=24, visible=False)
    next_plans = Column("향후계획", width=30, visible=False)
    reported_in = Column("보고한 기간", visible=False)
    demo = Column("예시 여부", width=16, accessor="get_demo_display", visible=False)
    as_of = Column("데이터기준일자", "date", accessor="publication__period__as_of", visible=False)
