"""Start and stop what is measured, on loopback, and read how much CPU it took (from /proc)."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")
HOST = "127.0.0.1"


def free_port():
    """Return a port nobody listens on."""
    with socket.socket() as s:
        s.bind((HOST, 0))
        return s.getsockname()[1]


def _stat(pid):
    """Return (parent, seconds of CPU) of a process, or None when it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    return int(fields[1]), _finer(pid) or (int(fields[11]) + int(fields[12])) / TICK


def _finer(pid):
    """Return the seconds of CPU of a process by its threads' nanoseconds; 0 where the kernel has none."""
    try:
        files = list(Path(f"/proc/{pid}/task").glob("*/schedstat"))
        return sum(int(file.read_text().split()[0]) for file in files) / 1e9
    except (OSError, IndexError):
        return 0


def cpu(*roots):
    """Return {pid: seconds of CPU} of these processes and of all below them."""
    found = {int(p): _stat(int(p)) for p in os.listdir("/proc") if p.isdecimal()}
    known = {pid: stat for pid, stat in found.items() if stat}
    mine = set(roots)
    grown = True
    while grown:
        more = {pid for pid, (parent, _) in known.items() if parent in mine} - mine
        mine |= more
        grown = bool(more)
    return {pid: known[pid][1] for pid in mine if pid in known}


def between(before, after):
    """Return the seconds of CPU between two readings; what ended meanwhile is not counted."""
    return sum(max(0.0, took - before.get(pid, 0.0)) for pid, took in after.items())


def environment(database, **more):
    """Return the environment of the demo on a database; nothing of the caller's own site is in it."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "TMPDIR")}
    return {
        **kept,
        "DATABASE_URL": database,
        "DEMO": "1",
        "OFFICE_TODAY": "2019-07-03",
        "ENV_FILE": os.devnull,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        **more,
    }


def manage(database, *words):
    """Run a command of the site."""
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    return subprocess.run(
        command, env=environment(database), cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


def _wait_for(port, process):
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"server ended with {process.returncode}")
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing listens on {port}")


@contextmanager
def _running(command, port, **options):
    process = subprocess.Popen(command, start_new_session=True, **options)
    try:
        _wait_for(port, process)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def gunicorn(database, folder):
    """Yield (pid, port) of the site as bin/run serves it: two workers of four threads."""
    port = free_port()
    command = [
        str(Path(sys.executable).parent / "gunicorn"),
        "nonsan_strategy.wsgi",
        *("--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4"),
        *("--timeout", "120", "--log-level", "warning", "--no-control-socket"),
    ]
    with (folder / "gunicorn.log").open("ab") as log:
        options = {"env": environment(database), "cwd": ROOT, "stdout": log, "stderr": log}
        with _running(command, port, **options) as pid:
            yield pid, port


@contextmanager
def nginx(backend, folder):
    """Yield (pid, port) of nginx before the site; `folder`/www is served as files under /file/."""
    port = free_port()
    program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin:/sbin")
    text = (ROOT / "bench" / "nginx.conf").read_text()
    for name, value in {"FOLDER": folder, "PORT": port, "BACKEND": backend}.items():
        text = text.replace(f"@{name}@", str(value))
    (folder / "nginx.conf").write_text(text)
    (folder / "www").mkdir(exist_ok=True)
    (folder / "headers.conf").touch()
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    with (
        (folder / "nginx.log").open("ab") as log,
        _running(command, port, stdout=log, stderr=log) as pid,
    ):
        yield pid, port
