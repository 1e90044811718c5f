"""The public pages of plan and projects in a browser: axe at both widths, nothing sticks out."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from projects.models import Project
from tests.browser.test_public import WIDTHS
from tests.projects import makers

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ["/plan/2019/", "/plan/2019/1/", "/projects/", "/projects/{pk}/", "/projects/map/"]


@pytest.fixture
def project(people, departments):
    """Return a published project with money and steps: one late, one open, one undated."""
    task = makers.make_task(makers.make_plan(departments["전략기획실"]))
    more = {"task": task, "location": "연산면", "total_cost": 600}
    project = makers.make_project(task.department, **more)
    project.funding.create(source="national", year=2019, planned=300)
    for owner in (task, project):
        makers.make_step(owner, "기본계획 수립", "2019-04")
        makers.make_step(owner, "운영", "2019-05", is_open=True)
        makers.make_step(owner, "준공", "")
    makers.published(makers.half_year(), people["strategy"])
    return project


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(project, browser, base_url, path, width):
    size = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, base_url=base_url)
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(path.format(pk=Project.objects.get().pk))
    for details in page.locator("main details").all():
        details.evaluate("element => { element.open = true }")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not complaints and not context.cookies()
    context.close()
