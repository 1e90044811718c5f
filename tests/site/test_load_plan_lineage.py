"""67 announced, 66 confirmed: the counts, the register before us and the demo's jury are loaded."""

from accounts.models import AccessLog
from pledges.models import Adjustment, ChangeRecord, Juror, JuryPanel, PledgeCount


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
