"""Loading into an empty database: refused when sums are wrong, on any day, without a demo."""

import io
import json
import shutil

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from pledges.models import PublishedPledge
from reporting.models import Period

from .test_load_plan import DATA, load, row_counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(tmp_path):
    """Return a copy of the data that a test may spoil."""
    return shutil.copytree(DATA, tmp_path / "2019")


def change(path, how):
    rows = json.loads(path.read_text("utf-8"))
    how(rows)
    path.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")


def refusal(data):
    with pytest.raises(CommandError) as refused:
        load(data=data)
    return str(refused.value)


def test_a_pledge_too_few_is_refused_with_the_difference_and_nothing_is_written(data):
    before = row_counts()
    change(data / "pledges" / "1.json", lambda cards: cards.pop())
    said = refusal(data)
    assert "세부사업 수: 자료 65, 계획 66, 차이 -1 (계획 258행)" in said
    assert "시민행복도시 사업 수: 자료 18, 계획 19, 차이 -1 (계획 257-258행)" in said
    assert row_counts() == before


def test_a_changed_status_is_refused_with_counts_and_rate(data):
    change(
        data / "reports-2019-q1" / "1.json", lambda reports: reports[0].update(status="일부추진")
    )
    said = refusal(data)
    assert "2019-q1 정상추진: 자료 39, 계획 40, 차이 -1" in said
    assert "2019-q1 일부추진: 자료 1, 계획 0, 차이 +1" in said


def test_another_rounding_is_refused_because_the_plans_rate_does_not_come_out(data):
    change(data / "term.json", lambda term: term["rate_policy"].update(mode="half_up"))
    assert "2019-q1 완료율: 자료 39.4, 계획 39.3" in refusal(data)


SPOILT = {
    "a status nobody knows": (
        "reports-2019-q1/2.json",
        lambda rows: rows[0].update(status="순항"),
        "이행상태를 알 수 없는 공약이 있습니다: 2-1",
    ),
    "a report twice": (
        "reports-2019-q1/3.json",
        lambda rows: rows.append(rows[0]),
        "공약 3-1의 실적이 2번 있습니다.",
    ),
    "a report missing": (
        "reports-2019-q1/3.json",
        lambda rows: rows.pop(0),
        "2019-q1: 공약 3-1의 실적이 없습니다.",
    ),
    "a step that is not on the card": (
        "reports-2019-q1/1.json",
        lambda rows: rows[0]["milestones"].update(준공="2019-04"),
        "공약 1-1의 절차 '준공'이(가) 관리카드에 없습니다.",
    ),
    "a department nobody knows": (
        "pledges/1.json",
        lambda rows: rows[0].update(lead="moon"),
        "공약 1-1: 없는 부서 moon",
    ),
    "an example that looks real": (
        "pledges/2.json",
        lambda rows: rows[0].update(title="농산물 꾸러미"),
        "공약 2-1: 예시 공약명은 (예시)로 시작해야 합니다.",
    ),
    "a core pledge that is not there": (
        "term.json",
        lambda term: term["core_pledges"].append("우주항"),
        "핵심공약 '우주항'이(가) 공약 목록에 없습니다.",
    ),
}


@pytest.mark.parametrize(("file", "how", "said"), SPOILT.values(), ids=SPOILT)
def test_data_that_does_not_hang_together_is_refused(data, file, how, said):
    change(data / file, how)
    assert said in refusal(data)


BROKEN = {
    "no folder": (lambda data: shutil.rmtree(data), "자료 폴더가 없습니다"),
    "no file": (lambda data: (data / "term.json").unlink(), "자료 파일이 없습니다"),
    "no JSON": (
        lambda data: (data / "term.json").write_text('{"no": 7,\n oops', "utf-8"),
        "term.json 2번째 줄 2번째 글자",
    ),
    "another encoding": (
        lambda data: (data / "term.json").write_bytes('"민선7기"'.encode("cp949")),
        "term.json을(를) UTF-8로 읽을 수 없습니다.",
    ),
    "half a million": (
        lambda data: (data / "funding.csv").write_text(
            "number,source,year,planned,secured,spent\n1-1,municipal,2019,0.5,,\n", "utf-8"
        ),
        "공약 1-1의 금액 '0.5'이(가) 정수(백만원)가 아닙니다.",
    ),
    "more spent than secured": (
        lambda data: (data / "funding.csv").write_text(
            "number,source,year,planned,secured,spent\n1-1,municipal,2018,9,5,6\n", "utf-8"
        ),
        "재정: 공약 1-1의 municipal 2018 집행이 확보보다 큽니다.",
    ),
}


@pytest.mark.parametrize(("how", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_named_in_a_sentence(data, how, said):
    how(data)
    assert said in refusal(data)


def test_a_report_the_form_refuses_takes_everything_back(data):
    before = row_counts()
    change(
        data / "reports-2019-q1" / "5.json", lambda reports: reports[-1].update(progress_pct=101)
    )
    assert "공약 5-8 실적:" in refusal(data)
    assert row_counts() == before


def test_it_loads_on_any_day(settings):
    settings.OFFICE_TODAY = None
    load()
    assert timezone.localdate() > Period.objects.get(code="2019-q1").due_on
    assert PublishedPledge.objects.count() == 66


def test_outside_the_demo_there_are_no_logins(settings):
    settings.DEMO = False
    load()
    assert not User.objects.filter(is_active=True).exists()
    out = io.StringIO()
    call_command("demo_logins", stdout=out)
    assert out.getvalue().startswith("시연용 계정이 없습니다")


def test_nothing_can_be_multiplied_before_a_quarter_is_published():
    with pytest.raises(CommandError, match="load_plan"):
        call_command("make_scale", times=2, yes=True)
