"""The main job from end to end in Chromium: entered, returned, approved, published, read, taken away."""

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.hashers import make_password
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts.models import User
from reporting.models import Period
from tests import factories
from tests.conftest import PASSWORD

WIDTHS = [1280, 390]
WHY = "준공 검사를 마침. 남은 절차는 생략, 남은 돈은 반납"


@pytest.fixture
def quarter(live_server, transactional_db, people, departments):
    """The open second quarter with two items of 도로과 and one of 복지과; everyone can log in."""
    User.objects.update(password=make_password(PASSWORD, hasher="md5"))
    return factories.make_quarters(people, departments)


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def log_in(new_context):
    """Return a function that logs somebody in by the page, as people do."""

    def enter(name, **more):
        page = new_context(**more).new_page()
        page.goto("/desk/")
        page.get_by_label("아이디").fill(name)
        page.locator("input[type=password]").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="로그인").click()
        return page

    return enter


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def enter(page, item, status, done, reason=""):
    page.goto(f"/desk/{item.pk}/")
    page.get_by_role("combobox", name="이행상태").select_option(label=status)
    page.get_by_role("textbox", name="상태 사유").fill(reason)
    page.get_by_role("textbox", name="추진실적").fill(done)
    press(page, "저장하고 제출")
    expect(page.locator(".messages")).to_contain_text("제출")


def taken(page, name):
    """Return the bytes of the file behind a link."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).first.click()
    return download.value.path().read_bytes()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_quarter_from_entry_to_the_mayor_s_desk(log_in, quarter, new_context, scripts):
    first, second, third = quarter.submissions.order_by("order")
    more = {"java_script_enabled": scripts}

    writer = log_in("writer", **more)
    enter(writer, first, "종료(완료)", "준공식 개최")
    expect(writer.locator(".messages")).to_contain_text("상태 사유")  # steps and money are left
    enter(writer, first, "종료(완료)", "준공식 개최", WHY)
    enter(writer, second, "정상추진", "공정률 절반")
    enter(log_in("stranger", **more), third, "정상추진", "돌봄 교실 운영")

    office = log_in("strategy", **more)
    office.goto("/review/")
    office.get_by_role("link", name=first.title).click()
    office.get_by_label("부서에 남길 말").fill("준공 날짜를 적어 주세요.")
    press(office, "반려")
    expect(office.locator(".messages")).to_contain_text("반려")

    writer.goto("/desk/")
    expect(writer.get_by_text("준공 날짜를 적어 주세요.")).to_be_visible()
    enter(writer, first, "종료(완료)", "2019. 6. 28. 준공식 개최", WHY)

    office.goto("/review/")
    office.get_by_role("link", name=first.title).click()
    press(office, "승인")
    expect(office.get_by_text("표시해야 승인할 수 있습니다").first).to_be_visible()
    office.get_by_label("완료 확정").check()
    press(office, "승인")
    office.goto("/review/")
    for box in office.get_by_role("checkbox").all():
        box.check()
    press(office, "고른 항목 승인")
    expect(office.locator(".messages")).to_contain_text("2건을 승인했습니다")

    citizen = new_context(**more).new_page()
    citizen.goto(f"/pledges/{first.code}/")
    expect(citizen.get_by_text("준공식")).to_have_count(0)  # approved is not published

    office.goto(f"/periods/{quarter.pk}/")
    press(office, "마감")
    office.get_by_label("위 수치와 미리보기를 확인했습니다").check()
    press(office, "공표")
    expect(office.locator(".messages")).to_contain_text("공표했습니다")
    assert Period.objects.get(pk=quarter.pk).state == Period.State.PUBLISHED

    citizen.goto("/")
    expect(citizen.get_by_role("heading", level=1)).to_contain_text("33.3")  # 1 of 3, by the rule
    citizen.goto(f"/pledges/{first.code}/")
    expect(citizen.get_by_text("2019. 6. 28. 준공식 개최").first).to_be_visible()
    assert citizen.context.cookies() == []

    manager = log_in("executive", **more)
    manager.goto("/board/pledges/")
    expect(manager.get_by_text("33.3%").first).to_be_visible()
    manager.goto("/reports/")
    pdf = PdfReader(io.BytesIO(taken(manager, "PDF")))
    assert "33.3%" in "".join(page.extract_text() for page in pdf.pages)
    book = load_workbook(io.BytesIO(taken(manager, "Excel")))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any("33.3" in str(cell) for cell in cells)


STAFF_PAGES = {
    "writer": ["/desk/", "/desk/{first}/", "/desk/{second}/", "/reports/", "/account/"],
    "head": ["/desk/{first}/", "/board/", "/board/pledges/"],
    "strategy": [
        "/review/",
        "/review/?state=approved&q=없음",
        "/review/{first}/",
        "/periods/",
        "/periods/new/",
        "/periods/{quarter}/",
        "/periods/{quarter}/edit/",
        "/board/pledges/?period=2019-q2",
        "/reports/pledges/2019-q1.html",
        "/nowhere/",
    ],
    "executive": ["/desk/{first}/", "/desk/", "/account/2fa/", "/account/2fa/activate/"],
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("who", STAFF_PAGES)
def test_axe_finds_nothing_on_staff_pages(log_in, quarter, people, who, width):
    first, second = quarter.submissions.order_by("order")[:2]
    factories.hand_in(first, people["writer"])
    factories.send_back(factories.hand_in(second, people["writer"]), people["strategy"])
    page = log_in(who, viewport={"width": width, "height": 900})
    found = {}
    for path in STAFF_PAGES[who]:
        page.goto(path.format(first=first.pk, second=second.pk, quarter=quarter.pk))
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        result = Axe().run(page)
        if result.violations_count or wide > 0:
            found[path] = (wide, result.generate_report())
    assert not found


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_at_the_door(new_context, quarter, width):
    page = new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto("/login/")
    assert Axe().run(page).violations_count == 0
    page.get_by_label("아이디").fill("writer")
    page.locator("input[type=password]").fill("wrong")
    page.get_by_role("main").get_by_role("button", name="로그인").click()
    assert Axe().run(page).violations_count == 0
