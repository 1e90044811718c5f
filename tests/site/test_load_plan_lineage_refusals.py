"""A register that does not make up the difference of 67 and 66 is not loaded; a jury only in the demo."""

import pytest

from pledges.models import Adjustment, ChangeRecord, JuryPanel

from .test_load_plan import load, row_counts
from .test_load_plan_refusals import change, data, refusal  # noqa: F401

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
