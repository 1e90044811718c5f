"""Entering a quarter in Chromium: typing is kept, and everything works without JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from pledges.models import PledgeReport
from reporting.models import Autosave, Submission
from tests import factories as make

WIDTHS = [1280, 390]


@pytest.fixture
def item(live_server, transactional_db, people, departments):
    """The first item of 도로과 in the open quarter."""
    return make.make_quarters(people, departments, roads=4).submissions.get(code="1-1")


@pytest.fixture
def visit(new_context, base_url, people):
    """Open a page as somebody: `visit("writer", "/desk/")`."""

    def open_as(name, path, width=1280, **more):
        client = Client()  # one for each person: a second login would end the first
        client.force_login(people[name])
        context = new_context(viewport={"width": width, "height": 900}, **more)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": base_url}])
        page = context.new_page()
        page.goto(path)
        return page

    return open_as


def address(item):
    return f"/desk/{item.pk}/"


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def told(page, text):
    expect(page.locator(".messages")).to_contain_text(text)


def test_typing_is_kept_without_a_page_load_and_comes_back(visit, item):
    page = visit("writer", address(item))
    page.get_by_role("textbox", name="추진실적").fill("쓰는 중인 글")
    expect(page.locator("#autosave-status")).to_have_text(re.compile(r"\d\d:\d\d 자동 저장됨"))
    assert PledgeReport.objects.get(submission=item).done == ""
    page.reload()
    expect(page.get_by_role("textbox", name="추진실적")).to_have_value("쓰는 중인 글")
    expect(page.get_by_text("자동 저장된 글(")).to_be_visible()
    page.get_by_role("button", name="버리기").click()
    expect(page.get_by_role("textbox", name="추진실적")).to_have_value("")


def test_leaving_at_once_keeps_the_typing_too(visit, item):
    page = visit("writer", address(item))
    page.get_by_role("textbox", name="추진실적").fill("막 쓴 글")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/desk/")
    for _ in range(20):  # the browser sends it after the page is gone and tells nobody
        page.goto(address(item))
        if page.get_by_role("textbox", name="추진실적").input_value():
            break
    expect(page.get_by_role("textbox", name="추진실적")).to_have_value("막 쓴 글")


def test_an_ended_login_is_said_and_typing_goes_on_after_a_new_one(visit, item):
    page = visit("writer", address(item))
    session = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("textbox", name="추진실적").fill("로그인이 끝난 뒤의 글")
    status = page.locator("#autosave-status")
    expect(status).to_contain_text("로그인이 끝났습니다")
    assert not Autosave.objects.exists()
    page.context.add_cookies(session)  # logged in again in another window
    page.get_by_role("textbox", name="문제점").fill("이어서 쓴 글")
    expect(status).to_contain_text("자동 저장됨")
    assert Autosave.objects.get().fields["done"] == "로그인이 끝난 뒤의 글"


def test_saving_after_a_login_elsewhere_still_works(visit, item, base_url):
    """A login changes the token against forged requests; the form takes the new one with it."""
    page = visit("writer", address(item))
    token = {"name": "csrftoken", "value": "n" * 32, "url": base_url}
    page.context.add_cookies([token])
    page.get_by_role("textbox", name="추진실적").fill("다시 로그인하고 저장한 글")
    press(page, "저장")
    told(page, "저장했습니다.")
    assert PledgeReport.objects.get(submission=item).done == "다시 로그인하고 저장한 글"


def test_the_whole_way_without_javascript(visit, item):
    page = visit("writer", "/desk/", java_script_enabled=False)
    page.get_by_role("link", name="(예시) 공약 1-1").click()
    page.get_by_role("textbox", name="문제점").fill("방금 쓴 글")
    press(page, "지난 기간 글 가져오기")
    expect(page.get_by_role("textbox", name="추진실적")).to_have_value("기본계획 수립")
    expect(page.get_by_role("textbox", name="문제점")).to_have_value("방금 쓴 글")
    page.get_by_label("추진율(%)").fill("１０１")
    press(page, "저장")
    expect(page.locator(".error-summary")).to_contain_text("추진율(%)")
    expect(page.get_by_role("textbox", name="추진실적")).to_have_value("기본계획 수립")
    page.get_by_label("추진율(%)").fill("４５")
    page.get_by_label("증빙 파일 더하기").set_input_files(
        {"name": "결과보고.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    press(page, "저장하고 제출")
    told(page, "제출하려면: 이행상태를 골라 주세요.")
    with page.expect_download() as download:
        page.get_by_role("link", name="결과보고.pdf").click()
    assert download.value.suggested_filename == "결과보고.pdf"
    page.get_by_role("combobox", name="이행상태").select_option("정상추진")
    press(page, "저장하고 제출")
    told(page, "지난 보고(2019년 1분기)와 글이 똑같습니다.")
    page.get_by_label("살펴볼 점을 확인했으며 그대로 냅니다").check()
    press(page, "저장하고 제출")
    told(page, "저장하고 제출했습니다.")
    assert Submission.objects.get(pk=item.pk).state == "submitted"
    page.get_by_role("link", name="(예시) 공약 1-1").click()
    press(page, "제출 취소")
    told(page, "제출 취소 처리했습니다.")


def test_bringing_texts_over_loses_nothing_typed_in_the_last_second(visit, item):
    page = visit("writer", address(item))
    page.get_by_role("textbox", name="문제점").fill("방금 쓴 글")
    press(page, "지난 기간 글 가져오기")
    expect(page.get_by_role("textbox", name="추진실적")).to_have_value("기본계획 수립")
    expect(page.get_by_role("textbox", name="문제점")).to_have_value("방금 쓴 글")
    expect(page.locator("#autosave-status")).to_have_text(re.compile(r"\d\d:\d\d 자동 저장됨"))
    fields = Autosave.objects.get().fields
    assert (fields["problems"], fields["done"]) == ("방금 쓴 글", "기본계획 수립")
    assert PledgeReport.objects.get(submission=item).version == 1


def test_enter_in_a_field_saves(visit, item):
    page = visit("writer", address(item))
    page.get_by_label("추진율(%)").fill("45")
    page.get_by_label("추진율(%)").press("Enter")
    told(page, "저장했습니다.")
    assert PledgeReport.objects.get(submission=item).progress_pct == 45


def test_two_people_at_once_without_javascript(visit, item):
    pages = {n: visit(n, address(item), java_script_enabled=False) for n in ("writer", "colleague")}
    pages["colleague"].get_by_role("textbox", name="추진실적").fill("동료의 글")
    press(pages["colleague"], "저장")
    told(pages["colleague"], "저장했습니다.")
    page = pages["writer"]
    page.get_by_role("textbox", name="추진실적").fill("나의 글")
    press(page, "저장")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "그 사이 다른 사람이 먼저 저장했습니다"
    )
    expect(page.get_by_text("동료의 글")).to_be_visible()
    page.get_by_role("textbox", name="추진실적").fill("함께 쓴 글")
    press(page, "고른 대로 저장")
    told(page, "저장했습니다.")
    assert PledgeReport.objects.get(submission=item).done == "함께 쓴 글"


def faults(page):
    """Return what axe finds, and whether the page is wider than its window."""
    found = [f"{page.url}: {v['id']}" for v in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return found + (["wider than the window"] if wide else [])


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_the_desk_and_its_pages(visit, item, people, width):
    others = list(item.period.submissions.filter(department=item.department).order_by("order"))[1:]
    make.send_back(make.hand_in(others[0], people["writer"]), people["strategy"])
    make.write(others[1], people["writer"], spent_national="900")
    make.hand_in(others[2], people["writer"])
    page = visit("writer", "/desk/", width)
    found = faults(page)
    for submission in [item, *others]:
        page.goto(address(submission))
        for summary in page.locator("details.more > summary").all():
            summary.click()
        found += faults(page)
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_errors_and_on_the_page_of_two_texts(visit, item, people, width):
    page = visit("writer", address(item), width)
    page.get_by_label("추진율(%)").fill("-5")
    press(page, "저장")
    expect(page.locator(".error-summary")).to_be_visible()
    found = faults(page)
    make.write(item, people["colleague"], done="동료의 글", problems="동료의 문제점")
    page.get_by_label("추진율(%)").fill("50")
    page.get_by_role("textbox", name="추진실적").fill("나의 글")
    press(page, "저장")
    expect(page.get_by_role("heading", level=1)).to_contain_text("다른 사람이 먼저")
    assert found + faults(page) == []
