"""What citizens compare, say, follow and frame, in a browser without JavaScript; axe at both widths."""

import http.server
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail as outside
from django.test import override_settings

from pledges import opinions
from pledges.models import Follower, Opinion, Pledge
from tests import factories
from tests.browser.test_public import WIDTHS
from tests.conftest import PASSWORD
from tests.pledges.test_public_quarters import publish_second

pytestmark = pytest.mark.django_db(transaction=True)
RECEIPT, TOKEN = "2222-2222-2223", "t" * 43
PAGES = [
    "/pledges/1-1/",
    "/pledges/1-1/opinion/",
    "/pledges/1-1/opinions/",
    "/pledges/opinions/",
    f"/pledges/opinions/{RECEIPT}/",
    "/pledges/1-1/follow/",
    "/pledges/1-1/follow/?sent",
    f"/pledges/follow/{TOKEN}/",
    f"/pledges/follow/{TOKEN}/leave/",
    "/pledges/compare/",
    "/pledges/compare/?was=on_track&now=completed",
    "/pledges/about/",
    "/pledges/embed/",
]


@pytest.fixture
def stage(quarter, people):
    """Publish two quarters, show one opinion with its answer, and let somebody follow 1-1."""
    publish_second(quarter, people, leave=["2-1"])
    opinion = factories.make_opinion(nickname="논산사람")
    opinions.answer(opinion, text="살피겠습니다.", version=0, by=people["writer"])
    opinions.decide(opinion, shown=True, version=1, by=people["strategy"])
    Opinion.objects.update(receipt=RECEIPT)
    Follower.objects.create(
        pledge=Pledge.objects.get(number="1-1"), email="c@example.org", token=TOKEN
    )


@pytest.fixture
def visit(stage, browser, base_url):
    """Return a function that opens a page and fails on a complaint of the console or on a cookie."""
    contexts, complaints = [], []

    def _visit(path, width=1280, *, scripts=False):
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
    assert not [text for text in complaints if "422" not in text]  # a form sent back says so
    assert not cookies


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(visit, path, width):
    page = visit(path, width, scripts=True)
    for details in page.locator("main details").all():
        details.evaluate("element => { element.open = true }")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_a_citizen_says_something_and_takes_it_back(visit, people, width):
    page = visit("/pledges/1-1/", width)
    page.get_by_role("link", name="의견 쓰기").first.click()
    page.get_by_label("의견", exact=False).first.fill("<b>밤길</b>이 어둡습니다.")
    page.get_by_role("button", name="의견 내기").click()
    assert page.get_by_role(
        "alert"
    ).is_visible()  # the consent is missing; the words are still there
    page.get_by_label("개인정보의 수집·이용에 동의합니다.").check()
    page.get_by_role("button", name="의견 내기").click()
    assert page.get_by_text("<b>밤길</b>이 어둡습니다.").is_visible()
    receipt = page.locator(".receipt").inner_text()
    opinion = Opinion.objects.get(receipt=receipt)
    opinions.decide(opinion, shown=True, version=1, by=people["strategy"])
    page.goto("/pledges/opinions/")
    page.get_by_label("접수번호").fill(receipt.lower())
    page.get_by_role("button", name="찾기").click()
    page.get_by_text("의견 지우기").click()
    page.get_by_role("button", name="지우기").click()
    assert page.get_by_text("지운 의견입니다").is_visible()
    page.goto("/pledges/1-1/")
    assert not page.get_by_text("밤길").is_visible()


def test_a_citizen_follows_and_leaves(visit, base_url):
    with override_settings(SITE_URL=base_url):
        page = visit("/pledges/1-2/follow/")
        page.get_by_label("전자우편 주소").fill("d@example.org")
        page.get_by_label("개인정보의 수집·이용에 동의합니다.").check()
        page.get_by_role("button", name="확인 전자우편 받기").click()
        assert page.get_by_text("전자우편을 보냈습니다").is_visible()
    link = next(w for w in outside.outbox[-1].body.split() if w.startswith(base_url))
    page.goto(link)
    page.get_by_role("button", name="소식 받기").click()
    assert Follower.objects.get(email="d@example.org").confirmed_at
    page.get_by_role("link", name="그만 받기").click()
    page.get_by_role("button", name="그만 받기").click()
    assert not Follower.objects.filter(email="d@example.org").exists()


def test_the_office_decides_and_the_department_answers(stage, page, people):
    strategy = people["strategy"]
    strategy.set_password(PASSWORD)
    strategy.save()
    opinion = factories.make_opinion(text="새 의견")
    page.goto("/opinions/")
    page.get_by_label("아이디").fill("strategy")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_role("button", name="로그인").click()
    page.get_by_role("link", name="새 의견").click()
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="공개", exact=True).click()
    assert page.get_by_text("공개했습니다.").is_visible()
    opinion.refresh_from_db()
    assert opinion.state == "shown"


@pytest.fixture
def other_site(base_url):
    """Serve a page of another site that frames the summary and a page that is not meant for it."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            frames = [
                f'<iframe src="{base_url}/pledges/{p}/"></iframe>' for p in ("embed", "about")
            ]
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<title>x</title>{''.join(frames)}".encode())

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_another_site_frames_the_summary_and_nothing_else(stage, page, other_site):
    page.goto(other_site, wait_until="networkidle")
    summary, refused = page.frames[1:]
    assert "시민과의 약속" in summary.locator("h1").inner_text()
    assert "이행률" not in "".join(refused.locator("body").all_inner_texts())
