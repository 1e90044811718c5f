"""A script of ours in a process of its own: what it reads cannot take the site's memory or time."""

import json
import subprocess
import sys


def run(script, asked, content, *, seconds):
    """Return what the script prints for one line of JSON and a file, or None where it died or dawdled.

    The script binds itself by `asked["memory"]` and `asked["seconds"]` of CPU; the clock on the wall is ours.
    """
    command = [sys.executable, "-I", str(script)]
    sent = json.dumps(asked).encode() + b"\n" + content
    try:
        done = subprocess.run(
            command, input=sent, capture_output=True, timeout=seconds * 4, check=True, env={}
        )
    except subprocess.SubprocessError:
        return None
    return done.stdout
