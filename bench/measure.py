"""Measure one site: one database at one size. `python -m bench` runs this in a process of its own."""

import argparse
import os
import tempfile
from pathlib import Path

import django

django.setup()

from . import crowd, pages, papers  # noqa: E402 - they read the models
from .report import tell  # noqa: E402
from .servers import gunicorn  # noqa: E402

GROUPS = ("cached", "list", "nginx", "save", "crowd", "excel", "pdf", "commands")


def measured(site, only, quick, url):
    """Yield every figure of the groups asked for."""
    found = {
        "cached": lambda: pages.cached(site),
        "list": lambda: pages.uncached(site),
        "nginx": lambda: pages.behind_nginx(site),
        "save": lambda: pages.save(site),
        "crowd": lambda: crowd.crowd(site, 6 if quick else 20),
        "excel": lambda: papers.excel_out(site),
        "pdf": lambda: papers.documents(site),
        "commands": lambda: papers.by_command(site, url),
    }
    for group in GROUPS:
        if group in only:
            yield from found[group]()


def main():
    """Start the site on the database of the environment, measure, print, stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int)
    parser.add_argument("--database")
    parser.add_argument("--server-pid", type=int, default=0)
    parser.add_argument("--only", default=",".join(GROUPS))
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    url, many = os.environ["DATABASE_URL"], 90 if asked.quick else 300
    with tempfile.TemporaryDirectory(prefix="nonsan-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx's workers are somebody else
        with gunicorn(url, folder) as (pid, port):
            pids = [p for p in (pid, asked.server_pid) if p]
            site = pages.Site(asked.database, asked.times, pids, port, folder, many)
            for figure in measured(site, asked.only.split(","), asked.quick, url):
                tell(figure)


if __name__ == "__main__":
    main()
