"""67 announced, 66 confirmed: the register makes up the difference, or nothing is loaded."""

import pytest

from accounts.models import AccessLog
from pledges.models import Adjustment, ChangeRecord, Juror, JuryPanel, PledgeCount

from .test_load_plan import load, row_counts
from .test_load_plan_refusals import change, data, refusal  # noqa: F401


def test_the_counts_are_rows_with_their_source(plan_2019):
    assert list(PledgeCount.objects.values_list("on", "label", "number")) == [
        ("2018-09-14", "발표", 67),
        ("2018-12", "확정", 66),
    ]
    assert not PledgeCount.objects.filter(source="").exists()


def test_every_line_from_before_is_an_example_that_says_so(plan_2019):
    rows = ChangeRecord.objects.all()
    assert [row.number for row in rows.order_by("number")] == [1, 2, 3, 4, 5, 6]
    assert {(row.is_demo, row.reason.startswith("(예시) "), row.adjustment_id) for row in rows} == {
        (True, True, None)
    }
    assert sum(row.effect for row in rows) == -1


def test_the_demo_s_jury_is_an_example_with_a_login(plan_2019):
    panel = JuryPanel.objects.get()
    assert panel.name.startswith("(예시)") and panel.is_demo
    jurors = Juror.objects.select_related("person")
    assert jurors.count() == 30
    assert all(juror.person.name.startswith("(예시)") for juror in jurors)
    assert plan_2019["juror"].juror.number == 7
    assert AccessLog.objects.filter(what="배심원 개인정보 등록").count() == 30
    assert Adjustment.objects.get().state == "agenda"


SPOILS = [
    (lambda d: d["records"].pop(0), "공약 수: 발표 67 +0 = 67, 확정 66"),
    (lambda d: d["records"][0]["absorbed"].append("(예시) 또"), "발표 67 -2 = 65, 확정 66"),
    (lambda d: d["counts"][0].update(number=68), "발표 68 -1 = 67, 확정 66"),
    (lambda d: d["counts"][1].update(number=65), "확정 65, 자료 66"),
    (lambda d: d["records"][1].update(number="9-9"), "9-9은(는) 없는 공약입니다"),
    (lambda d: d["records"][1].update(kind="other"), "other은(는) 옮길 수 없습니다"),
    (lambda d: d["records"][1].update(reason="보고회"), "(예시) 표시가 없습니다"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("spoil", "sentence"), SPOILS)
def test_a_register_that_does_not_add_up_is_refused(data, spoil, sentence):  # noqa: F811
    before = row_counts()
    change(data / "changes.json", spoil)
    assert sentence in refusal(data)
    assert row_counts() == before


@pytest.mark.django_db
def test_jurors_without_the_mark_are_refused(data):  # noqa: F811
    change(data / "jury.json", lambda d: d["jurors"][0].update(name="홍길동"))
    assert "'홍길동'에 (예시) 표시가 없습니다" in refusal(data)


@pytest.mark.django_db
def test_outside_the_demo_there_is_no_jury(settings):
    settings.DEMO = False
    load()
    assert not JuryPanel.objects.exists() and not Adjustment.objects.exists()
    assert ChangeRecord.objects.count() == 6
