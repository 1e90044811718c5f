"""The citizens' pages in a browser without JavaScript, at desk and phone width; axe at both."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ["/", "/pledges/", "/pledges/1-1/", "/pledges/1-14/", "/pledges/about/"]
PAGES += ["/pledges/changes/", "/pledges/consistency/", "/pledges/jury/"]
WIDTHS = [1280, 390]


@pytest.fixture
def plan(transactional_db):
    """Load the whole plan where the server's own connection sees it."""
    call_command("load_plan", 2019, verbosity=0)


@pytest.fixture
def visit(plan, browser, base_url):
    """Return a function that opens a page and fails on any complaint of the browser's console."""
    contexts, complaints = [], []

    def _visit(path, width, *, scripts=False):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, base_url=base_url
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(path)
        return page

    yield _visit
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert not complaints
    assert not cookies


@pytest.mark.parametrize("width", WIDTHS)
def test_a_citizen_finds_a_pledge_without_javascript(visit, width):
    page = visit("/", width)
    page.get_by_label("찾는 말", exact=True).fill("훈련소 역")
    page.get_by_role("button", name="찾기", exact=True).click()
    assert page.locator("tr:has(td.card-title)").count() == 1
    page.get_by_role("link", name="KTX 훈련소역 설치").click()
    assert page.get_by_role("heading", level=1).inner_text() == "KTX 훈련소역 설치"
    assert page.get_by_role("link", name="관리카드 PDF").is_visible()


def _signs(page):
    """Return the signs of direction that are drawn behind the heads; each head is underlined too."""
    heads = page.locator("th a.sort")
    lines = heads.evaluate_all("all => all.map(a => getComputedStyle(a).textDecorationLine)")
    assert set(lines) == {"underline"}
    drawn = heads.evaluate_all("all => all.map(a => getComputedStyle(a, '::after').content)")
    assert sum(sign.startswith('"↕"') for sign in drawn) == len(drawn) - 1
    return {sign[1] for sign in drawn}


@pytest.mark.parametrize("width", WIDTHS)
def test_filter_sort_and_page_without_javascript(visit, width):
    page = visit("/pledges/", width)
    page.get_by_label("이행상태", exact=True).select_option("fulfilled")
    page.get_by_role("button", name="찾기", exact=True).click()
    assert page.locator(".bar b.num").inner_text() == "26"
    page.locator("a[rel=next]").click()
    assert page.locator("tr:has(td.card-title)").count() == 6
    if width > 1000:  # on a phone a row is a card and the heads are for screen readers only
        page.locator("th a.sort", has_text="공약명").click()
        head = page.locator("th[aria-sort]")
        assert head.get_attribute("aria-sort") == "ascending"
        assert page.locator(".bar b.num").inner_text() == "26"
        assert not page.get_by_label("정렬", exact=True).is_visible()
        assert _signs(page) == {"↕", "▲"}
        page.locator("th a.sort", has_text="공약명").click()
        assert _signs(page) == {"↕", "▼"}
    else:
        page.get_by_label("정렬", exact=True).select_option("-number")
        page.get_by_role("button", name="찾기", exact=True).click()
        assert "5-" in page.locator(".pledge-cards td").first.inner_text()
        assert page.locator(".bar b.num").inner_text() == "26"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(visit, path, width):
    page = visit(path, width, scripts=True)
    for details in page.locator("main details").all():
        details.evaluate("element => { element.open = true }")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
