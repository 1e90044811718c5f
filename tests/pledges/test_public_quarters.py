"""The citizens' pages through time: before anything is published, several quarters, terms, corrections."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pledges.editions import changes_between
from pledges.models import Pledge, PublishedPledge
from reporting.actions import close_period, publish_period
from reporting.clock import on_day
from reporting.models import Period
from tests import factories
from tests.change_makers import reword, reword_all
from tests.pledges.test_public import count_of, numbers, text_of

REASON = "추진율을 잘못 옮겨 바로잡음"


def publish_second(quarter, people, *, leave=()):
    """Publish 2019-q2; items whose code is in `leave` are not handed in."""
    for item in quarter.submissions.exclude(code__in=leave):
        writer = "writer" if item.department_id == people["writer"].department_id else "stranger"
        factories.hand_in(
            item, people[writer], status="completed", progress_pct="100", done="2분기에 준공"
        )
        factories.move("approve", item, people["strategy"])
    close_period(quarter, by=people["strategy"], missing_reason="자료가 없음" if leave else "")
    return publish_period(quarter, by=people["strategy"], revision=1)


def publish_third(people):
    """Publish 2019-q3, with whatever pledges are active by now."""
    third = factories.make_period(
        people["strategy"],
        3,
        factories.Q2_OPENS,
        factories.Q2_DUE,
        factories.Q2_AS_OF.replace(month=9),
    )
    writers = {people[n].department_id: people[n] for n in ("writer", "stranger")}
    factories.approve_all(third, writers, people["strategy"])
    factories.close_and_publish(third, people["strategy"])


def correct(code, people):
    period = Period.objects.get(code=code)
    return publish_period(period, by=people["strategy"], revision=2, reason=REASON)


@pytest.mark.parametrize("path", ["/", "/pledges/", "/pledges/about/"])
def test_before_the_first_publication_there_is_a_sentence(client, db, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "아직 공표한 자료가 없습니다" in text_of(answer)
    assert client.get("/pledges/1-1/").status_code == 404


def test_an_open_quarter_leaks_nothing(client, quarter, people):
    before = [client.get(path) for path in ("/", "/pledges/", "/pledges/1-1/", "/pledges/about/")]
    for item in quarter.submissions.filter(code="1-1"):
        factories.hand_in(item, people["writer"], status="completed", done="새지 말아야 할 말")
        factories.move("approve", item, people["strategy"])
    for old in before:
        again = client.get(old.request["PATH_INFO"])
        assert again.content == old.content
        assert again.headers["ETag"] == old.headers["ETag"]


def test_the_newest_quarter_is_shown_and_the_old_one_stays(client, quarter, people):
    publish_second(quarter, people)
    assert "공약이행률 100.0%" in text_of(client.get("/"))
    assert count_of(client.get("/pledges/?status=fulfilled")) == 3
    old = client.get("/pledges/?period=2019-q1&status=in_progress")
    assert count_of(old) == 3
    assert "지난 기간의 자료입니다" in text_of(old)
    html = old.content.decode()
    assert 'href="/pledges/1-1/?period=2019-q1"' in html
    assert '<input type="hidden" name="period" value="2019-q1"' in html
    assert "/pledges/?period=2019-q1&amp;status=fulfilled" not in html  # no link behind a zero


def test_a_new_publication_changes_every_etag(client, quarter, people):
    paths = ["/", "/pledges/", "/pledges/1-1/", "/pledges/about/", "/pledges/1-1/card.pdf"]
    held = {path: client.get(path).headers["ETag"] for path in paths}
    publish_second(quarter, people)
    for path, tag in held.items():
        assert client.get(path, headers={"if-none-match": tag}).status_code == 200


def test_a_pledge_tells_its_quarters_newest_first(client, quarter, people):
    publish_second(quarter, people)
    answer = client.get("/pledges/1-1/")
    assert [q.publication.period.code for q in answer.context["quarters"]] == ["2019-q2", "2019-q1"]
    page = text_of(answer)
    assert "2분기에 준공" in page and "기본계획 수립" in page
    assert answer.context["progress"] == [25, 100]


def test_a_pledge_says_what_is_different_since_the_quarter_before(client, quarter, people):
    item = quarter.submissions.get(code="1-1")
    fields = {"done": "기본계획 수립 완료", "problems": "보상 지연", "spent_national": "250"}
    factories.hand_in(item, people["writer"], status="completed", progress_pct="45", **fields)
    factories.move("approve", item, people["strategy"])
    publish_second(quarter, people, leave=["1-1"])
    answer = client.get("/pledges/1-1/")
    page = text_of(answer)
    assert "지난 분기와 달라진 점 2019년 1분기(2019. 4. 30. 현재)에 공표한 내용과 견줍니다" in page
    assert "이행상태 정상추진 → 에서 종료" in page
    assert "추진율 25% → 에서 45% (+20%p)" in page
    assert "집행액 100백만원 → 에서 250백만원 (+150백만원)" in page
    html = answer.content.decode()
    assert "기본계획 수립<ins> 완료</ins>" in html
    assert "적은 내용 없음" in page and "<ins>보상" not in html  # wholly new: nothing to mark
    assert "달라진 점" not in text_of(client.get("/pledges/1-1/?period=2019-q1"))


def test_a_quarter_like_the_one_before_says_so_and_a_missing_report_compares_nothing(
    client, quarter, people
):
    fields = {"done": "기본계획 수립", "progress_pct": "25", "spent_national": "100"}
    same = quarter.submissions.get(code="1-1")
    factories.hand_in(same, people["writer"], **fields)
    factories.move("approve", same, people["strategy"])
    publish_second(quarter, people, leave=["1-1", "1-2"])
    assert "지난 분기와 같습니다" in text_of(client.get("/pledges/1-1/"))
    assert "달라진 점" not in text_of(client.get("/pledges/1-2/"))
    assert "정상추진 → 에서 종료" in text_of(client.get("/pledges/2-1/"))


def test_an_amount_that_becomes_unknown_has_no_difference():
    rows = [PublishedPledge(spent=amount, progress_pct=5) for amount in (100, None)]
    (change,) = changes_between(*rows)
    assert (change.before, change.after, change.more) == ("100백만원", "알 수 없음", "")


def test_what_is_set_aside_has_columns_of_its_own_and_the_shares_add_up(client, quarter, people):
    for code, status in [("1-1", "on_hold"), ("1-2", "scrapped")]:
        item = quarter.submissions.get(code=code)
        factories.hand_in(item, people["writer"], status=status, problems="심의 지연")
        factories.move("approve", item, people["strategy"])
    publish_second(quarter, people, leave=["1-1", "1-2"])
    answer = client.get("/")
    groups = answer.context["counts"].groups
    assert (groups.fulfilled, groups.in_progress, groups.set_aside) == (1, 0, 2)
    assert groups.fulfilled_rate + groups.in_progress_rate + groups.set_aside_rate == 100
    page = text_of(answer)
    heads = [("완료", groups.fulfilled_rate), ("추진중", groups.in_progress_rate)]
    for label, rate in [*heads, ("그 밖", groups.set_aside_rate)]:
        assert re.search(rf"{label}\( ?{rate}% ?\)", page)
    columns = answer.context["counts"].statuses
    assert [c.label for c in columns][4:] == ["보류", "폐기"]
    assert sum(c.count.number for c in columns) == groups.total == 3
    assert "종료 이행후 계속추진 정상추진 일부추진 보류 폐기 전체 공약 3" in page
    assert ".건" not in text_of(client.get("/pledges/")).replace(" ", "")  # zero in words is 0
    assert count_of(client.get("/pledges/?status=set_aside")) == 2
    assert numbers(client.get("/pledges/?status=scrapped")) == ["1-2"]
    before = client.get("/pledges/?period=2019-q1").content.decode()
    assert 'colspan="2">그 밖' not in before and "폐기</th>" not in before


def test_what_was_not_reported_shows_the_earlier_value_and_says_so(client, quarter, people):
    publish_second(quarter, people, leave=["1-2"])
    assert "이번 기간 미보고, 2019년 1분기 값" in text_of(client.get("/pledges/1-2/"))
    for address in ("/", "/pledges/"):
        page = client.get(address)
        assert "은 이번 분기에 보고되지 않아 지난 분기의 값으로 세었습니다" in text_of(page)
        missing = page.context["counts"].carried
        assert f'href="{missing.href.replace("&", "&amp;")}">{missing.number}건' in page.text
    rows = client.get(missing.href).context_data["table"].data.data
    assert {row.reported for row in rows} == {False}
    assert len(rows) == missing.number > 0
    assert "미보고 · 2019년 1분기 값" in text_of(client.get(missing.href))
    assert "이번 기간 미보고" not in text_of(client.get("/pledges/1-1/"))
    assert "세었습니다" not in text_of(client.get("/pledges/?period=2019-q1"))  # all were reported


def test_a_pledge_that_never_had_a_status_is_not_said_to_have_an_old_one(
    client, quarter, people, departments
):
    publish_second(quarter, people)
    old = Pledge.objects.get(number="1-1")
    Pledge.objects.update(is_core=True)
    factories.make_pledge(old.term, departments["도로과"], 1, 3)
    third = factories.make_period(
        people["strategy"],
        3,
        factories.Q2_OPENS,
        factories.Q2_DUE,
        factories.Q2_AS_OF.replace(month=9),
    )
    close_period(third, by=people["strategy"], missing_reason="자료가 없음")
    with on_day(third.as_of):
        publish_period(third, by=people["strategy"], revision=1)
    sentence = "4건 은 이번 분기에 보고되지 않아, 보고된 적 없는 1건을 빼고 지난 분기의 값으로"
    for address in ("/", "/pledges/"):
        assert sentence in text_of(client.get(address))
    assert numbers(client.get("/pledges/?status=unreported")) == ["1-1", "1-2", "1-3", "2-1"]
    assert numbers(client.get("/pledges/?status=none")) == ["1-3"]
    assert text_of(client.get("/")).count("미보고 · 2019년 2분기 값") == 3  # the core pledges


def test_a_correction_is_shown_with_its_public_reason(client, quarter, people):
    assert "정정 이력" not in text_of(client.get("/pledges/"))
    correct("2019-q1", people)
    for path in ("/pledges/", "/pledges/1-1/"):
        page = text_of(client.get(path))
        assert "정정 이력" in page and REASON in page
    assert "제2판, 정정 이력" in text_of(client.get("/"))
    assert (
        len(client.get("/pledges/1-1/").context["quarters"]) == 1
    )  # the first revision is history


def test_terms_live_side_by_side_and_numbers_belong_to_their_term(
    client, people, departments, quarter
):
    eighth = factories.make_term(8, 2019, 2023)
    factories.make_pledge(eighth, departments["도로과"], 1, 1, title="여덟째 임기의 공약")
    publish_third(people)
    assert numbers(client.get("/pledges/")) == ["1-1"]
    assert "여덟째 임기의 공약" in text_of(client.get("/pledges/1-1/"))
    seventh = client.get("/pledges/?term=7")
    assert numbers(seventh) == ["1-1", "1-2", "2-1"]
    assert 'href="/pledges/1-1/?term=7"' in seventh.content.decode()
    assert "(예시) 공약 1-1" in text_of(client.get("/pledges/1-1/?term=7"))
    assert client.get("/pledges/2-1/").status_code == 404
    assert client.get("/pledges/?period=2019-q1&term=8").status_code == 404


def test_a_past_quarter_names_its_own_address(client, quarter, people):
    publish_second(quarter, people)
    for path in ("/pledges/", "/pledges/1-1/", "/pledges/about/"):
        past = client.get(f"{path}?period=2019-q1").content.decode()
        assert f'rel="canonical" href="http://testserver{path}?period=2019-q1">' in past
        assert (
            f'rel="canonical" href="http://testserver{path}">' in client.get(path).content.decode()
        )


def test_clearing_the_filters_stays_in_the_quarter(client, quarter, people):
    publish_second(quarter, people)
    html = client.get("/pledges/?period=2019-q1&q=없는말").content.decode()
    assert html.count('href="?period=2019-q1"') == 3  # the tab, 지우기, 모두 보기
    assert 'href="/pledges/">지우기' in client.get("/pledges/?q=없는말").content.decode()


def test_the_tabs_of_quarters_keep_the_term_where_the_quarter_has_it(
    client, people, departments, quarter
):
    publish_second(quarter, people)
    eighth = factories.make_term(8, 2019, 2023)
    factories.make_pledge(eighth, departments["도로과"], 1, 1)
    publish_third(people)
    html = client.get("/pledges/?term=7").content.decode()
    assert 'href="?period=2019-q3&amp;term=7" aria-current="page"' in html
    assert 'href="?period=2019-q1"' in html  # the only term of that quarter
    assert "2019-q1" not in client.get("/pledges/").content.decode()  # not of the eighth
    past = client.get("/pledges/?period=2019-q1").content.decode()
    assert past.count('href="?period=2019-q3&amp;term=7"') == 2  # the tab and the notice
    assert count_of(client.get("/pledges/?period=2019-q3&term=7")) == 3


def test_a_term_leads_to_the_ones_before_and_after_it(client, people, departments, quarter):
    publish_second(quarter, people)
    reword_all(is_active=False)
    eighth = factories.make_term(8, 2019, 2023)
    factories.make_pledge(eighth, departments["도로과"], 1, 1)
    publish_third(people)
    page = client.get("/pledges/")
    assert "다른 임기: 민선7기" in text_of(page) and 'href="?period=2019-q2"' in page.text
    past = client.get("/pledges/?period=2019-q1")
    assert "다른 임기: 민선8기" in text_of(past)
    assert past.text.count('href="?period=2019-q3"') == 2  # the other term, and the notice
    assert [p.period.code for p in past.context["edition"].publications] == ["2019-q2", "2019-q1"]


def test_a_dropped_pledge_is_found_in_the_last_quarter_that_had_it(client, quarter, people):
    publish_second(quarter, people)
    reword(Pledge.objects.get(number="1-2"), is_active=False)
    publish_third(people)
    assert numbers(client.get("/pledges/")) == ["1-1", "2-1"]
    page = text_of(client.get("/pledges/1-2/"))
    assert "2019년 2분기의 내용입니다" in page and "그 뒤로는 공표되지 않았습니다" in page
    assert client.get("/pledges/1-2/?period=2019-q3").status_code == 404


def test_queries_do_not_grow_with_rows(client, people, departments):
    factories.make_quarters(people, departments, roads=3, welfare=2)
    client.get("/pledges/")
    few = _queries(client)
    term = departments["도로과"].led_pledges.first().term
    for serial in range(10, 65):
        factories.make_pledge(term, departments["도로과"], 3, serial)
    publish_third(people)
    assert count_of(client.get("/pledges/")) == 60
    assert _queries(client) == few
    assert few["/pledges/"] <= 9


def _queries(client):
    found = {}
    for path in (
        "/",
        "/pledges/",
        "/pledges/?format=csv",
        "/pledges/?format=xlsx",
        "/pledges/1-1/",
        "/pledges/about/",
    ):
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        found[path] = len(captured)
    return found
