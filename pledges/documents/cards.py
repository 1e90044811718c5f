"""공약 관리카드: one pledge with its plan and its quarter (domain.md §1.6)."""

from django.conf import settings

from pledges.models import YearSlot
from reporting import documents as d
from reporting import formats

FUNDING = "재정투자계획(단위: 백만원, 연도별 금액은 계획)"  # one line saves the card a page
DEMO_NOTES = {
    "all": "이 카드의 내용은 모두 (예시)임.",
    "details": "공약명만 실제이고 나머지 내용은 (예시)임.",
}


def card_document(row, term):
    """Return one pledge's card as a document of its own; `term` names the programme."""
    period = row.publication.period if row.publication_id else None
    return d.Document(
        title=f"{row.number} {row.title}",
        subtitle=f"{term.name} 공약 관리카드" + (f" · {period}" if period else ""),
        as_of=f"{formats.day(period.as_of)} 현재" if period else "",
        department=settings.OFFICE_NAME,
        summary=_summary(row, term),
        keywords=("공약", term.name, row.field_name, row.title),
        draft=period is None,
        blocks=card_blocks(row),
    )


def card_blocks(row):
    """Return the blocks of one card, without its heading; parts without content are left out."""
    card = row.card
    note = [d.Note(DEMO_NOTES[row.demo])] if row.demo in DEMO_NOTES else []
    return [
        *note,
        d.Facts(_facts(row, card)),
        *_targets(card.get("targets", [])),
        *_milestones(card.get("milestones", [])),
        *_funding(card.get("funding", [])),
        *_quarter(row),
    ]


def _summary(row, term):
    status = row.get_status_display() or "미보고"
    return f"{term.name} {row.field_name} 분야 공약. 주관부서 {row.department_name}, 이행상태 {status}."


def _facts(row, card):
    kinds = " · ".join(kind for kind in card.get("kinds", []) if kind)
    dates = [formats.partial(card.get(name)) for name in ("starts", "ends")]
    span = " ~ ".join(dates).strip() if any(dates) else ""
    wide = [
        ("위치", card.get("location")),
        ("규모·대상", card.get("scope")),
        ("선거공보 문안", card.get("election_wording")),
        ("공약 내용", card.get("content")),
        ("최종 목표", card.get("final_goal")),
        ("기대효과", card.get("expected_effect")),
    ]
    return [
        d.Fact("관리번호", row.number),
        d.Fact("분야", row.field_full_name or row.field_name),
        d.Fact("주관부서", f"{row.department_name} {row.department_phone}".strip()),
        d.Fact("협조부서", row.cooperating or "없음"),
        d.Fact("사업구분", kinds),
        d.Fact("사업기간", span),
        *(d.Fact(label, text, wide=True) for label, text in wide if text),
    ]


def _targets(targets):
    """Return the yearly targets side by side, so that a card keeps to one page."""
    if not targets:
        return []
    columns = [d.Column(t["label"], align="left") for t in targets]
    return [d.Heading("연차별 이행목표"), d.Table(columns, [[_target(t) for t in targets]])]


def _target(target):
    amount = f"{target['amount']}{target['unit']}" if target["amount"] is not None else ""
    return target["text"] if amount in target["text"] else f"{target['text']} ({amount})"


def _milestones(steps):
    """Return the steps side by side, when planned and when done."""
    if not steps:
        return []
    columns = [d.Column("구분", header=True, width=7), *(d.Column(s["title"]) for s in steps)]
    rows = [
        [label, *(formats.partial(s[name]) for s in steps)]
        for label, name in (("계획", "planned"), ("완료", "actual"))
    ]
    return [d.Heading("이행절차"), d.Table(columns, rows)]


def _funding(lines):
    if not lines:
        return []
    columns = [
        d.Column("재원", width=12, header=True),
        d.Column("총계", "amount", 10),
        *(d.Column(label, "amount", 10) for label in YearSlot.labels),
        d.Column("확보", "amount", 10),
        d.Column("집행", "amount", 10),
    ]
    rows = [
        (
            line["label"],
            line["planned"],
            *(line["years"].get(slot) for slot in YearSlot.values),
            line["secured"],
            line["spent"],
        )
        for line in lines
    ]
    return [
        d.Heading(FUNDING),
        d.Table(columns, rows, total_first=True),
    ]


def _quarter(row):
    """Return what was reported: status, progress, texts; the period named when it is an earlier one."""
    when = f"({row.reported_in})" if row.reported_in else ""
    progress = "" if row.progress_pct is None else f" (추진율 {row.progress_pct}%)"
    target = {True: "달성", False: "미달성", None: "판단하지 않음"}[row.target_met]
    status = f"{row.get_status_display()}{progress}" if row.status else "미보고"
    facts = [d.Fact("이행상태", status), d.Fact("올해 목표", target)]
    texts = [
        ("추진실적", row.done),
        ("문제점", row.problems),
        ("대책", row.countermeasures),
        ("향후계획", row.next_plans),
    ]
    facts += [d.Fact(label, text, wide=True) for label, text in texts if text]
    return [d.Heading(f"추진상황{when}"), d.Facts(facts)]
