"""The locks hold what the requirements ask for, with hashes, and name no place to fetch it from."""

import re

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = {"requirements.lock": "requirements.txt", "requirements-dev.lock": "requirements-dev.txt"}


def lines(name):
    """Return the file's lines, continued ones joined, without comments and blank ones."""
    text = (settings.BASE_DIR / name).read_text().replace("\\\n", " ")
    return [line for line in (row.split("#")[0].strip() for row in text.splitlines()) if line]


def pins(name):
    """Return {package: version specifier} of the packages that this file names itself."""
    stated = [Requirement(row.split(" --hash")[0]) for row in lines(name) if row[0] != "-"]
    return {canonicalize_name(each.name): str(each.specifier) for each in stated}


@pytest.mark.parametrize(("lock", "wanted"), LOCKS.items())
def test_lock_holds_every_requirement_at_its_version(lock, wanted):
    assert pins(wanted).items() <= pins(lock).items()


def test_both_locks_agree():
    """bin/test installs the second over the first."""
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes(lock):
    assert [row for row in lines(lock) if "--hash=sha256:" not in row] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_host(lock):
    assert re.findall(r"://|index-url|find-links", (settings.BASE_DIR / lock).read_text()) == []


@pytest.mark.parametrize("name", LOCKS.values())
def test_every_direct_requirement_says_what_it_is_for(name):
    text = (settings.BASE_DIR / name).read_text()
    silent = [row for row in text.splitlines() if "==" in row and not re.search(r" # \w", row)]
    assert silent == []
