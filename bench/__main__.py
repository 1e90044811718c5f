"""Make the databases at every size, measure each, and tell how much every figure grew with the data."""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg2

from .report import tell
from .servers import ROOT, environment, manage

GROWN = 1.25  # a figure that is flat may seem to grow so much on a machine that others use too


def sqlite(folder, times, smaller):
    """Return (address, pid of a server: none) of an SQLite database of this size."""
    path = folder / f"x{times}.sqlite3"
    if smaller:
        shutil.copy(folder / f"x{smaller}.sqlite3", path)
    return f"sqlite:///{path}", 0


def postgresql(folder, times, smaller):
    """Return (address, pid of the server) of a PostgreSQL database of this size."""
    line = psycopg2.connect(host=str(folder / "pg"), user="app", dbname="postgres")
    line.autocommit = True
    with line.cursor() as cursor:
        template = f"TEMPLATE x{smaller}" if smaller else ""
        cursor.execute(f"CREATE DATABASE x{times} {template}")
    line.close()
    pid = int((folder / "pg" / "data" / "postmaster.pid").read_text().split()[0])
    return f"postgres://app@/x{times}?host={folder / 'pg'}", pid


KINDS = {"sqlite": sqlite, "postgresql": postgresql}


def made(kind, folder, times, smaller):
    """Return (address, server pid) of a database that holds so many times the plan."""
    url, pid = KINDS[kind](folder, times, smaller)
    if not smaller:
        manage(url, "migrate", "--verbosity", "0")
        manage(url, "load_plan", "2019", "--verbosity", "0")
    if times > 1:
        manage(url, "make_scale", "--times", str(times), "--verbosity", "0")
    return url, pid


def measure(kind, url, pid, times, asked):
    """Run one measurement in a process of its own and return its lines."""
    command = [sys.executable, "-m", "bench.measure", "--times", str(times), "--database", kind]
    command += ["--server-pid", str(pid), *(["--only", asked.only] if asked.only else [])]
    command += ["--quick"] if asked.quick else []
    done = subprocess.Popen(
        command, cwd=ROOT, env=environment(url), stdout=subprocess.PIPE, text=True
    )
    rows = [tell(json.loads(line)) for line in done.stdout]
    if done.wait():
        raise SystemExit(f"measuring {kind} x{times} failed")
    return rows


def growth(kind, small, large):
    """Tell how each ratio grew from the smallest to the largest data."""
    before = {row["figure"]: row for row in small if row.get("ratio")}
    for row in large:
        old = before.get(row["figure"])
        if not old or not row.get("ratio") or row["unit"] == "ms":
            continue
        grown = row["ratio"] / old["ratio"]
        grown = 1 / grown if row.get("better") == "speed" else grown
        tell(
            {
                "figure": f"growth of: {row['figure']}",
                "database": kind,
                "times": row["times"],
                "floor": f"the same at x{old['times']}",
                "ratio": round(grown, 3),
                "aim": GROWN,
                "reached": grown <= GROWN,
            }
        )


def main():
    """Read the wishes, then make, measure and compare."""
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--times", default="1,100")
    parser.add_argument("--only", default="")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    sizes = sorted({int(n) for n in asked.times.split(",")})
    for kind in asked.databases.split(","):
        found, smaller = [], None
        clean = asked.folder if kind == "postgresql" else asked.folder / "sqlite"
        clean.mkdir(exist_ok=True)
        for times in sorted({1, *sizes}):
            url, pid = made(kind, clean, times, smaller)
            smaller = times
            if times in sizes:
                # What one size writes must not be in the next: it is copied before it is measured.
                found.append((url, pid, times))
        rows = [measure(kind, *one, asked) for one in found]
        if len(rows) > 1:
            growth(kind, rows[0], rows[-1])


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
