"""The browser tests' Chromium; where there is none, these tests say why they are skipped."""

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# bin/test has made sure of a browser: there a skip would be a hole, not a courtesy.
REQUIRED = os.environ.get("BROWSER_REQUIRED") == "1"
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "google-chrome", "google-chrome-stable"))), None
)


def why_not():
    """Return the reason why browser tests cannot run here, or None."""
    if importlib.util.find_spec("playwright") is None:
        return "browser tests need `pip install -r requirements-dev.txt` (no playwright here)"
    if CHROMIUM is None and not REQUIRED:
        return "browser tests need Chromium: apt-get install chromium, or set CHROMIUM=/path"
    return None


class SkippedModule(pytest.Module):
    """A test file that is not even imported, since what it imports is missing."""

    def collect(self):
        pytest.skip(why_not(), allow_module_level=True)


def pytest_pycollect_makemodule(module_path, parent):
    """Skip this folder's files with a reason instead of failing on their imports."""
    if HERE in module_path.parents and why_not() and not REQUIRED:
        return SkippedModule.from_parent(parent, path=module_path)
    return None


def pytest_collection_modifyitems(items):
    """Mark what lies in this folder, so that `-m "not browser"` leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session", autouse=True)
def database_beside_playwright():
    """Playwright runs an event loop to the session's end, in which Django would refuse queries."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="session")
def base_url(live_server):
    """Serve the site for the whole session, so that a test says `page.goto("/pledges/")`."""
    return live_server.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the system's Chromium; as root it starts only without its sandbox."""
    own = {"executable_path": CHROMIUM} if CHROMIUM else {}
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, **own, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """See the pages as a person in Nonsan does."""
    return {**browser_context_args, "locale": "ko-KR", "timezone_id": "Asia/Seoul"}
