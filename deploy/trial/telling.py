"""What every part of the trial uses: telling what holds, waiting, running commands on the site."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FAILED = []
HEADERS = {
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=()",
}
TYPED = "시험으로 적은 추진실적"


def say(line):
    """Write a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def check(sentence, ok, more=""):
    """Tell whether something holds."""
    say(f"{'통과 pass' if ok else '실패 FAIL'}  {sentence}" + (f"  [{more}]" if more != "" else ""))
    if not ok:
        FAILED.append(sentence)


def until(question, seconds=20):
    """Ask until the answer is true or the time is over."""
    ends = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < ends:
        time.sleep(0.1)
    return answer


def quietly(question):
    """Return the answer, or None while nothing listens."""
    try:
        return question()
    except OSError:
        return None


def manage(*arguments, environment=(), code=0):
    """Run manage.py on the site; return what it said."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **dict(environment)},
        capture_output=True,
        text=True,
    )
    if done.returncode != code:
        say(done.stdout[-800:] + done.stderr[-800:])
    return done.stdout, done.returncode == code


def shell(source):
    """Run Python on the site and return what it printed."""
    said, _ = manage("shell", "--no-imports", "-v0", "-c", source)
    return said.strip()


def missing_in(answer):
    """Return the headers that every answer must have and this one has not."""
    return [name for name, part in HEADERS.items() if part not in answer.headers.get(name, "")]
