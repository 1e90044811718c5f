"""Ⅰ 총괄현황 of the pledge report: the rate, fields, statuses, departments, money (domain.md §9.4)."""

from pledges import rates
from pledges.models import RatePolicy
from reporting import documents as d
from reporting import formats

from . import figures

GROUP_LABELS = {
    rates.FULFILLED: "완료",
    rates.IN_PROGRESS: "추진중",
    rates.SET_ASIDE: "보류·폐기",
}


def part(book):
    """Return the blocks of part Ⅰ."""
    return [
        d.Part("총괄현황"),
        *_rate(book),
        *_fields(book),
        *_statuses(book),
        *_departments(book),
        *_money(book),
    ]


def rounding_note(rounding):
    """Say how 공약이행률 is counted and rounded (domain.md §1.3)."""
    text = f"공약이행률 = (종료 + 이행후 계속추진) ÷ 전체 공약 수 × 100, {rounding.label}"
    if rounding.mode == RatePolicy.Mode.TRUNC_COMPLEMENT:
        text += ". 추진중은 100%에서 완료와 그 밖을 뺀 나머지"
    return text


def _rate(book):
    groups, counts = book.groups, figures.status_counts(book.rows)
    done = ", ".join(f"{figures.status_label(s)} {counts[s]}" for s in rates.FULFILLED)
    going = ", ".join(f"{figures.status_label(s)} {counts[s]}" for s in rates.IN_PROGRESS)
    blocks = [
        d.Heading(f"공약이행률: {rates.show(groups.fulfilled_rate)}"),
        d.Item(f"완료 {groups.fulfilled}건({done}) ÷ 전체 {groups.total}건"),
        d.Item(f"추진중 {groups.in_progress}건({going}): {rates.show(groups.in_progress_rate)}"),
    ]
    if groups.set_aside + groups.unreported:
        blocks.append(
            d.Item(
                f"보류·폐기 {groups.set_aside}건, 미보고 {groups.unreported}건: "
                f"{rates.show(groups.set_aside_rate)}"
            )
        )
    return [*blocks, *_notes(book)]


def _notes(book):
    notes = [d.Note(rounding_note(book.rounding))]
    if book.publication is None:
        notes.append(
            d.Note(f"미공표 자료: 전체 {len(book.rows)}건 가운데 {book.approved}건이 승인됨")
        )
    elif book.publication.reason:
        notes.append(
            d.Note(f"제{book.publication.revision}판에서 바꾼 내용: {book.publication.reason}")
        )
    if book.unreported:
        notes.append(
            d.Note(f"이번 기간 미보고 {len(book.unreported)}건은 마지막으로 승인된 내용으로 셈")
        )
    whole = sum(row.demo == "all" for row in book.rows)
    names = sum(row.demo == "details" for row in book.rows)
    if whole or names:
        notes.append(
            d.Note(f"예시 자료: 모두 (예시)인 공약 {whole}건, 이름만 실제인 공약 {names}건")
        )
    return notes


# --- 분야별 -------------------------------------------------------------------------------------
def _fields(book):
    fields = figures.by_field(book)
    return [
        d.Heading("분야별 현황"),
        d.Item(f"{len(fields)}대 분야 {len(book.rows)}개 세부사업"),
        field_table(book),
        _chart(book, fields),
    ]


def field_table(book):
    """Return the plan's table: the total first, then the pledges of each field."""
    fields = figures.by_field(book)
    return d.Table(
        [d.Column("총계", "count"), *(d.Column(f["name"], "count", 14) for f, _ in fields)],
        [(len(book.rows), *(len(rows) for _, rows in fields))],
        unit="단위: 건",
    )


def _chart(book, fields):
    groups = []
    for f, rows in fields:
        counts = figures.status_counts(rows)
        parts = [
            d.ChartRow(figures.status_label(s), counts[s], str(s) or "neutral")
            for s in figures.shown_statuses(book.rows)
        ]
        groups.append(d.ChartGroup(f["name"], parts))
    return d.ChartBlock(
        "분야별 이행도",
        "stacked",
        groups,
        table=_matrix("분야", [("총계", book.rows), *((f["name"], r) for f, r in fields)], book),
        unit="건",
    )


def _matrix(label, lines, book):
    """Return a table of lines × statuses, the total first, each line with its 이행률."""
    shown = figures.shown_statuses(book.rows)
    rows = []
    for name, pledges in lines:
        counts = figures.status_counts(pledges)
        rate = rates.groups((p.status for p in pledges), book.rounding).fulfilled_rate
        rows.append((name, len(pledges), *(counts[s] for s in shown), rate))
    columns = [
        d.Column(label, width=24, header=True),
        d.Column("총계", "count", 9),
        *(d.Column(figures.status_label(s), "count", 12) for s in shown),
        d.Column("이행률", "percent", 11, align="center"),
    ]
    return d.Table(columns, rows, unit="단위: 건", total_first=True)


# --- 이행도별 -----------------------------------------------------------------------------------
def _statuses(book):
    return [
        d.Heading(f"이행도별 현황({formats.day(book.period.as_of)} 현재)"),
        status_table(book),
    ]


def status_table(book):
    """Return the plan's table: two header rows, the groups' rates in the header, zero as `.`."""
    groups, counts = book.groups, figures.status_counts(book.rows)
    shown = figures.shown_statuses(book.rows)
    shares = [
        (rates.FULFILLED, groups.fulfilled_rate),
        (rates.IN_PROGRESS, groups.in_progress_rate),
    ]
    columns = [d.Column("총계", "count", 10)]
    for statuses, share in shares:
        label = f"{GROUP_LABELS[statuses]}({rates.show(share)})"
        columns.append(d.Column(label, children=_leaves(statuses)))
    others = [s for s in shown if s in rates.SET_ASIDE or not s]
    if others:
        label = f"그 밖({rates.show(groups.set_aside_rate)})"
        columns.append(d.Column(label, children=_leaves(others)))
    columns.append(d.Column("비고", width=10))
    leaves = [*rates.FULFILLED, *rates.IN_PROGRESS, *others]
    row = (groups.total, *(counts[s] for s in leaves), None)
    return d.Table(columns, [row], unit="단위: 건")


def _leaves(statuses):
    return [d.Column(figures.status_label(s), "count", 14) for s in statuses]


# --- 부서별 -------------------------------------------------------------------------------------
def _departments(book):
    lines = [("총계", book.rows)]
    lines += [(name, rows) for _, name, rows in figures.by_department(book)]
    return [
        d.Heading("부서별 현황"),
        d.Item(f"주관부서 {len(lines) - 1}개"),
        _matrix("주관부서", lines, book),
    ]


# --- 재정 ---------------------------------------------------------------------------------------
def _money(book):
    lines = figures.money(book.rows)
    table = d.Table(
        [
            d.Column("재원", width=16, header=True),
            d.Column("총계획", "amount", 14),
            d.Column("임기 내 계획", "amount", 14),
            d.Column("확보", "amount", 14),
            d.Column("집행", "amount", 14),
            d.Column("확보율", "percent", 14),
            d.Column("집행률", "percent", 14),
        ],
        [
            (
                m.label,
                m.planned,
                m.planned_in_term,
                m.secured,
                m.spent,
                m.secured_rate,
                m.spent_rate,
            )
            for m in lines
        ],
        unit="단위: 백만원",
        total_first=True,
    )
    return [d.Heading("재정 현황"), table, *_money_notes(book.rows)]


def _money_notes(rows):
    notes = [
        d.Note("확보율 = 확보 ÷ 임기 내 계획, 집행률 = 집행 ÷ 확보(소수 2자리까지 반올림)"),
    ]
    without = sum(not figures.knows_money(row) for row in rows)
    if without:
        notes.append(
            d.Note(
                f"계획액이나 확보액을 모르는 {without}건은 확보율에서 뺌. 빈칸은 알 수 없음을 뜻함"
            )
        )
    unspent = sum(figures.knows_money(row) and row.spent is None for row in rows)
    if unspent:
        notes.append(d.Note(f"집행액을 모르는 {unspent}건은 집행률에서 뺌"))
    return notes
