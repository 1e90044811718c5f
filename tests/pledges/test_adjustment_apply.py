"""What a decided adjustment does to pledges and open items, and that the register says what was decided."""

import pytest

from accounts.models import Department
from pledges.changes import applying
from pledges.changes.workflow import take
from pledges.models import ChangedPledge, ChangeRecord, Funding, Pledge
from reporting.marks import public_number
from reporting.models import Submission
from reporting.workflow import Refused
from tests import change_makers as makers
from tests import factories


@pytest.fixture
def session(quarter, people):
    panel = makers.make_panel(people["strategy"], Pledge.objects.first().term)
    return makers.make_session(people["strategy"], panel)


@pytest.fixture
def applied(people, session):
    """Return a function that writes an adjustment and takes it all the way; returns its register line."""

    def _applied(**more):
        row = makers.make_adjustment(people["writer"], **more)
        return makers.bring(row, people, session, "applied").record

    return _applied


def pledge(number):
    return Pledge.objects.get(number=number)


def parts(record):
    return [(p.part, p.number, p.title_before, p.title_after) for p in record.pledges.all()]


def test_a_new_name(applied, people):
    before = public_number()
    record = applied()
    row = pledge("1-1")
    assert (row.title, row.wording_by, row.version) == ("시민이 걷는 길", record.adjustment, 2)
    assert row.history.first().history_user == people["strategy"]
    assert row.history.first().history_change_reason.startswith("조정: 명칭변경 1-1")
    assert parts(record) == [("changed", "1-1", "(예시) 공약 1-1", "시민이 걷는 길")]
    assert public_number() > before
    item = Submission.objects.get(period__code="2019-q2", code="1-1")
    assert item.title == "시민이 걷는 길"
    assert Submission.objects.get(period__code="2019-q1", code="1-1").title == "(예시) 공약 1-1"


def test_new_content_dates_place_and_money(applied):
    funding = {"national": 700, "municipal": 300}
    after = {"content": "4km 길", "final_goal": "개통", "ends": "2022-06", "location": "취암동"}
    record = applied(kind="content", after={**after, "funding": funding, "funding_year": "2020"})
    row = pledge("1-1")
    assert {name: getattr(row, name) for name in after} == after
    assert row.title == "(예시) 공약 1-1"
    planned = {(f.source, f.year): f.planned for f in row.funding.all()}
    assert planned == {
        ("national", "2019"): 500,
        ("municipal", "2019"): 300,
        ("national", "2020"): 200,
    }
    assert [(x["label"], x["before"], x["after"]) for x in record.lines] == [
        ("공약 내용", "", "4km 길"),
        ("최종 목표", "", "개통"),
        ("완료(예정)", "2021.", "2022. 6."),
        ("위치", "", "취암동"),
        ("총사업비 국비(백만원)", "500", "700"),
    ]


def test_money_that_would_fall_below_nothing_is_not_applied(people, session):
    after = {"funding": {"national": 100}, "funding_year": "2020"}
    row = makers.make_adjustment(people["writer"], kind="content", after=after)
    makers.bring(row, people, session, "decided")
    with pytest.raises(Refused, match="0보다 작아집니다"):
        take("apply", row, by=people["strategy"])
    assert not Funding.objects.filter(year="2020").exists()


def test_an_exclusion_leaves_the_open_item_owed_and_the_next_period_without_it(applied, people):
    record = applied(kind="exclude", after={})
    assert pledge("1-1").is_active is False
    assert (record.effect, parts(record)) == (
        -1,
        [("excluded", "1-1", "(예시) 공약 1-1", "")],
    )
    item = Submission.objects.get(period__code="2019-q2", code="1-1")
    assert item in applying.open_items(record.adjustment)
    factories.hand_in(item, people["writer"])
    days = [d.replace(month=10) for d in (factories.Q2_OPENS, factories.Q2_DUE)]
    third = factories.make_period(people["strategy"], 3, *days, factories.Q2_AS_OF.replace(month=9))
    assert set(third.submissions.values_list("code", flat=True)) == {"1-2", "2-1"}


def test_a_merger_keeps_one_and_lets_the_others_go(applied):
    record = applied(
        kind="merge", after={"title": "큰 길"}, absorbed=[pledge("1-2"), pledge("2-1")]
    )
    assert pledge("1-1").title == "큰 길"
    assert [pledge(n).is_active for n in ("1-1", "1-2", "2-1")] == [True, False, False]
    assert record.effect == -2
    assert parts(record) == [
        ("kept", "1-1", "(예시) 공약 1-1", "큰 길"),
        ("absorbed", "1-2", "(예시) 공약 1-2", ""),
        ("absorbed", "2-1", "(예시) 공약 2-1", ""),
    ]
    assert record.lines[0] == {
        "label": "통합되는 공약 1-2",
        "before": "(예시) 공약 1-2",
        "after": "1-1 큰 길에 통합",
    }


def test_a_division_makes_new_pledges_with_their_origin(applied):
    words = [
        {"title": "걷는 길", "content": "", "final_goal": "2km"},
        {"title": "타는 길", "content": "자전거", "final_goal": ""},
    ]
    record = applied(kind="split", after={"title": "남은 길", "parts": words})
    assert [(p.number, p.title, p.final_goal, p.lead_department.name) for p in new(record)] == [
        ("1-3", "걷는 길", "2km", "도로과"),
        ("1-4", "타는 길", "", "도로과"),
    ]
    assert (record.effect, pledge("1-1").title) == (2, "남은 길")
    assert [part for part, *_ in parts(record)] == ["divided", "new", "new"]


def new(record):
    return [p.pledge for p in record.pledges.filter(part=ChangedPledge.Part.NEW)]


def test_the_register_says_what_was_decided_and_by_whom(applied):
    record = applied()
    assert (record.kind, record.reason, record.changed_on) == (
        "rename",
        makers.WHY["reason"],
        "2019-07-03",
    )
    assert record.procedure == [
        ("요청", ["도로과", "2019. 7. 3."]),
        (
            "배심원단",
            ["2019년 주민배심원단 1차 회의", "2019. 6. 28.", "출석 3명", "찬성 2, 반대 1, 기권 0"],
        ),
        ("시장 결정", ["2019. 7. 2.", "전략기획실-1"]),
    ]


def test_the_register_is_a_copy_and_does_not_follow_later_changes(applied):
    record = applied()
    Department.objects.filter(name="도로과").update(name="건설과")
    makers.reword(pledge("1-1"), title="또 다른 이름")
    record = ChangeRecord.objects.get(pk=record.pk)
    assert (record.department_name, record.pledge_titles) == ("도로과", "시민이 걷는 길")


def test_lines_are_numbered_from_one_without_gaps_in_each_term(applied, people, session):
    stale = makers.make_adjustment(people["writer"], number="1-2")
    makers.bring(stale, people, session, "decided")
    makers.reword(pledge("1-1"), location="x")
    Pledge.objects.filter(number="1-2").update(location="옮긴 곳")
    with pytest.raises(Refused, match="공약이 바뀌었습니다"):
        take("apply", stale, by=people["strategy"])
    applied()
    makers.step("return", stale, people, session)
    makers.step("withdraw", stale, people, session)
    applied(number="1-2", after={"title": "둘째 길"})
    assert list(ChangeRecord.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_pledge_changed_meanwhile_stops_the_change(people, session):
    row = makers.make_adjustment(people["writer"])
    makers.bring(row, people, session, "decided")
    Funding.objects.filter(pledge=row.pledge).update(planned=9)
    with pytest.raises(Refused, match="공약이 바뀌었습니다"):
        take("apply", row, by=people["strategy"])
    assert pledge("1-1").title == "(예시) 공약 1-1"
