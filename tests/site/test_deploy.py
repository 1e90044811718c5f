"""What lies under deploy/ hangs together: the same headers, files that exist, units that systemd reads."""

import os
import re
import runpy
import shutil
import subprocess
import sys

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from nonsan_strategy.logs import JsonLines
from nonsan_strategy.middleware import headers

DEPLOY = settings.BASE_DIR / "deploy"
NGINX = (DEPLOY / "nginx" / "nonsan.conf").read_text()
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
ADDED = dict(
    re.findall(
        r'^add_header (\S+) "?(.+?)"? always;$',
        (DEPLOY / "nginx" / "headers.conf").read_text(),
        re.M,
    )
)


@pytest.mark.django_db
def test_nginx_puts_the_applications_headers_on_its_own_answers(client):
    answer = client.get("/")
    theirs = {name: answer.headers[name] for name in ADDED}
    policy = "Content-Security-Policy"
    assert set(theirs.pop(policy).split("; ")) == set(ADDED[policy].split("; "))
    assert theirs == {name: value for name, value in ADDED.items() if name != policy}


def test_a_place_with_headers_of_its_own_brings_the_common_ones_too():
    """A location with one `add_header` inherits none; only the application's own answers go without."""
    places = re.findall(r"location [^{]*\{(.*?)\n    \}", NGINX.replace("{12}", ""), re.S)
    assert len(places) == 6
    for place in places:
        if "add_header" in place:
            assert ("nonsan-headers.conf" in place) != ("proxy_pass" in place)


def test_nginx_takes_as_much_as_an_evidence_file_needs():
    limit = int(re.search(r"client_max_body_size (\d+)m;", NGINX).group(1)) * 1024 * 1024
    assert limit > settings.EVIDENCE_MAX_BYTES + 1024 * 1024


def test_nginx_knows_the_session_by_its_name():
    assert f"{settings.SESSION_COOKIE_NAME}=" in NGINX


@pytest.mark.parametrize("page", sorted((DEPLOY / "errors").iterdir()), ids=lambda page: page.name)
def test_a_page_of_nginx_uses_only_our_own_files(page):
    text = page.read_text()
    assert f"/_error/{page.name}" in NGINX
    for name in re.findall(r'(?:href|src)="/static/([^"]+)"', text):
        assert (settings.BASE_DIR / "static" / name).is_file()
    assert not re.search(r"style=|<style|<script|https?:", text)


@pytest.mark.django_db
def test_only_a_public_answer_that_is_about_nobody_bears_the_mark(client, people):
    assert client.get("/").headers["X-Accel-Expires"] == "1"
    for path in ("/pledges/none/", "/login/", "/desk/", "/healthz"):
        assert "X-Accel-Expires" not in client.get(path).headers
    assert "X-Accel-Expires" not in client.head("/nowhere/").headers


@pytest.mark.parametrize("spoil", ["cookie", "vary"])
def test_an_answer_about_a_visitor_loses_the_mark(spoil):
    answer = HttpResponse(headers={"X-Accel-Expires": "1"})
    if spoil == "cookie":
        answer.set_cookie("csrftoken", "x")
    else:
        answer.headers["Vary"] = "Accept-Encoding, Cookie"
    assert (
        "X-Accel-Expires" not in headers(lambda request: answer)(RequestFactory().get("/")).headers
    )


# --- units ------------------------------------------------------------------------------------
def values(unit, name):
    return re.findall(rf"^{name}=(.*)$", unit.read_text(), re.M)


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_is_shut_in(unit):
    text = unit.read_text()
    for line in (
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "PrivateTmp=yes",
        "CapabilityBoundingSet=",
        "User=nonsan",
    ):
        assert f"\n{line}\n" in text
    assert values(unit, "MemoryMax") and values(unit, "ReadWritePaths")
    assert "DEMO" not in text and "SECRET_KEY" not in text


@pytest.mark.parametrize(
    "unit", [u for u in UNITS if u.suffix == ".timer"], ids=lambda unit: unit.name
)
def test_a_timer_has_its_service_and_runs_by_the_citys_clock(unit):
    assert unit.with_suffix(".service") in SERVICES
    assert all(when.endswith("Asia/Seoul") for when in values(unit, "OnCalendar"))
    assert values(unit, "Persistent") == ["yes"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_reads_the_unit_without_a_word(unit, tmp_path):
    for each in UNITS:
        text = each.read_text().replace(
            "/srv/nonsan/app/.venv/bin/", f"{os.path.dirname(sys.executable)}/"
        )
        (tmp_path / each.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / unit.name],
        capture_output=True,
        text=True,
    )
    about = [line for line in done.stderr.splitlines() if "nonsan-" in line]
    assert about == []


def test_gunicorn_writes_our_lines_and_no_access_log():
    found = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))
    assert found["accesslog"] is None
    assert (
        found["logconfig_dict"]["formatters"]["json"]["()"] == f"{JsonLines.__module__}.JsonLines"
    )


def test_the_example_of_the_settings_names_only_known_ones():
    known = set(
        re.findall(r"^(?:# )?([A-Z_]+)=", (settings.BASE_DIR / ".env.example").read_text(), re.M)
    )
    assert set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "env.example").read_text(), re.M)) <= known


def test_the_units_run_these_commands():
    commands = {
        command
        for unit in SERVICES
        for command in re.findall(r"manage\.py (\w+)", unit.read_text())
    }
    assert commands == {"db_worker", "backup", "remind", "tidy"}
