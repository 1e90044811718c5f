"""업무 인계서: open returns, deadlines and promises of what goes over to a successor."""

import datetime

from reporting import formats
from reporting.documents.lines import Heading, Item, Note
from reporting.documents.tables import Column, Fact, Facts, Table
from reporting.documents.whole import Document


def handover_document(handover, content):
    """Return the document of a hand-over; `content` is what `handovers.content_of` gathered."""
    return Document(
        title="업무 인계서",
        subtitle=f"{handover.from_person} → {handover.successor} ({handover.state_label})",
        department=str(handover.department),
        date=handover.effective_on,
        summary=_summary(handover, content),
        keywords=("업무 인계", str(handover.department)),
        blocks=[
            *_head(handover, content),
            *_returns(content),
            *_deadlines(content),
            *_promises(content),
        ],
    )


def _summary(handover, content):
    return (
        f"{formats.day(handover.effective_on)} {handover.from_person}의 업무 {len(content['items'])}건을 "
        f"{handover.successor}에게 넘김. 열린 반려 {len(content['returns'])}건, "
        f"아직 승인되지 않은 항목 {len(content['deadlines'])}건, "
        f"약속한 일 {len(content['promises'])}건."
    )


def _head(handover, content):
    facts = [
        Fact("넘기는 사람", content["from"]),
        Fact("넘겨받는 사람", content["to"]),
        Fact("부서", str(handover.department)),
        Fact("넘기는 날", formats.day(handover.effective_on)),
        Fact("남기는 말", handover.note or "없음", wide=True),
    ]
    items = content["items"]
    return [
        Facts(facts, "인계 개요"),
        Heading(f"넘기는 업무 {len(items)}건"),
        *(Item(name) for name in items),
    ]


def _returns(content):
    columns = [
        Column("항목", width=22, header=True),
        Column("보고기간", width=12),
        Column("전략기획실의 말", width=36),
        Column("다시 낼 기한", "date", 12),
    ]
    rows = [
        (r["name"], r["period"], f"{r['words']}\n– {r['by']}, {_day(r['on'])}", _date(r["due_on"]))
        for r in content["returns"]
    ]
    return [
        Heading(f"열린 반려 {len(rows)}건"),
        Table(columns, rows, "열린 반려", empty="열린 반려가 없습니다.", sheet="열린 반려"),
    ]


def _deadlines(content):
    columns = [
        Column("항목", width=30, header=True),
        Column("보고기간", width=14),
        Column("상태", width=10, align="center"),
        Column("제출 기한", "date", 12),
    ]
    rows = [(r["name"], r["period"], r["state"], _date(r["due_on"])) for r in content["deadlines"]]
    return [
        Heading(f"기한이 있는 항목 {len(rows)}건"),
        Table(columns, rows, "기한", empty="아직 내지 않은 항목이 없습니다.", sheet="기한"),
    ]


def _promises(content):
    columns = [
        Column("업무", width=22, header=True),
        Column("약속한 일", width=36),
        Column("언제까지", width=12, align="center"),
        Column("근거", width=14),
    ]
    rows = [(r["name"], r["text"], r["when"], r["source"]) for r in content["promises"]]
    return [
        Heading(f"약속한 일 {len(rows)}건"),
        Table(
            columns,
            rows,
            "약속한 일",
            merge_first=True,
            empty="적어 둔 약속이 없습니다.",
            sheet="약속한 일",
        ),
        Note("향후계획은 마지막으로 승인된 보고에서, 절차는 관리카드에서 가져왔습니다."),
    ]


def _date(text):
    return datetime.date.fromisoformat(text)


def _day(text):
    return formats.day(_date(text))
